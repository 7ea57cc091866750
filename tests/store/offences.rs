//! Offences and their entries are kept; a list holds what its reader may see, newest first.

use chrono::NaiveDate;
use grid_approvals::statute::calendar::date;
use grid_approvals::statute::division::County;
use grid_approvals::statute::offence::{Dated, Entry, OffenceKind, Outcome, Standing, State};
use grid_approvals::statute::plan::{BureauKind, Level};
use grid_approvals::store::{
    BureauId, NewOffence, NewOffenceEntry, NewOffenceFile, OffenceFilter, OffenceId, StoreError,
};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    an_offence_is_kept_as_it_was_reported,
    its_row_follows_its_entries_and_nothing_follows_the_last,
    a_form_makes_one_offence,
    a_list_holds_what_its_reader_may_see_newest_first,
    pictures_are_kept_and_a_key_is_used_once,
);

fn day(day: u32) -> NaiveDate {
    date(2026, 11, day)
}

struct Desk {
    world: World,
    police: BureauId,
    above: BureauId,
    forestry: BureauId,
}

impl Desk {
    async fn open(world: World) -> Desk {
        let mingshan = Some(County::Mingshan);
        let tx = world.store.begin().await.expect("a transaction");
        let new = [
            (BureauKind::Police, Level::County, mingshan, "明山区公安局"),
            (BureauKind::Police, Level::City, None, "本溪市公安局"),
            (
                BureauKind::Forestry,
                Level::County,
                mingshan,
                "明山区林草局",
            ),
        ]
        .map(|(kind, level, county, name)| (kind, level, county, name.to_owned()));
        tx.insert_bureaus(&new).await.expect("bureaus");
        tx.commit().await.expect("committed");
        let all = world.store.reader().bureaus().await.expect("bureaus");
        let of = |name: &str| all.iter().find(|b| b.name == name).expect("there").id;
        Desk {
            police: of("明山区公安局"),
            above: of("本溪市公安局"),
            forestry: of("明山区林草局"),
            world,
        }
    }

    fn entry(&self, on: NaiveDate, what: Entry, to: BureauId) -> NewOffenceEntry {
        NewOffenceEntry {
            dated: Dated { on, what },
            bureau: to,
            seen_by: Vec::new(),
            person: self.world.person,
            person_name: "王工".to_owned(),
            at: noon(on),
        }
    }

    async fn report(&self, key: &str, seen_by: &[BureauId]) -> Result<OffenceId, StoreError> {
        let report = NewOffenceEntry {
            seen_by: seen_by.to_vec(),
            ..self.entry(day(3), Entry::Reported, seen_by[0])
        };
        let tx = self.world.store.begin().await?;
        let id = tx.insert_offence(&new(key), &report).await?;
        tx.commit().await?;
        Ok(id)
    }

    async fn enter(
        &self,
        id: OffenceId,
        entry: NewOffenceEntry,
        state: State,
    ) -> Result<(), StoreError> {
        let standing = Standing {
            state,
            holder: BureauKind::Police,
            last_on: entry.dated.on,
        };
        let tx = self.world.store.begin().await?;
        let offence = tx.offence(id).await?.expect("there");
        tx.insert_offence_entry(&offence, &entry, standing).await?;
        tx.commit().await
    }
}

fn new(key: &str) -> NewOffence {
    NewOffence {
        kind: OffenceKind::FacilityTheft,
        county: County::Mingshan,
        place: "高台子镇".to_owned(),
        found_at: noon(day(2)),
        words: "塔材被盗".to_owned(),
        project: None,
        large_works: true,
        request_key: key.to_owned(),
    }
}

fn closed() -> Entry {
    Entry::Closed {
        outcome: Outcome::ToJustice,
        words: "已移送起诉".to_owned(),
    }
}

async fn an_offence_is_kept_as_it_was_reported(world: World) {
    let desk = Desk::open(world).await;
    let id = desk.report("a", &[desk.police]).await.expect("reported");
    let reader = desk.world.store.reader();
    let kept = reader.offence(id).await.expect("read").expect("there");
    assert_eq!(kept.kind, OffenceKind::FacilityTheft);
    assert_eq!((kept.county, kept.large_works), (County::Mingshan, true));
    assert_eq!(
        (kept.place.as_str(), kept.words.as_str()),
        ("高台子镇", "塔材被盗")
    );
    assert_eq!((kept.found_at, kept.reported_on), (noon(day(2)), day(3)));
    assert_eq!(
        (kept.bureau, kept.state, kept.seq),
        (desk.police, State::Reported, 1)
    );
    let mut statements = vec![
        "UPDATE offence SET words = 'x'",
        "UPDATE offence SET place = 'x', seq = seq + 1",
        "UPDATE offence SET project_id = NULL, state = 'closed'",
        "DELETE FROM offence",
        "UPDATE offence_entry SET payload = '{}'",
        "DELETE FROM offence_entry",
        "UPDATE offence_concern SET bureau_id = 1",
        "DELETE FROM offence_concern",
    ];
    if desk.world.url.starts_with("sqlite") {
        statements.push("INSERT OR REPLACE INTO offence SELECT * FROM offence");
        statements.push("INSERT OR REPLACE INTO offence_entry SELECT * FROM offence_entry");
    } else {
        statements.push("TRUNCATE offence_entry");
    }
    let door = Database::connect(&desk.world.url).await.expect("a door");
    for statement in statements {
        let refused = door.execute_unprepared(statement).await;
        let words = refused.expect_err(statement).to_string();
        assert!(words.contains("offences are kept"), "{statement}: {words}");
    }
}

async fn its_row_follows_its_entries_and_nothing_follows_the_last(world: World) {
    let desk = Desk::open(world).await;
    let id = desk.report("a", &[desk.police]).await.expect("reported");
    let other = desk.report("b", &[desk.police]).await.expect("reported");
    let to = BureauKind::Forestry;
    let reason = "不属公安".to_owned();
    let sent = NewOffenceEntry {
        seen_by: vec![desk.forestry, desk.police],
        ..desk.entry(day(4), Entry::Transferred { to, reason }, desk.forestry)
    };
    desk.enter(id, sent.clone(), State::Transferred)
        .await
        .expect("sent");
    let received = desk.entry(day(5), Entry::Received, desk.forestry);
    desk.enter(id, received, State::Received)
        .await
        .expect("received");
    let last = desk.entry(day(6), closed(), desk.forestry);
    desk.enter(id, last.clone(), State::Closed)
        .await
        .expect("closed");
    assert!(desk.enter(id, last, State::Closed).await.is_err());
    let reader = desk.world.store.reader();
    let row = reader.offence(id).await.expect("read").expect("there");
    assert_eq!((row.bureau, row.state), (desk.forestry, State::Closed));
    assert_eq!((row.seq, row.last_on), (4, day(6)));
    let entries = reader.offence_entries(id).await.expect("read");
    let seqs: Vec<u32> = entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4]);
    assert_eq!(entries[1].dated, sent.dated);
    assert_eq!(entries[3].dated.what, closed());
    assert_eq!(
        (entries[0].bureau, entries[1].bureau),
        (desk.police, desk.forestry)
    );
    // Who had it is named once, and goes on seeing it.
    let concerned = reader.offence_concerns(id).await.expect("read");
    assert_eq!(concerned, [desk.police, desk.forestry]);
    assert_eq!(reader.offence_entries(other).await.expect("read").len(), 1);
}

async fn a_form_makes_one_offence(world: World) {
    let desk = Desk::open(world).await;
    let id = desk.report("a", &[desk.police]).await.expect("reported");
    let again = desk.report("a", &[desk.police]).await;
    assert!(matches!(
        again,
        Err(StoreError::Duplicate(_) | StoreError::Db(_))
    ));
    let tx = desk.world.store.begin().await.expect("a transaction");
    assert_eq!(tx.offence_by_request_key("a").await, Ok(Some(id)));
    assert_eq!(tx.offence_by_request_key("b").await, Ok(None));
}

async fn a_list_holds_what_its_reader_may_see_newest_first(world: World) {
    let desk = Desk::open(world).await;
    let mut ids = Vec::new();
    for key in ["a", "b", "c"] {
        let seen_by = [desk.police, desk.above];
        ids.push(desk.report(key, &seen_by).await.expect("reported"));
    }
    let theirs = desk.report("d", &[desk.forestry]).await.expect("reported");
    let received = desk.entry(day(4), Entry::Received, desk.police);
    desk.enter(ids[1], received, State::Received)
        .await
        .expect("received");
    let reader = desk.world.store.reader();
    let list = async |filter: OffenceFilter| -> Vec<OffenceId> {
        let filter = OffenceFilter {
            limit: filter.limit.max(2),
            ..filter
        };
        let rows = reader.offences(&filter).await.expect("read");
        rows.iter().map(|row| row.offence.id).collect()
    };
    let any = OffenceFilter::default;
    let seen = || OffenceFilter {
        seen_by: Some(desk.above),
        ..any()
    };
    assert_eq!(list(any()).await, [theirs, ids[2]]);
    assert_eq!(list(seen()).await, [ids[2], ids[1]]);
    let after = Some(ids[1]);
    assert_eq!(list(OffenceFilter { after, ..seen() }).await, [ids[0]]);
    let states = vec![State::Received, State::Closed];
    assert_eq!(list(OffenceFilter { states, ..seen() }).await, [ids[1]]);
    let held_kind = Some(BureauKind::Forestry);
    assert!(
        list(OffenceFilter {
            held_kind,
            ..seen()
        })
        .await
        .is_empty()
    );
    assert_eq!(list(OffenceFilter { held_kind, ..any() }).await, [theirs]);
    let counts = reader.offence_counts(&seen()).await.expect("counted");
    let counts: Vec<u64> = counts.into_iter().map(|(_, n)| n).collect();
    assert_eq!(counts, [2, 0, 1, 0]);
    let row = &reader.offences(&seen_one(&desk)).await.expect("read")[0];
    assert_eq!(row.bureau_name, "明山区公安局");
}

fn seen_one(desk: &Desk) -> OffenceFilter {
    OffenceFilter {
        seen_by: Some(desk.police),
        limit: 1,
        ..OffenceFilter::default()
    }
}

async fn pictures_are_kept_and_a_key_is_used_once(world: World) {
    let desk = Desk::open(world).await;
    let offence = desk.report("a", &[desk.police]).await.expect("reported");
    let picture = |key: &str| NewOffenceFile {
        offence,
        name: "现场.jpg".to_owned(),
        kind: "jpg".to_owned(),
        bytes: 5_000_000_000,
        sha256: "00".repeat(32),
        key: key.to_owned(),
        person: desk.world.person,
        person_name: "王工".to_owned(),
        at: noon(day(3)),
    };
    let mut kept = Vec::new();
    for key in ["k1", "k2", "k1"] {
        let tx = desk.world.store.begin().await.expect("a transaction");
        let made = tx.insert_offence_file(&picture(key)).await;
        if made.is_ok() {
            tx.commit().await.expect("committed");
        }
        kept.push(made.is_ok());
    }
    assert_eq!(kept, [true, true, false]);
    let reader = desk.world.store.reader();
    let files = reader.offence_files(offence).await.expect("read");
    let keys: Vec<&str> = files.iter().map(|file| file.key.as_str()).collect();
    assert_eq!(keys, ["k1", "k2"]);
    assert_eq!(files[0].bytes, 5_000_000_000);
    let one = reader.offence_file(files[1].id).await.expect("read");
    assert_eq!(one.as_ref(), Some(&files[1]));
    let door = Database::connect(&desk.world.url).await.expect("a door");
    for statement in [
        "UPDATE offence_file SET name = 'x'",
        "DELETE FROM offence_file",
    ] {
        assert!(
            door.execute_unprepared(statement).await.is_err(),
            "{statement}"
        );
    }
}

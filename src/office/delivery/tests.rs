//! Parcels and feeds over a store, the clock handed in.

use chrono::TimeDelta;

use super::super::model::delivery::{Parcel, Posted};
use super::super::testing::{World, at, on, on_new_land};
use super::super::{Actor, Moment, Role};
use super::*;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::store::record::Filing;
use crate::store::{NewMessage, ParcelId};

/// An office with every way open, and somebody to be told.
struct Post {
    world: World,
    watcher: Actor,
}

fn open() -> Outlets {
    Outlets {
        mail_from: Some("shenpi@example.cn".to_owned()),
        site: Some("https://sp.example.cn/".to_owned()),
    }
}

async fn post() -> Post {
    let mut world = World::new().await;
    world.office = world.office.clone().with_outlets(open());
    let watcher = world.hire("ducha", Role::GovernmentOffice).await;
    Post { world, watcher }
}

fn later(from: Moment, by: TimeDelta) -> Moment {
    let now = from.now + by;
    Moment {
        today: (now + TimeDelta::hours(8)).date_naive(),
        now,
    }
}

impl Post {
    fn office(&self) -> &Office {
        &self.world.office
    }

    async fn choose(&self, way: Way, mode: Mode, at: Moment) {
        let (office, who) = (self.office(), &self.watcher);
        match way {
            Way::Mail => office
                .set_email(who, who.id, "ducha@example.cn", at)
                .await
                .expect("an address"),
            Way::Webhook => {
                let admin = &self.world.administrator;
                let url = "https://hook.example.cn/a";
                let secret = office.set_webhook(admin, who.id, url, at).await;
                assert_eq!(secret.expect("a secret").len(), 64);
            }
        }
        office
            .choose_mode(who, way, mode, at)
            .await
            .expect("chosen");
    }

    async fn tell(&self, n: u32, at: Moment) {
        let message = NewMessage {
            person: self.watcher.id,
            kind: "overdue".to_owned(),
            subject: format!("超期提示：第{n}件"),
            body: "现已超期。".to_owned(),
            link: format!("/filings/{n}"),
            belongs_on: at.today,
            at: at.now,
        };
        let tx = self.office().store.begin().await.expect("a transaction");
        tx.insert_messages(&[message]).await.expect("written");
        tx.commit().await.expect("committed");
    }

    async fn take(&self, way: Way, at: Moment) -> Vec<Parcel> {
        self.office()
            .take_parcels(way, at, 10)
            .await
            .expect("taken")
    }

    /// Takes the one parcel that is due and says what became of it.
    async fn one(&self, way: Way, posted: Posted, at: Moment) -> Parcel {
        let mut taken = self.take(way, at).await;
        assert_eq!(taken.len(), 1, "{taken:?}");
        let parcel = taken.remove(0);
        self.office()
            .posted(parcel.claim, posted, at)
            .await
            .expect("said");
        parcel
    }

    async fn dead(&self) -> Vec<(ParcelId, u32, String)> {
        let admin = &self.world.administrator;
        let page = self.office().deliveries(admin, None).await.expect("a page");
        assert_eq!(u64::try_from(page.dead.rows.len()), Ok(page.dead.total));
        let rows = page.dead.rows.into_iter();
        rows.map(|row| (row.id, row.attempts, row.error)).collect()
    }
}

fn failed() -> Posted {
    Posted::Failed("暂时不通".to_owned())
}

#[tokio::test]
async fn what_was_written_before_a_way_was_open_never_goes_by_it() {
    let post = post().await;
    let start = at(9, 21);
    post.tell(1, start).await;
    post.choose(Way::Mail, Mode::Each, start).await;
    assert_eq!(post.take(Way::Mail, start).await, []);
    post.tell(2, start).await;
    let sent = post.one(Way::Mail, Posted::Sent, start).await;
    let subjects: Vec<_> = sent.notes.iter().map(|note| &note.subject).collect();
    assert_eq!(subjects, ["超期提示：第2件"]);
    assert_eq!(sent.notes[0].link, "https://sp.example.cn/filings/2");
    assert_eq!(sent.address, "ducha@example.cn");
    assert_eq!(
        post.take(Way::Mail, later(start, TimeDelta::days(9))).await,
        []
    );
}

#[tokio::test]
async fn a_failed_parcel_rests_longer_each_time_and_dies_after_the_seventh() {
    let post = post().await;
    let mut now = at(9, 21);
    post.choose(Way::Mail, Mode::Each, now).await;
    post.tell(1, now).await;
    let key = post.one(Way::Mail, failed(), now).await.key;
    for minutes in [1, 5, 30, 120, 360, 1440] {
        let early = later(now, TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
        assert_eq!(post.take(Way::Mail, early).await, [], "{minutes}");
        now = later(now, TimeDelta::minutes(minutes));
        assert_eq!(post.dead().await, []);
        assert_eq!(post.one(Way::Mail, failed(), now).await.key, key);
    }
    now = later(now, TimeDelta::days(30));
    assert_eq!(post.take(Way::Mail, now).await, []);
    let dead = post.dead().await;
    let (id, attempts, why) = dead[0].clone();
    assert_eq!((dead.len(), attempts, why.as_str()), (1, 7, "暂时不通"));
    let admin = &post.world.administrator;
    // Once more, and dead again where that fails.
    post.office()
        .retry_parcel(admin, id, now)
        .await
        .expect("due");
    assert_eq!(post.one(Way::Mail, failed(), now).await.key, key);
    assert_eq!(post.dead().await[0].1, 8);
    post.office()
        .retry_parcel(admin, id, now)
        .await
        .expect("due");
    post.one(Way::Mail, Posted::Sent, now).await;
    assert_eq!(post.dead().await, []);
    let again = post.office().retry_parcel(admin, id, now).await;
    assert!(matches!(again, Err(OfficeError::NotFound(_))));
}

#[tokio::test]
async fn a_refusal_for_good_is_dead_at_once_and_can_be_given_up() {
    let post = post().await;
    let now = at(9, 21);
    post.choose(Way::Webhook, Mode::Each, now).await;
    post.tell(1, now).await;
    let refused = Posted::Refused("回调地址\r\n回答 410".to_owned());
    post.one(Way::Webhook, refused, now).await;
    let (id, attempts, why) = post.dead().await[0].clone();
    assert_eq!((attempts, why.as_str()), (1, "回调地址  回答 410"));
    let company = &post.world.company;
    let refused = post.office().give_up_parcel(company, id, now).await;
    assert!(matches!(refused, Err(OfficeError::Forbidden(_))));
    let admin = &post.world.administrator;
    post.office()
        .give_up_parcel(admin, id, now)
        .await
        .expect("up");
    assert_eq!(post.dead().await, []);
}

#[tokio::test]
async fn a_sender_that_dies_loses_its_parcel_to_the_next_after_the_lease() {
    let post = post().await;
    let start = at(9, 21);
    post.choose(Way::Mail, Mode::Each, start).await;
    post.tell(1, start).await;
    let lost = post.take(Way::Mail, start).await.remove(0);
    let within = later(start, TimeDelta::seconds(299));
    assert_eq!(post.take(Way::Mail, within).await, []);
    let after = later(start, TimeDelta::seconds(300));
    let taken = post.take(Way::Mail, after).await.remove(0);
    assert_eq!(taken.key, lost.key, "the receiver knows the repetition");
    assert_eq!((lost.claim.attempt, taken.claim.attempt), (1, 2));
    // The first comes back and says that it failed for good: it is no longer its to say.
    let refused = Posted::Refused("550".to_owned());
    let said = post.office().posted(lost.claim, refused, after).await;
    said.expect("unheard");
    assert_eq!(post.dead().await, []);
    let said = post.office().posted(taken.claim, Posted::Sent, after).await;
    said.expect("said");
    assert_eq!(
        post.take(Way::Mail, later(after, TimeDelta::days(2))).await,
        []
    );
}

#[tokio::test]
async fn a_digest_holds_all_since_the_last_and_waits_for_a_working_morning() {
    let post = post().await;
    // Wednesday 30 September 2026, nine o'clock; 1 to 7 October are holidays.
    let wednesday = at(9, 30);
    post.choose(Way::Mail, Mode::Digest, wednesday).await;
    post.tell(1, wednesday).await;
    post.tell(2, at(10, 3)).await;
    assert_eq!(post.take(Way::Mail, at(10, 5)).await, []);
    let seven = later(at(10, 8), TimeDelta::hours(-2));
    assert_eq!(post.take(Way::Mail, seven).await, []);
    post.tell(3, seven).await;
    let eight = later(at(10, 8), TimeDelta::hours(-1));
    let digest = post.one(Way::Mail, failed(), eight).await;
    assert!(digest.digest);
    let told = |parcel: &Parcel| -> Vec<String> {
        let notes = parcel.notes.iter();
        notes
            .map(|note| note.subject.replace("超期提示：第", ""))
            .collect()
    };
    assert_eq!(told(&digest), ["1件", "2件", "3件"]);
    // What comes now waits for tomorrow, also while the first is tried again.
    post.tell(4, later(eight, TimeDelta::seconds(1))).await;
    let again = post
        .take(Way::Mail, later(eight, TimeDelta::minutes(1)))
        .await;
    assert_eq!(again.len(), 1);
    assert_eq!(
        (&again[0].key, told(&again[0])),
        (&digest.key, told(&digest))
    );
    let said = post.office().posted(again[0].claim, Posted::Sent, eight);
    said.await.expect("said");
    assert_eq!(
        post.take(Way::Mail, later(eight, TimeDelta::hours(3)))
            .await,
        []
    );
    let friday = later(at(10, 9), TimeDelta::hours(-1));
    assert_eq!(
        told(&post.one(Way::Mail, Posted::Sent, friday).await),
        ["4件"]
    );
}

#[tokio::test]
async fn closing_a_way_gives_up_what_waits_and_changing_to_each_sends_what_gathered() {
    let post = post().await;
    let now = at(9, 21);
    let who = &post.watcher;
    post.choose(Way::Mail, Mode::Digest, now).await;
    post.tell(1, later(now, TimeDelta::minutes(1))).await;
    let each = post.office().choose_mode(who, Way::Mail, Mode::Each, now);
    each.await.expect("chosen");
    let soon = later(now, TimeDelta::minutes(2));
    assert_eq!(post.take(Way::Mail, soon).await.len(), 1);
    post.tell(2, now).await;
    let off = post.office().choose_mode(who, Way::Mail, Mode::Off, now);
    off.await.expect("chosen");
    // The one that was under way finds nobody to go to, the one that waited is given up.
    let much_later = later(now, TimeDelta::days(2));
    assert_eq!(post.take(Way::Mail, much_later).await, []);
    let on = post.office().choose_mode(who, Way::Mail, Mode::Each, now);
    on.await.expect("chosen");
    assert_eq!(
        post.take(Way::Mail, later(now, TimeDelta::days(9))).await,
        []
    );
    assert_eq!(post.dead().await, []);
    // An address that is taken away takes its choice with it.
    let gone = post.office().set_email(who, who.id, " ", now);
    gone.await.expect("forgotten");
    let page = post
        .office()
        .notices_page(who, who.id)
        .await
        .expect("a page");
    assert_eq!(
        (page.channels[0].mode, &page.channels[0].address),
        (Mode::Off, &None)
    );
}

#[tokio::test]
async fn nobody_is_told_outside_who_cannot_log_in_any_more() {
    let post = post().await;
    let now = at(9, 21);
    post.choose(Way::Mail, Mode::Each, now).await;
    post.tell(1, now).await;
    let (office, admin) = (post.office(), &post.world.administrator);
    let off = office.set_active(admin, post.watcher.id, false, now);
    off.await.expect("inactive");
    assert_eq!(post.take(Way::Mail, now).await, []);
    assert_eq!(
        post.take(Way::Mail, later(now, TimeDelta::days(3))).await,
        []
    );
    assert_eq!(post.dead().await, []);
}

#[tokio::test]
async fn a_way_that_is_shut_or_leads_nowhere_cannot_be_chosen() {
    let post = post().await;
    let (now, who) = (at(9, 21), &post.watcher);
    let rule = |refused: Result<(), OfficeError>| match refused {
        Err(OfficeError::Rule(rule)) => rule.rule,
        other => panic!("expected a rule, got {other:?}"),
    };
    let choose =
        |office: Office, way| async move { office.choose_mode(who, way, Mode::Each, now).await };
    for way in Way::ALL {
        assert_eq!(rule(choose(post.office().clone(), way).await), "no-address");
        let shut = post.office().clone().with_outlets(Outlets::default());
        assert_eq!(rule(choose(shut, way).await), "way-shut");
    }
    let other = post
        .office()
        .set_email(who, PersonId(1), "a@b.cn", now)
        .await;
    assert!(matches!(other, Err(OfficeError::Forbidden(_))));
    let own = post
        .office()
        .set_webhook(who, who.id, "https://a.cn/", now)
        .await;
    assert!(matches!(own, Err(OfficeError::Forbidden(_))));
    let wrong = post.office().set_email(who, who.id, "nobody", now).await;
    assert!(matches!(wrong, Err(OfficeError::Invalid(_))));
}

/// A step that falls due on 30 September 2026, with an officer of its bureau.
async fn running(post: &Post) -> (Filing, Actor) {
    let project = post.world.project(on_new_land(&[County::Mingshan])).await;
    let filing = post.world.filing(project, "site-selection").await;
    let events = [
        (EventKind::Submitted, (9, 2)),
        (EventKind::Accepted, (9, 2)),
    ];
    post.world.go(&filing, &events).await;
    let role = Role::Officer {
        bureau: filing.bureau,
    };
    let officer = post.world.hire("jingban", role).await;
    (filing, officer)
}

#[tokio::test]
async fn a_feed_shows_the_due_dates_of_the_board_to_whom_they_concern() {
    let post = post().await;
    let (filing, officer) = running(&post).await;
    let office = post.office();
    let secret = office.renew_feed(&officer, at(9, 3)).await.expect("a feed");
    let read = |at| office.feed(&secret, at);
    let feed = read(at(9, 3)).await.expect("open");
    let [deadline] = feed.deadlines.as_slice() else {
        panic!("one date: {feed:?}");
    };
    assert_eq!(deadline.on, on(9, 30));
    assert_eq!(
        deadline.uid,
        format!("filing-{}-due@sp.example.cn", filing.id)
    );
    assert_eq!(deadline.sequence, 2);
    assert_eq!(deadline.changed, at(9, 2).now);
    assert!(
        deadline.summary.starts_with("到期："),
        "{}",
        deadline.summary
    );
    assert!(
        !format!("{feed:?}").contains("jingban员"),
        "nobody is named"
    );
    // The same bytes on another day, though the lamp has changed.
    assert_eq!(read(at(9, 29)).await.expect("open"), feed);

    let watcher = office.renew_feed(&post.watcher, at(9, 3)).await;
    let watcher = watcher.expect("a feed");
    let of_all = |at| office.feed(&watcher, at);
    assert_eq!(of_all(at(9, 3)).await.expect("open").deadlines, []);
    let late = of_all(at(10, 20)).await.expect("open");
    assert_eq!(late.deadlines, feed.deadlines);

    let suspended = EventKind::Suspended {
        ground: "hearing".to_owned(),
    };
    post.world.go(&filing, &[(suspended, (9, 28))]).await;
    assert_eq!(read(at(9, 29)).await.expect("open").deadlines, []);
    post.world
        .go(&filing, &[(EventKind::Resumed, (10, 12))])
        .await;
    let moved = read(at(10, 12)).await.expect("open").deadlines;
    assert_eq!(moved[0].uid, feed.deadlines[0].uid);
    assert!(moved[0].on > on(10, 12) && moved[0].sequence == 4);
    assert!(moved[0].changed > feed.deadlines[0].changed);
}

#[tokio::test]
async fn a_company_sees_what_waits_for_it_and_a_date_without_a_notice_is_provisional_in_words() {
    let post = post().await;
    let project = post.world.project(on_new_land(&[County::Mingshan])).await;
    let filing = post.world.filing(project, "site-selection").await;
    let events = [
        (EventKind::Submitted, (9, 2)),
        (EventKind::MaterialsRequested, (9, 4)),
    ];
    post.world.go(&filing, &events).await;
    let office = post.office();
    let company = &post.world.company;
    let secret = office.renew_feed(company, at(9, 4)).await.expect("a feed");
    let feed = office.feed(&secret, at(9, 7)).await.expect("open");
    let shown: Vec<_> = feed
        .deadlines
        .iter()
        .map(|one| (one.on, &one.summary))
        .collect();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].0, on(9, 4));
    assert!(shown[0].1.starts_with("待补正："));

    // Accepted in mid-December, it falls due in a year whose notice is not published.
    let events = [
        (EventKind::Resubmitted, (12, 16)),
        (EventKind::Accepted, (12, 16)),
    ];
    post.world.go(&filing, &events).await;
    let role = Role::Officer {
        bureau: filing.bureau,
    };
    let officer = post.world.hire("jingban", role).await;
    let secret = office
        .renew_feed(&officer, at(12, 16))
        .await
        .expect("a feed");
    let feed = office.feed(&secret, at(12, 16)).await.expect("open");
    assert!(
        feed.deadlines[0].summary.starts_with("到期（暂定）："),
        "{feed:?}"
    );
}

#[tokio::test]
async fn a_revoked_or_renewed_address_and_a_wrong_one_open_nothing() {
    let post = post().await;
    let (office, who, now) = (post.office(), &post.watcher, at(9, 21));
    let first = office.renew_feed(who, now).await.expect("a feed");
    assert_eq!(first.len(), 64, "256 bits");
    let second = office.renew_feed(who, now).await.expect("a feed");
    assert_ne!(first, second);
    office.feed(&second, now).await.expect("open");
    office.revoke_feed(who, now).await.expect("revoked");
    for secret in [first.as_str(), second.as_str(), "", "0123"] {
        let none = office.feed(secret, now).await;
        assert!(matches!(none, Err(OfficeError::NotFound(_))), "{secret}");
    }
    let none = office.revoke_feed(who, now).await;
    assert!(matches!(none, Err(OfficeError::NotFound(_))));
    // Whoever can no longer log in has no feed, and the administrator never had one.
    let third = office.renew_feed(who, now).await.expect("a feed");
    let admin = &post.world.administrator;
    let off = office.set_active(admin, who.id, false, now);
    off.await.expect("inactive");
    assert!(office.feed(&third, now).await.is_err());
    let none = office.renew_feed(admin, now).await;
    assert!(matches!(none, Err(OfficeError::Forbidden(_))));
}

//! A database with a bureau, a person and a catalogue, and helpers to fill it.

use chrono::{DateTime, NaiveDate, Utc};
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{Event, EventKind, turning};
use grid_approvals::statute::division::County;
use grid_approvals::statute::plan::{BureauKind, Level, Plan, ProjectFacts, StepId};
use grid_approvals::store::Details;
use grid_approvals::store::record::{Filing, Role};
use grid_approvals::store::{
    BureauId, FilingId, NewEntry, NewFilingRow, NewPersonRow, NewProjectRow, PersonId, ProjectId,
    Store, StoreError,
};

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) url: String,
    pub(crate) bureau: BureauId,
    pub(crate) person: PersonId,
    _folder: Option<tempfile::TempDir>,
}

pub(crate) fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(4, 0, 0).expect("noon in Benxi").and_utc()
}

pub(crate) fn on(day: u32, kind: EventKind) -> Event {
    Event {
        on: date(2026, 11, day),
        kind,
    }
}

impl World {
    pub(crate) async fn sqlite() -> World {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}/store.sqlite?mode=rwc", folder.path().display());
        World::open(url, Some(folder)).await
    }

    pub(crate) async fn postgres() -> World {
        World::open(crate::postgres::fresh_database(), None).await
    }

    async fn open(url: String, folder: Option<tempfile::TempDir>) -> World {
        let store = Store::open(&url).await.expect("the store opens");
        let now = noon(date(2026, 11, 2));
        let plan = Plan::built_in();
        let tx = store.begin().await.expect("a transaction");
        tx.insert_bureaus(&[
            (
                BureauKind::NaturalResources,
                Level::City,
                None,
                "本溪市自然资源局".to_owned(),
            ),
            (
                BureauKind::NaturalResources,
                Level::County,
                Some(County::Mingshan),
                "明山区自然资源局".to_owned(),
            ),
        ])
        .await
        .expect("bureaus");
        tx.save_catalogue(&plan.hash, &plan.id, &plan.version, "text", now)
            .await
            .expect("kept");
        let person = tx
            .insert_person(&NewPersonRow {
                login: "gongdian".to_owned(),
                name: "王工".to_owned(),
                role: Role::Company,
                password_hash: "x".to_owned(),
                lead: false,
            })
            .await
            .expect("a person");
        tx.commit().await.expect("committed");
        let bureau = store.reader().bureaus().await.expect("bureaus")[0].id;
        World {
            store,
            url,
            bureau,
            person,
            _folder: folder,
        }
    }

    pub(crate) fn new_project(&self, name: &str, key: &str) -> NewProjectRow {
        NewProjectRow {
            name: name.to_owned(),
            code: None,
            facts: ProjectFacts {
                counties: vec![County::Mingshan],
                ..ProjectFacts::default()
            },
            plan_hash: Plan::built_in().hash.clone(),
            created_by: self.person,
            created_on: date(2026, 11, 2),
            created_at: noon(date(2026, 11, 2)),
            request_key: key.to_owned(),
        }
    }

    /// A project with one filing of `step`.
    pub(crate) async fn filing(&self, name: &str, step: &str) -> FilingId {
        let tx = self.store.begin().await.expect("a transaction");
        let project = tx
            .insert_project(&self.new_project(name, name))
            .await
            .expect("a project");
        let ids = tx
            .insert_filings(&[self.new_filing(project, step)])
            .await
            .expect("a filing");
        tx.commit().await.expect("committed");
        ids[0]
    }

    pub(crate) fn new_filing(&self, project: ProjectId, step: &str) -> NewFilingRow {
        NewFilingRow {
            project,
            step: StepId::from(step),
            county: None,
            bureau: self.bureau,
            ready: true,
            untimed: false,
            run: 1,
            succeeds: None,
        }
    }

    pub(crate) fn entry(&self, event: &Event) -> NewEntry {
        NewEntry {
            event: event.clone(),
            note: None,
            details: Details::default(),
            actor: Some(self.person),
            actor_name: "王工".to_owned(),
            recorded_at: noon(event.on),
        }
    }

    /// Appends `event` as the office would, on what the filing is now.
    pub(crate) async fn append(&self, id: FilingId, event: &Event) -> Result<Filing, StoreError> {
        let tx = self.store.begin().await?;
        let before = tx.filing(id).await?.expect("the filing");
        let ledger = tx.ledger(id).await?;
        let mut events: Vec<Event> = ledger.iter().map(|entry| entry.event.clone()).collect();
        events.push(event.clone());
        let step = Plan::built_in().step(before.step.as_str()).expect("a step");
        let turned = turning(
            step,
            &ProjectFacts::default(),
            &events,
            Calendar::official(),
        )
        .expect("the rules allow it");
        let prev = ledger.last().map_or("", |entry| entry.hash.as_str());
        let submitted = match event.kind {
            EventKind::Submitted | EventKind::Resubmitted => Some(event.on),
            _ => before.submitted_on,
        };
        tx.append(&before, prev, &self.entry(event), &turned, submitted)
            .await?;
        let after = tx.filing(id).await?.expect("the filing");
        tx.commit().await?;
        Ok(after)
    }
}

//! An office over a database of its own, with a few people, for this room's tests.

use chrono::{NaiveDate, NaiveTime};

use super::{
    Actor, EnterNotice, FileJointly, FilingId, Moment, NewPerson, NewProject, Office, OfficeError,
    PasswordCost, ProjectId, RecordEvent, Recorded, Requested, Role,
};
use crate::statute::calendar::Calendar;
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use crate::statute::plan::{BureauKind, Level, ProjectFacts, StepId};
use crate::store::Details;
use crate::store::Store;
use crate::store::record::{Bureau, Entry, Filing};

pub(super) const PASSWORD: &str = "a-long-test-password";

/// A notice of 2027 as it might come: it makes nothing true, tests only need one.
pub(super) const NOTICE_2027: &str = "\
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月4日（周四）至10日（周三）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

/// That notice as it is typed.
pub(super) fn notice_2027() -> EnterNotice {
    EnterNotice {
        year: 2027,
        text: NOTICE_2027.to_owned(),
        number: "国办发明电〔2026〕9号".to_owned(),
        published_on: Some(on(11, 5)),
        url: "https://www.gov.cn/notice-2027".to_owned(),
    }
}

pub(super) struct World {
    pub(super) office: Office,
    pub(super) company: Actor,
    pub(super) administrator: Actor,
    bureaus: Vec<Bureau>,
    /// Goes with the world.
    _folder: tempfile::TempDir,
}

pub(super) fn on(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of 2026")
}

/// Nine in the morning of that day of 2026.
pub(super) fn at(month: u32, day: u32) -> Moment {
    let today = on(month, day);
    let morning = today.and_time(NaiveTime::from_hms_opt(1, 0, 0).expect("an hour"));
    Moment {
        today,
        now: morning.and_utc(),
    }
}

impl World {
    pub(super) async fn new() -> World {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!(
            "sqlite://{}/office.sqlite?mode=rwc",
            folder.path().display()
        );
        let store = Store::open(&url).await.expect("the store opens");
        let office = Office::new(
            store,
            (BUILT_IN_NAME, BUILT_IN_TEXT),
            Calendar::official().clone(),
        )
        .expect("the catalogue loads")
        .with_password_cost(PasswordCost::Least);
        office.ensure_bureaus().await.expect("bureaus");
        let first = office
            .create_first_administrator("admin", "管理员", PASSWORD, at(1, 5))
            .await
            .expect("an administrator");
        let administrator = Actor {
            id: first,
            login: "admin".to_owned(),
            name: "管理员".to_owned(),
            role: Role::Administrator,
            bureau: None,
            lead: false,
        };
        let bureaus = office.bureaus(&administrator).await.expect("bureaus");
        let mut world = World {
            company: administrator.clone(),
            office,
            administrator,
            bureaus,
            _folder: folder,
        };
        world.company = world.hire("company", Role::Company).await;
        world
    }

    pub(super) async fn hire(&self, login: &str, role: Role) -> Actor {
        let new = NewPerson {
            login: login.to_owned(),
            name: format!("{login}员"),
            role,
            password: PASSWORD.to_owned(),
            lead: false,
        };
        let id = self
            .office
            .add_person(&self.administrator, new, at(1, 5))
            .await
            .expect("a person");
        Actor {
            id,
            login: login.to_owned(),
            name: format!("{login}员"),
            role,
            bureau: None,
            lead: false,
        }
    }

    /// The officer of the bureau that decides `filing`; one row in the database serves for all.
    pub(super) fn officer(&self, filing: &Filing) -> Actor {
        Actor {
            role: Role::Officer {
                bureau: filing.bureau,
            },
            ..self.company.clone()
        }
    }

    pub(super) fn bureau(&self, kind: BureauKind, county: Option<County>) -> &Bureau {
        let level = county.map_or(Level::City, |_| Level::County);
        self.bureaus
            .iter()
            .find(|b| b.kind == kind && b.level == level && b.county == county)
            .expect("the bureau")
    }

    pub(super) async fn project(&self, facts: ProjectFacts) -> ProjectId {
        use std::sync::atomic::{AtomicU32, Ordering};
        static KEY: AtomicU32 = AtomicU32::new(0);
        let key = KEY.fetch_add(1, Ordering::Relaxed);
        self.office
            .create_project(
                &self.company,
                new_project(&format!("key-{key}"), facts),
                at(9, 1),
            )
            .await
            .expect("a project")
    }

    pub(super) async fn filing(&self, project: ProjectId, step: &str) -> Filing {
        self.filing_in(project, step, None).await
    }

    pub(super) async fn filing_in(
        &self,
        project: ProjectId,
        step: &str,
        county: Option<County>,
    ) -> Filing {
        let reader = self.office.store.reader();
        let filings = reader.filings_of_project(project).await.expect("filings");
        filings
            .into_iter()
            .find(|f| f.step == StepId::from(step) && (county.is_none() || f.county == county))
            .expect("the filing")
    }

    pub(super) async fn ledger(&self, filing: FilingId) -> Vec<Entry> {
        let reader = self.office.store.reader();
        reader.ledger(filing).await.expect("a ledger")
    }

    /// Records as whoever may, having seen the ledger as it stands.
    pub(super) async fn record(
        &self,
        filing: &Filing,
        kind: EventKind,
        day: NaiveDate,
        at: Moment,
    ) -> Result<Recorded, OfficeError> {
        let actor = match kind {
            EventKind::Submitted | EventKind::Resubmitted | EventKind::Withdrawn => {
                self.company.clone()
            }
            _ => self.officer(filing),
        };
        let reader = self.office.store.reader();
        let now = reader.filing(filing.id).await.expect("the store");
        let mut details = Details::default();
        if kind == EventKind::MaterialsRequested {
            details.requested.push(Requested {
                material: None,
                name: "申请书补齐签章".to_owned(),
            });
        }
        let event = RecordEvent {
            filing: filing.id,
            kind,
            on: day,
            note: None,
            details,
            seen: now.expect("the filing").seq,
            despite_missing: true,
        };
        self.office.record(&actor, event, at).await
    }

    /// Records each kind on its day, on that very day.
    pub(super) async fn go(&self, filing: &Filing, steps: &[(EventKind, (u32, u32))]) {
        for (kind, (month, day)) in steps {
            self.record(filing, kind.clone(), on(*month, *day), at(*month, *day))
                .await
                .expect("the rules allow it");
        }
    }

    /// Submitted, accepted and granted, on these three days of September.
    pub(super) async fn grant(&self, filing: &Filing, days: [u32; 3]) {
        let [submitted, accepted, granted] = days;
        self.go(
            filing,
            &[
                (EventKind::Submitted, (9, submitted)),
                (EventKind::Accepted, (9, accepted)),
                (EventKind::Granted, (9, granted)),
            ],
        )
        .await;
    }

    pub(super) async fn file_jointly(
        &self,
        project: ProjectId,
        day: NaiveDate,
    ) -> Result<Vec<Recorded>, OfficeError> {
        let reader = self.office.store.reader();
        let filings = reader.filings_of_project(project).await.expect("filings");
        let joint = FileJointly {
            project,
            on: day,
            note: None,
            seen: filings
                .iter()
                .filter(|f| ["land-pre-review", "county-initial-review"].contains(&f.step.as_str()))
                .map(|f| (f.id, f.seq))
                .collect(),
        };
        self.office
            .file_jointly(&self.company, joint, at(9, 30))
            .await
    }

    pub(super) async fn assert_sound(&self) {
        let report = self.office.verify().await.expect("a report");
        assert_eq!(report.differences, Vec::new());
    }
}

pub(super) fn new_project(key: &str, facts: ProjectFacts) -> NewProject {
    NewProject {
        name: "桥北220千伏输变电工程".to_owned(),
        code: Some("2020-210500-44-02-016343".to_owned()),
        facts,
        request_key: key.to_owned(),
    }
}

/// A line on new land over these counties.
pub(super) fn on_new_land(counties: &[County]) -> ProjectFacts {
    ProjectFacts {
        counties: counties.to_vec(),
        new_land: true,
        ..ProjectFacts::default()
    }
}

pub(super) fn rule_of(refused: Result<Recorded, OfficeError>) -> &'static str {
    match refused {
        Err(OfficeError::Rule(refused)) => refused.rule,
        Err(OfficeError::Refused(refused)) => refused.rule.code(),
        other => panic!("expected a rule, got {other:?}"),
    }
}

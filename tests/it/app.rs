//! The program for a test: a database of its own, a day that only the test moves, named actors.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use grid_approvals::config::Config;
use grid_approvals::courier::live::{self, Live};
use grid_approvals::office::model::home::ProjectSearch;
use grid_approvals::office::model::{ProjectPage, StepPage};
use grid_approvals::office::{Actor, FilingId, Moment, Office, Outlets, ProjectId};
use grid_approvals::statute::calendar::date;
use grid_approvals::statute::clock::Status;
use grid_approvals::view::View;
use grid_approvals::web::{self, WebState};
use rocket::local::asynchronous::Client;
use rocket::tokio::task::JoinHandle;
use rocket::{Orbit, Rocket};

use crate::browser::{Answer, Browser};
use crate::database::Database;
use crate::who::Who;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "a-long-test-password";

/// The first day of every test: a Monday, two weeks before National Day 2026.
const FIRST_DAY: (i32, u32, u32) = (2026, 9, 21);

/// The running program.
pub(crate) struct TestApp {
    client: Arc<Client>,
    state: WebState,
    office: Office,
    moment: Arc<Mutex<Moment>>,
    database: Database,
}

/// Nine in the morning in Shanghai.
fn morning(day: NaiveDate) -> Moment {
    Moment {
        today: day,
        now: DateTime::<Utc>::from_naive_utc_and_offset(
            day.and_hms_opt(1, 0, 0).unwrap_or_default(),
            Utc,
        ),
    }
}

impl TestApp {
    /// On SQLite.
    pub(crate) async fn start() -> TestApp {
        TestApp::on(Database::sqlite()).await
    }

    /// On this database, which is empty.
    pub(crate) async fn on(database: Database) -> TestApp {
        TestApp::with_outlets(database, Outlets::default()).await
    }

    /// On this database, with ways out of the house.
    pub(crate) async fn with_outlets(database: Database, outlets: Outlets) -> TestApp {
        let (year, month, day) = FIRST_DAY;
        let moment = Arc::new(Mutex::new(morning(date(year, month, day))));
        let office = database.office().await.with_outlets(outlets);
        let clock = Arc::clone(&moment);
        let reckoned = office.clone();
        let calendar = Arc::new(move || reckoned.calendar());
        let state = WebState {
            office: office.clone(),
            view: View::load()
                .expect("the templates load")
                .with_calendar(calendar),
            now: Arc::new(move || *clock.lock().expect("the test's clock")),
            config: Config::for_testing(),
            live: Live::default(),
        };
        let client = Client::untracked(web::rocket(state.clone()))
            .await
            .expect("the program ignites");
        let app = TestApp {
            client: Arc::new(client),
            state,
            office,
            moment,
            database,
        };
        app.hire().await;
        app
    }

    /// How many files there are, kept or half received.
    pub(crate) fn files(&self) -> usize {
        self.database.files()
    }

    /// A second server's office over the same database.
    pub(crate) async fn other_office(&self) -> Office {
        self.database.office().await
    }

    /// What the program was started with, for one more door.
    pub(crate) fn state(&self) -> WebState {
        self.state.clone()
    }

    /// Another server over the same database, with connections of its own, that looks for changes.
    pub(crate) async fn another_server(&self) -> (Client, JoinHandle<()>) {
        let office = self.database.office().await;
        let live = Live::default();
        let state = WebState {
            office: office.clone(),
            live: live.clone(),
            ..self.state()
        };
        let clock = Arc::clone(&state.now);
        let often = Duration::from_millis(20);
        let keeping = tokio::spawn(live::keep(
            office,
            clock,
            live,
            often,
            std::future::pending(),
        ));
        let client = Client::untracked(web::rocket(state)).await;
        (client.expect("the other server ignites"), keeping)
    }

    pub(crate) fn rocket(&self) -> &Rocket<Orbit> {
        self.client.rocket()
    }

    pub(crate) fn now(&self) -> Moment {
        *self.moment.lock().expect("the test's clock")
    }

    pub(crate) fn set_day(&self, year: i32, month: u32, day: u32) {
        let next = morning(date(year, month, day));
        assert!(next.today >= self.now().today, "time goes forward only");
        *self.moment.lock().expect("the test's clock") = next;
    }

    /// Hours pass within the day.
    pub(crate) fn pass_hours(&self, hours: i64) {
        self.moment.lock().expect("the test's clock").now += TimeDelta::hours(hours);
    }

    /// A browser in which nobody is logged in.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(Arc::clone(&self.client))
    }

    /// Sends the login form.
    pub(crate) async fn enter(&self, browser: &mut Browser, who: Who) -> Answer {
        let fields = [("login", who.login()), ("password", PASSWORD)];
        browser.post("/login", "/login", &fields).await
    }

    /// A browser in which `who` is logged in.
    pub(crate) async fn login(&self, who: Who) -> Browser {
        let mut browser = self.browser();
        self.enter(&mut browser, who).await.is(303);
        browser
    }

    /// The session's token.
    pub(crate) async fn token(&self, browser: &mut Browser) -> String {
        let page = browser.get("/account").await.is(200);
        page.hidden("_csrf").expect("the page holds a token")
    }

    /// `who` as the office knows the person.
    pub(crate) async fn actor(&self, who: Who) -> Actor {
        let at = self.now();
        let session = self
            .office
            .login(who.login(), PASSWORD, at)
            .await
            .expect("the actor logs in");
        self.office
            .session(&session.token, at)
            .await
            .expect("the store answers")
            .expect("the session lives")
            .actor
    }

    /// A fresh installation, in which the administrator adds everybody else through the page.
    async fn hire(&self) {
        let first = Who::Administrator;
        self.office
            .ensure_bureaus()
            .await
            .expect("the bureaus are added");
        self.office
            .create_first_administrator(first.login(), first.name(), PASSWORD, self.now())
            .await
            .expect("the administrator is added");
        let administrator = self.actor(first).await;
        let bureaus = self
            .office
            .bureaus(&administrator)
            .await
            .expect("the bureaus are listed");
        let mut browser = self.login(Who::Administrator).await;
        let token = self.token(&mut browser).await;
        for who in Who::ALL {
            let (role, bureau) = match (who, who.seat()) {
                (Who::Administrator, _) => continue,
                (Who::Company, _) => ("company", String::new()),
                (Who::DeputyMayor, _) => ("deputy-mayor", String::new()),
                (_, None) => ("government-office", String::new()),
                (_, Some((kind, county))) => {
                    let bureau = bureaus.iter().find(|bureau| {
                        bureau.kind.code() == kind
                            && bureau.county.map(|county| county.code()) == county
                    });
                    let bureau = bureau.unwrap_or_else(|| panic!("no bureau for {who:?}"));
                    ("officer", bureau.id.to_string())
                }
            };
            let fields = [
                ("_csrf", token.as_str()),
                ("login", who.login()),
                ("name", who.name()),
                ("role", role),
                ("bureau", &bureau),
                ("password", PASSWORD),
            ];
            browser.post_raw("/people", &fields).await.is(303);
        }
    }

    /// Makes a project through the page, and gives its row.
    pub(crate) async fn create(&self, facts: &[(&str, &str)]) -> i64 {
        let mut company = self.login(Who::Company).await;
        let form = company.get("/projects/new").await.is(200);
        let (token, key) = (form.hidden("_csrf"), form.hidden("request_key"));
        let (token, key) = (token.expect("a token"), key.expect("a key"));
        let mut fields = vec![
            ("_csrf", token.as_str()),
            ("request_key", key.as_str()),
            ("do", "create"),
        ];
        fields.extend_from_slice(facts);
        let made = company.post_raw("/projects/new", &fields).await.is(303);
        let place = made.location.clone().unwrap_or_default();
        company.follow(made).await.is(200);
        place
            .strip_prefix("/projects/")
            .and_then(|id| id.parse().ok())
            .expect("the new project's address")
    }

    /// The project of most tests: 220 kV, two counties, land, forest, trees and a highway.
    pub(crate) async fn project_220kv(&self) -> i64 {
        self.create(&[
            ("name", "本溪至桓仁220千伏输变电工程"),
            ("voltage_kv", "220"),
            ("works", "substation-and-line"),
            ("counties", "210521"),
            ("counties", "210522"),
            ("public_network", "true"),
            ("new_land", "true"),
            ("forest_land", "true"),
            ("fells_trees", "true"),
            ("crosses_highway", "true"),
        ])
        .await
    }

    /// Files the reviews together by the form of the project's page (第1条).
    pub(crate) async fn file_jointly(&self, project: i64) {
        let mut company = self.login(Who::Company).await;
        let place = format!("/projects/{project}");
        let page = company.get(&place).await.is(200);
        let action = format!("{place}/joint-filing");
        let hidden = page.form(&action, None).expect("the joint filing is open");
        let today = self.now().today.to_string();
        let mut fields: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.push(("on", &today));
        let filed = company.post_raw(&action, &fields).await;
        company.follow(filed).await.is(200);
    }

    pub(crate) async fn project(&self, project: i64) -> ProjectPage {
        let company = self.actor(Who::Company).await;
        self.office
            .project_page(&company, ProjectId(project), self.now())
            .await
            .expect("the project is shown")
    }

    /// How many projects there are.
    pub(crate) async fn projects(&self) -> u64 {
        let company = self.actor(Who::Company).await;
        self.office
            .projects(&company, &ProjectSearch::default(), self.now())
            .await
            .expect("the projects are listed")
            .total
    }

    /// The row of one step of a project.
    pub(crate) async fn filing(&self, project: i64, step: &str, county: Option<&str>) -> i64 {
        let page = self.project(project).await;
        page.lines
            .iter()
            .find(|line| {
                line.step.as_str() == step && line.county.map(|county| county.code()) == county
            })
            .and_then(|line| line.card.as_ref())
            .map(|card| card.id.0)
            .unwrap_or_else(|| panic!("{step} in {county:?} is not on the route"))
    }

    pub(crate) async fn step(&self, filing: i64) -> StepPage {
        let company = self.actor(Who::Company).await;
        self.office
            .step_page(&company, FilingId(filing), self.now())
            .await
            .expect("the step is shown")
    }

    pub(crate) async fn status(&self, filing: i64) -> Status {
        self.step(filing).await.reading.status
    }

    /// How many entries the step's ledger has.
    pub(crate) async fn entries(&self, filing: i64) -> usize {
        self.step(filing).await.ledger.len()
    }

    /// The row of a person.
    pub(crate) async fn person(&self, login: &str) -> i64 {
        let administrator = self.actor(Who::Administrator).await;
        let people = self.office.people(&administrator).await;
        people
            .expect("the people are listed")
            .iter()
            .find(|(person, _)| person.login == login)
            .map(|(person, _)| person.id.0)
            .expect("the person is listed")
    }

    /// The step's page as `who` sees it.
    pub(crate) async fn page(&self, who: Who, filing: i64) -> Answer {
        self.login(who)
            .await
            .get(&format!("/filings/{filing}"))
            .await
            .is(200)
    }

    /// Records an event today that the page offers, and sees it in the history.
    pub(crate) async fn record(
        &self,
        who: Who,
        filing: i64,
        kind: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let before = self.page(who, filing).await;
        assert!(
            before.body.contains(&format!("value=\"{kind}\"")),
            "{who:?} is not offered {kind}:\n{}",
            crate::browser::text(&before.body)
        );
        let entries = self.entries(filing).await;
        self.try_record(who, filing, kind, fields).await.is(303);
        assert_eq!(self.entries(filing).await, entries + 1);
        self.page(who, filing).await
    }

    /// Sends an event whether or not the page offers it; `fields` go before what the page holds.
    pub(crate) async fn try_record(
        &self,
        who: Who,
        filing: i64,
        kind: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut browser = self.login(who).await;
        let page = browser.get(&format!("/filings/{filing}")).await;
        let token = self.token(&mut browser).await;
        let today = self.now().today.to_string();
        let seen = match page.hidden("seen") {
            Some(seen) => seen,
            None => self.entries(filing).await.to_string(),
        };
        let given = |name: &str| fields.iter().any(|(n, _)| *n == name);
        let mut all = vec![("_csrf", token.as_str()), ("kind", kind)];
        if !given("on") {
            all.push(("on", &today));
        }
        if !given("seen") {
            all.push(("seen", &seen));
        }
        // Most tests hand in no files; those that mind say so.
        if kind == "accepted" && !given("despite_missing") {
            all.push(("despite_missing", "true"));
        }
        all.extend_from_slice(fields);
        let path = format!("/filings/{filing}/events");
        browser.post_raw(&path, &all).await
    }

    /// Posts a small form of a step's page: `beside` is the rest of its address.
    pub(crate) async fn post_beside(
        &self,
        who: Who,
        filing: i64,
        beside: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut browser = self.login(who).await;
        let page = format!("/filings/{filing}");
        browser
            .post(&page, &format!("{page}/{beside}"), fields)
            .await
    }

    /// Types a project's facts anew and asks what that would move.
    pub(crate) async fn preview_facts(&self, project: i64, facts: &[(&str, &str)]) -> Answer {
        self.send_facts(project, "preview", ("", ""), facts).await
    }

    /// Saves a project's facts as they were previewed on `shown`.
    pub(crate) async fn save_facts(
        &self,
        project: i64,
        shown: &Answer,
        facts: &[(&str, &str)],
    ) -> Answer {
        let word = |name| shown.hidden(name).expect("the preview holds its words");
        let (seen, previewed) = (word("seen"), word("previewed"));
        self.send_facts(project, "save", (&seen, &previewed), facts)
            .await
    }

    async fn send_facts(
        &self,
        project: i64,
        what: &str,
        (seen, previewed): (&str, &str),
        facts: &[(&str, &str)],
    ) -> Answer {
        let mut company = self.login(Who::Company).await;
        let place = format!("/projects/{project}/facts");
        let form = company.get(&place).await.is(200);
        let token = form.hidden("_csrf").expect("a token");
        let mut fields = vec![
            ("_csrf", token.as_str()),
            ("do", what),
            ("seen", seen),
            ("previewed", previewed),
        ];
        fields.extend_from_slice(facts);
        company.post_raw(&place, &fields).await
    }

    /// The day turns, as the courier has it turn.
    pub(crate) async fn turn(&self) {
        self.office.turn(self.now()).await.expect("the turn");
    }

    /// Every row follows from its ledger.
    pub(crate) async fn refolds(&self) {
        let report = self.office.verify().await.expect("a report");
        assert_eq!(report.differences, []);
    }

    /// The joint filing up to the city's grant, all on this day.
    pub(crate) async fn granted_pre_review(&self, project: i64) {
        self.file_jointly(project).await;
        for (who, step, county) in [
            (Who::BenxiCounty, "county-initial-review", Some("210521")),
            (Who::Huanren, "county-initial-review", Some("210522")),
            (Who::CityLand, "land-pre-review", None),
        ] {
            let filing = self.filing(project, step, county).await;
            self.record(who, filing, "accepted", &[]).await;
            self.record(who, filing, "granted", &[]).await;
        }
    }

    /// Gives the parts of a land dossier to an officer and marks them done, all on this day.
    pub(crate) async fn finish_parts(&self, who: Who, dossier: i64) {
        let today = self.now().today.to_string();
        for part in ["cadastral-survey", "land-hearing", "social-security"] {
            for (act, officer) in [("part-begun", "张三，县自然资源局"), ("part-done", "")]
            {
                let fields = [("on", today.as_str()), ("officer", officer)];
                let beside = format!("proceedings/{act}/{part}");
                self.post_beside(who, dossier, &beside, &fields)
                    .await
                    .is(303);
            }
        }
    }
}

//! The raw ledgers, read by plain SQL and parsed here.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use grid_approvals::statute::clock::{Event, EventKind};
use grid_approvals::statute::plan::{Plan, ProjectFacts, Step};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement};

/// One entry as it was typed.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) event: Event,
    /// The entry that it corrects, and whether it strikes it out.
    pub(crate) corrects: Option<(usize, bool)>,
    /// The day in Benxi on which it was typed.
    pub(crate) typed: NaiveDate,
    /// False where the program entered it by rule.
    pub(crate) by_hand: bool,
}

/// One step of one project.
#[derive(Debug, Clone)]
pub(crate) struct Filing {
    pub(crate) id: i64,
    pub(crate) project: i64,
    pub(crate) step: &'static Step,
    pub(crate) bureau: i64,
    pub(crate) facts: ProjectFacts,
    pub(crate) entries: Vec<Entry>,
}

/// A rung as a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rung {
    pub(crate) filing: i64,
    pub(crate) rung: String,
    pub(crate) refers_to: NaiveDate,
    pub(crate) on: NaiveDate,
}

/// A message as a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Message {
    pub(crate) link: String,
    pub(crate) kind: String,
    pub(crate) on: NaiveDate,
    pub(crate) person: i64,
}

/// A person as a row.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) role: String,
    pub(crate) bureau: Option<i64>,
    pub(crate) lead: bool,
}

/// Everything that the year left.
pub(crate) struct Ledgers {
    pub(crate) filings: Vec<Filing>,
    pub(crate) rungs: Vec<Rung>,
    pub(crate) messages: Vec<Message>,
    pub(crate) people: Vec<Person>,
    /// Each case's step.
    pub(crate) cases: Vec<i64>,
}

/// The events that stand after this many entries, read once more from what a correction is.
pub(crate) fn standing(entries: &[Entry]) -> Vec<Event> {
    let mut says: Vec<Option<&Event>> = entries.iter().map(|entry| Some(&entry.event)).collect();
    // From the last to the first: a correction of a correction reaches the one it names first.
    for (at, entry) in entries.iter().enumerate().rev() {
        if let Some((named, strikes)) = entry.corrects {
            let said = says[at].take().filter(|_| !strikes);
            says[named] = said;
        }
    }
    says.into_iter().flatten().cloned().collect()
}

/// The last day that a server has seen through.
pub(crate) async fn turned(url: &str) -> Option<String> {
    let db = Database::connect(url).await.expect("a database");
    let rows = all(&db, "SELECT day FROM turn_mark").await;
    rows.first().map(|row| text(row, "day"))
}

async fn all(db: &DatabaseConnection, query: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(DbBackend::Sqlite, query.to_owned());
    db.query_all_raw(statement).await.expect("rows")
}

fn number(row: &QueryResult, column: &str) -> i64 {
    row.try_get("", column).expect("a number")
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).expect("a text")
}

fn day(row: &QueryResult, column: &str) -> NaiveDate {
    text(row, column).parse().expect("a day")
}

fn entry(row: &QueryResult) -> Entry {
    let payload: serde_json::Value =
        serde_json::from_str(&text(row, "payload")).expect("a payload");
    let corrects = payload.pointer("/details/corrects").map(|corrects| {
        let entry = corrects["entry"].as_u64().expect("a number");
        let strikes = corrects["strikes"].as_bool().expect("a word");
        (usize::try_from(entry).expect("small") - 1, strikes)
    });
    let kind: EventKind = serde_json::from_value(payload).expect("a kind");
    let typed: DateTime<FixedOffset> = text(row, "recorded_at").parse().expect("an instant");
    let benxi = FixedOffset::east_opt(8 * 3600).expect("a zone");
    Entry {
        event: Event {
            on: day(row, "on_day"),
            kind,
        },
        corrects,
        typed: typed.with_timezone(&benxi).date_naive(),
        by_hand: row
            .try_get::<Option<i64>>("", "actor_id")
            .expect("a number")
            .is_some(),
    }
}

/// Reads everything.
pub(crate) async fn read(url: &str) -> Ledgers {
    let db = Database::connect(url).await.expect("a database");
    let mut entries: BTreeMap<i64, Vec<Entry>> = BTreeMap::new();
    let events = "SELECT filing_id, on_day, payload, actor_id, recorded_at FROM filing_event \
                  ORDER BY filing_id, seq";
    for row in all(&db, events).await {
        let filing = number(&row, "filing_id");
        entries.entry(filing).or_default().push(entry(&row));
    }
    let filings = "SELECT f.id, f.project_id, f.step, f.bureau_id, p.facts FROM filing f \
                   JOIN project p ON p.id = f.project_id";
    let filings = all(&db, filings).await.into_iter().map(|row| {
        let id = number(&row, "id");
        Filing {
            id,
            project: number(&row, "project_id"),
            step: Plan::built_in().step(&text(&row, "step")).expect("a step"),
            bureau: number(&row, "bureau_id"),
            facts: serde_json::from_str(&text(&row, "facts")).expect("facts"),
            entries: entries.remove(&id).unwrap_or_default(),
        }
    });
    let filings = filings.collect();
    let rungs = "SELECT filing_id, rung, refers_to, belongs_on FROM supervision_rung";
    let rungs = all(&db, rungs).await;
    let messages = "SELECT person_id, kind, link, belongs_on FROM message";
    let messages = all(&db, messages).await;
    let people = all(&db, "SELECT id, role, bureau_id, lead FROM person").await;
    let cases = all(&db, "SELECT filing_id FROM supervision_case").await;
    Ledgers {
        filings,
        rungs: rungs
            .iter()
            .map(|row| Rung {
                filing: number(row, "filing_id"),
                rung: text(row, "rung"),
                refers_to: day(row, "refers_to"),
                on: day(row, "belongs_on"),
            })
            .collect(),
        messages: messages
            .iter()
            .map(|row| Message {
                link: text(row, "link"),
                kind: text(row, "kind"),
                on: day(row, "belongs_on"),
                person: number(row, "person_id"),
            })
            .collect(),
        people: people
            .iter()
            .map(|row| Person {
                id: number(row, "id"),
                role: text(row, "role"),
                bureau: row.try_get("", "bureau_id").expect("a number"),
                lead: row.try_get("", "lead").expect("a word"),
            })
            .collect(),
        cases: cases.iter().map(|row| number(row, "filing_id")).collect(),
    }
}

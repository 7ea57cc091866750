//! Ledgers: appended to, read, never changed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use entity::{filing, filing_event, project};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::chain::chain_hash;
use super::error::StoreError;
use super::filing::CHUNK;
use super::ids::{FilingId, PersonId, ProjectId};
use super::record::{Entry, Filing};
use super::{Reader, Tx, row};
use crate::statute::clock::{Event, Turning};
use crate::statute::plan::ProjectFacts;

/// An entry to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What happened, on which day.
    pub event: Event,
    /// Words of the person who records it.
    pub note: Option<String>,
    /// Who records it; `None`: the program, by rule.
    pub actor: Option<PersonId>,
    /// That person's name, or the rule's words.
    pub actor_name: String,
    /// The instant, kept to the second.
    pub recorded_at: DateTime<Utc>,
}

/// A filing with all that a refold needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerOf {
    /// The projected row.
    pub filing: Filing,
    /// The project's facts.
    pub facts: ProjectFacts,
    /// The catalogue version that the project began under.
    pub plan_hash: String,
    /// The ledger.
    pub entries: Vec<Entry>,
}

async fn entries(db: &impl ConnectionTrait, filing: FilingId) -> Result<Vec<Entry>, StoreError> {
    let rows = filing_event::Entity::find()
        .filter(filing_event::Column::FilingId.eq(filing.0))
        .order_by_asc(filing_event::Column::Seq)
        .all(db)
        .await?;
    rows.into_iter().map(row::entry).collect()
}

fn grouped(rows: Vec<filing_event::Model>) -> Result<BTreeMap<FilingId, Vec<Entry>>, StoreError> {
    let mut ledgers: BTreeMap<FilingId, Vec<Entry>> = BTreeMap::new();
    for row in rows {
        ledgers
            .entry(FilingId(row.filing_id))
            .or_default()
            .push(row::entry(row)?);
    }
    Ok(ledgers)
}

impl Reader {
    /// A filing's ledger, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn ledger(&self, filing: FilingId) -> Result<Vec<Entry>, StoreError> {
        entries(&self.db, filing).await
    }

    /// The ledgers of a project's filings that have any entry, in one statement.
    ///
    /// # Errors
    /// The database.
    pub async fn ledgers_of_project(
        &self,
        project: ProjectId,
    ) -> Result<BTreeMap<FilingId, Vec<Entry>>, StoreError> {
        let rows = filing_event::Entity::find()
            .join(
                JoinType::InnerJoin,
                filing_event::Entity::belongs_to(filing::Entity)
                    .from(filing_event::Column::FilingId)
                    .to(filing::Column::Id)
                    .into(),
            )
            .filter(filing::Column::ProjectId.eq(project.0))
            .order_by_asc(filing_event::Column::FilingId)
            .order_by_asc(filing_event::Column::Seq)
            .all(&self.db)
            .await?;
        grouped(rows)
    }

    /// The next filings after `after` with facts and ledgers, in two statements: for a refold of
    /// everything.
    ///
    /// # Errors
    /// The database.
    pub async fn ledger_pages(
        &self,
        after: FilingId,
        limit: u64,
    ) -> Result<Vec<LedgerOf>, StoreError> {
        let filings = filing::Entity::find()
            .filter(filing::Column::Id.gt(after.0))
            .order_by_asc(filing::Column::Id)
            .limit(limit)
            .all(&self.db)
            .await?;
        let (Some(first), Some(last)) = (filings.first(), filings.last()) else {
            return Ok(Vec::new());
        };
        let (first, last) = (first.id, last.id);
        let within = filing::Column::Id.between(first, last);
        let projects: BTreeMap<i64, project::Model> = project::Entity::find()
            .filter(
                project::Column::Id.in_subquery(
                    sea_orm::QuerySelect::query(
                        &mut filing::Entity::find()
                            .select_only()
                            .column(filing::Column::ProjectId)
                            .filter(within),
                    )
                    .to_owned(),
                ),
            )
            .all(&self.db)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let rows = filing_event::Entity::find()
            .filter(filing_event::Column::FilingId.between(first, last))
            .order_by_asc(filing_event::Column::FilingId)
            .order_by_asc(filing_event::Column::Seq)
            .all(&self.db)
            .await?;
        let mut ledgers = grouped(rows)?;
        let mut pages = Vec::with_capacity(filings.len());
        for row in filings {
            let Some(project) = projects.get(&row.project_id).cloned() else {
                return Err(StoreError::Inconsistent {
                    table: "filing",
                    column: "project_id",
                    id: row.id,
                    found: row.project_id.to_string(),
                    expected: "a project's row",
                });
            };
            let project = row::project(project)?;
            let filing = row::filing(row)?;
            pages.push(LedgerOf {
                entries: ledgers.remove(&filing.id).unwrap_or_default(),
                filing,
                facts: project.facts,
                plan_hash: project.plan_hash,
            });
        }
        Ok(pages)
    }
}

fn event_row(filing: FilingId, entry: &Entry, prev: &str) -> filing_event::ActiveModel {
    filing_event::ActiveModel {
        filing_id: Set(filing.0),
        seq: Set(i32::try_from(entry.seq).unwrap_or(i32::MAX)),
        on_day: Set(entry.event.on),
        kind: Set(entry.event.kind.code().to_owned()),
        payload: Set(serde_json::to_string(&entry.event.kind).unwrap_or_default()),
        note: Set(entry.note.clone()),
        actor_id: Set(entry.actor.map(|actor| actor.0)),
        actor_name: Set(entry.actor_name.clone()),
        recorded_at: Set(entry.recorded_at),
        prev_hash: Set(prev.to_owned()),
        hash: Set(entry.hash.clone()),
    }
}

fn chained(filing: FilingId, seq: u32, prev: &str, new: &NewEntry) -> Entry {
    let mut entry = Entry {
        seq,
        event: new.event.clone(),
        note: new.note.clone(),
        actor: new.actor,
        actor_name: new.actor_name.clone(),
        recorded_at: new.recorded_at.trunc_subsecs(0),
        hash: String::new(),
    };
    entry.hash = chain_hash(prev, filing, &entry);
    entry
}

impl Tx {
    /// A filing's ledger, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn ledger(&self, filing: FilingId) -> Result<Vec<Entry>, StoreError> {
        entries(&self.tx, filing).await
    }

    /// Appends one entry to `before`'s ledger and projects `turning` onto its row.
    ///
    /// `prev` is the hash of the ledger's last entry, empty for the first.
    ///
    /// # Errors
    /// Stale: the row has moved on from `before.seq`.
    pub async fn append(
        &self,
        before: &Filing,
        prev: &str,
        new: &NewEntry,
        turning: &Turning,
        submitted_on: Option<NaiveDate>,
    ) -> Result<Entry, StoreError> {
        let entry = chained(before.id, before.seq + 1, prev, new);
        let mut row = <filing::ActiveModel as sea_orm::ActiveModelTrait>::default();
        row.seq = Set(i32::try_from(entry.seq).unwrap_or(i32::MAX));
        row.last_on = Set(Some(entry.event.on));
        row.submitted_on = Set(submitted_on);
        row.ready = Set(false);
        row::set_turning(&mut row, turning);
        let changed = filing::Entity::update_many()
            .set(row)
            .filter(filing::Column::Id.eq(before.id.0))
            .filter(filing::Column::Seq.eq(i32::try_from(before.seq).unwrap_or(i32::MAX)))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        let event = event_row(before.id, &entry, prev);
        filing_event::Entity::insert(event)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(entry)
    }

    /// Appends whole histories to filings whose ledgers are empty, in few statements.
    ///
    /// The rows are those that [`Tx::append`] would have written one by one.
    ///
    /// # Errors
    /// Stale: a ledger was not empty.
    pub async fn append_histories(
        &self,
        histories: &[(Filing, Vec<NewEntry>, Turning, Option<NaiveDate>)],
    ) -> Result<(), StoreError> {
        let mut events = Vec::new();
        for (before, new, turning, submitted_on) in histories {
            let mut prev = String::new();
            let mut last_on = None;
            for (index, new) in new.iter().enumerate() {
                let seq = u32::try_from(index + 1).unwrap_or(u32::MAX);
                let entry = chained(before.id, seq, &prev, new);
                events.push(event_row(before.id, &entry, &prev));
                last_on = Some(entry.event.on);
                prev = entry.hash;
            }
            let mut row = <filing::ActiveModel as sea_orm::ActiveModelTrait>::default();
            row.seq = Set(i32::try_from(new.len()).unwrap_or(i32::MAX));
            row.last_on = Set(last_on);
            row.submitted_on = Set(*submitted_on);
            row.ready = Set(false);
            row::set_turning(&mut row, turning);
            let changed = filing::Entity::update_many()
                .set(row)
                .filter(filing::Column::Id.eq(before.id.0))
                .filter(filing::Column::Seq.eq(0))
                .exec(&self.tx)
                .await?;
            if changed.rows_affected != 1 {
                return Err(StoreError::Stale);
            }
        }
        while !events.is_empty() {
            let rest = events.split_off(events.len().min(CHUNK));
            filing_event::Entity::insert_many(events)
                .exec_without_returning(&self.tx)
                .await?;
            events = rest;
        }
        Ok(())
    }
}

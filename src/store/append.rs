//! Ledgers as they are written: appended to, never changed.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use entity::{filing, filing_event, late_entry};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::case_officer::case_officer;
use super::chain::chain_hash;
use super::details::Details;
use super::error::StoreError;
use super::filing::CHUNK;
use super::ids::{FilingId, PersonId};
use super::record::{Entry, Filing};
use super::{Tx, late, row};
use crate::statute::clock::{Event, Turning};

/// An entry to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What happened, on which day.
    pub event: Event,
    /// Words of the person who records it.
    pub note: Option<String>,
    /// What the entry says beyond its event.
    pub details: Details,
    /// Who records it; `None`: the program, by rule.
    pub actor: Option<PersonId>,
    /// That person's name, or the rule's words.
    pub actor_name: String,
    /// The instant, kept to the second.
    pub recorded_at: DateTime<Utc>,
}

fn event_row(
    filing: FilingId,
    entry: &Entry,
    prev: &str,
) -> Result<filing_event::ActiveModel, StoreError> {
    let payload = serde_json::to_string(&row::Payload::of(entry))
        .map_err(|error| StoreError::Db(format!("an event that no ledger can hold: {error}")))?;
    Ok(filing_event::ActiveModel {
        filing_id: Set(filing.0),
        seq: Set(row::small(entry.seq)),
        on_day: Set(entry.event.on),
        kind: Set(entry.event.kind.code().to_owned()),
        payload: Set(payload),
        note: Set(entry.note.clone()),
        actor_id: Set(entry.actor.map(|actor| actor.0)),
        actor_name: Set(entry.actor_name.clone()),
        recorded_at: Set(entry.recorded_at),
        prev_hash: Set(prev.to_owned()),
        hash: Set(entry.hash.clone()),
    })
}

/// Who has the filing in hand after `entry`.
fn in_hand(before: Option<PersonId>, entry: &Entry) -> Option<PersonId> {
    case_officer(before, &entry.event.kind, entry.actor, &entry.details)
}

/// The columns that a ledger gives, as they are after its last entry.
fn projected(
    seq: u32,
    last_on: Option<NaiveDate>,
    turning: &Turning,
    submitted_on: Option<NaiveDate>,
) -> filing::ActiveModel {
    let mut row = <filing::ActiveModel as ActiveModelTrait>::default();
    row.seq = Set(row::small(seq));
    row.last_on = Set(last_on);
    row.submitted_on = Set(submitted_on);
    row.ready = Set(false);
    row::set_turning(&mut row, turning);
    row
}

fn chained(filing: FilingId, seq: u32, prev: &str, new: &NewEntry) -> Entry {
    let mut entry = Entry {
        seq,
        event: new.event.clone(),
        note: new.note.clone(),
        details: new.details.clone(),
        actor: new.actor,
        actor_name: new.actor_name.clone(),
        recorded_at: new.recorded_at.trunc_subsecs(0),
        hash: String::new(),
    };
    entry.hash = chain_hash(prev, filing, &entry);
    entry
}

impl Tx {
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
        let event = event_row(before.id, &entry, prev)?;
        let mut row = projected(entry.seq, Some(entry.event.on), turning, submitted_on);
        row.officer_id = Set(in_hand(before.officer, &entry).map(|id| id.0));
        let changed = filing::Entity::update_many()
            .set(row)
            .filter(filing::Column::Id.eq(before.id.0))
            .filter(filing::Column::Seq.eq(row::small(before.seq)))
            .exec(&self.tx)
            .await?;
        if changed.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        filing_event::Entity::insert(event)
            .exec_without_returning(&self.tx)
            .await?;
        if let Some(row) = late::row_of(before, &entry) {
            late_entry::Entity::insert(row)
                .exec_without_returning(&self.tx)
                .await?;
        }
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
        let mut typed_late = Vec::new();
        let mut rows = Vec::with_capacity(histories.len());
        for (before, new, turning, submitted_on) in histories {
            let mut prev = String::new();
            let (mut seq, mut last_on) = (0, None);
            let mut officer = before.officer;
            for new in new {
                seq += 1;
                let entry = chained(before.id, seq, &prev, new);
                events.push(event_row(before.id, &entry, &prev)?);
                typed_late.extend(late::row_of(before, &entry));
                last_on = Some(entry.event.on);
                officer = in_hand(officer, &entry);
                prev = entry.hash;
            }
            let mut row = projected(seq, last_on, turning, *submitted_on);
            row.id = Set(before.id.0);
            row.project_id = Set(before.project.0);
            row.step = Set(before.step.as_str().to_owned());
            row.county = Set(row::county_text(before.county));
            row.bureau_id = Set(before.bureau.0);
            row.run = Set(row::small(before.run));
            row.standing = Set(before.standing.code().to_owned());
            row.officer_id = Set(officer.map(|id| id.0));
            rows.push(row);
        }
        for rows in in_chunks(rows) {
            let wanted = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            let changed = filing::Entity::insert_many(rows)
                .on_conflict(where_empty())
                .exec_without_returning(&self.tx)
                .await?;
            if changed != wanted {
                return Err(StoreError::Stale);
            }
        }
        for events in in_chunks(events) {
            filing_event::Entity::insert_many(events)
                .exec_without_returning(&self.tx)
                .await?;
        }
        for rows in in_chunks(typed_late) {
            late_entry::Entity::insert_many(rows)
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(())
    }
}

/// Projects onto the row that is there, if its ledger is still empty.
fn where_empty() -> OnConflict {
    use filing::Column as C;
    let with_it = [C::Seq, C::LastOn, C::SubmittedOn, C::Ready, C::OfficerId];
    let projected = with_it.into_iter().chain(row::TURNING);
    OnConflict::column(C::Id)
        .update_columns(projected)
        .action_and_where(C::Seq.eq(0))
        .to_owned()
}

fn in_chunks<T>(rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<T> = rows.by_ref().take(CHUNK).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}

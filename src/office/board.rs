//! The overdue and the near-due board.
//!
//! Two statements: the page's rows, and the bureaus with their counts under the same condition.
//! No ledger is read: a row's turning points say what the clock would.

mod cursor;

#[cfg(test)]
mod tests;

use super::model::{Board, BoardCount, Page};
use super::{Actor, BoardKind, BoardQuery, Moment, Office, OfficeError};
use crate::store::ListKind;
use crate::store::record::Role;
use cursor::Cursor;

/// Rows on one page of a board.
const ROWS: usize = 50;

impl Office {
    /// The overdue or near-due board; officers see their own bureau's rows.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`] for a cursor that no page gave; the store.
    pub async fn board(
        &self,
        actor: &Actor,
        query: &BoardQuery,
        at: Moment,
    ) -> Result<Board, OfficeError> {
        let after = query.after.as_deref().map(Cursor::read).transpose()?;
        let kind = list_kind(query.kind);
        let own = match actor.role {
            Role::Officer { bureau } => Some(bureau),
            Role::Company | Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => {
                None
            }
        };
        let only = own.or(query.bureau);
        let reader = self.store.reader();
        let limit = u64::try_from(ROWS).unwrap_or(u64::MAX).saturating_add(1);
        let mut rows = reader
            .board(
                kind,
                at.today,
                only,
                after.map(|cursor| (cursor.on, cursor.id)),
                limit,
            )
            .await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let last = rows.last().filter(|_| more).and_then(|row| {
            Some(Cursor {
                on: row.filing.turning.red_on?,
                id: row.filing.id,
            })
        });
        let mut by_bureau: Vec<BoardCount> = reader
            .board_counts(kind, at.today)
            .await?
            .into_iter()
            .map(|(bureau, steps)| BoardCount { bureau, steps })
            .filter(|row| own.is_none_or(|own| own == row.bureau.id))
            .collect();
        by_bureau.sort_by_key(|row| (std::cmp::Reverse(row.steps), row.bureau.id));
        let total = by_bureau
            .iter()
            .filter(|row| only.is_none_or(|only| only == row.bureau.id))
            .map(|row| row.steps)
            .sum();
        Ok(Board {
            page: Page {
                rows: self.cards(rows, at.today).await?,
                total,
                next: last.map(Cursor::write),
            },
            by_bureau,
        })
    }
}

/// The store's word for the board.
pub(super) fn list_kind(kind: BoardKind) -> ListKind {
    match kind {
        BoardKind::Overdue => ListKind::Overdue,
        BoardKind::NearDue => ListKind::NearDue,
    }
}

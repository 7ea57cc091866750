//! The overdue and the near-due board.

mod cursor;

use super::model::Board;
use super::{Actor, BoardQuery, Moment, Office, OfficeError};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// The overdue or near-due board; officers see their own bureau's rows.
    ///
    /// # Errors
    /// The store.
    pub async fn board(
        &self,
        _actor: &Actor,
        _query: &BoardQuery,
        _at: Moment,
    ) -> Result<Board, OfficeError> {
        todo!()
    }
}

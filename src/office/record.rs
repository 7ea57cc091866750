//! The one path by which an event enters a ledger.

use super::{Actor, Moment, Office, OfficeError, RecordEvent, Recorded};

#[expect(
    clippy::unused_async,
    clippy::todo,
    reason = "signatures stand before their bodies"
)]
impl Office {
    /// Records an event: the one path by which an event enters a ledger.
    ///
    /// # Errors
    /// Forbidden, Refused, Rule, Stale, Invalid; then nothing was written.
    pub async fn record(
        &self,
        _actor: &Actor,
        _event: RecordEvent,
        _at: Moment,
    ) -> Result<Recorded, OfficeError> {
        todo!()
    }
}

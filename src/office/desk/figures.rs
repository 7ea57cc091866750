//! What the ledgers on the desk give to the figures.

use super::{Desk, step_of};
use crate::office::{FilingId, OfficeError};
use crate::statute::clock::Event;
use crate::statute::figures::measure;
use crate::store::FigureRow;

impl Desk<'_> {
    /// The figures of a filing whose whole ledger is laid out; nothing of another.
    ///
    /// # Errors
    /// Not one of this project, or a ledger that the clock refuses.
    pub(in crate::office) fn figures(
        &self,
        id: FilingId,
    ) -> Result<Option<FigureRow>, OfficeError> {
        let filing = self.filing(id)?;
        match self.ledgers.get(&id) {
            Some(laid) if laid.whole(filing).is_ok() => {
                self.figures_of(id, laid.events()).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The figures of a filing whose events that stand are these.
    ///
    /// # Errors
    /// Not one of this project, or a ledger that the clock refuses.
    pub(in crate::office) fn figures_of(
        &self,
        id: FilingId,
        events: &[Event],
    ) -> Result<FigureRow, OfficeError> {
        let filing = self.filing(id)?;
        let step = step_of(self.plan, filing)?;
        let made = measure(step, filing.facts(self.facts), events, self.calendar)?;
        Ok(FigureRow::of(filing, made))
    }

    /// The calendar that the desk reckons by.
    pub(in crate::office) fn calendar(&self) -> &crate::statute::calendar::Calendar {
        self.calendar
    }
}

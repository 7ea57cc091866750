//! A ledger on the desk: its entries, and the events of them that stand.

use crate::office::OfficeError;
use crate::statute::clock::{Correction, Event, Standing, standing};
use crate::store::record::Filing;

/// A ledger that was laid out.
#[derive(Debug, Clone, Default)]
pub(in crate::office) struct Laid {
    entries: Vec<(Event, Option<Correction>)>,
    events: Vec<Event>,
}

impl Laid {
    /// The entries of a stored ledger, in their order.
    pub(in crate::office) fn of(entries: Vec<(Event, Option<Correction>)>) -> Laid {
        let mut laid = Laid {
            entries,
            events: Vec::new(),
        };
        laid.fold();
        laid
    }

    /// The events that stand: what the clock folds.
    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    /// The events that stand, each with its place and the entry that says it.
    pub(super) fn standing(&self) -> Vec<Standing> {
        standing(self.entries.iter().map(|(event, by)| (event, *by)))
    }

    /// Puts one more entry behind the others.
    pub(super) fn push(&mut self, event: Event, corrects: Option<Correction>) {
        self.entries.push((event.clone(), corrects));
        match corrects {
            None => self.events.push(event),
            Some(_) => self.fold(),
        }
    }

    fn fold(&mut self) {
        self.events = self.standing().into_iter().map(|one| one.event).collect();
    }

    /// Refuses to go on with a part of a ledger.
    pub(super) fn whole(&self, filing: &Filing) -> Result<(), OfficeError> {
        if u32::try_from(self.entries.len()) == Ok(filing.seq) {
            return Ok(());
        }
        Err(OfficeError::Store(format!(
            "filing {} has {} entries, {} were read",
            filing.id,
            filing.seq,
            self.entries.len()
        )))
    }
}

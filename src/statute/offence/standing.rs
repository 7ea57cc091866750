//! The fold of an offence's entries, and what may follow.

use chrono::NaiveDate;

use super::{Dated, Entry, OffenceRule, Refused, State};
use crate::statute::plan::BureauKind;

/// Where an offence stands after its last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: State,
    /// Which kind of bureau has it.
    pub holder: BureauKind,
    /// The last entry's day.
    pub last_on: NaiveDate,
}

/// Reads entries, of which the first must be the report; `first` takes it.
///
/// # Errors
/// Entries that could not have been made one after another.
pub fn read(first: BureauKind, entries: &[Dated]) -> Result<Standing, Refused> {
    let Some((report, rest)) = entries.split_first() else {
        return Err(Refused::NotTheReport);
    };
    if report.what != Entry::Reported {
        return Err(Refused::NotTheReport);
    }
    let standing = Standing {
        state: State::Reported,
        holder: first,
        last_on: report.on,
    };
    rest.iter()
        .try_fold(standing, |standing, entry| standing.followed_by(entry))
}

/// Admits an entry on `today`, with where the offence stands after it; `rules` name the bureaus to
/// which it may be sent on.
///
/// # Errors
/// What may not follow, with what is open instead.
pub fn admit(
    standing: Standing,
    new: &Dated,
    rules: &[OffenceRule],
    today: NaiveDate,
) -> Result<Standing, Refused> {
    if new.on > today {
        return Err(Refused::NotYet { on: new.on });
    }
    let next = standing.followed_by(new)?;
    match &new.what {
        Entry::Transferred { to, .. } if !rules.iter().any(|rule| rule.bureau == *to) => {
            Err(Refused::NotAHandler)
        }
        _ => Ok(next),
    }
}

impl Standing {
    fn followed_by(self, new: &Dated) -> Result<Standing, Refused> {
        if self.state == State::Closed {
            return Err(Refused::Closed);
        }
        if new.on < self.last_on {
            let (on, last) = (new.on, self.last_on);
            return Err(Refused::BeforeTheLast { on, last });
        }
        let received = self.state == State::Received;
        let (state, holder) = match &new.what {
            Entry::Reported => return Err(Refused::NotTheReport),
            Entry::Received if received => return Err(Refused::ReceivedAlready),
            Entry::Received => (State::Received, self.holder),
            Entry::Transferred { to, .. } if *to == self.holder => return Err(Refused::ToItself),
            Entry::Transferred { to, .. } => (State::Transferred, *to),
            Entry::Progress { .. } | Entry::Closed { .. } if !received => {
                return Err(Refused::NotReceived);
            }
            Entry::Progress { .. } => (State::Received, self.holder),
            Entry::Closed { .. } => (State::Closed, self.holder),
        };
        Ok(Standing {
            state,
            holder,
            last_on: new.on,
        })
    }
}

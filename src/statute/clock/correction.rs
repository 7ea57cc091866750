//! Corrections (更正): a mistaken entry is corrected by a later one that names it; nothing is
//! deleted, and the clock folds the entries that stand.

use serde::{Deserialize, Serialize};

use super::event::Event;

/// What makes an entry a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    /// The number of the entry that it corrects, from 1.
    pub entry: u32,
    /// True: the entry is struck out, nothing takes its place. False: this entry's event does.
    #[serde(default)]
    pub strikes: bool,
}

/// An event that stands, in the place of the entry that it began with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The entry that holds its place in the order.
    pub place: u32,
    /// The entry that says it: the same, or the last that corrected it.
    pub by: u32,
    /// The event.
    pub event: Event,
}

/// The events that stand, in the order of their places.
///
/// A correction takes the place of the entry that it names, and one of a correction takes the
/// place of what that corrected. One that names no earlier entry changes nothing.
///
/// # Example: the acceptance was on the 3rd, not on the 5th
/// ```
/// # use grid_approvals::statute::calendar::date;
/// # use grid_approvals::statute::clock::{Correction, Event, EventKind, standing};
/// let on = |day, kind| Event { on: date(2026, 11, day), kind };
/// let ledger = [
///     (on(2, EventKind::Submitted), None),
///     (on(5, EventKind::Accepted), None),
///     (on(3, EventKind::Accepted), Some(Correction { entry: 2, strikes: false })),
/// ];
/// let stands = standing(ledger.iter().map(|(event, correction)| (event, *correction)));
/// assert_eq!(stands.len(), 2);
/// assert_eq!((stands[1].place, stands[1].by), (2, 3));
/// assert_eq!(stands[1].event.on, date(2026, 11, 3));
/// ```
pub fn standing<'e>(
    entries: impl IntoIterator<Item = (&'e Event, Option<Correction>)>,
) -> Vec<Standing> {
    let mut places: Vec<Option<Standing>> = Vec::new();
    // The place of each entry, by its number.
    let mut place_of: Vec<usize> = Vec::new();
    for (number, (event, correction)) in (1u32..).zip(entries) {
        let named = correction.and_then(|correction| {
            let index = usize::try_from(correction.entry.checked_sub(1)?).ok()?;
            Some((*place_of.get(index)?, correction.strikes))
        });
        let Some((index, strikes)) = named else {
            place_of.push(places.len());
            places.push(correction.is_none().then(|| Standing {
                place: number,
                by: number,
                event: event.clone(),
            }));
            continue;
        };
        place_of.push(index);
        if let Some(place) = places.get_mut(index) {
            let first = u32::try_from(place_of.iter().position(|p| *p == index).unwrap_or(index))
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            *place = (!strikes).then(|| Standing {
                place: first,
                by: number,
                event: event.clone(),
            });
        }
    }
    places.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;
    use crate::statute::clock::EventKind;

    /// Its day, what it says, and which entry it corrects, striking it out or not.
    type Told = (u32, EventKind, Option<(u32, bool)>);

    fn told(entries: &[Told]) -> Vec<(u32, u32, u32)> {
        let entries: Vec<_> = entries
            .iter()
            .map(|(day, kind, corrects)| {
                let event = Event {
                    on: date(2026, 11, *day),
                    kind: kind.clone(),
                };
                let correction = corrects.map(|(entry, strikes)| Correction { entry, strikes });
                (event, correction)
            })
            .collect();
        standing(
            entries
                .iter()
                .map(|(event, correction)| (event, *correction)),
        )
        .into_iter()
        .map(|one| (one.place, one.by, chrono::Datelike::day(&one.event.on)))
        .collect()
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_names() {
        use EventKind::{Accepted, Granted, Submitted};
        let told = told(&[
            (2, Submitted, None),
            (5, Accepted, None),
            (9, Granted, None),
            (3, Accepted, Some((2, false))),
        ]);
        assert_eq!(told, [(1, 1, 2), (2, 4, 3), (3, 3, 9)]);
    }

    #[test]
    fn a_corrected_correction_keeps_the_first_place_and_a_struck_entry_can_come_back() {
        use EventKind::{Accepted, Submitted};
        let mut ledger = vec![
            (2, Submitted, None),
            (5, Accepted, None),
            (3, Accepted, Some((2, false))),
            (4, Accepted, Some((3, false))),
        ];
        assert_eq!(told(&ledger), [(1, 1, 2), (2, 4, 4)]);
        ledger.push((4, Accepted, Some((4, true))));
        assert_eq!(told(&ledger), [(1, 1, 2)]);
        ledger.push((5, Accepted, Some((5, false))));
        assert_eq!(told(&ledger), [(1, 1, 2), (2, 6, 5)]);
    }

    #[test]
    fn a_correction_of_nothing_changes_nothing() {
        use EventKind::{Accepted, Submitted};
        let ledger = [
            (2, Submitted, None),
            (5, Accepted, Some((0, false))),
            (5, Accepted, Some((9, true))),
        ];
        assert_eq!(told(&ledger), [(1, 1, 2)]);
    }
}

//! How long a parcel that failed rests before it is tried again. Pure.

use chrono::TimeDelta;

/// The pauses after the first failure, the second …; after the last one it is dead. Together some
/// 32 hours, so that a mail server that is down over a night or a day loses nothing.
const MINUTES: [i64; 6] = [1, 5, 30, 2 * 60, 6 * 60, 24 * 60];

/// The pause after `attempts` failed tries; `None`: it is not tried again by itself.
pub(super) fn after(attempts: u32) -> Option<TimeDelta> {
    let nth = usize::try_from(attempts).ok()?.checked_sub(1)?;
    MINUTES.get(nth).copied().map(TimeDelta::minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_end_after_the_seventh_try() {
        let pauses: Vec<TimeDelta> = (1..).map_while(after).collect();
        assert_eq!(pauses.len(), 6);
        assert!(pauses.is_sorted_by(|a, b| a < b));
        assert_eq!(pauses[0], TimeDelta::minutes(1));
        assert_eq!(pauses[5], TimeDelta::hours(24));
        assert_eq!(after(7), None);
        assert_eq!(after(u32::MAX), None);
    }

    #[test]
    fn what_was_never_tried_has_not_failed() {
        assert_eq!(after(0), None);
    }
}

//! When digests go out: at eight in the morning, Benxi's clock, of working days. Pure.

use chrono::{DateTime, NaiveTime, Utc};

use super::super::Moment;
use crate::statute::calendar::Calendar;

/// The longest rest that is looked back over; no holiday is half as long.
const REST: usize = 31;

/// The last eight o'clock of a working day that has come: digests that began to gather by then
/// are due. What comes later, or on a day of rest, waits for the next one.
pub(super) fn last(at: Moment, calendar: &Calendar) -> Option<DateTime<Utc>> {
    let mut day = at.today;
    for _ in 0..REST {
        // Eight in Benxi is midnight of the same date in UTC.
        let eight = day.and_time(NaiveTime::MIN).and_utc();
        if eight <= at.now && calendar.is_working(day) {
            return Some(eight);
        }
        day = day.pred_opt()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;

    fn at(month: u32, day: u32, hour_in_benxi: u32) -> Moment {
        let today = date(2026, month, day);
        let local = today.and_hms_opt(hour_in_benxi, 0, 0).unwrap().and_utc();
        Moment {
            today,
            now: local - chrono::TimeDelta::hours(8),
        }
    }

    #[test]
    fn a_digest_waits_for_eight_o_clock_of_a_working_day() {
        let eight = |month, day| {
            let day = date(2026, month, day);
            Some(day.and_time(NaiveTime::MIN).and_utc())
        };
        let last = |at| last(at, Calendar::official());
        assert_eq!(last(at(9, 22, 7)), eight(9, 21));
        assert_eq!(last(at(9, 22, 8)), eight(9, 22));
        assert_eq!(last(at(9, 22, 23)), eight(9, 22));
        // A Saturday that is a day of rest; 1 to 7 October are holidays.
        assert_eq!(last(at(9, 12, 9)), eight(9, 11));
        assert_eq!(last(at(10, 7, 20)), eight(9, 30));
        assert_eq!(last(at(10, 8, 8)), eight(10, 8));
        // 10 October 2026 is a Saturday that is worked.
        assert_eq!(last(at(10, 10, 9)), eight(10, 10));
    }
}

//! The one reader of the wall clock.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};

use crate::courier::Clock;
use crate::office::Moment;
use crate::statute::late::shanghai_day;

/// How old a half-received file is before it is removed.
const A_DAY: Duration = Duration::from_secs(24 * 3600);

/// The Asia/Shanghai calendar day of an instant, with the instant.
pub fn moment_of(now: DateTime<Utc>) -> Moment {
    Moment {
        today: shanghai_day(now),
        now,
    }
}

/// Today and now.
#[expect(
    clippy::disallowed_methods,
    reason = "the composition root reads the wall clock, here only"
)]
pub fn moment() -> Moment {
    moment_of(Utc::now())
}

/// A clock that says what stands in `file`, which `simulate` writes. Where it cannot be read for a
/// moment the clock stands still.
///
/// # Errors
/// The file holds no instant now.
pub fn of_file(file: PathBuf) -> Result<Clock, String> {
    let read = move || -> Result<Moment, String> {
        let text = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let now = DateTime::parse_from_rfc3339(text.trim()).map_err(|error| error.to_string())?;
        Ok(moment_of(now.with_timezone(&Utc)))
    };
    let first = read().map_err(|error| format!("无法读取时钟文件:{error}"))?;
    let last = Mutex::new(first);
    Ok(Arc::new(move || {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        match read() {
            Ok(moment) => *last = moment,
            Err(error) => tracing::warn!(%error, "the clock's file cannot be read"),
        }
        *last
    }))
}

/// A day before now: no upload that began by then is still under way.
#[expect(
    clippy::disallowed_methods,
    reason = "the composition root reads the wall clock, here only"
)]
pub fn long_ago() -> SystemTime {
    let now = SystemTime::now();
    now.checked_sub(A_DAY).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;

    #[test]
    fn the_day_turns_at_midnight_in_benxi() {
        let at = |h, m| date(2026, 11, 23).and_hms_opt(h, m, 0).unwrap().and_utc();
        assert_eq!(moment_of(at(15, 59)).today, date(2026, 11, 23));
        assert_eq!(moment_of(at(16, 0)).today, date(2026, 11, 24));
    }
}

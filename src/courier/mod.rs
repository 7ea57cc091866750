//! The courier: what happens without a person: the daily turn, and live updates ([`live`]).
//!
//! # Why
//! Days pass while nobody looks. A task of the server asks the office for the daily turn when it
//! starts, just after each midnight in Benxi, and at short intervals between, because an entry can
//! be recorded late; a turn that finds nothing costs a few looks into indexes. Any number of
//! servers may do so at once (see `office::turn`). Beside it a second loop sends what is due outside
//! the house ([`send`]). The clock is handed in: this room reads none.

mod mail;
mod post;
mod webhook;

pub use post::{Round, SEND_EVERY, Senders, round, send};
pub use webhook::{DELIVERY, SIGNATURE, TIMESTAMP};

pub mod live;

pub mod exports;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{Days, TimeDelta};

use crate::office::{Moment, Office};

/// Settings that no sender can be made of, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SetupError(String);

/// Today and now, read by whoever started the courier.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// How long the courier sleeps at most between two turns.
pub const EVERY: Duration = Duration::from_secs(60);

/// Asia/Shanghai midnight is at 16:00 UTC of the day before.
const MIDNIGHT: TimeDelta = TimeDelta::hours(-8);

/// Turns until `stop` comes: at once, just after each midnight, and every `every` between.
///
/// A turn that fails is logged and tried again at the next one; nothing is lost by it. One that is
/// under way when `stop` comes is let finish.
pub async fn run(office: Office, clock: Clock, every: Duration, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let at = clock();
        match office.turn(at).await {
            Ok(turned) if turned.rungs > 0 => tracing::info!(
                rungs = turned.rungs,
                cases = turned.cases,
                messages = turned.messages,
                "the daily turn has told what the days brought about"
            ),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the daily turn failed; it is tried again"),
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(pause(clock(), every)) => {}
        }
    }
}

/// How long to sleep from `at` on: `every`, or less where the day ends before.
fn pause(at: Moment, every: Duration) -> Duration {
    let tomorrow = at.today.checked_add_days(Days::new(1));
    let midnight = tomorrow
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .and_then(|midnight| midnight.and_utc().checked_add_signed(MIDNIGHT));
    let left = midnight.and_then(|midnight| (midnight - at.now).to_std().ok());
    let breath = Duration::from_millis(100);
    left.map_or(every, |left| every.min(left + breath))
        .max(breath)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::model::delivery::{Letter, Note, Parcel};
    use crate::office::{Claim, ParcelId};
    use crate::statute::calendar::date;

    /// Nine in the morning of 8 October 2026.
    pub(super) fn moment() -> Moment {
        Moment {
            today: date(2026, 10, 8),
            now: date(2026, 10, 8).and_hms_opt(1, 0, 0).unwrap().and_utc(),
        }
    }

    pub(super) fn parcel() -> Parcel {
        Parcel {
            claim: Claim {
                id: ParcelId(12),
                attempt: 1,
            },
            key: "parcel-12-1790000000".to_owned(),
            name: "李敏".to_owned(),
            address: "li.min@example.cn".to_owned(),
            secret: None,
            digest: false,
            notes: vec![Note {
                id: 34,
                kind: "overdue".to_owned(),
                subject: "超期提示：选址意见书 · 桥北".to_owned(),
                body: "现已超期。".to_owned(),
                link: "https://sp.example.cn/filings/7".to_owned(),
                belongs_on: date(2026, 10, 8),
                at: moment().now,
            }],
            letter: Letter {
                subject: "超期提示：选址意见书 · 桥北".to_owned(),
                text: "李敏：\n\n现已超期。\n".to_owned(),
            },
        }
    }

    #[test]
    fn the_courier_sleeps_a_minute_and_never_past_midnight_in_benxi() {
        let at = |h, m, s| Moment {
            today: date(2026, 10, 8),
            now: date(2026, 10, 8).and_hms_opt(h, m, s).unwrap().and_utc(),
        };
        assert_eq!(pause(at(1, 0, 0), EVERY), EVERY);
        assert_eq!(pause(at(15, 59, 0), EVERY), EVERY);
        assert_eq!(pause(at(15, 59, 50), EVERY), Duration::from_millis(10_100));
        // A clock that is past its own day is not waited for, and not spun on.
        assert!(pause(at(16, 0, 1), EVERY) <= EVERY);
    }
}

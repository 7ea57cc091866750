//! Supervision in the demonstration: the days have turned, so overdue steps have cases; the
//! government's office has asked about the two longest, and one bureau has answered.

use chrono::Days;

use super::Cast;
use crate::cli::Trouble;
use crate::office::{Moment, Office, Supervise, Supervising, SupervisionQuery};

/// What the office and a bureau have done in the cases by today.
///
/// # Errors
/// The office refuses one.
pub(super) async fn happen(office: &Office, cast: &Cast, at: Moment) -> Result<(), Trouble> {
    office.turn(at).await?;
    let watcher = cast.watcher().ok_or("nobody in the government office")?;
    let query = SupervisionQuery::default();
    let list = office.supervision(watcher, &query, at).await?;
    let ahead = |days| {
        let day = at.today.checked_add_days(Days::new(days));
        day.unwrap_or(at.today)
    };
    let open = list.page.rows.iter().filter(|row| row.closed_on.is_none());
    let (decided, running): (Vec<_>, Vec<_>) =
        open.partition(|row| row.card.glance.status.is_decided());
    // One that was decided meanwhile still waits to be closed.
    for row in decided.into_iter().skip(1) {
        let what = Supervising::Close {
            words: "事项已办结，予以销号。".to_owned(),
        };
        let filing = row.card.id;
        office
            .supervise(watcher, Supervise { filing, what }, at)
            .await?;
    }
    for (n, row) in running.into_iter().take(2).enumerate() {
        let filing = row.card.id;
        let what = Supervising::Notice {
            requirement: "请说明超期原因，明确办结日期，并逐日调度。".to_owned(),
            answer_by: ahead(3),
        };
        office
            .supervise(watcher, Supervise { filing, what }, at)
            .await?;
        if n > 0 {
            continue;
        }
        let bureau = cast
            .officer_of(&row.card.bureau_name)
            .ok_or("no officer for a supervised bureau")?;
        let what = Supervising::Answer {
            cause: "会审意见尚有一项未统一，现场复核用时较长。".to_owned(),
            promised_on: ahead(6),
            words: "已安排专人对接，复核意见本周内统一。".to_owned(),
        };
        office
            .supervise(bureau, Supervise { filing, what }, at)
            .await?;
    }
    Ok(())
}

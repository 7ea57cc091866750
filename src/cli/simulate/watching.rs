//! Supervision in the simulated year: on each working day the government's office goes through
//! its cases, and the bureaus answer.

use chrono::NaiveDate;

use super::super::Trouble;
use super::cast::Cast;
use super::habits::dice;
use crate::office::model::supervision::CaseRow;
use crate::office::{Moment, Office, Supervise, Supervising, SupervisionQuery};
use crate::statute::supervision::CaseState;

/// Of a hundred answers, how many are sent back.
const SENT_BACK: u32 = 20;
/// Working days from the notice to the day by which the bureau shall answer.
const TO_ANSWER: u32 = 3;

/// A day's supervision. The states are gone through against a case's life, so that each case
/// takes one step a day.
///
/// # Errors
/// The office refuses one.
pub(super) async fn day(
    office: &Office,
    cast: &Cast,
    seed: u64,
    at: Moment,
) -> Result<usize, Trouble> {
    let mut done = 0;
    for state in [
        CaseState::Accepted,
        CaseState::Answered,
        CaseState::SentBack,
        CaseState::Noticed,
        CaseState::Opened,
    ] {
        for row in rows(office, cast, state, at).await? {
            done += usize::from(case(office, cast, seed, &row, at).await?);
        }
    }
    Ok(done)
}

async fn rows(
    office: &Office,
    cast: &Cast,
    state: CaseState,
    at: Moment,
) -> Result<Vec<CaseRow>, Trouble> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let query = SupervisionQuery {
            bureau: None,
            state: Some(state),
            after,
        };
        let list = office.supervision(&cast.watcher, &query, at).await?;
        all.extend(list.page.rows);
        after = list.page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// What is done in one case today; false: nothing.
async fn case(
    office: &Office,
    cast: &Cast,
    seed: u64,
    row: &CaseRow,
    at: Moment,
) -> Result<bool, Trouble> {
    let decided = row.card.glance.status.is_decided();
    let calendar = office.calendar();
    let ahead = |days| -> NaiveDate { calendar.add_working_days(at.today, days) };
    let number = u32::try_from(row.id.0).unwrap_or(0);
    let mut dice = dice(seed, number, &format!("case {:?} {}", row.state, at.today));
    let what = match row.state {
        _ if decided && row.state != CaseState::Answered => Supervising::Close {
            words: "事项已办结，予以销号。".to_owned(),
        },
        CaseState::Opened => Supervising::Notice {
            requirement: "请说明超期原因，明确办结日期，并逐日调度。".to_owned(),
            answer_by: ahead(TO_ANSWER),
        },
        CaseState::Noticed | CaseState::SentBack => Supervising::Answer {
            cause: "会审意见尚有一项未统一，现场复核用时较长。".to_owned(),
            promised_on: ahead(dice.within(2, 8)),
            words: "已安排专人对接，复核意见本周内统一。".to_owned(),
        },
        CaseState::Answered if dice.percent(SENT_BACK) => Supervising::SendBack {
            words: "办结日期偏晚，请重新安排。".to_owned(),
        },
        CaseState::Answered => Supervising::Accept {
            words: "同意，请按承诺日期办结。".to_owned(),
        },
        CaseState::Accepted | CaseState::Closed => return Ok(false),
    };
    let answers = matches!(what, Supervising::Answer { .. });
    let actor = if answers {
        cast.lead_of(&row.card.bureau_name)?
    } else {
        &cast.watcher
    };
    let filing = row.card.id;
    let wish = Supervise { filing, what };
    office.supervise(actor, wish, at).await?;
    Ok(true)
}

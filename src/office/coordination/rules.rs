//! How a difficulty goes from meeting to decision to its end. Pure.
//!
//! # Why here
//! The plan's paragraph (方案三(二)) has the office call bodies together to settle what stands in
//! an approval's way; it says nothing of the order of a meeting, a decision and its report. These
//! rules are the program's own, so they stand with the use cases and claim no clause; only whom
//! the paragraph names is in the core ([`crate::statute::coordination`]).

use chrono::{Days, NaiveDate};

use super::super::desk::chinese;
use super::super::{OfficeError, OfficeRule};
use crate::store::{
    Decision, DecisionAct, DecisionState, DecisionStep, Difficulty, Meeting, Owner,
};

/// A meeting or a due day further off than this is a slip of the pen.
const FURTHEST: Days = Days::new(3653);

/// Where a decision stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Owed, so many calendar days before its last day; 0: today is the last.
    Open(u32),
    /// Owed, so many calendar days after its last day.
    Overdue(u32),
    /// Reported done, to be looked at; so many days after its last day, 0: in time.
    Reported(u32),
    /// Found done; so many days after its last day, 0: in time.
    Confirmed(u32),
    /// The difficulty was closed without it.
    Dropped,
}

/// Where `decision` stands on `today`; a report counts by its day, not by that of looking at it.
pub(in crate::office) fn standing(
    decision: &Decision,
    acts: &[DecisionAct],
    closed: bool,
    today: NaiveDate,
) -> Standing {
    let past = |day: NaiveDate| {
        let days = (day - decision.due_on).num_days();
        u32::try_from(days).unwrap_or_default()
    };
    let reported = last_report(decision, acts).map_or(0, |act| past(act.on));
    match decision.state {
        DecisionState::Confirmed => Standing::Confirmed(reported),
        _ if closed => Standing::Dropped,
        DecisionState::Reported => Standing::Reported(reported),
        DecisionState::Open if today > decision.due_on => Standing::Overdue(past(today)),
        DecisionState::Open => {
            let left = (decision.due_on - today).num_days();
            Standing::Open(u32::try_from(left).unwrap_or_default())
        }
    }
}

fn last_report<'a>(decision: &Decision, acts: &'a [DecisionAct]) -> Option<&'a DecisionAct> {
    acts.iter()
        .rev()
        .find(|act| act.decision == decision.id && act.step == DecisionStep::Reported)
}

fn refused<T>(rule: &'static str, detail: String) -> Result<T, OfficeError> {
    Err(OfficeError::Rule(OfficeRule { rule, detail }))
}

/// Refuses whatever comes after the end.
///
/// # Errors
/// The difficulty is closed.
pub(in crate::office) fn is_open(difficulty: &Difficulty) -> Result<(), OfficeError> {
    match &difficulty.closed {
        None => Ok(()),
        Some(closed) => refused(
            "difficulty-closed",
            format!(
                "这项困难和问题已由{}于{}办结,不再登记;如又出现,请另行提出",
                closed.by_name,
                chinese(closed.on)
            ),
        ),
    }
}

/// Whether a meeting may be called for that day, which may lie ahead.
///
/// # Errors
/// Before the difficulty was raised, too far off, or nobody is called.
pub(in crate::office) fn may_call(
    difficulty: &Difficulty,
    on: NaiveDate,
    anybody: bool,
) -> Result<(), OfficeError> {
    if !anybody {
        return refused(
            "nobody-called",
            "没有选择参加会商的单位;请至少选择一个".to_owned(),
        );
    }
    let furthest = difficulty.raised_on.checked_add_days(FURTHEST);
    if on < difficulty.raised_on || furthest.is_some_and(|last| on > last) {
        return refused(
            "out-of-order",
            format!(
                "会商日期{}应不早于提出日期({}),且在十年之内;请核对日期",
                chinese(on),
                chinese(difficulty.raised_on)
            ),
        );
    }
    Ok(())
}

/// Whether what a meeting said or decided may be written down on `today`.
///
/// # Errors
/// The meeting lies ahead.
pub(in crate::office) fn was_held(meeting: &Meeting, today: NaiveDate) -> Result<(), OfficeError> {
    if today >= meeting.on {
        return Ok(());
    }
    refused(
        "meeting-ahead",
        format!(
            "会商定于{}召开,还没有到;会后再登记纪要和议定事项",
            chinese(meeting.on)
        ),
    )
}

/// Whether a meeting's minutes may be written.
///
/// # Errors
/// The meeting lies ahead, or has minutes.
pub(in crate::office) fn may_minute(
    meeting: &Meeting,
    today: NaiveDate,
) -> Result<(), OfficeError> {
    was_held(meeting, today)?;
    match &meeting.minutes {
        None => Ok(()),
        Some(minutes) => refused(
            "minutes-written",
            format!(
                "会商纪要已由{}登记,不能修改;需要补充的,请在下次会商登记",
                minutes.by_name
            ),
        ),
    }
}

/// Whether a meeting may decide something for that day.
///
/// # Errors
/// Nobody owes it, its day lies before the meeting or too far off, or the meeting lies ahead.
pub(in crate::office) fn may_decide(
    meeting: &Meeting,
    owner: Option<Owner>,
    due_on: NaiveDate,
    today: NaiveDate,
) -> Result<Owner, OfficeError> {
    was_held(meeting, today)?;
    let Some(owner) = owner else {
        return refused(
            "no-owner",
            "议定事项须有承办单位;请选择一个部门或者供电公司".to_owned(),
        );
    };
    let furthest = meeting.on.checked_add_days(FURTHEST);
    if due_on < meeting.on || furthest.is_some_and(|last| due_on > last) {
        return refused(
            "due-before-meeting",
            format!(
                "完成期限{}应不早于会商日期({}),且在十年之内;请核对日期",
                chinese(due_on),
                chinese(meeting.on)
            ),
        );
    }
    Ok(owner)
}

/// Whether the owner may report the decision done as of that day.
///
/// # Errors
/// It is reported or confirmed already; the day lies before the meeting or the last return.
pub(in crate::office) fn may_report(
    decision: &Decision,
    meeting: &Meeting,
    acts: &[DecisionAct],
    on: NaiveDate,
) -> Result<(), OfficeError> {
    match decision.state {
        DecisionState::Open => {}
        DecisionState::Reported => {
            return refused(
                "decision-reported",
                "已经报告完成,等待领导小组办公室确认,不重复报告".to_owned(),
            );
        }
        DecisionState::Confirmed => {
            return refused("decision-confirmed", "已经确认完成,不再登记".to_owned());
        }
    }
    let last = acts.iter().rev().find(|act| act.decision == decision.id);
    let (earliest, what) = match last {
        Some(act) => (act.on, "退回日期"),
        None => (meeting.on, "会商日期"),
    };
    not_before(on, earliest, what)
}

/// Whether the office may confirm the decision or send it back as of that day.
///
/// # Errors
/// It is not reported; the day lies before the report.
pub(in crate::office) fn may_judge(
    decision: &Decision,
    acts: &[DecisionAct],
    on: NaiveDate,
) -> Result<(), OfficeError> {
    match decision.state {
        DecisionState::Reported => {}
        DecisionState::Open => {
            return refused(
                "decision-open",
                "承办单位还没有报告完成,不能确认或退回;请等待或者催办".to_owned(),
            );
        }
        DecisionState::Confirmed => {
            return refused("decision-confirmed", "已经确认完成,不再登记".to_owned());
        }
    }
    match last_report(decision, acts) {
        Some(report) => not_before(on, report.on, "报告完成的日期"),
        None => Ok(()),
    }
}

/// Whether the difficulty may be closed as of that day: as resolved once every decision is
/// confirmed, else for another reason, which is said.
///
/// # Errors
/// As resolved with a decision that is not confirmed, or with none; a day before what went before.
pub(in crate::office) fn may_close(
    difficulty: &Difficulty,
    decisions: &[Decision],
    acts: &[DecisionAct],
    (resolved, on): (bool, NaiveDate),
) -> Result<(), OfficeError> {
    let open = decisions
        .iter()
        .filter(|decision| decision.state != DecisionState::Confirmed)
        .count();
    if resolved && open > 0 {
        return refused(
            "decisions-open",
            format!(
                "还有{open}项议定事项没有确认完成,不能按“已解决”办结;全部确认后再办结,或者选择“其他原因”并写明理由"
            ),
        );
    }
    if resolved && decisions.is_empty() {
        return refused(
            "no-decision",
            "没有议定事项,不能按“已解决”办结;请先会商议定,或者选择“其他原因”并写明理由(如撤回、自行解决)"
                .to_owned(),
        );
    }
    let last = acts.iter().map(|act| act.on).max();
    match last {
        Some(last) if last > difficulty.raised_on => not_before(on, last, "最近一次登记的日期"),
        _ => not_before(on, difficulty.raised_on, "提出日期"),
    }
}

fn not_before(on: NaiveDate, earlier: NaiveDate, what: &str) -> Result<(), OfficeError> {
    if on >= earlier {
        return Ok(());
    }
    refused(
        "out-of-order",
        format!("{}早于{what}({});请核对日期", chinese(on), chinese(earlier)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;
    use crate::store::{
        BureauId, Called, Closed, DecisionId, DifficultyId, MeetingId, Minutes, ProjectId,
    };

    fn day(day: u32) -> NaiveDate {
        date(2026, 11, day)
    }

    fn difficulty() -> Difficulty {
        Difficulty {
            id: DifficultyId(1),
            project: ProjectId(1),
            filing: None,
            bureau: None,
            title: "林地权属争议".to_owned(),
            words: "两村都说是自己的".to_owned(),
            needs: Vec::new(),
            raised_on: day(2),
            person_name: "王工".to_owned(),
            closed: None,
        }
    }

    fn meeting() -> Meeting {
        Meeting {
            id: MeetingId(1),
            difficulty: DifficultyId(1),
            on: day(5),
            place: "市政府三楼会议室".to_owned(),
            called: Called::default(),
            person_name: "赵立".to_owned(),
            minutes: None,
        }
    }

    fn decision(state: DecisionState) -> Decision {
        Decision {
            id: DecisionId(1),
            difficulty: DifficultyId(1),
            meeting: MeetingId(1),
            owner: Owner::Company,
            words: "补测界址".to_owned(),
            due_on: day(10),
            state,
        }
    }

    fn act(step: DecisionStep, on: NaiveDate) -> DecisionAct {
        DecisionAct {
            decision: DecisionId(1),
            step,
            on,
            words: "已补测".to_owned(),
            person_name: "王工".to_owned(),
        }
    }

    fn rule<T: std::fmt::Debug>(result: Result<T, OfficeError>) -> &'static str {
        match result {
            Err(OfficeError::Rule(refused)) => refused.rule,
            other => panic!("expected a rule, got {other:?}"),
        }
    }

    #[test]
    fn a_decision_is_overdue_from_the_day_after_its_day() {
        let open = decision(DecisionState::Open);
        let on = |today| standing(&open, &[], false, today);
        assert_eq!(on(day(9)), Standing::Open(1));
        assert_eq!(on(day(10)), Standing::Open(0));
        assert_eq!(on(day(11)), Standing::Overdue(1));
        assert_eq!(standing(&open, &[], true, day(11)), Standing::Dropped);
    }

    #[test]
    fn a_report_counts_by_its_own_day_however_late_it_is_looked_at() {
        let acts = [
            act(DecisionStep::Reported, day(8)),
            act(DecisionStep::Returned, day(9)),
            act(DecisionStep::Reported, day(12)),
        ];
        let reported = decision(DecisionState::Reported);
        let late = standing(&reported, &acts, false, day(20));
        assert_eq!(late, Standing::Reported(2));
        let first = standing(&reported, &acts[..1], false, day(20));
        assert_eq!(first, Standing::Reported(0));
        let confirmed = decision(DecisionState::Confirmed);
        let done = standing(&confirmed, &acts, true, day(20));
        assert_eq!(done, Standing::Confirmed(2));
    }

    #[test]
    fn a_meeting_calls_somebody_and_not_before_the_difficulty_was_raised() {
        let raised = difficulty();
        assert!(may_call(&raised, day(2), true).is_ok());
        assert!(may_call(&raised, day(30), true).is_ok());
        assert_eq!(rule(may_call(&raised, day(1), true)), "out-of-order");
        let far = date(2046, 1, 1);
        assert_eq!(rule(may_call(&raised, far, true)), "out-of-order");
        assert_eq!(rule(may_call(&raised, day(2), false)), "nobody-called");
    }

    #[test]
    fn minutes_are_written_once_and_after_the_meeting() {
        assert_eq!(rule(may_minute(&meeting(), day(4))), "meeting-ahead");
        assert!(may_minute(&meeting(), day(5)).is_ok());
        let written = Meeting {
            minutes: Some(Minutes {
                words: "议定两项".to_owned(),
                by_name: "赵立".to_owned(),
                at: day(5).and_hms_opt(4, 0, 0).unwrap().and_utc(),
            }),
            ..meeting()
        };
        assert_eq!(rule(may_minute(&written, day(6))), "minutes-written");
    }

    #[test]
    fn a_decision_has_an_owner_and_a_day_not_before_its_meeting() {
        let bureau = Owner::Bureau(BureauId(3));
        let decide = |owner, due, today| may_decide(&meeting(), owner, due, today);
        assert_eq!(decide(Some(bureau), day(5), day(5)).unwrap(), bureau);
        assert_eq!(rule(decide(None, day(9), day(5))), "no-owner");
        let before = decide(Some(bureau), day(4), day(5));
        assert_eq!(rule(before), "due-before-meeting");
        let ahead = decide(Some(bureau), day(9), day(4));
        assert_eq!(rule(ahead), "meeting-ahead");
    }

    #[test]
    fn only_what_is_owed_is_reported_and_only_what_is_reported_is_judged() {
        let [open, reported, confirmed] = [
            DecisionState::Open,
            DecisionState::Reported,
            DecisionState::Confirmed,
        ]
        .map(decision);
        let report = |one, acts: &[_], on| may_report(one, &meeting(), acts, on);
        assert!(report(&open, &[], day(5)).is_ok());
        assert_eq!(rule(report(&open, &[], day(4))), "out-of-order");
        assert_eq!(rule(report(&reported, &[], day(6))), "decision-reported");
        assert_eq!(rule(report(&confirmed, &[], day(6))), "decision-confirmed");
        let returned = [
            act(DecisionStep::Reported, day(6)),
            act(DecisionStep::Returned, day(8)),
        ];
        assert_eq!(rule(report(&open, &returned, day(7))), "out-of-order");
        assert!(report(&open, &returned, day(8)).is_ok());

        let told = [act(DecisionStep::Reported, day(7))];
        assert!(may_judge(&reported, &told, day(7)).is_ok());
        assert_eq!(rule(may_judge(&reported, &told, day(6))), "out-of-order");
        assert_eq!(rule(may_judge(&open, &[], day(7))), "decision-open");
        let done = may_judge(&confirmed, &told, day(8));
        assert_eq!(rule(done), "decision-confirmed");
    }

    #[test]
    fn a_difficulty_is_resolved_once_every_decision_is_confirmed_else_closed_with_a_reason() {
        let raised = difficulty();
        let [open, confirmed] = [DecisionState::Open, DecisionState::Confirmed].map(decision);
        let close = |decisions: &[Decision], resolved| {
            may_close(&raised, decisions, &[], (resolved, day(9)))
        };
        let both = [confirmed.clone(), open];
        assert_eq!(rule(close(&both, true)), "decisions-open");
        assert!(close(&both, false).is_ok());
        assert_eq!(rule(close(&[], true)), "no-decision");
        assert!(close(&[], false).is_ok());
        assert!(close(std::slice::from_ref(&confirmed), true).is_ok());
        let acts = [act(DecisionStep::Confirmed, day(12))];
        let early = may_close(&raised, &[confirmed], &acts, (true, day(11)));
        assert_eq!(rule(early), "out-of-order");
        let before = may_close(&raised, &[], &[], (false, day(1)));
        assert_eq!(rule(before), "out-of-order");
    }

    #[test]
    fn nothing_follows_the_end() {
        let mut closed = difficulty();
        assert!(is_open(&closed).is_ok());
        closed.closed = Some(Closed {
            resolved: false,
            on: day(9),
            words: "撤回".to_owned(),
            by_name: "赵立".to_owned(),
        });
        assert_eq!(rule(is_open(&closed)), "difficulty-closed");
    }
}

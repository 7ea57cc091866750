//! When a queue may be handed over. Pure.
//!
//! # Why
//! No law says how colleagues stand in for each other; these are the office's own rules, made so
//! that on every day it is plain who acts for whom: one colleague at a time, and no passing on.

use chrono::NaiveDate;

use super::super::desk::chinese;
use super::super::{FieldFault, HandOver, OfficeError, OfficeRule, Person, PersonId, Role};
use crate::store::{BureauId, Delegation};

/// The most days that a delegation may last, both ends counted: a leap year.
pub(in crate::office) const LONGEST: i64 = 366;
/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 2..=200;

/// The faults of what was typed, apart from who the two are.
pub(super) fn typed(wish: &HandOver, giver: PersonId, today: NaiveDate) -> Result<(), OfficeError> {
    let mut faults = Vec::new();
    let mut fault = |field, message: String| faults.push(FieldFault { field, message });
    if wish.stand_in == giver {
        fault(
            "stand_in",
            "不能交给本人代办;请选择本部门的另一位同事。".to_owned(),
        );
    }
    let (first, last) = (chinese(wish.first_on), chinese(wish.last_on));
    let days = (wish.last_on - wish.first_on).num_days() + 1;
    if days < 1 {
        fault(
            "last_on",
            format!("截止日期{last}早于开始日期{first};请核对日期。"),
        );
    } else if wish.last_on < today {
        fault(
            "last_on",
            format!(
                "截止日期{last}已经过去(今天是{});请填今天或者以后的日期。",
                chinese(today)
            ),
        );
    }
    if days > LONGEST {
        fault(
            "last_on",
            format!(
                "代办期{days}天,至多{LONGEST}天(首尾两日都计算在内);请缩短期限,期满后可以再次交办。"
            ),
        );
    }
    let length = wish.reason.trim().chars().count();
    if !REASON.contains(&length) {
        let (least, most) = (REASON.start(), REASON.end());
        fault(
            "reason",
            format!("事由应为{least}至{most}字,现为{length}字。"),
        );
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(OfficeError::Invalid(faults))
    }
}

/// Whether the two can hand over to each other: officers of `bureau` who can log in.
pub(super) fn colleagues<'p>(
    people: &'p [Person],
    wish: &HandOver,
    giver: PersonId,
    bureau: BureauId,
) -> Result<(&'p Person, &'p Person), OfficeError> {
    let of = |id: PersonId| {
        people
            .iter()
            .find(|one| one.id == id && one.role == Role::Officer { bureau })
    };
    let fault =
        |field, message: String| Err(OfficeError::Invalid(vec![FieldFault { field, message }]));
    let Some(from) = of(giver) else {
        return Err(OfficeError::NotFound("person"));
    };
    let Some(to) = of(wish.stand_in) else {
        let words = "只能交给本部门的同事代办;请从列表中选择。";
        return fault("stand_in", words.to_owned());
    };
    for (field, one) in [("giver", from), ("stand_in", to)] {
        if !one.active {
            let words = format!("{}的账号已停用,不能办理代办;请选择在岗的同事。", one.name);
            return fault(field, words);
        }
    }
    Ok((from, to))
}

/// Refuses what would leave it unclear on some day who acts for whom; `standing` are the
/// delegations to and from the two that were not ended and end today or later.
pub(super) fn clear(
    standing: &[Delegation],
    wish: &HandOver,
    (from, to): (&Person, &Person),
    today: NaiveDate,
) -> Result<(), OfficeError> {
    let first = wish.first_on.max(today);
    let meets = |one: &&Delegation| one.first_on <= wish.last_on && first <= one.last_on;
    let among = |of: &dyn Fn(&Delegation) -> bool| {
        let mut found = standing.iter().filter(meets);
        found.find(|one| of(one))
    };
    let span = |one: &Delegation| format!("{}至{}", chinese(one.first_on), chinese(one.last_on));
    if let Some(one) = among(&|one| one.giver == from.id) {
        return refused(
            "handed-over-already",
            format!(
                "{}在{}已交由{}代办,同一天只能交给一位同事;请先结束原来的代办,或者改选不重叠的日期",
                from.name,
                span(one),
                one.stand_in_name
            ),
        );
    }
    if let Some(one) = among(&|one| one.giver == to.id) {
        return refused(
            "stand-in-away",
            format!(
                "{}在{}不在岗,已交由{}代办,不能同时代办他人的办件;请选择在岗的同事,或者改选不重叠的日期",
                to.name,
                span(one),
                one.stand_in_name
            ),
        );
    }
    if let Some(one) = among(&|one| one.stand_in == from.id) {
        return refused(
            "no-passing-on",
            format!(
                "{}在{}正在代办{}的办件,代办不得转托;请先结束那一项代办,由{}改交在岗的同事,再交办本人的办件",
                from.name,
                span(one),
                one.giver_name,
                one.giver_name
            ),
        );
    }
    Ok(())
}

fn refused(rule: &'static str, detail: String) -> Result<(), OfficeError> {
    Err(OfficeError::Rule(OfficeRule { rule, detail }))
}

#[cfg(test)]
mod tests;

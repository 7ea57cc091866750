//! The days that no notice can leave out.

use super::chinese;
use crate::statute::calendar::notice::NoticeDay;
use crate::statute::calendar::{Calendar, date};

/// 全国年节及纪念日放假办法 of 2024-11-10 holds from this year on: 春节 four days, 劳动节 two.
const FROM_2025: i32 = 2025;

/// The statutory days that `days` does not make holidays, in Chinese.
///
/// A provisional year lists them all, the lunar ones included. For another year the fixed dates are
/// asked for, and of the lunar festivals how many days each has at least.
pub(super) fn missing(year: i32, days: &[&NoticeDay], calendar: &Calendar) -> Vec<String> {
    let off = |on| days.iter().any(|day| day.on == on && !day.makeup);
    let known = calendar
        .years()
        .iter()
        .find(|notice| notice.year == year && notice.provisional);
    let said = |name: &str, on| {
        format!(
            "缺少法定节假日：{}（{name}）应放假（全国年节及纪念日放假办法第二条）",
            chinese(on)
        )
    };
    if let Some(known) = known {
        let days = known.days.iter().filter(|day| !day.makeup && !off(day.on));
        return days.map(|day| said(&day.name, day.on)).collect();
    }
    let new = year >= FROM_2025;
    let mut fixed = vec![("元旦", (1, 1)), ("劳动节", (5, 1))];
    if new {
        fixed.push(("劳动节", (5, 2)));
    }
    fixed.extend([
        ("国庆节", (10, 1)),
        ("国庆节", (10, 2)),
        ("国庆节", (10, 3)),
    ]);
    let mut missing: Vec<String> = fixed
        .into_iter()
        .map(|(name, (month, day))| (name, date(year, month, day)))
        .filter(|(_, on)| !off(*on))
        .map(|(name, on)| said(name, on))
        .collect();
    let lunar = [
        ("春节", if new { 4 } else { 3 }),
        ("清明", 1),
        ("端午", 1),
        ("中秋", 1),
    ];
    for (name, least) in lunar {
        let own = days
            .iter()
            .filter(|day| !day.makeup && day.name.contains(name));
        if own.count() < least {
            missing.push(format!(
                "缺少法定节假日：{name}至少放假{least}天（全国年节及纪念日放假办法第二条）"
            ));
        }
    }
    missing
}

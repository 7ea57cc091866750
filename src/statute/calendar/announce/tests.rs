use chrono::Datelike;

use super::*;
use crate::statute::calendar::{DayKind, date};

mod real;

use real::REAL;

fn official() -> &'static Calendar {
    Calendar::official()
}

fn faults(year: i32, text: &str) -> Vec<AnnounceFault> {
    parse(year, text, official()).expect_err("the text is wrong")
}

/// The embedded days of the festivals that `year`'s notice speaks of.
fn embedded(year: i32) -> Vec<NoticeDay> {
    let back = |day: &&NoticeDay| day.on.month() == 12 && day.name.contains("元旦");
    let of = |year| {
        let file = official().years().iter().find(move |n| n.year == year);
        file.expect("a file").days.iter()
    };
    let before = of(year - 1).filter(back);
    let own = of(year).filter(|day| !back(day));
    before.chain(own).cloned().collect()
}

#[test]
fn the_real_notices_of_2019_to_2026_give_the_embedded_days() {
    for (year, text) in REAL {
        let announced = parse(*year, text, official()).unwrap_or_else(|f| panic!("{year}: {f:?}"));
        let mut expected = embedded(*year);
        if *year == 2020 {
            // A second notice of 2020-01-27 prolonged the Spring Festival to 2 February.
            expected.retain(|day| day.on != date(2020, 1, 31) && day.on != date(2020, 2, 2));
            let makeup = expected.iter_mut().find(|day| day.on == date(2020, 2, 1));
            makeup.expect("1 February").makeup = true;
        }
        assert_eq!(announced.days, expected, "{year}");
    }
}

#[test]
fn a_notice_that_was_pasted_as_one_line_reads_the_same() {
    for (year, text) in REAL {
        let whole = parse(*year, text, official()).expect("reads");
        let one = parse(*year, &text.replace('\n', " "), official()).expect("reads");
        assert_eq!(one, whole, "{year}");
    }
}

#[test]
fn a_list_of_days_reads_back_what_was_written() {
    for (year, text) in REAL {
        let whole = parse(*year, text, official()).expect("reads");
        let listed = parse(*year, &lines(&whole.days), official()).expect("reads");
        assert_eq!(listed, whole, "{year}");
    }
}

#[test]
fn the_december_before_and_a_day_in_lieu_are_read() {
    let days = spans_of(
        "2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。",
        2019,
    );
    assert_eq!(days.first(), Some(&(date(2018, 12, 29), true)));
    assert_eq!(days.last(), Some(&(date(2019, 1, 1), false)));
    let days = spans_of("1月1日放假，1月2日（星期一）补休。", 2017);
    assert_eq!(days, [(date(2017, 1, 1), false), (date(2017, 1, 2), false)]);
    // Nothing says which year's December is meant; 元旦 is in January.
    let days = spans_of("12月31日至1月2日放假，共3天。", 2023);
    assert_eq!(days.first(), Some(&(date(2022, 12, 31), false)));
}

/// The days of one festival, without asking for the other ones of the year.
fn spans_of(body: &str, year: i32) -> Vec<(chrono::NaiveDate, bool)> {
    let mut gathered = Gathered {
        year,
        days: Vec::new(),
        faults: Vec::new(),
    };
    gathered.sentence(1, Some("元旦"), &scan::plain(body));
    assert_eq!(gathered.faults, []);
    let mut days: Vec<_> = gathered
        .days
        .iter()
        .map(|(_, d)| (d.on, d.makeup))
        .collect();
    days.sort_unstable();
    days
}

#[test]
fn each_slip_is_refused_with_its_line() {
    let (_, real) = REAL.last().expect("2026");
    for (slip, with, said) in [
        ("1月1日（周四）", "1月1日（周五）", "实为周四"),
        ("放假调休，共9天", "放假调休，共8天", "是9天"),
        ("9月20日（周日）", "9月21日", "不是周末"),
        ("1月4日（周日）上班", "2027年3月4日上班", "不属于2026年"),
        ("6月19日（周五）至", "6月31日至", "没有2026年6月31日"),
        ("5月9日（周六）上班", "5月1日上班", "写过"),
        (
            "10月1日（周四）至7日（周三）",
            "10月1日（周四）至9月30日",
            "之前",
        ),
        (
            "4月4日（周六）至6日（周一）放假，共3天。",
            "延长至4月6日，4月7日起正常上班。",
            "恢复上班",
        ),
    ] {
        assert!(real.contains(slip), "{slip}");
        let text = real.replace(slip, with);
        let line = real
            .lines()
            .position(|line| line.contains(slip))
            .map(|at| at + 1);
        let found = faults(2026, &text);
        let found = found.iter().find(|fault| fault.message.contains(said));
        assert_eq!(
            found.map(|fault| fault.line),
            line,
            "{with}: {:?}",
            faults(2026, &text)
        );
    }
}

#[test]
fn a_statutory_day_cannot_be_left_out() {
    let (_, real) = REAL.last().expect("2026");
    let text = real.replace(
        "10月1日（周四）至7日（周三）放假调休，共7天",
        "10月1日（周四）至2日放假，共2天",
    );
    let found = faults(2026, &text);
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("2026年10月3日"), "{found:?}");
    // Of a provisional year the lunar days are known too.
    let days = official().years().iter().find(|notice| notice.year == 2027);
    let days = days
        .expect("2027")
        .days
        .iter()
        .filter(|day| day.on != date(2027, 2, 5));
    let days: Vec<NoticeDay> = days.cloned().collect();
    let found = faults(2027, &lines(&days));
    assert!(
        found[0].message.contains("2027年2月5日（春节）"),
        "{found:?}"
    );
}

#[test]
fn a_text_without_days_and_another_year_s_title_are_refused() {
    assert_eq!(faults(2027, "关于放假的说明")[0].line, 0);
    let title = "国务院办公厅关于2026年部分节假日安排的通知";
    let found = faults(2027, title);
    assert!(found[0].message.contains("2026年的通知"), "{found:?}");
    let unnamed = faults(2027, "1月1日放假");
    assert!(unnamed[0].message.contains("哪个节日"), "{unnamed:?}");
    let bare = faults(2027, "2027-01-01 元旦");
    assert!(bare[0].message.contains("放假"), "{bare:?}");
}

/// A notice of 2027 as it might come: it makes nothing true, the test only needs one.
const MADE_UP_2027: &str = "\
一、元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休，共3天。2026年12月27日（周日）上班。
二、春节：2月4日（周四）至10日（周三）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

#[test]
fn a_notice_over_the_calendar_makes_its_year_firm_and_reaches_into_december() {
    let new = parse(2027, MADE_UP_2027, official()).expect("reads");
    let notices = overlaid(official().years(), &new, "国办发明电〔2026〕9号");
    let calendar = Calendar::from_notices(notices).expect("loads");
    assert!(!calendar.is_provisional(date(2027, 3, 1)));
    assert!(calendar.is_provisional(date(2028, 3, 1)));
    assert_eq!(calendar.kind_of(date(2026, 12, 31)), DayKind::Holiday);
    assert_eq!(calendar.kind_of(date(2026, 12, 27)), DayKind::Makeup);
    // What 2026's own notice says stays.
    assert_eq!(calendar.kind_of(date(2026, 10, 10)), DayKind::Makeup);

    let changed = changes(official(), &calendar);
    assert_eq!(changed.firm, [2027]);
    assert_eq!(changed.span, Some((date(2026, 12, 27), date(2027, 12, 31))));
    let first = changed.days.first().map(|(day, _, _)| *day);
    assert_eq!(first, Some(date(2026, 12, 27)));
    assert!(
        changed
            .days
            .iter()
            .all(|(day, _, _)| *day != date(2027, 10, 1))
    );

    // A corrected notice takes the December days of the older one back.
    let less = MADE_UP_2027.lines().skip(1).collect::<Vec<_>>().join("\n");
    let less = format!("一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n{less}");
    let less = parse(2027, &less, official()).expect("reads");
    let again = Calendar::from_notices(overlaid(calendar.years(), &less, "另一号")).expect("loads");
    assert_eq!(again.kind_of(date(2026, 12, 31)), DayKind::Weekday);
    let back = changes(&calendar, &again);
    assert_eq!(back.firm, [0; 0]);
    assert_eq!(back.span, Some((date(2026, 12, 27), date(2026, 12, 31))));
}

#[test]
fn correcting_a_year_leaves_what_the_next_notice_has_put_into_its_december() {
    let (_, real) = REAL.iter().find(|(year, _)| *year == 2022).expect("2022");
    let new = parse(2022, real, official()).expect("reads");
    let again = Calendar::from_notices(overlaid(official().years(), &new, "x")).expect("loads");
    assert_eq!(again.kind_of(date(2022, 12, 31)), DayKind::Holiday);
    assert_eq!(changes(official(), &again), Changes::default());
}

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::construction::{Ahead, may_start};
use super::*;
use crate::statute::calendar::{Calendar, date};
use crate::statute::plan::{NoticeRule, Plan, Step};

fn calendar() -> &'static Calendar {
    Calendar::official()
}

fn step(id: &str) -> &'static Step {
    Plan::built_in().step(id).expect("a step of the plan")
}

fn rule() -> &'static NoticeRule {
    let materials = &step("tree-felling").materials;
    let rule = materials.iter().find_map(|one| one.notice.as_ref());
    rule.expect("clause 6 names a notice")
}

fn posted(on: NaiveDate, settled: Option<&str>) -> Dated {
    Dated {
        on,
        what: Proceeding::NoticePosted {
            place: "偏岭村村务公开栏".to_owned(),
            by: "偏岭镇政府".to_owned(),
            settled: settled.map(str::to_owned),
        },
    }
}

fn objection(on: NaiveDate) -> Dated {
    Dated {
        on,
        what: Proceeding::Objection {
            from: "村民王某".to_owned(),
            words: "其中三十株为我户所有".to_owned(),
        },
    }
}

fn letter(entries: &[Dated], today: NaiveDate) -> Result<(), String> {
    notice::letter_may_stand(rule(), entries, today, calendar()).map_err(|no| no.detail)
}

#[test]
fn clause_6_runs_seven_calendar_days_and_the_letter_stands_only_after_the_last_has_ended() {
    assert_eq!(rule().days, 7);
    assert_eq!(rule().source.cite, "方案第6条");
    let entries = [posted(date(2026, 9, 7), None)];
    let state = notice::notices(rule(), &entries, calendar());
    assert_eq!(state[0].last_day, date(2026, 9, 14));
    assert!(
        letter(&entries, date(2026, 9, 14))
            .unwrap_err()
            .contains("届满")
    );
    assert_eq!(letter(&entries, date(2026, 9, 15)), Ok(()));
    assert!(
        letter(&[], date(2026, 9, 15))
            .unwrap_err()
            .contains("先登记公示")
    );
}

#[test]
fn clause_6_rolls_a_last_day_in_national_day_to_the_first_working_day() {
    let entries = [posted(date(2026, 9, 24), None)];
    let state = notice::notices(rule(), &entries, calendar());
    assert_eq!(state[0].last_day, date(2026, 10, 8));
}

#[test]
fn clause_6_is_closed_by_an_objection_until_a_new_notice_ends_without_one() {
    let mut entries = vec![posted(date(2026, 9, 7), None), objection(date(2026, 9, 14))];
    let why = letter(&entries, date(2026, 9, 15)).unwrap_err();
    assert!(
        why.contains("提出异议") && why.contains("重新公示"),
        "{why}"
    );
    let silent = posted(date(2026, 9, 16), None);
    let why = notice::admit(rule(), &entries, &silent, calendar()).unwrap_err();
    assert!(why.detail.contains("原异议如何处理"), "{why:?}");
    let again = posted(date(2026, 9, 16), Some("双方已签订确认书"));
    assert_eq!(notice::admit(rule(), &entries, &again, calendar()), Ok(()));
    entries.push(again);
    assert!(letter(&entries, date(2026, 9, 23)).is_err());
    assert_eq!(letter(&entries, date(2026, 9, 24)), Ok(()));
}

#[test]
fn clause_6_takes_objections_on_the_last_day_and_none_after_it() {
    let entries = [posted(date(2026, 9, 7), None)];
    let try_on = |on| notice::admit(rule(), &entries, &objection(on), calendar());
    assert_eq!(try_on(date(2026, 9, 14)), Ok(()));
    assert!(
        try_on(date(2026, 9, 15))
            .unwrap_err()
            .detail
            .contains("届满")
    );
    assert!(
        try_on(date(2026, 9, 6))
            .unwrap_err()
            .detail
            .contains("早于")
    );
    let none = notice::admit(rule(), &[], &objection(date(2026, 9, 8)), calendar());
    assert!(none.is_err(), "nothing to object to");
    let twice = notice::admit(
        rule(),
        &entries,
        &posted(date(2026, 9, 9), None),
        calendar(),
    );
    assert!(twice.unwrap_err().detail.contains("不重复公示"));
}

proptest! {
    #[test]
    fn the_letter_never_stands_within_seven_days_of_posting(start in 0u64..2500, later in 0u64..30) {
        let on = date(2020, 1, 1).checked_add_days(Days::new(start)).unwrap();
        let today = on.checked_add_days(Days::new(later)).unwrap();
        let free = letter(&[posted(on, None)], today).is_ok();
        prop_assert!(!free || later > 7, "{on} {today}");
        let objected = [posted(on, None), objection(on)];
        prop_assert!(letter(&objected, today).is_err());
    }
}

fn asked(county: County, on: NaiveDate) -> Dated {
    Dated {
        on,
        what: Proceeding::ConsultationAsked { county },
    }
}

fn opinion(county: County, on: NaiveDate) -> Dated {
    Dated {
        on,
        what: Proceeding::OpinionGiven {
            county,
            words: "符合乡镇规划,同意".to_owned(),
        },
    }
}

#[test]
fn clause_3_asks_each_county_of_the_project_once_and_takes_one_answer() {
    let counties = [County::Mingshan, County::Xihu];
    let day = |n| date(2026, 9, n);
    let admit = |entries: &[Dated], new| {
        consultation::admit(&counties, entries, &new).map_err(|no| no.detail)
    };
    assert_eq!(admit(&[], asked(County::Mingshan, day(7))), Ok(()));
    assert!(
        admit(&[], asked(County::Pingshan, day(7)))
            .unwrap_err()
            .contains("不涉及")
    );
    assert!(admit(&[], opinion(County::Mingshan, day(7))).is_err());
    let entries = [asked(County::Mingshan, day(7))];
    assert!(admit(&entries, asked(County::Mingshan, day(8))).is_err());
    assert!(admit(&entries, opinion(County::Xihu, day(8))).is_err());
    assert!(
        admit(&entries, opinion(County::Mingshan, day(6)))
            .unwrap_err()
            .contains("早于")
    );
    assert_eq!(admit(&entries, opinion(County::Mingshan, day(8))), Ok(()));
    let entries = [
        asked(County::Mingshan, day(7)),
        opinion(County::Mingshan, day(8)),
    ];
    assert!(admit(&entries, opinion(County::Mingshan, day(9))).is_err());
    let state = consultation::consultations(&entries);
    assert_eq!(state[0].opinion.as_ref().map(|(on, _)| *on), Some(day(8)));
}

#[test]
fn clause_4_names_three_parts_each_with_an_officer_and_a_done_mark() {
    let dossier = step("land-dossier");
    let names: Vec<&str> = dossier
        .parts
        .iter()
        .map(|part| part.name.as_str())
        .collect();
    assert_eq!(names, ["地籍调查", "土地听证", "失地农民社保统计"]);
    let day = |n| date(2026, 9, n);
    let begun = |part: &str, on| Dated {
        on,
        what: Proceeding::PartBegun {
            part: part.to_owned(),
            officer: "张三".to_owned(),
        },
    };
    let done = |part: &str, on| Dated {
        on,
        what: Proceeding::PartDone {
            part: part.to_owned(),
        },
    };
    let mut entries = Vec::new();
    assert!(parts::admit(dossier, &entries, &done("land-hearing", day(7))).is_err());
    assert!(parts::admit(dossier, &entries, &begun("else", day(7))).is_err());
    for (n, part) in (7..).zip(["cadastral-survey", "land-hearing", "social-security"]) {
        let open = parts::all_done(dossier, &entries, day(20)).unwrap_err();
        assert!(open.detail.contains("社保"), "{open:?}");
        for new in [begun(part, day(n)), done(part, day(n + 3))] {
            assert_eq!(parts::admit(dossier, &entries, &new), Ok(()));
            entries.push(new);
        }
    }
    assert_eq!(parts::all_done(dossier, &entries, day(12)), Ok(()));
    assert!(
        parts::all_done(dossier, &entries, day(11)).is_err(),
        "done only on the 12th"
    );
    assert!(parts::admit(dossier, &entries, &done("land-hearing", day(20))).is_err());
}

#[test]
fn clause_15_starts_on_submission_of_both_and_of_nothing_else() {
    let day = |n| Some(date(2026, 9, n));
    let ahead = |name: &str, early, submitted_on, granted_on| Ahead {
        name: name.to_owned(),
        early,
        submitted_on,
        granted_on,
    };
    let on = date(2026, 9, 10);
    let drawings = ahead("施工蓝图确认", false, day(1), day(8));
    let green = ahead("占用绿地", true, day(10), None);
    let road = ahead("道路挖掘", true, day(9), None);
    let running = may_start(&[drawings.clone(), green.clone(), road.clone()], on);
    assert_eq!(
        running,
        Ok(vec!["占用绿地".to_owned(), "道路挖掘".to_owned()])
    );
    let unfiled = ahead("道路挖掘", true, None, None);
    let why = may_start(&[drawings.clone(), green.clone(), unfiled], on).unwrap_err();
    assert!(why.detail.contains("尚未递交:道路挖掘"), "{why:?}");
    let crossing = ahead("涉路施工许可", false, day(1), None);
    let why = may_start(&[drawings.clone(), green, crossing], on).unwrap_err();
    assert!(why.detail.contains("须先办结:涉路施工许可"), "{why:?}");
    assert!(
        may_start(&[drawings], on)
            .unwrap_err()
            .detail
            .contains("方案第15条")
    );
}

#[test]
fn a_proceeding_reads_back_as_it_was_written() {
    let all = [
        posted(date(2026, 9, 7), Some("已处理")),
        objection(date(2026, 9, 8)),
    ];
    for one in all
        .into_iter()
        .chain([opinion(County::Xihu, date(2026, 9, 8))])
    {
        let text = serde_json::to_string(&one.what).expect("writes");
        assert!(text.contains(one.what.code()), "{text}");
        assert_eq!(
            serde_json::from_str::<Proceeding>(&text).expect("reads"),
            one.what
        );
    }
}

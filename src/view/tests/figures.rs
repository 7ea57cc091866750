//! The page of figures: pictures, tables and definitions agree and say what they leave out.

use super::{read_page, samples, shell, view};
use crate::office::model::figures::{
    FigureSet, Figures, FiguresBy, FiguresKey, FiguresLine, FiguresQuery, ProjectFigures,
};
use crate::office::model::late::Month;
use crate::statute::calendar::date;
use crate::statute::figures::Spread;
use crate::statute::plan::{Plan, StepId};

fn busy(n: u64) -> FigureSet {
    FigureSet {
        filed: n + 9,
        accepted: n + 7,
        accepted_by_silence: 1,
        decided: n + 1,
        granted: n,
        denied: 1,
        rejected: 2,
        withdrawn: 3,
        withdrawn_late: 1,
        with_limit: n,
        without_limit: 1,
        on_time: n - 1,
        late: 1,
        on_last_day: 4,
        used: Some(Spread {
            n,
            median: 11,
            p90: 19,
        }),
        suspended: 2,
        suspended_days: 17,
        waited: 1,
        waited_days: 6,
        suspensions: 5,
        suspensions_on_last_day: 2,
        suspensions_after_due: 1,
        typed_late: 8,
        projects: Some(ProjectFigures {
            finished: 2,
            one_after_another: 150,
            elapsed: 90,
            idle: 10,
        }),
    }
}

fn of_months() -> Figures {
    let asked = FiguresQuery {
        from: Month::read("2026-10").unwrap(),
        ..FiguresQuery::last_year(samples::today())
    };
    let line = |month: &str, set| FiguresLine {
        key: FiguresKey::Month(Month::read(month).unwrap()),
        set,
    };
    let empty = FigureSet {
        projects: Some(ProjectFigures::default()),
        ..FigureSet::default()
    };
    Figures {
        asked,
        first: date(2026, 10, 1),
        last: samples::today(),
        lines: vec![line("2026-10", busy(20)), line("2026-11", empty)],
        total: busy(20),
        open_overdue: 13,
        owed: 41,
        own: false,
        bureaus: samples::bureaus(),
        steps: Plan::built_in()
            .steps
            .iter()
            .map(|step| (step.id.clone(), step.name.clone()))
            .collect(),
    }
}

#[test]
fn pictures_and_tables_say_the_same_numbers_and_what_they_leave_out() {
    let actor = samples::watcher();
    let html = view()
        .figures(&shell(&actor), &of_months())
        .expect("renders");
    // The filter names steps by their identifiers.
    let shown = html.replace("value=\"land-pre-review\"", "");
    read_page(
        "figures",
        &shown,
        &[
            "2026年10月1日至2026年11月23日",
            "（今天）",
            "收 29，办 21",
            "95.0%（n=20）",
            "<td class=\"n\">95.0%</td>",
            "11～19（n=20）",
            "停 17，等 6",
            "办 4，停 2，补 8",
            "省 70（n=2）",
            "—（n=0）",
            "另有 13 件今天已经超期而没有办结",
            "有 41 件的台账还没有计入",
            "没有时限的办结 1 件不计入；撤回 3 件不计入，其中撤回时已超期 1 件",
            "<option value=\"2026-10\" selected>2026年10月</option>",
            "/figures.csv?from=2026-10&amp;to=2026-11&amp;by=month",
            "推定",
            "href=\"/figures\" aria-current=\"page\"",
        ],
    );
    // A picture with a table beneath it, six times; and never a percentage of nothing.
    assert_eq!(html.matches("<svg class=\"fg\"").count(), 6);
    assert_eq!(html.matches("<table class=\"figures\"").count(), 6);
    assert!(!html.contains(">0.0%<") && !html.contains("0.0%（n=0）"));
}

#[test]
fn an_officer_sees_the_bureau_and_projects_are_not_split() {
    let actor = samples::officer();
    let bureau = samples::bureaus().remove(0);
    let found = Figures {
        asked: FiguresQuery {
            by: FiguresBy::Step,
            bureau: Some(bureau.id),
            step: None,
            ..of_months().asked
        },
        lines: vec![FiguresLine {
            key: FiguresKey::Step(StepId::from("x"), "市级用地预审".to_owned()),
            set: FigureSet {
                projects: None,
                ..busy(4)
            },
        }],
        total: FigureSet {
            projects: None,
            ..busy(4)
        },
        owed: 0,
        open_overdue: 0,
        own: true,
        bureaus: Vec::new(),
        ..of_months()
    };
    let html = view().figures(&shell(&actor), &found).expect("renders");
    let shown = html.replace("value=\"land-pre-review\"", "");
    read_page(
        "figures-own",
        &shown,
        &[
            "本部门承办的事项",
            "市级用地预审",
            "只在不选部门和事项时统计",
        ],
    );
    assert!(!html.contains("name=\"bureau\"") && !html.contains("还没有计入"));
    assert_eq!(html.matches("<svg class=\"fg\"").count(), 5);
}

#[test]
fn the_export_has_a_line_a_group_and_as_many_cells_as_heads() {
    let (name, text) = view().figures_csv(&of_months());
    assert_eq!(name, "figures-2026-10-01-2026-11-23");
    assert!(text.starts_with("\u{feff}分组,起始日期,截止日期,收件,"));
    let lines: Vec<Vec<&str>> = text
        .trim_start_matches('\u{feff}')
        .split_terminator("\r\n")
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(lines.len(), 4);
    assert!(lines.iter().all(|line| line.len() == lines[0].len()));
    let cell = |line: usize, head: &str| {
        let column = lines[0].iter().position(|one| *one == head);
        lines[line][column.expect(head)]
    };
    assert_eq!(cell(1, "分组"), "2026年10月");
    assert_eq!(cell(1, "按期率"), "95.0%");
    assert_eq!(cell(2, "按期率"), "—");
    assert_eq!(cell(2, "节省（工作日）"), "—");
    assert_eq!(cell(3, "分组"), "合计");
    assert_eq!(cell(3, "节省（工作日）"), "70");
    let mut heads = lines[0].clone();
    heads.sort_unstable();
    heads.dedup();
    assert_eq!(heads.len(), lines[0].len(), "no heading stands twice");
}

use calamine::{Data, Reader};

use super::super::sheet::tests::{open, part};
use super::*;
use crate::office::Bureau;
use crate::office::model::late::Month;
use crate::office::model::register::RegisterLine;
use crate::office::{BureauId, FilingId, ProjectId};
use crate::statute::calendar::date;
use crate::statute::clock::Lamp;
use crate::statute::figures::Spread;
use crate::statute::plan::{BureauKind, Level, StepId};
use crate::statute::supervision::CaseState;

pub(in crate::documents) fn report() -> Monthly {
    let set = FigureSet {
        filed: 12,
        decided: 8,
        granted: 8,
        with_limit: 7,
        on_time: 6,
        late: 1,
        used: Some(Spread {
            n: 7,
            median: 5,
            p90: 9,
        }),
        ..FigureSet::default()
    };
    let bureau = Bureau {
        id: BureauId(1),
        kind: BureauKind::NaturalResources,
        level: Level::City,
        county: None,
        name: "=本溪市自然资源局".to_owned(),
    };
    let line = RegisterLine {
        filing: FilingId(1),
        project: ProjectId(1),
        project_name: "桥北220千伏输变电工程".to_owned(),
        code: None,
        volts: 220_000,
        counties: vec![County::Mingshan],
        clause: 1,
        step: StepId::from("land-pre-review"),
        step_name: "市级用地预审".to_owned(),
        county: None,
        bureau_name: "本溪市自然资源局".to_owned(),
        status: Status::Running,
        lamp: Lamp::Red,
        submitted_on: Some(date(2026, 11, 2)),
        accepted_on: Some(date(2026, 11, 3)),
        deemed_accepted: false,
        started_on: Some(date(2026, 11, 3)),
        limit: Some(7),
        due_on: Some(date(2026, 11, 12)),
        provisional: false,
        law_due_on: None,
        decided_on: None,
        used: Some(12),
        overdue_by: Some(5),
        suspended: false,
        untimed: false,
        run: 1,
        officer: None,
        last_on: Some(date(2026, 11, 3)),
        documents: Vec::new(),
    };
    Monthly {
        month: Month {
            year: 2026,
            month: 11,
        },
        first: date(2026, 11, 1),
        last: date(2026, 11, 25),
        running: true,
        read_at: "2026-11-25T01:30:00Z".parse().unwrap(),
        person_name: "王办".to_owned(),
        own: None,
        by_bureau: vec![
            FiguresLine {
                key: FiguresKey::Bureau(bureau),
                set: set.clone(),
            },
            FiguresLine {
                key: FiguresKey::Month(Month {
                    year: 2026,
                    month: 11,
                }),
                set: FigureSet::default(),
            },
        ],
        by_step: vec![FiguresLine {
            key: FiguresKey::Step(StepId::from("land-pre-review"), "市级用地预审".to_owned()),
            set: set.clone(),
        }],
        total: set,
        owed: 2,
        overdue: vec![
            OverdueLine {
                line: line.clone(),
                case: Some((CaseState::Noticed, date(2026, 11, 16))),
            },
            OverdueLine { line, case: None },
        ],
    }
}

#[test]
fn the_workbook_has_three_tables_and_their_definitions_with_typed_cells() {
    let bytes = monthly(&report()).unwrap();
    for (at, filter) in [(1, "A3:W5"), (2, "A3:W4"), (3, "A3:O5")] {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{at}.xml"));
        assert!(
            sheet.contains(&format!("<autoFilter ref=\"{filter}\"/>")),
            "{sheet}"
        );
        assert!(sheet.contains("ySplit=\"3\""), "{sheet}");
    }
    let mut opened = open(bytes);
    assert_eq!(
        opened.sheet_names(),
        ["按部门", "按事项", "超期事项", "口径"]
    );
    let range = opened.worksheet_range("按部门").unwrap();
    let value = |title: &str, row: u32| {
        let column = (0..23).find(|column| {
            range
                .get_value((2, *column))
                .map(ToString::to_string)
                .as_deref()
                == Some(title)
        });
        let column = column.unwrap_or_else(|| panic!("no column {title}"));
        range
            .get_value((row, column))
            .cloned()
            .unwrap_or(Data::Empty)
    };
    assert_eq!(
        value("部门", 3),
        Data::String("=本溪市自然资源局".to_owned())
    );
    for (title, number) in [
        ("收件", 12.0),
        ("办结", 8.0),
        ("按期率", 0.857),
        ("用时中位数（工作日）", 5.0),
        ("用时九成不超过（工作日）", 9.0),
        ("超期", 1.0),
    ] {
        assert_eq!(value(title, 3), Data::Float(number), "{title}");
        assert_eq!(value(title, 5), Data::Float(number), "{title} in all");
    }
    // Of nothing with a limit there is no share and no median: empty, not nought.
    for title in ["按期率", "用时中位数（工作日）"] {
        assert_eq!(value(title, 4), Data::Empty, "{title}");
    }
    assert_eq!(value("收件", 4), Data::Float(0.0));
    let overdue = opened.worksheet_range("超期事项").unwrap();
    let cell = |row, column| overdue.get_value((row, column)).cloned();
    let Some(Data::DateTime(due)) = cell(3, 9) else {
        panic!("{:?} is no day", cell(3, 9));
    };
    assert_eq!(
        due.as_datetime().map(|at| at.date()),
        Some(date(2026, 11, 12))
    );
    assert_eq!(cell(3, 13), Some(Data::Float(5.0)));
    let supervised = Data::String("▲ 待部门答复（2026-11-16 立案）".to_owned());
    assert_eq!(cell(3, 14), Some(supervised));
    assert_eq!(cell(4, 14), Some(Data::String("未立督办".to_owned())));
    let words = opened.worksheet_range("口径").unwrap();
    let words: Vec<String> = words
        .used_cells()
        .map(|(_, _, one)| one.to_string())
        .collect();
    for holds in ["按期率", "合计核对一致", "有 2 件的台账还没有计入"] {
        assert!(words.iter().any(|text| text.contains(holds)), "no {holds}");
    }
    assert!(words.len() > 30, "{words:?}");
}

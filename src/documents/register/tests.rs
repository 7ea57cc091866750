use calamine::{Data, Reader};

use super::super::sheet::tests::{open, part};
use super::*;
use crate::office::{FilingId, ProjectId, RegisterDay, RegisterFilter, RegisterState};
use crate::statute::calendar::date;
use crate::statute::clock::{Lamp, Status};
use crate::statute::plan::StepId;

fn bare() -> RegisterLine {
    RegisterLine {
        filing: FilingId(1),
        project: ProjectId(1),
        project_name: "=桥北220千伏输变电工程".to_owned(),
        code: None,
        volts: 220_000,
        counties: vec![County::Mingshan, County::Huanren],
        clause: 1,
        step: StepId::from("land-pre-review"),
        step_name: "建设项目用地预审".to_owned(),
        county: None,
        bureau_name: "本溪市自然资源局".to_owned(),
        status: Status::Draft,
        lamp: Lamp::None,
        submitted_on: None,
        accepted_on: None,
        deemed_accepted: false,
        started_on: None,
        limit: Some(7),
        due_on: None,
        provisional: false,
        law_due_on: None,
        decided_on: None,
        used: None,
        overdue_by: None,
        suspended: false,
        untimed: false,
        run: 1,
        officer: None,
        last_on: None,
        documents: Vec::new(),
    }
}

fn full() -> RegisterLine {
    RegisterLine {
        code: Some("2020-210500-44-02-016343".to_owned()),
        county: Some(County::Huanren),
        status: Status::Granted,
        lamp: Lamp::Late,
        submitted_on: Some(date(2026, 9, 21)),
        accepted_on: Some(date(2026, 9, 22)),
        deemed_accepted: true,
        started_on: Some(date(2026, 9, 23)),
        due_on: Some(date(2026, 10, 12)),
        provisional: true,
        law_due_on: Some(date(2026, 11, 2)),
        decided_on: Some(date(2026, 10, 14)),
        used: Some(9),
        overdue_by: Some(2),
        suspended: true,
        untimed: true,
        run: 2,
        officer: Some("李敏".to_owned()),
        last_on: Some(date(2026, 10, 14)),
        documents: vec![
            "本溪市自然资源局〔2026〕第7号".to_owned(),
            "本溪市自然资源局〔2026〕第9号".to_owned(),
        ],
        ..bare()
    }
}

fn about() -> SheetAbout {
    SheetAbout {
        read_at: "2026-11-25T01:30:00Z".parse().unwrap(),
        today: date(2026, 11, 25),
        person_name: "王办".to_owned(),
        bureau_name: Some("本溪市自然资源局".to_owned()),
        step_name: None,
        filter: RegisterFilter {
            state: Some(RegisterState::Overdue),
            day: Some(RegisterDay::Submitted),
            from: Some(date(2026, 9, 1)),
            ..RegisterFilter::default()
        },
        total: 2,
    }
}

#[test]
fn each_value_has_its_column_and_what_has_none_is_an_empty_cell() {
    let mut book = RegisterBook::begin(&about(), None).unwrap();
    book.write(&[bare(), full()]).unwrap();
    let bytes = book.bytes().unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter ref=\"A1:AA3\"/>"), "{sheet}");
    assert!(sheet.contains("ySplit=\"1\""), "{sheet}");
    let mut opened = open(bytes);
    let range = opened.worksheet_range(NAME).unwrap();
    let row = |row: u32| -> std::collections::BTreeMap<String, Data> {
        (0..27)
            .map(|column| {
                let title = range.get_value((0, column)).unwrap().to_string();
                let value = range.get_value((row, column)).cloned();
                (title, value.unwrap_or(Data::Empty))
            })
            .filter(|(_, value)| *value != Data::Empty)
            .collect()
    };
    let text = |text: &str| Data::String(text.to_owned());
    let first = row(1);
    let titles: Vec<&str> = first.keys().map(String::as_str).collect();
    let mut there = [
        "项目名称",
        "电压等级（千伏）",
        "项目所涉县（区）",
        "方案条款",
        "事项",
        "承办部门",
        "状态",
        "灯",
        "时限（工作日）",
        "第几次办理",
    ];
    there.sort_unstable();
    assert_eq!(titles, there);
    assert_eq!(first["项目名称"], text("=桥北220千伏输变电工程"));
    assert_eq!(first["电压等级（千伏）"], Data::Float(220.0));
    let second = row(2);
    assert_eq!(second.len(), 27);
    let day = |title: &str| match &second[title] {
        Data::DateTime(day) => day.as_datetime().map(|at| at.date()),
        other => panic!("{title} is {other:?}"),
    };
    for (title, on) in [
        ("提交日", date(2026, 9, 21)),
        ("受理日", date(2026, 9, 22)),
        ("计时起始日", date(2026, 9, 23)),
        ("到期日", date(2026, 10, 12)),
        ("法定到期日", date(2026, 11, 2)),
        ("办结日", date(2026, 10, 14)),
        ("最近登记日", date(2026, 10, 14)),
    ] {
        assert_eq!(day(title), Some(on), "{title}");
    }
    for (title, number) in [
        ("时限（工作日）", 7.0),
        ("已用（工作日）", 9.0),
        ("超期（工作日）", 2.0),
        ("第几次办理", 2.0),
    ] {
        assert_eq!(second[title], Data::Float(number), "{title}");
    }
    for (title, words) in [
        ("项目代码", "2020-210500-44-02-016343"),
        ("项目所涉县（区）", "明山区、桓仁满族自治县"),
        ("方案条款", "第1条"),
        ("事项所在县（区）", "桓仁满族自治县"),
        ("状态", "准予许可"),
        ("灯", "逾期办结"),
        ("视为受理", "视为受理"),
        ("到期日暂定", "暂定"),
        ("中止计时", "中止"),
        ("无时限", "无时限"),
        ("经办人", "李敏"),
        (
            "文书编号",
            "本溪市自然资源局〔2026〕第7号、本溪市自然资源局〔2026〕第9号",
        ),
    ] {
        assert_eq!(second[title], text(words), "{title}");
    }
}

#[test]
fn the_sheet_says_as_of_when_for_whom_and_of_what_it_is() {
    let bytes = RegisterBook::begin(&about(), None)
        .unwrap()
        .bytes()
        .unwrap();
    let words = open(bytes).worksheet_range("说明").unwrap();
    let all: Vec<String> = words
        .used_cells()
        .map(|(_, _, cell)| cell.to_string())
        .collect();
    let all = all.join("\n");
    for holds in [
        "2026-11-25 09:30（北京时间）",
        "同一个只读事务",
        "部门：本溪市自然资源局；状态：超期；提交日：2026-09-01 及以后",
        "王办",
        "共 2 行",
    ] {
        assert!(all.contains(holds), "no {holds} in {all}");
    }
}

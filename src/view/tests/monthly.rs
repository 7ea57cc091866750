//! The monthly report on a page: the same cells as its workbook.

use super::{read_page, samples, shell, view};
use crate::office::model::figures::FigureSet;
use crate::office::model::late::Month;
use crate::office::model::monthly::Monthly;
use crate::office::model::sheet::{Cell, Column, Table};
use crate::statute::calendar::date;

#[test]
fn the_report_shows_each_cell_of_its_tables_and_how_to_read_them() {
    let actor = samples::watcher();
    let report = Monthly {
        month: Month {
            year: 2024,
            month: 5,
        },
        first: date(2024, 5, 1),
        last: date(2024, 5, 31),
        running: false,
        read_at: samples::at("2026-11-23T01:30:00Z"),
        person_name: "王办".to_owned(),
        own: None,
        by_bureau: Vec::new(),
        by_step: Vec::new(),
        total: FigureSet::default(),
        owed: 0,
        overdue: Vec::new(),
    };
    let table = Table {
        name: "按部门".to_owned(),
        above: Vec::new(),
        columns: ["部门", "收件", "按期率", "到期日", "电压"]
            .map(|title| Column::new(title, 9.0))
            .to_vec(),
        rows: vec![vec![
            Cell::text("本溪市林草局"),
            Cell::Whole(12),
            Cell::PerMille(938),
            Cell::Day(date(2024, 5, 20)),
            Cell::Kilovolts(400),
        ]],
        total: Some(vec![
            Cell::text("合计"),
            Cell::Days(12),
            Cell::Empty,
            Cell::Empty,
            Cell::Instant(samples::at("2026-11-23T01:30:00Z")),
        ]),
    };
    let none = Table {
        name: "超期事项".to_owned(),
        rows: Vec::new(),
        total: None,
        ..table.clone()
    };
    let reading = [("按期率".to_owned(), "决定不晚于到期日的".to_owned())];
    let head = ("2024年5月电网审批月报", "统计期间 2024-05-01 至 2024-05-31");
    let html = view()
        .monthly(&shell(&actor), &report, head, &[table, none], &reading)
        .expect("renders");
    read_page(
        "monthly",
        &html,
        &[
            "<h1>2024年5月电网审批月报</h1>",
            "<option value=\"2024-05\" selected>2024年5月</option>",
            "<option value=\"2026-11\">2026年11月</option>",
            "<th scope=\"row\">本溪市林草局</th><td class=\"n\">12</td><td class=\"n\">93.8%</td>",
            "<td class=\"n\">2024-05-20</td><td class=\"n\">0.4</td>",
            "<td></td><td></td><td class=\"n\">2026-11-23 09:30</td>",
            "本月没有",
            "/monthly/xlsx?month=2024-05",
            "决定不晚于到期日的",
        ],
    );
}

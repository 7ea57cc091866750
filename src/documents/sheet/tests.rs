use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::statute::calendar::date;

pub(in crate::documents) type Opened = Xlsx<Cursor<Vec<u8>>>;

pub(in crate::documents) fn open(bytes: Vec<u8>) -> Opened {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

/// A part of the workbook as XML.
pub(in crate::documents) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive
        .by_name(name)
        .expect(name)
        .read_to_string(&mut text)
        .expect("UTF-8");
    text
}

const DANGEROUS: [&str; 6] = [
    "=HYPERLINK(\"http://example.invalid\",\"点击\")",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
];

fn cells() -> Vec<Cell> {
    vec![
        Cell::text("桥北 <220千伏> & \"输变电\""),
        Cell::Empty,
        Cell::Day(date(2026, 10, 12)),
        Cell::Instant("2026-11-25T01:30:00Z".parse().unwrap()),
        Cell::Whole(103_000),
        Cell::Days(0),
        Cell::Kilovolts(400),
        Cell::PerMille(938),
    ]
}

/// Every kind of cell, then every dangerous text.
fn book(bulky: Option<&Path>) -> Book {
    let made = "2026-11-25T01:30:00Z".parse().unwrap();
    let mut book = match bulky {
        None => Book::new("试", made),
        Some(folder) => Book::bulky("试", made, folder).unwrap(),
    };
    let columns: Vec<Column> = (0..8)
        .map(|n| Column::new(&format!("列{n}"), 12.0))
        .collect();
    let above = ["标题".to_owned(), "2026年11月".to_owned()];
    let sheet = book
        .sheet(Head {
            name: "甲",
            above: &above,
            columns: &columns,
            stay: 1,
            wide: 1,
        })
        .unwrap();
    book.row(sheet, &cells()).unwrap();
    for text in DANGEROUS {
        book.row(sheet, &[Cell::text(text)]).unwrap();
    }
    book.words("说明", &[("一".to_owned(), "=二".to_owned())])
        .unwrap();
    book
}

#[test]
fn each_cell_reads_back_with_its_type_and_no_text_is_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("bulky.xlsx");
    book(Some(folder.path())).save(&saved).unwrap();
    for bytes in [book(None).bytes().unwrap(), std::fs::read(&saved).unwrap()] {
        let mut opened = open(bytes.clone());
        assert_eq!(opened.sheet_names(), ["甲", "说明"]);
        let range = opened.worksheet_range("甲").unwrap();
        let cell = |row, column| {
            range
                .get_value((row, column))
                .cloned()
                .unwrap_or(Data::Empty)
        };
        assert_eq!(cell(0, 0), Data::String("标题".to_owned()));
        assert_eq!(cell(2, 7), Data::String("列7".to_owned()));
        assert_eq!(
            cell(3, 0),
            Data::String("桥北 <220千伏> & \"输变电\"".to_owned())
        );
        assert_eq!(cell(3, 1), Data::Empty);
        let (Data::DateTime(day), Data::DateTime(instant)) = (cell(3, 2), cell(3, 3)) else {
            panic!("{:?} and {:?} are no dates", cell(3, 2), cell(3, 3));
        };
        let midnight = date(2026, 10, 12).and_hms_opt(0, 0, 0);
        assert_eq!(day.as_datetime(), midnight);
        let shown = date(2026, 11, 25).and_hms_opt(9, 30, 0);
        assert_eq!(instant.as_datetime(), shown);
        let numbers = [103_000.0, 0.0, 0.4, 0.938];
        for (number, column) in numbers.into_iter().zip(4..) {
            assert_eq!(cell(3, column), Data::Float(number));
        }
        for (text, row) in DANGEROUS.into_iter().zip(4..) {
            assert_eq!(cell(row, 0), Data::String(text.to_owned()));
        }
        let formulas = opened.worksheet_formula("甲").unwrap();
        assert!(formulas.used_cells().next().is_none());
        assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
        assert!(!part(&bytes, "xl/worksheets/sheet2.xml").contains("<f>"));
    }
}

#[test]
fn the_header_stays_filters_and_stands_on_every_page_of_paper() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("bulky.xlsx");
    book(Some(folder.path())).save(&saved).unwrap();
    for bytes in [book(None).bytes().unwrap(), std::fs::read(&saved).unwrap()] {
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        for holds in [
            "<pane xSplit=\"1\" ySplit=\"3\" topLeftCell=\"B4\" activePane=\"bottomRight\" state=\"frozen\"/>",
            "<autoFilter ref=\"A3:H10\"/>",
            "paperSize=\"9\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "gridLines=\"1\"",
        ] {
            assert!(sheet.contains(holds), "no {holds} in {sheet}");
        }
        let workbook = part(&bytes, "xl/workbook.xml");
        assert!(workbook.contains("甲!$3:$3"), "{workbook}");
        let styles = part(&bytes, "xl/styles.xml");
        for holds in ["宋体", "等线", "yyyy\\-mm\\-dd", "0.0%", "numFmtId=\"49\""] {
            let unescaped = styles.replace("yyyy-mm-dd", "yyyy\\-mm\\-dd");
            assert!(unescaped.contains(holds), "no {holds} in {styles}");
        }
    }
}

#[test]
fn a_sheet_without_rows_has_its_header_and_its_filter() {
    let mut book = Book::new("空", "2026-11-25T01:30:00Z".parse().unwrap());
    let columns = [Column::new("甲", 10.0), Column::new("乙", 10.0)];
    book.sheet(Head {
        name: "空",
        above: &[],
        columns: &columns,
        stay: 0,
        wide: 2,
    })
    .unwrap();
    let bytes = book.bytes().unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter ref=\"A1:B1\"/>"), "{sheet}");
    assert_eq!(open(bytes).worksheet_range("空").unwrap().height(), 1);
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    assert_eq!(book(None).bytes().unwrap(), book(None).bytes().unwrap());
}

#[test]
fn a_tables_last_row_stands_outside_its_filter() {
    let mut book = Book::new("表", "2026-11-25T01:30:00Z".parse().unwrap());
    book.table(&Table {
        name: "按部门".to_owned(),
        above: vec!["月报".to_owned()],
        columns: vec![Column::new("部门", 20.0), Column::new("收件", 8.0)],
        rows: vec![vec![Cell::text("甲"), Cell::Whole(1)]],
        total: Some(vec![Cell::text("合计"), Cell::Whole(1)]),
    })
    .unwrap();
    let bytes = book.bytes().unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter ref=\"A2:B3\"/>"), "{sheet}");
    assert_eq!(open(bytes).worksheet_range("按部门").unwrap().height(), 4);
}

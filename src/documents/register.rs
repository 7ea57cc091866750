//! The register (事项台账) as a workbook: a row for each step of each project, and how to read it.

use std::path::Path;

use super::FormatError;
use super::sheet::{Book, Cell, Column, Head, SheetId};
use crate::office::model::exports::SheetAbout;
use crate::office::model::register::RegisterLine;
use crate::statute::division::County;
use crate::view::words;

/// The sheet's name, and the workbook's title.
const NAME: &str = "事项台账";

/// The columns, each with its width.
const COLUMNS: [(&str, f64); 27] = [
    ("项目名称", 30.0),
    ("项目代码", 25.0),
    ("电压等级（千伏）", 10.0),
    ("项目所涉县（区）", 18.0),
    ("方案条款", 9.0),
    ("事项", 20.0),
    ("事项所在县（区）", 16.0),
    ("承办部门", 24.0),
    ("状态", 16.0),
    ("灯", 10.0),
    ("提交日", 11.5),
    ("受理日", 11.5),
    ("视为受理", 9.0),
    ("计时起始日", 11.5),
    ("时限（工作日）", 9.0),
    ("到期日", 11.5),
    ("到期日暂定", 9.0),
    ("法定到期日", 11.5),
    ("办结日", 11.5),
    ("已用（工作日）", 9.0),
    ("超期（工作日）", 9.0),
    ("中止计时", 8.0),
    ("无时限", 8.0),
    ("第几次办理", 8.0),
    ("经办人", 10.0),
    // Behind the numbers stands a day wherever they are, so that long ones do not run over.
    ("文书编号", 32.0),
    ("最近登记日", 11.5),
];

/// How each column is to be read.
const READING: [(&str, &str); 12] = [
    (
        "一行",
        "一个项目的一个事项的一次办理；县（区）事项按县（区）分行。项目情况变更后不再需要、又从未申请的事项不列。",
    ),
    ("空单元格", "没有这个日期或数值，不是 0。"),
    ("提交日", "最近一次提交申请或补正材料的日期。"),
    (
        "受理日、视为受理",
        "逾五个工作日未告知补正的，自收到申请之日起视为受理（行政许可法第三十二条第四项）。",
    ),
    (
        "计时起始日",
        "从次日起算第一个工作日；不同事项的起算点见方案目录。",
    ),
    (
        "到期日",
        "方案规定的最后一个合法工作日；中止期间没有到期日。",
    ),
    (
        "到期日暂定",
        "到期日落在国务院办公厅尚未公布放假安排的年份，公布后可能移动。",
    ),
    (
        "法定到期日",
        "法律规定的时限从受理起算；与方案时限并列，事项没有法定时限的为空。",
    ),
    (
        "已用",
        "从计时起始日次日起，已计入的工作日数；中止期间不计入。",
    ),
    (
        "超期",
        "超过到期日后已计入的工作日数；有时限而未超期的为 0，没有时限或尚未计时的为空。",
    ),
    ("经办人", "承办部门最近一位登记的人员；尚无人登记的为空。"),
    ("文书编号", "每份文书的发文字号，多份以顿号分隔。"),
];

fn cells(line: &RegisterLine) -> [Cell; COLUMNS.len()] {
    let day = |day| Cell::maybe(day, Cell::Day);
    let days = |n| Cell::maybe(n, Cell::Days);
    [
        Cell::text(line.project_name.clone()),
        Cell::text(line.code.clone().unwrap_or_default()),
        Cell::Kilovolts(line.volts),
        Cell::text(words::counties(&line.counties)),
        Cell::text(format!("第{}条", line.clause)),
        Cell::text(line.step_name.clone()),
        Cell::text(line.county.map_or("", County::name)),
        Cell::text(line.bureau_name.clone()),
        Cell::text(words::status(line.status)),
        Cell::text(words::lamp(line.lamp)),
        day(line.submitted_on),
        day(line.accepted_on),
        Cell::mark(line.deemed_accepted, "视为受理"),
        day(line.started_on),
        days(line.limit),
        day(line.due_on),
        Cell::mark(line.provisional, "暂定"),
        day(line.law_due_on),
        day(line.decided_on),
        days(line.used),
        days(line.overdue_by),
        Cell::mark(line.suspended, "中止"),
        Cell::mark(line.untimed, "无时限"),
        Cell::Whole(u64::from(line.run)),
        Cell::text(line.officer.clone().unwrap_or_default()),
        Cell::text(line.documents.join("、")),
        day(line.last_on),
    ]
}

/// The register's workbook in the making.
#[derive(Debug)]
pub struct RegisterBook {
    book: Book,
    sheet: SheetId,
}

impl RegisterBook {
    /// Begins it in memory, or where `folder` is given, row by row through a file there.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn begin(about: &SheetAbout, folder: Option<&Path>) -> Result<RegisterBook, FormatError> {
        let mut book = match folder {
            None => Book::new(NAME, about.read_at),
            Some(folder) => Book::bulky(NAME, about.read_at, folder)?,
        };
        let columns = COLUMNS.map(|(title, width)| Column::new(title, width));
        let sheet = book.sheet(Head {
            name: NAME,
            above: &[],
            columns: &columns,
            stay: 1,
            wide: 2,
        })?;
        book.words("说明", &lines(about))?;
        Ok(RegisterBook { book, sheet })
    }

    /// Writes the next lines.
    ///
    /// # Errors
    /// More than a sheet can have; the disk.
    pub fn write(&mut self, lines: &[RegisterLine]) -> Result<(), FormatError> {
        for line in lines {
            self.book.row(self.sheet, &cells(line))?;
        }
        Ok(())
    }

    /// The whole workbook, written to `path`.
    ///
    /// # Errors
    /// The disk.
    pub fn save(self, path: &Path) -> Result<(), FormatError> {
        self.book.save(path)
    }

    /// The whole workbook in memory.
    ///
    /// # Errors
    /// It cannot be packed.
    pub fn bytes(self) -> Result<Vec<u8>, FormatError> {
        self.book.bytes()
    }
}

/// What the sheet of words says: what was read, when, for whom, and how to read it.
fn lines(about: &SheetAbout) -> Vec<(String, String)> {
    let conditions = words::register_conditions(
        &about.filter,
        about.bureau_name.as_deref(),
        about.step_name.as_deref(),
    );
    let narrowed = if conditions.is_empty() {
        "全部".to_owned()
    } else {
        conditions.join("；")
    };
    let read = words::instant(about.read_at);
    let head = [
        ("内容", format!("{NAME}，共 {} 行", about.total)),
        ("筛选条件", narrowed),
        (
            "数据时点",
            format!(
                "{read}（北京时间）。全部行在同一个只读事务中读出，反映这一时刻的同一状态；期限按 {} 这一天计算。",
                about.today
            ),
        ),
        ("导出人", about.person_name.clone()),
        ("依据", "《本溪市简化优化电网工程项目行政审批流程实施方案》（本政办发〔2020〕24号）；期限以工作日计算，不含法定节假日（行政许可法第八十二条）。".to_owned()),
    ];
    let reading = READING.map(|(label, words)| (label, words.to_owned()));
    head.into_iter()
        .chain(reading)
        .map(|(label, words)| (label.to_owned(), words))
        .collect()
}

#[cfg(test)]
mod tests;

//! Figures as a table for spreadsheets: UTF-8 with its mark, so that Chinese Excel reads it right.

use super::table::{all, all_of_projects};
use super::{dash, named};
use crate::office::model::figures::{FigureSet, Figures};

/// One line a group and one for all, every column of the page's tables; a dash is no number.
pub(in crate::view) fn csv(found: &Figures) -> String {
    let mut text = String::from("\u{feff}");
    let heads = all().map(|(head, _)| *head);
    let heads = heads.chain(all_of_projects().map(|(head, _)| *head));
    let heads = ["分组", "起始日期", "截止日期"].into_iter().chain(heads);
    line(&mut text, heads.map(str::to_owned));
    let total = [("合计".to_owned(), &found.total)];
    for (name, set) in named(found).into_iter().chain(total) {
        let days = [name, found.first.to_string(), found.last.to_string()];
        line(&mut text, days.into_iter().chain(numbers(set)));
    }
    text
}

fn numbers(set: &FigureSet) -> Vec<String> {
    let of_projects = all_of_projects().map(|(_, value)| match &set.projects {
        Some(projects) => value(projects),
        None => dash(),
    });
    all()
        .map(|(_, value)| value(set))
        .chain(of_projects)
        .collect()
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula or for two.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    match cell.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        for (cell, wanted) in [
            ("本溪市林草局", "本溪市林草局"),
            ("—", "—"),
            ("a,b", "\"a,b\""),
            ("说\"明\"", "\"说\"\"明\"\"\""),
            ("=1+1", "'=1+1"),
            ("-1", "'-1"),
            ("一\n二", "\"一\n二\""),
        ] {
            assert_eq!(quoted(cell), wanted);
        }
    }
}

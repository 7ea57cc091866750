//! The pictures' geometry: a row a group, numbers become lengths, and each row says its numbers.
//!
//! All of it stands in SVG attributes, because a strict content policy forbids inline styles.
//! Colours come with patterns, a legend and the numbers in words.

use serde::Serialize;

use super::percent;
use crate::office::model::figures::{FigureSet, ProjectFigures};

/// The drawing's width; it grows and shrinks with the page.
const WIDTH: u64 = 380;
/// Where bars begin behind a month's name, and where the longest ends.
const LABEL: u64 = 88;
const RIGHT: u64 = 246;
/// The space between a bar and its numbers.
const GAP: u64 = 6;

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Bar {
    /// How it is filled: a class and, for some, a pattern.
    pub(super) code: &'static str,
    pub(super) x: u64,
    pub(super) y: u64,
    pub(super) width: u64,
    pub(super) height: u64,
}

/// One group as drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) label_y: u64,
    pub(super) bars: Vec<Bar>,
    /// The median's dot.
    pub(super) dot: Option<(u64, u64)>,
    pub(super) note: String,
    pub(super) note_x: u64,
    pub(super) note_y: u64,
}

/// What a filling means.
#[derive(Debug, Serialize)]
pub(super) struct Key {
    code: &'static str,
    word: &'static str,
}

/// One drawing.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    width: u64,
    height: u64,
    /// Where the bars begin.
    left: u64,
    pub(super) rows: Vec<Row>,
    keys: Vec<Key>,
}

/// How a row's bars stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One behind the other.
    Stacked,
    /// One under the other.
    Beside,
}

/// A group in the making: its label, its values by filling, its numbers in words.
struct Told {
    label: String,
    values: Vec<(&'static str, u64)>,
    note: String,
}

/// How rows are laid out.
#[derive(Clone, Copy)]
pub(super) struct Draw {
    /// Names stand above their bars: they are long.
    pub(super) above: bool,
}

impl Draw {
    pub(super) fn flow(self, rows: &[(String, &FigureSet)]) -> Chart {
        let told = rows.iter().map(|(label, set)| Told {
            label: label.clone(),
            values: vec![("filed", set.filed), ("decided", set.decided)],
            note: format!("收 {}，办 {}", set.filed, set.decided),
        });
        let keys = [("filed", "收件"), ("decided", "办结")];
        self.chart(told.collect(), Way::Beside, &keys)
    }

    pub(super) fn on_time(self, rows: &[(String, &FigureSet)]) -> Chart {
        let told = rows.iter().map(|(label, set)| Told {
            label: label.clone(),
            values: vec![("on-time", set.on_time), ("late", set.late)],
            note: format!(
                "{}（n={}）",
                percent(set.on_time_per_mille()),
                set.with_limit
            ),
        });
        let keys = [("on-time", "✓ 按期"), ("late", "✗ 超期")];
        self.chart(told.collect(), Way::Stacked, &keys)
    }

    pub(super) fn used(self, rows: &[(String, &FigureSet)]) -> Chart {
        let told = rows.iter().map(|(label, set)| {
            let used = set.used;
            let (median, p90) = used.map_or((0, 0), |used| (used.median, used.p90));
            Told {
                label: label.clone(),
                values: vec![
                    ("none", u64::from(median)),
                    ("band", u64::from(p90.saturating_sub(median))),
                ],
                note: match used {
                    Some(used) => format!("{median}～{p90}（n={}）", used.n),
                    None => "—（n=0）".to_owned(),
                },
            }
        });
        let keys = [("dot", "中位数"), ("band", "至九成")];
        let mut chart = self.chart(told.collect(), Way::Stacked, &keys);
        let left = chart.left;
        for (row, (_, set)) in chart.rows.iter_mut().zip(rows) {
            let Some(middle) = row.bars.first().map(|bar| bar.y + bar.height / 2) else {
                // Zero days: decided on the day on which the clock started.
                row.dot = set.used.map(|_| (left, row.note_y.saturating_sub(4)));
                continue;
            };
            let base = row.bars.iter().find(|bar| bar.code == "none");
            row.dot = Some((base.map_or(left, |bar| bar.x + bar.width), middle));
        }
        chart
    }

    pub(super) fn stood(self, rows: &[(String, &FigureSet)]) -> Chart {
        let told = rows.iter().map(|(label, set)| Told {
            label: label.clone(),
            values: vec![
                ("suspended", set.suspended_days),
                ("waited", set.waited_days),
            ],
            note: format!("停 {}，等 {}", set.suspended_days, set.waited_days),
        });
        let keys = [("suspended", "中止"), ("waited", "等候初审意见")];
        self.chart(told.collect(), Way::Stacked, &keys)
    }

    pub(super) fn last_day(self, rows: &[(String, &FigureSet)]) -> Chart {
        let told = rows.iter().map(|(label, set)| Told {
            label: label.clone(),
            values: vec![
                ("decided", set.on_last_day),
                ("suspended", set.suspensions_on_last_day),
                ("typed-late", set.typed_late),
            ],
            note: format!(
                "办 {}，停 {}，补 {}",
                set.on_last_day, set.suspensions_on_last_day, set.typed_late
            ),
        });
        let keys = [
            ("decided", "到期当日办结"),
            ("suspended", "到期当日中止"),
            ("typed-late", "补录"),
        ];
        self.chart(told.collect(), Way::Beside, &keys)
    }

    pub(super) fn side_by_side(self, rows: &[(String, ProjectFigures)]) -> Chart {
        let told = rows.iter().map(|(label, one)| Told {
            label: label.clone(),
            values: vec![("filed", one.one_after_another), ("decided", one.in_hand())],
            note: match one.finished {
                0 => "—（n=0）".to_owned(),
                n => format!("省 {}（n={n}）", one.saved()),
            },
        });
        let keys = [("filed", "逐项累计"), ("decided", "实际在办")];
        self.chart(told.collect(), Way::Beside, &keys)
    }

    fn chart(self, told: Vec<Told>, way: Way, keys: &[(&'static str, &'static str)]) -> Chart {
        let left = if self.above { 0 } else { LABEL };
        let most = told.iter().map(|row| row.longest(way)).max().unwrap_or(0);
        let room = RIGHT - left;
        let lanes = match way {
            Way::Stacked => 1,
            Way::Beside => told.iter().map(|row| row.values.len()).max().unwrap_or(1),
        };
        let lanes = u64::try_from(lanes).unwrap_or(1);
        let thick = match lanes {
            1 => 14,
            2 => 9,
            _ => 7,
        };
        let drawn = lanes * thick;
        let head = if self.above { 19 } else { 0 };
        let pitch = head + drawn.max(14) + 8;
        let mut rows = Vec::with_capacity(told.len());
        let mut top = 4;
        for one in told {
            let first = top + head + (drawn.max(14) - drawn) / 2;
            let bars = one.bars(way, (left, first, thick), (room, most.max(1)));
            let end = bars.iter().map(|bar| bar.x + bar.width).max();
            let middle = first + drawn / 2;
            rows.push(Row {
                label: one.label,
                label_y: if self.above { top + 13 } else { middle + 5 },
                dot: None,
                note: one.note,
                note_x: end.unwrap_or(left) + GAP,
                note_y: middle + 5,
                bars,
            });
            top += pitch;
        }
        Chart {
            width: WIDTH,
            height: top,
            left,
            rows,
            keys: keys.iter().map(|(code, word)| Key { code, word }).collect(),
        }
    }
}

impl Told {
    /// The longest line of the row.
    fn longest(&self, way: Way) -> u64 {
        let values = self.values.iter().map(|(_, value)| *value);
        match way {
            Way::Stacked => values.sum(),
            Way::Beside => values.max().unwrap_or(0),
        }
    }

    /// Its bars; what is there has at least two pixels, what is not has none.
    fn bars(
        &self,
        way: Way,
        (left, top, thick): (u64, u64, u64),
        (room, most): (u64, u64),
    ) -> Vec<Bar> {
        let mut bars = Vec::with_capacity(self.values.len());
        let (mut x, mut y) = (left, top);
        for (code, value) in &self.values {
            let width = match value {
                0 => 0,
                value => (value * room / most).max(2),
            };
            if width > 0 {
                bars.push(Bar {
                    code,
                    x,
                    y,
                    width,
                    height: thick,
                });
            }
            match way {
                Way::Stacked => x += width,
                Way::Beside => y += thick,
            }
        }
        bars
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::figures::Spread;

    fn set(on_time: u64, late: u64) -> FigureSet {
        FigureSet {
            on_time,
            late,
            with_limit: on_time + late,
            ..FigureSet::default()
        }
    }

    #[test]
    fn lengths_stand_to_each_other_as_the_numbers_do_and_nothing_has_no_bar() {
        let (some, none, much) = (set(3, 1), set(0, 0), set(8, 0));
        let rows = [
            ("一".to_owned(), &some),
            ("二".to_owned(), &none),
            ("三".to_owned(), &much),
        ];
        let chart = Draw { above: false }.on_time(&rows);
        let widths: Vec<Vec<u64>> = chart
            .rows
            .iter()
            .map(|row| row.bars.iter().map(|bar| bar.width).collect())
            .collect();
        assert_eq!(widths, [vec![59, 19], vec![], vec![158]]);
        let notes: Vec<&str> = chart.rows.iter().map(|row| row.note.as_str()).collect();
        assert_eq!(notes, ["75.0%（n=4）", "—（n=0）", "100.0%（n=8）"]);
        assert!(chart.rows.iter().all(|row| row.note_y < chart.height));
    }

    #[test]
    fn the_median_has_a_dot_also_where_it_is_zero() {
        let used = |median, p90| FigureSet {
            used: Some(Spread { n: 1, median, p90 }),
            ..FigureSet::default()
        };
        let (band, zero, none) = (used(10, 20), used(0, 0), FigureSet::default());
        let rows = [
            ("甲".to_owned(), &band),
            ("乙".to_owned(), &zero),
            ("丙".to_owned(), &none),
        ];
        let chart = Draw { above: true }.used(&rows);
        let dots: Vec<Option<u64>> = chart.rows.iter().map(|row| row.dot.map(|d| d.0)).collect();
        assert_eq!(dots, [Some(123), Some(0), None]);
        assert_eq!(chart.rows[2].note, "—（n=0）");
    }
}

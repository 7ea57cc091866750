//! The time line's geometry: days become x, steps become rows.
//!
//! A strict content policy forbids inline styles, so all of it stands in SVG attributes. Labels
//! are a second drawing of the same rows, which stays in place while the chart scrolls.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;

use super::card::Lamp;
use super::date::Day;
use super::words;
use crate::office::model::timeline::{Bar, Segment, SegmentKind, Timeline};
use crate::statute::calendar::Calendar;

/// The width that a short project fills, in pixels, and the bounds of a day's width in
/// hundredths of a pixel: days of whole pixels would leave up to a quarter of the page empty.
const WANTED: i64 = 1016;
const NARROWEST: i64 = 300;
const WIDEST: i64 = 2200;
/// Heights: the axis, a lane's heading, a step's row, and the bar in it.
const AXIS: i64 = 44;
const HEADING: i64 = 26;
const ROW: i64 = 34;
const BAR_TOP: i64 = 10;
const FOOT: i64 = 10;
/// Days are numbered where they are at least this wide, else Mondays only.
const NUMBERED: i64 = 1800;
/// No drawing beyond this many days: a mistyped year must not make a page of megabytes.
const LONGEST: i64 = 3700;

/// Something at an x with a word.
#[derive(Debug, Serialize)]
struct Mark {
    x: i64,
    text: String,
}

/// Days that are not worked.
#[derive(Debug, Serialize)]
struct Rest {
    x: i64,
    width: i64,
}

/// One stretch as drawn.
#[derive(Debug, Serialize)]
struct Piece {
    code: &'static str,
    word: &'static str,
    x: i64,
    width: i64,
    from: String,
    to: String,
}

/// One step as drawn, and in words.
#[derive(Debug, Serialize)]
struct Row {
    filing: i64,
    y: i64,
    bar_y: i64,
    middle: i64,
    label: String,
    lamp: Lamp,
    status: &'static str,
    pieces: Vec<Piece>,
    due: Option<Day>,
    due_x: Option<i64>,
    law_due: Option<Day>,
    law_x: Option<i64>,
    decided: Option<Day>,
    decided_x: Option<i64>,
    provisional: bool,
    critical: bool,
    untimed: bool,
    first_x: i64,
    last_x: i64,
    title: String,
}

/// One bureau's lane.
#[derive(Debug, Serialize)]
struct Lane {
    bureau: String,
    y: i64,
    height: i64,
    text_y: i64,
    rows: Vec<Row>,
}

/// The whole drawing.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    width: i64,
    height: i64,
    foot: i64,
    months: Vec<Mark>,
    days: Vec<Mark>,
    rests: Vec<Rest>,
    lanes: Vec<Lane>,
    today_x: Option<i64>,
    finish_x: Option<i64>,
    finish: Option<Day>,
    /// The likely finish: its left edge and its width.
    band: Option<(i64, i64)>,
    from: Day,
    to: Day,
    summary: String,
}

struct Scale {
    from: NaiveDate,
    to: NaiveDate,
    day: i64,
}

impl Scale {
    /// The left edge of a day, held inside the drawing.
    fn left(&self, on: NaiveDate) -> i64 {
        let on = on.clamp(self.from, self.to);
        (on - self.from).num_days() * self.day / 100
    }
    /// Its right edge.
    fn right(&self, on: NaiveDate) -> i64 {
        let on = on.clamp(self.from, self.to);
        ((on - self.from).num_days() + 1) * self.day / 100
    }
    fn holds(&self, on: NaiveDate) -> bool {
        (self.from..=self.to).contains(&on)
    }
    /// The right edge of a day that is drawn.
    fn mark(&self, on: Option<NaiveDate>) -> Option<i64> {
        on.filter(|on| self.holds(*on)).map(|on| self.right(on))
    }
}

/// The drawing; nothing where there is nothing to draw.
pub(super) fn chart(line: &Timeline, calendar: &Calendar) -> Option<Chart> {
    let span = (line.to - line.from).num_days() + 1;
    if span < 1 || line.lanes.iter().all(|lane| lane.bars.is_empty()) {
        return None;
    }
    let span = span.min(LONGEST);
    let last = Days::new(u64::try_from(span - 1).unwrap_or(0));
    let scale = Scale {
        from: line.from,
        to: line.from.checked_add_days(last).unwrap_or(line.to),
        day: (WANTED * 100 / span).clamp(NARROWEST, WIDEST),
    };
    let mut y = AXIS;
    let mut lanes = Vec::new();
    for lane in &line.lanes {
        let top = y;
        y += HEADING;
        let mut rows = Vec::new();
        for bar in &lane.bars {
            rows.push(row(bar, &lane.bureau_name, y, &scale, calendar));
            y += ROW;
        }
        lanes.push(Lane {
            bureau: lane.bureau_name.clone(),
            y: top,
            height: y - top,
            text_y: top + 18,
            rows,
        });
    }
    let steps: usize = lanes.iter().map(|lane| lane.rows.len()).sum();
    Some(Chart {
        width: scale.right(scale.to),
        height: y + FOOT,
        foot: y,
        months: months(&scale),
        days: days(&scale),
        rests: rests(&line.rest_days, &scale),
        today_x: scale
            .holds(line.today)
            .then(|| (scale.left(line.today) + scale.right(line.today)) / 2),
        finish_x: scale.mark(line.finish),
        finish: line.finish.map(Day::of),
        band: line.band.and_then(|(early, late)| {
            let shown = scale.holds(early) || scale.holds(late);
            let (left, right) = (scale.left(early), scale.right(late));
            shown.then_some((left, right - left))
        }),
        from: Day::of(scale.from),
        to: Day::of(scale.to),
        summary: format!("{}个部门，{}项手续", lanes.len(), steps),
        lanes,
    })
}

fn row(bar: &Bar, bureau: &str, y: i64, scale: &Scale, calendar: &Calendar) -> Row {
    let pieces: Vec<Piece> = bar
        .segments
        .iter()
        .filter(|segment| segment.from <= scale.to && segment.to >= scale.from)
        .map(|segment| piece(segment, scale))
        .collect();
    Row {
        filing: bar.filing.0,
        y,
        bar_y: y + BAR_TOP,
        middle: y + ROW / 2,
        label: short(&bar.label, bureau).to_owned(),
        lamp: Lamp::of(bar.lamp),
        status: words::status(bar.status),
        due: bar.due_on.map(|day| Day {
            provisional: bar.provisional,
            ..Day::of(day)
        }),
        due_x: scale.mark(bar.due_on),
        law_due: bar.law_due_on.map(|day| Day::reckoned(day, calendar)),
        law_x: scale.mark(bar.law_due_on),
        decided: bar.decided_on.map(Day::of),
        decided_x: scale.mark(bar.decided_on),
        provisional: bar.provisional,
        critical: bar.critical,
        untimed: bar.untimed,
        first_x: pieces.first().map_or(0, |piece| piece.x),
        last_x: pieces.last().map_or(0, |piece| piece.x + piece.width),
        title: title(bar),
        pieces,
    }
}

/// In the lane of a county's bureau the county need not be said again.
fn short<'l>(label: &'l str, bureau: &str) -> &'l str {
    match label
        .strip_suffix('）')
        .and_then(|rest| rest.split_once('（'))
    {
        Some((name, county)) if bureau.starts_with(county) => name,
        _ => label,
    }
}

fn piece(segment: &Segment, scale: &Scale) -> Piece {
    let x = scale.left(segment.from);
    Piece {
        code: code(segment.kind),
        word: words::segment(segment.kind),
        x,
        width: (scale.right(segment.to) - x).max(1),
        from: segment.from.to_string(),
        to: segment.to.to_string(),
    }
}

/// What a pointer resting on the bar, or a reader's voice, says.
fn title(bar: &Bar) -> String {
    let mut text = format!(
        "{}：{}，{}",
        bar.label,
        words::status(bar.status),
        words::lamp(bar.lamp)
    );
    for segment in &bar.segments {
        text.push_str(&format!(
            "；{} {} 至 {}",
            words::segment(segment.kind),
            segment.from,
            segment.to
        ));
    }
    if let Some(due) = bar.due_on {
        let mark = if bar.provisional { "（暂定）" } else { "" };
        text.push_str(&format!("；到期日 {due}{mark}"));
    }
    if let Some(law) = bar.law_due_on {
        text.push_str(&format!("；法定到期日 {law}"));
    }
    if let Some(decided) = bar.decided_on {
        text.push_str(&format!("；办结 {decided}"));
    }
    text
}

fn months(scale: &Scale) -> Vec<Mark> {
    let mut marks = Vec::new();
    for day in scale.from.iter_days().take_while(|day| *day <= scale.to) {
        let first = day == scale.from;
        if !(first || day.day() == 1) {
            continue;
        }
        // A month that begins just after the edge leaves no room for the edge's own name.
        let left = i64::from(days_in_month(day)) - i64::from(day.day0());
        let room = left * scale.day / 100;
        if first && day.day() != 1 && room < 64 {
            continue;
        }
        let text = if first || day.month() == 1 {
            format!("{}年{}月", day.year(), day.month())
        } else {
            format!("{}月", day.month())
        };
        marks.push(Mark {
            x: scale.left(day),
            text,
        });
    }
    marks
}

fn days_in_month(day: NaiveDate) -> u32 {
    day.num_days_in_month().into()
}

fn days(scale: &Scale) -> Vec<Mark> {
    scale
        .from
        .iter_days()
        .take_while(|day| *day <= scale.to)
        .filter(|day| scale.day >= NUMBERED || day.weekday() == Weekday::Mon)
        .map(|day| Mark {
            x: scale.left(day),
            text: day.day().to_string(),
        })
        .collect()
}

fn rests(days: &[NaiveDate], scale: &Scale) -> Vec<Rest> {
    let mut rests: Vec<Rest> = Vec::new();
    for day in days.iter().filter(|day| scale.holds(**day)) {
        let x = scale.left(*day);
        match rests.last_mut() {
            Some(last) if last.x + last.width == x => last.width = scale.right(*day) - last.x,
            _ => rests.push(Rest {
                x,
                width: scale.right(*day) - x,
            }),
        }
    }
    rests
}

fn code(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Submitted => "submitted",
        SegmentKind::Correcting => "correcting",
        SegmentKind::Waiting => "waiting",
        SegmentKind::Running => "running",
        SegmentKind::Suspended => "suspended",
        SegmentKind::Overdue => "overdue",
        SegmentKind::Ahead => "ahead",
        SegmentKind::Forecast => "forecast",
    }
}

//! A project's time line: what the clock says of each day, drawn as stretches. Pure.
//!
//! A stretch's kind on a day is the clock's status of that day as it is known today: the day of a
//! suspension is already suspended, the day of a resumption runs, and where silence accepted
//! (行政许可法 第32条) the days from the submission on are running, not submitted.

use chrono::{Days, NaiveDate};

use super::model::{Bar, Lane, Segment, SegmentKind, Timeline};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{Event, EventKind, Reading, Status, Turning};
use crate::statute::forecast::Planned;
use crate::store::FilingId;

/// Days drawn before the first event.
const BEFORE: u64 = 3;
/// Days drawn after the last day that matters.
const AFTER: u64 = 7;
/// The most days that are drawn: wider, a working day would be narrower than a pixel on a phone.
const WIDEST: u64 = 400;
/// Days kept before today where the whole is too wide.
const KEPT_BEFORE_TODAY: u64 = 200;

/// One step as the drawing needs it.
pub(super) struct Strand<'a> {
    /// The filing.
    pub filing: FilingId,
    /// A short label.
    pub label: String,
    /// Whose lane it is drawn in.
    pub bureau_name: &'a str,
    /// Its ledger's events, oldest first.
    pub events: &'a [Event],
    /// The clock's answer today.
    pub reading: &'a Reading,
    /// The stored turning points, for days ahead of today.
    pub turning: &'a Turning,
    /// The due date that stood when the present suspension began: the reading has none then.
    pub due_before_pause: Option<NaiveDate>,
    /// What the forecast says of it.
    pub planned: Option<&'a Planned>,
}

/// Draws `strands`, lanes in the order in which bureaus first appear.
pub(super) fn draw(
    strands: &[Strand<'_>],
    created_on: NaiveDate,
    today: NaiveDate,
    (finish, band): (Option<NaiveDate>, Option<(NaiveDate, NaiveDate)>),
    calendar: &Calendar,
) -> Timeline {
    let last = finish.max(band.map(|(_, late)| late));
    let (from, to) = range(strands, created_on, today, last);
    let mut lanes: Vec<Lane> = Vec::new();
    for strand in strands {
        let bar = bar(strand, today, from, to);
        match lanes
            .iter_mut()
            .find(|lane| lane.bureau_name == strand.bureau_name)
        {
            Some(lane) => lane.bars.push(bar),
            None => lanes.push(Lane {
                bureau_name: strand.bureau_name.to_owned(),
                bars: vec![bar],
            }),
        }
    }
    let rest_days = from
        .iter_days()
        .take_while(|day| *day <= to)
        .filter(|day| !calendar.is_working(*day))
        .collect();
    Timeline {
        from,
        to,
        today,
        rest_days,
        lanes,
        finish,
        band,
    }
}

/// The days to draw: from the first event (or the entry of the project) to the last day that
/// matters. A project whose steps are all decided ends with its last decision, not today.
fn range(
    strands: &[Strand<'_>],
    created_on: NaiveDate,
    today: NaiveDate,
    finish: Option<NaiveDate>,
) -> (NaiveDate, NaiveDate) {
    let first = strands
        .iter()
        .filter_map(|s| s.events.first().map(|e| e.on))
        .fold(created_on, NaiveDate::min);
    let decided = !strands.is_empty() && strands.iter().all(|s| s.reading.status.is_decided());
    let last = strands
        .iter()
        .flat_map(|s| {
            let law = s.reading.law.as_ref().and_then(|law| law.due_on);
            let ahead = s.planned.map(|p| p.to).filter(|_| !decided);
            let event = s.events.last().map(|e| e.on);
            // A start that lies ahead: the reading has no due date yet, the drawing has.
            let waiting = s.reading.status == Status::Waiting;
            let foreseen = s.turning.due_on.filter(|_| waiting);
            [s.reading.due_on, law, foreseen, ahead, event]
        })
        .chain([finish.filter(|_| !decided), (!decided).then_some(today)])
        .flatten()
        .fold(first, NaiveDate::max);
    let from = minus(first, BEFORE);
    let to = plus(last, AFTER);
    let wide = u64::try_from((to - from).num_days()).unwrap_or(0);
    if wide <= WIDEST {
        return (from, to);
    }
    let from = from.max(minus(today.min(last), KEPT_BEFORE_TODAY));
    (from, to.min(plus(from, WIDEST)))
}

fn bar(strand: &Strand<'_>, today: NaiveDate, from: NaiveDate, to: NaiveDate) -> Bar {
    let reading = strand.reading;
    let mut segments = past(strand, today);
    segments.extend(ahead(strand, today));
    let segments = join(segments)
        .into_iter()
        .map(|s| Segment {
            from: s.from.max(from),
            to: s.to.min(to),
            ..s
        })
        .filter(|s| s.from <= s.to)
        .collect();
    let law_due_on = reading.law.as_ref().and_then(|law| law.due_on);
    Bar {
        filing: strand.filing,
        label: strand.label.clone(),
        status: reading.status,
        lamp: reading.lamp,
        segments,
        due_on: reading.due_on,
        law_due_on: law_due_on.filter(|day| reading.due_on != Some(*day)),
        decided_on: decided_on(strand),
        provisional: reading.provisional,
        critical: strand.planned.is_some_and(|p| p.critical),
        untimed: strand.planned.is_some_and(|p| p.untimed),
    }
}

fn decided_on(strand: &Strand<'_>) -> Option<NaiveDate> {
    let last = strand.events.last()?;
    strand.reading.status.is_decided().then_some(last.on)
}

/// What has happened, up to the decision or today.
fn past(strand: &Strand<'_>, today: NaiveDate) -> Vec<Segment> {
    let reading = strand.reading;
    let events = || strand.events.iter().filter(|e| e.on <= today);
    let before_acceptance = events().filter_map(|e| match e.kind {
        EventKind::Submitted | EventKind::Resubmitted => Some((e.on, SegmentKind::Submitted)),
        EventKind::MaterialsRequested => Some((e.on, SegmentKind::Correcting)),
        _ => None,
    });
    let acceptance = [
        reading.accepted_on.map(|on| (on, SegmentKind::Waiting)),
        reading.started_on.map(|on| (on, SegmentKind::Running)),
    ];
    let after_start = events().filter_map(|e| match e.kind {
        EventKind::Suspended { .. } => Some((e.on, SegmentKind::Suspended)),
        EventKind::Resumed => Some((e.on, SegmentKind::Running)),
        _ => None,
    });
    let mut marks: Vec<(NaiveDate, SegmentKind)> = before_acceptance
        .chain(acceptance.into_iter().flatten())
        .chain(after_start)
        .collect();
    // Stable, so of two marks on one day the later in a step's life comes last and holds.
    marks.sort_by_key(|(on, _)| *on);

    let end = decided_on(strand).unwrap_or(today);
    let nexts = marks.iter().skip(1).map(|(on, _)| minus(*on, 1));
    let ends: Vec<NaiveDate> = nexts.chain([end]).collect();
    let due = reading.due_on.or(strand.due_before_pause);
    let mut segments = Vec::with_capacity(marks.len() + 1);
    for ((from, kind), to) in marks.into_iter().zip(ends) {
        match due {
            Some(due) if kind == SegmentKind::Running && due < to => {
                segments.push(Segment {
                    from,
                    to: due,
                    kind,
                });
                segments.push(Segment {
                    from: from.max(plus(due, 1)),
                    to,
                    kind: SegmentKind::Overdue,
                });
            }
            _ => segments.push(Segment { from, to, kind }),
        }
    }
    segments.retain(|s| s.from <= s.to);
    segments
}

/// What the clock or the forecast foresees after today.
fn ahead(strand: &Strand<'_>, today: NaiveDate) -> Vec<Segment> {
    let tomorrow = plus(today, 1);
    let reading = strand.reading;
    let to_due = |from: NaiveDate, due: Option<NaiveDate>| {
        due.filter(|due| *due >= from).map(|to| Segment {
            from,
            to,
            kind: SegmentKind::Ahead,
        })
    };
    let foreseen = || {
        let planned = strand.planned?;
        let from = match reading.status {
            Status::Draft => planned.from,
            _ => planned.from.max(tomorrow),
        };
        (planned.to >= from).then_some(Segment {
            from,
            to: planned.to,
            kind: SegmentKind::Forecast,
        })
    };
    match reading.status {
        status if status.is_decided() => Vec::new(),
        Status::Running => to_due(tomorrow, reading.due_on).into_iter().collect(),
        Status::Waiting => match strand.turning.starts_on.filter(|on| *on > today) {
            Some(starts_on) => {
                let waiting = (starts_on > tomorrow).then(|| Segment {
                    from: tomorrow,
                    to: minus(starts_on, 1),
                    kind: SegmentKind::Waiting,
                });
                let ahead = to_due(starts_on, strand.turning.due_on);
                waiting.into_iter().chain(ahead).collect()
            }
            None => foreseen().into_iter().collect(),
        },
        _ => foreseen().into_iter().collect(),
    }
}

/// Joins neighbours of one kind that touch.
fn join(segments: Vec<Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        match joined.last_mut() {
            Some(last) if last.kind == segment.kind && plus(last.to, 1) == segment.from => {
                last.to = segment.to;
            }
            _ => joined.push(segment),
        }
    }
    joined
}

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn minus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests;

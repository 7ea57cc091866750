//! A route, its preview, and the page of a project with its time line.

use chrono::{Days, NaiveDate};

use super::{card_of, facts, ledgers, project_card, step as step_named, today, told};
use crate::office::FilingId;
use crate::office::model::project::LikelyFinish;
use crate::office::model::timeline::{Bar, Lane, Segment, SegmentKind, Timeline};
use crate::office::model::{JointFiling, ProjectPage, RouteLine, RoutePreview, SkippedStep};
use crate::statute::calendar::{Calendar, date};
use crate::statute::clock::{Lamp, Status};
use crate::statute::forecast::{forecast, one_after_another};
use crate::statute::plan::route::{Exempt, Route, RouteStep, route};
use crate::statute::plan::{Plan, ProjectFacts};

fn line(route: &Route<'_>, step: &RouteStep<'_>, number: i64) -> RouteLine {
    let reckoned = forecast(route, &[], today(), Calendar::official());
    let planned = reckoned
        .steps
        .iter()
        .find(|planned| planned.key == step.key)
        .expect("every step is planned")
        .clone();
    let told = ledgers()
        .into_iter()
        .find(|told| told.step == step.key.step.as_str() && told.county == step.key.county)
        .unwrap_or_else(|| told("blueprint-change", step.key.county, vec![]));
    let mut card = card_of(number, &told, today());
    card.step_name = step.step.name.clone();
    RouteLine {
        step: step.key.step.clone(),
        name: step.step.name.clone(),
        clause: step.step.clause,
        county: step.key.county,
        bureau_name: card.bureau_name.clone(),
        plan_days: step.step.plan_limit.as_ref().map(|limit| limit.days),
        law_days: step.step.law_limit.as_ref().map(|limit| limit.days),
        limit_source: step.step.limit().map(|limit| limit.source.cite.clone()),
        waits_for: step
            .waits_for
            .iter()
            .map(|key| step_named(key.step.as_str()).name.clone())
            .collect(),
        fileable: card.glance.status == Status::Draft && step.waits_for.is_empty(),
        from: Some(planned.from),
        to: Some(planned.to),
        critical: planned.critical,
        untimed: planned.untimed,
        card: Some(card),
    }
}

fn skipped(steps: &[Exempt<'_>]) -> Vec<SkippedStep> {
    steps
        .iter()
        .map(|exempt| SkippedStep {
            name: exempt.step.name.clone(),
            clause: exempt.step.clause,
            reason: exempt.reason.clone(),
            source: exempt.source.map(|source| source.cite.clone()),
        })
        .collect()
}

pub(in crate::view::tests) fn preview(facts: &ProjectFacts) -> RoutePreview {
    let route = route(Plan::built_in(), facts).expect("facts that hold together");
    RoutePreview {
        lines: route
            .steps
            .iter()
            .map(|step| RouteLine {
                card: None,
                ..line(&route, step, 0)
            })
            .collect(),
        exempt: skipped(&route.exempt),
        not_needed: skipped(&route.not_needed),
        forecast: forecast(&route, &[], today(), Calendar::official()),
        one_after_another: one_after_another(&route, today(), Calendar::official()),
    }
}

fn segment(from: NaiveDate, to: NaiveDate, kind: SegmentKind) -> Segment {
    Segment { from, to, kind }
}

fn bars(line: &RouteLine) -> Bar {
    use SegmentKind::{
        Ahead, Correcting, Forecast, Overdue, Running, Submitted, Suspended, Waiting,
    };
    let card = line.card.as_ref().expect("a project's line has a filing");
    let glance = card.glance;
    let begun = card.submitted_on;
    let segments = match (begun, glance.lamp, glance.due_on) {
        (Some(from), Lamp::Red, Some(due)) => vec![
            segment(from, due, Running),
            segment(due.succ_opt().unwrap_or(due), today(), Overdue),
        ],
        (Some(from), Lamp::Paused, _) => vec![
            segment(from, date(2026, 11, 10), Running),
            segment(date(2026, 11, 11), today(), Suspended),
        ],
        (Some(from), Lamp::Done | Lamp::Late, _) => {
            vec![segment(from, date(2026, 11, 9), Running)]
        }
        (Some(from), _, Some(due)) if from > date(2026, 11, 6) => vec![
            segment(from, today(), Running),
            segment(date(2026, 11, 24), due.max(date(2026, 11, 27)), Ahead),
        ],
        (Some(from), _, Some(due)) => vec![
            segment(from, date(2026, 11, 6), Submitted),
            segment(date(2026, 11, 7), date(2026, 11, 10), Waiting),
            segment(date(2026, 11, 11), today(), Running),
            segment(date(2026, 11, 24), due.max(date(2026, 11, 27)), Ahead),
        ],
        (Some(from), _, None) => vec![segment(from, today(), Correcting)],
        (None, _, _) => vec![segment(
            line.from.expect("a forecast"),
            line.to.expect("a forecast"),
            Forecast,
        )],
    };
    Bar {
        filing: card.id,
        label: match line.county {
            Some(county) => format!(
                "{}（{}）",
                step_named(line.step.as_str()).short_name,
                county.name()
            ),
            None => step_named(line.step.as_str()).short_name.clone(),
        },
        status: glance.status,
        lamp: glance.lamp,
        segments,
        due_on: glance.due_on,
        law_due_on: (line.step.as_str() == "land-pre-review").then(|| date(2026, 12, 7)),
        decided_on: glance.status.is_decided().then(|| date(2026, 11, 9)),
        provisional: glance.provisional,
        critical: line.critical,
        untimed: line.untimed,
    }
}

pub(in crate::view::tests) fn project_page() -> ProjectPage {
    let facts = facts();
    let route = route(Plan::built_in(), &facts).expect("facts that hold together");
    let lines: Vec<RouteLine> = route
        .steps
        .iter()
        .zip(101..)
        .map(|(step, number)| line(&route, step, number))
        .collect();
    let reckoned = forecast(&route, &[], today(), Calendar::official());
    let (from, to) = (date(2026, 8, 28), date(2027, 3, 20));
    let mut lanes: Vec<Lane> = Vec::new();
    for line in &lines {
        let bar = bars(line);
        match lanes
            .iter_mut()
            .find(|lane| lane.bureau_name == line.bureau_name)
        {
            Some(lane) => lane.bars.push(bar),
            None => lanes.push(Lane {
                bureau_name: line.bureau_name.clone(),
                bars: vec![bar],
            }),
        }
    }
    ProjectPage {
        card: project_card(1, "桥北220千伏输变电工程"),
        plan_version: Plan::built_in().version.clone(),
        plan_hash: Plan::built_in().hash.chars().take(12).collect(),
        exempt: vec![SkippedStep {
            name: "建设工程规划许可".to_owned(),
            clause: 7,
            reason: "10千伏以下的公共电网建设,为满足用户用电需求".to_owned(),
            source: Some("方案第15条".to_owned()),
        }],
        not_needed: skipped(&route.not_needed),
        others: Vec::new(),
        offences: Default::default(),
        changes: Vec::new(),
        matters: Default::default(),
        joint: Some(JointFiling {
            filings: vec![(FilingId(101), 0), (FilingId(102), 0), (FilingId(103), 0)],
            names: vec![
                "县(区)用地初审(明山区)".to_owned(),
                "县(区)用地初审(本溪满族自治县)".to_owned(),
                "市级用地预审".to_owned(),
            ],
        }),
        may_file: true,
        timeline: Timeline {
            from,
            to,
            today: today(),
            rest_days: from
                .iter_days()
                .take_while(|day| *day <= to)
                .filter(|day| !Calendar::official().is_working(*day))
                .collect(),
            lanes,
            finish: reckoned.finish,
            band: reckoned
                .finish
                .map(|day| (day - Days::new(12), day + Days::new(9))),
        },
        likely: reckoned.finish.map(|day| LikelyFinish {
            early: day - Days::new(12),
            middle: day - Days::new(4),
            late: day + Days::new(9),
            push: Some(("林木采伐许可".to_owned(), 6)),
            by_limit: vec!["涉路施工许可".to_owned()],
            beyond: vec!["市级用地预审".to_owned()],
            drawn_from: 83,
            provisional: true,
        }),
        forecast: reckoned,
        lines,
        facts,
    }
}

//! Delegations (代办): their page, a step's case officer, the home of who is away or stands in.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::Card;
use super::date::{Day, instant};
use super::form::Retyped;
use super::section::{Forms, Row, Section, Tag, Tone, homeless};
use crate::office::model::delegations::{
    Away, CaseOfficer, DelegationLine, DelegationsPage, StandingIn,
};
use crate::office::model::{BureauHome, StepPage};

/// Where forms of this page go.
const PLACE: &str = "/delegations";
/// Characters of a reason.
const REASON: u32 = 200;

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    sections: Vec<Section>,
}

pub(super) fn page(page: &DelegationsPage, typed: Option<&Retyped>, today: NaiveDate) -> Page {
    let forms = Forms { typed, today };
    let mut now = Section::new("delegations", "正在和将要代办");
    now.lead = Some(
        "请假、出差期间，可将本人经办的事项交由本部门一位同事代办。代办人办理时，办理记录、文书、收费、送达等均写明双方姓名；首日、末日都计算在内，期满自动失效，代办不得转托。"
            .to_owned(),
    );
    now.rows = page
        .lines
        .iter()
        .filter(|line| !line.over)
        .map(|line| row(line, &forms))
        .collect();
    now.empty = Some("没有正在生效或者将要生效的代办。");
    now.forms.push(new(page, &forms));
    now.trouble = homeless(typed, "delegation", &now.forms, &now.rows);
    let mut sections = vec![now];
    let over: Vec<Row> = page
        .lines
        .iter()
        .filter(|line| line.over)
        .map(|line| row(line, &forms))
        .collect();
    if !over.is_empty() {
        let mut past = Section::new("delegations-over", "已结束");
        past.rows = over;
        sections.push(past);
    }
    Page { sections }
}

fn new(page: &DelegationsPage, forms: &Forms<'_>) -> super::section::SmallForm {
    let word = if page.lead {
        "登记代办"
    } else {
        "交给同事代办"
    };
    let form = forms.form("delegation-new", PLACE.to_owned(), word);
    let named = |own: bool| {
        page.officers
            .iter()
            .filter(move |(id, _)| own || *id != page.own)
            .map(|(id, name)| (id.0.to_string(), name.clone()))
    };
    let form = if page.lead {
        form.hint("您是部门负责人，可以为不在岗的同事登记；不选的，为您本人。")
            .choice("giver", "不在岗的人", named(false), true)
    } else {
        form
    };
    form.choice("stand_in", "由谁代办", named(page.lead), false)
        .any_day("first_on", "开始日期", Some(forms.today))
        .day_ahead("last_on", "截止日期（含当日）", None)
        .words("reason", "事由", REASON, false)
        .done()
}

fn row(line: &DelegationLine, forms: &Forms<'_>) -> Row {
    let one = &line.delegation;
    let (tone, word) = match &one.ended {
        Some(_) => (Tone::Plain, "已提前结束"),
        None if line.over => (Tone::Plain, "已期满"),
        None if line.in_force => (Tone::There, "✓ 生效中"),
        None => (Tone::Near, "尚未开始"),
    };
    let mut words = vec![
        format!(
            "{}至{}（首尾两日都计算在内）",
            Day::of(one.first_on).long,
            Day::of(one.last_on).long
        ),
        format!("事由：{}", one.reason),
    ];
    words.extend(one.ended.as_ref().map(|ended| {
        format!(
            "{}由{}提前结束，自当日起不再代办",
            Day::of(ended.on).long,
            ended.by_name
        )
    }));
    let end = line.may_end.then(|| {
        let mut form = forms
            .form(
                format!("delegation-{}", one.id),
                format!("{PLACE}/{}/end", one.id),
                "结束代办",
            )
            .hint("结束后立即不再代办，此前已办的照旧；不能撤销，可以再次交办。")
            .done();
        form.grave = true;
        form
    });
    Row {
        head: format!("{}的事项由{}代办", one.giver_name, one.stand_in_name),
        tags: vec![Tag::new(tone, word)],
        words,
        meta: format!("{} {} 登记", one.made_by_name, instant(one.made_at)),
        forms: end.into_iter().collect(),
        ..Row::default()
    }
}

/// Who stands in, until when.
#[derive(Debug, Serialize)]
pub(super) struct AwayLine {
    stand_in: String,
    until: Day,
}

impl AwayLine {
    fn of(away: &Away) -> AwayLine {
        AwayLine {
            stand_in: away.stand_in_name.clone(),
            until: Day::of(away.last_on),
        }
    }

    pub(super) fn of_home(home: &BureauHome) -> Option<AwayLine> {
        home.away.as_ref().map(AwayLine::of)
    }
}

/// Who has a step in hand.
#[derive(Debug, Serialize)]
pub(super) struct OfficerLine {
    name: String,
    away: Option<AwayLine>,
}

impl OfficerLine {
    pub(super) fn of_step(step: &StepPage) -> Option<OfficerLine> {
        let of = |officer: &CaseOfficer| OfficerLine {
            name: officer.name.clone(),
            away: officer.away.as_ref().map(AwayLine::of),
        };
        step.case_officer.as_ref().map(of)
    }
}

/// An absent colleague's queue.
#[derive(Debug, Serialize)]
pub(super) struct Queue {
    giver: String,
    until: Day,
    steps: Vec<Card>,
}

impl Queue {
    pub(super) fn of(one: &StandingIn, today: NaiveDate) -> Queue {
        Queue {
            giver: one.giver_name.clone(),
            until: Day::of(one.last_on),
            steps: Card::all(&one.steps, today),
        }
    }
}

//! The register (事项台账): its page, and its view to print.

use serde::Serialize;

use super::card::{Lamp, counties};
use super::date::{Day, instant};
use super::list::{Choice, query};
use super::{Shell, View, ViewError, words};
use crate::office::model::exports::SheetAbout;
use crate::office::model::register::{Register, RegisterLine, RegisterQuery};
use crate::office::{BureauId, RegisterDay, RegisterFilter, RegisterState};
use crate::statute::division::County;
use crate::statute::plan::StepId;
use crate::statute::plan::facts::Volts;

/// One step of one project.
#[derive(Debug, Serialize)]
struct Line {
    filing: i64,
    project: i64,
    project_name: String,
    code: Option<String>,
    voltage: String,
    counties: String,
    clause: u32,
    /// As a step's name is drawn: name and county.
    name: String,
    county: Option<&'static str>,
    bureau: String,
    status: &'static str,
    lamp: Lamp,
    submitted: Option<Day>,
    accepted: Option<Day>,
    deemed: bool,
    started: Option<Day>,
    limit: Option<u32>,
    due: Option<Day>,
    law_due: Option<Day>,
    decided: Option<Day>,
    used: Option<u32>,
    over: Option<u32>,
    untimed: bool,
    run: u32,
    officer: Option<String>,
    last: Option<Day>,
    documents: Vec<String>,
}

impl Line {
    fn of(line: &RegisterLine) -> Line {
        Line {
            filing: line.filing.0,
            project: line.project.0,
            project_name: line.project_name.clone(),
            code: line.code.clone(),
            voltage: words::voltage(Volts(line.volts)),
            counties: counties(&line.counties),
            clause: line.clause,
            name: line.step_name.clone(),
            county: line.county.map(County::name),
            bureau: line.bureau_name.clone(),
            status: words::status(line.status),
            lamp: Lamp::of(line.lamp),
            submitted: line.submitted_on.map(Day::of),
            accepted: line.accepted_on.map(Day::of),
            deemed: line.deemed_accepted,
            started: line.started_on.map(Day::of),
            limit: line.limit,
            due: line.due_on.map(|day| Day {
                provisional: line.provisional,
                ..Day::of(day)
            }),
            law_due: line.law_due_on.map(Day::of),
            decided: line.decided_on.map(Day::of),
            used: line.used,
            over: line.overdue_by,
            untimed: line.untimed,
            run: line.run,
            officer: line.officer.clone(),
            last: line.last_on.map(Day::of),
            documents: line.documents.clone(),
        }
    }
}

/// The filter's fields as the form shows them and as an address carries them.
#[derive(Debug, Serialize)]
pub(super) struct Fields {
    bureaus: Vec<Choice>,
    counties: Vec<Choice>,
    steps: Vec<Choice>,
    states: Vec<Choice>,
    days: Vec<Choice>,
    from: String,
    to: String,
    /// True: some field is set.
    set: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
struct Page {
    own: bool,
    fields: Fields,
    conditions: Vec<String>,
    rows: Vec<Line>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
    /// The whole sheet at once; `None`: it is long and made as a job.
    sheet: Option<String>,
    /// The filter for the form that asks for a job.
    asked: Vec<(&'static str, String)>,
    /// The view to print; `None`: there are too many lines.
    print: Option<String>,
}

/// The view to print.
#[derive(Debug, Serialize)]
struct Print {
    back: String,
    conditions: Vec<String>,
    total: u64,
    read_at: String,
    person: String,
    rows: Vec<Line>,
}

/// The filter as the fields of an address, those that are set.
pub(super) fn pairs(filter: &RegisterFilter) -> Vec<(&'static str, String)> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let all = [
        ("bureau", filter.bureau.map(|id| id.to_string())),
        ("county", filter.county.map(|one| one.code().to_owned())),
        ("step", filter.step.as_ref().map(StepId::to_string)),
        ("state", filter.state.map(|one| one.code().to_owned())),
        ("day", filter.day.map(|one| one.code().to_owned())),
        ("from", day(filter.from)),
        ("to", day(filter.to)),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn address(path: &str, filter: &RegisterFilter, after: Option<&str>) -> String {
    let pairs = pairs(filter);
    let mut given: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    given.extend(after.map(|after| ("after", after)));
    query(path, &given)
}

fn fields(filter: &RegisterFilter, found: &Register) -> Fields {
    Fields {
        bureaus: found
            .bureaus
            .iter()
            .map(|bureau| Choice {
                value: bureau.id.to_string(),
                word: bureau.name.clone(),
                chosen: filter.bureau == Some(bureau.id),
            })
            .collect(),
        counties: County::ALL
            .into_iter()
            .map(|county| Choice {
                value: county.code().to_owned(),
                word: county.name().to_owned(),
                chosen: filter.county == Some(county),
            })
            .collect(),
        steps: found
            .steps
            .iter()
            .map(|(id, name)| Choice {
                value: id.to_string(),
                word: name.clone(),
                chosen: filter.step.as_ref() == Some(id),
            })
            .collect(),
        states: RegisterState::all()
            .into_iter()
            .map(|state| Choice {
                value: state.code().to_owned(),
                word: words::register_state(state).to_owned(),
                chosen: filter.state == Some(state),
            })
            .collect(),
        days: RegisterDay::ALL
            .into_iter()
            .map(|day| Choice {
                value: day.code().to_owned(),
                word: words::register_day(day).to_owned(),
                chosen: filter.day == Some(day),
            })
            .collect(),
        from: filter.from.map(|day| day.to_string()).unwrap_or_default(),
        to: filter.to.map(|day| day.to_string()).unwrap_or_default(),
        set: *filter != RegisterFilter::default(),
    }
}

fn page(asked: &RegisterQuery, found: &Register) -> Page {
    let filter = &asked.filter;
    let named = |id: BureauId| found.bureaus.iter().find(|bureau| bureau.id == id);
    let bureau = filter.bureau.and_then(named);
    let step = filter.step.as_ref();
    let step = step.and_then(|id| found.steps.iter().find(|(one, _)| one == id));
    Page {
        own: found.own,
        fields: fields(filter, found),
        conditions: words::register_conditions(
            filter,
            bureau.map(|bureau| bureau.name.as_str()),
            step.map(|(_, name)| name.as_str()),
        ),
        rows: found.page.rows.iter().map(Line::of).collect(),
        total: found.page.total,
        first: asked
            .after
            .as_ref()
            .map(|_| address("/register", filter, None)),
        next: found
            .page
            .next
            .as_deref()
            .map(|after| address("/register", filter, Some(after))),
        sheet: (!found.long).then(|| address("/register/xlsx", filter, None)),
        asked: pairs(filter),
        print: (!found.too_long_to_print).then(|| address("/register/print", filter, None)),
    }
}

impl View {
    /// The register of steps with its filter.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn register(
        &self,
        shell: &Shell<'_>,
        query: &RegisterQuery,
        found: &Register,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/register.html",
            Some((shell, "/register")),
            "事项台账",
            page(query, found),
        )
    }

    /// The register to print: every line, on paper lying.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn register_to_print(
        &self,
        shell: &Shell<'_>,
        about: &SheetAbout,
        lines: &[RegisterLine],
    ) -> Result<String, ViewError> {
        let print = Print {
            back: address("/register", &about.filter, None),
            conditions: words::register_conditions(
                &about.filter,
                about.bureau_name.as_deref(),
                about.step_name.as_deref(),
            ),
            total: about.total,
            read_at: instant(about.read_at),
            person: about.person_name.clone(),
            rows: lines.iter().map(Line::of).collect(),
        };
        self.render(
            "print/register.html",
            Some((shell, "/register")),
            "事项台账",
            print,
        )
    }
}

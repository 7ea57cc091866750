//! Offences against power facilities (涉电违法, 第14条): the company reports, the bureau that
//! takes the kind handles, and only those concerned see it.
//!
//! # Why
//! The clause names bodies and kinds without pairing them; the catalogue says who takes what,
//! marked 推定 ([`crate::statute::offence::OffenceRule`]). An offence goes to the bureau of the
//! county where it happened; the city's bureau of the same kind sees it too, since the clause
//! names that one. Whoever had it goes on seeing it; nobody else is told that it exists.

mod act;
mod page;
mod pictures;

use super::actor::{Act, permit};
use super::model::Page;
use super::model::offences::{
    OffenceCard, OffenceFormPage, OffenceList, OffenceSearch, OffencesHere,
};
use super::{
    Actor, Bureau, FieldFault, Moment, Office, OfficeError, OfficeRule, ReportOffence, Role,
};
use crate::statute::division::County;
use crate::statute::offence::{Dated, Entry, HANDLERS, OffenceRule, Refused, State};
use crate::statute::plan::Level;
use crate::store::{
    BureauId, NewOffence, NewOffenceEntry, OffenceFilter, OffenceId, OffenceRow, ProjectFilter,
    ProjectId, StoreError,
};
pub use pictures::PictureUpload;

/// Offences on one page.
const ROWS: u64 = 50;
/// The most offences on a home or on a project's page.
const FEW: u64 = 10;
/// The projects that the report's form offers.
const PROJECTS: u64 = 100;
/// The most characters of words.
const WORDS: usize = 500;
/// The most characters of a place.
const PLACE: usize = 80;
/// The longest key of a form.
const KEY: usize = 64;

impl From<Refused> for OfficeError {
    fn from(refused: Refused) -> Self {
        OfficeError::Rule(OfficeRule {
            rule: refused.rule(),
            detail: refused.detail(),
        })
    }
}

impl Office {
    /// Reports an offence; the same form sent twice reports one.
    ///
    /// # Errors
    /// Forbidden to all but the company; Invalid; Rule; NotFound: the project.
    pub async fn report_offence(
        &self,
        actor: &Actor,
        wish: ReportOffence,
        at: Moment,
    ) -> Result<OffenceId, OfficeError> {
        let _permit = permit(actor, Act::ReportOffence)?;
        let new = checked(wish)?;
        let rules = &self.plan().offences;
        let rule = rules.iter().find(|rule| rule.kind == new.kind);
        let rule = rule.ok_or(Refused::NobodyTakesIt)?;
        if new.found_at > at.now {
            let on = crate::statute::late::shanghai_day(new.found_at);
            return Err(Refused::NotYet { on }.into());
        }
        let tx = self.begin().await?;
        if let Some(first) = tx.offence_by_request_key(&new.request_key).await? {
            return Ok(first);
        }
        if let Some(project) = new.project {
            let found = tx.project(project).await?;
            found.ok_or(OfficeError::NotFound("project"))?;
        }
        let bureaus = tx.bureaus().await?;
        let taken = taken(rule, new.county, &bureaus)?;
        let report = NewOffenceEntry {
            dated: Dated {
                on: at.today,
                what: Entry::Reported,
            },
            bureau: taken.holder,
            seen_by: taken.seen_by,
            person: actor.id,
            person_name: actor.name.clone(),
            at: at.now,
        };
        let id = match tx.insert_offence(&new, &report).await {
            Err(StoreError::Duplicate(what)) => {
                drop(tx);
                let tx = self.begin().await?;
                let first = tx.offence_by_request_key(&new.request_key).await?;
                return first.ok_or(OfficeError::Store(what));
            }
            other => other?,
        };
        let subject = format!("offence {id}");
        let detail = format!("{} to bureau {}", new.kind.code(), taken.holder);
        tx.audit(at.now, Some(actor.id), "report-offence", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// What the report's form is made of; `asked` is the project from whose page it was opened.
    ///
    /// # Errors
    /// Forbidden to all but the company; the store.
    pub async fn offence_form(
        &self,
        actor: &Actor,
        asked: Option<ProjectId>,
        at: Moment,
    ) -> Result<OffenceFormPage, OfficeError> {
        let _permit = permit(actor, Act::ReportOffence)?;
        let reader = self.store.reader();
        let newest = ProjectFilter {
            limit: PROJECTS,
            ..ProjectFilter::default()
        };
        let found = reader.projects(&newest, at.today).await?;
        let mut projects: Vec<(ProjectId, String)> = found
            .rows
            .into_iter()
            .map(|row| (row.project.id, row.project.name))
            .collect();
        if let Some(asked) = asked.filter(|id| !projects.iter().any(|(there, _)| there == id)) {
            let project = reader.project(asked).await?;
            projects.extend(project.map(|project| (project.id, project.name)));
        }
        Ok(OffenceFormPage {
            rules: self.plan().offences.clone(),
            projects,
        })
    }

    /// The list of the offences that this person may see, newest first.
    ///
    /// # Errors
    /// NotFound for those who are never concerned; the store.
    pub async fn offences(
        &self,
        actor: &Actor,
        search: &OffenceSearch,
    ) -> Result<OffenceList, OfficeError> {
        let mut filter = visible(actor).ok_or(OfficeError::NotFound("offences"))?;
        filter.states = search.state.into_iter().collect();
        filter.after = search.after;
        filter.limit = ROWS + 1;
        let reader = self.store.reader();
        let mut rows: Vec<OffenceCard> = cards(reader.offences(&filter).await?);
        let more = u64::try_from(rows.len()).is_ok_and(|read| read > ROWS);
        rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
        let counts = reader.offence_counts(&filter).await?;
        let shown = |state: State| search.state.is_none_or(|asked| asked == state);
        Ok(OffenceList {
            page: Page {
                next: rows.last().filter(|_| more).map(|last| last.id.to_string()),
                total: total(&counts, shown),
                rows,
            },
            counts,
            may_report: permit(actor, Act::ReportOffence).is_ok(),
        })
    }

    /// The open offences that the actor's bureau has, or for a city's bureau that the bureaus of
    /// its kind have; none for bureaus of other kinds.
    pub(in crate::office) async fn offences_waiting(
        &self,
        actor: &Actor,
        bureau: &Bureau,
    ) -> Result<OffencesHere, OfficeError> {
        let Some(filter) = visible(actor) else {
            return Ok(OffencesHere::default());
        };
        let filter = OffenceFilter {
            held_kind: Some(bureau.kind),
            ..filter
        };
        self.few(actor, filter, State::is_open).await
    }

    /// The offences that touch a project, as far as this person may see them.
    pub(in crate::office) async fn offences_of_project(
        &self,
        actor: &Actor,
        project: ProjectId,
    ) -> Result<OffencesHere, OfficeError> {
        let Some(filter) = visible(actor) else {
            return Ok(OffencesHere::default());
        };
        let filter = OffenceFilter {
            project: Some(project),
            ..filter
        };
        self.few(actor, filter, |_| true).await
    }

    async fn few(
        &self,
        actor: &Actor,
        filter: OffenceFilter,
        wanted: fn(State) -> bool,
    ) -> Result<OffencesHere, OfficeError> {
        let filter = OffenceFilter {
            states: State::ALL.into_iter().filter(|s| wanted(*s)).collect(),
            limit: FEW,
            ..filter
        };
        let reader = self.store.reader();
        let rows = cards(reader.offences(&filter).await?);
        let shown = u64::try_from(rows.len()).unwrap_or_default();
        let total = match shown < FEW {
            true => shown,
            false => total(&reader.offence_counts(&filter).await?, wanted),
        };
        Ok(OffencesHere {
            rows,
            total,
            may_report: permit(actor, Act::ReportOffence).is_ok(),
        })
    }
}

fn total(counts: &[(State, u64)], wanted: impl Fn(State) -> bool) -> u64 {
    let counted = counts.iter().filter(|(state, _)| wanted(*state));
    counted.map(|(_, n)| n).sum()
}

/// What this person may see; `None`: nothing, whatever happens.
fn visible(actor: &Actor) -> Option<OffenceFilter> {
    let everything = OffenceFilter::default();
    match actor.role {
        Role::Company | Role::GovernmentOffice | Role::DeputyMayor => Some(everything),
        Role::Administrator => None,
        Role::Officer { bureau } => {
            let kind = actor.bureau.as_ref().map(|bureau| bureau.kind)?;
            HANDLERS.contains(&kind).then_some(OffenceFilter {
                seen_by: Some(bureau),
                ..everything
            })
        }
    }
}

/// Whether this person may see an offence that concerns these bureaus.
fn sees(actor: &Actor, concerned: &[BureauId]) -> bool {
    match actor.role {
        Role::Company | Role::GovernmentOffice | Role::DeputyMayor => true,
        Role::Administrator => false,
        Role::Officer { bureau } => concerned.contains(&bureau),
    }
}

/// The bureau that takes an offence, and all that see it from then on.
struct Taken {
    holder: BureauId,
    seen_by: Vec<BureauId>,
}

fn taken(rule: &OffenceRule, county: County, bureaus: &[Bureau]) -> Result<Taken, OfficeError> {
    let place = |level| match level {
        Level::City => None,
        Level::County => Some(county),
    };
    let of = |level| {
        let there =
            |b: &&Bureau| b.kind == rule.bureau && b.level == level && b.county == place(level);
        bureaus.iter().find(there).map(|bureau| bureau.id)
    };
    let holder = of(rule.level).ok_or_else(|| {
        let name = super::setup::bureau_name(rule.bureau, rule.level, place(rule.level));
        OfficeError::Rule(OfficeRule {
            rule: "no-bureau",
            detail: format!("应由{name}受理,但系统中没有这个部门;请联系系统管理员设置"),
        })
    })?;
    let above = of(Level::City).filter(|city| *city != holder);
    Ok(Taken {
        holder,
        seen_by: std::iter::once(holder).chain(above).collect(),
    })
}

/// The report without the blanks around its words, where it can be read.
fn checked(wish: ReportOffence) -> Result<NewOffence, OfficeError> {
    let mut faults = Vec::new();
    let place = fit(&mut faults, "place", "地点", &wish.place, PLACE);
    let words = fit(&mut faults, "words", "现场情况", &wish.words, WORDS);
    if wish.request_key.is_empty() || wish.request_key.chars().count() > KEY {
        faults.push(FieldFault {
            field: "request_key",
            message: "表单已失效;请重新打开“报告涉电违法”页".to_owned(),
        });
    }
    if !faults.is_empty() {
        return Err(OfficeError::Invalid(faults));
    }
    Ok(NewOffence {
        kind: wish.kind,
        county: wish.county,
        place,
        found_at: wish.found_at,
        words,
        project: wish.project,
        large_works: wish.large_works,
        request_key: wish.request_key,
    })
}

/// Words without the blanks around them; a fault where they are too short or too long to read.
fn fit(
    faults: &mut Vec<FieldFault>,
    field: &'static str,
    name: &str,
    text: &str,
    most: usize,
) -> String {
    let text = text.trim();
    let length = text.chars().count();
    if !(2..=most).contains(&length) {
        faults.push(FieldFault {
            field,
            message: format!("{name}应为2至{most}字,现为{length}字。"),
        });
    }
    text.to_owned()
}

fn cards(rows: Vec<OffenceRow>) -> Vec<OffenceCard> {
    let card = |row: OffenceRow| page::card(row.offence, row.bureau_name);
    rows.into_iter().map(card).collect()
}

#[cfg(test)]
mod tests;

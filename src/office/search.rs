//! Search over projects, steps, documents and one's own messages.

use super::model::search::{DocumentHit, Hits, SearchKind, SearchPage};
use super::paper::{CODE, read_code, serial_of};
use super::{Actor, FieldFault, Moment, Office, OfficeError};
use crate::statute::division::County;
use crate::statute::paper::PaperKind;
use crate::statute::plan::Plan;
use crate::store::record::{Bureau, Role};
use crate::store::{FoundDocument, Sought, Term};

/// Of each kind, where all are shown.
const FEW: usize = 8;
/// Of one kind, where it is asked for.
const MANY: usize = 100;
/// The most characters of a search.
const TEXT: usize = 80;
/// The most words of a search.
const WORDS: usize = 6;

impl Office {
    /// What `text` finds for this person: officers find what their own bureau decides and the
    /// projects it is part of, everybody only their own messages.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`] for a search that is too long; the store.
    pub async fn search(
        &self,
        actor: &Actor,
        text: &str,
        kind: Option<SearchKind>,
        at: Moment,
    ) -> Result<SearchPage, OfficeError> {
        let reader = self.store.reader();
        let bureaus = reader.bureaus().await?;
        let terms = terms(text, self.plans.current(), &bureaus)?;
        let mut page = SearchPage {
            words: terms.iter().map(|term| term.text.clone()).collect(),
            ..SearchPage::default()
        };
        if terms.is_empty() {
            return Ok(page);
        }
        let limit = if kind.is_some() { MANY } else { FEW };
        let sought = Sought {
            terms,
            bureau: match actor.role {
                Role::Officer { bureau } => Some(bureau),
                Role::Company
                | Role::GovernmentOffice
                | Role::DeputyMayor
                | Role::Administrator => None,
            },
            limit: u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1),
        };
        let wanted = |one| kind.is_none_or(|kind| kind == one);
        // Side by side: each has a reader of its own.
        let projects = async {
            match wanted(SearchKind::Projects) {
                true => reader.search_projects(&sought).await,
                false => Ok(Vec::new()),
            }
        };
        let steps = async {
            match wanted(SearchKind::Steps) {
                true => reader.search_steps(&sought).await,
                false => Ok(Vec::new()),
            }
        };
        let documents = async {
            match wanted(SearchKind::Documents) {
                true => reader.search_documents(&sought).await,
                false => Ok(Vec::new()),
            }
        };
        let messages = async {
            match wanted(SearchKind::Messages) {
                true => reader.search_messages(actor.id, &sought).await,
                false => Ok(Vec::new()),
            }
        };
        let (projects, steps, documents, messages) =
            tokio::try_join!(projects, steps, documents, messages)?;
        page.projects = Hits::of(projects, limit);
        let steps = Hits::of(steps, limit);
        page.steps = Hits {
            rows: self.cards(steps.rows, at.today).await?,
            more: steps.more,
        };
        let documents = Hits::of(documents, limit);
        let mut rows = Vec::with_capacity(documents.rows.len());
        for found in documents.rows {
            rows.extend(hit(found, self.plans.current(), &bureaus));
        }
        page.documents = Hits {
            rows,
            more: documents.more,
        };
        let messages = Hits::of(messages, limit);
        page.messages = Hits {
            rows: messages.rows.into_iter().map(super::inbox::line).collect(),
            more: messages.more,
        };
        Ok(page)
    }
}

fn hit(found: FoundDocument, plan: &Plan, bureaus: &[Bureau]) -> Option<DocumentHit> {
    let step = plan.step(found.step.as_str())?;
    let bureau = bureaus.iter().find(|bureau| bureau.id == found.bureau)?;
    Some(DocumentHit {
        id: found.id,
        title: found.kind.title(step).to_owned(),
        serial: serial_of(&bureau.name, found.year, found.number),
        filing: found.filing,
        step_name: step.name.clone(),
        county: found.county,
        project: found.project,
        project_name: found.project_name,
    })
}

/// The words of a search, each with what it is a part of the name of.
fn terms(text: &str, plan: &Plan, bureaus: &[Bureau]) -> Result<Vec<Term>, OfficeError> {
    let wrong = |message: String| {
        OfficeError::Invalid(vec![FieldFault {
            field: "q",
            message,
        }])
    };
    let length = text.chars().count();
    if length > TEXT {
        return Err(wrong(format!(
            "搜索词最多{TEXT}个字，现为{length}个；请缩短。"
        )));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > WORDS {
        return Err(wrong(format!(
            "最多搜索{WORDS}个词，现为{}个；请减少。",
            words.len()
        )));
    }
    Ok(words
        .into_iter()
        .map(|word| term(word, plan, bureaus))
        .collect())
}

fn term(word: &str, plan: &Plan, bureaus: &[Bureau]) -> Term {
    let named = |name: &str| name.contains(word);
    let titled = |kind: &PaperKind| plan.steps.iter().any(|step| named(kind.title(step)));
    Term {
        text: word.to_owned(),
        steps: plan
            .steps
            .iter()
            .filter(|step| named(&step.name))
            .map(|step| step.id.clone())
            .collect(),
        bureaus: bureaus
            .iter()
            .filter(|bureau| named(&bureau.name))
            .map(|bureau| bureau.id)
            .collect(),
        counties: County::ALL
            .into_iter()
            .filter(|county| named(county.name()))
            .collect(),
        kinds: PaperKind::ALL.into_iter().filter(titled).collect(),
        number: number(word),
        code: Some(read_code(word)).filter(|code| code.len() == CODE),
    }
}

/// 12, 第12号, 12号, 2026, 〔2026〕.
fn number(word: &str) -> Option<i32> {
    let bare = word.trim_start_matches(['第', '〔', '[', '（', '(']);
    let bare = bare.trim_end_matches(['号', '〕', ']', '）', ')', '年']);
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| bare.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;

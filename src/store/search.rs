//! What a search finds: projects, steps, documents, messages.
//!
//! # Why
//! Chinese is written without blanks, so what is searched for is a part of a text and not a word;
//! the two databases' own text indexes know no Chinese words, and the one that indexes any three
//! characters finds no word of two. What people search for names a project, a step, a bureau, a
//! number: the last three are matched against the few names that there are before the database is
//! asked, and stand in it as keys. Project names are looked through (10,000 in some 3 ms); from
//! those that match, an index leads to their steps and documents. Measured: docs/performance.md.

use entity::message;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Value};

use super::error::StoreError;
use super::ids::{BureauId, DocumentId, FilingId, PersonId, ProjectId};
use super::like;
use super::list::ListRow;
use super::messages::{self, Message};
use super::packed;
use super::{Reader, row, sql_with};
use crate::statute::division::County;
use crate::statute::paper::PaperKind;
use crate::statute::plan::StepId;

/// One word that is searched for, and whatever it is a part of the name of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    /// As it was typed.
    pub text: String,
    /// The steps that it names.
    pub steps: Vec<StepId>,
    /// The bureaus that it names.
    pub bureaus: Vec<BureauId>,
    /// The counties that it names.
    pub counties: Vec<County>,
    /// The kinds of documents that it names.
    pub kinds: Vec<PaperKind>,
    /// The number or year that it may be: 12, 第12号, 〔2026〕.
    pub number: Option<i32>,
    /// The document's code that it may be, as codes are stored.
    pub code: Option<String>,
}

impl Term {
    /// Whether it can only be a part of a project's name or code.
    fn is_text(&self) -> bool {
        self.steps.is_empty() && self.bureaus.is_empty() && self.counties.is_empty()
    }
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// All of them must be found.
    pub terms: Vec<Term>,
    /// Only what this bureau decides.
    pub bureau: Option<BureauId>,
    /// At most so many of each.
    pub limit: u64,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDocument {
    /// The row.
    pub id: DocumentId,
    /// Its kind.
    pub kind: PaperKind,
    /// Who issued it.
    pub bureau: BureauId,
    /// The year of its number.
    pub year: i32,
    /// Its number.
    pub number: u32,
    /// What anybody can check it by.
    pub code: String,
    /// Its step.
    pub filing: FilingId,
    /// Which step that is.
    pub step: StepId,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
}

/// A project that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProject {
    /// The row.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its platform code, where known.
    pub code: Option<String>,
    /// The day it was entered.
    pub created_on: chrono::NaiveDate,
}

/// SQL in the making.
struct Asking {
    backend: DbBackend,
    values: Vec<Value>,
}

impl Asking {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// `column` holds `text` somewhere, whatever the case of Latin letters.
    fn holds(&mut self, columns: &[&str], text: &str) -> String {
        let mark = self.bind(like::pattern(text));
        like::holds(self.backend, columns, text, &mark)
    }

    fn among<V: Into<Value>>(
        &mut self,
        column: &str,
        keys: impl IntoIterator<Item = V>,
    ) -> Option<String> {
        let marks: Vec<String> = keys.into_iter().map(|key| self.bind(key)).collect();
        (!marks.is_empty()).then(|| format!("{column} IN ({})", marks.join(", ")))
    }

    /// What each term asks of a step `f` and its project `p`. Terms that only a project can bear
    /// lead through the projects that do.
    fn of_step(
        &mut self,
        terms: &[Term],
        more: impl Fn(&mut Self, &Term) -> Vec<String>,
    ) -> String {
        let mut all = Vec::new();
        let mut led = Vec::new();
        for term in terms {
            let mut any = more(self, term);
            if term.is_text() && any.is_empty() {
                led.push(self.holds(&["q.name", "q.code"], &term.text));
                continue;
            }
            // Asked of each project once, and not of each of its steps.
            let named = self.holds(&["q.name", "q.code"], &term.text);
            any.push(format!(
                "f.project_id IN (SELECT q.id FROM project q WHERE {named})"
            ));
            let steps = term.steps.iter().map(StepId::as_str);
            any.extend(self.among("f.step", steps));
            any.extend(self.among("f.bureau_id", term.bureaus.iter().map(|id| id.0)));
            let counties = term.counties.iter().map(|county| county.code());
            any.extend(self.among("f.county", counties));
            all.push(format!("({})", any.join(" OR ")));
        }
        if !led.is_empty() {
            all.push(format!(
                "f.project_id IN (SELECT q.id FROM project q WHERE {})",
                led.join(" AND ")
            ));
        }
        all.join(" AND ")
    }
}

impl Reader {
    fn asking(&self) -> Asking {
        Asking {
            backend: self.db.get_database_backend(),
            values: Vec::new(),
        }
    }

    /// Projects whose name or code holds every term, the newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn search_projects(&self, sought: &Sought) -> Result<Vec<FoundProject>, StoreError> {
        let mut ask = self.asking();
        let mut all: Vec<String> = sought
            .terms
            .iter()
            .map(|term| ask.holds(&["p.name", "p.code"], &term.text))
            .collect();
        if let Some(bureau) = sought.bureau {
            let mark = ask.bind(bureau.0);
            all.push(format!(
                "EXISTS (SELECT 1 FROM filing f WHERE f.project_id = p.id AND f.bureau_id = {mark})"
            ));
        }
        let text = format!(
            "SELECT p.id, p.name, p.code, p.created_on FROM project p WHERE {} \
             ORDER BY p.id DESC LIMIT {}",
            all.join(" AND "),
            sought.limit
        );
        let rows = self.db.query_all_raw(sql_with(&self.db, text, ask.values));
        rows.await?
            .iter()
            .map(|row| {
                Ok(FoundProject {
                    id: ProjectId(row.try_get("", "id")?),
                    name: row.try_get("", "name")?,
                    code: row.try_get("", "code")?,
                    created_on: row.try_get("", "created_on")?,
                })
            })
            .collect()
    }

    /// Steps for which every term is in the project's name or code, or names the step, its bureau
    /// or its county; open ones first, those due earliest before the others.
    ///
    /// # Errors
    /// The database.
    pub async fn search_steps(&self, sought: &Sought) -> Result<Vec<ListRow>, StoreError> {
        let mut ask = self.asking();
        let mut condition = ask.of_step(&sought.terms, |_, _| Vec::new());
        condition.push_str(" AND f.standing = 'current'");
        if let Some(bureau) = sought.bureau {
            let mark = ask.bind(bureau.0);
            condition.push_str(&format!(" AND f.bureau_id = {mark}"));
        }
        // The keys alone are sorted: on PostgreSQL whole rows would be made of all that match.
        let text = format!(
            "SELECT f.id FROM filing f WHERE {condition} \
             ORDER BY CASE WHEN f.decided_on IS NULL THEN 0 ELSE 1 END, \
             CASE WHEN f.red_on IS NULL THEN 1 ELSE 0 END, f.red_on, f.id LIMIT {}",
            sought.limit
        );
        let found = self.db.query_all_raw(sql_with(&self.db, text, ask.values));
        let ids = found
            .await?
            .iter()
            .map(|row| Ok(FilingId(row.try_get("", "id")?)))
            .collect::<Result<Vec<FilingId>, StoreError>>()?;
        let mut rows = packed::rows_of(&self.db, &ids).await?;
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.filing.id));
        Ok(rows)
    }

    /// Documents whose number, year, kind or code the terms name, or whose step they do; the
    /// newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn search_documents(
        &self,
        sought: &Sought,
    ) -> Result<Vec<FoundDocument>, StoreError> {
        let mut ask = self.asking();
        let mut condition = ask.of_step(&sought.terms, |ask, term| {
            let mut any = Vec::new();
            any.extend(ask.among("d.kind", term.kinds.iter().map(|kind| kind.code())));
            if let Some(number) = term.number {
                let mark = ask.bind(number);
                any.push(format!("d.number = {mark} OR d.year = {mark}"));
            }
            if let Some(code) = &term.code {
                let mark = ask.bind(code.as_str());
                any.push(format!("d.code = {mark}"));
            }
            any
        });
        if let Some(bureau) = sought.bureau {
            let mark = ask.bind(bureau.0);
            condition.push_str(&format!(" AND f.bureau_id = {mark}"));
        }
        let text = format!(
            "SELECT d.id, d.kind, d.bureau_id, d.year, d.number, d.code, d.filing_id, f.step, \
             f.county, f.project_id, p.name FROM document d JOIN filing f ON f.id = d.filing_id \
             JOIN project p ON p.id = f.project_id WHERE {condition} \
             ORDER BY d.id DESC LIMIT {}",
            sought.limit
        );
        let rows = self.db.query_all_raw(sql_with(&self.db, text, ask.values));
        rows.await?.iter().map(document).collect()
    }

    /// A person's own messages that hold every term, the newest first.
    ///
    /// # Errors
    /// The database.
    pub async fn search_messages(
        &self,
        person: PersonId,
        sought: &Sought,
    ) -> Result<Vec<Message>, StoreError> {
        let mut ask = self.asking();
        let mark = ask.bind(person.0);
        let mut all = vec![format!("m.person_id = {mark}")];
        for term in &sought.terms {
            all.push(ask.holds(&["m.subject", "m.body"], &term.text));
        }
        let text = format!(
            "SELECT m.* FROM message m WHERE {} ORDER BY m.id DESC LIMIT {}",
            all.join(" AND "),
            sought.limit
        );
        let rows = self.db.query_all_raw(sql_with(&self.db, text, ask.values));
        rows.await?
            .iter()
            .map(|row| Ok(messages::read(message::Model::from_query_result(row, "")?)))
            .collect()
    }
}

fn document(found: &QueryResult) -> Result<FoundDocument, StoreError> {
    let id: i64 = found.try_get("", "id")?;
    let kind: String = found.try_get("", "kind")?;
    let county: String = found.try_get("", "county")?;
    let number: i32 = found.try_get("", "number")?;
    let step: String = found.try_get("", "step")?;
    let filing: i64 = found.try_get("", "filing_id")?;
    Ok(FoundDocument {
        id: DocumentId(id),
        kind: PaperKind::from_code(&kind).ok_or(StoreError::Inconsistent {
            table: "document",
            column: "kind",
            id,
            found: kind,
            expected: "a kind of document",
        })?,
        bureau: BureauId(found.try_get("", "bureau_id")?),
        year: found.try_get("", "year")?,
        number: u32::try_from(number).unwrap_or_default(),
        code: found.try_get("", "code")?,
        filing: FilingId(filing),
        step: StepId(step),
        county: row::county("filing", filing, &county)?,
        project: ProjectId(found.try_get("", "project_id")?),
        project_name: found.try_get("", "name")?,
    })
}

//! A document (文书) in words, as every format prints it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::statute::paper::PaperKind;
use crate::store::{Delivery, DocumentId, FilingId, ProjectId};

/// The words of one document, made from the ledger and from nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// 受理通知书 and so on.
    pub title: String,
    /// Its number: issuing bureau, year, number.
    pub serial: String,
    /// Whom it addresses.
    pub to: String,
    /// What it says, a paragraph each.
    pub body: Vec<String>,
    /// What it lists, numbered.
    pub items: Vec<String>,
    /// What it says after the list.
    pub after: Vec<String>,
    /// Its table, where it is a form: name and content.
    pub fields: Vec<(String, String)>,
    /// Who signs.
    pub signed: String,
    /// The date in words.
    pub dated: String,
    /// What anybody can check it by, in groups of four.
    pub code: String,
}

/// A document with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPage {
    /// The document as its step lists it.
    pub line: PaperLine,
    /// Whose ledger made it.
    pub filing: FilingId,
    /// Its words.
    pub paper: Paper,
}

/// A document in a step's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// The document.
    pub id: DocumentId,
    /// Which.
    pub kind: PaperKind,
    /// Its title.
    pub title: String,
    /// Its number in words.
    pub serial: String,
    /// The entry that made it.
    pub seq: u32,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// How it reached the applicant.
    pub delivery: Option<Delivery>,
    /// For decisions: the last day on which it may be delivered.
    pub deliver_by: Option<NaiveDate>,
    /// True where this person may record the delivery now.
    pub may_deliver: bool,
    /// True: the entry that made it has been corrected (更正), so it no longer holds.
    pub corrected: bool,
}

/// What anybody learns of a document by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPaper {
    /// Its title.
    pub title: String,
    /// Its number in words.
    pub serial: String,
    /// The project's name.
    pub project: String,
    /// The step's name.
    pub step: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The code, in groups of four.
    pub code: String,
    /// The project.
    pub project_id: ProjectId,
    /// True: the entry that made it has been corrected (更正), so it no longer holds.
    pub corrected: bool,
}

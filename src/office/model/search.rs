//! What a search finds.

use super::filing::FilingCard;
use super::supervision::MessageLine;
use crate::statute::division::County;
use crate::store::{DocumentId, FilingId, ProjectId};

pub use crate::store::FoundProject as ProjectHit;

/// What can be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchKind {
    /// Projects.
    Projects,
    /// Steps of projects.
    Steps,
    /// Documents (文书).
    Documents,
    /// One's own messages.
    Messages,
}

impl SearchKind {
    /// All, in the page's order.
    pub const ALL: [SearchKind; 4] = [
        SearchKind::Projects,
        SearchKind::Steps,
        SearchKind::Documents,
        SearchKind::Messages,
    ];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            SearchKind::Projects => "projects",
            SearchKind::Steps => "steps",
            SearchKind::Documents => "documents",
            SearchKind::Messages => "messages",
        }
    }

    /// The kind of that word.
    pub fn from_code(code: &str) -> Option<SearchKind> {
        SearchKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What was found of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits<T> {
    /// The first of them.
    pub rows: Vec<T>,
    /// Whether there are more.
    pub more: bool,
}

impl<T> Default for Hits<T> {
    fn default() -> Hits<T> {
        Hits {
            rows: Vec::new(),
            more: false,
        }
    }
}

impl<T> Hits<T> {
    /// The first `limit` of what was found.
    pub fn of(mut rows: Vec<T>, limit: usize) -> Hits<T> {
        let more = rows.len() > limit;
        rows.truncate(limit);
        Hits { rows, more }
    }
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentHit {
    /// The document.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Its number in words.
    pub serial: String,
    /// Its step.
    pub filing: FilingId,
    /// The step's name.
    pub step_name: String,
    /// The county, for county steps.
    pub county: Option<County>,
    /// The project.
    pub project: ProjectId,
    /// Its name.
    pub project_name: String,
}

/// The page of a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchPage {
    /// The words that were searched for; none: nothing was asked.
    pub words: Vec<String>,
    /// Projects, the newest first.
    pub projects: Hits<ProjectHit>,
    /// Steps, open ones first.
    pub steps: Hits<FilingCard>,
    /// Documents, the newest first.
    pub documents: Hits<DocumentHit>,
    /// Messages, the newest first.
    pub messages: Hits<MessageLine>,
}

impl SearchPage {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.projects.rows.is_empty()
            && self.steps.rows.is_empty()
            && self.documents.rows.is_empty()
            && self.messages.rows.is_empty()
    }
}

//! The view words it: typed contexts for Tera templates, one function a template, and the one
//! lexicon ([`words`]). No queries, no HTTP.
//!
//! # Why
//! Templates are embedded and parsed once; each gets a context built here from the office's read
//! models, with dates and counts already in words, so that a template never reckons anything.
//! `samples` holds data for every template and a test renders them all.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::office::{Actor, Version};
use crate::statute::calendar::Calendar;

mod act;
mod board;
mod card;
mod catalogue;
mod channels;
mod commitments;
mod coordination;
mod corrections;
mod date;
mod delegations;
mod deliveries;
mod embedded;
mod exports;
mod facts;
mod figures;
pub mod form;
mod home;
mod inbox;
mod late;
mod list;
mod materials;
mod matter;
mod monthly;
mod moves;
mod new_project;
mod notices;
mod offence;
mod offences;
mod pages;
mod paper;
mod people;
mod proceedings;
mod project;
mod register;
mod route;
mod runs;
mod search;
mod section;
mod shell;
mod step;
mod supervision;
mod timeline;
mod whatif;
pub mod words;
mod year;

pub use channels::Fresh;
pub use exports::Progress;
pub use figures::definitions;

/// A template that does not load or render: a fault of the program, for the log only.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// An embedded template is no UTF-8 text.
    #[error("template {0} is not UTF-8")]
    NotText(String),
    /// The templates do not parse.
    #[error("templates do not load: {0}")]
    Load(#[source] tera::Error),
    /// A template and its context do not fit.
    #[error("template {template} does not render: {source}")]
    Render {
        /// The template.
        template: &'static str,
        /// What Tera says.
        #[source]
        source: tera::Error,
    },
}

/// What every page shows around its own matter.
#[derive(Debug, Clone)]
pub struct Shell<'a> {
    /// Who is looking.
    pub actor: &'a Actor,
    /// The session's token for forms.
    pub csrf: &'a str,
    /// The Asia/Shanghai day.
    pub today: NaiveDate,
    /// What was just done, in Chinese: shown once.
    pub notice: Option<String>,
    /// How many of the person's messages are new.
    pub unread: u64,
    /// How far things had come when the page was made: the page then follows what changes.
    pub live: Option<Version>,
}

/// The login page, before there is a session.
#[derive(Debug, Clone, Serialize)]
pub struct LoginPage {
    /// The token for the form.
    pub csrf: String,
    /// The login name as typed.
    pub login: String,
    /// Why the last try failed, in Chinese.
    pub error: Option<String>,
}

/// What went wrong, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// One line.
    pub title: String,
    /// What happened and what to do.
    pub detail: String,
    /// The rule with its source, where a rule refused.
    pub rule: Option<String>,
    /// Where to go back to; `None`: the home page.
    pub back: Option<String>,
}

/// The parsed templates. Cheap to clone.
#[derive(Clone)]
pub struct View {
    tera: Arc<tera::Tera>,
    assets: Arc<str>,
    calendar: Arc<dyn Fn() -> Arc<Calendar> + Send + Sync>,
}

impl View {
    /// Parses all embedded templates.
    ///
    /// # Errors
    /// A template that does not parse.
    pub fn load() -> Result<View, ViewError> {
        Ok(View {
            tera: Arc::new(embedded::parse()?),
            assets: embedded::version().into(),
            calendar: {
                let embedded = Arc::new(Calendar::official().clone());
                Arc::new(move || Arc::clone(&embedded))
            },
        })
    }

    /// The same with a way to the calendar in force, so that pages name today and mark provisional
    /// days as the clock does. It is asked anew for each page, since a notice can be entered while
    /// the server runs. Without it the embedded notices hold.
    #[must_use]
    pub fn with_calendar(self, calendar: Arc<dyn Fn() -> Arc<Calendar> + Send + Sync>) -> View {
        View { calendar, ..self }
    }

    /// The version that stands in the addresses of static files.
    pub fn assets(&self) -> &str {
        &self.assets
    }

    fn calendar_in_force(&self) -> Arc<Calendar> {
        (self.calendar)()
    }
}

#[cfg(test)]
mod tests;

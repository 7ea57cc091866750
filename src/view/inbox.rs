//! The inbox: what the program has told one, the newest first.

use serde::Serialize;

use super::date::{Day, instant};
use super::list::query;
use super::{Shell, View, ViewError};
use crate::office::InboxQuery;
use crate::office::model::supervision::{Inbox, MessageLine};

/// One message.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    id: i64,
    subject: String,
    body: String,
    on: Day,
    at: String,
    fresh: bool,
}

impl Line {
    pub(super) fn of(message: &MessageLine) -> Line {
        Line {
            id: message.id.0,
            subject: message.subject.clone(),
            body: message.body.clone(),
            on: Day::of(message.belongs_on),
            at: instant(message.at),
            fresh: message.fresh,
        }
    }
}

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    new_only: bool,
    fresh: u64,
    rows: Vec<Line>,
    /// The newest message shown: what is marked read at once goes up to it.
    newest: Option<i64>,
    total: u64,
    first: Option<String>,
    next: Option<String>,
}

pub(super) fn page(asked: &InboxQuery, inbox: &Inbox) -> Page {
    let address = |after: Option<&str>| {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        if asked.new_only {
            pairs.push(("show", "new"));
        }
        pairs.extend(after.map(|after| ("after", after)));
        query("/inbox", &pairs)
    };
    Page {
        new_only: asked.new_only,
        fresh: inbox.fresh,
        newest: inbox.page.rows.first().map(|row| row.id.0),
        rows: inbox.page.rows.iter().map(Line::of).collect(),
        total: inbox.page.total,
        first: asked.after.as_ref().map(|_| address(None)),
        next: inbox.page.next.as_deref().map(|after| address(Some(after))),
    }
}

impl View {
    /// One's own messages.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn inbox(
        &self,
        shell: &Shell<'_>,
        query: &InboxQuery,
        inbox: &Inbox,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/inbox.html",
            Some((shell, "/inbox")),
            "消息",
            page(query, inbox),
        )
    }
}

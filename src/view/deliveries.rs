//! What could not be sent, and how each way out of the house stands.

use serde::Serialize;

use super::date::instant;
use super::list::query;
use super::{Shell, View, ViewError, words};
use crate::office::model::delivery::{DeliveriesPage, WayHere};
use crate::office::{DeadRow, ParcelState, Way};

/// One dead parcel.
#[derive(Debug, Serialize)]
struct Line {
    id: i64,
    person: i64,
    name: String,
    way: &'static str,
    subject: String,
    more: u64,
    digest: bool,
    attempts: u32,
    written: String,
    dead: String,
    why: String,
}

impl Line {
    fn of(row: &DeadRow) -> Line {
        Line {
            id: row.id.0,
            person: row.person.0,
            name: row.name.clone(),
            way: words::way(row.way),
            subject: row.subject.clone(),
            more: row.messages.saturating_sub(1),
            digest: row.digest,
            attempts: row.attempts,
            written: instant(row.created_at),
            dead: instant(row.settled_at),
            why: row.error.clone(),
        }
    }
}

/// How a way stands.
#[derive(Debug, Serialize)]
struct WayLine {
    name: &'static str,
    open: bool,
    words: String,
    waiting: u64,
    gathering: u64,
}

fn way(here: &WayHere) -> WayLine {
    let of = |state: ParcelState| {
        let own = here.counts.iter().find(|(of, _)| *of == state);
        own.map_or(0, |(_, n)| *n)
    };
    let open = match (here.way, &here.from) {
        (Way::Mail, Some(from)) => format!("发件地址 {from}"),
        _ => "由系统管理员逐人设置回调地址".to_owned(),
    };
    WayLine {
        name: words::way(here.way),
        open: here.shut.is_none(),
        words: here.shut.map_or(open, |shut| words::shut(shut).to_owned()),
        waiting: of(ParcelState::Due) + of(ParcelState::Claimed),
        gathering: of(ParcelState::Gathering),
    }
}

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    ways: Vec<WayLine>,
    rows: Vec<Line>,
    total: u64,
    first: Option<&'static str>,
    next: Option<String>,
}

pub(super) fn page(found: &DeliveriesPage, later: bool) -> Page {
    Page {
        ways: found.ways.iter().map(way).collect(),
        rows: found.dead.rows.iter().map(Line::of).collect(),
        total: found.dead.total,
        first: later.then_some("/deliveries"),
        next: found
            .dead
            .next
            .as_deref()
            .map(|after| query("/deliveries", &[("after", after)])),
    }
}

impl View {
    /// What could not be sent; `later`: it is not the first page.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn deliveries(
        &self,
        shell: &Shell<'_>,
        found: &DeliveriesPage,
        later: bool,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/deliveries.html",
            Some((shell, "/deliveries")),
            "消息投递",
            page(found, later),
        )
    }
}

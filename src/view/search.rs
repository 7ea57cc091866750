//! What a search finds.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::Card;
use super::date::Day;
use super::inbox::Line as Message;
use super::list::query;
use super::{Shell, View, ViewError};
use crate::office::model::search::{DocumentHit, Hits, ProjectHit, SearchKind, SearchPage};

/// A piece of a text, and whether it is what was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    hit: bool,
}

/// The text in pieces, so that the template can mark what was found.
fn marked(text: &str, words: &[String]) -> Vec<Piece> {
    let folded = text.to_ascii_lowercase();
    let mut hit = vec![false; text.len()];
    for word in words.iter().map(|word| word.to_ascii_lowercase()) {
        for (at, found) in folded.match_indices(&word) {
            if let Some(bytes) = hit.get_mut(at..at + found.len()) {
                bytes.fill(true);
            }
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, letter) in text.char_indices() {
        let hit = hit.get(at).copied().unwrap_or_default();
        match pieces.last_mut().filter(|piece| piece.hit == hit) {
            Some(piece) => piece.text.push(letter),
            None => pieces.push(Piece {
                text: letter.to_string(),
                hit,
            }),
        }
    }
    pieces
}

#[derive(Debug, Serialize)]
struct Project {
    id: i64,
    name: Vec<Piece>,
    code: Option<String>,
    created: Day,
}

impl Project {
    fn of(hit: &ProjectHit, words: &[String]) -> Project {
        Project {
            id: hit.id.0,
            name: marked(&hit.name, words),
            code: hit.code.clone(),
            created: Day::of(hit.created_on),
        }
    }
}

#[derive(Debug, Serialize)]
struct Document {
    id: i64,
    title: Vec<Piece>,
    serial: Vec<Piece>,
    filing: i64,
    /// As a step's name is drawn: name and county.
    name: String,
    county: Option<&'static str>,
    project: i64,
    project_name: Vec<Piece>,
}

impl Document {
    fn of(hit: &DocumentHit, words: &[String]) -> Document {
        Document {
            id: hit.id.0,
            title: marked(&hit.title, words),
            serial: marked(&hit.serial, words),
            filing: hit.filing.0,
            name: hit.step_name.clone(),
            county: hit.county.map(|county| county.name()),
            project: hit.project.0,
            project_name: marked(&hit.project_name, words),
        }
    }
}

/// One kind of what can be found.
#[derive(Debug, Serialize)]
struct Tab {
    word: &'static str,
    href: String,
    current: bool,
}

/// Of one kind: its name, its rows, and where the rest is.
#[derive(Debug, Serialize)]
struct Group<T> {
    rows: Vec<T>,
    /// All of this kind, where only the first are shown.
    all: Option<String>,
    /// Even that would not be all.
    cut: bool,
}

/// The page's matter.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    typed: String,
    kind: Option<&'static str>,
    asked: bool,
    empty: bool,
    tabs: Vec<Tab>,
    projects: Group<Project>,
    steps: Group<Card>,
    documents: Group<Document>,
    messages: Group<Message>,
}

fn word(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Projects => "项目",
        SearchKind::Steps => "事项",
        SearchKind::Documents => "文书",
        SearchKind::Messages => "消息",
    }
}

fn address(typed: &str, kind: Option<SearchKind>) -> String {
    let mut pairs = vec![("q", typed)];
    pairs.extend(kind.map(|kind| ("kind", kind.code())));
    query("/search", &pairs)
}

fn page(typed: &str, kind: Option<SearchKind>, found: &SearchPage, today: NaiveDate) -> Page {
    let words = found.words.as_slice();
    let all =
        |one: SearchKind, more: bool| (more && kind.is_none()).then(|| address(typed, Some(one)));
    fn group<T, R>(hits: &Hits<T>, all: Option<String>, line: impl Fn(&T) -> R) -> Group<R> {
        Group {
            rows: hits.rows.iter().map(line).collect(),
            cut: hits.more && all.is_none(),
            all,
        }
    }
    let tabs = std::iter::once(Tab {
        word: "全部",
        href: address(typed, None),
        current: kind.is_none(),
    });
    let tabs = tabs.chain(SearchKind::ALL.into_iter().map(|one| Tab {
        word: word(one),
        href: address(typed, Some(one)),
        current: kind == Some(one),
    }));
    Page {
        typed: typed.to_owned(),
        kind: kind.map(SearchKind::code),
        asked: !words.is_empty(),
        empty: found.is_empty(),
        tabs: tabs.collect(),
        projects: group(
            &found.projects,
            all(SearchKind::Projects, found.projects.more),
            |hit| Project::of(hit, words),
        ),
        steps: group(
            &found.steps,
            all(SearchKind::Steps, found.steps.more),
            |card| Card::of(card, today),
        ),
        documents: group(
            &found.documents,
            all(SearchKind::Documents, found.documents.more),
            |hit| Document::of(hit, words),
        ),
        messages: group(
            &found.messages,
            all(SearchKind::Messages, found.messages.more),
            Message::of,
        ),
    }
}

impl View {
    /// What a search finds.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn search(
        &self,
        shell: &Shell<'_>,
        typed: &str,
        kind: Option<SearchKind>,
        found: &SearchPage,
    ) -> Result<String, ViewError> {
        self.render(
            "pages/search.html",
            Some((shell, "/search")),
            "搜索",
            page(typed, kind, found, shell.today),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_marked_and_nothing_is_lost() {
        let words = ["线路".to_owned(), "KV".to_owned(), "路".to_owned()];
        let pieces = marked("桥北66kv线路工程", &words);
        let hits: Vec<&str> = pieces.iter().filter(|p| p.hit).map(|p| &*p.text).collect();
        assert_eq!(hits, ["kv线路"]);
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(whole, "桥北66kv线路工程");
        assert_eq!(marked("", &words), []);
    }
}

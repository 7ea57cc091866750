//! The board (督查看板): tiles, breakdown, picture, filters and list of one answer.

use chrono::NaiveDate;
use serde::Serialize;

use super::card::Card;
use super::list::{Choice, query};
use super::words;
use crate::office::model::board::BoardChoices;
use crate::office::model::{Board, BoardGroup, BoardLamp, Dimension, GroupKey};
use crate::office::{BoardQuery, Counts, Place};

/// The length of the longest bar, in units of the picture.
const BAR: u64 = 1600;

/// The parts of a bar from left to right, and the code of each one's look.
const PARTS: [(&str, BoardLamp); 6] = [
    ("red", BoardLamp::Red),
    ("yellow", BoardLamp::Yellow),
    ("green", BoardLamp::Green),
    ("paused", BoardLamp::Paused),
    ("waiting", BoardLamp::Waiting),
    ("untimed", BoardLamp::Untimed),
];

/// The address of the board as it is asked for.
pub(super) fn href(asked: &BoardQuery) -> String {
    let filter = &asked.filter;
    let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let fields = [
        (
            "by",
            match asked.by {
                Dimension::Bureau => String::new(),
                other => other.code().to_owned(),
            },
        ),
        ("lamp", asked.lamp.map_or("", BoardLamp::code).to_owned()),
        ("bureau", number(filter.bureau.map(|id| id.0))),
        ("county", filter.place.map_or("", place_code).to_owned()),
        (
            "step",
            filter
                .step
                .as_ref()
                .map_or("", |step| step.as_str())
                .to_owned(),
        ),
        ("company", number(filter.company.map(|id| id.0))),
        ("project", number(filter.project.map(|id| id.0))),
        ("groups", asked.groups_after.clone().unwrap_or_default()),
        ("after", asked.after.clone().unwrap_or_default()),
    ];
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    query("/board", &pairs)
}

fn place_code(place: Place) -> &'static str {
    match place {
        Place::City => "city",
        Place::In(county) => county.code(),
    }
}

/// The same with another lamp; the list begins anew, the breakdown stays.
fn with_lamp(asked: &BoardQuery, lamp: Option<BoardLamp>) -> BoardQuery {
    BoardQuery {
        lamp,
        after: None,
        ..asked.clone()
    }
}

/// The same with another filter; everything begins anew.
fn narrowed(asked: &BoardQuery, change: impl FnOnce(&mut BoardQuery)) -> BoardQuery {
    let mut next = BoardQuery {
        after: None,
        groups_after: None,
        ..asked.clone()
    };
    change(&mut next);
    next
}

/// The same narrowed to one line of the breakdown.
fn into_group(asked: &BoardQuery, key: &GroupKey) -> BoardQuery {
    narrowed(asked, |next| match key {
        GroupKey::Bureau(id) => next.filter.bureau = Some(*id),
        GroupKey::Place(place) => next.filter.place = Some(*place),
        GroupKey::Step(id) => next.filter.step = Some(id.as_str().into()),
        GroupKey::Company(id) => next.filter.company = Some(*id),
        GroupKey::Project(id) => next.filter.project = Some(*id),
    })
}

fn group_name(group: &BoardGroup) -> String {
    match group.key {
        GroupKey::Place(place) => words::place(place).to_owned(),
        _ => group.name.clone(),
    }
}

/// A number that leads to its list.
#[derive(Debug, Serialize)]
struct Cell {
    code: &'static str,
    shape: &'static str,
    word: &'static str,
    n: u64,
    href: String,
    /// The list below is this one.
    current: bool,
}

fn cell(code: &'static str, lamp: BoardLamp, counts: &Counts, asked: &BoardQuery) -> Cell {
    Cell {
        code,
        shape: words::board_shape(lamp),
        word: words::board_lamp(lamp),
        n: lamp.of(counts),
        href: format!("{}#list", href(&with_lamp(asked, Some(lamp)))),
        current: asked.lamp == Some(lamp),
    }
}

fn cells(counts: &Counts, asked: &BoardQuery) -> Vec<Cell> {
    PARTS
        .into_iter()
        .map(|(code, lamp)| cell(code, lamp, counts, asked))
        .collect()
}

/// A lamp over the whole board, with the parts that it has.
#[derive(Debug, Serialize)]
struct Tile {
    whole: Cell,
    parts: Vec<Cell>,
}

fn tile(whole: Cell, lamp: BoardLamp, counts: &Counts, asked: &BoardQuery) -> Tile {
    let parts: &[BoardLamp] = match lamp {
        BoardLamp::Red => &[BoardLamp::Law],
        BoardLamp::Paused => &[BoardLamp::Suspended, BoardLamp::Correcting],
        BoardLamp::Waiting => &[BoardLamp::Awaiting, BoardLamp::NotStarted],
        _ => &[],
    };
    Tile {
        parts: parts
            .iter()
            .map(|part| cell(whole.code, *part, counts, asked))
            .filter(|part| part.n > 0 || part.current)
            .collect(),
        whole,
    }
}

/// A part of a bar.
#[derive(Debug, Serialize)]
struct Piece {
    code: &'static str,
    word: &'static str,
    n: u64,
    x: u64,
    width: u64,
}

/// The bar of these counts, on a scale on which `most` steps fill it. Red past the law is a part
/// of its own.
fn bar(counts: &Counts, most: u64) -> Vec<Piece> {
    let most = most.max(1);
    let law = BoardLamp::Law.of(counts);
    let mut before = 0;
    let mut pieces = Vec::new();
    let parts = PARTS.into_iter().map(|(code, lamp)| {
        let of_law = if lamp == BoardLamp::Red { law } else { 0 };
        (code, words::board_lamp(lamp), lamp.of(counts) - of_law)
    });
    let law = ("law", words::board_lamp(BoardLamp::Law), law);
    for (code, word, n) in std::iter::once(law).chain(parts) {
        let x = before * BAR / most;
        before += n;
        let width = before * BAR / most - x;
        if width > 0 {
            pieces.push(Piece {
                code,
                word,
                n,
                x,
                width,
            });
        }
    }
    pieces
}

/// One line of the breakdown.
#[derive(Debug, Serialize)]
struct Line {
    name: String,
    href: String,
    cells: Vec<Cell>,
    law: Cell,
    total: u64,
    total_href: String,
    bar: Vec<Piece>,
}

fn lines(groups: &[BoardGroup], asked: &BoardQuery) -> Vec<Line> {
    let most = groups.iter().map(|group| group.counts.open()).max();
    let line = |group: &BoardGroup| {
        let inside = into_group(asked, &group.key);
        let all = with_lamp(&inside, None);
        let marked = |mut cell: Cell| {
            cell.current = false;
            cell
        };
        Line {
            name: group_name(group),
            href: format!("{}#list", href(&inside)),
            cells: cells(&group.counts, &inside)
                .into_iter()
                .map(marked)
                .collect(),
            law: cell("law", BoardLamp::Law, &group.counts, &inside),
            total: group.counts.open(),
            total_href: format!("{}#list", href(&all)),
            bar: bar(&group.counts, most.unwrap_or(1)),
        }
    };
    groups.iter().map(line).collect()
}

/// A way to break the counts down.
#[derive(Debug, Serialize)]
struct Tab {
    word: &'static str,
    href: String,
    current: bool,
}

fn tabs(asked: &BoardQuery) -> Vec<Tab> {
    Dimension::ALL
        .into_iter()
        .map(|by| Tab {
            word: words::dimension(by),
            href: href(&BoardQuery {
                by,
                groups_after: None,
                ..asked.clone()
            }),
            current: asked.by == by,
        })
        .collect()
}

/// One field of the filter.
#[derive(Debug, Serialize)]
struct Select {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

fn select(
    name: &'static str,
    by: Dimension,
    groups: &[BoardGroup],
    chosen: impl Fn(&GroupKey) -> bool,
) -> Select {
    let value = |key: &GroupKey| match key {
        GroupKey::Bureau(id) => id.to_string(),
        GroupKey::Place(place) => place_code(*place).to_owned(),
        GroupKey::Step(id) => id.clone(),
        GroupKey::Company(id) => id.to_string(),
        GroupKey::Project(id) => id.to_string(),
    };
    let mut groups: Vec<&BoardGroup> = groups.iter().collect();
    groups.sort_by(|a, b| a.key.cmp(&b.key));
    Select {
        name,
        label: words::dimension(by),
        choices: groups
            .into_iter()
            .map(|group| Choice {
                value: value(&group.key),
                word: format!("{}（{}）", group_name(group), group.counts.open()),
                chosen: chosen(&group.key),
            })
            .collect(),
    }
}

/// A select is worth its place where there is something to choose or something chosen.
fn selects(asked: &BoardQuery, choices: &BoardChoices, own: bool) -> Vec<Select> {
    let filter = &asked.filter;
    let all = [
        select(
            "bureau",
            Dimension::Bureau,
            &choices.bureaus,
            |key| matches!(key, GroupKey::Bureau(id) if filter.bureau == Some(*id)),
        ),
        select(
            "county",
            Dimension::County,
            &choices.places,
            |key| matches!(key, GroupKey::Place(place) if filter.place == Some(*place)),
        ),
        select("step", Dimension::Step, &choices.steps, |key| {
            let chosen = filter.step.as_ref();
            matches!(key, GroupKey::Step(id) if chosen.is_some_and(|one| one.as_str() == id))
        }),
        select(
            "company",
            Dimension::Company,
            &choices.companies,
            |key| matches!(key, GroupKey::Company(id) if filter.company == Some(*id)),
        ),
    ];
    all.into_iter()
        .filter(|select| !(own && select.name == "bureau"))
        .filter(|select| select.choices.len() > 1 || select.choices.iter().any(|one| one.chosen))
        .collect()
}

/// A filter that holds, with the address of the board without it.
#[derive(Debug, Serialize)]
struct Chip {
    word: String,
    without: String,
}

fn chips(asked: &BoardQuery, board: &Board) -> Vec<Chip> {
    let filter = &asked.filter;
    let named = |groups: &[BoardGroup], key: GroupKey, other: &str| {
        let found = groups.iter().find(|group| group.key == key);
        found.map_or_else(|| other.to_owned(), group_name)
    };
    let choices = &board.choices;
    let without = |change: fn(&mut BoardQuery)| href(&narrowed(asked, change));
    let mut chips = Vec::new();
    let mut chip = |word: String, without: String| chips.push(Chip { word, without });
    if let Some(lamp) = asked.lamp {
        let word = format!("{} {}", words::board_shape(lamp), words::board_lamp(lamp));
        chip(word, href(&with_lamp(asked, None)));
    }
    if let Some(id) = filter.bureau.filter(|_| !board.own) {
        let word = named(&choices.bureaus, GroupKey::Bureau(id), "所选部门");
        chip(word, without(|next| next.filter.bureau = None));
    }
    if let Some(place) = filter.place {
        let word = words::place(place).to_owned();
        chip(word, without(|next| next.filter.place = None));
    }
    if let Some(step) = &filter.step {
        let key = GroupKey::Step(step.as_str().to_owned());
        let word = named(&choices.steps, key, "所选事项");
        chip(word, without(|next| next.filter.step = None));
    }
    if let Some(id) = filter.company {
        let word = named(&choices.companies, GroupKey::Company(id), "所选申报人");
        chip(word, without(|next| next.filter.company = None));
    }
    if filter.project.is_some() {
        let word = board.project_name.clone();
        let word = word.unwrap_or_else(|| "所选项目".to_owned());
        chip(word, without(|next| next.filter.project = None));
    }
    chips
}

/// A value that the filter's form carries along.
#[derive(Debug, Serialize)]
struct Carried {
    name: &'static str,
    value: String,
}

/// The board.
#[derive(Debug, Serialize)]
pub(super) struct BoardPage {
    own: bool,
    /// What is told to who hears the page rather than sees it, after it has changed by itself.
    summary: String,
    tiles: Vec<Tile>,
    total: u64,
    all: String,
    all_current: bool,
    tabs: Vec<Tab>,
    by: &'static str,
    by_company: bool,
    heads: Vec<Cell>,
    lines: Vec<Line>,
    lines_first: Option<String>,
    lines_next: Option<String>,
    lamps: Vec<Choice>,
    selects: Vec<Select>,
    carried: Vec<Carried>,
    chips: Vec<Chip>,
    listed: String,
    rows: Vec<Card>,
    list_total: u64,
    /// The most pressing step, where one is late or nearly so.
    urgent: Option<i64>,
    first: Option<String>,
    next: Option<String>,
}

fn summary(counts: &Counts) -> String {
    let parts = BoardLamp::SIX.map(|lamp| (words::board_lamp(lamp), lamp.of(counts)));
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(word, n)| format!("{word}{n}项"))
        .collect();
    if parts.is_empty() {
        "没有在办事项".to_owned()
    } else {
        parts.join("，")
    }
}

pub(super) fn page(asked: &BoardQuery, board: &Board, today: NaiveDate) -> BoardPage {
    let counts = &board.counts;
    let whole = cells(counts, asked);
    let tiles = PARTS.into_iter().zip(whole);
    let pressing = BoardLamp::Red.of(counts) + BoardLamp::Yellow.of(counts) > 0;
    let begins = asked.after.is_none() && pressing && asked.lamp.is_none_or(presses);
    let turned = |after: Option<&str>| {
        href(&BoardQuery {
            after: after.map(str::to_owned),
            ..asked.clone()
        })
    };
    let turned_groups = |after: Option<&str>| {
        href(&BoardQuery {
            groups_after: after.map(str::to_owned),
            ..asked.clone()
        })
    };
    let carried = [
        ("by", Some(asked.by.code().to_owned())),
        ("project", asked.filter.project.map(|id| id.to_string())),
    ];
    BoardPage {
        own: board.own,
        summary: summary(counts),
        tiles: tiles
            .map(|((_, lamp), whole)| tile(whole, lamp, counts, asked))
            .collect(),
        total: counts.open(),
        all: format!("{}#list", href(&with_lamp(asked, None))),
        all_current: asked.lamp.is_none(),
        tabs: tabs(asked),
        by: words::dimension(asked.by),
        by_company: asked.by == Dimension::Company,
        heads: cells(counts, asked),
        lines: lines(&board.groups, asked),
        lines_first: asked.groups_after.as_ref().map(|_| turned_groups(None)),
        lines_next: board
            .groups_next
            .as_deref()
            .map(|after| turned_groups(Some(after))),
        lamps: BoardLamp::ALL
            .into_iter()
            .map(|lamp| Choice {
                value: lamp.code().to_owned(),
                word: format!("{}（{}）", words::board_lamp(lamp), lamp.of(counts)),
                chosen: asked.lamp == Some(lamp),
            })
            .collect(),
        selects: selects(asked, &board.choices, board.own),
        carried: carried
            .into_iter()
            .filter_map(|(name, value)| {
                Some(Carried {
                    name,
                    value: value?,
                })
            })
            .collect(),
        chips: chips(asked, board),
        listed: asked.lamp.map_or("在办", words::board_lamp).to_owned(),
        rows: Card::all(&board.page.rows, today),
        list_total: board.page.total,
        urgent: board
            .page
            .rows
            .first()
            .filter(|_| begins)
            .map(|card| card.id.0),
        first: asked.after.as_ref().map(|_| turned(None)),
        next: board.page.next.as_deref().map(|after| turned(Some(after))),
    }
}

/// Whether a list under that lamp begins with what presses.
fn presses(lamp: BoardLamp) -> bool {
    matches!(lamp, BoardLamp::Red | BoardLamp::Law | BoardLamp::Yellow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Bucket, BureauId, ProjectId};
    use crate::statute::division::County;

    #[test]
    fn an_address_says_all_that_is_asked_and_nothing_else() {
        assert_eq!(href(&BoardQuery::default()), "/board");
        let mut asked = BoardQuery {
            by: Dimension::Project,
            lamp: Some(BoardLamp::NotStarted),
            after: Some("8:2026-10-13:4".to_owned()),
            ..BoardQuery::default()
        };
        asked.filter.bureau = Some(BureauId(3));
        asked.filter.place = Some(Place::In(County::Huanren));
        asked.filter.step = Some("road-crossing".into());
        asked.filter.project = Some(ProjectId(7));
        assert_eq!(
            href(&asked),
            "/board?by=project&lamp=not-started&bureau=3&county=210522&step=road-crossing\
             &project=7&after=8%3A2026-10-13%3A4"
        );
        let whole = narrowed(&asked, |next| next.filter = Default::default());
        assert_eq!(href(&whole), "/board?by=project&lamp=not-started");
    }

    #[test]
    fn the_pieces_of_a_bar_are_the_counts_and_fill_it() {
        let mut counts = Counts::default();
        for (bucket, n) in Bucket::ALL.into_iter().zip(1..) {
            counts.add(bucket, n);
        }
        let pieces = bar(&counts, counts.open());
        let told: Vec<(&str, u64)> = pieces.iter().map(|piece| (piece.code, piece.n)).collect();
        assert_eq!(
            told,
            [
                ("law", 1),
                ("red", 2),
                ("yellow", 3),
                ("green", 5),
                ("paused", 15),
                ("waiting", 13),
                ("untimed", 6)
            ]
        );
        assert_eq!(
            pieces.iter().map(|piece| piece.n).sum::<u64>(),
            counts.open()
        );
        assert_eq!(pieces.iter().map(|piece| piece.width).sum::<u64>(), BAR);
        assert!(bar(&Counts::default(), 0).is_empty());
        let six = BoardLamp::SIX.map(|lamp| lamp.of(&counts));
        assert_eq!(six.iter().sum::<u64>(), counts.open());
    }
}

//! The board, with every lamp lit.

use crate::office::model::board::{BoardChoices, Dimension, GroupKey};
use crate::office::model::{Board, BoardGroup, Page};
use crate::office::{Bucket, Counts, PersonId, Place, ProjectId};
use crate::statute::division::County;

fn counts(scale: u64) -> Counts {
    let mut counts = Counts::default();
    for (bucket, n) in Bucket::ALL.into_iter().zip([2, 3, 2, 1, 6, 1, 1, 2, 1]) {
        counts.add(bucket, n * scale);
    }
    counts
}

fn group(key: GroupKey, name: &str, scale: u64) -> BoardGroup {
    BoardGroup {
        key,
        name: name.to_owned(),
        counts: counts(scale),
    }
}

fn groups(by: Dimension) -> Vec<BoardGroup> {
    match by {
        Dimension::Bureau => super::bureaus()
            .into_iter()
            .zip([4, 2, 1, 1])
            .map(|(bureau, scale)| group(GroupKey::Bureau(bureau.id), &bureau.name, scale))
            .collect(),
        Dimension::County => [
            (Place::City, 5),
            (Place::In(County::Mingshan), 2),
            (Place::In(County::BenxiCounty), 1),
        ]
        .map(|(place, scale)| group(GroupKey::Place(place), "", scale))
        .to_vec(),
        Dimension::Step => ["planning-permit", "road-crossing"]
            .map(|id| group(GroupKey::Step(id.to_owned()), &super::step(id).name, 4))
            .to_vec(),
        Dimension::Company => vec![
            group(GroupKey::Company(PersonId(1)), "王海", 5),
            group(GroupKey::Company(PersonId(9)), "孙立", 3),
        ],
        Dimension::Project => super::project_cards()
            .into_iter()
            .zip([3, 3, 1, 1])
            .map(|(card, scale)| group(GroupKey::Project(card.id), &card.name, scale))
            .collect(),
    }
}

/// The board broken down by that dimension.
pub(in crate::view::tests) fn board(by: Dimension) -> Board {
    let rows = super::cards();
    Board {
        counts: counts(8),
        groups: groups(by),
        groups_next: (by == Dimension::Project).then(|| "3:0:1:0:9:12".to_owned()),
        choices: BoardChoices {
            bureaus: groups(Dimension::Bureau),
            places: groups(Dimension::County),
            steps: groups(Dimension::Step),
            companies: groups(Dimension::Company),
        },
        project_name: None,
        page: Page {
            total: 71,
            next: Some("1:2026-10-28:77".to_owned()),
            rows,
        },
        own: false,
    }
}

/// A board on which nothing is open.
pub(in crate::view::tests) fn empty_board() -> Board {
    Board {
        counts: Counts::default(),
        groups: Vec::new(),
        groups_next: None,
        choices: BoardChoices::default(),
        project_name: None,
        page: Page {
            rows: Vec::new(),
            total: 0,
            next: None,
        },
        own: true,
    }
}

/// A project that the board may be narrowed to.
pub(in crate::view::tests) fn some_project() -> ProjectId {
    ProjectId(1)
}

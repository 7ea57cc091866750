use super::*;
use crate::statute::plan::Level;

/// Roles by acts; ✔ may, ✘ may not. A changed cell is a changed right: read it twice.
const MATRIX: &str = include_str!("matrix.txt");

fn actor(role: Role) -> Actor {
    Actor {
        id: PersonId(1),
        login: "someone".to_owned(),
        name: "某人".to_owned(),
        role,
        bureau: None,
    }
}

fn roles() -> [(&'static str, Role); 5] {
    let officer = |id| Role::Officer {
        bureau: BureauId(id),
    };
    [
        ("company", Role::Company),
        ("officer-of-the-bureau", officer(7)),
        ("officer-of-another", officer(8)),
        ("government-office", Role::GovernmentOffice),
        ("administrator", Role::Administrator),
    ]
}

fn kinds() -> Vec<EventKind> {
    vec![
        EventKind::Submitted,
        EventKind::MaterialsRequested,
        EventKind::Resubmitted,
        EventKind::Accepted,
        EventKind::Rejected,
        EventKind::CountyOpinionReceived,
        EventKind::Announced { days: 30 },
        EventKind::Suspended {
            ground: "hearing".to_owned(),
        },
        EventKind::Resumed,
        EventKind::Extended { days: 1 },
        EventKind::Granted,
        EventKind::Denied,
        EventKind::Withdrawn,
    ]
}

#[test]
fn every_role_may_what_the_matrix_says_and_nothing_else() {
    let kinds = kinds();
    let bureau = BureauId(7);
    let mut acts: Vec<(&str, Act<'_>)> = kinds
        .iter()
        .map(|kind| (kind.code(), Act::Record { kind, bureau }))
        .collect();
    acts.extend([
        ("create-project", Act::CreateProject),
        ("file-jointly", Act::FileJointly),
        ("keep-people", Act::KeepPeople),
        ("hand-in", Act::HandIn),
        ("ask-fee", Act::AskFee { bureau }),
        ("commit", Act::Commit),
        ("settle", Act::Settle { bureau }),
        ("notice", Act::Notice { bureau }),
        ("proceed", Act::Proceed { bureau }),
        (
            "give-opinion",
            Act::GiveOpinion {
                county: County::Mingshan,
            },
        ),
        ("start-construction", Act::StartConstruction),
        ("change-facts", Act::ChangeFacts),
        ("raise-difficulty", Act::RaiseDifficulty),
        ("coordinate", Act::Coordinate),
        (
            "report-own-decision",
            Act::ReportDecision {
                owner: Owner::Bureau(bureau),
            },
        ),
        (
            "report-company-decision",
            Act::ReportDecision {
                owner: Owner::Company,
            },
        ),
    ]);
    let mut table = String::from("act");
    for (name, _) in roles() {
        table.push_str(&format!(" | {name}"));
    }
    table.push('\n');
    for (name, act) in acts {
        table.push_str(name);
        for (_, role) in roles() {
            let mark = if permit(&actor(role), act).is_ok() {
                "✔"
            } else {
                "✘"
            };
            table.push_str(&format!(" | {mark}"));
        }
        table.push('\n');
    }
    assert_eq!(table, MATRIX);
}

#[test]
fn an_unknown_word_reaches_the_clock_only_from_those_who_may_record() {
    let kind = EventKind::Unknown("guessed".to_owned());
    let act = Act::Record {
        kind: &kind,
        bureau: BureauId(7),
    };
    let may: Vec<bool> = roles()
        .iter()
        .map(|(_, role)| permit(&actor(*role), act).is_ok())
        .collect();
    assert_eq!(may, [true, true, false, false, false]);
}

#[test]
fn only_the_asked_countys_natural_resources_bureau_gives_a_planning_opinion() {
    let of = |kind, county: Option<County>| {
        let mut officer = actor(Role::Officer {
            bureau: BureauId(9),
        });
        officer.bureau = Some(Bureau {
            id: BureauId(9),
            kind,
            level: county.map_or(Level::City, |_| Level::County),
            county,
            name: "某局".to_owned(),
        });
        let act = Act::GiveOpinion {
            county: County::Mingshan,
        };
        permit(&officer, act).is_ok()
    };
    assert!(of(BureauKind::NaturalResources, Some(County::Mingshan)));
    assert!(!of(BureauKind::NaturalResources, Some(County::Pingshan)));
    assert!(!of(BureauKind::NaturalResources, None));
    assert!(!of(BureauKind::Forestry, Some(County::Mingshan)));
}

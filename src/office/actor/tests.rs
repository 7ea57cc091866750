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
        lead: false,
    }
}

fn roles() -> [(&'static str, Role); 6] {
    let officer = |id| Role::Officer {
        bureau: BureauId(id),
    };
    [
        ("company", Role::Company),
        ("officer-of-the-bureau", officer(7)),
        ("officer-of-another", officer(8)),
        ("government-office", Role::GovernmentOffice),
        ("deputy-mayor", Role::DeputyMayor),
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
        ("mind-parcels", Act::MindParcels),
        ("open-feed", Act::OpenFeed),
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
        ("consent-correction", Act::ConsentCorrection { bureau }),
        (
            "hand-over",
            Act::HandOver {
                bureau,
                giver: PersonId(1),
            },
        ),
        (
            "end-delegation",
            Act::EndDelegation {
                bureau,
                between: [PersonId(2), PersonId(1)],
            },
        ),
        ("supervise", Act::Supervise),
        ("answer-supervision", Act::AnswerSupervision { bureau }),
        ("report-offence", Act::ReportOffence),
        ("handle-offence", Act::HandleOffence { bureau }),
        ("read-register", Act::ReadRegister),
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
        ("see-figures", Act::SeeFigures { bureau: None }),
        (
            "see-own-figures",
            Act::SeeFigures {
                bureau: Some(bureau),
            },
        ),
        ("enter-notice", Act::EnterNotice),
        ("what-if", Act::WhatIf),
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
fn another_ones_queue_is_handed_over_and_taken_back_by_the_bureaus_lead_only() {
    let bureau = BureauId(7);
    let giver = PersonId(2);
    let between = [giver, PersonId(3)];
    let acts = [
        Act::HandOver { bureau, giver },
        Act::EndDelegation { bureau, between },
    ];
    for act in acts {
        for (name, role) in roles() {
            let mut actor = actor(role);
            assert!(permit(&actor, act).is_err(), "{name}, {act:?}");
            // Nobody leads but officers; were it so, it would give no right.
            actor.lead = true;
            let own = role == Role::Officer { bureau };
            assert_eq!(permit(&actor, act).is_ok(), own, "{name}, {act:?}");
        }
    }
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
    assert_eq!(may, [true, true, false, false, false, false]);
}

#[test]
fn only_the_lead_of_the_filings_bureau_consents_to_a_correction() {
    let may = |role, lead| {
        let person = Actor {
            lead,
            ..actor(role)
        };
        let act = Act::ConsentCorrection {
            bureau: BureauId(7),
        };
        permit(&person, act).is_ok()
    };
    let officer = |id| Role::Officer {
        bureau: BureauId(id),
    };
    assert!(may(officer(7), true));
    assert!(!may(officer(7), false));
    assert!(!may(officer(8), true));
    assert!(!may(Role::GovernmentOffice, true));
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

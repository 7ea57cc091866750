//! Bureaus, and one person of each role.

use crate::office::{Actor, Bureau, BureauId, Person, PersonId, Role};
use crate::statute::division::County;
use crate::statute::plan::{BureauKind, Level};

pub(in crate::view::tests) fn bureau(
    id: i64,
    kind: BureauKind,
    county: Option<County>,
    name: &str,
) -> Bureau {
    Bureau {
        id: BureauId(id),
        kind,
        level: county.map_or(Level::City, |_| Level::County),
        county,
        name: name.to_owned(),
    }
}

pub(in crate::view::tests) fn city_land() -> Bureau {
    bureau(1, BureauKind::NaturalResources, None, "本溪市自然资源局")
}

pub(in crate::view::tests) fn police() -> Bureau {
    let county = Some(County::BenxiCounty);
    bureau(5, BureauKind::Police, county, "本溪满族自治县公安局")
}

pub(in crate::view::tests) fn bureaus() -> Vec<Bureau> {
    vec![
        city_land(),
        bureau(2, BureauKind::Forestry, None, "本溪市林业和草原局"),
        bureau(3, BureauKind::Transport, None, "本溪市交通运输局"),
        bureau(
            4,
            BureauKind::NaturalResources,
            Some(County::BenxiCounty),
            "本溪满族自治县自然资源局",
        ),
    ]
}

fn actor(id: i64, login: &str, name: &str, role: Role) -> Actor {
    Actor {
        id: PersonId(id),
        login: login.to_owned(),
        name: name.to_owned(),
        bureau: matches!(role, Role::Officer { .. }).then(city_land),
        role,
        lead: false,
    }
}

pub(in crate::view::tests) fn company() -> Actor {
    actor(1, "gongdian", "王海", Role::Company)
}

pub(in crate::view::tests) fn officer() -> Actor {
    let bureau = BureauId(1);
    actor(2, "zrzy", "李敏", Role::Officer { bureau })
}

pub(in crate::view::tests) fn watcher() -> Actor {
    actor(3, "zfb", "赵立", Role::GovernmentOffice)
}

pub(in crate::view::tests) fn administrator() -> Actor {
    actor(4, "admin", "孙晓", Role::Administrator)
}

pub(in crate::view::tests) fn people() -> Vec<(Person, Option<Bureau>)> {
    [
        (administrator(), true),
        (company(), true),
        (officer(), true),
        (watcher(), false),
    ]
    .into_iter()
    .map(|(actor, active)| {
        let person = Person {
            id: actor.id,
            login: actor.login,
            name: actor.name,
            role: actor.role,
            active,
            lead: actor.lead,
        };
        (person, actor.bureau)
    })
    .collect()
}

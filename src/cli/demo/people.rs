//! The demonstration's logins.

use super::super::Trouble;
use super::offences;
use crate::office::{Actor, Bureau, Moment, NewPerson, Office, Role};
use crate::statute::offence::HANDLERS;
use crate::statute::plan::{BureauKind, Level};

/// Everyone's password in the demonstration; it is printed, and guards made-up data only.
pub(super) const PASSWORD: &str = "benxi-2020-24";

/// The people by what they do, as the story needs them.
pub(super) struct Cast {
    pub(super) company: Actor,
    officers: Vec<Actor>,
    /// Login name and words, as they are printed.
    pub(super) logins: Vec<(String, String)>,
}

impl Cast {
    /// The officer of the bureau of that name.
    pub(super) fn officer_of(&self, bureau: &str) -> Option<&Actor> {
        self.officers
            .iter()
            .find(|actor| actor.bureau.as_ref().is_some_and(|b| b.name == bureau))
    }

    /// Who watches for the government's office.
    pub(super) fn watcher(&self) -> Option<&Actor> {
        let watches = |actor: &&Actor| actor.role == Role::GovernmentOffice;
        self.officers.iter().find(watches)
    }

    /// The colleagues of that officer.
    pub(super) fn colleagues_of(&self, officer: &Actor) -> impl Iterator<Item = &Actor> {
        let (id, bureau) = (officer.id, officer.bureau.clone());
        self.officers
            .iter()
            .filter(move |one| one.id != id && one.bureau == bureau)
    }

    /// Every officer.
    #[cfg(test)]
    pub(super) fn officers(&self) -> &[Actor] {
        &self.officers
    }
}

fn login_of(bureau: &Bureau) -> String {
    let kind = match bureau.kind {
        BureauKind::NaturalResources => "ziran",
        BureauKind::Forestry => "lincao",
        BureauKind::Transport => "jiaotong",
        BureauKind::Housing => "zhujian",
        BureauKind::Police => "gongan",
    };
    match bureau.county {
        None => kind.to_owned(),
        Some(county) => format!("{kind}-{}", county.code()),
    }
}

/// Login name, name, role, whether it is the bureau's lead, and words as they are printed.
type Seat = (String, &'static str, Role, bool, String);

/// The officers of a bureau: one, who leads it; at the city's land bureau two and their lead, so
/// that a queue can be handed over.
fn seats(bureau: &Bureau) -> Vec<Seat> {
    let role = Role::Officer { bureau: bureau.id };
    let login = login_of(bureau);
    let seat = |suffix: &str, name: &'static str, lead: bool, words: &str| {
        let words = format!("{} {words}", bureau.name);
        (format!("{login}{suffix}"), name, role, lead, words)
    };
    if bureau.kind == BureauKind::NaturalResources && bureau.level == Level::City {
        return vec![
            seat("", "王丽", false, "经办人"),
            seat("-er", "李志强", false, "第二经办人"),
            seat("-fuze", "赵敏", true, "负责人"),
        ];
    }
    vec![seat("", "经办人", true, "经办人、负责人")]
}

/// Makes the people: the company, the officers that the story's steps need, the government
/// office, the deputy mayor in charge; `administrator` makes them.
///
/// # Errors
/// The office refuses; the message says why.
pub(super) async fn gather(
    office: &Office,
    administrator: &Actor,
    at: Moment,
) -> Result<Cast, Trouble> {
    let mut logins = Vec::new();
    let mut actors = Vec::new();
    let bureaus = office.bureaus(administrator).await?;
    let wanted = bureaus.iter().filter(|bureau| {
        bureau.level == Level::City
            || bureau.kind == BureauKind::NaturalResources
            || (bureau.county == Some(offences::COUNTY) && HANDLERS.contains(&bureau.kind))
    });
    let officers = wanted.flat_map(seats);
    let others = [
        (
            "gongdian".to_owned(),
            "供电公司前期专责",
            Role::Company,
            false,
            "本溪供电公司".to_owned(),
        ),
        (
            "zhengfuban".to_owned(),
            "市政府办公室督查",
            Role::GovernmentOffice,
            false,
            "市政府办公室(政府办)".to_owned(),
        ),
        (
            "fenguan".to_owned(),
            "分管副市长",
            Role::DeputyMayor,
            false,
            "分管市领导".to_owned(),
        ),
    ];
    for (login, name, role, lead, words) in others.into_iter().chain(officers) {
        let new = NewPerson {
            login: login.clone(),
            name: name.to_owned(),
            role,
            password: PASSWORD.to_owned(),
            lead,
        };
        let id = office.add_person(administrator, new, at).await?;
        let bureau = match role {
            Role::Officer { bureau } => bureaus.iter().find(|b| b.id == bureau).cloned(),
            _ => None,
        };
        let name = bureau
            .as_ref()
            .map_or_else(|| name.to_owned(), |b| format!("{}{name}", b.name));
        actors.push(Actor {
            id,
            login: login.clone(),
            name,
            role,
            bureau,
            lead,
        });
        logins.push((login, words));
    }
    logins.push((administrator.login.clone(), "系统管理员".to_owned()));
    let company = actors.first().cloned().ok_or("no company")?;
    Ok(Cast {
        company,
        officers: actors,
        logins,
    })
}

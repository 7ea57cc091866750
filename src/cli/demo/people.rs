//! The demonstration's logins.

use super::super::Trouble;
use crate::office::{Actor, Bureau, Moment, NewPerson, Office, Role};
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

    /// Who acts for the government office.
    pub(super) fn government_office(&self) -> Option<&Actor> {
        let watches = |actor: &&Actor| actor.role == Role::GovernmentOffice;
        self.officers.iter().find(watches)
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
    };
    match bureau.county {
        None => kind.to_owned(),
        Some(county) => format!("{kind}-{}", county.code()),
    }
}

/// Makes the people: the company, the officers that the story's steps need, the government
/// office; `administrator` makes them.
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
        bureau.level == Level::City || bureau.kind == BureauKind::NaturalResources
    });
    let officers = wanted.map(|bureau| {
        let words = format!("{} 经办人", bureau.name);
        (
            login_of(bureau),
            "经办人",
            Role::Officer { bureau: bureau.id },
            words,
        )
    });
    let others = [
        (
            "gongdian".to_owned(),
            "供电公司前期专责",
            Role::Company,
            "本溪供电公司".to_owned(),
        ),
        (
            "zhengfuban".to_owned(),
            "市政府办公室督查",
            Role::GovernmentOffice,
            "市政府办公室(政府办)".to_owned(),
        ),
    ];
    for (login, name, role, words) in others.into_iter().chain(officers) {
        let new = NewPerson {
            login: login.clone(),
            name: name.to_owned(),
            role,
            password: PASSWORD.to_owned(),
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

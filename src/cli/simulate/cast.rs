//! Who lives through the simulated year. A run that was killed finds them again.

use std::collections::BTreeMap;

use super::super::Trouble;
use crate::office::{Actor, Bureau, BureauId, Moment, NewPerson, Office, Role};

/// Everyone's password in the data set; it is printed, and guards made-up data only.
pub(super) const PASSWORD: &str = "benxi-2020-24";

/// The people of the simulation.
pub(super) struct Cast {
    pub(super) company: Actor,
    pub(super) watcher: Actor,
    officers: BTreeMap<BureauId, Actor>,
    leads: BTreeMap<BureauId, Actor>,
}

impl Cast {
    /// The bureau's officer.
    pub(super) fn officer(&self, bureau: BureauId) -> Result<&Actor, Trouble> {
        self.officers
            .get(&bureau)
            .ok_or_else(|| "a bureau without an officer".into())
    }

    /// The bureau's lead.
    pub(super) fn lead(&self, bureau: BureauId) -> Result<&Actor, Trouble> {
        self.leads
            .get(&bureau)
            .ok_or_else(|| "a bureau without a lead".into())
    }

    /// The lead of the bureau of that name.
    pub(super) fn lead_of(&self, bureau: &str) -> Result<&Actor, Trouble> {
        self.leads
            .values()
            .find(|lead| lead.bureau.as_ref().is_some_and(|own| own.name == bureau))
            .ok_or_else(|| "a bureau without a lead".into())
    }
}

/// Hires everybody who is not there yet.
///
/// # Errors
/// The office refuses, or the database holds people of another kind.
pub(super) async fn gather(office: &Office, at: Moment) -> Result<Cast, Trouble> {
    office.ensure_bureaus().await?;
    let (login, name) = ("guanli", "系统管理员");
    let mut administrator = actor(login, name, Role::Administrator, None, false);
    if office.is_empty().await? {
        administrator.id = office
            .create_first_administrator(login, name, PASSWORD, at)
            .await?;
    }
    let there = office.people(&administrator).await?;
    let known: BTreeMap<&str, &crate::office::Person> = there
        .iter()
        .map(|(person, _)| (person.login.as_str(), person))
        .collect();
    administrator.id = known
        .get(login)
        .map(|person| person.id)
        .ok_or("数据库中已有别的数据；模拟只写入新的数据库，或者接着写自己写过的数据库")?;
    let hire = async |login: String,
                      name: &str,
                      role: Role,
                      bureau: Option<Bureau>,
                      lead: bool|
           -> Result<Actor, Trouble> {
        let mut hired = actor(&login, name, role, bureau, lead);
        hired.id = match known.get(login.as_str()) {
            Some(person) => person.id,
            None => {
                let new = NewPerson {
                    login,
                    name: name.to_owned(),
                    role,
                    password: PASSWORD.to_owned(),
                    lead,
                };
                office.add_person(&administrator, new, at).await?
            }
        };
        Ok(hired)
    };
    let company = hire(
        "gongdian".into(),
        "供电公司前期专责",
        Role::Company,
        None,
        false,
    )
    .await?;
    let watcher = hire(
        "zhengfuban".into(),
        "市政府办公室督查",
        Role::GovernmentOffice,
        None,
        false,
    )
    .await?;
    hire(
        "fenguan".into(),
        "分管市领导",
        Role::DeputyMayor,
        None,
        false,
    )
    .await?;
    let (mut officers, mut leads) = (BTreeMap::new(), BTreeMap::new());
    for bureau in office.bureaus(&administrator).await? {
        let id = bureau.id;
        let role = Role::Officer { bureau: id };
        let own = Some(bureau);
        let officer = hire(format!("officer-{id}"), "经办人", role, own.clone(), false).await?;
        let lead = hire(format!("lead-{id}"), "负责人", role, own, true).await?;
        officers.insert(id, officer);
        leads.insert(id, lead);
    }
    Ok(Cast {
        company,
        watcher,
        officers,
        leads,
    })
}

fn actor(login: &str, name: &str, role: Role, bureau: Option<Bureau>, lead: bool) -> Actor {
    Actor {
        id: crate::office::PersonId(0),
        login: login.to_owned(),
        name: name.to_owned(),
        role,
        bureau,
        lead,
    }
}

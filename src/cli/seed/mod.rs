//! `grid-approvals seed`: a large data set, made through the rules that people's acts pass.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

pub(in crate::cli) mod history;
#[cfg(test)]
mod tests;

use super::demo::instant;
use super::{Settings, Trouble, opening, runtime, today};
use crate::office::model::BoardLamp;
use crate::office::{
    Actor, BoardQuery, Details, Moment, NewPerson, NewProject, Office, PasswordCost, PastAct,
    PastEvent, PastProject, Requested, Role,
};
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use crate::statute::plan::{BureauKind, Level};
use crate::statute::random::Random;
use history::Happened;

/// Everyone's password in the data set; it is printed, and guards made-up data only.
const PASSWORD: &str = "benxi-2020-24";
/// Projects in one transaction.
const BATCH: u32 = 200;
/// How far back projects were entered, in calendar days.
const SPAN: u32 = 900;

/// Who records, by bureau.
struct Cast {
    company: Arc<Actor>,
    officers: BTreeMap<(BureauKind, Level, Option<County>), Arc<Actor>>,
}

/// Fills the database and says what it holds.
///
/// # Errors
/// The database holds people already, or cannot be written.
pub(super) fn run(
    settings: &Settings,
    projects: u32,
    seed: u64,
    mut out: impl Write,
) -> Result<bool, Trouble> {
    let config = opening::config(settings)?;
    let at = today::moment();
    runtime(None)?.block_on(async {
        let office = opening::office(&config)
            .await?
            .with_password_cost(PasswordCost::Least);
        if !office.is_empty().await? {
            return Err("数据库中已有人员;批量样本只写入新的数据库".into());
        }
        let (cast, watcher) = gather(&office, at).await?;
        let mut random = Random::new(seed);
        let mut made = 0;
        while made < projects {
            let batch = BATCH.min(projects - made);
            let past = (made..made + batch)
                .map(|number| project(&office, &cast, number, seed, at, &mut random))
                .collect::<Result<Vec<_>, Trouble>>()?;
            office.record_past(past, at).await?;
            made += batch;
        }
        tell(&office, &watcher, at, &mut out).await?;
        writeln!(out, "login: zhengfuban {PASSWORD}")?;
        Ok(true)
    })
}

async fn gather(office: &Office, at: Moment) -> Result<(Cast, Actor), Trouble> {
    office.ensure_bureaus().await?;
    let (login, name) = ("guanli", "系统管理员");
    let id = office
        .create_first_administrator(login, name, PASSWORD, at)
        .await?;
    let administrator = Actor {
        id,
        login: login.to_owned(),
        name: name.to_owned(),
        role: Role::Administrator,
        bureau: None,
        lead: false,
    };
    let person = async |login: String, name: &str, role: Role| -> Result<Actor, Trouble> {
        let new = NewPerson {
            login: login.clone(),
            name: name.to_owned(),
            role,
            password: PASSWORD.to_owned(),
            lead: false,
        };
        let id = office.add_person(&administrator, new, at).await?;
        Ok(Actor {
            id,
            login,
            name: name.to_owned(),
            role,
            bureau: None,
            lead: false,
        })
    };
    let company = person("gongdian".to_owned(), "供电公司前期专责", Role::Company).await?;
    let watcher = person(
        "zhengfuban".to_owned(),
        "市政府办公室督查",
        Role::GovernmentOffice,
    )
    .await?;
    let mut officers = BTreeMap::new();
    for bureau in office.bureaus(&administrator).await? {
        let login = format!("officer-{}", bureau.id);
        let role = Role::Officer { bureau: bureau.id };
        let mut officer = person(login, "经办人", role).await?;
        let key = (bureau.kind, bureau.level, bureau.county);
        officer.bureau = Some(bureau);
        officers.insert(key, Arc::new(officer));
    }
    Ok((
        Cast {
            company: Arc::new(company),
            officers,
        },
        watcher,
    ))
}

/// A project entered some days ago, with its history.
fn project(
    office: &Office,
    cast: &Cast,
    number: u32,
    seed: u64,
    at: Moment,
    random: &mut Random,
) -> Result<PastProject, Trouble> {
    let facts = history::facts(random);
    let back = TimeDelta::days(i64::from(random.within(1, SPAN)));
    let entered = at.today - back;
    let happened = history::history(
        office.plan(),
        &facts,
        entered,
        at.today,
        &office.calendar(),
        random,
    );
    let name = format!("样本{:05}号{}千伏工程", number + 1, facts.voltage);
    let events = happened
        .into_iter()
        .zip(1..)
        .map(|(happened, n)| past(office, cast, happened, n, at))
        .collect::<Result<Vec<_>, Trouble>>()?;
    Ok(PastProject {
        new: NewProject {
            name,
            code: None,
            facts,
            request_key: format!("seed-{seed}-{number}"),
        },
        by: Arc::clone(&cast.company),
        at: no_later(instant(entered, 0), at),
        events,
    })
}

fn no_later(moment: Moment, at: Moment) -> Moment {
    if moment.now > at.now {
        Moment {
            now: at.now,
            ..moment
        }
    } else {
        moment
    }
}

fn past(
    office: &Office,
    cast: &Cast,
    happened: Happened,
    n: i64,
    at: Moment,
) -> Result<PastEvent, Trouble> {
    let on: NaiveDate = happened.on;
    let moment = no_later(instant(on, n), at);
    let Some((key, kind)) = happened.what else {
        let act = PastAct::FileJointly { on, note: None };
        return Ok(PastEvent {
            by: Arc::clone(&cast.company),
            at: moment,
            act,
        });
    };
    let step = office
        .plan()
        .step(key.step.as_str())
        .ok_or("a step that is not in the plan")?;
    let by = if matches!(kind.code(), "submitted" | "resubmitted" | "withdrawn") {
        &cast.company
    } else {
        cast.officers
            .get(&(step.bureau, step.level, key.county))
            .ok_or("a bureau that is missing")?
    };
    let mut details = Details::default();
    if kind == EventKind::MaterialsRequested {
        details.requested.push(Requested {
            material: None,
            name: "申请书补齐签章和日期".to_owned(),
        });
    }
    let act = PastAct::Record {
        step: key.step,
        county: key.county,
        kind,
        on,
        note: None,
        details,
    };
    Ok(PastEvent {
        by: Arc::clone(by),
        at: moment,
        act,
    })
}

async fn tell(
    office: &Office,
    watcher: &Actor,
    at: Moment,
    out: &mut impl Write,
) -> Result<(), Trouble> {
    let report = office.verify().await?;
    let home = office.office_home(watcher, at).await?;
    let query = BoardQuery {
        lamp: Some(BoardLamp::Red),
        ..BoardQuery::default()
    };
    let board = office.board(watcher, &query, at).await?;
    writeln!(
        out,
        "事项 {} 个,台账记录 {} 条",
        report.filings, report.entries
    )?;
    writeln!(
        out,
        "有在办事项的部门 {} 个,超期 {} 个",
        home.by_bureau.len(),
        board.page.total
    )?;
    writeln!(out, "台账与记录不一致 {} 处", report.differences.len())?;
    Ok(())
}

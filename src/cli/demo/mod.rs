//! `grid-approvals demo`: a database of its own, filled through the use cases that people use.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::TcpListener;
use std::path::PathBuf;

use chrono::{NaiveDate, TimeDelta};

mod beside;
mod coordination;
mod materials;
mod notices;
mod offences;
mod people;
mod story;
mod supervision;
#[cfg(test)]
mod tests;

use super::{Settings, Trouble, opening, runtime, serve, today};
use crate::config::Config;
use crate::office::Details;
use crate::office::{
    Actor, FileJointly, FilingId, Moment, NewProject, Office, ProjectId, RecordEvent, Role,
};
use crate::statute::clock::EventKind;
use crate::statute::division::County;
use people::{Cast, PASSWORD};
use story::{Told, What};

/// The port that is tried first where none is named.
const PORT: u16 = 8000;

/// Makes the demonstration and serves it until it is stopped.
///
/// # Errors
/// The port is taken, or the database cannot be made.
pub(super) fn run(port: Option<u16>, keep: bool) -> Result<bool, Trouble> {
    serve::log_to_stderr();
    let port = match port {
        Some(port) => port,
        None => free_port()?,
    };
    let mut folder = tempfile::Builder::new()
        .prefix("grid-approvals-demo-")
        .tempdir()?;
    folder.disable_cleanup(keep);
    let file = folder.path().join("demo.sqlite");
    let settings = Settings {
        config: None,
        database: Some(format!("sqlite://{}?mode=rwc", file.display())),
    };
    let mut config = Config::default();
    config.database.url = settings.database.clone().unwrap_or_default();
    config.http.port = port;
    serve::free(&config)?;
    runtime(None)?.block_on(async {
        let office = opening::office(&config)
            .await?
            .with_files(opening::files(&config)?);
        let mut out = io::stdout();
        writeln!(out, "正在准备演示数据……")?;
        let cast = fill(&office, today::moment()).await?;
        announce(&mut out, &cast, port, keep.then_some(&file))?;
        serve::serve(office, config, serve::Time::real()).await
    })?;
    Ok(true)
}

fn free_port() -> Result<u16, Trouble> {
    if TcpListener::bind(("127.0.0.1", PORT)).is_ok() {
        return Ok(PORT);
    }
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn announce(
    out: &mut impl Write,
    cast: &Cast,
    port: u16,
    kept: Option<&PathBuf>,
) -> Result<(), Trouble> {
    writeln!(
        out,
        "\n演示数据(项目和办理经过均为虚构)。登录名、密码、角色:\n"
    )?;
    for (login, words) in &cast.logins {
        writeln!(out, "  {login:<16} {PASSWORD}   {words}")?;
    }
    writeln!(
        out,
        "\n请用浏览器打开 http://127.0.0.1:{port}/ ,按 Ctrl-C 停止。"
    )?;
    if let Some(file) = kept {
        writeln!(out, "数据库保留在 {}", file.display())?;
    }
    out.flush()?;
    Ok(())
}

/// The instant of the `n`-th thing done on `day`: from half past nine in Benxi, a minute apart.
pub(super) fn instant(day: NaiveDate, n: i64) -> Moment {
    let morning = day.and_hms_opt(1, 30, 0).unwrap_or_default().and_utc();
    Moment {
        today: day,
        now: morning + TimeDelta::minutes(n % 420),
    }
}

/// Makes bureaus and people, then lets the story happen day by day up to today.
///
/// # Errors
/// The office refuses an act: the message names project and act.
async fn fill(office: &Office, at: Moment) -> Result<Cast, Trouble> {
    let mut told = story::told(at.today, &office.calendar())?;
    let first = told
        .iter()
        .map(|project| project.entered)
        .min()
        .unwrap_or(at.today);
    let began = instant(first, 0);
    office.ensure_bureaus().await?;
    let (login, name) = ("guanli", "系统管理员");
    let id = office
        .create_first_administrator(login, name, PASSWORD, began)
        .await?;
    let administrator = Actor {
        id,
        login: login.to_owned(),
        name: name.to_owned(),
        role: Role::Administrator,
        bureau: None,
        lead: false,
    };
    let cast = people::gather(office, &administrator, began).await?;

    told.sort_by_key(|project| project.entered);
    let mut days: BTreeMap<NaiveDate, Vec<(usize, Option<What>)>> = BTreeMap::new();
    for (index, project) in told.iter().enumerate() {
        days.entry(project.entered).or_default().push((index, None));
        for act in &project.acts {
            days.entry(act.on)
                .or_default()
                .push((index, Some(act.what.clone())));
        }
    }
    let mut made: BTreeMap<usize, Made> = BTreeMap::new();
    for (day, acts) in days {
        office.turn(instant(day, 0)).await?;
        for (n, (index, what)) in (1..).zip(acts) {
            let Some(project) = told.get(index) else {
                continue;
            };
            let at = instant(day, n);
            let done = match what {
                None => create(office, &cast, project, at).await.map(|new| {
                    made.insert(index, new);
                }),
                Some(what) => match made.get_mut(&index) {
                    Some(made) => made.act(office, &cast, what, at).await,
                    None => Err("happens before the project is entered".into()),
                },
            };
            done.map_err(|error| format!("story: {} on {day}: {error}", project.name))?;
        }
    }
    let made: Vec<Made> = made.into_values().collect();
    supervision::happen(office, &cast, at).await?;
    beside::record(office, &cast, &made, at).await?;
    offences::happen(office, &cast, &made, at).await?;
    coordination::record(office, &cast, &made, at).await?;
    Ok(cast)
}

/// A project that the story has entered.
struct Made {
    name: String,
    project: ProjectId,
    filings: Vec<FiledStep>,
}

/// One of its steps, with the entries that its ledger holds.
struct FiledStep {
    id: FilingId,
    step: String,
    county: Option<County>,
    seq: u32,
    officer: Actor,
}

async fn create(office: &Office, cast: &Cast, told: &Told, at: Moment) -> Result<Made, Trouble> {
    let new = NewProject {
        name: told.name.clone(),
        code: told.code.clone(),
        facts: told.facts.clone(),
        request_key: format!("demo-{}", told.name),
    };
    let project = office.create_project(&cast.company, new, at).await?;
    let mut filings = Vec::new();
    let page = office.project_page(&cast.company, project, at).await?;
    for card in page.lines.into_iter().filter_map(|line| line.card) {
        let officer = cast
            .officer_of(&card.bureau_name)
            .ok_or("no officer for a bureau")?;
        filings.push(FiledStep {
            id: card.id,
            step: card.step.as_str().to_owned(),
            county: card.county,
            seq: 0,
            officer: officer.clone(),
        });
    }
    Ok(Made {
        name: told.name.clone(),
        project,
        filings,
    })
}

impl Made {
    async fn act(
        &mut self,
        office: &Office,
        cast: &Cast,
        what: What,
        at: Moment,
    ) -> Result<(), Trouble> {
        let recorded = match what {
            What::Joint => {
                let page = office.project_page(&cast.company, self.project, at).await?;
                let joint = page.joint.ok_or("no joint filing is open")?;
                for (filing, _) in &joint.filings {
                    materials::hand_in(office, &cast.company, &self.name, *filing, at).await?;
                }
                let joint = FileJointly {
                    project: self.project,
                    on: at.today,
                    note: None,
                    seen: joint.filings,
                };
                office.file_jointly(&cast.company, joint, at).await?
            }
            What::Event { step, county, kind } => {
                let filed = self
                    .filings
                    .iter()
                    .find(|filed| filed.step == step && filed.county == county)
                    .ok_or_else(|| format!("{step} is not on the route"))?;
                let company = matches!(
                    kind,
                    EventKind::Submitted | EventKind::Resubmitted | EventKind::Withdrawn
                );
                let actor = if company {
                    &cast.company
                } else {
                    &filed.officer
                };
                let details = match kind {
                    EventKind::MaterialsRequested => {
                        notices::requested(office, actor, filed.id, at).await?
                    }
                    _ => Details::default(),
                };
                let event = RecordEvent {
                    filing: filed.id,
                    kind,
                    on: at.today,
                    note: None,
                    details,
                    seen: filed.seq,
                    // What came on paper is accepted all the same, and the entry says so.
                    despite_missing: true,
                };
                if event.kind == EventKind::Submitted {
                    materials::hand_in(office, &cast.company, &self.name, filed.id, at).await?;
                }
                vec![office.record(actor, event, at).await?]
            }
        };
        for recorded in recorded {
            for filed in &mut self.filings {
                if filed.id == recorded.filing {
                    filed.seq = recorded.seq;
                }
                if recorded.followed.contains(&filed.id) {
                    filed.seq += 1;
                }
            }
        }
        Ok(())
    }
}

//! `grid-approvals simulate`: a year of the city, lived through the commands that people use, on a
//! virtual clock.
//!
//! # Why
//! What is only ever tested a step at a time is not known to hold together. Here hundreds of
//! projects run side by side for a year, with the habits of people in them (`habits`): late
//! decisions, silence, suspensions on the last day, entries typed days later, mistakes that are
//! corrected, cases that are answered and sent back. The run can be killed at any instant and
//! started again: it finds in the database how far it came. With `--clock-file` it turns no day
//! itself but writes its clock to a file, by which `serve --clock-file` lives: so servers can be
//! killed and restarted during the year.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Months, NaiveDate};

mod cast;
mod habits;
mod projects;
mod report;
mod watching;

use super::demo::instant;
use super::{Settings, Trouble, opening, runtime, today};
use crate::office::{Moment, Office, PasswordCost, Turned};
use cast::{Cast, PASSWORD};
use habits::dice;
use projects::Living;

/// What is asked for.
#[derive(clap::Args, Debug, Clone)]
pub(super) struct Wanted {
    /// How many projects begin during the year.
    #[arg(long, default_value_t = 500)]
    projects: u32,
    /// The same seed gives the same year.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The first day; without it the year ends yesterday.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// Turns no day but writes the virtual clock to this file, for `serve --clock-file`.
    #[arg(long, value_name = "FILE")]
    clock_file: Option<PathBuf>,
    /// How long each virtual day takes at least, in milliseconds.
    #[arg(long, default_value_t = 0, value_name = "MS")]
    day_takes: u64,
}

/// Of ten of the year's working days, on how many projects begin: the last ones only finish.
const BEGINNING: usize = 9;

/// What has happened.
#[derive(Debug, Default)]
struct Tally {
    days: u32,
    working: u32,
    acts: usize,
    refused: BTreeMap<String, usize>,
    supervised: usize,
    turned: Turned,
}

/// Lives through the year and says what it came to.
///
/// # Errors
/// The database cannot be written, or holds something else.
pub(super) fn run(
    settings: &Settings,
    wanted: &Wanted,
    mut out: impl Write,
) -> Result<bool, Trouble> {
    let config = opening::config(settings)?;
    runtime(None)?.block_on(async {
        let office = opening::office(&config)
            .await?
            .with_password_cost(PasswordCost::Least);
        let days = year(wanted.from, today::moment().today)?;
        let (cast, tally) = live(&office, wanted, &days).await?;
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Err("a year without days".into());
        };
        report::figures(&office, &cast, (*first, *last), &mut out).await?;
        tell(&office, wanted, (*first, *last), &tally, &mut out).await
    })
}

/// The days of the year.
fn year(from: Option<NaiveDate>, today: NaiveDate) -> Result<Vec<NaiveDate>, Trouble> {
    let first = from
        .or_else(|| today.checked_sub_months(Months::new(12)))
        .ok_or("a day before the first")?;
    let end = first
        .checked_add_months(Months::new(12))
        .ok_or("a day after the last")?;
    Ok(first.iter_days().take_while(|day| *day < end).collect())
}

async fn live(
    office: &Office,
    wanted: &Wanted,
    days: &[NaiveDate],
) -> Result<(Cast, Tally), Trouble> {
    let first = days.first().copied().ok_or("a year without days")?;
    let cast = cast::gather(office, instant(first, 0)).await?;
    let calendar = office.calendar();
    let working: Vec<NaiveDate> = days
        .iter()
        .copied()
        .filter(|day| calendar.is_working(*day))
        .collect();
    let mut coming = beginnings(wanted, &working);
    let mut living = Living::new(wanted.seed);
    let mut tally = Tally::default();
    let reached = office.last_act_on().await?.unwrap_or(first);
    for day in days {
        let begins = tokio::time::Instant::now();
        let morning = instant(*day, 0);
        while coming.last().is_some_and(|(entered, _)| entered <= day) {
            if let Some((entered, number)) = coming.pop() {
                living
                    .begin(office, &cast, number, instant(entered, 0))
                    .await?;
            }
        }
        tally.days += 1;
        tally.working += u32::from(calendar.is_working(*day));
        if *day < reached {
            continue;
        }
        match &wanted.clock_file {
            Some(file) => write_clock(file, morning)?,
            None => tally.turned.add(office.turn(morning).await?),
        }
        if calendar.is_working(*day) {
            work(office, &cast, &mut living, wanted.seed, *day, &mut tally).await?;
        }
        if wanted.day_takes > 0 {
            tokio::time::sleep_until(begins + Duration::from_millis(wanted.day_takes)).await;
        }
    }
    Ok((cast, tally))
}

/// A working day: every act that is due, then supervision.
async fn work(
    office: &Office,
    cast: &Cast,
    living: &mut Living,
    seed: u64,
    day: NaiveDate,
    tally: &mut Tally,
) -> Result<(), Trouble> {
    let mut n = 1;
    loop {
        let done = living.act(office, cast, instant(day, n), tally).await?;
        n += 1;
        if !done {
            break;
        }
    }
    tally.supervised += watching::day(office, cast, seed, instant(day, n)).await?;
    Ok(())
}

/// Each project with the day on which it begins, the last first.
fn beginnings(wanted: &Wanted, working: &[NaiveDate]) -> Vec<(NaiveDate, u32)> {
    let open = working.len() * BEGINNING / 10;
    let open = working.get(..open.max(1)).unwrap_or(working);
    let mut all: Vec<(NaiveDate, u32)> = (0..wanted.projects)
        .filter_map(|number| {
            let mut dice = dice(wanted.seed, number, "begins");
            Some((*dice.one_of(open)?, number))
        })
        .collect();
    all.sort_by(|a, b| b.cmp(a));
    all
}

/// Writes the virtual clock so that a reader sees the old instant or the new one, never half of it.
fn write_clock(file: &Path, at: Moment) -> Result<(), Trouble> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(at.now.to_rfc3339().as_bytes())?;
    new.persist(file)?;
    Ok(())
}

async fn tell(
    office: &Office,
    wanted: &Wanted,
    (first, last): (NaiveDate, NaiveDate),
    tally: &Tally,
    out: &mut impl Write,
) -> Result<bool, Trouble> {
    let report = office.verify().await?;
    writeln!(
        out,
        "模拟 {first} 至 {last}：{} 个项目，{} 个日历日，其中 {} 个工作日",
        wanted.projects, tally.days, tally.working
    )?;
    writeln!(
        out,
        "本次办理 {} 次，督办 {} 次；提示 {} 条（立案 {} 件，消息 {} 条）",
        tally.acts, tally.supervised, tally.turned.rungs, tally.turned.cases, tally.turned.messages
    )?;
    for (rule, times) in &tally.refused {
        writeln!(out, "按规则被拒绝：{rule} {times} 次")?;
    }
    writeln!(
        out,
        "事项 {} 个，台账记录 {} 条，台账与记录不一致 {} 处",
        report.filings,
        report.entries,
        report.differences.len()
    )?;
    writeln!(out, "login: zhengfuban {PASSWORD}")?;
    Ok(report.differences.is_empty())
}

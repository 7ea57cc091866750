//! The register (事项台账): each step of each project with what its clock says on the day.
//!
//! # Why
//! A list is answered by stored columns; the register also shows what no column holds (days used,
//! the law's due date), so each line is folded from its ledger like the step's own page, by the
//! same function and under the same facts and catalogue. All lines of one register, however long,
//! are read in one transaction ([`Snapshot`]): they are the state of one instant.

use std::collections::HashMap;
use std::sync::Arc;

use super::actor::{self, Act};
use super::model::Page;
use super::model::exports::SheetAbout;
use super::model::register::{Register, RegisterLine, RegisterQuery};
use super::page::damaged;
use super::{Actor, BureauId, FieldFault, FilingId, Moment, Office, OfficeError, ProjectId, paper};
use crate::statute::calendar::Calendar;
use crate::statute::clock::{self, Event, EventKind, Lamp, Status};
use crate::statute::plan::Plan;
use crate::store::record::{Role, standing_events};
use crate::store::{RegisterFilter, RegisterKey, RegisterRow, Snapshot};

/// Lines on one page.
const ROWS: usize = 50;
/// Lines read at once for a sheet: a few hundred kilobytes.
const BATCH: u64 = 2_000;
/// A sheet of so many lines is made at once; a longer one by a job.
pub(in crate::office) const AT_ONCE: u64 = 5_000;
/// The most lines of a view to print: some forty sheets of paper.
const PRINTED: u64 = 1_000;

/// A register that is being read, part by part, from one state of the store.
pub struct RegisterReading {
    snapshot: Snapshot,
    filter: RegisterFilter,
    today: chrono::NaiveDate,
    after: Option<RegisterKey>,
    bureaus: HashMap<BureauId, String>,
    about: SheetAbout,
}

impl std::fmt::Debug for RegisterReading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegisterReading")
            .field("filter", &self.filter)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

impl RegisterReading {
    /// What a sheet of it says of itself.
    pub fn about(&self) -> &SheetAbout {
        &self.about
    }

    /// Lines in all.
    pub fn total(&self) -> u64 {
        self.about.total
    }
}

/// Which bureau's steps `actor` is confined to, and that the register is theirs to read.
pub(in crate::office) fn confined(actor: &Actor) -> Result<Option<BureauId>, OfficeError> {
    let _leave = actor::permit(actor, Act::ReadRegister)?;
    Ok(match actor.role {
        Role::Officer { bureau } => Some(bureau),
        Role::Company | Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => None,
    })
}

impl Office {
    /// A page of the register; officers see the steps of their own bureau.
    ///
    /// # Errors
    /// Forbidden to who keeps people; [`OfficeError::Invalid`] for a cursor that no page gave.
    pub async fn register(
        &self,
        actor: &Actor,
        query: &RegisterQuery,
        at: Moment,
    ) -> Result<Register, OfficeError> {
        let own = confined(actor)?;
        let after = query.after.as_deref().map(read_key).transpose()?;
        let mut reading = self.read_register(actor, &query.filter, at).await?;
        reading.after = after;
        let limit = u64::try_from(ROWS).unwrap_or(u64::MAX).saturating_add(1);
        let mut rows = self.register_part(&mut reading, limit).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let total = reading.total();
        Ok(Register {
            page: Page {
                next: rows.last().filter(|_| more).map(write_key),
                rows,
                total,
            },
            bureaus: match own {
                Some(_) => Vec::new(),
                None => self.store.reader().bureaus().await?,
            },
            steps: self
                .plan()
                .steps
                .iter()
                .map(|step| (step.id.clone(), step.name.clone()))
                .collect(),
            own: own.is_some(),
            long: total > AT_ONCE,
            too_long_to_print: total > PRINTED,
        })
    }

    /// All lines of a register that is printed by the browser.
    ///
    /// # Errors
    /// Forbidden; a rule where there are more than a print holds.
    pub async fn register_to_print(
        &self,
        actor: &Actor,
        filter: &RegisterFilter,
        at: Moment,
    ) -> Result<(SheetAbout, Vec<RegisterLine>), OfficeError> {
        let detail = format!(
            "打印视图最多{PRINTED}行。请缩小筛选范围后打印，或者下载 Excel 文件打印（已设好标题行和页码）"
        );
        self.whole(actor, filter, at, PRINTED, ("print-too-long", detail))
            .await
    }

    /// All lines of a register that is short enough for a sheet at once.
    ///
    /// # Errors
    /// Forbidden; a rule where there are more.
    pub async fn short_register(
        &self,
        actor: &Actor,
        filter: &RegisterFilter,
        at: Moment,
    ) -> Result<(SheetAbout, Vec<RegisterLine>), OfficeError> {
        let detail = format!(
            "超过{AT_ONCE}行的台账由后台生成。请在事项台账页点“生成 Excel 文件”，生成后下载"
        );
        self.whole(actor, filter, at, AT_ONCE, ("export-too-long", detail))
            .await
    }

    async fn whole(
        &self,
        actor: &Actor,
        filter: &RegisterFilter,
        at: Moment,
        most: u64,
        (rule, detail): (&'static str, String),
    ) -> Result<(SheetAbout, Vec<RegisterLine>), OfficeError> {
        let mut reading = self.read_register(actor, filter, at).await?;
        if reading.total() > most {
            return Err(OfficeError::rule(rule, detail));
        }
        let mut lines = Vec::new();
        loop {
            let part = self.next_of_register(&mut reading).await?;
            if part.is_empty() {
                return Ok((reading.about, lines));
            }
            lines.extend(part);
        }
    }

    /// Begins to read a register as of now: its total is counted, its lines follow.
    ///
    /// # Errors
    /// Forbidden; the store.
    pub async fn read_register(
        &self,
        actor: &Actor,
        filter: &RegisterFilter,
        at: Moment,
    ) -> Result<RegisterReading, OfficeError> {
        let own = confined(actor)?;
        let filter = RegisterFilter {
            bureau: own.or(filter.bureau),
            ..filter.clone()
        };
        let bureaus = self.store.reader().bureaus().await?;
        let bureaus: HashMap<BureauId, String> =
            bureaus.into_iter().map(|b| (b.id, b.name)).collect();
        let snapshot = self.store.snapshot().await?;
        let total = snapshot.register_count(&filter, at.today).await?;
        let named = |id: BureauId| bureaus.get(&id).cloned();
        let step = filter.step.as_ref();
        let step = step.and_then(|id| self.plan().step(id.as_str()));
        let about = SheetAbout {
            read_at: at.now,
            today: at.today,
            person_name: actor.name.clone(),
            bureau_name: filter.bureau.and_then(named),
            step_name: step.map(|step| step.name.clone()),
            filter: filter.clone(),
            total,
        };
        Ok(RegisterReading {
            snapshot,
            filter,
            today: at.today,
            after: None,
            bureaus,
            about,
        })
    }

    /// The next lines; none when there are no more.
    ///
    /// # Errors
    /// The store, or a ledger in it that the clock refuses.
    pub async fn next_of_register(
        &self,
        reading: &mut RegisterReading,
    ) -> Result<Vec<RegisterLine>, OfficeError> {
        self.register_part(reading, BATCH).await
    }

    async fn register_part(
        &self,
        reading: &mut RegisterReading,
        limit: u64,
    ) -> Result<Vec<RegisterLine>, OfficeError> {
        let calendar = self.calendar();
        let rows = reading
            .snapshot
            .register(&reading.filter, reading.today, reading.after, limit)
            .await?;
        if let Some(last) = rows.last() {
            reading.after = Some(RegisterKey {
                project: last.filing.project,
                filing: last.filing.id,
            });
        }
        let mut plan: Arc<Plan> = Arc::clone(self.plans.current());
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            if row.project.plan_hash != plan.hash {
                plan = self.plan_of(&row.project.plan_hash).await?;
            }
            lines.push(line(
                row,
                &plan,
                &reading.bureaus,
                reading.today,
                &calendar,
            )?);
        }
        Ok(lines)
    }
}

/// The line of `row`: its ledger up to `today`, folded on that day. On a day that is past, what came
/// after it is left out; so the line says what its own page said then.
pub(in crate::office) fn line(
    row: RegisterRow,
    plan: &Plan,
    bureaus: &HashMap<BureauId, String>,
    today: chrono::NaiveDate,
    calendar: &Calendar,
) -> Result<RegisterLine, OfficeError> {
    let filing = row.filing;
    let step = super::card::step_of(plan, &filing)?;
    let facts = filing.facts(&row.project.facts);
    let mut events = standing_events(&row.entries);
    events.retain(|event| event.on <= today);
    let submission =
        |event: &&Event| matches!(event.kind, EventKind::Submitted | EventKind::Resubmitted);
    let submitted_on = events.iter().rfind(submission).map(|event| event.on);
    let last_on = events.last().map(|event| event.on);
    let reading = clock::read(step, facts, &events, today, calendar)
        .map_err(|refusal| damaged(filing.id, &refusal))?;
    let counts = reading.due_on.is_some() || reading.status == Status::Suspended;
    let documents = row.documents.iter().map(|(bureau, year, number)| {
        let name = bureaus.get(bureau).map_or("", String::as_str);
        paper::serial_of(name, *year, *number)
    });
    Ok(RegisterLine {
        filing: filing.id,
        project: filing.project,
        project_name: row.project.name,
        code: row.project.code,
        volts: row.project.facts.voltage.0,
        clause: step.clause,
        step_name: step.name.clone(),
        county: filing.county,
        bureau_name: row.bureau_name,
        status: reading.status,
        lamp: reading.lamp,
        submitted_on,
        accepted_on: reading.accepted_on,
        deemed_accepted: reading.deemed_accepted,
        started_on: reading.started_on,
        limit: reading.limit.filter(|_| !filing.turning.untimed),
        due_on: reading.due_on,
        provisional: reading.provisional,
        law_due_on: reading.law.and_then(|law| law.due_on),
        decided_on: last_on.filter(|_| reading.status.is_decided()),
        used: reading.used,
        overdue_by: reading.used.filter(|_| counts).map(|_| reading.overdue_by),
        suspended: reading.lamp == Lamp::Paused,
        untimed: filing.turning.untimed,
        run: filing.run,
        officer: row.officer_name,
        last_on,
        documents: documents.collect(),
        counties: row.project.facts.counties,
        step: filing.step,
    })
}

fn write_key(line: &RegisterLine) -> String {
    format!("{}:{}", line.project, line.filing)
}

/// Reads what [`write_key`] wrote.
fn read_key(text: &str) -> Result<RegisterKey, OfficeError> {
    let id = |text: &str| text.parse().ok().filter(|id: &i64| *id > 0);
    let key = text.split_once(':').and_then(|(project, filing)| {
        Some(RegisterKey {
            project: ProjectId(id(project)?),
            filing: FilingId(id(filing)?),
        })
    });
    key.ok_or_else(|| {
        OfficeError::Invalid(vec![FieldFault {
            field: "after",
            message: "翻页位置无法识别。请从第一页重新打开本页。".to_owned(),
        }])
    })
}

#[cfg(test)]
mod tests;

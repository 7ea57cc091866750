//! The home page of each role.

mod todo;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::HashMap;

use super::actor::{Act, permit};
use super::corrections::OPEN_SHOWN;
use super::list::project_card;
use super::model::board::BoardLamp;
use super::model::proceedings::OpinionOwed;
use super::model::{BureauCount, BureauHome, CompanyHome, FilingCard, OfficeHome, Todo};
use super::{Actor, Moment, Office, OfficeError};
use crate::statute::plan::BureauKind;
use crate::store::record::{Bureau, Role};
use crate::store::{BoardQuestion, Counts, ListRow, Owner, ProjectFilter, QueuePart};

/// The most to-dos that the company's home lists.
const TODOS: usize = 50;
/// Ready filings read for them: a joint filing takes several.
const READY_READ: u64 = 200;
/// The newest projects on the company's home.
const PROJECTS: u64 = 10;
/// The most rows of a bureau's queue part.
const QUEUE: u64 = 100;
/// The first rows of a board on a home page.
const BOARD_TOP: u64 = 20;

impl Office {
    /// The company's home.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn company_home(
        &self,
        actor: &Actor,
        at: Moment,
    ) -> Result<CompanyHome, OfficeError> {
        if actor.role != Role::Company {
            return Err(forbidden("供电公司"));
        }
        let reader = self.store.reader();
        let shown = u64::try_from(TODOS).unwrap_or(u64::MAX);
        let correcting = self
            .cards(reader.correcting(shown).await?, at.today)
            .await?;
        let ready = whole_projects(reader.ready(READY_READ).await?);
        let ready = self.cards(ready, at.today).await?;
        let mut todos: Vec<Todo> = todo::todos(self.plan(), correcting, ready);
        todos.truncate(TODOS);
        let mut todo_total = reader.correcting_count().await? + reader.ready_count().await?;
        for step in todo::taken_along(self.plan()) {
            todo_total = todo_total.saturating_sub(reader.ready_count_of(step).await?);
        }
        let projects = reader
            .projects(
                &ProjectFilter {
                    limit: PROJECTS,
                    ..ProjectFilter::default()
                },
                at.today,
            )
            .await?;
        Ok(CompanyHome {
            todos,
            todo_total,
            overdue: self.top(BoardLamp::Red, at).await?,
            promises: self.promises_due(at.today).await?,
            decisions_owed: self.owed(Owner::Company, at).await?,
            projects: projects.rows.into_iter().map(project_card).collect(),
            project_total: projects.total,
        })
    }

    /// The home of the actor's bureau.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn bureau_home(&self, actor: &Actor, at: Moment) -> Result<BureauHome, OfficeError> {
        let Role::Officer { bureau: id } = actor.role else {
            return Err(forbidden("审批部门经办人"));
        };
        let reader = self.store.reader();
        let bureau = match actor.bureau.clone().filter(|bureau| bureau.id == id) {
            Some(bureau) => bureau,
            None => reader
                .bureau(id)
                .await?
                .ok_or(OfficeError::NotFound("bureau"))?,
        };
        let counts = reader.bureau_counts(at.today, Some(id)).await?;
        let counts = counts.into_iter().find(|(of, _)| *of == id);
        let opinions_owed = match bureau
            .county
            .filter(|_| bureau.kind == BureauKind::NaturalResources)
        {
            Some(county) => reader.open_consultations(county, QUEUE).await?,
            None => Vec::new(),
        };
        let corrections = match permit(actor, Act::ConsentCorrection { bureau: id }) {
            Ok(_) => reader.open_corrections(id, OPEN_SHOWN).await?,
            Err(_) => Vec::new(),
        };
        let (standing_in, away) = self.delegations_today(actor, at).await?;
        Ok(BureauHome {
            corrections,
            standing_in,
            away,
            supervision: self.case_counts(Some(id)).await?,
            opinions_owed: opinions_owed
                .into_iter()
                .map(|owed| OpinionOwed {
                    filing: owed.filing,
                    project_name: owed.project_name,
                    asked_on: owed.asked_on,
                })
                .collect(),
            offences: self.offences_waiting(actor, &bureau).await?,
            decides: self.plan().decides(bureau.kind),
            decisions_owed: self.owed(Owner::Bureau(id), at).await?,
            awaiting: self.queue(&bureau, QueuePart::Awaiting, at).await?,
            running: self.queue(&bureau, QueuePart::Running, at).await?,
            paused: self.queue(&bureau, QueuePart::Paused, at).await?,
            count: count(bureau.clone(), counts.map(|(_, c)| c).unwrap_or_default()),
            bureau,
        })
    }

    /// The home of those who watch: the government office, the deputy mayor in charge.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn office_home(&self, actor: &Actor, at: Moment) -> Result<OfficeHome, OfficeError> {
        if !matches!(
            actor.role,
            Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator
        ) {
            return Err(forbidden("市政府办公室和分管市领导"));
        }
        let reader = self.store.reader();
        let mut bureaus: HashMap<_, Bureau> = reader
            .bureaus()
            .await?
            .into_iter()
            .map(|bureau| (bureau.id, bureau))
            .collect();
        let mut by_bureau: Vec<BureauCount> = reader
            .bureau_counts(at.today, None)
            .await?
            .into_iter()
            .filter_map(|(id, counts)| Some(count(bureaus.remove(&id)?, counts)))
            .collect();
        by_bureau.sort_by_key(|row| {
            let pressing = (row.overdue, row.law_overdue, row.near_due);
            (Reverse(pressing), row.bureau.id)
        });
        Ok(OfficeHome {
            supervision: self.case_counts(None).await?,
            by_bureau,
            overdue: self.top(BoardLamp::Red, at).await?,
            near_due: self.top(BoardLamp::Yellow, at).await?,
        })
    }

    /// The first rows of the board under a lamp.
    async fn top(&self, lamp: BoardLamp, at: Moment) -> Result<Vec<FilingCard>, OfficeError> {
        let asked = BoardQuestion {
            listed: lamp.buckets().to_vec(),
            limit: BOARD_TOP,
            ..BoardQuestion::default()
        };
        let rows = self.store.reader().board_rows(&asked, at.today).await?;
        self.cards(rows, at.today).await
    }

    async fn queue(
        &self,
        bureau: &Bureau,
        part: QueuePart,
        at: Moment,
    ) -> Result<Vec<FilingCard>, OfficeError> {
        let reader = self.store.reader();
        let rows = reader.queue(bureau.id, part, at.today, QUEUE).await?;
        self.cards(rows, at.today).await
    }
}

/// Drops the last project's rows where the list was cut, since its joint filing may be cut too.
fn whole_projects(mut rows: Vec<ListRow>) -> Vec<ListRow> {
    let cut = u64::try_from(rows.len()).is_ok_and(|read| read >= READY_READ);
    if let Some(last) = rows.last().filter(|_| cut).map(|row| row.filing.project) {
        rows.retain(|row| row.filing.project != last);
    }
    rows
}

fn forbidden(role: &str) -> OfficeError {
    OfficeError::Forbidden(format!("这是{role}的首页,您的角色不能查看"))
}

fn count(bureau: Bureau, counts: Counts) -> BureauCount {
    BureauCount {
        bureau,
        overdue: counts.overdue,
        law_overdue: counts.law_overdue,
        near_due: counts.near_due,
        in_time: counts.in_time,
        suspended: counts.suspended,
        waiting: counts.waiting,
        untimed: counts.untimed,
        awaiting: counts.awaiting,
        correcting: counts.correcting,
    }
}

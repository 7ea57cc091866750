//! Lists: projects by search, bureaus.

use super::model::home::{ProjectSearch, ProjectState};
use super::model::{Page, ProjectCard};
use super::page::sees;
use super::{Actor, Bureau, FieldFault, Moment, Office, OfficeError, ProjectId};
use crate::store::record::{Filing, Role};
use crate::store::{ListKind, ProjectFilter, ProjectSummary};

/// Projects on one page.
const ROWS: u64 = 50;
/// The most characters that a search may have: a project's name has no more.
const TEXT: usize = 80;

impl Office {
    /// The filings of a project as they stand, past runs among them.
    ///
    /// # Errors
    /// NotFound, also for those who may not see it; the store.
    pub async fn filings(
        &self,
        actor: &Actor,
        project: ProjectId,
    ) -> Result<Vec<Filing>, OfficeError> {
        let filings = self.store.reader().filings_of_project(project).await?;
        if !sees(actor, &filings) {
            return Err(OfficeError::NotFound("project"));
        }
        Ok(filings)
    }

    /// The project list, newest first; officers see projects that have a step at their bureau.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`] for a search longer than a name; the store.
    pub async fn projects(
        &self,
        actor: &Actor,
        search: &ProjectSearch,
        at: Moment,
    ) -> Result<Page<ProjectCard>, OfficeError> {
        let text = search.text.trim();
        if text.chars().count() > TEXT {
            return Err(OfficeError::Invalid(vec![FieldFault {
                field: "text",
                message: format!("搜索词最多{TEXT}个字,请缩短后再查"),
            }]));
        }
        let filter = ProjectFilter {
            text: text.to_owned(),
            county: search.county,
            volts: search.volts,
            on_board: match search.state {
                Some(ProjectState::Overdue) => Some(ListKind::Overdue),
                Some(ProjectState::NearDue) => Some(ListKind::NearDue),
                Some(ProjectState::Open | ProjectState::Finished) | None => None,
            },
            open: match search.state {
                Some(ProjectState::Open) => Some(true),
                Some(ProjectState::Finished) => Some(false),
                Some(ProjectState::Overdue | ProjectState::NearDue) | None => None,
            },
            bureau: match actor.role {
                Role::Officer { bureau } => Some(bureau),
                Role::Company
                | Role::GovernmentOffice
                | Role::DeputyMayor
                | Role::Administrator => None,
            },
            after: search.after,
            limit: ROWS,
        };
        let found = self.store.reader().projects(&filter, at.today).await?;
        Ok(Page {
            rows: found.rows.into_iter().map(project_card).collect(),
            total: found.total,
            next: found.next.map(|id| id.to_string()),
        })
    }

    /// All bureaus, by level, county and kind.
    ///
    /// # Errors
    /// The store.
    pub async fn bureaus(&self, _actor: &Actor) -> Result<Vec<Bureau>, OfficeError> {
        Ok(self.store.reader().bureaus().await?)
    }
}

/// A stored project with its counts, as a list shows it.
pub(super) fn project_card(found: ProjectSummary) -> ProjectCard {
    let project = found.project;
    ProjectCard {
        id: project.id,
        name: project.name,
        code: project.code,
        volts: project.facts.voltage.0,
        counties: project.facts.counties,
        created_on: project.created_on,
        steps: found.steps,
        decided: found.decided,
        overdue: found.overdue,
        near_due: found.near_due,
        suspended: found.suspended,
    }
}

#[cfg(test)]
mod tests;

//! The board (督查看板): counts by every dimension, and the list, under one filter.
//!
//! # Why
//! The store answers once, from one snapshot: a few hundred lines of counts, the page's rows and
//! the page's projects. Everything that the page shows of counts is added up here from those same
//! lines, so that tiles, breakdowns, choices and the list's length cannot disagree. No ledger is
//! read: a row's turning points say what the clock would.

mod cursor;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::model::board::{BoardChoices, BoardGroup, Dimension, GroupKey};
use super::model::{Board, Page};
use super::{Actor, BoardQuery, Moment, Office, OfficeError};
use crate::store::record::Role;
use crate::store::{
    BoardFilter, BoardKey, BoardQuestion, Bucket, Counts, ListRow, ProjectKey, ProjectTally, Tally,
    Urgency,
};

/// Rows on one page of the list.
const ROWS: usize = 50;
/// Projects on one page of their breakdown.
const PROJECTS: usize = 20;

impl Office {
    /// The board; officers see their own bureau's rows.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`] for a cursor that no page gave; the store.
    pub async fn board(
        &self,
        actor: &Actor,
        query: &BoardQuery,
        at: Moment,
    ) -> Result<Board, OfficeError> {
        let after = query.after.as_deref().map(cursor::read).transpose()?;
        let behind = query.groups_after.as_deref();
        let behind = behind.map(cursor::read_project).transpose()?;
        let only = match actor.role {
            Role::Officer { bureau } => Some(bureau),
            Role::Company | Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => {
                None
            }
        };
        let by_project = query.by == Dimension::Project;
        let asked = BoardQuestion {
            only,
            filter: query.filter.clone(),
            listed: query
                .lamp
                .map_or(Vec::new(), |lamp| lamp.buckets().to_vec()),
            after,
            limit: more_than(ROWS),
            projects: by_project.then(|| (more_than(PROJECTS), behind)),
        };
        let found = self.store.reader().board(&asked, at.today).await?;
        let filter = asked.seen();
        let names = self.step_names(&found.tallies).await?;
        let lines = |filter: &BoardFilter, by| groups(&found.tallies, filter, by, &names);

        // A choice of a filter is counted under all the others.
        let without = |change: fn(&mut BoardFilter)| {
            let mut others = filter.clone();
            change(&mut others);
            others
        };
        let mut counts = Counts::default();
        for tally in found.tallies.iter().filter(|tally| filter.admits(tally)) {
            counts += tally.counts;
        }
        let named = found.rows.first().map(|row| row.project_name.clone());
        let named = named.or_else(|| found.projects.first().map(|one| one.name.clone()));
        let (groups, groups_next) = if by_project {
            projects(found.projects)
        } else {
            (lines(&filter, query.by), None)
        };
        let project_name = named.filter(|_| filter.project.is_some());
        let mut rows = found.rows;
        let next = self.next(&mut rows, at);
        Ok(Board {
            groups,
            groups_next,
            choices: BoardChoices {
                bureaus: lines(&without(|f| f.bureau = None), Dimension::Bureau),
                places: lines(&without(|f| f.place = None), Dimension::County),
                steps: lines(&without(|f| f.step = None), Dimension::Step),
                companies: lines(&without(|f| f.company = None), Dimension::Company),
            },
            project_name,
            page: Page {
                rows: self.cards(rows, at.today).await?,
                total: query.lamp.map_or(counts.open(), |lamp| lamp.of(&counts)),
                next,
            },
            counts,
            own: only.is_some(),
        })
    }

    /// Cuts the rows to a page; where more follow, the cursor behind the last of them.
    fn next(&self, rows: &mut Vec<ListRow>, at: Moment) -> Option<String> {
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let calendar = self.calendar();
        let last = rows.last().filter(|_| more)?;
        let bucket = Bucket::of(&last.filing.turning.glance(at.today, &calendar))?;
        Some(cursor::write(BoardKey {
            bucket,
            on: bucket.day(&last.filing)?,
            id: last.filing.id,
        }))
    }

    /// The name of each step, by the catalogue in force, or by the one that its projects keep.
    async fn step_names(&self, tallies: &[Tally]) -> Result<BTreeMap<String, String>, OfficeError> {
        let mut names = BTreeMap::new();
        for tally in tallies {
            let id = tally.step.as_str();
            if names.contains_key(id) {
                continue;
            }
            let name = match self.plan().step(id) {
                Some(step) => Some(step.name.clone()),
                None => {
                    let plan = self.plan_of(&tally.plan_hash).await?;
                    plan.step(id).map(|step| step.name.clone())
                }
            };
            names.insert(id.to_owned(), name.unwrap_or_else(|| id.to_owned()));
        }
        Ok(names)
    }
}

/// One more than are shown tells whether more follow.
fn more_than(shown: usize) -> u64 {
    u64::try_from(shown).unwrap_or(u64::MAX).saturating_add(1)
}

/// The counted steps that pass the filter, by one dimension, what needs a person first ahead.
fn groups(
    tallies: &[Tally],
    filter: &BoardFilter,
    by: Dimension,
    names: &BTreeMap<String, String>,
) -> Vec<BoardGroup> {
    let mut groups: BTreeMap<GroupKey, BoardGroup> = BTreeMap::new();
    for tally in tallies.iter().filter(|tally| filter.admits(tally)) {
        let (key, name) = match by {
            Dimension::Bureau => (GroupKey::Bureau(tally.bureau), tally.bureau_name.as_str()),
            Dimension::County => (GroupKey::Place(tally.place), ""),
            Dimension::Step => {
                let id = tally.step.as_str();
                let name = names.get(id).map_or(id, String::as_str);
                (GroupKey::Step(id.to_owned()), name)
            }
            Dimension::Company => (
                GroupKey::Company(tally.company),
                tally.company_name.as_str(),
            ),
            // The store groups those.
            Dimension::Project => continue,
        };
        groups
            .entry(key.clone())
            .or_insert_with(|| BoardGroup {
                key,
                name: name.to_owned(),
                counts: Counts::default(),
            })
            .counts += tally.counts;
    }
    let mut groups: Vec<BoardGroup> = groups.into_values().collect();
    groups.sort_by_key(|group| Reverse(Urgency::of(&group.counts)));
    groups
}

fn projects(mut found: Vec<ProjectTally>) -> (Vec<BoardGroup>, Option<String>) {
    let more = found.len() > PROJECTS;
    found.truncate(PROJECTS);
    let next = found.last().filter(|_| more).map(|last| {
        cursor::write_project(ProjectKey {
            urgency: Urgency::of(&last.counts),
            id: last.id,
        })
    });
    let groups = found.into_iter().map(|found| BoardGroup {
        key: GroupKey::Project(found.id),
        name: found.name,
        counts: found.counts,
    });
    (groups.collect(), next)
}

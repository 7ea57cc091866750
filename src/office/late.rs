//! Entries that were typed late (补录): who typed what, how many days after its day.
//!
//! Three statements, however long the list: the page's rows, the counts under the same condition,
//! and the bureaus' names.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;

use super::model::Page;
use super::model::home::BoardCount;
use super::model::late::{LateEntries, LateLine, LateQuery};
use super::{Actor, FieldFault, FilingId, Office, OfficeError};
use crate::statute::late::days_late;
use crate::statute::plan::Plan;
use crate::store::record::Role;
use crate::store::{LateFilter, LateKey, LateRow};

/// Rows on one page.
const ROWS: usize = 50;

impl Office {
    /// The late entries: all for the government office, their own bureau's for officers.
    ///
    /// # Errors
    /// Forbidden to others; [`OfficeError::Invalid`] for a cursor that no page gave; the store.
    pub async fn late_entries(
        &self,
        actor: &Actor,
        query: &LateQuery,
    ) -> Result<LateEntries, OfficeError> {
        let own = match actor.role {
            Role::GovernmentOffice | Role::DeputyMayor => None,
            Role::Officer { bureau } => Some(bureau),
            Role::Company | Role::Administrator => {
                let words = "补录清单由市政府办公室查看,审批部门查看本部门的";
                return Err(OfficeError::Forbidden(words.to_owned()));
            }
        };
        let after = query.after.as_deref().map(read_key).transpose()?;
        let typed = query.month.and_then(|month| month.days());
        let only = own.or(query.bureau);
        let reader = self.store.reader();
        let filter = LateFilter {
            bureau: only,
            typed,
        };
        let limit = u64::try_from(ROWS).unwrap_or(u64::MAX).saturating_add(1);
        let mut rows = reader.late_entries(&filter, after, limit).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| more).map(write_key);
        let of_all = LateFilter { bureau: own, typed };
        let mut counts = reader.late_counts(&of_all).await?;
        let bureaus = reader.bureaus().await?;
        let mut by_bureau: Vec<BoardCount> = bureaus
            .into_iter()
            .filter_map(|bureau| {
                let steps = counts.remove(&bureau.id)?;
                Some(BoardCount { bureau, steps })
            })
            .collect();
        by_bureau.sort_by_key(|row| (Reverse(row.steps), row.bureau.id));
        let total = by_bureau
            .iter()
            .filter(|row| only.is_none_or(|only| only == row.bureau.id))
            .map(|row| row.steps)
            .sum();
        Ok(LateEntries {
            page: Page {
                rows: self.late_lines(rows).await?,
                total,
                next,
            },
            by_bureau,
            own: own.is_some(),
        })
    }

    async fn late_lines(&self, rows: Vec<LateRow>) -> Result<Vec<LateLine>, OfficeError> {
        let mut plan: Arc<Plan> = Arc::clone(self.plans.current());
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            if row.plan_hash != plan.hash {
                plan = self.plan_of(&row.plan_hash).await?;
            }
            let step = plan.step(row.step.as_str());
            lines.push(LateLine {
                filing: row.filing,
                kind: row.kind,
                on: row.on,
                recorded_on: row.recorded_on,
                days: days_late(row.on, row.recorded_on).unwrap_or_default(),
                actor_name: row.actor_name,
                step_name: step.map_or_else(|| row.step.to_string(), |step| step.name.clone()),
                county: row.county,
                project: row.project,
                project_name: row.project_name,
                bureau_name: row.bureau_name,
            });
        }
        Ok(lines)
    }
}

fn write_key(row: &LateRow) -> String {
    format!("{}:{}:{}", row.recorded_on, row.filing, row.seq)
}

/// Reads what [`write_key`] wrote.
fn read_key(text: &str) -> Result<LateKey, OfficeError> {
    let mut parts = text.split(':');
    let key = (|| {
        let key = LateKey {
            recorded_on: NaiveDate::parse_from_str(parts.next()?, "%Y-%m-%d").ok()?,
            filing: FilingId(parts.next()?.parse().ok().filter(|id| *id > 0)?),
            seq: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(key)
    })();
    key.ok_or_else(|| {
        OfficeError::Invalid(vec![FieldFault {
            field: "after",
            message: "翻页位置无法识别。请从第一页重新打开本页。".to_owned(),
        }])
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{World, at, on, on_new_land};
    use super::*;
    use crate::office::BureauId;
    use crate::office::model::late::Month;
    use crate::statute::clock::EventKind;
    use crate::statute::division::County;

    fn query(bureau: Option<BureauId>, month: Option<&str>) -> LateQuery {
        LateQuery {
            bureau,
            month: month.and_then(Month::read),
            after: None,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn counts_and_list_agree_and_each_bureau_sees_its_own() {
        let world = World::new().await;
        let project = world.project(on_new_land(&[County::Mingshan])).await;
        world.file_jointly(project, on(9, 28)).await.unwrap();
        let city = world.filing(project, "land-pre-review").await;
        let county = world.filing(project, "county-initial-review").await;
        let site = world.filing(project, "site-selection").await;
        // On the day itself, the day after, and two days after: only the last is late.
        for (filing, day, typed) in [(&site, 5, 5), (&city, 8, 9), (&county, 8, 10)] {
            let kind = match filing.id == site.id {
                true => EventKind::Submitted,
                false => EventKind::Accepted,
            };
            let done = world.record(filing, kind, on(10, day), at(10, typed)).await;
            done.unwrap();
        }
        let office = world.hire("office", Role::GovernmentOffice).await;
        let everything = query(None, None);
        let all = world.office.late_entries(&office, &everything).await;
        let all = all.unwrap();
        // The joint filing of 28 September was typed on the 30th, two days after.
        let kinds: Vec<_> = all
            .page
            .rows
            .iter()
            .map(|line| (line.filing, line.kind.as_str(), line.days))
            .collect();
        let (first, last) = (county.id.max(city.id), county.id.min(city.id));
        assert_eq!(
            kinds,
            [
                (county.id, "accepted", 2),
                (first, "submitted", 2),
                (last, "submitted", 2)
            ]
        );
        let counted: u64 = all.by_bureau.iter().map(|row| row.steps).sum();
        assert_eq!((all.page.total, counted, all.own), (3, 3, false));
        for row in &all.by_bureau {
            let some = query(Some(row.bureau.id), None);
            let some = world.office.late_entries(&office, &some).await.unwrap();
            assert_eq!(some.page.total, row.steps);
            assert_eq!(some.page.rows.len() as u64, row.steps);
        }
        let september = query(None, Some("2026-09"));
        let september = world.office.late_entries(&office, &september).await;
        assert_eq!(september.unwrap().page.rows.len(), 2);
        let asks_for_other = query(Some(city.bureau), None);
        let officer = world.officer(&county);
        let own = world.office.late_entries(&officer, &asks_for_other).await;
        let own = own.unwrap();
        assert!(own.own && own.page.rows.iter().all(|line| line.filing == county.id));
        assert_eq!(own.page.total, own.page.rows.len() as u64);
        for outsider in [&world.company, &world.administrator] {
            let refused = world.office.late_entries(outsider, &everything);
            assert!(matches!(refused.await, Err(OfficeError::Forbidden(_))));
        }
    }

    #[test]
    fn a_cursor_that_was_not_given_is_refused() {
        assert!(read_key("2026-11-23:7:2").is_ok());
        for text in [
            "",
            "2026-11-23",
            "2026-11-23:7",
            "2026-11-23:0:1",
            "x:7:2",
            "2026-11-23:7:2:1",
        ] {
            assert!(
                matches!(read_key(text), Err(OfficeError::Invalid(_))),
                "{text}"
            );
        }
    }
}

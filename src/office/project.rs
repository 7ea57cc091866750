//! New projects, and the joint filing of clause 1.

use super::actor::{Act, permit};
use super::desk;
use super::record::{Ledgers, fresh};
use super::{
    Actor, Bureau, FieldFault, FileJointly, FilingId, Moment, NewProject, Office, OfficeError,
    OfficeRule, ProjectId, Recorded,
};
use crate::statute::division::County;
use crate::statute::plan::route::{Route, RouteStep, route};
use crate::statute::plan::{BureauKind, Level};
use crate::store::{NewFilingRow, NewProjectRow, StoreError, Tx};

/// The characters that a project's name may have.
const NAME: std::ops::RangeInclusive<usize> = 2..=80;
/// The most characters of a form's key.
const KEY: usize = 100;
/// Digits of each part of a platform code (发改投资〔2020〕1439号), joined by hyphens.
const CODE: [usize; 5] = [4, 6, 2, 2, 6];

impl Office {
    /// Makes a project with one filing for each step of its route.
    ///
    /// # Errors
    /// Invalid, Facts, Forbidden, AlreadyMade; then nothing was written.
    pub async fn create_project(
        &self,
        actor: &Actor,
        new: NewProject,
        at: Moment,
    ) -> Result<ProjectId, OfficeError> {
        let _permit = permit(actor, Act::CreateProject)?;
        let new = checked(new)?;
        let plan = self.plans.current();
        let route = route(plan, &new.facts)?;
        let key = new.request_key.clone();
        let tx = self.begin().await?;
        if let Some(first) = tx.project_by_request_key(&key).await? {
            return Err(OfficeError::AlreadyMade(first));
        }
        self.save_catalogue(&tx, at).await?;
        let row = row(new, actor, &plan.hash, at);
        let id = match tx.insert_project(&row).await {
            Err(StoreError::Duplicate(what)) => {
                drop(tx);
                let tx = self.begin().await?;
                let first = tx.project_by_request_key(&key).await?;
                return Err(first.map_or(OfficeError::Store(what), OfficeError::AlreadyMade));
            }
            other => other?,
        };
        let bureaus = tx.bureaus().await?;
        tx.insert_filings(&filings(id, &route, &bureaus)?).await?;
        let subject = format!("project {id}");
        tx.audit(
            at.now,
            Some(actor.id),
            "create-project",
            &subject,
            &row.name,
        )
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Keeps the text of the catalogue that new projects begin under.
    pub(super) async fn save_catalogue(&self, tx: &Tx, at: Moment) -> Result<(), OfficeError> {
        let plan = self.plans.current();
        let text = self.plans.text();
        Ok(tx
            .save_catalogue(&plan.hash, &plan.id, &plan.version, text, at.now)
            .await?)
    }

    /// Files the county reviews and the city pre-review at the same moment (第1条).
    ///
    /// # Errors
    /// As [`Office::record`]; all or nothing.
    pub async fn file_jointly(
        &self,
        actor: &Actor,
        joint: FileJointly,
        at: Moment,
    ) -> Result<Vec<Recorded>, OfficeError> {
        let permit = permit(actor, Act::FileJointly)?;
        let missing = || OfficeError::NotFound("project");
        let reader = self.store.reader();
        let project = reader.project(joint.project).await?.ok_or_else(missing)?;
        let plan = self.plan_of(&project.plan_hash).await?;

        let tx = self.begin().await?;
        let mut desk = self
            .locked_desk(&tx, joint.project, &plan, &project.facts)
            .await?;
        for (id, seen) in &joint.seen {
            fresh(&desk, *id, *seen)?;
        }
        let ids: Vec<FilingId> = joint.seen.iter().map(|(id, _)| *id).collect();
        let mut ledgers = Ledgers::default();
        for (id, seen) in &joint.seen {
            // An empty ledger needs no reading; drafts have one unless something arrived before.
            if *seen > 0 {
                ledgers.read(&tx, *id, &mut desk).await?;
            }
        }
        let wish = (joint.on, joint.note.as_deref());
        desk.file_jointly(&permit, actor, &ids, wish, at)?;
        let recorded = desk
            .entered()
            .iter()
            .map(|entered| Recorded {
                filing: entered.before.id,
                seq: entered.before.seq + 1,
                followed: Vec::new(),
            })
            .collect();
        ledgers.store(self, &tx, &desk, at).await?;
        let subject = format!("project {}", joint.project);
        let detail = joint.on.to_string();
        tx.audit(at.now, Some(actor.id), "file-jointly", &subject, &detail)
            .await?;
        tx.commit().await?;
        Ok(recorded)
    }
}

/// The project with its texts trimmed and its counties in order.
///
/// # Errors
/// Every field that is wrong, at once.
pub(super) fn checked(mut new: NewProject) -> Result<NewProject, OfficeError> {
    let mut faults = Vec::new();
    let mut fault = |field, message| faults.push(FieldFault { field, message });
    new.name = new.name.trim().to_owned();
    let length = new.name.chars().count();
    if !NAME.contains(&length) {
        let message = format!(
            "项目名称应为{}至{}个字,现为{length}个",
            NAME.start(),
            NAME.end()
        );
        fault("name", message);
    } else if new.name.chars().any(char::is_control) {
        fault("name", "项目名称不能含换行等控制字符".to_owned());
    }
    new.code = new
        .code
        .map(|code| code.trim().to_owned())
        .filter(|code| !code.is_empty());
    if new.code.as_deref().is_some_and(|code| !is_code(code)) {
        let message = "项目代码的写法应如 2020-210500-44-02-016343(24位,可不填)".to_owned();
        fault("code", message);
    }
    if new.request_key.is_empty() || new.request_key.chars().count() > KEY {
        let message = "表单已失效;请重新打开“新建项目”页".to_owned();
        fault("request_key", message);
    }
    if !faults.is_empty() {
        return Err(OfficeError::Invalid(faults));
    }
    new.facts.counties.sort();
    Ok(new)
}

/// Whether `text` has the shape of a platform code (投资项目代码): `2020-210500-44-02-016343`.
///
/// The last digit is a check digit whose reckoning is not published, so only the shape is asked.
fn is_code(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == CODE.len()
        && parts.iter().zip(CODE).all(|(part, digits)| {
            part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// The project's row.
pub(super) fn row(new: NewProject, actor: &Actor, plan_hash: &str, at: Moment) -> NewProjectRow {
    NewProjectRow {
        name: new.name,
        code: new.code,
        facts: new.facts,
        plan_hash: plan_hash.to_owned(),
        created_by: actor.id,
        created_on: at.today,
        created_at: at.now,
        request_key: new.request_key,
    }
}

/// One empty filing for each step of the route, at the bureau that decides it.
///
/// # Errors
/// Rule `no-bureau`: the installation lacks one.
pub(super) fn filings(
    project: ProjectId,
    route: &Route<'_>,
    bureaus: &[Bureau],
) -> Result<Vec<NewFilingRow>, OfficeError> {
    let row = |step: &RouteStep<'_>| {
        let (kind, level, county) = (step.step.bureau, step.step.level, step.key.county);
        let bureau = bureaus
            .iter()
            .find(|b| b.kind == kind && b.level == level && b.county == county)
            .ok_or_else(|| no_bureau(&step.step.name, kind, level, county))?;
        Ok(NewFilingRow {
            project,
            step: step.key.step.clone(),
            county,
            bureau: bureau.id,
            ready: desk::ready(step),
            untimed: step.untimed,
            run: 1,
            succeeds: None,
        })
    };
    route.steps.iter().map(row).collect()
}

fn no_bureau(step: &str, kind: BureauKind, level: Level, county: Option<County>) -> OfficeError {
    let name = super::setup::bureau_name(kind, level, county);
    OfficeError::Rule(OfficeRule {
        rule: "no-bureau",
        detail: format!("“{step}”由{name}承办,但系统中没有这个部门;请联系系统管理员设置"),
    })
}

#[cfg(test)]
mod tests;

//! Whose deadlines are which, as dates of a calendar.
//!
//! An officer: what the own bureau has to answer and to decide, and owes of meetings' decisions.
//! The company: what it has promised, owes, or has to supplement. Those who watch: what is overdue
//! or near due anywhere. What is suspended has no date and is not shown. Nobody is named.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::super::lines::with_county;
use super::super::model::FilingCard;
use super::super::model::delivery::{Deadline, Feed};
use super::super::{Actor, Moment, Office, OfficeError};
use super::{Outlets, site_link};
use crate::store::record::Role;
use crate::store::{
    BoardQuestion, Bucket, BureauId, Changed, CommitmentRow, FilingId, ListRow, OwedDecision,
    Owner, QueuePart,
};

/// The most dates of one kind.
const MOST: u64 = 200;
/// Promises that end later are not shown yet.
const AHEAD: Days = Days::new(366);

/// What a step's date is.
#[derive(Clone, Copy)]
enum What {
    /// The last day to decide.
    Decide,
    /// The last day to accept or to ask for supplements.
    Answer,
    /// Supplements were asked for on that day.
    Supplement,
}

/// A step with its date.
type Dated = (What, NaiveDate, FilingCard);

impl Office {
    /// The actor's deadlines.
    pub(super) async fn deadlines(&self, actor: &Actor, at: Moment) -> Result<Feed, OfficeError> {
        let (name, what, deadlines) = match actor.role {
            Role::Officer { bureau } => (
                "审批期限",
                "本部门正在计时的事项的到期日、待受理事项的最迟答复日和承办的议定事项",
                self.deadlines_of_bureau(bureau, at).await?,
            ),
            Role::Company => (
                "供电公司期限",
                "待补正的事项、到期的承诺和承办的议定事项",
                self.deadlines_of_company(at).await?,
            ),
            Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => (
                "超期和临期事项",
                "全市超期和临期事项的到期日",
                self.deadlines_of_all(at).await?,
            ),
        };
        Ok(Feed {
            name: format!("本溪电网审批 · {name}"),
            description: format!(
                "{what}，每类最多{MOST}项。中止计时的事项没有日期，不列入。标“暂定”的日期落在放假通知尚未公布的年份，公布后可能变动。以系统页面为准。"
            ),
            deadlines,
        })
    }

    async fn deadlines_of_bureau(
        &self,
        bureau: BureauId,
        at: Moment,
    ) -> Result<Vec<Deadline>, OfficeError> {
        let reader = self.store.reader();
        let running = reader
            .queue(bureau, QueuePart::Running, at.today, MOST)
            .await?;
        let awaiting = reader
            .queue(bureau, QueuePart::Awaiting, at.today, MOST)
            .await?;
        let owed = reader.decisions_owed(Owner::Bureau(bureau), MOST).await?;
        let mut steps = self.to_decide(running, at).await?;
        for card in self.cards(awaiting, at.today).await? {
            steps.extend(card.answer_by.map(|on| (What::Answer, on, card)));
        }
        let mut all = self.deadlines_of_steps(&steps).await?;
        all.extend(owed.iter().map(|one| of_decision(one, &self.outlets)));
        Ok(all)
    }

    async fn deadlines_of_company(&self, at: Moment) -> Result<Vec<Deadline>, OfficeError> {
        let reader = self.store.reader();
        let correcting = reader.correcting(MOST).await?;
        let asked: Vec<Option<NaiveDate>> =
            correcting.iter().map(|row| row.filing.last_on).collect();
        let cards = self.cards(correcting, at.today).await?;
        let steps: Vec<Dated> = asked
            .into_iter()
            .zip(cards)
            .filter_map(|(asked, card)| Some((What::Supplement, asked?, card)))
            .collect();
        let until = at.today.checked_add_days(AHEAD).unwrap_or(at.today);
        let promises = reader.commitments_due(until, MOST).await?;
        let owed = reader.decisions_owed(Owner::Company, MOST).await?;
        let mut all = self.deadlines_of_steps(&steps).await?;
        all.extend(promises.iter().map(|one| of_promise(one, &self.outlets)));
        all.extend(owed.iter().map(|one| of_decision(one, &self.outlets)));
        Ok(all)
    }

    async fn deadlines_of_all(&self, at: Moment) -> Result<Vec<Deadline>, OfficeError> {
        let reader = self.store.reader();
        let listed = |listed: Vec<Bucket>| BoardQuestion {
            listed,
            limit: MOST,
            ..BoardQuestion::default()
        };
        let red = listed(vec![Bucket::LawOverdue, Bucket::PlanOverdue]);
        let mut rows = reader.board_rows(&red, at.today).await?;
        let yellow = listed(vec![Bucket::NearDue]);
        rows.extend(reader.board_rows(&yellow, at.today).await?);
        let steps = self.to_decide(rows, at).await?;
        self.deadlines_of_steps(&steps).await
    }

    async fn to_decide(&self, rows: Vec<ListRow>, at: Moment) -> Result<Vec<Dated>, OfficeError> {
        let cards = self.cards(rows, at.today).await?;
        let dated = cards.into_iter().filter_map(|card| {
            let due_on = card.glance.due_on?;
            Some((What::Decide, due_on, card))
        });
        Ok(dated.collect())
    }

    async fn deadlines_of_steps(&self, steps: &[Dated]) -> Result<Vec<Deadline>, OfficeError> {
        let ids: Vec<FilingId> = steps.iter().map(|(_, _, card)| card.id).collect();
        let changes = self.store.reader().last_changes(&ids).await?;
        let changes: HashMap<FilingId, Changed> =
            changes.into_iter().map(|one| (one.filing, one)).collect();
        let calendar = self.calendar();
        let all = steps.iter().filter_map(|(what, on, card)| {
            let provisional = match what {
                What::Decide => card.glance.provisional,
                What::Answer => calendar.is_provisional(*on),
                What::Supplement => false,
            };
            let changed = changes.get(&card.id)?;
            Some(of_step(
                (*what, *on, provisional),
                card,
                changed,
                &self.outlets,
            ))
        });
        Ok(all.collect())
    }
}

/// The words depend on nothing but the step's entries and the calendar, so that they change when
/// the sequence does.
fn of_step(
    (what, on, provisional): (What, NaiveDate, bool),
    card: &FilingCard,
    changed: &Changed,
    outlets: &Outlets,
) -> Deadline {
    let (key, word, about) = match what {
        What::Decide => ("due", "到期", "办理期限的最后一天。"),
        What::Answer => (
            "answer",
            "最迟答复",
            "受理或者一次性告知补正的最后一天，逾期不答复的视为受理（行政许可法 第32条）。",
        ),
        What::Supplement => (
            "supplement",
            "待补正",
            "日期是告知补正的那一天；系统没有补正期限的依据，不推算截止日。",
        ),
    };
    let step = with_county(&card.step_name, card.county);
    let firm = if provisional { "（暂定）" } else { "" };
    Deadline {
        uid: uid(&format!("filing-{}-{key}", card.id), outlets),
        on,
        sequence: changed.times,
        changed: changed.at,
        summary: format!("{word}{firm}：{step} · {}", card.project_name),
        description: format!("{about}承办部门：{}。", card.bureau_name),
        link: page(&format!("/filings/{}", card.id), outlets),
    }
}

fn of_promise(row: &CommitmentRow, outlets: &Outlets) -> Deadline {
    let promise = &row.commitment;
    Deadline {
        uid: uid(&format!("commitment-{}", promise.id), outlets),
        on: promise.due_on,
        sequence: 0,
        changed: promise.at,
        summary: format!("承诺到期：{}", row.project_name),
        description: promise.promise.clone(),
        link: page(&format!("/filings/{}", promise.filing), outlets),
    }
}

fn of_decision(row: &OwedDecision, outlets: &Outlets) -> Deadline {
    let decision = &row.decision;
    Deadline {
        uid: uid(&format!("decision-{}", decision.id), outlets),
        on: decision.due_on,
        sequence: 0,
        // A decision's day never changes, and which instant it was written at is not read here.
        changed: DateTime::<Utc>::UNIX_EPOCH,
        summary: format!("议定事项到期：{} · {}", row.title, row.project_name),
        description: decision.words.clone(),
        link: page(&format!("/coordination/{}", decision.difficulty), outlets),
    }
}

fn uid(key: &str, outlets: &Outlets) -> String {
    let site = outlets.site.as_deref().unwrap_or_default();
    let host = site.split("://").nth(1).unwrap_or("grid-approvals");
    let host = host.split(['/', ':']).next().unwrap_or(host);
    format!("{key}@{host}")
}

fn page(path: &str, outlets: &Outlets) -> Option<String> {
    let site = outlets.site.as_deref();
    site.map(|site| site_link(site, path))
}

//! The list of cases: open ones first, the longest overdue first.
//!
//! Five statements for a page, however long it is.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::super::model::Page;
use super::super::model::supervision::{CaseCounts, CaseRow, SupervisionList};
use super::super::{Actor, FieldFault, FilingId, Moment, Office, OfficeError, SupervisionQuery};
use crate::statute::supervision::{CaseAct, CaseState};
use crate::store::record::{Bureau, Role};
use crate::store::{BureauId, Case, CaseEntry, CaseFilter, CaseId};

/// Rows on one page.
const ROWS: usize = 50;

impl Office {
    /// The list of cases; officers see their own bureau's.
    ///
    /// # Errors
    /// Forbidden to the company; Invalid for a cursor that no page gave.
    pub async fn supervision(
        &self,
        actor: &Actor,
        query: &SupervisionQuery,
        at: Moment,
    ) -> Result<SupervisionList, OfficeError> {
        let own = own_bureau(actor)?;
        let only = own.or(query.bureau);
        let after = query.after.as_deref().map(cursor).transpose()?;
        let reader = self.store.reader();
        let filter = CaseFilter {
            bureau: only,
            state: query.state,
            after,
            limit: u64::try_from(ROWS).unwrap_or(u64::MAX).saturating_add(1),
        };
        let mut cases = reader.cases(&filter).await?;
        let more = cases.len() > ROWS;
        cases.truncate(ROWS);
        let next = cases.last().filter(|_| more).map(write);
        let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
        let filings: Vec<FilingId> = cases.iter().map(|case| case.filing).collect();
        let entries = reader.case_entries(&ids).await?;
        let rows = reader.rows_of(&filings).await?;
        let cards = self.cards(rows, at.today).await?;
        let cards: HashMap<FilingId, _> = cards.into_iter().map(|card| (card.id, card)).collect();
        let rows = cases
            .into_iter()
            .filter_map(|case| {
                let card = cards.get(&case.filing)?.clone();
                Some(row(case, card, &entries))
            })
            .collect();
        let counted = reader.case_counts(own).await?;
        let counts: Vec<(CaseState, u64)> = counted
            .iter()
            .filter(|(bureau, _, _)| only.is_none_or(|only| only == *bureau))
            .map(|(_, state, n)| (*state, *n))
            .collect();
        let counts = CaseCounts(counts);
        let total = query.state.map_or(counts.all(), |state| counts.of(state));
        let bureaus = with_open(reader.bureaus().await?, &counted);
        Ok(SupervisionList {
            page: Page { rows, total, next },
            counts,
            bureaus,
        })
    }

    /// How many cases the actor's home tells of.
    pub(in crate::office) async fn case_counts(
        &self,
        bureau: Option<BureauId>,
    ) -> Result<CaseCounts, OfficeError> {
        let counted = self.store.reader().case_counts(bureau).await?;
        let counts = counted.into_iter().map(|(_, state, n)| (state, n));
        Ok(CaseCounts(counts.collect()))
    }
}

fn own_bureau(actor: &Actor) -> Result<Option<BureauId>, OfficeError> {
    match actor.role {
        Role::Officer { bureau } => Ok(Some(bureau)),
        Role::GovernmentOffice | Role::DeputyMayor | Role::Administrator => Ok(None),
        Role::Company => Err(OfficeError::Forbidden(
            "督办由市政府办公室和承办部门办理,供电公司不能查看".to_owned(),
        )),
    }
}

fn row(case: Case, card: super::super::model::FilingCard, entries: &[CaseEntry]) -> CaseRow {
    let own = || entries.iter().rev().filter(|entry| entry.case == case.id);
    let owes = matches!(case.state, CaseState::Noticed | CaseState::SentBack);
    let answer_by = own().find_map(|entry| match &entry.act {
        CaseAct::NoticeIssued { answer_by, .. } => Some(*answer_by),
        _ => None,
    });
    let promised_on = own().find_map(|entry| match &entry.act {
        CaseAct::Answered { promised_on, .. } => Some(*promised_on),
        _ => None,
    });
    CaseRow {
        id: case.id,
        state: case.state,
        opened_on: case.opened_on,
        closed_on: case.closed_on,
        card,
        answer_by: answer_by.filter(|_| owes),
        promised_on,
    }
}

fn with_open(bureaus: Vec<Bureau>, counted: &[(BureauId, CaseState, u64)]) -> Vec<(Bureau, u64)> {
    let mut all: Vec<(Bureau, u64)> = bureaus
        .into_iter()
        .filter(|bureau| counted.iter().any(|(id, _, _)| *id == bureau.id))
        .map(|bureau| {
            let open = counted
                .iter()
                .filter(|(id, state, _)| *id == bureau.id && *state != CaseState::Closed)
                .map(|(_, _, n)| n)
                .sum();
            (bureau, open)
        })
        .collect();
    all.sort_by_key(|(bureau, open)| (std::cmp::Reverse(*open), bureau.id));
    all
}

fn write(case: &Case) -> String {
    let closed = u8::from(case.closed_on.is_some());
    format!("{closed}:{}:{}", case.ranks_on, case.id)
}

fn cursor(text: &str) -> Result<(bool, NaiveDate, CaseId), OfficeError> {
    let mut parts = text.splitn(3, ':');
    let read = || {
        let closed = match parts.next()? {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        let on = NaiveDate::parse_from_str(parts.next()?, "%Y-%m-%d").ok()?;
        let id = parts.next()?.parse().ok().filter(|id: &i64| *id > 0)?;
        Some((closed, on, CaseId(id)))
    };
    std::iter::once_with(read).flatten().next().ok_or_else(|| {
        OfficeError::Invalid(vec![FieldFault {
            field: "after",
            message: "翻页位置无法识别。请从第一页重新打开本页。".to_owned(),
        }])
    })
}

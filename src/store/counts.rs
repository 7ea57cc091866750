//! Counts of open steps by bureau, over the same buckets as the lists.

use chrono::NaiveDate;
use entity::bureau;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};

use super::error::StoreError;
use super::ids::BureauId;
use super::list::{ACCEPTED, ListKind, NOT_FORESEEN, on_board};
use super::record::Bureau;
use super::{Reader, row, sql_with};

/// How many steps of a bureau are in each bucket on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Red.
    pub overdue: u64,
    /// Red and past the law's own limit.
    pub law_overdue: u64,
    /// Yellow.
    pub near_due: u64,
    /// Green.
    pub in_time: u64,
    /// Suspended.
    pub suspended: u64,
    /// Accepted, the clock's start ahead.
    pub waiting: u64,
    /// Running without a limit.
    pub untimed: u64,
    /// Handed in, neither accepted nor answered.
    pub awaiting: u64,
    /// With the applicant.
    pub correcting: u64,
}

fn counted(row: &QueryResult, column: &str) -> Result<u64, StoreError> {
    let n: i64 = row.try_get("", column)?;
    Ok(u64::try_from(n).unwrap_or(0))
}

impl Reader {
    /// Counts by bureau on `today`; bureaus with nothing open are not in it.
    ///
    /// # Errors
    /// The database.
    pub async fn bureau_counts(
        &self,
        today: NaiveDate,
        bureau: Option<BureauId>,
    ) -> Result<Vec<(BureauId, Counts)>, StoreError> {
        let started = format!("{ACCEPTED} AND f.starts_on <= $1");
        let red = format!("f.red_on <= $1 AND {NOT_FORESEEN}");
        let bucket = |name: &str, condition: &str| {
            format!("COUNT(CASE WHEN {condition} THEN 1 END) AS {name}")
        };
        let buckets = [
            bucket("overdue", &red),
            bucket("law_overdue", &format!("{red} AND f.law_red_on <= $1")),
            bucket(
                "near_due",
                &format!("{started} AND f.red_on > $1 AND f.yellow_on <= $1"),
            ),
            bucket(
                "in_time",
                &format!(
                    "{started} AND f.red_on > $1 AND (f.yellow_on IS NULL OR f.yellow_on > $1)"
                ),
            ),
            bucket("suspended", "f.status = 'suspended'"),
            bucket(
                "waiting",
                &format!("{ACCEPTED} AND (f.starts_on IS NULL OR f.starts_on > $1)"),
            ),
            bucket("untimed", &format!("{started} AND f.red_on IS NULL")),
            bucket("awaiting", "f.status = 'submitted' AND f.deems_on > $1"),
            bucket("correcting", "f.status = 'correcting'"),
        ]
        .join(", ");
        let mut values: Vec<Value> = vec![today.into()];
        let mut only = "";
        if let Some(bureau) = bureau {
            values.push(bureau.0.into());
            only = " AND f.bureau_id = $2";
        }
        let text = format!(
            "SELECT f.bureau_id, {buckets} FROM filing f \
             WHERE f.decided_on IS NULL AND f.seq > 0{only} \
             GROUP BY f.bureau_id ORDER BY f.bureau_id"
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, values))
            .await?;
        rows.iter()
            .map(|row| {
                let counts = Counts {
                    overdue: counted(row, "overdue")?,
                    law_overdue: counted(row, "law_overdue")?,
                    near_due: counted(row, "near_due")?,
                    in_time: counted(row, "in_time")?,
                    suspended: counted(row, "suspended")?,
                    waiting: counted(row, "waiting")?,
                    untimed: counted(row, "untimed")?,
                    awaiting: counted(row, "awaiting")?,
                    correcting: counted(row, "correcting")?,
                };
                Ok((BureauId(row.try_get("", "bureau_id")?), counts))
            })
            .collect()
    }

    /// The bureaus with steps on a board on `today`, and how many.
    ///
    /// A count for each bureau, since each is then one range of an index that holds all that the
    /// condition asks for: grouping would read every open step.
    ///
    /// # Errors
    /// The database.
    pub async fn board_counts(
        &self,
        kind: ListKind,
        today: NaiveDate,
    ) -> Result<Vec<(Bureau, u64)>, StoreError> {
        let text = format!(
            "SELECT b.*, (SELECT COUNT(*) FROM filing f WHERE f.bureau_id = b.id AND {}) AS n \
             FROM bureau b ORDER BY b.id",
            on_board(kind)
        );
        let rows = self
            .db
            .query_all_raw(sql_with(&self.db, text, vec![today.into()]))
            .await?;
        let mut counts = Vec::with_capacity(rows.len());
        for found in &rows {
            let steps = counted(found, "n")?;
            if steps > 0 {
                let bureau = row::bureau(bureau::Model::from_query_result(found, "")?)?;
                counts.push((bureau, steps));
            }
        }
        Ok(counts)
    }
}

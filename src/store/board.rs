//! The board: how many open steps stand where, by every dimension, and which.
//!
//! # Why
//! One statement counts the open steps by bureau, step, place, company, catalogue and bucket. The
//! few hundred rows that come back give every other count by adding up: each dimension, each
//! choice of the filters, the length of the list. Projects are too many for that and are grouped
//! by a statement of their own, a page at a time. The list walks the buckets in order of need and
//! asks only for those that its page reaches, each a range of an index. All is read from one
//! snapshot, so that what stands on one page never disagrees.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, TransactionOptions,
    TransactionTrait, Value,
};

use super::bucket::{Bucket, OPEN, case};
use super::counts::Counts;
use super::error::StoreError;
use super::ids::{BureauId, FilingId, PersonId, ProjectId};
use super::list::ListRow;
use super::packed::{self, Page};
use super::{Reader, sql_with};
use crate::statute::division::County;
use crate::statute::plan::StepId;

/// Where a step is decided: by the city, or in a county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// 市级.
    City,
    /// A county's.
    In(County),
}

impl Place {
    /// The column's text.
    fn code(self) -> &'static str {
        match self {
            Place::City => "",
            Place::In(county) => county.code(),
        }
    }
}

/// What the board is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardFilter {
    /// Only this bureau's.
    pub bureau: Option<BureauId>,
    /// Only there.
    pub place: Option<Place>,
    /// Only this step.
    pub step: Option<StepId>,
    /// Only projects that this person entered.
    pub company: Option<PersonId>,
    /// Only this project.
    pub project: Option<ProjectId>,
}

impl BoardFilter {
    /// Whether steps of that kind pass; the project is asked of the database.
    pub fn admits(&self, tally: &Tally) -> bool {
        self.bureau.is_none_or(|one| one == tally.bureau)
            && self.place.is_none_or(|one| one == tally.place)
            && self.step.as_ref().is_none_or(|one| *one == tally.step)
            && self.company.is_none_or(|one| one == tally.company)
    }

    /// The conditions on `f`, with what they bind.
    fn terms(&self, values: &mut Vec<Value>) -> String {
        let mut terms = String::new();
        let mut term = |text: &str, value: Value| {
            values.push(value);
            terms.push_str(" AND ");
            terms.push_str(&text.replace("$n", &format!("${}", values.len())));
        };
        if let Some(bureau) = self.bureau {
            term("f.bureau_id = $n", bureau.0.into());
        }
        if let Some(place) = self.place {
            term("f.county = $n", place.code().into());
        }
        if let Some(step) = &self.step {
            term("f.step = $n", step.as_str().into());
        }
        if let Some(company) = self.company {
            const ENTERED: &str =
                "EXISTS (SELECT 1 FROM project e WHERE e.id = f.project_id AND e.created_by = $n)";
            term(ENTERED, company.0.into());
        }
        if let Some(project) = self.project {
            term("f.project_id = $n", project.0.into());
        }
        terms
    }
}

/// A place in the list: behind this row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardKey {
    /// Its bucket.
    pub bucket: Bucket,
    /// The day by which the bucket is ordered.
    pub on: NaiveDate,
    /// The filing, which decides between equal days.
    pub id: FilingId,
}

/// What needs a person most: more past the law, more red, more yellow, more to accept, more open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency(pub [u64; 5]);

impl Urgency {
    /// That of these counts.
    pub fn of(counts: &Counts) -> Urgency {
        Urgency([
            counts.law_overdue,
            counts.of(Bucket::PlanOverdue),
            counts.near_due,
            counts.awaiting,
            counts.open(),
        ])
    }
}

/// A place among the projects: behind this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectKey {
    /// What it is ordered by.
    pub urgency: Urgency,
    /// The project, which decides between equals.
    pub id: ProjectId,
}

/// What a board is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardQuestion {
    /// The bureau whose rows alone may be seen; `None`: all.
    pub only: Option<BureauId>,
    /// What it is narrowed to.
    pub filter: BoardFilter,
    /// The buckets that are listed; empty: all.
    pub listed: Vec<Bucket>,
    /// Where the list goes on.
    pub after: Option<BoardKey>,
    /// At most so many rows.
    pub limit: u64,
    /// So many projects with their counts, from there on; `None`: none.
    pub projects: Option<(u64, Option<ProjectKey>)>,
}

impl BoardQuestion {
    /// The filter over what may be seen: whoever sees one bureau's rows alone cannot ask for
    /// another's.
    pub fn seen(&self) -> BoardFilter {
        BoardFilter {
            bureau: self.only.or(self.filter.bureau),
            ..self.filter.clone()
        }
    }
}

/// How many steps of one kind stand where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Who decides them.
    pub bureau: BureauId,
    /// Its name.
    pub bureau_name: String,
    /// Which step.
    pub step: StepId,
    /// Where it is decided.
    pub place: Place,
    /// Who entered their projects.
    pub company: PersonId,
    /// That person's name.
    pub company_name: String,
    /// The catalogue version of their projects.
    pub plan_hash: String,
    /// How many.
    pub counts: Counts,
}

/// One project's open steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectTally {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// How many.
    pub counts: Counts,
}

/// A board as one snapshot of the database has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardFound {
    /// All that may be seen (of the project, where one is asked for), whatever else the filter says.
    pub tallies: Vec<Tally>,
    /// The page's rows.
    pub rows: Vec<ListRow>,
    /// The page's projects.
    pub projects: Vec<ProjectTally>,
}

impl Reader {
    /// Counts, rows and, where asked for, projects: two or three statements in one snapshot.
    ///
    /// # Errors
    /// The database.
    pub async fn board(
        &self,
        asked: &BoardQuestion,
        today: NaiveDate,
    ) -> Result<BoardFound, StoreError> {
        let filter = asked.seen();
        let tx = self.snapshot().await?;
        let tallies = tallies(&tx, asked.only, filter.project, today).await?;
        let mut counts = Counts::default();
        for tally in tallies.iter().filter(|tally| filter.admits(tally)) {
            counts += tally.counts;
        }
        let buckets = reached(&counts, asked);
        let rows = rows(&tx, &filter, &buckets, asked, today).await?;
        let projects = match asked.projects {
            Some((limit, after)) => projects(&tx, &filter, after, limit, today).await?,
            None => Vec::new(),
        };
        tx.commit().await?;
        Ok(BoardFound {
            tallies,
            rows,
            projects,
        })
    }

    /// The list alone, without counts.
    ///
    /// # Errors
    /// The database.
    pub async fn board_rows(
        &self,
        asked: &BoardQuestion,
        today: NaiveDate,
    ) -> Result<Vec<ListRow>, StoreError> {
        let filter = asked.seen();
        let listed = |bucket: &Bucket| asked.listed.is_empty() || asked.listed.contains(bucket);
        let buckets: Vec<Bucket> = Bucket::ALL.into_iter().filter(listed).collect();
        rows(&self.db, &filter, &buckets, asked, today).await
    }

    /// A transaction whose reads all see one state of the database.
    async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        let mut options = TransactionOptions::default();
        if self.db.get_database_backend() == DbBackend::Postgres {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
        }
        Ok(self.db.begin_with_options(options).await?)
    }
}

/// The buckets that hold the page's rows, in order: from the key's on, until enough lie behind it.
fn reached(counts: &Counts, asked: &BoardQuestion) -> Vec<Bucket> {
    let from = asked.after.map_or(Bucket::LawOverdue, |key| key.bucket);
    let mut room = asked.limit;
    let mut buckets = Vec::new();
    for bucket in Bucket::ALL {
        let listed = asked.listed.is_empty() || asked.listed.contains(&bucket);
        let n = counts.of(bucket);
        if bucket < from || !listed || n == 0 || room == 0 {
            continue;
        }
        buckets.push(bucket);
        // How much of the key's own bucket lies behind it nobody knows.
        if asked.after.is_none_or(|key| key.bucket != bucket) {
            room = room.saturating_sub(n);
        }
    }
    buckets
}

async fn tallies(
    db: &impl ConnectionTrait,
    only: Option<BureauId>,
    project: Option<ProjectId>,
    today: NaiveDate,
) -> Result<Vec<Tally>, StoreError> {
    let mut values: Vec<Value> = vec![today.into()];
    let scope = BoardFilter {
        bureau: only,
        project,
        ..BoardFilter::default()
    };
    let terms = scope.terms(&mut values);
    let bucket = case(|bucket| bucket.rank().to_string());
    let text = format!(
        "SELECT t.*, b.name AS bureau_name, c.name AS company_name FROM (\
         SELECT f.bureau_id, f.step, f.county, p.created_by, p.plan_hash, {bucket} AS bucket, \
         COUNT(*) AS n FROM filing f JOIN project p ON p.id = f.project_id WHERE {OPEN}{terms} \
         GROUP BY f.bureau_id, f.step, f.county, p.created_by, p.plan_hash, bucket) t \
         JOIN bureau b ON b.id = t.bureau_id JOIN person c ON c.id = t.created_by"
    );
    let found = db.query_all_raw(sql_with(db, text, values)).await?;
    let mut tallies: BTreeMap<(i64, String, String, i64, String), Tally> = BTreeMap::new();
    for row in &found {
        let bureau: i64 = row.try_get("", "bureau_id")?;
        let step: String = row.try_get("", "step")?;
        let county: String = row.try_get("", "county")?;
        let company: i64 = row.try_get("", "created_by")?;
        let plan_hash: String = row.try_get("", "plan_hash")?;
        let key = (bureau, step, county, company, plan_hash);
        let tally = match tallies.get_mut(&key) {
            Some(tally) => tally,
            None => {
                let (bureau, step, county, company, plan_hash) = key.clone();
                let tally = Tally {
                    bureau: BureauId(bureau),
                    bureau_name: row.try_get("", "bureau_name")?,
                    step: StepId(step),
                    place: place(&county)?,
                    company: PersonId(company),
                    company_name: row.try_get("", "company_name")?,
                    plan_hash,
                    counts: Counts::default(),
                };
                tallies.entry(key).or_insert(tally)
            }
        };
        let rank: Option<i32> = row.try_get("", "bucket")?;
        let n: i64 = row.try_get("", "n")?;
        let bucket = rank.and_then(|rank| Bucket::ALL.get(usize::try_from(rank).ok()?));
        let bucket =
            bucket.ok_or_else(|| StoreError::Db("an open step that no bucket holds".to_owned()))?;
        tally.counts.add(*bucket, u64::try_from(n).unwrap_or(0));
    }
    Ok(tallies.into_values().collect())
}

fn place(county: &str) -> Result<Place, StoreError> {
    if county.is_empty() {
        return Ok(Place::City);
    }
    let county = county.parse();
    county
        .map(Place::In)
        .map_err(|error| StoreError::Db(format!("a filing's county: {error}")))
}

/// Each bucket's part of the page is looked up in its own order; the page is what comes first of
/// them all.
async fn rows(
    db: &impl ConnectionTrait,
    filter: &BoardFilter,
    buckets: &[Bucket],
    asked: &BoardQuestion,
    today: NaiveDate,
) -> Result<Vec<ListRow>, StoreError> {
    if buckets.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![today.into()];
    let terms = filter.terms(&mut values);
    let mut parts = Vec::new();
    for bucket in buckets {
        let (condition, order) = (bucket.condition(), bucket.order());
        let mut behind = String::new();
        if let Some(key) = asked.after.filter(|key| key.bucket == *bucket) {
            values.push(key.on.into());
            values.push(key.id.0.into());
            let (day, id) = (values.len() - 1, values.len());
            behind = format!(" AND {order} >= ${day} AND ({order} > ${day} OR f.id > ${id})");
        }
        // The limit is written out, as in `packed`.
        parts.push(format!(
            "SELECT id FROM (SELECT f.id FROM filing f WHERE {condition}{terms}{behind} \
             ORDER BY {order}, f.id LIMIT {}) q{}",
            asked.limit,
            parts.len()
        ));
    }
    let condition = format!("f.id IN ({})", parts.join(" UNION ALL "));
    let rank = case(|bucket| bucket.rank().to_string());
    let day = case(|bucket| bucket.order().to_owned());
    let page = Page {
        condition: &condition,
        order: &[&rank, &day, "f.id"],
        limit: asked.limit,
    };
    packed::rows(db, &page, values).await
}

/// More than there can be.
const EVERY: i64 = i64::MAX;

async fn projects(
    db: &impl ConnectionTrait,
    filter: &BoardFilter,
    after: Option<ProjectKey>,
    limit: u64,
    today: NaiveDate,
) -> Result<Vec<ProjectTally>, StoreError> {
    let mut values: Vec<Value> = vec![today.into()];
    let terms = filter.terms(&mut values);
    let bucket = case(|bucket| bucket.rank().to_string());
    // The limit that limits nothing keeps both databases from folding the inner statement into the
    // outer, which would reckon a step's bucket nine times.
    let columns = Bucket::ALL.map(|bucket| {
        let rank = bucket.rank();
        format!("COUNT(CASE WHEN s.bucket = {rank} THEN 1 END) AS n{rank}")
    });
    let order = [
        Bucket::LawOverdue,
        Bucket::PlanOverdue,
        Bucket::NearDue,
        Bucket::Awaiting,
    ]
    .map(|bucket| format!("t.n{}", bucket.rank()));
    let order = format!("{}, t.n", order.join(", "));
    let mut behind = String::new();
    if let Some(key) = after {
        let mut marks = Vec::new();
        for n in key.urgency.0 {
            values.push(i64::try_from(n).unwrap_or(i64::MAX).into());
            marks.push(format!("${}", values.len()));
        }
        values.push((-key.id.0).into());
        marks.push(format!("${}", values.len()));
        behind = format!(" WHERE ({order}, -t.project_id) < ({})", marks.join(", "));
    }
    let text = format!(
        "SELECT t.*, p.name FROM (SELECT s.project_id, COUNT(*) AS n, {columns} \
         FROM (SELECT f.project_id, {bucket} AS bucket FROM filing f \
         WHERE {OPEN}{terms} LIMIT {EVERY}) s GROUP BY s.project_id) t \
         JOIN project p ON p.id = t.project_id{behind} \
         ORDER BY {descending} DESC, t.project_id LIMIT {limit}",
        columns = columns.join(", "),
        descending = order.replace(", ", " DESC, "),
    );
    let found = db.query_all_raw(sql_with(db, text, values)).await?;
    let tallies = found.iter().map(|row| {
        let mut counts = Counts::default();
        for bucket in Bucket::ALL {
            let n: i64 = row.try_get("", &format!("n{}", bucket.rank()))?;
            counts.add(bucket, u64::try_from(n).unwrap_or(0));
        }
        Ok(ProjectTally {
            id: ProjectId(row.try_get("", "project_id")?),
            name: row.try_get("", "name")?,
            counts,
        })
    });
    tallies.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: &[(Bucket, u64)]) -> Counts {
        let mut counts = Counts::default();
        for (bucket, n) in of {
            counts.add(*bucket, *n);
        }
        counts
    }

    #[test]
    fn a_page_asks_only_for_the_buckets_that_it_reaches() {
        use Bucket::{InTime, LawOverdue, NearDue, PlanOverdue};
        let counts = counts(&[
            (LawOverdue, 3),
            (PlanOverdue, 60),
            (NearDue, 5),
            (InTime, 9),
        ]);
        let ask = |after: Option<Bucket>, listed: &[Bucket]| {
            let asked = BoardQuestion {
                limit: 51,
                listed: listed.to_vec(),
                after: after.map(|bucket| BoardKey {
                    bucket,
                    on: NaiveDate::MIN,
                    id: FilingId(1),
                }),
                ..BoardQuestion::default()
            };
            reached(&counts, &asked)
        };
        assert_eq!(ask(None, &[]), [LawOverdue, PlanOverdue]);
        // Of the key's own bucket perhaps nothing is left.
        assert_eq!(ask(Some(PlanOverdue), &[]), [PlanOverdue, NearDue, InTime]);
        assert_eq!(ask(None, &[InTime, NearDue]), [NearDue, InTime]);
        assert_eq!(ask(Some(InTime), &[NearDue]), []);
    }
}

//! A whole page of a list as one row.
//!
//! # Why
//! The driver hands SQLite's rows from its thread to ours one by one, each value allocated on
//! one side and freed on the other; for a page of 50 rows that costs more than finding them
//! (docs/performance.md). As one JSON text the page crosses once.

use entity::filing;
use sea_orm::{ColumnTrait, ColumnType, ConnectionTrait, DbBackend, IdenStatic, Iterable, Value};

use super::error::StoreError;
use super::ids::FilingId;
use super::list::ListRow;
use super::{Reader, row, sql_with};

/// What a page asks for: the condition on `f`, `p` and `b`, and the terms that order it.
pub(super) struct Page<'a> {
    pub(super) condition: &'a str,
    pub(super) order: &'a [&'a str],
    pub(super) limit: u64,
}

/// One row's columns as a JSON array, in the order of the entity's fields.
fn array(backend: DbBackend) -> String {
    let columns = filing::Column::iter().map(|column| {
        let name = column.as_str();
        // SQLite has no booleans: JSON would get 0 and 1.
        if backend == DbBackend::Sqlite && *column.def().get_column_type() == ColumnType::Boolean {
            format!("json(iif(f.{name}, 'true', 'false'))")
        } else {
            format!("f.{name}")
        }
    });
    let columns: Vec<String> = columns.collect();
    let function = match backend {
        DbBackend::Postgres => "json_build_array",
        _ => "json_array",
    };
    format!(
        "{function}({function}({}), p.name, p.plan_hash, b.name)",
        columns.join(", ")
    )
}

fn statement(backend: DbBackend, page: &Page<'_>) -> String {
    let (text, joined) = match backend {
        DbBackend::Postgres => ("::text", "string_agg"),
        _ => ("", "group_concat"),
    };
    let (mut keys, mut outer) = (Vec::new(), Vec::new());
    for (n, term) in page.order.iter().enumerate() {
        let (term, way) = match term.strip_suffix(" DESC") {
            Some(term) => (term, " DESC"),
            None => (*term, ""),
        };
        keys.push(format!("{term} AS o{n}"));
        outer.push(format!("o{n}{way}"));
    }
    // The limit is written out: SQLite prepares a statement anew for each bound limit.
    format!(
        "SELECT {joined}(j, ',' ORDER BY {outer}) AS page FROM (SELECT {array}{text} AS j, {keys} \
         FROM filing f JOIN project p ON p.id = f.project_id JOIN bureau b ON b.id = f.bureau_id \
         WHERE {condition} ORDER BY {order} LIMIT {limit}) page",
        outer = outer.join(", "),
        array = array(backend),
        keys = keys.join(", "),
        condition = page.condition,
        order = page.order.join(", "),
        limit = page.limit,
    )
}

type Packed = (filing::Model, String, String, String);

impl Reader {
    /// The rows of a page, in its order.
    pub(super) async fn page(
        &self,
        page: Page<'_>,
        values: Vec<Value>,
    ) -> Result<Vec<ListRow>, StoreError> {
        rows(&self.db, &page, values).await
    }
}

/// These filings as lists show them, in no order.
pub(super) async fn rows_of(
    db: &impl ConnectionTrait,
    filings: &[FilingId],
) -> Result<Vec<ListRow>, StoreError> {
    let Some((places, values)) = listed(filings) else {
        return Ok(Vec::new());
    };
    let condition = format!("f.id IN ({places})");
    let page = Page {
        condition: &condition,
        order: &["f.id"],
        limit: u64::try_from(filings.len()).unwrap_or(u64::MAX),
    };
    rows(db, &page, values).await
}

/// The places and values of a list of filings; `None` for an empty one.
pub(super) fn listed(filings: &[FilingId]) -> Option<(String, Vec<Value>)> {
    let places: Vec<String> = (1..=filings.len()).map(|n| format!("${n}")).collect();
    let values = filings.iter().map(|id| id.0.into()).collect();
    (!filings.is_empty()).then(|| (places.join(", "), values))
}

/// The rows of a page, in its order.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    page: &Page<'_>,
    values: Vec<Value>,
) -> Result<Vec<ListRow>, StoreError> {
    let text = statement(db.get_database_backend(), page);
    let row = db.query_one_raw(sql_with(db, text, values)).await?;
    let packed: Option<String> = match row {
        Some(row) => row.try_get("", "page")?,
        None => None,
    };
    let packed: Vec<Packed> = serde_json::from_str(&format!("[{}]", packed.unwrap_or_default()))
        .map_err(|error| StoreError::Db(format!("a page that cannot be read: {error}")))?;
    packed
        .into_iter()
        .map(|(filing, project_name, plan_hash, bureau_name)| {
            Ok(ListRow {
                filing: row::filing(filing)?,
                project_name,
                plan_hash,
                bureau_name,
            })
        })
        .collect()
}

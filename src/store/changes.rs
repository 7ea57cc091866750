//! How far the database has come: one number that grows with every change that pages show.

use sea_orm::ConnectionTrait;

use super::error::StoreError;
use super::{Reader, sql};

/// Acts after which no page of anybody else looks different.
const SILENT: &str = "('login', 'read', 'change-password', 'post', 'choose-mode', 'set-email', \
    'set-webhook', 'remove-webhook', 'open-feed', 'revoke-feed', 'export', 'claim-export', \
    'stop-export', 'hand-back-export', 'end-export', 'expire-export')";
/// So many lines back a transaction may commit late.
const BACK: i64 = 256;

impl Reader {
    /// A number that grows with every change: every write has its line in the audit.
    ///
    /// On PostgreSQL a line's number is drawn before its transaction ends, so that a lower one can
    /// appear after a higher; therefore the lines just behind the last are counted too.
    ///
    /// # Errors
    /// The database.
    pub async fn changes(&self) -> Result<i64, StoreError> {
        let text = format!(
            "WITH top AS (SELECT id FROM audit WHERE act NOT IN {SILENT} ORDER BY id DESC LIMIT 1) \
             SELECT top.id, (SELECT COUNT(*) FROM audit a WHERE a.id > top.id - {BACK} \
             AND a.id <= top.id AND a.act NOT IN {SILENT}) AS n FROM top"
        );
        let row = self.db.query_one_raw(sql(&self.db, text, [])).await?;
        let Some(row) = row else { return Ok(0) };
        let (top, n): (i64, i64) = (row.try_get("", "id")?, row.try_get("", "n")?);
        Ok(top.saturating_mul(BACK + 1).saturating_add(n))
    }
}

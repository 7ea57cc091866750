//! Everybody's inbox: what the program has told one, the newest first.

use super::model::Page;
use super::model::supervision::{Inbox, MessageLine};
use super::{Actor, FieldFault, InboxQuery, MessageId, Moment, Office, OfficeError};
use crate::store::Message;

/// Messages on one page.
const ROWS: usize = 30;

impl Office {
    /// The actor's own messages.
    ///
    /// # Errors
    /// Invalid for a cursor that no page gave; the store.
    pub async fn inbox(&self, actor: &Actor, query: &InboxQuery) -> Result<Inbox, OfficeError> {
        let after = query.after.as_deref().map(cursor).transpose()?;
        let reader = self.store.reader();
        let limit = u64::try_from(ROWS).unwrap_or(u64::MAX).saturating_add(1);
        let mut rows = reader.inbox(actor.id, query.new_only, after, limit).await?;
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let (total, fresh) = reader.inbox_counts(actor.id).await?;
        Ok(Inbox {
            page: Page {
                next: rows.last().filter(|_| more).map(|row| row.id.to_string()),
                rows: rows.into_iter().map(line).collect(),
                total: if query.new_only { fresh } else { total },
            },
            fresh,
        })
    }

    /// Marks one of the actor's messages read, and gives the page that it leads to.
    ///
    /// # Errors
    /// NotFound, also for another's message.
    pub async fn read_message(
        &self,
        actor: &Actor,
        id: MessageId,
        at: Moment,
    ) -> Result<String, OfficeError> {
        let tx = self.begin().await?;
        let found = tx.read_message(actor.id, id, at.now).await?;
        let found = found.ok_or(OfficeError::NotFound("message"))?;
        if found.read_at.is_none() {
            let subject = format!("message {id}");
            tx.audit(at.now, Some(actor.id), "read", &subject, "")
                .await?;
        }
        tx.commit().await?;
        Ok(found.link)
    }

    /// Marks the actor's messages up to `last` read: those that the page had shown, and none that
    /// came since. How many were new.
    ///
    /// # Errors
    /// The store.
    pub async fn read_messages(
        &self,
        actor: &Actor,
        last: MessageId,
        at: Moment,
    ) -> Result<u64, OfficeError> {
        let tx = self.begin().await?;
        let marked = tx.read_messages(actor.id, last, at.now).await?;
        let subject = format!("messages up to {last}");
        tx.audit(
            at.now,
            Some(actor.id),
            "read",
            &subject,
            &marked.to_string(),
        )
        .await?;
        tx.commit().await?;
        Ok(marked)
    }
}

pub(super) fn line(message: Message) -> MessageLine {
    MessageLine {
        id: message.id,
        subject: message.subject,
        body: message.body,
        belongs_on: message.belongs_on,
        at: message.at,
        fresh: message.read_at.is_none(),
    }
}

fn cursor(text: &str) -> Result<MessageId, OfficeError> {
    let id = text.parse().ok().filter(|id: &i64| *id > 0);
    id.map(MessageId).ok_or_else(|| {
        OfficeError::Invalid(vec![FieldFault {
            field: "after",
            message: "翻页位置无法识别。请从第一页重新打开本页。".to_owned(),
        }])
    })
}

//! Bureaus, catalogue versions and the audit trail.

use chrono::{DateTime, Utc};
use entity::{audit, bureau, catalogue};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, QueryOrder, Set};

use super::error::StoreError;
use super::ids::{BureauId, PersonId};
use super::record::Bureau;
use super::{Reader, Tx, row};
use crate::statute::division::County;
use crate::statute::plan::{BureauKind, Level};

impl Reader {
    /// The instant of the newest line of the audit.
    ///
    /// # Errors
    /// The database.
    pub async fn last_audit_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let last = audit::Entity::find()
            .order_by_desc(audit::Column::Id)
            .one(&self.db)
            .await?;
        Ok(last.map(|line| line.at))
    }

    /// All bureaus, city first, then by county and kind.
    ///
    /// # Errors
    /// The database.
    pub async fn bureaus(&self) -> Result<Vec<Bureau>, StoreError> {
        let rows = bureau::Entity::find()
            .order_by_asc(bureau::Column::Level)
            .order_by_asc(bureau::Column::County)
            .order_by_asc(bureau::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(row::bureau).collect()
    }

    /// The bureau.
    ///
    /// # Errors
    /// The database.
    pub async fn bureau(&self, id: BureauId) -> Result<Option<Bureau>, StoreError> {
        bureau::Entity::find_by_id(id.0)
            .one(&self.db)
            .await?
            .map(row::bureau)
            .transpose()
    }

    /// The text of the catalogue version of that hash.
    ///
    /// # Errors
    /// The database.
    pub async fn catalogue(&self, hash: &str) -> Result<Option<String>, StoreError> {
        let row = catalogue::Entity::find_by_id(hash.to_owned())
            .one(&self.db)
            .await?;
        Ok(row.map(|row| row.text))
    }

    /// The texts of all catalogue versions that projects have begun under, oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn catalogues(&self) -> Result<Vec<String>, StoreError> {
        let rows = catalogue::Entity::find()
            .order_by_asc(catalogue::Column::AddedAt)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|row| row.text).collect())
    }
}

impl Tx {
    /// Adds the bureaus that are not there yet.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_bureaus(
        &self,
        new: &[(BureauKind, Level, Option<County>, String)],
    ) -> Result<(), StoreError> {
        let there = bureau::Entity::find().all(&self.tx).await?;
        let missing: Vec<bureau::ActiveModel> = new
            .iter()
            .filter(|(kind, level, county, _)| {
                let county = row::county_text(*county);
                !there.iter().any(|row| {
                    row.kind == kind.code() && row.level == level.code() && row.county == county
                })
            })
            .map(|(kind, level, county, name)| bureau::ActiveModel {
                kind: Set(kind.code().to_owned()),
                level: Set(level.code().to_owned()),
                county: Set(row::county_text(*county)),
                name: Set(name.clone()),
                ..<bureau::ActiveModel as sea_orm::ActiveModelTrait>::default()
            })
            .collect();
        if !missing.is_empty() {
            bureau::Entity::insert_many(missing)
                .exec_without_returning(&self.tx)
                .await?;
        }
        Ok(())
    }

    /// All bureaus, in the order they were made.
    ///
    /// # Errors
    /// The database.
    pub async fn bureaus(&self) -> Result<Vec<Bureau>, StoreError> {
        let rows = bureau::Entity::find()
            .order_by_asc(bureau::Column::Id)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(row::bureau).collect()
    }

    /// Keeps a catalogue's text under its hash, once.
    ///
    /// # Errors
    /// The database.
    pub async fn save_catalogue(
        &self,
        hash: &str,
        plan_id: &str,
        version: &str,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = catalogue::ActiveModel {
            hash: Set(hash.to_owned()),
            plan_id: Set(plan_id.to_owned()),
            version: Set(version.to_owned()),
            text: Set(text.to_owned()),
            added_at: Set(now),
        };
        catalogue::Entity::insert(row)
            .on_conflict(
                OnConflict::column(catalogue::Column::Hash)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Writes one line of the audit trail.
    ///
    /// # Errors
    /// The database.
    pub async fn audit(
        &self,
        now: DateTime<Utc>,
        actor: Option<PersonId>,
        act: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), StoreError> {
        let row = audit::ActiveModel {
            at: Set(now),
            actor_id: Set(actor.map(|actor| actor.0)),
            act: Set(act.to_owned()),
            subject: Set(subject.to_owned()),
            detail: Set(detail.to_owned()),
            ..<audit::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        audit::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}

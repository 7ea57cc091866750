//! Delegations (代办): an officer's queue in a colleague's hands for a time.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{delegation, person};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

use super::error::StoreError;
use super::ids::{BureauId, DelegationId, PersonId};
use super::list::ListRow;
use super::packed::Page;
use super::record::Person;
use super::{Reader, Tx, row};

/// How a delegation ended before its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedEarly {
    /// The day; from it on the delegation no longer holds.
    pub on: NaiveDate,
    /// Who ended it.
    pub by: PersonId,
    /// That person's name then.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Row.
    pub id: DelegationId,
    /// The bureau of both.
    pub bureau: BureauId,
    /// Whose queue it is.
    pub giver: PersonId,
    /// That person's name then.
    pub giver_name: String,
    /// Who stands in.
    pub stand_in: PersonId,
    /// That person's name then.
    pub stand_in_name: String,
    /// The first day.
    pub first_on: NaiveDate,
    /// The last day; it still counts.
    pub last_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who made it, by the name of then.
    pub made_by_name: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// How it ended early.
    pub ended: Option<EndedEarly>,
}

impl Delegation {
    /// Whether it holds on that day; the first and the last day both count.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        let ended = self.ended.as_ref().is_some_and(|ended| ended.on <= day);
        (self.first_on..=self.last_on).contains(&day) && !ended
    }
}

/// A delegation to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    /// The bureau of both.
    pub bureau: BureauId,
    /// Whose queue it is: row and name.
    pub giver: (PersonId, String),
    /// Who stands in: row and name.
    pub stand_in: (PersonId, String),
    /// The first day.
    pub first_on: NaiveDate,
    /// The last day.
    pub last_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who makes it: row and name.
    pub made_by: (PersonId, String),
    /// When.
    pub at: DateTime<Utc>,
}

fn of_row(row: delegation::Model) -> Delegation {
    let ended = match (row.ended_on, row.ended_by, row.ended_by_name, row.ended_at) {
        (Some(on), Some(by), Some(by_name), Some(at)) => Some(EndedEarly {
            on,
            by: PersonId(by),
            by_name,
            at,
        }),
        // The table's checks let the four stand or fall together.
        _ => None,
    };
    Delegation {
        id: DelegationId(row.id),
        bureau: BureauId(row.bureau_id),
        giver: PersonId(row.giver_id),
        giver_name: row.giver_name,
        stand_in: PersonId(row.stand_in_id),
        stand_in_name: row.stand_in_name,
        first_on: row.first_on,
        last_on: row.last_on,
        reason: row.reason,
        made_by_name: row.made_by_name,
        made_at: row.made_at,
        ended,
    }
}

/// The condition that a delegation holds on that day.
fn holds_on(day: NaiveDate) -> Condition {
    use delegation::Column as C;
    Condition::all()
        .add(C::FirstOn.lte(day))
        .add(C::LastOn.gte(day))
        .add(
            Condition::any()
                .add(C::EndedOn.is_null())
                .add(C::EndedOn.gt(day)),
        )
}

impl Reader {
    /// The newest delegations of a bureau; with `of`, those that the person gave or was given.
    ///
    /// # Errors
    /// The database.
    pub async fn delegations(
        &self,
        bureau: BureauId,
        of: Option<PersonId>,
        limit: u64,
    ) -> Result<Vec<Delegation>, StoreError> {
        use delegation::Column as C;
        let mut find = delegation::Entity::find().filter(C::BureauId.eq(bureau.0));
        if let Some(person) = of {
            find = find.filter(
                Condition::any()
                    .add(C::GiverId.eq(person.0))
                    .add(C::StandInId.eq(person.0)),
            );
        }
        let rows = find.order_by_desc(C::Id).limit(limit).all(&self.db).await?;
        Ok(rows.into_iter().map(of_row).collect())
    }

    /// The delegations in force on a day that a person gave or was given.
    ///
    /// # Errors
    /// The database.
    pub async fn delegations_in_force(
        &self,
        person: PersonId,
        day: NaiveDate,
    ) -> Result<Vec<Delegation>, StoreError> {
        use delegation::Column as C;
        let rows = delegation::Entity::find()
            .filter(
                Condition::any()
                    .add(C::GiverId.eq(person.0))
                    .add(C::StandInId.eq(person.0)),
            )
            .filter(holds_on(day))
            .order_by_asc(C::LastOn)
            .order_by_asc(C::Id)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(of_row).collect())
    }

    /// A person's name, and the delegation that the person gave and that is in force on a day.
    ///
    /// # Errors
    /// The database.
    pub async fn officer_on(
        &self,
        person: PersonId,
        day: NaiveDate,
    ) -> Result<Option<(String, Option<Delegation>)>, StoreError> {
        let Some((found, _)) = self.person(person).await? else {
            return Ok(None);
        };
        let given = delegation::Entity::find()
            .filter(delegation::Column::GiverId.eq(person.0))
            .filter(holds_on(day))
            .one(&self.db)
            .await?;
        Ok(Some((found.name, given.map(of_row))))
    }

    /// The officers of a bureau who can log in.
    ///
    /// # Errors
    /// The database.
    pub async fn officers(&self, bureau: BureauId) -> Result<Vec<Person>, StoreError> {
        let rows = person::Entity::find()
            .filter(person::Column::BureauId.eq(bureau.0))
            .filter(person::Column::Active.eq(true))
            .order_by_asc(person::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(row::person).collect()
    }

    /// The open steps of those for whom a person stands in on a day, the most pressing first.
    ///
    /// # Errors
    /// The database.
    pub async fn stood_in_steps(
        &self,
        person: PersonId,
        day: NaiveDate,
        limit: u64,
    ) -> Result<Vec<ListRow>, StoreError> {
        let page = Page {
            condition: "f.decided_on IS NULL AND f.officer_id IS NOT NULL \
                AND f.officer_id IN (SELECT d.giver_id FROM delegation d \
                 WHERE d.stand_in_id = $1 AND d.first_on <= $2 AND d.last_on >= $2 \
                 AND (d.ended_on IS NULL OR d.ended_on > $2))",
            order: &[
                "CASE WHEN f.red_on IS NULL THEN 1 ELSE 0 END",
                "f.red_on",
                "f.id",
            ],
            limit,
        };
        self.page(page, vec![person.0.into(), day.into()]).await
    }
}

impl Tx {
    /// Two officers, held against other writers until the transaction ends, so that nobody hands
    /// over to or from them meanwhile.
    ///
    /// # Errors
    /// The database.
    pub async fn people_held(&self, ids: [PersonId; 2]) -> Result<Vec<Person>, StoreError> {
        let mut find = person::Entity::find()
            .filter(person::Column::Id.is_in(ids.map(|id| id.0)))
            .order_by_asc(person::Column::Id);
        if self.tx.get_database_backend() == DbBackend::Postgres {
            find = find.lock(LockType::NoKeyUpdate);
        }
        let rows = find.all(&self.tx).await?;
        rows.into_iter().map(row::person).collect()
    }

    /// The delegations to or from any of `people` that were not ended and whose last day is `day`
    /// or later.
    ///
    /// # Errors
    /// The database.
    pub async fn delegations_from(
        &self,
        people: [PersonId; 2],
        day: NaiveDate,
    ) -> Result<Vec<Delegation>, StoreError> {
        use delegation::Column as C;
        let people = people.map(|id| id.0);
        let rows = delegation::Entity::find()
            .filter(
                Condition::any()
                    .add(C::GiverId.is_in(people))
                    .add(C::StandInId.is_in(people)),
            )
            .filter(C::LastOn.gte(day))
            .filter(C::EndedOn.is_null())
            .order_by_asc(C::FirstOn)
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(of_row).collect())
    }

    /// The delegation by which `stand_in` acts for `giver` on a day.
    ///
    /// # Errors
    /// The database.
    pub async fn stands_in(
        &self,
        stand_in: PersonId,
        giver: PersonId,
        day: NaiveDate,
    ) -> Result<Option<Delegation>, StoreError> {
        let row = delegation::Entity::find()
            .filter(delegation::Column::GiverId.eq(giver.0))
            .filter(delegation::Column::StandInId.eq(stand_in.0))
            .filter(holds_on(day))
            .one(&self.tx)
            .await?;
        Ok(row.map(of_row))
    }

    /// The delegation.
    ///
    /// # Errors
    /// The database.
    pub async fn delegation(&self, id: DelegationId) -> Result<Option<Delegation>, StoreError> {
        let row = delegation::Entity::find_by_id(id.0).one(&self.tx).await?;
        Ok(row.map(of_row))
    }

    /// Enters a delegation.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_delegation(&self, new: &NewDelegation) -> Result<DelegationId, StoreError> {
        let row = delegation::ActiveModel {
            bureau_id: Set(new.bureau.0),
            giver_id: Set(new.giver.0.0),
            giver_name: Set(new.giver.1.clone()),
            stand_in_id: Set(new.stand_in.0.0),
            stand_in_name: Set(new.stand_in.1.clone()),
            first_on: Set(new.first_on),
            last_on: Set(new.last_on),
            reason: Set(new.reason.clone()),
            made_by: Set(new.made_by.0.0),
            made_by_name: Set(new.made_by.1.clone()),
            made_at: Set(new.at),
            ..<delegation::ActiveModel as ActiveModelTrait>::default()
        };
        let made = delegation::Entity::insert(row).exec(&self.tx).await?;
        Ok(DelegationId(made.last_insert_id))
    }

    /// Ends a delegation early; false where that was done before.
    ///
    /// # Errors
    /// The database.
    pub async fn end_delegation(
        &self,
        id: DelegationId,
        ended: &EndedEarly,
    ) -> Result<bool, StoreError> {
        let row = delegation::ActiveModel {
            ended_on: Set(Some(ended.on)),
            ended_by: Set(Some(ended.by.0)),
            ended_by_name: Set(Some(ended.by_name.clone())),
            ended_at: Set(Some(ended.at)),
            ..<delegation::ActiveModel as ActiveModelTrait>::default()
        };
        let done = delegation::Entity::update_many()
            .set(row)
            .filter(delegation::Column::Id.eq(id.0))
            .filter(delegation::Column::EndedOn.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

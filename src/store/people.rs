//! People and their logins.

use chrono::{DateTime, Utc};
use entity::{bureau, login_session, person};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Set,
};

use super::error::StoreError;
use super::ids::PersonId;
use super::record::{Bureau, Person, Role};
use super::{Reader, Tx, row, sql};

/// A person to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPersonRow {
    /// The login name, lower case.
    pub login: String,
    /// The Chinese name.
    pub name: String,
    /// What the person may be.
    pub role: Role,
    /// argon2, PHC string.
    pub password_hash: String,
    /// True: an officer who leads the bureau.
    pub lead: bool,
}

/// A session that lives, with all that a page's frame tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// Who.
    pub person: Person,
    /// The bureau, for officers.
    pub bureau: Option<Bureau>,
    /// The session's CSRF token.
    pub csrf: String,
    /// How many of the person's messages are new; no more than a hundred are counted.
    pub unread: u64,
    /// The newest holiday notice's number: the version of the calendar.
    pub calendar: i64,
}

impl Reader {
    /// The person of that login name, with the password's hash.
    ///
    /// # Errors
    /// The database.
    pub async fn person_by_login(
        &self,
        login: &str,
    ) -> Result<Option<(Person, String)>, StoreError> {
        let found = person::Entity::find()
            .filter(person::Column::Login.eq(login))
            .one(&self.db)
            .await?;
        found
            .map(|found| {
                let hash = found.password_hash.clone();
                Ok((row::person(found)?, hash))
            })
            .transpose()
    }

    /// The person, with the password's hash.
    ///
    /// # Errors
    /// The database.
    pub async fn person(&self, id: PersonId) -> Result<Option<(Person, String)>, StoreError> {
        let found = person::Entity::find_by_id(id.0).one(&self.db).await?;
        found
            .map(|found| {
                let hash = found.password_hash.clone();
                Ok((row::person(found)?, hash))
            })
            .transpose()
    }

    /// Everyone by login name, with their bureaus.
    ///
    /// # Errors
    /// The database.
    pub async fn people(&self) -> Result<Vec<(Person, Option<Bureau>)>, StoreError> {
        let people = person::Entity::find()
            .order_by_asc(person::Column::Login)
            .all(&self.db)
            .await?;
        let bureaus = self.bureaus().await?;
        people
            .into_iter()
            .map(|found| {
                let person = row::person(found)?;
                let bureau = match person.role {
                    Role::Officer { bureau } => bureaus.iter().find(|b| b.id == bureau).cloned(),
                    _ => None,
                };
                Ok((person, bureau))
            })
            .collect()
    }

    /// The live session of that token's hash, with all that a page's frame tells; one statement.
    ///
    /// # Errors
    /// The database.
    pub async fn session(
        &self,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<LiveSession>, StoreError> {
        const TEXT: &str = "SELECT s.csrf, p.id AS p_id, p.login AS p_login, p.name AS p_name, \
            p.role AS p_role, p.bureau_id AS p_bureau_id, p.password_hash AS p_password_hash, \
            p.active AS p_active, p.lead AS p_lead, b.id AS b_id, b.kind AS b_kind, b.level AS b_level, \
            b.county AS b_county, b.name AS b_name, \
            (SELECT COUNT(*) FROM (SELECT 1 FROM message m WHERE m.person_id = p.id \
             AND m.read_at IS NULL LIMIT 100) fresh) AS unread, \
            (SELECT COALESCE(MAX(n.id), 0) FROM holiday_notice n) AS calendar \
            FROM login_session s JOIN person p ON p.id = s.person_id \
            LEFT JOIN bureau b ON b.id = p.bureau_id \
            WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.active";
        let statement = sql(&self.db, TEXT, [token_hash.into(), now.into()]);
        let Some(found) = self.db.query_one_raw(statement).await? else {
            return Ok(None);
        };
        let person = row::person(person::Model::from_query_result(&found, "p_")?)?;
        let bureau = bureau::Model::from_query_result_optional(&found, "b_")?
            .map(row::bureau)
            .transpose()?;
        let unread: i64 = found.try_get("", "unread")?;
        Ok(Some(LiveSession {
            person,
            bureau,
            csrf: found.try_get("", "csrf")?,
            unread: u64::try_from(unread).unwrap_or(0),
            calendar: found.try_get("", "calendar")?,
        }))
    }
}

impl Tx {
    /// Adds a person.
    ///
    /// # Errors
    /// Duplicate: the login name is taken.
    pub async fn insert_person(&self, new: &NewPersonRow) -> Result<PersonId, StoreError> {
        let (role, bureau_id) = row::role_columns(new.role);
        let row = person::ActiveModel {
            login: Set(new.login.clone()),
            name: Set(new.name.clone()),
            role: Set(role.to_owned()),
            bureau_id: Set(bureau_id),
            password_hash: Set(new.password_hash.clone()),
            active: Set(true),
            lead: Set(new.lead),
            ..<person::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        Ok(PersonId(
            person::Entity::insert(row)
                .exec(&self.tx)
                .await?
                .last_insert_id,
        ))
    }

    async fn change_person(
        &self,
        id: PersonId,
        row: person::ActiveModel,
    ) -> Result<bool, StoreError> {
        let changed = person::Entity::update_many()
            .set(row)
            .filter(person::Column::Id.eq(id.0))
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Lets a person log in, or no longer; false where there is no such person.
    ///
    /// # Errors
    /// The database.
    pub async fn set_active(&self, id: PersonId, active: bool) -> Result<bool, StoreError> {
        let row = person::ActiveModel {
            active: Set(active),
            ..<person::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        self.change_person(id, row).await
    }

    /// Says whether an officer leads the bureau; false where there is no such officer.
    ///
    /// # Errors
    /// The database.
    pub async fn set_lead(&self, id: PersonId, lead: bool) -> Result<bool, StoreError> {
        let changed = person::Entity::update_many()
            .col_expr(person::Column::Lead, sea_orm::sea_query::Expr::value(lead))
            .filter(person::Column::Id.eq(id.0))
            .filter(person::Column::BureauId.is_not_null())
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Replaces the password's hash; false where there is no such person.
    ///
    /// # Errors
    /// The database.
    pub async fn set_password_hash(&self, id: PersonId, hash: &str) -> Result<bool, StoreError> {
        let row = person::ActiveModel {
            password_hash: Set(hash.to_owned()),
            ..<person::ActiveModel as sea_orm::ActiveModelTrait>::default()
        };
        self.change_person(id, row).await
    }

    /// Opens a session, and forgets those that have ended.
    ///
    /// # Errors
    /// The database.
    pub async fn insert_session(
        &self,
        token_hash: &str,
        person: PersonId,
        csrf: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        login_session::Entity::delete_many()
            .filter(login_session::Column::ExpiresAt.lte(now))
            .exec(&self.tx)
            .await?;
        let row = login_session::ActiveModel {
            token_hash: Set(token_hash.to_owned()),
            person_id: Set(person.0),
            csrf: Set(csrf.to_owned()),
            expires_at: Set(expires_at),
        };
        login_session::Entity::insert(row)
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database.
    pub async fn delete_session(&self, token_hash: &str) -> Result<(), StoreError> {
        login_session::Entity::delete_by_id(token_hash.to_owned())
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Ends a person's sessions, but for the one of `keep`.
    ///
    /// # Errors
    /// The database.
    pub async fn delete_sessions_of(
        &self,
        person: PersonId,
        keep: Option<&str>,
    ) -> Result<(), StoreError> {
        login_session::Entity::delete_many()
            .filter(login_session::Column::PersonId.eq(person.0))
            .filter(login_session::Column::TokenHash.ne(keep.unwrap_or_default()))
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}

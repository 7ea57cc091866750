//! The administrator's people.

use super::actor::{Act, permit};
use super::password::{self, PasswordCost};
use super::{
    Actor, Bureau, FieldFault, Moment, NewPerson, Office, OfficeError, Person, PersonId, Role,
};
use crate::store::{NewPersonRow, StoreError};

/// The characters that a login name may have.
const LOGIN: std::ops::RangeInclusive<usize> = 3..=32;
/// The characters that a person's name may have.
const NAME: std::ops::RangeInclusive<usize> = 1..=40;

impl Office {
    /// Everyone, for the administrator.
    ///
    /// # Errors
    /// Forbidden to others.
    pub async fn people(
        &self,
        actor: &Actor,
    ) -> Result<Vec<(Person, Option<Bureau>)>, OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        Ok(self.store.reader().people().await?)
    }

    /// Adds a person.
    ///
    /// # Errors
    /// Forbidden, Invalid.
    pub async fn add_person(
        &self,
        actor: &Actor,
        new: NewPerson,
        at: Moment,
    ) -> Result<PersonId, OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        let bureaus = self.store.reader().bureaus().await?;
        let row = row(&new, &bureaus, self.cost).await?;
        let tx = self.begin().await?;
        let id = match tx.insert_person(&row).await {
            Err(StoreError::Duplicate(_)) => {
                let message = format!("登录名“{}”已有人使用;请换一个", row.login);
                return Err(invalid("login", message));
            }
            other => other?,
        };
        let subject = format!("person {id}");
        tx.audit(at.now, Some(actor.id), "add-person", &subject, &row.login)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Lets a person log in, or no longer; ends their sessions when not.
    ///
    /// # Errors
    /// Forbidden; Invalid for oneself.
    pub async fn set_active(
        &self,
        actor: &Actor,
        person: PersonId,
        active: bool,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        if person == actor.id && !active {
            let message = "不能停用自己的账号;请由另一位管理员操作";
            return Err(invalid("active", message.to_owned()));
        }
        let tx = self.begin().await?;
        if !tx.set_active(person, active).await? {
            return Err(OfficeError::NotFound("person"));
        }
        if !active {
            tx.delete_sessions_of(person, None).await?;
        }
        let act = if active { "activate" } else { "deactivate" };
        let subject = format!("person {person}");
        tx.audit(at.now, Some(actor.id), act, &subject, "").await?;
        Ok(tx.commit().await?)
    }

    /// Says whether an officer leads the bureau.
    ///
    /// # Errors
    /// Forbidden; Not found where there is no such officer.
    pub async fn set_lead(
        &self,
        actor: &Actor,
        person: PersonId,
        lead: bool,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        let tx = self.begin().await?;
        if !tx.set_lead(person, lead).await? {
            return Err(OfficeError::NotFound("person"));
        }
        let act = if lead { "make-lead" } else { "end-lead" };
        let subject = format!("person {person}");
        tx.audit(at.now, Some(actor.id), act, &subject, "").await?;
        Ok(tx.commit().await?)
    }

    /// Sets another's password and ends their sessions.
    ///
    /// # Errors
    /// Forbidden, Invalid.
    pub async fn reset_password(
        &self,
        actor: &Actor,
        person: PersonId,
        password: &str,
        at: Moment,
    ) -> Result<(), OfficeError> {
        let _permit = permit(actor, Act::KeepPeople)?;
        password::check_form("password", password)?;
        let hash = password::hash(password, self.cost).await?;
        let tx = self.begin().await?;
        if !tx.set_password_hash(person, &hash).await? {
            return Err(OfficeError::NotFound("person"));
        }
        tx.delete_sessions_of(person, None).await?;
        let subject = format!("person {person}");
        tx.audit(at.now, Some(actor.id), "reset-password", &subject, "")
            .await?;
        Ok(tx.commit().await?)
    }
}

fn invalid(field: &'static str, message: String) -> OfficeError {
    OfficeError::Invalid(vec![FieldFault { field, message }])
}

/// The row of a new person, with the password hashed.
///
/// # Errors
/// Every field that is wrong, at once.
pub(super) async fn row(
    new: &NewPerson,
    bureaus: &[Bureau],
    cost: PasswordCost,
) -> Result<NewPersonRow, OfficeError> {
    let login = new.login.trim().to_lowercase();
    let name = new.name.trim().to_owned();
    let mut faults = faults(&login, &name, new.role, bureaus);
    if new.lead && !matches!(new.role, Role::Officer { .. }) {
        faults.push(FieldFault {
            field: "lead",
            message: "只有审批部门的人员可以是部门负责人;请去掉勾选,或者改选角色".to_owned(),
        });
    }
    if let Err(OfficeError::Invalid(more)) = password::check_form("password", &new.password) {
        faults.extend(more);
    }
    if !faults.is_empty() {
        return Err(OfficeError::Invalid(faults));
    }
    Ok(NewPersonRow {
        login,
        name,
        role: new.role,
        lead: new.lead,
        password_hash: password::hash(&new.password, cost).await?,
    })
}

fn faults(login: &str, name: &str, role: Role, bureaus: &[Bureau]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |field, message| faults.push(FieldFault { field, message });
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if !LOGIN.contains(&login.chars().count()) || !login.chars().all(plain) {
        let message = format!(
            "登录名应为{}至{}个小写字母、数字或 . _ -",
            LOGIN.start(),
            LOGIN.end()
        );
        fault("login", message);
    }
    if !NAME.contains(&name.chars().count()) || name.chars().any(char::is_control) {
        let message = format!("姓名应为{}至{}个字", NAME.start(), NAME.end());
        fault("name", message);
    }
    if let Role::Officer { bureau } = role
        && !bureaus.iter().any(|known| known.id == bureau)
    {
        fault("bureau", "没有这个部门;请从列表中选择".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests;

//! Who can log in.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};

use crate::office::{BureauId, FieldFault, NewPerson, OfficeError, PersonId, Role};
use crate::view::form::PersonForm;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Administrator};
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

#[derive(FromForm)]
struct Typed {
    #[field(default = "")]
    login: String,
    #[field(default = "")]
    name: String,
    #[field(default = "")]
    role: String,
    #[field(default = "")]
    bureau: String,
    #[field(default = "")]
    lead: String,
    #[field(default = "")]
    password: String,
}

#[derive(FromForm)]
struct ActiveForm {
    #[field(default = "")]
    active: String,
}

#[derive(FromForm)]
struct LeadForm {
    #[field(default = "")]
    lead: String,
}

#[derive(FromForm)]
struct PasswordForm {
    #[field(default = "")]
    password: String,
}

impl Typed {
    fn role(&self) -> Result<Role, FieldFault> {
        let fault = |field, message: &str| FieldFault {
            field,
            message: message.to_owned(),
        };
        match self.role.as_str() {
            "company" => Ok(Role::Company),
            "government-office" => Ok(Role::GovernmentOffice),
            "deputy-mayor" => Ok(Role::DeputyMayor),
            "administrator" => Ok(Role::Administrator),
            "officer" => param::row(&self.bureau)
                .map(|bureau| Role::Officer {
                    bureau: BureauId(bureau),
                })
                .ok_or_else(|| fault("bureau", "请为经办人选择所属部门。")),
            _ => Err(fault("role", "请从列表中选择角色。")),
        }
    }

    /// What is shown again; never the password.
    fn shown(&self, faults: Vec<FieldFault>) -> PersonForm {
        PersonForm {
            login: self.login.clone(),
            name: self.name.clone(),
            role: self.role.clone(),
            bureau: self.bureau.clone(),
            lead: self.lead == "true",
            faults,
        }
    }
}

#[get("/people")]
async fn list(who: Administrator<'_>, state: &State<WebState>) -> Outcome {
    page(&who, state, Status::Ok, PersonForm::default()).await
}

#[post("/people", data = "<form>")]
async fn add(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    form: Csrf<Typed>,
) -> Outcome {
    let role = match form.role() {
        Ok(role) => role,
        Err(fault) => return refuse(&who, state, form.shown(vec![fault])).await,
    };
    let new = NewPerson {
        login: form.login.clone(),
        name: form.name.clone(),
        role,
        lead: form.lead == "true",
        password: form.password.clone(),
    };
    match state.office.add_person(&who.actor, new, who.at).await {
        Ok(_) => {
            guard::leave_notice(state, cookies, format!("已添加：{}", form.name.trim()));
            Ok(Answer::See("/people".to_owned()))
        }
        Err(OfficeError::Invalid(faults)) => refuse(&who, state, form.shown(faults)).await,
        Err(error) => Err(Failure::Office(error)),
    }
}

#[post("/people/<id>/active", data = "<form>")]
async fn active(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<ActiveForm>,
) -> Outcome {
    let person = param::row(id).map(PersonId).ok_or(Failure::Nowhere)?;
    let (active, words) = match form.active.as_str() {
        "true" => (true, "已启用"),
        "false" => (false, "已停用，其登录已退出"),
        _ => return Err(invalid("active", "请选择启用或停用。")),
    };
    state
        .office
        .set_active(&who.actor, person, active, who.at)
        .await?;
    guard::leave_notice(state, cookies, words.to_owned());
    Ok(Answer::See("/people".to_owned()))
}

#[post("/people/<id>/lead", data = "<form>")]
async fn lead(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<LeadForm>,
) -> Outcome {
    let person = param::row(id).map(PersonId).ok_or(Failure::Nowhere)?;
    let (lead, words) = match form.lead.as_str() {
        "true" => (true, "已设为部门负责人"),
        "false" => (false, "已不再是部门负责人"),
        _ => return Err(invalid("lead", "请选择设为或者取消部门负责人。")),
    };
    state
        .office
        .set_lead(&who.actor, person, lead, who.at)
        .await?;
    guard::leave_notice(state, cookies, words.to_owned());
    Ok(Answer::See("/people".to_owned()))
}

#[post("/people/<id>/password", data = "<form>")]
async fn password(
    who: Administrator<'_>,
    state: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<PasswordForm>,
) -> Outcome {
    let person = param::row(id).map(PersonId).ok_or(Failure::Nowhere)?;
    state
        .office
        .reset_password(&who.actor, person, &form.password, who.at)
        .await?;
    guard::leave_notice(state, cookies, "密码已重置，其登录已退出".to_owned());
    Ok(Answer::See("/people".to_owned()))
}

fn invalid(field: &'static str, message: &str) -> Failure {
    Failure::Office(OfficeError::Invalid(vec![FieldFault {
        field,
        message: message.to_owned(),
    }]))
}

async fn refuse(who: &Administrator<'_>, state: &State<WebState>, form: PersonForm) -> Outcome {
    page(who, state, Status::UnprocessableEntity, form).await
}

async fn page(
    who: &Administrator<'_>,
    state: &State<WebState>,
    status: Status,
    form: PersonForm,
) -> Outcome {
    let people = state.office.people(&who.actor).await?;
    let bureaus = state.office.bureaus(&who.actor).await?;
    let html = state.view.people(&who.shell(), &people, &bureaus, &form)?;
    Ok(Answer::Html(status, html))
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, active, lead, password]
}

//! Difficulties: their list, one of them, and what is done about it.

use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};

use crate::office::coordination::{Coordinate, RaiseDifficulty};
use crate::office::model::coordination::MattersQuery;
use crate::office::{
    BureauId, Called, DecisionId, DifficultyId, FilingId, MeetingId, Owner, ProjectId,
};
use crate::view::form::Retyped;
use crate::web::answer::Answer;
use crate::web::csrf::Csrf;
use crate::web::guard::{self, Party, Session, Viewer};
use crate::web::problem::{Failure, Outcome};
use crate::web::typed::{NotTaken, Typed};
use crate::web::{WebState, param};

#[get("/coordination?<state>&<after>")]
async fn list(
    who: Viewer<'_>,
    web: &State<WebState>,
    state: Option<&str>,
    after: Option<&str>,
) -> Outcome {
    let wrong = |words: &str| Failure::Query(words.to_owned());
    let query = MattersQuery {
        closed: match state {
            None | Some("" | "open") => false,
            Some("closed") => true,
            Some(_) => return Err(wrong("state 应为 open（办理中）或 closed（已办结）。")),
        },
        after: match after {
            None | Some("") => None,
            Some(text) => {
                let row = param::row(text).map(DifficultyId);
                Some(row.ok_or_else(|| wrong("after 应为上一页给出的位置。"))?)
            }
        },
    };
    let found = web.office.matters(&who.actor, query, who.at).await?;
    Ok(Answer::page(web.view.matters(
        &who.shell(),
        query,
        &found,
    )?))
}

#[get("/coordination/<id>")]
async fn show(who: Viewer<'_>, web: &State<WebState>, id: &str) -> Outcome {
    page(&who, web, difficulty(id)?, Status::Ok, None).await
}

#[get("/projects/<id>/coordination")]
async fn show_raise(who: Viewer<'_>, web: &State<WebState>, id: &str) -> Outcome {
    let project = param::row(id).map(ProjectId).ok_or(Failure::Nowhere)?;
    raise_page(&who, web, project, Status::Ok, None).await
}

#[post("/projects/<id>/coordination", data = "<form>")]
async fn raise(
    who: Party<'_>,
    web: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let project = param::row(id).map(ProjectId).ok_or(Failure::Nowhere)?;
    let raised: Result<DifficultyId, NotTaken> = async {
        let wish = RaiseDifficulty {
            project,
            filing: match form.get("filing") {
                "" => None,
                text => {
                    let row = param::row(text).map(FilingId);
                    Some(row.ok_or("请从页面列出的事项中选择。".to_owned())?)
                }
            },
            title: form.words("title"),
            words: form.words("words"),
            needs: bureaus(&form)?,
            on: param::date(form.get("on"))?,
        };
        let made = web.office.raise_difficulty(&who.actor, wish, who.at).await;
        Ok(made?)
    }
    .await;
    match raised {
        Ok(new) => {
            guard::leave_notice(web, cookies, "已提出，等待领导小组办公室会商。".to_owned());
            Ok(Answer::See(format!("/coordination/{new}")))
        }
        Err(refused) => {
            let (status, refused) = form.refused("raise-difficulty", refused)?;
            raise_page(&who, web, project, status, Some(&refused)).await
        }
    }
}

#[post("/coordination/<id>/<act>", data = "<form>")]
async fn act(
    who: Party<'_>,
    web: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    act: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let id = difficulty(id)?;
    let (name, done) = match act {
        "call" => ("meeting-call", "已召集会商。"),
        "close" => ("closing-new", "已办结。"),
        _ => return Err(Failure::Nowhere),
    };
    let wish = whole(act, &form);
    let door = (&*who, web, cookies);
    answered(door, id, &form, name, (wish, done)).await
}

#[post("/coordination/<id>/<act>/<which>", data = "<form>")]
async fn act_on(
    who: Party<'_>,
    web: &State<WebState>,
    cookies: &CookieJar<'_>,
    id: &str,
    act: &str,
    which: &str,
    form: Csrf<Typed>,
) -> Outcome {
    let id = difficulty(id)?;
    let which = param::row(which).ok_or(Failure::Nowhere)?;
    let (section, done) = match act {
        "minute" => ("meeting", "已登记会商纪要。"),
        "decide" => ("meeting", "已登记议定事项。"),
        "report" => ("decision", "已报告完成，等待确认。"),
        "confirm" => ("decision", "已确认完成。"),
        "return" => ("decision", "已退回。"),
        _ => return Err(Failure::Nowhere),
    };
    let name = format!("{section}-{act}-{which}");
    let wish = one_of(act, which, &form);
    let door = (&*who, web, cookies);
    answered(door, id, &form, &name, (wish, done)).await
}

fn whole(act: &str, form: &Typed) -> param::Parsed<Coordinate> {
    let on = param::date(form.get("on"))?;
    Ok(match act {
        "call" => Coordinate::Call {
            on,
            place: form.words("place"),
            called: Called {
                bureaus: bureaus(form)?,
                bodies: form.ticked("body-").map(str::to_owned).collect(),
                company: form.choice("company").is_some(),
            },
        },
        _ => Coordinate::Close {
            resolved: match form.get("how") {
                "resolved" => true,
                "without" => false,
                _ => return Err("请选择办结方式：已解决或其他原因。".to_owned()),
            },
            on,
            words: form.words("words"),
        },
    })
}

fn one_of(act: &str, which: i64, form: &Typed) -> param::Parsed<Coordinate> {
    let meeting = MeetingId(which);
    let decision = DecisionId(which);
    let words = form.words("words");
    Ok(match act {
        "minute" => Coordinate::Minute { meeting, words },
        "decide" => Coordinate::Decide {
            meeting,
            owner: match form.get("owner") {
                "" => None,
                "company" => Some(Owner::Company),
                text => {
                    let row = param::row(text).map(BureauId);
                    Some(Owner::Bureau(
                        row.ok_or("请从页面列出的单位中选择承办单位。".to_owned())?,
                    ))
                }
            },
            words,
            due_on: param::date(form.get("due_on"))?,
        },
        act => {
            let on = param::date(form.get("on"))?;
            match act {
                "report" => Coordinate::Report {
                    decision,
                    on,
                    words,
                },
                "confirm" => Coordinate::Confirm {
                    decision,
                    on,
                    words,
                },
                _ => Coordinate::Return {
                    decision,
                    on,
                    words,
                },
            }
        }
    })
}

/// The bureaus that are ticked.
fn bureaus(form: &Typed) -> param::Parsed<Vec<BureauId>> {
    form.ticked("bureau-")
        .map(|id| {
            let row = param::row(id).map(BureauId);
            row.ok_or_else(|| "请从页面列出的部门中选择。".to_owned())
        })
        .collect()
}

async fn answered(
    (who, web, cookies): (&Session, &State<WebState>, &CookieJar<'_>),
    id: DifficultyId,
    form: &Typed,
    name: &str,
    (wish, done): (param::Parsed<Coordinate>, &str),
) -> Outcome {
    let result: Result<(), NotTaken> = async {
        let wish = wish?;
        web.office.coordinate(&who.actor, id, wish, who.at).await?;
        Ok(())
    }
    .await;
    match result {
        Ok(()) => {
            guard::leave_notice(web, cookies, done.to_owned());
            let section = name.split('-').next().unwrap_or_default();
            Ok(Answer::See(format!("/coordination/{id}#{section}s")))
        }
        Err(refused) => {
            let (status, refused) = form.refused(name, refused)?;
            page(who, web, id, status, Some(&refused)).await
        }
    }
}

async fn page(
    who: &Session,
    web: &State<WebState>,
    id: DifficultyId,
    status: Status,
    refused: Option<&Retyped>,
) -> Outcome {
    let matter = web.office.matter_page(&who.actor, id, who.at).await?;
    let html = web.view.matter(&who.shell(), &matter, refused)?;
    Ok(Answer::Html(status, html))
}

async fn raise_page(
    who: &Session,
    web: &State<WebState>,
    project: ProjectId,
    status: Status,
    refused: Option<&Retyped>,
) -> Outcome {
    let found = web.office.raise_page(&who.actor, project, who.at).await?;
    let html = web.view.raise(&who.shell(), &found, refused)?;
    Ok(Answer::Html(status, html))
}

fn difficulty(id: &str) -> Result<DifficultyId, Failure> {
    param::row(id).map(DifficultyId).ok_or(Failure::Nowhere)
}

pub(super) fn routes() -> Vec<Route> {
    routes![list, show, show_raise, raise, act, act_on]
}

//! The first page of each role.

use rocket::{Route, State, get, routes};

use crate::office::Role;
use crate::web::WebState;
use crate::web::answer::Answer;
use crate::web::guard::Viewer;
use crate::web::problem::Outcome;

#[get("/")]
async fn home(who: Viewer<'_>, state: &State<WebState>) -> Outcome {
    let office = &state.office;
    let version = office.version(who.at).await?;
    let shell = who.live_shell(version);
    Ok(match who.actor.role {
        Role::Company => {
            let home = office.company_home(&who.actor, who.at).await?;
            Answer::page(state.view.company_home(&shell, &home)?)
        }
        Role::Officer { .. } => {
            let home = office.bureau_home(&who.actor, who.at).await?;
            Answer::page(state.view.bureau_home(&shell, &home)?)
        }
        Role::GovernmentOffice | Role::DeputyMayor => {
            let home = office.office_home(&who.actor, who.at).await?;
            Answer::page(state.view.office_home(&shell, &home)?)
        }
        // What the administrator does is all on one page.
        Role::Administrator => Answer::See("/people".to_owned()),
    })
}

pub(super) fn routes() -> Vec<Route> {
    routes![home]
}

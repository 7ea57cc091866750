//! One file a noun; each handler parses, calls the office, answers.

mod account;
mod board;
mod catalogue;
mod channels;
mod commitment;
mod coordination;
mod correction;
mod delegation;
mod deliveries;
mod export;
mod facts;
mod feed;
mod figures;
mod filing;
mod health;
mod home;
mod inbox;
mod late;
mod live;
mod login;
mod materials;
mod monthly;
mod new_project;
mod notices;
mod offence;
mod offence_picture;
mod paper;
mod people;
mod proceeding;
mod project;
mod register;
mod run;
mod search;
mod supervision;
mod typed_facts;
mod whatif;

use rocket::Route;

use super::assets;

pub(super) use filing::page as step_again;

/// Every route of the program.
pub(super) fn routes() -> Vec<Route> {
    [
        health::routes(),
        assets::routes(),
        login::routes(),
        home::routes(),
        project::routes(),
        new_project::routes(),
        facts::routes(),
        filing::routes(),
        run::routes(),
        paper::routes(),
        materials::routes(),
        commitment::routes(),
        correction::routes(),
        delegation::routes(),
        proceeding::routes(),
        search::routes(),
        supervision::routes(),
        inbox::routes(),
        offence::routes(),
        offence_picture::routes(),
        coordination::routes(),
        board::routes(),
        live::routes(),
        late::routes(),
        figures::routes(),
        register::routes(),
        export::routes(),
        monthly::routes(),
        catalogue::routes(),
        channels::routes(),
        whatif::routes(),
        people::routes(),
        account::routes(),
        notices::routes(),
        deliveries::routes(),
        feed::routes(),
    ]
    .concat()
}

//! The web door, on Rocket: parse, call the office, answer with what the view words.
//!
//! # Invariants
//! - Deny by default: every route names in its signature who may reach it ([`guard`]); a golden
//!   table of route and role stands in `tests/golden/routes.txt`.
//! - Whatever changes something is a POST whose form carries the session's token ([`csrf`]).
//! - A refused form comes back with what was typed; nothing is lost and nothing was written.
//! - An error page never shows what failed inside; the log does, under the same request id.
//! - Time enters once a request, by [`WebState::now`].

mod answer;
mod assets;
mod csrf;
mod guard;
mod headers;
mod pages;
mod param;
mod problem;
mod trace;
mod typed;
mod upload;

use std::sync::Arc;

use rand::RngCore;
use rocket::config::{Ident, LogLevel, SecretKey};
use rocket::data::{Limits, ToByteUnit};
use rocket::{Build, Rocket};

use crate::config::Config;
use crate::courier::live::Live;
use crate::office::{Moment, Office};
use crate::view::View;

/// The clock of the door: today and now, read once a request.
pub type Now = Arc<dyn Fn() -> Moment + Send + Sync>;

/// What the pages need.
#[derive(Clone)]
pub struct WebState {
    /// The use cases.
    pub office: Office,
    /// The templates.
    pub view: View,
    /// Today and now.
    pub now: Now,
    /// The settings.
    pub config: Config,
    /// Who is told of changes.
    pub live: Live,
}

/// The largest form, in KiB: a note of 500 Chinese characters is under 5 KiB when encoded, a pasted
/// catalogue under 80.
const FORM_KIB: u64 = 96;

/// The server with its pages, not yet listening.
pub fn rocket(state: WebState) -> Rocket<Build> {
    let http = &state.config.http;
    let settings = rocket::Config {
        address: http.address,
        port: http.port,
        secret_key: secret_key(state.config.session.secret_key.as_deref()),
        limits: Limits::default()
            .limit("form", FORM_KIB.kibibytes())
            .limit("data-form", FORM_KIB.kibibytes()),
        ident: Ident::none(),
        // Rocket warns of every request that a guard refuses; the access log has its status, and
        // what fails inside is logged where it fails, with the request's number.
        log_level: LogLevel::Off,
        cli_colors: false,
        ..rocket::Config::release_default()
    };
    rocket::custom(settings)
        .attach(headers::shield())
        .attach(headers::Caching)
        .attach(trace::Trace)
        .mount("/", pages::routes())
        .register("/", problem::catchers())
        .manage(state)
}

/// The key that seals short-lived cookies; a fresh one where none is set (see
/// [`crate::config::Session::secret_key`]).
fn secret_key(configured: Option<&str>) -> SecretKey {
    match configured {
        // `derive_from` panics below 32 bytes; the settings refuse such a key, a caller may not.
        Some(key) if key.len() >= 32 => SecretKey::derive_from(key.as_bytes()),
        _ => {
            let mut fresh = [0_u8; 64];
            rand::rng().fill_bytes(&mut fresh);
            SecretKey::from(&fresh)
        }
    }
}

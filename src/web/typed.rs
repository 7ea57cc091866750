//! The small forms of a step's page: every field as text, and one answer for all of them.

use std::collections::BTreeMap;

use rocket::State;
use rocket::async_trait;
use rocket::form::{self, DataField, FromForm, Options, ValueField};
use rocket::http::{CookieJar, Status};

use super::answer::Answer;
use super::guard::{self, Session};
use super::problem::{self, Outcome};
use super::{WebState, param};
use crate::office::{FilingId, OfficeError};
use crate::view::form::{EventForm, Retyped};

/// The most fields of a form; more are dropped, none of ours has as many.
const FIELDS: usize = 40;

/// What was typed, by the field's name.
pub(super) struct Typed(BTreeMap<String, String>);

#[async_trait]
impl<'r> FromForm<'r> for Typed {
    type Context = (BTreeMap<String, String>, Vec<form::Error<'r>>);

    fn init(_: Options) -> Self::Context {
        (BTreeMap::new(), Vec::new())
    }

    fn push_value(context: &mut Self::Context, field: ValueField<'r>) {
        if context.0.len() < FIELDS {
            let name = field.name.source().to_string();
            context.0.insert(name, field.value.to_owned());
        }
    }

    async fn push_data(_: &mut Self::Context, _: DataField<'r, '_>) {}

    fn push_error(context: &mut Self::Context, error: form::Error<'r>) {
        context.1.push(error);
    }

    fn finalize(context: Self::Context) -> form::Result<'r, Self> {
        match context.1.is_empty() {
            true => Ok(Typed(context.0)),
            false => Err(context.1.into()),
        }
    }
}

/// Why a form was not taken.
pub(super) enum NotTaken {
    /// A value that cannot be read, with what is expected.
    Misread(String),
    /// The office refused.
    Office(OfficeError),
}

impl From<String> for NotTaken {
    fn from(expected: String) -> Self {
        NotTaken::Misread(expected)
    }
}

impl From<OfficeError> for NotTaken {
    fn from(error: OfficeError) -> Self {
        NotTaken::Office(error)
    }
}

impl Typed {
    /// A field as typed; one that was not sent is empty.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Everything, as typed.
    pub(super) fn values(&self) -> BTreeMap<String, String> {
        self.0.clone()
    }

    /// A field's words without what cannot be seen.
    pub(super) fn words(&self, name: &str) -> String {
        param::words(self.get(name)).unwrap_or_default()
    }

    /// A field's choice; `None` where nothing is chosen.
    pub(super) fn choice(&self, name: &str) -> Option<String> {
        param::words(self.get(name))
    }

    /// What follows `prefix` in the names of the boxes that were ticked.
    pub(super) fn ticked<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let given = self.0.iter().filter(|(_, value)| !value.is_empty());
        given.filter_map(move |(name, _)| name.strip_prefix(prefix))
    }

    /// The form as it is shown again, with why it was not taken; `Err`: it is none for the form.
    pub(super) fn refused(
        &self,
        form: &str,
        why: NotTaken,
    ) -> Result<(Status, Retyped), OfficeError> {
        let (status, trouble) = match why {
            NotTaken::Misread(expected) => problem::misread(expected),
            NotTaken::Office(error) => problem::trouble(error)?,
        };
        let retyped = Retyped {
            form: form.to_owned(),
            values: self.0.clone(),
            trouble,
        };
        Ok((status, retyped))
    }

    /// Back to the step's page with `done` said there; or the page again as it stands now, with
    /// what was typed and why it was not taken.
    pub(super) async fn answer(
        &self,
        (who, state, cookies): (&Session, &State<WebState>, &CookieJar<'_>),
        filing: FilingId,
        form: &str,
        result: Result<String, NotTaken>,
    ) -> Outcome {
        let (status, small) = match result {
            Ok(done) => {
                guard::leave_notice(state, cookies, done);
                let section = form.split('-').next().unwrap_or_default();
                return Ok(Answer::See(format!("/filings/{filing}#{section}s")));
            }
            Err(why) => self.refused(form, why)?,
        };
        let form = EventForm {
            small: Some(small),
            ..EventForm::default()
        };
        super::pages::step_again(who, state, filing, status, &form).await
    }
}

//! The register (事项台账): on a page, to print, and as a sheet where it is short.

use std::io::Cursor;

use rocket::http::{Header, Status};
use rocket::response::{self, Responder, Response};
use rocket::{FromForm, Request, Route, State, get, routes};

use crate::documents::RegisterBook;
use crate::office::model::register::RegisterQuery;
use crate::office::{BureauId, Kind, OfficeError, RegisterDay, RegisterFilter, RegisterState};
use crate::statute::plan::StepId;
use crate::web::answer::Answer;
use crate::web::guard::Reader;
use crate::web::problem::{Failure, Outcome};
use crate::web::{WebState, param};

/// The filter as an address carries it.
#[derive(FromForm)]
struct Asked<'r> {
    bureau: Option<&'r str>,
    county: Option<&'r str>,
    step: Option<&'r str>,
    state: Option<&'r str>,
    day: Option<&'r str>,
    from: Option<&'r str>,
    to: Option<&'r str>,
    after: Option<&'r str>,
}

impl Asked<'_> {
    fn filter(&self) -> param::Parsed<RegisterFilter> {
        filter(|name| match name {
            "bureau" => self.bureau,
            "county" => self.county,
            "step" => self.step,
            "state" => self.state,
            "day" => self.day,
            "from" => self.from,
            "to" => self.to,
            _ => None,
        })
    }
}

/// The filter of an address or a form, field by field.
pub(super) fn filter<'r>(
    field: impl Fn(&'static str) -> Option<&'r str>,
) -> param::Parsed<RegisterFilter> {
    let given = |name| field(name).and_then(param::words);
    let wrong = |expected: &str| expected.to_owned();
    let day = |name| given(name).map(|text| param::date(&text)).transpose();
    let filter = RegisterFilter {
        bureau: given("bureau")
            .map(|text| {
                let row = param::row(&text).map(BureauId);
                row.ok_or_else(|| wrong("部门应从列表中选择。"))
            })
            .transpose()?,
        county: given("county")
            .map(|text| param::county(&text))
            .transpose()?,
        step: given("step").map(|text| StepId::from(text.as_str())),
        state: given("state")
            .map(|text| {
                RegisterState::from_code(&text).ok_or_else(|| wrong("状态应从列表中选择。"))
            })
            .transpose()?,
        day: given("day")
            .map(|text| {
                RegisterDay::from_code(&text).ok_or_else(|| wrong("日期的种类应从列表中选择。"))
            })
            .transpose()?,
        from: day("from")?,
        to: day("to")?,
    };
    // The form always says which day; without a range it narrows nothing.
    let dated = filter.from.is_some() || filter.to.is_some();
    let filter = RegisterFilter {
        day: filter.day.filter(|_| dated),
        ..filter
    };
    if dated && filter.day.is_none() {
        return Err(wrong(
            "填写了起止日期，还要选择是哪一种日期，如提交日、办结日。",
        ));
    }
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && from > to
    {
        return Err(format!("起始日期 {from} 晚于截止日期 {to}，请对调。"));
    }
    Ok(filter)
}

#[get("/register?<asked..>")]
async fn register(who: Reader<'_>, state: &State<WebState>, asked: Asked<'_>) -> Outcome {
    let query = RegisterQuery {
        filter: asked.filter().map_err(Failure::Query)?,
        after: asked.after.and_then(param::words),
    };
    let found = match state.office.register(&who.actor, &query, who.at).await {
        Err(OfficeError::Invalid(faults)) => {
            let words = faults.into_iter().map(|fault| fault.message);
            return Err(Failure::Query(words.collect::<Vec<_>>().join("；")));
        }
        other => other?,
    };
    let html = state.view.register(&who.shell(), &query, &found)?;
    Ok(Answer::page(html))
}

#[get("/register/print?<asked..>")]
async fn print(who: Reader<'_>, state: &State<WebState>, asked: Asked<'_>) -> Outcome {
    let filter = asked.filter().map_err(Failure::Query)?;
    let (about, lines) = state
        .office
        .register_to_print(&who.actor, &filter, who.at)
        .await?;
    let html = state.view.register_to_print(&who.shell(), &about, &lines)?;
    Ok(Answer::page(html))
}

#[get("/register/xlsx?<asked..>")]
async fn xlsx(
    who: Reader<'_>,
    state: &State<WebState>,
    asked: Asked<'_>,
) -> Result<Workbook, Failure> {
    let filter = asked.filter().map_err(Failure::Query)?;
    let (about, lines) = state
        .office
        .short_register(&who.actor, &filter, who.at)
        .await?;
    let name = format!("事项台账-{}", about.today);
    // Some tenths of a second of work: not on the threads that serve requests.
    let packed = rocket::tokio::task::spawn_blocking(move || {
        let mut book = RegisterBook::begin(&about, None)?;
        book.write(&lines)?;
        book.bytes()
    });
    let bytes = packed
        .await
        .map_err(|error| OfficeError::Store(format!("the workbook: {error}")))??;
    Ok(Workbook { name, bytes })
}

/// A workbook on its way to be saved.
pub(super) struct Workbook {
    /// Its file's name without the ending; ours, so that nothing in it ends the header.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl<'r> Responder<'r, 'static> for Workbook {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let Workbook { name, bytes } = self;
        let ending = Kind::Xlsx.code();
        let disposition =
            super::materials::disposition("sheet", ending, &format!("{name}.{ending}"));
        Response::build()
            .status(Status::Ok)
            .header(Header::new("Content-Type", Kind::Xlsx.media_type()))
            .header(Header::new("Content-Disposition", disposition))
            .header(Header::new("X-Content-Type-Options", "nosniff"))
            .sized_body(bytes.len(), Cursor::new(bytes))
            .ok()
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![register, print, xlsx]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::calendar::date;
    use crate::statute::clock::Status;

    fn read(fields: &[(&'static str, &'static str)]) -> param::Parsed<RegisterFilter> {
        filter(|name| {
            let found = fields.iter().find(|(one, _)| *one == name);
            found.map(|(_, value)| *value)
        })
    }

    #[test]
    fn a_filter_is_read_and_what_is_none_is_told() {
        let nothing = [("bureau", " "), ("step", ""), ("day", "due"), ("to", "")];
        assert_eq!(read(&nothing), Ok(RegisterFilter::default()));
        let found = read(&[
            ("bureau", "3"),
            ("county", "210522"),
            ("state", "suspended"),
            ("day", "due"),
            ("from", "2026-11-01"),
        ]);
        let found = found.expect("a filter");
        assert_eq!(found.bureau, Some(BureauId(3)));
        assert_eq!(found.state, Some(RegisterState::Is(Status::Suspended)));
        assert_eq!(found.day, Some(RegisterDay::Due));
        assert_eq!(found.from, Some(date(2026, 11, 1)));
        for wrong in [
            &[("bureau", "0")][..],
            &[("county", "110101")],
            &[("state", "late")],
            &[("day", "birth")],
            &[("day", "due"), ("from", "2026-02-30")],
            &[("from", "2026-11-01")],
            &[("day", "due"), ("from", "2026-11-02"), ("to", "2026-11-01")],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}

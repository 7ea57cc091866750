//! Every template is rendered with data and read like a page: names, days and words are there,
//! and nothing that only a programmer would print.

mod board;
mod coordination;
mod delivery;
mod drawing;
mod figures;
mod homes;
mod late;
mod lexicon;
mod materials;
mod monthly;
mod notices;
mod offences;
mod papers;
mod projects;
mod reference;
mod register;
mod samples;
mod search;
mod steps;
mod supervision;

use super::{Shell, View};
use crate::office::Actor;

fn view() -> View {
    View::load().expect("the embedded templates parse")
}

fn shell(actor: &Actor) -> Shell<'_> {
    Shell {
        actor,
        csrf: "token-of-the-session",
        today: samples::today(),
        notice: None,
        unread: 3,
        live: None,
    }
}

/// Reads the page as a reviewer would, and keeps it where `VIEW_SAMPLES` names a folder, to be
/// looked at in a browser.
fn read(name: &str, html: &str, holds: &[&str]) {
    if let Some(folder) = std::env::var_os("VIEW_SAMPLES") {
        let path = std::path::Path::new(&folder).join(format!("{name}.html"));
        std::fs::write(path, html).expect("the folder can be written");
    }
    for text in holds {
        assert!(html.contains(text), "{name} lacks {text}:\n{html}");
    }
    for print in [
        "Some(",
        "None",
        "NaiveDate",
        "[object",
        "{\"",
        "Ok(",
        "County::",
        "{{",
        "{%",
        "land-pre",
    ] {
        // Anchors and form values carry codes; what people read does not.
        let read = html
            .replace("id=\"step-land-pre-review\"", "")
            .replace("/catalogue#step-", "");
        assert!(!read.contains(print), "{name} prints {print}");
    }
    assert!(
        !html.contains(" style="),
        "{name}: the content policy forbids inline styles"
    );
    assert!(
        !html.contains("<style"),
        "{name}: the content policy forbids style elements"
    );
    assert!(
        !html.contains(" onclick"),
        "{name}: the content policy forbids inline script"
    );
}

fn read_page(name: &str, html: &str, holds: &[&str]) {
    read(name, html, holds);
    assert!(html.starts_with("<!doctype html>"), "{name} has a doctype");
    assert!(html.contains("lang=\"zh-CN\""), "{name} names its language");
    assert_eq!(html.matches("<h1").count(), 1, "{name} has one h1");
    assert!(
        html.contains("class=\"skip\" href=\"#main\""),
        "{name} lets one skip"
    );
    for table in html.split("<table").skip(1) {
        assert!(
            table.contains("<caption"),
            "{name}: a table without a caption"
        );
    }
    every_field_has_a_label(name, html);
}

/// Each visible field's id is named by a label, or the field stands inside one.
fn every_field_has_a_label(name: &str, html: &str) {
    for tag in ["<input ", "<select ", "<textarea "] {
        for field in html.split(tag).skip(1) {
            let field = field.split('>').next().unwrap_or_default();
            let hidden = ["type=\"hidden\"", "type=\"checkbox\"", "aria-hidden"];
            if hidden.iter().any(|mark| field.contains(mark)) {
                continue;
            }
            let id = field
                .split(" id=\"")
                .nth(1)
                .or_else(|| field.strip_prefix("id=\""))
                .and_then(|rest| rest.split('"').next());
            let id = id.unwrap_or_else(|| panic!("{name}: a field without id: {field}"));
            assert!(
                html.contains(&format!("for=\"{id}\"")),
                "{name}: {id} has no label"
            );
        }
    }
}

fn every_post_form_has_a_token(name: &str, html: &str) {
    for form in html.split("<form method=\"post\"").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        assert!(
            form.contains("name=\"_csrf\" value=\"token-of-the-session\""),
            "{name}: a form without a token"
        );
    }
}

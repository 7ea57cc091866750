//! A section of a page that tells what was recorded beside a step's clock, with the forms that
//! are open to the reader. One shape for all of them, so that they read and work alike.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::form::{Retyped, Trouble};
use super::list::Choice;
use super::step::Cite;

/// How a mark of a row is coloured; its word says the same.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Tone {
    /// Only a word.
    Plain,
    /// Done.
    There,
    /// Soon.
    Near,
    /// Late or broken.
    Passed,
}

/// A mark of a row.
#[derive(Debug, Serialize)]
pub(super) struct Tag {
    word: String,
    tone: Tone,
}

impl Tag {
    pub(super) fn new(tone: Tone, word: impl Into<String>) -> Tag {
        let word = word.into();
        Tag { word, tone }
    }
}

/// What was recorded once.
#[derive(Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) head: String,
    pub(super) link: Option<String>,
    pub(super) tags: Vec<Tag>,
    pub(super) words: Vec<String>,
    pub(super) meta: String,
    pub(super) forms: Vec<SmallForm>,
}

/// A field of a small form.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    value: String,
    hint: Option<&'static str>,
    latest: Option<String>,
    earliest: Option<String>,
    most: Option<u32>,
    optional: bool,
    choices: Vec<Choice>,
}

/// A form of a few fields.
#[derive(Debug, Serialize)]
pub(super) struct SmallForm {
    pub(super) id: String,
    pub(super) action: String,
    pub(super) word: &'static str,
    pub(super) hint: Option<String>,
    pub(super) fields: Vec<Field>,
    pub(super) grave: bool,
    pub(super) open: bool,
    pub(super) trouble: Option<Trouble>,
}

/// Rows that stand apart under their own title.
#[derive(Debug, Serialize)]
pub(super) struct Beside {
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
}

/// The section.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) lead: Option<String>,
    pub(super) sources: Vec<Cite>,
    pub(super) rows: Vec<Row>,
    /// Rows that stand apart under their own title.
    pub(super) beside: Option<Beside>,
    pub(super) empty: Option<&'static str>,
    pub(super) forms: Vec<SmallForm>,
    pub(super) trouble: Option<Trouble>,
}

impl Section {
    pub(super) fn new(id: &'static str, title: &'static str) -> Section {
        Section {
            id,
            title,
            lead: None,
            sources: Vec::new(),
            rows: Vec::new(),
            beside: None,
            empty: None,
            forms: Vec::new(),
            trouble: None,
        }
    }

    /// Whether the refused form, or word of it, is in this section.
    pub(super) fn has_trouble(&self) -> bool {
        let rows = self.rows.iter().flat_map(|row| &row.forms);
        let mut forms = self.forms.iter().chain(rows);
        self.trouble.is_some() || forms.any(|form| form.trouble.is_some())
    }
}

/// Builds small forms with what was typed into the refused one.
pub(super) struct Forms<'a> {
    pub(super) typed: Option<&'a Retyped>,
    pub(super) today: NaiveDate,
}

impl<'a> Forms<'a> {
    /// A form; `id` also tells which one was refused.
    pub(super) fn form(
        &self,
        id: impl Into<String>,
        action: String,
        word: &'static str,
    ) -> Builder<'a> {
        let id = id.into();
        let mine = self.typed.filter(|typed| typed.form == id);
        Builder {
            today: self.today,
            typed: mine.map(|typed| &typed.values),
            form: SmallForm {
                action: format!("{action}#{id}"),
                id,
                word,
                hint: None,
                fields: Vec::new(),
                grave: false,
                open: mine.is_some(),
                trouble: mine.map(|typed| typed.trouble.clone()),
            },
        }
    }
}

/// A form in the making.
pub(super) struct Builder<'a> {
    today: NaiveDate,
    typed: Option<&'a BTreeMap<String, String>>,
    form: SmallForm,
}

impl Builder<'_> {
    fn field(
        &self,
        name: &'static str,
        label: &'static str,
        kind: &'static str,
        proposed: String,
    ) -> Field {
        let typed = self.typed.and_then(|typed| typed.get(name));
        Field {
            name,
            label,
            kind,
            value: typed.cloned().unwrap_or(proposed),
            hint: None,
            latest: None,
            earliest: None,
            most: None,
            optional: false,
            choices: Vec::new(),
        }
    }

    fn with(mut self, field: Field) -> Self {
        self.form.fields.push(field);
        self
    }

    /// A day that has come.
    pub(super) fn day(self, name: &'static str, label: &'static str) -> Self {
        let today = self.today.to_string();
        let field = self.field(name, label, "date", today.clone());
        self.with(Field {
            latest: Some(today),
            ..field
        })
    }

    /// A day that may lie ahead.
    pub(super) fn day_ahead(
        self,
        name: &'static str,
        label: &'static str,
        proposed: Option<NaiveDate>,
    ) -> Self {
        let proposed = proposed.map(|day| day.to_string()).unwrap_or_default();
        let field = self.field(name, label, "date", proposed);
        let earliest = Some(self.today.to_string());
        self.with(Field { earliest, ..field })
    }

    /// Any day.
    pub(super) fn any_day(
        self,
        name: &'static str,
        label: &'static str,
        proposed: Option<NaiveDate>,
    ) -> Self {
        let proposed = proposed.map(|day| day.to_string()).unwrap_or_default();
        let field = self.field(name, label, "date", proposed);
        self.with(field)
    }

    /// A line of words.
    pub(super) fn line(
        self,
        name: &'static str,
        label: &'static str,
        most: u32,
        hint: Option<&'static str>,
    ) -> Self {
        let field = self.field(name, label, "text", String::new());
        self.with(Field {
            most: Some(most),
            hint,
            ..field
        })
    }

    /// A number.
    pub(super) fn number(self, name: &'static str, label: &'static str, proposed: String) -> Self {
        let field = self.field(name, label, "number", proposed);
        self.with(field)
    }

    /// Words of several lines.
    pub(super) fn words(
        self,
        name: &'static str,
        label: &'static str,
        most: u32,
        optional: bool,
    ) -> Self {
        let field = self.field(name, label, "words", String::new());
        self.with(Field {
            most: Some(most),
            optional,
            ..field
        })
    }

    /// One of several.
    pub(super) fn choice(
        self,
        name: &'static str,
        label: &'static str,
        choices: impl IntoIterator<Item = (String, String)>,
        optional: bool,
    ) -> Self {
        let field = self.field(name, label, "choice", String::new());
        let choices = choices
            .into_iter()
            .map(|(value, word)| Choice {
                chosen: value == field.value,
                value,
                word,
            })
            .collect();
        self.with(Field {
            choices,
            optional,
            ..field
        })
    }

    /// What the page knows and the person need not see.
    pub(super) fn hidden(self, name: &'static str, value: String) -> Self {
        let field = self.field(name, "", "hidden", String::new());
        // What was typed before was typed on another state of the page.
        self.with(Field { value, ..field })
    }

    /// What stands in a field of words unless something was typed there.
    pub(super) fn proposed(mut self, name: &str, value: String) -> Self {
        let typed = self.typed.is_some_and(|typed| typed.contains_key(name));
        let field = self.form.fields.iter_mut().find(|field| field.name == name);
        if let Some(field) = field.filter(|_| !typed) {
            field.value = value;
        }
        self
    }

    /// Makes the last field one that may stay empty.
    pub(super) fn optional(mut self) -> Self {
        if let Some(field) = self.form.fields.last_mut() {
            field.optional = true;
        }
        self
    }

    /// Boxes to tick, each a field of its own: its value is the field's name.
    pub(super) fn ticks(
        self,
        name: &'static str,
        label: &'static str,
        boxes: Vec<(String, String)>,
    ) -> Self {
        let ticked = |box_name: &str| {
            let typed = self.typed.and_then(|typed| typed.get(box_name));
            typed.is_some_and(|value| !value.is_empty())
        };
        let choices = boxes
            .into_iter()
            .map(|(value, word)| Choice {
                chosen: ticked(&value),
                value,
                word,
            })
            .collect();
        let field = self.field(name, label, "ticks", String::new());
        self.with(Field { choices, ..field })
    }

    /// What the form is for.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.form.hint = Some(hint.into());
        self
    }

    pub(super) fn done(self) -> SmallForm {
        self.form
    }
}

/// The trouble of a form that is no longer on the page, for the section that it was in.
pub(super) fn homeless(
    typed: Option<&Retyped>,
    prefix: &str,
    sections: &[SmallForm],
    rows: &[Row],
) -> Option<Trouble> {
    let typed = typed.filter(|typed| typed.form.starts_with(prefix))?;
    let rows = rows.iter().flat_map(|row| &row.forms);
    let placed = sections
        .iter()
        .chain(rows)
        .any(|form| form.id == typed.form);
    (!placed).then(|| typed.trouble.clone())
}

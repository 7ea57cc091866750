//! Looking for a part of a text, on both databases alike.

use sea_orm::DbBackend;

/// The pattern of whatever holds `text`, in which nothing of it is a wildcard.
pub(super) fn pattern(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}

/// That one of `columns` holds `text`, whatever the case of Latin letters; `mark` stands for its
/// [`pattern`].
pub(super) fn holds(backend: DbBackend, columns: &[&str], text: &str, mark: &str) -> String {
    // Chinese has no case, and PostgreSQL folds a whole text to compare without it.
    let caseless = text.chars().all(|c| !c.is_lowercase() && !c.is_uppercase());
    let like = match backend {
        DbBackend::Postgres if !caseless => "ILIKE",
        _ => "LIKE",
    };
    let any: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} {like} {mark} ESCAPE '\\'"))
        .collect();
    format!("({})", any.join(" OR "))
}

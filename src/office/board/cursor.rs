//! The place in a board after which the next page begins.

use chrono::NaiveDate;

use super::super::{FieldFault, OfficeError};
use crate::store::FilingId;

/// The last row of a page: its turning day and its filing. Opaque to those who carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The day by which the board is ordered.
    pub on: NaiveDate,
    /// The filing, which decides between equal days.
    pub id: FilingId,
}

impl Cursor {
    /// Reads what [`Cursor::write`] wrote.
    ///
    /// # Errors
    /// [`OfficeError::Invalid`] for any other text.
    pub(super) fn read(text: &str) -> Result<Cursor, OfficeError> {
        let parsed = text.split_once(':').and_then(|(on, id)| {
            Some(Cursor {
                on: NaiveDate::parse_from_str(on, "%Y-%m-%d").ok()?,
                id: FilingId(id.parse().ok().filter(|id| *id > 0)?),
            })
        });
        parsed.ok_or_else(|| {
            OfficeError::Invalid(vec![FieldFault {
                field: "after",
                message: "翻页位置无法识别。请从第一页重新打开本页。".to_owned(),
            }])
        })
    }

    /// The text for the next page's address.
    pub(super) fn write(self) -> String {
        format!("{}:{}", self.on, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        let cursor = Cursor {
            on: NaiveDate::from_ymd_opt(2026, 10, 13).unwrap(),
            id: FilingId(4711),
        };
        assert_eq!(cursor.write(), "2026-10-13:4711");
        assert_eq!(Cursor::read(&cursor.write()).unwrap(), cursor);
    }

    #[test]
    fn a_cursor_that_was_not_given_is_refused() {
        for text in [
            "",
            ":",
            "2026-10-13",
            "2026-02-30:1",
            "2026-10-13:",
            "2026-10-13:x",
            "2026-10-13:0",
            "2026-10-13:-1",
            "1:2026-10-13",
        ] {
            assert!(
                matches!(Cursor::read(text), Err(OfficeError::Invalid(_))),
                "{text}"
            );
        }
    }
}

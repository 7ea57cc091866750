//! The places in a board after which its next pages begin. Opaque to those who carry them.

use chrono::NaiveDate;

use super::super::{FieldFault, OfficeError};
use crate::store::{BoardKey, Bucket, FilingId, ProjectId, ProjectKey, Urgency};

/// The text of the list's place.
pub(super) fn write(key: BoardKey) -> String {
    format!("{}:{}:{}", key.bucket.rank(), key.on, key.id)
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// [`OfficeError::Invalid`] for any other text.
pub(super) fn read(text: &str) -> Result<BoardKey, OfficeError> {
    let mut parts = text.split(':');
    let key = (|| {
        let key = BoardKey {
            bucket: *Bucket::ALL.get(parts.next()?.parse::<usize>().ok()?)?,
            on: NaiveDate::parse_from_str(parts.next()?, "%Y-%m-%d").ok()?,
            id: FilingId(parts.next()?.parse().ok().filter(|id| *id > 0)?),
        };
        parts.next().is_none().then_some(key)
    })();
    key.ok_or_else(|| strange("after"))
}

/// The text of the projects' place.
pub(super) fn write_project(key: ProjectKey) -> String {
    let mut text: Vec<String> = key.urgency.0.iter().map(u64::to_string).collect();
    text.push(key.id.to_string());
    text.join(":")
}

/// Reads what [`write_project`] wrote.
///
/// # Errors
/// [`OfficeError::Invalid`] for any other text.
pub(super) fn read_project(text: &str) -> Result<ProjectKey, OfficeError> {
    let numbers: Option<Vec<u32>> = text.split(':').map(|part| part.parse().ok()).collect();
    let key = numbers.and_then(|numbers| {
        let (id, urgency) = numbers.split_last()?;
        let urgency: [u32; 5] = urgency.try_into().ok()?;
        Some(ProjectKey {
            urgency: Urgency(urgency.map(u64::from)),
            id: Some(ProjectId(i64::from(*id))).filter(|id| id.0 > 0)?,
        })
    });
    key.ok_or_else(|| strange("groups"))
}

fn strange(field: &'static str) -> OfficeError {
    OfficeError::Invalid(vec![FieldFault {
        field,
        message: "翻页位置无法识别。请从第一页重新打开本页。".to_owned(),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        let key = BoardKey {
            bucket: Bucket::NearDue,
            on: NaiveDate::from_ymd_opt(2026, 10, 13).unwrap(),
            id: FilingId(4711),
        };
        assert_eq!(write(key), "2:2026-10-13:4711");
        assert_eq!(read(&write(key)).unwrap(), key);
        let key = ProjectKey {
            urgency: Urgency([3, 0, 1, 0, 9]),
            id: ProjectId(12),
        };
        assert_eq!(write_project(key), "3:0:1:0:9:12");
        assert_eq!(read_project(&write_project(key)).unwrap(), key);
    }

    #[test]
    fn a_cursor_that_was_not_given_is_refused() {
        for text in [
            "",
            ":",
            "2026-10-13:1",
            "9:2026-10-13:1",
            "0:2026-02-30:1",
            "0:2026-10-13:",
            "0:2026-10-13:0",
            "0:2026-10-13:-1",
            "0:2026-10-13:1:1",
        ] {
            assert!(matches!(read(text), Err(OfficeError::Invalid(_))), "{text}");
        }
        for text in [
            "",
            "1:2:3:4:5",
            "1:2:3:4:5:0",
            "1:2:3:4:5:6:7",
            "a:2:3:4:5:6",
        ] {
            assert!(
                matches!(read_project(text), Err(OfficeError::Invalid(_))),
                "{text}"
            );
        }
    }
}

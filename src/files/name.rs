//! What a file may be called. Its name is only ever shown and sent back, never used as a path.

use super::error::Unfit;

/// The most characters of a name.
const LONGEST: usize = 120;

/// The name as it will be shown.
///
/// # Errors
/// Empty, too long, with parts of a path, or with characters that cannot be seen: control
/// characters, and those that turn the reading direction, by which `fdp.exe` reads `exe.pdf`.
pub fn checked(typed: &str) -> Result<String, Unfit> {
    if typed.chars().any(is_hidden) {
        return Err(Unfit::HiddenInName);
    }
    let name = typed.trim();
    if name.is_empty() {
        return Err(Unfit::NoName);
    }
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if name.contains(['/', '\\']) || name == "." || name == ".." || drive {
        return Err(Unfit::PathInName);
    }
    if name.chars().count() > LONGEST {
        return Err(Unfit::LongName { most: LONGEST });
    }
    Ok(name.to_owned())
}

/// The name's ending after the last full stop; empty where nothing stands before or after it.
pub(super) fn ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => ending,
        _ => "",
    }
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fffd}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_with_parts_of_a_path_is_refused() {
        for name in [
            "../../etc/passwd",
            "a/b.pdf",
            "C:\\报告.pdf",
            "c:报告.pdf",
            "..",
        ] {
            assert_eq!(checked(name), Err(Unfit::PathInName), "{name}");
        }
    }

    #[test]
    fn a_name_that_hides_something_is_refused() {
        for name in [
            "报告\u{202e}fdp.exe",
            "a\0.pdf",
            "a\r\nX: y.pdf",
            "\u{200b}.pdf",
        ] {
            assert_eq!(checked(name), Err(Unfit::HiddenInName), "{name:?}");
        }
    }

    #[test]
    fn chinese_names_with_brackets_and_blanks_are_taken() {
        let name = "选址申请（本溪 220kV）-终稿.v2.PDF";
        assert_eq!(checked(&format!(" {name} ")), Ok(name.to_owned()));
        assert_eq!(ending(name), "PDF");
    }

    #[test]
    fn a_name_that_is_only_an_ending_has_none() {
        assert_eq!(ending(".pdf"), "");
        assert_eq!(ending("pdf"), "");
    }

    #[test]
    fn a_long_name_is_refused() {
        let name = format!("{}.pdf", "长".repeat(117));
        assert_eq!(checked(&name), Err(Unfit::LongName { most: LONGEST }));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_one_plain_part(typed in "\\PC{0,140}") {
            if let Ok(name) = checked(&typed) {
                let parts = std::path::Path::new(&name).components().count();
                prop_assert_eq!(parts, 1);
                prop_assert!(!name.contains(['/', '\\', '\0', '\r', '\n']));
            }
        }
    }
}

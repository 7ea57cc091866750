//! The files under `templates`, which are part of the program.

use std::fmt::Write as _;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::ViewError;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
struct Files;

const STATIC: &str = "static/";

/// Every template, parsed together so that inheritance and components resolve.
pub(super) fn parse() -> Result<tera::Tera, ViewError> {
    let mut templates = Vec::new();
    for name in Files::iter().filter(|name| !name.starts_with(STATIC) && name.ends_with(".html")) {
        let Some(file) = Files::get(&name) else {
            continue;
        };
        let text = String::from_utf8(file.data.into_owned())
            .map_err(|_| ViewError::NotText(name.to_string()))?;
        templates.push((name.to_string(), text));
    }
    let mut tera = tera::Tera::default();
    tera.add_raw_templates(templates).map_err(ViewError::Load)?;
    Ok(tera)
}

/// Changes when any static file does; it stands in their addresses, so that browsers may keep
/// what they have for ever.
pub(super) fn version() -> String {
    let mut names: Vec<_> = Files::iter()
        .filter(|name| name.starts_with(STATIC))
        .collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in names {
        if let Some(file) = Files::get(&name) {
            hash.update(name.as_bytes());
            hash.update(file.metadata.sha256_hash());
        }
    }
    hash.finalize()
        .iter()
        .take(5)
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

fn from(toml: &str) -> Result<Config, ConfigError> {
    Config::from_figment(&Figment::new().merge(Toml::string(toml)))
}

/// A file of its own, gone when dropped.
struct File(
    PathBuf,
    #[expect(dead_code, reason = "held until the file is dropped")] TempDir,
);

impl File {
    fn with(name: &str, text: &str) -> File {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        File(path, folder)
    }
}

#[test]
fn nothing_set_listens_on_the_loopback_with_a_sqlite_file() {
    let config = from("").unwrap();
    assert_eq!(config, Config::default());
    assert!(config.http.address.is_loopback());
    assert_eq!(config.http.port, 8000);
    assert!(config.database.url.starts_with("sqlite:"));
    assert!(config.session.secret_key.is_none());
}

#[test]
fn an_unknown_key_is_refused_with_file_and_key_named() {
    let file = File::with("unknown.toml", "[http]\nprot = 9\n");
    let said = Config::load(Some(&file.0)).unwrap_err().to_string();
    assert!(said.contains("unknown.toml"), "{said}");
    assert!(said.contains("http.prot"), "{said}");
    assert!(said.contains("port"), "{said}");
}

#[test]
fn an_unknown_section_is_refused() {
    let said = from("[mail]\nhost = \"x\"\n").unwrap_err().to_string();
    assert!(said.contains("mail"), "{said}");
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_with_its_key() {
    let said = from("[http]\nport = \"many\"\n").unwrap_err().to_string();
    assert!(said.contains("http.port"), "{said}");
}

#[test]
fn a_short_key_is_refused_and_never_printed() {
    let said = from("[session]\nsecret_key = \"too-short\"\n")
        .unwrap_err()
        .to_string();
    assert!(said.contains("session.secret_key"), "{said}");
    assert!(!said.contains("too-short"), "{said}");
    let shown = format!("{:?}", Config::for_testing());
    assert!(!shown.contains("fixed key"), "{shown}");
}

#[test]
fn a_database_of_another_kind_is_refused() {
    assert!(from("[database]\nurl = \"mysql://x\"\n").is_err());
}

#[test]
fn a_named_file_that_is_missing_is_refused() {
    let said = Config::load(Some(Path::new("no-such.toml")))
        .unwrap_err()
        .to_string();
    assert!(said.contains("no-such.toml"), "{said}");
}

#[test]
fn a_password_in_the_address_is_never_debug_printed() {
    let config = from("[database]\nurl = \"postgres://me:hidden@host/db\"\n").unwrap();
    assert!(!format!("{config:?}").contains("hidden"));
}

#[test]
fn a_variable_parts_at_its_first_underscore_only() {
    assert_eq!(key_of("HTTP_SECURE_COOKIES"), "http.secure_cookies");
    assert_eq!(key_of("HTTP_PORT"), "http.port");
}

#[test]
fn what_is_set_for_testing_passes_its_own_check() {
    Config::for_testing().check().unwrap();
}

#[test]
fn no_file_at_all_is_no_fault() {
    Config::load(None).unwrap();
}

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
    let said = from("[fax]\nhost = \"x\"\n").unwrap_err().to_string();
    assert!(said.contains("fax"), "{said}");
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

#[test]
fn files_lie_beside_the_database_unless_a_folder_is_named() {
    let mut config = Config::for_testing();
    let folder = |config: &Config| config.materials_folder();
    config.database.url = "sqlite:///var/lib/grid/a.sqlite?mode=rwc".to_owned();
    assert_eq!(folder(&config), Path::new("/var/lib/grid/materials"));
    config.database.url = "sqlite://a.sqlite".to_owned();
    assert_eq!(folder(&config), Path::new("materials"));
    config.database.url = "postgres://host/name".to_owned();
    assert_eq!(folder(&config), Path::new("materials"));
    config.materials.folder = Some(PathBuf::from("/srv/files"));
    assert_eq!(folder(&config), Path::new("/srv/files"));
}

#[test]
fn a_bucket_is_read_and_its_secret_is_never_printed() {
    let text = "[materials]\nmax_mib = 20\n[materials.s3]\nbucket = \"approvals\"\n\
                access_key_id = \"name\"\nsecret_access_key = \"never-shown\"\n";
    let config = Config::from_figment(&Figment::from(Toml::string(text))).expect("usable");
    let s3 = config.materials.s3.as_ref().expect("a bucket");
    assert_eq!(
        (s3.bucket.as_str(), s3.region.as_str()),
        ("approvals", "us-east-1")
    );
    assert!(!format!("{config:?}").contains("never-shown"));
    assert_eq!(
        key_of("MATERIALS_S3_SECRET_ACCESS_KEY"),
        "materials.s3.secret_access_key"
    );
    assert_eq!(key_of("MATERIALS_MAX_MIB"), "materials.max_mib");
}

#[test]
fn a_bucket_over_plain_http_and_a_limit_of_nothing_are_refused() {
    let text = "[materials]\nmax_mib = 0\n[materials.s3]\nbucket = \"a\"\nendpoint = \"http://a\"\n\
                access_key_id = \"n\"\nsecret_access_key = \"s\"\n";
    let refused = Config::from_figment(&Figment::from(Toml::string(text)));
    let words = refused.expect_err("two faults").to_string();
    assert!(
        words.contains("materials.max_mib") && words.contains("不是 https"),
        "{words}"
    );
}

const MAIL: &str = "[http]\npublic_url = \"https://sp.example.cn/\"\n\
    [mail]\nhost = \"smtp.example.cn\"\nfrom = \"shenpi@example.cn\"\n";

#[test]
fn mail_is_off_where_it_is_not_set_and_encrypted_where_it_is() {
    assert_eq!(from("").unwrap().mail, None);
    let config = from(MAIL).unwrap();
    let mail = config.mail.as_ref().unwrap();
    assert_eq!((mail.tls, mail.port()), (MailTls::Required, 587));
    assert_eq!(config.site().unwrap(), "https://sp.example.cn");
    let config = from(&format!("{MAIL}tls = \"implicit\"\n")).unwrap();
    assert_eq!(config.mail.unwrap().port(), 465);
}

#[test]
fn a_mail_server_is_refused_without_encryption_unless_it_is_this_machine() {
    let none = format!("{MAIL}tls = \"none\"\n");
    let said = from(&none).unwrap_err().to_string();
    assert!(said.contains("mail.tls"), "{said}");
    from(&none.replace("smtp.example.cn", "127.0.0.1")).unwrap();
}

#[test]
fn mail_without_a_way_back_or_with_half_a_login_is_refused() {
    let alone = MAIL.split("[mail]").nth(1).unwrap();
    let said = from(&format!("[mail]{alone}")).unwrap_err().to_string();
    assert!(said.contains("http.public_url"), "{said}");
    let said = from(&format!("{MAIL}username = \"a\"\n"));
    assert!(said.unwrap_err().to_string().contains("GRID_MAIL_PASSWORD"));
    let said = from(&format!("{MAIL}usernam = \"a\"\n"));
    assert!(said.unwrap_err().to_string().contains("mail.usernam"));
    let said = from("[http]\npublic_url = \"sp.example.cn\"\n");
    assert!(said.unwrap_err().to_string().contains("http.public_url"));
}

#[test]
fn the_mail_password_is_never_printed() {
    let with = format!("{MAIL}username = \"a\"\npassword = \"never-shown\"\n");
    assert!(!format!("{:?}", from(&with).unwrap()).contains("never-shown"));
    assert_eq!(key_of("MAIL_PASSWORD_FILE"), "mail.password_file");
    assert_eq!(key_of("HTTP_PUBLIC_URL"), "http.public_url");
}

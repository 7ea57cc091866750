//! What an operator may set: defaults, then `grid-approvals.toml`, then the environment.
//!
//! A variable is named `GRID_<SECTION>_<KEY>`, as `GRID_HTTP_PORT`; `DATABASE_URL` wins over
//! every other way to name the database. A key that is not known is refused and named together
//! with the place where it stands, because a misspelt `secure_cookie` must not pass in silence.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use figment::providers::{Env, Format, Toml};
use figment::{Figment, Source, error::Kind};
use serde::Deserialize;

mod mail;
#[cfg(test)]
mod tests;

pub use mail::{Mail, MailTls};

/// The file that is read when no other is named, in the working directory.
pub const FILE: &str = "grid-approvals.toml";

/// The fewest bytes of a secret key.
const KEY_BYTES: usize = 32;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The web server.
    pub http: Http,
    /// The database.
    pub database: Database,
    /// The catalogue of steps and the calendar.
    pub catalogue: Catalogue,
    /// Logins.
    pub session: Session,
    /// The files that are handed in.
    pub materials: Materials,
    /// The mail server; `None`: no mail is sent.
    pub mail: Option<Mail>,
}

/// The web server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Http {
    /// The address to listen on; the loopback unless set.
    pub address: IpAddr,
    /// The port; 0 takes any free one.
    pub port: u16,
    /// True behind TLS: cookies are then sent over https only.
    pub secure_cookies: bool,
    /// Worker threads; `None`: one a core.
    pub workers: Option<usize>,
    /// The address at which people reach this site, as `https://sp.example.cn`; what leads here
    /// from a mail, a webhook or a calendar begins with it.
    pub public_url: Option<String>,
}

impl Default for Http {
    fn default() -> Self {
        Http {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8000,
            secure_cookies: false,
            workers: None,
            public_url: None,
        }
    }
}

/// The database.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite://<file>?mode=rwc` or `postgres://…`.
    pub url: String,
}

impl Default for Database {
    fn default() -> Self {
        Database {
            url: "sqlite://grid-approvals.sqlite?mode=rwc".to_owned(),
        }
    }
}

// An address may hold a password, and what is debug-printed ends in logs.
impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.url.split(':').next().unwrap_or_default();
        f.debug_struct("Database").field("scheme", &scheme).finish()
    }
}

/// The catalogue of steps and the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Catalogue {
    /// A catalogue file instead of the built-in one.
    pub file: Option<PathBuf>,
    /// A directory of holiday notices that are newer than the built-in ones.
    pub notices_dir: Option<PathBuf>,
}

/// Logins.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// How many hours a login lasts.
    pub hours: u32,
    /// The secret that seals the login form's cookie and one-time notices, at least 32 bytes.
    ///
    /// `None`: a fresh one at each start. No file and no set-up is needed then, for a session's
    /// own secret lies hashed in the database and survives a restart; only a login page that was
    /// open over the restart must be sent again. Several servers behind one name need one key.
    pub secret_key: Option<String>,
}

impl Default for Session {
    fn default() -> Self {
        Session {
            hours: 12,
            secret_key: None,
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("hours", &self.hours)
            .field("secret_key", &self.secret_key.as_ref().map(|_| "…"))
            .finish()
    }
}

/// The files that are handed in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Materials {
    /// Where they are kept, and received first where they are kept in a bucket. `None`: the folder
    /// `materials` beside the database's file; in the working directory where it has none.
    pub folder: Option<PathBuf>,
    /// The most MiB of a file.
    pub max_mib: u32,
    /// Keeps them in an S3-compatible bucket instead.
    pub s3: Option<S3>,
}

impl Default for Materials {
    fn default() -> Self {
        Materials {
            folder: None,
            max_mib: 50,
            s3: None,
        }
    }
}

/// An S3-compatible bucket; its variables are named `GRID_MATERIALS_S3_BUCKET` …
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// The bucket.
    pub bucket: String,
    /// The region; stores outside AWS mostly take any.
    #[serde(default = "any_region")]
    pub region: String,
    /// The address, where it is not AWS: `https://minio.example:9000`.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// The key's name.
    pub access_key_id: String,
    /// The key's secret.
    pub secret_access_key: String,
    /// True lets the address begin with `http:`, for a store on the same machine.
    #[serde(default)]
    pub allow_http: bool,
}

fn any_region() -> String {
    "us-east-1".to_owned()
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3")
            .field("bucket", &self.bucket)
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .field("secret_access_key", &"…")
            .finish_non_exhaustive()
    }
}

/// Settings that cannot be used; one line a fault, in Chinese, with place and key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(Vec<String>);

impl Config {
    /// Reads the settings; `file` must exist where it is named, [`FILE`] need not.
    ///
    /// # Errors
    /// An unknown key, a value of the wrong kind, a key that is too short, a file that is not
    /// there or is no TOML: each with the place and the key.
    pub fn load(file: Option<&Path>) -> Result<Config, ConfigError> {
        let mut figment = Figment::new();
        match file {
            Some(path) if !path.is_file() => {
                return Err(ConfigError(vec![format!(
                    "找不到配置文件 {}。请检查路径，或去掉该参数以使用默认配置。",
                    path.display()
                )]));
            }
            Some(path) => figment = figment.merge(Toml::file_exact(path)),
            None if Path::new(FILE).is_file() => figment = figment.merge(Toml::file_exact(FILE)),
            None => {}
        }
        Config::from_figment(&figment.merge(environment()))
    }

    /// Where files are kept, or received first: as set, else beside the database's file.
    pub fn materials_folder(&self) -> PathBuf {
        if let Some(folder) = &self.materials.folder {
            return folder.clone();
        }
        let file = self.database.url.strip_prefix("sqlite:").map(|rest| {
            let path = rest.split('?').next().unwrap_or_default();
            Path::new(path.strip_prefix("//").unwrap_or(path))
        });
        file.and_then(Path::parent)
            .unwrap_or(Path::new(""))
            .join("materials")
    }

    /// The address at which people reach this site, without a slash at its end, where it is set.
    pub fn site(&self) -> Option<String> {
        let site = self.http.public_url.as_deref()?;
        Some(site.trim_end_matches('/').to_owned())
    }

    /// The same, or where it is not set the address that the server listens on.
    pub fn reached_at(&self) -> String {
        let listens = || format!("http://{}:{}", self.http.address, self.http.port);
        self.site().unwrap_or_else(listens)
    }

    /// Settings for tests: any free port, one worker, a fixed key, cookies over http.
    pub fn for_testing() -> Config {
        Config {
            http: Http {
                port: 0,
                workers: Some(1),
                ..Http::default()
            },
            session: Session {
                secret_key: Some("a fixed key, for tests only, never to be used".to_owned()),
                ..Session::default()
            },
            ..Config::default()
        }
    }

    fn from_figment(figment: &Figment) -> Result<Config, ConfigError> {
        let config: Config = figment
            .extract()
            .map_err(|error| ConfigError(error.into_iter().map(|e| fault(&e)).collect()))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let mut faults = Vec::new();
        if let Some(key) = &self.session.secret_key
            && key.len() < KEY_BYTES
        {
            faults.push(format!(
                "session.secret_key 太短（{} 字节）：至少 {KEY_BYTES} 字节，例如 `openssl rand -base64 48` 的输出。",
                key.len()
            ));
        }
        if self.session.hours == 0 || self.session.hours > 24 * 30 {
            faults.push(format!(
                "session.hours 为 {}：应在 1 至 720 之间。",
                self.session.hours
            ));
        }
        if self.materials.max_mib == 0 || self.materials.max_mib > 2048 {
            faults.push(format!(
                "materials.max_mib 为 {}：应在 1 至 2048 之间。",
                self.materials.max_mib
            ));
        }
        if let Some(s3) = &self.materials.s3
            && !s3.allow_http
            && s3
                .endpoint
                .as_deref()
                .is_some_and(|address| address.starts_with("http:"))
        {
            faults.push(
                "materials.s3.endpoint 不是 https：文件和密钥会以明文传送。请改用 https，或仅在本机测试时设 materials.s3.allow_http = true。"
                    .to_owned(),
            );
        }
        if let Some(mail) = &self.mail {
            faults.extend(mail.faults(self.http.public_url.as_deref()));
        }
        if let Some(url) = &self.http.public_url {
            let host = url
                .strip_prefix("https://")
                .or_else(|| url.strip_prefix("http://"));
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]".contains(c);
            if !host.is_some_and(|host| {
                !host.starts_with('/') && host.len() > 1 && host.chars().all(plain)
            }) {
                faults.push(format!(
                    "http.public_url 为 {url}：应为完整网址，例如 https://sp.example.cn，不含参数。"
                ));
            }
        }
        if self.http.workers == Some(0) {
            faults.push("http.workers 为 0：至少为 1。".to_owned());
        }
        if !["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|scheme| self.database.url.starts_with(scheme))
        {
            faults.push(
                "database.url 不认识：应以 sqlite: 或 postgres: 开头，例如 sqlite://grid-approvals.sqlite?mode=rwc。"
                    .to_owned(),
            );
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(ConfigError(faults))
        }
    }
}

fn environment() -> Figment {
    Figment::new()
        .merge(Env::prefixed("GRID_").map(|key| key_of(key.as_str()).into()))
        .merge(
            Env::raw()
                .only(&["DATABASE_URL"])
                .map(|_| "database.url".into()),
        )
}

/// `HTTP_SECURE_COOKIES` is `http.secure_cookies`: only the first underscore parts, and the second
/// where the section has one of its own.
fn key_of(variable: &str) -> String {
    let key = variable.to_lowercase();
    match key.strip_prefix("materials_s3_") {
        Some(rest) => format!("materials.s3.{rest}"),
        None => key.replacen('_', ".", 1),
    }
}

fn fault(error: &figment::Error) -> String {
    let place = match error.metadata.as_ref() {
        Some(metadata) => match metadata.source.as_ref() {
            Some(Source::File(path)) => format!("配置文件 {}", path.display()),
            _ if metadata.name.contains("environment") => "环境变量".to_owned(),
            _ => "配置".to_owned(),
        },
        None => "配置".to_owned(),
    };
    let key = error.path.join(".");
    match &error.kind {
        Kind::UnknownField(field, known) => {
            let key = if error.path.last() == Some(field) || key.is_empty() {
                if key.is_empty() { field.clone() } else { key }
            } else {
                format!("{key}.{field}")
            };
            format!("{place}：不认识 {key}。可用的有：{}。", known.join("、"))
        }
        // What was meant as a secret is not repeated.
        Kind::InvalidType(_, expected) if key.contains("secret") || key.contains("password") => {
            format!("{place}：{key} 的值不对，应为 {expected}。")
        }
        Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) => {
            format!("{place}：{key} 的值 {actual} 不对，应为 {expected}。")
        }
        other => format!("{place}:{key} {other}"),
    }
}

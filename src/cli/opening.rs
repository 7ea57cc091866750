//! From settings to an open office.

use std::path::Path;

use super::{Settings, Trouble, plan, today};
use crate::config::Config;
use crate::files::{Files, S3};
use crate::office::{Office, Outlets};
use crate::statute::calendar::{Calendar, notice};
use crate::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use crate::store::Store;

/// The settings of a command: file and environment, then its own arguments.
///
/// # Errors
/// Settings that cannot be used.
pub(super) fn config(settings: &Settings) -> Result<Config, Trouble> {
    let mut config = Config::load(settings.config.as_deref())?;
    if let Some(url) = &settings.database {
        config.database.url.clone_from(url);
    }
    Ok(config)
}

/// Opens the office that `config` describes: database, catalogue, calendar.
///
/// # Errors
/// The database does not open, or a catalogue or notice file has faults: all of them.
pub(super) async fn office(config: &Config) -> Result<Office, Trouble> {
    let calendar = calendar(config.catalogue.notices_dir.as_deref())?;
    let store = Store::open(&config.database.url).await.map_err(|error| {
        format!(
            "无法打开数据库：{error}。应为 sqlite://文件?mode=rwc（文件所在的文件夹须已存在）或 postgres://用户:密码@主机/库名；\
             请检查 --database、DATABASE_URL 或配置文件中的 database.url。"
        )
    })?;
    let own;
    let (name, text) = match &config.catalogue.file {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|error| format!("{}:无法读取:{error}", file.display()))?;
            own = (file.display().to_string(), text);
            (own.0.as_str(), own.1.as_str())
        }
        None => (BUILT_IN_NAME, BUILT_IN_TEXT),
    };
    let office =
        Office::new(store, (name, text), calendar).map_err(|error| plan::in_lines(&error))?;
    let asked = office.refresh_calendar().await;
    asked.map_err(|error| format!("无法读取已录入的放假通知：{error}"))?;
    for year in office.disputed_years().await? {
        tracing::warn!(
            year,
            "the notice that was entered says otherwise than the built-in file; it holds"
        );
    }
    Ok(office.with_session_hours(config.session.hours))
}

/// The ways out of the house that `config` sets up.
pub(super) fn outlets(config: &Config) -> Outlets {
    Outlets {
        mail_from: config.mail.as_ref().map(|mail| mail.from.clone()),
        site: config.site(),
    }
}

/// Opens the place for the files that are handed in, and removes what an earlier run left half
/// received.
///
/// # Errors
/// The folder cannot be made or written, or the bucket's settings name none.
pub(super) fn files(config: &Config) -> Result<Files, Trouble> {
    const MIB: u64 = 1024 * 1024;
    let folder = config.materials_folder();
    let most = u64::from(config.materials.max_mib) * MIB;
    let opened = match &config.materials.s3 {
        None => Files::local(&folder, most),
        Some(s3) => {
            let bucket = S3 {
                bucket: s3.bucket.clone(),
                region: s3.region.clone(),
                endpoint: s3.endpoint.clone(),
                access_key_id: s3.access_key_id.clone(),
                secret_access_key: s3.secret_access_key.clone(),
                allow_http: s3.allow_http,
            };
            Files::s3(&bucket, &folder, most)
        }
    };
    let files =
        opened.map_err(|error| format!("材料存放处无法使用({}):{error}", folder.display()))?;
    files.sweep(today::long_ago())?;
    Ok(files)
}

/// The built-in notices, with an operator's newer ones laid over them.
fn calendar(overlay: Option<&Path>) -> Result<Calendar, Trouble> {
    let mut notices = Calendar::official().years().to_vec();
    let Some(folder) = overlay else {
        return Ok(Calendar::from_notices(notices)?);
    };
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("{}:无法读取:{error}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    for file in files {
        let name = file.display().to_string();
        let text =
            std::fs::read_to_string(&file).map_err(|error| format!("{name}:无法读取:{error}"))?;
        notices.push(notice::parse(&name, &text)?);
    }
    Ok(Calendar::from_notices(notices)?)
}

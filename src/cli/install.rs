//! `grid-approvals install`: the bureaus and the first administrator of a fresh installation.

use std::io::{BufRead, Write};

use super::{Settings, Trouble, opening, runtime, today};
use crate::office::OfficeError;

/// Makes the bureaus, and the administrator with the password of the first input line.
///
/// # Errors
/// The database holds people already, or name or password have not the right form.
pub(super) fn run(
    settings: &Settings,
    login: &str,
    name: &str,
    mut input: impl BufRead,
    mut out: impl Write,
) -> Result<bool, Trouble> {
    let config = opening::config(settings)?;
    writeln!(out, "请输入管理员密码(至少 10 个字符),按回车:")?;
    out.flush()?;
    let mut password = String::new();
    input.read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    runtime(None)?.block_on(async {
        let office = opening::office(&config).await?;
        office.ensure_bureaus().await?;
        match office
            .create_first_administrator(login, name, password, today::moment())
            .await
        {
            Ok(_) => {
                writeln!(
                    out,
                    "已建立部门和管理员 {login},可以启动服务:grid-approvals serve"
                )?;
                Ok(true)
            }
            Err(OfficeError::Invalid(faults)) => {
                for fault in faults {
                    writeln!(out, "{}", fault.message)?;
                }
                Ok(false)
            }
            Err(OfficeError::Forbidden(why)) => {
                writeln!(out, "{why}")?;
                Ok(false)
            }
            Err(other) => Err(other.into()),
        }
    })
}

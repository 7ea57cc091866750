//! The mail server that messages go out by.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;

/// How the connection to the mail server is kept from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailTls {
    /// STARTTLS, without which nothing is sent; usually port 587.
    Required,
    /// TLS from the first byte; usually port 465.
    Implicit,
    /// None; only for a server on this machine.
    None,
}

/// The mail server; its variables are named `GRID_MAIL_HOST` …
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name, as its certificate has it.
    pub host: String,
    /// Its port; `None`: 587 for STARTTLS, 465 for TLS from the first byte, 25 without.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default = "required")]
    pub tls: MailTls,
    /// The login there; `None`: none is needed.
    #[serde(default)]
    pub username: Option<String>,
    /// Its password.
    #[serde(default)]
    pub password: Option<String>,
    /// A file with the password, which no environment then has to hold.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Whom mails come from: `name@example.cn`.
    pub from: String,
    /// The certificate (PEM) of an authority of one's own that the server is known by.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

fn required() -> MailTls {
    MailTls::Required
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("host", &self.host)
            .field("port", &self.port())
            .field("tls", &self.tls)
            .field("from", &self.from)
            .field("password", &"…")
            .finish_non_exhaustive()
    }
}

impl Mail {
    /// The port that is spoken to.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            MailTls::Required => 587,
            MailTls::Implicit => 465,
            MailTls::None => 25,
        })
    }

    /// What is wrong, a line a fault, in Chinese.
    pub(super) fn faults(&self, site: Option<&str>) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |words: &str| faults.push(words.to_owned());
        if self.host.trim().is_empty() {
            fault("mail.host 为空：应为邮件服务器的主机名，例如 smtp.example.cn。");
        }
        if !self.from.contains('@') {
            fault("mail.from 不是邮箱地址：应如 shenpi@example.cn。");
        }
        let own = self.host == "localhost"
            || self
                .host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        if self.tls == MailTls::None && !own {
            fault(
                "mail.tls 为 none：只有本机的邮件服务器（localhost、127.0.0.1）可以不加密。请改为 required（STARTTLS）或 implicit。",
            );
        }
        if self.password.is_some() && self.password_file.is_some() {
            fault("mail.password 和 mail.password_file 只能设置一个。");
        }
        let has_password = self.password.is_some() || self.password_file.is_some();
        if self.username.is_some() != has_password {
            fault(
                "mail.username 和密码应一同设置：密码用环境变量 GRID_MAIL_PASSWORD，或用 mail.password_file 指定文件。",
            );
        }
        if site.is_none() {
            fault(
                "设置了 [mail]，但没有设置 http.public_url：邮件中的链接需要本系统的对外网址，例如 https://sp.example.cn。",
            );
        }
        faults
    }
}

//! Mails over SMTP.

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::SetupError;
use crate::config::{Mail, MailTls};
use crate::office::Moment;
use crate::office::model::delivery::{Parcel, Posted};

/// How long a connection or an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the sender is called in a mail.
const NAME: &str = "本溪电网审批";

/// Replies by which a server refuses this program, not a mail: the login is missing, wrong or too
/// weak. The operator can mend that, so such a mail is tried again.
const NOT_LOGGED_IN: [u16; 4] = [530, 534, 535, 538];

/// Sends mails by one server.
pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A sender by the server of these settings; no connection is made yet.
    pub(super) fn new(mail: &Mail) -> Result<Mailer, SetupError> {
        let from: Address = mail.from.parse().map_err(|error| {
            SetupError(format!("mail.from（{}）不是邮箱地址：{error}", mail.from))
        })?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
            .port(mail.port())
            .timeout(Some(PATIENCE))
            .tls(tls(mail)?);
        if let Some(name) = &mail.username {
            builder = builder.credentials(Credentials::new(name.clone(), password(mail)?));
        }
        Ok(Mailer {
            transport: builder.build(),
            from: Mailbox::new(Some(NAME.to_owned()), from),
        })
    }

    /// Sends a parcel, once.
    pub(super) async fn send(&self, parcel: &Parcel, at: Moment) -> Posted {
        let message = match self.message(parcel, at) {
            Ok(message) => message,
            Err(why) => return Posted::Refused(why),
        };
        match self.transport.send(message).await {
            Ok(_) => Posted::Sent,
            Err(error) => {
                let code = error.status().map(u16::from);
                let refused = error.is_permanent();
                let why = match code {
                    Some(code) if NOT_LOGGED_IN.contains(&code) => {
                        return Posted::Failed(format!("邮件服务器不接受本系统的登录：{error}"));
                    }
                    Some(_) if refused => format!("邮件服务器拒收：{error}"),
                    Some(_) => format!("邮件服务器暂不接收：{error}"),
                    None => format!("无法送到邮件服务器：{error}"),
                };
                match refused {
                    true => Posted::Refused(why),
                    false => Posted::Failed(why),
                }
            }
        }
    }

    fn message(&self, parcel: &Parcel, at: Moment) -> Result<Message, String> {
        let to: Address = parcel
            .address
            .parse()
            .map_err(|error| format!("邮箱地址“{}”无法使用：{error}", parcel.address))?;
        let header = |name, value: &str| {
            let name = HeaderName::new_from_ascii_str(name);
            HeaderValue::new(name, value.to_owned())
        };
        let builder: MessageBuilder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(in_one_line(&parcel.name)), to))
            .subject(in_one_line(&parcel.letter.subject))
            .date(at.now.into())
            // The same however often it is sent, so that a mailbox can drop the second.
            .message_id(Some(format!(
                "<{}@{}>",
                parcel.key,
                self.from.email.domain()
            )))
            // No machine answers this (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .header(ContentType::TEXT_PLAIN);
        builder
            .body(parcel.letter.text.clone())
            .map_err(|error| format!("邮件无法编排：{error}"))
    }
}

/// Words that can stand in a header: the library panics on a name that holds a line's end.
fn in_one_line(words: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    words.chars().map(plain).collect()
}

fn tls(mail: &Mail) -> Result<Tls, SetupError> {
    let parameters = || {
        let mut builder = TlsParameters::builder(mail.host.clone());
        if let Some(file) = &mail.ca_file {
            let shown = file.display();
            let pem = std::fs::read(file)
                .map_err(|error| SetupError(format!("mail.ca_file（{shown}）无法读取：{error}")))?;
            let certificate = Certificate::from_pem(&pem)
                .map_err(|error| SetupError(format!("mail.ca_file（{shown}）不是证书：{error}")))?;
            builder = builder.add_root_certificate(certificate);
        }
        builder
            .build_rustls()
            .map_err(|error| SetupError(format!("邮件服务器的加密设置无法使用：{error}")))
    };
    Ok(match mail.tls {
        MailTls::Required => Tls::Required(parameters()?),
        MailTls::Implicit => Tls::Wrapper(parameters()?),
        MailTls::None => Tls::None,
    })
}

fn password(mail: &Mail) -> Result<String, SetupError> {
    let Some(file) = &mail.password_file else {
        return Ok(mail.password.clone().unwrap_or_default());
    };
    let text = std::fs::read_to_string(file).map_err(|error| {
        SetupError(format!(
            "mail.password_file（{}）无法读取：{error}",
            file.display()
        ))
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{moment, parcel};
    use super::*;

    fn mailer() -> Mailer {
        Mailer::new(&Mail {
            host: "smtp.example.cn".to_owned(),
            port: None,
            tls: MailTls::Required,
            username: None,
            password: None,
            password_file: None,
            from: "shenpi@example.cn".to_owned(),
            ca_file: None,
        })
        .expect("usable settings")
    }

    #[test]
    fn chinese_is_encoded_and_the_same_parcel_has_the_same_id() {
        let first = mailer().message(&parcel(), moment()).expect("a message");
        let text = String::from_utf8(first.formatted()).expect("a mail is ASCII");
        assert!(text.is_ascii(), "{text}");
        for line in [
            "Message-ID: <parcel-12-1790000000@example.cn>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Date: Thu, 08 Oct 2026 01:00:00 +0000\r\n",
            "Subject: =?utf-8?b?",
            "To: =?utf-8?b?",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        let again = mailer().message(&parcel(), moment()).expect("a message");
        assert_eq!(first.formatted(), again.formatted());
    }

    #[test]
    fn a_name_cannot_add_a_header() {
        let mut parcel = parcel();
        parcel.name = "李\r\nBcc: x@example.cn".to_owned();
        parcel.letter.subject = "超期\r\nBcc: x@example.cn".to_owned();
        let message = mailer().message(&parcel, moment()).expect("a message");
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        let head = text.split("\r\n\r\n").next().expect("a head");
        assert!(!head.contains("\r\nBcc"), "{head}");
    }
}

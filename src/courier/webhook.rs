//! Webhooks: a signed POST to an address of the reader's own server.
//!
//! # Why
//! Only an administrator can set an address (`Office::set_webhook`), so it may lie inside the
//! network of this server; that is where a receiver mostly is. What a stranger could gain is kept
//! small all the same: https only but for this machine itself, no redirect is followed, no proxy is
//! used, and nothing of an answer is kept but its status.

use std::net::IpAddr;
use std::time::Duration;

use hmac::{Hmac, Mac};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use serde::Serialize;
use sha2::Sha256;

use super::SetupError;
use crate::office::Moment;
use crate::office::model::delivery::{Parcel, Posted};

/// How long a connection is waited for, and a whole exchange.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);

/// The same for every sending of one parcel.
pub const DELIVERY: &str = "X-Grid-Delivery";
/// Seconds since 1970, as they were signed.
pub const TIMESTAMP: &str = "X-Grid-Timestamp";
/// `v1=` and the HMAC-SHA256 of `<timestamp>.<body>` in lower-case hex.
pub const SIGNATURE: &str = "X-Grid-Signature";

/// A message in the body.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    kind: &'a str,
    subject: &'a str,
    body: &'a str,
    link: &'a str,
    belongs_on: String,
    at: String,
}

/// The body.
#[derive(Serialize)]
struct Body<'a> {
    delivery: &'a str,
    digest: bool,
    messages: Vec<Line<'a>>,
}

/// Posts to webhooks.
pub(super) struct Hooks {
    client: Client,
}

impl Hooks {
    /// A sender; no connection is made yet.
    pub(super) fn new() -> Result<Hooks, SetupError> {
        // Another part of the program may have set it already; then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent("grid-approvals")
            .build()
            .map_err(|error| SetupError(format!("回调无法使用：{error}")))?;
        Ok(Hooks { client })
    }

    /// Sends a parcel, once.
    pub(super) async fn send(&self, parcel: &Parcel, at: Moment) -> Posted {
        let url = match allowed(&parcel.address) {
            Ok(url) => url,
            Err(why) => return Posted::Refused(why),
        };
        let Some(secret) = &parcel.secret else {
            return Posted::Refused("回调没有签名密钥，请系统管理员重新设置回调地址".to_owned());
        };
        let body = match body(parcel) {
            Ok(body) => body,
            Err(error) => return Posted::Refused(format!("回调的内容无法编排：{error}")),
        };
        let stamp = at.now.timestamp().to_string();
        let request = self
            .client
            .post(url)
            .header("Content-Type", "application/json; charset=utf-8")
            .header(DELIVERY, &parcel.key)
            .header(SIGNATURE, format!("v1={}", sign(secret, &stamp, &body)))
            .header(TIMESTAMP, stamp)
            .body(body);
        match request.send().await {
            Ok(answer) => of_status(answer.status()),
            // The address is the administrator's own, who reads this; the secret is not in it.
            Err(error) => Posted::Failed(format!("无法送到回调地址：{}", innermost(&error))),
        }
    }
}

/// What an answer's status says.
fn of_status(status: StatusCode) -> Posted {
    let why = format!("回调地址回答 {}", status.as_u16());
    match status.as_u16() {
        200..=299 => Posted::Sent,
        408 | 429 => Posted::Failed(why),
        400..=499 => Posted::Refused(why),
        300..=399 => Posted::Refused(format!("{why}（转向别处的地址不跟随）")),
        _ => Posted::Failed(why),
    }
}

/// The address, looked at again as the client will read it.
fn allowed(address: &str) -> Result<Url, String> {
    let url = Url::parse(address).map_err(|error| format!("回调地址无法识别：{error}"))?;
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let own = bare == "localhost" || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if own => Ok(url),
        _ => Err("回调地址不是 https".to_owned()),
    }
}

fn body(parcel: &Parcel) -> Result<String, serde_json::Error> {
    let messages = parcel.notes.iter().map(|note| Line {
        id: note.id,
        kind: &note.kind,
        subject: &note.subject,
        body: &note.body,
        link: &note.link,
        belongs_on: note.belongs_on.to_string(),
        at: note.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    });
    serde_json::to_string(&Body {
        delivery: &parcel.key,
        digest: parcel.digest,
        messages: messages.collect(),
    })
}

/// The HMAC-SHA256 of `<timestamp>.<body>` under the secret's own characters, in lower-case hex.
fn sign(secret: &str, timestamp: &str, body: &str) -> String {
    // A key of any length is fit for HMAC, so the empty string is never reached.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    for part in [timestamp, ".", body] {
        mac.update(part.as_bytes());
    }
    let code = mac.finalize().into_bytes();
    code.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What lies under a client's error, whose own words repeat the address.
fn innermost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "超过20秒没有回答".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::tests::parcel;
    use super::*;

    /// The example of `docs/messages.md`, reckoned by another program.
    #[test]
    fn the_signature_is_that_of_the_documents_example() {
        let code = sign(
            "secret",
            "1791421200",
            r#"{"delivery":"parcel-12-1790000000"}"#,
        );
        let documented = include_str!("../../docs/messages.md");
        assert!(documented.contains(&format!("v1={code}")), "v1={code}");
    }

    #[test]
    fn the_body_tells_each_message_with_its_link_and_days() {
        let body = body(&parcel()).expect("JSON");
        let told: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(told["delivery"], "parcel-12-1790000000");
        assert_eq!(told["digest"], false);
        let message = &told["messages"][0];
        for (key, value) in [
            ("kind", "overdue"),
            ("subject", "超期提示：选址意见书 · 桥北"),
            ("link", "https://sp.example.cn/filings/7"),
            ("belongs_on", "2026-10-08"),
            ("at", "2026-10-08T01:00:00Z"),
        ] {
            assert_eq!(message[key], value, "{key}");
        }
        assert_eq!(message["id"], 34);
    }

    #[test]
    fn what_the_receiver_will_never_take_is_refused_and_the_rest_is_tried_again() {
        let of = |code: u16| of_status(StatusCode::from_u16(code).expect("a status"));
        for code in [200, 201, 204] {
            assert_eq!(of(code), Posted::Sent);
        }
        for code in [408, 429, 500, 502, 503, 504] {
            assert!(matches!(of(code), Posted::Failed(_)), "{code}");
        }
        for code in [301, 302, 307, 400, 401, 403, 404, 410, 422] {
            assert!(matches!(of(code), Posted::Refused(_)), "{code}");
        }
    }

    #[test]
    fn only_this_machine_is_spoken_to_without_encryption() {
        for right in [
            "https://example.cn/a",
            "http://127.0.0.1:9/a",
            "http://[::1]/",
            "http://localhost/",
        ] {
            assert!(allowed(right).is_ok(), "{right}");
        }
        for wrong in [
            "http://example.cn/",
            "http://127.0.0.1.example.cn/",
            "file:///etc/passwd",
            "x",
        ] {
            assert!(allowed(wrong).is_err(), "{wrong}");
        }
    }
}

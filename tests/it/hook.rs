//! A small receiver of webhooks, which answers as a test tells it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) head: String,
    headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Call {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.get(&name.to_ascii_lowercase());
        found.unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }

    /// Whether the signature is that of the secret, as `docs/messages.md` says.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let signed = format!("{}.{}", self.header("X-Grid-Timestamp"), self.body);
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
        mac.update(signed.as_bytes());
        let code = mac.finalize().into_bytes();
        let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        self.header("X-Grid-Signature") == format!("v1={hex}")
    }
}

#[derive(Default)]
struct Inner {
    calls: Vec<Call>,
    answers: VecDeque<&'static str>,
}

/// The receiver; it ends with the test's runtime.
pub(crate) struct Hook {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
}

impl Hook {
    pub(crate) async fn listen() -> Hook {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let inner = Arc::new(Mutex::new(Inner::default()));
        let shared = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take(stream, Arc::clone(&shared)));
            }
        });
        Hook {
            url: format!("http://127.0.0.1:{port}/hook?from=benxi"),
            inner,
        }
    }

    /// Has the next calls answered so, one after the other: status line and headers.
    pub(crate) fn answer(&self, answers: &[&'static str]) {
        let mut inner = self.inner.lock().expect("the hook");
        inner.answers.extend(answers);
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.inner.lock().expect("the hook").calls.clone()
    }
}

async fn take(mut stream: TcpStream, inner: Arc<Mutex<Inner>>) -> Option<()> {
    let (mut bytes, mut piece) = (Vec::new(), [0_u8; 4096]);
    loop {
        let read = stream.read(&mut piece).await.ok()?;
        if read == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let headers: BTreeMap<String, String> = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length = headers.get("content-length").and_then(|n| n.parse().ok());
        if body.len() < length.unwrap_or(0) {
            continue;
        }
        let call = Call {
            head: head.to_owned(),
            headers,
            body: body.to_owned(),
        };
        let answer = {
            let mut inner = inner.lock().expect("the hook");
            inner.calls.push(call);
            inner.answers.pop_front().unwrap_or("204 No Content")
        };
        let answer = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.ok()?;
        return Some(());
    }
}

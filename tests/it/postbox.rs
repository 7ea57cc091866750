//! A small mail server: it speaks enough SMTP to be handed mails, over TLS where it is asked, and
//! refuses what a test tells it to refuse.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// When in the talk a reply is given that is not the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Login,
    Recipient,
    Data,
}

/// A mail as it came.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) encrypted: bool,
    pub(crate) login: Option<String>,
    pub(crate) text: String,
}

impl Mail {
    /// A header's value, unfolded, with its encoded words read.
    pub(crate) fn header(&self, name: &str) -> String {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default();
        let head = head.replace("\r\n ", " ");
        let start = format!("{name}: ");
        let line = head.lines().find_map(|line| line.strip_prefix(&start));
        let line = line.unwrap_or_else(|| panic!("no {name} in {head}"));
        let (mut words, mut encoded) = (String::new(), Vec::new());
        for word in line.split(' ') {
            let inner = word.strip_prefix("=?utf-8?b?");
            match inner.and_then(|inner| inner.strip_suffix("?=")) {
                // Words side by side are one text.
                Some(inner) => encoded.extend(base64(inner)),
                None => {
                    words.push_str(&String::from_utf8(std::mem::take(&mut encoded)).expect("text"));
                    words.push_str(&format!(" {word}"));
                }
            }
        }
        words.push_str(&String::from_utf8(encoded).expect("text"));
        words.trim().to_owned()
    }

    /// The plain text.
    pub(crate) fn body(&self) -> String {
        let body = self.text.split_once("\r\n\r\n").expect("a body").1;
        match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => String::from_utf8(base64(&body.replace("\r\n", ""))).expect("UTF-8"),
            _ => body.to_owned(),
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut n, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter);
        let value = u32::try_from(value.expect("base64")).expect("small");
        bits = (bits << 6) | value;
        n += 6;
        if n >= 8 {
            n -= 8;
            bytes.push(u8::try_from((bits >> n) & 0xff).expect("a byte"));
        }
    }
    bytes
}

#[derive(Default)]
struct Inner {
    mails: Vec<Mail>,
    script: VecDeque<(Stage, &'static str)>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Postbox {
    pub(crate) port: u16,
    inner: Arc<Mutex<Inner>>,
    certificate: Option<(PathBuf, tempfile::TempDir)>,
}

impl Postbox {
    /// One that encrypts nothing.
    pub(crate) async fn plain() -> Postbox {
        Postbox::listen(None).await
    }

    /// One that offers STARTTLS, under a certificate for `localhost` that it made for itself.
    pub(crate) async fn starttls() -> Postbox {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
        let made = made.expect("a certificate");
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], PrivateKeyDer::from(key))
            .expect("a key that fits");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ca.pem");
        std::fs::write(&path, made.cert.pem()).expect("written");
        let mut postbox = Postbox::listen(Some(TlsAcceptor::from(Arc::new(config)))).await;
        postbox.certificate = Some((path, folder));
        postbox
    }

    async fn listen(tls: Option<TlsAcceptor>) -> Postbox {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let inner = Arc::new(Mutex::new(Inner::default()));
        let shared = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, tls.clone(), Arc::clone(&shared)));
            }
        });
        Postbox {
            port,
            inner,
            certificate: None,
        }
    }

    /// The certificate, where it has one.
    pub(crate) fn certificate(&self) -> Option<PathBuf> {
        self.certificate.as_ref().map(|(path, _)| path.clone())
    }

    /// Has the next talk that reaches `stage` be answered so.
    pub(crate) fn answer(&self, stage: Stage, reply: &'static str) {
        let mut inner = self.inner.lock().expect("the postbox");
        inner.script.push_back((stage, reply));
    }

    /// What came so far.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.inner.lock().expect("the postbox").mails.clone()
    }
}

async fn talk(stream: TcpStream, tls: Option<TlsAcceptor>, inner: Arc<Mutex<Inner>>) {
    let greeted = speak(stream, tls.is_some(), true, &inner).await;
    if let (Some(stream), Some(tls)) = (greeted, tls)
        && let Ok(stream) = tls.accept(stream).await
    {
        speak(stream, false, false, &inner).await;
    }
}

/// Talks until the end; `Some`: the client asks for TLS on this stream.
async fn speak<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    offers_tls: bool,
    greets: bool,
    inner: &Mutex<Inner>,
) -> Option<S> {
    let mut stream = BufReader::new(stream);
    let (mut to, mut login) = (String::new(), None);
    if greets {
        stream.write_all(b"220 localhost\r\n").await.ok()?;
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let verb = line.trim_end().to_ascii_uppercase();
        let reply = if verb.starts_with("EHLO") {
            match offers_tls {
                true => "250-localhost\r\n250 STARTTLS",
                false => "250-localhost\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            }
        } else if verb == "STARTTLS" {
            stream.write_all(b"220 go\r\n").await.ok()?;
            return Some(stream.into_inner());
        } else if verb.starts_with("AUTH PLAIN ") {
            let said = base64(&line.trim_end()["AUTH PLAIN ".len()..]);
            login = Some(String::from_utf8(said).expect("text"));
            scripted(inner, Stage::Login).unwrap_or("235 welcome")
        } else if verb.starts_with("RCPT TO:") {
            line.trim_end()["RCPT TO:".len()..].clone_into(&mut to);
            scripted(inner, Stage::Recipient).unwrap_or("250 ok")
        } else if verb == "DATA" {
            stream.write_all(b"354 go on\r\n").await.ok()?;
            let text = data(&mut stream).await?;
            match scripted(inner, Stage::Data) {
                Some(reply) => reply,
                None => {
                    inner.lock().expect("the postbox").mails.push(Mail {
                        to: to.trim_matches(['<', '>']).to_owned(),
                        encrypted: !greets,
                        login: login.clone(),
                        text,
                    });
                    "250 taken"
                }
            }
        } else if verb == "QUIT" {
            "221 bye"
        } else {
            "250 ok"
        };
        stream.write_all(reply.as_bytes()).await.ok()?;
        stream.write_all(b"\r\n").await.ok()?;
    }
}

async fn data<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        match line.as_str() {
            "" => return None,
            ".\r\n" => return Some(text),
            line => text.push_str(line.strip_prefix('.').unwrap_or(line)),
        }
    }
}

fn scripted(inner: &Mutex<Inner>, stage: Stage) -> Option<&'static str> {
    let mut inner = inner.lock().expect("the postbox");
    let next = inner.script.front().is_some_and(|(at, _)| *at == stage);
    next.then(|| inner.script.pop_front())
        .flatten()
        .map(|(_, reply)| reply)
}

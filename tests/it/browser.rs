//! One person's browser: cookies, forms as the page holds them, redirects on demand.

use std::collections::BTreeMap;
use std::sync::Arc;

use rocket::http::{ContentType, Cookie, Header, Method, Status};
use rocket::local::asynchronous::Client;

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let same = |(n, _): &&(String, String)| n.eq_ignore_ascii_case(name);
        self.headers.iter().find(same).map(|(_, v)| v.as_str())
    }

    /// The value of the first hidden field of that name.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        hidden_fields(&self.body)
            .into_iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value)
    }

    /// The hidden fields of the form that posts to `action`; the one of that `kind` where a page
    /// holds several.
    pub(crate) fn form(&self, action: &str, kind: Option<&str>) -> Option<Vec<(String, String)>> {
        self.body.split("<form").skip(1).find_map(|rest| {
            let form = rest.split("</form>").next().unwrap_or_default();
            let head = form.split('>').next().unwrap_or_default();
            if attribute(head, "action").as_deref() != Some(action) {
                return None;
            }
            let fields = hidden_fields(form);
            let is = |k: &str| fields.iter().any(|(n, v)| n == "kind" && v == k);
            kind.is_none_or(is).then_some(fields)
        })
    }

    #[track_caller]
    pub(crate) fn shows(&self, words: &str) {
        assert!(
            half_width(&self.body).contains(&half_width(words)),
            "the page ({}) does not show `{words}`:\n{}",
            self.status,
            text(&self.body)
        );
    }

    #[track_caller]
    pub(crate) fn hides(&self, words: &str) {
        assert!(
            !half_width(&self.body).contains(&half_width(words)),
            "the page ({}) shows `{words}`:\n{}",
            self.status,
            text(&self.body)
        );
    }

    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Answer {
        assert_eq!(
            self.status,
            status,
            "expected {status}; location {:?}; page:\n{}",
            self.location,
            text(&self.body)
        );
        self
    }
}

/// Text with its full-width punctuation made half-width: a test minds the words only.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff0c}' => ',',
            '\u{ff1a}' => ':',
            '\u{ff1b}' => ';',
            '\u{ff08}' => '(',
            '\u{ff09}' => ')',
            other => other,
        })
        .collect()
}

/// The words of a page without its tags, for a failing test's reader.
pub(crate) fn text(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut words = String::new();
    let mut inside = false;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                words.push(' ');
            }
            c if !inside => words.push(c),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag.get(at..)?.split('"').next()?;
    Some(
        value
            .replace("&#x2F;", "/")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

fn hidden_fields(html: &str) -> Vec<(String, String)> {
    html.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

/// One person before a screen.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Arc<Client>,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new(client: Arc<Client>) -> Browser {
        Browser {
            client,
            cookies: BTreeMap::new(),
        }
    }

    /// The cookies, for a request that another server is to answer.
    pub(crate) fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cookies
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// One request, as given; the cookies are kept.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Answer {
        let client = Arc::clone(&self.client);
        let mut request = client.req(method, path.to_owned());
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        for (name, value) in headers {
            request = request.header(Header::new((*name).to_owned(), (*value).to_owned()));
        }
        if let Some(body) = body {
            let typed = |(name, _): &(&str, &str)| name.eq_ignore_ascii_case("content-type");
            if !headers.iter().any(typed) {
                request = request.header(ContentType::Form);
            }
            request = request.body(body);
        }
        let response = request.dispatch().await;
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|h| (h.name().to_string(), h.value().to_owned()))
            .collect();
        for (_, value) in headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        {
            let cookie = Cookie::parse_encoded(value.clone()).expect("a cookie that parses");
            if cookie.max_age().is_some_and(|age| age.is_zero()) {
                self.cookies.remove(cookie.name());
            } else {
                self.set_cookie(cookie.name(), cookie.value());
            }
        }
        // A stream has no end to wait for; what it says `tests/it/live.rs` reads.
        let endless = response.content_type() == Some(ContentType::EventStream);
        Answer {
            status: response.status().code,
            location: response.headers().get_one("Location").map(str::to_owned),
            headers,
            body: if endless {
                String::new()
            } else {
                response.into_string().await.unwrap_or_default()
            },
        }
    }

    /// The bytes of a file that is sent with 200.
    pub(crate) async fn bytes(&mut self, path: &str) -> Vec<u8> {
        let client = Arc::clone(&self.client);
        let mut request = client.get(path.to_owned());
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let response = request.dispatch().await;
        assert_eq!(response.status(), Status::Ok, "{path}");
        response.into_bytes().await.unwrap_or_default()
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::Get, path, &[], None).await
    }

    /// Posts these fields and nothing else.
    pub(crate) async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = encode(fields);
        self.send(Method::Post, path, &[], Some(&body)).await
    }

    /// Posts these fields with the token that `page` holds.
    pub(crate) async fn post(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await.is(200);
        let token = shown.hidden("_csrf").expect("the page holds a token");
        let mut all = vec![("_csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_raw(path, &all).await
    }

    /// Follows a 303.
    pub(crate) async fn follow(&mut self, answer: Answer) -> Answer {
        let answer = answer.is(Status::SeeOther.code);
        let path = answer.location.expect("a 303 says where");
        // A browser keeps the part after # to itself.
        let asked = path.split('#').next().unwrap_or_default();
        self.get(asked).await
    }
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    let one = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    char::from(b).to_string()
                }
                _ => format!("%{b:02X}"),
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", one(name), one(value)))
        .collect::<Vec<_>>()
        .join("&")
}

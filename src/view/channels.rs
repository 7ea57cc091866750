//! How a person is told outside the inbox: mail, webhook, calendar feed.

use serde::Serialize;

use super::date::instant;
use super::form::Retyped;
use super::list::Choice;
use super::section::{Forms, SmallForm};
use super::{Shell, View, ViewError, words};
use crate::office::model::delivery::{ChannelHere, NoticesPage};
use crate::office::{Mode, Way};

/// What was just made and is shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fresh {
    /// The address of a calendar feed.
    Feed(String),
    /// The secret that a webhook is signed with.
    Secret(String),
}

/// A way, as the page shows it.
#[derive(Debug, Serialize)]
struct ChannelLine {
    code: &'static str,
    name: &'static str,
    address: Option<String>,
    mode: &'static str,
    on: bool,
    shut: Option<&'static str>,
    modes: Vec<Choice>,
    choosable: bool,
    instead: Option<&'static str>,
    form: Option<SmallForm>,
    remove: Option<SmallForm>,
}

/// The calendar feed.
#[derive(Debug, Serialize)]
struct FeedLine {
    since: Option<String>,
}

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    name: String,
    login: String,
    own: bool,
    action: String,
    channels: Vec<ChannelLine>,
    feed: Option<FeedLine>,
    fresh_feed: Option<String>,
    fresh_secret: Option<String>,
}

pub(super) fn page(page: &NoticesPage, fresh: Option<&Fresh>, forms: &Forms<'_>) -> Page {
    let action = match page.own {
        true => "/account/notices".to_owned(),
        false => format!("/people/{}/notices", page.person),
    };
    Page {
        channels: page
            .channels
            .iter()
            .map(|channel| line(page, channel, &action, forms))
            .collect(),
        feed: page.feed.map(|feed| FeedLine {
            since: feed.since.map(instant),
        }),
        fresh_feed: match fresh {
            Some(Fresh::Feed(address)) => Some(address.clone()),
            _ => None,
        },
        fresh_secret: match fresh {
            Some(Fresh::Secret(secret)) => Some(secret.clone()),
            _ => None,
        },
        name: page.name.clone(),
        login: page.login.clone(),
        own: page.own,
        action,
    }
}

fn line(page: &NoticesPage, channel: &ChannelHere, action: &str, forms: &Forms<'_>) -> ChannelLine {
    let code = channel.way.code();
    let known = channel.address.is_some();
    let may_set = channel.way == Way::Mail || page.keeps_webhook;
    let set = || match channel.way {
        Way::Mail => {
            let word = if known {
                "更改邮箱"
            } else {
                "填写邮箱"
            };
            forms
                .form("email", format!("{action}/email"), word)
                .hint("只用来向本人发送消息。留空则不再保存邮箱，也不再发送邮件。")
                .line("email", "邮箱", 254, Some("如 name@example.cn"))
                .proposed("email", channel.address.clone().unwrap_or_default())
                .optional()
                .done()
        }
        Way::Webhook => {
            let word = if known {
                "更改回调地址"
            } else {
                "设置回调地址"
            };
            forms
                .form("webhook", format!("/people/{}/notices/webhook", page.person), word)
                .hint("消息以带签名的 POST 送到这个地址（格式见 docs/messages.md）。保存后生成新的签名密钥，只显示一次。")
                .line("url", "回调地址", 500, Some("https:// 开头；只有本机地址可以用 http://"))
                .proposed("url", channel.address.clone().unwrap_or_default())
                .done()
        }
    };
    let remove = || {
        let action = format!("/people/{}/notices/no-webhook", page.person);
        let mut form = forms
            .form("no-webhook", action, "删除回调地址")
            .hint("尚未送出的消息不再送往这里；消息都留在“消息”页。")
            .done();
        form.grave = true;
        form
    };
    let webhook = channel.way == Way::Webhook;
    ChannelLine {
        code,
        name: words::way(channel.way),
        address: channel.address.clone(),
        mode: words::mode(channel.mode),
        on: channel.mode != Mode::Off,
        shut: channel.shut.map(words::shut),
        modes: Mode::ALL
            .into_iter()
            .map(|mode| Choice {
                value: mode.code().to_owned(),
                word: words::mode(mode).to_owned(),
                chosen: mode == channel.mode,
            })
            .collect(),
        // What is on can be closed though the operator has shut the way meanwhile.
        choosable: page.own && known && (channel.shut.is_none() || channel.mode != Mode::Off),
        instead: match channel.way {
            Way::Mail if !known => Some("还没有邮箱地址。"),
            Way::Webhook if !known && !page.keeps_webhook => {
                Some("回调地址由系统管理员设置；需要时请联系系统管理员。")
            }
            Way::Webhook if !known => Some("还没有回调地址。"),
            _ => None,
        },
        form: may_set.then(set),
        remove: (webhook && known && page.keeps_webhook).then(remove),
    }
}

impl View {
    /// How a person is told outside the inbox, with a form that was refused and what was just made.
    ///
    /// # Errors
    /// The template and its context do not fit.
    pub fn notices(
        &self,
        shell: &Shell<'_>,
        found: &NoticesPage,
        fresh: Option<&Fresh>,
        refused: Option<&Retyped>,
    ) -> Result<String, ViewError> {
        let forms = Forms {
            typed: refused,
            today: shell.today,
        };
        let place = if found.own { "/account" } else { "/people" };
        self.render(
            "pages/channels.html",
            Some((shell, place)),
            "通知设置",
            page(found, fresh, &forms),
        )
    }
}

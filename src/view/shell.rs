//! The frame around every page: brand, navigation by role, today, the user's menu.

use serde::Serialize;

use super::date::Day;
use super::{Shell, words};
use crate::office::Role;
use crate::statute::calendar::Calendar;
use crate::statute::offence::HANDLERS;

/// So many new messages are told as a number; more only as more.
const MANY: u64 = 100;

/// One entry of the navigation.
#[derive(Debug, Serialize)]
struct NavItem {
    href: &'static str,
    word: &'static str,
    current: bool,
}

/// The frame's data.
#[derive(Debug, Serialize)]
pub(super) struct Frame {
    csrf: String,
    name: String,
    login: String,
    role: &'static str,
    bureau: Option<String>,
    nav: Vec<NavItem>,
    today: Day,
    today_kind: &'static str,
    today_works: bool,
    /// New messages, as the navigation says it; empty: none.
    unread: String,
    notice: Option<String>,
    /// How far things had come when the page was made.
    live: Option<String>,
}

/// Which entry of the navigation a page belongs to: its address.
pub(super) fn frame(shell: &Shell<'_>, calendar: &Calendar, place: &str) -> Frame {
    let item = |href, word| NavItem {
        href,
        word,
        current: href == place,
    };
    let role = shell.actor.role;
    let mut nav = Vec::new();
    if role == Role::Administrator {
        nav.push(item("/people", "人员"));
        nav.push(item("/deliveries", "消息投递"));
    } else {
        nav.push(item("/", "首页"));
    }
    nav.push(item("/projects", "项目"));
    if role == Role::Company {
        nav.push(item("/projects/new", "新建项目"));
    }
    if matches!(role, Role::Officer { .. }) {
        nav.push(item("/delegations", "代办"));
    }
    nav.push(item("/board", "看板"));
    if role != Role::Administrator {
        nav.push(item("/register", "台账"));
    }
    if role != Role::Company {
        nav.push(item("/supervision", "督办"));
    }
    if concerned(shell) {
        nav.push(item("/offences", "涉电违法"));
    }
    nav.push(item("/coordination", "协调"));
    if matches!(
        role,
        Role::GovernmentOffice | Role::DeputyMayor | Role::Officer { .. }
    ) {
        nav.push(item("/late-entries", "补录"));
    }
    if role != Role::Company {
        nav.push(item("/figures", "统计"));
    }
    if role == Role::GovernmentOffice {
        nav.push(item("/what-if", "推演"));
    }
    nav.push(item("/catalogue", "方案目录"));
    nav.push(item("/calendar", "工作日历"));
    let kind = calendar.kind_of(shell.today);
    Frame {
        csrf: shell.csrf.to_owned(),
        name: shell.actor.name.clone(),
        login: shell.actor.login.clone(),
        role: words::role(role),
        bureau: shell.actor.bureau.as_ref().map(|b| b.name.clone()),
        nav,
        today: Day::of(shell.today),
        today_kind: words::day_kind(kind),
        today_works: kind.is_working(),
        unread: match shell.unread {
            0 => String::new(),
            n if n < MANY => n.to_string(),
            _ => format!("{}+", MANY - 1),
        },
        notice: shell.notice.clone(),
        live: shell.live.map(|version| version.to_string()),
    }
}

/// Whether offences can ever concern this person (第14条).
fn concerned(shell: &Shell<'_>) -> bool {
    let bureau = shell.actor.bureau.as_ref();
    match shell.actor.role {
        Role::Company | Role::GovernmentOffice | Role::DeputyMayor => true,
        Role::Officer { .. } => bureau.is_some_and(|bureau| HANDLERS.contains(&bureau.kind)),
        Role::Administrator => false,
    }
}

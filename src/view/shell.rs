//! The frame around every page: brand, navigation by role, today, the user's menu.

use serde::Serialize;

use super::date::Day;
use super::{Shell, words};
use crate::office::Role;
use crate::statute::calendar::Calendar;

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
    notice: Option<String>,
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
    } else {
        nav.push(item("/", "首页"));
    }
    nav.push(item("/projects", "项目"));
    if role == Role::Company {
        nav.push(item("/projects/new", "新建项目"));
    }
    nav.push(item("/board?kind=overdue", "超期"));
    nav.push(item("/board?kind=near-due", "临期"));
    nav.push(item("/coordination", "协调"));
    if matches!(role, Role::GovernmentOffice | Role::Officer { .. }) {
        nav.push(item("/late-entries", "补录"));
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
        notice: shell.notice.clone(),
    }
}

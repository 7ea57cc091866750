//! 通知设置 and 消息投递.

use std::collections::BTreeMap;

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::model::Page;
use crate::office::model::delivery::{
    ChannelHere, DeliveriesPage, FeedHere, NoticesPage, Shut, WayHere,
};
use crate::office::{DeadRow, Mode, ParcelId, ParcelState, PersonId, Way};
use crate::view::Fresh;
use crate::view::form::{Retyped, Trouble};

fn channel(way: Way, shut: Option<Shut>, address: Option<&str>, mode: Mode) -> ChannelHere {
    ChannelHere {
        way,
        shut,
        address: address.map(str::to_owned),
        mode,
    }
}

fn notices(own: bool, channels: [ChannelHere; 2]) -> NoticesPage {
    NoticesPage {
        person: PersonId(2),
        name: "李<敏>".to_owned(),
        login: "zrzy".to_owned(),
        own,
        keeps_webhook: !own,
        channels,
        feed: own.then_some(FeedHere {
            since: Some(samples::at("2026-11-02T01:30:00Z")),
        }),
    }
}

#[test]
fn ones_own_settings_offer_what_is_open_and_say_what_is_off_and_why() {
    let actor = samples::officer();
    let found = notices(
        true,
        [
            channel(Way::Mail, None, Some("li.min@example.cn"), Mode::Digest),
            channel(Way::Webhook, Some(Shut::NoSite), None, Mode::Off),
        ],
    );
    let fresh = Fresh::Feed("https://sp.example.cn/feeds/0123abcd.ics".to_owned());
    let html = view()
        .notices(&shell(&actor), &found, Some(&fresh), None)
        .expect("renders");
    read_page(
        "notices-own",
        &html,
        &[
            "li.min@example.cn",
            "● 每个工作日八点汇总一次",
            "action=\"/account/notices/mode\"",
            "value=\"digest\" selected",
            "action=\"/account/notices/email#email\"",
            "未启用：没有设置本系统的对外网址",
            "回调地址由系统管理员设置",
            "value=\"https://sp.example.cn/feeds/0123abcd.ics\"",
            "换一个地址",
            "停用这个地址",
            "2026-11-02 09:30",
        ],
    );
    assert!(!html.contains("notices/webhook"));
    every_post_form_has_a_token("notices-own", &html);
}

#[test]
fn where_mail_is_off_nothing_can_be_chosen_but_to_stop() {
    let actor = samples::officer();
    let off = Some(Shut::NoMail);
    let shut = |mode| {
        let channels = [
            channel(Way::Mail, off, Some("li.min@example.cn"), mode),
            channel(Way::Webhook, Some(Shut::NoSite), None, Mode::Off),
        ];
        let found = notices(true, channels);
        view().notices(&shell(&actor), &found, None, None)
    };
    let html = shut(Mode::Off).expect("renders");
    read_page("notices-off", &html, &["没有设置邮件服务器", "○ 未启用"]);
    assert!(!html.contains("notices/mode"));
    let html = shut(Mode::Each).expect("renders");
    assert!(html.contains("notices/mode") && html.contains("启用之前不会送出"));
}

#[test]
fn the_administrator_sets_a_webhook_and_sees_its_secret_once() {
    let actor = samples::administrator();
    let found = notices(
        false,
        [
            channel(Way::Mail, None, None, Mode::Off),
            channel(
                Way::Webhook,
                None,
                Some("https://hook.example.cn/a"),
                Mode::Each,
            ),
        ],
    );
    let refused = Retyped {
        form: "webhook".to_owned(),
        values: BTreeMap::from([("url".to_owned(), "ftp://typed".to_owned())]),
        trouble: Trouble {
            title: "填写有误，尚未记录".to_owned(),
            detail: "回调地址应以 https:// 开头。".to_owned(),
            rule: None,
        },
    };
    let fresh = Fresh::Secret("f00d".repeat(16));
    let html = view()
        .notices(&shell(&actor), &found, Some(&fresh), Some(&refused))
        .expect("renders");
    read_page(
        "notices-of-person",
        &html,
        &[
            "李&lt;敏&gt;",
            "https://hook.example.cn/a",
            "/people/2/notices/email",
            "/people/2/notices/webhook",
            "/people/2/notices/no-webhook",
            "ftp://typed",
            "尚未记录",
            &"f00d".repeat(16),
            "填写邮箱",
        ],
    );
    assert!(!html.contains("/mode\""), "the choice is the person's own");
    assert!(!html.contains("期限日历"));
    every_post_form_has_a_token("notices-of-person", &html);
}

#[test]
fn dead_letters_say_why_and_offer_both_ways_out() {
    let actor = samples::administrator();
    let row = |id: i64, digest, messages| DeadRow {
        id: ParcelId(id),
        person: PersonId(2),
        name: "李敏".to_owned(),
        way: Way::Mail,
        digest,
        attempts: 7,
        created_at: samples::at("2026-11-20T01:30:00Z"),
        settled_at: samples::at("2026-11-21T10:05:00Z"),
        error: "邮件服务器拒收：permanent error (550): no such <user>".to_owned(),
        messages,
        subject: "超期提示：选址意见书 · 桥北220千伏输变电工程".to_owned(),
    };
    let found = DeliveriesPage {
        dead: Page {
            rows: vec![row(9, true, 4), row(7, false, 1)],
            total: 71,
            next: Some("1795000000000000000.7".to_owned()),
        },
        ways: vec![
            WayHere {
                way: Way::Mail,
                shut: None,
                from: Some("shenpi@example.cn".to_owned()),
                counts: vec![(ParcelState::Due, 2), (ParcelState::Claimed, 1)],
            },
            WayHere {
                way: Way::Webhook,
                shut: Some(Shut::NoSite),
                from: None,
                counts: Vec::new(),
            },
        ],
    };
    let html = view()
        .deliveries(&shell(&actor), &found, true)
        .expect("renders");
    read_page(
        "deliveries",
        &html,
        &[
            "71 件未送达",
            "发件地址 shenpi@example.cn",
            "未启用：没有设置本系统的对外网址",
            "no such &lt;user&gt;",
            "等4条",
            "7次",
            "/deliveries/9/retry",
            "/deliveries/9/give-up",
            "/people/2/notices",
            "/deliveries?after=1795000000000000000.7",
            "2026-11-21 18:05",
        ],
    );
    every_post_form_has_a_token("deliveries", &html);
    let none = DeliveriesPage {
        dead: Page {
            rows: Vec::new(),
            total: 0,
            next: None,
        },
        ways: found.ways,
    };
    let html = view().deliveries(&shell(&actor), &none, false);
    assert!(html.expect("renders").contains("没有送不到的消息"));
}

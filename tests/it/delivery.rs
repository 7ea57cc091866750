//! Messages that leave the house, over real connections: SMTP, webhooks, calendar feeds.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use grid_approvals::config::{Config, Mail, MailTls};
use grid_approvals::courier::{self, Clock, Round, Senders};
use grid_approvals::office::model::board::BoardLamp;
use grid_approvals::office::model::delivery::Posted;
use grid_approvals::office::{BoardQuery, InboxQuery, Moment, Office, Outlets, Way};
use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::database::Database;
use crate::hook::Hook;
use crate::postbox::{Postbox, Stage};
use crate::who::Who;

const SITE: &str = "https://sp.example.cn";

fn outlets() -> Outlets {
    Outlets {
        mail_from: Some("shenpi@example.cn".to_owned()),
        site: Some(SITE.to_owned()),
    }
}

fn mail(postbox: &Postbox) -> Mail {
    Mail {
        host: "127.0.0.1".to_owned(),
        port: Some(postbox.port),
        tls: MailTls::None,
        username: None,
        password: None,
        password_file: None,
        from: "shenpi@example.cn".to_owned(),
        ca_file: None,
    }
}

fn senders(mail: Option<Mail>) -> Senders {
    let mut config = Config::for_testing();
    config.http.public_url = Some(SITE.to_owned());
    config.mail = mail;
    Senders::new(&config).expect("usable settings")
}

fn clock(at: Moment) -> Clock {
    Arc::new(move || at)
}

async fn round(app: &TestApp, senders: &Senders, way: Way) -> Round {
    let office = app.state().office;
    courier::round(&office, senders, way, &clock(app.now())).await
}

/// Site selections that silence accepted on 2 September, due on the thirtieth, on their first day
/// in supervision; messages are written as the day turns.
async fn overdue(app: &TestApp, projects: usize) -> Vec<i64> {
    let mut filings = Vec::new();
    for _ in 0..projects {
        let project = app.project_220kv().await;
        let filing = app.filing(project, "site-selection", None).await;
        app.record(Who::Company, filing, "submitted", &[("on", "2026-09-02")])
            .await;
        filings.push(filing);
    }
    filings
}

async fn supervised(app: &TestApp) {
    app.set_day(2026, 10, 8);
    app.turn().await;
}

async fn choose(browser: &mut Browser, way: &str, mode: &str) {
    let (page, fields) = ("/account/notices", [("way", way), ("mode", mode)]);
    let saved = browser.post(page, "/account/notices/mode", &fields).await;
    let page = browser.follow(saved).await.is(200);
    page.shows("已保存怎样发送");
}

async fn by_mail(app: &TestApp, who: Who, mode: &str) {
    let mut browser = app.login(who).await;
    let fields = [("email", "reader@example.cn")];
    let page = "/account/notices";
    let saved = browser.post(page, "/account/notices/email", &fields).await;
    browser
        .follow(saved)
        .await
        .is(200)
        .shows("reader@example.cn");
    choose(&mut browser, "mail", mode).await;
}

#[rocket::async_test]
async fn an_overdue_step_reaches_the_office_by_mail_once_with_words_link_and_why() {
    let app = TestApp::with_outlets(Database::sqlite(), outlets()).await;
    let filings = overdue(&app, 1).await;
    by_mail(&app, Who::GovernmentOffice, "each").await;
    supervised(&app).await;
    let postbox = Postbox::plain().await;
    let senders = senders(Some(mail(&postbox)));
    assert_eq!(
        round(&app, &senders, Way::Mail).await,
        Round { taken: 1, sent: 1 }
    );
    assert_eq!(round(&app, &senders, Way::Mail).await, Round::default());
    let mails = postbox.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.to, "reader@example.cn");
    let subject = mail.header("Subject");
    assert!(subject.starts_with("督办立案：选址意见书"), "{subject}");
    assert!(mail.header("From").contains("本溪电网审批"));
    assert!(
        mail.header("To").contains("王督查"),
        "{}",
        mail.header("To")
    );
    assert!(mail.header("Message-ID").starts_with("<parcel-"));
    let body = mail.body();
    for words in [
        "已超期1个工作日",
        "已自动立案督办",
        &format!("{SITE}/filings/{}", filings[0]),
        "您收到这封邮件，是因为",
        "所属日期：2026年10月8日",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    app.login(Who::GovernmentOffice)
        .await
        .get("/inbox")
        .await
        .is(200)
        .shows("督办立案");
}

#[rocket::async_test]
async fn a_mail_that_is_refused_for_good_is_a_dead_letter_until_the_administrator_decides() {
    let app = TestApp::with_outlets(Database::sqlite(), outlets()).await;
    overdue(&app, 2).await;
    by_mail(&app, Who::GovernmentOffice, "each").await;
    supervised(&app).await;
    let postbox = Postbox::plain().await;
    let senders = senders(Some(mail(&postbox)));
    postbox.answer(Stage::Recipient, "550 5.1.1 no such user");
    postbox.answer(Stage::Recipient, "550 5.1.1 no such user");
    let done = round(&app, &senders, Way::Mail).await;
    assert_eq!(done, Round { taken: 2, sent: 0 });
    let mut admin = app.login(Who::Administrator).await;
    let page = admin.get("/deliveries").await.is(200);
    page.shows("2 件未送达");
    page.shows("邮件服务器拒收");
    page.shows("no such user");
    let ids: Vec<&str> = page
        .body
        .split("action=\"/deliveries/")
        .skip(1)
        .filter_map(|rest| rest.split_once("/retry\""))
        .map(|(id, _)| id)
        .filter(|id| id.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    assert_eq!(ids.len(), 2);
    let retry = format!("/deliveries/{}/retry", ids[0]);
    let asked = admin.post("/deliveries", &retry, &[]).await;
    admin.follow(asked).await.is(200).shows("1 件未送达");
    let give_up = format!("/deliveries/{}/give-up", ids[1]);
    let asked = admin.post("/deliveries", &give_up, &[]).await;
    admin.follow(asked).await.is(200).shows("没有未送达");
    // Neither can be asked for twice.
    admin.post("/deliveries", &give_up, &[]).await.is(404);
    let done = round(&app, &senders, Way::Mail).await;
    assert_eq!(done, Round { taken: 1, sent: 1 });
    assert_eq!(postbox.mails().len(), 1);
}

#[rocket::async_test]
async fn a_mail_that_fails_for_a_time_is_sent_again_with_the_same_id() {
    let app = TestApp::with_outlets(Database::sqlite(), outlets()).await;
    overdue(&app, 1).await;
    by_mail(&app, Who::GovernmentOffice, "each").await;
    supervised(&app).await;
    let postbox = Postbox::plain().await;
    let senders = senders(Some(mail(&postbox)));
    for reply in ["451 4.7.1 later", "452 4.2.2 full"] {
        postbox.answer(Stage::Data, reply);
        let done = round(&app, &senders, Way::Mail).await;
        assert_eq!(done, Round { taken: 1, sent: 0 });
        // Within the pause nothing is tried.
        assert_eq!(round(&app, &senders, Way::Mail).await, Round::default());
        app.pass_hours(1);
    }
    // The server takes it, but the program dies before it marks the parcel: its claim is only a
    // lease, and what is sent again bears the same name.
    let office = app.state().office;
    let taken = office.take_parcels(Way::Mail, app.now(), 9).await;
    let claimed = taken.expect("taken");
    assert_eq!(claimed.len(), 1);
    app.pass_hours(1);
    let done = round(&app, &senders, Way::Mail).await;
    assert_eq!(done, Round { taken: 1, sent: 1 });
    let id = postbox.mails()[0].header("Message-ID");
    assert_eq!(id, format!("<{}@example.cn>", claimed[0].key));
    // The one that came back from the dead has no say any more.
    let refused = Posted::Refused("550".to_owned());
    let late = office.posted(claimed[0].claim, refused, app.now()).await;
    late.expect("unheard");
    let mut admin = app.login(Who::Administrator).await;
    admin.get("/deliveries").await.is(200).shows("没有未送达");
}

#[rocket::async_test]
async fn mails_go_encrypted_to_a_server_that_is_known_and_to_no_other() {
    let app = TestApp::with_outlets(Database::sqlite(), outlets()).await;
    overdue(&app, 1).await;
    by_mail(&app, Who::GovernmentOffice, "each").await;
    supervised(&app).await;
    let postbox = Postbox::starttls().await;
    let secured = Mail {
        host: "localhost".to_owned(),
        tls: MailTls::Required,
        username: Some("shenpi".to_owned()),
        password: Some("geheim".to_owned()),
        ca_file: postbox.certificate(),
        ..mail(&postbox)
    };
    // Nobody vouches for the server.
    let unknown = senders(Some(Mail {
        ca_file: None,
        ..secured.clone()
    }));
    let done = round(&app, &unknown, Way::Mail).await;
    assert_eq!(done, Round { taken: 1, sent: 0 });
    app.pass_hours(1);
    // One that offers no encryption is told nothing.
    let bare = Postbox::plain().await;
    let insisting = senders(Some(Mail {
        port: Some(bare.port),
        ..secured.clone()
    }));
    let done = round(&app, &insisting, Way::Mail).await;
    assert_eq!(done, Round { taken: 1, sent: 0 });
    assert!(bare.mails().is_empty());
    app.pass_hours(1);
    // A login that is refused is the operator's to mend, and kills no mail.
    postbox.answer(Stage::Login, "535 5.7.8 no");
    let known = senders(Some(secured));
    let done = round(&app, &known, Way::Mail).await;
    assert_eq!(done, Round { taken: 1, sent: 0 });
    app.pass_hours(1);
    let done = round(&app, &known, Way::Mail).await;
    assert_eq!(done, Round { taken: 1, sent: 1 });
    let mails = postbox.mails();
    assert!(mails[0].encrypted);
    assert_eq!(mails[0].login.as_deref(), Some("\0shenpi\0geheim"));
}

/// Two servers with loops of their own over one database.
async fn two_senders_at_once(database: Database) {
    let app = TestApp::with_outlets(database, outlets()).await;
    overdue(&app, 4).await;
    let readers = [Who::GovernmentOffice, Who::CityLand];
    for who in readers {
        by_mail(&app, who, "each").await;
    }
    supervised(&app).await;
    let mut all = 0;
    for who in readers {
        let actor = app.actor(who).await;
        let (office, query) = (app.state().office, InboxQuery::default());
        let inbox = office.inbox(&actor, &query).await.expect("an inbox");
        all += usize::try_from(inbox.page.total).expect("few");
    }
    assert!(all > 10, "{all} messages");
    let postbox = Postbox::plain().await;
    let other: Office = app.other_office().await.with_outlets(outlets());
    let mut loops = Vec::new();
    let mut stops = Vec::new();
    for office in [app.state().office, other] {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        stops.push(stop);
        let senders = senders(Some(mail(&postbox)));
        let every = Duration::from_millis(5);
        let end = async move {
            let _ = stopped.await;
        };
        let clock = clock(app.now());
        loops.push(tokio::spawn(courier::send(
            office, senders, clock, every, end,
        )));
    }
    while postbox.mails().len() < all {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(stops);
    for ended in loops {
        ended.await.expect("stops when it is told");
    }
    let left = round(&app, &senders(Some(mail(&postbox))), Way::Mail).await;
    assert_eq!(left, Round::default());
    let ids: Vec<String> = postbox
        .mails()
        .iter()
        .map(|mail| mail.header("Message-ID"))
        .collect();
    assert_eq!(ids.len(), all, "each once");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), all);
}

#[rocket::async_test]
async fn two_senders_at_once_send_each_mail_once_on_sqlite() {
    two_senders_at_once(Database::sqlite()).await;
}

#[rocket::async_test]
async fn two_senders_at_once_send_each_mail_once_on_postgres() {
    two_senders_at_once(Database::postgres()).await;
}

#[rocket::async_test]
async fn a_webhook_is_signed_follows_nowhere_and_its_secret_is_shown_once() {
    let app = TestApp::with_outlets(Database::sqlite(), outlets()).await;
    let filings = overdue(&app, 1).await;
    let hook = Hook::listen().await;
    let person = app.person(Who::GovernmentOffice.login()).await;
    let place = format!("/people/{person}/notices");
    let mut admin = app.login(Who::Administrator).await;
    for wrong in ["http://example.cn/hook", "ftp://example.cn/", "example.cn"] {
        let asked = admin
            .post(&place, &format!("{place}/webhook"), &[("url", wrong)])
            .await;
        asked.is(422).shows("回调地址应");
    }
    let asked = admin
        .post(&place, &format!("{place}/webhook"), &[("url", &hook.url)])
        .await;
    let page = admin.follow(asked).await.is(200);
    let secret = page.body.split("id=\"fresh-key\"").nth(1).expect("shown");
    let secret = secret.split("value=\"").nth(1).expect("a value");
    let secret = secret.split('"').next().expect("a secret").to_owned();
    assert_eq!(secret.len(), 64);
    admin.get(&place).await.is(200).hides(&secret);
    // The choice is the person's own.
    let mut office = app.login(Who::GovernmentOffice).await;
    choose(&mut office, "webhook", "each").await;
    office.get("/people").await.is(403);
    supervised(&app).await;

    let senders = senders(None);
    hook.answer(&["500 Broken"]);
    let done = round(&app, &senders, Way::Webhook).await;
    assert_eq!(done, Round { taken: 1, sent: 0 });
    app.pass_hours(1);
    let done = round(&app, &senders, Way::Webhook).await;
    assert_eq!(done, Round { taken: 1, sent: 1 });
    let calls = hook.calls();
    assert_eq!(calls.len(), 2);
    assert!(calls[1].head.starts_with("POST /hook?from=benxi HTTP/1.1"));
    for call in &calls {
        assert!(call.is_signed_with(&secret));
        assert!(!call.is_signed_with("another"));
    }
    let stamps: Vec<&str> = calls.iter().map(|c| c.header("X-Grid-Timestamp")).collect();
    assert_ne!(stamps[0], stamps[1]);
    assert_eq!(stamps[1], app.now().now.timestamp().to_string());
    let name = |n: usize| calls[n].header("X-Grid-Delivery");
    assert_eq!(name(0), name(1), "the receiver knows the repetition");
    let told: serde_json::Value = serde_json::from_str(&calls[1].body).expect("JSON");
    let link = format!("{SITE}/filings/{}", filings[0]);
    assert_eq!(told["messages"][0]["link"], link.as_str());
    assert_eq!(told["messages"][0]["belongs_on"], "2026-10-08");

    // A redirect is not followed, and dead at once.
    app.set_day(2026, 10, 13);
    app.turn().await;
    hook.answer(&["302 Found\r\nLocation: /elsewhere"]);
    let done = round(&app, &senders, Way::Webhook).await;
    assert_eq!(done, Round { taken: 1, sent: 0 });
    assert_eq!(hook.calls().len(), 3);
    app.login(Who::Administrator)
        .await
        .get("/deliveries")
        .await
        .is(200)
        .shows("转向别处的地址不跟随");
}

#[rocket::async_test]
async fn a_calendar_feed_shows_the_boards_due_dates_until_it_is_revoked() {
    let app = TestApp::with_outlets(Database::sqlite(), outlets()).await;
    overdue(&app, 3).await;
    app.set_day(2026, 9, 29);
    let mut office = app.login(Who::GovernmentOffice).await;
    let page = "/account/notices";
    let made = office.post(page, "/account/notices/feed", &[]).await;
    let shown = office.follow(made).await.is(200);
    let address = shown.body.split("id=\"fresh-address\"").nth(1);
    let address = address.and_then(|rest| rest.split("value=\"").nth(1));
    let address = address.and_then(|rest| rest.split('"').next());
    let path = address.expect("an address").rsplit("/feeds/").next();
    let path = format!("/feeds/{}", path.expect("a path"));
    office.get(page).await.is(200).hides("fresh-address");

    // Without a login, as a calendar program comes.
    let feed = app.browser().get(&path).await.is(200);
    let kind = feed.header("Content-Type").expect("a kind");
    assert_eq!(kind, "text/calendar; charset=utf-8");
    let calendar: Calendar = feed.body.parse().expect("a calendar");
    let shown: BTreeSet<(String, NaiveDate)> = calendar
        .components
        .iter()
        .map(|component| match component {
            CalendarComponent::Event(event) => match event.get_start() {
                Some(DatePerhapsTime::Date(day)) => {
                    (event.get_url().expect("a link").to_owned(), day)
                }
                other => panic!("no whole day: {other:?}"),
            },
            other => panic!("no event: {other:?}"),
        })
        .collect();
    let actor = app.actor(Who::GovernmentOffice).await;
    let mut board = BTreeSet::new();
    for lamp in [BoardLamp::Red, BoardLamp::Yellow] {
        let query = BoardQuery {
            lamp: Some(lamp),
            ..BoardQuery::default()
        };
        let found = app.state().office.board(&actor, &query, app.now()).await;
        for card in found.expect("a board").page.rows {
            let due = card.glance.due_on.expect("a due date");
            let link = format!("{SITE}/filings/{}", card.id);
            board.insert((link, due));
        }
    }
    assert_eq!(board.len(), 3);
    assert_eq!(shown, board);

    for wrong in [
        "/feeds/none.ics",
        "/feeds/.ics",
        path.trim_end_matches(".ics"),
    ] {
        app.browser().get(wrong).await.is(404);
    }
    let renewed = office.post(page, "/account/notices/feed", &[]).await;
    office.follow(renewed).await.is(200);
    app.browser().get(&path).await.is(404);
    let revoked = office.post(page, "/account/notices/no-feed", &[]).await;
    office.follow(revoked).await.is(200).shows("日历地址已停用");
    // The administrator has no deadlines and no feed.
    let mut admin = app.login(Who::Administrator).await;
    admin.get(page).await.is(200).hides("期限日历");
    admin.post(page, "/account/notices/feed", &[]).await.is(403);
}

#[rocket::async_test]
async fn where_nothing_is_set_up_the_pages_say_what_is_off_and_why() {
    let app = TestApp::start().await;
    let mut office = app.login(Who::GovernmentOffice).await;
    let page = office.get("/account/notices").await.is(200);
    page.shows("没有设置邮件服务器");
    page.shows("没有设置本系统的对外网址");
    let fields = [("way", "mail"), ("mode", "each")];
    office
        .post("/account/notices", "/account/notices/mode", &fields)
        .await
        .is(422);
    let mut admin = app.login(Who::Administrator).await;
    admin
        .get("/deliveries")
        .await
        .is(200)
        .shows("没有设置邮件服务器");
    // An address that is none is shown again with what would be right.
    let fields = [("email", "nobody")];
    let asked = office
        .post("/account/notices", "/account/notices/email", &fields)
        .await;
    let again = asked.is(422);
    again.shows("邮箱地址应如");
    again.shows("value=\"nobody\"");
}

//! Files for a step's materials, from the company's browser to the officer's (行政许可法第30条).

use rocket::http::Method;

use crate::app::TestApp;
use crate::browser::{Answer, Browser};
use crate::database::{Database, LARGEST};
use crate::who::Who;

const BOUNDARY: &str = "----a-boundary";
pub(crate) const PDF: &str = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// The body of a form with one file, as a browser sends it.
pub(crate) fn body(token: &str, name: &str, content: &str) -> String {
    format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{token}\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/pdf\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n"
    )
}

async fn send(browser: &mut Browser, filing: i64, material: &str, body: &str) -> Answer {
    let place = format!("/filings/{filing}/materials/{material}");
    send_to(browser, &place, body).await
}

/// Sends a form with one file to `place`.
pub(crate) async fn send_to(browser: &mut Browser, place: &str, body: &str) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("Content-Type", kind.as_str())];
    browser
        .send(Method::Post, place, &headers, Some(body))
        .await
}

/// The company hands in a file.
pub(crate) async fn upload(
    app: &TestApp,
    filing: i64,
    material: &str,
    name: &str,
    content: &str,
) -> Answer {
    let mut company = app.login(Who::Company).await;
    let token = app.token(&mut company).await;
    let body = body(&token, name, content);
    send(&mut company, filing, material, &body).await
}

struct Desk {
    app: TestApp,
    company: Browser,
    token: String,
    filing: i64,
}

impl Desk {
    async fn on(app: TestApp) -> Desk {
        let project = app.project_220kv().await;
        let filing = app.filing(project, "site-selection", None).await;
        let mut company = app.login(Who::Company).await;
        let token = app.token(&mut company).await;
        Desk {
            app,
            company,
            token,
            filing,
        }
    }

    async fn start() -> Desk {
        Desk::on(TestApp::start().await).await
    }

    async fn upload(&mut self, material: &str, name: &str, content: &str) -> Answer {
        let body = body(&self.token, name, content);
        send(&mut self.company, self.filing, material, &body).await
    }

    /// The address of the first file on the step's page.
    async fn file(&mut self) -> String {
        let place = format!("/filings/{}", self.filing);
        let page = self.company.get(&place).await.is(200);
        let at = page.body.find("/files/").expect("a file on the page");
        let rest = page.body.get(at..).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

#[rocket::async_test]
async fn what_the_company_hands_in_the_officer_downloads_as_it_was() {
    hands_in(TestApp::start().await).await;
}

#[rocket::async_test]
async fn the_same_on_postgresql() {
    hands_in(TestApp::on(Database::postgres()).await).await;
}

async fn hands_in(app: TestApp) {
    let mut desk = Desk::on(app).await;
    let done = desk.upload("drawings", "总图 (终稿).pdf", PDF).await;
    let place = format!("/filings/{}#materials", desk.filing);
    assert_eq!(done.location.as_deref(), Some(place.as_str()));
    let page = desk.company.follow(done).await;
    page.shows("已上传：总图 (终稿).pdf");
    page.shows("第1版");
    page.shows("供电公司");
    desk.upload("drawings", "总图.pdf", PDF).await.is(303);
    let file = desk.file().await;
    for who in [Who::CityLand, Who::GovernmentOffice, Who::Company] {
        let mut browser = desk.app.login(who).await;
        let sent = browser.get(&file).await.is(200);
        assert_eq!(sent.body, PDF, "{who:?}");
        assert_eq!(sent.header("Content-Type"), Some("application/pdf"));
        assert_eq!(sent.header("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(sent.header("Cache-Control"), Some("no-store"));
        let length = PDF.len().to_string();
        assert_eq!(sent.header("Content-Length"), Some(length.as_str()));
        let disposition = sent.header("Content-Disposition").unwrap_or_default();
        assert!(disposition.starts_with("attachment; "), "{disposition}");
        assert!(
            disposition.ends_with("filename*=UTF-8''%E6%80%BB%E5%9B%BE.pdf"),
            "{disposition}"
        );
    }
    let officer = desk.app.page(Who::CityLand, desk.filing).await;
    officer.shows("以前的1版");
    officer.hides("enctype");
}

#[rocket::async_test]
async fn a_file_is_hidden_from_officers_without_a_step_in_its_project() {
    let mut desk = Desk::start().await;
    desk.upload("drawings", "a.pdf", PDF).await.is(303);
    let file = desk.file().await;
    // No road is opened and no green occupied in this project.
    desk.app.login(Who::Housing).await.get(&file).await.is(404);
    let mut nobody = desk.app.browser();
    assert_eq!(nobody.get(&file).await.location.as_deref(), Some("/login"));
}

#[rocket::async_test]
async fn what_cannot_be_taken_is_refused_in_words_and_leaves_nothing() {
    let mut desk = Desk::start().await;
    let program = "MZ\u{1}\0".to_owned() + &"\0".repeat(300);
    let large = PDF.to_owned() + &"x".repeat(usize::try_from(LARGEST).unwrap_or_default());
    let cases = [
        ("../../etc/passwd.pdf", PDF, 422, "文件名里不能有目录"),
        ("C:\\a.pdf", PDF, 422, "文件名里不能有目录"),
        ("a.pdf", "", 422, "文件是空的"),
        ("a.pdf", &program, 422, "可执行程序"),
        ("a.exe", PDF, 422, "不收“.exe”文件"),
        ("a.docx", PDF, 422, "内容却是PDF 文件"),
        ("a.docx", "PK\u{3}\u{4} cut off", 422, "文件已损坏"),
        ("a.pdf", &large, 413, "文件超过"),
        ("", PDF, 422, "没有选择文件"),
    ];
    for (name, content, status, words) in cases {
        let refused = desk.upload("drawings", name, content).await.is(status);
        refused.shows("文件没有收下");
        refused.shows(words);
        assert_eq!(desk.app.files(), 0, "{name}");
    }
    let other = desk.upload("birds-eye-view", "a.pdf", PDF).await.is(422);
    other.shows("目录里没有这一项");
    other.shows("第30条");
    let page = desk.app.page(Who::Company, desk.filing).await;
    page.hides("/files/");
}

#[rocket::async_test]
async fn an_upload_cut_off_half_way_leaves_nothing() {
    let mut desk = Desk::start().await;
    let whole = body(&desk.token, "a.pdf", &PDF.repeat(2000));
    for length in [whole.len() / 2, whole.len() - 10] {
        let part = whole.get(..length).expect("within the body");
        let answer = send(&mut desk.company, desk.filing, "drawings", part).await;
        answer.is(422).shows("上传中断");
        assert_eq!(desk.app.files(), 0);
    }
}

#[rocket::async_test]
async fn a_file_without_the_token_before_it_is_refused_unread() {
    let mut desk = Desk::start().await;
    let foreign = body("guessed", "a.pdf", PDF);
    send(&mut desk.company, desk.filing, "drawings", &foreign)
        .await
        .is(403);
    let right = body(&desk.token, "a.pdf", PDF);
    let late = right.replace("name=\"_csrf\"", "name=\"other\"");
    send(&mut desk.company, desk.filing, "drawings", &late)
        .await
        .is(403);
    let mut officer = desk.app.login(Who::CityLand).await;
    let token = desk.app.token(&mut officer).await;
    let theirs = body(&token, "a.pdf", PDF);
    send(&mut officer, desk.filing, "drawings", &theirs)
        .await
        .is(403);
    assert_eq!(desk.app.files(), 0);
}

#[rocket::async_test]
async fn accepting_without_a_required_material_asks_and_the_history_says_so() {
    let mut desk = Desk::start().await;
    let project = desk.app.project_220kv().await;
    let forest = desk.app.filing(project, "road-crossing", None).await;
    desk.filing = forest;
    desk.app
        .record(Who::Company, forest, "submitted", &[])
        .await;
    for material in [
        "crossing-application",
        "design-and-construction",
        "commitment",
    ] {
        desk.upload(material, "a.pdf", PDF).await.is(303);
    }
    let unsaid = [("despite_missing", "false"), ("note", "已看过原件")];
    let asked = desk
        .app
        .try_record(Who::Transport, forest, "accepted", &unsaid)
        .await
        .is(422);
    asked.shows("处置施工险情和意外事故的应急方案(公路安全保护条例第28条)");
    asked.shows("仍然受理");
    asked.shows("已看过原件");
    asked.shows("name=\"despite_missing\"");
    assert_eq!(desk.app.entries(forest).await, 1);
    let page = desk
        .app
        .record(Who::Transport, forest, "accepted", &[])
        .await;
    page.shows("受理时缺：处置施工险情和意外事故的应急方案");
}

#[rocket::async_test]
async fn after_the_decision_nothing_is_added_but_all_can_be_read() {
    let mut desk = Desk::start().await;
    let project = desk.app.project_220kv().await;
    desk.filing = desk.app.filing(project, "road-crossing", None).await;
    let filing = desk.filing;
    desk.upload("commitment", "a.pdf", PDF).await.is(303);
    desk.app
        .record(Who::Company, filing, "submitted", &[])
        .await;
    desk.app
        .record(Who::Transport, filing, "accepted", &[])
        .await;
    desk.app
        .record(Who::Transport, filing, "granted", &[])
        .await;
    let refused = desk.upload("commitment", "b.pdf", PDF).await.is(422);
    refused.shows("作出决定所依据的材料不再增减");
    let page = desk.app.page(Who::Company, filing).await;
    page.hides("enctype");
    page.shows("a.pdf");
    assert_eq!(desk.app.files(), 1);
}

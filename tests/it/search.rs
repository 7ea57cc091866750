//! Search finds what a person may see, by any part of a Chinese name.

use crate::app::TestApp;
use crate::browser::encode;
use crate::who::Who;

fn address(text: &str) -> String {
    format!("/search?{}", encode(&[("q", text)]))
}

#[rocket::async_test]
async fn what_is_found_leads_to_its_page_and_is_found_by_those_who_may_see_it() {
    let app = TestApp::start().await;
    let project = app.project_220kv().await;
    app.file_jointly(project).await;
    let city = app.filing(project, "land-pre-review", None).await;
    let mut office = app.login(Who::GovernmentOffice).await;
    let home = office.get("/").await.is(200);
    home.shows("action=\"/search\"");
    let found = office.get(&address("用地预审 申请材料")).await.is(200);
    found.shows(&format!("href=\"/filings/{city}\""));
    found.shows("<mark>申请材料</mark>接收凭证");
    let step = office
        .get(&(address("市级用地") + "&kind=steps"))
        .await
        .is(200);
    step.shows(&format!("href=\"/filings/{city}\""));
    let none = office.get(&address("没有的词")).await;
    none.is(200).shows("没有找到");
    let empty = office.get("/search").await.is(200);
    empty.shows("输入项目名称");
    let refused = office.get(&address(&"长".repeat(81))).await.is(400);
    refused.shows("最多80个字");
    office.get("/search?q=a&kind=people").await.is(400);
    // What is typed is shown as it is, never as markup.
    let markup = office.get(&address("<i>")).await;
    let markup = markup.is(200);
    markup.hides("<i>");
    markup.shows("&lt;i&gt;");
    // Another county's police have no step here: nothing of the project is theirs to find.
    let mut stranger = app.login(Who::HuanrenPolice).await;
    let page = stranger.get(&address("用地预审")).await.is(200);
    page.hides("/filings/");
    page.hides("/projects/");
    page.shows("没有找到");
}

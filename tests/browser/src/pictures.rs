//! Takes the pictures of every page for `docs/pictures`, at 1280 and at 390 pixels, from a
//! demonstration that it starts itself: `cargo run -p browser --bin pictures [-- FOLDER]`.

use std::path::{Path, PathBuf};

use browser::{Browser, Demo, Trouble};
use thirtyfour::prelude::*;

const WIDTHS: [u32; 2] = [1280, 390];

/// A page: the file's name, and the path to open.
struct Shot(&'static str, String);

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let folder: PathBuf = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "docs/pictures".into())
        .into();
    std::fs::create_dir_all(&folder)?;
    let demo = Demo::start()?;
    let browser = Browser::start().await?;
    let outcome = take_all(&browser, &demo, &folder).await;
    browser.quit().await?;
    let wide = outcome?;
    if wide.is_empty() {
        return Ok(());
    }
    Err(format!("cut off or wider than the window:\n{}", wide.join("\n")).into())
}

async fn take_all(browser: &Browser, demo: &Demo, folder: &Path) -> Result<Vec<String>, Trouble> {
    let mut wide = Vec::new();
    browser.driver.delete_all_cookies().await.ok();
    take(
        browser,
        demo,
        folder,
        &[Shot("login", "/login".into())],
        &mut wide,
    )
    .await?;

    browser.log_in(demo, demo.login("供电公司")?).await?;
    browser.open(demo, "/").await?;
    let mut shots = vec![
        Shot("home-company", "/".into()),
        Shot("projects", "/projects".into()),
        Shot("projects-overdue", "/projects?state=overdue".into()),
        Shot("project-new", "/projects/new".into()),
        Shot("offences", "/offences".into()),
        Shot("offence-new", "/offences/new".into()),
        Shot("account", "/account".into()),
        Shot("notices", "/account/notices".into()),
        Shot("problem-not-found", "/filings/999999".into()),
    ];
    let todo = browser.links("/filings/").await?;
    shots.extend(todo.first().map(|path| Shot("step-company", path.clone())));
    browser.open(demo, "/projects").await?;
    for (name, words) in [
        ("project-a", "桥北220千伏"),
        ("project-b", "三架岭220千伏"),
        ("project-c", "站前10千伏"),
    ] {
        let link = By::XPath(format!("//main//a[contains(., '{words}')]"));
        let path = browser.driver.find(link).await?.attr("href").await?;
        if let (Some(path), "project-a") = (&path, name) {
            shots.push(Shot("difficulty-raise", format!("{path}/coordination")));
            shots.push(Shot("facts", format!("{path}/facts")));
        }
        shots.extend(path.map(|path| Shot(name, path)));
    }
    take(browser, demo, folder, &shots, &mut wide).await?;

    browser.log_in(demo, demo.login("市自然资源")?).await?;
    browser.open(demo, "/").await?;
    let mut shots = vec![
        Shot("home-bureau", "/".into()),
        Shot("delegations", "/delegations".into()),
    ];
    let named = [
        "step-officer-a",
        "step-officer-b",
        "step-officer-c",
        "step-officer-d",
    ];
    let queue = browser.links("/filings/").await?;
    shots.extend(
        named
            .into_iter()
            .zip(queue)
            .map(|(name, path)| Shot(name, path)),
    );
    take(browser, demo, folder, &shots, &mut wide).await?;

    browser.log_in(demo, demo.login("第二经办人")?).await?;
    let shots = [Shot("home-standing-in", "/".into())];
    take(browser, demo, folder, &shots, &mut wide).await?;

    browser.log_in(demo, demo.login("明山区公安局")?).await?;
    browser.open(demo, "/").await?;
    let mut shots = vec![Shot("home-police", "/".into())];
    let named = ["offence-officer-a", "offence-officer-b"];
    let waiting = browser.links("/offences/").await?;
    let waiting = named.into_iter().zip(waiting);
    shots.extend(waiting.map(|(name, path)| Shot(name, path)));
    take(browser, demo, folder, &shots, &mut wide).await?;

    browser.log_in(demo, demo.login("政府办")?).await?;
    browser.open(demo, "/").await?;
    let mut shots = vec![
        Shot("home-office", "/".into()),
        Shot("board", "/board".into()),
        Shot("board-by-county", "/board?by=county".into()),
        Shot("board-by-step", "/board?by=step".into()),
        Shot("board-by-project", "/board?by=project".into()),
        Shot("board-overdue", "/board?lamp=red".into()),
        Shot("coordination", "/coordination".into()),
        Shot("late-entries", "/late-entries".into()),
        Shot("search", "/search?q=%E5%B1%B1+%E7%94%A8%E5%9C%B0".into()),
        Shot("figures", "/figures".into()),
        Shot("figures-bureaus", "/figures?by=bureau".into()),
        Shot("register", "/register".into()),
        Shot("register-print", "/register/print?state=open".into()),
        Shot("exports", "/exports".into()),
        Shot("monthly", "/monthly".into()),
        Shot("supervision", "/supervision".into()),
        Shot("inbox", "/inbox".into()),
        Shot("catalogue", "/catalogue".into()),
        Shot("calendar", "/calendar?year=2026".into()),
        Shot("calendar-provisional", "/calendar?year=2027".into()),
        Shot("notice-entry", "/calendar/notice?year=2027".into()),
        Shot("what-if", "/what-if?step=site-selection&days=10".into()),
    ];
    let overdue = browser.links("/filings/").await?;
    shots.extend(
        overdue
            .first()
            .map(|path| Shot("step-overdue", path.clone())),
    );
    if let Some(path) = overdue.first() {
        browser.open(demo, path).await?;
        let named = ["document-a", "document-b"];
        let papers = browser.links("/documents/").await?;
        let papers = named.into_iter().zip(papers);
        shots.extend(papers.map(|(name, path)| Shot(name, path)));
    }
    browser.open(demo, "/coordination").await?;
    let matters = browser.links("/coordination/").await?;
    let named = ["difficulty-waiting", "difficulty-met"];
    shots.extend(
        named
            .into_iter()
            .zip(matters)
            .map(|(name, path)| Shot(name, path)),
    );
    browser.open(demo, "/supervision").await?;
    for path in browser.links("/filings/").await? {
        browser.open(demo, &path).await?;
        let notice = browser.links("/supervision/notices/").await?;
        if let Some(notice) = notice.into_iter().next() {
            shots.push(Shot("step-supervised", path));
            shots.push(Shot("supervision-notice", notice));
            break;
        }
    }
    shots.push(Shot("check", "/check".into()));
    browser.open(demo, "/register").await?;
    browser.post("/exports").await?;
    shots.push(Shot("export", browser.path().await?));
    take(browser, demo, folder, &shots, &mut wide).await?;

    browser.log_in(demo, demo.login("管理员")?).await?;
    let shots = [
        Shot("people", "/people".into()),
        Shot("notices-of-person", "/people/2/notices".into()),
        Shot("deliveries", "/deliveries".into()),
    ];
    take(browser, demo, folder, &shots, &mut wide).await?;
    Ok(wide)
}

async fn take(
    browser: &Browser,
    demo: &Demo,
    folder: &Path,
    shots: &[Shot],
    wide: &mut Vec<String>,
) -> Result<(), Trouble> {
    for Shot(name, path) in shots {
        for width in WIDTHS {
            browser.width(width).await?;
            browser.open(demo, path).await?;
            let overflow = browser.overflow().await?;
            if overflow > 0 {
                wide.push(format!("{name} ({path}) at {width}: {overflow} pixels"));
            }
            let png = browser.picture(width).await?;
            std::fs::write(folder.join(format!("{name}-{width}.png")), png)?;
            println!("{name}-{width}.png  {path}");
        }
    }
    Ok(())
}

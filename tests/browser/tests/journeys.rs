//! Each role finishes its own day's work in a real browser, on the demonstration.

use browser::{Browser, Demo, Trouble};
use thirtyfour::prelude::*;

/// Runs a journey on its own demonstration and browser; the browser ends in any case.
async fn journey<F>(walk: F) -> Result<(), Trouble>
where
    F: AsyncFnOnce(&Browser, &Demo) -> Result<(), Trouble>,
{
    let demo = Demo::start()?;
    let browser = Browser::start().await?;
    let walked = walk(&browser, &demo).await;
    let said = match &walked {
        Ok(()) => String::new(),
        Err(_) => browser.words().await.unwrap_or_default(),
    };
    browser.quit().await?;
    walked.map_err(|error| format!("{error}\nthe page said:\n{said}").into())
}

fn holds(words: &str, wanted: &str) -> Result<(), Trouble> {
    if words.contains(wanted) {
        return Ok(());
    }
    Err(format!("`{wanted}` is not on the page:\n{words}").into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_joint_filing_travels_from_the_company_to_the_city_s_decision() {
    journey(async |browser, demo| {
        let project = "威宁110千伏";
        browser.log_in(demo, demo.login("供电公司")?).await?;
        holds(&browser.words().await?, "同时申请初审和预审")?;
        browser.open(demo, "/projects").await?;
        browser.follow(demo, project).await?;
        let before = browser.driver.find(By::Tag("html")).await?;
        browser
            .driver
            .find(By::Css("#joint button[type='submit']"))
            .await?
            .click()
            .await?;
        browser.gone(&before).await?;
        let again = browser.driver.find_all(By::Css("#joint")).await?;
        assert!(again.is_empty(), "the joint filing is made once");

        browser
            .log_in(demo, demo.login("明山区自然资源局")?)
            .await?;
        browser.open_step(demo, project, "县(区)用地初审").await?;
        browser.act("accepted", &[("note", "材料齐全")]).await?;
        holds(&browser.words().await?, "材料齐全")?;
        assert_eq!(
            browser.lamp().await?.replace(char::is_whitespace, ""),
            "●正常"
        );
        browser.act("granted", &[]).await?;
        holds(&browser.words().await?, "已办结")?;

        browser
            .log_in(demo, demo.login("本溪市自然资源局")?)
            .await?;
        browser.open_step(demo, project, "市级用地预审").await?;
        holds(&browser.words().await?, "系统(方案第1条)")
            .or(holds(&browser.words().await?, "自动"))?;
        browser.act("accepted", &[]).await?;
        holds(&browser.words().await?, "7")?;
        holds(&browser.words().await?, "为什么是这一天")?;
        browser.act("granted", &[]).await?;
        holds(&browser.lamp().await?, "按时办结")
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_asks_once_suspends_resumes_extends_and_decides() {
    journey(async |browser, demo| {
        browser
            .log_in(demo, demo.login("本溪市自然资源局")?)
            .await?;
        browser.open_step(demo, "盘岭66千伏", "选址意见书").await?;
        browser
            .act("materials-requested", &[("others", "补交法人证明文件")])
            .await?;
        holds(&browser.words().await?, "补交法人证明文件")?;
        assert!(!browser.offers("materials-requested").await?, "told once");

        browser.open_step(demo, "偏岭66千伏", "选址意见书").await?;
        browser
            .act(
                "suspended",
                &[("ground", "expert-review"), ("note", "专家评审 10 日")],
            )
            .await?;
        holds(&browser.lamp().await?, "中止")?;
        assert!(
            !browser.offers("granted").await?,
            "no decision while suspended"
        );
        browser.act("resumed", &[]).await?;
        holds(&browser.lamp().await?, "正常")?;
        browser.act("extended", &[("days", "10")]).await?;
        assert!(!browser.offers("extended").await?, "extended once only");
        browser.act("granted", &[("note", "准予")]).await?;
        holds(&browser.lamp().await?, "按时办结")?;

        browser.log_in(demo, demo.login("供电公司")?).await?;
        browser.open_step(demo, "盘岭66千伏", "选址意见书").await?;
        browser.act("resubmitted", &[]).await?;
        holds(&browser.words().await?, "最迟受理或告知补正")
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_future_day_and_a_second_tab_are_refused_with_the_typing_kept() {
    journey(async |browser, demo| {
        browser
            .log_in(demo, demo.login("本溪市自然资源局")?)
            .await?;
        browser.open_step(demo, "盘岭66千伏", "选址意见书").await?;
        // The browser would not send a day after today: a hand that takes the bound away does.
        browser.form_of("accepted").await?;
        browser
            .driver
            .execute(
                "const day = document.querySelector('#on-accepted'); day.removeAttribute('max'); \
                 day.value = '2099-01-04';",
                Vec::new(),
            )
            .await?;
        browser
            .act("accepted", &[("note", "写了很久的说明")])
            .await?;
        let words = browser.words().await?;
        holds(&words, "2099年1月4日还没有到")?;
        let kept = browser
            .form_of("accepted")
            .await?
            .find(By::Css("[name='note']"))
            .await?;
        assert_eq!(kept.value().await?.as_deref(), Some("写了很久的说明"));

        browser.open_step(demo, "盘岭66千伏", "选址意见书").await?;
        let first = browser.driver.window().await?;
        let path = browser.path().await?;
        let second = browser.driver.new_tab().await?;
        browser.driver.switch_to_window(second).await?;
        browser.open(demo, &path).await?;
        browser.act("accepted", &[]).await?;
        browser.driver.switch_to_window(first).await?;
        browser
            .act("materials-requested", &[("others", "第二个窗口里写的话")])
            .await?;
        holds(&browser.words().await?, "第二个窗口里写的话")?;
        holds(&browser.words().await?, "材料")
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_government_office_sees_what_is_overdue_and_why() {
    journey(async |browser, demo| {
        browser.log_in(demo, demo.login("政府办")?).await?;
        let words = browser.words().await?;
        holds(&words, "本溪市自然资源局")?;
        holds(&words, "超法定时限")?;
        browser.open(demo, "/board?kind=overdue").await?;
        browser.follow(demo, "建设工程规划许可").await?;
        holds(&browser.lamp().await?, "超期")?;
        holds(&browser.words().await?, "民法典第201条")?;
        // It supervises, and enters nothing into the ledger.
        let others = "main form:not([action*='/supervision/'])";
        let forms = browser.driver.find_all(By::Css(others)).await?;
        assert!(forms.is_empty(), "the office records nothing");
        let supervises = "main form[action*='/supervision/']";
        let forms = browser.driver.find_all(By::Css(supervises)).await?;
        assert!(!forms.is_empty(), "the office supervises");
        Ok(())
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_adds_a_person_who_can_log_in() {
    journey(async |browser, demo| {
        browser.log_in(demo, demo.login("管理员")?).await?;
        browser.open(demo, "/people").await?;
        let fold = By::Css("main details:not([open]) > summary");
        browser.press(&browser.driver.find(fold).await?).await?;
        let form = browser
            .driver
            .find(By::Css("form[action='/people']"))
            .await?;
        for (name, value) in [
            ("login", "wanggong"),
            ("name", "王工"),
            ("password", "a-long-password"),
        ] {
            form.find(By::Css(format!("[name='{name}']")))
                .await?
                .send_keys(value)
                .await?;
        }
        let company = form
            .find(By::Css("[name='role'] option[value='company']"))
            .await;
        match company {
            Ok(option) => option.click().await?,
            Err(_) => {
                form.find(By::Css("[name='role'][value='company']"))
                    .await?
                    .click()
                    .await?
            }
        }
        let before = browser.driver.find(By::Tag("html")).await?;
        form.find(By::Css("button[type='submit']"))
            .await?
            .click()
            .await?;
        browser.gone(&before).await?;
        holds(&browser.words().await?, "wanggong")?;
        let login = browser::Login {
            name: "wanggong".to_owned(),
            password: "a-long-password".to_owned(),
            words: String::new(),
        };
        browser.log_in(demo, &login).await?;
        holds(&browser.words().await?, "新建项目")
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_route_follows_the_facts_as_they_are_typed() {
    journey(async |browser, demo| {
        browser.log_in(demo, demo.login("供电公司")?).await?;
        browser.open(demo, "/projects/new").await?;
        browser.type_into("voltage_kv", "10").await?;
        for css in [
            "[name='counties'][value='210504']",
            "[name='user_demand']",
            "[name='opens_city_road']",
        ] {
            let box_ = browser.driver.find(By::Css(css)).await?;
            browser.press(&box_).await?;
        }
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        loop {
            let words = browser.words().await?;
            if words.contains("施工蓝图确认") && words.contains("不再办理建设工程规划许可")
            {
                break;
            }
            if std::time::Instant::now() > until {
                return Err("the preview did not follow".into());
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        Ok(())
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_board_follows_what_somebody_else_does() {
    journey(async |browser, demo| {
        browser.log_in(demo, demo.login("政府办")?).await?;
        browser.open(demo, "/board?lamp=correcting").await?;
        let before = browser.driver.find(By::Css("main h1")).await?;
        let other = Browser::start().await?;
        let asked = async {
            let officer = demo.login("本溪市自然资源局")?;
            other.log_in(demo, officer).await?;
            other.open_step(demo, "盘岭66千伏", "选址意见书").await?;
            let fields = [("others", "补交法人证明文件")];
            other.act("materials-requested", &fields).await
        };
        let asked = asked.await;
        other.quit().await?;
        asked?;
        // Nobody touched this page.
        browser.gone(&before).await?;
        let words = browser.words().await?;
        holds(&words, "盘岭66千伏")?;
        holds(&words, "自动更新")
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_a_phone_names_its_fields_and_has_one_heading() {
    journey(async |browser, demo| {
        browser.log_in(demo, demo.login("供电公司")?).await?;
        let mut paths: Vec<String> = [
            "/",
            "/projects",
            "/projects/new",
            "/account",
            "/board",
            "/board?by=project&lamp=red",
            "/catalogue",
            "/calendar?year=2026",
            "/calendar?year=2027",
        ]
        .map(str::to_owned)
        .to_vec();
        browser.open(demo, "/projects").await?;
        paths.extend(browser.links("/projects/").await?.into_iter().take(4));
        browser.open(demo, "/").await?;
        paths.extend(browser.links("/filings/").await?.into_iter().take(4));
        let mut faults = Vec::new();
        for path in &paths {
            for width in [1280, 390] {
                browser.width(width).await?;
                browser.open(demo, path).await?;
                let overflow = browser.overflow().await?;
                if overflow > 0 {
                    faults.push(format!("{path} at {width} is {overflow} pixels too wide"));
                }
            }
            let script = "const bare = [...document.querySelectorAll(\
                'input:not([type=hidden]):not([aria-hidden]), select, textarea')].filter(f => !f.labels || \
                (f.labels.length === 0 && !f.getAttribute('aria-label'))).map(f => f.name); \
                return [document.documentElement.lang, \
                document.querySelectorAll('h1').length, bare.join(' '), \
                document.querySelectorAll('a[href=\"#main\"]').length]";
            let told = browser.driver.execute(script, Vec::new()).await?;
            let told = told.json().to_string();
            if told != r#"["zh-CN",1,"",1]"# {
                faults.push(format!(
                    "{path}: language, headings, bare fields, skip link: {told}"
                ));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join("\n").into())
        }
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_accepted_with_the_keyboard_alone() {
    journey(async |browser, demo| {
        browser
            .log_in(demo, demo.login("本溪市自然资源局")?)
            .await?;
        browser.open_step(demo, "盘岭66千伏", "选址意见书").await?;
        for _ in 0..60 {
            let focused = browser.driver.active_element().await?;
            let words = focused.text().await.unwrap_or_default();
            if focused.tag_name().await? == "button" && words == "受理" {
                let before = browser.driver.find(By::Tag("html")).await?;
                focused.send_keys(Key::Enter).await?;
                browser.gone(&before).await?;
                return holds(&browser.lamp().await?, "正常");
            }
            focused.send_keys(Key::Tab).await?;
        }
        Err("the button cannot be reached by the Tab key".into())
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
}

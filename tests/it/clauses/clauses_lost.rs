//! 第2、5、8、10、11、12条: 公报缺文. 目录标明原文缺失, 没有任何由它们推出的内容.

use grid_approvals::statute::plan::Plan;
use serde_json::Value;

use crate::app::TestApp;
use crate::who::Who;

/// Every text that stands under `key` anywhere in `value`.
fn all_under<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                if name == key {
                    found.extend(inner.as_str());
                }
                all_under(inner, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|one| all_under(one, key, found)),
        _ => {}
    }
}

/// Whether a citation rests on that clause of the plan: 方案第2条, 方案第1条、第2条.
fn rests_on(cite: &str, number: u32) -> bool {
    cite.contains("方案") && cite.contains(&format!("第{number}条"))
}

/// The part of the catalogue's page that a clause has to itself.
fn block(page: &str, number: u32) -> &str {
    let mark = format!("id=\"clause-{number}\"");
    let (_, after) = page.split_once(&mark).expect("the clause is on the page");
    after
        .split("class=\"clause-block\"")
        .next()
        .unwrap_or(after)
}

async fn is_lost_and_nothing_stands_in_its_place(number: u32) {
    let plan = Plan::built_in();
    let clause = plan.clauses.iter().find(|clause| clause.number == number);
    let clause = clause.expect("the clause has its entry");
    assert_eq!(clause.text, None);
    assert_eq!(clause.responsible, Vec::<String>::new());

    // No step is its own; no limit, material, ban, fee, wait, exemption or risk cites it.
    let own = plan.steps.iter().filter(|step| step.clause == number);
    assert_eq!(own.count(), 0);
    let whole = serde_json::to_value(plan).expect("a plan is data");
    let mut cites = Vec::new();
    all_under(&whole, "cite", &mut cites);
    assert!(cites.len() > 50, "only {} citations walked", cites.len());
    assert!(cites.iter().any(|cite| rests_on(cite, 1)));
    let resting: Vec<_> = cites.iter().filter(|cite| rests_on(cite, number)).collect();
    assert!(resting.is_empty(), "clause {number} is lost: {resting:?}");
    // Nor do the notes and reasons that people read.
    for key in ["note", "reason", "applies_reason", "text", "instead"] {
        let mut words = Vec::new();
        all_under(&whole, key, &mut words);
        let mark = format!("方案第{number}条");
        let resting: Vec<_> = words.iter().filter(|text| text.contains(&mark)).collect();
        assert!(resting.is_empty(), "{key} of the catalogue: {resting:?}");
    }

    let app = TestApp::start().await;
    for who in [Who::Company, Who::GovernmentOffice] {
        let page = app.login(who).await.get("/catalogue").await.is(200);
        let block = block(&page.body, number);
        assert!(block.contains("原文缺失"), "{block}");
        for invented in ["<blockquote", "<article", "责任单位", "工作日"] {
            assert!(!block.contains(invented), "{invented} in {block}");
        }
    }
    // What survives beside it is shown.
    let page = app.login(Who::Company).await.get("/catalogue").await;
    let kept = block(&page.body, 1);
    assert!(kept.contains("<blockquote") && !kept.contains("原文缺失"));
}

macro_rules! lost {
    ($($name:ident: $number:literal,)+) => {$(
        #[rocket::async_test]
        async fn $name() {
            is_lost_and_nothing_stands_in_its_place($number).await;
        }
    )+};
}

lost! {
    clause_02_is_lost_and_nothing_is_invented: 2,
    clause_05_is_lost_and_nothing_is_invented: 5,
    clause_08_is_lost_and_nothing_is_invented: 8,
    clause_10_is_lost_and_nothing_is_invented: 10,
    clause_11_is_lost_and_nothing_is_invented: 11,
    clause_12_is_lost_and_nothing_is_invented: 12,
}

#[test]
fn a_citation_rests_on_the_clauses_that_it_names_and_on_no_others() {
    assert!(rests_on("方案第1条、第3条", 3));
    assert!(!rests_on("方案第13条", 3));
    assert!(!rests_on("方案第1条、第3条", 2));
    assert!(!rests_on("行政许可法第42条", 42));
}

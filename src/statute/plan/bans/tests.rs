use proptest::prelude::*;

use super::*;
use crate::statute::plan::{BanKind, Plan};

fn step(id: &str) -> &'static Step {
    Plan::built_in().step(id).expect("a step of the plan")
}

fn ids(bans: Vec<&Ban>) -> Vec<&str> {
    bans.into_iter().map(|ban| ban.id.as_str()).collect()
}

fn said(id: &str, words: &str) -> Vec<&'static str> {
    ids(bans_in_words(step(id), &ProjectFacts::default(), words))
}

#[test]
fn clause_7_names_are_found_in_items_and_words_by_their_usual_other_names_too() {
    for (words, ban) in [
        ("修建性详细规划", "detailed-plan"),
        ("请补修详规一套", "detailed-plan"),
        ("日照分析报告", "sunlight-report"),
        ("日照分析图", "sunlight-report"),
        ("项目鸟瞰图(彩色)", "birds-eye-view"),
        ("建筑单体效果图", "single-building-rendering"),
        ("單體效果圖", "single-building-rendering"),
        ("鳥瞰圖", "birds-eye-view"),
        ("《鸟 瞰 图》", "birds-eye-view"),
        ("鸟、瞰。图", "birds-eye-view"),
        ("鸟\u{200b}瞰\u{3000}图", "birds-eye-view"),
        ("鸟\u{3164}瞰ー图", "birds-eye-view"),
        ("因未提供鸟瞰图，不予受理", "birds-eye-view"),
    ] {
        assert_eq!(said("planning-permit", words), [ban], "{words}");
        let facts = ProjectFacts::default();
        let item = ids(bans_in_item(step("planning-permit"), &facts, words));
        assert_eq!(item, [ban], "{words}");
    }
}

#[test]
fn clause_13_names_of_the_report_and_the_fees_are_found() {
    for (words, ban) in [
        ("《安全质量评价报告》", "safety-report"),
        ("涉路工程安全评价报告", "safety-report"),
        ("公路跨越费", "crossing-fee"),
        ("道路接（开）口费", "junction-fee"),
        ("道路开口费5000元", "junction-fee"),
        ("接口費", "junction-fee"),
    ] {
        assert_eq!(said("road-crossing", words), [ban], "{words}");
    }
    assert_eq!(said("road-excavation", "道路开口费"), ["junction-fee"]);
}

#[test]
fn what_is_not_banned_is_not_taken_for_it() {
    for (id, words) in [
        ("planning-permit", "控制性详细规划图则"),
        ("planning-permit", "总平面图、建设工程设计方案"),
        ("planning-permit", "请在图上标明日照间距"),
        ("planning-permit", "加快办理，尽早回复"),
        // 公路安全保护条例 第28条第二项 by its own name: the risk notice speaks of it.
        ("road-crossing", "保障公路质量和安全的技术评价报告"),
        ("road-excavation", "城市道路挖掘修复费"),
        ("site-selection", "鸟瞰图"),
    ] {
        assert_eq!(said(id, words), Vec::<&str>::new(), "{words}");
    }
}

#[test]
fn clause_7_lets_a_sunlight_report_be_asked_for_only_where_neighbours_are_shaded() {
    let shading = ProjectFacts {
        shades_neighbours: true,
        ..ProjectFacts::default()
    };
    let permit = step("planning-permit");
    let words = "请补交日照分析报告和鸟瞰图";
    assert_eq!(
        ids(bans_in_words(permit, &shading, words)),
        ["birds-eye-view"]
    );
    assert_eq!(
        said("planning-permit", words),
        ["sunlight-report", "birds-eye-view"]
    );
}

#[test]
fn a_mention_that_says_it_is_not_needed_is_let_through() {
    for (id, words) in [
        ("planning-permit", "不需要提供鸟瞰图"),
        ("planning-permit", "材料收悉。无需另行提供《鸟瞰图》。"),
        ("planning-permit", "無須提交鳥瞰圖"),
        (
            "planning-permit",
            "不再要求企业提供修建性详细规划、鸟瞰图和单体效果图",
        ),
        ("planning-permit", "无需提供鸟瞰图，请补交总平面图"),
        ("planning-permit", "无需提供鸟瞰图和总平面图"),
        (
            "planning-permit",
            "修建性详细规划、日照分析报告、鸟瞰图均不需要提供",
        ),
        ("planning-permit", "鸟瞰图：无需提供；总平面图：请盖章"),
        ("planning-permit", "鸟瞰图已取消"),
        ("planning-permit", "鸟瞰图可不提供"),
        ("planning-permit", "不得要求提供鸟瞰图"),
        ("planning-permit", "本项目不需要鸟瞰图了"),
        ("road-crossing", "不再收取跨越费"),
        ("road-crossing", "跨越费、接口费一律免收"),
        ("road-crossing", "跨越费不收取"),
    ] {
        assert_eq!(said(id, words), Vec::<&str>::new(), "{words}");
    }
    for number in [7, 13] {
        let clause = Plan::built_in().clauses.iter().find(|c| c.number == number);
        let text = clause.and_then(|c| c.text.as_deref()).expect("its text");
        let id = if number == 7 {
            "planning-permit"
        } else {
            "road-crossing"
        };
        assert_eq!(said(id, text), Vec::<&str>::new(), "the clause itself");
    }
}

#[test]
fn a_denial_that_is_denied_or_belongs_to_something_else_does_not_let_a_request_through() {
    for words in [
        "不得不提供鸟瞰图",
        "并非无需提供鸟瞰图",
        "不能免交鸟瞰图",
        "不再免交鸟瞰图",
        "不可不提供鸟瞰图",
        "鸟瞰图不可不提供",
        "鸟瞰图不得缺少",
        "不得缺少鸟瞰图",
        "不提供鸟瞰图的不予受理",
        "没有鸟瞰图不予受理",
        "请补交鸟瞰图，不需要总平面图",
        "请补交鸟瞰图不需要总平面图",
        "总平面图不需要，鸟瞰图需要",
        "不需要，鸟瞰图请补交",
        "除鸟瞰图外均不需要提供",
        "无需提供鸟瞰图电子版",
        "不得以无需提供鸟瞰图为由拒绝补交",
        "请不要忘记提供鸟瞰图",
        "无需提供总平面图。请提供鸟瞰图",
        "不需要提供鸟瞰图，但另一份鸟瞰图要补",
    ] {
        assert_eq!(
            said("planning-permit", words),
            ["birds-eye-view"],
            "{words}"
        );
    }
}

#[test]
fn an_item_is_a_request_whatever_it_says() {
    let facts = ProjectFacts::default();
    let item = bans_in_item(step("planning-permit"), &facts, "不需要提供的鸟瞰图");
    assert_eq!(ids(item), ["birds-eye-view"]);
}

#[test]
fn every_ban_says_what_is_open_instead_and_bans_nothing_that_its_step_asks_for() {
    for step in &Plan::built_in().steps {
        for ban in &step.bans {
            assert!(ban.instead.is_some(), "{} {}", step.id, ban.id);
        }
        for material in &step.materials {
            for shades_neighbours in [false, true] {
                let facts = ProjectFacts {
                    shades_neighbours,
                    new_land: true,
                    ..ProjectFacts::default()
                };
                if material.when.holds(&facts) {
                    let found = bans_in_item(step, &facts, &material.name);
                    assert!(found.is_empty(), "{} {}", step.id, material.id);
                }
            }
        }
    }
}

/// What an officer may put between the characters of a name.
const BETWEEN: &[&str] = &[
    " ", "\u{3000}", "\t", "\n", "，", "。", "、", "·", "-", "—", "_", "*", ".", ",", "/", "|",
    "（", "）", "(", ")", "《", "》", "“", "”", "【", "】", "〈", "〉", "…", "\u{200b}",
    "\u{200d}", "\u{feff}", "\u{ad}", "\u{301}", "＿", "～", "①", "★", "🙂", "\u{3164}", "ー",
];

/// Every name of every ban, with its step.
fn every_name() -> Vec<(&'static Step, &'static Ban, &'static str)> {
    let steps = Plan::built_in().steps.iter();
    steps
        .flat_map(|step| step.bans.iter().map(move |ban| (step, ban)))
        .flat_map(|(step, ban)| {
            let names = std::iter::once(&ban.name).chain(&ban.aliases);
            names.map(move |name| (step, ban, name.as_str()))
        })
        .collect()
}

proptest! {
    #[test]
    fn no_blanks_or_punctuation_hide_a_banned_name(
        at in 0..every_name().len(),
        gaps in proptest::collection::vec(
            proptest::collection::vec(0..BETWEEN.len(), 0..3), 16..17),
        opening in "[请补充材料:一。，、 ]{0,12}",
        closing in "[一份原件盖章。，、 ]{0,12}",
        wide: bool,
    ) {
        let (step, ban, name) = every_name()[at];
        let mut text = opening;
        for (c, gap) in name.chars().zip(gaps.iter().cycle()) {
            match c {
                '(' if wide => text.push('（'),
                ')' if wide => text.push('）'),
                other => text.push(other),
            }
            for one in gap {
                text.push_str(BETWEEN[*one]);
            }
        }
        text.push_str(&closing);
        let facts = ProjectFacts::default();
        prop_assert!(bans_in_item(step, &facts, &text).contains(&ban), "{text:?}");
        prop_assert!(bans_in_words(step, &facts, &text).contains(&ban), "{text:?}");
    }

    #[test]
    fn a_plain_denial_is_let_through_for_every_name_however_it_is_bracketed(
        at in 0..every_name().len(),
        open in 0..3_usize,
    ) {
        let (step, ban, name) = every_name()[at];
        let (open, close) = [("", ""), ("《", "》"), ("“", "”")][open];
        let verb = match ban.kind {
            BanKind::Material => "提供",
            BanKind::Fee => "收取",
        };
        let facts = ProjectFacts::default();
        for words in [
            format!("不再{verb}{open}{name}{close}。"),
            format!("{open}{name}{close}无需{verb}"),
        ] {
            prop_assert!(bans_in_words(step, &facts, &words).is_empty(), "{words}");
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text: String) {
        let facts = ProjectFacts::default();
        for step in &Plan::built_in().steps {
            let words = bans_in_words(step, &facts, &text);
            let item = bans_in_item(step, &facts, &text);
            prop_assert!(words.iter().all(|ban| item.contains(ban)));
        }
    }
}

//! Difficulties: the list, one of them, the page where one is raised, what a house owes.

use super::{every_post_form_has_a_token, read_page, samples, shell, view};
use crate::office::coordination::Standing;
use crate::office::model::Page;
use crate::office::model::coordination::{
    ActLine, DecisionLine, DecisionOwed, MatterLine, MatterPage, Matters, MattersHere,
    MattersQuery, MeetingLine, RaisePage,
};
use crate::office::{
    Closed, DecisionId, DecisionStep, DifficultyId, FilingId, MeetingId, ProjectId,
};
use crate::statute::calendar::date;
use crate::statute::coordination::{acting_office, source};
use crate::view::form::{JointForm, Retyped, Trouble};

fn line(id: i64) -> MatterLine {
    MatterLine {
        id: DifficultyId(id),
        title: "塔基占用林地权属争议<甲村>".to_owned(),
        project: ProjectId(1),
        project_name: "桥北220千伏输变电工程".to_owned(),
        raised_on: date(2026, 11, 3),
        person_name: "王海".to_owned(),
        closed: None,
        decisions: 5,
        confirmed: 1,
        overdue: 1,
    }
}

fn closed(resolved: bool) -> Closed {
    Closed {
        resolved,
        on: date(2026, 11, 20),
        words: "权属已明".to_owned(),
        by_name: "赵立".to_owned(),
    }
}

fn decision(id: i64, standing: Standing) -> DecisionLine {
    DecisionLine {
        id: DecisionId(id),
        meeting_on: date(2026, 11, 10),
        words: "核实界址并出具意见".to_owned(),
        owner: "本溪市林业和草原局".to_owned(),
        due_on: date(2026, 11, 20),
        standing,
        acts: vec![ActLine {
            step: DecisionStep::Returned,
            on: date(2026, 11, 19),
            words: "缺界址图".to_owned(),
            person_name: "赵立".to_owned(),
        }],
        may_report: id == 1,
        may_judge: id == 2,
    }
}

fn page() -> MatterPage {
    let meeting = |id, on, minutes: Option<&str>| MeetingLine {
        id: MeetingId(id),
        on,
        place: "市政府三楼会议室".to_owned(),
        called: vec!["本溪市林业和草原局".to_owned(), "市水务局".to_owned()],
        person_name: "赵立".to_owned(),
        minutes: minutes.map(|words| (words.to_owned(), "赵立".to_owned())),
        may_minute: id == 2,
        may_decide: id == 2,
    };
    MatterPage {
        line: line(7),
        words: "两村都主张权属。\n踏勘不能进行。".to_owned(),
        raiser: Some("本溪市自然资源局".to_owned()),
        step: Some((FilingId(101), "林业组卷".to_owned())),
        needs: vec!["本溪市林业和草原局".to_owned()],
        sees_project: true,
        meetings: vec![
            meeting(1, date(2026, 11, 10), Some("议定五项")),
            meeting(2, date(2026, 11, 23), None),
            meeting(3, date(2026, 11, 30), None),
        ],
        decisions: vec![
            decision(1, Standing::Overdue(3)),
            decision(2, Standing::Reported(1)),
            decision(3, Standing::Confirmed(0)),
            decision(4, Standing::Open(0)),
            decision(5, Standing::Open(9)),
        ],
        bureaus: samples::bureaus(),
        may_coordinate: true,
        may_resolve: false,
        source: source(),
        acting: acting_office(),
    }
}

#[test]
fn the_list_says_what_is_late_and_keeps_its_state_in_every_link() {
    let actor = samples::watcher();
    let met = MatterLine {
        decisions: 0,
        overdue: 0,
        ..line(8)
    };
    let found = Matters {
        page: samples::page_of(vec![line(9), met]),
        open: 71,
        closed: 4,
    };
    let query = MattersQuery {
        closed: false,
        after: Some(DifficultyId(99)),
    };
    let html = view()
        .matters(&shell(&actor), query, &found)
        .expect("renders");
    read_page(
        "coordination",
        &html,
        &[
            "塔基占用林地权属争议&lt;甲村&gt;",
            "■ 逾期1项",
            "○ 待会商",
            "完成 1/5",
            "办理中 71",
            "已办结 4",
            "推定",
            "/coordination?state=open&amp;after=2026-10-28.77",
        ],
    );
    let ended = [true, false].map(|resolved| MatterLine {
        closed: Some(closed(resolved)),
        overdue: 0,
        ..line(3)
    });
    let found = Matters {
        page: Page {
            rows: ended.to_vec(),
            total: 2,
            next: None,
        },
        open: 0,
        closed: 2,
    };
    let query = MattersQuery {
        closed: true,
        after: None,
    };
    let html = view()
        .matters(&shell(&actor), query, &found)
        .expect("renders");
    let shown = ["✓ 已解决", "— 其他原因办结"];
    read_page("coordination-closed", &html, &shown);
}

#[test]
fn a_difficulty_shows_meetings_decisions_and_only_the_forms_that_are_open() {
    let actor = samples::watcher();
    let html = view()
        .matter(&shell(&actor), &page(), None)
        .expect("renders");
    read_page(
        "difficulty",
        &html,
        &[
            "■ 逾期3天",
            "◐ 逾期1天报告完成，待确认",
            "✓ 已确认完成",
            "▲ 今天到期",
            "○ 还有9天",
            "市水务局",
            "✓ 已有纪要",
            "◐ 纪要待登记",
            "○ 将召开",
            "退回：缺界址图",
            "（本溪市自然资源局）",
            "/filings/101",
            "/coordination/7/report/1#",
            "/coordination/7/confirm/2#",
            "/coordination/7/return/2#",
            "/coordination/7/decide/2#",
            "name=\"body-water\"",
            "name=\"bureau-2\"",
            "其他原因",
        ],
    );
    assert!(
        !html.contains("value=\"resolved\""),
        "not with open decisions"
    );
    assert!(!html.contains("/report/2#") && !html.contains("/decide/1#"));
    every_post_form_has_a_token("difficulty", &html);
    let brought_in = MatterPage {
        sees_project: false,
        may_coordinate: false,
        ..page()
    };
    let html = view()
        .matter(&shell(&actor), &brought_in, None)
        .expect("renders");
    read_page("difficulty-brought-in", &html, &["桥北220千伏输变电工程"]);
    assert!(!html.contains("href=\"/projects/1\"") && !html.contains("/filings/101"));
    assert!(!html.contains("召集会商</summary>"));
}

#[test]
fn a_refused_form_is_open_with_what_was_typed_and_ticked() {
    let actor = samples::watcher();
    let typed = [
        ("on", "2026-11-01"),
        ("place", "会议室"),
        ("bureau-2", "yes"),
    ];
    let refused = Retyped {
        form: "meeting-call".to_owned(),
        values: typed
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        trouble: Trouble {
            title: "未记录".to_owned(),
            detail: "会商日期应不早于提出日期。".to_owned(),
            rule: None,
        },
    };
    let html = view()
        .matter(&shell(&actor), &page(), Some(&refused))
        .expect("renders");
    read_page(
        "difficulty-refused",
        &html,
        &[
            "会商日期应不早于提出日期。",
            "id=\"meeting-call\" open",
            "name=\"bureau-2\" value=\"yes\" checked",
            "value=\"2026-11-01\"",
        ],
    );
    let gone = Retyped {
        form: "closing-new".to_owned(),
        ..refused
    };
    let ended = MatterPage {
        may_coordinate: false,
        ..page()
    };
    let html = view()
        .matter(&shell(&actor), &ended, Some(&gone))
        .expect("renders");
    read_page(
        "difficulty-too-late",
        &html,
        &["会商日期应不早于提出日期。"],
    );
}

#[test]
fn a_difficulty_is_raised_with_the_step_and_the_bureaus_that_it_needs() {
    let actor = samples::company();
    let here = MattersHere {
        lines: vec![line(7)],
        total: 1,
        may_raise: true,
    };
    let raise = RaisePage {
        project: ProjectId(1),
        project_name: "桥北220千伏输变电工程".to_owned(),
        steps: vec![(FilingId(101), "林业组卷".to_owned())],
        bureaus: samples::bureaus(),
        here: here.clone(),
    };
    let html = view().raise(&shell(&actor), &raise, None).expect("renders");
    read_page(
        "raise",
        &html,
        &[
            "/projects/1/coordination#raise-difficulty",
            "<option value=\"101\">林业组卷</option>",
            "name=\"bureau-4\"",
            "/coordination/7",
        ],
    );
    every_post_form_has_a_token("raise", &html);
    let mut project = samples::project_page();
    project.matters = here;
    let html = view()
        .project(&shell(&actor), &project, &JointForm::default())
        .expect("renders");
    let shown = ["协调事项", "/coordination/7", "/projects/1/coordination"];
    read_page("project-matters", &html, &shown);
}

#[test]
fn both_homes_say_what_is_owed_and_what_of_it_is_late() {
    let owed = DecisionOwed {
        difficulty: DifficultyId(7),
        title: "林地权属争议".to_owned(),
        project_name: "桥北220千伏输变电工程".to_owned(),
        words: "核实界址".to_owned(),
        due_on: date(2026, 11, 20),
        standing: Standing::Overdue(3),
    };
    let shown = ["/coordination/7#decisions", "■ 逾期3天", "核实界址"];
    let mut company = samples::company_home();
    company.decisions_owed = vec![owed.clone()];
    let actor = samples::company();
    let html = view()
        .company_home(&shell(&actor), &company)
        .expect("renders");
    read_page("home-company-owes", &html, &shown);
    let mut bureau = samples::bureau_home();
    bureau.decisions_owed = vec![owed];
    let actor = samples::officer();
    let html = view()
        .bureau_home(&shell(&actor), &bureau)
        .expect("renders");
    read_page("home-bureau-owes", &html, &shown);
}

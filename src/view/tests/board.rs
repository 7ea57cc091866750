//! The board: every number leads to its list, and what is chosen stays chosen.

use super::{read_page, samples, shell, view};
use crate::office::model::{BoardLamp, Dimension};
use crate::office::{BoardQuery, BureauId, Version};

#[test]
fn the_board_keeps_what_is_chosen_in_its_links() {
    let actor = samples::watcher();
    let mut query = BoardQuery {
        lamp: Some(BoardLamp::Red),
        ..BoardQuery::default()
    };
    query.filter.bureau = Some(BureauId(1));
    let mut shell = shell(&actor);
    shell.live = Some(Version {
        day: samples::today(),
        changes: 4711,
    });
    let board = samples::board(Dimension::Bureau);
    let html = view().board(&shell, &query, &board).expect("renders");
    read_page(
        "board",
        &html,
        &[
            "<h1 data-live-summary=\"超期40项，临期16项",
            "data-live=\"/live\" data-version=\"2026-11-23.4711\"",
            "/static/js/live.js?v=",
            "<option value=\"1\" selected>本溪市自然资源局（76）</option>",
            "<option value=\"red\" selected>超期（40）</option>",
            "/board?lamp=red&amp;bureau=1&amp;after=1%3A2026-10-28%3A77",
            "/board?lamp=yellow&amp;bureau=1#list",
            "/board?by=project&amp;lamp=red&amp;bureau=1",
            "aria-label=\"去掉条件：本溪市自然资源局\"",
            "清单：超期<span class=\"n-of\">71</span>",
            "打开最急的一项",
            "共 71 项",
            "■ 超期",
            "▲ 临期",
            "● 正常",
            "‖ 暂停",
            "○ 等待",
            "∞ 无时限",
            "fill=\"url(#part-law)\"",
            "<title>超法定时限8项</title>",
        ],
    );
    // Old addresses go on working, and none is made any more.
    assert!(!html.contains("kind="));
}

#[test]
fn the_board_is_broken_down_by_every_dimension() {
    let actor = samples::watcher();
    for (by, holds) in [
        (Dimension::County, "市级"),
        (Dimension::Step, "建设工程规划许可"),
        (Dimension::Company, "系统没有另外登记建设单位名称"),
        (Dimension::Project, "groups=3%3A0%3A1%3A0%3A9%3A12"),
    ] {
        let mut query = BoardQuery {
            by,
            ..BoardQuery::default()
        };
        query.filter.project = Some(samples::some_project());
        let board = samples::board(by);
        let html = view().board(&shell(&actor), &query, &board);
        let name = format!("board-{}", by.code());
        let html = html.expect("renders");
        let carried = format!("name=\"by\" value=\"{}\"", by.code());
        read_page(&name, &html, &[holds, &carried, "所选项目 ✕"]);
        // A page that nobody keeps up to date says nothing of it.
        assert!(!html.contains("data-live=") && !html.contains("live.js"));
    }
}

#[test]
fn an_empty_board_says_so_and_presses_nobody() {
    let actor = samples::officer();
    let query = BoardQuery::default();
    let board = samples::empty_board();
    let html = view()
        .board(&shell(&actor), &query, &board)
        .expect("renders");
    let holds = [
        "没有在办的事项。",
        "没有这样的事项。",
        "只含本部门承办的事项",
        "没有在办事项",
    ];
    read_page("board-empty", &html, &holds);
    assert!(!html.contains("最急"));
}

//! Catalogue, calendar.

use super::{read_page, samples, shell, view};
use crate::office::model::notices::YearNotices;
use crate::statute::calendar::Calendar;
use crate::statute::plan::Plan;

#[test]
fn the_catalogue_shows_all_clauses_and_says_which_are_lost() {
    let actor = samples::watcher();
    let html = view()
        .catalogue(&shell(&actor), Plan::built_in())
        .expect("renders");
    read_page(
        "catalogue",
        &html,
        &[
            "缺第 2、5、8、10、11、12 条",
            "7个工作日内下发项目用地预审意见",
            "方案和法律都没有规定",
            "不得索要",
            "安全质量评价报告",
            "推定",
            "不涉及周边遮挡时",
            "至多10个工作日",
        ],
    );
    assert_eq!(html.matches("class=\"clause-block\"").count(), 15);
    assert_eq!(html.matches(">原文缺失<").count(), 6);
}

#[test]
fn the_calendar_marks_days_by_words_and_unpublished_years_as_provisional() {
    let actor = samples::officer();
    let html = view()
        .calendar(
            &shell(&actor),
            (Calendar::official(), 2026),
            &YearNotices::default(),
        )
        .expect("renders");
    read_page(
        "calendar",
        &html,
        &[
            "2026年工作日历",
            "cell-makeup\" title=\"国庆节：调休上班\"",
            "<i>休</i>",
            "https://www.gov.cn/zhengce/",
            "cell-today",
        ],
    );
    assert_eq!(html.matches("class=\"month\"").count(), 12);
    assert!(!html.contains("落在这一年的到期日都是暂定的"));
    let html = view()
        .calendar(
            &shell(&actor),
            (Calendar::official(), 2027),
            &YearNotices::default(),
        )
        .expect("renders");
    read_page(
        "calendar-provisional",
        &html,
        &["尚未公布2027年放假安排", "暂定", "放假办法"],
    );
    let html = view()
        .calendar(
            &shell(&actor),
            (Calendar::official(), 2035),
            &YearNotices::default(),
        )
        .expect("renders");
    read_page("calendar-unknown", &html, &["没有2035年的放假安排"]);
}

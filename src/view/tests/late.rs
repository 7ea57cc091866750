//! The list of entries that were typed late.

use super::{read_page, samples, shell, view};
use crate::office::model::Page;
use crate::office::model::home::BoardCount;
use crate::office::model::late::{LateEntries, LateLine, LateQuery, Month};
use crate::office::{BureauId, FilingId, ProjectId};
use crate::statute::calendar::date;
use crate::statute::division::County;

fn line(filing: i64, county: Option<County>, days: u32) -> LateLine {
    let on = date(2026, 11, 3);
    LateLine {
        filing: FilingId(filing),
        kind: "accepted".to_owned(),
        on,
        recorded_on: on + chrono::Days::new(u64::from(days)),
        days,
        actor_name: "李敏".to_owned(),
        step_name: "县(区)用地初审".to_owned(),
        county,
        project: ProjectId(1),
        project_name: "桥北220千伏输变电工程".to_owned(),
        bureau_name: "本溪满族自治县自然资源局".to_owned(),
    }
}

#[test]
fn the_late_entries_say_how_late_and_keep_their_filter_in_every_link() {
    let actor = samples::watcher();
    let found = LateEntries {
        page: samples::page_of(vec![
            line(101, Some(County::BenxiCounty), 5),
            line(7, None, 2),
        ]),
        by_bureau: samples::bureaus()
            .into_iter()
            .zip([60, 11])
            .map(|(bureau, steps)| BoardCount { bureau, steps })
            .collect(),
        own: false,
    };
    let query = LateQuery {
        bureau: Some(BureauId(2)),
        month: Month::read("2024-11"),
        after: Some("2026-11-28:9:1".to_owned()),
    };
    let html = view()
        .late_entries(&shell(&actor), &query, &found)
        .expect("renders");
    read_page(
        "late-entries",
        &html,
        &[
            "晚5天",
            "/filings/101#history-title",
            "受理",
            "2026-11-08",
            "<option value=\"2\" selected>本溪市林业和草原局（11）</option>",
            "<option value=\"2024-11\" selected>2024年11月</option>",
            "/late-entries?bureau=1&amp;month=2024-11",
            "/late-entries?bureau=2&amp;month=2024-11&amp;after=2026-10-28.77",
            "共 71 项",
        ],
    );
}

#[test]
fn an_officer_is_told_that_nothing_was_typed_late() {
    let actor = samples::officer();
    let none = LateEntries {
        page: Page {
            rows: Vec::new(),
            total: 0,
            next: None,
        },
        by_bureau: Vec::new(),
        own: true,
    };
    let html = view()
        .late_entries(&shell(&actor), &LateQuery::default(), &none)
        .expect("renders");
    read_page("late-entries-none", &html, &["没有补录的记录", "本部门"]);
    assert!(!html.contains("name=\"bureau\""));
}

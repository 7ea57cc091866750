use super::*;
use crate::statute::calendar::{Calendar, date};
use crate::statute::plan::Plan;

#[test]
fn the_same_seed_tells_the_same_history() {
    let tell = |seed| {
        let mut random = Random::new(seed);
        let facts = history::facts(&mut random);
        let plan = Plan::built_in();
        let (from, to) = (date(2025, 3, 3), date(2026, 11, 23));
        let happened = history::history(plan, &facts, from, to, Calendar::official(), &mut random);
        format!("{facts:?}{happened:?}")
    };
    assert_eq!(tell(1), tell(1));
    assert_ne!(tell(1), tell(2));
}

/// The bulk path refuses what the rules refuse, so that it runs at all is the proof.
#[tokio::test(flavor = "multi_thread")]
async fn every_made_up_history_passes_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        config: None,
        database: Some(format!(
            "sqlite://{}/seed.sqlite?mode=rwc",
            folder.path().display()
        )),
    };
    let mut out = Vec::new();
    let done = tokio::task::spawn_blocking(move || {
        run(&settings, 60, 3, &mut out).map(|well| (well, String::from_utf8(out).unwrap()))
    })
    .await
    .unwrap();
    let (well, said) = done.expect("the rules allow all of it");
    assert!(well);
    assert!(said.contains("台账与记录不一致 0 处"), "{said}");
    assert!(said.contains("login: zhengfuban"), "{said}");
}

use super::super::testing::{World, at, notice_2027, on, on_new_land};
use super::*;
use crate::office::Role;
use crate::statute::calendar::date;
use crate::statute::clock::{EventKind, Lamp};
use crate::statute::division::County;
use crate::statute::whatif::Effect;

fn faults(result: Result<NoticePreview, OfficeError>) -> Vec<(&'static str, String)> {
    match result {
        Err(OfficeError::Invalid(faults)) => {
            faults.into_iter().map(|f| (f.field, f.message)).collect()
        }
        other => panic!("expected faults, got {other:?}"),
    }
}

fn rule(result: Result<Rechecked, OfficeError>) -> &'static str {
    match result {
        Err(OfficeError::Rule(rule)) => rule.rule,
        other => panic!("expected a rule, got {other:?}"),
    }
}

fn confirmed(office: &Office, notice: EnterNotice) -> ConfirmNotice {
    ConfirmNotice {
        notice,
        seen: office.calendar().version().to_owned(),
        correct: false,
        reason: String::new(),
    }
}

#[tokio::test]
async fn nothing_is_entered_without_a_source() {
    let world = World::new().await;
    let bare = EnterNotice {
        number: " ".to_owned(),
        published_on: None,
        url: "gov.cn".to_owned(),
        ..notice_2027()
    };
    let told = world
        .office
        .preview_notice(&world.administrator, &bare, 1, at(12, 1))
        .await;
    let fields: Vec<_> = faults(told).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["number", "published_on", "url"]);
    let early = EnterNotice {
        published_on: Some(on(12, 2)),
        ..notice_2027()
    };
    let told = world
        .office
        .preview_notice(&world.administrator, &early, 1, at(12, 1))
        .await;
    assert_eq!(faults(told).len(), 1);
    let wrong = EnterNotice {
        text: notice_2027().text.replace("共7天", "共6天"),
        ..notice_2027()
    };
    let told = faults(
        world
            .office
            .preview_notice(&world.administrator, &wrong, 1, at(12, 1))
            .await,
    );
    assert!(told[0].1.starts_with("第2行"), "{told:?}");
    assert_eq!(told.len(), 2);
    assert_eq!(world.office.store.reader().calendar_version().await, Ok(0));
}

#[tokio::test]
async fn only_the_government_office_and_the_administrator_enter_a_notice() {
    let world = World::new().await;
    for actor in [
        world.company.clone(),
        world.hire("mayor", Role::DeputyMayor).await,
    ] {
        let wish = confirmed(&world.office, notice_2027());
        let refused = world.office.enter_notice(&actor, &wish, at(12, 1)).await;
        assert!(
            matches!(refused, Err(OfficeError::Forbidden(_))),
            "{refused:?}"
        );
        let form = world.office.notice_form(&actor, None, at(12, 1));
        assert!(matches!(form, Err(OfficeError::Forbidden(_))));
    }
}

#[tokio::test]
async fn a_deadline_that_turns_red_under_the_notice_is_shown_before_it_is_stored() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    world
        .go(
            &site,
            &[
                (EventKind::Submitted, (12, 24)),
                (EventKind::Accepted, (12, 25)),
            ],
        )
        .await;
    let before = world.filing(project, "site-selection").await.turning;
    let due = before.due_on.expect("a due date");
    // A notice that works a Saturday and a Sunday before the due date brings it forward.
    let sooner = EnterNotice {
        text: notice_2027().text.replace(
            "1月1日（周五）至3日（周日）放假，共3天。",
            "1月1日（周五）放假1天，不调休。1月2日（周六）、1月3日（周日）上班。",
        ),
        ..notice_2027()
    };
    let today = Moment {
        today: due,
        now: due.and_hms_opt(1, 0, 0).expect("an hour").and_utc(),
    };
    let watcher = world.hire("watcher", Role::GovernmentOffice).await;
    let shown = world
        .office
        .preview_notice(&watcher, &sooner, 1, today)
        .await
        .expect("a preview");
    assert_eq!(shown.moves.of(Effect::TurnsRed), 1);
    assert_eq!(shown.moves.lamps, [(Lamp::Yellow, Lamp::Red, 1)]);
    let row = &shown.moves.rows[0];
    assert_eq!(row.card.id, site.id);
    assert_eq!(row.shift.now.due_on, Some(due));
    assert!(row.shift.then.due_on < Some(due));
    assert_eq!(shown.moves.by_bureau[0].of(Effect::TurnsRed), 1);
    // Nothing is stored yet.
    assert_eq!(
        world.filing(project, "site-selection").await.turning,
        before
    );
    assert!(world.office.calendar().is_provisional(due));

    let wish = confirmed(&world.office, sooner);
    let done = world
        .office
        .enter_notice(&watcher, &wish, today)
        .await
        .expect("entered");
    assert_eq!(
        (done.looked, done.moved),
        (shown.moves.looked, shown.moves.moved)
    );
    let after = world.filing(project, "site-selection").await.turning;
    assert_eq!(after, row.shift.after);
    world.assert_sound().await;
    let year = world
        .office
        .year_notices(&watcher, 2027)
        .await
        .expect("told");
    assert_eq!(year.entered.len(), 1);
    assert!(year.entered[0].done && year.may_enter && !year.disputed);
}

#[tokio::test]
async fn a_case_that_was_opened_for_a_day_which_no_longer_holds_is_shown_and_left() {
    let world = World::new().await;
    let project = world.project(on_new_land(&[County::Xihu])).await;
    let site = world.filing(project, "site-selection").await;
    world
        .go(
            &site,
            &[
                (EventKind::Submitted, (12, 24)),
                (EventKind::Accepted, (12, 25)),
            ],
        )
        .await;
    let due = world.filing(project, "site-selection").await.turning.due_on;
    let day = |n| {
        let today = due.expect("due") + chrono::Days::new(n);
        Moment {
            today,
            now: today.and_hms_opt(1, 0, 0).expect("an hour").and_utc(),
        }
    };
    for n in 0..8 {
        world.office.turn(day(n)).await.expect("turned");
    }
    let open = world
        .office
        .store
        .reader()
        .open_cases_due()
        .await
        .expect("cases");
    assert_eq!(open.len(), 1);
    let later = EnterNotice {
        text: notice_2027().text.replace(
            "1月1日（周五）至3日（周日）放假，共3天",
            "1月1日（周五）至10日（周日）放假调休，共10天",
        ),
        ..notice_2027()
    };
    let watcher = world.hire("watcher", Role::GovernmentOffice).await;
    let shown = world
        .office
        .preview_notice(&watcher, &later, 1, day(7))
        .await
        .expect("a preview");
    assert_eq!(shown.moves.cases, 1);
    assert_eq!(shown.moves.rows[0].case, Some((open[0].id, due)));
    let wish = confirmed(&world.office, later);
    world
        .office
        .enter_notice(&watcher, &wish, day(7))
        .await
        .expect("entered");
    let still = world
        .office
        .store
        .reader()
        .open_cases_due()
        .await
        .expect("cases");
    assert_eq!(still, open);
}

#[tokio::test]
async fn an_official_notice_is_corrected_only_with_a_word_and_a_reason() {
    let world = World::new().await;
    let admin = &world.administrator;
    let wish = confirmed(&world.office, notice_2027());
    world
        .office
        .enter_notice(admin, &wish, at(12, 1))
        .await
        .expect("entered");
    // The page that was made before is of another calendar.
    let stale = world.office.enter_notice(admin, &wish, at(12, 1)).await;
    assert_eq!(rule(stale), "calendar-moved");
    let again = ConfirmNotice {
        correct: true,
        reason: "重发".to_owned(),
        ..confirmed(&world.office, notice_2027())
    };
    assert_eq!(
        rule(world.office.enter_notice(admin, &again, at(12, 1)).await),
        "notice-same"
    );
    let other = EnterNotice {
        text: notice_2027()
            .text
            .replace("共1天。\n六", "共1天。6月12日（周六）上班。\n六"),
        number: "国办发明电〔2027〕1号".to_owned(),
        ..notice_2027()
    };
    let plain = confirmed(&world.office, other);
    assert_eq!(
        rule(world.office.enter_notice(admin, &plain, at(12, 2)).await),
        "notice-corrects"
    );
    let unreasoned = ConfirmNotice {
        correct: true,
        ..plain.clone()
    };
    assert_eq!(
        rule(
            world
                .office
                .enter_notice(admin, &unreasoned, at(12, 2))
                .await
        ),
        "notice-corrects"
    );
    let reasoned = ConfirmNotice {
        correct: true,
        reason: "国务院办公厅发布了第二份通知".to_owned(),
        ..plain
    };
    world
        .office
        .enter_notice(admin, &reasoned, at(12, 2))
        .await
        .expect("corrected");
    assert!(world.office.calendar().is_working(date(2027, 6, 12)));
    let year = world.office.year_notices(admin, 2027).await.expect("told");
    assert_eq!(
        year.entered.iter().map(|n| n.version).collect::<Vec<_>>(),
        [2, 1]
    );
    let form = world
        .office
        .notice_form(admin, Some(2027), at(12, 2))
        .expect("a form");
    assert!(
        form.lines.contains("2027-06-12 上班 端午节"),
        "{}",
        form.lines
    );
}

#[tokio::test]
async fn a_built_in_notice_that_was_corrected_is_told_as_disputed() {
    let world = World::new().await;
    let admin = &world.administrator;
    let form = world
        .office
        .notice_form(admin, Some(2026), at(12, 1))
        .expect("a form");
    let wish = ConfirmNotice {
        correct: true,
        reason: "假设".to_owned(),
        ..confirmed(
            &world.office,
            EnterNotice {
                year: 2026,
                text: form.lines.replace("2026-10-10 上班 国庆节\n", ""),
                ..notice_2027()
            },
        )
    };
    world
        .office
        .enter_notice(admin, &wish, at(12, 1))
        .await
        .expect("entered");
    assert_eq!(world.office.disputed_years().await.expect("years"), [2026]);
    let year = world.office.year_notices(admin, 2026).await.expect("told");
    assert!(year.disputed);
}

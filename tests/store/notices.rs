//! Holiday notices: kept for good, found by what they touch, and one calendar on many servers.

use chrono::NaiveDate;
use grid_approvals::office::{
    Actor, ConfirmNotice, EnterNotice, Moment, Office, RecordEvent, Role,
};
use grid_approvals::statute::calendar::notice::NoticeDay;
use grid_approvals::statute::calendar::{Calendar, date};
use grid_approvals::statute::clock::{Event, EventKind};
use grid_approvals::statute::plan::parse::{BUILT_IN_NAME, BUILT_IN_TEXT};
use grid_approvals::store::{Details, FilingId, NewHolidayNotice, Store};
use sea_orm::{ConnectionTrait, Database};

use crate::on_both;
use crate::world::{World, noon};

on_both!(
    a_notice_is_kept_and_a_correction_is_its_next_version,
    a_span_touches_what_rests_on_its_days,
    entries_and_a_notice_at_once_leave_one_calendar,
);

const NOTICE: &str = "\
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月4日（周四）至10日（周三）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

fn new(world: &World, reason: Option<&str>) -> NewHolidayNotice {
    NewHolidayNotice {
        year: 2027,
        text: NOTICE.to_owned(),
        days: vec![NoticeDay {
            on: date(2027, 1, 1),
            makeup: false,
            name: "元旦".to_owned(),
        }],
        number: "国办发明电〔2026〕9号".to_owned(),
        published_on: date(2026, 11, 5),
        url: None,
        reason: reason.map(str::to_owned),
        person: world.person,
        person_name: "王工".to_owned(),
        at: noon(date(2026, 11, 20)),
    }
}

async fn a_notice_is_kept_and_a_correction_is_its_next_version(world: World) {
    for reason in [None, Some("第二份通知")] {
        let tx = world.store.begin().await.expect("a transaction");
        tx.insert_holiday_notice(&new(&world, reason), None)
            .await
            .expect("kept");
        tx.commit().await.expect("committed");
    }
    let reader = world.store.reader();
    let kept = reader.holiday_notices().await.expect("read");
    let versions: Vec<u32> = kept.iter().map(|one| one.version).collect();
    assert_eq!(versions, [1, 2]);
    assert_eq!(kept[1].entered, new(&world, Some("第二份通知")));
    let newest = reader.calendar_version().await.expect("read");
    assert_eq!(newest, kept[1].id.0);
    // Without days to reckon again there is nothing left to do.
    assert_eq!(reader.open_recheck().await.expect("read"), None);
    assert_eq!(reader.rechecks().await.expect("read").len(), 2);

    // A second official notice of a year without a reason is none.
    let tx = world.store.begin().await.expect("a transaction");
    let bare = tx.insert_holiday_notice(&new(&world, None), None).await;
    assert!(bare.is_err());
    drop(tx);
    let door = Database::connect(&world.url).await.expect("a door");
    for statement in [
        "UPDATE holiday_notice SET number = 'x'",
        "DELETE FROM holiday_notice",
        "UPDATE holiday_recheck SET moved = 9",
        "DELETE FROM holiday_recheck",
    ] {
        let done = door.execute_unprepared(statement).await;
        assert!(done.is_err(), "{statement}");
    }
}

async fn a_span_touches_what_rests_on_its_days(world: World) {
    let run = async |name: &str, days: &[NaiveDate]| {
        let id = world.filing(name, "road-crossing").await;
        for (on, kind) in days.iter().zip([
            EventKind::Submitted,
            EventKind::Accepted,
            EventKind::Granted,
        ]) {
            world
                .append(id, &Event { on: *on, kind })
                .await
                .expect("lawful");
        }
        id
    };
    let early = run(
        "早",
        &[date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 4)],
    )
    .await;
    let across = run("跨年", &[date(2026, 12, 28), date(2026, 12, 29)]).await;
    let waiting = run("待受理", &[date(2026, 12, 29)]).await;
    world.filing("未申请", "road-crossing").await;
    let reader = world.store.reader();
    let touched = async |first, last, after| {
        let found = reader.touched((first, last), after).await;
        found.expect("read")
    };
    let all = FilingId(i64::MIN);
    let next = (date(2027, 1, 1), date(2027, 12, 31));
    assert_eq!(touched(next.0, next.1, all).await, [across, waiting]);
    assert_eq!(touched(next.0, next.1, across).await, [waiting]);
    let autumn = (date(2026, 9, 3), date(2026, 10, 7));
    assert_eq!(touched(autumn.0, autumn.1, all).await, [early]);
    let read = reader.ledgers_of(&[waiting, early]).await.expect("read");
    let ids: Vec<_> = read
        .iter()
        .map(|of| (of.filing.id, of.entries.len()))
        .collect();
    assert_eq!(ids, [(early, 3), (waiting, 1)]);
}

fn at(day: NaiveDate) -> Moment {
    Moment {
        today: day,
        now: noon(day),
    }
}

async fn another(world: &World) -> Office {
    let store = Store::open(&world.url).await.expect("another server");
    let calendar = Calendar::official().clone();
    Office::new(store, (BUILT_IN_NAME, BUILT_IN_TEXT), calendar).expect("an office")
}

/// Many entries on one server while another takes a notice: whatever came first, each is reckoned
/// by the calendar that holds, or rewritten by it.
async fn entries_and_a_notice_at_once_leave_one_calendar(world: World) {
    let mut filings = Vec::new();
    for n in 0..12 {
        let id = world.filing(&format!("项目{n}"), "site-selection").await;
        let on = date(2026, 12, 28);
        let kind = EventKind::Submitted;
        world.append(id, &Event { on, kind }).await.expect("lawful");
        filings.push(id);
    }
    let actor = |role| Actor {
        id: world.person,
        login: "gongdian".to_owned(),
        name: "王工".to_owned(),
        role,
        bureau: None,
        lead: false,
    };
    let (here, there) = (another(&world).await, another(&world).await);
    let officer = actor(Role::Officer {
        bureau: world.bureau,
    });
    let recording = tokio::spawn(async move {
        for filing in filings {
            let accepted = |seen| RecordEvent {
                filing,
                kind: EventKind::Accepted,
                on: date(2026, 12, 29),
                note: None,
                details: Details::default(),
                seen,
                despite_missing: true,
            };
            there
                .record(&officer, accepted(1), at(date(2026, 12, 29)))
                .await
                .expect("recorded");
        }
        there
    });
    let wish = ConfirmNotice {
        notice: EnterNotice {
            year: 2027,
            text: NOTICE.to_owned(),
            number: "国办发明电〔2026〕9号".to_owned(),
            published_on: Some(date(2026, 11, 5)),
            url: String::new(),
        },
        seen: here.calendar().version().to_owned(),
        ..ConfirmNotice::default()
    };
    let office = actor(Role::GovernmentOffice);
    let entered = here
        .enter_notice(&office, &wish, at(date(2026, 12, 29)))
        .await;
    let there = recording.await.expect("no panic");
    entered.expect("entered");
    let rows = world.store.reader();
    assert_eq!(rows.open_recheck().await.expect("read"), None);
    for office in [here, there] {
        let report = office.verify().await.expect("a report");
        let clocks: Vec<_> = report
            .differences
            .iter()
            .filter(|d| d.field != "ready")
            .collect();
        assert!(clocks.is_empty(), "{clocks:?}");
        assert!(!office.calendar().is_provisional(date(2027, 3, 1)));
    }
}

use super::*;
use crate::statute::calendar::date as ymd;

#[test]
fn a_day_that_does_not_exist_is_refused_with_the_form_it_should_have() {
    for text in [
        "2026-13-40",
        "2026-02-29",
        "26-1-1",
        "+2026-1-01",
        "今天",
        "2026/09/25",
    ] {
        let said = date(text).unwrap_err();
        assert!(said.contains("2026-09-25"), "{text}: {said}");
    }
    assert_eq!(date(" 2026-09-25 "), Ok(ymd(2026, 9, 25)));
}

#[test]
fn a_voltage_is_exact_to_the_volt() {
    assert_eq!(kilovolts("0.4"), Ok(Volts(400)));
    assert_eq!(kilovolts("0.38"), Ok(Volts(380)));
    assert_eq!(kilovolts("10"), Ok(Volts(10_000)));
    assert_eq!(kilovolts("220.0"), Ok(Volts(220_000)));
    for text in [
        "",
        "0",
        "-10",
        "1e3",
        "10kV",
        "10.0001",
        ".4",
        "99999999999",
    ] {
        assert!(kilovolts(text).is_err(), "{text}");
    }
}

#[test]
fn every_kind_of_the_contract_is_read_and_no_other() {
    for kind in [
        "submitted",
        "materials-requested",
        "resubmitted",
        "accepted",
        "rejected",
        "county-opinion-received",
        "resumed",
        "granted",
        "denied",
        "withdrawn",
    ] {
        assert_eq!(event(kind, "", "").unwrap().code(), kind);
    }
    assert_eq!(
        event("announced", "", "30"),
        Ok(EventKind::Announced { days: 30 })
    );
    assert_eq!(
        event("extended", "", "10"),
        Ok(EventKind::Extended { days: 10 })
    );
    assert_eq!(
        event("suspended", "hearing", ""),
        Ok(EventKind::Suspended {
            ground: "hearing".to_owned()
        })
    );
    assert!(event("approved", "", "").is_err());
    assert!(event("extended", "", "abc").unwrap_err().contains("整数"));
    assert!(event("suspended", "", "").is_err());
    assert!(event("suspended", "weather", "").is_err());
}

#[test]
fn a_row_number_is_positive() {
    assert_eq!(row("7"), Some(7));
    for text in ["0", "-1", "abc", "", "99999999999999999999"] {
        assert_eq!(row(text), None, "{text}");
    }
}

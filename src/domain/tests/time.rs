use super::*;
use proptest::prelude::*;

#[test]
fn days_are_read() {
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, DateError>, &str)] = &[
        ("2026-11-20", Ok("2026-11-20"), "with hyphens"),
        ("20261120", Ok("2026-11-20"), "without"),
        (" 2026-11-20\t", Ok("2026-11-20"), "blanks around"),
        ("1970-01-01", Ok("1970-01-01"), "the epoch"),
        ("1900-01-01", Ok("1900-01-01"), "first day"),
        ("2199-12-31", Ok("2199-12-31"), "last day"),
        ("2024-02-29", Ok("2024-02-29"), "leap year"),
        ("2000-02-29", Ok("2000-02-29"), "leap century"),
        ("1900-02-29", Err(DateError::NoSuchDay { year: 1900, month: 2, day: 29 }), "1900 was no leap year"),
        ("2026-02-30", Err(DateError::NoSuchDay { year: 2026, month: 2, day: 30 }), "30 February"),
        ("2026-13-01", Err(DateError::NoSuchDay { year: 2026, month: 13, day: 1 }), "month 13"),
        ("2026-00-01", Err(DateError::NoSuchDay { year: 2026, month: 0, day: 1 }), "month 0"),
        ("2026-04-31", Err(DateError::NoSuchDay { year: 2026, month: 4, day: 31 }), "31 April"),
        ("20260100", Err(DateError::NoSuchDay { year: 2026, month: 1, day: 0 }), "day 0"),
        ("03/04/2026", Err(DateError::Order), "3 April or 4 March"),
        ("30.02", Err(DateError::Order), "no year"),
        ("20.11.2026", Err(DateError::Order), "the Russian way"),
        ("3-4-26", Err(DateError::Order), "short year last"),
        ("1899-12-31", Err(DateError::Year(1899)), "too early"),
        ("2200-01-01", Err(DateError::Year(2200)), "too late"),
        ("2026/11/20", Err(DateError::Form), "slashes"),
        ("2026-1-2", Err(DateError::Form), "no leading zeros"),
        ("45981", Err(DateError::Form), "a spreadsheet's day number"),
        ("-202-11-20", Err(DateError::Form), "a sign"),
        ("+2026-11-2", Err(DateError::Form), "a sign"),
        ("2026-11-2O", Err(DateError::Form), "letter O"),
        ("yesterday", Err(DateError::Form), "words"),
        ("٢٠٢٦-١١-٢٠", Err(DateError::ForeignDigits), "Arabic-Indic digits"),
        ("", Err(DateError::Empty), "empty"),
        ("   ", Err(DateError::Empty), "blanks"),
    ];
    for (text, expected, name) in table {
        let got = Day::parse(text).map(|d| d.to_string());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
}

#[test]
fn times_are_read() {
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, DateError>, &str)] = &[
        ("2026-11-20T09:00:00Z", Ok("2026-11-20T09:00:00Z"), "UTC"),
        ("2026-11-20t09:00:00z", Ok("2026-11-20T09:00:00Z"), "small letters (RFC 3339 5.6)"),
        ("2026-11-20 09:00:00Z", Ok("2026-11-20T09:00:00Z"), "a space"),
        ("2026-11-20T12:00:00+03:00", Ok("2026-11-20T09:00:00Z"), "Moscow"),
        ("2026-11-20T00:30:00-09:30", Ok("2026-11-20T10:00:00Z"), "half an hour"),
        ("2026-11-20T01:00:00+03:00", Ok("2026-11-19T22:00:00Z"), "the day before"),
        ("2026-11-20T09:00:00.999999999Z", Ok("2026-11-20T09:00:00Z"), "fraction dropped"),
        ("1985-04-12T23:20:50.52Z", Ok("1985-04-12T23:20:50Z"), "RFC 3339 example 1"),
        ("1990-12-31T23:59:60Z", Ok("1991-01-01T00:00:00Z"), "RFC 3339 leap second"),
        ("1990-12-31T15:59:60-08:00", Ok("1991-01-01T00:00:00Z"), "the same in California"),
        ("2026-11-20", Ok("2026-11-20T00:00:00Z"), "a date"),
        ("20261120", Ok("2026-11-20T00:00:00Z"), "a short date"),
        ("1969-12-31T23:59:59Z", Ok("1969-12-31T23:59:59Z"), "before the epoch"),
        ("2026-11-20T09:00:00", Err(DateError::NoOffset), "local time"),
        ("2026-11-20T09:00:00.5", Err(DateError::NoOffset), "local time with a fraction"),
        ("2026-11-20T09:00Z", Err(DateError::TimeForm), "no seconds"),
        ("2026-11-20T09:00:00.Z", Err(DateError::TimeForm), "empty fraction"),
        ("2026-11-20T09:00:00,5Z", Err(DateError::TimeForm), "comma"),
        ("2026-11-20T09:00:00+0300", Err(DateError::TimeForm), "offset without colon"),
        ("2026-11-20T09:00:00 UTC", Err(DateError::TimeForm), "a zone's name"),
        ("2026-11-20T24:00:00Z", Err(DateError::NoSuchTime), "24:00"),
        ("2026-11-20T09:60:00Z", Err(DateError::NoSuchTime), "minute 60"),
        ("2026-11-20T09:00:60Z", Err(DateError::NoSuchTime), "second 60 at nine"),
        ("2026-11-20T09:00:00+24:00", Err(DateError::NoSuchTime), "offset of a day"),
        ("2026-02-30T09:00:00Z", Err(DateError::NoSuchDay { year: 2026, month: 2, day: 30 }), "30 February"),
        ("03/04/2026", Err(DateError::Order), "3 April or 4 March"),
        ("03/04/2026 10:00", Err(DateError::Order), "with a time"),
        ("1700000000", Err(DateError::Form), "Unix seconds"),
        ("", Err(DateError::Empty), "empty"),
    ];
    for (text, expected, name) in table {
        let got = Time::parse(text).map(|t| t.to_string());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
}

#[test]
fn arithmetic_saturates() {
    let day = Day::parse("2026-11-20").unwrap();
    assert_eq!(day.start().to_string(), "2026-11-20T00:00:00Z");
    assert_eq!(day.end().to_string(), "2026-11-21T00:00:00Z");
    assert_eq!(day.start().day(), day);
    assert_eq!((day.start() + Span::hours(24)), day.end());
    assert_eq!(day.end() - day.start(), Span::DAY);
    assert_eq!(day.start().plus_days(30).minus_hours(1).to_string(), "2026-12-19T23:00:00Z");
    assert_eq!(Time::MAX.plus_days(i64::MAX), Time::MAX);
    assert_eq!(Time::MIN.minus_days(1), Time::MIN);
    assert_eq!(Time::MIN - Time::MAX, Span(i64::MIN));
    assert_eq!(Day(i32::MAX).plus_days(1), Day(i32::MAX));
    assert_eq!(day.days_since(Day(0)), 20_777);
    assert_eq!(Span(-1).whole_days(), -1);
    // Nothing is too far away to be shown.
    for time in [Time::MIN, Time::MAX] {
        assert!(time.to_string().ends_with('Z'));
        assert!(!time.day().to_string().is_empty());
    }
    assert_eq!(serde_json::to_string(&day.start()).unwrap(), "\"2026-11-20T00:00:00Z\"");
    assert_eq!(serde_json::to_string(&day).unwrap(), "\"2026-11-20\"");
}

#[test]
fn every_day_agrees_with_chrono() {
    let first = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
    let start = Day::parse("1900-01-01").unwrap();
    for (n, date) in (0..109_572).zip(first.iter_days()) {
        let day = start.plus_days(n);
        assert_eq!(day.to_string(), date.to_string());
        assert_eq!(Day::parse(&date.to_string()), Ok(day));
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = (Day::parse(&text), Time::parse(&text));
    }

    #[test]
    fn no_near_time_panics(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9é]*)?(Z|[+-][0-9]{2}:[0-9]{2})?") {
        let _ = Time::parse(&text);
    }

    #[test]
    fn times_come_back(seconds in -2_208_988_800_i64..7_258_118_400) {
        let time = Time(seconds);
        prop_assert_eq!(Time::parse(&time.to_string()), Ok(time));
        prop_assert_eq!(Day::parse(&time.day().to_string()), Ok(time.day()));
    }

    #[test]
    fn every_time_can_be_shown(seconds in any::<i64>(), days in any::<i32>()) {
        let _ = (Time(seconds).to_string(), Time(seconds).day(), Day(days).to_string(), Day(days).end());
    }
}

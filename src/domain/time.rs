//! Instants and calendar days. No clock here: `now` always comes from outside.

use super::chars::serialize_as_text;
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

const DAY_SECONDS: i64 = 86_400;
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

/// An instant: Unix seconds, UTC, without leap seconds (POSIX).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Time(pub i64);

/// A calendar day: days since 1970-01-01, proleptic Gregorian (ISO 8601).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(pub i32);

/// A length of time in seconds; may be negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span(pub i64);

/// Why a text is no date or time; each sentence says what to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DateError {
    /// Nothing was given.
    #[error("no date; write YYYY-MM-DD, for example 2026-11-20")]
    Empty,
    /// Day and month cannot be told apart, or the year comes last.
    #[error("day and month cannot be told apart here; write YYYY-MM-DD, for example 2026-11-20")]
    Order,
    /// Digits of another script.
    #[error("digits must be 0 to 9, not those of another script; write YYYY-MM-DD")]
    ForeignDigits,
    /// Neither form of a date.
    #[error("not a date; write YYYY-MM-DD or YYYYMMDD, for example 2026-11-20")]
    Form,
    /// The month or the day does not exist.
    #[error("there is no such day: month {month:02}, day {day:02} of {year}")]
    NoSuchDay {
        /// The year as given.
        year: i32,
        /// The month as given.
        month: u32,
        /// The day as given.
        day: u32,
    },
    /// Outside 1900 to 2199.
    #[error("the year {0} is outside 1900 to 2199")]
    Year(i32),
    /// A date followed by something that is no RFC 3339 time.
    #[error("not a time; write it as 2026-11-20T09:00:00Z or 2026-11-20T12:00:00+03:00")]
    TimeForm,
    /// Hour, minute or second out of range.
    #[error("there is no such time of day; hours go to 23, minutes and seconds to 59")]
    NoSuchTime,
    /// A local time: nobody can tell which instant is meant.
    #[error("the time has no offset; add Z for UTC, or an offset such as +03:00")]
    NoOffset,
}

impl Span {
    /// Nothing.
    pub const ZERO: Span = Span(0);
    /// One hour.
    pub const HOUR: Span = Span::hours(1);
    /// One day of 24 hours.
    pub const DAY: Span = Span::days(1);

    /// `n` hours.
    pub const fn hours(n: i64) -> Span {
        Span(n.saturating_mul(3600))
    }

    /// `n` days of 24 hours.
    pub const fn days(n: i64) -> Span {
        Span(n.saturating_mul(DAY_SECONDS))
    }

    /// Whole days, rounded down.
    pub const fn whole_days(self) -> i64 {
        self.0.div_euclid(DAY_SECONDS)
    }

    /// Whole hours, rounded down.
    pub const fn whole_hours(self) -> i64 {
        self.0.div_euclid(3600)
    }
}

impl Time {
    /// The earliest instant; an open start.
    pub const MIN: Time = Time(i64::MIN);
    /// The latest instant; an open end.
    pub const MAX: Time = Time(i64::MAX);

    /// Reads RFC 3339 (an offset is required; a fraction of a second is accepted and dropped), or
    /// a date, which is its 00:00 UTC. White space around it is ignored.
    pub fn parse(text: &str) -> Result<Time, DateError> {
        let bytes = text.trim_ascii().as_bytes();
        let Some((date, rest)) = bytes.split_at_checked(10).filter(|(_, rest)| !rest.is_empty()) else {
            return parse_day(bytes).map(Day::start);
        };
        if date[4] != b'-' {
            return parse_day(bytes).map(Day::start);
        }
        parse_clock(parse_day(date)?, rest)
    }

    /// The UTC day this instant falls on.
    pub fn day(self) -> Day {
        let days = self.0.div_euclid(DAY_SECONDS);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// `n` days of 24 hours later.
    #[must_use]
    pub const fn plus_days(self, n: i64) -> Time {
        Time(self.0.saturating_add(Span::days(n).0))
    }

    /// `n` days of 24 hours earlier.
    #[must_use]
    pub const fn minus_days(self, n: i64) -> Time {
        Time(self.0.saturating_sub(Span::days(n).0))
    }

    /// `n` hours later.
    #[must_use]
    pub const fn plus_hours(self, n: i64) -> Time {
        Time(self.0.saturating_add(Span::hours(n).0))
    }

    /// `n` hours earlier.
    #[must_use]
    pub const fn minus_hours(self, n: i64) -> Time {
        Time(self.0.saturating_sub(Span::hours(n).0))
    }

    /// How long ago `earlier` was, seen from here; negative when it is still to come.
    #[must_use]
    pub const fn since(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Day {
    /// Reads `YYYY-MM-DD` or `YYYYMMDD`, a real day of the years 1900 to 2199. White space around
    /// it is ignored.
    pub fn parse(text: &str) -> Result<Day, DateError> {
        parse_day(text.trim_ascii().as_bytes())
    }

    /// The day of year, month (1–12) and day of month, if there is such a day in 1900 to 2199.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Result<Day, DateError> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(DateError::Year(year));
        }
        if !(1..=12).contains(&month) || day == 0 || day > month_length(year, month) {
            return Err(DateError::NoSuchDay { year, month, day });
        }
        Ok(Day(days_from_civil(year, month, day)))
    }

    /// Year, month (1–12) and day of month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let (year, month, day) = civil_from_days(i64::from(self.0));
        // An i32 of days is less than six million years: it fits.
        (i32::try_from(year).unwrap_or(i32::MAX), month, day)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// 00:00 UTC, the day as a start.
    pub const fn start(self) -> Time {
        Time(self.0 as i64 * DAY_SECONDS)
    }

    /// 24:00 UTC, the day as an end.
    pub const fn end(self) -> Time {
        Time((self.0 as i64 + 1) * DAY_SECONDS)
    }

    /// `n` days later; negative is earlier.
    #[must_use]
    pub const fn plus_days(self, n: i32) -> Day {
        Day(self.0.saturating_add(n))
    }

    /// `n` days earlier.
    #[must_use]
    pub const fn minus_days(self, n: i32) -> Day {
        Day(self.0.saturating_sub(n))
    }

    /// Days from `earlier` to this day; negative when it is later.
    pub const fn days_since(self, earlier: Day) -> i64 {
        self.0 as i64 - earlier.0 as i64
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub<Span> for Time {
    type Output = Time;
    fn sub(self, span: Span) -> Time {
        Time(self.0.saturating_sub(span.0))
    }
}

impl Sub for Time {
    type Output = Span;
    fn sub(self, earlier: Time) -> Span {
        self.since(earlier)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY_SECONDS));
        let second = self.0.rem_euclid(DAY_SECONDS);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

serialize_as_text!(Time, Day);

/// The value of exactly these ASCII digits.
fn number(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |sum, b| {
        b.is_ascii_digit().then(|| sum.wrapping_mul(10).wrapping_add(u32::from(b - b'0')))
    })
}

fn parse_day(bytes: &[u8]) -> Result<Day, DateError> {
    let (year, month, day) = match bytes {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] | [y1, y2, y3, y4, m1, m2, d1, d2] => {
            (number(&[*y1, *y2, *y3, *y4]), number(&[*m1, *m2]), number(&[*d1, *d2]))
        }
        _ => return Err(day_form(bytes)),
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Err(day_form(bytes));
    };
    Day::from_ymd(i32::try_from(year).unwrap_or(i32::MAX), month, day)
}

/// What is wrong with a text that has neither form of a date.
fn day_form(bytes: &[u8]) -> DateError {
    if bytes.is_empty() {
        return DateError::Empty;
    }
    let text = String::from_utf8_lossy(bytes);
    if text.chars().any(super::chars::is_foreign_digit) {
        return DateError::ForeignDigits;
    }
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let small = |part: &&str| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() == 2 && parts.iter().all(&small) || parts.len() >= 3 && parts.iter().take(2).all(small) {
        return DateError::Order;
    }
    DateError::Form
}

/// Reads what follows the date of an RFC 3339 time.
fn parse_clock(day: Day, rest: &[u8]) -> Result<Time, DateError> {
    let [b'T' | b't' | b' ', h1, h2, b':', m1, m2, b':', s1, s2, zone @ ..] = rest else {
        return Err(DateError::TimeForm);
    };
    let two = |a: &u8, b: &u8| number(&[*a, *b]).map(i64::from).ok_or(DateError::TimeForm);
    let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
    if hour > 23 || minute > 59 || second > 60 {
        return Err(DateError::NoSuchTime);
    }
    let zone = match zone {
        [b'.', digits @ ..] => {
            let end = digits.iter().take_while(|b| b.is_ascii_digit()).count();
            if end == 0 {
                return Err(DateError::TimeForm);
            }
            digits.get(end..).unwrap_or_default()
        }
        zone => zone,
    };
    let offset = match zone {
        [] => return Err(DateError::NoOffset),
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return Err(DateError::NoSuchTime);
            }
            let seconds = hours * 3600 + minutes * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return Err(DateError::TimeForm),
    };
    let time = day.start().0 + hour * 3600 + minute * 60 + second - offset;
    // A leap second is the last of a UTC day; POSIX time gives it the next second's number.
    if second == 60 && time.rem_euclid(DAY_SECONDS) != 0 {
        return Err(DateError::NoSuchTime);
    }
    Ok(Time(time))
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn month_length(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01, by Howard Hinnant's `days_from_civil` (years here are positive).
const fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year - era * 400;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year.cast_signed()
        - 719_468
}

/// The inverse, by Howard Hinnant's `civil_from_days`; wide, so that any `Time` can be shown.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months and days are below 32")]
const fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month as u32, day as u32)
}

#[cfg(test)]
#[path = "tests/time.rs"]
mod tests;

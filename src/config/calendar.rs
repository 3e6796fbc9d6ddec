//! `[calendar]` of `config.toml`: the desk's working hours.

use toml::Spanned;

use crate::domain::{Calendar, Day};
use crate::words::Phrase;

/// The words for the days of the week, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileCalendar {
    offset: Option<Spanned<String>>,
    days: Option<Spanned<Vec<String>>>,
    hours: Option<Spanned<String>>,
    holidays: Option<Vec<Spanned<String>>>,
}

/// Where something is wrong (an offset into the file), and what.
type Wrong = (usize, Phrase);

impl FileCalendar {
    pub(super) fn read(self) -> Result<Calendar, Wrong> {
        let mut calendar = Calendar::default();
        if let Some(offset) = self.offset {
            calendar.offset = read_offset(offset.get_ref())
                .ok_or_else(|| (offset.span().start, Phrase::of("config-offset")))?;
        }
        if let Some(days) = self.days {
            calendar.days = [false; 7];
            for word in days.get_ref() {
                let place = DAYS.iter().position(|d| d == word);
                let Some(works) = place.and_then(|n| calendar.days.get_mut(n)) else {
                    return Err((days.span().start, Phrase::of("config-days").with("days", DAYS.join(", "))));
                };
                *works = true;
            }
            if !calendar.days.contains(&true) {
                return Err((days.span().start, Phrase::of("config-no-day")));
            }
        }
        if let Some(hours) = self.hours {
            let read = hours.get_ref().split_once('-');
            let read = read.and_then(|(from, to)| Some((clock(from)?, clock(to)?)));
            (calendar.opens, calendar.closes) = read
                .filter(|(opens, closes)| opens < closes)
                .ok_or_else(|| (hours.span().start, Phrase::of("config-hours")))?;
        }
        for holiday in self.holidays.unwrap_or_default() {
            let day = Day::parse(holiday.get_ref());
            calendar.holidays.push(day.map_err(|e| (holiday.span().start, e.into()))?);
        }
        calendar.holidays.sort_unstable();
        calendar.holidays.dedup();
        Ok(calendar)
    }
}

fn read_offset(text: &str) -> Option<i64> {
    if let Some(rest) = text.strip_prefix('-') {
        return clock(rest).filter(|s| *s <= 14 * 3600).map(|s| -s);
    }
    clock(text.strip_prefix('+')?).filter(|s| *s <= 14 * 3600)
}

/// Seconds of a clock's `HH:MM`; 24:00 is the end of the day.
fn clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two =
        |t: &str| (t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<i64>().ok());
    let (hours, minutes) = (two(hours)??, two(minutes)??);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 3600 + minutes * 60)
}

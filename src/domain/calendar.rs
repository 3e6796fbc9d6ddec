//! The desk's working hours, and the clock that counts them alone. Pure: no clock of its own.

use super::time::{Day, Span, Time};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// When a desk works: some days of the week, some hours of each, holidays left out. Days and hours are those
/// of the desk's own clock, a fixed distance from UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The desk's clock is so many seconds ahead of UTC.
    pub offset: i64,
    /// Monday first.
    pub days: [bool; 7],
    /// Second of the day at which work begins.
    pub opens: i64,
    /// Second of the day at which it ends; 86,400 is midnight.
    pub closes: i64,
    /// Days without work, in order.
    pub holidays: Vec<Day>,
}

impl Default for Calendar {
    /// Around the clock.
    fn default() -> Self {
        Self { offset: 0, days: [true; 7], opens: 0, closes: DAY, holidays: Vec::new() }
    }
}

impl Calendar {
    /// Whether the clock never stops.
    pub fn is_always(&self) -> bool {
        self.days == [true; 7] && self.opens == 0 && self.closes == DAY && self.holidays.is_empty()
    }

    /// Working seconds of a working day.
    pub const fn day_length(&self) -> i64 {
        self.closes - self.opens
    }

    /// Whether the desk works on a day.
    pub fn works_on(&self, day: Day) -> bool {
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((i64::from(day.0) + 3).rem_euclid(7)).unwrap_or(0);
        self.days.get(weekday).is_some_and(|works| *works) && self.holidays.binary_search(&day).is_err()
    }

    /// The desk's own day at a moment.
    pub fn day_of(&self, at: Time) -> Day {
        Time(at.0.saturating_add(self.offset)).day()
    }

    /// A day's working seconds that have passed at a moment of that day.
    pub fn worked_on(&self, day: Day, at: Time) -> i64 {
        if !self.works_on(day) {
            return 0;
        }
        let second = at.0.saturating_add(self.offset).saturating_sub(day.start().0);
        (second - self.opens).clamp(0, self.day_length())
    }

    /// The moment at which so many working seconds of a day have passed.
    pub const fn moment(&self, day: Day, worked: i64) -> Time {
        Time(day.start().0.saturating_add(self.opens + worked).saturating_sub(self.offset))
    }

    /// The working day that has `others` working days between `day` and itself; `day` counts where it is one.
    pub fn working_day(&self, day: Day, others: i64) -> Day {
        let (mut day, mut left) = (day, others);
        while self.days.contains(&true) && day.0 < i32::MAX {
            if self.works_on(day) {
                if left <= 0 {
                    break;
                }
                left -= 1;
            }
            day = day.plus_days(1);
        }
        day
    }

    /// When so much working time has passed since a moment. Time that ends with the day ends at closing time,
    /// not at the next opening.
    pub fn plus(&self, from: Time, time: Span) -> Time {
        if self.is_always() || time.0 <= 0 {
            return Time(from.0.saturating_add(time.0));
        }
        let day = self.day_of(from);
        let total = self.worked_on(day, from).saturating_add(time.0);
        let others = (total - 1) / self.day_length().max(1);
        self.moment(self.working_day(day, others), total - others * self.day_length())
    }

    /// The working time between two moments; nothing where the second is not later.
    pub fn between(&self, from: Time, to: Time) -> Span {
        if to <= from {
            return Span::ZERO;
        }
        if self.is_always() {
            return to.since(from);
        }
        let (first, last) = (self.day_of(from), self.day_of(to));
        let whole = (first.0..last.0).filter(|day| self.works_on(Day(*day))).count();
        let whole = i64::try_from(whole).unwrap_or(i64::MAX).saturating_mul(self.day_length());
        Span(whole - self.worked_on(first, from) + self.worked_on(last, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Calendar {
        let holiday = Day::parse("2026-11-23").expect("a day");
        Calendar {
            offset: 3 * 3600,
            days: [true, true, true, true, true, false, false],
            opens: 9 * 3600,
            closes: 18 * 3600,
            holidays: vec![holiday],
        }
    }

    fn at(text: &str) -> Time {
        Time::parse(text).expect("a time")
    }

    /// 2026-11-20 is a Friday; Monday the 23rd is a holiday.
    #[test]
    fn only_working_time_counts() {
        for (from, hours, expected) in [
            ("2026-11-20T10:00:00+03:00", 2, "2026-11-20T12:00:00+03:00"),
            ("2026-11-20T10:00:00+03:00", 8, "2026-11-20T18:00:00+03:00"),
            ("2026-11-20T10:00:00+03:00", 9, "2026-11-24T10:00:00+03:00"),
            ("2026-11-20T23:00:00+03:00", 1, "2026-11-24T10:00:00+03:00"),
            ("2026-11-21T12:00:00+03:00", 9, "2026-11-24T18:00:00+03:00"),
            ("2026-11-23T12:00:00+03:00", 10, "2026-11-25T10:00:00+03:00"),
            ("2026-11-19T06:00:00+03:00", 9, "2026-11-19T18:00:00+03:00"),
            ("2026-11-19T22:30:00Z", 1, "2026-11-20T10:00:00+03:00"),
            ("2026-11-20T10:00:00+03:00", 0, "2026-11-20T10:00:00+03:00"),
        ] {
            assert_eq!(office().plus(at(from), Span::hours(hours)), at(expected), "{from} + {hours} h");
        }
        let always = Calendar::default();
        assert_eq!(always.plus(at("2026-11-20"), Span::hours(72)), at("2026-11-23"));
    }

    #[test]
    fn the_time_between_is_what_was_added() {
        let office = office();
        for start in 0..24 * 14 {
            let from = at("2026-11-16").plus_hours(start);
            for hours in [1, 5, 9, 10, 45] {
                let to = office.plus(from, Span::hours(hours));
                assert_eq!(office.between(from, to), Span::hours(hours), "{from} + {hours} h");
            }
        }
        assert_eq!(office.between(at("2026-11-21"), at("2026-11-22")), Span::ZERO);
        assert_eq!(office.between(at("2026-11-22"), at("2026-11-21")), Span::ZERO);
    }
}

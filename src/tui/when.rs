//! Times as people say them.

use crate::domain::Time;
use crate::words::{Language, say, say_with};

/// A length of time in one unit: `45 s`, `12 min`, `5 h`, `3 d`.
pub fn span(l: Language, seconds: i64) -> String {
    let s = seconds.max(0);
    match s {
        0..60 => say_with(l, "common-seconds", &[("n", s.into())]),
        60..7_200 => say_with(l, "common-minutes", &[("n", (s / 60).into())]),
        7_200..172_800 => say_with(l, "common-hours", &[("n", (s / 3600).into())]),
        _ => say_with(l, "common-days", &[("n", (s / 86_400).into())]),
    }
}

/// The same, as short as it gets: `45s`, `12m`, `5h`, `3d`.
pub fn short(l: Language, seconds: i64) -> String {
    let s = seconds.max(0);
    match s {
        0..60 => say_with(l, "common-s", &[("n", s.into())]),
        60..7_200 => say_with(l, "common-m", &[("n", (s / 60).into())]),
        7_200..172_800 => say_with(l, "common-h", &[("n", (s / 3600).into())]),
        _ => say_with(l, "common-d", &[("n", (s / 86_400).into())]),
    }
}

/// `in 5 h`, or `now`.
pub fn until(l: Language, time: Time, now: Time) -> String {
    let left = time.since(now).0;
    if left > 0 {
        say_with(l, "common-in", &[("span", span(l, left).into())])
    } else {
        say(l, "common-now").into()
    }
}

/// `3 d ago`.
pub fn ago(l: Language, time: Time, now: Time) -> String {
    let seconds = now.since(time).0;
    if seconds < 5 {
        say(l, "common-just-now").into()
    } else {
        say_with(l, "common-ago", &[("span", span(l, seconds).into())])
    }
}

/// `2026-11-20 09:00`.
pub fn minute(time: Time) -> String {
    let text = time.to_string();
    text.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// Time left as a countdown: `29:58`, or hours.
pub fn countdown(l: Language, time: Time, now: Time) -> String {
    let left = time.since(now).0.max(0);
    if left < 3600 { format!("{}:{:02}", left / 60, left % 60) } else { short(l, left) }
}

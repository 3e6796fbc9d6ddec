//! Times as people say them.

use crate::domain::Time;

/// A length of time in one unit: `45 s`, `12 min`, `5 h`, `3 d`.
pub fn span(seconds: i64) -> String {
    let s = seconds.max(0);
    match s {
        0..60 => format!("{s} s"),
        60..7_200 => format!("{} min", s / 60),
        7_200..172_800 => format!("{} h", s / 3600),
        _ => format!("{} d", s / 86_400),
    }
}

/// The same, as short as it gets: `45s`, `12m`, `5h`, `3d`.
pub fn short(seconds: i64) -> String {
    let s = seconds.max(0);
    match s {
        0..60 => format!("{s}s"),
        60..7_200 => format!("{}m", s / 60),
        7_200..172_800 => format!("{}h", s / 3600),
        _ => format!("{}d", s / 86_400),
    }
}

/// `in 5 h`, or `now`.
pub fn until(time: Time, now: Time) -> String {
    let left = time.since(now).0;
    if left > 0 { format!("in {}", span(left)) } else { "now".into() }
}

/// `3 d ago`.
pub fn ago(time: Time, now: Time) -> String {
    let seconds = now.since(time).0;
    if seconds < 5 { "just now".into() } else { format!("{} ago", span(seconds)) }
}

/// `2026-11-20 09:00`.
pub fn minute(time: Time) -> String {
    let text = time.to_string();
    text.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// Time left as a countdown: `29:58`, or hours.
pub fn countdown(time: Time, now: Time) -> String {
    let left = time.since(now).0.max(0);
    if left < 3600 { format!("{}:{:02}", left / 60, left % 60) } else { short(left) }
}

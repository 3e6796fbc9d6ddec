//! Times for people.

use crate::domain::Time;

/// `2026-11-20 09:00`, UTC.
pub fn minute(at: Time) -> String {
    let text = at.to_string();
    text.get(..16).map_or(text.clone(), |t| t.replace('T', " "))
}

/// A length of time in its largest unit: `5 min`, `7 h`, `3 d`.
pub fn length(seconds: i64) -> String {
    match seconds.abs() {
        s if s < 60 => format!("{s} s"),
        s if s < 2 * 3600 => format!("{} min", s / 60),
        s if s < 2 * 86_400 => format!("{} h", s / 3600),
        s => format!("{} d", s / 86_400),
    }
}

/// How far away a moment is: `in 5 h`, `2 d ago`.
pub fn from_now(at: Time, now: Time) -> String {
    let seconds = at.0 - now.0;
    if seconds >= 0 { format!("in {}", length(seconds)) } else { format!("{} ago", length(seconds)) }
}

/// A time of a JSON document.
pub fn read(value: &serde_json::Value) -> Option<Time> {
    value.as_str().and_then(|text| Time::parse(text).ok())
}

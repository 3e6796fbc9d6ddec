//! A bar on the terminal for what takes longer than a blink.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::desk::import::Progress;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_millis(250);

/// How far an import has come, on standard error, on a terminal only.
pub struct Bar {
    started: Instant,
    terminal: bool,
    drawn: Option<ProgressBar>,
}

impl Bar {
    pub fn new() -> Self {
        Self { started: Instant::now(), terminal: std::io::stderr().is_terminal(), drawn: None }
    }

    /// Takes a report; never asks to stop.
    pub fn report(&mut self, at: Progress) -> bool {
        if !self.terminal || self.started.elapsed() < PATIENCE {
            return true;
        }
        let bar = self.drawn.get_or_insert_with(|| {
            let bar = match at.of_bytes {
                Some(all) => ProgressBar::new(all),
                None => ProgressBar::no_length(),
            };
            bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent:>3}%  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        bar.set_position(at.bytes);
        let what = if at.settling { "judging what shares something" } else { "rows" };
        bar.set_message(format!("{} {what}{}", at.rows, pace(at, self.started.elapsed())));
        true
    }
}

/// How far the index of the search has caught up, on standard error, on a terminal only.
pub struct Indexing {
    started: Instant,
    drawn: Option<ProgressBar>,
}

impl Indexing {
    pub fn new() -> Self {
        Self { started: Instant::now(), drawn: None }
    }

    /// Takes a report: how many tickets are left.
    pub fn report(&mut self, left: u64) {
        if !std::io::stderr().is_terminal() || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.drawn.get_or_insert_with(|| {
            let bar = ProgressBar::new(left);
            bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent:>3}%  {msg}") {
                bar.set_style(style);
            }
            bar.set_message("indexing what is new");
            bar
        });
        bar.set_position(bar.length().unwrap_or(0).saturating_sub(left));
    }
}

impl Drop for Indexing {
    fn drop(&mut self) {
        if let Some(bar) = &self.drawn {
            bar.finish_and_clear();
        }
    }
}

/// How fast it goes and how long it will take, once that can be told: `, 520 k rows/s, 14 s left`.
fn pace(at: Progress, taken: Duration) -> String {
    let millis = u64::try_from(taken.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = at.rows.saturating_mul(1000) / millis;
    let Some(all) = at.of_bytes.filter(|_| !at.settling && at.bytes > 0 && rate > 0) else {
        return String::new();
    };
    let left = u128::from(all.saturating_sub(at.bytes)) * taken.as_millis() / u128::from(at.bytes) / 1000;
    let rate = if rate < 10_000 { rate.to_string() } else { format!("{} k", rate / 1000) };
    let left = if left < 120 { format!("{left} s") } else { format!("{} min", left / 60) };
    format!(", {rate} rows/s, {left} left")
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.drawn {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_time_left_are_told_while_they_mean_something() {
        let at = |rows, bytes, of_bytes| Progress { rows, bytes, of_bytes, ..Progress::default() };
        for (progress, seconds, said) in [
            (at(1_000_000, 40, Some(100)), 2, ", 500 k rows/s, 3 s left"),
            (at(4_000, 10, Some(1_000)), 10, ", 400 rows/s, 16 min left"),
            (at(4_000, 10, None), 10, ""),
            (at(0, 0, Some(100)), 1, ""),
            (Progress { settling: true, ..at(10_000, 100, Some(100)) }, 1, ""),
        ] {
            assert_eq!(pace(progress, Duration::from_secs(seconds)), said, "{progress:?}");
        }
    }
}

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
        bar.set_message(format!("{} {what}", at.rows));
        true
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.drawn {
            bar.finish_and_clear();
        }
    }
}

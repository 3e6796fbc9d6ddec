//! A page for people, built line by line: titles, fields, running text.

use serde_json::Value;

use super::style::{self, Style, Tone};
use super::when;
use crate::domain::Time;

/// The page so far, and how it is written.
pub struct Page {
    pub style: Style,
    now: Time,
    pub out: String,
}

impl Page {
    pub fn new(style: Style, now: Time) -> Self {
        Self { style, now, out: String::new() }
    }

    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    pub fn title(&mut self, title: &str) {
        self.blank();
        let painted = self.style.paint(Tone::Strong, title);
        self.out.push_str(&painted);
        self.blank();
    }

    pub fn prose(&mut self, first: &str, rest: &str, words: &str) {
        self.out.push_str(&style::wrap(words, self.style.prose(), first, rest));
        self.blank();
    }

    /// The rest of a line that begins with `indent` cells, and its further lines under it.
    pub fn rest(&mut self, indent: usize, words: &str) {
        let cells = self.style.prose().saturating_sub(indent);
        let lines = style::wrap(words, cells, "", "").replace('\n', &format!("\n{}", " ".repeat(indent)));
        self.out.push_str(&lines);
        self.blank();
    }

    /// `  claimant   Иван Петров, …`
    pub fn field(&mut self, label: &str, words: &str) {
        if !words.is_empty() {
            let first = format!("  {}", style::pad(label, 12));
            self.prose(&first, "              ", words);
        }
    }

    pub fn moment(&self, value: &Value) -> String {
        when::read(value)
            .map_or_else(String::new, |t| format!("{} ({})", when::minute(t), when::from_now(t, self.now)))
    }

    pub fn painted(&mut self, tone: Tone, text: &str) {
        let painted = self.style.paint(tone, text);
        self.out.push_str(&painted);
    }
}

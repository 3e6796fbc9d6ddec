//! The screen without a terminal, one message after the other: for tests, and for pictures of the screen that
//! cannot go stale.
//!
//! Requests are answered at once, in this thread, by the same code that the worker runs.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::Mutex;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::app::action::ACTIONS;
use super::app::drafts::Standing;
use super::app::key::{Code, Key};
use super::app::mouse::Mouse;
use super::app::{Effect, Model, Msg, update};
use super::theme::Theme;
use super::worker::{self, Found, Job, Report, Request};
use super::{keeper, layout, view};
use crate::desk::board::Board;
use crate::desk::{Desk, Failure};
use crate::domain::Time;
use crate::words::{Language, Phrase};

/// A screen of a given size on a desk.
pub struct Probe {
    desk: Desk,
    board: Board,
    model: Model,
    /// The agent has left.
    pub quit: bool,
    /// What was handed to the clipboard.
    pub copied: Vec<String>,
    /// What was handed to the editor.
    pub editing: Option<String>,
}

impl Probe {
    /// The screen of an open desk.
    pub fn new(desk: Desk, width: u16, height: u16, colours: bool) -> Result<Self, Failure> {
        let theme = if colours { Theme::Ansi } else { Theme::Plain };
        let model = Model::new((width, height), theme);
        let board = Board::open(&desk.folder)?;
        let mut probe = Self { desk, board, model, quit: false, copied: Vec::new(), editing: None };
        let seat = probe.desk.seat()?;
        probe.send(Msg::Report(Report::Ready(seat)));
        Ok(probe)
    }

    /// The same screen in another language.
    #[must_use]
    pub fn speaking(mut self, language: Language) -> Self {
        self.model.language = language;
        self
    }

    /// Presses a key, written as in the action list: `d`, `ctrl+p`, `pgdn`.
    ///
    /// Returns whether there is such a key.
    pub fn key(&mut self, key: &str) -> bool {
        let known = Key::parse(key);
        if let Some(key) = known {
            self.send(Msg::Key(key));
        }
        known.is_some()
    }

    /// Presses several keys.
    pub fn keys(&mut self, keys: &[&str]) {
        for key in keys {
            self.key(key);
        }
    }

    /// Types a text, letter by letter.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.send(Msg::Key(Key::plain(Code::Char(c))));
        }
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) {
        self.send(Msg::Paste(text.to_owned()));
    }

    /// Changes the window's size.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.send(Msg::Resize(width, height));
    }

    /// Clicks on a cell.
    pub fn click(&mut self, x: u16, y: u16) {
        self.send(Msg::Mouse(Mouse::Click { x, y }));
    }

    /// Turns the wheel over a cell.
    pub fn wheel(&mut self, x: u16, y: u16, down: bool) {
        self.send(Msg::Mouse(Mouse::Wheel { x, y, down }));
    }

    /// Lets a quarter of a second pass, at this moment of the desk.
    pub fn tick(&mut self, now: Time) {
        self.send(Msg::Tick(now));
    }

    /// The editor gives a text back, or says why not.
    pub fn edited(&mut self, text: Result<&str, &str>) {
        self.editing = None;
        self.send(Msg::Edited(text.map(str::to_owned).map_err(Phrase::from)));
    }

    /// Every action: name, keys, and the heading of where it holds.
    pub fn actions() -> Vec<(&'static str, &'static [&'static str], &'static str)> {
        ACTIONS
            .iter()
            .map(|e| (e.name(Language::English), e.keys, e.place.title(Language::English)))
            .collect()
    }

    /// How many lines the ticket can be scrolled, by pane.
    pub fn scrolls(&self) -> [usize; 2] {
        layout::most_scroll(&self.model)
    }

    fn send(&mut self, msg: Msg) {
        let mut waiting = VecDeque::from(update(&mut self.model, msg));
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Ask(Request { no, job }) => {
                    let result = self.work(&job);
                    let now = self.desk.now();
                    let answer = Report::Answer { no, job, result, now };
                    waiting.extend(update(&mut self.model, Msg::Report(answer)));
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::Quit => self.quit = true,
                Effect::Draft { to, draft } => {
                    let kept = keeper::write(&to, &draft)
                        .and_then(|()| to.settle(draft.ticket, &draft.form, &Mutex::new(())));
                    let standing = kept.map_or_else(|why| Standing::failed(&why), |()| Standing::Kept);
                    waiting.extend(update(&mut self.model, Msg::Drafts(standing)));
                }
                Effect::Edit { text, .. } => self.editing = Some(text),
                Effect::Mouse(_) | Effect::Cancel(_) | Effect::Passphrase(_) | Effect::Suspend => {}
            }
        }
    }

    fn work(&mut self, job: &Job) -> Result<Found, Failure> {
        if !job.is_look() {
            return worker::run(&mut self.desk, job, |_| true);
        }
        self.board.catch_up()?;
        while self.board.is_behind() {
            self.board.catch_up()?;
        }
        Ok(worker::look(&mut self.board, job, &mut || true)?.unwrap_or(Found::Nothing))
    }

    /// The cells of the screen.
    pub fn buffer(&self) -> Buffer {
        let area = Rect::new(0, 0, self.model.size.0, self.model.size.1);
        let mut buffer = Buffer::empty(area);
        view::draw(&self.model, area, &mut buffer);
        buffer
    }

    /// The screen as lines of text.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            out.push_str(row(&buffer, y).0.trim_end());
            out.push('\n');
        }
        out
    }

    /// The screen as lines of text, each followed by what its cells look like, one letter a look.
    pub fn styled(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let (text, looks) = row(&buffer, y);
            let _ = writeln!(out, "{}", text.trim_end());
            if !looks.trim_end().is_empty() {
                let _ = writeln!(out, "{}", looks.trim_end());
            }
        }
        out
    }
}

/// A line's text, and a letter for the look of each cell.
fn row(buffer: &Buffer, y: u16) -> (String, String) {
    let (mut text, mut looks) = (String::new(), String::new());
    let mut skip = 0;
    for x in 0..buffer.area.width {
        let Some(cell) = buffer.cell((x, y)) else { continue };
        looks.push(look(cell.style()));
        // The cell behind a wide character holds nothing of its own.
        if skip > 0 {
            skip -= 1;
            continue;
        }
        skip = super::text::width(cell.symbol()).saturating_sub(1);
        text.push_str(cell.symbol());
    }
    (text, looks)
}

/// `r`everse, `u`nderlined, the first letter of a colour (large where bold), `*` bold, `-` dim.
fn look(style: Style) -> char {
    let has = |m| style.add_modifier.contains(m);
    if has(Modifier::REVERSED) {
        return 'r';
    }
    if style.bg.is_some_and(|c| c != Color::Reset) {
        return '#';
    }
    let letter = match style.fg {
        Some(Color::Green) => 'g',
        Some(Color::Red) => 'e',
        Some(Color::Magenta) => 'm',
        Some(Color::Blue) => 'b',
        Some(Color::Cyan) => 'c',
        _ if has(Modifier::UNDERLINED) => 'u',
        _ if has(Modifier::BOLD) => '*',
        _ if has(Modifier::DIM) => '-',
        _ => ' ',
    };
    if has(Modifier::BOLD) { letter.to_ascii_uppercase() } else { letter }
}

//! The screen with its real threads and no terminal: what benches measure. Each step says how long it took
//! until the screen showed the key, and until what was asked for was there.

use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Open;
use super::app::key::{Code, Key};
use super::app::{Effect, Model, Msg, update};
use super::theme::Theme;
use super::view;
use super::worker::{Job, Report, Worker};
use crate::domain::Time;

/// What a step took.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// Until the screen was drawn anew with the key taken: nothing but this holds up the next key.
    pub drawn: Duration,
    /// Until the tickets that the key asked for were on the screen.
    pub there: Duration,
    /// Until all of them had been counted, too.
    pub settled: Duration,
}

/// A screen on a desk, with the desk's and the board's threads.
pub struct Live {
    model: Model,
    buffer: Buffer,
    worker: Option<Worker>,
    inbox: Receiver<Report>,
    /// The first tickets of an answer have come.
    began: bool,
}

impl Live {
    /// Opens the desk; returns once the first tickets, or the word that there are none, are on the screen.
    pub fn start(open: Open, size: (u16, u16), now: Time) -> std::io::Result<(Self, Duration)> {
        let begun = Instant::now();
        let (reports, inbox) = channel();
        let worker = Worker::start(open, move |report| {
            let _ = reports.send(report);
        })?;
        let area = Rect::new(0, 0, size.0, size.1);
        let mut live = Self {
            model: Model::new(size, Theme::Ansi),
            buffer: Buffer::empty(area),
            worker: Some(worker),
            inbox,
            began: false,
        };
        live.model.now = now;
        live.wait(|model| model.queue.loaded && (model.queue.total > 0 || model.queue.complete));
        Ok((live, begun.elapsed()))
    }

    /// Presses a key, or types a letter.
    pub fn press(&mut self, key: &str) -> Took {
        let letter = key.chars().next().filter(|_| key.chars().count() == 1);
        let key = letter.map(|c| Key::plain(Code::Char(c))).or_else(|| Key::parse(key));
        let begun = Instant::now();
        if let Some(key) = key {
            self.send(Msg::Key(key));
        }
        self.draw();
        let drawn = begun.elapsed();
        self.began = false;
        self.wait_for(|live| live.began || !asks(&live.model));
        let there = begun.elapsed();
        self.wait(|model| !asks(model));
        Took { drawn, there, settled: begun.elapsed() }
    }

    /// Waits until every ticket of the desk can be found.
    pub fn fill(&mut self) -> Duration {
        let begun = Instant::now();
        self.wait(|model| model.queue.complete && !asks(model));
        begun.elapsed()
    }

    /// How many tickets are listed.
    pub fn listed(&self) -> usize {
        self.model.queue.total
    }

    /// Lets the threads finish.
    pub fn end(mut self) {
        if let Some(worker) = self.worker.take() {
            worker.end();
        }
    }

    fn send(&mut self, msg: Msg) {
        for effect in update(&mut self.model, msg) {
            if let (Effect::Ask(request), Some(worker)) = (effect, &self.worker) {
                worker.ask(request);
            }
        }
    }

    /// Takes reports until a moment has come, and draws what they changed.
    fn wait(&mut self, enough: impl Fn(&Model) -> bool) {
        self.wait_for(|live| enough(&live.model));
    }

    fn wait_for(&mut self, enough: impl Fn(&Self) -> bool) {
        while !enough(self) {
            let Ok(report) = self.inbox.recv_timeout(Duration::from_mins(2)) else { return };
            self.began |= matches!(report, Report::Early { .. });
            self.send(Msg::Report(report));
            self.draw();
        }
    }

    fn draw(&mut self) {
        self.buffer.reset();
        view::draw(&self.model, self.buffer.area, &mut self.buffer);
    }
}

/// Something that is to be seen has been asked for and is not there yet.
fn asks(model: &Model) -> bool {
    model.busy.values().any(|b| matches!(b.job, Job::Queue { .. } | Job::Ticket { .. }))
}

//! The screen an agent lives in.
//!
//! Three threads and one channel: keys, the desk's answers and the clock come in as messages; [`app::update`]
//! turns each into a changed model and effects; the loop carries the effects out and draws. The thread that
//! draws never touches the disk: the desk belongs to [`worker`].

mod app;
mod clipboard;
mod data;
mod decoder;
mod editor;
mod graphics;
mod input;
mod keeper;
mod layout;
pub mod live;
pub mod probe;
mod qr;
mod terminal;
mod terms;
mod text;
mod theme;
mod trip;
mod view;
mod when;
mod worker;

#[cfg(test)]
mod reach_tests;
#[cfg(test)]
mod screens_tests;
#[cfg(test)]
mod tests;

use std::io::IsTerminal as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use app::{Effect, Model, Msg};
use clipboard::Clipboard;
use graphics::Easel;
use keeper::Keeper;
use terminal::Screen;
use theme::Theme;
use worker::Worker;

use crate::config::Binding;
use crate::desk::Failure;
use crate::env::Env;
use crate::words::Language;
use crate::words::Phrase;

pub use worker::Open;

/// Between two ticks.
const TICK: Duration = Duration::from_millis(250);
/// Messages that are taken before the screen is drawn again.
const AT_ONCE: usize = 256;

/// How the screen is started.
pub struct TuiOptions {
    /// Opens the desk, in the worker's thread; it is given what asks for a passphrase on the screen.
    pub open: Open,
    /// The clock.
    pub env: Env,
    /// What the screens speak; by default what the locale says.
    pub language: Option<Language>,
    /// Whether there are colours; by default what the environment says.
    pub colours: Option<bool>,
}

/// What may arrive at the loop.
enum Arrival {
    Msg(Box<Msg>),
    /// The window has another size.
    Resized,
    Signal(i32),
    /// No more keys will come: the terminal is gone.
    NoInput,
}

/// The lines of `[keys]` that cannot be followed: no such action or key, or another action has it.
pub fn keys_not_followed(bindings: &[Binding]) -> Vec<usize> {
    let (_, problems) = app::keymap::Keymap::of(bindings);
    problems.iter().map(|problem| problem.line).collect()
}

/// Runs the screen until the agent leaves it.
pub fn run(options: TuiOptions) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Failure::usage("The screen needs a terminal.")
            .hint("Name a command, for example `latchkey tickets`; `latchkey --help` lists them."));
    }
    let (arrivals, inbox) = channel();
    input::signals(arrivals.clone()).map_err(|e| broken(&e))?;
    terminal::hook_panics(std::thread::current().id());
    let mut screen = Screen::take().map_err(|e| broken(&e))?;
    // Asked before any key is read.
    let easel = Easel::detect();
    let worker = start_worker(options.open, arrivals.clone()).map_err(|e| broken(&e))?;
    input::keys(arrivals).map_err(|e| broken(&e))?;
    let mut keeper = Keeper::start().map_err(|e| broken(&e))?;
    let mut model = Model::new(screen.size().map_err(|e| broken(&e))?, Theme::default());
    if options.colours == Some(true) {
        terminal::force_colours();
    }
    if !options.colours.unwrap_or_else(|| !Theme::none_by_env()) {
        model.theme = Theme::Plain;
        model.settings.colourless = true;
    }
    model.settings.language_given = options.language.is_some();
    model.language = options.language.unwrap_or_else(language_of_locale);
    model.easel = easel;
    model.clipboard = Clipboard::detect();
    let mut house = House { worker: &worker, keeper: &mut keeper, env: &options.env };
    let looped = || run_loop(&mut model, &mut screen, &mut house, &inbox);
    let ended = catch_unwind(AssertUnwindSafe(looped));
    // Whatever ends the program, a fault of its own included: what was typed is kept.
    for effect in app::last_words(&mut model) {
        if let Effect::Draft { to, draft } = effect {
            keeper.keep(to, draft);
        }
    }
    keeper.end();
    let ended = ended.unwrap_or_else(|panic| resume_unwind(panic));
    // What is under way is finished before the terminal is given back.
    worker.end();
    drop(screen);
    match ended.map_err(|e| broken(&e))? {
        Some(signal) => {
            // Whoever sent the signal sees that it worked.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            Ok(())
        }
        None => model.closed.map_or(Ok(()), Err),
    }
}

/// The language of messages as POSIX locales say it: the first variable that is set counts.
fn language_of_locale() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        Some(value).filter(|v| !v.is_empty())
    });
    set.and_then(|locale| Language::of(&locale)).unwrap_or_default()
}

fn broken(error: &std::io::Error) -> Failure {
    Failure::state(Phrase::of("fail-terminal").with("why", error))
}

fn start_worker(open: Open, arrivals: Sender<Arrival>) -> std::io::Result<Worker> {
    Worker::start(open, move |report| {
        // After the loop has ended nobody listens.
        let _ = arrivals.send(Arrival::Msg(Box::new(Msg::Report(report))));
    })
}

/// What the loop hands its effects to.
struct House<'a> {
    worker: &'a Worker,
    keeper: &'a mut Keeper,
    env: &'a Env,
}

impl House<'_> {
    /// Carries an effect out; says so where it ends the program.
    fn carry_out(&mut self, effect: Effect, model: &mut Model, screen: &mut Screen) -> std::io::Result<bool> {
        match effect {
            Effect::Ask(request) => self.worker.ask(request),
            Effect::Cancel(no) => self.worker.cancel(no),
            Effect::Passphrase(answer) => self.worker.passphrase(answer),
            Effect::Draft { to, draft } => self.keeper.keep(to, draft),
            Effect::Edit { beside, text } => {
                let folder = beside.folder().map(std::path::Path::to_owned);
                let edited = match folder {
                    Ok(folder) => screen.lend(|| editor::edit(&folder, &text))?,
                    Err(e) => Err(crate::words::Phrase::of("editor-no-folder").with("why", &e)),
                };
                for effect in app::update(model, Msg::Edited(edited)) {
                    self.carry_out(effect, model, screen)?;
                }
            }
            Effect::Copy(text) => Screen::copy(&text)?,
            Effect::Mouse(on) => screen.mouse(on)?,
            Effect::Suspend => screen.suspend()?,
            Effect::Quit => return Ok(true),
        }
        Ok(false)
    }
}

/// Tells the model of the window's size where it has changed: between two drawings, and while the terminal was
/// lent or the program put aside.
fn fit(model: &mut Model, screen: &mut Screen, house: &mut House<'_>) -> std::io::Result<()> {
    let (width, height) = screen.size()?;
    if model.size != (width, height) {
        for effect in app::update(model, Msg::Resize(width, height)) {
            house.carry_out(effect, model, screen)?;
        }
    }
    Ok(())
}

/// Takes messages, draws when something changed, ticks. Ends with the signal that ended it, if one did.
fn run_loop(
    model: &mut Model,
    screen: &mut Screen,
    house: &mut House<'_>,
    inbox: &Receiver<Arrival>,
) -> std::io::Result<Option<i32>> {
    let mut due = Instant::now();
    screen.draw(model)?;
    loop {
        let mut changed = false;
        let mut taken = 0;
        let mut next = match inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
            Ok(arrival) => Some(arrival),
            Err(RecvTimeoutError::Timeout) => {
                due = Instant::now() + TICK;
                let rehearsal = model.seat.as_ref().is_some_and(|s| s.rehearsal);
                Some(Arrival::Msg(Box::new(Msg::Tick(house.env.now(rehearsal)))))
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
        };
        while let Some(arrival) = next {
            changed |= matches!(arrival, Arrival::Resized);
            taken += 1;
            let msg = match arrival {
                Arrival::Msg(msg) => Some(*msg),
                Arrival::Resized => None,
                Arrival::Signal(signal) => return Ok(Some(signal)),
                Arrival::NoInput => return Ok(Some(signal_hook::consts::SIGHUP)),
            };
            if let Some(msg) = msg {
                if matches!(msg, Msg::Paste(_)) {
                    trip::over("screen");
                }
                for effect in app::update(model, msg) {
                    if house.carry_out(effect, model, screen)? {
                        return Ok(None);
                    }
                }
                changed |= model.dirty;
            }
            // A flood of keys or answers is drawn once.
            next = if taken < AT_ONCE { inbox.try_recv().ok() } else { None };
        }
        // What is about to be seen is kept, or said not to be.
        let standing = house.keeper.standing();
        if standing != model.drafts.standing {
            app::update(model, Msg::Drafts(standing));
            changed = true;
        }
        if changed {
            fit(model, screen, house)?;
            screen.draw(model)?;
        }
    }
}

//! Keys and signals, each from a thread that does nothing else.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::Arrival;
use super::app::Msg;
use super::app::key::{Code, Key};
use super::app::mouse::Mouse;

/// Held by whoever reads the terminal.
static READING: Mutex<()> = Mutex::new(());
/// Somebody else is to read the terminal now: an editor.
static LENT: AtomicBool = AtomicBool::new(false);
/// A signal that ends the program has come.
static ENDING: AtomicBool = AtomicBool::new(false);

/// The terminal while another program has it: no key is read here.
pub(super) struct Loan {
    _reading: MutexGuard<'static, ()>,
}

impl Loan {
    /// Waits until nobody here reads the terminal.
    pub fn take() -> Self {
        LENT.store(true, Ordering::SeqCst);
        Self { _reading: READING.lock().unwrap_or_else(PoisonError::into_inner) }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        LENT.store(false, Ordering::SeqCst);
    }
}

/// Whether a signal that ends the program has come.
pub(super) fn is_ending() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// The next event, once there is one; the terminal is let go of in between.
fn next() -> io::Result<Event> {
    loop {
        if LENT.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        }
        let reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
        if event::poll(Duration::from_millis(100))? {
            return event::read();
        }
        drop(reading);
    }
}

/// Reads keys, pastes and sizes until the terminal is gone.
pub(super) fn keys(to: Sender<Arrival>) -> io::Result<()> {
    Builder::new().name("keys".into()).spawn(move || {
        loop {
            let arrival = match next() {
                Ok(Event::Key(key)) if key.is_press() || key.is_repeat() => match translate(key) {
                    Some(key) => Arrival::Msg(Box::new(Msg::Key(key))),
                    None => continue,
                },
                Ok(Event::Paste(text)) => Arrival::Msg(Box::new(Msg::Paste(text))),
                Ok(Event::Mouse(event)) => match clicked(event) {
                    Some(mouse) => Arrival::Msg(Box::new(Msg::Mouse(mouse))),
                    None => continue,
                },
                Ok(Event::Resize(width, height)) => Arrival::Msg(Box::new(Msg::Resize(width, height))),
                Ok(_) => continue,
                Err(_) => {
                    let _ = to.send(Arrival::NoInput);
                    return;
                }
            };
            if to.send(arrival).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Passes on the signals that end the program, so that the terminal is given back first.
pub(super) fn signals(to: Sender<Arrival>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            // Ctrl+C in an editor is the editor's.
            if signal == SIGINT && LENT.load(Ordering::SeqCst) {
                continue;
            }
            ENDING.store(true, Ordering::SeqCst);
            if to.send(Arrival::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

fn clicked(event: MouseEvent) -> Option<Mouse> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click { x: event.column, y: event.row }),
        MouseEventKind::ScrollDown => Some(Mouse::Wheel { down: true }),
        MouseEventKind::ScrollUp => Some(Mouse::Wheel { down: false }),
        _ => None,
    }
}

fn translate(key: KeyEvent) -> Option<Key> {
    let code = match key.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: key.modifiers.contains(KeyModifiers::CONTROL),
        alt: key.modifiers.contains(KeyModifiers::ALT),
    })
}

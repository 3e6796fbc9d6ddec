//! Keys and signals, each from a thread that does nothing else.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Arrival;
use super::app::Msg;
use super::decoder::{Decoder, Held, Input};

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

/// How long Esc may be the beginning of a key.
const ESCAPE: Duration = Duration::from_millis(40);
/// How long the rest of a key may be under way.
const PART: Duration = Duration::from_millis(400);
/// How long the terminal is held on to while nothing comes.
const IDLE: Duration = Duration::from_millis(100);

/// What has come since, once something has; the terminal is let go of in between. `None` once it is gone.
fn next(decoder: &mut Decoder) -> Option<Vec<Input>> {
    let mut bytes = [0; 4096];
    loop {
        if LENT.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        }
        let _reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
        let (patience, held) = match decoder.held() {
            Held::Escape => (ESCAPE, true),
            Held::Part => (PART, true),
            Held::Nothing | Held::Paste => (IDLE, false),
        };
        let terminal = rustix::stdio::stdin();
        let patience = Timespec::try_from(patience).ok()?;
        match poll(&mut [PollFd::new(&terminal, PollFlags::IN)], Some(&patience)) {
            Ok(0) if held => return Some(decoder.settle().into_iter().collect()),
            Ok(0) | Err(Errno::INTR) => continue,
            Ok(_) => {}
            Err(_) => return None,
        }
        match rustix::io::read(terminal, &mut bytes) {
            Ok(0) => return None,
            Ok(count) => return Some(decoder.feed(bytes.get(..count).unwrap_or_default())),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => return None,
        }
    }
}

/// Reads keys, pastes and clicks until the terminal is gone.
pub(super) fn keys(to: Sender<Arrival>) -> io::Result<()> {
    Builder::new().name("keys".into()).spawn(move || {
        let mut decoder = Decoder::default();
        while let Some(inputs) = next(&mut decoder) {
            for input in inputs {
                let msg = match input {
                    Input::Key(key) => Msg::Key(key),
                    Input::Paste(text) => Msg::Paste(text),
                    Input::Mouse(mouse) => Msg::Mouse(mouse),
                };
                if to.send(Arrival::Msg(Box::new(msg))).is_err() {
                    return;
                }
            }
        }
        let _ = to.send(Arrival::NoInput);
    })?;
    Ok(())
}

/// Passes on a change of the window's size, and the signals that end the program, so that the terminal is given
/// back first.
pub(super) fn signals(to: Sender<Arrival>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGWINCH])?;
    Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            if signal == SIGWINCH {
                if to.send(Arrival::Resized).is_err() {
                    return;
                }
                continue;
            }
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

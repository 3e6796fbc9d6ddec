//! The lock: after a time without a key, or at once when asked for, the screen is cleared, and keys do nothing
//! but open it again. The desk goes on behind it; what was typed stays where it was.

use secrecy::SecretString;
use tui_input::Input;

use super::Effect;
use super::form::type_key;
use super::key::{Code, Key};
use super::model::Model;
use super::update::ask;
use crate::tui::worker::{Job, Secret};
use crate::words::say;

/// Ticks of a minute.
const MINUTE: i64 = 240;

/// Whether the screen is locked, and when it will be.
#[derive(Debug, Default)]
pub struct Lock {
    /// Minutes without a key; 0 for never.
    pub minutes: i64,
    /// Ticks without a key.
    idle: i64,
    pub shut: Option<Shut>,
}

/// A locked screen.
#[derive(Debug, Default)]
pub struct Shut {
    /// The passphrase as far as it is typed.
    pub typed: Input,
    /// The request that tries it.
    pub asked: Option<u64>,
    /// Why it did not open.
    pub problem: Option<String>,
}

impl Lock {
    pub const fn is_shut(&self) -> bool {
        self.shut.is_some()
    }

    /// Somebody is there.
    pub const fn touched(&mut self) {
        self.idle = 0;
    }
}

/// Locks the screen.
pub(super) fn shut(model: &mut Model) {
    model.settings.lock.shut = Some(Shut::default());
    model.toast = None;
}

/// A quarter of a second without a key.
pub(super) fn tick(model: &mut Model) {
    let lock = &mut model.settings.lock;
    lock.idle += 1;
    if lock.minutes > 0 && lock.idle >= lock.minutes * MINUTE && lock.shut.is_none() && model.seat.is_some() {
        model.dirty = true;
        shut(model);
    }
}

/// A key on the locked screen: a letter of the passphrase, or nothing.
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    // The keys of a rehearsal have no passphrase; a desk open read-only opens none, and shows nobody's data.
    let free = model.seat.as_ref().is_none_or(|s| s.rehearsal || s.readonly);
    let Some(shut) = &mut model.settings.lock.shut else { return Vec::new() };
    if shut.asked.is_some() {
        return Vec::new();
    }
    match key.code {
        Code::Enter if free => model.settings.lock.shut = None,
        Code::Enter => {
            let secret = SecretString::from(shut.typed.value().to_owned());
            shut.typed = Input::default();
            shut.problem = None;
            let effect = ask(model, Job::Unlock(Secret::new(secret)));
            if let Some(shut) = &mut model.settings.lock.shut {
                shut.asked = Some(model.last);
            }
            return vec![effect];
        }
        Code::Esc => shut.typed = Input::default(),
        _ if !free => {
            type_key(&mut shut.typed, key);
        }
        _ => {}
    }
    Vec::new()
}

/// A passphrase that was pasted.
pub(super) fn paste(model: &mut Model, text: &str) {
    if let Some(shut) = &mut model.settings.lock.shut {
        super::form::paste(&mut shut.typed, text);
    }
}

/// Whether the passphrase was the right one.
pub(super) fn answered(model: &mut Model, right: bool, why: Option<String>) {
    if right {
        model.settings.lock.shut = None;
        model.settings.lock.touched();
        return;
    }
    let problem = why.unwrap_or_else(|| say(model.language, "set-lock-wrong").to_owned());
    if let Some(shut) = &mut model.settings.lock.shut {
        shut.asked = None;
        shut.problem = Some(problem);
    }
}

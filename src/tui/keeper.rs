//! The thread that keeps drafts: files of their own, so that it never waits for the desk, however busy that is.

use std::collections::BTreeMap;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use crate::desk::drafts::{Draft, Drafts};

/// The screen's end of the thread.
pub struct Keeper {
    changes: Sender<(Drafts, Draft)>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts the thread.
    pub fn start() -> std::io::Result<Self> {
        let (changes, inbox) = channel::<(Drafts, Draft)>();
        let thread = std::thread::Builder::new().name("drafts".into()).spawn(move || {
            while let Ok((to, draft)) = inbox.recv() {
                // Of what has come in meanwhile, only the last state of each form is written.
                let mut last = BTreeMap::from([((draft.ticket, draft.form.clone()), (to, draft))]);
                for (to, draft) in inbox.try_iter() {
                    last.insert((draft.ticket, draft.form.clone()), (to, draft));
                }
                for (to, draft) in last.into_values() {
                    write(&to, &draft);
                }
            }
        })?;
        Ok(Self { changes, thread })
    }

    /// Keeps a draft; one without any text is dropped.
    pub fn keep(&self, to: Drafts, draft: Draft) {
        let _ = self.changes.send((to, draft));
    }

    /// Writes what is still to be written, and ends.
    pub fn end(self) {
        drop(self.changes);
        let _ = self.thread.join();
    }
}

/// A draft that cannot be kept (a full disk, a desk on a read-only medium) is still in its form: nothing is
/// said, because nobody could do anything about it while writing.
pub(super) fn write(to: &Drafts, draft: &Draft) {
    let _ = if draft.fields.is_empty() { to.discard(draft.ticket, &draft.form) } else { to.keep(draft) };
}

//! What happens, and what is to be done about it. Both are data.

use secrecy::SecretString;

use super::drafts::Standing;
use super::key::Key;
use super::mouse::Mouse;
use crate::desk::drafts::{Draft, Drafts};
use crate::domain::Time;
use crate::tui::worker::{Report, Request};
use crate::words::Phrase;

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    Key(Key),
    Paste(String),
    Resize(u16, u16),
    Mouse(Mouse),
    /// A second has passed; the desk's clock shows this.
    Tick(Time),
    Report(Report),
    /// A text comes back from the agent's editor, or why there is none.
    Edited(Result<String, Phrase>),
    /// Whether what was typed is kept by now.
    Drafts(Standing),
}

/// Something to be done by the loop; nothing in `app` does it itself.
#[derive(Debug)]
pub enum Effect {
    Ask(Request),
    Cancel(u64),
    Passphrase(Option<SecretString>),
    /// Hand a text to the terminal's clipboard.
    Copy(String),
    /// Keep a draft beside the desk; one without any text is dropped.
    Draft {
        to: Drafts,
        draft: Draft,
    },
    /// Hand a text to the agent's own editor; its file lies beside the drafts.
    Edit {
        beside: Drafts,
        text: String,
    },
    /// Take clicks and the wheel, or leave them to the terminal.
    Mouse(bool),
    Suspend,
    Quit,
}

//! The one list of actions. Keymap, `?` help, bottom bar and palette are all made from it, so none of them
//! can be out of date.

use super::key::Key;

/// Something an agent can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    Next,
    Open,
    Back,
    Decide,
    SendCode,
    ConfirmCode,
    AddEvidence,
    RemoveEvidence,
    Note,
    Approve,
    Issue,
    Revoke,
    Redeem,
    ClearCheck,
    ClearNotice,
    Merge,
    Object,
    Wait,
    Close,
    Reopen,
    Take,
    Release,
    Reveal,
    AllChecks,
    NextTicket,
    PreviousTicket,
    Filter,
    ClearFilter,
    View(u8),
    NextView,
    PreviousView,
    Sort,
    Preview,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Pane,
    Help,
    Palette,
    Messages,
    Dismiss,
    Refresh,
    Suspend,
    Quit,
    Copy,
    Save,
    SaveQr,
    Submit,
    Cancel,
    NextField,
    PreviousField,
    Editor,
    ClearForm,
}

/// Where an action can be called by its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Everywhere,
    Queue,
    Ticket,
    /// Queue and ticket: an act on the selected or open ticket.
    Case,
    /// An authorization on the screen.
    Grant,
    /// A form or a question.
    Form,
    /// The list of messages.
    Messages,
}

impl Place {
    /// The heading in the help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Case => "Acts on a ticket",
            Self::Queue => "Queue",
            Self::Ticket => "Ticket",
            Self::Grant => "Authorization",
            Self::Form => "Forms and questions",
            Self::Messages => "Messages",
            Self::Everywhere => "Everywhere",
        }
    }

    /// In the order of the help.
    pub const ALL: [Self; 7] =
        [Self::Case, Self::Queue, Self::Ticket, Self::Grant, Self::Form, Self::Messages, Self::Everywhere];
}

/// An action with its words and keys.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub action: Action,
    pub place: Place,
    /// One or two words, for the bar and the palette.
    pub name: &'static str,
    /// A sentence, for the help.
    pub about: &'static str,
    /// The first is the one that is shown.
    pub keys: &'static [&'static str],
    /// Place in the bottom bar; 0 is not in it, 1 comes first.
    pub bar: u8,
}

const fn entry(
    action: Action,
    place: Place,
    name: &'static str,
    keys: &'static [&'static str],
    bar: u8,
    about: &'static str,
) -> Entry {
    Entry { action, place, name, about, keys, bar }
}

use Action as A;
use Place as P;

/// Every action.
pub const ACTIONS: &[Entry] = &[
    entry(
        A::Next,
        P::Ticket,
        "next step",
        &["enter"],
        1,
        "Do what the case needs next, as the top of the ticket says",
    ),
    entry(A::Decide, P::Case, "decide", &["d"], 3, "Decide the ticket; the recommendation is offered first"),
    entry(
        A::SendCode,
        P::Case,
        "send code",
        &["c"],
        4,
        "Send a one-time code to the claimed SIM or to the account's owner",
    ),
    entry(A::ConfirmCode, P::Case, "read back", &["v"], 5, "Take the code that the customer reads back"),
    entry(
        A::AddEvidence,
        P::Case,
        "evidence",
        &["e"],
        6,
        "Add a receipt, SIM, box label, answers or a document",
    ),
    entry(A::RemoveEvidence, P::Case, "remove evidence", &["E"], 0, "Take an item of evidence away"),
    entry(A::Note, P::Case, "note", &["n"], 7, "Write a note for colleagues"),
    entry(A::Approve, P::Case, "approve", &["a"], 3, "Give the second yes to somebody else's decision"),
    entry(A::Issue, P::Case, "issue", &["i"], 4, "Sign the authorization, or show the one that is out"),
    entry(A::Redeem, P::Case, "redeem", &["U"], 0, "Use the authorization here: the binding is released"),
    entry(A::Revoke, P::Case, "revoke", &["X"], 0, "Withdraw an authorization that was not used"),
    entry(
        A::ClearCheck,
        P::Case,
        "clear check",
        &["C"],
        0,
        "Clear a check that fails against one other ticket, having read both",
    ),
    entry(
        A::Merge,
        P::Case,
        "merge twin",
        &["m"],
        0,
        "Join another open ticket of the same claimant into this one",
    ),
    entry(
        A::ClearNotice,
        P::Case,
        "clear notice",
        &["L"],
        0,
        "Clear the notice that a lost-report made; two people",
    ),
    entry(A::Object, P::Case, "object", &["o"], 0, "Record that the owner objects"),
    entry(A::Wait, P::Case, "wait", &["w"], 0, "Set the ticket to wait for the customer"),
    entry(A::Close, P::Case, "close", &["x"], 0, "Close the ticket without a decision"),
    entry(A::Reopen, P::Case, "reopen", &["u"], 0, "Open a closed ticket again"),
    entry(A::Take, P::Case, "take", &["t"], 8, "Take the ticket; from a colleague only with a reason"),
    entry(A::Release, P::Case, "give back", &["r"], 0, "Give the ticket back to the queue"),
    entry(A::Open, P::Queue, "open", &["enter", "l", "right"], 1, "Open the selected ticket"),
    entry(
        A::Filter,
        P::Queue,
        "filter",
        &["/"],
        2,
        "Show only tickets with a text in them; type, then Enter",
    ),
    entry(A::ClearFilter, P::Queue, "clear filter", &["esc"], 0, "Show every ticket of the view again"),
    entry(A::View(0), P::Queue, "to do", &["1"], 0, "What can be worked on now"),
    entry(A::View(1), P::Queue, "to approve", &["2"], 0, "What waits for a second yes or a cool-down"),
    entry(A::View(2), P::Queue, "waiting", &["3"], 0, "What waits for a customer or a time"),
    entry(A::View(3), P::Queue, "issued", &["4"], 0, "Authorizations that are out and unused"),
    entry(A::View(4), P::Queue, "mine", &["5"], 0, "What you hold"),
    entry(A::View(5), P::Queue, "all", &["6"], 0, "Everything that is not closed"),
    entry(A::NextView, P::Queue, "next view", &["tab"], 0, "Go one view to the right"),
    entry(A::PreviousView, P::Queue, "previous view", &["shift+tab"], 0, "Go one view to the left"),
    entry(A::Sort, P::Queue, "sort", &["s"], 9, "Sort by urgency, due time, age or number"),
    entry(A::Preview, P::Queue, "preview", &["p"], 0, "Show or hide the preview"),
    entry(A::Quit, P::Queue, "quit", &["q"], 12, "Leave the program"),
    entry(A::Back, P::Ticket, "queue", &["esc", "q", "left", "h"], 2, "Go back to the queue"),
    entry(A::NextTicket, P::Ticket, "next ticket", &["]", "J"], 0, "Open the next ticket of the queue"),
    entry(
        A::PreviousTicket,
        P::Ticket,
        "previous ticket",
        &["[", "K"],
        0,
        "Open the previous ticket of the queue",
    ),
    entry(
        A::AllChecks,
        P::Ticket,
        "all checks",
        &["f"],
        9,
        "Show or fold checks that do not apply or have nothing to read",
    ),
    entry(
        A::Pane,
        P::Ticket,
        "next section",
        &["tab"],
        8,
        "Go to the next section, or to the other pane where there are two",
    ),
    entry(
        A::Reveal,
        P::Ticket,
        "reveal",
        &["R"],
        0,
        "Show persons of the registry in full for a minute; it is logged",
    ),
    entry(A::Copy, P::Grant, "copy", &["c"], 1, "Copy the token through the terminal (OSC 52)"),
    entry(A::Save, P::Grant, "save token", &["s"], 2, "Save the token to a file"),
    entry(A::SaveQr, P::Grant, "save QR", &["r"], 3, "Save the QR code as SVG"),
    entry(A::Dismiss, P::Messages, "dismiss", &["d", "enter"], 1, "Take the message off the screen"),
    entry(A::NextField, P::Form, "next field", &["tab"], 0, "Go to the next field"),
    entry(A::PreviousField, P::Form, "previous field", &["shift+tab"], 0, "Go to the previous field"),
    entry(A::Submit, P::Form, "submit", &["ctrl+s"], 1, "Do it, from any field"),
    entry(A::Cancel, P::Form, "cancel", &["esc"], 2, "Leave; what was typed is kept for the next time"),
    entry(
        A::Editor,
        P::Form,
        "editor",
        &["ctrl+o"],
        3,
        "Write the text in your own editor ($VISUAL, $EDITOR, else vi)",
    ),
    entry(A::ClearForm, P::Form, "clear form", &["ctrl+l"], 0, "Empty the form, and drop what was kept of it"),
    entry(A::Down, P::Everywhere, "down", &["down", "j"], 0, "One line down"),
    entry(A::Up, P::Everywhere, "up", &["up", "k"], 0, "One line up"),
    entry(A::PageDown, P::Everywhere, "page down", &["pgdn", "space", "ctrl+f"], 0, "One page down"),
    entry(A::PageUp, P::Everywhere, "page up", &["pgup", "ctrl+b"], 0, "One page up"),
    entry(A::First, P::Everywhere, "top", &["home", "g"], 0, "To the first line"),
    entry(A::Last, P::Everywhere, "end", &["end", "G"], 0, "To the last line"),
    entry(A::Help, P::Everywhere, "help", &["?", "f1"], 10, "Every key; type to search"),
    entry(A::Palette, P::Everywhere, "palette", &[":", "ctrl+p"], 11, "Every action by its name"),
    entry(A::Messages, P::Everywhere, "messages", &["M"], 0, "What went wrong so far"),
    entry(A::Refresh, P::Everywhere, "refresh", &["ctrl+r", "f5"], 0, "Read the desk again"),
    entry(A::Suspend, P::Everywhere, "suspend", &["ctrl+z"], 0, "Put the program aside; `fg` brings it back"),
    entry(A::Quit, P::Everywhere, "quit", &["ctrl+q", "ctrl+c"], 0, "Leave the program"),
];

/// The action that a key calls at a place; an act on a ticket before what holds everywhere.
pub fn lookup(key: Key, places: &[Place]) -> Option<Action> {
    places.iter().find_map(|place| {
        let mut here = ACTIONS.iter().filter(|e| e.place == *place);
        here.find(|e| e.keys.iter().any(|k| Key::parse(k) == Some(key))).map(|e| e.action)
    })
}

/// An action's line in the list.
pub fn entry_of(action: Action) -> Option<&'static Entry> {
    ACTIONS.iter().find(|e| e.action == action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_key_is_written_well_and_means_one_thing() {
        for places in [
            &[Place::Ticket, Place::Case, Place::Everywhere][..],
            &[Place::Queue, Place::Case, Place::Everywhere],
            &[Place::Grant],
            &[Place::Form],
        ] {
            let mut seen = BTreeMap::new();
            for entry in ACTIONS.iter().filter(|e| places.contains(&e.place)) {
                assert!(!entry.keys.is_empty(), "{} has no key", entry.name);
                for key in entry.keys {
                    assert!(Key::parse(key).is_some(), "{key}");
                    if let Some(other) = seen.insert(*key, entry.name) {
                        panic!("{key} means {other} and {}", entry.name);
                    }
                }
            }
        }
    }
}

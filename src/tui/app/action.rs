//! The one list of actions. Keymap, `?` help, bottom bar and palette are all made from it, so none of them
//! can be out of date.

use super::screens::Screen;
use crate::words::{Language, about, say};

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
    ConfirmOffer,
    AskedFor,
    Note,
    Reply,
    Approve,
    Issue,
    Revoke,
    Redeem,
    ClearCheck,
    ClearNotice,
    Merge,
    Object,
    HearOwner,
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
    Everywhere,
    NextView,
    PreviousView,
    Sort,
    ReverseSort,
    Mark,
    MarkTo,
    MarkAll,
    Results,
    Columns,
    SaveSearch,
    DropSearch,
    SendBack,
    Preview,
    PaneDown,
    PaneUp,
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
    Undo,
    Dismiss,
    Refresh,
    Suspend,
    Language,
    Theme,
    Mouse,
    Lock,
    Quit,
    Copy,
    Save,
    SaveQr,
    SavePage,
    ShowQr,
    InvertQr,
    GrantRevoke,
    GrantRedeem,
    GrantReadOut,
    GrantReadBack,
    GrantsOpen,
    GrantsFilter,
    GrantsNextTab,
    GrantsPreviousTab,
    GrantsTicket,
    GrantsRevoke,
    GrantsRedeem,
    Submit,
    Cancel,
    NextField,
    PreviousField,
    Editor,
    CopyText,
    ClearForm,
    Look,
    Acts,
    FindEvent,
    Events,
    Picture,
    NextFinding,
    PreviousFinding,
    OtherTicket,
    OpenFile,
    NextPicture,
    PreviousPicture,
    /// Goes to a screen.
    Show(Screen),
    /// The list of screens.
    Screens,
    BackScreen,
    Links,
    LookupType,
    LookupGo,
    LookupBack,
    LookupReveal,
    ImportFile,
    ImportGo,
    ImportNextList,
    ImportPreviousList,
    ImportMode,
    ImportStop,
    ImportQueue,
    RegistryWeigh,
    PolicyReplay,
    PolicyRules,
    PolicyOpen,
    ReportNext,
    ReportPrevious,
    ReportLonger,
    ReportShorter,
    ReportOpen,
    LogFilter,
    LogClear,
    LogVerify,
    LogOpen,
    OutboxRead,
    OutboxRetry,
    OutboxDrop,
    OutboxTicket,
    OutboxNextTab,
    OutboxPreviousTab,
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
    /// A finding, an event or the list of acts, over the ticket.
    Look,
    /// A file of the evidence, over the ticket.
    Picture,
    /// One of the screens beside the queue.
    On(Screen),
    /// Any of them.
    Screen,
}

impl Place {
    /// The heading in the help.
    pub fn title(self, language: Language) -> &'static str {
        say(
            language,
            match self {
                Self::Case => "place-case",
                Self::Queue => "place-queue",
                Self::Ticket => "place-ticket",
                Self::Grant => "place-grant",
                Self::Form => "place-form",
                Self::Messages => "place-messages",
                Self::Look => "place-look",
                Self::Picture => "place-picture",
                Self::On(screen) => screen.words(),
                Self::Screen => "place-screen",
                Self::Everywhere => "place-everywhere",
            },
        )
    }

    /// In the order of the help.
    pub const ALL: &'static [Self] = &[
        Self::Case,
        Self::Queue,
        Self::Ticket,
        Self::Look,
        Self::Picture,
        Self::On(Screen::Lookup),
        Self::On(Screen::Import),
        Self::On(Screen::Registry),
        Self::On(Screen::Report),
        Self::On(Screen::Log),
        Self::On(Screen::Policy),
        Self::On(Screen::Grants),
        Self::On(Screen::Outbox),
        Self::Grant,
        Self::Form,
        Self::Messages,
        Self::Screen,
        Self::Everywhere,
    ];
}

/// An action with its words and keys.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub action: Action,
    pub place: Place,
    /// Its id in `locales/*.ftl`: one or two words for the bar and the palette, `.about` for the help.
    pub words: &'static str,
    /// The first is the one that is shown.
    pub keys: &'static [&'static str],
    /// Place in the bottom bar; 0 is not in it, 1 comes first.
    pub bar: u8,
}

impl Entry {
    /// Its name in `[keys]` of `config.toml`.
    pub fn short(&self) -> &'static str {
        self.words.strip_prefix("act-").unwrap_or(self.words)
    }

    /// One or two words, for the bar and the palette.
    pub fn name(&self, language: Language) -> &'static str {
        say(language, self.words)
    }

    /// A sentence, for the help.
    pub fn about(&self, language: Language) -> &'static str {
        about(language, self.words)
    }
}

const fn entry(
    action: Action,
    place: Place,
    words: &'static str,
    keys: &'static [&'static str],
    bar: u8,
) -> Entry {
    Entry { action, place, words, keys, bar }
}

use Action as A;
use Place as P;

/// Every action.
pub const ACTIONS: &[Entry] = &[
    entry(A::Next, P::Ticket, "act-next", &["enter"], 1),
    entry(A::Decide, P::Case, "act-decide", &["d"], 3),
    entry(A::SendCode, P::Case, "act-send-code", &["c"], 4),
    entry(A::ConfirmCode, P::Case, "act-confirm-code", &["v"], 5),
    entry(A::AddEvidence, P::Case, "act-add-evidence", &["e"], 6),
    entry(A::RemoveEvidence, P::Case, "act-remove-evidence", &["E"], 0),
    entry(A::Note, P::Case, "act-note", &["n"], 7),
    entry(A::Reply, P::Case, "act-reply", &["Y"], 7),
    entry(A::Approve, P::Case, "act-approve", &["a"], 3),
    entry(A::SendBack, P::Case, "act-send-back", &["b"], 4),
    entry(A::Issue, P::Case, "act-issue", &["i"], 4),
    entry(A::Redeem, P::Case, "act-redeem", &["U"], 0),
    entry(A::Revoke, P::Case, "act-revoke", &["X"], 0),
    entry(A::ClearCheck, P::Case, "act-clear-check", &["C"], 0),
    entry(A::Merge, P::Case, "act-merge", &["m"], 0),
    entry(A::ClearNotice, P::Case, "act-clear-notice", &["L"], 0),
    entry(A::Object, P::Case, "act-object", &["o"], 0),
    entry(A::HearOwner, P::Case, "act-hear-owner", &["@"], 0),
    entry(A::Wait, P::Case, "act-wait", &["w"], 0),
    entry(A::Close, P::Case, "act-close", &["x"], 0),
    entry(A::Reopen, P::Case, "act-reopen", &["O"], 0),
    entry(A::Take, P::Case, "act-take", &["t"], 8),
    entry(A::Release, P::Case, "act-release", &["r"], 0),
    entry(A::Open, P::Queue, "act-open", &["enter", "l", "right"], 1),
    entry(A::Filter, P::Queue, "act-filter", &["/"], 2),
    entry(A::ClearFilter, P::Queue, "act-clear-filter", &["esc"], 0),
    entry(A::View(0), P::Queue, "act-view-mine", &["1"], 0),
    entry(A::View(1), P::Queue, "act-view-to-decide", &["2"], 0),
    entry(A::View(2), P::Queue, "act-view-to-approve", &["3"], 0),
    entry(A::View(3), P::Queue, "act-view-waiting", &["4"], 0),
    entry(A::View(4), P::Queue, "act-view-on-hold", &["5"], 0),
    entry(A::View(5), P::Queue, "act-view-fraud", &["6"], 0),
    entry(A::View(6), P::Queue, "act-view-overdue", &["7"], 0),
    entry(A::View(7), P::Queue, "act-view-all", &["8"], 0),
    entry(A::Everywhere, P::Queue, "act-everywhere", &["9"], 0),
    entry(A::NextView, P::Queue, "act-next-view", &["tab"], 0),
    entry(A::PreviousView, P::Queue, "act-previous-view", &["shift+tab"], 0),
    entry(A::Sort, P::Queue, "act-sort", &["s"], 9),
    entry(A::ReverseSort, P::Queue, "act-reverse-sort", &["S"], 0),
    entry(A::Mark, P::Queue, "act-mark", &["space"], 0),
    entry(A::MarkTo, P::Queue, "act-mark-to", &["V"], 0),
    entry(A::MarkAll, P::Queue, "act-mark-all", &["ctrl+a"], 0),
    entry(A::Results, P::Queue, "act-results", &["B"], 0),
    entry(A::Columns, P::Queue, "act-columns", &["|"], 0),
    entry(A::SaveSearch, P::Queue, "act-save-search", &["*"], 0),
    entry(A::DropSearch, P::Queue, "act-drop-search", &["-"], 0),
    entry(A::Preview, P::Queue, "act-preview", &["p"], 0),
    entry(A::PaneDown, P::Queue, "act-pane-down", &["J"], 0),
    entry(A::PaneUp, P::Queue, "act-pane-up", &["K"], 0),
    entry(A::Quit, P::Queue, "act-quit", &["q"], 12),
    entry(A::Back, P::Ticket, "act-back", &["esc", "q", "left", "h"], 2),
    entry(A::NextTicket, P::Ticket, "act-next-ticket", &["]", "J"], 0),
    entry(A::PreviousTicket, P::Ticket, "act-previous-ticket", &["[", "K"], 0),
    entry(A::AllChecks, P::Ticket, "act-all-checks", &["f"], 9),
    entry(A::Pane, P::Ticket, "act-pane", &["tab"], 8),
    entry(A::ConfirmOffer, P::Ticket, "act-confirm-offer", &["y"], 0),
    entry(A::AskedFor, P::Ticket, "act-asked-for", &["W"], 0),
    entry(A::Look, P::Ticket, "act-look", &["l", "right"], 2),
    entry(A::Acts, P::Ticket, "act-acts", &["A"], 10),
    entry(A::FindEvent, P::Ticket, "act-find-event", &["/"], 0),
    entry(A::Events, P::Ticket, "act-events", &["T"], 0),
    entry(A::Picture, P::Ticket, "act-picture", &["I"], 9),
    entry(A::Links, P::Ticket, "act-links", &["="], 0),
    entry(A::NextFinding, P::Look, "act-next-finding", &["]", "J", "tab"], 1),
    entry(A::PreviousFinding, P::Look, "act-previous-finding", &["[", "K", "shift+tab"], 2),
    entry(A::OtherTicket, P::Look, "act-other-ticket", &["o"], 3),
    entry(A::NextPicture, P::Picture, "act-next-picture", &["]", "J", "tab", "right", "l", "space"], 1),
    entry(A::OpenFile, P::Picture, "act-open-file", &["o"], 3),
    entry(A::PreviousPicture, P::Picture, "act-previous-picture", &["[", "K", "shift+tab", "left", "h"], 2),
    entry(A::Reveal, P::Ticket, "act-reveal", &["R"], 0),
    entry(A::Copy, P::Grant, "act-copy", &["c"], 1),
    entry(A::Save, P::Grant, "act-save", &["s"], 2),
    entry(A::SaveQr, P::Grant, "act-save-qr", &["r"], 3),
    entry(A::ShowQr, P::Grant, "act-show-qr", &["v"], 4),
    entry(A::SavePage, P::Grant, "act-save-page", &["p"], 5),
    entry(A::GrantRedeem, P::Grant, "act-grant-redeem", &["U"], 6),
    entry(A::GrantRevoke, P::Grant, "act-grant-revoke", &["X"], 7),
    entry(A::GrantReadOut, P::Grant, "act-grant-read-out", &["t"], 8),
    entry(A::GrantReadBack, P::Grant, "act-grant-read-back", &["b"], 9),
    entry(A::InvertQr, P::Grant, "act-invert-qr", &["i"], 10),
    entry(A::GrantsOpen, P::On(Screen::Grants), "act-grants-open", &["enter", "l", "right"], 1),
    entry(A::GrantsFilter, P::On(Screen::Grants), "act-grants-filter", &["/"], 2),
    entry(A::GrantsNextTab, P::On(Screen::Grants), "act-grants-next-tab", &["tab"], 3),
    entry(A::GrantsPreviousTab, P::On(Screen::Grants), "act-grants-previous-tab", &["shift+tab"], 0),
    entry(A::GrantsTicket, P::On(Screen::Grants), "act-grants-ticket", &["t"], 4),
    entry(A::GrantsRedeem, P::On(Screen::Grants), "act-grants-redeem", &["U"], 5),
    entry(A::GrantsRevoke, P::On(Screen::Grants), "act-grants-revoke", &["X"], 6),
    entry(A::OutboxRead, P::On(Screen::Outbox), "act-outbox-read", &["enter", "l", "right"], 1),
    entry(A::OutboxRetry, P::On(Screen::Outbox), "act-outbox-retry", &["r"], 2),
    entry(A::OutboxDrop, P::On(Screen::Outbox), "act-outbox-drop", &["x"], 3),
    entry(A::OutboxTicket, P::On(Screen::Outbox), "act-outbox-ticket", &["t"], 4),
    entry(A::OutboxNextTab, P::On(Screen::Outbox), "act-outbox-next-tab", &["tab"], 5),
    entry(A::OutboxPreviousTab, P::On(Screen::Outbox), "act-outbox-previous-tab", &["shift+tab"], 0),
    entry(A::Dismiss, P::Messages, "act-dismiss", &["d", "enter"], 1),
    entry(A::LookupGo, P::On(Screen::Lookup), "act-lookup-go", &["enter", "l", "right"], 1),
    entry(A::LookupType, P::On(Screen::Lookup), "act-lookup-type", &["/", "i"], 2),
    entry(A::LookupBack, P::On(Screen::Lookup), "act-lookup-back", &["backspace", "h", "left"], 3),
    entry(A::LookupReveal, P::On(Screen::Lookup), "act-lookup-reveal", &["R"], 4),
    entry(A::ImportGo, P::On(Screen::Import), "act-import-go", &["enter"], 1),
    entry(A::ImportFile, P::On(Screen::Import), "act-import-file", &["/", "i"], 2),
    entry(A::ImportNextList, P::On(Screen::Import), "act-import-next-list", &["tab"], 3),
    entry(A::ImportPreviousList, P::On(Screen::Import), "act-import-previous-list", &["shift+tab"], 0),
    entry(A::ImportMode, P::On(Screen::Import), "act-import-mode", &["m"], 4),
    entry(A::ImportQueue, P::On(Screen::Import), "act-import-queue", &["o"], 4),
    entry(A::ImportStop, P::On(Screen::Import), "act-import-stop", &["S"], 4),
    entry(A::RegistryWeigh, P::On(Screen::Registry), "act-registry-weigh", &["w"], 1),
    entry(A::ReportNext, P::On(Screen::Report), "act-report-next", &["tab", "right", "l"], 1),
    entry(A::ReportPrevious, P::On(Screen::Report), "act-report-previous", &["shift+tab", "left", "h"], 0),
    entry(A::ReportLonger, P::On(Screen::Report), "act-report-longer", &["+", "="], 2),
    entry(A::ReportShorter, P::On(Screen::Report), "act-report-shorter", &["-"], 3),
    entry(A::ReportOpen, P::On(Screen::Report), "act-report-open", &["enter"], 4),
    entry(A::LogOpen, P::On(Screen::Log), "act-log-open", &["enter"], 1),
    entry(A::LogFilter, P::On(Screen::Log), "act-log-filter", &["/"], 2),
    entry(A::LogClear, P::On(Screen::Log), "act-log-clear", &["x"], 0),
    entry(A::LogVerify, P::On(Screen::Log), "act-log-verify", &["v"], 3),
    entry(A::PolicyReplay, P::On(Screen::Policy), "act-policy-replay", &["r", "/"], 1),
    entry(A::PolicyRules, P::On(Screen::Policy), "act-policy-rules", &["p"], 2),
    entry(A::PolicyOpen, P::On(Screen::Policy), "act-policy-open", &["enter"], 3),
    entry(A::BackScreen, P::Screen, "act-back-screen", &["esc", "q"], 9),
    entry(A::Show(Screen::Lookup), P::Everywhere, "act-show-lookup", &["f2"], 12),
    entry(A::Show(Screen::Outbox), P::Everywhere, "act-show-outbox", &["f3"], 0),
    entry(A::Show(Screen::Import), P::Everywhere, "act-show-import", &["f4"], 0),
    entry(A::Show(Screen::Registry), P::Everywhere, "act-show-registry", &["f6"], 0),
    entry(A::Show(Screen::Report), P::Everywhere, "act-show-report", &["f7"], 0),
    entry(A::Show(Screen::Log), P::Everywhere, "act-show-log", &["f8"], 0),
    entry(A::Show(Screen::Agents), P::Everywhere, "act-show-agents", &["f9"], 0),
    entry(A::Show(Screen::Grants), P::Everywhere, "act-show-grants", &["f11"], 0),
    entry(A::Show(Screen::Policy), P::Everywhere, "act-show-policy", &["f10"], 0),
    entry(A::Screens, P::Everywhere, "act-screens", &["ctrl+g"], 0),
    entry(A::NextField, P::Form, "act-next-field", &["tab"], 0),
    entry(A::PreviousField, P::Form, "act-previous-field", &["shift+tab"], 0),
    entry(A::Submit, P::Form, "act-submit", &["ctrl+s"], 1),
    entry(A::Cancel, P::Form, "act-cancel", &["esc"], 2),
    entry(A::Editor, P::Form, "act-editor", &["ctrl+o"], 3),
    entry(A::CopyText, P::Form, "act-copy-text", &["ctrl+y"], 4),
    entry(A::ClearForm, P::Form, "act-clear-form", &["ctrl+l"], 5),
    entry(A::Down, P::Everywhere, "act-down", &["down", "j"], 0),
    entry(A::Up, P::Everywhere, "act-up", &["up", "k"], 0),
    entry(A::PageDown, P::Everywhere, "act-page-down", &["pgdn", "ctrl+f"], 0),
    entry(A::PageUp, P::Everywhere, "act-page-up", &["pgup", "ctrl+b"], 0),
    entry(A::First, P::Everywhere, "act-first", &["home", "g"], 0),
    entry(A::Last, P::Everywhere, "act-last", &["end", "G"], 0),
    entry(A::Help, P::Everywhere, "act-help", &["?", "f1"], 10),
    entry(A::Palette, P::Everywhere, "act-palette", &[":", "ctrl+p"], 11),
    entry(A::Undo, P::Everywhere, "act-undo", &["u"], 0),
    entry(A::Messages, P::Everywhere, "act-messages", &["M"], 0),
    entry(A::Refresh, P::Everywhere, "act-refresh", &["ctrl+r", "f5"], 0),
    entry(A::Language, P::Everywhere, "act-language", &["f12"], 0),
    entry(A::Theme, P::Everywhere, "act-theme", &["alt+c"], 0),
    entry(A::Mouse, P::Everywhere, "act-mouse", &["alt+m"], 0),
    entry(A::Lock, P::Everywhere, "act-lock", &["alt+l"], 0),
    entry(A::Suspend, P::Everywhere, "act-suspend", &["ctrl+z"], 0),
    entry(A::Quit, P::Everywhere, "act-quit", &["ctrl+q", "ctrl+c"], 0),
];

/// An action's line in the list.
pub fn entry_of(action: Action) -> Option<&'static Entry> {
    ACTIONS.iter().find(|e| e.action == action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::key::Key;
    use std::collections::BTreeMap;

    #[test]
    fn every_key_is_written_well_and_means_one_thing() {
        for places in [
            &[Place::Ticket, Place::Case, Place::Everywhere][..],
            &[Place::Queue, Place::Case, Place::Everywhere],
            Screen::Lookup.places(),
            Screen::Import.places(),
            Screen::Registry.places(),
            Screen::Policy.places(),
            Screen::Grants.places(),
            Screen::Outbox.places(),
            Screen::Report.places(),
            Screen::Log.places(),
            &[Place::Grant],
            &[Place::Form],
            &[Place::Look],
            &[Place::Picture],
        ] {
            let mut seen = BTreeMap::new();
            for entry in ACTIONS.iter().filter(|e| places.contains(&e.place)) {
                assert!(!entry.keys.is_empty(), "{} has no key", entry.words);
                for key in entry.keys {
                    assert!(Key::parse(key).is_some(), "{key}");
                    if let Some(other) = seen.insert(*key, entry.words) {
                        panic!("{key} means {other} and {}", entry.words);
                    }
                }
            }
        }
    }
}

//! The domain's own words in each language. In English they are the words of the contract.

use std::borrow::Cow;

use super::{Language, Part, Phrase, say};
use crate::domain::{
    Access, AccountState, Channel, Doubt, EvidenceKind, MessageKind, MessageState, NoticeKind, NoticeStatus,
    Op, Outcome, Proof, Recommendation, Request, Role, Source, State,
};

/// A word of the domain that has an id in `locales/*.ftl`.
pub trait Term: Copy {
    /// The id.
    fn id(self) -> &'static str;

    /// The word in a language.
    fn said(self, language: Language) -> &'static str {
        say(language, self.id())
    }
}

impl<T: Term> From<T> for Part {
    fn from(term: T) -> Self {
        Self::Word(term.id())
    }
}

macro_rules! terms {
    ($($term:ident { $($word:ident = $id:literal,)+ })+) => {$(
        impl Term for $term {
            fn id(self) -> &'static str {
                match self {
                    $(Self::$word => $id,)+
                }
            }
        }
    )+};
}

terms! {
    Doubt {
        TwoReadings = "finding-doubt-two",
        ManyBoxes = "finding-doubt-many",
        Unchecked = "finding-doubt-unchecked",
        TookTooLong = "finding-doubt-late",
        Broken = "finding-doubt-broken",
    }
    Source {
        Imei = "finding-source-imei",
        Serial = "finding-source-serial",
        Receipt = "finding-source-receipt",
        Box = "finding-source-box",
    }
    Request {
        Unbind = "word-request-unbind",
        DeviceReset = "word-request-device-reset",
        PasswordReset = "word-request-password-reset",
        LoginRecovery = "word-request-login-recovery",
        AccountDeletion = "word-request-account-deletion",
        Activation = "word-request-activation",
        LostReport = "word-request-lost-report",
    }
    Op {
        Unbind = "word-op-unbind",
        ResetDevice = "word-op-reset-device",
        ResetAccount = "word-op-reset-account",
    }
    Access {
        SignedIn = "word-access-signed-in",
        Contact = "word-access-contact",
        Tried = "word-access-tried",
        None = "word-access-none",
    }
    Recommendation {
        Investigate = "word-recommendation-investigate",
        Refuse = "word-recommendation-refuse",
        Refer = "word-recommendation-refer",
        Hold = "word-recommendation-hold",
        Guide = "word-recommendation-guide",
        Approve = "word-recommendation-approve",
        ApproveSecond = "word-recommendation-approve-second",
        Ask = "word-recommendation-ask",
    }
    State {
        Open = "word-state-open",
        Waiting = "word-state-waiting",
        Held = "word-state-held",
        Decided = "word-state-decided",
        Approved = "word-state-approved",
        Issued = "word-state-issued",
        Closed = "word-state-closed",
    }
    Outcome {
        Pass = "word-outcome-pass",
        Fail = "word-outcome-fail",
        Unknown = "word-outcome-unknown",
        Missing = "word-outcome-missing",
        Skip = "word-outcome-skip",
    }
    Proof {
        Consent = "word-proof-consent",
        Sim = "word-proof-sim",
        Facts = "word-proof-facts",
        Box = "word-proof-box",
        Purchase = "word-proof-purchase",
    }
    Role {
        Agent = "word-role-agent",
        Approver = "word-role-approver",
        Custodian = "word-role-custodian",
        Auditor = "word-role-auditor",
    }
    NoticeKind {
        Lost = "word-notice-kind-lost",
        Stolen = "word-notice-kind-stolen",
        Blocked = "word-notice-kind-blocked",
        Fraud = "word-notice-kind-fraud",
        Finance = "word-notice-kind-finance",
    }
    NoticeStatus {
        Pending = "word-notice-status-pending",
        Confirmed = "word-notice-status-confirmed",
        Cleared = "word-notice-status-cleared",
    }
    AccountState {
        Pending = "word-account-state-pending",
        Active = "word-account-state-active",
        Suspended = "word-account-state-suspended",
        Deleted = "word-account-state-deleted",
    }
    Channel {
        Sim = "word-channel-sim",
        Contact = "word-channel-contact",
    }
    MessageKind {
        Code = "word-message-code",
        OwnerNotice = "word-message-owner-notice",
        Reply = "word-message-reply",
        Checkpoint = "word-message-checkpoint",
    }
    MessageState {
        Waiting = "word-message-waiting",
        Sending = "word-message-sending",
        Sent = "word-message-sent",
        Failed = "word-message-failed",
        Dropped = "word-message-dropped",
    }
    EvidenceKind {
        Receipt = "word-evidence-kind-receipt",
        Sim = "word-evidence-kind-sim",
        Box = "word-evidence-kind-box",
        Code = "word-evidence-kind-code",
        Facts = "word-evidence-kind-facts",
        Document = "word-evidence-kind-document",
    }
}

/// What a ticket was closed as; a word that is not known is shown as it is.
pub fn closed_as(language: Language, word: &str) -> Cow<'_, str> {
    closed_id(word).map_or(Cow::Borrowed(word), |id| Cow::Borrowed(say(language, id)))
}

/// The id of what a ticket was closed as.
pub fn closed_id(word: &str) -> Option<&'static str> {
    Some(match word {
        "withdrawn" => "word-closed-withdrawn",
        "refused" => "word-closed-refused",
        "guided" => "word-closed-guided",
        "duplicate" => "word-closed-duplicate",
        "redeemed" => "word-closed-redeemed",
        "confirmed" => "word-closed-confirmed",
        "merged" => "word-closed-merged",
        "closed" => "word-state-closed",
        _ => return None,
    })
}

/// What somebody was about to do, as the log keeps it: `send codes`.
pub fn doing(what: &str) -> Part {
    Part::Word(match what {
        "act on a ticket" => "do-act",
        "issue authorizations" => "do-issue",
        "decide" => "do-decide",
        "redeem authorizations" => "do-redeem",
        "read codes out" => "do-read-out",
        "make service centres" => "do-centres",
        "revoke authorizations" => "do-revoke",
        "sign the revocation list" => "do-revocations",
        "approve" => "do-approve",
        "take objections" => "do-object",
        "clear checks" => "do-clear-check",
        "send codes" => "do-send-codes",
        "take codes" => "do-take-codes",
        "merge tickets" => "do-merge",
        "sign checkpoints" => "do-checkpoint",
        "prove what the log says" => "do-prove",
        "export the log" => "do-export-log",
        "accept a rollback" => "do-accept-rollback",
        "back the desk up" => "do-back-up",
        "restore a desk" => "do-restore",
        "read who looked" => "do-looks",
        "export tickets" => "do-export",
        "put the desk right" => "do-fix",
        "prune" => "do-prune",
        "erase people" => "do-erase",
        "close tickets" => "do-close",
        "reopen tickets" => "do-reopen",
        "set tickets waiting" => "do-wait",
        "add agents" => "do-add-agents",
        "change roles" => "do-roles",
        "disable agents" => "do-disable",
        "change who may do what" => "do-people",
        "change keys" => "do-keys",
        "give tickets back" => "do-give-back",
        "send decisions back" => "do-send-back",
        "confirm notices" => "do-confirm-notice",
        "clear notices" => "do-clear-notice",
        "import lists" => "do-import-lists",
        "import cases" => "do-import-cases",
        "enter cases" => "do-enter",
        "add evidence" => "do-add-evidence",
        "remove evidence" => "do-remove-evidence",
        "write notes" => "do-note",
        "take tickets" => "do-take",
        "undo" => "do-undo",
        other => return other.into(),
    })
}

/// Why a decision fell, as the desk keeps it; what a person wrote is shown as it is.
pub fn fell(why: &str) -> Phrase {
    Phrase::of(match why {
        "the evidence is not what it was" => "fell-evidence",
        "it was decided again" => "fell-decided-again",
        "its authorization was revoked" => "fell-revoked",
        "the owner objected" => "fell-objected",
        "the device was confirmed as lost" => "fell-lost",
        "the ticket was reopened" => "fell-reopened",
        "the approver sent it back" => "fell-sent-back",
        "the evidence was edited after it" => "fell-edited",
        "the ticket was closed, and that was undone" => "fell-unclosed",
        "who decided took it back" => "fell-taken-back",
        other => return other.into(),
    })
}

/// A word that came as text, in the language where it is one of the domain's.
pub fn parsed<T: Term + std::str::FromStr>(language: Language, text: &str) -> Cow<'_, str> {
    text.parse::<T>().map_or(Cow::Borrowed(text), |term| Cow::Borrowed(term.said(language)))
}

/// Several words, with commas.
pub fn listed<T: Term>(language: Language, words: &[T], between: &str) -> String {
    words.iter().map(|w| w.said(language)).collect::<Vec<_>>().join(between)
}

/// Sets of proofs of which one would do, joined by the language's word for or.
pub fn sets(language: Language, sets: &[Vec<Proof>], most: usize, between: &str) -> String {
    let sets: Vec<String> = sets.iter().take(most).map(|set| listed(language, set, " + ")).collect();
    sets.join(between)
}

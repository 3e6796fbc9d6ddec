//! What a leaf says besides who did what when: its own names and values, in the reader's language.

use std::borrow::Cow;

use crate::words::{Language, say};

/// The name of a value in a leaf.
pub fn name(l: Language, key: &str) -> Cow<'_, str> {
    let id = match key {
        "added" => "leaf-added",
        "agent" => "leaf-agent",
        "approvals" => "leaf-approvals",
        "as" => "leaf-as",
        "cause" => "leaf-cause",
        "centre" => "leaf-centre",
        "challenge" => "leaf-challenge",
        "channel" => "leaf-channel",
        "check" => "leaf-check",
        "code" => "leaf-code",
        "contacts" => "leaf-contacts",
        "day" => "leaf-day",
        "device" => "leaf-device",
        "evidence" => "leaf-evidence",
        "files" => "leaf-files",
        "found" => "leaf-found",
        "from" => "leaf-from",
        "imeis" => "leaf-imeis",
        "imported" => "leaf-imported",
        "into" => "leaf-into",
        "jti" => "leaf-jti",
        "kind" => "leaf-kind",
        "kinds" => "leaf-kinds",
        "looked_at" => "leaf-looked-at",
        "list" => "leaf-list",
        "message" => "leaf-message",
        "note" => "leaf-note",
        "number" => "leaf-number",
        "of" => "leaf-of",
        "op" => "leaf-op",
        "other" => "leaf-other",
        "override" => "leaf-override",
        "readers" => "leaf-readers",
        "recommendation" => "leaf-recommendation",
        "rejected" => "leaf-rejected",
        "request" => "leaf-request",
        "roles" => "leaf-roles",
        "stopped" => "leaf-stopped",
        "tickets" => "leaf-tickets",
        "until" => "leaf-until",
        "updated" => "leaf-updated",
        "given" => "leaf-given",
        "lists" => "leaf-lists",
        "mode" => "leaf-mode",
        "removed" => "leaf-removed",
        "revealed" => "leaf-revealed",
        "sealed" => "leaf-sealed",
        "secret" => "leaf-secret",
        "version" => "leaf-version",
        "what" => "leaf-what",
        "why" => "leaf-why",
        "word" => "leaf-word",
        other => return other.into(),
    };
    say(l, id).into()
}

/// A value of a leaf: yes, no, or what stands there.
pub fn value(l: Language, text: &str) -> &str {
    match text {
        "true" => say(l, "leaf-yes"),
        "false" => say(l, "leaf-no"),
        "delta" => say(l, "leaf-delta"),
        "erased" => say(l, "leaf-erased"),
        "merge" => say(l, "leaf-merge"),
        "replace" => say(l, "leaf-replace"),
        "retention" => say(l, "leaf-retention"),
        other => other,
    }
}

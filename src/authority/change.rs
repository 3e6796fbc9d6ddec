//! How one keyset may follow another: one person at a time, nobody forgotten, nobody brought back, and a new
//! approver who waits.
//!
//! The same rules hold where a change is asked for, where the root signs it (perhaps on another machine), where a
//! desk takes the signed keyset, and where the log is replayed.

use super::keyset::{AgentEntry, KeysetClaims};
use super::rule::{Refusal, Rule};
use crate::domain::Role;
use crate::words::Phrase;

/// The least a new approver waits, in seconds, whatever a policy says.
pub const LEAST_WAIT: i64 = 3600;

/// What became of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// They are new.
    Added,
    /// They have other roles.
    Role,
    /// They have another key.
    Key,
    /// They are disabled.
    Disabled,
}

impl Kind {
    /// As the log calls it.
    pub const fn act(self) -> &'static str {
        match self {
            Self::Added => "agent.added",
            Self::Role => "agent.role",
            Self::Key => "agent.key",
            Self::Disabled => "agent.disabled",
        }
    }
}

/// The one change between two keysets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub name: String,
    /// Which.
    pub kind: Kind,
    /// Their roles from now on.
    pub roles: Vec<Role>,
    /// They are an approver who was none, or by another key: until then (Unix seconds) they approve nothing.
    pub approves_from: Option<i64>,
}

/// The change from one keyset to the next, if it is one that may be. `wait`: seconds that a new approver waits at
/// least.
pub fn follow(old: &KeysetClaims, new: &KeysetClaims, wait: i64) -> Result<Change, Refusal> {
    let wrong = |reason: Phrase| Err(Refusal::new(Rule::Keyset, reason));
    if (new.iss.as_str(), new.rehearsal) != (old.iss.as_str(), old.rehearsal) {
        return wrong(Phrase::of("refusal-other-desk-keyset"));
    }
    if new.root != old.root {
        return wrong(Phrase::of("refusal-keyset-root"));
    }
    if new.version != old.version.saturating_add(1) {
        let words = Phrase::of("change-version").with("version", new.version.to_string());
        return wrong(words.with("old", old.version.to_string()));
    }
    if new.iat < old.iat {
        return wrong(Phrase::of("change-time"));
    }
    if new.solo != old.solo {
        return wrong(Phrase::of("change-solo"));
    }
    let mut names: Vec<&str> = Vec::new();
    for agent in &new.agents {
        if !old.agents.contains(agent) && !names.contains(&agent.name.as_str()) {
            names.push(&agent.name);
        }
    }
    let [name] = names.as_slice() else {
        return wrong(Phrase::of("change-one"));
    };
    for before in &old.agents {
        let Some(after) = new.agents.iter().find(|a| a.kid == before.kid) else {
            return wrong(Phrase::of("change-forgets").with("name", before.name.as_str()));
        };
        if let Some(why) = not_to_be(before, after, new.iat) {
            return wrong(Phrase::of(why).with("name", before.name.as_str()));
        }
    }
    if !new.agents.iter().any(|a| !a.disabled && a.valid_at(new.iat) && a.has_role(&[Role::Custodian])) {
        return wrong(Phrase::of("change-no-custodian"));
    }
    let change = of_person(old, new, name);
    if let Some(from) = change.approves_from
        && from < new.iat.saturating_add(wait.max(LEAST_WAIT))
    {
        let hours = (wait.max(LEAST_WAIT) / 3600).to_string();
        return wrong(Phrase::of("change-wait").with("name", *name).with("hours", hours));
    }
    Ok(change)
}

/// What must not become of a key that is known: the id of the reason.
fn not_to_be(before: &AgentEntry, after: &AgentEntry, now: i64) -> Option<&'static str> {
    let (from, to) = (before, after);
    if (&from.name, &from.jwk, from.nbf) != (&to.name, &to.jwk, to.nbf) {
        Some("change-key")
    } else if from.disabled && (!to.disabled || from.disabled_at != to.disabled_at) {
        Some("change-enabled")
    } else if to.exp > from.exp {
        Some("change-longer")
    } else if to.exp != from.exp && to.exp < now.min(from.exp) {
        // What was signed till now stays signed.
        Some("change-ended-before")
    } else if to.disabled_at.is_some() && to.disabled_at != from.disabled_at && to.disabled_at != Some(now) {
        Some("change-disabled-when")
    } else if from.has_role(&[Role::Approver]) && to.approves_from < from.approves_from {
        Some("change-sooner")
    } else {
        None
    }
}

fn of_person(old: &KeysetClaims, new: &KeysetClaims, name: &str) -> Change {
    let newest = |claims: &KeysetClaims| claims.agents.iter().rfind(|a| a.name == name).cloned();
    let (before, after) = (newest(old), newest(new));
    let was = before.filter(|a| !a.disabled);
    let is = after.as_ref().filter(|a| !a.disabled);
    let kind = match (&was, is) {
        (_, None) => Kind::Disabled,
        (None, Some(_)) => Kind::Added,
        (Some(was), Some(is)) if was.kid != is.kid => Kind::Key,
        _ => Kind::Role,
    };
    // Every key of theirs that is one to approve with and was none.
    let approver = |a: &&AgentEntry| a.name == name && !a.disabled && a.has_role(&[Role::Approver]);
    let approved =
        |kid: &str| old.agents.iter().any(|a| a.kid == kid && !a.disabled && a.has_role(&[Role::Approver]));
    let fresh = new.agents.iter().filter(approver).filter(|a| !approved(&a.kid));
    let approves_from = fresh.map(|a| a.approves_from).min();
    let roles = after.map(|a| a.roles).unwrap_or_default();
    Change { name: name.to_owned(), kind, roles, approves_from }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;

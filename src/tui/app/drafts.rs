//! What was typed and not sent: kept in the desk's folder while it is typed, and put back when its form opens
//! again, whatever ended it in between.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Effect;
use super::action::Action;
use super::form::{Form, Purpose};
use super::model::{Model, Overlay};
use crate::desk::drafts::Draft;
use crate::domain::{EvidenceKind, Time};
use crate::words::{Phrase, say_with};

/// What was typed into a form, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub at: Time,
    pub fields: BTreeMap<String, String>,
}

/// What is known of the drafts beside the desk when the screen is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// All that is seen outlives the program.
    #[default]
    Kept,
    /// The disk takes its time.
    Behind,
    /// It does not take them.
    Failed(Phrase),
}

impl Standing {
    pub fn failed(why: &std::io::Error) -> Self {
        Self::Failed(Phrase::of("draft-unkept").with("why", why))
    }

    /// What the person who types should know.
    pub fn said(&self) -> Option<Phrase> {
        match self {
            Self::Kept => None,
            Self::Behind => Some(Phrase::of("draft-behind")),
            Self::Failed(why) => Some(why.clone()),
        }
    }
}

/// Drafts by form and ticket: the screen's picture of what lies in the folder.
#[derive(Debug, Default)]
pub struct Drafts {
    kept: BTreeMap<(Purpose, i64), Kept>,
    /// Changes that the folder does not have yet.
    changed: Vec<(Purpose, i64)>,
    /// Whether the folder has what it was given.
    pub standing: Standing,
}

impl Purpose {
    /// Its name in a draft; none where nothing of it is ever kept: secrets, codes, names of files.
    pub fn draft_name(self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(match self {
            Self::Decide => "decide",
            Self::Evidence(kind) => match kind {
                EvidenceKind::Receipt => "evidence-receipt",
                EvidenceKind::Sim => "evidence-sim",
                EvidenceKind::Box => "evidence-box",
                EvidenceKind::Facts => "evidence-facts",
                EvidenceKind::Document => "evidence-document",
                EvidenceKind::Code => return None,
            },
            Self::Note => "note",
            Self::Reply => "reply",
            Self::Issue => "issue",
            Self::Revoke => "revoke",
            Self::ClearCheck => "clear-check",
            Self::Object => "object",
            Self::Steal => "steal",
            Self::SendBack => "send-back",
            Self::Bulk(Action::Note) => "many-note",
            Self::Bulk(Action::Decide) => "many-decide",
            Self::Bulk(Action::SendBack) => "many-send-back",
            Self::Bulk(Action::Revoke) => "many-revoke",
            Self::Bulk(Action::Take) => "many-take",
            Self::SaveSearch => "save-search",
            Self::DropMessage(message) => return Some(format!("drop-message-{message}").into()),
            _ => return None,
        }))
    }

    /// The form of a draft's name.
    pub fn of_draft(name: &str) -> Option<Self> {
        if let Some(message) = name.strip_prefix("drop-message-") {
            return message.parse().ok().map(Self::DropMessage);
        }
        let evidence = EvidenceKind::ALL.iter().map(|kind| Self::Evidence(*kind));
        let many = [Action::Note, Action::Decide, Action::SendBack, Action::Revoke, Action::Take];
        [Self::Decide, Self::Note, Self::Issue, Self::Revoke, Self::ClearCheck, Self::Object, Self::Steal]
            .into_iter()
            .chain([Self::SendBack, Self::Reply, Self::SaveSearch])
            .chain(many.map(Self::Bulk))
            .chain(evidence)
            .find(|purpose| purpose.draft_name().as_deref() == Some(name))
    }
}

impl Drafts {
    /// What was kept for a form.
    pub fn of(&self, purpose: Purpose, ticket: i64) -> Option<&Kept> {
        self.kept.get(&(purpose, ticket))
    }

    /// Forms of a ticket with something typed and not sent.
    pub fn on(&self, ticket: i64) -> impl Iterator<Item = Purpose> + '_ {
        self.kept.keys().filter(move |(_, id)| *id == ticket).map(|(purpose, _)| *purpose)
    }

    /// Nothing is kept.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The form was sent, or emptied by hand.
    pub fn forget(&mut self, purpose: Purpose, ticket: i64) {
        if self.kept.remove(&(purpose, ticket)).is_some() {
            self.changed.push((purpose, ticket));
        }
    }

    /// Keeps what a form holds now.
    pub fn keep(&mut self, form: &Form, at: Time) {
        if form.purpose.draft_name().is_none() {
            return;
        }
        let fields: BTreeMap<String, String> =
            form.typed().into_iter().map(|(key, text)| (key.to_owned(), text)).collect();
        if fields.is_empty() {
            return self.forget(form.purpose, form.ticket);
        }
        let key = (form.purpose, form.ticket);
        if self.kept.get(&key).is_none_or(|kept| kept.fields != fields) {
            self.kept.insert(key, Kept { at, fields });
            self.changed.push(key);
        }
    }

    /// Takes in what the folder holds; what is typed by now is newer.
    pub fn take_in(&mut self, drafts: Vec<Draft>) {
        for draft in drafts {
            let Some(purpose) = Purpose::of_draft(&draft.form) else { continue };
            let kept = Kept { at: Time(draft.at), fields: draft.fields };
            self.kept.entry((purpose, draft.ticket)).or_insert(kept);
        }
    }
}

/// Puts back what was typed into a form before.
pub(super) fn put_back(model: &Model, form: &mut Form) {
    let Some(kept) = model.drafts.of(form.purpose, form.ticket) else { return };
    let read = form.written.is_some();
    for field in &mut form.fields {
        if let Some(text) = kept.fields.get(field.key) {
            if read { field.set_to_read(text) } else { field.set(text) }
        }
    }
    form.kept = Some(kept.at);
    super::cases::form_changed(form);
}

/// Keeps what the open forms hold.
pub(super) fn keep_all(model: &mut Model) {
    let now = model.now;
    for overlay in &model.overlays {
        if let Overlay::Form(form) = overlay {
            model.drafts.keep(form, now);
        }
    }
}

/// What the folder is to be told.
pub(super) fn effects(model: &mut Model) -> Vec<Effect> {
    let mut changed = std::mem::take(&mut model.drafts.changed);
    changed.sort_unstable();
    changed.dedup();
    let Some(seat) = &model.seat else {
        model.drafts.changed = changed;
        return Vec::new();
    };
    changed
        .into_iter()
        .filter_map(|(purpose, ticket)| {
            let form = purpose.draft_name()?.into_owned();
            let kept = model.drafts.of(purpose, ticket);
            let (at, fields) = kept.map(|k| (k.at.0, k.fields.clone())).unwrap_or_default();
            Some(Effect::Draft { to: seat.drafts.clone(), draft: Draft { ticket, form, at, fields } })
        })
        .collect()
}

/// What must still be kept when the program ends, whatever ends it.
pub fn last_words(model: &mut Model) -> Vec<Effect> {
    keep_all(model);
    effects(model)
}

/// A colleague has taken over a ticket whose form is open: it is said at once, not only when it is sent.
pub(super) fn say_who_took_it(model: &mut Model) {
    let (me, now, language) = (model.me().to_owned(), model.now, model.language);
    let rows = std::sync::Arc::clone(&model.queue.rows);
    for overlay in &mut model.overlays {
        let Overlay::Form(form) = overlay else { continue };
        let free = matches!(form.purpose, Purpose::Note | Purpose::Approve | Purpose::Steal);
        if free || form.asked.is_some() || form.problem.is_some() {
            continue;
        }
        let row = rows.iter().find(|r| r.id == form.ticket);
        let holder = row.and_then(|r| r.holder(now)).filter(|(who, _)| *who != me);
        if let Some((who, _)) = holder {
            form.problem = Some(say_with(language, "draft-taken", &[("who", who.into())]));
        }
    }
}

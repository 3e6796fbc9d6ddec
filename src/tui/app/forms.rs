//! The forms of the acts: what each asks, what it warns of, and the request it ends in.

use super::form::{Choice, Field, Form, Kind, Purpose, Rule};
pub use super::form_decide::{decide, overrides, retell};
use super::model::Model;
use crate::domain::reading::evidence_columns;
use crate::domain::{Channel, EvidenceKind, Proof, Request};
use crate::tui::data::TicketView;
use crate::tui::terms::{Term as _, label};
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// A title with the ticket's name.
pub(super) fn named(l: Language, id: &'static str, name: &str) -> String {
    say_with(l, id, &[("name", name.into())])
}

/// What is final is typed as a word.
fn final_word(l: Language, id: &'static str) -> Field {
    let word = say(l, id);
    Field::text("word", say_with(l, "form-type", &[("word", word.into())]), Rule::Word(word))
}

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice { value: value.into(), label: label.into(), refused: None }
}

/// The sentence of a check's finding, else the reason's own word.
pub fn sentence(l: Language, case: &TicketView, reason: &str) -> String {
    let finding = case.judgement.findings.iter().find(|f| f.check.as_str() == reason);
    match finding {
        Some(finding) => format!("{reason}: {}", finding.reason.said(l)),
        None if reason == "owner.objection" => say(l, "ticket-owner-objects").into(),
        None if reason == "owner.notice" => say(l, "ticket-owner-unreached").into(),
        None => match reason.parse::<Proof>() {
            Ok(proof) => say_with(l, "ticket-proven", &[("proof", proof.said(l).into())]),
            Err(_) => reason.to_owned(),
        },
    }
}

pub fn send_code(l: Language, case: &TicketView) -> Form {
    let best = super::next::useful_code(case);
    let mut options = Vec::new();
    for state in &case.codes {
        for to in &state.to {
            let whom = match state.channel {
                Channel::Sim => say(l, "form-claimed-number"),
                Channel::Contact => say(l, "form-owner"),
            };
            let value = match state.channel {
                Channel::Sim => "sim".to_owned(),
                Channel::Contact => format!("contact {to}"),
            };
            options.push(choice(value, format!("{whom} {to}")));
        }
    }
    if let Some(best) = best {
        options.sort_by_key(|o| !o.value.starts_with(best.as_str()));
    }
    Form::new(
        Purpose::SendCode,
        case.row.id,
        named(l, "form-send-title", &case.row.name),
        say(l, "form-send"),
    )
    .say(Tone::Plain, say(l, "form-send-code"))
    .say(Tone::Plain, say(l, "form-send-names"))
    .field(Field::choice("to", say(l, "form-to"), options))
}

pub fn confirm_code(model: &Model, case: &TicketView, channel: Channel) -> Form {
    let l = model.language;
    let mut form = Form::new(
        Purpose::ConfirmCode(channel),
        case.row.id,
        named(l, "form-code-title", &case.row.name),
        say(l, "form-code-go"),
    )
    .field(Field::text("code", say(l, "form-code"), Rule::Code));
    if let Some(state) = case.code(channel) {
        let to = state.to.first().cloned().unwrap_or_default();
        if let Some(last) = state.pending(model.now) {
            let left = 3 - last.wrong;
            let until = when::until(l, last.expires_at, model.now);
            let values = [
                ("to", to.into()),
                ("channel", channel.said(l).into()),
                ("until", until.into()),
                ("n", left.into()),
            ];
            let text = say_with(l, "form-code-tries", &values);
            form = form.say(if left == 1 { Tone::Warn } else { Tone::Plain }, text);
        }
    }
    form
}

/// Kinds that are typed in; codes are not.
pub const KINDS: [EvidenceKind; 5] = [
    EvidenceKind::Receipt,
    EvidenceKind::Sim,
    EvidenceKind::Box,
    EvidenceKind::Facts,
    EvidenceKind::Document,
];

pub fn evidence(l: Language, id: i64, name: &str, kind: EvidenceKind) -> Form {
    let kinds = KINDS.iter().map(|k| choice(k.as_str(), k.said(l))).collect();
    let mut kind_field = Field::choice("kind", say(l, "form-kind"), kinds);
    kind_field.set(kind.as_str());
    let mut form =
        Form::new(Purpose::Evidence(kind), id, named(l, "form-evidence-title", name), say(l, "form-add"))
            .field(kind_field);
    for column in evidence_columns(kind) {
        form = form.field(Field::text(column, say(l, label(column)), Rule::Column(column)));
    }
    if !matches!(kind, EvidenceKind::Facts | EvidenceKind::Sim) {
        form = form.field(Field::text("file", say(l, "form-file"), Rule::Path));
    }
    let hint = match kind {
        EvidenceKind::Receipt => "form-hint-receipt",
        EvidenceKind::Sim => "form-hint-sim",
        EvidenceKind::Box => "form-hint-box",
        EvidenceKind::Facts => "form-hint-facts",
        _ => "form-hint-document",
    };
    form.say(Tone::Plain, say(l, hint))
}

pub fn remove_evidence(l: Language, case: &TicketView) -> Form {
    let options = case
        .evidence
        .iter()
        .filter(|e| !e.removed)
        .map(|e| {
            let first = e.given.first().map_or("", |(_, text)| text.as_str());
            let file = e.file.as_ref().map_or("", |(name, _)| name.as_str());
            choice(e.id.to_string(), format!("{} {} {first} {file}", e.id, e.kind.said(l)))
        })
        .collect();
    Form::new(
        Purpose::RemoveEvidence,
        case.row.id,
        named(l, "form-remove-title", &case.row.name),
        say(l, "form-remove"),
    )
    .say(Tone::Warn, say(l, "form-remove-counts"))
    .say(Tone::Plain, say(l, "form-remove-falls"))
    .field(Field::choice("item", say(l, "form-item"), options))
}

/// Joins a twin.
pub fn merge(l: Language, case: &TicketView) -> Form {
    let name = |t: &i64| format!("#{t}");
    let twins = super::enabled::twins(case);
    let rivals: Vec<i64> = super::enabled::rivals(case).into_iter().filter(|t| !twins.contains(t)).collect();
    let mut options: Vec<Choice> = twins
        .iter()
        .map(|t| choice(t.to_string(), say_with(l, "merge-twin", &[("ticket", name(t).into())])))
        .collect();
    options.extend(
        rivals
            .iter()
            .map(|t| choice(t.to_string(), say_with(l, "merge-rival", &[("ticket", name(t).into())]))),
    );
    Form::new(Purpose::Merge, case.row.id, named(l, "form-merge-title", &case.row.name), say(l, "form-merge"))
        .say(Tone::Plain, say(l, "form-merge-moves"))
        .say(Tone::Warn, say(l, "form-merge-closed"))
        .field(Field::choice("from", say(l, "form-from"), options))
}

/// Clears one failing check against one other ticket.
pub fn clear_check(l: Language, case: &TicketView) -> Form {
    let options = super::enabled::clearable(case)
        .iter()
        .map(|(check, other)| {
            choice(
                format!("{check} {other}"),
                say_with(
                    l,
                    "form-clear-against",
                    &[("check", check.as_str().into()), ("other", (*other).into())],
                ),
            )
        })
        .collect();
    Form::new(
        Purpose::ClearCheck,
        case.row.id,
        named(l, "form-clear-title", &case.row.name),
        say(l, "form-clear"),
    )
    .say(Tone::Warn, say(l, "form-clear-sign"))
    .field(Field::choice("pair", say(l, "form-check"), options))
    .field(Field::text("reason", say(l, "form-reason"), Rule::Needed))
}

pub fn approve(model: &Model, case: &TicketView) -> Form {
    let l = model.language;
    if case.row.request == Request::LostReport {
        let title = named(l, "form-confirm-title", &case.row.name);
        return ask(
            Purpose::ConfirmNotice,
            case,
            title,
            say(l, "form-confirm"),
            &[(Tone::Warn, say(l, "form-confirm-blocks"))],
        );
    }
    let mut form = Form::new(
        Purpose::Approve,
        case.row.id,
        named(l, "form-approve-title", &case.row.name),
        say(l, "form-approve"),
    );
    if let Some(d) = case.standing() {
        let ago = when::ago(l, d.at, model.now);
        let values = [("by", d.by.as_str().into()), ("word", d.word.said(l).into()), ("ago", ago.into())];
        let text = if d.overrides {
            say_with(l, "form-decided-against", &values)
        } else {
            say_with(l, "form-decided", &values)
        };
        form = form.say(if d.overrides { Tone::Bad } else { Tone::Plain }, text);
        if let Some(reason) = &d.reason {
            form =
                form.say(Tone::Plain, say_with(l, "form-reason-is", &[("reason", reason.as_str().into())]));
        }
    }
    for reason in &case.judgement.because {
        let caution = case.judgement.cautions.iter().any(|c| c.as_str() == reason);
        form = form.say(if caution { Tone::Warn } else { Tone::Plain }, sentence(l, case, reason));
    }
    if let Some(until) = case.cooldown_until.filter(|t| *t > model.now) {
        let values =
            [("time", when::minute(until).into()), ("until", when::until(l, until, model.now).into())];
        let text = say_with(l, "form-owner-told", &values);
        form = form.say(Tone::Plain, text);
    }
    form = form.say(Tone::Plain, say(l, "form-approve-sign"));
    if case.has_box() {
        form = form.field(Field {
            key: "saw",
            label: say(l, "form-saw-box").into(),
            rule: Rule::Ticked,
            kind: Kind::Switch(false),
        });
    } else {
        form.focus = form.cancel();
    }
    form
}

pub fn issue(l: Language, case: &TicketView) -> Form {
    let grants = case.row.request.op().map_or("", |op| op.said(l));
    Form::new(Purpose::Issue, case.row.id, named(l, "form-issue-title", &case.row.name), say(l, "form-issue"))
        .say(Tone::Plain, say_with(l, "form-issue-signs", &[("grants", grants.into())]))
        .say(Tone::Plain, say(l, "form-issue-told"))
        .field(Field::text("audience", say(l, "form-audience"), Rule::Free))
        .field(Field::text("challenge", say(l, "form-challenge"), Rule::Challenge))
}

/// A question without fields, the answer no unless somebody says yes.
fn ask(purpose: Purpose, case: &TicketView, title: String, submit: &str, says: &[(Tone, &str)]) -> Form {
    let mut form = Form::new(purpose, case.row.id, title, submit);
    for (tone, text) in says {
        form = form.say(*tone, *text);
    }
    form.focus = form.cancel();
    form
}

pub fn simple(l: Language, purpose: Purpose, case: &TicketView) -> Form {
    match purpose {
        Purpose::Note => {
            Form::new(purpose, case.row.id, named(l, "form-note-title", &case.row.name), say(l, "form-write"))
                .field(Field::lines("text", say(l, "form-note"), Rule::Needed))
        }
        Purpose::Object => Form::new(
            purpose,
            case.row.id,
            named(l, "form-object-title", &case.row.name),
            say(l, "form-record"),
        )
        .say(Tone::Bad, say(l, "form-object-then"))
        .say(Tone::Plain, say(l, "form-object-keeps"))
        .field(Field::text("reason", say(l, "form-object-said"), Rule::Free))
        .field(final_word(l, "form-word-object")),
        Purpose::Revoke | Purpose::Redeem => on_grant(l, purpose, case.row.id, &case.row.name),
        Purpose::Close => Form::new(
            purpose,
            case.row.id,
            named(l, "form-close-title", &case.row.name),
            say(l, "form-close"),
        )
        .say(Tone::Plain, say(l, "form-close-then"))
        .field(Field::choice(
            "word",
            say(l, "form-as"),
            vec![
                choice("withdrawn", say(l, "form-as-withdrawn")),
                choice("guided", say(l, "form-as-guided")),
                choice("refused", say(l, "form-as-refused")),
                choice("duplicate", say(l, "form-as-duplicate")),
            ],
        )),
        Purpose::Steal => {
            let who =
                case.row.lease.as_ref().map_or_else(|| say(l, "next-somebody"), |(who, _)| who.as_str());
            Form::new(
                purpose,
                case.row.id,
                named(l, "form-steal-title", &case.row.name),
                say(l, "form-steal"),
            )
            .say(Tone::Warn, say_with(l, "form-steal-then", &[("who", who.into())]))
            .field(Field::text("reason", say(l, "form-reason"), Rule::Needed))
        }
        _ => question(l, purpose, case),
    }
}

/// The questions that have no fields.
fn question(l: Language, purpose: Purpose, case: &TicketView) -> Form {
    match purpose {
        Purpose::ClearNotice => ask(
            purpose,
            case,
            named(l, "form-clear-notice-title", &case.row.name),
            say(l, "form-clear-notice"),
            &[(Tone::Warn, say(l, "form-clear-notice-then"))],
        ),
        Purpose::Wait => ask(
            purpose,
            case,
            named(l, "form-wait-title", &case.row.name),
            say(l, "form-wait"),
            &[(Tone::Plain, say(l, "form-wait-then"))],
        ),
        Purpose::Reopen => ask(
            purpose,
            case,
            named(l, "form-reopen-title", &case.row.name),
            say(l, "form-reopen"),
            &[(Tone::Warn, say(l, "form-reopen-then"))],
        ),
        Purpose::HearOwner => ask(
            purpose,
            case,
            named(l, "form-hear-title", &case.row.name),
            say(l, "form-hear"),
            &[(Tone::Plain, say(l, "form-hear-then"))],
        ),
        Purpose::Release => ask(
            purpose,
            case,
            named(l, "form-release-title", &case.row.name),
            say(l, "form-release"),
            &[(Tone::Plain, say(l, "form-release-then"))],
        ),
        _ => ask(
            purpose,
            case,
            named(l, "form-reveal-title", &case.row.name),
            say(l, "form-reveal"),
            &[(Tone::Warn, say(l, "form-reveal-then")), (Tone::Plain, say(l, "form-reveal-log"))],
        ),
    }
}

pub fn save(l: Language, purpose: Purpose, ticket: i64, name: &str) -> Form {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let (title, file) = match purpose {
        Purpose::SaveQr => ("form-save-qr", format!("{plain}.svg")),
        Purpose::SavePage => ("form-save-page", format!("{plain}.txt")),
        _ => ("form-save-token", format!("{plain}.jwt")),
    };
    let mut path = Field::text("path", say(l, "form-file"), Rule::Needed);
    path.set(&file);
    Form::new(purpose, ticket, say(l, title), say(l, "form-save"))
        .say(Tone::Plain, say(l, "form-save-then"))
        .field(path)
}

pub fn passphrase(l: Language, agent: &str) -> Form {
    Form::new(Purpose::Passphrase, 0, say(l, "form-passphrase"), say(l, "form-sign"))
        .say(Tone::Plain, say_with(l, "form-passphrase-for", &[("agent", agent.into())]))
        .field(Field {
            key: "passphrase",
            label: say(l, "form-passphrase").into(),
            rule: Rule::Needed,
            kind: Kind::Secret(tui_input::Input::default()),
        })
}

/// Withdrawing or using the authorization of a ticket.
pub fn on_grant(l: Language, purpose: Purpose, ticket: i64, name: &str) -> Form {
    if purpose == Purpose::Revoke {
        return Form::new(purpose, ticket, named(l, "form-revoke-title", name), say(l, "form-revoke"))
            .say(Tone::Bad, say(l, "form-revoke-then"))
            .field(Field::text("reason", say(l, "form-reason"), Rule::Needed))
            .field(final_word(l, "form-word-revoke"));
    }
    Form::new(purpose, ticket, named(l, "form-redeem-title", name), say(l, "form-redeem"))
        .say(Tone::Bad, say(l, "form-redeem-then"))
        .say(Tone::Plain, say(l, "form-final"))
        .field(final_word(l, "form-word-redeem"))
}

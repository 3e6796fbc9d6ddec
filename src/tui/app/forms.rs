//! The forms of the acts: what each asks, what it warns of, and the request it ends in.

use super::form::{Choice, Field, Form, Kind, Purpose, Rule};
use super::model::Model;
use crate::domain::reading::evidence_columns;
use crate::domain::{Channel, EvidenceKind, Outcome, Recommendation, Request};
use crate::judgement::Check;
use crate::tui::data::TicketView;
use crate::tui::theme::Tone;
use crate::tui::when;

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice { value: value.into(), label: label.into(), refused: None }
}

/// The sentence of a check's finding, else the reason's own word.
pub fn sentence(case: &TicketView, reason: &str) -> String {
    let finding = case.judgement.findings.iter().find(|f| f.check.as_str() == reason);
    match finding {
        Some(finding) => format!("{reason}: {}", finding.reason),
        None if reason.parse::<crate::domain::Proof>().is_ok() => format!("{reason} is proven"),
        None if reason == "owner.objection" => "the owner has objected".into(),
        None if reason == "owner.notice" => "the account has no contact that could be told".into(),
        None => reason.to_owned(),
    }
}

/// What a decision leads to.
fn consequence(word: Recommendation, cooldown: i64) -> String {
    match word {
        Recommendation::Approve => "The ticket may be issued at once; the owner is told when it is.".into(),
        Recommendation::ApproveSecond => format!(
            "An approver must say yes too. The owner is told now, and nothing is issued for {cooldown} hours."
        ),
        Recommendation::Ask => "The ticket waits for the customer.".into(),
        Recommendation::Refer => "The ticket waits; a service centre must look at the device.".into(),
        Recommendation::Hold => "The ticket is on hold until the time that is known.".into(),
        Recommendation::Investigate => "The ticket goes to the fraud queue.".into(),
        Recommendation::Guide => "The ticket is closed as guided.".into(),
        Recommendation::Refuse => "The ticket is closed as refused.".into(),
    }
}

/// Whether deciding this word hands over more than is recommended.
pub fn overrides(case: &TicketView, word: Recommendation) -> bool {
    let level = |w: Recommendation| match w {
        Recommendation::Approve => 0,
        Recommendation::ApproveSecond => 1,
        _ => 3,
    };
    word.grants() && level(word) < level(case.judgement.recommendation)
}

/// Why a word can never be decided on this case.
fn forbidden(case: &TicketView, word: Recommendation) -> Option<String> {
    if word.grants() && case.row.request.op().is_none() && case.row.request != Request::LostReport {
        return Some("ends in guidance".into());
    }
    if !overrides(case, word) {
        return None;
    }
    let failed = |check| case.judgement.finding(check).is_some_and(|f| f.outcome == Outcome::Fail);
    let stands = [
        (case.judgement.recommendation == Recommendation::Investigate, "to be investigated first"),
        (failed(Check::DeviceNotice), "a confirmed notice stands"),
        (failed(Check::DeviceLostMode), "the owner's lost mode is on"),
        (case.objected, "the owner has objected"),
    ];
    stands.iter().find(|(is, _)| *is).map(|(_, why)| (*why).to_owned())
}

pub fn decide(model: &Model, case: &TicketView) -> Form {
    let best = case.judgement.recommendation;
    let mut words = vec![best];
    words.extend(Recommendation::ALL.iter().copied().filter(|w| *w != best));
    let options = words
        .into_iter()
        .map(|word| {
            let label = match word {
                _ if word == best => format!("{word} (recommended)"),
                _ if overrides(case, word) => format!("{word} (override: a reason and two people)"),
                _ => word.to_string(),
            };
            Choice { value: word.to_string(), label, refused: forbidden(case, word) }
        })
        .collect();
    let mut form = Form::new(Purpose::Decide, case.row.id, format!("Decide {}", case.row.name), "Decide")
        .field(Field::choice("word", "Decision", options))
        .field(Field::text("reason", "Reason", Rule::Free));
    for reason in case.judgement.because.iter().take(4) {
        form = form.say(Tone::Plain, sentence(case, reason));
    }
    retell(model, case, &mut form);
    form
}

/// What the form says follows from the word chosen; said anew whenever that changes.
pub fn retell(model: &Model, case: &TicketView, form: &mut Form) {
    if form.purpose != Purpose::Decide {
        return;
    }
    let Ok(word) = form.value("word").parse::<Recommendation>() else { return };
    form.says.retain(|(tone, _)| *tone == Tone::Plain);
    let cooldown = model.seat.as_ref().map_or(72, |s| s.cooldown_hours);
    if overrides(case, word) {
        let text = format!(
            "This hands over more than recommended ({}): an override. It takes a reason and two people, and is counted.",
            case.judgement.recommendation
        );
        form.says.push((Tone::Bad, text));
    }
    let word = if overrides(case, word) { Recommendation::ApproveSecond } else { word };
    form.says.push((Tone::Info, consequence(word, cooldown)));
    let needed = word != case.judgement.recommendation || overrides(case, word);
    let needed = needed
        && !(word == Recommendation::ApproveSecond
            && case.judgement.recommendation == Recommendation::Approve);
    if let Some(field) = form.fields.iter_mut().find(|f| f.key == "reason") {
        field.rule = if needed { Rule::Needed } else { Rule::Free };
        field.label = if needed { "Reason".into() } else { "Reason (may be empty)".into() };
    }
    form.submit = format!("Decide {}", form.value("word"));
}

pub fn send_code(case: &TicketView) -> Form {
    let best = super::next::useful_code(case);
    let mut options = Vec::new();
    for state in &case.codes {
        for to in &state.to {
            let whom = match state.channel {
                Channel::Sim => "claimed number",
                Channel::Contact => "account's owner",
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
    Form::new(Purpose::SendCode, case.row.id, format!("Send a code for {}", case.row.name), "Send")
        .say(
            Tone::Plain,
            "A six-digit code: by phone good for 10 minutes, by e-mail for 24 hours, three tries.",
        )
        .say(Tone::Plain, "The message names what is asked for, so a yes is a yes to exactly this.")
        .field(Field::choice("to", "To", options))
}

pub fn confirm_code(model: &Model, case: &TicketView, channel: Channel) -> Form {
    let mut form = Form::new(
        Purpose::ConfirmCode(channel),
        case.row.id,
        format!("Code read back for {}", case.row.name),
        "Check",
    )
    .field(Field::text("code", "Code", Rule::Code));
    if let Some(state) = case.code(channel) {
        let to = state.to.first().cloned().unwrap_or_default();
        if let Some(last) = state.pending(model.now) {
            let left = 3 - last.wrong;
            let tries = if left == 1 { "one try left".to_owned() } else { format!("{left} tries left") };
            let text = format!(
                "Sent to {to} ({channel}); runs out {}, {tries}.",
                when::until(last.expires_at, model.now)
            );
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

pub fn evidence(id: i64, name: &str, kind: EvidenceKind) -> Form {
    let kinds = KINDS.iter().map(|k| choice(k.as_str(), k.as_str())).collect();
    let mut kind_field = Field::choice("kind", "Kind", kinds);
    kind_field.set(kind.as_str());
    let mut form =
        Form::new(Purpose::Evidence(kind), id, format!("Evidence for {name}"), "Add").field(kind_field);
    for column in evidence_columns(kind) {
        form = form.field(Field::text(column, label(column), Rule::Column(column)));
    }
    if !matches!(kind, EvidenceKind::Facts | EvidenceKind::Sim) {
        form = form.field(Field::text("file", "File", Rule::Path));
    }
    let hint = match kind {
        EvidenceKind::Receipt => "Retailer, number and date make the receipt; the file is its picture.",
        EvidenceKind::Sim => "The number, the ICCID printed on the card, or both.",
        EvidenceKind::Box => {
            "The number on the label, and the picture of it: typed digits alone prove nothing."
        }
        EvidenceKind::Facts => {
            "name=…; region=…; registered=2019; email=…; phone=…; device=model of another device"
        }
        _ => "A file that belongs to the case.",
    };
    form.say(Tone::Plain, hint)
}

fn label(column: &str) -> &'static str {
    match column {
        "receipt_retailer" => "Retailer",
        "receipt_no" | "box_no" => "Number",
        "receipt_date" => "Date",
        "receipt_imei" | "box_imei" => "IMEI",
        "receipt_serial" | "box_serial" => "Serial",
        "receipt_amount" => "Amount",
        "receipt_currency" => "Currency",
        "sim_msisdn" => "Phone number",
        "sim_iccid" => "ICCID",
        "facts" => "Answers",
        _ => "Text",
    }
}

pub fn remove_evidence(case: &TicketView) -> Form {
    let options = case
        .evidence
        .iter()
        .filter(|e| !e.removed)
        .map(|e| {
            let first = e.given.first().map_or("", |(_, text)| text.as_str());
            let file = e.file.as_ref().map_or("", |(name, _)| name.as_str());
            choice(e.id.to_string(), format!("{} {} {first} {file}", e.id, e.kind))
        })
        .collect();
    Form::new(Purpose::RemoveEvidence, case.row.id, format!("Remove evidence of {}", case.row.name), "Remove")
        .say(Tone::Warn, "It no longer supports the claim, but still counts where removing must not help.")
        .say(Tone::Plain, "A decision made before falls.")
        .field(Field::choice("item", "Item", options))
}

/// Joins a twin.
pub fn merge(case: &TicketView) -> Form {
    let options =
        super::enabled::twins(case).iter().map(|t| choice(t.to_string(), format!("ticket {t}"))).collect();
    Form::new(Purpose::Merge, case.row.id, format!("Merge into {}", case.row.name), "Merge")
        .say(
            Tone::Plain,
            "What the other ticket holds moves here: its evidence, and claim fields that are empty here.",
        )
        .say(Tone::Warn, "The other ticket is closed for good.")
        .field(Field::choice("from", "From", options))
}

/// Clears one failing check against one other ticket.
pub fn clear_check(case: &TicketView) -> Form {
    let options = super::enabled::clearable(case)
        .iter()
        .map(|(check, other)| choice(format!("{check} {other}"), format!("{check} against ticket {other}")))
        .collect();
    Form::new(Purpose::ClearCheck, case.row.id, format!("Clear a check of {}", case.row.name), "Clear")
        .say(Tone::Warn, "You sign that you read both tickets and that they may stand beside each other: a couple, a company's fleet, a stranger's typing.")
        .field(Field::choice("pair", "Check", options))
        .field(Field::text("reason", "Reason", Rule::Needed))
}

pub fn approve(model: &Model, case: &TicketView) -> Form {
    if case.row.request == Request::LostReport {
        return ask(
            Purpose::ConfirmNotice,
            case,
            "Confirm the notice of",
            "Confirm",
            &[(Tone::Warn, "The device is blocked for everybody until two people clear the notice.")],
        );
    }
    let mut form =
        Form::new(Purpose::Approve, case.row.id, format!("Second yes for {}", case.row.name), "Approve");
    if let Some(d) = case.standing() {
        let how = if d.overrides { " against the recommendation" } else { "" };
        form = form.say(
            if d.overrides { Tone::Bad } else { Tone::Plain },
            format!("{} decided {}{how}, {}.", d.by, d.word, when::ago(d.at, model.now)),
        );
        if let Some(reason) = &d.reason {
            form = form.say(Tone::Plain, format!("Reason: {reason}"));
        }
    }
    for reason in &case.judgement.because {
        let caution = case.judgement.cautions.iter().any(|c| c.as_str() == reason);
        form = form.say(if caution { Tone::Warn } else { Tone::Plain }, sentence(case, reason));
    }
    if let Some(until) = case.cooldown_until.filter(|t| *t > model.now) {
        let text = format!(
            "The owner was told; nothing is issued before {} ({}).",
            when::minute(until),
            when::until(until, model.now)
        );
        form = form.say(Tone::Plain, text);
    }
    form = form.say(Tone::Plain, "You sign that you looked at this case and agree.");
    if case.has_box() {
        form = form.field(Field {
            key: "saw",
            label: "I read the number in the picture of the box".into(),
            rule: Rule::Ticked,
            kind: Kind::Switch(false),
        });
    } else {
        form.focus = form.cancel();
    }
    form
}

pub fn issue(case: &TicketView) -> Form {
    let grants = case.row.request.op().map_or("", |op| op.as_str());
    Form::new(Purpose::Issue, case.row.id, format!("Issue for {}", case.row.name), "Issue")
        .say(Tone::Plain, format!("Signs an authorization to {grants}. It is good for 7 days, once."))
        .say(Tone::Plain, "The owner is told. It can be revoked as long as it is not used.")
        .field(Field::text("audience", "Service centre (empty: any)", Rule::Free))
        .field(Field::text("challenge", "Challenge (hex, may be empty)", Rule::Challenge))
}

/// A question without fields, the answer no unless somebody says yes.
fn ask(purpose: Purpose, case: &TicketView, title: &str, submit: &str, says: &[(Tone, &str)]) -> Form {
    let mut form = Form::new(purpose, case.row.id, format!("{title} {}", case.row.name), submit);
    for (tone, text) in says {
        form = form.say(*tone, *text);
    }
    form.focus = form.cancel();
    form
}

pub fn simple(purpose: Purpose, case: &TicketView) -> Form {
    match purpose {
        Purpose::Note => Form::new(purpose, case.row.id, format!("Note on {}", case.row.name), "Write")
            .field(Field::lines("text", "Note", Rule::Needed)),
        Purpose::Object => Form::new(purpose, case.row.id, format!("Objection on {}", case.row.name), "Record")
            .say(Tone::Bad, "The ticket turns to refuse, an unused authorization stops, and a pending fraud notice stands on the device.")
            .say(Tone::Plain, "A reopened ticket keeps the objection.")
            .field(Field::text("reason", "What the owner said (may be empty)", Rule::Free))
            .field(Field::text("word", "Type object", Rule::Word("object"))),
        Purpose::Revoke => Form::new(purpose, case.row.id, format!("Revoke {}", case.row.name), "Revoke")
            .say(Tone::Bad, "The authorization is withdrawn for good; who holds it learns so at the next list of revocations.")
            .field(Field::text("reason", "Reason", Rule::Needed))
            .field(Field::text("word", "Type revoke", Rule::Word("revoke"))),
        Purpose::Redeem => Form::new(purpose, case.row.id, format!("Redeem {}", case.row.name), "Redeem")
            .say(Tone::Bad, "The authorization is used up here and now: the device is released from the account.")
            .say(Tone::Plain, "This cannot be taken back.")
            .field(Field::text("word", "Type redeem", Rule::Word("redeem"))),
        Purpose::Close => Form::new(purpose, case.row.id, format!("Close {}", case.row.name), "Close")
            .say(Tone::Plain, "The ticket leaves the queue without a decision. It can be opened again.")
            .field(Field::choice("word", "As", vec![choice("withdrawn", "withdrawn by the customer"), choice("guided", "guided"), choice("refused", "refused"), choice("duplicate", "duplicate of another")])),
        Purpose::Steal => {
            let who = case.row.lease.as_ref().map_or("somebody", |(who, _)| who.as_str());
            Form::new(purpose, case.row.id, format!("Take over {}", case.row.name), "Take over")
                .say(Tone::Warn, format!("{who} holds it now and may be working on it. The log keeps who took it over, and why."))
                .field(Field::text("reason", "Reason", Rule::Needed))
        }
        Purpose::ClearNotice => ask(purpose, case, "Clear the notice of", "Clear", &[
            (Tone::Warn, "The device is no longer blocked once an agent asked and an approver agreed."),
        ]),
        Purpose::Wait => ask(purpose, case, "Wait:", "Wait", &[(Tone::Plain, "The ticket waits for the customer and leaves the list of what to do.")]),
        Purpose::Reopen => ask(purpose, case, "Reopen", "Reopen", &[
            (Tone::Warn, "Decision, approvals and codes fall; an objection of the owner stays."),
        ]),
        Purpose::Release => ask(purpose, case, "Give back", "Give back", &[(Tone::Plain, "Anybody may take the ticket then.")]),
        _ => ask(purpose, case, "Reveal", "Reveal", &[
            (Tone::Warn, "Names and contacts that the registry holds are shown in full for a minute."),
            (Tone::Plain, "The log keeps that you saw them."),
        ]),
    }
}

pub fn save(purpose: Purpose, ticket: i64, name: &str) -> Form {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let (title, file) = match purpose {
        Purpose::SaveQr => ("Save the QR code", format!("{plain}.svg")),
        _ => ("Save the token", format!("{plain}.jwt")),
    };
    let mut path = Field::text("path", "File", Rule::Needed);
    path.set(&file);
    Form::new(purpose, ticket, title, "Save")
        .say(Tone::Plain, "A new file that only you may read; an existing one is left alone.")
        .field(path)
}

pub fn passphrase(agent: &str) -> Form {
    Form::new(Purpose::Passphrase, 0, "Passphrase", "Sign")
        .say(Tone::Plain, format!("The key of {agent} signs this; it is asked for once."))
        .field(Field {
            key: "passphrase",
            label: "Passphrase".into(),
            rule: Rule::Needed,
            kind: Kind::Secret(tui_input::Input::default()),
        })
}

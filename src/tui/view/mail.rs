//! The mails of a ticket: who says they wrote them, their words, and what they offer.

use super::paint::{Row, hanging, rule, wrapped};
use crate::desk::mail::{Mail, Offer, remarks};
use crate::domain::{OfferKind, OfferState, Time};
use crate::tui::app::look::Pick;
use crate::tui::data::TicketView;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// Lines of a mail's text that are shown; `latchkey mail show` has all.
const MOST_LINES: usize = 10;

/// Nothing where no mail came.
pub fn rows(l: Language, case: &TicketView, width: usize, now: Time) -> Vec<Row> {
    let mut rows = Vec::new();
    if case.mails.is_empty() {
        return rows;
    }
    rows.push(rule(say(l, "mail-heading"), width));
    for mail in &case.mails {
        one(l, mail, width, now, &mut rows);
    }
    rows
}

fn one(l: Language, mail: &Mail, width: usize, now: Time, rows: &mut Vec<Row>) {
    let name = mail.name.as_deref().map(|n| format!("{n} ")).unwrap_or_default();
    let who = format!("{name}<{}>", mail.sender);
    let ago = when::ago(l, mail.taken_at, now);
    let from = say_with(l, "mail-from", &[("who", who.into()), ("ago", ago.into())]);
    rows.extend(wrapped(Tone::Dim, &from, width, 2));
    if !mail.subject.is_empty() {
        rows.extend(hanging(Row::new().plain("  "), Tone::Strong, &mail.subject, width));
    }
    let own = [(mail.notice, "mail-notice"), (mail.stranger, "mail-stranger")];
    let own = own.into_iter().filter(|(is, _)| *is).map(|(_, id)| say(l, id).to_owned());
    for remark in own.chain(remarks(mail).iter().map(|remark| remark.said(l).into_owned())) {
        rows.extend(hanging(Row::new().tone(Tone::Warn, "  ! "), Tone::Warn, &remark, width));
    }
    let lines: Vec<&str> = mail.text.lines().collect();
    for line in lines.iter().take(MOST_LINES) {
        rows.extend(wrapped(Tone::Plain, line, width, 4));
    }
    let more = lines.len().saturating_sub(MOST_LINES);
    if more > 0 {
        let values = [("n", more.into()), ("ticket", mail.ticket.into())];
        rows.extend(wrapped(Tone::Dim, &say_with(l, "mail-more", &values), width, 4));
    }
    for offer in &mail.offers {
        let mut lines = offered(l, offer, width);
        if let Some(first) = lines.first_mut() {
            first.pick = Some(Pick::Offer(offer.id));
        }
        rows.extend(lines);
    }
}

fn offered(l: Language, offer: &Offer, width: usize) -> Vec<Row> {
    let (mark, tone) = match offer.state {
        OfferState::Offered => ("?", Tone::Warn),
        OfferState::Confirmed => ("✓", Tone::Good),
        OfferState::Dismissed => ("–", Tone::Dim),
    };
    let mut parts = vec![value(l, offer)];
    if offer.damaged {
        parts.push(say(l, "mail-damaged").to_owned());
    }
    parts.push(state(l, offer));
    let first = Row::new().tone(tone, format!("  {mark} ")).column(Tone::Strong, kind(l, offer.kind), 12);
    let tone = if offer.state == OfferState::Dismissed { Tone::Dim } else { Tone::Plain };
    hanging(first, tone, &parts.join(" · "), width)
}

/// What became of an offer.
pub fn state(l: Language, offer: &Offer) -> String {
    let who = offer.by.as_deref().unwrap_or_default();
    match offer.state {
        OfferState::Offered => say(l, "mail-offered").to_owned(),
        OfferState::Confirmed => {
            let what = offer.what.as_deref().unwrap_or_default();
            say_with(l, "mail-confirmed", &[("what", what_of(l, what).into()), ("who", who.into())])
        }
        OfferState::Dismissed => say_with(l, "mail-dismissed", &[("who", who.into())]),
    }
}

/// What is offered, in words.
pub fn value(l: Language, offer: &Offer) -> String {
    match &offer.file {
        Some(file) => {
            let size = file.bytes.div_ceil(1024).into();
            say_with(l, "mail-file", &[("name", file.name.as_str().into()), ("size", size)])
        }
        None => offer.text.clone(),
    }
}

/// What an offer seems to be.
pub fn kind(l: Language, kind: OfferKind) -> &'static str {
    say(
        l,
        match kind {
            OfferKind::Imei => "mail-kind-imei",
            OfferKind::Serial => "mail-kind-serial",
            OfferKind::Iccid => "mail-kind-iccid",
            OfferKind::Phone => "mail-kind-phone",
            OfferKind::Email => "mail-kind-email",
            OfferKind::Receipt => "mail-kind-receipt",
            OfferKind::File => "mail-kind-file",
        },
    )
}

/// The word for what an offer is confirmed as: a column of the case, or a kind of evidence.
pub fn what_of(l: Language, what: &str) -> String {
    what_id(what).map_or_else(|| what.to_owned(), |id| say(l, id).to_owned())
}

/// The id of that word.
pub fn what_id(what: &str) -> Option<&'static str> {
    Some(match what {
        "imei" => "mail-as-imei",
        "imei2" => "mail-as-imei2",
        "serial" => "mail-as-serial",
        "receipt_imei" => "mail-as-receipt-imei",
        "receipt_serial" => "mail-as-receipt-serial",
        "receipt_no" => "mail-as-receipt-no",
        "box_imei" => "mail-as-box-imei",
        "box_serial" => "mail-as-box-serial",
        "sim_iccid" => "mail-as-sim-iccid",
        "sim_msisdn" => "mail-as-sim-msisdn",
        "account_email" => "mail-as-account-email",
        "account_phone" => "mail-as-account-phone",
        "claimant_phone" => "mail-as-claimant-phone",
        other => other.parse::<crate::domain::EvidenceKind>().ok()?.id(),
    })
}

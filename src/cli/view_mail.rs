//! The mails of a ticket for people: who says they wrote them, what they say, and what they offer.

use serde_json::Value;

use super::page::Page;
use super::style::Tone;
use super::view::{counted, text};
use super::when;
use crate::domain::Shown;

/// Lines of a mail's text that stand in the whole ticket; `mail show` has all.
const MOST_LINES: usize = 12;

/// The section of a ticket.
pub fn mails(page: &mut Page, mails: &[Value]) {
    if mails.is_empty() {
        return;
    }
    page.title("Mail");
    for mail in mails {
        one(page, mail, Some(MOST_LINES));
    }
}

/// One mail, with as many lines of its text.
pub fn one(page: &mut Page, mail: &Value, lines: Option<usize>) {
    let sent = when::read(&mail["sent_at"]).map(|at| format!(", dated {}", when::minute(at)));
    let taken = when::read(&mail["taken_at"]).map(when::minute).unwrap_or_default();
    let name = mail["sender"]["name"].as_str().map(|_| format!("{} ", text(&mail["sender"]["name"])));
    let from = format!("{}<{}>", name.unwrap_or_default(), text(&mail["sender"]["email"]));
    page.field("from", &format!("{from} (as the mail says), taken {taken}{}", sent.unwrap_or_default()));
    page.field("subject", &text(&mail["subject"]));
    page.field(
        "original",
        &format!("mail {}, sha256 {}", text(&mail["mail"]), text(&mail["original"]["sha256"])),
    );
    let mut remarks: Vec<String> = mail["remarks"].as_array().into_iter().flatten().map(text).collect();
    if mail["stranger"] == true {
        remarks.insert(0, "it came from another address than the claimant's".to_owned());
    }
    if mail["answers_owner_notice"] == true {
        let heard = mail["heard_by"].as_str().map(|by| format!(", read by {by}")).unwrap_or_default();
        remarks.insert(0, format!("it answers a message to the account's owner{heard}"));
    }
    for remark in remarks {
        page.field("note", &remark);
    }
    let words = mail["text"].as_str().unwrap_or_default();
    let shown = Shown(words).lines().to_string();
    let all = shown.lines().count();
    let most = lines.unwrap_or(all);
    for line in shown.lines().take(most) {
        page.prose("    ", "    ", line);
    }
    if all > most {
        page.prose(
            "    ",
            "    ",
            &format!("… and {} (`latchkey mail show`)", counted((all - most) as u64, "more line")),
        );
    }
    for offer in mail["offers"].as_array().into_iter().flatten() {
        offered(page, offer);
    }
}

fn offered(page: &mut Page, offer: &Value) {
    let state = text(&offer["state"]);
    let damaged = if offer["damaged"] == true { ", whose check digit does not fit" } else { "" };
    let bytes = offer["attachment"]["bytes"]
        .as_u64()
        .map(|n| format!(" ({})", counted(n, "byte")))
        .unwrap_or_default();
    let what = match state.as_str() {
        "confirmed" => format!("confirmed as {} by {}", text(&offer["as"]), text(&offer["by"])),
        "dismissed" => format!("dismissed by {}", text(&offer["by"])),
        _ => page.style.paint(Tone::Warn, "not confirmed"),
    };
    let label = format!("offer {}", text(&offer["offer"]));
    page.field(&label, &format!("{} {}{damaged}{bytes}: {what}", text(&offer["kind"]), text(&offer["text"])));
}

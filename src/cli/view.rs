//! A ticket for people: pleasant to read on 80 columns, nothing in it that its JSON does not say.

use std::fmt::Write as _;

use serde_json::Value;

use super::page::Page;
use super::style::{self, Style, Tone};
use super::when;
use crate::domain::{Outcome, Shown, Time};

/// A text of a document, made safe to look at.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => Shown(text).to_string(),
        other => super::table::plain(other),
    }
}

/// A text that is there and not empty.
fn some(value: &Value) -> Option<String> {
    value.as_str().filter(|t| !t.is_empty()).map(|t| Shown(t).to_string())
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// `#17 C-0042`.
pub fn name(ticket: &Value) -> String {
    let number = ticket["ticket"].as_i64().map_or_else(String::new, |n| format!("#{n}"));
    match some(&ticket["reference"]) {
        Some(reference) => format!("{number} {reference}"),
        None => number,
    }
}

/// `#17 C-0042: refuse (open)`: what an act on one of several tickets prints.
pub fn line(style: Style, ticket: &Value) -> String {
    let word = text(&ticket["recommendation"]);
    let closed = some(&ticket["closed_as"]).map(|w| format!(", {w}")).unwrap_or_default();
    format!(
        "{}: {}, {}{closed}\n",
        name(ticket),
        text(&ticket["state"]),
        style.paint(Tone::of_word(&word), &word)
    )
}

/// A ticket after its decision or approval: how it stands, and what comes next.
pub fn decided(style: Style, t: &Value) -> String {
    let word = some(&t["decision"]["decision"]).unwrap_or_else(|| text(&t["recommendation"]));
    let closed = some(&t["closed_as"]).map(|w| format!(", {w}")).unwrap_or_default();
    let overrides = if t["decision"]["override"] == true { " (override)" } else { "" };
    let mut out = format!(
        "{}: {}{overrides}, {}{closed}\n",
        name(t),
        style.paint(Tone::of_word(&word), &word),
        text(&t["state"])
    );
    let next = next(t);
    if !next.is_empty() {
        out.push_str(&style::wrap(&next, style.prose(), "  ", "  "));
        out.push('\n');
    }
    out
}

/// The whole ticket.
pub fn ticket(style: Style, now: Time, rehearsal: bool, t: &Value) -> String {
    let mut page = Page::new(style, now);
    head(&mut page, rehearsal, t);
    verdict(&mut page, t);
    guide(&mut page, &t["guide"]);
    findings(&mut page, rows(&t["findings"]), Everything::Yes);
    signs(&mut page, rows(&t["signs"]));
    evidence(&mut page, rows(&t["evidence"]));
    super::view_mail::mails(&mut page, rows(&t["mail"]));
    decision(&mut page, t);
    notes(&mut page, rows(&t["notes"]));
    history(&mut page, rows(&t["history"]));
    page.out
}

/// What a check found, and what follows: `check`.
pub fn checked(style: Style, now: Time, t: &Value) -> String {
    let mut page = Page::new(style, now);
    let line = format!("{}  {}  {}", name(t), text(&t["request"]), text(&t["state"]));
    page.painted(Tone::Strong, &line);
    page.blank();
    verdict(&mut page, t);
    findings(&mut page, rows(&t["findings"]), Everything::No);
    for item in rows(&t["evidence"]) {
        if let Some(harm) = harm(item) {
            page.painted(Tone::Bad, &format!("✗ evidence {}: {harm}", text(&item["id"])));
            page.blank();
        }
    }
    page.out
}

fn head(page: &mut Page, rehearsal: bool, t: &Value) {
    let line = format!("{}  {}  {}", name(t), text(&t["request"]), text(&t["state"]));
    page.painted(Tone::Strong, &line);
    if rehearsal {
        page.out.push_str("  ");
        page.painted(Tone::Warn, "REHEARSAL");
    }
    page.blank();
    let who = &t["claimant"];
    let person: Vec<String> =
        ["name", "email", "phone", "language"].iter().filter_map(|k| some(&who[*k])).collect();
    page.field("claimant", &person.join(", "));
    page.field("access", &text(&t["access"]));
    page.field("device", &device(t));
    page.field("account", &account(t));
    let received = page.moment(&t["received_at"]);
    page.field("received", &received);
    if t["state"] != "closed" {
        let due = page.moment(&t["due_at"]);
        page.field("due", &due);
    }
    let paused = page.moment(&t["paused_at"]);
    page.field("paused", &paused);
    let held = page.moment(&t["held_until"]);
    page.field("held until", &held);
    if let Some(holder) = some(&t["assignee"]) {
        let until = page.moment(&t["lease_until"]);
        page.field("taken by", &format!("{holder} until {until}"));
    }
    if let Some(word) = some(&t["closed_as"]) {
        let into = t["merged_into"].as_i64().map(|n| format!(" into #{n}")).unwrap_or_default();
        page.field("closed as", &format!("{word}{into}"));
    }
}

/// `1 file`, `2 files`, `2 leaves`.
pub fn counted(n: u64, one: &str) -> String {
    match one.strip_suffix("leaf") {
        _ if n == 1 => format!("{n} {one}"),
        Some(before) => format!("{n} {before}leaves"),
        None => format!("{n} {one}s"),
    }
}

/// Brand and model; `Orbit Orbit 11` would say one word twice.
pub fn branded(parts: &[String]) -> String {
    match parts {
        [brand, model] if model.starts_with(brand.as_str()) => model.clone(),
        parts => parts.join(" "),
    }
}

fn device(t: &Value) -> String {
    let d = &t["device"];
    let claimed = &t["claimed"];
    if d.is_null() {
        let said: Vec<String> =
            ["imei", "imei2", "serial", "model"].iter().filter_map(|k| some(&claimed[*k])).collect();
        return if said.is_empty() {
            String::new()
        } else {
            format!("{} (not in the registry)", said.join(", "))
        };
    }
    let model: Vec<String> = ["brand", "model"].iter().filter_map(|k| some(&d[*k])).collect();
    let model = if d["model_masked"] == true { "model masked".to_owned() } else { branded(&model) };
    let mut parts = vec![model];
    parts.extend(list(&d["imeis"]).into_iter().map(|i| format!("IMEI {i}")));
    parts.extend(some(&d["serial"]).map(|s| format!("serial {s}")));
    parts.retain(|p| !p.is_empty());
    parts.join(", ")
}

fn account(t: &Value) -> String {
    let a = &t["account"];
    let claimed = &t["claimed"];
    let mut parts: Vec<String> = Vec::new();
    if let Some(id) = some(&a["account_id"]) {
        parts.push(format!("{id} ({})", text(&a["state"])));
    }
    let said: Vec<String> =
        ["account_id", "account_email", "account_phone"].iter().filter_map(|k| some(&claimed[*k])).collect();
    if !said.is_empty() {
        parts.push(format!("claimed: {}", said.join(", ")));
    }
    parts.join("; ")
}

/// The sentence for a name in `because`: the finding's own words, else the name.
fn reason(t: &Value, name: &str) -> String {
    let finding = rows(&t["findings"]).iter().find(|f| f["check"] == name);
    match (finding, name) {
        (Some(finding), _) => text(&finding["reason"]),
        (None, "owner.notice") => "The account has no contact that could be told of the grant.".into(),
        (None, "owner.objection") => "The owner has objected.".into(),
        (None, "consent" | "sim" | "facts" | "box" | "purchase") => "This proof is complete.".into(),
        (None, _) => "The request itself ends here.".into(),
    }
}

fn verdict(page: &mut Page, t: &Value) {
    let word = text(&t["recommendation"]);
    page.blank();
    page.painted(Tone::Strong, "Recommendation: ");
    page.painted(Tone::of_word(&word), &word);
    let until = page.moment(&t["until"]);
    if !until.is_empty() {
        let _ = write!(page.out, " until {until}");
    }
    let also = list(&t["also"]);
    if !also.is_empty() {
        let _ = write!(page.out, " (also {})", also.join(", "));
    }
    page.blank();
    for name in list(&t["because"]) {
        page.prose(&format!("  {name}: "), "    ", &reason(t, &name));
    }
    let proofs = list(&t["proofs"]);
    if !proofs.is_empty() {
        page.field("proven", &proofs.join(", "));
    }
    for (n, set) in rows(&t["missing"]).iter().enumerate() {
        page.field(if n == 0 { "missing" } else { "or" }, &list(set).join(" and "));
    }
    page.field("next", &next(t));
}

/// A mail offers what nobody has confirmed or put aside.
fn offered(t: &Value) -> bool {
    rows(&t["mail"]).iter().flat_map(|mail| rows(&mail["offers"])).any(|offer| offer["state"] == "offered")
}

/// What to do with the ticket now.
fn next(t: &Value) -> String {
    let (n, word) = (t["ticket"].as_i64().unwrap_or(0), text(&t["recommendation"]));
    let lost = t["request"] == "lost-report";
    let decided = text(&t["decision"]["decision"]);
    let standing = !decided.is_empty() && t["decision"]["cancelled_at"].is_null();
    match (t["state"].as_str().unwrap_or_default(), word.as_str()) {
        ("closed", _) => String::new(),
        ("issued", _) => "The authorization is out; `latchkey redeem TOKEN` uses it.".into(),
        ("approved", _) => {
            format!("`latchkey issue {n}` signs the authorization once any cool-down has ended.")
        }
        ("decided", _) if lost => {
            format!("A second person confirms the notice: `latchkey notice confirm {n}`.")
        }
        ("decided", _) => format!("A second person says yes: `latchkey approve {n}`."),
        ("held" | "waiting", _) if standing => match decided.as_str() {
            "investigate" => "It is with the fraud queue.".into(),
            "hold" => "It is held; the checks run again by themselves when the time has passed.".into(),
            _ => "It waits for the customer.".into(),
        },
        _ if offered(t) => {
            format!(
                "Say what of its mail is meant: `latchkey mail show {n}`, then `latchkey mail confirm {n}`."
            )
        }
        (_, "approve" | "approve-second") => format!("`latchkey decide {n} {word}` is yours to sign."),
        (_, "ask") => "Ask for what is missing; `latchkey evidence add` takes it in.".into(),
        (_, "guide") => format!("Tell the customer the steps below, then `latchkey decide {n} guide`."),
        (_, "hold") => "Wait; the checks run again by themselves when the time has passed.".into(),
        (_, "investigate") => format!("`latchkey decide {n} investigate` sends it to the fraud queue."),
        _ => format!("`latchkey decide {n} {word}`."),
    }
}

fn guide(page: &mut Page, guide: &Value) {
    if guide.is_null() {
        return;
    }
    page.title("Tell the customer");
    for (n, step) in list(&guide["steps"]).iter().enumerate() {
        page.prose(&format!("  {}. ", n + 1), "     ", step);
    }
    page.field("login", &text(&guide["login"]));
    for device in rows(&guide["devices"]) {
        let parts: Vec<String> = ["model", "identifier"].iter().filter_map(|k| some(&device[*k])).collect();
        page.field("still bound", &parts.join(", "));
    }
}

/// Whether checks that do not apply are named too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Everything {
    Yes,
    No,
}

const GROUPS: [(Outcome, &str); 3] = [(Outcome::Fail, "✗"), (Outcome::Unknown, "?"), (Outcome::Pass, "✓")];
/// Cells before a finding's sentence: mark and name.
const SENTENCE: usize = 30;

fn findings(page: &mut Page, findings: &[Value], everything: Everything) {
    if findings.is_empty() {
        return;
    }
    page.title("Findings");
    for (outcome, glyph) in GROUPS {
        for f in findings.iter().filter(|f| f["outcome"] == outcome.as_str()) {
            finding(page, outcome, glyph, f);
        }
    }
    let rest: &[(Outcome, &str)] = match everything {
        Everything::Yes => &[(Outcome::Missing, "○"), (Outcome::Skip, "–")],
        Everything::No => &[(Outcome::Missing, "○")],
    };
    for (outcome, glyph) in rest {
        let named: Vec<String> =
            findings.iter().filter(|f| f["outcome"] == outcome.as_str()).map(|f| text(&f["check"])).collect();
        if !named.is_empty() {
            mark(page, *outcome, glyph);
            page.rest(12, &named.join(", "));
        }
    }
}

fn mark(page: &mut Page, outcome: Outcome, glyph: &str) {
    let mark = style::pad(&format!("{glyph} {outcome}"), 10);
    page.out.push_str("  ");
    page.painted(Tone::of_outcome(outcome), &mark);
}

fn finding(page: &mut Page, outcome: Outcome, glyph: &str, f: &Value) {
    mark(page, outcome, glyph);
    let check = text(&f["check"]);
    let effect = some(&f["effect"]).map(|e| format!(" → {e}")).unwrap_or_default();
    let sentence = format!("{}{effect}", text(&f["reason"]));
    if page.style.prose() >= 2 * SENTENCE {
        page.out.push_str(&style::pad(&check, SENTENCE - 12));
        page.rest(SENTENCE, &sentence);
    } else {
        let _ = write!(page.out, "{check}\n  ");
        page.rest(2, &sentence);
    }
}

/// What is wrong with the file of an item.
fn harm(item: &Value) -> Option<String> {
    Some(match item["attachment"]["harm"].as_str()? {
        "missing" => "THE FILE IS MISSING".to_owned(),
        "changed" => "THE FILE IS NOT WHAT WAS TAKEN IN".to_owned(),
        _ => "THE FILE CANNOT BE READ".to_owned(),
    })
}

fn signs(page: &mut Page, signs: &[Value]) {
    if signs.is_empty() {
        return;
    }
    page.title("Worth a look");
    for sign in signs {
        let tickets = text(&sign["tickets"]).replace(';', ", ");
        page.prose("  △ ", "    ", &format!("{} Tickets {tickets}.", text(&sign["reason"])));
    }
}

fn evidence(page: &mut Page, items: &[Value]) {
    if items.is_empty() {
        return;
    }
    page.title("Evidence");
    for item in items {
        let mut parts: Vec<String> = item["given"]
            .as_object()
            .map(|given| given.iter().map(|(k, v)| format!("{k}={}", text(v))).collect())
            .unwrap_or_default();
        if let Some(file) = some(&item["attachment"]["name"]) {
            let bytes = item["attachment"]["bytes"].as_u64().unwrap_or_default();
            parts.push(format!("{file} ({})", counted(bytes, "byte")));
        }
        parts.extend(harm(item));
        parts.extend(super::commands::evidence::said(&item["attachment"]["seen"]));
        let removed = if item["removed_at"].is_null() { "" } else { " (removed)" };
        let by = format!("by {}", text(&item["added_by"]));
        parts.push(by);
        let label = format!("{} {}{removed}", text(&item["id"]), text(&item["kind"]));
        page.field(&label, &parts.join("; "));
    }
}

fn decision(page: &mut Page, t: &Value) {
    let d = &t["decision"];
    if !d.is_null() {
        page.title("Decision");
        let overrides = if d["override"] == true { ", an override" } else { "" };
        let at = page.moment(&d["at"]);
        page.field("decided", &format!("{} by {}, {at}{overrides}", text(&d["decision"]), text(&d["by"])));
        page.field("reason", &text(&d["reason"]));
        let told = page.moment(&d["owner_notified_at"]);
        page.field("owner told", &told);
        for a in rows(&d["approvals"]) {
            let at = page.moment(&a["at"]);
            page.field("approved", &format!("by {}, {at}", text(&a["by"])));
        }
        if let Some(why) = some(&d["cancelled_because"]) {
            page.field("cancelled", &why);
        }
    }
    let a = &t["authorization"];
    if !a.is_null() {
        page.title("Authorization");
        page.field("grants", &format!("{} on {}, for {}", text(&a["op"]), text(&a["sub"]), text(&a["aud"])));
        page.field("jti", &text(&a["jti"]));
        for (label, key) in [
            ("issued", "issued_at"),
            ("until", "exp"),
            ("redeemed", "redeemed_at"),
            ("revoked", "revoked_at"),
        ] {
            let at = page.moment(&a[key]);
            page.field(label, &at);
        }
        page.field("because", &text(&a["revoked_because"]));
    }
}

fn notes(page: &mut Page, notes: &[Value]) {
    if notes.is_empty() {
        return;
    }
    page.title("Notes");
    for note in notes {
        let at = when::read(&note["at"]).map(when::minute).unwrap_or_default();
        page.prose(&format!("  {at} {}: ", text(&note["by"])), "    ", &text(&note["text"]));
    }
}

fn history(page: &mut Page, leaves: &[Value]) {
    if leaves.is_empty() {
        return;
    }
    page.title("History");
    for leaf in leaves {
        let at = when::read(&leaf["at"]).map(when::minute).unwrap_or_default();
        let info: Vec<String> = leaf["info"]
            .as_object()
            .map(|info| info.iter().map(|(k, v)| format!("{k} {}", text(v))).collect())
            .unwrap_or_default();
        let line = format!("  {at}  {}  {}  ", style::pad(&text(&leaf["actor"]), 8), text(&leaf["act"]));
        page.prose(&line, "      ", &info.join(", "));
    }
}

//! Policy: thresholds, what suffices and what findings lead to, each with what it does; or a replay.

use std::collections::BTreeMap;

use ratatui::layout::{Position, Rect};

use super::page::{self, Page, bar, share};
use crate::desk::replay::Replayed;
use crate::desk::roster::{Rulebook, Setting};
use crate::domain::{Proof, Recommendation, Request};
use crate::judgement::{Accepted, Effect, Rule};
use crate::tui::app::Model;
use crate::tui::app::screens::policy::progress;
use crate::tui::app::tell;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row};
use crate::tui::view::words;
use crate::tui::{terms, text};
use crate::words::{Language, say, say_with};

/// Everything that can be selected: tickets that a replay would end differently.
pub fn picks(model: &Model) -> Vec<i64> {
    match &model.screens.policy.replayed {
        Some(_) => lines(model, usize::from(model.size.0)).picks(),
        None => Vec::new(),
    }
}

/// The last line that can be on top.
pub fn most(model: &Model, area: Rect) -> usize {
    page::most(lines(model, usize::from(area.width)).lines.len(), area.height.saturating_sub(1))
}

pub(super) fn hint(model: &Model) -> Row {
    let s = &model.screens.policy;
    let id = match (&s.replayed, s.typing) {
        (_, true) => "policy-hint-type",
        (Some(_), _) => "policy-hint-replayed",
        _ => "policy-hint",
    };
    Row::new().plain(" ").tone(Tone::Dim, tell(model, id, &[]))
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.policy;
    let head = Rect { height: 1, ..area };
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let page = lines(model, usize::from(area.width));
    let mut cursor = None;
    if s.typing {
        cursor = Some(field(model, canvas, head));
    } else if let Some((_, done, of)) = progress(model) {
        canvas.row(head, &working(model, done, of), false);
    } else {
        canvas.row(head, &title(model), false);
    }
    if s.replayed.is_some() {
        return cursor.or(page::draw(canvas, body, &page.lines, Some(s.at)));
    }
    page::draw_from(canvas, body, &page.lines, s.at);
    cursor
}

fn field(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let label = format!(" {} › ", say(model.language, "policy-file"));
    let typed = text::clean(model.screens.policy.path.value()).into_owned();
    let room = usize::from(area.width).saturating_sub(text::width(&label) + 1);
    let shown = text::tail(&typed, room.saturating_sub(1));
    canvas.row(area, &Row::new().tone(Tone::Key, &label).column(Tone::Input, &shown, room), false);
    let x = area.x + u16::try_from(text::width(&label) + text::width(&shown)).unwrap_or(0);
    Position { x: x.min(area.right().saturating_sub(1)), y: area.y }
}

fn working(model: &Model, done: u64, of: Option<u64>) -> Row {
    let args = [("n", done.into()), ("of", of.unwrap_or(0).into())];
    let text = say_with(model.language, "policy-working", &args);
    Row::new()
        .tone(Tone::Info, format!(" ◌ {text}  "))
        .tone(Tone::Good, bar(share(done, of.unwrap_or(0)), 20))
}

fn title(model: &Model) -> Row {
    let s = &model.screens.policy;
    let language = model.language;
    if s.replayed.is_some() {
        let file = text::tail(&text::clean(&s.file), 50);
        return Row::new().tone(Tone::Strong, format!(" {} ", say(language, "policy-replay-of"))).plain(file);
    }
    let Some(book) = &s.rulebook else { return Row::new() };
    let shipped = book.source == "shipped";
    let source = if shipped { say(language, "policy-shipped").to_owned() } else { book.source.clone() };
    let digest: String = book.digest.chars().take(19).collect();
    Row::new().tone(Tone::Strong, format!(" {source}  ")).tone(Tone::Dim, format!("{digest}…"))
}

fn lines(model: &Model, width: usize) -> Page<i64> {
    let s = &model.screens.policy;
    let mut page = Page::new(width, model.language);
    match (&s.replayed, &s.rulebook) {
        (Some(replayed), _) => replay(replayed, &mut page),
        (None, Some(book)) => rules(book, &mut page),
        (None, None) => page.text(Tone::Plain, say(model.language, "policy-reading")),
    }
    page
}

fn rules(book: &Rulebook, page: &mut Page<i64>) {
    page.section("policy-thresholds");
    for t in &book.thresholds {
        setting(page, t.name, t.value, t.shipped, threshold(page.language, t.name));
    }
    page.section("policy-due");
    for t in &book.due {
        due(page, t);
    }
    page.section("policy-accept");
    for (request, accepted, same) in &book.accepted {
        suffices(page, *request, accepted, *same);
    }
    page.section("policy-effects");
    for (rule, same) in &book.rules {
        effect(page, rule, *same);
    }
    for (title, numbers) in [("policy-rings", &book.rings), ("policy-people", &book.people)] {
        page.section(title);
        for t in numbers {
            setting(page, t.name, t.value, t.shipped, threshold(page.language, t.name));
        }
    }
}

/// A number, its name, whether it is the desk's own, and what it does.
fn setting(page: &mut Page<i64>, name: &str, value: i64, shipped: i64, does: &str) {
    let own = value != shipped;
    let (glyph, tone) = if own { ("≠ ", Tone::Warn) } else { ("  ", Tone::Strong) };
    let narrow = page.width < 60;
    let first = Row::new()
        .tone(tone, format!(" {glyph}"))
        .column(Tone::Key, name, if narrow { 14 } else { 22 })
        .tone(tone, format!("{value:>5}  "));
    let said = say_with(page.language, "policy-was", &[("n", shipped.into())]);
    let text = if own { format!("{does} ({said})") } else { does.to_owned() };
    page.hanging(first, Tone::Plain, &text, None);
}

fn due(page: &mut Page<i64>, t: &Setting<Request>) {
    let does = say(page.language, "policy-due-does");
    setting(page, t.name.said(page.language), t.value, t.shipped, does);
}

fn sets(language: Language, sets: &[Vec<Proof>]) -> String {
    terms::sets(language, sets, usize::MAX, "  |  ")
}

fn suffices(page: &mut Page<i64>, request: Request, a: &Accepted, same: bool) {
    let language = page.language;
    let (glyph, tone) = if same { ("  ", Tone::Key) } else { ("≠ ", Tone::Warn) };
    let mut first = Row::new().tone(Tone::Warn, format!(" {glyph}")).column(tone, request.said(language), 22);
    let needs: Vec<&str> = a.needs.iter().map(|c| c.as_str()).collect();
    let parts = [
        ("policy-one", sets(language, &a.one)),
        ("policy-two", sets(language, &a.two)),
        ("policy-needs", needs.join(", ")),
    ];
    let mut any = false;
    for (label, content) in parts.into_iter().filter(|(_, content)| !content.is_empty()) {
        let row = std::mem::replace(&mut first, Row::new().plain(" ".repeat(25)));
        page.hanging(row.column(Tone::Dim, say(language, label), 12), Tone::Plain, &content, None);
        any = true;
    }
    if !any {
        page.hanging(first, Tone::Dim, say(language, "policy-never"), None);
    }
}

/// One rule as a sentence.
fn effect(page: &mut Page<i64>, rule: &Rule, same: bool) {
    let language = page.language;
    let (mark, tone) = if same { ("  ", Tone::Key) } else { ("≠ ", Tone::Warn) };
    let first = Row::new().tone(Tone::Warn, format!(" {mark}")).column(tone, rule.check.as_str(), 22);
    let outcome = words::outcome(rule.outcome).0;
    let note = rule.note.map(|n| format!(" ({n})")).unwrap_or_default();
    let leads = leads(language, rule.effect);
    let all = rule.requests.len() == Request::ALL.len();
    let only: Vec<&str> = rule.requests.iter().map(|r| r.said(language)).collect();
    let mut text = format!("{outcome} {}{note} → {leads}", rule.outcome.said(language));
    if !all {
        let missing: Vec<&str> =
            Request::ALL.iter().filter(|r| !rule.requests.contains(r)).map(|r| r.said(language)).collect();
        // The shorter of the two ways to say it.
        let (id, names) =
            if missing.len() < only.len() { ("policy-except", missing) } else { ("policy-for", only) };
        text = format!("{text}; {} {}", say(language, id), names.join(", "));
    }
    page.hanging(first, Tone::Plain, &text, None);
}

fn leads(language: Language, effect: Effect) -> &'static str {
    match effect {
        Effect::Investigate => say(language, "policy-leads-investigate"),
        Effect::Refuse => say(language, "policy-leads-refuse"),
        Effect::Refer => say(language, "policy-leads-refer"),
        Effect::Hold => say(language, "policy-leads-hold"),
        Effect::Guide => say(language, "policy-leads-guide"),
        Effect::Caution => say(language, "policy-leads-caution"),
        Effect::Correct => say(language, "policy-leads-correct"),
    }
}

fn threshold(language: Language, name: &str) -> &'static str {
    let id = match name {
        "notice_cooling_days" => "policy-notice-cooling-days",
        "clone_sims" => "policy-clone-sims",
        "clone_days" => "policy-clone-days",
        "binding_days" => "policy-binding-days",
        "idle_days" => "policy-idle-days",
        "code_days" => "policy-code-days",
        "contact_days" => "policy-contact-days",
        "facts_needed" => "policy-facts-needed",
        "sim_days" => "policy-sim-days",
        "sim_recent_days" => "policy-sim-recent-days",
        "sim_change_hours" => "policy-sim-change-hours",
        "box_distance" => "policy-box-distance",
        "claims_per_month" => "policy-claims-per-month",
        "tries" => "policy-tries",
        "tries_hours" => "policy-tries-hours",
        "tries_month" => "policy-tries-month",
        "cooldown_hours" => "policy-cooldown-hours",
        "due_hours" => "policy-due-hours",
        "notice_lapse_days" => "policy-notice-lapse-days",
        "replaced_contact_days" => "policy-replaced-contact-days",
        "token_days" => "policy-token-days",
        "token_challenge_hours" => "policy-token-challenge-hours",
        "near_imeis" => "policy-near-imeis",
        "near_imei_gap" => "policy-near-imei-gap",
        "near_receipts" => "policy-near-receipts",
        "near_receipt_gap" => "policy-near-receipt-gap",
        "same_text" => "policy-same-text",
        "same_image" => "policy-same-image",
        "burst" => "policy-burst",
        "burst_hours" => "policy-burst-hours",
        "ring_days" => "policy-ring-days",
        "grants_apart_seconds" => "policy-grants-apart-seconds",
        "blind_grants" => "policy-blind-grants",
        "grants_to_one" => "policy-grants-to-one",
        "approve_after_hours" => "policy-approve-after-hours",
        _ => return "",
    };
    say(language, id)
}

fn word(language: Language, r: Recommendation) -> (Tone, String) {
    let (glyph, tone) = words::recommendation(r);
    (tone, format!("{glyph} {}", r.said(language)))
}

fn replay(replayed: &Replayed, page: &mut Page<i64>) {
    let language = page.language;
    let changed = replayed.changed.len();
    let args = [("n", replayed.judged.into()), ("changed", changed.into())];
    page.gap();
    page.hanging(Row::new().plain(" "), Tone::Strong, &say_with(language, "policy-changed", &args), None);
    let mut ways: BTreeMap<(Recommendation, Recommendation), u64> = BTreeMap::new();
    for c in &replayed.changed {
        *ways.entry((c.from, c.to)).or_default() += 1;
    }
    if changed == 0 {
        return;
    }
    page.section("policy-ways");
    for ((from, to), n) in ways {
        let ((from_tone, from), (to_tone, to)) = (word(language, from), word(language, to));
        let row = Row::new()
            .plain("   ")
            .column(from_tone, from, 18)
            .tone(Tone::Dim, "→ ")
            .column(to_tone, to, 18)
            .plain(format!("{n:>6}  "))
            .tone(to_tone, bar(share(n, changed as u64), 20));
        page.push(row, None);
    }
    page.section("policy-tickets");
    for c in &replayed.changed {
        let name = c.reference.clone().unwrap_or_else(|| format!("#{}", c.ticket));
        let ((from_tone, from), (to_tone, to)) = (word(language, c.from), word(language, c.to));
        let first = Row::new()
            .tone(Tone::Key, "› ")
            .column(Tone::Strong, name, 12)
            .plain(" ")
            .column(Tone::Plain, c.request.said(language), 15)
            .plain(" ")
            .column(from_tone, from, 17)
            .tone(Tone::Dim, "→ ")
            .column(to_tone, to, 17);
        page.hanging(first, Tone::Dim, &c.because.join(", "), Some(c.ticket));
    }
}

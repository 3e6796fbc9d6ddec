//! What a ticket would say with another joined into it, before it is done.

use ratatui::layout::Rect;

use super::paint::{Canvas, Row, centred, hanging, rule};
use super::panes::keys;
use super::words;
use crate::desk::merge::{Column, Merged};
use crate::domain::{Proof, Recommendation};
use crate::tui::app::action::{Action, entry_of};
use crate::tui::app::panes::MAY;
use crate::tui::app::{Model, enabled, key_of, tell};
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

pub fn draw(model: &Model, merged: &Merged, scroll: usize, canvas: &mut Canvas<'_>, area: Rect) {
    let l = model.language;
    let name = |id: i64| model.queue.rows.iter().find(|r| r.id == id).map(|r| r.name.clone());
    let into = name(merged.into).unwrap_or_else(|| format!("#{}", merged.into));
    let from = crate::tui::data::ticket_name(merged.from, merged.from_reference.as_deref());
    let values = [("from", from.as_str().into()), ("into", into.as_str().into())];
    let boxed = centred(area, 100, usize::from(area.height));
    let title = if merged.rival && merged.refused.is_some() {
        say_with(l, "merge-rival-title", &values)
    } else {
        say_with(l, "merge-title", &values)
    };
    let inner = canvas.frame(boxed, &title);
    let id = match merged.refused {
        Some(_) if merged.rival => "merge-keys-rival",
        Some(_) => "merge-keys-refused",
        None => "merge-keys",
    };
    let list = keys(canvas, inner, say(l, id));
    let width = usize::from(list.width);
    let rows = if merged.rival && merged.refused.is_some() {
        rivals(model, merged, [&into, &from], width)
    } else {
        rows(model, merged, &from, width)
    };
    let most = rows.len().saturating_sub(usize::from(list.height));
    canvas.rows(list, rows.get(scroll.min(most)..).unwrap_or_default());
}

fn rows(model: &Model, merged: &Merged, from: &str, width: usize) -> Vec<Row> {
    let l = model.language;
    let mut rows = Vec::new();
    if let Some(failure) = &merged.refused {
        rows.extend(hanging(Row::new().tone(Tone::Bad, "✗ "), Tone::Bad, &failure.said(l), width));
    }
    rows.push(rule(say(l, "merge-would-say"), width));
    let (before, after) = merged.recommendation;
    rows.push(
        recommendation(l, Row::new().plain("  "), before).tone(Tone::Dim, "  →  ").join(recommendation(
            l,
            Row::new(),
            after,
        )),
    );
    rows.extend(
        merged
            .because
            .iter()
            .take(3)
            .flat_map(|reason| hanging(Row::new().plain("    "), Tone::Plain, reason, width)),
    );
    let (had, has) = &merged.proofs;
    let proofs = Proof::ALL.iter().filter(|p| has.contains(p) || had.contains(p));
    rows.extend(proofs.map(|p| {
        let (glyph, tone) = if has.contains(p) { ("✓", Tone::Good) } else { ("–", Tone::Warn) };
        let new = if had.contains(p) { "" } else { say(l, "merge-new") };
        Row::new().tone(tone, format!("    {glyph} {} ", p.said(l))).tone(Tone::Info, new)
    }));
    if !merged.missing.is_empty() {
        let set = |set: &Vec<Proof>| set.iter().map(|p| p.said(l)).collect::<Vec<_>>().join(" + ");
        let sets: Vec<String> = merged.missing.iter().map(set).collect();
        let text = say_with(l, "merge-missing", &[("sets", sets.join(" / ").into())]);
        rows.extend(hanging(Row::new().plain("    "), Tone::Plain, &text, width));
    }
    let due = say_with(l, "merge-due", &[("due", when::until(l, merged.due_at, model.now).into())]);
    rows.push(Row::new().plain("    ").plain(due));
    rows.push(rule(say(l, "merge-claim"), width));
    rows.extend(merged.columns.iter().flat_map(|column| claim(l, column, width)));
    if !merged.items.is_empty() {
        let items: Vec<&str> = merged.items.iter().map(|kind| kind.said(l)).collect();
        let text = say_with(l, "merge-items", &[("items", items.join(", ").into())]);
        rows.extend(hanging(Row::new().tone(Tone::Info, "  + "), Tone::Plain, &text, width));
    }
    let text = tell(model, "merge-closes", &[("from", from.into())]);
    rows.extend(hanging(Row::new().tone(Tone::Warn, "  ! "), Tone::Warn, &text, width));
    rows
}

/// Two claimants of one thing: why they are not merged, how each stands, and what the rules allow instead.
fn rivals(model: &Model, merged: &Merged, names: [&str; 2], width: usize) -> Vec<Row> {
    let l = model.language;
    let mut rows = hanging(Row::new().tone(Tone::Bad, "✗ "), Tone::Strong, say(l, "merge-rival-head"), width);
    rows.extend(hanging(Row::new().plain("  "), Tone::Plain, say(l, "merge-rival-why"), width));
    let stands = [(merged.recommendation.0, &merged.proofs.0), (merged.there.0, &merged.there.1)];
    for (name, (word, proofs)) in names.iter().zip(stands) {
        let proven: Vec<&str> = proofs.iter().map(|p| p.said(l)).collect();
        let proven =
            if proven.is_empty() { say(l, "merge-rival-unproven").into() } else { proven.join(", ") };
        let row = Row::new().plain("    ").column(Tone::Strong, *name, 14).plain(" ");
        rows.extend(hanging(recommendation(l, row, word).plain("  "), Tone::Plain, &proven, width));
    }
    rows.extend(hanging(Row::new().plain("  "), Tone::Dim, say(l, "merge-rival-proof"), width));
    rows.push(rule(say(l, "merge-rival-may"), width));
    for (action, what) in MAY {
        let name = entry_of(action).map_or("", |e| e.name(l));
        let refused = enabled(model, action).err().filter(|_| action != Action::OtherTicket);
        let tone = if refused.is_some() { Tone::Dim } else { Tone::Key };
        let first =
            Row::new().plain("  ").column(tone, key_of(model, action), 3).column(Tone::Strong, name, 17);
        let (tone, text) = refused.map_or((Tone::Plain, say(l, what).to_owned()), |why| (Tone::Dim, why));
        rows.extend(hanging(first.plain(" "), tone, &text, width));
    }
    rows.push(rule(say(l, "merge-claim"), width));
    rows.extend(merged.columns.iter().flat_map(|column| claim(l, column, width)));
    rows
}

fn recommendation(l: Language, row: Row, word: Recommendation) -> Row {
    let (glyph, tone) = words::recommendation(word);
    row.tone(tone, format!("{glyph} {}", word.said(l)))
}

/// A column: kept as it is, taken over, or kept against what the other says.
fn claim(l: Language, column: &Column, width: usize) -> Vec<Row> {
    let head = |glyph: &str, tone: Tone| {
        Row::new().tone(tone, format!("  {glyph} ")).column(Tone::Dim, &column.name, 17).plain(" ")
    };
    match (&column.here, &column.there) {
        (Some(here), Some(there)) if here != there => {
            let not = say_with(l, "merge-not", &[("there", there.as_str().into())]);
            hanging(head("≠", Tone::Warn), Tone::Plain, &format!("{here}  {not}"), width)
        }
        (Some(here), Some(_)) => hanging(head("=", Tone::Dim), Tone::Plain, here, width),
        (Some(here), None) => hanging(head(" ", Tone::Dim), Tone::Plain, here, width),
        (None, Some(there)) => {
            let text = format!("{there}  {}", say(l, "merge-taken-over"));
            hanging(head("+", Tone::Info), Tone::Plain, &text, width)
        }
        (None, None) => Vec::new(),
    }
}

//! The reasons of the selected ticket, below or beside the queue.

use super::paint::{Row, hanging, rule};
use super::words;
use crate::domain::Outcome;
use crate::tui::app::{Model, next_step, sentence};
use crate::tui::data::TicketView;
use crate::tui::terms::{self, Term as _};
use crate::tui::theme::Tone;
use crate::words::{Language, say};

/// A pane on the selected ticket: which one it is, and what `says` has to say of it once it is read.
pub fn pane(model: &Model, width: usize, says: impl FnOnce(&TicketView, &mut Vec<Row>)) -> Vec<Row> {
    let Some(case) = model.case() else {
        let mut rows = vec![rule("", width)];
        rows.extend(super::ticket::unread(model, width).unwrap_or_default());
        return rows;
    };
    let title = format!("{} · {}", case.row.name, case.row.request.said(model.language));
    let mut rows = vec![rule(&title, width)];
    says(case, &mut rows);
    rows
}

/// Everything that the pane says.
pub fn rows(model: &Model, width: usize) -> Vec<Row> {
    pane(model, width, |case, rows| of_case(model, case, width, rows))
}

fn of_case(model: &Model, case: &TicketView, width: usize, rows: &mut Vec<Row>) {
    let l = model.language;
    rows.extend(reasons(l, case, width));
    if let Some(step) = next_step(model) {
        rows.extend(hanging(Row::new().tone(Tone::Key, "  ▶ "), Tone::Strong, &step.text, width));
    }
    rows.extend(badges(l, case, width));
    // What speaks against it, beyond what the recommendation names.
    for finding in case.judgement.findings.iter().filter(|f| {
        f.outcome == Outcome::Fail && !case.judgement.because.iter().any(|b| b == f.check.as_str())
    }) {
        let (glyph, tone) = words::outcome(finding.outcome);
        let first = Row::new().tone(tone, format!("  {glyph} {} ", finding.outcome.said(l)));
        rows.extend(hanging(first, Tone::Plain, &sentence(l, case, finding.check.as_str()), width));
    }
}

/// The recommendation with what it rests on.
pub fn reasons(l: Language, case: &TicketView, width: usize) -> Vec<Row> {
    let j = &case.judgement;
    let (glyph, tone) = words::recommendation(j.recommendation);
    let mut rows = Vec::new();
    let head = Row::new().tone(tone, format!("  {glyph} {}", j.recommendation.said(l))).plain("  ");
    let mut because = j.because.iter();
    match because.next() {
        Some(first) => rows.extend(hanging(head, Tone::Plain, &sentence(l, case, first), width)),
        None if !j.missing.is_empty() => {
            rows.extend(hanging(head, Tone::Plain, say(l, "ticket-more-proof"), width));
        }
        None => rows.push(head),
    }
    for reason in because.take(3) {
        rows.extend(hanging(
            Row::new().plain(format!("    {} ", say(l, "common-and"))),
            Tone::Plain,
            &sentence(l, case, reason),
            width,
        ));
    }
    if !j.also.is_empty() {
        let also = terms::listed(l, &j.also, ", ");
        rows.push(Row::new().plain(format!("    {} ", say(l, "ticket-also"))).tone(Tone::Warn, also));
    }
    if !j.missing.is_empty() {
        let sets = terms::sets(l, &j.missing, usize::MAX, &format!("  {}  ", say(l, "common-or")));
        let lead = Row::new().plain(format!("    {} ", say(l, "ticket-would-do")));
        rows.extend(hanging(lead, Tone::Strong, &sets, width));
    }
    let cautions: Vec<&str> = j.cautions.iter().map(|c| c.as_str()).collect();
    if !cautions.is_empty() && cautions != j.because {
        let row = Row::new().tone(Tone::Warn, format!("    {} ", say(l, "ticket-caution")));
        rows.extend(hanging(row, Tone::Plain, &cautions.join(", "), width));
    }
    rows
}

/// Every proof with glyph and word.
fn badges(l: Language, case: &TicketView, width: usize) -> Vec<Row> {
    let mut rows = vec![Row::new().plain("  ")];
    for group in &case.groups {
        let Some((proof, badge)) = group.proof else { continue };
        let part = Row::new()
            .tone(
                words::badge(badge),
                format!("{} {} {}", badge.glyph(), proof.said(l), say(l, badge.word())),
            )
            .plain("   ");
        match rows.last_mut() {
            Some(row) if row.width() + part.width() <= width + 3 => *row = std::mem::take(row).join(part),
            _ => rows.push(Row::new().plain("  ").join(part)),
        }
    }
    rows
}

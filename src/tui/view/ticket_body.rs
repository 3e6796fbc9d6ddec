//! The parts of a ticket as rows: claim beside registry, findings by proof, evidence, timeline.

use super::paint::{Row, hanging, rule, wrapped};
use super::words;
use crate::desk::blobs::Harm;
use crate::domain::{EvidenceKind, Outcome, Time};
use crate::judgement::Finding;
use crate::tui::app::look::Pick;
use crate::tui::app::{Model, tell};
use crate::tui::data::{Badge, Group, TicketView};
use crate::tui::terms::{Term as _, label};
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

const LABEL: usize = 12;
const MARK: usize = 9;
/// Below this claim and registry stand under each other.
const NARROW: usize = 56;

/// The claim beside the registry rows it was compared with.
pub fn claim(l: Language, case: &TicketView, width: usize) -> Vec<Row> {
    let mut rows = vec![rule(say(l, "ticket-claimant"), width)];
    let mut line = Row::new();
    for (label, text) in &case.claimant {
        let text = text.said(l);
        let part =
            Row::new().tone(Tone::Dim, format!("{} ", say(l, label))).plain(text.as_ref()).plain("   ");
        if !line.is_empty() && line.width() + part.width() > width {
            rows.push(std::mem::take(&mut line));
        }
        line = line.tone(Tone::Dim, format!("{} ", say(l, label))).plain(text.as_ref()).plain("   ");
    }
    if !line.is_empty() {
        rows.push(line);
    }
    rows.push(rule(say(l, "ticket-claim-and-registry"), width));
    if width < NARROW {
        rows.extend(stacked(l, case, width));
        return rows;
    }
    let each = width.saturating_sub(LABEL + MARK + 2) / 2;
    let titles = Row::new()
        .column(Tone::Dim, "", LABEL)
        .column(Tone::Dim, say(l, "ticket-claim"), each)
        .plain(" ")
        .column(Tone::Dim, "", MARK)
        .plain(" ")
        .column(Tone::Dim, say(l, "ticket-registry"), each);
    rows.push(titles);
    for c in &case.compared {
        if c.heading {
            rows.push(Row::new().tone(Tone::Strong, say(l, c.label)));
            continue;
        }
        let tone = words::mark(c.mark);
        let claim = crate::tui::text::wrap(&crate::tui::text::clean(&c.claim.said(l)), each);
        let registry = crate::tui::text::wrap(&crate::tui::text::clean(&c.registry.said(l)), each);
        for n in 0..claim.len().max(registry.len()) {
            let first = n == 0;
            let text = |lines: &[String]| lines.get(n).cloned().unwrap_or_default();
            rows.push(
                Row::new()
                    .column(
                        Tone::Dim,
                        if first { format!("  {}", say(l, c.label)) } else { String::new() },
                        LABEL,
                    )
                    .column(Tone::Plain, text(&claim), each)
                    .plain(" ")
                    .column(
                        tone,
                        if first {
                            format!("{} {}", c.mark.glyph(), say(l, c.mark.word()))
                        } else {
                            String::new()
                        },
                        MARK,
                    )
                    .plain(" ")
                    .column(Tone::Plain, text(&registry), each),
            );
        }
        if let Some(why) = &c.damage {
            let first = Row::new().plain(" ".repeat(LABEL)).tone(Tone::Bad, "└ ");
            rows.extend(hanging(first, Tone::Bad, &why.said(l), width));
        }
    }
    rows
}

/// The comparison where there is no room for two columns.
fn stacked(l: Language, case: &TicketView, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for c in &case.compared {
        if c.heading {
            rows.push(Row::new().tone(Tone::Strong, say(l, c.label)));
            continue;
        }
        let mark = format!("{} {}", c.mark.glyph(), say(l, c.mark.word()));
        rows.push(
            Row::new()
                .plain("  ")
                .tone(Tone::Dim, say(l, c.label))
                .plain(" ")
                .tone(words::mark(c.mark), mark),
        );
        for (who, text) in [("ticket-claim", c.claim.said(l)), ("ticket-registry", c.registry.said(l))] {
            if !text.is_empty() {
                rows.extend(hanging(
                    Row::new().column(Tone::Dim, format!("    {}", say(l, who)), 13),
                    Tone::Plain,
                    &text,
                    width,
                ));
            }
        }
        if let Some(why) = &c.damage {
            rows.extend(wrapped(Tone::Bad, &why.said(l), width, 4));
        }
    }
    rows
}

/// Findings by proof; what does not apply is folded away unless `all`.
pub fn findings(model: &Model, case: &TicketView, width: usize, all: bool) -> Vec<Row> {
    let l = model.language;
    let mut rows = vec![rule(say(l, "ticket-findings"), width)];
    let mut groups: Vec<&Group> = case.groups.iter().collect();
    groups.sort_by_key(|g| urgency(g));
    let mut folded = 0;
    for group in groups {
        let quiet = |f: &&Finding| matches!(f.outcome, Outcome::Skip) && f.effect.is_none();
        let missing = group.proof.is_some_and(|(_, badge)| badge == Badge::Missing);
        let shown: Vec<&Finding> = group.findings.iter().filter(|f| all || !missing && !quiet(f)).collect();
        folded += group.findings.len() - shown.len();
        if shown.is_empty() && !missing {
            continue;
        }
        let mut head = Row::new().tone(Tone::Strong, say(l, group.title));
        if let Some((_, badge)) = group.proof {
            head = head
                .plain("  ")
                .tone(words::badge(badge), format!("{} {}", badge.glyph(), say(l, badge.word())));
        }
        rows.push(head);
        for finding in shown {
            rows.extend(picked(Pick::Finding(finding.check), line(l, finding, width)));
        }
    }
    if folded > 0 {
        rows.push(Row::new().tone(Tone::Dim, tell(model, "ticket-folded", &[("n", folded.into())])));
    }
    rows
}

/// Contradictions first, then what is proven, what is incomplete, and what was not given.
fn urgency(group: &Group) -> u8 {
    let fails = group.findings.iter().any(|f| f.outcome == Outcome::Fail);
    match group.proof {
        _ if fails => 0,
        Some((_, Badge::Proven)) => 1,
        Some((_, Badge::Partial | Badge::Contradicted)) => 2,
        None => 3,
        Some((_, Badge::Missing)) => 4,
    }
}

fn line(l: Language, finding: &Finding, width: usize) -> Vec<Row> {
    let (glyph, tone) = words::outcome(finding.outcome);
    let first = Row::new().column(tone, format!("  {glyph} {}", finding.outcome.said(l)), 12).column(
        Tone::Plain,
        finding.check.as_str(),
        if width < 60 { 0 } else { 16 },
    );
    let mut text = finding.reason.said(l).into_owned();
    if let Some(effect) = finding.effect {
        text = format!("{text} → {}", effect.said(l));
    }
    let mut rows =
        hanging(first, if finding.outcome == Outcome::Skip { Tone::Dim } else { Tone::Plain }, &text, width);
    if !finding.tickets.is_empty() {
        let names: Vec<String> = finding.tickets.iter().map(|t| format!("#{t}")).collect();
        rows.extend(wrapped(
            Tone::Info,
            &say_with(l, "ticket-tickets", &[("names", names.join(", ").into())]),
            width,
            if width < 60 { 12 } else { 28 },
        ));
    }
    rows
}

/// Evidence as it was given.
pub fn evidence(l: Language, case: &TicketView, width: usize, now: Time) -> Vec<Row> {
    let mut rows = vec![rule(say(l, "ticket-evidence"), width)];
    if case.evidence.is_empty() {
        rows.push(Row::new().tone(Tone::Dim, format!("  {}", say(l, "ticket-no-evidence"))));
    }
    for e in &case.evidence {
        let tone = match e.harm {
            Some(_) => Tone::Bad,
            None if e.removed => Tone::Dim,
            None => Tone::Plain,
        };
        let mut texts: Vec<String> =
            e.given.iter().map(|(column, text)| format!("{} {text}", say(l, label(column)))).collect();
        if let Some((name, bytes)) = &e.file {
            texts.push(say_with(
                l,
                "ticket-file",
                &[("name", name.as_str().into()), ("size", bytes.div_ceil(1024).into())],
            ));
        }
        texts.extend(e.harm.map(|harm| say(l, harmed(harm)).to_owned()));
        texts.push(say_with(
            l,
            "ticket-by",
            &[("who", e.added_by.as_str().into()), ("ago", when::ago(l, e.added_at, now).into())],
        ));
        if e.removed {
            texts.push(say(l, "ticket-removed").into());
        }
        let first =
            Row::new().column(Tone::Dim, format!("  {}", e.id), 6).column(Tone::Strong, e.kind.said(l), 10);
        rows.extend(picked(Pick::Evidence(e.id), hanging(first, tone, &texts.join(" · "), width)));
    }
    for code in &case.codes {
        let Some(last) = &code.last else { continue };
        let text = if last.confirmed {
            say(l, "ticket-code-read-back").to_owned()
        } else if last.wrong >= 3 {
            say(l, "ticket-code-burnt").to_owned()
        } else if last.expires_at <= now {
            say(l, "ticket-code-ran-out").to_owned()
        } else {
            say_with(l, "ticket-code-out", &[("until", when::until(l, last.expires_at, now).into())])
        };
        let to = code.to.first().cloned().unwrap_or_default();
        let first = Row::new().column(Tone::Dim, "", 6).column(Tone::Strong, EvidenceKind::Code.said(l), 10);
        rows.extend(hanging(first, Tone::Plain, &format!("{} {to} · {text}", code.channel.said(l)), width));
    }
    rows
}

/// What is wrong with a file.
const fn harmed(harm: Harm) -> &'static str {
    match harm {
        Harm::Missing => "ticket-file-missing",
        Harm::Changed => "ticket-file-changed",
        Harm::Unreadable => "ticket-file-unreadable",
    }
}

/// Rows that are one thing to select.
fn picked(pick: Pick, mut rows: Vec<Row>) -> Vec<Row> {
    if let Some(first) = rows.first_mut() {
        first.pick = Some(pick);
    }
    rows
}

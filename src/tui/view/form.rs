//! Forms and questions.

use ratatui::layout::{Position, Rect};

use super::hints;
use super::paint::{Canvas, Row, centred, hanging};
use crate::tui::app::action::Action;
use crate::tui::app::area::Area;
use crate::tui::app::form::{Field, Form, Kind, Rule};
use crate::tui::app::mouse::Spot;
use crate::tui::app::tell;
use crate::tui::app::{Model, Verdict, check};
use crate::tui::theme::Tone;
use crate::tui::{text, when};
use crate::words::{say, say_with};

/// Lines of a text of several lines that are shown at once: as many as the window has to spare.
fn text_lines(model: &Model) -> usize {
    usize::from(model.size.1).saturating_sub(12).clamp(3, 20)
}

/// Rows, and where the cursor stands among them.
struct Drawn {
    rows: Vec<(Row, bool)>,
    cursor: Option<(usize, usize)>,
    focus_row: usize,
    /// Where the end begins that is always seen: what went wrong, and the buttons.
    foot: usize,
}

/// Whether a form is longer than the window, so that there is something to turn to.
pub fn is_long(model: &Model, form: &Form) -> bool {
    let (width, height) = model.size;
    let rows = build(model, form, usize::from(width).min(84).saturating_sub(4)).rows.len();
    // Title, status and keys, and the frame.
    rows + 5 > usize::from(height)
}

pub fn draw(model: &Model, form: &Form, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let width = usize::from(area.width).min(84);
    let inner_width = width.saturating_sub(4);
    let drawn = build(model, form, inner_width);
    let boxed = centred(area, width, drawn.rows.len() + 2);
    let inner = canvas.frame(boxed, &form.title);
    let height = usize::from(inner.height);
    // The field that is being filled is always seen, and so are what went wrong and the buttons.
    let foot = drawn.rows.len() - drawn.foot;
    let pinned = if drawn.rows.len() > height { foot.min(height / 2) } else { foot };
    let head = height.saturating_sub(pinned).min(drawn.foot);
    let at = drawn.focus_row.min(drawn.foot);
    let most = drawn.foot.saturating_sub(head);
    let top = at.saturating_sub(head.saturating_sub(2)).min(most);
    let below = drawn.rows.len() - pinned;
    let seen = (top..top + head).chain(below..drawn.rows.len());
    for (n, y) in seen.clone().zip(inner.y..inner.bottom()) {
        let Some((row, selected)) = drawn.rows.get(n) else { continue };
        canvas.row(Rect { y, height: 1, ..inner }, row, *selected);
    }
    let (x, y) = drawn.cursor.unwrap_or((0, drawn.focus_row));
    let y = seen.into_iter().position(|n| n == y).filter(|y| *y < height)?;
    Some(Position {
        x: (inner.x + u16::try_from(x).unwrap_or(0)).min(inner.right().saturating_sub(1)),
        y: inner.y + u16::try_from(y).unwrap_or(0),
    })
}

fn build(model: &Model, form: &Form, width: usize) -> Drawn {
    let mut d = Drawn { rows: Vec::new(), cursor: None, focus_row: 0, foot: 0 };
    for (tone, says) in &form.says {
        let lead = match tone {
            Tone::Bad | Tone::Warn => Row::new().tone(*tone, "! "),
            Tone::Info => Row::new().tone(*tone, "→ "),
            _ => Row::new().plain("· "),
        };
        let tone = if *tone == Tone::Info { Tone::Plain } else { *tone };
        d.rows.extend(hanging(lead, tone, says, width).into_iter().map(|r| (r, false)));
    }
    if let Some(at) = form.kept {
        let ago = when::ago(model.language, at, model.now);
        let said = tell(model, "draft-here", &[("ago", ago.into())]);
        let rows = hanging(Row::new().tone(Tone::Info, "→ "), Tone::Plain, &said, width);
        d.rows.extend(rows.into_iter().map(|r| (r, false)));
    }
    if !d.rows.is_empty() && !form.fields.is_empty() {
        d.rows.push((Row::new(), false));
    }
    for (n, field) in form.fields.iter().enumerate() {
        let focused = form.focus == n;
        let begins = d.rows.len();
        if focused {
            d.focus_row = begins;
        }
        draw_field(model, form, (n, field), focused, width, &mut d);
        for (row, _) in d.rows.iter_mut().skip(begins) {
            *row = std::mem::take(row).on(Spot::Field(n));
        }
    }
    d.foot = d.rows.len();
    d.rows.push((Row::new(), false));
    if let Some(problem) = &form.problem {
        let lead = Row::new().tone(Tone::Bad, "✗ ");
        d.rows.extend(hanging(lead, Tone::Bad, problem, width).into_iter().map(|r| (r, false)));
    }
    let unkept = model.drafts.standing.said().filter(|_| form.purpose.draft_name().is_some());
    if let Some(said) = unkept {
        let lead = Row::new().tone(Tone::Warn, "! ");
        let rows = hanging(lead, Tone::Warn, &said.said(model.language), width);
        d.rows.extend(rows.into_iter().map(|r| (r, false)));
    }
    if form.focus >= form.cancel() {
        d.focus_row = d.rows.len();
        let second = form.focus == form.go();
        let first = text::width(say(model.language, "form-cancel")) + 6;
        d.cursor = Some((if second { first } else { 1 }, d.focus_row));
    }
    let button = |focus: bool| if focus { Tone::Selected } else { Tone::Plain };
    let busy = form.asked.is_some();
    let go = if busy { format!("  {} …  ", form.submit) } else { format!("  {}  ", form.submit) };
    let hint = if form.fields.is_empty() { "form-yes-no" } else { "form-anywhere" };
    let hint = format!("  {}", tell(model, hint, &[]));
    let row = Row::new()
        .tone(button(form.focus == form.cancel()), format!("  {}  ", say(model.language, "form-cancel")))
        .on(Spot::Do(Action::Cancel))
        .plain("  ")
        .join(Row::new().tone(button(form.focus == form.go()), go).on(Spot::Do(Action::Submit)))
        .tone(Tone::Dim, hint);
    d.rows.push((row, false));
    d
}

fn draw_field(
    model: &Model,
    form: &Form,
    (place, field): (usize, &Field),
    focused: bool,
    width: usize,
    d: &mut Drawn,
) {
    let label_tone = if focused { Tone::Key } else { Tone::Plain };
    let lead = if focused { "▸ " } else { "  " };
    match &field.kind {
        Kind::Choice { options, at } => {
            d.rows.push((Row::new().tone(label_tone, format!("{lead}{}", field.label)), false));
            for (n, option) in options.iter().enumerate() {
                let on = n == *at;
                let mark = if on { "(•) " } else { "( ) " };
                let tone = if option.refused.is_some() { Tone::Dim } else { Tone::Plain };
                let mut row = Row::new().plain("    ").tone(tone, mark).tone(tone, &option.label);
                if let Some(why) = &option.refused {
                    row = row.plain(" ").tone(
                        Tone::Dim,
                        say_with(model.language, "form-never", &[("why", why.as_str().into())]),
                    );
                }
                row = row.on(Spot::Choice(place, n));
                if on && focused {
                    d.focus_row = d.rows.len();
                    d.cursor = Some((5, d.rows.len()));
                }
                d.rows.push((row, on && focused));
            }
        }
        Kind::Switch(on) => {
            let mark = if *on { "[x] " } else { "[ ] " };
            if focused {
                d.cursor = Some((3, d.rows.len()));
            }
            let hint =
                if focused { format!("  {}", say(model.language, "form-tick")) } else { String::new() };
            let row = Row::new()
                .tone(label_tone, lead)
                .plain(mark)
                .tone(label_tone, &field.label)
                .tone(Tone::Dim, hint);
            d.rows.push((row, false));
        }
        Kind::Lines(area) => {
            d.rows.push((Row::new().tone(label_tone, format!("{lead}{}", field.label)), false));
            lines(model, area, place, focused, width, d);
        }
        Kind::Text(input) | Kind::Secret(input) => {
            let secret = matches!(field.kind, Kind::Secret(_));
            let value =
                if secret { "•".repeat(input.value().chars().count()) } else { input.value().to_owned() };
            let label =
                text::fit(&text::clean(&format!("{lead}{}", field.label)), label_width(&field.label, width));
            let room = width.saturating_sub(text::width(&label) + 1);
            let before: String = value.chars().take(input.cursor()).collect();
            let (shown, at) = window(&value, &before, room);
            if focused {
                d.focus_row = d.rows.len();
                d.cursor = Some((text::width(&label) + at, d.rows.len()));
            }
            let from = skipped(&value, &before, room);
            let text = Row::new().column(Tone::Input, shown, room);
            let text = text.on(Spot::Caret { field: place, line: 0, from });
            let row = Row::new().tone(label_tone, label).join(text);
            d.rows.push((row, false));
            verdict(model, form, field, width, d);
        }
    }
}

fn label_width(label: &str, width: usize) -> usize {
    (text::width(label) + 3).max(16).min(width / 2)
}

/// The part of a text around the cursor that fits, and the cursor's column in it.
fn window(value: &str, before: &str, room: usize) -> (String, usize) {
    let value = text::clean(value).into_owned();
    let at = text::width(&text::clean(before));
    if at < room {
        return (value, at);
    }
    let skip = at + 1 - room;
    let mut left = skip;
    let mut rest = String::new();
    for c in value.chars() {
        let wide = text::width(c.encode_utf8(&mut [0; 4]));
        if left > 0 {
            left = left.saturating_sub(wide);
            continue;
        }
        rest.push(c);
    }
    (rest, room.saturating_sub(1))
}

/// Characters of a text that lie before the part of it that fits.
fn skipped(value: &str, before: &str, room: usize) -> usize {
    let mut over = (text::width(&text::clean(before)) + 1).saturating_sub(room);
    let mut n = 0;
    for c in value.chars() {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(text::width(&text::clean(c.encode_utf8(&mut [0; 4]))).max(1));
        n += 1;
    }
    n
}

/// Where each piece of a wrapped text begins in it, in characters.
fn begins(whole: &str, pieces: &[String]) -> Vec<usize> {
    let chars: Vec<char> = whole.chars().collect();
    let mut at = 0;
    let mut out = Vec::new();
    for piece in pieces {
        let first = piece.chars().next();
        // Blanks at a break belong to neither line.
        while chars.get(at) == Some(&' ') && first != Some(' ') {
            at += 1;
        }
        out.push(at.min(chars.len()));
        at += piece.chars().count();
    }
    out
}

fn lines(model: &Model, area: &Area, place: usize, focused: bool, width: usize, d: &mut Drawn) {
    let (language, most) = (model.language, text_lines(model));
    let room = width.saturating_sub(4).max(4);
    let (line, character) = area.cursor();
    let mut rows: Vec<String> = Vec::new();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut at = (0, 0);
    for (n, text) in area.lines().iter().enumerate() {
        if n == line {
            let head: String = text.chars().take(character).collect();
            // A mark stands for the letter that will be typed, so that a blank before it is not lost.
            let wrapped = text::wrap(&text::clean(&format!("{head}\u{2581}")), room);
            let last = wrapped.last().cloned().unwrap_or_default();
            at = (text::width(&last).saturating_sub(1), rows.len() + wrapped.len() - 1);
        }
        let pieces = text::wrap(&text::clean(text), room);
        starts.extend(begins(&text::clean(text), &pieces).into_iter().map(|from| (n, from)));
        rows.extend(pieces);
    }
    let top = at.1.saturating_sub(most - 1);
    if focused {
        d.focus_row = d.rows.len() + at.1 - top;
        d.cursor = Some((4 + at.0, d.focus_row));
    }
    let shown = rows.len().saturating_sub(top).clamp(3.min(most), most);
    for n in 0..shown {
        let line = rows.get(top + n).cloned().unwrap_or_default();
        let (at, from) = starts.get(top + n).copied().unwrap_or((usize::MAX, 0));
        let line = Row::new().column(Tone::Input, line, room);
        let line = line.on(Spot::Caret { field: place, line: at.min(area.lines().len() - 1), from });
        d.rows.push((Row::new().plain("    ").join(line), false));
    }
    let below = rows.len().saturating_sub(top + shown);
    if top > 0 || below > 0 {
        let args = [("n", rows.len().into()), ("above", top.into()), ("below", below.into())];
        let said = say_with(language, "draft-lines", &args);
        d.rows.push((Row::new().plain("    ").tone(Tone::Dim, said), false));
    }
    if area.cut {
        let lead = Row::new().plain("    ").tone(Tone::Bad, "✗ ");
        let said = say(language, "draft-cut");
        d.rows.extend(hanging(lead, Tone::Bad, said, width).into_iter().map(|r| (r, false)));
    }
}

fn verdict(model: &Model, form: &Form, field: &Field, width: usize, d: &mut Drawn) {
    if field.rule == Rule::Free {
        return;
    }
    if let Some((glyph, tone, said)) = hints::barcodes(model.language, form, field) {
        let lead = Row::new().plain(" ".repeat(label_width(&field.label, width))).tone(tone, glyph);
        d.rows.extend(hanging(lead, tone, &said, width).into_iter().map(|r| (r, false)));
    }
    let region = model.seat.as_ref().map(|s| s.region).unwrap_or_default();
    let (glyph, tone, said) = match check(model.language, field, region) {
        Verdict::Quiet => return,
        Verdict::Good(text) => ("✓ ", Tone::Good, text),
        Verdict::Note(text) => ("○ ", Tone::Dim, text),
        Verdict::Bad(text) => ("✗ ", Tone::Bad, text),
    };
    let lead = Row::new().plain(" ".repeat(label_width(&field.label, width))).tone(tone, glyph);
    d.rows.extend(hanging(lead, tone, &said, width).into_iter().map(|r| (r, false)));
    // What the registry says of exactly this text.
    let Some((_, hint)) = form.hints.get(field.key).filter(|(about, _)| about == field.value()) else {
        return;
    };
    let (glyph, tone, said) = hints::hint(model.language, hint);
    let lead = Row::new().plain(" ".repeat(label_width(&field.label, width))).tone(tone, glyph);
    d.rows.extend(hanging(lead, tone, &said, width).into_iter().map(|r| (r, false)));
}

//! Registry: a line a list, what is stale on top.

use ratatui::layout::{Position, Rect};

use super::import::size;
use super::list_name;
use super::page::{self, Page, bar, share};
use crate::desk::lists::ListStanding;
use crate::tui::app::Model;
use crate::tui::app::tell;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row};
use crate::tui::when;
use crate::words::{say, say_with};

/// The last line that can be on top.
pub fn most(model: &Model, area: Rect) -> usize {
    page::most(lines(model, usize::from(area.width)).lines.len(), area.height)
}

pub(super) fn hint(model: &Model) -> Row {
    let hours = model.screens.registry.standing.as_ref().map_or(0, |s| s.stale_hours);
    let text = tell(model, "registry-hint", &[("time", when::span(model.language, hours * 3600).into())]);
    Row::new().plain(" ").tone(Tone::Dim, text)
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let page = lines(model, usize::from(area.width));
    page::draw_from(canvas, area, &page.lines, model.screens.registry.top);
    None
}

fn lines(model: &Model, width: usize) -> Page<()> {
    let language = model.language;
    let mut page = Page::new(width, language);
    let Some(standing) = &model.screens.registry.standing else {
        page.text(Tone::Plain, say(language, "registry-reading"));
        return page;
    };
    let stale = standing.lists.iter().filter(|l| l.stale).count();
    let never = standing.lists.iter().filter(|l| l.imported_at.is_none()).count();
    page.gap();
    if stale > 0 {
        let text = say_with(language, "registry-stale", &[("n", stale.into())]);
        page.hanging(Row::new().tone(Tone::Bad, " ! "), Tone::Plain, &text, None);
    } else {
        page.push(Row::new().tone(Tone::Good, " ✓ ").plain(say(language, "registry-fresh")), None);
    }
    if never > 0 {
        let text = say_with(language, "registry-never-many", &[("n", never.into())]);
        page.hanging(Row::new().tone(Tone::Warn, " ○ "), Tone::Plain, &text, None);
    }
    page.gap();
    let wide = width >= 76;
    let name_cells = if wide { 20 } else { 16 };
    let mut head = Row::new()
        .plain("   ")
        .column(Tone::Dim, say(language, "registry-list"), name_cells)
        .tone(Tone::Dim, format!("{:>11} ", say(language, "registry-rows")));
    if wide {
        head = head.tone(Tone::Dim, format!("{:>9}  ", say(language, "registry-size")));
    }
    head = head.column(Tone::Dim, say(language, "registry-age"), 14);
    if wide {
        head = head.tone(Tone::Dim, say(language, "registry-file"));
    }
    page.push(head, None);
    let largest = standing.lists.iter().map(|l| l.rows).max().unwrap_or(0);
    for list in &standing.lists {
        page.push(line(model, list, name_cells, wide, largest, width), None);
    }
    page.gap();
    let all = [("bytes", size(standing.bytes).into()), ("n", standing.generation.into())];
    let args = all;
    page.push(Row::new().plain("   ").tone(Tone::Dim, say_with(language, "registry-whole", &args)), None);
    page
}

fn line(model: &Model, l: &ListStanding, name_cells: usize, wide: bool, largest: u64, width: usize) -> Row {
    let language = model.language;
    let (glyph, tone) = match (l.imported_at, l.stale) {
        (None, _) => (" ○ ", Tone::Dim),
        (_, true) => (" ! ", Tone::Bad),
        _ => (" ✓ ", Tone::Good),
    };
    let age = match l.imported_at {
        None => say(language, "registry-never").to_owned(),
        Some(at) if l.stale => {
            format!("{} {}", when::span(language, model.now.since(at).0), say(language, "registry-is-stale"))
        }
        Some(at) => when::ago(language, at, model.now),
    };
    let mut row = Row::new()
        .tone(tone, glyph)
        .column(Tone::Strong, list_name(language, l.list), name_cells)
        .plain(format!("{:>11} ", l.rows));
    if wide {
        row = row.plain(format!("{:>9}  ", l.bytes.map(size).unwrap_or_default()));
    }
    row = row.column(if l.stale { Tone::Bad } else { Tone::Plain }, age, 14);
    if width >= 110 {
        row = row.column(Tone::Info, bar(share(l.rows, largest), 16), 18);
    }
    if wide {
        row = row.tone(Tone::Dim, l.file.as_deref().map(base).unwrap_or_default());
    }
    row
}

/// The file's name without its folders.
fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

//! Import: the file chooser, the bar, and what an import would do or did.

use ratatui::layout::{Position, Rect};

use super::page::{self, Page, bar, share};
use crate::desk::import::Content;
use crate::domain::{ListMode, Recommendation};
use crate::tui::app::Model;
use crate::tui::app::screens::import::{Phase, busy};
use crate::tui::app::tell;
use crate::tui::data::Batch;
use crate::tui::terms::Term as _;
use crate::tui::text;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row};
use crate::tui::view::words;
use crate::tui::when;
use crate::tui::worker::Mode;
use crate::words::{Language, say, say_with};

/// Ticks of the clock in a second.
const TICKS: f64 = 4.0;
/// Cells of a bar.
const BAR: usize = 24;

/// What can be selected once a file is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    Only(Recommendation),
    Ticket(i64),
}

/// Everything that can be selected.
pub fn picks(model: &Model) -> Vec<Pick> {
    lines(model, usize::from(model.size.0)).picks()
}

/// The last line that can be on top.
pub fn most(model: &Model, area: Rect) -> usize {
    page::most(lines(model, usize::from(area.width)).lines.len(), area.height.saturating_sub(2))
}

pub(super) fn hint(model: &Model) -> Row {
    let s = &model.screens.import;
    let id = match s.phase {
        Phase::Pick => "import-hint-pick",
        Phase::Working(_) if busy(model).and_then(|(_, b)| b.step).is_some_and(|s| s.settling) => {
            "import-hint-settling"
        }
        Phase::Working(_) => "import-hint-working",
        Phase::Looked if s.problem.is_some() => "import-hint-problem",
        Phase::Looked if s.batch.as_ref().is_some_and(|b| b.rejected > 0) => "import-hint-good-rows",
        Phase::Looked => "import-hint-looked",
        Phase::Landed => "import-hint-landed",
    };
    Row::new().plain(" ").tone(Tone::Dim, tell(model, id, &[]))
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.import;
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let head = Rect { height: 1, ..area };
    if s.phase == Phase::Pick {
        let cursor = path(model, canvas, head);
        entries(model, canvas, body);
        return Some(cursor);
    }
    canvas.row(head, &file(model, usize::from(area.width)), false);
    let page = lines(model, usize::from(area.width));
    if s.phase == Phase::Landed && page.lines.iter().any(|l| l.pick.is_some()) {
        return page::draw(canvas, body, &page.lines, Some(s.at));
    }
    page::draw_from(canvas, body, &page.lines, s.at);
    None
}

fn path(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Position {
    let typed = text::clean(model.screens.import.path.value()).into_owned();
    let room = usize::from(area.width).saturating_sub(4);
    let shown = text::tail(&typed, room.saturating_sub(1));
    canvas.row(area, &Row::new().tone(Tone::Key, " › ").column(Tone::Input, &shown, room), false);
    let x = area.x + 3 + u16::try_from(text::width(&shown)).unwrap_or(0);
    Position { x: x.min(area.right().saturating_sub(1)), y: area.y }
}

fn entries(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let s = &model.screens.import;
    let language = model.language;
    let found = s.entries();
    let said = match &s.listing {
        None => Some(say(language, "import-reading").to_owned()),
        Some(listing) => match &listing.problem {
            Some(problem) => {
                Some(say_with(language, "import-folder-problem", &[("why", problem.said(language).into())]))
            }
            None => found.is_empty().then(|| say(language, "import-no-such").to_owned()),
        },
    };
    if let Some(text) = said {
        let mut page: Page<()> = Page::new(usize::from(area.width), language);
        page.text(Tone::Plain, &text);
        page::draw_from(canvas, area, &page.lines, 0);
        return;
    }
    let height = usize::from(area.height).max(1);
    let top = s.at.saturating_sub(height.saturating_sub(1));
    let wide = usize::from(area.width);
    let name_cells = wide.saturating_sub(26).clamp(12, 60);
    for (n, y) in (top..found.len()).zip(area.y..area.bottom()) {
        let Some(entry) = found.get(n) else { continue };
        let name = if entry.is_folder { format!("{}/", entry.name) } else { entry.name.clone() };
        let tone = match (entry.is_folder, entry.fits) {
            (true, _) => Tone::Info,
            (_, true) => Tone::Plain,
            _ => Tone::Dim,
        };
        let bytes = if entry.is_folder { String::new() } else { size(entry.bytes) };
        let age = entry.modified.map(|at| when::ago(model.language, at, model.now)).unwrap_or_default();
        let row = Row::new()
            .plain("  ")
            .column(tone, name, name_cells)
            .tone(Tone::Plain, format!(" {bytes:>9}  "))
            .tone(Tone::Dim, age);
        canvas.item(Rect { y, height: 1, ..area }, &row, n, s.at);
    }
}

/// Bytes as people say them.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let (mut tenths, mut unit) = (bytes / 100, 0);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    let name = UNITS.get(unit).copied().unwrap_or_default();
    if tenths < 100 {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    } else {
        format!("{} {name}", tenths / 10)
    }
}

/// The file, and what it is taken for.
fn file(model: &Model, width: usize) -> Row {
    let s = &model.screens.import;
    let language = model.language;
    let content = s.content.map_or_else(String::new, |c| match (c, s.list_mode) {
        (Content::List(_), ListMode::Replace) => chip(name(language, c), say(language, "import-replace")),
        (Content::List(_), ListMode::Delta) => chip(name(language, c), say(language, "import-delta")),
        _ => format!(" {} ", name(language, c)),
    });
    let mark = match s.phase {
        Phase::Looked => format!("  {}", say(language, "import-dry")),
        _ => String::new(),
    };
    let room = width.saturating_sub(text::width(&content) + text::width(&mark) + 5);
    let file = text::tail(&text::clean(&s.file), room);
    Row::new().tone(Tone::Strong, format!(" {file}  ")).tone(Tone::Chip, content).tone(Tone::Warn, mark)
}

/// What a file holds, and what it does to the rows that are there.
fn chip(name: &str, mode: &str) -> String {
    format!(" {name}: {mode} ")
}

/// What a file holds, in words.
fn name(language: Language, content: Content) -> &'static str {
    match content {
        Content::Cases => say(language, "import-cases"),
        Content::List(list) => super::list_name(language, list),
    }
}

fn lines(model: &Model, width: usize) -> Page<Pick> {
    let s = &model.screens.import;
    let mut page = Page::new(width, model.language);
    if let Phase::Working(mode) = s.phase {
        working(model, mode, &mut page);
        return page;
    }
    if let Some(problem) = &s.problem {
        page.hanging(Row::new().tone(Tone::Bad, " ✗ "), Tone::Plain, &problem.what.said(page.language), None);
        for more in [&problem.place, &problem.hint].into_iter().flatten() {
            page.hanging(Row::new().plain("   "), Tone::Dim, &more.said(page.language), None);
        }
    }
    let Some(batch) = &s.batch else { return page };
    counts(model, batch, &mut page);
    recommendations(batch, &mut page);
    problems(batch, &mut page);
    fresh(model, batch, &mut page);
    page
}

/// The bar with rate and time left.
fn working(model: &Model, mode: Mode, page: &mut Page<Pick>) {
    let language = model.language;
    let what = if mode == Mode::Dry { "import-looking" } else { "import-landing" };
    let Some((_, busy)) = busy(model) else { return };
    let step = busy.step.unwrap_or_default();
    let of = step.of.unwrap_or(0);
    let done = if step.settling { 1.0 } else { share(step.done, of) };
    let seconds = f64::from(busy.ticks) / TICKS;
    page.push(Row::new().plain("  ").tone(Tone::Strong, say(language, what)), None);
    page.gap();
    let cells = page.width.saturating_sub(14).min(60);
    let full = bar(done, cells);
    let rest = "·".repeat(cells.saturating_sub(text::width(&full)));
    #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
    let percent = (done * 100.0) as i64;
    let row = Row::new().plain("  ").tone(Tone::Good, full).tone(Tone::Dim, rest);
    page.push(row.plain(format!(" {percent:>3} %")), None);
    page.gap();
    if step.settling {
        page.text(Tone::Plain, say(language, "import-settling"));
        return;
    }
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a rate is rough")]
    let rate = if seconds > 0.0 { (step.rows as f64 / seconds) as i64 } else { 0 };
    let args = [("n", step.rows.into()), ("rate", rate.into())];
    page.push(Row::new().plain("  ").plain(say_with(language, "import-rate", &args)), None);
    if done > 0.02 && seconds > 1.0 {
        #[expect(clippy::cast_possible_truncation, reason = "seconds")]
        let left = (seconds * (1.0 - done) / done).ceil() as i64;
        let left = when::span(model.language, left);
        page.push(
            Row::new().plain("  ").plain(say_with(language, "import-left", &[("time", left.into())])),
            None,
        );
    }
}

fn counts(model: &Model, b: &Batch, page: &mut Page<Pick>) {
    let language = model.language;
    page.section(if b.dry { "import-would" } else { "import-did" });
    let cases = b.content == Content::Cases;
    let parts = [
        (say(language, if cases { "import-new-tickets" } else { "import-added" }), b.added, Tone::Good),
        (say(language, "import-updated"), b.updated, Tone::Info),
        (say(language, "import-unchanged"), b.unchanged, Tone::Dim),
        (say(language, "import-removed"), b.removed, Tone::Warn),
        (say(language, "import-rejected"), b.rejected, Tone::Bad),
    ];
    let row = Row::new().column(Tone::Dim, format!("  {}", say(language, "import-rows")), 22);
    page.push(row.tone(Tone::Strong, format!("{:>9}", b.rows)), None);
    for (label, n, tone) in parts.into_iter().filter(|(_, n, _)| *n > 0) {
        let row = Row::new()
            .column(Tone::Dim, format!("  {label}"), 22)
            .tone(Tone::Strong, format!("{n:>9}  "))
            .tone(tone, bar(share(n, b.rows), BAR));
        page.push(row, None);
    }
    if !b.dry {
        let text = say_with(language, "import-took", &[("time", format!("{:.1}", b.seconds).into())]);
        page.push(Row::new().plain("  ").tone(Tone::Dim, text), None);
    }
    if let Some(path) = &b.rejects {
        let path = path.display().to_string();
        page.hanging(
            Row::new().tone(Tone::Warn, "  ! "),
            Tone::Plain,
            &say_with(language, "import-rejects-in", &[("file", path.into())]),
            None,
        );
    }
}

fn recommendations(b: &Batch, page: &mut Page<Pick>) {
    if b.recommendations.is_empty() {
        if b.dry && b.content == Content::Cases && b.rows > b.rejected {
            page.text(Tone::Dim, say(page.language, "import-unjudged"));
        }
        return;
    }
    page.section("import-recommended");
    let all: u64 = b.recommendations.iter().map(|(_, n)| n).sum();
    for (word, n) in &b.recommendations {
        let (glyph, tone) = words::recommendation(*word);
        let leads = !b.dry && b.fresh_of > 0;
        let row = Row::new()
            .tone(Tone::Key, if leads { "› " } else { "  " })
            .tone(tone, format!("{glyph} "))
            .column(tone, word.said(page.language), 18)
            .tone(Tone::Strong, format!("{n:>9}  "))
            .tone(tone, bar(share(*n, all), BAR));
        page.push(row, leads.then_some(Pick::Only(*word)));
    }
}

fn problems(b: &Batch, page: &mut Page<Pick>) {
    let language = page.language;
    if b.rejected > 0 {
        page.titled(&say_with(language, "import-problems", &[("n", b.rejected.into())]));
        let narrow = page.width < 70;
        for p in &b.problems {
            let first = Row::new()
                .tone(Tone::Bad, " ✗ ")
                .tone(Tone::Strong, format!("{:>6} ", p.line))
                .column(Tone::Key, &p.column, if narrow { 10 } else { 16 })
                .plain(" ");
            let first = if narrow { first } else { first.column(Tone::Dim, &p.rule, 18).plain(" ") };
            page.hanging(first, Tone::Plain, &p.message.said(language), None);
        }
        let more = b.rejected.saturating_sub(b.problems.len() as u64);
        if more > 0 {
            page.text(Tone::Dim, &say_with(language, "import-more", &[("n", more.into())]));
        }
    }
    if !b.warnings.is_empty() {
        page.section("import-warnings");
        for (line, message) in &b.warnings {
            let first = Row::new().tone(Tone::Warn, " ! ").tone(Tone::Strong, format!("{line:>6} "));
            page.hanging(first, Tone::Plain, &message.said(language), None);
        }
    }
}

fn fresh(model: &Model, b: &Batch, page: &mut Page<Pick>) {
    if b.fresh.is_empty() {
        return;
    }
    let language = model.language;
    let shown: Vec<_> = model.screens.import.fresh().collect();
    let args = [("n", b.fresh_of.into()), ("shown", shown.len().into())];
    page.titled(&say_with(language, "import-fresh", &args));
    for r in shown {
        let (glyph, word, tone) = words::standing(model.language, r);
        let row = Row::new()
            .tone(Tone::Key, "› ")
            .column(Tone::Strong, &r.name, 12)
            .plain(" ")
            .tone(tone, format!("{glyph} "))
            .column(tone, word, 16)
            .plain(" ")
            .column(Tone::Plain, r.request.said(model.language), 16)
            .plain(" ")
            .tone(Tone::Plain, format!("{} {}", r.model, r.identifier));
        page.push(row, Some(Pick::Ticket(r.id)));
    }
}

//! Report: charts with their numbers beside them, decisions as a table, and the insider's traces.

use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Bar, BarChart, BarGroup, Sparkline, Widget as _};

use super::page::{self, Page, bar, share};
use super::report_insider;
use crate::desk::report::{AGES, Report, TIMES};
use crate::tui::app::Model;
use crate::tui::app::mouse::Spot;
use crate::tui::app::screens::report::{Tab, progress};
use crate::tui::app::tell;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row, rule};
use crate::tui::view::words;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// Cells of the words beside a line of days.
const BESIDE: u16 = 28;
/// Lines of a chart, with its labels.
const TALLEST: u16 = 10;

/// Tickets that can be opened.
pub fn picks(model: &Model) -> Vec<i64> {
    lines(model, usize::from(model.size.0)).picks()
}

/// The last line that can be on top.
pub fn most(model: &Model, area: Rect) -> usize {
    page::most(lines(model, usize::from(area.width)).lines.len(), area.height.saturating_sub(1))
}

pub(super) fn hint(model: &Model) -> Row {
    let id = match model.screens.report.tab {
        Tab::Work => "report-hint-work",
        Tab::Decisions => "report-hint-decisions",
        Tab::Insider => "report-hint-insider",
    };
    Row::new().plain(" ").tone(Tone::Dim, tell(model, id, &[]))
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.report;
    canvas.row(Rect { height: 1, ..area }, &head(model), false);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if let Some(report) = s.report.as_ref().filter(|_| charts(model)) {
        work(model.language, report, canvas, body, model);
        return None;
    }
    let page = lines(model, usize::from(area.width));
    if page.lines.iter().any(|l| l.pick.is_some()) {
        return page::draw(canvas, body, &page.lines, Some(s.at));
    }
    page::draw_from(canvas, body, &page.lines, s.at);
    None
}

/// Whether there is room for charts, and something to draw.
fn charts(model: &Model) -> bool {
    model.screens.report.tab == Tab::Work
}

/// The parts, and the time.
fn head(model: &Model) -> Row {
    let s = &model.screens.report;
    let language = model.language;
    let mut row = Row::new();
    for (n, tab) in Tab::ALL.iter().copied().enumerate() {
        let id = match tab {
            Tab::Work => "report-work",
            Tab::Decisions => "report-decisions",
            Tab::Insider => "report-insider",
        };
        let tone = if tab == s.tab { Tone::Selected } else { Tone::Plain };
        row = row.tone(tone, format!(" {} ", say(language, id))).on(Spot::Tab(n));
    }
    row = row
        .plain("  ")
        .tone(Tone::Chip, format!(" {} ", say_with(language, "report-days", &[("n", s.days.into())])));
    if let Some((_, done, of)) = progress(model) {
        row = row.tone(Tone::Info, format!("  ◌ {}", say(language, "report-counting")));
        row = row.plain(" ").tone(Tone::Good, bar(share(done, of), 10));
    }
    row
}

/// How many a day, rounded; few are never said to be none.
fn a_day(language: Language, total: u64, days: usize, most: u64) -> String {
    let days = u64::try_from(days.max(1)).unwrap_or(1);
    if total > 0 && total < days {
        return say_with(language, "report-few-a-day", &[("most", most.into())]);
    }
    let n = (total + days / 2) / days;
    say_with(language, "report-a-day", &[("n", n.into()), ("most", most.into())])
}

/// Days as two lines of marks, and two charts below.
fn work(language: Language, r: &Report, canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let (arrived, closed) = totals(r);
    let y = area.y + 1;
    let lines = [
        ("report-arrived", arrived, r.days.iter().map(|d| d.arrived).collect::<Vec<_>>(), Tone::Info),
        ("report-closed", closed, r.days.iter().map(|d| d.closed).collect(), Tone::Good),
    ];
    let tall = if area.height >= 30 { 4 } else { 2 };
    for (n, (label, total, days, tone)) in (0u16..).zip(lines) {
        let top = y + n * (tall + 1);
        if top + tall > area.bottom() {
            return;
        }
        let most = days.iter().copied().max().unwrap_or(0);
        let per_day = a_day(language, total, days.len(), most);
        let label =
            Row::new().plain(" ").tone(tone, say(language, label)).tone(Tone::Strong, format!(" {total}"));
        let beside = Rect { y: top, height: 1, width: BESIDE, ..area };
        canvas.row(beside, &label, false);
        let below = Row::new().plain(" ").tone(Tone::Dim, per_day);
        canvas.row(Rect { y: top + 1, ..beside }, &below, false);
        let chart =
            Rect { x: area.x + BESIDE, y: top, width: area.width.saturating_sub(BESIDE + 1), height: tall };
        sparkline(canvas, chart, &days, tone);
    }
    let top = y + 2 * (tall + 1);
    if let (Some(first), Some(last)) = (r.days.first(), r.days.last()) {
        let from = Row::new().tone(Tone::Dim, format!("{} – {}", first.day, last.day));
        canvas.row(Rect { x: area.x + BESIDE, y: top - 1, height: 1, width: 30 }, &from, false);
    }
    let top = top + 1;
    let height = area.bottom().saturating_sub(top);
    if height < 5 {
        return;
    }
    let half = area.width / 2;
    let left = Rect { y: top, height, width: half.saturating_sub(1), ..area };
    let right = Rect { x: area.x + half, width: area.width - half, ..left };
    let oldest = r.oldest.map(|at| when::span(language, model.now.since(at).0)).unwrap_or_default();
    let open = [("n", r.open.into()), ("age", oldest.into())];
    let said = say_with(language, "report-open", &open);
    chart(canvas, left, (say(language, "report-age"), &said), &r.ages, AGES, language);
    let said = pace(language, r);
    chart(canvas, right, (say(language, "report-time"), &said), &r.pace.buckets, TIMES, language);
}

/// A mark a day; days without anything are dots.
fn sparkline(canvas: &mut Canvas<'_>, area: Rect, days: &[u64], tone: Tone) {
    let room = usize::from(area.width);
    // The newest days are kept where there is no room for all; where there is, days are widened.
    let wide = (room / days.len().max(1)).max(1);
    let skip = days.len().saturating_sub(room);
    let data: Vec<u64> = days.iter().skip(skip).flat_map(|n| std::iter::repeat_n(*n, wide)).collect();
    let most = days.iter().copied().max().unwrap_or(0).max(1);
    Sparkline::default().data(&data).max(most).style(canvas.theme.style(tone)).render(area, canvas.buf);
    let Some(y) = area.bottom().checked_sub(1) else { return };
    for (n, x) in (area.x..area.right()).enumerate() {
        if data.get(n) == Some(&0) {
            // A mark that is bold and faint at once would look as each terminal likes.
            if let Some(cell) = canvas.buf.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(canvas.theme.ground());
            }
            canvas.row(Rect { x, y, width: 1, height: 1 }, &Row::new().tone(Tone::Dim, "·"), false);
        }
    }
}

fn totals(r: &Report) -> (u64, u64) {
    r.days.iter().fold((0, 0), |(a, c), d| (a + d.arrived, c + d.closed))
}

fn pace(language: Language, r: &Report) -> String {
    let (Some(median), Some(p90)) = (r.pace.median, r.pace.p90) else {
        return say(language, "report-none-decided").to_owned();
    };
    let args = [("median", when::span(language, median).into()), ("p90", when::span(language, p90).into())];
    say_with(language, "report-pace", &args)
}

/// What a bar counts: up to a bound, or beyond the last.
fn labels(language: Language, bounds: [i64; 5]) -> [String; 6] {
    let short = |seconds: i64| when::short(language, seconds);
    std::array::from_fn(|n| match bounds.get(n) {
        Some(bound) => format!("<{}", short(*bound)),
        None => format!("≥{}", short(bounds[4])),
    })
}

fn chart(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (title, said): (&str, &str),
    counts: &[u64; 6],
    bounds: [i64; 5],
    language: Language,
) {
    canvas.row(Rect { height: 1, ..area }, &rule(title, usize::from(area.width)), false);
    let numbers = Row::new().plain(" ").tone(Tone::Plain, said);
    canvas.row(Rect { y: area.y + 1, height: 1, ..area }, &numbers, false);
    // The numbers stand below their bars; more height than this makes nothing clearer.
    let height = area.height.saturating_sub(3).min(TALLEST);
    let room = Rect { x: area.x + 1, y: area.y + 2, width: area.width.saturating_sub(2), height };
    let theme = canvas.theme;
    let width = (room.width / 6).saturating_sub(1).clamp(1, 9);
    let mut numbers = Row::new();
    let mut bars = Vec::new();
    for (n, (label, count)) in labels(language, bounds).into_iter().zip(counts).enumerate() {
        let tone = if n >= 4 { Tone::Warn } else { Tone::Info };
        let style = theme.style(tone);
        bars.push(Bar::default().value(*count).label(label).text_value(String::new()).style(style));
        let cells = usize::from(width);
        let number = if *count == 0 { Tone::Dim } else { Tone::Strong };
        numbers = numbers.tone(number, format!("{count:^cells$}")).plain(" ");
    }
    BarChart::default()
        .data(BarGroup::default().bars(&bars))
        .bar_width(width)
        .bar_gap(1)
        .max(counts.iter().copied().max().unwrap_or(0).max(1))
        .render(room, canvas.buf);
    canvas.row(Rect { y: room.bottom(), height: 1, ..room }, &numbers, false);
}

fn lines(model: &Model, width: usize) -> Page<i64> {
    let s = &model.screens.report;
    let mut page = Page::new(width, model.language);
    let Some(report) = &s.report else {
        page.text(Tone::Plain, say(model.language, "report-reading"));
        return page;
    };
    match s.tab {
        // What fits is drawn as charts.
        Tab::Work if charts(model) => {}
        Tab::Work => small(report, model, &mut page),
        Tab::Decisions => decisions(report, &mut page),
        Tab::Insider => report_insider::lines(report, model, &mut page),
    }
    page
}

/// The same numbers in lines, where there is no room for charts.
fn small(r: &Report, model: &Model, page: &mut Page<i64>) {
    let language = page.language;
    let (arrived, closed) = totals(r);
    for (label, n) in [("report-arrived", arrived), ("report-closed", closed)] {
        page.push(
            Row::new().plain(" ").column(Tone::Dim, say(language, label), 16).plain(n.to_string()),
            None,
        );
    }
    let oldest = r.oldest.map(|at| when::span(language, model.now.since(at).0)).unwrap_or_default();
    let open = [("n", r.open.into()), ("age", oldest.into())];
    page.text(Tone::Plain, &say_with(language, "report-open", &open));
    counted(page, "report-age", &r.ages, AGES);
    counted(page, "report-time", &r.pace.buckets, TIMES);
    page.text(Tone::Plain, &pace(language, r));
}

fn counted(page: &mut Page<i64>, title: &'static str, counts: &[u64; 6], bounds: [i64; 5]) {
    page.section(title);
    let most = counts.iter().copied().max().unwrap_or(0);
    for (label, n) in labels(page.language, bounds).into_iter().zip(counts) {
        let row = Row::new().plain(" ").column(Tone::Dim, label, 6).plain(format!("{n:>7} "));
        page.push(row.tone(Tone::Info, bar(share(*n, most), page.width.saturating_sub(16).min(30))), None);
    }
}

/// What was recommended, and what was decided.
fn decisions(r: &Report, page: &mut Page<i64>) {
    let language = page.language;
    page.gap();
    if r.decisions == 0 {
        page.text(Tone::Plain, say(language, "report-none-decided"));
        return;
    }
    let followed: u64 = r.outcomes.iter().filter(|o| o.recommended == o.decided).map(|o| o.count).sum();
    let args = [("n", r.decisions.into()), ("followed", followed.into()), ("overrides", r.overrides.into())];
    page.text(Tone::Strong, &say_with(language, "report-decided", &args));
    page.gap();
    let wide = page.width >= 60;
    let cells = if wide { 19 } else { 14 };
    let head = Row::new()
        .plain("   ")
        .column(Tone::Dim, say(language, "report-recommended"), cells + 2)
        .column(Tone::Dim, say(language, "report-was-decided"), cells)
        .tone(Tone::Dim, say(language, "report-times"));
    page.push(head, None);
    for o in &r.outcomes {
        let (from, from_tone) = words::recommendation(o.recommended);
        let (to, to_tone) = words::recommendation(o.decided);
        let same = o.recommended == o.decided;
        let mut row = Row::new()
            .tone(if same { Tone::Good } else { Tone::Warn }, if same { " = " } else { " ≠ " })
            .column(from_tone, format!("{from} {}", o.recommended.said(language)), cells)
            .tone(Tone::Dim, "→ ")
            .column(to_tone, format!("{to} {}", o.decided.said(language)), cells)
            .plain(format!("{:>5} ", o.count));
        if wide {
            row = row.tone(to_tone, bar(share(o.count, r.decisions), 16));
        }
        if o.overrides > 0 {
            let text = say_with(language, "report-overrides", &[("n", o.overrides.into())]);
            row = row.plain(" ").tone(Tone::Warn, format!("! {text}"));
        }
        page.push(row, None);
    }
}

//! A page of lines, some of which can be selected: what most screens beside the queue are.

use ratatui::layout::{Position, Rect};

use crate::tui::app::mouse::Spot;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row, hanging, rule, wrapped};
use crate::words::{Language, say};

/// A line, and what selecting it means.
#[derive(Clone, Debug)]
pub struct Line<P> {
    pub row: Row,
    pub pick: Option<P>,
}

/// Lines on their way.
#[derive(Clone, Debug)]
pub struct Page<P> {
    pub lines: Vec<Line<P>>,
    pub width: usize,
    pub language: Language,
}

impl<P> Page<P> {
    pub const fn new(width: usize, language: Language) -> Self {
        Self { lines: Vec::new(), width, language }
    }

    pub fn push(&mut self, row: Row, pick: Option<P>) {
        self.lines.push(Line { row, pick });
    }

    pub fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.push(Row::new(), None);
        }
    }

    /// A heading, by the id of its words.
    pub fn section(&mut self, id: &'static str) {
        self.titled(say(self.language, id));
    }

    pub fn titled(&mut self, title: &str) {
        self.gap();
        self.push(rule(title, self.width), None);
    }

    /// Text over the whole width.
    pub fn text(&mut self, tone: Tone, content: &str) {
        for row in wrapped(tone, content, self.width.min(100), 2) {
            self.push(row, None);
        }
    }

    /// Text that goes on below itself, behind a beginning.
    pub fn hanging(&mut self, first: Row, tone: Tone, content: &str, mut pick: Option<P>) {
        for row in hanging(first, tone, content, self.width) {
            self.push(row, pick.take());
        }
    }

    /// What can be selected, in order.
    pub fn picks(self) -> Vec<P> {
        self.lines.into_iter().filter_map(|line| line.pick).collect()
    }
}

/// Draws lines so that the selected one is on the screen; what lies before the first and behind the last that
/// can be selected is seen when those are.
pub fn draw<P>(
    canvas: &mut Canvas<'_>,
    area: Rect,
    lines: &[Line<P>],
    at: Option<usize>,
) -> Option<Position> {
    draw_among(canvas, area, lines, at, (0, at))
}

/// Draws lines that are a part of what can be selected on the screen: the number of the first of them there, and of
/// the selected one.
pub fn draw_among<P>(
    canvas: &mut Canvas<'_>,
    area: Rect,
    lines: &[Line<P>],
    at: Option<usize>,
    (first, selected_there): (usize, Option<usize>),
) -> Option<Position> {
    let height = usize::from(area.height);
    let places: Vec<usize> =
        lines.iter().enumerate().filter(|(_, l)| l.pick.is_some()).map(|(n, _)| n).collect();
    let selected = at.and_then(|at| places.get(at).copied());
    let most = lines.len().saturating_sub(height);
    let top = match selected {
        Some(place) if at.is_some_and(|at| at + 1 == places.len()) => most.min(place),
        Some(place) => place.saturating_sub(height / 2).min(most),
        None => 0,
    };
    let mut cursor = None;
    for (n, y) in (top..lines.len()).zip(area.y..area.bottom()) {
        let Some(line) = lines.get(n) else { continue };
        let here = selected == Some(n);
        let place = Rect { y, height: 1, ..area };
        canvas.row(place, &line.row, here);
        if let (Ok(pick), Some(from)) = (places.binary_search(&n), selected_there) {
            canvas.spot(place, Spot::below(first + pick, from));
        }
        if here {
            cursor = Some(Position { x: area.x, y });
        }
    }
    cursor
}

/// Draws lines from one on, never past the end.
pub fn draw_from<P>(canvas: &mut Canvas<'_>, area: Rect, lines: &[Line<P>], top: usize) {
    let top = top.min(most(lines.len(), area.height));
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        canvas.row(Rect { y, height: 1, ..area }, &line.row, false);
    }
}

/// The last line that can be on top.
pub fn most(lines: usize, height: u16) -> usize {
    lines.saturating_sub(usize::from(height))
}

/// A bar of a width for a share of a whole, in eighths of a cell.
pub fn bar(share: f64, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let share = share.clamp(0.0, 1.0);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let eighths = (share * cells as f64 * 8.0).round() as usize;
    // What is there is seen, however little it is.
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    let mut out = "█".repeat(eighths / 8);
    out.push_str(EIGHTHS.get(eighths % 8).copied().unwrap_or(""));
    out
}

/// A share of a whole as a number between 0 and 1.
#[expect(clippy::cast_precision_loss)]
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

//! Rows of toned text, and the one place that puts text into cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear, Widget as _};

use crate::tui::app::look::Pick;
use crate::tui::app::mouse::Spot;
use crate::tui::text;
use crate::tui::theme::{Theme, Tone};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    text: String,
    tone: Tone,
    /// What a click on it means.
    spot: Option<Spot>,
}

/// A line of text in parts, each with its meaning. Every part is made safe as it comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    parts: Vec<Part>,
    /// A section begins here.
    pub heading: bool,
    /// What is selected and opened by this row.
    pub pick: Option<Pick>,
}

impl Row {
    pub const fn new() -> Self {
        Self { parts: Vec::new(), heading: false, pick: None }
    }

    /// Adds text of a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone, text: impl AsRef<str>) -> Self {
        let text = text::clean(text.as_ref()).into_owned();
        self.parts.push(Part { text, tone, spot: None });
        self
    }

    /// Adds plain text.
    #[must_use]
    pub fn plain(self, text: impl AsRef<str>) -> Self {
        self.tone(Tone::Plain, text)
    }

    /// Adds a column: text cut or padded to exactly `cells`.
    #[must_use]
    pub fn column(mut self, tone: Tone, text: impl AsRef<str>, cells: usize) -> Self {
        let text = text::fit(&text::clean(text.as_ref()), cells);
        self.parts.push(Part { text, tone, spot: None });
        self
    }

    /// Says what a click on what is here so far means.
    #[must_use]
    pub fn on(mut self, spot: Spot) -> Self {
        for part in self.parts.iter_mut().filter(|p| p.spot.is_none()) {
            part.spot = Some(spot);
        }
        self
    }

    /// Cells it takes.
    pub fn width(&self) -> usize {
        self.parts.iter().map(|p| text::width(&p.text)).sum()
    }

    /// Fills with blanks up to `cells`.
    #[must_use]
    pub fn pad(self, cells: usize) -> Self {
        let gap = cells.saturating_sub(self.width());
        self.plain(" ".repeat(gap))
    }

    /// Puts another row behind this one.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|p| p.text.trim().is_empty())
    }
}

/// Text in rows of at most `cells`, each after an indent of blanks.
pub fn wrapped(tone: Tone, content: &str, cells: usize, indent: usize) -> Vec<Row> {
    let room = cells.saturating_sub(indent);
    text::wrap(&text::clean(content), room)
        .into_iter()
        .map(|line| Row::new().plain(" ".repeat(indent)).tone(tone, line))
        .collect()
}

/// A first row, and text behind it that goes on below under itself.
pub fn hanging(first: Row, tone: Tone, content: &str, cells: usize) -> Vec<Row> {
    let indent = first.width();
    let mut lines = text::wrap(&text::clean(content), cells.saturating_sub(indent)).into_iter();
    let mut rows = vec![first.tone(tone, lines.next().unwrap_or_default())];
    rows.extend(lines.map(|line| Row::new().plain(" ".repeat(indent)).tone(tone, line)));
    rows
}

/// The buffer with a theme.
pub struct Canvas<'a> {
    pub buf: &'a mut Buffer,
    pub theme: Theme,
    /// What a click means, where; what lies above comes later.
    pub spots: Vec<(Rect, Spot)>,
}

impl Canvas<'_> {
    /// Says what a click on an area means.
    pub fn spot(&mut self, area: Rect, spot: Spot) {
        self.spots.push((area.intersection(self.buf.area), spot));
    }

    /// Draws a line of a list, the nth of it, of which one is selected.
    pub fn item(&mut self, area: Rect, row: &Row, n: usize, selected: usize) {
        self.row(area, row, n == selected);
        self.spot(Rect { height: 1, ..area }, Spot::below(n, selected));
    }

    /// Draws a row; a selected one wholly in the selection's look, so that it shows without colours too.
    pub fn row(&mut self, area: Rect, row: &Row, selected: bool) {
        let area = area.intersection(self.buf.area);
        if area.is_empty() {
            return;
        }
        if selected {
            self.buf.set_style(Rect { height: 1, ..area }, self.theme.style(Tone::Selected));
        }
        let (mut x, end) = (area.x, area.right());
        for Part { text: content, tone, spot } in &row.parts {
            if x >= end {
                break;
            }
            let style = self.theme.style(if selected { Tone::Selected } else { *tone });
            let room = usize::from(end - x);
            let content = text::cut(content, room);
            let from = x;
            x = self.buf.set_stringn(x, area.y, content.as_ref(), room, style).0;
            if let Some(spot) = spot {
                self.spots.push((Rect { x: from, y: area.y, width: x - from, height: 1 }, *spot));
            }
        }
        if selected {
            // A wide character clears the cell behind it.
            self.buf.set_style(Rect { height: 1, ..area }, self.theme.style(Tone::Selected));
        }
    }

    /// Draws rows from the top, as many as fit.
    pub fn rows(&mut self, area: Rect, rows: &[Row]) {
        for (row, y) in rows.iter().zip(area.y..area.bottom()) {
            self.row(Rect { y, height: 1, ..area }, row, false);
        }
    }

    /// Takes away whatever was drawn there, with its looks.
    pub fn wipe(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        Clear.render(area, self.buf);
        self.buf.set_style(area, self.theme.ground());
    }

    /// A bar over the whole width.
    pub fn bar(&mut self, area: Rect, row: &Row) {
        self.buf.set_style(area, self.theme.style(Tone::Bar));
        let (mut x, end) = (area.x, area.right());
        for Part { text: content, tone, spot } in &row.parts {
            if x >= end {
                break;
            }
            let tone = if *tone == Tone::Plain { Tone::Bar } else { *tone };
            let room = usize::from(end - x);
            let style = self.theme.style(tone);
            let from = x;
            x = self.buf.set_stringn(x, area.y, text::cut(content, room).as_ref(), room, style).0;
            if let Some(spot) = spot {
                self.spots.push((Rect { x: from, y: area.y, width: x - from, height: 1 }, *spot));
            }
        }
    }

    /// An empty box with a title; returns what is inside.
    pub fn frame(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buf.area);
        Clear.render(area, self.buf);
        self.spot(area, Spot::Box);
        self.buf.set_style(area, self.theme.ground());
        let title = text::cut(&text::clean(title), usize::from(area.width).saturating_sub(6)).into_owned();
        let block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(self.theme.style(Tone::Info))
            .title(format!(" {title} "))
            .title_style(self.theme.style(Tone::Strong));
        let inner = block.inner(area);
        block.render(area, self.buf);
        // A little air beside the text.
        Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(2), ..inner }
    }
}

/// A box of a size in the middle of an area, never larger than it.
pub fn centred(area: Rect, width: usize, height: usize) -> Rect {
    let cells = |n: usize, most: u16| u16::try_from(n).unwrap_or(u16::MAX).min(most);
    let (width, height) = (cells(width, area.width), cells(height, area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A rule with a title: `── title ─────`.
pub fn rule(title: &str, cells: usize) -> Row {
    let title = if title.is_empty() { String::new() } else { format!(" {title} ") };
    let used = 2 + text::width(&title);
    let row = Row::new().tone(Tone::Dim, "──").tone(Tone::Strong, title);
    Row { heading: true, ..row.tone(Tone::Dim, "─".repeat(cells.saturating_sub(used))) }
}

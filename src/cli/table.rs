//! Lists: a table for people; JSON, JSON lines and CSV for programs.

use serde_json::Value;

use super::output::{self, Cli};
use super::style::{self, Style, Tone};
use crate::desk::Failure;
use crate::domain::{Shown, csv_safe};

/// How a list is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
    Jsonl,
    Csv,
}

/// How a list is printed, as an option of the commands that print one.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct FormatArgs {
    /// How to print the list; `--json` means `--format json`
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
}

impl FormatArgs {
    /// The format that the options together mean.
    pub fn of(self, cli: &Cli) -> Format {
        self.format.unwrap_or(if cli.global.json { Format::Json } else { Format::Table })
    }
}

/// A piece of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    text: String,
    tone: Tone,
    right: bool,
}

impl Cell {
    /// Any text, made safe to look at.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self { text: Shown(text.as_ref()).to_string(), ..Self::default() }
    }

    /// A number, at the right of its column.
    pub fn number(n: &impl ToString) -> Self {
        Self { text: n.to_string(), right: true, ..Self::default() }
    }

    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// Rows under titles. The column called `gives` gives way when the line is too short.
pub struct Table {
    titles: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
    gives: usize,
}

impl Table {
    pub fn new(titles: &[&'static str], gives: usize) -> Self {
        Self { titles: titles.to_vec(), rows: Vec::new(), gives }
    }

    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns that say something in some row; the others are left out.
    fn spoken(&self) -> Vec<usize> {
        let says = |n: &usize| self.rows.iter().any(|row| row.get(*n).is_some_and(|c| !c.text.is_empty()));
        (0..self.titles.len()).filter(says).collect()
    }

    fn widths(&self, columns: &[usize], line: Option<usize>) -> Vec<usize> {
        let widest = |n: &usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(*n)).map(|c| style::width(&c.text));
            cells.chain(self.titles.get(*n).map(|t| style::width(t))).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = columns.iter().map(widest).collect();
        let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        let giving = columns.iter().position(|n| *n == self.gives);
        if let (Some(line), Some(giving)) = (line, giving.and_then(|at| widths.get_mut(at))) {
            *giving = giving.saturating_sub(total.saturating_sub(line)).max(6.min(*giving));
        }
        widths
    }

    /// The table as text, each line with its end.
    pub fn render(&self, style: Style) -> String {
        let columns = self.spoken();
        let widths = self.widths(&columns, style.width);
        let mut out = String::new();
        let mut line = |cell: &dyn Fn(usize) -> Cell| {
            let mut text = String::new();
            let mut blanks = 0;
            for (n, wide) in columns.iter().zip(&widths) {
                let Cell { text: words, tone, right } = cell(*n);
                let words = style::fit(&words, *wide);
                let gap = wide.saturating_sub(style::width(&words));
                text.push_str(&" ".repeat(blanks + if right { gap } else { 0 }));
                text.push_str(&style.paint(tone, &words));
                blanks = 2 + if right { 0 } else { gap };
            }
            out.push_str(text.trim_end());
            out.push('\n');
        };
        let cell = |row: &[Cell], n: usize| row.get(n).cloned().unwrap_or_default();
        line(&|n| {
            let title = self.titles.get(n).copied().unwrap_or_default();
            let right = self.rows.first().is_some_and(|row| cell(row, n).right);
            Cell { text: title.to_owned(), tone: Tone::Dim, right }
        });
        for row in &self.rows {
            line(&|n| cell(row, n));
        }
        out
    }
}

/// A list as every format needs it.
pub struct Listing<'a> {
    /// The document's name for the list.
    pub name: &'a str,
    pub rows: Vec<Value>,
    /// What else the document says.
    pub more: Vec<(&'a str, Value)>,
    /// Columns of the CSV: title, and JSON pointer into a row.
    pub csv: &'a [(&'a str, &'a str)],
}

impl Listing<'_> {
    /// Prints the list; `table` makes the text for people.
    pub fn print(
        self,
        cli: &Cli,
        format: Format,
        table: impl FnOnce(&[Value]) -> String,
    ) -> Result<(), Failure> {
        match format {
            Format::Table => cli.text(&table(&self.rows)),
            Format::Json => {
                let mut document = serde_json::Map::new();
                document.insert(self.name.to_owned(), Value::Array(self.rows));
                document.extend(self.more.into_iter().map(|(k, v)| (k.to_owned(), v)));
                cli.json(&document)
            }
            Format::Jsonl => {
                let mut text = String::new();
                for row in &self.rows {
                    text.push_str(&output::json_line(row)?);
                    text.push('\n');
                }
                cli.text(&text)
            }
            Format::Csv => cli.text(&csv_text(self.csv, &self.rows)?),
        }
    }
}

fn csv_text(columns: &[(&str, &str)], rows: &[Value]) -> Result<String, Failure> {
    Ok(csv_rows(columns, None)? + &csv_rows(columns, Some(rows))?)
}

/// The titles, or some rows.
pub fn csv_rows(columns: &[(&str, &str)], rows: Option<&[Value]>) -> Result<String, Failure> {
    let fail = |e: csv::Error| Failure::internal(format!("The CSV cannot be written: {e}."));
    let mut writer = csv::Writer::from_writer(Vec::new());
    if rows.is_none() {
        writer.write_record(columns.iter().map(|(title, _)| *title)).map_err(fail)?;
    }
    for row in rows.unwrap_or_default() {
        let cells = columns.iter().map(|(_, pointer)| {
            // JSON keeps every character; CSV goes to spreadsheets and screens, where hidden ones deceive.
            let text = row.pointer(pointer).map(plain).unwrap_or_default();
            csv_safe(&Shown(&text).to_cow()).into_owned()
        });
        writer.write_record(cells).map_err(fail)?;
    }
    let bytes = writer.into_inner().map_err(|e| Failure::internal(e.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A value as one cell: texts as they are, lists joined by `;`.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_way_in_one_column() {
        let mut table = Table::new(&["no", "what", "end"], 1);
        table.push(vec![Cell::number(&7), Cell::new("a long story\u{202e}"), Cell::new("x")]);
        let narrow = Style { color: false, width: Some(20) };
        assert_eq!(table.render(narrow), "no  what         end\n 7  a long sto…  x\n");
        assert!(table.render(Style::default()).contains("a long story‹U+202E›  x"));
    }

    #[test]
    fn csv_runs_no_formula() {
        let rows = [serde_json::json!({ "a": "=1+1", "b": ["x", "y"], "c": null })];
        let text = csv_text(&[("a", "/a"), ("b", "/b"), ("c", "/c")], &rows).unwrap();
        assert_eq!(text, "a,b,c\n'=1+1,x;y,\n");
    }
}

//! One row on its way from text to type: cells by column, whatever the file's format.

use super::error::{Fault, Reject, glance};
use crate::domain::words::word;
use crate::domain::{CodePoint, Day, DeviceName, Email, Imei, Phone, Region, Serial, Time, UnknownWord};
use crate::words::Phrase;
use std::str::FromStr;

/// The longest field that is taken, in bytes (CONTRACT.md §4).
pub(super) const FIELD_CAP: usize = 64 * 1024;
/// More columns than this are a damaged file.
pub(super) const MAX_COLUMNS: usize = 200;

/// Whether a column must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// In the header, and filled in every row.
    Always,
    /// One column of this number is needed.
    OneOf(u8),
    Never,
}

/// A column as the contract spells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    pub need: Need,
}

impl Column {
    pub const fn new(name: &'static str, need: Need) -> Self {
        Self { name, need }
    }

    /// JSON may give it as a whole number: it identifies nothing.
    pub fn takes_number(&self) -> bool {
        matches!(self.name, "amount" | "receipt_amount" | "imei_slots")
    }
}

/// The columns of one form of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// What the form is called in sentences: ``the list `devices` ``.
    pub name: &'static str,
    pub columns: &'static [Column],
    /// Columns of other names are skipped, not refused.
    pub skips_others: bool,
    /// Double quotes are dropped, not obeyed (GSMA).
    pub drops_quotes: bool,
    /// The field that may hold many lines and control characters.
    pub long: Option<usize>,
    /// Control characters are refused outside `long`.
    pub refuses_controls: bool,
    /// The names by which a header is recognised as this form (`!name`: must not be there); none for
    /// the native one.
    pub marks: &'static [&'static str],
}

impl Shape {
    pub const fn native(name: &'static str, columns: &'static [Column]) -> Self {
        Self {
            name,
            columns,
            skips_others: false,
            drops_quotes: false,
            long: None,
            refuses_controls: false,
            marks: &[],
        }
    }

    /// What the form is called.
    pub fn said(&self) -> Phrase {
        let quoted = self.name.split('`').nth(1).unwrap_or_default();
        match self.name {
            "operator data" => Phrase::of("intake-operator"),
            "the GSMA's TAC file" => Phrase::of("intake-gsma"),
            "the list" => Phrase::of("intake-any-list"),
            form if form.starts_with("the form") => Phrase::of("intake-form").with("name", quoted),
            _ => Phrase::of("intake-list").with("name", quoted),
        }
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|c| c.name)
    }

    /// Groups of columns of which one is needed, as lists of names.
    pub fn choices(&self) -> impl Iterator<Item = Vec<&'static str>> {
        (0..=4).filter_map(|group| {
            let names: Vec<_> =
                self.columns.iter().filter(|c| c.need == Need::OneOf(group)).map(|c| c.name).collect();
            (!names.is_empty()).then_some(names)
        })
    }
}

/// Names a shape's columns twice: as an enum for the code and as text for the file.
macro_rules! columns {
    ($vis:vis $name:ident { $($col:ident = $text:literal $need:expr),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        // A column keeps the contract's name, whatever the list is called.
        #[allow(clippy::enum_variant_names)]
        $vis enum $name { $($col),+ }
        impl $name {
            pub(in crate::intake) const ALL: &'static [crate::intake::row::Column] = {
                use crate::intake::row::Need::{Always, Never, OneOf};
                // Not every list uses every need.
                #[allow(unused)]
                const NEEDS: [crate::intake::row::Need; 3] = [Always, Never, OneOf(0)];
                &[$($crate::intake::row::Column::new($text, $need)),+]
            };
        }
        impl $crate::intake::row::At for $name {
            fn at(self) -> (usize, &'static str) {
                match self { $(Self::$col => (Self::$col as usize, $text)),+ }
            }
        }
    };
}
pub(super) use columns;

/// A column of a shape: its place and its name.
pub(super) trait At: Copy {
    fn at(self) -> (usize, &'static str);
}

/// A row as text. The buffers are used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub line: u64,
    pub text: String,
    /// Start and end in `text` of each column of the shape; `None` where it is not given.
    pub cells: Vec<Option<(usize, usize)>>,
    /// The cells of columns that no shape has but every list may: `change_type`.
    pub change: Option<(usize, usize)>,
}

impl Row {
    /// The cell by its place, as given; blank cells are not given.
    pub fn cell(&self, place: usize) -> Option<&str> {
        let (from, to) = (*self.cells.get(place)?)?;
        self.text.get(from..to).filter(|text| !text.trim_ascii().is_empty() && !text.trim().is_empty())
    }

    pub fn change(&self) -> Option<&str> {
        let (from, to) = self.change?;
        self.text.get(from..to).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The cell without the blanks around it.
    pub fn get(&self, column: impl At) -> Option<&str> {
        self.cell(column.at().0).map(str::trim)
    }

    /// A text column, as given but for the blanks around it.
    pub fn text(&self, column: impl At) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// The cell of a column that every row must fill.
    pub fn needed(&self, column: impl At) -> Result<&str, Fault> {
        let name = column.at().1;
        self.get(column)
            .ok_or_else(|| Fault::new(name, "required", Phrase::of("intake-needed").with("column", name)))
    }

    /// A typed cell, if it is given.
    pub fn parsed<T, E: Into<Phrase>>(
        &self,
        column: impl At,
        rule: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Fault> {
        self.get(column)
            .map(|text| parse(text).map_err(|e| Fault::unreadable(column.at().1, rule, e.into())))
            .transpose()
    }

    /// A typed cell that every row must fill.
    pub fn must<T, E: Into<Phrase>>(
        &self,
        column: impl At,
        rule: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, Fault> {
        parse(self.needed(column)?).map_err(|e| Fault::unreadable(column.at().1, rule, e.into()))
    }

    /// A word of a fixed vocabulary; case is forgiven.
    pub fn word<T: FromStr<Err = UnknownWord>>(&self, column: impl At) -> Result<T, Fault> {
        let name = column.at().1;
        word(self.needed(column)?).map_err(|e| {
            Fault::new(
                name,
                "enum",
                Phrase::of("intake-enum").with("column", name).with("why", Phrase::from(&e)),
            )
        })
    }

    pub fn day(&self, column: impl At) -> Result<Option<Day>, Fault> {
        self.parsed(column, "date.form", Day::parse)
    }

    pub fn time(&self, column: impl At) -> Result<Option<Time>, Fault> {
        self.parsed(column, "time.form", Time::parse)
    }

    /// A moment that ends what began earlier: a date alone ends at 24:00 (JUDGEMENT.md §2), and must not lie
    /// before the day of the beginning.
    pub fn end(&self, began: (impl At, Option<&Time>), column: impl At) -> Result<Option<Time>, Fault> {
        let given = self.time(column)?;
        let date = self.get(column).and_then(|text| Day::parse(text).ok());
        let Some(day) = date else {
            Self::in_order(began, (column, given.as_ref()))?;
            return Ok(given);
        };
        let first = began.1.map(|t| t.day());
        Self::in_order((began.0, first.as_ref()), (column, Some(&day)))?;
        Ok(Some(day.end()))
    }

    pub fn needed_day(&self, column: impl At) -> Result<Day, Fault> {
        self.must(column, "date.form", Day::parse)
    }

    pub fn needed_time(&self, column: impl At) -> Result<Time, Fault> {
        self.must(column, "time.form", Time::parse)
    }

    pub fn imei(&self, column: impl At) -> Result<Option<Imei>, Fault> {
        self.parsed(column, "imei.form", Imei::parse)
    }

    pub fn serial(&self, column: impl At) -> Result<Option<Serial>, Fault> {
        self.parsed(column, "serial.form", Serial::parse)
    }

    pub fn email(&self, column: impl At) -> Result<Option<Email>, Fault> {
        self.parsed(column, "email.form", Email::parse)
    }

    /// A number as lists write it: digits foreign to the region are international.
    pub fn phone(&self, column: impl At, region: Region) -> Result<Option<Phone>, Fault> {
        self.parsed(column, "phone.form", |text| Phone::parse_seen(text, region))
    }

    /// The IMEI if one is given, else the serial.
    pub fn device(&self, imei: impl At, serial: impl At) -> Result<Option<DeviceName>, Fault> {
        Ok(match (self.imei(imei)?, self.serial(serial)?) {
            (Some(imei), _) => Some(DeviceName::Imei(imei)),
            (None, Some(serial)) => Some(DeviceName::Serial(serial)),
            (None, None) => None,
        })
    }

    /// A device that the row must name.
    pub fn needed_device(&self, imei: impl At, serial: impl At) -> Result<DeviceName, Fault> {
        self.device(imei, serial)?.ok_or_else(|| Fault::row("required", Phrase::of("intake-no-device")))
    }

    /// Refuses a row whose later moment lies before its earlier one.
    pub fn in_order<T: PartialOrd>(
        earlier: (impl At, Option<&T>),
        later: (impl At, Option<&T>),
    ) -> Result<(), Fault> {
        if let (Some(first), Some(second)) = (earlier.1, later.1)
            && second < first
        {
            let (first, second) = (earlier.0.at().1, later.0.at().1);
            return Err(Fault::new(
                second,
                "order",
                Phrase::of("intake-order").with("later", second).with("earlier", first),
            ));
        }
        Ok(())
    }

    /// A reject of this row.
    pub fn reject(&self, shape: &Shape, fault: Fault, raw: &[u8]) -> Reject {
        let place = fault.column.and_then(|name| shape.index(name));
        let value = match fault.column {
            Some("change_type") => self.change(),
            _ => place.and_then(|place| self.cell(place)),
        };
        let value = value.unwrap_or_default().to_owned();
        fault.into_reject(self.line, &value, raw)
    }

    /// What holds for every cell of every file: no NUL, no line end (but in `long`: elsewhere it is a
    /// missing quote that swallowed a row), and for cases no control characters.
    pub fn check_text(&self, shape: &Shape) -> Result<(), Fault> {
        let bytes = self.text.as_bytes();
        let plain = self.text.len() <= FIELD_CAP && memchr::memchr3(0, b'\n', b'\r', bytes).is_none();
        if plain && (!shape.refuses_controls || !self.text.chars().any(char::is_control)) {
            return Ok(());
        }
        for (place, column) in shape.columns.iter().enumerate() {
            let Some((from, to)) = self.cells.get(place).copied().flatten() else { continue };
            let text = self.text.get(from..to).unwrap_or_default();
            check_cell(column.name, text)?;
            if shape.long != Some(place) {
                check_line(column.name, text, shape.refuses_controls)?;
            }
        }
        Ok(())
    }
}

fn check_cell(name: &'static str, text: &str) -> Result<(), Fault> {
    if text.len() > FIELD_CAP {
        return Err(Fault::new(
            name,
            "field.size",
            Phrase::of("intake-field-size").with("column", name).with("bytes", text.len()),
        ));
    }
    if text.contains('\0') {
        let what = Phrase::of("intake-field-nul").with("column", name);
        return Err(Fault::new(name, "field.nul", what));
    }
    Ok(())
}

/// A cell on one line.
fn check_line(name: &'static str, text: &str, refuses_controls: bool) -> Result<(), Fault> {
    if text.contains(['\n', '\r']) {
        let what = Phrase::of("intake-field-lines").with("column", name);
        return Err(Fault::new(name, "field.lines", what));
    }
    match text.chars().find(|c| c.is_control()).filter(|_| refuses_controls) {
        None => Ok(()),
        Some(control) => Err(Fault::new(
            name,
            "field.control",
            Phrase::of("intake-field-control")
                .with("column", name)
                .with("character", CodePoint(control).to_string()),
        )),
    }
}

/// The sentence for a column the file should not have.
pub(super) fn unknown_column(given: &str, shape: &Shape) -> (Phrase, Phrase) {
    let why = Phrase::of("intake-no-column").with("given", glance(given)).with("list", shape.said());
    let next = match super::error::did_you_mean(given, shape.names()) {
        Some(near) => Phrase::of("intake-near-column").with("near", near),
        None => Phrase::of("intake-columns-are").with("names", shape.names().collect::<Vec<_>>().join(", ")),
    };
    (why, next)
}

//! The `--rejects` file: the rows not taken, as a CSV that a spreadsheet can open without running it.

use super::error::Reject;
use crate::domain::csv_safe;
use std::io::{self, Write};

/// Writes rejects as CSV: `line, column, value, rule, message, row`. Texts that a spreadsheet would run
/// as a formula are quoted by an apostrophe. The caller makes the file appear whole or not at all.
pub struct RejectWriter<W: Write> {
    writer: csv::Writer<W>,
    count: u64,
}

impl<W: Write> RejectWriter<W> {
    /// Writes the header.
    pub fn new(to: W) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(["line", "column", "value", "rule", "message", "row"]).map_err(io_error)?;
        Ok(Self { writer, count: 0 })
    }

    /// Writes one row. Bytes that are not UTF-8 become U+FFFD.
    pub fn write(&mut self, reject: &Reject) -> io::Result<()> {
        let raw = String::from_utf8_lossy(&reject.raw);
        let line = reject.line.to_string();
        self.writer
            .write_record([
                line.as_str(),
                csv_safe(reject.column.as_deref().unwrap_or_default()).as_ref(),
                csv_safe(&reject.value).as_ref(),
                reject.rule.as_str(),
                csv_safe(&reject.message.to_string()).as_ref(),
                csv_safe(&raw).as_ref(),
            ])
            .map_err(io_error)?;
        self.count += 1;
        Ok(())
    }

    /// How many were written.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Writes what is buffered and gives back where it went.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|e| io::Error::new(e.error().kind(), e.error().to_string()))
    }
}

fn io_error(error: csv::Error) -> io::Error {
    io::Error::other(error)
}

impl<W: Write> std::fmt::Debug for RejectWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RejectWriter").field("count", &self.count).finish_non_exhaustive()
    }
}

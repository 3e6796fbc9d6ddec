//! `export`.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::cli::Done;
use crate::cli::args::word;
use crate::cli::commands::tickets::CSV;
use crate::cli::output::{self, Cli, io_words};
use crate::cli::table::csv_rows;
use crate::cli::view::counted;
use crate::desk::Failure;
use crate::desk::export::Wanted;
use crate::domain::{State, Time};

/// Rows that are written at once.
const ROWS: usize = 512;

/// Export tickets, closed ones too: one JSON document a line, or CSV for spreadsheets
///
/// Persons and identifiers are masked unless --reveal is given. Every export is logged, with who did it.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Into a new file that only you may read [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Form,
    /// Only tickets in this state (can be repeated)
    #[arg(long, value_parser = word!(State))]
    pub state: Vec<State>,
    /// Received on this day or later
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub from: Option<Time>,
    /// Received before this day
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub to: Option<Time>,
    /// Show personal data in full: your key signs it
    #[arg(long)]
    pub reveal: bool,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    #[default]
    Jsonl,
    Csv,
}

pub fn run(cli: &Cli, args: &ExportArgs) -> Result<Done, Failure> {
    let wanted = Wanted { states: args.state.clone(), from: args.from, to: args.to, reveal: args.reveal };
    let mut desk = cli.desk()?;
    let mut file = match &args.out {
        None => None,
        Some(path) => Some(New::create(path)?),
    };
    let mut write = |text: &str| match &mut file {
        None => cli.text(text),
        Some(new) => new.write(text),
    };
    let mut rows = Vec::new();
    if args.format == Form::Csv {
        write(&csv_rows(CSV, None)?)?;
    }
    let mut flush = |rows: &mut Vec<serde_json::Value>| -> Result<(), Failure> {
        let text = match args.format {
            Form::Csv => csv_rows(CSV, Some(rows))?,
            Form::Jsonl => {
                let mut text = String::new();
                for row in rows.iter() {
                    text.push_str(&output::json_line(row)?);
                    text.push('\n');
                }
                text
            }
        };
        rows.clear();
        write(&text)
    };
    let count = desk.export(&wanted, &mut |ticket| {
        rows.push(ticket);
        if rows.len() < ROWS { Ok(()) } else { flush(&mut rows) }
    })?;
    flush(&mut rows)?;
    if let Some(new) = file {
        new.finish()?;
        let masked = if args.reveal { "in full" } else { "masked" };
        cli.note(&format!("{}, {masked}.", counted(count, "ticket")));
    }
    Ok(Done::Code(0))
}

/// A new file that goes again unless it is finished: what was refused or broke off leaves nothing of anybody's.
struct New<'p> {
    file: File,
    path: &'p Path,
    finished: bool,
}

impl<'p> New<'p> {
    /// It is made before anything is logged: what cannot be written is not exported.
    fn create(path: &'p Path) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        let file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|e| unwritten(path, &e).hint("Nothing was exported. Name a new file."))?;
        Ok(Self { file, path, finished: false })
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.file.write_all(text.as_bytes()).map_err(|e| unwritten(self.path, &e))
    }

    fn finish(mut self) -> Result<(), Failure> {
        self.file.sync_all().map_err(|e| unwritten(self.path, &e))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for New<'_> {
    fn drop(&mut self) {
        if !self.finished {
            let _ = std::fs::remove_file(self.path);
        }
    }
}

fn unwritten(path: &Path, why: &std::io::Error) -> Failure {
    Failure::state(format!("The file cannot be written: {}.", io_words(why))).at(path.display().to_string())
}

//! `import`.

use std::fmt::Write as _;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::Done;
use crate::cli::args::word;
use crate::cli::output::{Cli, failure_json};
use crate::cli::progress::Bar;
use crate::cli::style::Tone;
use crate::cli::view::counted;
use crate::desk::import::{CaseSummary, ImportOptions, ListSummary, MailSummary};
use crate::desk::{Desk, Failure, Kind};
use crate::domain::{List, ListMode, Request, Shown};
use crate::intake::{Format, Reject};

/// Rejects and warnings that a summary for people quotes.
const QUOTED: usize = 5;

/// Import cases, or a registry list
///
/// LIST is `cases` or one of the registry's lists. Files are CSV or JSON lines; `-` is standard input. Cases
/// come as mail too: a file with one (`.eml`), an mbox, or a Maildir. A
/// file of a registry list lands whole or not at all, unless --rejects names where its bad rows go; of a
/// file of cases every good row lands, unless --atomic says all or none. The same file again changes
/// nothing.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// What the files hold
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(
        std::iter::once("cases").chain(List::ALL.iter().map(|l| l.as_str()))
    ))]
    pub list: String,
    /// Files to import, in this order (can be repeated)
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How a list meets the rows that are there: `merge` adds and updates by key, `replace` makes the file the
    /// whole list, `delta` obeys its column `change_type` (`add`, `update`, `remove`)
    #[arg(long, value_parser = word!(ListMode), default_value = "merge")]
    pub mode: ListMode,
    /// Let a file replace a list that has much more rows (by default it must hold 75 % of them)
    #[arg(long)]
    pub allow_shrink: bool,
    /// Look at everything, change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Import all rows or none (cases; a registry list is so anyway)
    #[arg(long, conflicts_with = "rejects")]
    pub atomic: bool,
    /// Write rows that cannot land to FILE as CSV, each with line, column, value, rule and message
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Read the files in this format [default: by the file's name and first character]
    #[arg(long, value_parser = ["csv", "jsonl", "eml", "mbox", "maildir"])]
    pub format: Option<String>,
    /// What mails ask for that do not say it clearly [default: unbind]
    #[arg(long, value_parser = word!(Request), value_name = "REQUEST")]
    pub request: Option<Request>,
}

/// What one file came to.
enum Summary {
    Cases(CaseSummary),
    List(ListSummary),
}

impl Summary {
    fn rejected(&self) -> (u64, &[Reject]) {
        match self {
            Self::Cases(s) => (s.rejected, &s.rejects),
            Self::List(s) => (s.rejected, &s.rejects),
        }
    }

    fn json(&self) -> Result<Value, Failure> {
        match self {
            Self::Cases(s) => serde_json::to_value(s),
            Self::List(s) => serde_json::to_value(s),
        }
        .map_err(|e| Failure::internal(e.to_string()))
    }
}

pub fn run(cli: &Cli, args: &ImportArgs) -> Result<Done, Failure> {
    if args.rejects.is_some() && args.files.len() > 1 {
        return Err(Failure::usage("--rejects names one file, and several are imported.")
            .hint("Import them one at a time."));
    }
    if args.files.iter().filter(|f| f.as_os_str() == "-").count() > 1 {
        return Err(Failure::usage("Standard input (`-`) can be read once only."));
    }
    if args.list == "cases" && args.mode != ListMode::Merge {
        return Err(Failure::usage("Cases are always merged: --mode is for registry lists.")
            .hint("Leave --mode away; a case with a known reference updates its ticket."));
    }
    if args.allow_shrink && args.mode != ListMode::Replace {
        return Err(Failure::usage("--allow-shrink goes with --mode replace.")
            .hint("No other mode takes rows away that the file does not name."));
    }
    let options = ImportOptions {
        mode: args.mode,
        allow_shrink: args.allow_shrink,
        dry_run: args.dry_run,
        atomic: args.atomic,
        rejects: args.rejects.clone(),
        format: match args.format.as_deref() {
            Some("csv") => Format::Csv,
            Some("jsonl") => Format::Jsonl,
            _ => Format::Auto,
        },
        mail: args.format.as_deref().and_then(|word| word.parse().ok()),
        request: args.request,
    };
    let mut desk = cli.desk()?;
    let (mut documents, mut worst) = (Vec::new(), 0);
    for file in &args.files {
        let done = one(&mut desk, args, file, &options);
        let summary = match done {
            Ok(summary) => summary,
            Err(failure) if args.files.len() == 1 => return Err(failure),
            Err(failure) => {
                worst = worst.max(failure.kind.exit_code());
                cli.failure(&failure);
                let name = file.display().to_string();
                documents.push(json!({ "file": name, "error": failure_json(&failure) }));
                continue;
            }
        };
        if summary.rejected().0 > 0 {
            worst = worst.max(Kind::Partial.exit_code());
        }
        if cli.global.json {
            documents.push(summary.json()?);
        } else {
            cli.text(&human(cli, args, &summary))?;
        }
        messages(cli, args, &summary);
    }
    if cli.global.json {
        match documents.as_slice() {
            [one] => cli.json(one)?,
            many => cli.json(&many)?,
        }
    }
    Ok(Done::Code(worst))
}

fn one(
    desk: &mut Desk,
    args: &ImportArgs,
    file: &std::path::Path,
    options: &ImportOptions,
) -> Result<Summary, Failure> {
    let mut bar = Bar::new();
    if args.list == "cases" {
        return Ok(Summary::Cases(desk.import_cases(file, options, &mut |at| bar.report(at))?));
    }
    let list: List =
        args.list.parse().map_err(|e: crate::domain::UnknownWord| Failure::usage(e.to_string()))?;
    Ok(Summary::List(desk.import_list(list, file, options, &mut |at| bar.report(at))?))
}

fn counts(pairs: &[(&str, u64)]) -> String {
    let said: Vec<String> =
        pairs.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{n} {word}")).collect();
    if said.is_empty() { "nothing new".into() } else { said.join(", ") }
}

fn human(cli: &Cli, args: &ImportArgs, summary: &Summary) -> String {
    let dry = if args.dry_run { " (dry run: nothing was changed)" } else { "" };
    match summary {
        Summary::Cases(s) => {
            let counts = counts(&[
                ("imported", s.imported),
                ("updated", s.updated),
                ("unchanged", s.unchanged),
                ("rejected", s.rejected),
            ]);
            let what = match s.mail {
                Some(_) if s.rows == 1 => "mail",
                Some(_) => "mails",
                None if s.rows == 1 => "case",
                None => "cases",
            };
            let mut text =
                format!("{}: {} {what}: {counts} in {:.1} s{dry}\n", Shown(&s.file), s.rows, s.seconds);
            for (n, words) in s.mail.iter().flat_map(brought).filter(|(n, _)| *n > 0) {
                let _ = writeln!(text, "  {n:>6}  {words}");
            }
            if args.dry_run && s.recommendations.is_empty() && s.rows > s.rejected {
                text.push_str("  Nothing was judged: that would leave no trace.\n");
            }
            for (word, n) in &s.recommendations {
                let _ = writeln!(text, "  {n:>6}  {}", cli.out.paint(Tone::of_word(word), word));
            }
            text
        }
        Summary::List(s) => {
            let counts = counts(&[
                ("added", s.added),
                ("updated", s.updated),
                ("unchanged", s.unchanged),
                ("removed", s.removed),
                ("rejected", s.rejected),
            ]);
            let (file, list) = (Shown(&s.file), s.list);
            format!("{file}: {} of {list}: {counts} in {:.1} s{dry}\n", counted(s.rows, "row"), s.seconds)
        }
    }
}

/// What mails brought beside tickets.
fn brought(mail: &MailSummary) -> [(u64, &'static str); 3] {
    [
        (mail.objections.len() as u64, "objections of owners, by their code"),
        (mail.answers, "to tickets that were there"),
        (mail.offers, "identifiers and files to be confirmed (`latchkey mail show TICKET`)"),
    ]
}

/// Rejects and warnings, to standard error: the first few in full.
fn messages(cli: &Cli, args: &ImportArgs, summary: &Summary) {
    let (count, rejects) = summary.rejected();
    for reject in rejects.iter().take(QUOTED) {
        cli.warn(&format!("{reject} (rule {})", reject.rule));
    }
    let quoted = rejects.len().min(QUOTED) as u64;
    if count > quoted {
        cli.note(&format!("  … and {}", counted(count - quoted, "more rejected row")));
    }
    match &args.rejects {
        Some(path) if count > 0 && !args.dry_run => {
            cli.note(&format!("Hint: the rejected rows are in {}; correct and import them.", path.display()));
        }
        None if count > 0 && matches!(summary, Summary::Cases(CaseSummary { mail: Some(_), .. })) => {
            cli.note("Hint: the mails stay where they are; --rejects FILE lists all that were not taken.");
        }
        None if count > 0 => {
            cli.note(
                "Hint: --rejects FILE writes rejected rows with their reasons; correct and import them.",
            );
        }
        _ => {}
    }
    if let Summary::Cases(s) = summary {
        // A mail is not a line: of one file alone no place is told.
        let one = s.mail.as_ref().is_some_and(|m| m.shape != "mbox");
        for (line, warning) in s.warnings.iter().take(QUOTED) {
            let place = if one { String::new() } else { format!("line {line}: ") };
            cli.warn(&format!("{place}{}", warning.message));
        }
        if s.warnings.len() > QUOTED {
            cli.note(&format!("  … and {}", counted((s.warnings.len() - QUOTED) as u64, "more warning")));
        }
    }
}

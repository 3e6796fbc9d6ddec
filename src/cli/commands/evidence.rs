//! `evidence`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::{Done, view};
use crate::desk::blobs::Harm;
use crate::desk::eyes::look_at;
use crate::desk::show::{Privacy, read as shown};
use crate::desk::viewer::Beside;
use crate::desk::{Failure, Kind};
use crate::domain::reading::evidence_columns;
use crate::domain::{EvidenceKind, Seen, Shown};

/// Add evidence to a ticket, or take it away
#[derive(Debug, clap::Subcommand)]
pub enum EvidenceCommand {
    Add(AddArgs),
    Remove(RemoveArgs),
    Read(ReadArgs),
    Look(LookArgs),
    Open(OpenArgs),
    /// Compare every file with what was taken in; exit code 4 says that one is missing or changed
    Verify,
}

/// Open the file of an item in the viewer of config.toml
#[derive(Debug, clap::Args)]
pub struct OpenArgs {
    /// Number or reference
    pub ticket: String,
    /// The item's number, as `show` lists it
    pub item: i64,
}

/// Add an item of evidence; an earlier decision on the ticket falls
///
/// Columns are those of a case file, without their prefix if you like: `receipt retailer=DNS no=A-1` is
/// `receipt receipt_retailer=DNS receipt_no=A-1`.
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// Number or reference
    pub ticket: String,
    /// What kind of evidence
    #[arg(value_parser = word!(EvidenceKind))]
    pub kind: EvidenceKind,
    /// What it says (can be repeated)
    #[arg(value_name = "COLUMN=VALUE")]
    pub columns: Vec<String>,
    /// A picture or document of it
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Fill in IMEI and serial from the barcodes on the picture of a box
    #[arg(long, requires = "file")]
    pub fill: bool,
}

/// Read the barcodes on the pictures of a ticket's boxes again
#[derive(Debug, clap::Args)]
pub struct ReadArgs {
    /// Number or reference
    pub ticket: String,
    /// The item's number; all pictures of boxes by default
    pub item: Option<i64>,
}

/// Say what the barcodes on a photo say; nothing is kept
#[derive(Debug, clap::Args)]
pub struct LookArgs {
    /// A PNG or JPEG
    pub file: PathBuf,
}

/// Take an item away; it stays on record
#[derive(Debug, clap::Args)]
pub struct RemoveArgs {
    /// Number or reference
    pub ticket: String,
    /// The item's number, as `show` lists it
    pub item: i64,
}

pub fn run(cli: &Cli, command: &EvidenceCommand) -> Result<Done, Failure> {
    let (name, item) = match command {
        EvidenceCommand::Add(args) => {
            let mut columns = columns(args)?;
            if args.fill {
                fill(args, &mut columns)?;
            }
            let mut desk = cli.desk()?;
            (&args.ticket, desk.add_evidence(&args.ticket, args.kind, &columns, args.file.as_deref())?)
        }
        EvidenceCommand::Remove(args) => {
            cli.desk()?.remove_evidence(&args.ticket, args.item)?;
            (&args.ticket, args.item)
        }
        EvidenceCommand::Read(args) => return read(cli, args),
        EvidenceCommand::Look(args) => return look(cli, args),
        EvidenceCommand::Open(args) => return open(cli, args),
        EvidenceCommand::Verify => return verify(cli),
    };
    let ticket = cli.desk()?.show(name, Privacy::Work)?;
    let mut answer = ticket.clone();
    answer["item"] = json!(item);
    let done = if matches!(command, EvidenceCommand::Add(_)) { "added" } else { "removed" };
    cli.answer(&answer, |t| {
        let items = t["evidence"].as_array().map(Vec::as_slice).unwrap_or_default();
        let here = items.iter().find(|e| e["id"] == item).filter(|_| done == "added");
        let read = here.and_then(|e| said(&e["attachment"]["seen"])).map(|said| format!(" Picture: {said}."));
        format!("Evidence {item} {done}.{} {}", read.unwrap_or_default(), view::line(cli.out, t))
    })?;
    Ok(Done::Code(0))
}

/// What the barcodes of a picture say, in words; nothing where nobody looked.
pub fn said(seen: &Value) -> Option<String> {
    let all = |key: &str| seen[key].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let imeis = all("imeis").filter_map(Value::as_str).map(|text| format!("IMEI {text}"));
    let serials = all("serials").filter_map(Value::as_str).map(|text| format!("serial {text}"));
    let found: Vec<String> = imeis.chain(serials).collect();
    match (seen["doubt"].as_str(), found.is_empty()) {
        _ if seen.is_null() => None,
        (Some(doubt), true) => Some(format!("barcodes could not be read for certain: {doubt}")),
        (None, true) => Some("no barcode could be read".to_owned()),
        (_, false) => Some(format!("barcodes say {}", found.join(", "))),
    }
}

fn read(cli: &Cli, args: &ReadArgs) -> Result<Done, Failure> {
    let read = cli.desk()?.read_evidence(&args.ticket, args.item)?;
    let rows: Vec<Value> =
        read.iter().map(|(item, seen)| json!({ "item": item, "seen": shown(seen, Privacy::Work) })).collect();
    cli.answer(&json!({ "read": rows }), |v| {
        let rows = v["read"].as_array().map(Vec::as_slice).unwrap_or_default();
        let line =
            |row: &Value| format!("Evidence {}: {}.\n", row["item"], said(&row["seen"]).unwrap_or_default());
        rows.iter().map(line).collect()
    })?;
    Ok(Done::Code(0))
}

fn open(cli: &Cli, args: &OpenArgs) -> Result<Done, Failure> {
    let opened = cli.desk()?.open_attached(&args.ticket, args.item, Beside::Here)?;
    let answer = json!({
        "ticket": args.ticket,
        "item": args.item,
        "name": Shown(&opened.name).to_string(),
        "program": opened.program,
    });
    cli.answer(&answer, |v| {
        format!("{} was open in {}.\n", view::text(&v["name"]), view::text(&v["program"]))
    })?;
    Ok(Done::Code(0))
}

fn verify(cli: &Cli) -> Result<Done, Failure> {
    let verdict = cli.desk()?.verify_evidence(&mut |_| true)?;
    let value = serde_json::to_value(&verdict).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |_| {
        let all =
            format!("{}, {}", view::counted(verdict.files, "file"), view::counted(verdict.bytes, "byte"));
        let strays = if verdict.strays == 0 {
            String::new()
        } else {
            format!("; {} in the folder that no evidence names", verdict.strays)
        };
        if verdict.ok {
            return format!(
                "{}: {all}{strays}\n",
                cli.out.paint(Tone::Good, "✓ every file is what was taken in")
            );
        }
        let mut lines =
            vec![format!("{}: {all}{strays}", cli.out.paint(Tone::Bad, "✗ files are missing or changed"))];
        for item in &verdict.harmed {
            let harm = match item.harm {
                Harm::Missing => "missing",
                Harm::Changed => "changed",
                Harm::Unreadable => "cannot be read",
            };
            let of = match (item.evidence, item.mail) {
                (Some(item), _) => format!("evidence {item}"),
                (None, mail) => format!("mail {}", mail.unwrap_or_default()),
            };
            lines.push(format!("  ticket {}, {of}: {harm} ({})", item.ticket, item.sha256));
        }
        let more = verdict.harmed_items.saturating_sub(verdict.harmed.len() as u64);
        lines.extend((more > 0).then(|| format!("  and {more} more")));
        lines.push("Bring them back from a backup; the evidence cannot be judged without them.".to_owned());
        lines.join("\n") + "\n"
    })?;
    Ok(Done::Code(if verdict.ok { 0 } else { Kind::Verification.exit_code() }))
}

fn look(cli: &Cli, args: &LookArgs) -> Result<Done, Failure> {
    let seen = picture(&args.file)?;
    cli.answer(&shown(&seen, Privacy::Work), |v| {
        let mut said = said(v).unwrap_or_default();
        if let Some(first) = said.get(..1).map(str::to_uppercase) {
            said.replace_range(..1, &first);
        }
        format!("{said}.\n")
    })?;
    Ok(Done::Code(0))
}

fn picture(file: &Path) -> Result<Seen, Failure> {
    look_at(file)?.ok_or_else(|| {
        Failure::state("The file is no picture that can be read.")
            .at(file.display().to_string())
            .hint("A PNG or JPEG is needed, of at most 64 million pixels.")
    })
}

/// Puts what the barcodes say where nothing was typed.
fn fill(args: &AddArgs, columns: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    if args.kind != EvidenceKind::Box {
        return Err(Failure::usage("Barcodes are read on pictures of boxes alone.").hint("Leave out --fill."));
    }
    let Some(file) = &args.file else { return Ok(()) };
    let seen = picture(file)?;
    let read = [
        ("box_imei", seen.imeis.first().map(ToString::to_string)),
        ("box_serial", seen.serials.first().map(ToString::to_string)),
    ];
    for (column, text) in read {
        if let Some(text) = text {
            columns.entry(column.to_owned()).or_insert(text);
        }
    }
    if columns.is_empty() {
        let why = said(&shown(&seen, Privacy::Work)).unwrap_or_default();
        return Err(Failure::state(format!("Nothing can be filled in: {why}."))
            .at(file.display().to_string())
            .hint("Read the label yourself and give `imei=…`, or ask for a sharper photo."));
    }
    Ok(())
}

/// `column=value` pairs, the kind's prefix put before columns that lack it.
fn columns(args: &AddArgs) -> Result<BTreeMap<String, String>, Failure> {
    let allowed = evidence_columns(args.kind);
    let mut columns = BTreeMap::new();
    for pair in &args.columns {
        let (column, value) = pair.split_once('=').ok_or_else(|| {
            Failure::usage(format!("`{pair}` is not COLUMN=VALUE."))
                .hint(format!("Columns: {}.", allowed.join(", ")))
        })?;
        let long = format!("{}_{column}", args.kind);
        // Facts are themselves pairs: `facts name=Иван` means `facts=name=Иван`.
        if args.kind == EvidenceKind::Facts && column != "facts" {
            let facts: &mut String = columns.entry("facts".to_owned()).or_default();
            if !facts.is_empty() {
                facts.push(';');
            }
            facts.push_str(pair);
            continue;
        }
        let name = if allowed.contains(&long.as_str()) { long } else { column.to_owned() };
        if columns.insert(name.clone(), value.to_owned()).is_some() {
            return Err(Failure::usage(format!("`{name}` is given twice.")));
        }
    }
    Ok(columns)
}

//! Judging: `decide`, `approve`, `object`, `clear`, `notice`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::outbox::carry_new;
use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::{Done, many, view, when};
use crate::desk::object::{Objected, Replies, Stopped};
use crate::desk::{Desk, Failure};
use crate::domain::{Recommendation, Time};
use crate::intake::Source;
use crate::intake::mail::{MailReader, MailShape};
use crate::judgement::Check;

/// Decide tickets; your key signs the decision
///
/// A decision that hands over more than the recommendation is an override: it takes --override, a reason
/// and a second person, and is never possible against an investigation, a confirmed notice, lost mode or
/// the owner's objection.
#[derive(Debug, clap::Args)]
pub struct DecideArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
    /// What is decided
    #[arg(value_parser = word!(Recommendation), value_name = "RECOMMENDATION")]
    pub word: Recommendation,
    /// Why, where it is not what the tool recommends
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Hand over more than the recommendation; takes a reason and a second person
    #[arg(long = "override", requires = "reason")]
    pub overrides: bool,
}

/// Give the second person's yes; your key signs it
#[derive(Debug, clap::Args)]
pub struct ApproveArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
    /// You read the device's number yourself in the picture of the box
    #[arg(long)]
    pub saw_number: bool,
}

/// Send decisions back to who made them: each falls, the ticket is open again, the reason stands as a note
#[derive(Debug, clap::Args)]
pub struct SendBackArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Take down the owner's objection: the ticket turns to refuse and an unused authorization is stopped
///
/// The owner is known by the ticket, by the code of the owner notice (--code), or by whatever codes stand in a file
/// of answers (--replies: mails in any encoding, an mbox, a Maildir, CSV, any text); such a file may be taken twice.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("whose").required(true).args(["ticket", "code", "replies"]))]
pub struct ObjectArgs {
    /// Number or reference
    pub ticket: Option<String>,
    /// The code that the owner notice carried
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// A file or Maildir of answers to owner notices; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub replies: Option<PathBuf>,
    /// What the owner said
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// Clear one failing check against one other ticket, having read both
#[derive(Debug, clap::Args)]
pub struct ClearArgs {
    /// Number or reference
    pub ticket: String,
    /// The check: receipt.unique, box.unique, claimant.rate or ticket.rival
    #[arg(value_parser = ["receipt.unique", "box.unique", "claimant.rate", "ticket.rival"])]
    pub check: String,
    /// The other ticket
    #[arg(long, value_name = "OTHER")]
    pub against: String,
    /// Why the two go together
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Confirm or clear the notice that a lost-report raised
#[derive(Debug, clap::Subcommand)]
pub enum NoticeCommand {
    /// Confirm the notice: the second person, before it lapses
    Confirm {
        /// Number or reference (can be repeated)
        #[arg(required = true, value_name = "TICKET")]
        tickets: Vec<String>,
    },
    /// Clear the notice: the first call asks, a second person's call clears
    Clear {
        /// Number or reference (can be repeated)
        #[arg(required = true, value_name = "TICKET")]
        tickets: Vec<String>,
    },
}

pub fn decide(cli: &Cli, args: &DecideArgs) -> Result<Done, Failure> {
    many::each(
        cli,
        &args.tickets,
        |desk, name| {
            let decided = desk.decide(name, args.word, args.reason.as_deref(), args.overrides)?;
            carry_new(cli, desk, name);
            Ok(decided)
        },
        |_, t| view::decided(cli.out, t),
    )
}

pub fn approve(cli: &Cli, args: &ApproveArgs) -> Result<Done, Failure> {
    many::each(
        cli,
        &args.tickets,
        |desk, name| desk.approve(name, args.saw_number),
        |_, t| view::decided(cli.out, t),
    )
}

pub fn send_back(cli: &Cli, args: &SendBackArgs) -> Result<Done, Failure> {
    many::each(
        cli,
        &args.tickets,
        |desk, name| desk.send_back(name, &args.reason),
        |_, t| view::line(cli.out, t),
    )
}

pub fn object(cli: &Cli, args: &ObjectArgs) -> Result<Done, Failure> {
    if let Some(name) = &args.ticket {
        let ticket = cli.desk()?.object(name, args.reason.as_deref())?;
        cli.answer(&ticket, |t| {
            let redeemed = when::read(&t["objection"]["redeemed_at"]);
            view::line(cli.out, t) + &redeemed.map(|at| too_late(cli, at)).unwrap_or_default()
        })?;
        return Ok(Done::Code(0));
    }
    let mut desk = cli.desk()?;
    let reason = args.reason.as_deref();
    let replies = match (&args.code, &args.replies) {
        (None, Some(file)) => of_file(&mut desk, file, reason)?,
        (code, _) => Replies {
            objections: desk.object_by_codes(code.as_deref().unwrap_or_default(), reason)?,
            ..Replies::default()
        },
    };
    if replies.automatic > 0 {
        cli.warn(&format!(
            "{} of {} mails were written by no person (out of office, undelivered): they are no objection, and the \
             owner may not have read ours.",
            replies.automatic, replies.mails
        ));
    }
    if replies.objections.is_empty() {
        return Err(Failure::state("No objection code of this desk stands in it.")
            .hint("A code has twelve letters and digits, like 7QK2-9MXD-04TR; `object TICKET` needs none."));
    }
    cli.answer(&json!(replies), |_| replies.objections.iter().map(|o| objected(cli, o)).collect())?;
    Ok(Done::Code(0))
}

/// Objections in a file of answers: mails, whatever their encoding, or any other text.
fn of_file(desk: &mut Desk, file: &Path, reason: Option<&str>) -> Result<Replies, Failure> {
    if let Some(shape) = MailShape::of(file) {
        return desk.object_by_mails(MailReader::open(file, shape)?, reason);
    }
    let text = super::text_of(file, "file of answers")?;
    if let Some(shape) = MailShape::of_head(text.as_bytes()) {
        let source = Source::from_reader("standard input", std::io::Cursor::new(text));
        return desk.object_by_mails(MailReader::of_source(source, shape), reason);
    }
    Ok(Replies { objections: desk.object_by_codes(&text, reason)?, ..Replies::default() })
}

/// What came of an objection by code, in a sentence.
fn objected(cli: &Cli, o: &Objected) -> String {
    let said = match o.stopped {
        _ if o.already => return format!("#{}: the objection was recorded before.\n", o.ticket),
        Some(Stopped::Authorization) => {
            "its authorization is stopped; tell verifiers: `latchkey revocations export`"
        }
        Some(Stopped::Decision) => "its decision has fallen, and it is to be refused",
        Some(Stopped::TooLate) => "nothing could be stopped any more",
        Some(Stopped::Case) | None => "it is to be refused",
    };
    let late = o.redeemed_at.map(|at| too_late(cli, at)).unwrap_or_default();
    format!("#{}: the owner objects; {said}.\n{late}", o.ticket)
}

fn too_late(cli: &Cli, at: Time) -> String {
    let late = cli.out.paint(Tone::Bad, "Too late:");
    format!(
        "  {late} the authorization was used at {at}. A pending fraud notice is on the device; tell the police.\n"
    )
}

pub fn clear(cli: &Cli, args: &ClearArgs) -> Result<Done, Failure> {
    let check: Check =
        args.check.parse().map_err(|e: crate::domain::UnknownWord| Failure::usage(e.to_string()))?;
    let ticket = cli.desk()?.clear(&args.ticket, check, &args.against, &args.reason)?;
    cli.answer(&ticket, |t| view::line(cli.out, t))?;
    Ok(Done::Code(0))
}

pub fn notice(cli: &Cli, command: &NoticeCommand) -> Result<Done, Failure> {
    let (tickets, confirms) = match command {
        NoticeCommand::Confirm { tickets } => (tickets, true),
        NoticeCommand::Clear { tickets } => (tickets, false),
    };
    many::each(
        cli,
        tickets,
        |desk, name| if confirms { desk.confirm_notice(name) } else { desk.clear_notice(name) },
        |_, t| format!("{}{}", view::line(cli.out, t), if confirms { String::new() } else { cleared(t) }),
    )
}

/// Whether a notice was cleared, or waits for a second person.
fn cleared(t: &Value) -> String {
    let acts = t["history"].as_array().map_or(&[][..], Vec::as_slice);
    match acts
        .iter()
        .rev()
        .find_map(|leaf| leaf["act"].as_str().filter(|act| act.starts_with("notice.clear")))
    {
        Some("notice.clear_asked") => {
            format!(
                "  It stands until a second person clears it too: `latchkey notice clear {}`.\n",
                t["ticket"]
            )
        }
        Some(_) => "  Its notice is cleared.\n".to_owned(),
        None => String::new(),
    }
}

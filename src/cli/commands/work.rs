//! Working tickets: `take`, `release`, `wait`, `close`, `reopen`, `merge`, `note`, `undo`, `check`,
//! `new`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::output::Cli;
use crate::cli::{Done, many, view, when};
use crate::desk::lease::Lease;
use crate::desk::show::Privacy;
use crate::desk::{CLOSED_AS, Desk, Failure};
use crate::intake::Format;

/// Take tickets, so that nobody else works on them meanwhile
#[derive(Debug, clap::Args)]
pub struct TakeArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
    /// Take them from whoever holds them
    #[arg(long, requires = "reason")]
    pub steal: bool,
    /// Why they are taken from somebody
    #[arg(long, requires = "steal", value_name = "TEXT")]
    pub reason: Option<String>,
}

/// Give tickets back to the queue
#[derive(Debug, clap::Args)]
pub struct ReleaseArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
}

/// Set tickets waiting for the customer's answer
#[derive(Debug, clap::Args)]
pub struct WaitArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
}

/// Close tickets without a decision
#[derive(Debug, clap::Args)]
pub struct CloseArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
    /// As what
    #[arg(long = "as", value_parser = CLOSED_AS, default_value = CLOSED_AS[0], value_name = "WORD")]
    pub word: String,
}

/// Open closed tickets again: objections stay; decision, approvals and codes are gone
#[derive(Debug, clap::Args)]
pub struct ReopenArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
}

/// Take back the last act on tickets, if it was yours and is not final
#[derive(Debug, clap::Args)]
pub struct UndoArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
}

/// Join twins: what B holds moves to A, and B is closed
#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// The ticket that stays
    #[arg(value_name = "A")]
    pub into: String,
    /// The ticket that is closed
    #[arg(value_name = "B")]
    pub from: String,
}

/// Write a note for colleagues
#[derive(Debug, clap::Args)]
pub struct NoteArgs {
    /// Number or reference
    pub ticket: String,
    /// The note; `-` is standard input
    pub text: String,
}

/// Run the checks again; print findings and recommendation
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Number or reference (can be repeated)
    #[arg(required = true, value_name = "TICKET")]
    pub tickets: Vec<String>,
}

/// Enter one case from a file; who enters it cannot be its second person
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// A file with one case, CSV or JSON; `-` is standard input
    pub file: PathBuf,
}

pub fn take(cli: &Cli, args: &TakeArgs) -> Result<Done, Failure> {
    let reason = args.reason.as_deref().filter(|_| args.steal);
    many::each(cli, &args.tickets, |desk, name| lease_json(&desk.take(name, reason)?), lease_line)
}

pub fn release(cli: &Cli, args: &ReleaseArgs) -> Result<Done, Failure> {
    many::each(cli, &args.tickets, |desk, name| lease_json(&desk.release(name)?), lease_line)
}

fn lease_json(lease: &Lease) -> Result<Value, Failure> {
    serde_json::to_value(lease).map_err(|e| Failure::internal(e.to_string()))
}

fn lease_line(_: &Desk, lease: &Value) -> String {
    let n = view::text(&lease["ticket"]);
    match (lease["assignee"].as_str(), when::read(&lease["lease_until"])) {
        (Some(who), Some(until)) => format!("#{n} is with {who} until {}.\n", when::minute(until)),
        _ => format!("#{n} is back in the queue.\n"),
    }
}

/// Does an act that answers nothing, then shows the ticket.
fn then_show(
    cli: &Cli,
    tickets: &[String],
    mut act: impl FnMut(&mut Desk, &str) -> Result<(), Failure>,
) -> Result<Done, Failure> {
    many::each(
        cli,
        tickets,
        |desk, name| {
            act(desk, name)?;
            desk.show(name, Privacy::Work)
        },
        |_, ticket| view::line(cli.out, ticket),
    )
}

pub fn wait(cli: &Cli, args: &WaitArgs) -> Result<Done, Failure> {
    then_show(cli, &args.tickets, Desk::wait)
}

pub fn close(cli: &Cli, args: &CloseArgs) -> Result<Done, Failure> {
    then_show(cli, &args.tickets, |desk, name| desk.close(name, &args.word))
}

pub fn reopen(cli: &Cli, args: &ReopenArgs) -> Result<Done, Failure> {
    then_show(cli, &args.tickets, Desk::reopen)
}

pub fn undo(cli: &Cli, args: &UndoArgs) -> Result<Done, Failure> {
    many::each(
        cli,
        &args.tickets,
        |desk, name| {
            let undone = desk.undo(name)?;
            let id = desk.find(name)?;
            Ok(json!({ "ticket": id, "undone": undone.as_str(), "now": undone.sentence() }))
        },
        |_, done| format!("#{} {}.\n", view::text(&done["ticket"]), view::text(&done["now"])),
    )
}

pub fn merge(cli: &Cli, args: &MergeArgs) -> Result<Done, Failure> {
    let into = [args.into.clone()];
    then_show(cli, &into, |desk, name| desk.merge(name, &args.from))
}

pub fn note(cli: &Cli, args: &NoteArgs) -> Result<Done, Failure> {
    let text = if args.text == "-" {
        super::text_of("-".as_ref(), "note")?.trim_end().to_owned()
    } else {
        args.text.clone()
    };
    let mut desk = cli.desk()?;
    desk.note(&args.ticket, &text)?;
    let id = desk.find(&args.ticket)?;
    cli.answer(&json!({ "ticket": id }), |_| format!("Noted on #{id}.\n"))?;
    Ok(Done::Code(0))
}

pub fn check(cli: &Cli, args: &CheckArgs) -> Result<Done, Failure> {
    many::each(cli, &args.tickets, Desk::check, |desk, ticket| view::checked(cli.out, desk.now(), ticket))
}

pub fn new(cli: &Cli, args: &NewArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let id = desk.new_case(&args.file, Format::Auto)?;
    let ticket = desk.show(&format!("#{id}"), Privacy::Work)?;
    cli.answer(&ticket, |t| view::ticket(cli.out, desk.now(), desk.rehearsal, t))?;
    Ok(Done::Code(0))
}

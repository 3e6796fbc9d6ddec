//! Judging: `decide`, `approve`, `object`, `clear`, `notice`.

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::{Done, many, view};
use crate::desk::Failure;
use crate::domain::Recommendation;
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
#[derive(Debug, clap::Args)]
pub struct ObjectArgs {
    /// Number or reference
    pub ticket: String,
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
        |desk, name| desk.decide(name, args.word, args.reason.as_deref(), args.overrides),
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
    let ticket = cli.desk()?.object(&args.ticket, args.reason.as_deref())?;
    cli.answer(&ticket, |t| view::line(cli.out, t))?;
    Ok(Done::Code(0))
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
        |_, t| view::line(cli.out, t),
    )
}

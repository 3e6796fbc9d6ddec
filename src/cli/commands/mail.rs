//! `mail`.

use std::fmt::Write as _;

use serde_json::json;

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::page::Page;
use crate::cli::{Done, view, view_mail};
use crate::desk::show::Privacy;
use crate::desk::{Desk, Failure};
use crate::domain::Request;

/// Read the mails of a ticket, and say what of what they offer is meant
///
/// Identifiers and files of a mail are offered. Nothing is judged by them until an agent confirms them, and who
/// confirms has added evidence: they cannot be the second person on the ticket.
#[derive(Debug, clap::Subcommand)]
pub enum MailCommand {
    /// Show the mails of a ticket with all they say and offer
    Show {
        /// Number or reference
        ticket: String,
    },
    /// Confirm offers: an identifier goes into the claim or its evidence, a file becomes evidence
    Confirm {
        /// Number or reference
        ticket: String,
        /// The offer's number (can be repeated)
        #[arg(required = true, value_name = "OFFER")]
        offers: Vec<i64>,
        /// As which column (imei, imei2, `receipt_imei`, `box_imei`, `account_phone`, …) or kind of file (receipt, box, document)
        #[arg(long = "as", value_name = "WHAT")]
        what: Option<String>,
    },
    /// Put offers aside; one that was confirmed is taken out of the case again
    Dismiss {
        /// Number or reference
        ticket: String,
        /// The offer's number (can be repeated)
        #[arg(required = true, value_name = "OFFER")]
        offers: Vec<i64>,
    },
    /// Say that you have read what the account's owner answered without a code
    ///
    /// Until somebody does, the ticket stands first in the queue. The answer stops nothing by itself; where the owner
    /// objects, `latchkey object TICKET` does.
    Heard {
        /// Number or reference
        ticket: String,
    },
    /// Write a mail to standard output, byte by byte as it came; this is logged
    Original {
        /// Number or reference
        ticket: String,
        /// The mail's number, as `mail show` tells it
        mail: i64,
    },
    /// Say what the mail asks for, where its words were taken for something else
    Request {
        /// Number or reference
        ticket: String,
        /// What is asked
        #[arg(value_parser = word!(Request), value_name = "REQUEST")]
        request: Request,
    },
}

pub fn run(cli: &Cli, command: &MailCommand) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    match command {
        MailCommand::Show { ticket } => return show(cli, &mut desk, ticket),
        MailCommand::Confirm { ticket, offers, what } => {
            let mut said = String::new();
            for offer in offers {
                let what = desk.confirm_offer(ticket, *offer, what.as_deref())?;
                let _ = write!(said, "Offer {offer} confirmed as {what}. ");
            }
            answer(cli, &mut desk, ticket, &said)?;
        }
        MailCommand::Dismiss { ticket, offers } => {
            let mut said = String::new();
            for offer in offers {
                desk.dismiss_offer(ticket, *offer)?;
                let _ = write!(said, "Offer {offer} dismissed. ");
            }
            answer(cli, &mut desk, ticket, &said)?;
        }
        MailCommand::Heard { ticket } => {
            desk.hear_owner(ticket)?;
            answer(cli, &mut desk, ticket, "Heard. ")?;
        }
        MailCommand::Original { ticket, mail } => {
            let bytes = desk.original_mail(ticket, *mail)?;
            cli.bytes(&bytes)?;
        }
        MailCommand::Request { ticket, request } => {
            desk.set_request(ticket, *request)?;
            answer(cli, &mut desk, ticket, &format!("It asks for {request} now. "))?;
        }
    }
    Ok(Done::Code(0))
}

fn answer(cli: &Cli, desk: &mut Desk, ticket: &str, said: &str) -> Result<(), Failure> {
    let shown = desk.show(ticket, Privacy::Work)?;
    cli.answer(&shown, |t| format!("{said}{}", view::line(cli.out, t)))
}

fn show(cli: &Cli, desk: &mut Desk, ticket: &str) -> Result<Done, Failure> {
    let id = desk.find(ticket)?;
    desk.trace(id)?;
    let mails: Vec<_> = desk.mails(id)?.iter().map(|m| crate::desk::mail::view(m, Privacy::Work)).collect();
    let now = desk.now();
    cli.answer(&json!({ "ticket": id, "mail": mails }), |v| {
        let mut page = Page::new(cli.out, now);
        for mail in v["mail"].as_array().into_iter().flatten() {
            if !page.out.is_empty() {
                page.blank();
            }
            view_mail::one(&mut page, mail, None);
        }
        if page.out.is_empty() {
            page.out.push_str("No mail belongs to this ticket.\n");
        }
        page.out
    })?;
    Ok(Done::Code(0))
}

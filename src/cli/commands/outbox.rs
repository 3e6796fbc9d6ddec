//! `outbox`.

use serde_json::{Value, json};

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, FormatArgs, Listing, Table};
use crate::cli::{Done, view, when};
use crate::desk::outbox::{Delivered, Wanted, text_without_code};
use crate::desk::{Desk, Failure, outbox};
use crate::domain::{MessageState, Shown};

/// Messages listed unless told otherwise.
const MOST: usize = 100;

/// See and carry what is to leave the house: codes, owner notices, replies
#[derive(Debug, clap::Subcommand)]
pub enum OutboxCommand {
    List(ListArgs),
    /// Show one message as it is written, its code hidden
    Show {
        /// Its number
        message: i64,
    },
    /// Carry every message that is due (for cron or a timer)
    Run,
    /// Try messages again at once, from the first try on
    Retry {
        /// Numbers of messages
        #[arg(required = true, value_name = "MESSAGE")]
        messages: Vec<i64>,
    },
    /// Do not send a message any more
    Drop {
        /// Its number
        message: i64,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// List messages, newest first: what is still to leave or has failed
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Sent and dropped ones too
    #[arg(long)]
    pub all: bool,
    /// Of this ticket alone, sent ones too
    #[arg(long, value_name = "TICKET")]
    pub ticket: Option<String>,
    /// In this state alone
    #[arg(long, value_parser = word!(MessageState), value_name = "STATE")]
    pub state: Option<MessageState>,
    /// At most so many
    #[arg(long, default_value_t = MOST, value_name = "N")]
    pub limit: usize,
    #[command(flatten)]
    pub format: FormatArgs,
}

const CSV: &[(&str, &str)] = &[
    ("message", "/message"),
    ("id", "/id"),
    ("ticket", "/ticket"),
    ("reference", "/reference"),
    ("kind", "/kind"),
    ("channel", "/channel"),
    ("to", "/to"),
    ("state", "/state"),
    ("tries", "/tries"),
    ("queued_at", "/queued_at"),
    ("queued_by", "/queued_by"),
    ("next_at", "/next_at"),
    ("ended_at", "/ended_at"),
    ("why", "/why"),
];

pub fn run(cli: &Cli, command: &OutboxCommand) -> Result<Done, Failure> {
    match command {
        OutboxCommand::List(args) => list(cli, args),
        OutboxCommand::Show { message } => show(cli, *message),
        OutboxCommand::Run => deliver(cli),
        OutboxCommand::Retry { messages } => retry(cli, messages),
        OutboxCommand::Drop { message, reason } => {
            let dropped = cli.desk()?.drop_message(*message, reason)?;
            cli.answer(&outbox::view(&dropped), |m| {
                format!("Message {message} is {}.\n", view::text(&m["state"]))
            })?;
            Ok(Done::Code(0))
        }
    }
}

const fn tone(state: MessageState) -> Tone {
    match state {
        MessageState::Sent => Tone::Good,
        MessageState::Failed => Tone::Bad,
        MessageState::Waiting | MessageState::Sending => Tone::Warn,
        MessageState::Dropped => Tone::Dim,
    }
}

fn list(cli: &Cli, args: &ListArgs) -> Result<Done, Failure> {
    let desk = cli.desk()?;
    let ticket = args.ticket.as_deref().map(|name| desk.find(name)).transpose()?;
    let open = !args.all && args.state.is_none() && ticket.is_none();
    let messages = desk.outbox(Wanted { ticket, state: args.state, open }, args.limit)?;
    let (waiting, failed) = desk.outbox_counts()?;
    let rows: Vec<Value> = messages.iter().map(outbox::view).collect();
    let more = vec![("waiting", json!(waiting)), ("failed", json!(failed))];
    let listing = Listing { name: "messages", rows, more, csv: CSV };
    let now = desk.now();
    listing.print(cli, args.format.of(cli), |_| {
        let mut table = Table::new(&["message", "ticket", "kind", "to", "state", "tries", "next", "why"], 7);
        for m in &messages {
            let next = m.due_at.map_or_else(String::new, |at| when::from_now(at, now));
            table.push(vec![
                Cell::number(&m.id),
                if m.ticket == 0 { Cell::new("") } else { Cell::number(&m.ticket) },
                Cell::new(m.kind.as_str()),
                Cell::new(m.to.masked()),
                Cell::new(m.state.as_str()).tone(tone(m.state)),
                Cell::number(&m.tries),
                Cell::new(next),
                Cell::new(outbox::why::of(m).map(|w| w.to_string()).unwrap_or_default()),
            ]);
        }
        let none = if open { "Nothing is waiting to leave the house.\n" } else { "No messages.\n" };
        if table.is_empty() { none.to_owned() } else { table.render(cli.out) }
    })?;
    Ok(Done::Code(0))
}

fn show(cli: &Cli, id: i64) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let message = desk.message(id)?;
    if message.ticket != 0 {
        desk.trace(message.ticket)?;
    }
    let text = text_without_code(&message);
    let mut value = outbox::view(&message);
    if let Value::Object(map) = &mut value {
        map.insert("text".to_owned(), json!(text));
    }
    cli.answer(&value, |_| {
        let state = cli.out.paint(tone(message.state), message.state.as_str());
        let why =
            outbox::why::of(&message).map(|w| format!(", {}", Shown(&w.to_string()))).unwrap_or_default();
        format!(
            "Message {id}, {}{}: {state}{why}\nTo:      {}\nSubject: {}\n\n{}\n",
            message.kind,
            for_ticket(message.ticket),
            message.to.masked(),
            Shown(&message.subject),
            Shown(text.trim_end()).lines(),
        )
    })?;
    Ok(Done::Code(0))
}

/// What came of a try, as a line.
fn line(cli: &Cli, d: &Delivered) -> String {
    let state = cli.out.paint(tone(d.state), d.state.as_str());
    let why = d.why.as_ref().map(|w| format!(": {}", Shown(&w.to_string()))).unwrap_or_default();
    format!("{state} message {}, {}{} to {}{why}\n", d.message, d.kind, for_ticket(d.ticket), d.to)
}

/// Whose message it is; a checkpoint is of no ticket.
fn for_ticket(ticket: i64) -> String {
    if ticket == 0 { String::new() } else { format!(" for ticket {ticket}") }
}

fn deliver(cli: &Cli) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let mut done = Vec::new();
    let mut printed = Ok(());
    if desk.head_is_due()? {
        // What waits must leave, whether or not a head can be signed here.
        if let Err(failure) = desk.send_head() {
            cli.warn(&format!("A checkpoint is due and was not signed: {}", failure.what));
        }
    }
    desk.deliver(|delivered| {
        if !cli.global.json {
            printed = cli.text(&line(cli, delivered));
        }
        done.push(delivered.clone());
        printed.is_ok()
    })?;
    printed?;
    finish(cli, &desk, &done)
}

fn retry(cli: &Cli, messages: &[i64]) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let mut done = Vec::new();
    for id in messages {
        desk.retry_message(*id)?;
        if let Some(delivered) = desk.deliver_one(*id)? {
            if !cli.global.json {
                cli.text(&line(cli, &delivered))?;
            }
            done.push(delivered);
        }
    }
    finish(cli, &desk, &done)
}

/// What came of the messages that were tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
struct Tried {
    sent: usize,
    /// Not taken this time, and tried again later.
    waiting: usize,
    /// Given up.
    failed: usize,
    /// Let go: what they told is over.
    dropped: usize,
}

impl Tried {
    fn of(done: &[Delivered]) -> Self {
        let mut tried = Self::default();
        for delivered in done {
            *match delivered.state {
                MessageState::Sent => &mut tried.sent,
                MessageState::Waiting | MessageState::Sending => &mut tried.waiting,
                MessageState::Failed => &mut tried.failed,
                MessageState::Dropped => &mut tried.dropped,
            } += 1;
        }
        tried
    }

    /// As a sentence; only how many were sent is told where it is none.
    fn said(self) -> String {
        let more =
            [(self.waiting, "to be tried again"), (self.failed, "given up"), (self.dropped, "dropped")];
        let more = more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}"));
        format!("{} sent{}", self.sent, more.collect::<String>())
    }
}

fn finish(cli: &Cli, desk: &Desk, done: &[Delivered]) -> Result<Done, Failure> {
    let (waiting, failed) = desk.outbox_counts()?;
    let tried = Tried::of(done);
    if cli.global.json {
        cli.json(&json!({ "messages": done, "tried": tried, "waiting": waiting, "failed": failed }))?;
    } else {
        cli.text(&format!("{}. In the outbox {waiting} wait, {failed} have failed.\n", tried.said()))?;
    }
    Ok(Done::Code(u8::from(tried.waiting + tried.failed > 0)))
}

/// Carries what an act has just queued, and says of each message that did not leave why not. The act is done
/// whatever becomes of them.
pub fn carry_new(cli: &Cli, desk: &mut Desk, ticket: &str) {
    let done = desk.find(ticket).and_then(|id| desk.deliver_new(id));
    match done {
        Ok(done) => {
            for d in done.iter().filter(|d| d.state != MessageState::Sent) {
                let why = d.why.as_ref().map_or_else(|| "it was not taken".to_owned(), ToString::to_string);
                cli.warn(&format!(
                    "The {} to {} has not left yet: {why}. It stays in the outbox (`latchkey outbox list`).",
                    d.kind, d.to
                ));
            }
        }
        Err(failure) => cli.warn(&format!("The outbox could not be carried: {}", failure.what)),
    }
}

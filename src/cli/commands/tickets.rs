//! `tickets`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::args::word;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, Format, FormatArgs, Listing, Table};
use crate::cli::{Done, view, when};
use crate::desk::due::overdue;
use crate::desk::queue::{Assignee, Filter, Sort};
use crate::desk::show::{Privacy, head};
use crate::desk::{Desk, Failure};
use crate::domain::{Recommendation, Request, State, Time};

/// List tickets: what a person can finish now first
///
/// Closed tickets are left out unless --state or --all asks for them. Claimants and identifiers are masked
/// unless --reveal is given, which is logged.
#[derive(Debug, clap::Args)]
pub struct TicketsArgs {
    /// Only tickets in this state (can be repeated)
    #[arg(long, value_parser = word!(State))]
    pub state: Vec<State>,
    /// Closed tickets too
    #[arg(long, conflicts_with = "state")]
    pub all: bool,
    /// Only tickets with this recommendation
    #[arg(long, value_parser = word!(Recommendation), value_name = "WORD")]
    pub recommendation: Option<Recommendation>,
    /// Only tickets that ask for this
    #[arg(long, value_parser = word!(Request))]
    pub request: Option<Request>,
    /// Only tickets taken by `me`, by `none`, or by this agent
    #[arg(long, value_name = "me|none|NAME")]
    pub assignee: Option<String>,
    /// Only tickets with this text in their reference or claim
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Only tickets past their due time
    #[arg(long)]
    pub overdue: bool,
    /// In which order
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub sort: Order,
    /// At most this many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Show personal data in full: your key signs it, and it is logged
    #[arg(long)]
    pub reveal: bool,
    #[command(flatten)]
    pub format: FormatArgs,
}

/// Orders of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// What a person can finish now first, oldest first within it
    #[default]
    Urgency,
    /// By due time
    Due,
    /// By time of receipt
    Received,
    /// By number
    Number,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::Urgency => Self::Urgency,
            Order::Due => Self::Due,
            Order::Received => Self::Received,
            Order::Number => Self::Number,
        }
    }
}

pub const CSV: &[(&str, &str)] = &[
    ("ticket", "/ticket"),
    ("reference", "/reference"),
    ("request", "/request"),
    ("state", "/state"),
    ("recommendation", "/recommendation"),
    ("because", "/because"),
    ("proofs", "/proofs"),
    ("received_at", "/received_at"),
    ("due_at", "/due_at"),
    ("assignee", "/assignee"),
    ("closed_as", "/closed_as"),
    ("claimant_name", "/claimant/name"),
    ("claimant_email", "/claimant/email"),
    ("claimant_phone", "/claimant/phone"),
    ("language", "/claimant/language"),
    ("access", "/access"),
];

pub fn run(cli: &Cli, args: &TicketsArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let filter = filter(&desk, args)?;
    let (tickets, total) = desk.queue(&filter)?;
    let privacy = if args.reveal { Privacy::Revealed } else { Privacy::Masked };
    if args.reveal {
        desk.log_reveal("tickets.revealed", tickets.len())?;
    }
    // Programs get whole tickets; a person's table needs the head of each alone.
    let rows: Vec<Value> = match args.format.of(cli) {
        Format::Json | Format::Jsonl => desk.list_views(&tickets, privacy)?,
        Format::Table | Format::Csv => tickets.iter().map(|t| head(t, privacy)).collect(),
    };
    let (now, shown) = (desk.now(), rows.len() as u64);
    let listing = Listing { name: "tickets", rows, more: vec![("total", json!(total))], csv: CSV };
    listing.print(cli, args.format.of(cli), |rows| {
        let mut text = table(rows, now).render(cli.out);
        if desk.rehearsal {
            text = format!("{}\n{text}", cli.out.paint(Tone::Warn, "REHEARSAL"));
        }
        if total > shown {
            let _ = writeln!(text, "{shown} of {}", view::counted(total, "ticket"));
        }
        if total == 0 { "No tickets.\n".to_owned() } else { text }
    })?;
    Ok(Done::Code(0))
}

fn filter(desk: &Desk, args: &TicketsArgs) -> Result<Filter, Failure> {
    let assignee = match args.assignee.as_deref() {
        None => None,
        Some("none") => Some(Assignee::Nobody),
        Some("me") => Some(Assignee::Agent(desk.agent()?)),
        Some(name) => Some(Assignee::Agent(name.to_owned())),
    };
    Ok(Filter {
        ids: None,
        states: args.state.clone(),
        recommendation: args.recommendation,
        request: args.request,
        assignee,
        search: args.search.clone(),
        due_before: args.overdue.then(|| desk.now()),
        sort: args.sort.into(),
        with_closed: args.all,
        limit: args.limit,
    })
}

/// Whether a listed ticket is late; one that waits is not.
fn late(t: &Value, due: Time, now: Time) -> bool {
    let state = t["state"].as_str().and_then(|s| s.parse().ok()).unwrap_or(State::Open);
    overdue(state, due, when::read(&t["paused_at"]), when::read(&t["held_until"]), now)
}

/// Tickets as rows, also for `lookup`.
pub fn table(rows: &[Value], now: Time) -> Table {
    let mut table = Table::new(
        &["ticket", "reference", "recommendation", "state", "request", "due", "taken by", "claimant"],
        7,
    );
    for t in rows {
        let word = view::text(&t["recommendation"]);
        let due = when::read(&t["due_at"]).filter(|_| t["state"] != "closed");
        let late = due.is_some_and(|d| late(t, d, now));
        table.push(vec![
            Cell::number(&t["ticket"]),
            Cell::new(view::text(&t["reference"])),
            Cell::new(&word).tone(Tone::of_word(&word)),
            Cell::new(view::text(&t["state"])),
            Cell::new(view::text(&t["request"])),
            Cell::new(due.map(|d| when::from_now(d, now)).unwrap_or_default()).tone(if late {
                Tone::Bad
            } else {
                Tone::Plain
            }),
            Cell::new(view::text(&t["assignee"])),
            Cell::new(view::text(&t["claimant"]["name"])),
        ]);
    }
    table
}

//! `report`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, Table};
use crate::cli::{Done, when};
use crate::desk::Failure;
use crate::desk::report::{AGES, Period, Report, TIMES};
use crate::domain::Day;

/// Days of a report that names none.
const DAYS: i32 = 30;

/// Report on the queue, the decisions and what an insider would leave behind
///
/// Counted from the log: what came in and was closed a day, recommendations against decisions, overrides,
/// how long decisions took; and of every agent the authorizations by hour, seconds between them, those with
/// no code read back or no look at the ticket, and claimants who were granted more than once. Without
/// --from, the last 30 days. Persons are masked.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// The first day (YYYY-MM-DD)
    #[arg(long, value_parser = Day::parse)]
    pub from: Option<Day>,
    /// The last day; today by default
    #[arg(long, value_parser = Day::parse)]
    pub to: Option<Day>,
}

pub fn run(cli: &Cli, args: &ReportArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let calendar = &desk.config.calendar;
    let last = args.to.unwrap_or_else(|| calendar.day_of(desk.now()));
    let first = args.from.unwrap_or_else(|| last.minus_days(DAYS - 1));
    let period = Period::of_days(first, last, calendar);
    let report = desk.report(period, &mut |_, _| true)?;
    let value = serde_json::to_value(&report).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |_: &Value| human(cli, &report, first, last))?;
    Ok(Done::Code(0))
}

/// `< 1 h 3`, for each bound, and what is beyond the last.
fn buckets(counts: [u64; 6], bounds: [i64; 5]) -> String {
    let mut parts: Vec<String> =
        bounds.iter().zip(counts).map(|(bound, n)| format!("under {} {n}", when::length(*bound))).collect();
    let (last, beyond) = (bounds[4], counts[5]);
    parts.push(format!("longer than {} {beyond}", when::length(last)));
    parts.join(", ")
}

fn human(cli: &Cli, r: &Report, first: Day, last: Day) -> String {
    let (arrived, closed) = r.days.iter().fold((0, 0), |(a, c), d| (a + d.arrived, c + d.closed));
    let mut out = format!("{first} to {last}\n");
    let _ = writeln!(out, "arrived {arrived}, closed {closed}, open now {}", r.open);
    let _ = writeln!(out, "open by age: {}", buckets(r.ages, AGES));
    let _ = writeln!(out, "decisions {}, overrides {}", r.decisions, r.overrides);
    if let (Some(median), Some(p90)) = (r.pace.median, r.pace.p90) {
        let (median, p90) = (when::length(median), when::length(p90));
        let _ = writeln!(out, "time to decide: half under {median}, nine of ten under {p90}");
        let _ = writeln!(out, "  {}", buckets(r.pace.buckets, TIMES));
    }
    if !r.outcomes.is_empty() {
        let mut table = Table::new(&["recommended", "decided", "count", "overrides"], 3);
        for o in &r.outcomes {
            let (recommended, decided) = (o.recommended.to_string(), o.decided.to_string());
            table.push(vec![
                Cell::new(&recommended).tone(Tone::of_word(&recommended)),
                Cell::new(&decided).tone(Tone::of_word(&decided)),
                Cell::number(&o.count),
                Cell::number(&o.overrides),
            ]);
        }
        out.push('\n');
        out.push_str(&table.render(cli.out));
    }
    out.push_str(&signs(cli, r));
    out.push_str(&insider(cli, r));
    out
}

fn signs(cli: &Cli, r: &Report) -> String {
    let mut out = String::new();
    // What is about an agent stands with the agent.
    let rings: Vec<_> = r.signs.iter().filter(|sign| sign.agent.is_none()).collect();
    if rings.is_empty() {
        return out;
    }
    let _ = writeln!(out, "\n{}", cli.out.paint(Tone::Strong, "Worth a look"));
    for sign in rings {
        let tickets: Vec<String> = sign.tickets.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  △ {} Tickets {}.", sign.reason(), tickets.join(", "));
    }
    if !r.every_ticket {
        out.push_str("  Only the newest tickets were compared: report on a shorter time for the rest.\n");
    }
    out
}

fn insider(cli: &Cli, r: &Report) -> String {
    let mut out = String::new();
    let i = &r.insider;
    if !i.agents.is_empty() {
        let head = [
            "agent",
            "decided",
            "overrides",
            "granted",
            "no code",
            "no look",
            "neither",
            "least gap",
            "lookups",
        ];
        let mut table = Table::new(&head, 1);
        for a in &i.agents {
            table.push(vec![
                Cell::new(&a.agent),
                Cell::number(&a.decisions),
                Cell::number(&a.overrides),
                Cell::number(&a.grants),
                Cell::number(&a.without_code),
                Cell::number(&a.without_look),
                Cell::number(&a.without_both).tone(if a.without_both > 0 { Tone::Warn } else { Tone::Plain }),
                Cell::new(a.least_gap.map(when::length).unwrap_or_default()),
                Cell::number(&a.lookups),
            ]);
        }
        out.push('\n');
        out.push_str(&table.render(cli.out));
    }
    for pair in &i.close {
        let _ = writeln!(
            out,
            "{}: tickets {} and {} granted {} s apart",
            pair.agent, pair.first, pair.second, pair.seconds
        );
    }
    for pair in &i.pairs {
        let tickets: Vec<String> = pair.tickets.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "{} granted to {}: tickets {}", pair.agent, pair.claimant, tickets.join(", "));
    }
    out
}

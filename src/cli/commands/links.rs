//! `links`.

use serde_json::Value;

use crate::cli::Done;
use crate::cli::commands::tickets;
use crate::cli::output::Cli;
use crate::cli::page::Page;
use crate::cli::style::pad;
use crate::cli::view::text;
use crate::desk::Failure;
use crate::domain::Time;

/// Show every ticket that shares something with a ticket, or the way between two
///
/// Tickets are linked by device (any slot, by serial too, claimed or on receipt and box), account, contact, SIM,
/// receipt and picture, whatever their state; pictures also where they only look alike. With OTHER, the way from one
/// ticket to the other, each step with what the two share. Everything is masked; it is logged.
#[derive(Debug, clap::Args)]
pub struct LinksArgs {
    /// Number or reference
    pub ticket: String,
    /// Another one: print the way to it
    pub other: Option<String>,
}

pub fn run(cli: &Cli, args: &LinksArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let json = |e: serde_json::Error| Failure::internal(e.to_string());
    if let Some(other) = &args.other {
        let path = serde_json::to_value(desk.path(&args.ticket, other)?).map_err(json)?;
        cli.answer(&path, way)?;
        return Ok(Done::Code(0));
    }
    let links = serde_json::to_value(desk.links(&args.ticket)?).map_err(json)?;
    let now = desk.now();
    cli.answer(&links, |v| around(cli, v, now))?;
    Ok(Done::Code(0))
}

fn rows(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

/// `#17 R-02`
fn named(number: &Value, reference: &Value) -> String {
    format!("#{number} {}", text(reference)).trim_end().to_owned()
}

/// The word of a kind, as people say it.
fn said(kind: &str) -> &str {
    match kind {
        "sim" => "SIM",
        "receipt-file" => "receipt's file",
        "receipt-look" => "receipt alike",
        "box-file" => "box's file",
        "box-look" => "box alike",
        other => other,
    }
}

fn bits(v: &Value) -> String {
    if v["bits"].is_null() { String::new() } else { format!(" ({} of 64 bits differ)", v["bits"]) }
}

fn around(cli: &Cli, v: &Value, now: Time) -> String {
    let name = named(&v["ticket"], &v["reference"]);
    let things = rows(&v["things"]);
    let mut page = Page::new(cli.out, now);
    if things.is_empty() {
        return format!("{name} shares nothing with any other ticket.\n");
    }
    page.out = format!("{name} shares with others:\n");
    for thing in things {
        let others = rows(&thing["tickets"]);
        let mut names: Vec<String> =
            others.iter().take(5).map(|t| format!("#{}{}", t["ticket"], bits(t))).collect();
        let more = thing["total"].as_u64().unwrap_or(0).saturating_sub(names.len() as u64);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let first = format!("  {}", pad(said(&text(&thing["kind"])), 15));
        let line = format!("{}: {}", text(&thing["value"]), names.join(", "));
        page.prose(&first, &" ".repeat(17), line.trim_start_matches(": "));
    }
    page.blank();
    page.out.push_str(&tickets::table(rows(&v["tickets"]), now).render(cli.out));
    page.out
}

fn way(v: &Value) -> String {
    let steps = rows(&v["steps"]);
    if steps.is_empty() {
        let looked = &v["looked_at"];
        return if v["whole"] == true {
            format!(
                "No way leads from #{} to #{}: they share nothing, over others neither.\n",
                v["from"], v["to"]
            )
        } else {
            format!(
                "No way from #{} to #{} was found among {looked} tickets; there may be one.\n",
                v["from"], v["to"]
            )
        };
    }
    let mut lines = vec![named(&steps[0]["from"], &steps[0]["from_reference"])];
    for step in steps {
        let what = format!("{} {}", said(&text(&step["kind"])), text(&step["value"]));
        lines.push(format!("  = {}{}", what.trim_end(), bits(step)));
        lines.push(named(&step["to"], &step["to_reference"]));
    }
    lines.join("\n") + "\n"
}

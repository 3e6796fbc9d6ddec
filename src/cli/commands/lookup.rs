//! `lookup`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::commands::tickets;
use crate::cli::output::Cli;
use crate::cli::page::Page;
use crate::cli::table::plain;
use crate::cli::view::{branded, text};
use crate::cli::{Done, when};
use crate::desk::Failure;
use crate::domain::Time;

/// Show everything the registry and the tickets know about an identifier
///
/// TEXT is an IMEI, serial, phone number, e-mail, ICCID, account id, receipt number or ticket reference; it
/// is looked up as everything it can be. Every lookup is logged. Persons and identifiers are masked unless
/// --reveal is given.
#[derive(Debug, clap::Args)]
pub struct LookupArgs {
    /// What to look up
    pub text: String,
    /// Show personal data in full: your key signs it, and it is logged
    #[arg(long)]
    pub reveal: bool,
}

pub fn run(cli: &Cli, args: &LookupArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let found = desk.lookup(&args.text, args.reveal)?;
    let value = serde_json::to_value(&found).map_err(|e| Failure::internal(e.to_string()))?;
    let now = desk.now();
    cli.answer(&value, |v| human(cli, v, args.reveal, now))?;
    Ok(Done::Code(0))
}

fn rows(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

fn day(v: &Value) -> String {
    let at = text(v);
    at.get(..10).map_or(at.clone(), str::to_owned)
}

/// Parts that are there, joined.
fn join(parts: &[String]) -> String {
    parts.iter().filter(|p| !p.trim().is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// `until 2026-01-02`, where there is such a day.
fn labelled(label: &str, v: &Value) -> String {
    if v.is_null() { String::new() } else { format!("{label} {}", day(v)) }
}

fn human(cli: &Cli, v: &Value, reveal: bool, now: Time) -> String {
    let mut page = Page::new(cli.out, now);
    let kinds = text(&v["kinds"]).replace(';', ", ");
    page.out =
        format!("{}: {}\n", text(&v["query"]), if kinds.is_empty() { "no identifier known" } else { &kinds });
    if let Some(damage) = v["damage"].as_str() {
        page.field("damaged", damage);
        page.field("near it", &plain(&v["near"]).replace(';', ", "));
    }
    if v["found"] == false {
        page.out.push_str("Neither the registry nor any ticket knows it.\n");
        return page.out;
    }
    for d in rows(&v["devices"]) {
        device(&mut page, d);
    }
    for a in rows(&v["accounts"]) {
        account(&mut page, a);
    }
    for s in rows(&v["sims"]) {
        page.title("SIM");
        page.field("number", &text(&s["msisdn"]));
        page.field("ICCID", &text(&s["iccid"]));
        page.field("last change", &day(&s["last_change"]));
        sightings(&mut page, &s["sightings"]);
    }
    if !rows(&v["sales"]).is_empty() {
        page.title("Receipt");
        sales(&mut page, &v["sales"]);
    }
    let of_registry = ["devices", "accounts", "sims", "sales"].iter().any(|part| !rows(&v[*part]).is_empty());
    if of_registry && !reveal {
        page.blank();
        page.prose("", "", "What a caller is asked for is masked; --reveal shows it, and is logged.");
    }
    let listed = rows(&v["tickets"]);
    if !listed.is_empty() {
        page.title("Tickets");
        page.out.push_str(&tickets::table(listed, now).render(cli.out));
        for ticket in listed.iter().filter(|t| rows(&t["by"]).iter().any(|word| word == "offered")) {
            let _ = writeln!(page.out, "#{} is named by a mail, unconfirmed", text(&ticket["ticket"]));
        }
    }
    page.out
}

fn device(page: &mut Page, d: &Value) {
    page.title("Device");
    let model: Vec<String> = [text(&d["brand"]), text(&d["models"]).replace(';', ", ")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let model = if d["model_masked"] == true { "masked".to_owned() } else { branded(&model) };
    page.field("model", &model);
    page.field("IMEI", &text(&d["imeis"]).replace(';', ", "));
    page.field("serial", &text(&d["serial"]));
    page.field("made", &join(&[text(&d["made_on"]), text(&d["regions"]).replace(';', ", ")]));
    if d["known"] == false {
        page.field("record", "none; other lists name it");
    }
    for b in rows(&d["bindings"]) {
        page.field(
            "bound",
            &join(&[
                format!("to {} {}", text(&b["account_id"]), labelled("since", &b["bound_at"]))
                    .trim()
                    .to_owned(),
                labelled("released", &b["released_at"]),
                labelled("lost mode since", &b["lost_mode_since"]),
            ]),
        );
    }
    for n in rows(&d["notices"]) {
        page.field(
            "notice",
            &join(&[
                format!("{} {}, reported {}", text(&n["status"]), text(&n["kind"]), day(&n["reported_at"])),
                labelled("cleared", &n["cleared_at"]),
                labelled("lapses", &n["lapses_at"]),
                text(&n["source"]),
                text(&n["reference"]),
            ]),
        );
    }
    sightings(page, &d["sightings"]);
    sales(page, &d["sales"]);
    for r in rows(&d["repairs"]) {
        let carries = if r["carries"] == true { "one device" } else { "notices only" };
        let line =
            format!("{} to {} on {} ({carries})", text(&r["old"]), text(&r["new"]), text(&r["repaired_on"]));
        page.field("repair", &line);
    }
}

fn sightings(page: &mut Page, sightings: &Value) {
    for s in rows(sightings) {
        let sim = join(&[text(&s["msisdn"]), text(&s["iccid"])]);
        let days = if s["first_seen"].is_null() {
            format!("last {}", text(&s["last_seen"]))
        } else {
            format!("{} to {}", text(&s["first_seen"]), text(&s["last_seen"]))
        };
        let line = format!("{sim} in {}, {days}", text(&s["imei"]));
        page.field("seen", &line);
    }
}

fn sales(page: &mut Page, sales: &Value) {
    for s in rows(sales) {
        let price = format!("{} {}", text(&s["amount"]), text(&s["currency"]));
        let line = join(&[
            format!("{} {}", text(&s["retailer"]), text(&s["receipt_no"])),
            labelled("on", &s["sold_on"]),
            text(&s["device"]),
            price.trim().to_owned(),
        ]);
        page.field("sold", &line);
    }
}

fn account(page: &mut Page, a: &Value) {
    page.title("Account");
    page.field("id", &join(&[text(&a["account_id"]), text(&a["state"])]));
    page.field("name", &join(&[text(&a["name"]), text(&a["region"])]));
    page.field("registered", &day(&a["registered_at"]));
    page.field("signed in", &when::read(&a["last_sign_in_at"]).map(when::minute).unwrap_or_default());
    for c in rows(&a["contacts"]) {
        let verified = match (c["verified"] == true, c["verified_at"].is_null()) {
            (false, _) => "not verified".to_owned(),
            (true, true) => "verified".to_owned(),
            (true, false) => labelled("verified", &c["verified_at"]),
        };
        let line = join(&[
            text(&c["value"]),
            verified,
            labelled("replaced", &c["replaced_at"]),
            labelled("SIM changed", &c["sim_changed_at"]),
        ]);
        page.field(&text(&c["kind"]), &line);
    }
    for d in rows(&a["devices"]) {
        let line = join(&[
            text(&d["model"]),
            text(&d["identifier"]),
            labelled("bound", &d["bound_at"]),
            labelled("released", &d["released_at"]),
        ]);
        page.field("device", &line);
    }
}

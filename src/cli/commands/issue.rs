//! Authorizations: `issue`, `redeem`, `revoke`, `revocations`, `authorizations`.

use std::fmt::Write as _;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use serde_json::{Value, json};

use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, FormatArgs, Listing, Table};
use crate::cli::{Done, view, when};
use crate::desk::grants::masked;
use crate::desk::issue::Issued;
use crate::desk::proofs::beside;
use crate::desk::{Desk, Failure};

/// Sign the authorization of an approved ticket, and print it
///
/// It lives for 7 days, or 24 hours with a challenge. Before the end of the cool-down nothing is signed.
#[derive(Debug, clap::Args)]
pub struct IssueArgs {
    /// Number or reference
    pub ticket: String,
    /// The one service centre that may act on it [default: any]
    #[arg(long, value_name = "CENTRE")]
    pub audience: Option<String>,
    /// The challenge that the device shows, in hexadecimal
    #[arg(long, value_name = "HEX")]
    pub challenge: Option<String>,
    /// Also write it as a QR code: SVG, or text for a terminal where the name ends in .txt; beside it the proof
    #[arg(long, value_name = "FILE")]
    pub qr: Option<PathBuf>,
    /// Write the proof that its issue stands in the log (`.tlog-proof`) there [default: beside the QR code]
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
}

/// Use an authorization once: the registry changes and its ticket closes
#[derive(Debug, clap::Args)]
pub struct RedeemArgs {
    /// The token, a file that holds it, or `-` for standard input; with --accepted the ticket
    #[arg(value_name = "TOKEN|TICKET")]
    pub token: String,
    /// What a service centre read back after it took a spoken code
    #[arg(long, value_name = "CODE")]
    pub accepted: Option<String>,
}

/// Withdraw an unused authorization
#[derive(Debug, clap::Args)]
pub struct RevokeArgs {
    /// Its id, as `issue` and `authorizations` print it
    pub jti: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Give withdrawn authorizations to verifiers that have no connection
#[derive(Debug, clap::Subcommand)]
pub enum RevocationsCommand {
    /// Print the signed list of withdrawn authorizations; it is good for a day
    Export,
}

/// List authorizations, newest first, without the tokens themselves
#[derive(Debug, clap::Args)]
pub struct AuthorizationsArgs {
    #[command(flatten)]
    pub format: FormatArgs,
}

pub fn issue(cli: &Cli, args: &IssueArgs) -> Result<Done, Failure> {
    // Whoever gets a file gets the proof with it.
    let proof = args.proof.clone().or_else(|| args.qr.as_deref().map(beside));
    // A QR code or a proof that could not be written must not cost an authorization.
    if let Some(path) = [&args.qr, &proof].into_iter().flatten().find(|path| path.exists()) {
        return Err(Failure::state("There is a file already.")
            .at(path.display().to_string())
            .hint("Nothing was signed. Name another file."));
    }
    let mut desk = cli.desk()?;
    let issued = desk.issue(&args.ticket, args.audience.as_deref(), args.challenge.as_deref())?;
    let value = serde_json::to_value(&issued).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |_| format!("{}\n", issued.token))?;
    if !cli.global.json {
        cli.note(&about(&issued));
    }
    super::outbox::carry_new(cli, &mut desk, &args.ticket);
    if let Some(path) = &args.qr {
        write_qr(path, &issued.token).map_err(|why| {
            Failure::state(format!("The authorization is signed, but its QR code is not written: {why}."))
                .at(path.display().to_string())
                .hint("The token itself is above.")
        })?;
    }
    if let Some(path) = &proof {
        let proven = desk.prove(&issued.jti)?;
        super::write_new(path, proven.text.as_bytes()).map_err(|failure| {
            failure.hint(format!(
                "The authorization is signed; `latchkey audit prove {}` proves it.",
                issued.jti
            ))
        })?;
    }
    Ok(Done::Code(0))
}

/// Messages are kept where answers are not (a timer's mail, a log): they name the device in part.
/// Its life is told as it was signed: a second later, seven days are no six.
fn about(issued: &Issued) -> String {
    format!(
        "{} on {} for {}, id {}; it runs out {}.",
        issued.op,
        masked(&issued.sub),
        issued.aud,
        issued.jti,
        when::from_now(issued.exp, issued.nbf)
    )
}

pub(super) fn write_qr(path: &Path, token: &str) -> Result<(), String> {
    let code = QrCode::with_error_correction_level(token, qrcode::EcLevel::L)
        .map_err(|_| format!("{} bytes are too many for one QR code", token.len()))?;
    let text = if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) {
        code.render::<unicode::Dense1x2>().quiet_zone(true).build() + "\n"
    } else {
        code.render::<svg::Color<'_>>().min_dimensions(400, 400).build()
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| e.to_string())?;
    file.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
    file.persist_noclobber(path).map_err(|e| e.error.to_string())?;
    Ok(())
}

pub fn redeem(cli: &Cli, args: &RedeemArgs) -> Result<Done, Failure> {
    let redeemed = if let Some(code) = &args.accepted {
        cli.desk()?.redeem_accepted(&args.token, code)?
    } else {
        let token = super::token_of(&args.token)?;
        cli.desk()?.redeem(&token)?
    };
    let value = serde_json::to_value(&redeemed).map_err(|e| Failure::internal(e.to_string()))?;
    cli.answer(&value, |_| {
        let mut text = format!("Redeemed {}.\n", redeemed.jti);
        for line in &redeemed.applied {
            let _ = writeln!(text, "  {line}");
        }
        text
    })?;
    Ok(Done::Code(0))
}

pub fn revoke(cli: &Cli, args: &RevokeArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    desk.revoke(&args.jti, &args.reason)?;
    let row = one(&desk, &args.jti)?;
    cli.answer(&row, |_| format!("Revoked {}. `latchkey revocations export` tells verifiers.\n", args.jti))?;
    Ok(Done::Code(0))
}

fn one(desk: &Desk, jti: &str) -> Result<Value, Failure> {
    let all = desk.authorizations()?;
    Ok(all.into_iter().find(|a| a["jti"] == jti).unwrap_or(Value::Null))
}

pub fn revocations(cli: &Cli, _: &RevocationsCommand) -> Result<Done, Failure> {
    let list = cli.desk()?.export_revocations()?;
    cli.answer(&json!({ "revocations": list }), |_| format!("{list}\n"))?;
    Ok(Done::Code(0))
}

const CSV: &[(&str, &str)] = &[
    ("jti", "/jti"),
    ("ticket", "/ticket"),
    ("op", "/op"),
    ("sub", "/sub"),
    ("aud", "/aud"),
    ("state", "/state"),
    ("issued_by", "/issued_by"),
    ("issued_at", "/issued_at"),
    ("exp", "/exp"),
    ("redeemed_at", "/redeemed_at"),
    ("revoked_at", "/revoked_at"),
    ("revoked_because", "/revoked_because"),
];

pub fn authorizations(cli: &Cli, args: &AuthorizationsArgs) -> Result<Done, Failure> {
    let desk = cli.desk()?;
    let rows = desk.authorizations()?;
    let total = json!(rows.len());
    let listing = Listing { name: "authorizations", rows, more: vec![("total", total)], csv: CSV };
    listing.print(cli, args.format.of(cli), |rows| {
        let mut table = Table::new(&["id", "ticket", "grants", "on", "for", "state", "until"], 3);
        for a in rows {
            let state = view::text(&a["state"]);
            let sub = view::text(&a["sub"]);
            table.push(vec![
                Cell::new(view::text(&a["jti"])),
                Cell::number(&a["ticket"]),
                Cell::new(view::text(&a["op"])),
                Cell::new(sub.strip_prefix("device:").unwrap_or(&sub)),
                Cell::new(view::text(&a["aud"])),
                Cell::new(&state).tone(match state.as_str() {
                    "valid" => Tone::Good,
                    "revoked" => Tone::Bad,
                    _ => Tone::Dim,
                }),
                Cell::new(when::read(&a["exp"]).map(|t| t.day().to_string()).unwrap_or_default()),
            ]);
        }
        if table.is_empty() { "No authorizations.\n".to_owned() } else { table.render(cli.out) }
    })?;
    Ok(Done::Code(0))
}

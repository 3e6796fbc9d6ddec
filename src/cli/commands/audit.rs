//! `audit`.

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

use super::keys::KeyArgs;
use crate::cli::Done;
use crate::cli::output::Cli;
use crate::cli::style::Tone;
use crate::cli::table::{Cell, Table};
use crate::cli::view::counted;
use crate::cli::when;
use crate::desk::tiles::open_folder;
use crate::desk::{Failure, Kind, proofs};
use crate::domain::{Shown, Time};

/// Verify the log, sign its head, and prove to others what it says
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    Verify(VerifyArgs),
    Checkpoint(CheckpointArgs),
    Prove(ProveArgs),
    CheckProof(CheckProofArgs),
    Export(ExportArgs),
    Reads(ReadsArgs),
    ProveFork(ProveForkArgs),
    CheckFork(CheckForkArgs),
    AcceptRollback(AcceptArgs),
    /// Go on by the clock as it is: it was ahead when the last act was logged; custodians alone
    AcceptClock,
}

/// Verify the whole log and every signed row; exit code 4 says that something was changed
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// A checkpoint kept elsewhere that the log must still meet (can be repeated)
    #[arg(long, value_name = "CHECKPOINT")]
    pub against: Vec<PathBuf>,
}

/// Sign the log's head and print it: a C2SP signed note, to keep outside the desk
#[derive(Debug, clap::Args)]
pub struct CheckpointArgs {
    /// Put the proof before it that it goes on from a head of so many leaves: what a witness asks for
    #[arg(long, value_name = "SIZE")]
    pub since: Option<u64>,
    /// Write it to a file instead
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Also write it as a QR code: SVG, or text for a terminal where the name ends in .txt
    #[arg(long, value_name = "FILE")]
    pub qr: Option<PathBuf>,
}

/// Prove that an act stands in the log: a C2SP `.tlog-proof` that needs no desk to be checked
///
/// Of an authorization, its issue is proven; of a ticket without one, the newest decision.
#[derive(Debug, clap::Args)]
pub struct ProveArgs {
    /// A ticket's number or reference, or an authorization's id (jti)
    #[arg(required_unless_present = "leaf", value_name = "TICKET|JTI")]
    pub what: Option<String>,
    /// This leaf, by its number
    #[arg(long, value_name = "N", conflicts_with = "what")]
    pub leaf: Option<u64>,
    /// Write it to a file instead
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Check a `.tlog-proof` with nothing but keys; exit code 4 says that it does not hold
#[derive(Debug, clap::Args)]
pub struct CheckProofArgs {
    /// The proof; `-` is standard input
    pub proof: PathBuf,
    #[command(flatten)]
    pub keys: KeyArgs,
    /// A witness that must have seen the head: its verifier key (can be repeated)
    #[arg(long, value_name = "KEY")]
    pub witness: Vec<String>,
    /// The authorization that it must be the proof of: the token, a file, or `-`
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,
}

/// Write the log into a folder for others: C2SP tlog-tiles, which any web server can serve
///
/// Again into the same folder, it only adds. A folder that this log does not go on from is refused.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Say who looked at a device, an account, a person or a ticket, and when
///
/// Lookups of it, readings of every ticket that names it (one an agent and hour) and whatever was done on these, the
/// newest first; then the lists that were shown or exported in full, which may have held it. It is logged.
#[derive(Debug, clap::Args)]
pub struct ReadsArgs {
    /// An IMEI, serial, phone, e-mail, ICCID, account id, receipt number or ticket
    #[arg(value_name = "TEXT")]
    pub what: String,
}

/// Prove that two signed checkpoints of one log cannot both be
#[derive(Debug, clap::Args)]
pub struct ProveForkArgs {
    /// The one checkpoint
    pub one: PathBuf,
    /// The other
    pub two: PathBuf,
    #[command(flatten)]
    pub keys: KeyArgs,
    /// The longer log's tiles, where the checkpoints differ in size [default: the desk's own leaves]
    #[arg(long, value_name = "DIR")]
    pub tiles: Option<PathBuf>,
    /// Write it to a file instead
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Check a fork proof with nothing but keys; exit code 4 says that it proves nothing
#[derive(Debug, clap::Args)]
pub struct CheckForkArgs {
    /// The proof; `-` is standard input
    pub proof: PathBuf,
    #[command(flatten)]
    pub keys: KeyArgs,
}

/// Go on with a desk that was rolled back on purpose; the log keeps who did and why
#[derive(Debug, clap::Args)]
pub struct AcceptArgs {
    /// Why it was rolled back; it stands in the log for good, so name nobody
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

pub fn run(cli: &Cli, command: &AuditCommand) -> Result<Done, Failure> {
    match command {
        AuditCommand::Verify(args) => verify(cli, args),
        AuditCommand::Checkpoint(args) => checkpoint(cli, args),
        AuditCommand::Prove(args) => prove(cli, args),
        AuditCommand::CheckProof(args) => check_proof(cli, args),
        AuditCommand::Export(args) => export(cli, &args.folder),
        AuditCommand::Reads(args) => reads(cli, &args.what),
        AuditCommand::ProveFork(args) => prove_fork(cli, args),
        AuditCommand::CheckFork(args) => check_fork(cli, args),
        AuditCommand::AcceptClock => {
            cli.desk()?.accept_clock()?;
            cli.answer(&json!({ "accepted": true }), |_| {
                "The desk goes on by the clock as it is.\n".to_owned()
            })?;
            Ok(Done::Code(0))
        }
        AuditCommand::AcceptRollback(args) => {
            cli.desk_as_it_is()?.accept_rollback(&args.reason)?;
            cli.answer(&json!({ "accepted": true }), |_| "The desk goes on from here.\n".to_owned())?;
            Ok(Done::Code(0))
        }
    }
}

fn verify(cli: &Cli, args: &VerifyArgs) -> Result<Done, Failure> {
    let notes: Vec<String> =
        args.against.iter().map(|p| super::text_of(p, "checkpoint")).collect::<Result<_, _>>()?;
    let verdict = cli.desk_as_it_is()?.audit_verify(&notes)?;
    let value = json!({
        "ok": verdict.ok,
        "size": verdict.size,
        "root": verdict.root,
        "first_bad": verdict.first_bad,
        "reason": verdict.reason,
    });
    cli.answer(&value, |_| {
        if verdict.ok {
            let word = cli.out.paint(Tone::Good, "✓ the log holds");
            format!("{word}: {}, root {}\n", counted(verdict.size, "leaf"), verdict.root)
        } else {
            let word = cli.out.paint(Tone::Bad, "✗ the log does not hold");
            let at = verdict.first_bad.map(|n| format!(" at leaf {n}")).unwrap_or_default();
            format!("{word}{at}: {}\n", Shown(&verdict.reason.to_string()))
        }
    })?;
    Ok(code(verdict.ok))
}

fn reads(cli: &Cli, what: &str) -> Result<Done, Failure> {
    let looks = cli.desk()?.looks(what)?;
    cli.answer(&json!(looks), |_| {
        let mut table = Table::new(&["when", "who", "what", "ticket", "leaf"], 2);
        for look in looks.looks.iter().chain(&looks.lists) {
            table.push(vec![
                Cell::new(look.at.map(when::minute).unwrap_or_default()),
                Cell::new(Shown(&look.actor).to_string()),
                Cell::new(Shown(&look.act).to_string()),
                Cell::new(look.ticket.map(|n| format!("#{n}")).unwrap_or_default()),
                Cell::number(&look.leaf),
            ]);
        }
        if looks.looks.is_empty() && looks.lists.is_empty() {
            return "Nobody has looked.\n".to_owned();
        }
        table.render(cli.out)
    })?;
    Ok(Done::Code(0))
}

fn checkpoint(cli: &Cli, args: &CheckpointArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let head = desk.audit_checkpoint()?;
    let text = match args.since {
        None => head.note.clone(),
        Some(old) => desk.prove_since(old)?,
    };
    if let Some(path) = &args.qr {
        super::issue::write_qr(path, &head.note).map_err(|e| {
            Failure::state(format!("The QR code cannot be written: {e}.")).at(path.display().to_string())
        })?;
    }
    // The note itself, byte for byte, whatever the format: verifiers read nothing else.
    give(cli, args.out.as_deref(), &text)?;
    cli.note(&format!("verifier key: {}", head.verifier_key));
    Ok(Done::Code(0))
}

fn prove(cli: &Cli, args: &ProveArgs) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    let proven = match (&args.what, args.leaf) {
        (_, Some(leaf)) => desk.prove_leaf(leaf)?,
        (what, None) => desk.prove(what.as_deref().unwrap_or_default())?,
    };
    give(cli, args.out.as_deref(), &proven.text)?;
    let place = args.out.as_ref().map(|path| format!(", written to {}", path.display())).unwrap_or_default();
    cli.note(&format!(
        "leaf {} ({}) of {}{place}; `latchkey audit check-proof` checks it.",
        proven.index,
        proven.act,
        counted(proven.head.size, "leaf"),
    ));
    Ok(Done::Code(0))
}

/// A proof as it is: to the file that was named, else to standard output.
fn give(cli: &Cli, out: Option<&Path>, text: &str) -> Result<(), Failure> {
    match out {
        None => cli.text(text),
        Some(path) => super::write_new(path, text.as_bytes()),
    }
}

fn check_proof(cli: &Cli, args: &CheckProofArgs) -> Result<Done, Failure> {
    let text = super::text_of(&args.proof, "proof")?;
    let mut keys = args.keys.of(cli, &text)?;
    let mut wanted = super::keys::all(&args.witness)?;
    keys.append(&mut wanted.clone());
    let said = proofs::check_proof(&text, &keys);
    let shows = match said {
        Err(e) => return refused(cli, &e.phrase().to_string()),
        Ok(shows) => shows,
    };
    wanted.retain(|key| !shows.witnesses.iter().any(|w| w.by == key.name));
    if let Some(missing) = wanted.first() {
        return refused(cli, &format!("the witness {} has not seen this head", missing.name));
    }
    if let Some(token) = &args.token {
        let token = super::token_of(token)?;
        if !proofs::is_of_token(&shows, &token) {
            return refused(cli, "it is not the proof of this token");
        }
    }
    let leaf: Value = serde_json::from_str(&shows.leaf).unwrap_or_else(|_| json!(shows.leaf));
    let witnesses: Vec<Value> = shows
        .witnesses
        .iter()
        .map(|w| json!({ "by": w.by, "at": Time(i64::try_from(w.at).unwrap_or(i64::MAX)) }))
        .collect();
    let value = json!({
        "ok": true,
        "reason": null,
        "origin": shows.head.origin,
        "size": shows.head.size,
        "root": Base64::encode_string(&shows.head.root),
        "index": shows.index,
        "leaf": leaf,
        "witnesses": witnesses,
    });
    cli.answer(&value, |_| {
        let word = cli.out.paint(Tone::Good, "✓ it stands in the log");
        let by: Vec<&str> = shows.witnesses.iter().map(|w| w.by.as_str()).collect();
        let by = if by.is_empty() { String::new() } else { format!(", seen by {}", by.join(", ")) };
        format!(
            "{word} {}: leaf {} of {}{by}\n  {}\n",
            shows.head.origin,
            shows.index,
            shows.head.size,
            Shown(&shows.leaf)
        )
    })?;
    Ok(Done::Code(0))
}

fn refused(cli: &Cli, why: &str) -> Result<Done, Failure> {
    cli.answer(&json!({ "ok": false, "reason": why }), |_| {
        format!("{}: {}\n", cli.out.paint(Tone::Bad, "✗ it proves nothing"), Shown(why))
    })?;
    Ok(code(false))
}

fn export(cli: &Cli, folder: &Path) -> Result<Done, Failure> {
    let done = cli.desk()?.export_log(folder)?;
    let mut value = serde_json::to_value(&done).map_err(|e| Failure::internal(e.to_string()))?;
    value["folder"] = json!(folder.display().to_string());
    cli.answer(&value, |_| {
        let new = counted(done.size - done.before, "new leaf");
        format!(
            "{} holds the log up to {}: {new}, {} written.\n",
            Shown(&folder.display().to_string()),
            counted(done.size, "leaf"),
            counted(done.files, "file")
        )
    })?;
    Ok(Done::Code(0))
}

fn prove_fork(cli: &Cli, args: &ProveForkArgs) -> Result<Done, Failure> {
    let notes = [super::text_of(&args.one, "checkpoint")?, super::text_of(&args.two, "checkpoint")?];
    let (proof, found) = match (&args.tiles, args.keys.are_given()) {
        (None, false) => cli.desk_as_it_is()?.prove_fork(notes)?,
        (tiles, _) => {
            let keys = args.keys.of(cli, &notes[0])?;
            let leaves = tiles.as_ref().map(|dir| open_folder(dir, &keys)).transpose()?;
            proofs::fork(notes, &keys, &leaves.map(|(_, _, leaves)| leaves).unwrap_or_default())?
        }
    };
    give(cli, args.out.as_deref(), &proof.to_text())?;
    cli.note(&told(&found));
    Ok(Done::Code(0))
}

fn told(fork: &crate::audit::Fork) -> String {
    format!(
        "{} signed two logs: of {}, one head has root {} and the other {}.",
        fork.old.origin,
        counted(fork.old.size, "leaf"),
        Base64::encode_string(&fork.old.root),
        Base64::encode_string(&fork.instead)
    )
}

fn check_fork(cli: &Cli, args: &CheckForkArgs) -> Result<Done, Failure> {
    let text = super::text_of(&args.proof, "fork proof")?;
    let keys = args.keys.of(cli, &text)?;
    let fork = match proofs::check_fork(&text, &keys) {
        Ok(fork) => fork,
        Err(e) => return refused(cli, &e.phrase().to_string()),
    };
    let root = |hash: &crate::audit::Hash| Base64::encode_string(hash);
    let value = json!({
        "ok": true,
        "reason": null,
        "origin": fork.old.origin,
        "sizes": [fork.old.size, fork.new.size],
        "roots": [root(&fork.old.root), root(&fork.instead)],
    });
    cli.answer(&value, |_| {
        format!("{}: {}\n", cli.out.paint(Tone::Bad, "✓ a fork is proven"), Shown(&told(&fork)))
    })?;
    Ok(Done::Code(0))
}

fn code(ok: bool) -> Done {
    Done::Code(if ok { 0 } else { Kind::Verification.exit_code() })
}

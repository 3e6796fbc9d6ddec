//! One file a command, or a small family of them: its arguments, whose doc comments are its help, and the
//! call of its use-case.

pub mod agents;
pub mod audit;
pub mod backup;
pub mod centres;
pub mod code;
pub mod completions;
pub mod config;
pub mod decide;
pub mod demo;
pub mod doctor;
pub mod erase;
pub mod evidence;
pub mod export;
pub mod facts;
pub mod import;
pub mod init;
pub mod issue;
pub mod keys;
pub mod keyset;
pub mod links;
pub mod lookup;
pub mod mail;
pub mod outbox;
pub mod policy;
pub mod prune;
pub mod registry;
pub mod reply;
pub mod report;
pub mod search;
pub mod show;
pub mod tickets;
pub mod verify;
pub mod witness;
pub mod work;

use std::io::Read as _;
use std::path::Path;

use super::Done;
use super::args::Command;
use super::output::{Cli, io_words};
use crate::desk::Failure;

/// No text that a command reads whole is longer.
const MOST_TEXT: u64 = 16 * 1024 * 1024;

/// Carries a command out.
pub fn run(cli: &Cli, command: Command) -> Result<Done, Failure> {
    match command {
        Command::Init(args) => init::run(cli, &args),
        Command::Demo(args) => demo::run(cli, &args),
        Command::Import(args) => import::run(cli, &args),
        Command::Lookup(args) => lookup::run(cli, &args),
        Command::Search(args) => search::run(cli, &args),
        Command::Links(args) => links::run(cli, &args),
        Command::Export(args) => export::run(cli, &args),
        Command::Doctor(args) => doctor::run(cli, &args),
        Command::Prune(args) => prune::run(cli, &args),
        Command::Erase(args) => erase::run(cli, &args),
        Command::Registry(command) => registry::run(cli, &command),
        Command::Tickets(args) => tickets::run(cli, &args),
        Command::Show(args) => show::run(cli, &args),
        Command::New(args) => work::new(cli, &args),
        Command::Note(args) => work::note(cli, &args),
        Command::Take(args) => work::take(cli, &args),
        Command::Release(args) => work::release(cli, &args),
        Command::Wait(args) => work::wait(cli, &args),
        Command::Evidence(command) => evidence::run(cli, &command),
        Command::Facts(args) => facts::run(cli, &args),
        Command::Mail(command) => mail::run(cli, &command),
        Command::Merge(args) => work::merge(cli, &args),
        Command::Close(args) => work::close(cli, &args),
        Command::Reopen(args) => work::reopen(cli, &args),
        Command::Undo(args) => work::undo(cli, &args),
        Command::Code(command) => code::run(cli, &command),
        Command::Check(args) => work::check(cli, &args),
        Command::Decide(args) => decide::decide(cli, &args),
        Command::Approve(args) => decide::approve(cli, &args),
        Command::SendBack(args) => decide::send_back(cli, &args),
        Command::Object(args) => decide::object(cli, &args),
        Command::Clear(args) => decide::clear(cli, &args),
        Command::Notice(command) => decide::notice(cli, &command),
        Command::Issue(args) => issue::issue(cli, &args),
        Command::Verify(args) => verify::run(cli, &args),
        Command::Redeem(args) => issue::redeem(cli, &args),
        Command::Revoke(args) => issue::revoke(cli, &args),
        Command::Authorizations(args) => issue::authorizations(cli, &args),
        Command::Keyset(command) => keyset::run(cli, &command),
        Command::Revocations(command) => issue::revocations(cli, &command),
        Command::Outbox(command) => outbox::run(cli, &command),
        Command::Reply(args) => reply::reply(cli, &args),
        Command::Letters(command) => reply::letters(cli, &command),
        Command::Policy(command) => policy::run(cli, &command),
        Command::Audit(command) => audit::run(cli, &command),
        Command::Backup(args) => backup::run(cli, &args),
        Command::Restore(args) => backup::restore(cli, &args),
        Command::Centres(command) => centres::centres(cli, &command),
        Command::Speak(args) => centres::speak(cli, &args),
        Command::Centre(args) => centres::centre(cli, &args),
        Command::Witness(args) => witness::run(cli, &args),
        Command::Report(args) => report::run(cli, &args),
        Command::Agents(command) => agents::run(cli, &command),
        Command::Config(command) => config::run(cli, &command),
        Command::Completions(args) => completions::completions(cli, &args),
        Command::Man(args) => completions::man(cli, &args),
    }
}

/// The text of a file that a person named; `-` is standard input. `what` says what it should hold.
fn text_of(path: &Path, what: &str) -> Result<String, Failure> {
    let standard = path.as_os_str() == "-";
    let place = if standard { "standard input".to_owned() } else { path.display().to_string() };
    let fail = |e: std::io::Error| {
        Failure::state(format!("The {what} cannot be read: {}.", io_words(&e)))
            .at(place.clone())
            .hint("Check the name and the folder you are in.")
    };
    let reader: Box<dyn std::io::Read> = if standard {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(fail)?)
    };
    let mut text = String::new();
    reader.take(MOST_TEXT).read_to_string(&mut text).map_err(fail)?;
    Ok(text)
}

/// Writes a file that is not there yet: whole, or not at all.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let done = || {
        let mut file = tempfile::Builder::new()
            .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
            .tempfile_in(folder)?;
        std::io::Write::write_all(&mut file, bytes)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map_err(|e| e.error)?;
        std::fs::File::open(folder)?.sync_all()
    };
    done().map_err(|e| {
        Failure::state(format!("The file cannot be written: {}.", io_words(&e)))
            .at(path.display().to_string())
    })
}

/// A token as a person gives it: the text itself, a file that holds it, or `-`.
fn token_of(given: &str) -> Result<String, Failure> {
    let path = Path::new(given);
    let text = if given == "-" || path.is_file() { text_of(path, "token")? } else { given.to_owned() };
    Ok(text.trim().to_owned())
}

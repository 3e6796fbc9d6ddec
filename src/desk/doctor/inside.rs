//! The open desk: log, evidence, keys, clock, outbox, and what was begun and not finished.

use super::Problem;
use crate::desk::folders::inside;
use crate::desk::{Desk, Failure, sweep};
use crate::domain::{ContactKind, Time};
use crate::store::desk::{journal, outbox};
use crate::words::Phrase;

/// Seconds that clocks may differ.
const SKEW: i64 = 120;
/// A message that should have been tried so long ago is stuck, in seconds.
const STUCK: i64 = 3600;
/// Days before its end in which a key is named.
const SOON: i64 = 14;
/// Harmed items that are named one by one.
const MOST_NAMED: usize = 20;
/// How the name of a file ends that the log is owed.
const OWED: &str = ".looked";

pub(super) fn look(desk: &mut Desk, fix: bool, problems: &mut Vec<Problem>) {
    let place = desk.folder.path().display().to_string();
    keys(desk, problems);
    files(desk, problems);
    owed(desk, problems);
    // What stops one look is a problem itself, and the others are taken.
    let looks = [
        log(desk, &place, problems),
        clock(desk, &place, problems),
        evidence(desk, fix, problems),
        messages(desk, &place, problems),
        erasing(desk, fix, problems),
    ];
    for failure in looks.into_iter().filter_map(Result::err) {
        problems.push(Problem::of("desk", desk.folder.path(), &failure));
    }
}

fn erasing(desk: &mut Desk, fix: bool, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    if desk.owes_erasing()? {
        let mut problem = Problem::new(
            "erasing",
            desk.folder.desk_db().display().to_string(),
            "an erasure is not finished",
            "old pages of the database, files or the search may still hold what was erased",
            "`latchkey doctor --fix`, when nobody else works here.",
        );
        problem.fixed = fix && desk.finish_erasing(false)?;
        problems.push(problem);
    }
    Ok(())
}

fn log(desk: &mut Desk, place: &str, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    if let Some(why) = desk.rolled_back() {
        problems.push(Problem::new(
            "rollback",
            place,
            why.to_string(),
            "acts that were seen are not there: an older copy was put in the place of the desk, or the log was rewritten",
            "Find out who did it; after a restore on purpose `latchkey audit accept-rollback --reason TEXT`.",
        ));
        return Ok(());
    }
    let verdict = desk.verify_but_indexes()?;
    if matches!(verdict.reason, Phrase::Said("chain-registry", _)) {
        problems.push(Problem::new(
            "lists",
            format!("{place}/registry.db"),
            verdict.reason.to_string(),
            "nothing is granted by them",
            "Find out who did it. Then move the file away, `latchkey doctor --fix` and import all lists; or `latchkey registry seal`.",
        ));
    } else if !verdict.ok {
        let at = verdict.first_bad.map(|n| format!(" at leaf {n}")).unwrap_or_default();
        problems.push(Problem::new(
            "log",
            format!("{place}/desk.db"),
            format!("the log does not hold{at}: {}", verdict.reason),
            "somebody changed the database by hand",
            "Keep a copy for whoever investigates, and restore the last backup.",
        ));
    }
    Ok(())
}

fn clock(desk: &Desk, place: &str, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    let last = journal::newest(desk.db(), 1)?;
    let leaf = last.first().and_then(|(_, line)| serde_json::from_str::<serde_json::Value>(line).ok());
    let at = leaf.and_then(|leaf| Time::parse(leaf["at"].as_str()?).ok());
    if let Some(at) = at.filter(|at| at.0 > desk.now().0 + SKEW) {
        problems.push(Problem::new(
            "clock",
            place,
            format!("the clock says {}, and the last leaf was written at {at}", desk.now()),
            "cool-downs, codes and authorizations go by the clock",
            "Set the machine's clock; if it was wrong before, `latchkey audit accept-clock`.",
        ));
    }
    Ok(())
}

fn files(desk: &Desk, problems: &mut Vec<Problem>) {
    for which in desk.unaccepted().unwrap_or_default() {
        problems.push(Problem::new(
            "accepted",
            desk.folder.path().join(which.file()).display().to_string(),
            "the file is not as a custodian accepted it last",
            "nothing is granted and nothing carried until it is",
            format!(
                "Look at the file; then a custodian runs `latchkey {}`, or puts the old one back.",
                which.command()
            ),
        ));
    }
}

fn keys(desk: &Desk, problems: &mut Vec<Problem>) {
    let (now, folder) = (desk.now(), desk.folder.keys());
    let own = desk.agent().ok();
    for agent in desk.keyset.claims().agents.iter().filter(|a| !a.disabled) {
        let place = folder.join(format!("{}.pem", agent.name));
        let place = place.display().to_string();
        let next =
            format!("A custodian gives {} a new key: `latchkey agents add {}`.", agent.name, agent.name);
        if agent.exp <= now.0 {
            let what = format!("the key of {} ended on {}", agent.name, Time(agent.exp));
            let why = "nothing it signs is believed any more";
            problems.push(Problem::new("key", place, what, why, next));
        } else if Time(agent.exp) < now.plus_days(SOON) {
            let what = format!("the key of {} ends on {}", agent.name, Time(agent.exp));
            problems.push(Problem::new("key", place, what, "then they can sign nothing", next));
        } else if own.as_ref() == Some(&agent.name) && !desk.folder.key(&agent.name).exists() {
            let what = format!("the key of {} is not here", agent.name);
            let why = "they can look and sign nothing";
            let next = "Put the file back from where you keep it apart, or ask a custodian for a new key.";
            problems.push(Problem::new("key", place, what, why, next));
        }
    }
    for path in desk.damaged_heads() {
        problems.push(Problem::new(
            "head",
            path.display().to_string(),
            "the last head that was seen cannot be read",
            "an older copy in the place of the desk would not be noticed",
            "`latchkey audit verify --against` a checkpoint kept elsewhere, then remove the file: it is written anew.",
        ));
    }
}

fn evidence(desk: &mut Desk, fix: bool, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    let verdict = desk.verify_evidence(&mut |_| true)?;
    let folder = desk.folder.attachments();
    for harmed in verdict.harmed.iter().take(MOST_NAMED) {
        let part = harmed.sha256.get(..2).unwrap_or("00");
        let item = harmed.evidence.map(|e| format!("item {e} of ")).unwrap_or_default();
        let harm = format!("{:?}", harmed.harm).to_lowercase();
        problems.push(Problem::new(
            "evidence",
            folder.join(part).join(&harmed.sha256).display().to_string(),
            format!("the file of {item}ticket {} is {harm}", harmed.ticket),
            "what was decided by it cannot be shown any more",
            "Bring the file back from a backup: its name is its content's digest.",
        ));
    }
    if verdict.harmed.len() > MOST_NAMED {
        let what = format!("{} more items have harmed files", verdict.harmed_items - MOST_NAMED as u64);
        let next = "`latchkey evidence verify` names them.";
        problems.push(Problem::new("evidence", folder.display().to_string(), what, "as above", next));
    }
    let strays = sweep::strays(&desk.folder, &sweep::named(desk.db())?, false)?;
    if !strays.is_empty() {
        let mut problem = Problem::new(
            "strays",
            folder.display().to_string(),
            format!("{} files that no evidence names", strays.len()),
            "an import was cut off, or a case was emptied; they may be personal",
            "`latchkey doctor --fix`, or `latchkey prune`.",
        );
        problem.fixed = fix && desk.sweep_files(None)? == strays.len() as u64;
        problems.push(problem);
    }
    Ok(())
}

fn messages(desk: &Desk, place: &str, problems: &mut Vec<Problem>) -> Result<(), Failure> {
    let (waiting, failed) = outbox::counts(desk.db())?;
    let place = format!("{place}/desk.db");
    if failed > 0 {
        problems.push(Problem::new(
            "outbox",
            place.clone(),
            format!("{failed} messages have failed"),
            "customers and owners were not told",
            "`latchkey outbox list --state failed` says why; then `outbox retry` or `outbox drop`.",
        ));
    }
    let stuck = outbox::next_due(desk.db())?.is_some_and(|due| due.0 + STUCK < desk.now().0);
    if waiting > 0 && stuck {
        problems.push(Problem::new(
            "outbox",
            place,
            format!("{waiting} messages wait, the first for over an hour"),
            "nothing carries them: the cool-down begins only when the owner's message has left",
            "`latchkey outbox run` from cron or a timer.",
        ));
    }
    let none = !desk.rehearsal && desk.config.dispatch.way(ContactKind::Email).is_none();
    if none && waiting > 0 {
        problems.push(Problem::new(
            "dispatch",
            desk.folder.config().display().to_string(),
            "no way out is set for messages",
            "codes and owner notices cannot leave the house",
            "Set [dispatch]: `latchkey config template`.",
        ));
    }
    Ok(())
}

/// What the log is owed of lookups and readings for more than a day: their reader has not been back.
fn owed(desk: &Desk, problems: &mut Vec<Problem>) {
    // What cannot be looked into was said of the folder.
    for own in inside(&desk.folder.drafts()).unwrap_or_default() {
        let files = inside(&own.path()).unwrap_or_default().into_iter();
        let files = files.filter(|f| f.file_name().to_string_lossy().ends_with(OWED));
        let old = |f: &std::fs::DirEntry| {
            let made = f.metadata().and_then(|m| m.modified()).ok();
            made.and_then(|m| m.elapsed().ok()).is_some_and(|age| age.as_secs() > 86_400)
        };
        let count = files.filter(old).count();
        if count > 0 {
            problems.push(Problem::new(
                "owed",
                own.path().display().to_string(),
                format!("{count} readings are not in the log yet"),
                "who looked at what is not complete",
                "Their reader opens the screens once.",
            ));
        }
    }
}

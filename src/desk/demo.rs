//! The demonstration: a rehearsal desk filled from the shipped fixtures, and one case played from its
//! evidence to its redemption.

use std::path::{Path, PathBuf};

use super::import::ImportOptions;
use super::show::Privacy;
use super::verify::Verify;
use super::{Desk, Failure, Folder, Options, init};
use crate::domain::{Channel, List, Recommendation, Time};
use crate::env::Env;

/// The shipped lists, in the order in which they are imported.
const LISTS: &[(List, &str)] = &[
    (List::Tacs, include_str!("../../fixtures/registry/tacs.csv")),
    (List::Devices, include_str!("../../fixtures/registry/devices.csv")),
    (List::Accounts, include_str!("../../fixtures/registry/accounts.csv")),
    (List::Contacts, include_str!("../../fixtures/registry/contacts.csv")),
    (List::Bindings, include_str!("../../fixtures/registry/bindings.csv")),
    (List::Sightings, include_str!("../../fixtures/registry/sightings.csv")),
    (List::SimChanges, include_str!("../../fixtures/registry/sim-changes.csv")),
    (List::Sales, include_str!("../../fixtures/registry/sales.csv")),
    (List::Repairs, include_str!("../../fixtures/registry/repairs.csv")),
    (List::Notices, include_str!("../../fixtures/registry/notices.csv")),
];
const CASES: &str = include_str!("../../fixtures/cases.csv");
const BOX_PHOTO: &[u8] = include_bytes!("../../fixtures/photos/box-r02.png");

/// 2026-11-20T09:00:00Z: the morning on which the shipped cases are worked.
pub const PRESENT: Time = Time(1_795_165_200);

/// One step of the play: what was done, and what came of it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Step {
    /// Who acted.
    pub agent: &'static str,
    /// The command line that does the same, without the program's name.
    pub command: String,
    /// What came of it, in whole sentences.
    pub came: String,
}

/// The present of a demonstration: `LATCHKEY_NOW` where it is set, else the fixtures' own.
pub fn present() -> Time {
    Env::rehearsal_now().unwrap_or(PRESENT)
}

/// Opens a demonstration desk as somebody, at some moment.
pub fn open(folder: &Path, agent: &str, now: Time) -> Result<Desk, Failure> {
    Desk::open(options(folder, agent, now))
}

fn options(folder: &Path, agent: &str, now: Time) -> Options {
    Options {
        folder: Folder::new(folder),
        agent: Some(agent.to_owned()),
        readonly: false,
        env: Env::fixed(now),
        ask_passphrase: Box::new(|_| Err(Failure::fault("A rehearsal asks for no passphrase."))),
    }
}

/// Makes a rehearsal desk in `folder` and fills it. Returns how many cases it holds.
pub fn fill(folder: &Path, now: Time) -> Result<u64, Failure> {
    drop(init::init(options(folder, "clara", now), true)?);
    let fixtures = folder.join("fixtures");
    let write = |name: &str, bytes: &[u8]| -> Result<PathBuf, Failure> {
        let path = fixtures.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|e| unwritten(&path, &e))?;
        }
        std::fs::write(&path, bytes).map_err(|e| unwritten(&path, &e))?;
        Ok(path)
    };
    let mut clara = open(folder, "clara", now)?;
    for (list, text) in LISTS {
        let path = write(&format!("{list}.csv"), text.as_bytes())?;
        clara.import_list(*list, &path, &ImportOptions::default(), &mut |_| true)?;
    }
    write("photos/box-r02.png", BOX_PHOTO)?;
    let cases = write("cases.csv", CASES.as_bytes())?;
    let summary = clara.import_cases(&cases, &ImportOptions::default(), &mut |_| true)?;
    Ok(summary.imported)
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::state(format!("A fixture cannot be written: {error}.")).at(path.display().to_string())
}

/// Plays the case `R-01` from evidence to redemption, and the first half of `R-02`, which takes two people.
pub fn play(folder: &Path, now: Time) -> Result<Vec<Step>, Failure> {
    let mut play = Play { folder, now, steps: Vec::new() };
    play.alone()?;
    play.together()?;
    Ok(play.steps)
}

struct Play<'a> {
    folder: &'a Path,
    now: Time,
    steps: Vec<Step>,
}

impl Play<'_> {
    fn desk(&self, agent: &str) -> Result<Desk, Failure> {
        open(self.folder, agent, self.now)
    }

    fn step(&mut self, agent: &'static str, command: &str, came: impl Into<String>) {
        self.steps.push(Step { agent, command: command.to_owned(), came: came.into() });
    }

    /// One agent: a receipt that the retailer confirms, and the number that was in the phone.
    fn alone(&mut self) -> Result<(), Failure> {
        let mut anna = self.desk("anna")?;
        let ticket = anna.show("R-01", Privacy::Work)?;
        let missing: Vec<String> = sets(&ticket["missing"]);
        self.step(
            "anna",
            "show R-01",
            format!(
                "The retailer's feed has the receipt and it names this device: purchase is proven. Recommendation: {}; missing is {}.",
                word(&ticket),
                missing.join(", or ")
            ),
        );
        let sent = anna.send_code("R-01", Channel::Sim, None)?;
        let code = sent.code.unwrap_or_default();
        self.step(
            "anna",
            "code send R-01 sim",
            format!("A code goes to {}, the number seen in the phone for almost two years. (A rehearsal sends nothing; it is {code}.)", sent.to),
        );
        let back = anna.confirm_code("R-01", Channel::Sim, &code)?;
        self.step(
            "anna",
            &format!("code confirm R-01 sim {code}"),
            format!(
                "The caller read it back: the SIM is proven too. Recommendation: {}.",
                back.recommendation
            ),
        );
        anna.decide("R-01", Recommendation::Approve, None, false)?;
        self.step(
            "anna",
            "decide R-01 approve",
            "Purchase and SIM suffice for one agent to unbind a device. Anna's key signed the decision.",
        );
        let issued = anna.issue("R-01", None, None)?;
        self.step(
            "anna",
            "issue R-01",
            format!(
                "Signed: {} on {}, good for 7 days, id {}. The owner's verified contacts are told.",
                issued.op, issued.sub, issued.jti
            ),
        );
        let verdict = anna.verify(&Verify { token: issued.token.clone(), ..Verify::default() })?;
        if !verdict.valid {
            return Err(Failure::fault(format_args!(
                "The demonstration's token does not hold: {}.",
                verdict.reason
            )));
        }
        self.step("anna", "verify TOKEN", "The service centre checks it with the keyset alone: it is valid.");
        let redeemed = anna.redeem(&issued.token)?;
        self.step(
            "anna",
            "redeem TOKEN",
            format!("Used once: {}. The ticket is closed.", redeemed.applied.join(", ")),
        );
        let again = anna.redeem(&issued.token);
        let said = again.map_or_else(|f| f.what.to_string(), |_| "It was used twice.".to_owned());
        self.step("anna", "redeem TOKEN", format!("A second time is refused: {said}"));
        Ok(())
    }

    /// Two people: a receipt and a picture of the box, the owner told, and time to object.
    fn together(&mut self) -> Result<(), Failure> {
        let mut anna = self.desk("anna")?;
        let ticket = anna.show("R-02", Privacy::Work)?;
        self.step(
            "anna",
            "show R-02",
            format!(
                "A receipt and a picture of the box, but nobody on the phone's own number. Recommendation: {}.",
                word(&ticket)
            ),
        );
        anna.decide("R-02", Recommendation::ApproveSecond, None, false)?;
        self.step(
            "anna",
            "decide R-02 approve-second",
            "The first yes. The owner is told and has 72 hours to object.",
        );
        self.desk("boris")?.approve("R-02", true)?;
        self.step(
            "boris",
            "approve R-02 --saw-number",
            "The second yes, by somebody who touched none of the evidence and read the number on the box.",
        );
        let early = self.desk("anna")?.issue("R-02", None, None);
        let said = early.map_or_else(|f| f.what.to_string(), |_| "It was issued too early.".to_owned());
        self.step("anna", "issue R-02", format!("Not yet: {said}"));
        Ok(())
    }
}

fn word(ticket: &serde_json::Value) -> String {
    ticket["recommendation"].as_str().unwrap_or_default().to_owned()
}

/// Sets of proofs in words.
fn sets(missing: &serde_json::Value) -> Vec<String> {
    let set = |s: &serde_json::Value| {
        let proofs = s.as_array().map(Vec::as_slice).unwrap_or_default();
        proofs.iter().filter_map(|p| p.as_str()).collect::<Vec<_>>().join(" and ")
    };
    missing.as_array().map(|sets| sets.iter().map(set).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_is_the_fixtures_morning() {
        assert_eq!(PRESENT.to_string(), "2026-11-20T09:00:00Z");
    }
}

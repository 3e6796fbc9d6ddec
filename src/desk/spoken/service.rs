//! The service centre's side: it has a file with its secret, and no desk. It asks with a challenge for a device, and
//! takes the code that it is told: three tries a challenge, each written down before the code is looked at, so that
//! neither a restart nor a kill gives one back; what was accepted is written down before anybody hears of it.
//!
//! A day is a day of UTC. A code counts on its own day and on the next, so that midnight parts nobody from a phone in
//! the other time zone; a clock that is up to two minutes slow may hear of tomorrow already.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use subtle::{Choice, ConstantTimeEq as _};

use super::{number, slip};
use crate::authority::{CentreSecret, SKEW, SPOKEN_OPS, Told, random, read_secret, spoken_device};
use crate::desk::tiles::io;
use crate::desk::{Failure, turn};
use crate::domain::{Day, Imei, Op, Serial, Shown, Slip, Spoken, Time};

/// Wrong codes after which a challenge is dead.
pub const TRIES: u32 = 3;
/// Days after which nothing is known of a challenge any more.
const KEPT_DAYS: i64 = 90;

/// The file that `centres add` writes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretFile {
    latchkey_centre: u32,
    desk: String,
    centre: String,
    #[serde(default)]
    rehearsal: bool,
    #[serde(default)]
    id: Option<String>,
    secret: String,
}

/// A service centre with its secret.
pub struct Service {
    secret: CentreSecret,
    desk: String,
    /// Its name.
    pub centre: String,
    /// Its desk is a rehearsal: what it is told opens nothing real.
    pub rehearsal: bool,
    folder: PathBuf,
}

/// A challenge and what came of it, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    challenge: String,
    device: String,
    made_at: i64,
    tries: u32,
    accepted: Option<Accepted>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    op: Op,
    day: String,
    at: i64,
}

/// Where a challenge stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Challenge {
    /// As it is read out.
    pub challenge: String,
    /// `open`, `accepted`, `dead` (three wrong codes) or `over` (its days are).
    pub state: &'static str,
    /// The device.
    pub device: String,
    /// When it was made.
    pub made_at: Time,
    /// How many codes may still be tried.
    pub tries_left: u32,
    /// What may be done, once a code was accepted.
    pub op: Option<Op>,
    /// When a code was accepted.
    pub accepted_at: Option<Time>,
    /// What is read back to the desk once a code was accepted.
    pub acceptance: Option<String>,
}

/// What comes of a code.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Whether the device may be worked on.
    pub accepted: bool,
    /// Which rule it fails: `form`, `check`, `code`, `tries`, `used`, `over`.
    pub rule: Option<&'static str>,
    /// Why, in words.
    pub reason: String,
    /// The challenge as it stands now.
    #[serde(flatten)]
    pub challenge: Challenge,
}

impl Service {
    /// The centre of a secret's file; what it keeps lies in `folder`, by the secret.
    pub fn open(file: &Path, folder: &Path) -> Result<Self, Failure> {
        let text = read_secret(file).map_err(|e| Failure::state(e.phrase()))?;
        let damaged = |why: String| {
            Failure::state(format!("This is no secret of a service centre: {why}."))
                .at(file.display().to_string())
                .hint("The desk's custodian makes one: `latchkey centres add NAME --out FILE`.")
        };
        let read: SecretFile =
            serde_json::from_str(&text).map_err(|e| damaged(Shown(&e.to_string()).to_string()))?;
        if read.latchkey_centre != 1 {
            return Err(damaged("it was written for another version of this program".to_owned()));
        }
        let lined = |text: &String| text.is_empty() || text.contains(char::is_control);
        if lined(&read.desk) || lined(&read.centre) {
            return Err(damaged("`desk` and `centre` are names of one line".to_owned()));
        }
        let secret = CentreSecret::from_text(&read.secret)
            .ok_or_else(|| damaged("`secret` is 32 bytes in unpadded base64url".to_owned()))?;
        if read.id.is_some_and(|id| id != secret.id()) {
            return Err(damaged("`secret` and `id` do not belong together".to_owned()));
        }
        let folder = folder.join(secret.id());
        Ok(Self { secret, desk: read.desk, centre: read.centre, rehearsal: read.rehearsal, folder })
    }

    /// A new challenge for a device: an IMEI in any form, or a serial.
    pub fn challenge(&self, device: &str, now: Time) -> Result<Challenge, Failure> {
        let device = device_of(device)?;
        let _turn = self.turn()?;
        self.tidy(now)?;
        let drawn = random().map_err(|e| Failure::internal(e.phrase()))?;
        let challenge = self.secret.challenge(&device, drawn);
        let kept = Kept { challenge: challenge.digits(), device, made_at: now.0, tries: 0, accepted: None };
        // Drawn a second time, its tries would be given back: once in 2^40.
        if self.file(challenge).exists() {
            return Err(Failure::fault("The same challenge was drawn twice."));
        }
        self.put(challenge, &kept)?;
        Ok(self.shown(challenge, &kept, now))
    }

    /// Takes the code that the desk reads out, or says why not.
    pub fn check(&self, challenge: &str, code: &str, now: Time) -> Result<Answer, Failure> {
        let challenge = Spoken::parse(challenge).map_err(|e| {
            Failure::usage(format!("The challenge was mistyped: {}.", slip(e)))
                .hint("`latchkey centre list` lists the challenges of this centre.")
        })?;
        let _turn = self.turn()?;
        let mut kept = self.get(challenge)?;
        let answer = |kept: &Kept, rule: Option<&'static str>, reason: String| Answer {
            accepted: rule.is_none(),
            rule,
            reason,
            challenge: self.shown(challenge, kept, now),
        };
        // A code that was misheard tries nothing: its check symbol says so by itself.
        let code = match Spoken::parse(code) {
            Ok(code) => code,
            Err(e) => {
                let rule = if matches!(e, Slip::One | Slip::Swap(_)) { "check" } else { "form" };
                return Ok(answer(&kept, Some(rule), format!("{}; no try was taken", slip(e))));
            }
        };
        if let Some(accepted) = &kept.accepted {
            let reason = format!("a code was taken for this challenge at {}", Time(accepted.at));
            return Ok(answer(&kept, Some("used"), reason));
        }
        if kept.tries >= TRIES {
            return Ok(answer(
                &kept,
                Some("tries"),
                "three wrong codes were tried; make a new challenge".to_owned(),
            ));
        }
        self.clock(kept.made_at, now)?;
        if is_over(&kept, now) {
            return Ok(answer(
                &kept,
                Some("over"),
                "the challenge is of an earlier day; make a new one".to_owned(),
            ));
        }
        kept.tries += 1;
        self.put(challenge, &kept)?;
        match self.find(challenge, &kept.device, code, now) {
            None => {
                let reason = match TRIES - kept.tries {
                    0 => "the code is wrong, and it was the last try; make a new challenge".to_owned(),
                    1 => "the code is wrong; one try is left".to_owned(),
                    left => format!("the code is wrong; {left} tries are left"),
                };
                Ok(answer(&kept, Some("code"), reason))
            }
            Some((op, day)) => {
                kept.accepted = Some(Accepted { op, day: day.to_string(), at: now.0 });
                self.put(challenge, &kept)?;
                Ok(answer(&kept, None, "the code is right".to_owned()))
            }
        }
    }

    /// Every challenge that is still known, newest first.
    pub fn list(&self, now: Time) -> Result<Vec<Challenge>, Failure> {
        let mut all: Vec<(Spoken, Kept)> = self.all()?;
        all.sort_by_key(|(challenge, kept)| (std::cmp::Reverse(kept.made_at), *challenge));
        Ok(all.iter().map(|(challenge, kept)| self.shown(*challenge, kept, now)).collect())
    }

    /// What a code allows, if it is right. Every answer that there may be is worked out and compared in full.
    fn find(&self, challenge: Spoken, device: &str, code: Spoken, now: Time) -> Option<(Op, Day)> {
        let mut found = None;
        for day in days(now) {
            for op in SPOKEN_OPS {
                let told = self.told(challenge, device, op, day);
                let fits: Choice = self.secret.code(&told).number().ct_eq(&code.number());
                if bool::from(fits) {
                    found = Some((op, day));
                }
            }
        }
        found
    }

    fn told<'a>(&'a self, challenge: Spoken, device: &'a str, op: Op, day: Day) -> Told<'a> {
        Told { desk: &self.desk, centre: &self.centre, device, op, challenge, day }
    }

    fn shown(&self, challenge: Spoken, kept: &Kept, now: Time) -> Challenge {
        let acceptance = kept.accepted.as_ref().and_then(|a| {
            let told = self.told(challenge, &kept.device, a.op, Day::parse(&a.day).ok()?);
            Some(self.secret.acceptance(&told).to_string())
        });
        Challenge {
            challenge: challenge.to_string(),
            state: match () {
                () if kept.accepted.is_some() => "accepted",
                () if kept.tries >= TRIES => "dead",
                () if is_over(kept, now) => "over",
                () => "open",
            },
            device: kept.device.clone(),
            made_at: Time(kept.made_at),
            tries_left: TRIES.saturating_sub(kept.tries),
            op: kept.accepted.as_ref().map(|a| a.op),
            accepted_at: kept.accepted.as_ref().map(|a| Time(a.at)),
            acceptance,
        }
    }

    /// A clock that was set back would make old codes new.
    fn clock(&self, made_at: i64, now: Time) -> Result<(), Failure> {
        let newest = self.all()?.iter().map(|(_, kept)| kept.last()).max().unwrap_or(made_at);
        if now.0 < newest.saturating_sub(SKEW) {
            return Err(Failure::refused(format!(
                "The clock of this computer was set back: it says {now}, and was {} before.",
                Time(newest)
            ))
            .hint("Set the clock right. No try was taken."));
        }
        Ok(())
    }

    fn challenges(&self) -> PathBuf {
        self.folder.join("challenges")
    }

    fn file(&self, challenge: Spoken) -> PathBuf {
        // Without the check symbol: some of those are no name for a file.
        self.challenges().join(format!("{}.json", challenge.digits()))
    }

    fn get(&self, challenge: Spoken) -> Result<Kept, Failure> {
        let path = self.file(challenge);
        let text = std::fs::read_to_string(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => {
                Failure::state(format!("No challenge {challenge} was made here."))
                    .hint("`latchkey centre list` lists the challenges of this centre.")
            }
            _ => io(&path, &e),
        })?;
        read(&text).filter(|kept| kept.challenge == challenge.digits()).ok_or_else(|| damaged(&path))
    }

    fn all(&self) -> Result<Vec<(Spoken, Kept)>, Failure> {
        let folder = self.challenges();
        let mut all = Vec::new();
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(all),
            Err(e) => return Err(io(&folder, &e)),
        };
        for entry in entries {
            let path = entry.map_err(|e| io(&folder, &e))?.path();
            if path.extension().is_some_and(|e| e == "json") {
                let text = std::fs::read_to_string(&path).map_err(|e| io(&path, &e))?;
                let kept = read(&text).ok_or_else(|| damaged(&path))?;
                all.push((number(&kept.challenge).ok_or_else(|| damaged(&path))?, kept));
            }
        }
        Ok(all)
    }

    /// Forgets what was over long ago: it names devices.
    fn tidy(&self, now: Time) -> Result<(), Failure> {
        for (challenge, kept) in self.all()? {
            if now > Time(kept.last()).plus_days(KEPT_DAYS) {
                let path = self.file(challenge);
                std::fs::remove_file(&path).map_err(|e| io(&path, &e))?;
            }
        }
        Ok(())
    }

    /// Durable before it returns: as it is now, or as it was.
    fn put(&self, challenge: Spoken, kept: &Kept) -> Result<(), Failure> {
        let path = self.file(challenge);
        let folder = self.challenges();
        let done = || {
            let mut file = tempfile::Builder::new()
                .prefix(".new-")
                .permissions(std::fs::Permissions::from_mode(0o600))
                .tempfile_in(&folder)?;
            serde_json::to_writer(&mut file, kept)?;
            file.write_all(b"\n")?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|e| e.error)?;
            File::open(&folder)?.sync_all()
        };
        done().map_err(|e| io(&path, &e))
    }

    /// Waits for whoever is at it.
    fn turn(&self) -> Result<File, Failure> {
        let folder = self.challenges();
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .map_err(|e| io(&folder, &e))?;
        turn::of(&self.folder)
    }
}

impl Kept {
    /// When it was last touched.
    fn last(&self) -> i64 {
        self.accepted.as_ref().map_or(self.made_at, |a| a.at.max(self.made_at))
    }
}

fn read(text: &str) -> Option<Kept> {
    serde_json::from_str::<Kept>(text).ok()
}

fn damaged(path: &Path) -> Failure {
    Failure::state("What was kept of a challenge is damaged.")
        .at(path.display().to_string())
        .hint("Nothing is taken for it any more. Move the file away, and make a new challenge.")
}

/// Days whose codes count now.
fn days(now: Time) -> [Day; 3] {
    [Time(now.0.saturating_add(SKEW)).day(), now.day(), now.day().minus_days(1)]
}

/// A challenge is answered on the day that it was made, or on the next.
fn is_over(kept: &Kept, now: Time) -> bool {
    now.day() > Time(kept.made_at).day().plus_days(1)
}

/// The device as codes spell it. What is all digits is an IMEI, unless it says that it is a serial.
fn device_of(given: &str) -> Result<String, Failure> {
    let given = given.trim();
    let usage = |why: String| {
        Failure::usage(format!("That is no device: {why}.")).hint(
            "An IMEI (*#06# shows it) in any grouping, or a serial; `serial:` before one that is all digits.",
        )
    };
    let short = given.len() <= 80 && !given.contains(char::is_control);
    if !short || given.is_empty() {
        return Err(usage("an identifier has 1 to 80 characters on one line".to_owned()));
    }
    if let Some(serial) = given.strip_prefix("serial:") {
        return serial_of(serial).map_err(usage);
    }
    let bare = given.strip_prefix("imei:");
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/');
    if bare.is_some() || given.chars().all(digits) {
        let imei = Imei::parse(bare.unwrap_or(given)).map_err(|e| usage(e.to_string()))?;
        return spoken_device(&format!("imei:{imei}")).ok_or_else(|| usage("the IMEI is damaged".to_owned()));
    }
    serial_of(given).map_err(usage)
}

fn serial_of(given: &str) -> Result<String, String> {
    let serial = Serial::parse(given).map_err(|e| e.to_string())?;
    spoken_device(&format!("serial:{}", serial.as_str())).ok_or_else(|| "the serial is empty".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_parts_nobody() {
        let at = |text: &str| days(Time::parse(text).unwrap()).map(|day| day.to_string());
        assert_eq!(at("2026-11-20T12:00:00Z"), ["2026-11-20", "2026-11-20", "2026-11-19"]);
        assert_eq!(at("2026-12-31T23:58:30Z"), ["2027-01-01", "2026-12-31", "2026-12-30"]);
        assert_eq!(at("2028-03-01T00:00:00Z"), ["2028-03-01", "2028-03-01", "2028-02-29"]);
    }

    #[test]
    fn a_device_is_named_as_it_is_read() {
        for (given, spelled) in [
            ("867530900000017", "imei:86753090000001"),
            ("86 753090 000001 7", "imei:86753090000001"),
            ("imei:867530900000017", "imei:86753090000001"),
            ("11111/a1", "serial:11111/A1"),
            ("serial:12345678901234", "serial:12345678901234"),
        ] {
            assert_eq!(device_of(given).ok().as_deref(), Some(spelled), "{given}");
        }
        for bad in ["", " ", "867530900000018", "12345", "a\nb", &"x".repeat(99), "serial:", "imei:abc"] {
            assert!(device_of(bad).is_err(), "{bad:?}");
        }
    }
}

//! Opening a key: every try is a leaf, and whoever tried wrong too often waits.
//!
//! The count is the log itself, so it survives restarts, and nobody resets it without a hole in the log that `audit
//! verify` names. A wrong try is durable before it is answered. What it protects from is guessing through this
//! program: at an unattended terminal, at a lock. Whoever has copied the key file guesses elsewhere as fast as
//! scrypt lets them: against that there is only a good passphrase.

use secrecy::SecretString;

use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{AgentKey, KeyError, KeyProblem, Protection, read_key};
use crate::domain::Time;
use crate::store::Statements;
use crate::store::desk::journal::{Journal, LOGINS};
use crate::store::desk::leaves;
use crate::words::Phrase;

/// Wrong tries in a row that cost nothing but the time of scrypt.
const FREE: u32 = 5;
/// Seconds to wait after the next one; each further one doubles them.
const FIRST_WAIT: i64 = 30;
/// Seconds that nobody waits longer than.
const MOST_WAIT: i64 = 15 * 60;
/// Seconds after which wrong tries are forgotten.
const FORGOTTEN: i64 = 24 * 3600;
/// Leaves that are looked through.
const MOST_LEAVES: usize = 1000;
#[derive(serde::Deserialize)]
struct Leaf {
    act: String,
    at: String,
    info: LeafInfo,
}

#[derive(serde::Deserialize)]
struct LeafInfo {
    key: String,
}

/// Until when somebody with that many wrong tries in a row, the last at a time, waits.
fn wait(tries: u32, last: Time) -> Option<Time> {
    let over = tries.checked_sub(FREE)?;
    let seconds = FIRST_WAIT.saturating_mul(1 << over.min(16)).min(MOST_WAIT);
    Some(Time(last.0.saturating_add(seconds)))
}

impl Desk {
    /// Until when no passphrase of a key is tried, if it is past too many wrong ones.
    fn waits_until(&self, key: &str) -> Result<Option<Time>, Failure> {
        let now = self.now();
        let (mut tries, mut last) = (0_u32, None);
        for line in leaves::newest_of(self.db(), LOGINS, MOST_LEAVES)? {
            let Ok(leaf) = serde_json::from_str::<Leaf>(&line) else { continue };
            let Ok(at) = Time::parse(&leaf.at) else { continue };
            if at.0 < now.0.saturating_sub(FORGOTTEN) {
                break;
            }
            if leaf.info.key != key {
                continue;
            }
            if leaf.act != "login.failed" {
                break;
            }
            tries += 1;
            last = last.max(Some(at));
        }
        Ok(last.and_then(|last| wait(tries, last)).filter(|until| *until > now))
    }

    /// Opens a key by a passphrase, unless too many were wrong just now; the log keeps how it went.
    pub(super) fn try_passphrase(&self, name: &str, passphrase: &SecretString) -> Result<AgentKey, Failure> {
        // A wrong try that nobody writes down costs nothing.
        if self.readonly {
            self.not_rolled_back()?;
            return Err(
                Failure::refused(Phrase::of("fail-key-readonly")).hint(Phrase::of("hint-without-readonly"))
            );
        }
        if let Some(until) = self.waits_until(name)? {
            let words = Phrase::of("fail-login-wait").with("name", name).with("until", until.to_string());
            return Err(Failure::refused(words).hint(Phrase::of("hint-login-wait")));
        }
        let read = read_key(&self.folder.key(name), name, Protection::Passphrase(passphrase));
        match &read {
            Ok(_) => {
                self.log_login("login.done", name)?;
            }
            Err(KeyError { problem: KeyProblem::WrongPassphrase, .. }) => {
                self.log_login("login.failed", name)?;
            }
            Err(_) => {}
        }
        read.map_err(|e| Failure::refused(e.phrase()))
    }

    fn log_login(&self, act: &str, key: &str) -> Result<(), Failure> {
        let (now, actor) = (self.now(), self.agent()?);
        crate::store::write_tx(self.db(), |tx| {
            let mut journal = Journal::open(tx)?;
            let draft = Draft::new(act, &actor).info("key", Info::Text(key));
            journal.append(&Statements::new(tx), draft, self.dated(tx, now)?, Some(LOGINS))?;
            Ok::<_, Failure>(journal.close(tx)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_try_after_the_fifth_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (0..14).map(|n| wait(n, Time(0)).map_or(0, |t| t.0)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900]);
        assert_eq!(wait(u32::MAX, Time(i64::MAX)), Some(Time(i64::MAX)));
    }
}

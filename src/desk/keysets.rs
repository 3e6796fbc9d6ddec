//! Who may do what: the root's signature and the log, which must say the same.
//!
//! A keyset counts here when the root signed it, when it is the last one that the log took in, and when it is this
//! desk's. The row that holds it may be edited, taken out or put back by anybody who can write the file: then one
//! of the three no longer fits. `audit verify` reads the whole history once more.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding as _};

use super::failure::Kind;
use super::{Failure, Folder};
use crate::audit::{Hash, leaf_hash};
use crate::authority::change::{Change, follow};
use crate::authority::{AgentEntry, Keyset, PublicKey, SKEW, Trust, public_from_pem};
use crate::domain::{Role, Time};
use crate::store::Db;
use crate::store::desk::journal::{Journal, PEOPLE};
use crate::store::desk::{leaves, settings};
use crate::words::Phrase;

/// What a leaf says of the keyset that it took in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Landed {
    pub seq: u64,
    pub at: Time,
    pub act: String,
    pub version: u64,
    /// `sha256:…` of the keyset's signed text.
    pub digest: String,
    /// Whom it changed; nobody, with the first.
    pub agent: Option<String>,
    /// They are new as an approver: seconds from the leaf to their first approval.
    pub wait: Option<i64>,
}

impl Landed {
    /// Reads a leaf, if it took a keyset in.
    pub fn of(seq: u64, line: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Leaf {
            act: String,
            at: String,
            #[serde(default)]
            digest: BTreeMap<String, String>,
            #[serde(default)]
            info: BTreeMap<String, serde_json::Value>,
        }
        if !line.contains("\"keyset\":\"sha256:") {
            return None;
        }
        let mut leaf: Leaf = serde_json::from_str(line).ok()?;
        Some(Self {
            seq,
            at: Time::parse(&leaf.at).ok()?,
            act: leaf.act,
            version: leaf.info.get("version")?.as_u64()?,
            digest: leaf.digest.remove("keyset")?,
            agent: leaf.info.get("agent").and_then(|a| a.as_str()).map(str::to_owned),
            wait: leaf.info.get("wait").and_then(serde_json::Value::as_i64),
        })
    }

    /// Until when the log lets whom it changed approve nothing.
    fn waits_until(&self) -> Option<Time> {
        Some(Time(self.at.0.saturating_add(self.wait?)))
    }
}

/// Until when the log lets new approvers wait, by name.
#[derive(Clone, Debug, Default)]
pub struct Waits(BTreeMap<String, Time>);

impl Waits {
    /// From when on this key approves: as the root signed it, and not sooner than the log allows.
    pub fn approves_from(&self, entry: &AgentEntry) -> Time {
        let logged = self.0.get(&entry.name).copied().unwrap_or(Time(0));
        logged.max(Time(entry.approves_from))
    }

    /// Whether what this key approved at a time counts.
    pub fn approves_at(&self, entry: &AgentEntry, at: Time) -> bool {
        entry.has_role(&[Role::Approver]) && at >= self.approves_from(entry)
    }

    fn learn(&mut self, landed: &Landed) {
        self.0.extend(landed.agent.clone().zip(landed.waits_until()));
    }
}

/// What a desk says of itself in rows.
#[derive(Clone, Copy)]
pub(super) struct Own<'a> {
    pub id: &'a str,
    pub rehearsal: bool,
}

/// The root's public key that lies in the keys folder.
pub(super) fn root_of(folder: &Folder) -> Result<PublicKey, Failure> {
    let path = folder.keys().join("root.pub.pem");
    let pem = std::fs::read_to_string(&path).map_err(|e| {
        Failure::state(Phrase::of("fail-root-unread").with("why", &e))
            .at(path.display().to_string())
            .hint(Phrase::of("hint-root-unread"))
    })?;
    public_from_pem(&pem).map_err(|e| {
        Failure::state(Phrase::of("fail-root-damaged").with("why", e.phrase())).at(path.display().to_string())
    })
}

/// The newest keyset, verified against the root's public key and against the log.
pub(super) struct Trusted {
    pub keyset: Keyset,
    pub waits: Waits,
    /// The root signed it, and yet it is not the one that counts: nothing may be done by it.
    pub doubt: Option<Failure>,
}

/// Reads the newest keyset.
pub(super) fn trusted(db: &Db, folder: &Folder, own: Own<'_>) -> Result<Trusted, Failure> {
    // Keyset, leaves and head of one moment: of two, the one would seem to deny the other.
    super::one_view::of(db, || newest(db, folder, own))
}

fn newest(db: &Db, folder: &Folder, own: Own<'_>) -> Result<Trusted, Failure> {
    let root = root_of(folder)?;
    let (kept_as, text) = settings::newest_keyset(db)?
        .ok_or_else(|| Failure::state(Phrase::of("fail-no-keyset")).hint(Phrase::of("hint-no-keyset")))?;
    let wrong = |why: Phrase| {
        Failure::verification(Phrase::of("fail-keyset").with("why", why)).hint(Phrase::of("hint-keyset"))
    };
    let keyset = Keyset::verify(&text, Trust::Pinned(&root), 0).map_err(|e| wrong(e.phrase()))?;
    let landed = landed(db);
    let found = landed.and_then(|landed| {
        let seen = (kept_as, super::digest::sum(text.as_bytes()));
        counts(&keyset, own, &landed, &seen).map_err(wrong)?;
        Ok(landed)
    });
    let mut waits = Waits::default();
    let doubt = match found {
        Ok(landed) => {
            for landed in &landed {
                waits.learn(landed);
            }
            None
        }
        // A disk that cannot be read accuses nobody.
        Err(e) if e.kind == Kind::State => return Err(e),
        Err(e) => Some(e),
    };
    Ok(Trusted { keyset, waits, doubt })
}

/// Whether a keyset, kept under a version and with a digest, is the one that the log took in last.
fn counts(keyset: &Keyset, own: Own<'_>, landed: &[Landed], kept: &(u64, String)) -> Result<(), Phrase> {
    let claims = keyset.claims();
    if (claims.iss.as_str(), claims.rehearsal) != (own.id, own.rehearsal) {
        return Err(Phrase::of("keyset-other-desk"));
    }
    let Some(last) = landed.last() else { return Err(Phrase::of("keyset-unlogged")) };
    if last.version != claims.version || claims.version != kept.0 {
        let words = Phrase::of("keyset-older").with("logged", last.version.to_string());
        return Err(words.with("version", claims.version.to_string()));
    }
    if last.digest != kept.1 {
        return Err(Phrase::of("keyset-unlogged"));
    }
    if !landed.is_sorted_by(|a, b| a.version < b.version) {
        return Err(Phrase::of("keyset-twice"));
    }
    Ok(())
}

/// The leaves that took keysets in, each compared with its hash and with the leaf behind it.
fn landed(db: &Db) -> Result<Vec<Landed>, Failure> {
    let mut all = Vec::new();
    for (seq, line) in leaves::of_ticket(db, PEOPLE)?.into_iter().rev() {
        let Some(landed) = Landed::of(seq, &line) else { continue };
        if !chained(db, seq, &line)? {
            return Err(Failure::verification(Phrase::of("fail-people-leaf").with("leaf", seq.to_string()))
                .hint(Phrase::of("hint-keyset")));
        }
        all.push(landed);
    }
    Ok(all)
}

/// Whether a leaf is the one that its hash, and the leaf after it, are of.
pub(super) fn chained(db: &Db, seq: u64, line: &str) -> Result<bool, Failure> {
    let hash: Hash = leaf_hash(line.as_bytes());
    let stored = leaves::hash_at(db, seq)?;
    let after = leaves::at(db, seq + 1)?;
    let goes_on = match after {
        Some((next, _)) => next.contains(&format!("\"prev\":\"{}\"", Base64::encode_string(&hash))),
        None => Journal::open(db)?.head().last() == &hash,
    };
    Ok(stored == Some(hash) && goes_on)
}

/// A keyset and the leaf from which on it counted.
pub(super) struct Era {
    pub landed: Landed,
    pub keyset: Keyset,
    pub waits: Waits,
}

/// The whole history of keysets; which leaf is wrong and why, if it does not hold.
pub(super) struct History(Vec<Era>);

/// What is wrong with a history.
pub(super) type Fault = (Option<u64>, Phrase);

impl History {
    /// Reads the history from all leaves that took keysets in, which must be whole.
    pub fn read(db: &Db, folder: &Folder, own: Own<'_>, landed: &[Landed]) -> Result<Self, Fault> {
        let untold = |e: Failure| (None, e.what);
        let root = root_of(folder).map_err(untold)?;
        let mut rows: BTreeMap<u64, String> =
            settings::keysets(db).map_err(|e| untold(e.into()))?.into_iter().collect();
        let mut eras: Vec<Era> = Vec::new();
        for landed in landed {
            let version = || landed.version.to_string();
            let fault = |id| (Some(landed.seq), Phrase::Said(id, vec![]).with("version", version()));
            let text = rows.remove(&landed.version).ok_or_else(|| fault("chain-keyset-gone"))?;
            if super::digest::sum(text.as_bytes()) != landed.digest {
                return Err(fault("chain-keyset-edited"));
            }
            let broken = |why: Phrase| (Some(landed.seq), fault("chain-keyset-wrong").1.with("why", why));
            let keyset = Keyset::verify(&text, Trust::Pinned(&root), landed.version)
                .map_err(|e| broken(e.phrase()))?;
            let claims = keyset.claims();
            if (claims.iss.as_str(), claims.rehearsal) != (own.id, own.rehearsal) {
                return Err(broken(Phrase::of("keyset-other-desk")));
            }
            let mut waits = Waits::default();
            if let Some(before) = eras.last() {
                let wait = landed.wait.unwrap_or(0);
                let change = follow(before.keyset.claims(), claims, wait).map_err(|e| broken(e.phrase()))?;
                if !tells(landed, &change) || claims.iat > landed.at.0.saturating_add(SKEW) {
                    return Err(broken(Phrase::of("keyset-told-otherwise")));
                }
                waits.clone_from(&before.waits);
                waits.learn(landed);
            }
            eras.push(Era { landed: landed.clone(), keyset, waits });
        }
        match rows.keys().next() {
            Some(version) => {
                Err((None, Phrase::of("chain-keyset-unlogged").with("version", version.to_string())))
            }
            None => Ok(Self(eras)),
        }
    }

    /// The same from the desk as it is.
    pub fn of(db: &Db, folder: &Folder, own: Own<'_>) -> Result<Self, Failure> {
        Self::read(db, folder, own, &landed(db)?)
            .map_err(|(_, why)| Failure::verification(why).hint(Phrase::of("hint-keyset")))
    }

    /// The keyset by which the act of a leaf is to be judged.
    pub fn at(&self, seq: u64) -> Option<&Era> {
        self.0.iter().rfind(|era| era.landed.seq < seq)
    }
}

/// Whether a leaf tells of the change that was made.
fn tells(landed: &Landed, change: &Change) -> bool {
    landed.agent.as_deref() == Some(&*change.name)
        && landed.act == change.kind.act()
        && landed.wait.is_some() == change.approves_from.is_some()
}

//! What an outsider is handed to check this desk by: a leaf with its way to a signed head, a longer head with
//! its way from a shorter one, two heads that cannot both be. And the checks of them, which need no desk.

use std::path::{Path, PathBuf};

use super::{Desk, Failure};
use crate::audit::{
    Checkpoint, ConsistencyRequest, Cosignature, Fork, ForkError, ForkProof, Hash, KeyKind, ProofError,
    TlogProof, VerifierKey, consistency_proof, cosignatures, inclusion_proof, leaf_hash, root_of,
};
use crate::authority::{Keyset, PublicKey, unverified};
use crate::domain::{Role, Shown};
use crate::store::desk::journal::{self, Journal};
use crate::store::desk::{acts, leaves};
use crate::words::Phrase;

/// Who may hand proofs out.
const MAY: &[Role] = &[Role::Agent, Role::Approver, Role::Custodian, Role::Auditor];

/// A leaf, proven.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The C2SP `.tlog-proof`.
    pub text: String,
    /// The leaf's place in the log.
    pub index: u64,
    /// What it records.
    pub act: String,
    /// The signed head that it is proven against.
    pub head: Checkpoint,
}

/// What an outsider learns from a proof that holds.
#[derive(Clone, Debug)]
pub struct Shows {
    /// The signed head.
    pub head: Checkpoint,
    /// The leaf's place in the log.
    pub index: u64,
    /// The leaf.
    pub leaf: String,
    /// Which of the known witnesses saw the head.
    pub witnesses: Vec<Cosignature>,
}

/// The hashes of the whole log, and the head over them.
pub(super) struct Whole {
    pub hashes: Vec<Hash>,
    pub head: Checkpoint,
}

impl Desk {
    /// Everything a proof is made of, compared with the head that the store keeps.
    pub(super) fn whole_log(&self) -> Result<Whole, Failure> {
        // The head first: leaves that come in between are not part of what is proven.
        let head = Journal::open(self.db())?.head().checkpoint(&self.origin());
        let mut hashes = leaves::hashes(self.db())?;
        hashes.truncate(usize::try_from(head.size).unwrap_or(usize::MAX));
        if root_of(&hashes) == head.root { Ok(Whole { hashes, head }) } else { Err(damaged("proven-broken")) }
    }

    /// The keys that may sign this log's heads, with its name.
    pub fn log_keys(&self) -> Vec<VerifierKey> {
        keys_of(&self.keyset, &self.origin())
    }

    /// A signed head of at least `least` leaves: one that was signed before, or a new one.
    pub(super) fn head_over(&mut self, whole: &Whole, least: u64) -> Result<(Checkpoint, String), Failure> {
        let keys = self.log_keys();
        for note in leaves::checkpoints_from(self.db(), least)? {
            let Ok(head) = Checkpoint::open_by(&note, &keys) else { continue };
            let size = usize::try_from(head.size).unwrap_or(usize::MAX);
            if whole.hashes.get(..size).is_some_and(|part| root_of(part) == head.root) {
                return Ok((head, note));
            }
            return Err(damaged("proven-broken"));
        }
        let note = self.sign_head(&whole.head)?;
        Ok((whole.head.clone(), note))
    }

    /// Signs a head that was compared with the leaves, and keeps it.
    pub(super) fn sign_head(&mut self, head: &Checkpoint) -> Result<String, Failure> {
        self.not_rolled_back()?;
        let (by, now) = (self.agent()?, self.now());
        let key = self.signing_key()?;
        let note = head.sign(&key).map_err(|e| Failure::internal(e.phrase()))?;
        if !self.readonly {
            crate::store::write_tx(self.db(), |tx| journal::add_checkpoint(tx, head.size, &by, now, &note))?;
        }
        Ok(note)
    }

    /// Proves the leaf of an authorization: by its id, or its ticket's number or reference. Of a ticket without
    /// one the newest decision is proven, else its newest leaf.
    pub fn prove(&mut self, what: &str) -> Result<Proven, Failure> {
        self.require(MAY, "prove what the log says")?;
        let index = match acts::authorization(self.db(), what)? {
            Some(grant) => leaf_of_grant(&grant)?,
            None => self.leaf_of_ticket(what)?,
        };
        self.prove_leaf(index)
    }

    fn leaf_of_ticket(&self, name: &str) -> Result<u64, Failure> {
        let id = self.find(name)?;
        if let Some(grant) = acts::authorization_of(self.db(), id)? {
            return leaf_of_grant(&grant);
        }
        let lines = leaves::of_ticket(self.db(), id)?;
        let decision = lines.iter().find(|(_, line)| line.starts_with("{\"act\":\"decision.made\""));
        let none = || Failure::state(Phrase::of("fail-no-leaf").with("name", Shown(name).clip(80)));
        Ok(decision.or(lines.first()).ok_or_else(none)?.0)
    }

    /// Proves a leaf by its place.
    pub fn prove_leaf(&mut self, index: u64) -> Result<Proven, Failure> {
        self.require(MAY, "prove what the log says")?;
        let whole = self.whole_log()?;
        let line = leaves::lines(self.db(), index, index.saturating_add(1))?.pop();
        let size = whole.head.size;
        let line = line.filter(|_| index < size).ok_or_else(|| {
            Failure::state(
                Phrase::of("fail-leaf-beyond").with("leaf", index.to_string()).with("size", size.to_string()),
            )
        })?;
        if usize::try_from(index).ok().and_then(|at| whole.hashes.get(at)) != Some(&leaf_hash(&line)) {
            return Err(damaged("proven-broken"));
        }
        let (head, note) = self.head_over(&whole, index + 1)?;
        let part = usize::try_from(head.size).ok().and_then(|size| whole.hashes.get(..size));
        let path =
            part.and_then(|part| inclusion_proof(part, index)).ok_or_else(|| damaged("proven-broken"))?;
        let proof = TlogProof { leaf: Some(line), index, path, note };
        // Nothing leaves the house that does not hold there.
        let keys = self.log_keys();
        let (_, leaf) = proof.verify(&keys).map_err(|e| Failure::fault(e.phrase()))?;
        let act = act_of(&String::from_utf8_lossy(leaf));
        Ok(Proven { text: proof.to_text(), index, act, head })
    }

    /// The log's head with its way from a head of `old` leaves: what a witness is asked with.
    pub fn prove_since(&mut self, old: u64) -> Result<String, Failure> {
        self.require(MAY, "prove what the log says")?;
        let whole = self.whole_log()?;
        let size = whole.head.size;
        if old > size {
            return Err(Failure::state(
                Phrase::of("fail-since").with("old", old.to_string()).with("size", size.to_string()),
            )
            .hint(Phrase::of("hint-log-broken")));
        }
        let (head, note) = self.head_over(&whole, size)?;
        debug_assert_eq!(head.size, size);
        let path =
            if old == 0 { Vec::new() } else { consistency_proof(&whole.hashes, old).unwrap_or_default() };
        Ok(ConsistencyRequest { old, path, note }.to_text())
    }

    /// Two signed heads of one log that cannot both be; this desk's own leaves serve where the heads differ in
    /// size.
    pub fn prove_fork(&self, notes: [String; 2]) -> Result<(ForkProof, Fork), Failure> {
        fork(notes, &self.log_keys(), &leaves::hashes(self.db())?)
    }
}

/// Two signed heads of one log that cannot both be. `leaves` are the hashes of the longer one's leaves, where it is
/// longer.
pub fn fork(notes: [String; 2], keys: &[VerifierKey], leaves: &[Hash]) -> Result<(ForkProof, Fork), Failure> {
    let size = |note: &String| Checkpoint::parse(note).map_or(0, |head| head.size);
    let [one, two] = notes;
    let notes = if size(&one) <= size(&two) { [one, two] } else { [two, one] };
    let (old, new) = (size(&notes[0]), size(&notes[1]));
    let part = usize::try_from(new).ok().and_then(|new| leaves.get(..new));
    let prefix = part.filter(|_| old < new).and_then(|part| {
        let known = part.get(..usize::try_from(old).ok()?)?;
        Some((root_of(known), consistency_proof(part, old)?))
    });
    let missing = old < new && prefix.is_none();
    let proof = ForkProof { notes, prefix };
    match proof.verify(keys) {
        Ok(found) => Ok((proof, found)),
        Err(ForkError::Agree) if missing => {
            Err(Failure::verification(Phrase::of("fail-fork-leaves")).hint(Phrase::of("hint-fork-leaves")))
        }
        // The leaves are the other log's: they are none of what was signed.
        Err(ForkError::Path) => {
            Err(Failure::verification(Phrase::of("fail-fork-other")).hint(Phrase::of("hint-fork-leaves")))
        }
        Err(e) => Err(Failure::verification(Phrase::of("fail-fork").with("why", e.phrase()))),
    }
}

/// Where the proof of an authorization lies that is written to a file.
pub fn beside(file: &Path) -> PathBuf {
    file.with_extension("tlog-proof")
}

/// Checks a fork proof with nothing but keys.
pub fn check_fork(text: &str, keys: &[VerifierKey]) -> Result<Fork, ForkError> {
    ForkProof::parse(text)?.verify(keys)
}

/// Checks a `.tlog-proof` with nothing but keys: of the log, and of witnesses that must have seen its head.
pub fn check_proof(text: &str, keys: &[VerifierKey]) -> Result<Shows, ProofError> {
    let proof = TlogProof::parse(text)?;
    let (head, leaf) = proof.verify(keys)?;
    let witnesses = cosignatures(&proof.note, keys)?;
    let leaf = String::from_utf8_lossy(leaf).into_owned();
    Ok(Shows { head, index: proof.index, leaf, witnesses })
}

/// The keys of a keyset under the name of a log.
pub fn keys_of(keyset: &Keyset, origin: &str) -> Vec<VerifierKey> {
    let agents = keyset.claims().agents.iter();
    let keys = agents.filter_map(|a| PublicKey::from_jwk(&a.jwk).ok());
    keys.map(|key| VerifierKey { name: origin.to_owned(), kind: KeyKind::Log, key }).collect()
}

/// The same, for the log whose checkpoint stands in this text. A desk that names its log after itself has no other.
pub fn keys_for(keyset: &Keyset, text: &str) -> Vec<VerifierKey> {
    let note = text.split("\n\n").enumerate().find_map(|(at, part)| {
        // The checkpoint's text is the first part of three lines that begins with no word of ours.
        let origin = part.lines().next()?;
        let ours = at == 0 && ["c2sp.org/tlog-proof@v1", "latchkey/fork-proof@v1"].contains(&origin);
        (!ours && !origin.starts_with("old ")).then_some(origin)
    });
    let origin = note.unwrap_or_default();
    match origin.strip_prefix("latchkey/") {
        Some(desk) if desk != keyset.claims().iss => Vec::new(),
        _ => keys_of(keyset, origin),
    }
}

/// Whether a proof is of the leaf that a token names. The token itself is for `verify`.
pub fn is_of_token(shows: &Shows, token: &str) -> bool {
    let leaf: serde_json::Value = serde_json::from_str(&shows.leaf).unwrap_or_default();
    unverified(token).is_some_and(|claims| {
        claims.log.origin == shows.head.origin
            && claims.log.index == shows.index
            && leaf["act"] == "authorization.issued"
            && leaf["info"]["jti"] == *claims.jti
    })
}

/// Whether a proof is of the leaf by which an authorization was issued.
pub fn is_of_grant(shows: &Shows, jti: &str) -> bool {
    let leaf: serde_json::Value = serde_json::from_str(&shows.leaf).unwrap_or_default();
    leaf["act"] == "authorization.issued" && leaf["info"]["jti"] == *jti
}

/// The leaf that an authorization names.
fn leaf_of_grant(grant: &acts::Authorization) -> Result<u64, Failure> {
    unverified(&grant.token).map(|claims| claims.log.index).ok_or_else(|| damaged("proven-broken"))
}

/// What a leaf records.
pub fn act_of(leaf: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(leaf).ok();
    value.and_then(|v| v["act"].as_str().map(str::to_owned)).unwrap_or_default()
}

fn damaged(id: &'static str) -> Failure {
    Failure::verification(Phrase::of(id).whole()).hint(Phrase::of("hint-log-broken"))
}

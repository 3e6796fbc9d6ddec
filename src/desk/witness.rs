//! A witness: somebody outside the desk who keeps the last head of each log and says of a longer one that it goes
//! on from there (C2SP tlog-witness, tlog-cosignature). Whoever asks for two stories gets one cosignature.
//!
//! Its folder holds `witness.pem` (the key), `name`, `trusted` (a verifier key a line) and `heads/`, one cosigned
//! note a log. A head is durable before its cosignature is given out, and two at once take turns.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::tiles::{io, read_folder};
use super::{AskPassphrase, Failure, turn};
use crate::audit::{
    Checkpoint, CheckpointError, ConsistencyRequest, KeyKind, ProofError, VerifierKey, consistency_proof,
    cosign, cosigned, verify_consistency,
};
use crate::authority::{AgentKey, Protection, read_key, write_key};
use crate::domain::Time;
use crate::words::Phrase;

/// Whose key it is, to the key file.
const KEY: &str = "witness";

/// Why a witness does not cosign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// What it was given is no request.
    Form,
    /// It trusts no key of this log.
    Unknown,
    /// No key that it trusts signed the head, or a signature does not fit.
    Signature,
    /// The head is shorter than one that it has seen.
    Rollback,
    /// Of the same size it has seen another root.
    Fork,
    /// The proof begins at another size than that of the last head.
    Old,
    /// The proof does not lead from the last head to this one.
    Consistency,
}

impl Rule {
    /// The word for other programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Unknown => "unknown",
            Self::Signature => "signature",
            Self::Rollback => "rollback",
            Self::Fork => "fork",
            Self::Old => "old",
            Self::Consistency => "consistency",
        }
    }
}

/// What a witness says to a head.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Answer {
    /// Whether it cosigned.
    pub ok: bool,
    /// The rule that failed.
    pub rule: Option<Rule>,
    /// Why, in words.
    pub reason: Phrase,
    /// The log, where it could be read.
    pub origin: Option<String>,
    /// How many leaves the last head has that this witness cosigned; zero where it has seen none.
    pub seen: u64,
    /// How many the head has that was shown.
    pub size: Option<u64>,
    /// The cosignature line.
    pub cosignature: Option<String>,
    /// The checkpoint with the cosignature.
    #[serde(skip)]
    pub note: Option<String>,
}

/// What a witness is shown.
pub enum Shown {
    /// A folder of tiles: the witness makes the proof by itself.
    Folder(PathBuf),
    /// A request with its proof, or a checkpoint alone (the first of its log, or one seen before).
    Text(String),
}

/// A witness's folder.
pub struct Witness {
    folder: PathBuf,
    name: String,
}

impl Witness {
    /// Makes a witness: its key, under a passphrase, and its name.
    pub fn init(folder: &Path, name: &str, ask: &AskPassphrase) -> Result<VerifierKey, Failure> {
        let named = |c: char| c.is_ascii_alphanumeric() || "./-_".contains(c);
        if name.is_empty() || name.len() > 255 || !name.chars().all(named) {
            return Err(Failure::usage(Phrase::of("fail-witness-name")));
        }
        let path = folder.join("witness.pem");
        if path.exists() {
            let words = Phrase::of("fail-witness-there").with("folder", folder.display().to_string());
            return Err(Failure::state(words));
        }
        let heads = folder.join("heads");
        std::fs::create_dir_all(&heads).map_err(|e| io(&heads, &e))?;
        std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))
            .map_err(|e| io(folder, &e))?;
        let key = AgentKey::generate(KEY).map_err(|e| Failure::internal(e.phrase()))?;
        put(folder, &folder.join("name"), &format!("{name}\n"))?;
        // The key comes last: a folder without one is no witness yet.
        write_key(&key, &path, Protection::Passphrase(&ask(KEY)?)).map_err(|e| Failure::state(e.phrase()))?;
        Ok(VerifierKey { name: name.to_owned(), kind: KeyKind::Witness, key: key.public().clone() })
    }

    /// The witness of a folder.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join("name");
        let name = std::fs::read_to_string(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => {
                Failure::state(Phrase::of("fail-no-witness").with("folder", folder.display().to_string()))
                    .hint(Phrase::of("hint-no-witness"))
            }
            _ => io(&path, &e),
        })?;
        Ok(Self { folder: folder.to_owned(), name: name.trim().to_owned() })
    }

    /// Its name in notes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The logs' keys that it trusts.
    pub fn trusted(&self) -> Result<Vec<VerifierKey>, Failure> {
        let path = self.folder.join("trusted");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(io(&path, &e)),
        };
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let read = |line| VerifierKey::parse(line).map_err(|e| key_fails(&e).at(path.display().to_string()));
        lines.map(read).collect()
    }

    /// Trusts keys of a log from now on; gives how many are new.
    pub fn trust(&self, keys: &[VerifierKey]) -> Result<usize, Failure> {
        let _turn = self.turn()?;
        let mut known = self.trusted()?;
        let before = known.len();
        for key in keys {
            if key.kind != KeyKind::Log {
                return Err(Failure::usage(Phrase::of("fail-witness-key")));
            }
            if !known.contains(key) {
                known.push(key.clone());
            }
        }
        let text: Vec<String> = known.iter().map(ToString::to_string).collect();
        put(&self.folder, &self.folder.join("trusted"), &(text.join("\n") + "\n"))?;
        Ok(known.len() - before)
    }

    /// The last head of each log that it cosigned.
    pub fn heads(&self) -> Result<Vec<Checkpoint>, Failure> {
        let folder = self.folder.join("heads");
        let mut heads = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| io(&folder, &e))? {
            let path = entry.map_err(|e| io(&folder, &e))?.path();
            if path.extension().is_some_and(|e| e == "note") {
                let note = std::fs::read_to_string(&path).map_err(|e| io(&path, &e))?;
                heads.push(Checkpoint::parse(&note).map_err(|e| damaged(&path, &e))?);
            }
        }
        heads.sort_by(|a, b| a.origin.cmp(&b.origin));
        Ok(heads)
    }

    /// Cosigns a head that goes on from the last one of its log, or says by which rule it does not.
    pub fn answer(&self, shown: &Shown, now: Time, ask: &AskPassphrase) -> Result<Answer, Failure> {
        // The key is opened before anything is held up: a person may be asked for its passphrase.
        let path = self.folder.join("witness.pem");
        let key = read_key(&path, KEY, Protection::Passphrase(&ask(KEY)?))
            .map_err(|e| Failure::refused(e.phrase()))?;
        let trusted = self.trusted()?;
        let _turn = self.turn()?;
        let mut answer = Answer {
            ok: false,
            rule: None,
            reason: Phrase::of("witness-cosigned"),
            origin: None,
            seen: 0,
            size: None,
            cosignature: None,
            note: None,
        };
        match self.judge(shown, &trusted, &mut answer)? {
            Err((rule, reason)) => (answer.rule, answer.reason) = (Some(rule), reason),
            Ok((head, note)) => {
                let at = u64::try_from(now.0).unwrap_or(0);
                let fault = |e: CheckpointError| Failure::fault(e.phrase());
                let line = cosign(&note, &self.name, &key, at).map_err(fault)?;
                let note = cosigned(&note, &line).map_err(fault)?;
                put(&self.folder, &self.head_file(&head.origin), &note)?;
                (answer.ok, answer.cosignature, answer.note) = (true, Some(line), Some(note));
            }
        }
        Ok(answer)
    }

    /// The head and its note, where it may be cosigned.
    #[allow(clippy::type_complexity)] // the outer error is ours, the inner one the asker's
    fn judge(
        &self,
        shown: &Shown,
        trusted: &[VerifierKey],
        answer: &mut Answer,
    ) -> Result<Result<(Checkpoint, String), (Rule, Phrase)>, Failure> {
        let asked = match asked(shown) {
            Ok(asked) => asked,
            Err(e) => return Ok(Err((Rule::Form, e.what))),
        };
        let head = match Checkpoint::open_by(&asked.note, trusted) {
            Ok(head) => head,
            Err(e) => {
                let rule = match e {
                    CheckpointError::OtherLog => Rule::Unknown,
                    CheckpointError::Unsigned | CheckpointError::Signature => Rule::Signature,
                    _ => Rule::Form,
                };
                let unknown = rule == Rule::Unknown;
                return Ok(Err((rule, if unknown { Phrase::of("witness-unknown") } else { e.phrase() })));
            }
        };
        answer.origin = Some(head.origin.clone());
        answer.size = Some(head.size);
        let last = self.last(&head.origin)?;
        answer.seen = last.as_ref().map_or(0, |last| last.size);
        Ok(match goes_on(last.as_ref(), &head, &asked) {
            None => Ok((head, asked.note)),
            Some(refusal) => Err(refusal),
        })
    }

    /// The last head of a log.
    fn last(&self, origin: &str) -> Result<Option<Checkpoint>, Failure> {
        let path = self.head_file(origin);
        match std::fs::read_to_string(&path) {
            // One that cannot be read is none that we could go on from: a person has to look.
            Ok(note) => Checkpoint::parse(&note).map(Some).map_err(|e| damaged(&path, &e)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(io(&path, &e)),
        }
    }

    fn head_file(&self, origin: &str) -> PathBuf {
        let hash: [u8; 32] = Sha256::digest(origin).into();
        let name = hash.iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
        self.folder.join("heads").join(format!("{name:032x}.note"))
    }

    /// Waits for whoever is at it.
    fn turn(&self) -> Result<File, Failure> {
        turn::of(&self.folder)
    }
}

/// A head with what shows that it goes on.
struct Asked {
    note: String,
    old: u64,
    path: Vec<crate::audit::Hash>,
    /// The leaves, where the whole log was shown.
    leaves: Option<Vec<crate::audit::Hash>>,
}

fn asked(shown: &Shown) -> Result<Asked, Failure> {
    let refuse = |e: ProofError| Failure::verification(e.phrase());
    match shown {
        Shown::Folder(folder) => {
            let (note, leaves) = read_folder(folder)?;
            Ok(Asked { note, old: 0, path: Vec::new(), leaves: Some(leaves) })
        }
        Shown::Text(text) if text.starts_with("old ") => {
            let request = ConsistencyRequest::parse(text).map_err(refuse)?;
            Ok(Asked { note: request.note, old: request.old, path: request.path, leaves: None })
        }
        Shown::Text(text) => Ok(Asked { note: text.clone(), old: 0, path: Vec::new(), leaves: None }),
    }
}

/// Why a head does not go on from the last one, if it does not.
fn goes_on(last: Option<&Checkpoint>, head: &Checkpoint, asked: &Asked) -> Option<(Rule, Phrase)> {
    let said = |id: &'static str| {
        let seen = last.map_or(0, |last| last.size);
        Phrase::Said(id, vec![]).with("size", head.size.to_string()).with("seen", seen.to_string())
    };
    if let Some(leaves) = &asked.leaves
        && crate::audit::root_of(leaves) != head.root
    {
        return Some((Rule::Consistency, said("witness-tiles")));
    }
    let Some(last) = last.filter(|last| last.size > 0) else {
        // Nothing was seen yet: there is nothing to go on from.
        return (asked.old != 0).then(|| (Rule::Old, said("witness-old")));
    };
    if head.size < last.size {
        return Some((Rule::Rollback, said("witness-rollback")));
    }
    if head.size == last.size {
        return (head.root != last.root).then(|| (Rule::Fork, said("witness-fork")));
    }
    let path = match &asked.leaves {
        Some(leaves) => consistency_proof(leaves, last.size).unwrap_or_default(),
        None if asked.old != last.size => return Some((Rule::Old, said("witness-old"))),
        None => asked.path.clone(),
    };
    let holds = verify_consistency(last.size, head.size, &last.root, &head.root, &path);
    (!holds).then(|| (Rule::Consistency, said("witness-consistency")))
}

fn key_fails(e: &CheckpointError) -> Failure {
    Failure::usage(Phrase::of("fail-key-text").with("why", e.phrase()))
}

/// A key as a person gives it.
pub fn key_of(text: &str) -> Result<VerifierKey, Failure> {
    VerifierKey::parse(text).map_err(|e| key_fails(&e))
}

fn damaged(path: &Path, e: &CheckpointError) -> Failure {
    Failure::verification(Phrase::of("fail-witness-head").with("why", e.phrase()))
        .at(path.display().to_string())
}

/// Writes a file so that it is there after a power cut: whole, or as it was.
fn put(folder: &Path, path: &Path, text: &str) -> Result<(), Failure> {
    let done = || {
        let parent = path.parent().unwrap_or(folder);
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(parent)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|e| e.error)?;
        File::open(parent)?.sync_all()
    };
    done().map_err(|e| io(path, &e))
}

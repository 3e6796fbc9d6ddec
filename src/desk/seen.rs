//! The last head that somebody has seen of this desk's log, kept outside of its database: beside the agent's key,
//! and in the user's own state folder, which no copy of the desk brings back. A desk that has fewer leaves, or
//! others, was rolled back or written anew.
//!
//! The file holds five lines: the desk, the size, the root, the hash of the last leaf, and the keyset's version with
//! the root key that signed it. Each leaf names the hash of the one before, so looking up that one hash is enough to
//! see whether the log goes on from there; the root is for `audit verify`, which reads everything. A keyset lower
//! than one seen would bring back who was disabled; another root key would bring in anybody.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};

use super::{Desk, Failure};
use crate::audit::{Draft, Hash, Head, Info};
use crate::authority::Keyset;
use crate::domain::{Role, Shown};
use crate::store::desk::journal::Journal;
use crate::store::desk::leaves;
use crate::words::Phrase;

/// Characters of a reason that stand in the log.
const MOST_REASON: usize = 200;

/// A head that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    desk: String,
    pub size: u64,
    pub root: Hash,
    last: Hash,
    /// The keyset's version, and the id of the key that signs it; files of before have none.
    keyset: Option<(u64, String)>,
}

impl Seen {
    fn of(desk: &str, head: &Head, keyset: &Keyset) -> Self {
        let keyset = Some((keyset.claims().version, keyset.root().kid().to_owned()));
        Self { desk: desk.to_owned(), size: head.size(), root: head.root(), last: *head.last(), keyset }
    }

    /// The same with the newer keyset of the two: who saw more of the log may have seen less of its people.
    fn with_newer_people(&self, known: Option<&Self>) -> Self {
        let known = known.filter(|known| known.desk == self.desk).and_then(|known| known.keyset.clone());
        let version = |keyset: &Option<(u64, String)>| keyset.as_ref().map(|(version, _)| *version);
        let same_root = |k: &(u64, String)| self.keyset.as_ref().is_some_and(|(_, root)| *root == k.1);
        match known.filter(same_root) {
            Some(known) if Some(known.0) > version(&self.keyset) => {
                Self { keyset: Some(known), ..self.clone() }
            }
            _ => self.clone(),
        }
    }

    fn text(&self) -> String {
        let [root, last] = [self.root, self.last].map(|hash| Base64::encode_string(&hash));
        let keyset = self.keyset.as_ref().map(|(version, root)| format!("keyset {version} {root}\n"));
        format!("latchkey/{}\n{}\n{root}\n{last}\n{}", self.desk, self.size, keyset.unwrap_or_default())
    }

    fn parse(text: &str) -> Option<Self> {
        let hash = |line: &str| Base64::decode_vec(line).ok()?.try_into().ok();
        let mut lines = text.lines();
        let desk = lines.next()?.strip_prefix("latchkey/")?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let (root, last) = (hash(lines.next()?)?, hash(lines.next()?)?);
        let keyset = lines.next().and_then(|line| line.strip_prefix("keyset ")?.split_once(' '));
        let keyset = keyset.and_then(|(version, kid)| Some((version.parse().ok()?, kid.to_owned())));
        Some(Self { desk, size, root, last, keyset })
    }
}

impl Desk {
    /// Where heads of this desk are kept for who works here.
    fn seen_places(&self) -> Vec<PathBuf> {
        let beside = self.agent().ok().map(|name| self.folder.keys().join(format!("{name}.head")));
        // A rehearsal is thrown away; nobody's state folder should remember it.
        let own = self.env.state_folder().filter(|_| !self.rehearsal);
        let own = own.map(|state| state.join("latchkey/heads").join(&self.id));
        beside.into_iter().chain(own).collect()
    }

    /// The heads that were seen, wherever they are kept. What is not there, is not ours to read or says nothing is as good
    /// as none; where the disk fails nobody can say that the desk was not rolled back.
    pub(super) fn seen(&self) -> Result<Vec<Seen>, Failure> {
        use io::ErrorKind::{InvalidData, NotADirectory, NotFound, PermissionDenied};
        let mut seen = Vec::new();
        for place in self.seen_places() {
            match std::fs::read_to_string(&place) {
                Ok(text) => seen.extend(Seen::parse(&text)),
                Err(e) if matches!(e.kind(), NotFound | PermissionDenied | NotADirectory | InvalidData) => {}
                Err(e) => return Err(super::tiles::io(&place, &e)),
            }
        }
        Ok(seen)
    }

    /// Kept heads that cannot be read: they remember nothing.
    pub(super) fn damaged_heads(&self) -> Vec<PathBuf> {
        let damaged = |path: &PathBuf| {
            path.exists() && std::fs::read_to_string(path).ok().and_then(|text| Seen::parse(&text)).is_none()
        };
        self.seen_places().into_iter().filter(damaged).collect()
    }

    /// Compares the log with what was seen of it.
    pub(super) fn look_for_rollback(&mut self) -> Result<(), Failure> {
        let size = Journal::open(self.db())?.head().size();
        for seen in self.seen()? {
            let there = match seen.size.checked_sub(1) {
                _ if seen.desk != self.id => None,
                None => continue,
                Some(last) => leaves::hash_at(self.db(), last)?,
            };
            if let Some((version, root)) = &seen.keyset {
                if *version > self.keyset.claims().version {
                    // Somebody may have changed people since the keyset was read; if not, it stays as it is.
                    let _ = self.refresh();
                }
                let now = self.keyset.claims().version;
                let words = if root != self.keyset.root().kid() {
                    Phrase::of("seen-root")
                } else if *version > now {
                    let words = Phrase::of("seen-keyset").with("seen", version.to_string());
                    words.with("version", now.to_string())
                } else {
                    Phrase::none()
                };
                if !words.is_none() {
                    self.beyond |= root != self.keyset.root().kid();
                    self.rolled_back = Some(words);
                    self.readonly = true;
                }
            }
            if there != Some(seen.last) && self.rolled_back.is_none() {
                let id = if size < seen.size { "seen-cut" } else { "seen-other" };
                let words = Phrase::Said(id, vec![])
                    .with("seen", seen.size.to_string())
                    .with("size", size.to_string());
                self.rolled_back = Some(words);
                self.readonly = true;
            }
        }
        Ok(())
    }

    /// Refuses what must not be done at a desk that was rolled back.
    pub(super) fn not_rolled_back(&self) -> Result<(), Failure> {
        match &self.rolled_back {
            None => Ok(()),
            Some(why) => {
                let hint = if self.beyond { "hint-keyset" } else { "hint-rolled-back" };
                Err(Failure::verification(why.clone().whole()).hint(Phrase::Said(hint, vec![])))
            }
        }
    }

    /// Why this desk is not the one that was seen last, if it is not.
    pub fn rolled_back(&self) -> Option<&Phrase> {
        self.rolled_back.as_ref()
    }

    /// Keeps a head. It is written without waiting for the disk: what a power cut takes is an older head, which
    /// this log goes on from as well.
    pub(super) fn remember(&self, head: &Head) {
        if self.readonly {
            return;
        }
        let seen = Seen::of(&self.id, head, &self.keyset);
        for place in self.seen_places() {
            let known = std::fs::read_to_string(&place).ok().and_then(|text| Seen::parse(&text));
            // Somebody else at the same desk may have seen more of its log, or newer people.
            let most = match &known {
                Some(known) if known.size >= seen.size => known.with_newer_people(Some(&seen)),
                _ => seen.with_newer_people(known.as_ref()),
            };
            if known.as_ref() != Some(&most) {
                // A folder that cannot be written remembers nothing; the desk works all the same.
                let _ = write(&place, &most);
            }
        }
    }

    /// Goes on with a desk that was rolled back, on purpose (a backup was restored): logged, with the reason.
    pub fn accept_rollback(&mut self, reason: &str) -> Result<(), Failure> {
        self.log_acceptance(reason)?;
        let head = Seen::of(&self.id, Journal::open(self.db())?.head(), &self.keyset);
        for place in self.seen_places() {
            write(&place, &head).map_err(|e| super::tiles::io(&place, &e))?;
        }
        Ok(())
    }

    /// Puts down a desk that was made ready beside its place. The head in its own folder is kept at once; what gives
    /// back keeps the others, and is to be called as soon as the desk stands where it belongs.
    pub(super) fn put_down(mut self) -> Result<impl FnOnce(), Failure> {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        if !self.readonly && self.rolled_back.is_none() {
            (inside, outside) =
                self.seen_places().into_iter().partition(|p| p.starts_with(self.folder.path()));
        }
        let head = Seen::of(&self.id, Journal::open(self.db())?.head(), &self.keyset);
        for place in inside {
            write(&place, &head).map_err(|e| super::tiles::io(&place, &e))?;
        }
        // It remembers nothing more when it is dropped.
        self.readonly = true;
        // A folder that cannot be written remembers nothing, as ever.
        Ok(move || outside.iter().for_each(|place| drop(write(place, &head))))
    }

    /// The leaf, and the roll-back is none any more; nothing outside of the database changes.
    pub(super) fn log_acceptance(&mut self, reason: &str) -> Result<(), Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian, Role::Auditor], "accept a rollback")?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::usage(Phrase::of("fail-rollback-reason")).hint(Phrase::of("hint-reason")));
        }
        if self.rolled_back.is_none() {
            return Err(Failure::state(Phrase::of("fail-not-rolled-back")));
        }
        if self.beyond {
            return Err(Failure::refused(Phrase::of("fail-beyond")).hint(Phrase::of("hint-keyset")));
        }
        let version = self.keyset.claims().version;
        let older = self.seen()?.iter().any(|s| s.keyset.as_ref().is_some_and(|(seen, _)| *seen > version));
        if older {
            // It brings back roles and keys that were taken away since.
            self.require(&[Role::Custodian], "accept a rollback")?;
        }
        let seen = self.seen()?.into_iter().max_by_key(|seen| seen.size);
        let (size, root) = seen.map_or((0, [0; 32]), |seen| (seen.size, seen.root));
        let reason = Shown(reason).clip(MOST_REASON);
        let (why, before) = (self.rolled_back.take(), self.readonly);
        self.readonly = false;
        let done = self.act(|act| {
            let draft = Draft::new("log.rollback-accepted", act.actor)
                .digest("seen", &root)
                .info("keyset", Info::Number(i64::try_from(version).unwrap_or(i64::MAX)))
                .info("reason", Info::Text(&reason))
                .info("seen", Info::Number(i64::try_from(size).unwrap_or(i64::MAX)));
            act.log(draft, None)
        });
        if done.is_err() {
            (self.rolled_back, self.readonly) = (why, before);
        }
        done.map(drop)
    }
}

fn write(place: &Path, seen: &Seen) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(".head-").tempfile_in(folder)?;
    file.write_all(seen.text().as_bytes())?;
    file.persist(place).map(|_| ()).map_err(|e| e.error)
}

/// Makes a folder that only its owner opens, where it is not there.
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        return Ok(());
    }
    std::os::unix::fs::DirBuilderExt::mode(std::fs::DirBuilder::new().recursive(true), 0o700).create(folder)
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What was only looked at, and what others did meanwhile, was seen too.
        if let Ok(journal) = Journal::open(self.db()) {
            self.remember(journal.head());
        }
    }
}

//! The lists are the custodian's word: who imports, prunes or erases signs the root over all their rows in the transaction
//! of `registry.db` that changed them, and the log takes the signed root in. Whoever can write the desk's folder can still
//! change a row, and no grant comes of it: what a case was judged by is compared with its seals, and these with the root.
//!
//! Killed between the two commits, the statement is there, and whoever opens the desk next logs it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::keysets::{Fault, History, Own, chained};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{AgentKey, Authored as _, Keyset, StatementClaims};
use crate::domain::{List, ListMode, Role};
use crate::store::desk::journal::LISTS;
use crate::store::desk::leaves;
use crate::store::registry::{Misfit, Root, Sealed, seal_all, sealed};
use crate::store::{self, Db, FileKind, Purpose, StoreError};
use crate::words::Phrase;

/// What a statement about lists is of; and what the log calls a sealing that is no import.
pub(super) const SEALED: &str = "lists.sealed";

/// What a leaf says of a root.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Logged {
    seq: u64,
    actor: String,
    number: u64,
    root: String,
    statement: String,
    /// Of an import: its list, mode and file.
    import: BTreeMap<String, String>,
}

impl Logged {
    fn read(seq: u64, line: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Leaf {
            actor: String,
            digest: BTreeMap<String, String>,
            info: BTreeMap<String, serde_json::Value>,
        }
        let mut leaf: Leaf = serde_json::from_str(line).ok()?;
        let text = |name: &str| Some(leaf.info.get(name)?.as_str()?.to_owned());
        let mut import = BTreeMap::new();
        for name in ["list", "mode"] {
            import.extend(text(name).map(|value| (name.to_owned(), value)));
        }
        import.extend(leaf.digest.remove("file").map(|value| ("file".to_owned(), value)));
        Some(Self {
            seq,
            number: leaf.info.get("number")?.as_u64()?,
            statement: text("statement")?,
            root: leaf.digest.remove("root")?,
            actor: leaf.actor,
            import,
        })
    }

    /// As the registry would have it.
    fn sealed(&self) -> Option<Sealed> {
        let digits = self.root.strip_prefix("sha256:")?;
        let byte = |at: usize| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok();
        let root: Option<Vec<u8>> = (0..32).map(byte).collect();
        let root = root?.try_into().ok()?;
        Some(Sealed { number: self.number, root, statement: Some(self.statement.clone()) })
    }

    /// The last that the log took in, by its place in the chain.
    fn last(db: &Db) -> Result<Option<Self>, Failure> {
        let Some((seq, line)) = leaves::last_of(db, LISTS)? else { return Ok(None) };
        let logged = Self::read(seq, &line);
        if logged.is_none() || !chained(db, seq, &line)? { Err(unlike(seq)) } else { Ok(logged) }
    }
}

/// A leaf about lists that is not as it was written.
fn unlike(seq: u64) -> Failure {
    Failure::verification(Phrase::of("chain-lists").with("leaf", seq.to_string()))
        .hint(Phrase::of("hint-tampered"))
}

/// The root as leaves and statements write it.
fn hex(root: &[u8; 32]) -> String {
    super::import::hex(root)
}

/// What is signed of an import beside the root: its list, how it met what was there, and the file.
pub(super) fn import_facts(list: List, mode: ListMode, file: &[u8; 32]) -> BTreeMap<String, String> {
    let facts = [("list", list.to_string()), ("mode", mode.as_str().to_owned()), ("file", hex(file))];
    facts.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

/// Whose word counts, by the people of one time.
struct Whose<'a> {
    desk: &'a str,
    rehearsal: bool,
    keyset: &'a Keyset,
}

/// What a custodian signed.
struct Told {
    by: String,
    /// The lists that were there, or should have been.
    lists: BTreeSet<String>,
}

impl Whose<'_> {
    /// What was signed of these lists, if a custodian of this desk did.
    fn told(&self, sealed: &Sealed, import: Option<&BTreeMap<String, String>>) -> Option<Told> {
        let (claims, entry) = StatementClaims::open(sealed.statement.as_deref()?, self.keyset).ok()?;
        let may = self.rehearsal || entry.has_role(&[Role::Custodian]);
        let fact = |name: &str| claims.facts.get(name).map(String::as_str);
        let same = claims.iss == self.desk
            && claims.act == SEALED
            && fact("root") == Some(hex(&sealed.root).as_str())
            && fact("number") == Some(sealed.number.to_string().as_str());
        let told = import.is_none_or(|import| {
            claims.facts.len() == import.len() + 3
                && import.iter().all(|(name, value)| fact(name) == Some(value.as_str()))
        });
        let lists = fact("lists")?.split(',').filter(|list| !list.is_empty()).map(str::to_owned).collect();
        (may && same && told).then_some(Told { by: claims.by, lists })
    }
}

/// What the log knows of the lists, to compare a registry with.
pub(super) struct Word {
    desk: String,
    rehearsal: bool,
    /// Who works here now.
    keyset: Keyset,
    /// What was logged last, and who worked here then.
    logged: Option<(Logged, Keyset)>,
}

impl Word {
    fn of(db: &Db, history: &History, own: Own<'_>, keyset: &Keyset) -> Result<Self, Failure> {
        let logged = match Logged::last(db)? {
            Some(logged) => {
                let era = history.at(logged.seq).ok_or_else(|| unlike(logged.seq))?;
                Some((logged, era.keyset.clone()))
            }
            None => None,
        };
        Ok(Self { desk: own.id.to_owned(), rehearsal: own.rehearsal, keyset: keyset.clone(), logged })
    }

    fn number(&self) -> u64 {
        self.logged.as_ref().map_or(0, |(logged, _)| logged.number)
    }

    fn whose<'a>(&'a self, keyset: &'a Keyset) -> Whose<'a> {
        Whose { desk: &self.desk, rehearsal: self.rehearsal, keyset }
    }

    /// What a custodian signed last, or why these lists are something else. Those that landed a moment ago may not be in
    /// the log yet.
    fn told(&self, sealed: &Sealed) -> Result<Told, Phrase> {
        let told = match &self.logged {
            Some((logged, _)) if sealed.number < logged.number => return Err(Phrase::of("lists-older")),
            Some((logged, keyset)) if sealed.number == logged.number => {
                let same =
                    hex(&sealed.root) == logged.root && sealed.statement.as_ref() == Some(&logged.statement);
                self.whose(keyset).told(sealed, None).filter(|_| same)
            }
            _ => self.whose(&self.keyset).told(sealed, None),
        };
        told.ok_or_else(|| Phrase::of("lists-unsigned"))
    }

    /// The lists that there were by the log.
    fn lists(&self) -> BTreeSet<String> {
        let told = self
            .logged
            .as_ref()
            .and_then(|(logged, keyset)| self.whose(keyset).told(&logged.sealed()?, None));
        told.map(|told| told.lists).unwrap_or_default()
    }
}

/// Signs what the lists are after an act.
pub(super) struct Signer {
    key: Arc<AgentKey>,
    by: String,
    at: i64,
    word: Word,
    more: BTreeMap<String, String>,
    /// What stood there before must be a custodian's word.
    builds_on: bool,
}

impl Signer {
    /// The number and the statement of a root.
    pub fn sign(&self, before: Option<&Sealed>, root: &Root) -> Result<(u64, Option<String>), StoreError> {
        let mut lists: BTreeSet<String> = root.lists.iter().cloned().collect();
        if self.builds_on {
            // A list that was there and is not is missed until it is imported again, or its end is signed for.
            lists.extend(self.word.lists());
            if let Some(before) = before {
                let denied = |_| StoreError::Tampered { misfit: Misfit::root() };
                lists.extend(self.word.told(before).map_err(denied)?.lists);
            }
        }
        let number = self.word.number().max(before.map_or(0, |before| before.number)) + 1;
        let mut facts = self.more.clone();
        facts.insert("number".to_owned(), number.to_string());
        facts.insert("root".to_owned(), hex(&root.hash));
        facts.insert("lists".to_owned(), lists.into_iter().collect::<Vec<_>>().join(","));
        let claims = StatementClaims {
            iss: self.word.desk.clone(),
            by: self.by.clone(),
            act: SEALED.to_owned(),
            ticket: None,
            sub: None,
            facts,
            iat: self.at,
        };
        let jws = claims.sign(&self.key).map_err(|e| StoreError::Damaged(e.to_string()))?;
        Ok((number, Some(jws)))
    }
}

impl Desk {
    fn own(&self) -> Own<'_> {
        Own { id: &self.id, rehearsal: self.rehearsal }
    }

    /// Who signs for the lists: whoever acts. It may ask for a passphrase.
    pub(super) fn lists_signer(&mut self, more: BTreeMap<String, String>) -> Result<Signer, Failure> {
        let (key, by, at) = (self.signing_key()?, self.agent()?, self.now().0);
        let history = History::of(self.db(), &self.folder, self.own())?;
        let word = Word::of(self.db(), &history, self.own(), &self.keyset)?;
        Ok(Signer { key, by, at, word, more, builds_on: true })
    }

    /// Signs the lists as they are, whatever they were sealed as before; gives the first thing that had changed.
    pub fn seal_lists(&mut self) -> Result<Option<Phrase>, Failure> {
        if !self.rehearsal {
            self.require(&[Role::Custodian], "seal the lists")?;
        }
        if self.readonly {
            return Err(Failure::refused(Phrase::of("fail-import-readonly")));
        }
        let signer = Signer { builds_on: false, ..self.lists_signer(BTreeMap::new())? };
        let differed = match self.registry.begin()?.all_fit(&mut |_| true)? {
            Err(misfit) => Some(misfit.phrase()),
            Ok(sealed) => sealed.and_then(|sealed| signer.word.told(&sealed).err()),
        };
        let conn = store::open(&self.folder.registry_db(), Purpose::Write, FileKind::Registry)?.conn;
        seal_all(&conn, &mut |before, root| signer.sign(before, root))?;
        drop(conn);
        self.log_landed()?;
        Ok(differed)
    }

    /// Logs what was sealed last, where the log does not have it yet and a custodian signed it.
    pub(super) fn log_sealed(&mut self) -> Result<(), Failure> {
        let Some(sealed) = sealed(self.registry.conn())? else { return Ok(()) };
        // What is wrong with the log is told by who reads all of it.
        let Ok(logged) = Logged::last(self.db()) else { return Ok(()) };
        if logged.is_some_and(|logged| logged.number >= sealed.number) {
            return Ok(());
        }
        let Some(told) = self.whose().told(&sealed, None) else { return Ok(()) };
        self.log_as(&told.by, |act| {
            if act.owes(&sealed, None)?.as_deref() == Some(act.actor) {
                let draft = rooted(Draft::new(SEALED, act.actor), &sealed);
                act.log(draft, Some(LISTS))?;
            }
            Ok(())
        })
    }

    fn whose(&self) -> Whose<'_> {
        Whose { desk: &self.id, rehearsal: self.rehearsal, keyset: &self.keyset }
    }

    /// The first fault of what the log says of lists, and of the lists themselves: every row is read.
    pub(super) fn lists_fit(
        &mut self,
        landed: &[super::keysets::Landed],
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Fault>, Failure> {
        let history = match History::read(self.db(), &self.folder, self.own(), landed) {
            Ok(history) => history,
            Err(fault) => return Ok(Some(fault)),
        };
        let fault = |seq: u64| Some((Some(seq), Phrase::of("chain-lists").with("leaf", seq.to_string())));
        let mut number = 0;
        for (seq, line) in leaves::of_ticket(self.db(), LISTS)?.into_iter().rev() {
            let Some((logged, era)) = Logged::read(seq, &line).zip(history.at(seq)) else {
                return Ok(fault(seq));
            };
            let whose = Whose { keyset: &era.keyset, ..self.whose() };
            let told = logged.sealed().and_then(|sealed| whose.told(&sealed, Some(&logged.import)));
            if logged.number <= number || told.is_none_or(|told| told.by != logged.actor) {
                return Ok(fault(seq));
            }
            number = logged.number;
        }
        let word = Word::of(self.db(), &history, self.own(), &self.keyset)?;
        let mut stopped = false;
        let mut each = |_: u64| {
            stopped |= !go_on();
            !stopped
        };
        let found = self.registry.begin()?.all_fit(&mut each)?;
        if stopped {
            return Err(Failure::state(Phrase::of("fail-verify-stopped")));
        }
        let why = match found {
            Err(misfit) => Some(misfit.phrase()),
            Ok(Some(sealed)) => word.told(&sealed).err(),
            // A desk that was restored has no lists until they are imported again; nothing is granted meanwhile.
            Ok(None) => None,
        };
        Ok(why.map(|why| (None, Phrase::of("chain-registry").with("why", why))))
    }
}

/// Lists that were signed for once, and are not there.
fn missing(mut lists: BTreeSet<String>, there: &[String]) -> Option<Phrase> {
    lists.retain(|list| !there.contains(list));
    let names = lists.into_iter().collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| Phrase::of("lists-missing").with("names", names))
}

/// A leaf with the root that was signed.
pub(super) fn rooted<'a>(draft: Draft<'a>, sealed: &'a Sealed) -> Draft<'a> {
    draft
        .digest("root", &sealed.root)
        .info("number", Info::Number(i64::try_from(sealed.number).unwrap_or(i64::MAX)))
        .info("statement", Info::Text(sealed.statement.as_deref().unwrap_or_default()))
}

impl Act<'_> {
    fn lists_word(&self) -> Result<Word, Failure> {
        let own = Own { id: self.desk_id, rehearsal: self.rehearsal };
        Word::of(self.conn, self.history()?, own, self.keyset)
    }

    /// Who signed a root that the log does not have yet; `None` where it has, or no custodian signed it.
    pub(super) fn owes(
        &self,
        sealed: &Sealed,
        import: Option<&BTreeMap<String, String>>,
    ) -> Result<Option<String>, Failure> {
        let word = self.lists_word()?;
        let newer = sealed.number > word.number();
        let told = word.whose(self.keyset).told(sealed, import).filter(|_| newer);
        Ok(told.map(|told| told.by))
    }

    /// Notes from now on what is asked of the lists, for [`Self::lists_hold`].
    pub(super) fn watch_lists(&mut self) {
        self.registry.watch();
    }

    /// Refuses to build on rows of the lists that are not as a custodian signed them, of those that were asked for.
    pub(super) fn lists_hold(&self) -> Result<(), Failure> {
        self.found_whole(LISTS)?;
        let word = self.lists_word()?;
        let why = match self.registry.asked_fit()? {
            Err(misfit) => Some(misfit.phrase()),
            Ok(Some(sealed)) => match word.told(&sealed) {
                Err(why) => Some(why),
                Ok(told) => missing(told.lists, &self.registry.lists()?),
            },
            Ok(None) => word.logged.is_some().then(|| Phrase::of("lists-gone")),
        };
        match why {
            None => Ok(()),
            Some(why) => Err(Failure::verification(Phrase::of("fail-lists").with("why", why))
                .hint(Phrase::of("hint-lists"))),
        }
    }
}

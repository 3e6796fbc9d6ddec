//! The log, checked against itself, against signed heads, and against the rows it speaks of.

use std::collections::{BTreeMap, BTreeSet};

use super::granted::Granted;
use super::keysets::{Fault, History, Landed, Own};
use super::rows::Sealed;
use super::seen::Seen;
use super::{Desk, Failure};
use crate::audit::{Checkpoint, LogVerdict, LogVerifier, verifier_key};
use crate::authority::{ApprovalClaims, Authored as _, DecisionClaims, PublicKey, StatementClaims};
use crate::domain::{Role, Time};
use crate::store::desk::journal::{self, CENTRES, FILES, Journal, LISTS, LOGINS, PEOPLE};
use crate::store::desk::notices::Cleared;
use crate::store::desk::{acts, notices};
use crate::store::whole::Look;
use crate::store::{self, FileKind, desk::acts::Decision};
use crate::words::{Part, Phrase};

/// Leaves between two looks at whether to go on.
const EACH: u64 = 4096;

/// A signed head with what a verifier needs to read it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SignedHead {
    /// The C2SP signed note.
    pub note: String,
    /// For Go's `note.NewVerifier`.
    pub verifier_key: String,
    /// How many leaves the head covers.
    pub size: u64,
}

/// Digests that leaves name, each with its leaf's index; and the tickets that the log says were emptied, whose signed
/// texts went with them.
#[derive(Default)]
struct Named {
    decisions: BTreeMap<String, u64>,
    approvals: BTreeMap<String, u64>,
    statements: BTreeMap<String, u64>,
    /// Which of them holds for a check of a ticket against another: who clears again takes the first one's place.
    cleared: BTreeMap<(Option<i64>, String), String>,
    tickets: BTreeMap<u64, i64>,
    emptied: BTreeSet<i64>,
    /// Keysets that were taken in.
    keysets: Vec<Landed>,
    /// The first leaf whose row says that it speaks of something else.
    misplaced: Option<u64>,
}

#[derive(serde::Deserialize)]
struct Leaf {
    act: String,
    ticket: Option<i64>,
    #[serde(default)]
    digest: BTreeMap<String, String>,
    #[serde(default)]
    info: BTreeMap<String, serde_json::Value>,
}

impl Named {
    fn read(&mut self, seq: u64, line: &str, ticket: Option<i64>) {
        let landed = Landed::of(seq, line);
        if self.misplaced.is_none() && place_of(line, landed.is_some()) != ticket {
            self.misplaced = Some(seq);
        }
        self.keysets.extend(landed);
        // Most leaves name none of these; parsing those would be most of the work.
        let emptied = line.starts_with("{\"act\":\"ticket.emptied\"");
        if !emptied && !line.contains("\"decision\":\"") && !line.contains("\"statement\":\"") {
            return;
        }
        let Ok(leaf) = serde_json::from_str::<Leaf>(line) else { return };
        self.tickets.extend(leaf.ticket.map(|ticket| (seq, ticket)));
        match leaf.act.as_str() {
            super::empty::EMPTIED => self.emptied.extend(leaf.ticket),
            "decision.made" => self.decisions.extend(leaf.digest.get("decision").map(|d| (d.clone(), seq))),
            "decision.approved" => {
                self.approvals.extend(leaf.digest.get("approval").map(|d| (d.clone(), seq)));
            }
            "check.cleared" => {
                let Some(digest) = leaf.digest.get("statement") else { return };
                let of = ["check", "other"].map(|name| leaf.info.get(name).map(ToString::to_string));
                if let Some(before) = self.cleared.insert((leaf.ticket, format!("{of:?}")), digest.clone()) {
                    self.statements.remove(&before);
                }
                self.statements.insert(digest.clone(), seq);
            }
            _ => {}
        }
    }

    /// Whether a signed text is not there because its ticket was emptied.
    fn was_emptied(&self, ticket: i64, jws: &str) -> bool {
        jws.is_empty() && self.emptied.contains(&ticket)
    }

    /// The first leaf whose signed text is missing, of a ticket that still has its texts.
    fn missing(&self, left: &BTreeMap<String, u64>) -> Option<u64> {
        let emptied = |seq: &&u64| self.tickets.get(*seq).is_some_and(|t| self.emptied.contains(t));
        left.values().filter(|seq| !emptied(seq)).min().copied()
    }
}

/// What the row of a leaf must have in the place of a ticket's number.
pub(super) fn place_of(line: &str, keyset: bool) -> Option<i64> {
    let number = line.strip_suffix('}')?.rsplit_once(",\"ticket\":").map(|(_, number)| number.parse());
    match number {
        // A reading stands beside the ticket's own leaves (`desk/reading.rs`).
        Some(_) if line.starts_with("{\"act\":\"ticket.read\"") => None,
        Some(number) => number.ok(),
        None if keyset => Some(PEOPLE),
        None if line.starts_with("{\"act\":\"login.") => Some(LOGINS),
        None if line.starts_with("{\"act\":\"centre.") => Some(CENTRES),
        None if line.starts_with("{\"act\":\"list.imported\"") => Some(LISTS),
        None if line.starts_with("{\"act\":\"lists.sealed\"") => Some(LISTS),
        None if ["policy", "config"]
            .iter()
            .any(|f| line.starts_with(&format!("{{\"act\":\"{f}.accepted\""))) =>
        {
            Some(FILES)
        }
        None => None,
    }
}

impl Desk {
    /// Verifies the whole log, every signed row, and whether both files' indexes are what their tables hold. `against`: checkpoints kept elsewhere.
    pub fn audit_verify(&mut self, against: &[String]) -> Result<LogVerdict, Failure> {
        self.audit_verify_while(against, &mut |_| true)
    }

    /// The same, as long as `go_on` says so, which hears how many leaves were read.
    pub fn audit_verify_while(
        &mut self,
        against: &[String],
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<LogVerdict, Failure> {
        // Beside the rest, which takes as long.
        let files =
            [(self.folder.desk_db(), FileKind::Desk), (self.folder.registry_db(), FileKind::Registry)];
        let look = Look::begin(files)?;
        let read = std::cell::Cell::new(0);
        let verdict = self.verify_rows(against, &mut |leaves| {
            read.set(leaves);
            go_on(leaves)
        })?;
        if !verdict.ok {
            return Ok(verdict);
        }
        match look.end(&mut || go_on(read.get()))? {
            None => Err(Failure::state(Phrase::of("fail-verify-stopped"))),
            Some(None) => Ok(verdict),
            Some(Some((kind, fault))) => {
                Ok(LogVerdict { ok: false, reason: fault.phrase(kind), first_bad: None, ..verdict })
            }
        }
    }

    /// The same for who looked already whether the files' indexes are what their tables hold.
    pub(super) fn verify_but_indexes(&mut self) -> Result<LogVerdict, Failure> {
        self.verify_rows(&[], &mut |_| true)
    }

    fn verify_rows(
        &mut self,
        against: &[String],
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<LogVerdict, Failure> {
        // What was seen of the log, and is kept outside of it: before the log itself, which only grows.
        let seen = self.seen()?;
        // Others go on working. Leaves of one moment and rows of the next would look like tampering.
        self.in_one_view(|desk| desk.verify_view(against, &seen, go_on))
    }

    fn verify_view(
        &mut self,
        against: &[String],
        seen: &[Seen],
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<LogVerdict, Failure> {
        store::shape::is_ours(self.db(), FileKind::Desk)?;
        // Who signed the newest heads may have come a moment ago; people that do not fit the log are named below.
        let _ = self.refresh();
        let origin = self.origin();
        let keys = self.keys();
        let keys: Vec<&PublicKey> = keys.iter().collect();
        let mut heads = Vec::new();
        for note in against {
            let head = Checkpoint::open(note, &origin, &keys)
                .map_err(|e| Failure::verification(Phrase::of("fail-checkpoint").with("why", e.phrase())))?;
            heads.push((head.size, head.root));
        }
        for note in journal::checkpoints(self.db())? {
            match Checkpoint::open(&note, &origin, &keys) {
                Ok(head) => heads.push((head.size, head.root)),
                Err(e) => return Ok(broken(None, Phrase::of("chain-checkpoint").with("why", e.phrase()))),
            }
        }
        heads.extend(seen.iter().map(|seen| (seen.size, seen.root)));
        let mut verifier = LogVerifier::new(heads);
        let mut named = Named::default();
        let (mut sealed, mut granted) = (Sealed::default(), Granted::default());
        let (mut read, mut stopped) = (0, false);
        journal::each_leaf(self.db(), |leaf| {
            read += 1;
            if read % EACH == 0 && !go_on(read) {
                stopped = true;
                return false;
            }
            let hash = leaf.hash.as_slice().try_into().unwrap_or([0; 32]);
            verifier.feed(leaf.seq, &leaf.line, &hash);
            if let Ok(line) = std::str::from_utf8(&leaf.line) {
                named.read(leaf.seq, line, leaf.ticket);
                sealed.read(leaf.seq, line);
                granted.read(leaf.seq, line);
            }
            true
        })?;
        if stopped {
            return Err(Failure::state(Phrase::of("fail-verify-stopped")));
        }
        let stored = Journal::open(self.db());
        let verdict = match &stored {
            Ok(journal) => verifier.finish(Some(journal.head())),
            Err(e) => return Ok(broken(None, e.phrase())),
        };
        // It may be whole in itself and still another than the one that was seen.
        let rolled_back = self.rolled_back.as_ref().map(|why| LogVerdict {
            ok: false,
            reason: why.clone(),
            ..verdict.clone()
        });
        if let Some(rolled_back) = rolled_back.clone().filter(|_| !self.beyond) {
            return Ok(rolled_back);
        }
        if !verdict.ok {
            return Ok(verdict);
        }
        let misfit = match self.rows_fit(&mut named) {
            None => self.facts_fit(sealed, granted, &named.keysets)?,
            misfit => misfit,
        };
        let misfit = match misfit {
            None => self.lists_fit(&named.keysets, &mut || go_on(read))?,
            misfit => misfit,
        };
        let misfit = match misfit {
            None => {
                let judged = self.is_up_to_date()?;
                self.read(|act| act.links_fit(judged, &mut || go_on(read)))?
            }
            misfit => misfit,
        };
        match misfit {
            None => Ok(rolled_back.unwrap_or(verdict)),
            Some((first_bad, reason)) => Ok(LogVerdict { ok: false, first_bad, reason, ..verdict }),
        }
    }

    /// Compares keysets, decisions, approvals and clearings with their signatures and with the log. Each is judged by
    /// the keyset that stood when it was done.
    fn rows_fit(&self, named: &mut Named) -> Option<Fault> {
        if let Some(seq) = named.misplaced {
            return Some((Some(seq), Phrase::of("chain-misplaced").with("leaf", seq.to_string())));
        }
        let own = Own { id: &self.id, rehearsal: self.rehearsal };
        let history = match History::read(self.db(), &self.folder, own, &named.keysets) {
            Ok(history) => history,
            Err(fault) => return Some(fault),
        };
        if let Some(fault) = self.decisions_fit(named, &history).or_else(|| self.leases_fit()) {
            return Some(fault);
        }
        match self.clearings_fit(named, &history) {
            Ok(None) => {}
            Ok(fault) => return fault,
            Err(e) => return Some((None, e.what)),
        }
        match super::signed::misfit(self, &history).and_then(|fault| match fault {
            None => super::spoken::centres::misfit(self.db()),
            fault => Ok(fault),
        }) {
            Ok(None) => {}
            Ok(fault) => return fault,
            Err(e) => return Some((None, e.what)),
        }
        let gone = [
            ("chain-a-decision", &named.decisions),
            ("chain-an-approval", &named.approvals),
            ("chain-a-statement", &named.statements),
        ];
        gone.into_iter().find_map(|(what, left)| {
            let seq = named.missing(left)?;
            Some((
                Some(seq),
                Phrase::of("chain-gone").with("what", Part::Word(what)).with("leaf", seq.to_string()),
            ))
        })
    }

    fn clearings_fit(&self, named: &mut Named, history: &History) -> Result<Option<Fault>, Failure> {
        for (cleared, jws) in notices::clearings(self.db())? {
            let Cleared { ticket, other, check, by } = &cleared;
            if named.was_emptied(*ticket, &jws) {
                continue;
            }
            let leaf = named.statements.remove(&super::digest::sum(jws.as_bytes()));
            let fits = leaf.and_then(|seq| history.at(seq)).is_some_and(|era| {
                StatementClaims::open(&jws, &era.keyset).is_ok_and(|(c, entry)| {
                    c.ticket == u64::try_from(*ticket).ok()
                        && c.by == *by
                        && c.sub.as_deref() == Some(&*format!("ticket:{other}"))
                        && c.facts.get("check").is_some_and(|c| c == check)
                        && era.waits.approves_at(entry, Time(c.iat))
                })
            });
            if !fits || !self.clearing_logged(&cleared)? {
                let words = Phrase::of("chain-clearing").with("check", check.as_str());
                return Ok(Some((leaf, words.with("ticket", ticket.to_string()))));
            }
        }
        Ok(None)
    }

    fn decisions_fit(&self, named: &mut Named, history: &History) -> Option<Fault> {
        let fail = |e: Failure| Some((None, e.what));
        let decisions = match acts::all_decisions(self.db()) {
            Ok(decisions) => decisions,
            Err(e) => return fail(e.into()),
        };
        for d in decisions {
            if named.was_emptied(d.ticket, &d.jws) {
                continue;
            }
            let leaf = named.decisions.remove(&super::digest::sum(d.jws.as_bytes()));
            let fits = leaf.and_then(|seq| history.at(seq)).is_some_and(|era| {
                DecisionClaims::open(&d.jws, &era.keyset)
                    .is_ok_and(|(c, entry)| entry.has_role(&[Role::Agent, Role::Approver]) && is_of(&c, &d))
            });
            if !fits {
                return Some((leaf, Phrase::of("chain-decision").with("ticket", d.ticket.to_string())));
            }
            let approvals = match acts::approvals(self.db(), d.id) {
                Ok(approvals) => approvals,
                Err(e) => return fail(e.into()),
            };
            for a in approvals {
                let leaf = named.approvals.remove(&super::digest::sum(a.jws.as_bytes()));
                let fits = leaf.and_then(|seq| history.at(seq)).is_some_and(|era| {
                    ApprovalClaims::open(&a.jws, &era.keyset).is_ok_and(|(c, entry)| {
                        c.by == a.by
                            && c.by != d.by
                            && c.iat == a.at.0
                            && c.jti == d.jti
                            && era.waits.approves_at(entry, a.at)
                    })
                });
                if !fits {
                    let words = Phrase::of("chain-approval").with("by", a.by);
                    return Some((leaf, words.with("ticket", a.ticket.to_string())));
                }
            }
        }
        None
    }

    /// Compares grants with their tokens and the log, and every other row that counts with what the log commits to.
    fn facts_fit(
        &self,
        sealed: Sealed,
        granted: Granted,
        landed: &[Landed],
    ) -> Result<Option<Fault>, Failure> {
        let keyset = self.keyset.claims();
        if keyset.iss != self.id || keyset.rehearsal != self.rehearsal {
            return Ok(Some((None, Phrase::of("chain-setting"))));
        }
        if let Some(misfit) = sealed.compare(self.db())? {
            return Ok(Some((misfit.leaf, misfit.phrase())));
        }
        let own = Own { id: &self.id, rehearsal: self.rehearsal };
        match History::read(self.db(), &self.folder, own, landed) {
            Ok(history) => Ok(granted.compare(self, &history)?),
            Err(fault) => Ok(Some(fault)),
        }
    }

    fn keys(&self) -> Vec<PublicKey> {
        self.keyset.claims().agents.iter().filter_map(|a| PublicKey::from_jwk(&a.jwk).ok()).collect()
    }

    /// Signs the log's head with the key of who acts, keeps it, and returns it. The tree is read back first:
    /// a signed head that the log cannot meet would be a fork of our own making.
    pub fn audit_checkpoint(&mut self) -> Result<SignedHead, Failure> {
        self.require(&[Role::Agent, Role::Approver, Role::Custodian, Role::Auditor], "sign checkpoints")?;
        let verdict = self.audit_verify(&[])?;
        if !verdict.ok {
            return Err(Failure::verification(Phrase::of("fail-log-broken").with("why", verdict.reason))
                .hint(Phrase::of("hint-log-broken")));
        }
        let (origin, now) = (self.origin(), self.now());
        let head = Journal::open(self.db())?.head().checkpoint(&origin);
        let by = self.agent()?;
        let key = self.signing_key()?;
        let internal = |e: crate::audit::CheckpointError| Failure::internal(e.phrase());
        let note = head.sign(&key).map_err(internal)?;
        let verifier_key = verifier_key(&origin, key.public()).map_err(internal)?;
        if !self.readonly {
            crate::store::write_tx(self.db(), |tx| journal::add_checkpoint(tx, head.size, &by, now, &note))?;
        }
        Ok(SignedHead { note, verifier_key, size: head.size })
    }

    /// The newest lines of the log, newest first.
    pub fn log_lines(&self, most: usize) -> Result<Vec<(u64, String)>, Failure> {
        Ok(journal::newest(self.db(), most)?)
    }
}

/// Whether a signed decision says what its row says.
fn is_of(c: &DecisionClaims, d: &Decision) -> bool {
    c.by == d.by
        && c.jti == d.jti
        && c.decision == d.word.as_str()
        && c.overrides == d.overrides
        && c.iat == d.at.0
        && c.ticket == u64::try_from(d.ticket).unwrap_or(0)
        && c.reason == d.reason.as_ref().map(|r| super::digest::sum(r.as_bytes()))
}

fn broken(first_bad: Option<u64>, reason: Phrase) -> LogVerdict {
    LogVerdict { ok: false, size: 0, root: String::new(), first_bad, reason }
}

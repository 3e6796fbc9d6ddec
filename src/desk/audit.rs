//! The log, checked against itself, against signed heads, and against the rows it speaks of.

use std::collections::BTreeMap;

use super::granted::Granted;
use super::rows::Sealed;
use super::{Desk, Failure};
use crate::audit::{Checkpoint, LogVerdict, LogVerifier, verifier_key};
use crate::authority::{ApprovalClaims, Authored as _, DecisionClaims, PublicKey, StatementClaims};
use crate::domain::Role;
use crate::store::desk::journal::{self, Journal};
use crate::store::desk::{acts, notices};
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

/// Digests that leaves name, each with its leaf's index.
#[derive(Default)]
struct Named {
    decisions: BTreeMap<String, u64>,
    approvals: BTreeMap<String, u64>,
    statements: BTreeMap<String, u64>,
}

impl Named {
    fn read(&mut self, seq: u64, line: &str) {
        #[derive(serde::Deserialize)]
        struct Leaf {
            act: String,
            #[serde(default)]
            digest: BTreeMap<String, String>,
        }
        // Most leaves name none of these; parsing those would be most of the work.
        if !line.contains("\"decision\":\"") && !line.contains("\"statement\":\"") {
            return;
        }
        let Ok(leaf) = serde_json::from_str::<Leaf>(line) else { return };
        match leaf.act.as_str() {
            "decision.made" => self.decisions.extend(leaf.digest.get("decision").map(|d| (d.clone(), seq))),
            "decision.approved" => {
                self.approvals.extend(leaf.digest.get("approval").map(|d| (d.clone(), seq)));
            }
            _ => self.statements.extend(leaf.digest.get("statement").map(|d| (d.clone(), seq))),
        }
    }
}

impl Desk {
    /// Verifies the whole log and every signed row. `against`: checkpoints kept elsewhere.
    pub fn audit_verify(&mut self, against: &[String]) -> Result<LogVerdict, Failure> {
        self.audit_verify_while(against, &mut |_| true)
    }

    /// The same, as long as `go_on` says so, which hears how many leaves were read.
    pub fn audit_verify_while(
        &mut self,
        against: &[String],
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<LogVerdict, Failure> {
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
        // What was seen of the log, and is kept outside of it.
        heads.extend(self.seen().into_iter().map(|seen| (seen.size, seen.root)));
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
                named.read(leaf.seq, line);
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
        match (&self.rolled_back, verdict.ok) {
            // It may be whole in itself and still another than the one that was seen.
            (Some(why), _) => return Ok(LogVerdict { ok: false, reason: why.clone(), ..verdict }),
            (None, false) => return Ok(verdict),
            (None, true) => {}
        }
        let misfit = match self.rows_fit(&mut named) {
            None => self.facts_fit(sealed, granted)?,
            misfit => misfit,
        };
        match misfit {
            None => Ok(verdict),
            Some((first_bad, reason)) => Ok(LogVerdict { ok: false, first_bad, reason, ..verdict }),
        }
    }

    /// Compares decisions, approvals and clearings with their signatures and with the log.
    fn rows_fit(&self, named: &mut Named) -> Option<(Option<u64>, Phrase)> {
        let fail = |e: Failure| Some((None, e.what));
        let mut decided = BTreeMap::new();
        let decisions = match acts::all_decisions(self.db()) {
            Ok(decisions) => decisions,
            Err(e) => return fail(e.into()),
        };
        for d in decisions {
            let leaf = named.decisions.remove(&super::digest::sum(d.jws.as_bytes()));
            let signed = DecisionClaims::open(&d.jws, &self.keyset);
            let fits = signed.as_ref().is_ok_and(|(c, _)| {
                c.by == d.by
                    && c.jti == d.jti
                    && c.decision == d.word.as_str()
                    && c.overrides == d.overrides
                    && c.iat == d.at.0
                    && c.ticket == u64::try_from(d.ticket).unwrap_or(0)
                    && c.reason == d.reason.as_ref().map(|r| super::digest::sum(r.as_bytes()))
            });
            if leaf.is_none() || !fits {
                return Some((leaf, Phrase::of("chain-decision").with("ticket", d.ticket.to_string())));
            }
            match acts::approvals(self.db(), d.id) {
                Err(e) => return fail(e.into()),
                Ok(approvals) => {
                    for a in approvals {
                        let leaf = named.approvals.remove(&super::digest::sum(a.jws.as_bytes()));
                        let signed = ApprovalClaims::open(&a.jws, &self.keyset);
                        let fits =
                            signed.is_ok_and(|(c, _)| c.by == a.by && c.iat == a.at.0 && c.jti == d.jti);
                        if leaf.is_none() || !fits {
                            return Some((
                                leaf,
                                Phrase::of("chain-approval")
                                    .with("by", a.by)
                                    .with("ticket", a.ticket.to_string()),
                            ));
                        }
                    }
                }
            }
            decided.insert(d.id, d.ticket);
        }
        let clearings = match notices::clearings(self.db()) {
            Ok(clearings) => clearings,
            Err(e) => return fail(e.into()),
        };
        for (ticket, other, check, jws) in clearings {
            let leaf = named.statements.remove(&super::digest::sum(jws.as_bytes()));
            let signed = StatementClaims::open(&jws, &self.keyset);
            let fits = signed.is_ok_and(|(c, _)| {
                c.ticket == u64::try_from(ticket).ok()
                    && c.sub.as_deref() == Some(&*format!("ticket:{other}"))
                    && c.facts.get("check").is_some_and(|c| *c == check)
            });
            if leaf.is_none() || !fits {
                return Some((
                    leaf,
                    Phrase::of("chain-clearing").with("check", check).with("ticket", ticket.to_string()),
                ));
            }
        }
        let gone = [
            ("chain-a-decision", &named.decisions),
            ("chain-an-approval", &named.approvals),
            ("chain-a-statement", &named.statements),
        ];
        gone.into_iter().find_map(|(what, left)| {
            let seq = left.values().min()?;
            Some((
                Some(*seq),
                Phrase::of("chain-gone").with("what", Part::Word(what)).with("leaf", seq.to_string()),
            ))
        })
    }

    /// Compares grants with their tokens and the log, and every other row that counts with what the log commits to.
    fn facts_fit(&self, sealed: Sealed, granted: Granted) -> Result<Option<(Option<u64>, Phrase)>, Failure> {
        let keyset = self.keyset.claims();
        if keyset.iss != self.id || keyset.rehearsal != self.rehearsal {
            return Ok(Some((None, Phrase::of("chain-setting"))));
        }
        if let Some(misfit) = sealed.compare(self.db())? {
            return Ok(Some((misfit.leaf, misfit.phrase())));
        }
        Ok(granted.compare(self)?)
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
        let note = head.sign(key).map_err(internal)?;
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

fn broken(first_bad: Option<u64>, reason: Phrase) -> LogVerdict {
    LogVerdict { ok: false, size: 0, root: String::new(), first_bad, reason }
}

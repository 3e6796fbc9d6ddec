//! Whoever acts signs: one statement for all leaves of an act (of a file of cases one for each few hundred), kept under the
//! number of the last. A leaf holds the hash of
//! the one before it, so that the hash of the last speaks for all. Whoever writes into the desk's file past the program can
//! write a leaf in a colleague's name, but not what must stand behind it.
//!
//! What nobody does by hand takes no key (messages are carried, a reading leaves its trace), and what another signature
//! speaks for takes none of its own (the root's, for people). Whoever has something revealed does that by hand.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding as _};
use serde_json::Value;

use super::keysets::{Fault, History, Own};
use super::{Act, Desk, Failure};
use crate::audit::{Hash, leaf_hash};
use crate::authority::{AgentEntry, AgentKey, Authored as _, Keyset, StatementClaims};
use crate::domain::{Role, Time};
use crate::store::desk::journal::{self, StoredLeaf};
use crate::store::desk::{leaves, signed as store};
use crate::words::Phrase;

/// The act that a statement is of.
const ACT: &str = "leaves.signed";
/// Statements, or leaves, that are read at a time.
const PAGE: usize = 512;
/// Leaves that one statement speaks for at most: of a file of cases each is a short way from its signature.
pub(super) const MOST: u64 = 256;

/// Acts that take no key of an agent's; whatever is not named here does.
const KEYLESS: [&str; 23] = [
    // Somebody was refused, or tried a passphrase.
    "act.refused",
    "clock.behind",
    "login.done",
    "login.failed",
    // Who works here: the root signs that.
    "agent.added",
    "agent.disabled",
    "agent.key",
    "agent.role",
    "desk.made",
    // Readings that show no more than the desk is worked by; what is revealed is signed.
    "evidence.opened",
    "evidence.verified",
    "links.read",
    "lookup.read",
    "search.read",
    "ticket.read",
    "tickets.exported",
    // What is carried.
    "message.dropped",
    "message.failed",
    "message.sent",
    // Their custodian signed the root in them (`sealed_lists.rs`); after a kill they are logged by whoever comes next.
    "list.imported",
    "lists.sealed",
    // On a machine where nobody's key is yet; by whoever opens an older desk first.
    "desk.restored",
    "desk.upgraded",
];

/// Who may sign each act. What is not named here takes no key, or is nobody's: no leaf of it is believed.
const ROLES: [(&str, &[Role]); 62] = [
    ("act.undone", OFFICE),
    ("authorization.accepted", WORK),
    ("authorization.issued", WORK),
    ("authorization.redeemed", WORK),
    ("authorization.revoked", OFFICE),
    ("authorization.spoken", WORK),
    ("case.imported", OFFICE),
    ("case.updated", OFFICE),
    ("cases.imported", OFFICE),
    ("centre.ended", CUSTODIAN),
    ("centre.made", CUSTODIAN),
    ("centre.shared", CUSTODIAN),
    ("check.cleared", APPROVER),
    ("clock.accepted", CUSTODIAN),
    ("code.confirmed", WORK),
    ("code.sent", WORK),
    ("code.wrong", WORK),
    ("config.accepted", CUSTODIAN),
    ("decision.approved", APPROVER),
    ("decision.cancelled", OFFICE),
    ("decision.made", WORK),
    ("decision.sent_back", APPROVER),
    ("desk.backed-up", CUSTODIAN),
    ("evidence.added", WORK),
    ("evidence.read", OFFICE),
    ("evidence.removed", WORK),
    ("key.passphrase", Role::ALL),
    ("keyset.requested", CUSTODIAN),
    ("log.rollback-accepted", Role::ALL),
    ("lookup.revealed", Role::ALL),
    ("mail.given", Role::ALL),
    ("mail.taken", OFFICE),
    ("message.retried", OFFICE),
    ("note.added", OFFICE),
    ("notice.clear_asked", WORK),
    ("notice.cleared", APPROVER),
    ("notice.confirmed", APPROVER),
    ("notice.raised", OFFICE),
    ("offer.confirmed", WORK),
    ("offer.dismissed", WORK),
    ("owner.heard", WORK),
    ("owner.objected", OFFICE),
    ("owner.told", WORK),
    ("person.erased", CUSTODIAN),
    ("policy.accepted", CUSTODIAN),
    ("registry.pruned", CUSTODIAN),
    ("reply.queued", WORK),
    ("request.changed", WORK),
    ("revocations.signed", OFFICE),
    ("search.revealed", Role::ALL),
    ("ticket.closed", WORK),
    ("ticket.emptied", CUSTODIAN),
    ("ticket.merged", WORK),
    ("ticket.redacted", CUSTODIAN),
    ("ticket.released", WORK),
    ("ticket.reopened", WORK),
    ("ticket.revealed", Role::ALL),
    ("ticket.stolen", WORK),
    ("ticket.taken", WORK),
    ("ticket.waiting", WORK),
    ("tickets.exported", &[Role::Custodian, Role::Auditor]),
    ("tickets.revealed", Role::ALL),
];
const WORK: &[Role] = &[Role::Agent, Role::Approver];
const APPROVER: &[Role] = &[Role::Approver];
const CUSTODIAN: &[Role] = &[Role::Custodian];
/// Whoever works at the desk: not those who only look.
pub(super) const OFFICE: &[Role] = &[Role::Agent, Role::Approver, Role::Custodian];

/// Whose signature under an act is believed; `None` where it takes no key.
pub fn may_sign(act: &str) -> Option<&'static [Role]> {
    let named = ROLES.iter().find(|(known, _)| *known == act).map(|(_, roles)| *roles);
    named.or((!KEYLESS.contains(&act)).then_some(&[]))
}

/// What a leaf says of an act.
#[derive(serde::Deserialize)]
pub struct Leaf {
    pub(super) act: String,
    pub(super) actor: String,
    pub(super) at: String,
    #[serde(default)]
    info: BTreeMap<String, Value>,
}

impl Leaf {
    /// Reads a line of the log.
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// A text that it has.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.info.get(name)?.as_str()
    }

    /// A number that it has.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.info.get(name)?.as_i64()
    }

    /// A yes or no that it has.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.info.get(name)?.as_bool()
    }

    /// Whether its agent must have signed it.
    pub fn takes_a_key(&self) -> bool {
        let in_full = self.act == "tickets.exported" && self.flag("revealed") == Some(true);
        in_full || !KEYLESS.contains(&self.act.as_str())
    }
}

/// What a statement says: who did something when, and the leaves that tell of it.
struct Vouched<'k> {
    first: u64,
    last: u64,
    hash: String,
    by: String,
    at: Time,
    entry: &'k AgentEntry,
}

impl<'k> Vouched<'k> {
    /// Opens a statement by the keyset of its time.
    fn open(last: u64, jws: &str, keyset: &'k Keyset) -> Option<Self> {
        let (mut claims, entry) = StatementClaims::open(jws, keyset).ok()?;
        let number = |name: &str| claims.facts.get(name)?.parse::<u64>().ok();
        let (first, said) = (number("first")?, number("last")?);
        let hash = claims.facts.remove("hash")?;
        let whole = claims.act == ACT && said == last && first <= last;
        whole.then_some(Self { first, last, hash, by: claims.by, at: Time(claims.iat), entry })
    }

    fn ends_with(&self, hash: &Hash) -> bool {
        self.hash == Base64::encode_string(hash)
    }

    /// Whether it speaks for a leaf: it is among those that were signed, of the same hand and moment, and of somebody who
    /// may do that.
    fn speaks_for(&self, seq: u64, leaf: &Leaf) -> bool {
        let roles = may_sign(&leaf.act).unwrap_or(Role::ALL);
        (self.first..=self.last).contains(&seq)
            && leaf.actor == self.by
            && Time::parse(&leaf.at) == Ok(self.at)
            && self.entry.has_role(roles)
    }
}

impl Act<'_> {
    /// Signs the leaves of this act that are not signed yet.
    pub(super) fn vouch(&mut self, key: &AgentKey) -> Result<(), Failure> {
        let head = self.journal.head();
        let last = head.size().saturating_sub(1);
        if head.size() <= self.unsigned {
            return Ok(());
        }
        let facts = [
            ("first", self.unsigned.to_string()),
            ("hash", Base64::encode_string(head.last())),
            ("last", last.to_string()),
        ];
        let claims = StatementClaims {
            iss: self.desk_id.to_owned(),
            by: self.actor.to_owned(),
            act: ACT.to_owned(),
            ticket: None,
            sub: None,
            facts: facts.map(|(name, value)| (name.to_owned(), value)).into_iter().collect(),
            iat: self.now.0,
        };
        let jws = claims.sign(key).map_err(|e| Failure::internal(e.phrase()))?;
        self.unsigned = last + 1;
        Ok(store::add(self.conn, last, &jws)?)
    }

    /// Refuses a leaf that was written in somebody's name by somebody else, who may be asking right now.
    pub(super) fn must_be_signed(&self, seq: u64, line: &str) -> Result<(), Failure> {
        if Leaf::read(line).is_some_and(|leaf| !leaf.takes_a_key()) || self.is_signed(seq, line)? {
            return Ok(());
        }
        let words = Phrase::of("chain-statement").with("leaf", seq.to_string());
        Err(Failure::verification(words).hint(Phrase::of("hint-tampered")))
    }

    /// Whether whom a leaf names signed it, by who worked here then.
    pub(super) fn is_signed(&self, seq: u64, line: &str) -> Result<bool, Failure> {
        if (self.first..self.journal.head().size()).contains(&seq) {
            // It is of this act, which is signed when it is over.
            return Ok(true);
        }
        let history = self.history()?;
        let Some(leaf) = Leaf::read(line) else { return Ok(false) };
        let (Some((last, jws)), Some(era)) = (store::at_or_after(self.conn, seq)?, history.at(seq)) else {
            return Ok(false);
        };
        let Some(vouched) = Vouched::open(last, &jws, &era.keyset) else { return Ok(false) };
        Ok(vouched.speaks_for(seq, &leaf) && self.leads_to(seq, line, &vouched)?)
    }

    /// Whether the leaves from one on are those that were signed.
    fn leads_to(&self, seq: u64, line: &str, vouched: &Vouched<'_>) -> Result<bool, Failure> {
        let mut hash = leaf_hash(line.as_bytes());
        let mut next = seq + 1;
        while next <= vouched.last {
            let lines = leaves::lines(self.conn, next, (vouched.last + 1).min(next + PAGE as u64))?;
            if lines.is_empty() {
                return Ok(false);
            }
            for line in &lines {
                let before = format!("\"prev\":\"{}\"", Base64::encode_string(&hash));
                if !std::str::from_utf8(line).is_ok_and(|line| line.contains(&before)) {
                    return Ok(false);
                }
                hash = leaf_hash(line);
            }
            next += lines.len() as u64;
        }
        Ok(vouched.ends_with(&hash))
    }

    /// Who worked here when, to ask signatures against; read once.
    pub(super) fn history(&self) -> Result<&History, Failure> {
        if let Some(known) = self.history.get() {
            return Ok(known);
        }
        let own = Own { id: self.desk_id, rehearsal: self.rehearsal };
        let read = History::of(self.conn, self.folder, own)?;
        Ok(self.history.get_or_init(|| read))
    }
}

/// The statements of the whole log, one after another.
struct Pages<'d> {
    desk: &'d Desk,
    page: std::vec::IntoIter<(u64, String)>,
    after: Option<u64>,
}

impl Pages<'_> {
    fn next(&mut self) -> Result<Option<(u64, String)>, Failure> {
        if self.page.len() == 0 {
            self.page = store::after(self.desk.db(), self.after, PAGE)?.into_iter();
        }
        let next = self.page.next();
        self.after = next.as_ref().map(|(leaf, _)| *leaf).or(self.after);
        Ok(next)
    }
}

/// The first leaf that its agent did not sign, or statement that speaks for no leaves as they are.
pub(super) fn misfit(desk: &Desk, history: &History) -> Result<Option<Fault>, Failure> {
    let fault = |seq: u64| Some((Some(seq), Phrase::of("chain-statement").with("leaf", seq.to_string())));
    let mut pages = Pages { desk, page: Vec::new().into_iter(), after: None };
    let (mut vouched, mut over, mut found): (Option<Vouched<'_>>, Option<u64>, _) = (None, None, Ok(None));
    let mut look = |stored: StoredLeaf| -> Result<Option<Fault>, Failure> {
        let seq = stored.seq;
        if over.is_none_or(|last| last < seq) {
            let next = pages.next()?;
            over = Some(next.as_ref().map_or(u64::MAX, |(last, _)| *last));
            let opened = next
                .as_ref()
                .map(|(last, jws)| history.at(*last).and_then(|era| Vouched::open(*last, jws, &era.keyset)));
            // No leaf is of two acts.
            if opened
                .as_ref()
                .is_some_and(|opened| opened.as_ref().is_none_or(|v| v.first < seq || v.last < seq))
            {
                return Ok(next.and_then(|(last, _)| fault(last)));
            }
            vouched = opened.flatten();
        }
        let hash: Hash = stored.hash.as_slice().try_into().unwrap_or([0; 32]);
        if vouched.as_ref().is_some_and(|v| v.last == seq && !v.ends_with(&hash)) {
            return Ok(fault(seq));
        }
        let leaf = std::str::from_utf8(&stored.line).ok().and_then(Leaf::read);
        let Some(leaf) = leaf else { return Ok(fault(seq)) };
        let speaks = vouched.as_ref().is_some_and(|v| v.speaks_for(seq, &leaf));
        Ok(if speaks || !leaf.takes_a_key() { None } else { fault(seq) })
    };
    journal::each_leaf(desk.db(), |stored| {
        found = look(stored);
        matches!(found, Ok(None))
    })?;
    if let Ok(None) = found
        && let Some((last, _)) = pages.next()?
    {
        return Ok(fault(last));
    }
    found
}

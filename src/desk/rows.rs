//! Rows against the log: every act that changes what counts about a ticket commits, in its leaf, to the rows as they are
//! then. Whoever edits one past the desk leaves a row that its last leaf does not know, and no grant comes of it.

use std::collections::{BTreeMap, BTreeSet};

use base64ct::{Base64UrlUnpadded, Encoding as _};

use super::hands::UNDONE;
use super::lines::{self, Lines};
use super::signed::Leaf;
use super::{Act, Failure};
use crate::audit::{Draft, Hash, commitment};
use crate::store::Db;
use crate::store::StoreError;
use crate::store::desk::leaves;
use crate::store::desk::rows::{self, GROUPS, Rows, TABLES};
use crate::store::desk::standing;
use crate::words::{Part, Phrase};

/// Which groups the rows belong to that an act changes, by its leaf, which is written after them. Groups that it has
/// nothing to do with keep what an earlier leaf said: an act that comes by itself vouches for nobody else's rows.
const CHANGES: [(&str, &[usize]); 31] = [
    ("act.undone", &[CLAIM, READ]),
    ("case.updated", &[CLAIM, READ]),
    ("check.cleared", &[DECISION]),
    ("code.confirmed", &[CLAIM, CODES]),
    ("code.sent", &[CODES]),
    ("code.wrong", &[CODES]),
    ("decision.approved", &[DECISION]),
    ("decision.cancelled", &[DECISION]),
    ("decision.made", &[CLAIM, DECISION]),
    ("evidence.added", &[CLAIM]),
    ("evidence.read", &[READ]),
    ("evidence.removed", &[CLAIM]),
    ("mail.taken", &[MAIL]),
    ("message.dropped", &[TOLD]),
    ("message.failed", &[TOLD]),
    ("message.retried", &[TOLD]),
    ("message.sent", &[TOLD]),
    ("notice.clear_asked", &[NOTICE]),
    ("notice.cleared", &[NOTICE]),
    ("notice.confirmed", &[NOTICE]),
    ("notice.raised", &[NOTICE]),
    ("offer.confirmed", &[CLAIM, MAIL, READ]),
    ("offer.dismissed", &[CLAIM, MAIL, READ]),
    ("owner.heard", &[MAIL]),
    ("owner.objected", &[OWNER, MAIL]),
    ("owner.told", &[OWNER, TOLD]),
    ("request.changed", &[CLAIM]),
    ("ticket.emptied", &[CLAIM, CODES, DECISION, OWNER, NOTICE, MAIL, TOLD, READ]),
    ("ticket.merged", &[CLAIM, READ]),
    ("ticket.redacted", &[CODES, OWNER, MAIL, TOLD]),
    ("ticket.reopened", &[CODES, DECISION]),
];

/// Claim, evidence, and who worked on them: a leaf speaks for these only if it makes a hand (`hands.rs`).
const CLAIM: usize = 0;
pub(super) const CODES: usize = 1;
const DECISION: usize = 2;
pub(super) const OWNER: usize = 3;
pub(super) const NOTICE: usize = 4;
const MAIL: usize = 5;
pub(super) const TOLD: usize = 6;
const READ: usize = 7;

/// The first act on a ticket: it commits to the claim alone, for nothing else is there yet.
pub(super) const FIRST: &str = "case.imported";

/// What a group is called where it does not fit.
const NAMES: [&str; GROUPS.len()] = [
    "chain-rows-claim",
    "chain-rows-codes",
    "chain-rows-decision",
    "chain-rows-owner",
    "chain-rows-notice",
    "chain-rows-mail",
    "chain-rows-told",
    "chain-rows-read",
];

/// The rows of a case as it comes in: what [`rows::of`] says of it once it is stored.
pub(super) struct NewRows(Rows);

impl NewRows {
    /// A ticket's own row.
    pub fn of(reference: Option<&str>, request: &str, received_at: i64, given: &str) -> Self {
        let mut rows = Rows::default();
        rows.row(0);
        rows.text_or_null(reference);
        rows.bytes(request.as_bytes());
        rows.number(received_at);
        rows.bytes(given.as_bytes());
        rows.null();
        Self(rows)
    }

    /// An item of evidence.
    pub fn item(&mut self, new: &crate::store::desk::evidence::NewEvidence<'_>) {
        let rows = &mut self.0;
        rows.row(1);
        rows.number(new.id);
        rows.bytes(new.kind.as_str().as_bytes());
        rows.bytes(new.given.as_bytes());
        rows.bytes(new.added_by.as_bytes());
        rows.number(new.added_at.0);
        rows.null();
        rows.null();
        let Some(file) = new.attachment else {
            (0..5).for_each(|_| rows.null());
            return;
        };
        rows.bytes(file.name.as_bytes());
        rows.number(i64::try_from(file.bytes).unwrap_or(i64::MAX));
        rows.bytes(&file.sha256);
        match file.dhash {
            Some(hash) => rows.number(hash.cast_signed()),
            None => rows.null(),
        }
        rows.null();
    }

    /// Who brought it, where that counts.
    pub fn contributor(&mut self, agent: &str) {
        self.0.row(2);
        self.0.bytes(agent.as_bytes());
    }

    /// Commits to them.
    pub fn commit<'a>(&self, draft: Draft<'a>, salt: &[u8; 32]) -> Draft<'a> {
        draft.commit("rows_claim", salt, self.0.text())
    }
}

/// Commits to the rows of a ticket as they are now, where the leaf is of an act that changes them.
pub(super) fn commit<'a>(conn: &Db, draft: Draft<'a>, ticket: i64) -> Result<Draft<'a>, StoreError> {
    let Some((_, groups)) = CHANGES.iter().find(|(act, _)| *act == draft.act()) else { return Ok(draft) };
    let Some((salt, rows)) = rows::of(conn, ticket, groups)? else { return Ok(draft) };
    let known = GROUPS.iter().zip(&rows).enumerate().filter(|(group, _)| groups.contains(group));
    Ok(known.fold(draft, |draft, (_, (key, rows))| draft.commit(key, &salt, rows.text())))
}

/// What the log says of the rows of every ticket: the last commitments, and the leaf that has them.
#[derive(Default)]
pub(super) struct Sealed {
    last: BTreeMap<(i64, usize), (u64, Hash)>,
    /// Leaves of what can be undone about claim and evidence: of which ticket, and by whom.
    undoable: BTreeMap<u64, (i64, String)>,
    /// What the lines say one by one.
    lines: BTreeMap<i64, Lines>,
}

impl Sealed {
    /// Takes the next leaf.
    pub fn read(&mut self, seq: u64, line: &str) {
        if !line.contains("\"rows_") {
            return;
        }
        let (act, Some(ticket)) = (act_of(line), ticket_of(line)) else { return };
        if lines::tells(line) {
            self.lines.entry(ticket).or_default().read(seq, line);
        }
        // An act vouches for what it changes, whatever else its leaf may say.
        let groups = vouched_for(act);
        let claim = groups.contains(&CLAIM) && self.speaks_for_claim(seq, ticket, line);
        for group in groups.iter().filter(|group| **group != CLAIM || claim) {
            let hash = GROUPS.get(*group).and_then(|key| commitment_in(line, key));
            self.last.extend(hash.map(|hash| ((ticket, *group), (seq, hash))));
        }
    }

    /// Whether a leaf may speak for claim and evidence: it is how the ticket came in, or makes a hand; if it undoes, it undoes
    /// what its actor did to them.
    fn speaks_for_claim(&mut self, seq: u64, ticket: i64, line: &str) -> bool {
        if act_of(line) == FIRST {
            return !self.last.contains_key(&(ticket, CLAIM));
        }
        let Some(leaf) = Leaf::read(line).filter(Leaf::makes_a_hand) else { return false };
        if leaf.act == "act.undone" {
            let of = leaf.number("of").and_then(|of| u64::try_from(of).ok());
            return of.is_some_and(|of| self.undoable.get(&of) == Some(&(ticket, leaf.actor)));
        }
        if UNDONE.contains(&leaf.act.as_str()) {
            self.undoable.insert(seq, (ticket, leaf.actor));
        }
        true
    }

    /// The first ticket whose rows are not what its last leaf says: with the leaf.
    fn misfit(
        &mut self,
        ticket: i64,
        salt: Option<[u8; 32]>,
        groups: &[Rows; GROUPS.len()],
    ) -> Option<Misfit> {
        for (group, rows) in groups.iter().enumerate() {
            let said = self.last.remove(&(ticket, group));
            let fits = match (&said, salt) {
                // What no leaf speaks of was never there, whatever leaf without a word on rows stands in the log.
                (None, _) => rows.text().is_empty(),
                (Some((_, hash)), Some(salt)) => commitment(&salt, rows.text()) == *hash,
                (Some(_), None) => false,
            };
            if !fits {
                return Some(Misfit { ticket, group, leaf: said.map(|(seq, _)| seq) });
            }
        }
        None
    }

    /// Compares every row that counts; `None` where all fit.
    pub fn compare(mut self, conn: &Db) -> Result<Option<Misfit>, StoreError> {
        let mut found = None;
        rows::each(conn, |ticket, salt, groups| {
            found = self.misfit(ticket, salt, groups);
            found.is_none()
        })?;
        let gone = self.last.into_iter().next();
        let gone = gone.map(|((ticket, group), (seq, _))| Misfit { ticket, group, leaf: Some(seq) });
        match found.or(gone) {
            None => lines_misfit(conn, self.lines),
            misfit => Ok(misfit),
        }
    }
}

/// The groups whose rows are compared with the lines one by one.
pub(super) const BY_LINES: [usize; 4] = [CODES, OWNER, NOTICE, TOLD];

/// The first ticket of the desk of which its lines say something else than its rows do.
fn lines_misfit(conn: &Db, mut lines: BTreeMap<i64, Lines>) -> Result<Option<Misfit>, StoreError> {
    for ticket in standing::tickets(conn)? {
        lines.entry(ticket).or_default();
    }
    for (ticket, lines) in lines {
        if let Some(misfit) = misfit_of(conn, ticket, &lines, &BY_LINES)? {
            return Ok(Some(misfit));
        }
    }
    Ok(None)
}

/// Where the rows of a ticket are not what its lines say.
pub(super) fn misfit_of(
    conn: &Db,
    ticket: i64,
    lines: &Lines,
    wanted: &[usize],
) -> Result<Option<Misfit>, StoreError> {
    let Some((salt, rows)) = standing::of(conn, ticket)? else { return Ok(None) };
    let group = lines.misfit(&salt, &rows, wanted);
    Ok(group.map(|group| Misfit { ticket, group, leaf: lines.last.get(&group).copied() }))
}

/// Rows that are not what the log says.
pub(super) struct Misfit {
    ticket: i64,
    group: usize,
    /// The leaf that says what they were; none where no leaf speaks of such rows.
    pub leaf: Option<u64>,
}

impl Misfit {
    fn refused(&self) -> Failure {
        Failure::verification(self.phrase()).hint(Phrase::of("hint-rows"))
    }

    /// In words: which rows, and of which tables.
    pub fn phrase(&self) -> Phrase {
        let what = NAMES.get(self.group).copied().unwrap_or("chain-rows-claim");
        let tables: Vec<&str> = TABLES.iter().filter(|t| t.group == self.group).map(|t| t.name).collect();
        Phrase::of("chain-rows")
            .with("ticket", self.ticket.to_string())
            .with("what", Part::Word(what))
            .with("tables", tables.join(", "))
    }
}

/// Whether a leaf commits to a group of rows that its act changes.
pub(super) fn vouches(line: &str, group: usize) -> bool {
    line.contains("\"rows_")
        && vouched_for(act_of(line)).contains(&group)
        && GROUPS.get(group).is_some_and(|key| commitment_in(line, key).is_some())
}

impl Act<'_> {
    /// Refuses where a group of a ticket's rows is not what a leaf says.
    pub(super) fn rows_are(&self, ticket: i64, group: usize, seq: u64, line: &str) -> Result<(), Failure> {
        let said = GROUPS.get(group).and_then(|key| commitment_in(line, key));
        let rows = rows::of(self.conn, ticket, &[group])?;
        let is = rows.and_then(|(salt, rows)| Some(commitment(&salt, rows.get(group)?.text())));
        if said.is_some() && is == said {
            return Ok(());
        }
        Err(Misfit { ticket, group, leaf: Some(seq) }.refused())
    }

    /// Refuses to go on with a ticket whose rows were edited past the desk.
    pub(super) fn intact(&self, id: i64) -> Result<(), Failure> {
        self.found_whole(id)?;
        let mut sealed = Sealed::default();
        let lines: BTreeMap<u64, String> = leaves::of_ticket(self.conn, id)?.into_iter().collect();
        for (seq, line) in &lines {
            sealed.read(*seq, line);
        }
        let last: BTreeSet<u64> = sealed.last.values().map(|(seq, _)| *seq).collect();
        for (seq, line) in lines.iter().filter(|(seq, line)| last.contains(seq) || lines::tells(line)) {
            self.must_be_signed(*seq, line)?;
        }
        let Some((salt, groups)) =
            rows::of(self.conn, id, &[CLAIM, CODES, DECISION, OWNER, NOTICE, MAIL, TOLD, READ])?
        else {
            return Ok(());
        };
        match sealed.misfit(id, Some(salt), &groups) {
            None => self.lines_hold(id, &sealed.lines.remove(&id).unwrap_or_default(), &BY_LINES),
            Some(misfit) => Err(misfit.refused()),
        }
    }

    /// Refuses where rows of a ticket are not what its lines say.
    pub(super) fn lines_hold(&self, ticket: i64, lines: &Lines, groups: &[usize]) -> Result<(), Failure> {
        misfit_of(self.conn, ticket, lines, groups)?.map_or(Ok(()), |misfit| Err(misfit.refused()))
    }
}

/// The groups that an act's leaf speaks for.
fn vouched_for(act: &str) -> &'static [usize] {
    let known = CHANGES.iter().find(|(known, _)| *known == act).map(|(_, groups)| *groups);
    known.unwrap_or(if act == FIRST { &[CLAIM] } else { &[] })
}

/// The act of a line.
pub(super) fn act_of(line: &str) -> &str {
    line.strip_prefix("{\"act\":\"").and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

/// The number behind `"ticket":` at the end of a line.
fn ticket_of(line: &str) -> Option<i64> {
    line.strip_suffix('}')?.rsplit_once(",\"ticket\":")?.1.parse().ok()
}

/// The commitment of this name in a line.
pub(super) fn commitment_in(line: &str, key: &str) -> Option<Hash> {
    // A quote within a text of a leaf is escaped, so this is found in `commit` or nowhere.
    let (_, rest) = line.split_once(&*["\"", key, "\":\""].concat())?;
    Base64UrlUnpadded::decode_vec(rest.get(..43)?).ok()?.try_into().ok()
}

//! Judging tickets, and judging again whatever a change, a list or the clock has made stale.

use super::act::Act;
use super::failure::Failure;
use crate::domain::{Claim, Proof, Recommendation, State, Time};
use crate::judgement::facts::RegistryFacts;
use crate::judgement::{Facts, Judgement, Wants, judge, wrong_facts};
use crate::store::desk::evidence::{self, StoredEvidence};
use crate::store::desk::facts::Gatherer;
use crate::store::desk::links::{self, Link};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::tickets::{self, Checked, Ticket};

/// Rounds after which tickets that keep disturbing each other are left to the next look.
const MOST_ROUNDS: usize = 8;
/// Tickets judged again before the next are looked for.
const BATCH: usize = 10_000;

/// A ticket with everything its judgement went by.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The ticket's row as it was before this judgement.
    pub ticket: Ticket,
    /// Its items, removed ones included, oldest first.
    pub evidence: Vec<StoredEvidence>,
    /// What it says, typed.
    pub claim: Claim,
    /// The rows the checks went by.
    pub facts: Facts,
    /// Findings and recommendation.
    pub judgement: Judgement,
}

/// What a stored verdict holds: the judgement without its findings.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Verdict {
    /// Reasons of the recommendation: checks, proofs, or the request (JUDGEMENT.md §6).
    pub because: Vec<String>,
    /// Recommendations of lines further down that apply too (JUDGEMENT.md §6).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Recommendation>,
    /// Proofs that are complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Proof>,
    /// Checks that ask for a second person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cautions: Vec<String>,
    /// The smallest sets of proofs that would suffice; empty once one is complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Vec<Proof>>,
    /// When a hold ends, in Unix seconds, where a time is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// How many people beside the agent must say yes.
    pub approvals: u8,
    /// One letter a check, in the order of the contract: p, f, u, m, s.
    pub outcomes: String,
}

impl Verdict {
    /// The summary of a judgement.
    pub fn of(j: &Judgement) -> Self {
        Self {
            because: j.because.clone(),
            also: j.also.clone(),
            proofs: j.proofs.clone(),
            cautions: j.cautions.iter().map(ToString::to_string).collect(),
            missing: j.missing.clone(),
            until: j.until.map(|t| t.0),
            approvals: j.approvals_needed,
            outcomes: j.findings.iter().filter_map(|f| f.outcome.as_str().chars().next()).collect(),
        }
    }

    /// Reads a stored verdict; an unreadable one is empty, and the next check writes it anew.
    pub fn read(text: Option<&str>) -> Self {
        text.and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default()
    }
}

/// Where a ticket stands in the queue: what a person can finish now comes first, what waits for time last.
pub(super) fn rank(recommendation: Recommendation) -> i64 {
    match recommendation {
        Recommendation::Investigate => 10,
        Recommendation::Approve => 20,
        Recommendation::ApproveSecond => 21,
        Recommendation::Refuse => 30,
        Recommendation::Guide => 31,
        Recommendation::Refer => 32,
        Recommendation::Ask => 40,
        Recommendation::Hold => 50,
    }
}

/// What the desk keeps of a judgement: everything but its findings, which are found again when they are shown.
pub(super) struct Kept {
    pub recommendation: Recommendation,
    /// The [`Verdict`] as JSON.
    pub verdict: String,
    pub valid_until: Option<Time>,
}

impl Kept {
    pub fn of(j: &Judgement) -> Result<Self, Failure> {
        let verdict = serde_json::to_string(&Verdict::of(j))
            .map_err(|e| Failure::internal(format!("A verdict cannot be written: {e}.")))?;
        Ok(Self { recommendation: j.recommendation, verdict, valid_until: j.valid_until })
    }

    /// As the store takes it.
    pub fn checked(&self, registry: &RegistryFacts, now: Time) -> Checked<'_> {
        Checked {
            device: registry.device.as_ref().map(|d| d.id),
            account: registry.account.as_ref().map(|a| a.no),
            recommendation: self.recommendation,
            verdict: &self.verdict,
            rank: rank(self.recommendation),
            checked_at: now,
            valid_until: self.valid_until,
        }
    }
}

/// What is laid over the lists and beside them while tickets are judged.
struct Look<'a> {
    overlay: DeskOverlay<'a>,
    desk: Gatherer<'a>,
    /// Every fact, for a person to see; else those that the checks can use.
    all: bool,
}

impl<'a> Look<'a> {
    fn new(act: &Act<'a>, all: bool) -> Result<Self, Failure> {
        let desk = Gatherer::new(act.conn, act.policy, act.region())?;
        Ok(Self { overlay: DeskOverlay::new(act.conn)?, desk, all })
    }
}

impl Act<'_> {
    /// The ticket of this number.
    pub fn ticket(&self, id: i64) -> Result<Ticket, Failure> {
        tickets::get(self.conn, id)?.ok_or_else(|| Failure::state(format!("There is no ticket {id}.")))
    }

    /// Gathers the facts of a ticket and judges it as of now. Writes nothing.
    pub fn judge(&mut self, id: i64) -> Result<Judged, Failure> {
        Ok(self.judge_with_links(id, &mut Look::new(self, true)?)?.0)
    }

    fn judge_with_links(&mut self, id: i64, look: &mut Look<'_>) -> Result<(Judged, Vec<Link>), Failure> {
        let ticket = self.ticket(id)?;
        let evidence = evidence::of(self.conn, id)?;
        let claim = ticket.claim(&evidence, self.region());
        let wants = if look.all { Wants::ALL } else { Wants::of(&claim, look.desk.any_code(id)?) };
        let registry = self.registry.gather_wanted(&claim, wants, &mut look.overlay)?;
        let links = links::of(&claim, &registry);
        let desk = look.desk.gather(id, &claim, &registry, &links)?;
        let facts = Facts { registry, desk };
        let judgement = judge(&claim, &facts, self.policy, self.now);
        Ok((Judged { ticket, evidence, claim, facts, judgement }, links))
    }

    /// Judges a ticket and keeps the result; whoever shares something that changed is judged again later.
    pub fn recheck(&mut self, id: i64) -> Result<Judged, Failure> {
        let (mut judged, links) = self.judge_with_links(id, &mut Look::new(self, true)?)?;
        self.keep(id, &mut judged, &links)?;
        Ok(judged)
    }

    fn keep(&mut self, id: i64, judged: &mut Judged, links: &[Link]) -> Result<(), Failure> {
        if judged.ticket.state == State::Held && judged.ticket.held_until.is_some_and(|t| t <= self.now) {
            self.move_to(id, State::Open, None)?;
            judged.ticket.state = State::Open;
        }
        let before = Verdict::read(judged.ticket.verdict.as_deref());
        let mut stirs = judged.judgement.proofs != before.proofs;
        let kept = Kept::of(&judged.judgement)?;
        let checked = kept.checked(&judged.facts.registry, self.now);
        stirs |= checked.device != judged.ticket.device || checked.account != judged.ticket.account;
        for (item, wrong) in wrong_facts(&judged.claim, &judged.facts) {
            if judged.evidence.iter().any(|e| e.id == item && e.wrong != wrong) {
                evidence::set_wrong(self.conn, item, wrong)?;
                stirs = true;
            }
        }
        let old = links::stored(self.conn, id)?;
        let moved = old != links;
        if moved {
            links::sync(self.conn, id, &old, links)?;
            links::disturb(self.conn, id, &old)?;
        }
        if moved || stirs {
            links::disturb(self.conn, id, links)?;
        }
        tickets::set_checked(self.conn, id, &checked)?;
        Ok(())
    }

    /// A ticket was opened, closed or otherwise changed in a way that others see.
    pub fn disturb(&self, id: i64) -> Result<(), Failure> {
        let links = links::stored(self.conn, id)?;
        Ok(links::disturb(self.conn, id, &links)?)
    }

    /// Judges every open ticket that is out of date, until none is. `each` hears how many are done.
    pub fn settle(&mut self, mut each: impl FnMut(usize)) -> Result<usize, Failure> {
        self.settle_while(|done| {
            each(done);
            true
        })
    }

    /// The same, as long as `go_on` says so; what was judged by then stays judged.
    pub fn settle_while(&mut self, mut go_on: impl FnMut(usize) -> bool) -> Result<usize, Failure> {
        let mut done = 0;
        let mut look = Look::new(self, false)?;
        for _ in 0..MOST_ROUNDS {
            loop {
                let stale = tickets::out_of_date(self.conn, self.now, BATCH)?;
                if stale.is_empty() {
                    return Ok(done);
                }
                let full = stale.len() == BATCH;
                for id in stale {
                    let (mut judged, links) = self.judge_with_links(id, &mut look)?;
                    self.keep(id, &mut judged, &links)?;
                    done += 1;
                    if done % 256 == 0 && !go_on(done) {
                        return Ok(done);
                    }
                }
                if !full {
                    break;
                }
            }
        }
        Ok(done)
    }
}

//! Judging one ticket: what is stored, what the lists say, what the desk knows, and what is kept of it.

use super::act::Act;
use super::failure::Failure;
use crate::domain::{Claim, Proof, Recommendation, Region, State, Time};
use crate::judgement::facts::{DeskFacts, RegistryFacts};
use crate::judgement::{Check, Facts, Judgement, Wants, judge, wrong_facts};
use crate::store::desk::evidence::{self, StoredEvidence};
use crate::store::desk::facts::Gatherer;
use crate::store::desk::links::{self, Link};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::tickets::{self, Checked, Ticket};
use crate::store::registry::RegistryReader;
use crate::words::Phrase;

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
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
pub struct Verdict {
    /// Reasons of the recommendation: checks, proofs, or the request (JUDGEMENT.md §6).
    pub because: Vec<String>,
    /// Recommendations of lines further down that apply too (JUDGEMENT.md §6).
    #[serde(default)]
    pub also: Vec<Recommendation>,
    /// Proofs that are complete.
    #[serde(default)]
    pub proofs: Vec<Proof>,
    /// Checks that ask for a second person.
    #[serde(default)]
    pub cautions: Vec<String>,
    /// The smallest sets of proofs that would suffice; empty once one is complete.
    #[serde(default, deserialize_with = "sets::deserialize")]
    pub missing: Vec<Vec<Proof>>,
    /// When a hold ends, in Unix seconds, where a time is known.
    #[serde(default)]
    pub until: Option<i64>,
    /// How many people beside the agent must say yes.
    pub approvals: u8,
    /// One letter a check, in the order of the contract: p, f, u, m, s.
    pub outcomes: String,
}

/// Sets of proofs, each as one number with a bit a proof: half of what a new ticket's verdict took was their names.
mod sets {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::domain::Proof;

    pub fn serialize<S: Serializer>(sets: &[Vec<Proof>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(sets.iter().map(|set| set.iter().fold(0_u32, |bits, proof| bits | 1 << *proof as u32)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<Proof>>, D::Error> {
        let sets = Vec::<u32>::deserialize(from)?;
        let named = |bits: u32| Proof::ALL.iter().copied().filter(|p| bits >> *p as u32 & 1 == 1).collect();
        Ok(sets.into_iter().map(named).collect())
    }
}

/// A [`Verdict`] to be written: every new case writes one, and nothing of it need be copied for that.
#[derive(serde::Serialize)]
struct ToWrite<'a> {
    because: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    also: &'a [Recommendation],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    proofs: &'a [Proof],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    cautions: &'a [Check],
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "sets::serialize")]
    missing: &'a [Vec<Proof>],
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    approvals: u8,
    outcomes: String,
}

impl Verdict {
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
        let outcomes = j.findings.iter().filter_map(|f| f.outcome.as_str().chars().next()).collect();
        let verdict = serde_json::to_string(&ToWrite {
            because: &j.because,
            also: &j.also,
            proofs: &j.proofs,
            cautions: &j.cautions,
            missing: &j.missing,
            until: j.until.map(|t| t.0),
            approvals: j.approvals_needed,
            outcomes,
        })
        .map_err(|e| Failure::fault(format_args!("A verdict cannot be written: {e}.")))?;
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

/// A ticket as it stands in the desk.
pub(super) struct Stored {
    ticket: Ticket,
    evidence: Vec<StoredEvidence>,
    /// A code was ever sent for it.
    codes: bool,
}

/// A ticket, and what the lists say about it.
pub(super) struct Looked {
    stored: Stored,
    claim: Claim,
    registry: RegistryFacts,
    links: Vec<Link>,
}

impl Looked {
    /// What it may share with others.
    pub(super) fn links(&self) -> &[Link] {
        &self.links
    }

    /// What it says.
    pub(super) fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Its items as they stand.
    pub(super) fn evidence(&self) -> &[StoredEvidence] {
        &self.stored.evidence
    }

    /// What the lists say alone; numbers without a country code are read in `region`.
    pub(super) fn facts(&self, region: Region) -> Facts {
        let desk = DeskFacts { region, ..DeskFacts::default() };
        Facts { registry: self.registry.clone(), desk }
    }

    /// The device and the account that it is about.
    pub(super) fn about(&self) -> (Option<i64>, Option<i64>) {
        (self.registry.device.as_ref().map(|d| d.id), self.registry.account.as_ref().map(|a| a.no))
    }
}

impl Stored {
    /// Gathers what the lists say: everything, for a person to see, or what the checks can use.
    pub(super) fn look(
        self,
        region: Region,
        everything: bool,
        now: Time,
        registry: &mut RegistryReader<'_>,
        overlay: &mut DeskOverlay<'_>,
    ) -> Result<Looked, Failure> {
        let claim = self.ticket.claim(&self.evidence, region);
        let wants = if everything { Wants::ALL } else { Wants::of(&claim, self.codes, now) };
        let registry = registry.gather_wanted(&claim, wants, overlay)?;
        let links = links::of(&claim, &registry);
        Ok(Looked { stored: self, claim, registry, links })
    }
}

impl Act<'_> {
    /// The ticket of this number.
    pub fn ticket(&self, id: i64) -> Result<Ticket, Failure> {
        tickets::get(&self.statements, id)?
            .ok_or_else(|| Failure::state(Phrase::of("fail-no-ticket").with("name", id)))
    }

    /// Gathers the facts of a ticket and judges it as of now. Writes nothing.
    pub fn judge(&mut self, id: i64) -> Result<Judged, Failure> {
        Ok(self.judge_with_links(id)?.0)
    }

    fn judge_with_links(&mut self, id: i64) -> Result<(Judged, Vec<Link>), Failure> {
        let desk = Gatherer::new(self.conn, self.policy, self.region())?;
        let (stored, region) = (self.stored(id, &desk)?, self.region());
        let looked =
            stored.look(region, true, self.now, &mut self.registry, &mut DeskOverlay::new(self.conn)?)?;
        self.judge_looked(looked, &desk)
    }

    /// Reads a ticket.
    pub(super) fn stored(&self, id: i64, desk: &Gatherer<'_>) -> Result<Stored, Failure> {
        let (ticket, evidence) = (self.ticket(id)?, evidence::of(&self.statements, id)?);
        Ok(Stored { ticket, evidence, codes: desk.any_code(id)? })
    }

    /// Judges a ticket by what the lists said and what the desk knows now.
    pub(super) fn judge_looked(
        &self,
        looked: Looked,
        desk: &Gatherer<'_>,
    ) -> Result<(Judged, Vec<Link>), Failure> {
        let Looked { stored: Stored { ticket, evidence, .. }, claim, registry, links } = looked;
        let desk = desk.gather(ticket.id, &claim, &registry, &links)?;
        let facts = Facts { registry, desk };
        let judgement = judge(&claim, &facts, self.policy, self.now);
        Ok((Judged { ticket, evidence, claim, facts, judgement }, links))
    }

    /// Judges a ticket and keeps the result; whoever shares something that changed is judged again later.
    pub fn recheck(&mut self, id: i64) -> Result<Judged, Failure> {
        let (mut judged, links) = self.judge_with_links(id)?;
        self.keep(&mut judged, &links)?;
        Ok(judged)
    }

    /// The same for a ticket that was looked at.
    pub(super) fn recheck_looked(&mut self, looked: Looked, desk: &Gatherer<'_>) -> Result<(), Failure> {
        let (mut judged, links) = self.judge_looked(looked, desk)?;
        if self.keep(&mut judged, &links)? {
            desk.links_changed();
        }
        Ok(())
    }

    /// Keeps a judgement; `true` where the ticket's links are other ones now.
    fn keep(&mut self, judged: &mut Judged, links: &[Link]) -> Result<bool, Failure> {
        let id = judged.ticket.id;
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
        let old = &judged.ticket.links;
        let moved = old != links;
        if moved {
            links::sync(&self.statements, id, old, links)?;
            links::disturb(&self.statements, id, old)?;
        }
        if moved || stirs {
            links::disturb(&self.statements, id, links)?;
        }
        tickets::set_checked(&self.statements, &judged.ticket, &checked)?;
        if let Some(tally) = &mut self.tally {
            tally.moved(id, judged.ticket.recommendation, kept.recommendation);
        }
        Ok(moved)
    }

    /// A ticket whose items moved away shares what it still says. It keeps the device and account of its time.
    pub(super) fn relink(&mut self, id: i64) -> Result<(), Failure> {
        let desk = Gatherer::new(self.conn, self.policy, self.region())?;
        let stored = self.stored(id, &desk)?;
        let have = stored.ticket.links.clone();
        let mut overlay = DeskOverlay::new(self.conn)?;
        let looked = stored.look(self.region(), false, self.now, &mut self.registry, &mut overlay)?;
        let about = |link: &&Link| [links::kind::DEVICE, links::kind::ACCOUNT].contains(&link.0);
        let said = looked.links().iter().filter(|link| !about(link));
        let mut wanted: Vec<Link> = have.iter().filter(about).chain(said).copied().collect();
        wanted.sort_unstable();
        Ok(links::sync(&self.statements, id, &have, &wanted)?)
    }

    /// A ticket was opened, closed or otherwise changed in a way that others see.
    pub fn disturb(&self, id: i64) -> Result<(), Failure> {
        Ok(links::disturb(&self.statements, id, &self.ticket(id)?.links)?)
    }
}

//! One line of the queue, masked.

use crate::desk::check::Verdict;
use crate::desk::due::overdue;
use crate::desk::screen::Ticket;
use crate::domain::{Proof, Recommendation, Request, State, Time, mask_email, mask_name, mask_tail};
use crate::judgement::{Check, parts};

/// How far a proof has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    /// All its checks pass.
    Proven,
    /// One of them fails.
    Contradicted,
    /// Something was given, but the registry cannot tell, or more is needed.
    Partial,
    /// Nothing was given.
    Missing,
}

impl Badge {
    /// One cell for the list.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Proven => "✓",
            Self::Contradicted => "✗",
            Self::Partial => "?",
            Self::Missing => "·",
        }
    }

    /// The id of the word beside the glyph.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proven => "ticket-badge-proven",
            Self::Contradicted => "ticket-badge-contradicted",
            Self::Partial => "ticket-badge-incomplete",
            Self::Missing => "ticket-badge-not-given",
        }
    }
}

/// The proofs in the order in which lists show them.
pub const PROOF_ORDER: [Proof; 5] = [Proof::Purchase, Proof::Sim, Proof::Consent, Proof::Box, Proof::Facts];

/// A line of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRow {
    pub id: i64,
    pub name: String,
    pub request: Request,
    pub state: State,
    pub recommendation: Option<Recommendation>,
    pub because: Vec<String>,
    pub also: Vec<Recommendation>,
    pub missing: Vec<Vec<Proof>>,
    /// Masked.
    pub claimant: String,
    pub model: String,
    /// Masked.
    pub identifier: String,
    /// In [`PROOF_ORDER`].
    pub badges: [Badge; 5],
    pub cautions: usize,
    pub received_at: Time,
    pub due_at: Time,
    pub until: Option<Time>,
    pub lease: Option<(String, Time)>,
    pub closed_as: Option<String>,
    pub paused_at: Option<Time>,
    pub held_until: Option<Time>,
    /// The account's owner answered without a code, and nobody has heard it.
    pub owner_wrote: bool,
}

impl QueueRow {
    /// The line of a ticket.
    pub fn of(ticket: &Ticket) -> Self {
        let verdict = Verdict::read(ticket.verdict.as_deref()).told();
        let given =
            |column: &str| ticket.given.get(column).map(String::as_str).filter(|t| !t.trim().is_empty());
        let claimant = given("claimant_name")
            .map(mask_name)
            .or_else(|| given("claimant_email").map(mask_email))
            .or_else(|| given("claimant_phone").map(|t| mask_tail(t, 2)));
        let identifier = given("imei")
            .or_else(|| given("serial"))
            .or_else(|| given("imei2"))
            .map(|t| mask_tail(t, 4))
            .or_else(|| given("account_email").map(mask_email))
            .or_else(|| given("account_phone").map(|t| mask_tail(t, 2)))
            .or_else(|| given("account_id").map(|t| mask_tail(t, 4)));
        let name = super::ticket_name(ticket.id, ticket.reference.as_deref());
        Self {
            id: ticket.id,
            name,
            request: ticket.request,
            state: ticket.state,
            recommendation: ticket.recommendation,
            badges: badges(&verdict),
            cautions: verdict.cautions.len(),
            because: verdict.because,
            also: verdict.also,
            missing: verdict.missing,
            claimant: claimant.unwrap_or_default(),
            model: given("model").unwrap_or_default().to_owned(),
            identifier: identifier.unwrap_or_default(),
            received_at: ticket.received_at,
            due_at: ticket.due_at,
            until: ticket.held_until.or_else(|| {
                // What the checks say of a time matters as long as nobody has decided.
                let undecided = matches!(ticket.state, State::Open | State::Waiting | State::Held);
                verdict.until.filter(|_| undecided).map(Time)
            }),
            lease: ticket.assignee.clone().zip(ticket.lease_until),
            closed_as: ticket.closed_as.clone(),
            paused_at: ticket.paused_at,
            held_until: ticket.held_until,
            owner_wrote: false,
        }
    }

    /// Nothing that the screens show has changed.
    pub fn same(&self, other: &Self) -> bool {
        self == other
    }

    /// Whether it is late.
    pub fn is_late(&self, now: Time) -> bool {
        overdue(self.state, self.due_at, self.paused_at, self.held_until, now)
    }

    /// Who holds it at `now`, and for how long yet.
    pub fn holder(&self, now: Time) -> Option<(&str, Time)> {
        self.lease.as_ref().filter(|(_, until)| *until > now).map(|(who, until)| (who.as_str(), *until))
    }
}

/// How far each proof has come, read from the one-letter outcomes of a stored verdict.
fn badges(verdict: &Verdict) -> [Badge; 5] {
    let letter = |check: &Check| {
        let place = Check::ALL.iter().position(|c| c == check)?;
        verdict.outcomes.chars().nth(place)
    };
    PROOF_ORDER.map(|proof| {
        if verdict.proofs.contains(&proof) {
            return Badge::Proven;
        }
        badge(parts(proof).iter().map(|c| letter(c).unwrap_or('s')))
    })
}

/// The state of a proof from the first letters of its checks' outcomes.
pub(super) fn badge(outcomes: impl Iterator<Item = char>) -> Badge {
    let (mut any, mut all, mut given) = (false, true, false);
    for letter in outcomes {
        match letter {
            'f' => return Badge::Contradicted,
            'p' => (any, given) = (true, true),
            'u' => (all, given) = (false, true),
            _ => all = false,
        }
    }
    match (any && all, given) {
        (true, _) => Badge::Proven,
        (false, true) => Badge::Partial,
        (false, false) => Badge::Missing,
    }
}

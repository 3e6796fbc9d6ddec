//! Whether an act makes a hand in a case: who has one approves nothing of it, and clears nothing of it.
//!
//! **Invariant:** a leaf speaks for claim and evidence (`rows::CLAIM`) only if it makes a hand. Whoever changes them past the
//! desk and signs for it themselves has a hand, whatever act they call it.

use super::signed::Leaf;

/// What an act makes of who does it.
#[derive(Clone, Copy)]
pub enum Makes {
    /// A hand: claim or evidence is another afterwards, or it is decided.
    Hand,
    /// The same where the leaf says so.
    HandIf(fn(&Leaf) -> bool),
    /// None.
    Nothing,
}

use Makes::{Hand, HandIf, Nothing};

/// Every act that leaves a leaf. One that is not named makes a hand (`tests/it/desk_hands.rs` reads the sources).
pub const ACTS: [(&str, Makes); 83] = [
    ("act.refused", Nothing),
    ("act.undone", HandIf(|leaf| leaf.text("what").is_some_and(|what| UNDONE.contains(&what)))),
    ("agent.added", Nothing),
    ("agent.disabled", Nothing),
    ("agent.key", Nothing),
    ("agent.role", Nothing),
    ("authorization.accepted", Nothing),
    ("authorization.issued", Nothing),
    ("authorization.redeemed", Nothing),
    ("authorization.revoked", Nothing),
    ("authorization.spoken", Nothing),
    // Bringing in a file is no hand; who typed the one case stands among its contributors.
    ("case.imported", Nothing),
    ("case.updated", Hand),
    ("cases.imported", Nothing),
    ("centre.ended", Nothing),
    ("centre.made", Nothing),
    ("centre.shared", Nothing),
    ("check.cleared", Nothing),
    ("clock.accepted", Nothing),
    ("clock.behind", Nothing),
    // A code that was read back is evidence.
    ("code.confirmed", Hand),
    ("code.sent", Nothing),
    ("code.wrong", Nothing),
    ("config.accepted", Nothing),
    ("decision.approved", Nothing),
    ("decision.cancelled", Nothing),
    ("decision.made", Hand),
    ("decision.sent_back", Nothing),
    ("desk.backed-up", Nothing),
    ("desk.made", Nothing),
    ("desk.restored", Nothing),
    ("desk.upgraded", Nothing),
    ("evidence.added", Hand),
    ("evidence.opened", Nothing),
    // What barcodes say is read by whoever comes by: a group of its own (`rows::READ`).
    ("evidence.read", Nothing),
    ("evidence.removed", Hand),
    ("evidence.verified", Nothing),
    ("keyset.requested", Nothing),
    ("links.read", Nothing),
    ("list.imported", Nothing),
    ("lists.sealed", Nothing),
    ("log.rollback-accepted", Nothing),
    ("login.done", Nothing),
    ("login.failed", Nothing),
    ("lookup.read", Nothing),
    ("lookup.revealed", Nothing),
    ("mail.given", Nothing),
    // What a mail offers counts once somebody confirms it.
    ("mail.taken", Nothing),
    ("message.dropped", Nothing),
    ("message.failed", Nothing),
    ("message.retried", Nothing),
    ("message.sent", Nothing),
    ("note.added", Nothing),
    ("notice.clear_asked", Nothing),
    ("notice.cleared", Nothing),
    ("notice.confirmed", Nothing),
    ("notice.raised", Nothing),
    ("offer.confirmed", Hand),
    // Only what was confirmed before is taken out of the claim.
    ("offer.dismissed", HandIf(|leaf| leaf.flag("was_confirmed") == Some(true))),
    ("owner.heard", Nothing),
    ("owner.objected", Nothing),
    ("owner.told", Nothing),
    ("person.erased", Nothing),
    ("policy.accepted", Nothing),
    ("registry.pruned", Nothing),
    ("reply.queued", Nothing),
    ("request.changed", Hand),
    ("revocations.signed", Nothing),
    ("search.read", Nothing),
    ("search.revealed", Nothing),
    ("ticket.closed", Nothing),
    // The claim is gone.
    ("ticket.emptied", Hand),
    ("ticket.merged", Hand),
    ("ticket.read", Nothing),
    ("ticket.redacted", Nothing),
    ("ticket.released", Nothing),
    ("ticket.reopened", Nothing),
    ("ticket.revealed", Nothing),
    ("ticket.stolen", Nothing),
    ("ticket.taken", Nothing),
    ("ticket.waiting", Nothing),
    ("tickets.exported", Nothing),
    ("tickets.revealed", Nothing),
];

/// Acts that change claim or evidence and can be undone: that changes them once more.
pub(super) const UNDONE: [&str; 3] = ["evidence.added", "evidence.removed", "ticket.merged"];

impl Leaf {
    /// Whether it makes its actor a hand in its case.
    pub fn makes_a_hand(&self) -> bool {
        match ACTS.iter().find(|(act, _)| *act == self.act) {
            Some((_, Nothing)) => false,
            Some((_, HandIf(says))) => says(self),
            Some((_, Hand)) | None => true,
        }
    }
}

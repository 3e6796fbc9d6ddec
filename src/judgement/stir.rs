//! Which tickets a new one makes doubtful: most that share something with it would be judged as before.

use super::facts::{Facts, Other};
use super::{Policy, wrong_facts};
use crate::domain::Claim;

/// Whether a new ticket, of `claim` and `facts`, can change an outcome on `other`, which shares something with it.
///
/// What the checks read of another ticket: whether it stands beside (same device, or same account where one of the two
/// names no device), its receipts and pictures, its wrong answers, and how many devices its claimant asks for.
pub fn may_change(claim: &Claim, facts: &Facts, policy: &Policy, other: &Other) -> bool {
    let ours = facts.registry.device.as_ref().map(|d| d.id);
    let apart = ours.is_some() && other.device.is_some() && ours != other.device;
    if !apart || other.same_receipt || other.same_picture.is_some() {
        return true;
    }
    if wrong_facts(claim, facts).iter().any(|(_, wrong)| *wrong) {
        return true;
    }
    if !other.same_claimant {
        return false;
    }
    // Whoever shares a contact with the other one shares it with this one too, so that both count the same tickets.
    let devices = 1 + facts.desk.others.iter().filter(|o| o.same_claimant).count();
    let few = i64::try_from(devices).is_ok_and(|n| n <= policy.thresholds.claims_per_month);
    !(few && other.contacts_known)
}

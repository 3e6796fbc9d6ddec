//! What a decision fixes: digests of the evidence, of the findings and of both.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::check::Judged;
use super::import::hex;

/// Digests of one judged ticket, each `sha256:` and hexadecimal.
pub(super) struct Fixed {
    /// Claim and evidence as they stand.
    evidence: String,
    /// Checks, their outcomes and shades.
    pub(super) findings: String,
}

impl Fixed {
    pub(super) fn of(judged: &Judged) -> Self {
        let items: Vec<_> = judged
            .evidence
            .iter()
            .map(|e| {
                json!({
                    "id": e.id, "kind": e.kind, "given": e.given, "added_by": e.added_by, "added_at": e.added_at,
                    "removed": e.removed_at.is_some(),
                    "file": e.attachment.as_ref().map(|a| hex(&a.sha256)),
                })
            })
            .collect();
        let claim = json!({
            "ticket": judged.ticket.id, "request": judged.ticket.request, "received_at": judged.ticket.received_at,
            "given": judged.ticket.given, "evidence": items,
        });
        let findings: Vec<_> =
            judged.judgement.findings.iter().map(|f| json!([f.check, f.outcome, f.note])).collect();
        Self {
            evidence: sum(claim.to_string().as_bytes()),
            findings: sum(json!(findings).to_string().as_bytes()),
        }
    }

    /// The digest that approvals and the token carry, with the findings as they were at the decision.
    pub(super) fn both(&self, findings: &str) -> String {
        sum(format!("{} {findings}", self.evidence).as_bytes())
    }
}

/// `sha256:` and the digest.
pub(super) fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

//! The offline check of a token. It needs no desk, only a keyset.

use super::Failure;
use crate::authority::{Keyset, RevocationList, Trust, Verdict, VerifyContext, verify};
use crate::domain::Time;

/// What a verifier brings.
#[derive(Clone, Debug, Default)]
pub struct Verify {
    /// The token in compact form.
    pub token: String,
    /// An IMEI in any form, or a serial.
    pub device: Option<String>,
    /// Who verifies; without it, only a token for anybody passes.
    pub audience: Option<String>,
    /// What the device shows, in hexadecimal.
    pub challenge: Option<String>,
    /// The text of a signed revocation list.
    pub revoked: Option<String>,
    /// Whether a rehearsal's token may pass: only where the desk itself is a rehearsal.
    pub rehearsal_allowed: bool,
    /// The highest keyset version seen before.
    pub keyset_floor: u64,
}

/// Reads a keyset that came by a trusted way.
pub fn read_keyset(text: &str) -> Result<Keyset, Failure> {
    Keyset::verify(text.trim(), Trust::Carried, 0)
        .map_err(|e| Failure::verification(format!("The keyset does not hold: {e}.")))
}

/// Verifies a token against a keyset. `withdrawn` and `used` answer for ids that a desk knows of.
pub fn check(
    v: &Verify,
    keyset: &Keyset,
    now: Time,
    withdrawn: &dyn Fn(&str) -> bool,
    used: &dyn Fn(&str) -> bool,
) -> Result<Verdict, Failure> {
    let list = match &v.revoked {
        None => None,
        Some(text) => Some(
            RevocationList::verify(text.trim(), keyset, now.0, 0)
                .map_err(|e| Failure::verification(format!("The revocation list does not hold: {e}.")))?,
        ),
    };
    let revoked = |jti: &str| withdrawn(jti) || list.as_ref().is_some_and(|l| l.contains(jti));
    let mut context = VerifyContext::new(keyset, now.0);
    context.audience = v.audience.as_deref();
    context.device = v.device.as_deref();
    context.challenge = v.challenge.as_deref();
    context.min_keyset_version = v.keyset_floor;
    context.rehearsal_allowed = v.rehearsal_allowed;
    context.revoked = &revoked;
    context.used = used;
    Ok(verify(v.token.trim(), &context))
}

impl super::Desk {
    /// Verifies a token as this desk knows it: its own keyset, revocations and redemptions.
    pub fn verify(&self, v: &Verify) -> Result<Verdict, Failure> {
        let find = |jti: &str| crate::store::desk::acts::authorization(self.db(), jti).ok().flatten();
        let withdrawn = |jti: &str| find(jti).is_some_and(|a| a.revoked_at.is_some());
        let used = |jti: &str| find(jti).is_some_and(|a| a.redeemed_at.is_some());
        let v = Verify { rehearsal_allowed: self.rehearsal, ..v.clone() };
        check(&v, &self.keyset, self.now(), &withdrawn, &used)
    }
}

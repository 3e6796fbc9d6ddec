//! Keys, keysets, signed grants and their verification: with [`crate::audit`]'s checkpoints the only
//! place that signs. Pure: no clock (`now` is passed in as Unix seconds), no database; the only IO
//! is the key file, the only randomness [`random`].
//!
//! | what | standard | type |
//! |---|---|---|
//! | an agent's key | RFC 8032, RFC 7638, RFC 8037 | [`AgentKey`], [`PublicKey`], [`Jwk`] |
//! | the key on disk | RFC 5958, RFC 8018, RFC 7468 | [`write_key`], [`read_key`], [`Protection`] |
//! | who may sign what | JWS `latchkey-keyset+jwt` | [`KeysetClaims`] → sign → [`Keyset`] |
//! | a grant | JWS `latchkey-auth+jwt` | [`AuthorizationClaims`] → sign → [`verify`] → [`Verdict`] |
//! | a yes, a decision, another act | JWS `latchkey-approval+jwt`, `-decision+jwt`, `-statement+jwt` | [`ApprovalClaims`], [`DecisionClaims`], [`StatementClaims`], all [`Authored`] |
//! | what is told by telephone | HMAC-SHA-256, Crockford's base 32 | [`CentreSecret`], [`Told`] |
//! | what only some read | `age` v1 (C2SP), X25519 of RFC 7748 | [`SealTo`], [`Unseal`] |
//! | withdrawn grants | JWS `latchkey-revocations+jwt` | [`RevocationClaims`] → sign → [`RevocationList`] |
//!
//! Roles come from the verified [`Keyset`] alone. A refusal names the first [`Rule`] that failed.

pub mod change;
mod device;
mod jws;
mod key_words;
mod keyfile;
mod keys;
mod keyset;
mod pem;
mod revocation;
mod rule;
#[cfg(test)]
pub(crate) mod sample;
mod seal;
mod spoken;
pub(crate) mod strict_json;
mod token;
mod verify;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod lists_tests;
#[cfg(test)]
mod wycheproof_tests;

pub use jws::{Document, LIST_LIMIT, SignError, TOKEN_LIMIT};
pub use keyfile::{
    KeyError, KeyProblem, Protection, is_encrypted, public_from_pem, read_key, read_secret, replace_key,
    stage_key, write_key, write_secret,
};
pub use keys::{AgentKey, Jwk, PublicKey, PublicKeyError, RandomError, name_is_valid, random};
pub use keyset::{AgentEntry, DEFAULT_SOLO, Keyset, KeysetClaims, Trust};
pub use pem::public_to_pem;
pub use revocation::{RevocationClaims, RevocationList};
pub use rule::{Refusal, Rule};
pub use seal::{SEALED, SealTo, Unseal, UnsealError, sealing, unsealing};
pub use spoken::{CentreSecret, SPOKEN_OPS, Told, spoken_device};
pub use token::{
    ANY_AUDIENCE, ApprovalClaims, Approve, Authored, AuthorizationClaims, DecisionClaims, LogPosition,
    MAX_LIFE, MAX_LIFE_WITH_CHALLENGE, SKEW, StatementClaims, jti_of, new_jti,
};
pub use verify::{Verdict, VerifyContext, unverified, verify};

//! What this desk has signed away: the list of authorizations, and one of them with its token.

use super::{Desk, Failure};
use crate::domain::Shown;
pub use crate::store::desk::acts::Authorization;
pub use crate::store::desk::outgoing::{GrantLine, Stage};
use crate::store::desk::{acts, outgoing};
use crate::words::Phrase;

impl Desk {
    /// The newest `most` authorizations, newest first, without their tokens.
    pub fn grants(&self, most: usize) -> Result<Vec<GrantLine>, Failure> {
        Ok(outgoing::newest(self.db(), most)?)
    }

    /// One authorization with its token.
    pub fn grant(&self, jti: &str) -> Result<Authorization, Failure> {
        acts::authorization(self.db(), jti)?.ok_or_else(|| {
            Failure::state(Phrase::of("fail-not-ours").with("jti", Shown(jti).clip(40)))
                .hint(Phrase::of("hint-authorizations"))
        })
    }
}

//! What this desk has signed away: the list of authorizations, and one of them with its token.

use super::{Desk, Failure};
use crate::domain::{Shown, Time};
pub use crate::store::desk::acts::Authorization;
pub use crate::store::desk::outgoing::{GrantLine, GrantPage, GrantSearch, Stage};
use crate::store::desk::{acts, outgoing};
use crate::words::Phrase;

impl Desk {
    /// A page of authorizations as they stand at `now`, newest first, without their tokens. `go_on` is told how
    /// many were read, and says whether to read on.
    pub fn grants(
        &self,
        search: &GrantSearch,
        now: Time,
        go_on: &mut dyn FnMut(u64) -> bool,
    ) -> Result<GrantPage, Failure> {
        Ok(outgoing::page(self.db(), search, now, go_on)?)
    }

    /// One authorization with its token.
    pub fn grant(&self, jti: &str) -> Result<Authorization, Failure> {
        acts::authorization(self.db(), jti)?.ok_or_else(|| {
            Failure::state(Phrase::of("fail-not-ours").with("jti", Shown(jti).clip(40)))
                .hint(Phrase::of("hint-authorizations"))
        })
    }
}

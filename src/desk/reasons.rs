//! Free text that says why, in acts about no ticket. Who types it may name somebody: the log commits to it, and the words lie
//! beside the log with their salt, so that they can be forgotten.

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};

use super::{Act, Desk, Failure};
use crate::audit::{Draft, commitment};
use crate::store::desk::settings;

/// How the names of settings begin that keep such a text; the number of its leaf follows.
const NAME: &str = "reason.";

impl Act<'_> {
    /// Appends a leaf that commits to a reason.
    pub(super) fn log_reasoned(&mut self, draft: Draft<'_>, reason: &str) -> Result<u64, Failure> {
        let mut salt = [0; 32];
        getrandom::fill(&mut salt).map_err(Failure::fault)?;
        let leaf = self.log(draft.commit("reason", &salt, reason.as_bytes()), None)?;
        let kept = format!("{} {reason}", Base64::encode_string(&salt));
        settings::set(self.conn, &format!("{NAME}{leaf}"), &kept)?;
        Ok(leaf)
    }

    /// Forgets the reasons that say one of these words (lower case); the leaves stay, and say nothing any more.
    pub(super) fn forget_reasons(&mut self, words: &[String]) -> Result<(), Failure> {
        for (name, kept) in settings::beginning(self.conn, NAME)? {
            let text = kept.to_lowercase();
            if words.iter().any(|word| text.contains(word.as_str())) {
                settings::remove(self.conn, &name)?;
            }
        }
        Ok(())
    }
}

impl Desk {
    /// The reason of a leaf, where it is still what the leaf commits to.
    pub(super) fn reason_of(&self, leaf: u64, line: &str) -> Result<Option<String>, Failure> {
        let Some(kept) = settings::get(self.db(), &format!("{NAME}{leaf}"))? else { return Ok(None) };
        let Some((salt, text)) = kept.split_once(' ') else { return Ok(None) };
        let salt: Option<[u8; 32]> = Base64::decode_vec(salt).ok().and_then(|salt| salt.try_into().ok());
        let says = salt.map(|salt| Base64UrlUnpadded::encode_string(&commitment(&salt, text.as_bytes())));
        let leaf: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let committed = leaf["commit"]["reason"].as_str();
        Ok((committed.is_some() && committed == says.as_deref()).then(|| text.to_owned()))
    }
}

//! The authorizations of this desk, and the keyset that others verify them with.

use serde_json::{Value, json};

use super::{Desk, Failure};
use crate::domain::{Time, mask_tail};
use crate::store::desk::acts::{self, Authorization};
use crate::store::desk::settings;

/// Where an authorization stands.
fn standing(a: &Authorization, now: Time) -> &'static str {
    match (a.redeemed_at, a.revoked_at) {
        (Some(_), _) => "redeemed",
        (_, Some(_)) => "revoked",
        _ if a.expires_at <= now => "expired",
        _ => "valid",
    }
}

/// `device:imei:…5675`: which kind of thing, and enough to recognise it.
pub fn masked(sub: &str) -> String {
    match sub.rsplit_once(':') {
        Some((kind, id)) => format!("{kind}:{}", mask_tail(id, 4)),
        None => mask_tail(sub, 4),
    }
}

impl Desk {
    /// Every authorization, newest first, with where it stands. The tokens themselves are not among it.
    pub fn authorizations(&self) -> Result<Vec<Value>, Failure> {
        let now = self.now();
        let all = acts::authorizations(self.db())?;
        Ok(all
            .iter()
            .map(|a| {
                let mut view = acts::view(a);
                view["sub"] = json!(masked(&a.sub));
                // What somebody wrote may name anybody; `show` tells it.
                if a.revoked_why.is_some() {
                    view["revoked_because"] = json!("…");
                }
                view["state"] = json!(standing(a, now));
                view
            })
            .collect())
    }

    /// The signed text of the newest keyset.
    pub fn keyset_text(&self) -> Result<String, Failure> {
        settings::keyset(self.db())?.ok_or_else(|| Failure::fault("The desk has no keyset."))
    }
}

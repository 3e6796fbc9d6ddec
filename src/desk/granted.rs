//! Grants and releases against the log and against the tokens themselves.

use std::collections::{BTreeMap, BTreeSet};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Deserialize;

use super::Desk;
use super::keysets::History;
use crate::audit::{Hash, commitment};
use crate::authority::{AuthorizationClaims, VerifyContext, unverified, verify};
use crate::domain::Time;
use crate::store::StoreError;
use crate::store::desk::granted::{self as store, Grant, Release};
use crate::words::Phrase;

/// What the log says of one grant.
struct Logged {
    leaf: u64,
    ticket: i64,
    by: String,
    at: Time,
    redeemed: Option<(String, Time, Option<Hash>)>,
    revoked: Option<Time>,
}

/// What the log says of all of them.
#[derive(Default)]
pub(super) struct Granted {
    grants: BTreeMap<String, Logged>,
    emptied: BTreeSet<i64>,
}

#[derive(Deserialize)]
struct Leaf {
    act: String,
    actor: String,
    at: String,
    #[serde(default)]
    ticket: i64,
    #[serde(default)]
    info: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    commit: BTreeMap<String, String>,
}

impl Granted {
    /// Takes the next leaf.
    pub fn read(&mut self, seq: u64, line: &str) {
        let about = ["{\"act\":\"authorization.", "{\"act\":\"ticket.emptied\""];
        if !about.iter().any(|start| line.starts_with(start)) {
            return;
        }
        let Ok(leaf) = serde_json::from_str::<Leaf>(line) else { return };
        if leaf.act == "ticket.emptied" {
            self.emptied.insert(leaf.ticket);
            return;
        }
        let jti = leaf.info.get("jti").and_then(|v| v.as_str()).unwrap_or_default();
        let (Ok(at), by) = (Time::parse(&leaf.at), leaf.actor) else { return };
        match (leaf.act.as_str(), self.grants.get_mut(jti)) {
            ("authorization.issued", None) => {
                let logged = Logged { leaf: seq, ticket: leaf.ticket, by, at, redeemed: None, revoked: None };
                self.grants.insert(jti.to_owned(), logged);
            }
            ("authorization.redeemed", Some(grant)) => {
                let released = leaf.commit.get("released");
                let released = released.and_then(|c| Base64UrlUnpadded::decode_vec(c).ok()?.try_into().ok());
                grant.redeemed = Some((by, at, released));
            }
            ("authorization.revoked", Some(grant)) => grant.revoked = Some(at),
            _ => {}
        }
    }

    /// The first grant or release that is not what the log and its token say.
    pub fn compare(
        mut self,
        desk: &Desk,
        history: &History,
    ) -> Result<Option<(Option<u64>, Phrase)>, StoreError> {
        let mut releases: BTreeMap<String, Vec<Release>> = BTreeMap::new();
        for (jti, release) in store::releases(desk.db())? {
            releases.entry(jti).or_default().push(release);
        }
        for grant in store::all(desk.db())? {
            let jti = grant.row.jti.clone();
            let told = |leaf| Some((leaf, Phrase::of("chain-grant").with("jti", jti.as_str())));
            let Some(logged) = self.grants.remove(&grant.row.jti) else { return Ok(told(None)) };
            let emptied = self.emptied.contains(&grant.row.ticket) && grant.row.token.is_empty();
            if !logged.fits(&grant) || !(emptied || Desk::token_fits(&grant, logged.leaf, history)) {
                return Ok(told(Some(logged.leaf)));
            }
            let released = releases.remove(&grant.row.jti).unwrap_or_default();
            if !emptied && !logged.released(&released, store::salt(desk.db(), grant.row.ticket)?) {
                return Ok(Some((Some(logged.leaf), Phrase::of("chain-release").with("jti", jti.as_str()))));
            }
        }
        if let Some((jti, _)) = releases.into_iter().next() {
            return Ok(Some((None, Phrase::of("chain-release").with("jti", jti))));
        }
        let gone = self.grants.iter().min_by_key(|(_, logged)| logged.leaf);
        Ok(gone.map(|(jti, logged)| (Some(logged.leaf), Phrase::of("chain-grant").with("jti", jti.as_str()))))
    }
}

impl Logged {
    fn fits(&self, grant: &Grant) -> bool {
        let row = &grant.row;
        let redeemed = self.redeemed.as_ref().map(|(by, at, _)| (by.as_str(), *at));
        row.ticket == self.ticket
            && row.issued_by == self.by
            && row.issued_at == self.at
            && row.redeemed_at.map(|at| (grant.redeemed_by.as_deref().unwrap_or_default(), at)) == redeemed
            && grant.redeemed_by.is_some() == redeemed.is_some()
            && row.revoked_at == self.revoked
            && grant.decision.as_ref().is_some_and(|(jti, ticket)| *jti == row.jti && *ticket == row.ticket)
    }

    fn released(&self, found: &[Release], salt: [u8; 32]) -> bool {
        match self.redeemed.as_ref().and_then(|(_, _, released)| *released) {
            Some(said) => commitment(&salt, &Release::text(found)) == said,
            None => found.is_empty(),
        }
    }
}

impl Desk {
    /// Whether a row is what its token says, and the token one that held, by the keyset of its time, when it was issued.
    fn token_fits(grant: &Grant, leaf: u64, history: &History) -> bool {
        let Some(era) = history.at(leaf) else { return false };
        let row = &grant.row;
        let Some(claims) = unverified(&row.token) else { return false };
        let AuthorizationClaims { jti, ticket, op, sub, aud, iat, exp, log, chal, .. } = &claims;
        let says = *jti == row.jti
            && i64::try_from(*ticket) == Ok(row.ticket)
            && (*op, sub, aud) == (row.op, &row.sub, &row.aud)
            && (*iat, *exp) == (row.issued_at.0, row.expires_at.0)
            && log.index == leaf;
        let mut context = VerifyContext::new(&era.keyset, row.issued_at.0);
        (context.audience, context.challenge, context.rehearsal_allowed) =
            (Some(aud.as_str()), chal.as_deref(), true);
        says && verify(&row.token, &context).valid
    }
}

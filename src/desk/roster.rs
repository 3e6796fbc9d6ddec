//! Who works here and by which keys, and the policy's lines with what each does: readings for screens.

use super::agents::Person;
use super::{Desk, Failure};
use crate::domain::{Op, Request, Time};
use crate::judgement::{Accepted, Policy, Rule};

/// The desk's people as the newest keyset has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// Everybody, disabled people too.
    pub people: Vec<Person>,
    /// Rises with every change.
    pub version: u64,
    /// When the root signed it.
    pub signed_at: Time,
    /// RFC 7638 thumbprint of the root's key.
    pub root: String,
    /// What one agent may sign alone.
    pub solo: Vec<Op>,
}

/// A number that is set, and what is shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// Which.
    pub name: T,
    /// As the desk has it.
    pub value: i64,
    /// As it is compiled in.
    pub shipped: i64,
}

/// The policy, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Rulebook {
    /// The file, or `shipped`.
    pub source: String,
    /// Of the file's bytes.
    pub digest: String,
    /// What checks go by.
    pub thresholds: Vec<Setting<&'static str>>,
    /// From where on claims together, or an agent's grants, are worth a look.
    pub rings: Vec<Setting<&'static str>>,
    /// How long a change of people waits.
    pub people: Vec<Setting<&'static str>>,
    /// Working hours until a request is due.
    pub due: Vec<Setting<Request>>,
    /// What suffices for each request, and whether that is as shipped.
    pub accepted: Vec<(Request, Accepted, bool)>,
    /// What findings lead to, and whether that is as shipped.
    pub rules: Vec<(Rule, bool)>,
}

impl Desk {
    /// Everybody in the newest keyset, and the keyset itself.
    pub fn roster(&self) -> Roster {
        let claims = self.keyset.claims();
        Roster {
            people: self.people(),
            version: claims.version,
            signed_at: Time(claims.iat),
            root: claims.root.kid.clone(),
            solo: claims.solo.clone(),
        }
    }

    /// The policy this desk goes by.
    pub fn rulebook(&self) -> Result<Rulebook, Failure> {
        let (_, source) = self.policy_text()?;
        let (policy, shipped) = (&self.policy, Policy::shipped());
        let pairs = policy.thresholds.each().into_iter().zip(shipped.thresholds.each());
        Ok(Rulebook {
            source,
            digest: policy.digest.clone(),
            thresholds: pairs.map(|((name, value), (_, shipped))| Setting { name, value, shipped }).collect(),
            rings: policy
                .rings
                .each()
                .into_iter()
                .zip(shipped.rings.each())
                .map(|((name, value), (_, shipped))| Setting { name, value, shipped })
                .collect(),
            people: policy
                .people
                .each()
                .into_iter()
                .zip(shipped.people.each())
                .map(|((name, value), (_, shipped))| Setting { name, value, shipped })
                .collect(),
            due: Request::ALL
                .iter()
                .map(|r| Setting { name: *r, value: policy.due_hours(*r), shipped: shipped.due_hours(*r) })
                .collect(),
            accepted: Request::ALL
                .iter()
                .map(|r| (*r, policy.accepted(*r).clone(), policy.accepted(*r) == shipped.accepted(*r)))
                .collect(),
            rules: policy.rules.iter().map(|rule| (rule.clone(), shipped.rules.contains(rule))).collect(),
        })
    }
}

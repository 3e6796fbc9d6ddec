//! The policy: thresholds, accepted sets and effects as data, with floors that no file can lower.

mod lines;
mod numbers;
mod people;
mod rings;

pub use lines::PolicyLine;
pub use people::People;
pub use rings::Rings;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use toml::Spanned;

use numbers::numbers;

use super::finding::{Check, Effect, Finding, Note};
use crate::domain::{Outcome, Proof, Request, Shown};
use crate::words::{Part, Phrase};

/// The policy compiled in.
pub const DEFAULT_POLICY: &str = include_str!("../../policy.toml");

/// What is wrong with a policy file, and in which line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub struct PolicyError {
    /// 1-based.
    pub line: usize,
    /// What is wrong with it, and what may stand there.
    pub what: Phrase,
}

impl PolicyError {
    /// The line and what is wrong, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        Phrase::of("rule-line").with("line", self.line.to_string()).with("what", self.what.clone())
    }
}

numbers! {
    /// The numbers the checks go by; `policy.toml` says what each is for.
    Thresholds {
        notice_cooling_days: 1..=365,
        clone_sims: 2..=100,
        clone_days: 1..=365,
        binding_days: 0..=365,
        idle_days: 1..=365,
        code_days: 1..=30,
        contact_days: 1..=365,
        facts_needed: 3..=6,
        sim_days: 7..=3650,
        sim_recent_days: 1..=3650,
        sim_change_hours: 24..=8760,
        box_distance: 0..=4,
        claims_per_month: 1..=100,
        tries: 1..=5,
        tries_hours: 1..=720,
        tries_month: 1..=20,
        cooldown_hours: 24..=2160,
        due_hours: 1..=2160,
        notice_lapse_days: 1..=90,
        replaced_contact_days: 30..=365,
        token_days: 1..=7,
        token_challenge_hours: 1..=24,
    }
}

/// What suffices for one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Sets for one agent.
    pub one: Vec<Vec<Proof>>,
    /// Sets for two people and the cool-down.
    pub two: Vec<Vec<Proof>>,
    /// Checks that must pass besides.
    pub needs: Vec<Check>,
}

/// When a finding has an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Of which check.
    pub check: Check,
    /// The outcome it speaks of.
    pub outcome: Outcome,
    /// Only where the finding has this shade.
    pub note: Option<Note>,
    /// The requests it holds for.
    pub requests: Vec<Request>,
    /// What it leads to.
    pub effect: Effect,
}

impl Rule {
    /// Whether the rule speaks of this finding on a ticket of this request.
    pub fn matches(&self, finding: &Finding, request: Request) -> bool {
        self.check == finding.check
            && self.outcome == finding.outcome
            && self.requests.contains(&request)
            && (self.note.is_none() || self.note == finding.note)
    }
}

/// A policy that has been checked against the floors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Numbers the checks go by.
    pub thresholds: Thresholds,
    accepted: BTreeMap<Request, Accepted>,
    /// Working hours until a request is due, where it is not `due_hours`.
    pub due: BTreeMap<Request, i64>,
    /// From where on claims together, or an agent's grants, are worth a look.
    pub rings: Rings,
    /// How long a change of people waits.
    pub people: People,
    /// Whether codes are read out to service centres.
    pub spoken: bool,
    /// What findings lead to, by check.
    pub rules: Vec<Rule>,
    /// Where the rules of each check begin: every finding of every case is looked up here.
    begins: Vec<usize>,
    /// `sha256:` and the digest of the file's bytes.
    pub digest: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    thresholds: BTreeMap<Spanned<String>, Spanned<i64>>,
    #[serde(default)]
    due: BTreeMap<Spanned<String>, Spanned<i64>>,
    #[serde(default)]
    rings: BTreeMap<Spanned<String>, Spanned<i64>>,
    #[serde(default)]
    people: BTreeMap<Spanned<String>, Spanned<i64>>,
    #[serde(default)]
    spoken: FileSpoken,
    accept: BTreeMap<Spanned<String>, FileAccepted>,
    effects: BTreeMap<Spanned<String>, Vec<Spanned<FileRule>>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSpoken {
    #[serde(default)]
    codes: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileAccepted {
    #[serde(default)]
    one: Vec<Spanned<Vec<Proof>>>,
    #[serde(default)]
    two: Vec<Spanned<Vec<Proof>>>,
    #[serde(default)]
    needs: Vec<Check>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    check: Check,
    outcome: Option<Outcome>,
    note: Option<Note>,
    #[serde(rename = "for")]
    only: Option<Vec<Request>>,
    except: Option<Vec<Request>>,
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

impl Policy {
    /// The policy compiled in.
    ///
    /// # Panics
    /// Never in a build that passed its tests: the shipped file is parsed by one.
    #[allow(clippy::expect_used, clippy::missing_panics_doc)]
    pub fn shipped() -> Self {
        Self::parse(DEFAULT_POLICY).expect("the shipped policy is valid")
    }

    /// Reads a policy file.
    ///
    /// # Errors
    /// The first line that is not in form or below a floor.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let at = |offset: usize, what: Phrase| PolicyError { line: line_of(text, offset), what };
        let file: File = toml::from_str(text).map_err(|e| {
            at(e.span().map_or(0, |s| s.start), Phrase::of("rule-toml").with("why", e.message()))
        })?;
        let thresholds = thresholds(&file, &at)?;
        let mut accepted = BTreeMap::new();
        for (name, sets) in &file.accept {
            let request: Request = name
                .get_ref()
                .parse()
                .map_err(|e: crate::domain::UnknownWord| at(name.span().start, Phrase::from(&e)))?;
            accepted.insert(request, accepted_sets(request, sets, &at)?);
        }
        for request in [
            Request::Unbind,
            Request::DeviceReset,
            Request::PasswordReset,
            Request::LoginRecovery,
            Request::LostReport,
        ] {
            if !accepted.contains_key(&request) {
                return Err(at(
                    text.len(),
                    Phrase::of("rule-accept-missing").with("request", request.as_str()),
                ));
            }
        }
        let mut rules = rules(&file, &at)?;
        rules.sort_by_key(|r| r.check);
        let due = due(&file, &at)?;
        let rings = Rings::read(&file.rings, &at)?;
        let people = People::read(&file.people, &at)?;
        let begin = |check: &Check| rules.partition_point(|r: &Rule| r.check < *check);
        let begins = Check::ALL.iter().map(begin).chain([rules.len()]).collect();
        let spoken = file.spoken.codes;
        let digest = digest(text);
        let policy = Self { thresholds, accepted, due, rings, people, spoken, rules, begins, digest };
        policy.floors(text.len(), &at)?;
        Ok(policy)
    }

    /// What suffices for a request.
    pub fn accepted(&self, request: Request) -> &Accepted {
        static NOTHING: Accepted = Accepted { one: Vec::new(), two: Vec::new(), needs: Vec::new() };
        self.accepted.get(&request).unwrap_or(&NOTHING)
    }

    /// Working hours until a request is due.
    pub fn due_hours(&self, request: Request) -> i64 {
        self.due.get(&request).copied().unwrap_or(self.thresholds.due_hours)
    }

    /// The strictest effect of a finding, if it has any.
    pub fn effects<'a>(
        &'a self,
        finding: &'a Finding,
        request: Request,
    ) -> impl Iterator<Item = Effect> + 'a {
        let begin = |check: usize| self.begins.get(check).copied().unwrap_or(self.rules.len());
        let check = finding.check as usize;
        let of_check = self.rules.get(begin(check)..begin(check + 1)).unwrap_or_default();
        of_check.iter().filter(move |r| r.matches(finding, request)).map(|r| r.effect)
    }

    /// Investigation and refusal are never a desk's to drop.
    fn floors(&self, end: usize, at: &impl Fn(usize, Phrase) -> PolicyError) -> Result<(), PolicyError> {
        if self.digest == digest(DEFAULT_POLICY) {
            return Ok(());
        }
        let shipped = Self::shipped();
        for rule in shipped.rules.iter().filter(|r| matches!(r.effect, Effect::Investigate | Effect::Refuse))
        {
            let kept = rule.requests.iter().all(|request| {
                self.rules.iter().any(|mine| {
                    mine.check == rule.check
                        && mine.outcome == rule.outcome
                        && (mine.note.is_none() || mine.note == rule.note)
                        && mine.effect.rank() <= rule.effect.rank()
                        && mine.requests.contains(request)
                })
            });
            if !kept {
                let what = Phrase::of("rule-floor")
                    .with("check", rule.check.as_str())
                    .with("effect", rule.effect.as_str());
                return Err(at(end, what));
            }
        }
        Ok(())
    }
}

impl Effect {
    const fn rank(self) -> u8 {
        self as u8
    }
}

fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn thresholds(file: &File, at: &impl Fn(usize, Phrase) -> PolicyError) -> Result<Thresholds, PolicyError> {
    let mut map = BTreeMap::new();
    for (name, value) in &file.thresholds {
        let Some((_, low, high)) = Thresholds::RANGES.iter().find(|(known, ..)| known == name.get_ref())
        else {
            let best: &'static str = Thresholds::RANGES
                .iter()
                .max_by(|a, b| {
                    strsim::jaro(a.0, name.get_ref()).total_cmp(&strsim::jaro(b.0, name.get_ref()))
                })
                .map_or("", |(known, ..)| *known);
            return Err(at(
                name.span().start,
                Phrase::of("rule-unknown").with("name", Shown(name.get_ref()).to_string()).with("best", best),
            ));
        };
        let number = *value.get_ref();
        if !(*low..=*high).contains(&number) {
            return Err(at(value.span().start, bounds("rule-bounds", name.get_ref(), number, *low, *high)));
        }
        map.insert(name.get_ref().clone(), number);
    }
    if let Some((name, ..)) = Thresholds::RANGES.iter().find(|(name, ..)| !map.contains_key(*name)) {
        let start = file.thresholds.keys().next().map_or(0, |k| k.span().start);
        return Err(at(start, Phrase::of("rule-lacks").with("name", *name)));
    }
    Thresholds::from_map(&map).ok_or_else(|| at(0, Phrase::of("rule-incomplete")))
}

/// A number that stands outside its bounds.
fn bounds(id: &'static str, name: &str, number: i64, low: i64, high: i64) -> Phrase {
    let told = |n: i64| n.to_string();
    Phrase::Said(
        id,
        vec![
            ("name", name.into()),
            ("number", told(number).into()),
            ("low", told(low).into()),
            ("high", told(high).into()),
        ],
    )
}

fn due(
    file: &File,
    at: &impl Fn(usize, Phrase) -> PolicyError,
) -> Result<BTreeMap<Request, i64>, PolicyError> {
    let mut due = BTreeMap::new();
    for (name, hours) in &file.due {
        let request: Request = name
            .get_ref()
            .parse()
            .map_err(|e: crate::domain::UnknownWord| at(name.span().start, Phrase::from(&e)))?;
        let number = *hours.get_ref();
        if !(1..=2160).contains(&number) {
            return Err(at(
                hours.span().start,
                bounds("rule-bounds-hours", request.as_str(), number, 1, 2160),
            ));
        }
        due.insert(request, number);
    }
    Ok(due)
}

fn accepted_sets(
    request: Request,
    sets: &FileAccepted,
    at: &impl Fn(usize, Phrase) -> PolicyError,
) -> Result<Accepted, PolicyError> {
    let plain = |set: &Spanned<Vec<Proof>>| {
        let mut set = set.get_ref().clone();
        set.sort_unstable();
        set.dedup();
        set
    };
    let strong = |p: &Proof| matches!(p, Proof::Purchase | Proof::Sim | Proof::Consent);
    for (alone, set) in sets.one.iter().map(|s| (true, s)).chain(sets.two.iter().map(|s| (false, s))) {
        // A proof named twice is one proof: it must not lengthen a set past a floor.
        let proofs = plain(set);
        let refuse = |why: &'static str| {
            let what = Phrase::of("rule-set").with("request", request.as_str()).with("why", Part::Word(why));
            Err(at(set.span().start, what))
        };
        if proofs.is_empty() {
            return refuse("rule-set-empty");
        }
        if request == Request::PasswordReset && alone {
            return refuse("rule-set-reset-alone");
        }
        if request == Request::LostReport {
            continue;
        }
        if !proofs.iter().any(strong) {
            return refuse("rule-set-weak");
        }
        if alone && proofs.len() < 2 && proofs[0] != Proof::Consent {
            return refuse("rule-set-one-alone");
        }
        if !alone && proofs.len() < 2 && proofs[0] != Proof::Consent {
            return refuse("rule-set-one");
        }
        if request == Request::PasswordReset && proofs.len() < 2 {
            return refuse("rule-set-reset");
        }
    }
    Ok(Accepted {
        one: sets.one.iter().map(plain).collect(),
        two: sets.two.iter().map(plain).collect(),
        needs: sets.needs.clone(),
    })
}

fn rules(file: &File, at: &impl Fn(usize, Phrase) -> PolicyError) -> Result<Vec<Rule>, PolicyError> {
    let mut rules = Vec::new();
    for (name, entries) in &file.effects {
        let effect: Effect = name
            .get_ref()
            .parse()
            .map_err(|e: crate::domain::UnknownWord| at(name.span().start, Phrase::from(&e)))?;
        for entry in entries {
            let rule = entry.get_ref();
            if rule.only.is_some() && rule.except.is_some() {
                return Err(at(entry.span().start, Phrase::of("rule-both")));
            }
            let outcome = rule.outcome.unwrap_or(Outcome::Fail);
            if outcome == Outcome::Pass {
                return Err(at(entry.span().start, Phrase::of("rule-pass")));
            }
            let requests = match (&rule.only, &rule.except) {
                (Some(only), _) => only.clone(),
                (None, Some(except)) => {
                    Request::ALL.iter().copied().filter(|r| !except.contains(r)).collect()
                }
                (None, None) => Request::ALL.to_vec(),
            };
            rules.push(Rule { check: rule.check, outcome, note: rule.note, requests, effect });
        }
    }
    Ok(rules)
}

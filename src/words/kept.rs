//! Sentences kept as data, so that each reader hears them in their own language.
//!
//! A row holds `["leaving-timeout",{"seconds":30}]` for a sentence of ours, and plain text for a person's words.

use std::collections::BTreeMap;

use serde_json::Value;

use super::terms::Term as _;
use super::{Part, Phrase};
use crate::domain::Request;

/// Sentences that may be read back, and what goes into each.
pub type Known = &'static [(&'static str, &'static [&'static str])];

/// A sentence as a row keeps it.
pub fn kept(sentence: &Phrase) -> String {
    let Phrase::Said(id, parts) = sentence else { return sentence.to_string() };
    let value = |part: &Part| match part {
        Part::Number(n) => Value::from(*n),
        Part::Word(id) => Value::from(vec![*id]),
        other => Value::from(other.plain()),
    };
    let parts: BTreeMap<&str, Value> = parts.iter().map(|(name, part)| (*name, value(part))).collect();
    serde_json::to_string(&(id, parts)).unwrap_or_else(|_| sentence.to_string())
}

/// What a row keeps, as a sentence again.
pub fn read(text: &str, known: Known) -> Phrase {
    let ours = || {
        let (id, mut parts): (String, BTreeMap<String, Value>) = serde_json::from_str(text).ok()?;
        let (id, names) = known.iter().find(|(known, _)| *known == id)?;
        let parts = names.iter().map(|name| Some((*name, part(parts.remove(*name)?)?)));
        Some(Phrase::Said(id, parts.collect::<Option<_>>()?))
    };
    ours().unwrap_or_else(|| text.into())
}

fn part(value: Value) -> Option<Part> {
    match value {
        Value::String(text) => Some(Part::from(text)),
        Value::Number(n) => n.as_i64().map(Part::Number),
        Value::Array(word) => {
            let id = word.first()?.as_str()?;
            Request::ALL.iter().find(|request| request.id() == id).map(|request| Part::from(*request))
        }
        _ => None,
    }
}

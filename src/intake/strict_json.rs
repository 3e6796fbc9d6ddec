//! One JSON object as its pairs, in order: nothing is merged, so a repeated key can be refused
//! (`serde_json` alone keeps the last one).

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value as far as a flat row needs it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Text(String),
    Whole(i128),
    Fraction,
    Bool,
    List,
    Object,
}

/// Why a text is not one flat object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonError {
    /// Byte in the text, from 1.
    pub byte: usize,
    pub what: String,
    /// More follows behind the object.
    pub trailing: bool,
    /// The text ends too early.
    pub cut: bool,
}

/// Reads exactly one object; repeated keys are kept for the caller to see.
pub(super) fn object(text: &str) -> Result<Vec<(String, Value)>, JsonError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let pairs = reader.deserialize_map(Pairs).map_err(|e| of(&e, false))?;
    reader.end().map_err(|e| of(&e, true))?;
    Ok(pairs)
}

fn of(error: &serde_json::Error, trailing: bool) -> JsonError {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = full.strip_suffix(&place).unwrap_or(&full).to_owned();
    JsonError { byte: error.column(), what, trailing, cut: error.is_eof() }
}

struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            pairs.push((key, map.next_value_seed(Flat)?));
        }
        Ok(pairs)
    }
}

struct Flat;

impl<'de> DeserializeSeed<'de> for Flat {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Flat {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Whole(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Whole(number.into()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Fraction)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    // Depth is serde_json's to bound: `IgnoredAny` is skipped there without recursion.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Object)
    }
}

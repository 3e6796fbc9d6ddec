//! A JSON reader (RFC 8259) that refuses what lenient readers paper over.
//!
//! `serde_json` alone keeps the last of two equal keys, so two readers of one document can see two
//! different claims. This reader refuses a repeated key at any depth. Nesting is bounded by
//! `serde_json`'s own limit (127), so a depth bomb is an error and not a stack overflow.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Where and why a text is not one strict JSON document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct StrictError {
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1 (0 at the very start of a line).
    pub column: usize,
    /// What is wrong, in words; text of the document is escaped and cut.
    pub what: String,
}

impl From<serde_json::Error> for StrictError {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let full = error.to_string();
        let place = format!(" at line {line} column {column}");
        let what = calm(full.strip_suffix(&place).unwrap_or(&full));
        Self { line, column, what }
    }
}

/// Reads exactly one JSON document.
///
/// Refused: repeated keys at any depth, anything after the document but white space, nesting deeper
/// than 127, numbers that are not JSON or overflow, lone surrogates, a byte order mark.
pub fn parse(text: &str) -> Result<Value, StrictError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Strict.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Text from outside for an error message: escaped, and no longer than a glance takes.
pub fn shown(text: &str) -> String {
    const GLANCE: usize = 40;
    let mut head: String = text.chars().take(GLANCE).collect();
    if head.len() < text.len() {
        head.push('…');
    }
    format!("{head:?}")
}

/// A library's message that may quote text from outside: no control or direction character left,
/// and cut to a line or two. Quotes stay as they are.
pub fn calm(message: &str) -> String {
    let mut out = String::new();
    for c in message.chars().take(160) {
        match c {
            '"' | '\'' | '\\' => out.push(c),
            c => out.extend(c.escape_debug()),
        }
    }
    out
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("the number is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the key {} is given twice", shown(&key))));
            }
            let value = entries.next_value_seed(Strict)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_json_is() {
        let text = r#"{"a":[1,-2,1.5,true,null,"x\u00e9"],"b":{"c":18446744073709551615}}"#;
        assert_eq!(
            parse(text).unwrap(),
            json!({"a":[1,-2,1.5,true,null,"xé"],"b":{"c":18_446_744_073_709_551_615_u64}})
        );
    }

    #[test]
    fn refuses_what_only_looks_like_json() {
        let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
        for (text, says) in [
            (r#"{"a":1,"a":1}"#, "given twice"),
            (r#"{"a":1,"\u0061":2}"#, "given twice"),
            (r#"{"x":[{"deep":{"k":1,"k":2}}]}"#, "\"k\" is given twice"),
            (r"{}{}", "trailing"),
            (r"{} x", "trailing"),
            ("", "EOF"),
            ("\u{feff}{}", "expected value"),
            (r#"{"a":NaN}"#, "expected"),
            (r#"{"a":1e400}"#, "out of range"),
            (r#"{"a":01}"#, "invalid number"),
            (r#"{"a":1,}"#, "trailing comma"),
            (r#"{"a":"\ud800"}"#, "hex escape"),
            ("{\"a\":\"x\ny\"}", "control character"),
            (deep.as_str(), "recursion limit"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.what.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_shown_says_whether_it_was_cut() {
        assert_eq!(shown(&"x".repeat(40)), format!("{:?}", "x".repeat(40)));
        assert_eq!(shown(&"x".repeat(41)), format!("{:?}", "x".repeat(40) + "…"));
        assert_eq!(shown("\u{1b}"), r#""\u{1b}""#);
    }

    #[test]
    fn names_the_place_and_shows_no_control_character() {
        let error = parse("{\n \"\u{1b}\u{202e}\": 1,\n \"\u{1b}\u{202e}\": 2}").unwrap_err();
        assert_eq!(error.line, 2, "the parser stops at the raw control character: {error}");
        let error = parse("{\n \"\\u001b\\u202e\": 1,\n \"\\u001b\\u202e\": 2}").unwrap_err();
        assert_eq!(error.line, 3);
        assert!(!error.what.contains('\u{1b}') && !error.what.contains('\u{202e}'), "{error:?}");
    }
}

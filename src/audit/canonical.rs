//! The canonical form of a leaf: RFC 8785 (JCS) narrowed to what leaves hold. Sorted keys of
//! `a-z 0-9 _ . -`, no white space, whole numbers, the shortest escapes. One value, one text.

/// Deepest nesting of a leaf.
const MAX_DEPTH: usize = 8;

/// Whether a key can stand in a leaf.
pub(super) fn is_key(key: &str) -> bool {
    (1..=64).contains(&key.len()) && key.bytes().all(is_key_byte)
}

fn is_key_byte(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-')
}

/// Writes a string with the shortest escapes.
pub(super) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match short_escape(c) {
            Some(letter) => out.extend(['\\', letter]),
            None if c < ' ' => {
                const HEX: [char; 16] =
                    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
                let code = c as usize;
                out.push_str("\\u00");
                out.extend([HEX[code >> 4], HEX[code & 15]]);
            }
            None => out.push(c),
        }
    }
    out.push('"');
}

fn short_escape(c: char) -> Option<char> {
    Some(match c {
        '"' => '"',
        '\\' => '\\',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{c}' => 'f',
        '\r' => 'r',
        _ => return None,
    })
}

/// What the chain needs of a leaf's outermost object.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outline<'a> {
    /// `seq`, where it is a whole number.
    pub seq: Option<u64>,
    /// `prev`, where it is a string without escapes.
    pub prev: Option<&'a str>,
}

/// Checks that these bytes are one canonical object, without copying any; says what is not.
pub(super) fn outline(leaf: &[u8]) -> Result<Outline<'_>, &'static str> {
    let text = std::str::from_utf8(leaf).map_err(|_| "it is not UTF-8")?;
    let mut scan = Scan { rest: text };
    let mut outline = Outline::default();
    scan.object(0, Some(&mut outline))?;
    if scan.rest.is_empty() { Ok(outline) } else { Err("something follows it") }
}

struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    fn take(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Everything up to the first byte that does not belong.
    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a str {
        let end = self.rest.bytes().position(|b| !belongs(b)).unwrap_or(self.rest.len());
        // The bytes asked for are ASCII or whole characters, so the cut is between characters.
        let (run, rest) = self.rest.split_at_checked(end).unwrap_or(("", self.rest));
        self.rest = rest;
        run
    }

    fn object(&mut self, depth: usize, mut outline: Option<&mut Outline<'a>>) -> Result<(), &'static str> {
        if depth >= MAX_DEPTH {
            return Err("it is nested too deep");
        }
        if !self.take("{") {
            return Err("it is not an object");
        }
        if self.take("}") {
            return Ok(());
        }
        let mut last = "";
        loop {
            let key = if self.take("\"") { self.run(is_key_byte) } else { "" };
            if key.is_empty() || !self.take("\":") {
                return Err("a key is not a plain one");
            }
            if key <= last {
                return Err("its keys are not in order");
            }
            last = key;
            let value = self.value(depth)?;
            if let Some(outline) = outline.as_deref_mut() {
                match key {
                    "seq" => outline.seq = value.parse().ok(),
                    "prev" => outline.prev = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')),
                    _ => {}
                }
            }
            if self.take("}") {
                return Ok(());
            }
            if !self.take(",") {
                return Err("an object is not closed");
            }
        }
    }

    /// Any value; gives the text of a number or of a string without escapes.
    fn value(&mut self, depth: usize) -> Result<&'a str, &'static str> {
        match self.rest.bytes().next() {
            Some(b'"') => self.string(),
            Some(b'{') => self.object(depth + 1, None).map(|()| ""),
            Some(b'[') => self.array(depth + 1).map(|()| ""),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take("true") || self.take("false") || self.take("null") => Ok(""),
            _ => Err("a value is none"),
        }
    }

    fn array(&mut self, depth: usize) -> Result<(), &'static str> {
        if depth >= MAX_DEPTH {
            return Err("it is nested too deep");
        }
        self.take("[");
        if self.take("]") {
            return Ok(());
        }
        loop {
            self.value(depth)?;
            if self.take("]") {
                return Ok(());
            }
            if !self.take(",") {
                return Err("a list is not closed");
            }
        }
    }

    fn number(&mut self) -> Result<&'a str, &'static str> {
        let text = self.run(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E'));
        let digits = text.strip_prefix('-').unwrap_or(text);
        let canonical = text == "0" || !digits.starts_with('0');
        // A whole number in digits, since no value begins with a plus.
        let fits = text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
        if canonical && fits { Ok(text) } else { Err("a number is not a plain whole one") }
    }

    fn string(&mut self) -> Result<&'a str, &'static str> {
        let start = self.rest;
        self.take("\"");
        let mut escaped = false;
        loop {
            self.run(|b| b >= b' ' && b != b'"' && b != b'\\');
            if self.take("\"") {
                break;
            }
            if !self.take("\\") {
                return Err("a string holds a raw control character or is not closed");
            }
            escaped = true;
            self.escape()?;
        }
        let length = start.len() - self.rest.len();
        let text = start.split_at_checked(length).map_or("", |(text, _)| text);
        Ok(if escaped { "" } else { text })
    }

    fn escape(&mut self) -> Result<(), &'static str> {
        if ["\"", "\\", "b", "t", "n", "f", "r"].into_iter().any(|letter| self.take(letter)) {
            return Ok(());
        }
        let code = self.take("u00").then(|| self.rest.split_at_checked(2)).flatten();
        let Some((code, rest)) = code else { return Err("an escape is not the shortest") };
        self.rest = rest;
        let lower = code.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        match u8::from_str_radix(code, 16) {
            Ok(c) if lower && c < b' ' && short_escape(char::from(c)).is_none() => Ok(()),
            _ => Err("an escape is not the shortest"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::strict_json;
    use proptest::prelude::*;

    #[test]
    fn one_value_one_text() {
        for good in [
            "{}",
            r#"{"a":1,"b":-1,"c":[],"d":{"e":true},"f":[null,false,"x",{}]}"#,
            r#"{"a":"é\u0001\n\"\\/"}"#,
            r#"{"a":18446744073709551615,"b":0}"#,
            "{\"a\":\"\u{7f}\u{2028}\"}",
            r#"{"a":[[[[[[[]]]]]]]}"#,
            r#"{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}"#,
        ] {
            assert!(outline(good.as_bytes()).is_ok(), "{good}");
        }
        for bad in [
            "",
            "[]",
            "1",
            "{",
            "{}{}",
            "{} ",
            " {}",
            "{}\n",
            r#"{"a": 1}"#,
            r#"{"a":1 }"#,
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"A":1}"#,
            r#"{"":1}"#,
            r#"{"\u0061":1}"#,
            r#"{"a":1.0}"#,
            r#"{"a":1e3}"#,
            r#"{"a":-0}"#,
            r#"{"a":01}"#,
            r#"{"a":+1}"#,
            r#"{"a":-}"#,
            r#"{"a":18446744073709551616}"#,
            r#"{"a":"\u000a"}"#,
            r#"{"a":"\u001B"}"#,
            r#"{"a":"\u0020"}"#,
            r#"{"a":"\1f"}"#,
            r#"{"a":-1-1}"#,
            r#"{"a":1+1}"#,
            r#"{"a":"\u0041"}"#,
            r#"{"a":"\/"}"#,
            r#"{"a":"\ud83d\ude00"}"#,
            "{\"a\":\"\n\"}",
            r#"{"a":"x}"#,
            r#"{"a":[1,]}"#,
            r#"{"a":[1 ,2]}"#,
            r#"{"a":1,}"#,
            r#"{"a"}"#,
            r#"{"a":tru}"#,
            r#"{"a":nul}"#,
            r#"{"a":"\u00"#,
            r#"{"a":"\"#,
            "{\"a\":\"\\u00é\"}",
            r#"{"a":[[[[[[[[[]]]]]]]]]}"#,
            r#"{"a":[[[[[[[[]]]]]]]]}"#,
            r#"{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}"#,
        ] {
            assert!(outline(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(outline(b"{\"a\":\"\xff\"}").is_err());
    }

    #[test]
    fn each_control_character_has_one_escape() {
        let mut line = String::new();
        write_string("\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/\u{7f}", &mut line);
        assert_eq!(line, concat!(r#""\u0000\b\t\n\u000b\f\r\u001f \"\\/"#, "\u{7f}\""));
    }

    #[test]
    fn the_outline_is_of_the_outermost_object() {
        let leaf = br#"{"a":{"prev":"x","seq":9},"prev":"AA==","seq":7}"#;
        assert_eq!(outline(leaf), Ok(Outline { seq: Some(7), prev: Some("AA==") }));
        assert_eq!(outline(br#"{"prev":1,"seq":"7"}"#), Ok(Outline { seq: None, prev: None }));
        assert_eq!(outline(br#"{"prev":"a\\","seq":-7}"#), Ok(Outline { seq: None, prev: None }));
    }

    proptest! {
        #[test]
        fn what_is_written_is_canonical_and_reads_back(text in any::<String>()) {
            let mut line = String::from("{\"a\":");
            write_string(&text, &mut line);
            line.push('}');
            prop_assert_eq!(outline(line.as_bytes()), Ok(Outline::default()));
            let read = strict_json::parse(&line).unwrap();
            prop_assert_eq!(read["a"].as_str(), Some(text.as_str()));
            prop_assert_eq!(serde_json::to_string(&serde_json::json!({"a": text})).unwrap(), line);
        }

        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = outline(&bytes);
        }
    }
}

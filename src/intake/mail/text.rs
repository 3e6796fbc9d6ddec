//! Bytes of a mail as text: encodings, character sets that are missing or wrong, HTML without what it would fetch.

use crate::words::Phrase;
use mailparse::body::Body;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The longest HTML that is put into words, in bytes.
const MOST_HTML: usize = 1 << 20;

/// Base64 as far as it goes: `true` where there was something else in it, or an end is missing.
pub(super) fn base64(bytes: &[u8]) -> (Vec<u8>, bool) {
    let (mut out, mut damaged) = (Vec::with_capacity(bytes.len() / 4 * 3), false);
    let (mut bits, mut count, mut padded) = (0_u32, 0_u32, false);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padded = true;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {
                damaged = true;
                continue;
            }
        };
        // Something follows the end: two texts in one.
        damaged |= padded;
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            out.extend(bits.to_be_bytes().into_iter().skip(1));
            (bits, count) = (0, 0);
        }
    }
    match count {
        0 => {}
        1 => damaged = true,
        n => {
            let whole = (bits << (6 * (4 - n))).to_be_bytes();
            out.extend(whole.into_iter().skip(1).take(n as usize - 1));
            damaged |= !padded;
        }
    }
    (out, damaged)
}

/// Text by the name of its character set; an unknown one keeps what is ASCII.
fn by_label(bytes: &[u8], charset: &str) -> String {
    let ctype = mailparse::ParsedContentType {
        mimetype: "text/plain".to_owned(),
        charset: charset.to_owned(),
        params: BTreeMap::new(),
    };
    let text = match Body::new(bytes, &ctype, &None) {
        Body::SevenBit(body) | Body::EightBit(body) => body.get_as_string(),
        Body::Base64(body) | Body::QuotedPrintable(body) => body.get_decoded_as_string(),
        Body::Binary(body) => body.get_as_string(),
    };
    text.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

/// Quoted-printable, as far as it goes.
pub(super) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let ctype = mailparse::parse_content_type("text/plain");
    match Body::new(bytes, &ctype, &Some("quoted-printable".to_owned())) {
        Body::QuotedPrintable(body) => body.get_decoded().unwrap_or_else(|_| bytes.to_vec()),
        _ => bytes.to_vec(),
    }
}

/// Text that does not say its character set: UTF-8, or what was written before it.
pub(super) fn plain(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    // In Latin text letters with accents stand alone, in Cyrillic text they follow each other.
    let cyrillic = |b: &u8| matches!(b, 0xC0..|0xA8| 0xB8);
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let together = bytes.windows(2).filter(|w| w.iter().all(cyrillic)).count();
    let label = if together * 2 >= high { "windows-1251" } else { "windows-1252" };
    (by_label(bytes, label), Some(label))
}

/// Text in the character set that it says, and what was wrong with that.
pub(super) fn in_charset(bytes: &[u8], charset: Option<&str>) -> (String, Option<Phrase>) {
    let label = charset.map(|c| c.trim().to_ascii_lowercase()).filter(|c| !c.is_empty() && c != "us-ascii");
    let guessed = |id: &'static str| {
        let (text, guess) = plain(bytes);
        (text, guess.map(|guess| Phrase::of(id).with("charset", guess)))
    };
    let Some(label) = label else { return guessed("intake-mail-charset-none") };
    if label == "utf-8" || label == "utf8" {
        return guessed("intake-mail-charset-wrong");
    }
    // What is UTF-8 by its form is UTF-8, whatever a one-byte set would make of it.
    let one_byte = ["iso-8859", "windows-", "koi8", "cp", "latin"].iter().any(|p| label.starts_with(p));
    if one_byte && let Ok(text) = std::str::from_utf8(bytes) {
        let wrong = !text.is_ascii();
        return (
            text.to_owned(),
            wrong.then(|| Phrase::of("intake-mail-charset-wrong").with("charset", "UTF-8")),
        );
    }
    let text = by_label(bytes, &label);
    if text.contains('\u{fffd}') && std::str::from_utf8(bytes).is_ok() {
        return (String::from_utf8_lossy(bytes).into_owned(), Some(unknown(&label)));
    }
    let damaged = text.contains('\u{fffd}').then(|| unknown(&label));
    (text, damaged)
}

fn unknown(label: &str) -> Phrase {
    Phrase::of("intake-mail-charset-damaged").with("charset", super::glance(label))
}

/// Lines as they end here, without NUL.
pub(super) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}").trim().to_owned()
}

/// Takes uuencoded files out of a text; their names.
pub(super) fn without_uuencode(text: &str) -> (String, Vec<String>) {
    let (mut out, mut names, mut inside) = (String::with_capacity(text.len()), Vec::new(), false);
    for line in text.split_inclusive('\n') {
        if inside {
            inside = line.trim() != "end";
            continue;
        }
        let mut words = line.trim_end().splitn(3, ' ');
        let begins = words.next() == Some("begin")
            && words.next().is_some_and(|mode| mode.len() == 3 && mode.bytes().all(|b| b.is_ascii_digit()));
        match words.next().filter(|_| begins) {
            Some(name) => {
                let _ = writeln!(out, "[{name}]");
                names.push(name.to_owned());
                inside = true;
            }
            None => out.push_str(line),
        }
    }
    // One that never ends is no file: the text may stand below it.
    if inside { (text.to_owned(), names) } else { (out, names) }
}

/// Elements whose inside is no text.
const SILENT: [&str; 5] = ["script", "style", "head", "title", "template"];
/// Elements that begin a line.
const LINES: [&str; 11] = ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "blockquote", "hr"];

/// The words of an HTML text: tags, scripts, styles and comments are left out, and nothing is fetched.
pub(super) fn of_html(html: &str) -> String {
    let html = super::capped(html, MOST_HTML);
    let (mut out, mut rest) = (String::with_capacity(html.len() / 2), html);
    while let Some((text, tag)) = rest.split_once('<') {
        entities(text, &mut out);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let begins = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some((inside, after)) = tag.split_once('>').filter(|_| begins) else {
            out.push('<');
            rest = tag;
            continue;
        };
        let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        rest = after;
        if SILENT.contains(&name.as_str()) && !inside.ends_with('/') {
            rest = behind(after, &name);
        } else if LINES.contains(&name.as_str()) || inside.starts_with("/p") || inside.starts_with("/div") {
            out.push('\n');
        } else if name == "td" || name == "th" {
            out.push(' ');
        }
    }
    entities(rest, &mut out);
    squeezed(&out)
}

/// What stands behind the end of an element.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once("</") {
        let end = tag.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if end {
            return tag.split_once('>').map_or("", |(_, after)| after);
        }
        rest = tag;
    }
    ""
}

fn entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.char_indices().take(10).find(|(_, c)| *c == ';').map(|(at, _)| at);
        let named = end.and_then(|at| Some((entity(after.get(..at)?)?, after.get(at + 1..)?)));
        if let Some((c, behind)) = named {
            out.push(c);
            rest = behind;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "laquo" => '«',
        "raquo" => '»',
        "numero" => '№',
        _ => return None,
    })
}

/// Blanks once, and at most one empty line between two others.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        empty = if words.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(&words.join(" "));
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

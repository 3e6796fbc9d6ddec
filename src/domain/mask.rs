//! Personal data shown in part, enough for a person who knows it to recognise it.

use super::chars::is_hidden;

/// A name by the first letters of its words: `И*** П***`.
pub fn mask_name(name: &str) -> String {
    let mut out = String::new();
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&mask_word(word));
    }
    out
}

/// A mail address, or anything typed in its place, by first letters: `i***@m***`.
pub fn mask_email(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{}", mask_word(local), mask_word(domain)),
        None => mask_word(address),
    }
}

/// Any other identifier by its last `shown` characters, never more than a quarter of it: `…5675`.
pub fn mask_tail(text: &str, shown: usize) -> String {
    let length = text.chars().count();
    let shown = shown.min(length / 4);
    let tail: String = text.chars().skip(length - shown).map(visible).collect();
    format!("…{tail}")
}

fn mask_word(word: &str) -> String {
    let first = word.chars().next().map(visible);
    format!("{}***", first.map(String::from).unwrap_or_default())
}

fn visible(c: char) -> char {
    if is_hidden(c) { '*' } else { c }
}

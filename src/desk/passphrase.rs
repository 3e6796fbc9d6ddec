//! Which passphrase protects a key: by NIST SP 800-63B-4 it stands alone, so it has fifteen characters at least, is none
//! that everybody tries first, and is otherwise whatever its owner keeps: no capitals, digits or signs are asked for, and
//! none is ever out of date.

use secrecy::{ExposeSecret as _, SecretString};

use super::Failure;
use crate::words::Phrase;

/// Characters that it has at least.
const LEAST: usize = 15;
/// Characters beside what everybody knows: with fewer the rest is guessed in an afternoon.
const OWN: usize = 6;
/// What everybody tries, the longest first; and what this program and its people are called.
const COMMON: [&str; 34] = [
    "correcthorsebatterystaple",
    "administrator",
    "iloveyou",
    "password",
    "passphrase",
    "passwort",
    "starwars",
    "sunshine",
    "football",
    "baseball",
    "princess",
    "trustno1",
    "superman",
    "whatever",
    "latchkey",
    "rehearsal",
    "custodian",
    "letmein",
    "welcome",
    "default",
    "service",
    "recovery",
    "approver",
    "auditor",
    "пароль",
    "monkey",
    "dragon",
    "master",
    "shadow",
    "login",
    "admin",
    "agent",
    "desk",
    "root",
];
/// Rows of keys and of the alphabets: neighbours in one are no choice of anybody's.
const ROWS: [&str; 8] = [
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "йцукенгшщзхъ",
    "фывапролджэячсмитьбю",
];

/// Refuses a new passphrase that is too short or among the first that somebody would try; `name` is whose key it is.
pub(super) fn must_hold(passphrase: &SecretString, name: &str) -> Result<(), Failure> {
    let hint = || Phrase::of("hint-passphrase");
    let text = passphrase.expose_secret();
    if text.chars().count() < LEAST {
        let words = Phrase::of("fail-passphrase-short").with("least", LEAST.to_string());
        return Err(Failure::usage(words).hint(hint()));
    }
    if is_known(text, name) {
        return Err(Failure::usage(Phrase::of("fail-passphrase-known")).hint(hint()));
    }
    Ok(())
}

/// Whether little is left of it without what everybody knows.
fn is_known(text: &str, name: &str) -> bool {
    let mut rest: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let name = name.to_lowercase();
    for word in COMMON.into_iter().chain([&*name]).filter(|word| word.chars().count() > 2) {
        rest = rest.replace(word, "");
    }
    let all: Vec<char> = rest.chars().collect();
    // What follows from the character before it, or repeats what was there a little earlier, adds nothing.
    let adds = |n: &usize| {
        let (now, before) = (all.get(*n), n.checked_sub(1).and_then(|n| all.get(n)));
        let again = (1..=5).any(|back| n.checked_sub(back).is_some_and(|n| all.get(n) == now));
        let next = before.zip(now).is_some_and(|(a, b)| are_neighbours(*a, *b));
        !again && !next
    };
    (0..all.len()).filter(adds).count() < OWN
}

fn are_neighbours(a: char, b: char) -> bool {
    ROWS.iter().any(|row| {
        let mut pairs = row.chars().zip(row.chars().skip(1));
        pairs.any(|pair| pair == (a, b) || pair == (b, a))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_or_tried_first_protects_no_key_and_nothing_else_is_asked_for() {
        for (text, holds) in [
            ("", false),
            ("a", false),
            ("Xk9$mQ2!vT7&pL", false),
            ("four short words", true),
            ("long and secret", true),
            ("шесть лисиц поют", true),
            ("пятнадцать букв", true),
            ("               ", false),
            ("aaaaaaaaaaaaaaa", false),
            ("abcabcabcabcabc", false),
            ("123456789012345", false),
            ("abcdefghijklmnop", false),
            ("qwertyuiopasdfgh", false),
            ("йцукенгшщзхъфыва", false),
            ("passwordpassword", false),
            ("Password 12345678", false),
            ("correct horse battery staple", false),
            ("latchkey custodian", false),
            ("clara clara clara 1", false),
            ("Latchkey-Desk-Clara-2026", false),
            ("the plum tree by the well", true),
        ] {
            let done = must_hold(&SecretString::from(text.to_owned()), "clara");
            assert_eq!(done.is_ok(), holds, "{text:?}");
        }
    }
}

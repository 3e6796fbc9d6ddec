//! The codes that messages carry, and the names by which receivers know them. Nothing here is random but one
//! secret of the desk: what a message says can be worked out again, however often it must be carried.
//!
//! The secret lies in `desk.db`. Whoever reads that file could try out six digits under any hash; what keeps codes
//! from agents is that no screen and no command shows them.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::super::{Act, Failure};
use crate::authority::random;
use crate::domain::MessageKind;
use crate::store::Db;
use crate::store::desk::settings;

/// The setting that holds the secret.
const SETTING: &str = "outbox_secret";
/// Letters of an objection code (Crockford's base 32: nothing that is taken for something else).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters in an objection code, and in each of its groups: 60 bits.
const CODE_LETTERS: usize = 12;
const GROUP: usize = 4;

/// What codes are made of.
pub(in crate::desk) struct Secret([u8; 32]);

impl Secret {
    /// The desk's, if it ever made one.
    pub fn known(db: &Db) -> Result<Option<Self>, Failure> {
        let Some(text) = settings::get(db, SETTING)? else { return Ok(None) };
        let mut bytes = [0; 32];
        Base64UrlUnpadded::decode(&text, &mut bytes)
            .map_err(|e| Failure::fault(format_args!("The outbox's secret is damaged: {e}.")))?;
        Ok(Some(Self(bytes)))
    }

    /// The desk's; made at its first use.
    pub fn of(act: &Act<'_>) -> Result<Self, Failure> {
        if let Some(secret) = Self::known(act.conn)? {
            return Ok(secret);
        }
        let bytes: [u8; 32] = random().map_err(|e| Failure::internal(e.phrase()))?;
        settings::set(act.conn, SETTING, &Base64UrlUnpadded::encode_string(&bytes))?;
        Ok(Self(bytes))
    }

    fn bytes(&self, about: &str) -> [u8; 32] {
        // A key of any length is taken by HMAC; the other arm cannot be reached.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(about.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The code that a message carries, if its kind carries one.
    pub fn code(&self, kind: MessageKind, about: &str) -> Option<String> {
        let bytes = self.bytes(about);
        match kind {
            MessageKind::Code => {
                let mut first = [0; 8];
                first.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
                // Of 2^64 values some digits are likelier by one in 10^13.
                Some(format!("{:06}", u64::from_be_bytes(first) % 1_000_000))
            }
            MessageKind::OwnerNotice => {
                let mut code = String::new();
                for (n, byte) in bytes.iter().take(CODE_LETTERS).enumerate() {
                    if n > 0 && n % GROUP == 0 {
                        code.push('-');
                    }
                    code.push(char::from(LETTERS[usize::from(byte % 32)]));
                }
                Some(code)
            }
            MessageKind::Reply | MessageKind::Checkpoint => None,
        }
    }
}

/// The name of a message outside: of a desk and of what it is about, telling neither.
pub(super) fn mark(desk_id: &str, about: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(desk_id);
    hasher.update([0]);
    hasher.update(about);
    let digest: [u8; 32] = hasher.finalize().into();
    let half = digest.iter().take(16).fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    format!("{half:032x}")
}

/// By which an owner notice is found from the code that it carried.
pub(in crate::desk) fn code_hash(code: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update("latchkey objection\0");
    hasher.update(code);
    hasher.finalize().into()
}

/// Objection codes that may stand in a text, as they were sent: groups may be joined or parted by blanks, letters
/// small, O written for 0 and I or L for 1. What is no code of ours is found out by looking for it.
pub(in crate::desk) fn codes_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // A run of letters and single separators; every window of twelve at the border of a group may be a code.
    let mut run: Vec<char> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut begins = true;
    for c in text.chars().chain(['\n']) {
        let letter = match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            up if up.is_ascii() && LETTERS.contains(&(up as u8)) => Some(up),
            _ => None,
        };
        if let Some(letter) = letter {
            if begins {
                starts.push(run.len());
            }
            run.push(letter);
            begins = false;
        } else {
            begins = true;
            if !matches!(c, ' ' | '-' | '\u{2010}'..='\u{2015}' | '\u{a0}') || run.len() > 4096 {
                windows(&run, &starts, &mut found);
                run.clear();
                starts.clear();
            }
        }
    }
    found
}

fn windows(run: &[char], starts: &[usize], found: &mut Vec<String>) {
    for start in starts {
        let Some(window) = run.get(*start..start + CODE_LETTERS) else { continue };
        let code: Vec<String> = window.chunks(GROUP).map(|group| group.iter().collect()).collect();
        let code = code.join("-");
        if !found.contains(&code) {
            found.push(code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_written() {
        for text in [
            "7QK2-9MXD-04TR",
            "I object! 7qk2 9mxd o4tr, please stop it",
            "> code: 7QK2\u{2011}9MXD\u{2011}04TR",
            "7QK29MXD04TR",
            "the code was 7QK2-9MXD-O4TR.",
        ] {
            assert!(codes_in(text).contains(&"7QK2-9MXD-04TR".to_owned()), "{text}: {:?}", codes_in(text));
        }
        for text in
            ["", "7QK2-9MXD", "7QK2\n9MXD\n04TR", "7QK2-9MXD-U4TR", "7QK2-9MXD-04T", "Привет, это не я"]
        {
            assert!(codes_in(text).is_empty(), "{text}: {:?}", codes_in(text));
        }
    }

    #[test]
    fn codes_are_the_same_again_and_others_for_others() {
        let secret = Secret([7; 32]);
        let code = |kind, about| secret.code(kind, about).unwrap();
        let six = code(MessageKind::Code, "code:a");
        assert!(six.len() == 6 && six.bytes().all(|b| b.is_ascii_digit()), "{six}");
        assert_eq!(six, code(MessageKind::Code, "code:a"));
        assert_ne!(six, code(MessageKind::Code, "code:b"));
        let long = code(MessageKind::OwnerNotice, "notice:1:a");
        assert_eq!(codes_in(&long), std::slice::from_ref(&long));
        assert_eq!(secret.code(MessageKind::Reply, "reply"), None);
    }
}

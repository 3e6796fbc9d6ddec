//! Signed heads of the log: C2SP tlog-checkpoint in a C2SP signed note, Ed25519.
//!
//! ```text
//! latchkey.example/desk/…          the log's origin
//! 20852163                         how many leaves
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!                                  (blank)
//! — latchkey.example/desk/… Az3grl…
//! ```
//! The signer's name in the note is the origin; each agent's key has its own key id under it.
//! Sign a head only for a log that is already on disk: a power cut must not leave a head without
//! its leaves, which would look like a log cut short.

use super::tree::Hash;
use super::vkey::{KeyKind, VerifierKey, key_id};
use crate::authority::{AgentKey, PublicKey};
use crate::words::{Part, Phrase};
use base64ct::{Base64, Encoding as _};

/// Most bytes of a note that are read.
const MAX_NOTE: usize = 16 * 1024;
/// Most signature lines of a note that are read (C2SP tlog-checkpoint asks for 16 at least).
const MAX_SIGNATURES: usize = 64;

/// Why a note is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum CheckpointError {
    /// Not a well-formed note or checkpoint: the id of the reason.
    Malformed(&'static str),
    /// The origin cannot stand in a note.
    Origin,
    /// Another log's.
    OtherLog,
    /// None of the given keys signed it.
    Unsigned,
    /// A line in the name and id of a given key does not hold.
    Signature,
    /// Not a verifier key.
    Key,
}

impl CheckpointError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Malformed(why) => Phrase::of("head-malformed").with("why", Part::Word(why)),
            Self::Origin => Phrase::of("head-origin"),
            Self::OtherLog => Phrase::of("head-other-log"),
            Self::Unsigned => Phrase::of("head-unsigned"),
            Self::Signature => Phrase::of("head-signature"),
            Self::Key => Phrase::of("head-key"),
        }
    }
}

/// The head of a log: how long it is, and its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's origin.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    fn text(&self) -> Result<String, CheckpointError> {
        if !is_name(&self.origin) {
            return Err(CheckpointError::Origin);
        }
        Ok(format!("{}\n{}\n{}\n", self.origin, self.size, Base64::encode_string(&self.root)))
    }

    /// The signed note.
    pub fn sign(&self, key: &AgentKey) -> Result<String, CheckpointError> {
        let text = self.text()?;
        let mut signature = key_id(&self.origin, KeyKind::Log, key.public()).to_vec();
        signature.extend(key.sign(text.as_bytes()));
        Ok(format!("{text}\n— {} {}\n", self.origin, Base64::encode_string(&signature)))
    }

    /// Reads a note and believes nothing of it yet: see [`Self::open`].
    pub fn parse(note: &str) -> Result<Self, CheckpointError> {
        Ok(split(note)?.0)
    }

    /// Reads a note of the log `origin`, signed by at least one of `keys`. Lines of other signers
    /// (witnesses) are passed over; one in a given key's name that does not hold refuses the note.
    pub fn open(note: &str, origin: &str, keys: &[&PublicKey]) -> Result<Self, CheckpointError> {
        let (checkpoint, text, signatures) = split(note)?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::OtherLog);
        }
        let mut signed = false;
        for key in keys {
            let id = key_id(origin, KeyKind::Log, key);
            for (name, bytes) in &signatures {
                let Some((line_id, signature)) = bytes.split_first_chunk::<4>() else { continue };
                if *name != origin || *line_id != id {
                    continue;
                }
                if !key.verify(text.as_bytes(), signature) {
                    return Err(CheckpointError::Signature);
                }
                signed = true;
            }
        }
        if signed { Ok(checkpoint) } else { Err(CheckpointError::Unsigned) }
    }

    /// Reads a note of whichever log these keys belong to, signed by at least one of them.
    pub fn open_by(note: &str, keys: &[VerifierKey]) -> Result<Self, CheckpointError> {
        let origin = Self::parse(note)?.origin;
        let own: Vec<&PublicKey> =
            keys.iter().filter(|k| k.kind == KeyKind::Log && k.name == origin).map(|k| &k.key).collect();
        if own.is_empty() { Err(CheckpointError::OtherLog) } else { Self::open(note, &origin, &own) }
    }
}

/// The key as the string Go's `note.NewVerifier` takes: `name+id+base64(0x01 ‖ key)`.
pub fn verifier_key(origin: &str, key: &PublicKey) -> Result<String, CheckpointError> {
    if !is_name(origin) {
        return Err(CheckpointError::Origin);
    }
    Ok(VerifierKey { name: origin.to_owned(), kind: KeyKind::Log, key: key.clone() }.to_string())
}

pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

pub(super) type Parts<'a> = (Checkpoint, &'a str, Vec<(&'a str, Vec<u8>)>);

/// Takes a note apart by the rules of signed-note, and its text by those of tlog-checkpoint.
pub(super) fn split(note: &str) -> Result<Parts<'_>, CheckpointError> {
    use CheckpointError::Malformed;
    if note.len() > MAX_NOTE {
        return Err(Malformed("head-long"));
    }
    if note.contains(|c: char| c.is_control() && c != '\n') {
        return Err(Malformed("head-control"));
    }
    // The text ends with its own newline; the blank line is the second one.
    let at = note.rfind("\n\n").ok_or(Malformed("head-no-blank"))?;
    let (text, lines) = note.split_at_checked(at + 1).ok_or(Malformed("head-cut"))?;
    let lines = lines.strip_prefix('\n').unwrap_or(lines);
    let mut signatures: Vec<(&str, Vec<u8>)> = Vec::new();
    for line in lines.split_inclusive('\n') {
        let line = line.strip_suffix('\n').ok_or(Malformed("head-last-line"))?;
        let rest = line.strip_prefix("— ").ok_or(Malformed("head-dash"))?;
        let (name, encoded) = rest.split_once(' ').ok_or(Malformed("head-no-signature"))?;
        let bytes = Base64::decode_vec(encoded).map_err(|_| Malformed("head-base64"))?;
        if !is_name(name) || bytes.len() < 5 {
            return Err(Malformed("head-nameless"));
        }
        if signatures.iter().any(|(n, b)| *n == name && b.first_chunk::<4>() == bytes.first_chunk::<4>()) {
            return Err(Malformed("head-twice"));
        }
        signatures.push((name, bytes));
    }
    if signatures.is_empty() || signatures.len() > MAX_SIGNATURES {
        return Err(Malformed("head-signatures"));
    }
    let mut fields = text.split_terminator('\n');
    let (Some(origin), Some(size), Some(root), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(Malformed("head-lines"));
    };
    if !is_name(origin) {
        return Err(CheckpointError::Origin);
    }
    let digits = size.bytes().all(|b| b.is_ascii_digit()) && (size == "0" || !size.starts_with('0'));
    let size = size.parse().ok().filter(|_| digits).ok_or(Malformed("head-size"))?;
    let root = Base64::decode_vec(root).ok().and_then(|r| r.try_into().ok());
    let root = root.ok_or(Malformed("head-root"))?;
    Ok((Checkpoint { origin: origin.to_owned(), size, root }, text, signatures))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "latchkey.example/desk/7";

    fn key(seed: u8) -> AgentKey {
        AgentKey::from_seed("anna", &[seed; 32])
    }

    fn head() -> Checkpoint {
        Checkpoint { origin: ORIGIN.into(), size: 42, root: [9; 32] }
    }

    #[test]
    fn a_note_comes_back() {
        let note = head().sign(&key(1)).unwrap();
        let lines: Vec<&str> = note.split('\n').collect();
        assert_eq!(lines[..4], [ORIGIN, "42", "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=", ""]);
        assert!(lines[4].starts_with("— latchkey.example/desk/7 ") && lines[5..] == [""]);
        assert_eq!(Checkpoint::open(&note, ORIGIN, &[key(1).public()]), Ok(head()));
        assert_eq!(Checkpoint::open(&note, ORIGIN, &[key(2).public(), key(1).public()]), Ok(head()));
        assert_eq!(Checkpoint::open(&note, ORIGIN, &[key(2).public()]), Err(CheckpointError::Unsigned));
        assert_eq!(Checkpoint::open(&note, ORIGIN, &[]), Err(CheckpointError::Unsigned));
        assert_eq!(Checkpoint::open(&note, "other", &[key(1).public()]), Err(CheckpointError::OtherLog));
        assert_eq!(Checkpoint::parse(&note), Ok(head()));
    }

    /// The example key of Go's `x/mod/sumdb/note` documentation.
    #[test]
    fn key_id_is_gos() {
        let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let bytes = Base64::decode_vec(text.rsplit_once('+').unwrap().1).unwrap();
        let public = PublicKey::from_bytes(bytes[1..].try_into().unwrap()).unwrap();
        assert_eq!(verifier_key("PeterNeumann", &public).unwrap(), text);
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        let signature = Base64::decode_vec(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
        )
        .unwrap();
        assert!(public.verify(note.as_bytes(), &signature[4..]));
        assert_eq!(signature[..4], key_id("PeterNeumann", KeyKind::Log, &public));
        let read = VerifierKey::parse(text).unwrap();
        assert_eq!((read.name.as_str(), read.kind, &read.key), ("PeterNeumann", KeyKind::Log, &public));
    }

    #[test]
    fn witnesses_may_add_lines() {
        let witness = "— witness.example/w1 AAAAAQIDBAUGBwg=\n";
        let note = head().sign(&key(1)).unwrap() + witness;
        assert_eq!(Checkpoint::open(&note, ORIGIN, &[key(1).public()]), Ok(head()));
        let second = head().sign(&key(2)).unwrap();
        let both = head().sign(&key(1)).unwrap() + second.rsplit_once("\n\n").unwrap().1;
        assert_eq!(Checkpoint::open(&both, ORIGIN, &[key(1).public(), key(2).public()]), Ok(head()));
        // A line in our name that does not hold is no stranger's.
        let mut other = head();
        other.size = 43;
        let false_line = other.sign(&key(2)).unwrap();
        let mixed = head().sign(&key(1)).unwrap() + false_line.rsplit_once("\n\n").unwrap().1;
        let opened = Checkpoint::open(&mixed, ORIGIN, &[key(1).public(), key(2).public()]);
        assert_eq!(opened, Err(CheckpointError::Signature));
    }

    #[test]
    fn malformed_notes_are_refused() {
        let note = head().sign(&key(1)).unwrap();
        let (text, line) = note.split_once("\n\n").unwrap();
        let with_text = |text: &str| format!("{text}\n\n{line}");
        let with_line = |line: &str| format!("{text}\n\n{line}");
        let root = text.rsplit_once('\n').unwrap().1;
        let table = vec![
            ("empty", String::new()),
            ("no blank line", format!("{text}\n{line}")),
            ("no signature", format!("{text}\n\n")),
            ("no end", note.trim_end().to_owned()),
            ("CRLF", note.replace('\n', "\r\n")),
            ("one CR", note.replacen('\n', "\r\n", 1)),
            ("tab", note.replacen("42", "42\t", 1)),
            ("NUL", note.replacen("42", "4\u{0}2", 1)),
            ("C1 control", note.replacen("42", "4\u{9b}2", 1)),
            ("leading zero", with_text(&text.replace("42", "042"))),
            ("plus sign", with_text(&text.replace("42", "+42"))),
            ("minus sign", with_text(&text.replace("42", "-42"))),
            ("space", with_text(&text.replace("42", " 42"))),
            ("hex", with_text(&text.replace("42", "0x2a"))),
            ("size of 2^64", with_text(&text.replace("42", "18446744073709551616"))),
            ("no size", with_text(&text.replace("\n42", ""))),
            ("empty size", with_text(&text.replace("42", ""))),
            ("extension line", with_text(&format!("{text}\nmore"))),
            ("short root", with_text(&text.replace(root, "CQkJ"))),
            ("unpadded root", with_text(text.trim_end_matches('='))),
            ("url-safe root", with_text(&text.replace(root, &"_".repeat(43)))),
            ("stray bits in the root", with_text(&text.replace("Qk=", "Ql="))),
            ("origin with a space", note.replace("example/", "example /")),
            ("origin with a plus", note.replace("example/", "example+")),
            ("empty origin", with_text(&text.replace(ORIGIN, ""))),
            ("hyphen for a dash", with_line(&line.replace('—', "-"))),
            ("no name", with_line(&line.replace(ORIGIN, ""))),
            ("a name alone", with_line(&format!("— {ORIGIN}\n"))),
            ("short signature", with_line(&format!("— {ORIGIN} AAAA\n"))),
            ("no base64", with_line(&format!("— {ORIGIN} !!!!!!!!\n"))),
            ("one line twice", with_line(&format!("{line}{line}"))),
            ("text after", format!("{note}more\n")),
            ("blank line after", format!("{note}\n")),
            ("too long", format!("{note}{}", "— w.example/w AAAAAQIDBAUGBwg=\n".repeat(1000))),
        ];
        for (name, note) in table {
            assert!(Checkpoint::parse(&note).is_err(), "{name}");
            assert!(Checkpoint::open(&note, ORIGIN, &[key(1).public()]).is_err(), "{name}");
        }
    }

    #[test]
    fn a_note_is_read_up_to_its_length_and_no_further() {
        let note = head().sign(&key(1)).unwrap();
        let witness = |n: usize| format!("— w{n:02}.example {}\n", Base64::encode_string(&[7; 5]));
        let signed = |n: usize| note.clone() + &(0..n).map(witness).collect::<String>();
        assert_eq!(Checkpoint::parse(&signed(63)), Ok(head()), "a signature of one byte is one");
        assert_eq!(Checkpoint::parse(&signed(64)), Err(CheckpointError::Malformed("head-signatures")));
        // The name, too, is stretched: base64 grows by four.
        let long = |bytes: usize| {
            let (mut line, mut name) = (String::new(), String::from("w"));
            while note.len() + line.len() != bytes {
                let room = bytes - note.len() - "— w \n".len() - (name.len() - 1);
                line = format!("— {name} {}\n", "A".repeat(room / 4 * 4));
                name.push('w');
            }
            note.clone() + &line
        };
        assert_eq!(Checkpoint::parse(&long(16_384)), Ok(head()));
        assert_eq!(Checkpoint::parse(&long(16_385)), Err(CheckpointError::Malformed("head-long")));
    }

    #[test]
    fn every_byte_counts() {
        let note = head().sign(&key(1)).unwrap();
        for at in 0..note.len() {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1;
            let opened = String::from_utf8(bytes).map(|n| Checkpoint::open(&n, ORIGIN, &[key(1).public()]));
            assert!(!matches!(opened, Ok(Ok(_))), "byte {at}");
        }
    }

    #[test]
    fn an_origin_is_one_word() {
        for bad in ["", "a b", "a+b", "a\nb", "a\u{2028}b"] {
            let head = Checkpoint { origin: bad.into(), ..head() };
            assert_eq!(head.sign(&key(1)), Err(CheckpointError::Origin), "{bad:?}");
            assert_eq!(verifier_key(bad, key(1).public()), Err(CheckpointError::Origin));
        }
    }
}

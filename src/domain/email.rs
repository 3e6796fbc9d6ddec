//! Mail addresses: RFC 5321 and RFC 6531 (addresses in any script), as far as a desk needs them.

use super::chars::{CodePoint, debug_masked, is_hidden};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest path RFC 5321 lets a server carry, in bytes.
const LONGEST: usize = 254;
/// The longest part before the `@`, in bytes.
const LONGEST_LOCAL: usize = 64;
/// The longest label of a domain name, in bytes.
const LONGEST_LABEL: usize = 63;

/// A mail address, lower-cased, NFC. Personal data: no `Display`; see [`Email::plain`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is no mail address. Sentences hold nothing of it but one character.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EmailError {
    /// Nothing was given.
    #[error("no mail address")]
    Empty,
    /// No `@`.
    #[error("a mail address has an @; this has none")]
    NoAt,
    /// More than one `@`.
    #[error("a mail address has one @; are these two addresses?")]
    Ats,
    /// Nothing before the `@`.
    #[error("nothing stands before the @")]
    NoLocal,
    /// No domain, or one without a dot, or with an empty or malformed part.
    #[error("the part after the @ is no domain name; it has a dot and letters, such as example.com")]
    Domain,
    /// Over 254 bytes, or 64 before the `@`.
    #[error("too long for a mail address: at most 254 bytes, 64 of them before the @")]
    Long,
    /// White space inside.
    #[error("a mail address has no spaces")]
    Space,
    /// A character that cannot be seen.
    #[error("a mail address with the invisible character {}", CodePoint(*.character))]
    Hidden {
        /// The first of them.
        character: char,
    },
    /// Latin mixed with a script that looks like it.
    #[error("letters of two scripts in one word: {} looks like a Latin letter", CodePoint(*.character))]
    LookAlike {
        /// The first letter that is not Latin.
        character: char,
    },
    /// Any other character that has no place here.
    #[error("a mail address cannot hold the character {}", CodePoint(*.character))]
    Character {
        /// The first of them.
        character: char,
    },
}

impl Email {
    /// Reads an address: one `@`, something before it (bare or quoted, no spaces), a domain name
    /// with a dot after it, in any script. White space around it is ignored.
    pub fn parse(text: &str) -> Result<Email, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        // Before anything is allocated for it; lower-casing and NFC keep about the same length.
        if text.len() > 4 * LONGEST {
            return Err(EmailError::Long);
        }
        if let Some(character) = text.chars().find(|c| is_hidden(*c)) {
            return Err(EmailError::Hidden { character });
        }
        if text.contains(char::is_whitespace) {
            return Err(EmailError::Space);
        }
        let plain = if text.is_ascii() {
            text.to_ascii_lowercase()
        } else {
            text.nfc().flat_map(char::to_lowercase).nfc().collect()
        };
        let (local, domain) = plain.rsplit_once('@').ok_or(EmailError::NoAt)?;
        if plain.len() > LONGEST || local.len() > LONGEST_LOCAL {
            return Err(EmailError::Long);
        }
        check_local(local)?;
        check_domain(domain)?;
        Ok(Email(plain))
    }

    /// The whole address. Personal data: a method, so that it is never printed by accident.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// First letters only, for screens that hide the rest: `i***@m***`.
    pub fn masked(&self) -> String {
        super::mask::mask_email(&self.0)
    }
}

debug_masked!(Email);

fn check_local(local: &str) -> Result<(), EmailError> {
    if local.is_empty() {
        return Err(EmailError::NoLocal);
    }
    if let Some(inside) = local.strip_prefix('"').and_then(|l| l.strip_suffix('"')) {
        return check_quoted(inside);
    }
    // Dots may stand anywhere: Japanese carriers gave out addresses such as a..b.@example.jp.
    let allowed = |c: char| c.is_alphanumeric() || is_combining_mark(c) || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    match local.chars().find(|c| !allowed(*c)) {
        Some(_) if local.contains('@') => Err(EmailError::Ats),
        Some(character) => Err(EmailError::Character { character }),
        None if local.bytes().all(|b| b == b'.') => Err(EmailError::NoLocal),
        None => one_script(local),
    }
}

/// Inside quotes everything visible may stand, quotes and backslashes behind a backslash.
fn check_quoted(inside: &str) -> Result<(), EmailError> {
    if inside.is_empty() {
        return Err(EmailError::NoLocal);
    }
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        let broken = c == '"' || c == '\\' && chars.next().is_none();
        if broken {
            return Err(EmailError::Character { character: c });
        }
    }
    Ok(())
}

fn check_domain(domain: &str) -> Result<(), EmailError> {
    let mut labels = 0;
    let mut last = "";
    for label in domain.split('.') {
        let allowed = |c: char| c.is_alphanumeric() || c == '-' || is_combining_mark(c);
        if label.is_empty() || label.len() > LONGEST_LABEL || label.starts_with('-') || label.ends_with('-') {
            return Err(EmailError::Domain);
        }
        if let Some(character) = label.chars().find(|c| !allowed(*c)) {
            return Err(EmailError::Character { character });
        }
        one_script(label)?;
        labels += 1;
        last = label;
    }
    // A last label of digits is an address of a machine, not a name.
    if labels < 2 || last.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EmailError::Domain);
    }
    Ok(())
}

/// Refuses Latin and Cyrillic or Greek in one run of letters: that is how look-alikes are made.
fn one_script(text: &str) -> Result<(), EmailError> {
    if text.is_ascii() {
        return Ok(());
    }
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        let other = word.chars().find(|c| matches!(u32::from(*c), 0x370..=0x52F | 0x1F00..=0x1FFF));
        if let Some(character) = other.filter(|_| latin) {
            return Err(EmailError::LookAlike { character });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests/email.rs"]
mod tests;

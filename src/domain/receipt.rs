//! What names a sale: the retailer and the number of its receipt.

use super::chars::{CodePoint, first_hidden, serialize_as_text};
use super::fold::fold_words;
use sha2::{Digest, Sha256};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest number or retailer's name, in characters after folding.
const LONGEST: usize = 128;

/// A receipt's number: upper-cased (Unicode), white space, punctuation and `№` stripped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReceiptNo(String);

/// A retailer's name, folded: NFC, without case, white space collapsed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Retailer(String);

/// Why a text names no receipt or retailer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReceiptError {
    /// Nothing was given, or nothing but separators.
    #[error("nothing to be read here; copy it from the receipt")]
    Empty,
    /// More than 128 characters.
    #[error("too long: {characters} characters, at most 128")]
    Long {
        /// Characters counted.
        characters: usize,
    },
    /// A character that cannot be seen.
    #[error("the invisible character {} stands in it; type it as printed", CodePoint(*.character))]
    Hidden {
        /// The first of them.
        character: char,
    },
}

impl ReceiptNo {
    /// Reads a receipt's number. Letters of any script are kept.
    pub fn parse(text: &str) -> Result<ReceiptNo, ReceiptError> {
        let number: String = if text.is_ascii() {
            text.trim().chars().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase()).collect()
        } else {
            let text = text.trim();
            // By way of lower case, since the capital ẞ has no upper case of its own.
            let lower = text.nfc().filter(|c| !is_separator(*c)).flat_map(char::to_lowercase);
            lower.flat_map(char::to_uppercase).nfc().collect()
        };
        checked(number).map(ReceiptNo)
    }

    /// The number as compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Retailer {
    /// Reads a retailer's name.
    pub fn parse(text: &str) -> Result<Retailer, ReceiptError> {
        checked(fold_words(text)).map(Retailer)
    }

    /// The name as compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_separator(c: char) -> bool {
    // Tabs and line feeds are white space, other controls are refused as hidden.
    c.is_ascii_punctuation() || c.is_whitespace() || matches!(c, '№' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn checked(text: String) -> Result<String, ReceiptError> {
    if text.is_empty() {
        return Err(ReceiptError::Empty);
    }
    if let Some(character) = first_hidden(&text) {
        return Err(ReceiptError::Hidden { character });
    }
    if text.len() > LONGEST {
        let characters = text.chars().count();
        if characters > LONGEST {
            return Err(ReceiptError::Long { characters });
        }
    }
    Ok(text)
}

/// One number for a retailer's receipt, the same on every machine and in every version: the first
/// 63 bits of SHA-256 over retailer, NUL, number. Two receipts share one by chance once in 2³¹·⁵
/// receipts, so whoever finds a row by it compares the texts.
pub fn fold_key(retailer: &Retailer, number: &ReceiptNo) -> i64 {
    let mut hash = Sha256::new();
    hash.update(retailer.0.as_bytes());
    hash.update([0]);
    hash.update(number.0.as_bytes());
    super::key::first_bits(&hash.finalize(), 63)
}

impl fmt::Display for ReceiptNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Retailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serialize_as_text!(ReceiptNo, Retailer);

#[cfg(test)]
#[path = "tests/receipt.rs"]
mod tests;

//! Texts compared as people mean them: NFC, without case, white space collapsed.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// NFC (UAX #15), case folded, white space collapsed to single spaces and trimmed. For models,
/// regions, retailers and names. Applied twice it changes nothing more.
pub fn fold_words(text: &str) -> String {
    if text.is_ascii() {
        return collapse(&text.to_ascii_lowercase());
    }
    // By way of upper case, so that ß meets SS and ς meets σ: Unicode's full case folding, character
    // by character, since to_lowercase treats a final sigma by its place. Lower case before it,
    // since the capital ẞ has no upper case of its own.
    let lower = text.nfc().flat_map(char::to_lowercase);
    let folded: String = lower.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect();
    collapse(&folded)
}

/// NFC, white space collapsed and trimmed, case kept: how a name is stored for display.
pub fn tidy(text: &str) -> String {
    if is_nfc(text) { collapse(text) } else { collapse(&text.nfc().collect::<String>()) }
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

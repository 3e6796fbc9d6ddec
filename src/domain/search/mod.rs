//! What a ticket is found by, and what is typed to find it: words by their beginning, identifiers by their first or
//! their last characters, Chinese by any characters in a row. One meaning for the index, for tickets that it does not
//! hold yet, and for the tests.

mod fold;
mod query;
mod term;

pub use fold::fold_search;
pub use query::{Query, Typed};
pub use term::{Range, Term};

use super::CaseColumn;

/// What kind of text a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What people write: names, models, notes.
    Words,
    /// A number or a name that a thing or a person has alone; people separate its characters as they like.
    Identifier,
    /// The same, with a country code that people leave out.
    Phone,
    /// An address: nobody says how it ends.
    Email,
}

impl Sort {
    /// How a column of a case is searched; `None` for what is not: dates, sums, answers about the account.
    pub const fn of(column: CaseColumn) -> Option<Self> {
        use CaseColumn as C;
        match column {
            C::Request | C::ClaimantName | C::Model | C::ReceiptRetailer | C::Note => Some(Self::Words),
            C::ClaimantPhone | C::AccountPhone | C::SimMsisdn => Some(Self::Phone),
            C::ClaimantEmail | C::AccountEmail => Some(Self::Email),
            C::Reference
            | C::Imei
            | C::Imei2
            | C::Serial
            | C::AccountId
            | C::ReceiptNo
            | C::ReceiptImei
            | C::ReceiptSerial
            | C::SimIccid
            | C::BoxImei
            | C::BoxSerial => Some(Self::Identifier),
            C::ReceivedAt
            | C::Language
            | C::Access
            | C::ReceiptDate
            | C::ReceiptAmount
            | C::ReceiptCurrency
            | C::Facts
            | C::Attachments => None,
        }
    }
}

/// Which end of a text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// It begins so.
    First,
    /// It ends so; the text is written backwards.
    Last,
}

/// Longest text of one column that is searched, in characters: what stands beyond was never typed by a person.
const MOST: usize = 4096;

/// Tells `each` everything that a text is found by, folded; what ends so is told backwards. The same may be told twice.
pub fn tokens(sort: Sort, text: &str, each: &mut impl FnMut(End, &str)) {
    let folded = fold_search(text);
    let folded = match folded.char_indices().nth(MOST) {
        Some((end, _)) => folded.get(..end).unwrap_or_default(),
        None => folded.as_str(),
    };
    words(folded, |word| {
        each(End::First, word);
        let mut after_latin = false;
        for (at, c) in word.char_indices() {
            let here = fold::has_no_blanks(c);
            if at > 0 && (here || after_latin) {
                each(End::First, word.get(at..).unwrap_or_default());
            }
            after_latin = here;
        }
    });
    if sort == Sort::Words {
        // O'Brien is typed obrien, and Orbit-11 orbit11.
        for chunk in folded.split_whitespace().filter(|chunk| is_parted(chunk)) {
            each(End::First, &chunk.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
        }
        return;
    }
    let whole: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    each(End::First, &whole);
    if sort == Sort::Email {
        return;
    }
    each(End::Last, &whole.chars().rev().collect::<String>());
    if sort == Sort::Phone {
        for skipped in country_codes(folded) {
            each(End::First, whole.get(skipped..).unwrap_or_default());
        }
        // In Russia one number is written with 7 and with 8.
        let national = whole.strip_prefix(['7', '8']).filter(|_| whole.len() == 11);
        for code in ["7", "8"] {
            if let Some(national) = national {
                each(End::First, &format!("{code}{national}"));
            }
        }
    }
}

/// How many digits may be a country or trunk code: people leave it out.
fn country_codes(phone: &str) -> std::ops::RangeInclusive<usize> {
    let phone = phone.trim_start();
    match phone.as_bytes() {
        [b'+', b'7' | b'1', ..] | [b'7' | b'8', ..] => 1..=1,
        [b'+', ..] => 2..=3,
        [b'0', b'0', ..] => 2..=5,
        [b'0', ..] => 1..=1,
        _ => 0..=0,
    }
}

/// Whether something that is no letter stands between letters.
fn is_parted(chunk: &str) -> bool {
    chunk.trim_matches(|c: char| !c.is_alphanumeric()).chars().any(|c| !c.is_alphanumeric())
}

/// The runs of letters and digits.
fn words(text: &str, mut each: impl FnMut(&str)) {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).for_each(&mut each);
}

#[cfg(test)]
#[path = "../tests/search.rs"]
mod tests;

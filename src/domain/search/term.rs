//! What a ticket is found by, as one whole number: in the order of the texts, so that all that begin alike lie in a row.

use super::End;

/// Bytes of a text that a term holds: thirteen Latin, Cyrillic letters or digits, four Chinese ones.
const HELD: usize = 13;
/// The lowest bits say which ticket.
const TICKET_BITS: u32 = 16;

/// The first characters of a text that is searched, and room for the place of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term(u128);

/// Writes a text so that a beginning of it is a beginning of what is written; `true` where all of it has room.
fn pack(end: End, text: &str) -> ([u8; 1 + HELD], usize, bool) {
    let mut bytes = [0; 1 + HELD];
    bytes[0] = match end {
        End::First => 1,
        End::Last => 2,
    };
    let mut at = 1;
    for c in text.chars() {
        let n = u32::from(c);
        let [_, high, middle, low] = n.to_be_bytes();
        let packed = match n {
            0..0x80 => &[low][..],
            // Russian letters and their neighbours, one byte each.
            0x430..0x460 => &[low - 0x30 + 0x80][..],
            _ => &[0xC0 | high, middle, low][..],
        };
        for byte in packed {
            let Some(slot) = bytes.get_mut(at) else { return (bytes, at, false) };
            *slot = *byte;
            at += 1;
        }
    }
    (bytes, at, true)
}

fn number(bytes: [u8; 1 + HELD]) -> u128 {
    bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte)) << TICKET_BITS
}

impl Term {
    /// Of a text as [`super::tokens`] tells it, for the ticket at a place.
    pub fn of(end: End, text: &str, place: u16) -> Self {
        Self(number(pack(end, text).0) | u128::from(place))
    }

    /// The bytes of the text.
    pub const fn bytes(self) -> [u8; 14] {
        let [bytes @ .., _, _] = self.0.to_be_bytes();
        bytes
    }

    /// The place of the ticket.
    pub const fn place(self) -> u16 {
        let [.., high, low] = self.0.to_be_bytes();
        u16::from_be_bytes([high, low])
    }

    /// From both.
    pub fn from_parts(bytes: [u8; 14], place: u16) -> Self {
        Self(number(bytes) | u128::from(place))
    }
}

/// Terms that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The least of them.
    pub low: [u8; 14],
    /// The greatest.
    pub high: [u8; 14],
    /// The text is longer than a term holds: who has it must be asked once more.
    pub cut: bool,
}

impl Range {
    /// Of all texts that begin so.
    pub fn of(end: End, text: &str) -> Self {
        let (low, held, whole) = pack(end, text);
        let mut high = low;
        high.iter_mut().skip(held).for_each(|byte| *byte = u8::MAX);
        Self { low, high, cut: !whole }
    }
}

//! A sheet of the index: terms in order, each with the tickets of its block that have it. What a term has in common with
//! the one before is not written again, and places are written as distances.
//!
//! A sheet is rows of: a byte with how many bytes are as before (high half) and how many follow (low half; zeros at the
//! end are left out), these bytes, the length of the places in bytes, the places.

use crate::domain::search::{Range, Term};
use crate::store::StoreError;

/// Tickets of one block.
pub const TICKETS: u16 = 1 << 13;
const WORDS: usize = TICKETS as usize / 64;
/// A sheet is full at so many bytes; the places of one term are never parted.
const FULL: usize = 4096;

/// Tickets of a block, a bit each.
#[derive(Clone, PartialEq, Eq)]
pub struct Places([u64; WORDS]);

impl Places {
    pub const fn none() -> Self {
        Self([0; WORDS])
    }

    pub const fn all() -> Self {
        Self([u64::MAX; WORDS])
    }

    pub fn put(&mut self, place: u16) {
        if let Some(word) = self.0.get_mut(usize::from(place) / 64) {
            *word |= 1 << (place % 64);
        }
    }

    pub fn has(&self, place: u16) -> bool {
        self.0.get(usize::from(place) / 64).is_some_and(|word| word & 1 << (place % 64) != 0)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn keep(&mut self, others: &Self) {
        self.0.iter_mut().zip(others.0).for_each(|(word, other)| *word &= other);
    }

    pub fn add(&mut self, others: &Self) {
        self.0.iter_mut().zip(others.0).for_each(|(word, other)| *word |= other);
    }

    pub fn take(&mut self, others: &Self) {
        self.0.iter_mut().zip(others.0).for_each(|(word, other)| *word &= !other);
    }

    /// The highest place first.
    pub fn newest_first(&self) -> impl Iterator<Item = u16> {
        self.0.iter().enumerate().rev().flat_map(|(n, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.checked_ilog2()?;
                left &= !(1 << bit);
                u16::try_from(n * 64 + bit as usize).ok()
            })
        })
    }
}

fn damaged() -> StoreError {
    StoreError::Nonsense { what: "sheet of the search" }
}

fn number(bytes: &mut &[u8]) -> Result<usize, StoreError> {
    let (mut value, mut shift) = (0_usize, 0);
    loop {
        let (byte, rest) = bytes.split_first().ok_or_else(damaged)?;
        *bytes = rest;
        value |= usize::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
        if shift > 21 {
            return Err(damaged());
        }
    }
}

fn write_number(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7F).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap_or(0));
}

/// Reads a sheet: `each` is told a term and its places, and says whether to go on.
fn read(
    mut bytes: &[u8],
    mut each: impl FnMut(&[u8; 14], &[u8]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut term = [0; 14];
    while let Some((head, rest)) = bytes.split_first() {
        let (same, more) = (usize::from(head >> 4), usize::from(head & 0xF));
        let (text, rest) = rest.split_at_checked(more).ok_or_else(damaged)?;
        bytes = rest;
        term.get_mut(same..same + more).ok_or_else(damaged)?.copy_from_slice(text);
        term.iter_mut().skip(same + more).for_each(|byte| *byte = 0);
        let length = number(&mut bytes)?;
        let (places, rest) = bytes.split_at_checked(length).ok_or_else(damaged)?;
        bytes = rest;
        if !each(&term, places)? {
            break;
        }
    }
    Ok(())
}

fn places(mut bytes: &[u8], mut each: impl FnMut(u16)) -> Result<(), StoreError> {
    let mut place = 0;
    while !bytes.is_empty() {
        place += number(&mut bytes)?;
        each(u16::try_from(place).ok().filter(|p| *p < TICKETS).ok_or_else(damaged)?);
    }
    Ok(())
}

/// Adds the places of every term of a range; `false` once the sheet goes beyond it.
pub fn find(sheet: &[u8], range: &Range, found: &mut Places) -> Result<bool, StoreError> {
    let mut inside = true;
    read(sheet, |term, bytes| {
        inside = *term <= range.high;
        if inside && *term >= range.low {
            places(bytes, |place| found.put(place))?;
        }
        Ok(inside)
    })?;
    Ok(inside)
}

/// Every term of a sheet, in order.
pub fn terms(sheet: &[u8], out: &mut Vec<Term>) -> Result<(), StoreError> {
    read(sheet, |term, bytes| {
        places(bytes, |place| out.push(Term::from_parts(*term, place)))?;
        Ok(true)
    })
}

/// Writes terms, in order and each once, as sheets: the first term of each, and its bytes.
pub fn write(
    terms: &[Term],
    mut each: impl FnMut([u8; 14], &[u8]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (mut sheet, mut first, mut before) = (Vec::with_capacity(FULL * 2), [0; 14], [0; 14]);
    let mut distances = Vec::new();
    for group in terms.chunk_by(|a, b| a.bytes() == b.bytes()) {
        let Some(text) = group.first().map(|term| term.bytes()) else { continue };
        if sheet.len() >= FULL {
            each(first, &sheet)?;
            sheet.clear();
        }
        if sheet.is_empty() {
            (first, before) = (text, [0; 14]);
        }
        let length = text.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let same = text.iter().zip(before).take(length).take_while(|(a, b)| **a == *b).count();
        sheet.push(u8::try_from(same << 4 | (length - same)).unwrap_or(0));
        sheet.extend_from_slice(text.get(same..length).unwrap_or_default());
        distances.clear();
        let mut place = 0;
        for term in group {
            write_number(usize::from(term.place() - place), &mut distances);
            place = term.place();
        }
        write_number(distances.len(), &mut sheet);
        sheet.extend_from_slice(&distances);
        before = text;
    }
    if sheet.is_empty() { Ok(()) } else { each(first, &sheet) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::End;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_and_found(
            all in prop::collection::btree_set(("[a-cя李]{0,6}", 0_u16..8192), 0..400),
            asked in "[a-cя李]{1,3}",
        ) {
            let mut written: Vec<Term> = all.iter().map(|(text, place)| Term::of(End::First, text, *place)).collect();
            written.sort_unstable();
            written.dedup();
            let (mut back, mut found, range) = (Vec::new(), Places::none(), Range::of(End::First, &asked));
            let mut last = None;
            write(&written, |first, sheet| {
                assert!(last.is_none_or(|last| last < first));
                last = Some(first);
                terms(sheet, &mut back)?;
                find(sheet, &range, &mut found).map(drop)
            }).unwrap();
            prop_assert_eq!(&back, &written);
            let mut expected: Vec<u16> =
                all.iter().filter(|(text, _)| text.starts_with(&asked)).map(|(_, place)| *place).collect();
            expected.sort_unstable_by(|a, b| b.cmp(a));
            expected.dedup();
            prop_assert_eq!(found.newest_first().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn a_damaged_sheet_is_an_error_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = terms(&bytes, &mut Vec::new());
        }
    }
}

//! What is hashed, byte by byte: nothing is ambiguous, and no hash of one kind is one of another.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest as _, Sha256};

use super::{FIRST, GROUP, RANGE, Strand};
use crate::store::{FileKind, StoreError, shape};

/// Bytes that are hashed at once.
const BUFFER: usize = 1 << 14;

/// Spreads keys, which come in runs (`SplitMix64`).
const fn mix(key: i64) -> u64 {
    let mut z = key.cast_unsigned().wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Whether a range begins at a key.
pub(super) const fn begins_range(key: i64) -> bool {
    mix(key) & RANGE == 0
}

/// Whether a group of ranges begins at a key, and with it a range.
const fn begins_group(key: i64) -> bool {
    mix(key) & GROUP == 0
}

/// One value of a row that is hashed as it comes.
#[derive(Clone, Copy, Debug)]
pub(in crate::store::registry) enum Cell<'a> {
    Number(Option<i64>),
    Text(Option<&'a str>),
}

impl Cell<'_> {
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::Number(None) | Self::Text(None))
    }
}

/// One hash under way.
#[derive(Debug)]
pub(super) struct Hasher {
    sha: Sha256,
    buffer: Vec<u8>,
    rows: u64,
}

impl Hasher {
    pub(super) fn new(kind: &str, strand: &str, first: i64) -> Self {
        let mut hasher = Self { sha: Sha256::new(), buffer: Vec::with_capacity(BUFFER), rows: 0 };
        hasher.begin(kind, strand, first);
        hasher
    }

    pub(super) fn begin(&mut self, kind: &str, strand: &str, first: i64) {
        self.text(b"latchkey lists 1");
        self.text(kind.as_bytes());
        self.text(strand.as_bytes());
        self.buffer.extend_from_slice(&first.to_le_bytes());
    }

    fn text(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.buffer.extend_from_slice(bytes);
    }

    /// A value: what it is and how long (1 to 8: a number of so many bytes), then its bytes.
    fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.buffer.push(0),
            ValueRef::Integer(number) => {
                let bits = 65 - (number ^ (number >> 63)).leading_zeros();
                let bytes = bits.div_ceil(8);
                self.buffer.push(u8::try_from(bytes).unwrap_or(8));
                let end = self.buffer.len() + bytes as usize;
                self.buffer.extend_from_slice(&number.to_le_bytes());
                self.buffer.truncate(end);
            }
            ValueRef::Real(number) => {
                self.buffer.push(9);
                self.buffer.extend_from_slice(&number.to_bits().to_le_bytes());
            }
            ValueRef::Text(bytes) => {
                self.buffer.push(10);
                self.text(bytes);
            }
            ValueRef::Blob(bytes) => {
                self.buffer.push(11);
                self.text(bytes);
            }
        }
    }

    fn end_row(&mut self) {
        self.rows += 1;
        if self.buffer.len() > BUFFER / 2 {
            self.sha.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn row(&mut self, row: &Row<'_>, width: usize) -> Result<(), StoreError> {
        for at in 0..width {
            self.value(row.get_ref(at)?);
        }
        self.end_row();
        Ok(())
    }

    pub(super) fn cells(&mut self, cells: &[Cell<'_>]) {
        for cell in cells {
            self.value(match cell {
                Cell::Number(None) | Cell::Text(None) => ValueRef::Null,
                Cell::Number(Some(number)) => ValueRef::Integer(*number),
                Cell::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            });
        }
        self.end_row();
    }

    /// Ends with how many rows there were; the next begins with [`Self::begin`].
    pub(super) fn take(&mut self) -> [u8; 32] {
        self.buffer.extend_from_slice(&self.rows.to_le_bytes());
        self.sha.update(&self.buffer);
        self.buffer.clear();
        self.rows = 0;
        self.sha.finalize_reset().into()
    }
}

/// Reads the rows between two keys and hands over each range: its first key and its hash. `from` begins one.
pub(super) fn scan(
    conn: &Connection,
    strand: Strand,
    (from, to): (i64, i64),
    mut each: impl FnMut(i64, [u8; 32]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(strand.rows())?;
    let width = statement.column_count();
    let mut rows = statement.query([from, to])?;
    let name = strand.name();
    let (mut first, mut last) = (from, from);
    let mut hasher = Hasher::new("range", name, from);
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        if key != last {
            if begins_range(key) {
                if !each(first, hasher.take())? {
                    return Ok(());
                }
                hasher.begin("range", name, key);
                first = key;
            }
            last = key;
        }
        hasher.row(row, width)?;
    }
    each(first, hasher.take())?;
    Ok(())
}

const RANGES: &str =
    "SELECT first, hash FROM seal WHERE strand = $1 AND first >= $2 AND first <= $3 ORDER BY first";

/// The same of the groups, from the ranges.
pub(super) fn groups(
    conn: &Connection,
    strand: Strand,
    (from, to): (i64, i64),
    mut each: impl FnMut(i64, [u8; 32]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(RANGES)?;
    let mut rows = statement.query([strand.number(), from, to])?;
    let mut first = from;
    let mut hasher = Hasher::new("group", strand.name(), from);
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        if key != first && begins_group(key) {
            if !each(first, hasher.take())? {
                return Ok(());
            }
            hasher.begin("group", strand.name(), key);
            first = key;
        }
        hasher.row(row, 2)?;
    }
    each(first, hasher.take())?;
    Ok(())
}

/// What else of the file means something: the shape of the tables (a view in the place of one could tell everybody
/// something else), where the lists stand, and all groups.
const PARTS: [&str; 4] = [
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
    "SELECT one, number FROM generation ORDER BY one",
    "SELECT list, row_count, imported_at, file_name, sha256, mode FROM list_state ORDER BY list",
    "SELECT strand, first, hash FROM seal_group ORDER BY strand, first",
];

/// The one hash that stands for everything. There is none over a file that is not shaped as ours: the names that SQLite
/// keeps for itself are not hashed, and anything may be called by one.
pub(super) fn root(conn: &Connection) -> Result<[u8; 32], StoreError> {
    shape::is_ours(conn, FileKind::Registry)?;
    let mut whole = Hasher::new("root", "", FIRST);
    for part in PARTS {
        let mut statement = conn.prepare_cached(part)?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        let mut hasher = Hasher::new("part", part, FIRST);
        while let Some(row) = rows.next()? {
            hasher.row(row, width)?;
        }
        whole.text(&hasher.take());
    }
    Ok(whole.take())
}

//! What is there already, asked from another thread than the one that writes.

use crate::domain::ListRow;
use crate::store::{Db, FileKind, Purpose, StoreError, open};
use rusqlite::OptionalExtension;
use std::path::Path;

pub(super) const ACCOUNT_ID: &str = "SELECT account_id FROM account WHERE no = $1";
pub(super) const NUMBERS: &str = "SELECT no FROM account WHERE no > 0 ORDER BY no";
const HOW_MANY: &str = "SELECT row_count FROM list_state WHERE list = 'accounts'";

/// Reading all numbers takes as long as looking a part of them up one by one.
const PART: u64 = 8;
/// Looks after which it is worth while at the earliest.
const FEWEST: u64 = 1 << 10;
/// Numbers kept in memory at most: 32 MiB.
const MOST: usize = 8 << 20;
/// Groups of them at most.
const GROUPS: usize = 1 << 16;

/// The accounts that the registry had when an import began. Nobody but that import writes meanwhile, and it takes none
/// away before its rows are read.
pub struct Accounts {
    conn: Db,
    /// Looks that are left before all numbers are read.
    looks: u64,
    numbers: Option<Numbers>,
}

impl Accounts {
    /// Begins to look; after the import began.
    pub fn look(registry: &Path) -> Result<Self, StoreError> {
        let conn = open(registry, Purpose::Read, FileKind::Registry)?.conn;
        // One moment for all looks: a look of its own each would pay for the file's locks.
        conn.execute_batch("BEGIN")?;
        let many: i64 = conn.prepare(HOW_MANY)?.query_row([], |r| r.get(0)).optional()?.unwrap_or(0);
        let looks = (many.unsigned_abs() / PART).max(FEWEST);
        Ok(Self { conn, looks, numbers: None })
    }

    /// Whether the account that a row names is there.
    pub fn has(&mut self, row: &ListRow) -> Result<bool, StoreError> {
        let id = match row {
            ListRow::Contact(row) => &row.account_id,
            ListRow::Binding(row) => &row.account_id,
            _ => return Ok(false),
        };
        let no = id.key().0;
        if let (Some(numbers), true) = (&self.numbers, no > 0) {
            // Only one id has a number for its key.
            return Ok(numbers.has(no));
        }
        self.looks = self.looks.saturating_sub(1);
        if self.looks == 0 {
            (self.numbers, self.looks) = (Numbers::read(&self.conn)?, u64::MAX);
        }
        let known: Option<String> =
            self.conn.prepare_cached(ACCOUNT_ID)?.query_row([no], |r| r.get(0)).optional()?;
        // Another id with the same key is for the writing thread to refuse.
        Ok(known.is_some_and(|known| known == id.as_str()))
    }
}

/// Ascending numbers, four bytes each: in groups by what stands above these.
#[derive(Debug, Default)]
struct Numbers {
    /// What stands above, and where the group begins.
    groups: Vec<(i64, usize)>,
    below: Vec<u32>,
}

impl Numbers {
    /// All there are; `None` where they are too many, or too far from each other.
    fn read(conn: &Db) -> Result<Option<Self>, StoreError> {
        let mut all = Self::default();
        let mut statement = conn.prepare(NUMBERS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            all.push(row.get(0)?);
            if all.below.len() > MOST || all.groups.len() > GROUPS {
                return Ok(None);
            }
        }
        Ok(Some(all))
    }

    fn push(&mut self, number: i64) {
        let (above, below) = parts(number);
        if self.groups.last().is_none_or(|(last, _)| *last != above) {
            self.groups.push((above, self.below.len()));
        }
        self.below.push(below);
    }

    fn has(&self, number: i64) -> bool {
        let (above, below) = parts(number);
        let Ok(at) = self.groups.binary_search_by_key(&above, |group| group.0) else { return false };
        let from = self.groups.get(at).map_or(0, |group| group.1);
        let to = self.groups.get(at + 1).map_or(self.below.len(), |group| group.1);
        self.below.get(from..to).is_some_and(|group| group.binary_search(&below).is_ok())
    }
}

fn parts(number: i64) -> (i64, u32) {
    (number >> 32, u32::try_from(number & 0xffff_ffff).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, Contact, ContactRow, Phone};

    #[test]
    fn accounts_are_there_or_not_however_often_one_looks() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("registry.db");
        let conn = open(&path, Purpose::Create, FileKind::Registry).unwrap().conn;
        let id = |text: &str| AccountId::parse(text).unwrap();
        for there in ["7", "70", "4294967303", "ivan-7"] {
            conn.execute("INSERT INTO account (no, account_id) VALUES ($1, $2)", (id(there).key().0, there))
                .unwrap();
        }
        let mut accounts = Accounts { looks: 3, ..Accounts::look(&path).unwrap() };
        for look in 0..6 {
            for (text, there) in [
                ("7", true),
                ("70", true),
                ("4294967303", true),
                ("ivan-7", true),
                ("8", false),
                ("007", false),
                ("8589934599", false),
                ("ivan-8", false),
            ] {
                let contact = Contact::Phone(Phone::from_digits(79_031_234_567).unwrap());
                let row = ContactRow { account_id: id(text), contact, verified_at: None, replaced_at: None };
                assert_eq!(accounts.has(&ListRow::Contact(row)).unwrap(), there, "{text}, look {look}");
            }
            assert!(accounts.numbers.is_some());
        }
    }

    #[test]
    fn numbers_are_found_and_those_between_them_are_not() {
        let there = [1, 2, 7, (1 << 32) - 1, 1 << 32, (1 << 32) + 7, (5 << 32) + 2, i64::MAX];
        let mut numbers = Numbers::default();
        for number in there {
            numbers.push(number);
        }
        assert_eq!(numbers.groups.len(), 4);
        for number in there {
            assert!(numbers.has(number), "{number}");
            for near in [number - 1, number.saturating_add(1), number ^ (1 << 33)] {
                assert_eq!(numbers.has(near), there.contains(&near), "{near} beside {number}");
            }
        }
        assert!(!Numbers::default().has(1));
    }
}

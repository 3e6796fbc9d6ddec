//! Seals: the rows of the lists as the custodian signed for them. A table's rows stand in ranges by their leading key, each
//! with one hash; groups of ranges have one hash each, and one root stands for all. Where a range begins depends on the
//! keys alone, so that sealing what changed comes to the same as sealing everything anew.
//!
//! What a device row repeats of bindings and sightings is not sealed but worked out again (`fold.rs`).

mod check;
mod hash;
mod mark;
#[cfg(test)]
mod tests;

use rusqlite::{Connection, OptionalExtension, params};

pub use check::Misfit;
pub(super) use check::{Asked, whole};
pub(super) use hash::Cell;
use hash::scan;
pub(super) use mark::{Key, Seals};

use crate::store::StoreError;

/// A range begins at every key of which these bits are zero once it is mixed: some 32 keys each; a group, of 256 ranges.
const RANGE: u64 = 0x1f;
const GROUP: u64 = 0x1fff;

/// What stands before every key: the first range of a table begins there.
const FIRST: i64 = i64::MIN;

/// Rows in one order, which are sealed. Repairs are read by either device, and sealed in either order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strand {
    Word,
    Tac,
    Device,
    Alias,
    SerialText,
    Account,
    Contact,
    Binding,
    Sighting,
    SimChange,
    Retailer,
    Sale,
    RepairOld,
    RepairNew,
    Notice,
}

/// How many there are.
const STRANDS: usize = Strand::ALL.len();

impl Strand {
    pub(super) const ALL: [Self; 15] = [
        Self::Word,
        Self::Tac,
        Self::Device,
        Self::Alias,
        Self::SerialText,
        Self::Account,
        Self::Contact,
        Self::Binding,
        Self::Sighting,
        Self::SimChange,
        Self::Retailer,
        Self::Sale,
        Self::RepairOld,
        Self::RepairNew,
        Self::Notice,
    ];

    /// The number that it is kept under.
    const fn number(self) -> i64 {
        self as i64
    }

    /// How it is called where it is hashed.
    const fn name(self) -> &'static str {
        match self {
            Self::RepairOld => "repair.old_device",
            Self::RepairNew => "repair.new_device",
            other => other.table(),
        }
    }

    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Tac => "tac",
            Self::Device => "device",
            Self::Alias => "alias",
            Self::SerialText => "serial_text",
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Binding => "binding",
            Self::Sighting => "sighting",
            Self::SimChange => "sim_change",
            Self::Retailer => "retailer",
            Self::Sale => "sale",
            Self::RepairOld | Self::RepairNew => "repair",
            Self::Notice => "notice",
        }
    }

    /// The rows between two keys: every column that is sealed, the leading key first, in one order.
    const fn rows(self) -> &'static str {
        match self {
            Self::Word => "SELECT id, text FROM word WHERE id >= $1 AND id <= $2 ORDER BY id",
            Self::Tac => {
                "SELECT tac, brand, model, device_type, imei_slots, allocated_on FROM tac \
                 WHERE tac >= $1 AND tac <= $2 ORDER BY tac"
            }
            Self::Device => {
                "SELECT id, model, made_on, region, serial, imei2, imei3, imei4, imei5 FROM device \
                 WHERE id >= $1 AND id <= $2 ORDER BY id"
            }
            Self::Alias => "SELECT key, device FROM alias WHERE key >= $1 AND key <= $2 ORDER BY key",
            Self::SerialText => {
                "SELECT key, text FROM serial_text WHERE key >= $1 AND key <= $2 ORDER BY key"
            }
            Self::Account => {
                "SELECT no, account_id, name, region, language, state, registered_at, last_sign_in_at \
                 FROM account WHERE no >= $1 AND no <= $2 ORDER BY no"
            }
            Self::Contact => {
                "SELECT account, value, verified_at, replaced_at, in_contacts, in_account FROM contact \
                 WHERE account >= $1 AND account <= $2 ORDER BY account, value"
            }
            Self::Binding => {
                "SELECT device, bound_at, account, key, released_at, lost_mode_since FROM binding \
                 WHERE device >= $1 AND device <= $2 ORDER BY device, bound_at, account"
            }
            Self::Sighting => {
                "SELECT device, first_seen, iccid, imsi, msisdn, key, last_seen FROM sighting \
                 WHERE device >= $1 AND device <= $2 ORDER BY device, first_seen, iccid, imsi, msisdn, key"
            }
            Self::SimChange => {
                "SELECT msisdn, changed_at, iccid FROM sim_change WHERE msisdn >= $1 AND msisdn <= $2 \
                 ORDER BY msisdn, changed_at"
            }
            Self::Retailer => "SELECT id, folded, name FROM retailer WHERE id >= $1 AND id <= $2 ORDER BY id",
            Self::Sale => {
                "SELECT receipt, key, device, retailer, receipt_text, sold_on, amount, currency FROM sale \
                 WHERE receipt >= $1 AND receipt <= $2 ORDER BY receipt, key"
            }
            Self::RepairOld => {
                "SELECT old_device, order_no, old_key, new_key, new_device, repaired_on, centre FROM repair \
                 WHERE old_device >= $1 AND old_device <= $2 ORDER BY old_device, order_no, old_key"
            }
            Self::RepairNew => {
                "SELECT new_device, order_no, old_key, new_key, old_device, repaired_on, centre FROM repair \
                 WHERE new_device >= $1 AND new_device <= $2 ORDER BY new_device, order_no, old_key"
            }
            Self::Notice => {
                "SELECT device, key, kind, reference, told_at, status, reported_at, source, cleared_at, dropped \
                 FROM notice WHERE device >= $1 AND device <= $2 ORDER BY device, key, kind, reference, told_at"
            }
        }
    }

    /// Every column that is sealed, in the order in which they are.
    pub(super) fn columns(self) -> impl Iterator<Item = &'static str> {
        let of = self.rows().strip_prefix("SELECT ").and_then(|sql| sql.split_once(" FROM "));
        of.map_or("", |(columns, _)| columns).split(", ")
    }

    /// Whether a range that began at a key still does: whether the key is there.
    const fn is_there(self) -> &'static str {
        match self {
            Self::Word => "SELECT 1 FROM word WHERE id = $1",
            Self::Tac => "SELECT 1 FROM tac WHERE tac = $1",
            Self::Device => "SELECT 1 FROM device WHERE id = $1",
            Self::Alias => "SELECT 1 FROM alias WHERE key = $1",
            Self::SerialText => "SELECT 1 FROM serial_text WHERE key = $1",
            Self::Account => "SELECT 1 FROM account WHERE no = $1",
            Self::Contact => "SELECT 1 FROM contact WHERE account = $1",
            Self::Binding => "SELECT 1 FROM binding WHERE device = $1",
            Self::Sighting => "SELECT 1 FROM sighting WHERE device = $1",
            Self::SimChange => "SELECT 1 FROM sim_change WHERE msisdn = $1",
            Self::Retailer => "SELECT 1 FROM retailer WHERE id = $1",
            Self::Sale => "SELECT 1 FROM sale WHERE receipt = $1",
            Self::RepairOld => "SELECT 1 FROM repair WHERE old_device = $1",
            Self::RepairNew => "SELECT 1 FROM repair WHERE new_device = $1",
            Self::Notice => "SELECT 1 FROM notice WHERE device = $1",
        }
    }
}

/// What the custodian signed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Rises with every sealing at a desk.
    pub number: u64,
    /// The one hash that stands for all rows.
    pub root: [u8; 32],
    /// The custodian's statement; `None` where rows were put in by something that is no desk.
    pub statement: Option<String>,
}

/// What is to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Over everything.
    pub hash: [u8; 32],
    /// The lists that are there.
    pub lists: Vec<String>,
}

/// Signs a root. It hears what stood there before, which must be the word of a custodian too, and gives the number and
/// the signed statement of the new one.
pub type Sign<'a> = dyn FnMut(Option<&Sealed>, &Root) -> Result<(u64, Option<String>), StoreError> + 'a;

/// Signs nothing: for who puts rows in without a desk.
#[allow(clippy::missing_errors_doc)]
pub fn unsigned(before: Option<&Sealed>, _root: &Root) -> Result<(u64, Option<String>), StoreError> {
    Ok((before.map_or(0, |sealed| sealed.number) + 1, None))
}

const SEALED: &str = "SELECT number, root, statement FROM sealed WHERE one = 1";

/// What was sealed last; `None` where nothing ever was.
pub fn sealed(conn: &Connection) -> Result<Option<Sealed>, StoreError> {
    Ok(conn
        .prepare_cached(SEALED)?
        .query_row([], |r| {
            let number = r.get::<_, i64>(0)?.unsigned_abs();
            Ok(Sealed { number, root: r.get(1)?, statement: r.get(2)? })
        })
        .optional()?)
}

/// The lists that are there.
pub(super) fn lists(conn: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT list FROM list_state ORDER BY list")?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Signs what the lists are now, and notes it.
fn write_sealed(
    conn: &Connection,
    before: Option<&Sealed>,
    sign: &mut Sign<'_>,
) -> Result<Sealed, StoreError> {
    let root = Root { hash: hash::root(conn)?, lists: lists(conn)? };
    let (number, statement) = sign(before, &root)?;
    let root = root.hash;
    conn.prepare_cached(
        "INSERT INTO sealed (one, number, root, statement) VALUES (1, $1, $2, $3) ON CONFLICT (one) DO UPDATE SET \
         number = excluded.number, root = excluded.root, statement = excluded.statement",
    )?
    .execute(params![i64::try_from(number).unwrap_or(i64::MAX), root.as_slice(), statement])?;
    Ok(Sealed { number, root, statement })
}

/// Seals everything that is there, whatever it was sealed as before: whoever signs it takes it for what it is.
pub fn seal_all(conn: &Connection, sign: &mut Sign<'_>) -> Result<Sealed, StoreError> {
    crate::store::write_tx(conn, |tx| {
        for strand in Strand::ALL {
            mark::seal_strand(tx, strand)?;
        }
        let before = sealed(tx)?;
        write_sealed(tx, before.as_ref(), sign)
    })
}

/// Whether the lists are empty: nothing was ever imported, or the file was made anew.
pub fn is_empty(conn: &Connection) -> Result<bool, StoreError> {
    if conn.prepare_cached("SELECT 1 FROM list_state LIMIT 1")?.exists([])? {
        return Ok(false);
    }
    for strand in Strand::ALL {
        if conn.prepare_cached(&format!("SELECT 1 FROM {} LIMIT 1", strand.table()))?.exists([])? {
            return Ok(false);
        }
    }
    Ok(true)
}

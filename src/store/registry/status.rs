//! Where each list stands.

use super::RegistryReader;
use crate::domain::{List, ListMode, Span, Time};
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension};

/// One list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListStatus {
    /// Which list.
    pub list: List,
    /// Rows in it now.
    pub rows: u64,
    /// Bytes of its tables and indexes; `None` where they were not counted.
    pub bytes: Option<u64>,
    /// The last import; `None` where the list was never imported.
    pub imported_at: Option<Time>,
    /// The file it came from.
    pub file_name: Option<String>,
}

impl ListStatus {
    /// How old the list is.
    pub fn age(&self, now: Time) -> Option<Span> {
        self.imported_at.map(|at| now.since(at))
    }
}

/// The whole registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryStatus {
    /// Every list, in the order of the contract.
    pub lists: Vec<ListStatus>,
    /// Bytes of the whole file, its write-ahead log not counted.
    pub bytes: u64,
    /// See [`generation`].
    pub generation: i64,
}

/// A number that rises with every import that changed something.
pub fn generation(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("SELECT number FROM generation WHERE one = 1")?.query_row([], |r| r.get(0))?)
}

impl RegistryReader<'_> {
    /// The lists that were imported here, whatever is left in them.
    pub fn there(&self) -> Result<Vec<List>, StoreError> {
        let mut stmt = self.statements().conn().prepare_cached("SELECT list FROM list_state")?;
        let names = stmt.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }
}

/// Whether these very bytes were the list's last import: importing them again would change nothing.
pub fn is_same_file(
    conn: &Connection,
    list: List,
    mode: ListMode,
    sha256: &[u8; 32],
) -> Result<bool, StoreError> {
    let last: Option<([u8; 32], String)> = conn
        .prepare_cached("SELECT sha256, mode FROM list_state WHERE list = $1")?
        .query_row([list.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    let Some((last, was)) = last else { return Ok(false) };
    // What is the whole list already has nothing to add to it.
    let covers = was == mode.as_str() || (was == "replace" && mode == ListMode::Merge);
    Ok(covers && last == *sha256)
}

/// Where each list stands. `weigh` counts the bytes of each list too, which reads every page of the file:
/// about a second a gigabyte.
pub fn status(conn: &Connection, weigh: bool) -> Result<RegistryStatus, StoreError> {
    let mut one =
        conn.prepare_cached("SELECT row_count, imported_at, file_name FROM list_state WHERE list = $1")?;
    let mut lists = Vec::with_capacity(List::ALL.len());
    for list in List::ALL.iter().copied() {
        let state: Option<(i64, i64, String)> =
            one.query_row([list.as_str()], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional()?;
        lists.push(ListStatus {
            list,
            rows: state.as_ref().map_or(0, |s| s.0.unsigned_abs()),
            bytes: if weigh { Some(bytes_of(conn, list)?) } else { None },
            imported_at: state.as_ref().map(|s| Time(s.1)),
            file_name: state.map(|s| s.2),
        });
    }
    let pages: i64 = conn.pragma_query_value(None, "page_count", |r| r.get(0))?;
    let page: i64 = conn.pragma_query_value(None, "page_size", |r| r.get(0))?;
    Ok(RegistryStatus { lists, bytes: (pages * page).unsigned_abs(), generation: generation(conn)? })
}

/// The b-trees that hold a list.
const fn trees(list: List) -> &'static [&'static str] {
    match list {
        List::Tacs => &["tac"],
        List::Devices => &["device", "alias"],
        List::Accounts => &["account"],
        List::Contacts => &["contact", "contact_value"],
        List::Bindings => &["binding", "binding_account"],
        List::Sightings => &["sighting", "sighting_msisdn", "sighting_iccid"],
        List::SimChanges => &["sim_change"],
        List::Sales => &["sale", "sale_device", "retailer"],
        List::Repairs => &["repair", "repair_old", "repair_new"],
        List::Notices => &["notice"],
    }
}

fn bytes_of(conn: &Connection, list: List) -> Result<u64, StoreError> {
    // dbstat is SQLite's own and compiled into the bundled library.
    let mut size = conn.prepare_cached("SELECT pgsize FROM dbstat WHERE name = $1 AND aggregate = TRUE")?;
    let mut sum = 0;
    for tree in trees(list) {
        sum += size.query_row([tree], |r| r.get::<_, i64>(0)).optional()?.unwrap_or(0).unsigned_abs();
    }
    Ok(sum)
}

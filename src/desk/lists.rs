//! Where the registry's lists stand.

use super::{Desk, Failure};
use crate::domain::{List, Time};
use crate::store::registry;

/// One list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ListStanding {
    /// Which list.
    pub list: List,
    /// Rows it holds.
    pub rows: u64,
    /// Bytes of its tables and indexes, where they were counted.
    pub bytes: Option<u64>,
    /// When it last came; `None` where it never did.
    pub imported_at: Option<Time>,
    /// How long ago that was.
    pub age_seconds: Option<i64>,
    /// Imported once, and not for more than the `stale_hours` of `config.toml`.
    pub stale: bool,
    /// The name of the file it last came in.
    pub file: Option<String>,
}

/// The whole registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryStanding {
    /// In the order of the contract.
    pub lists: Vec<ListStanding>,
    /// Of the whole database file.
    pub bytes: u64,
    /// Rises with every import that changed something.
    pub generation: i64,
    /// Hours after which a list is stale.
    pub stale_hours: i64,
}

impl Desk {
    /// Where each list stands. `weigh` counts the bytes of each, which reads the whole file.
    pub fn registry_status(&mut self, weigh: bool) -> Result<RegistryStanding, Failure> {
        let (now, stale_hours) = (self.now(), self.config.stale_hours);
        let status = registry::status(self.registry.conn(), weigh)?;
        let lists = status
            .lists
            .into_iter()
            .map(|l| {
                let age = l.age(now).map(|span| span.0);
                ListStanding {
                    list: l.list,
                    rows: l.rows,
                    bytes: l.bytes,
                    imported_at: l.imported_at,
                    age_seconds: age,
                    stale: age.is_some_and(|s| s > stale_hours * 3600),
                    file: l.file_name,
                }
            })
            .collect();
        Ok(RegistryStanding { lists, bytes: status.bytes, generation: status.generation, stale_hours })
    }
}

//! Which record a row stands on. A list may name a device before `devices` does: when a record comes that has
//! the identifier, the rows move to it, and back when the record loses it.

use super::seals::{Seals, Strand};
use crate::store::StoreError;
use rusqlite::{Connection, params};

/// Which lists hold rows that may have to move.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Held {
    binding: bool,
    sighting: bool,
    sale: bool,
    repair: bool,
    notice: bool,
}

impl Held {
    pub(super) fn look(conn: &Connection) -> Result<Self, StoreError> {
        let any = |sql| conn.prepare(sql)?.exists([]);
        Ok(Self {
            binding: any("SELECT 1 FROM binding LIMIT 1")?,
            sighting: any("SELECT 1 FROM sighting LIMIT 1")?,
            sale: any("SELECT 1 FROM sale LIMIT 1")?,
            repair: any("SELECT 1 FROM repair LIMIT 1")?,
            notice: any("SELECT 1 FROM notice LIMIT 1")?,
        })
    }

    /// Whether a new record may have bindings or sightings that came before it.
    pub(super) const fn folds(self) -> bool {
        self.binding || self.sighting
    }

    /// Moves the rows given by `key` from one place to another.
    pub(super) fn move_rows(
        self,
        conn: &Connection,
        seals: &mut Seals,
        key: i64,
        (from, to): (i64, i64),
    ) -> Result<(), StoreError> {
        if from == to {
            return Ok(());
        }
        self.touch_moved(conn, seals, key, (from, to))?;
        if self.binding {
            // The same binding may stand on both, named by two identifiers: a release on either counts.
            conn.prepare_cached(
                "INSERT INTO binding (device, bound_at, account, key, released_at, lost_mode_since) \
                 SELECT $1, bound_at, account, key, released_at, lost_mode_since FROM binding \
                 WHERE device = $2 AND key = $3 \
                 ON CONFLICT (device, bound_at, account) DO UPDATE SET \
                 released_at = CASE WHEN binding.released_at <= excluded.released_at OR excluded.released_at IS NULL \
                 THEN binding.released_at ELSE excluded.released_at END, \
                 lost_mode_since = coalesce(binding.lost_mode_since, excluded.lost_mode_since)",
            )?
            .execute([to, from, key])?;
            conn.prepare_cached("DELETE FROM binding WHERE device = $1 AND key = $2")?
                .execute([from, key])?;
        }
        let shift = |held: bool, sql| -> Result<(), StoreError> {
            if held {
                conn.prepare_cached(sql)?.execute(params![to, from, key])?;
            }
            Ok(())
        };
        shift(self.sighting, "UPDATE sighting SET device = $1 WHERE device = $2 AND key = $3")?;
        shift(self.sale, "UPDATE sale SET device = $1 WHERE device = $2 AND device <> 0 AND key = $3")?;
        shift(self.repair, "UPDATE repair SET old_device = $1 WHERE old_device = $2 AND old_key = $3")?;
        shift(self.repair, "UPDATE repair SET new_device = $1 WHERE new_device = $2 AND new_key = $3")?;
        shift(self.notice, "UPDATE notice SET device = $1 WHERE device = $2 AND key = $3")
    }
    /// Their seals, at both places.
    fn touch_moved(
        self,
        conn: &Connection,
        seals: &mut Seals,
        key: i64,
        (from, to): (i64, i64),
    ) -> Result<(), StoreError> {
        for (held, strand, sql) in [
            (self.binding, Strand::Binding, "SELECT 1 FROM binding WHERE device = $1 AND key = $2"),
            (self.sighting, Strand::Sighting, "SELECT 1 FROM sighting WHERE device = $1 AND key = $2"),
            (self.notice, Strand::Notice, "SELECT 1 FROM notice WHERE device = $1 AND key = $2"),
        ] {
            if held && conn.prepare_cached(sql)?.exists([from, key])? {
                seals.touch(conn, strand, from)?;
                seals.touch(conn, strand, to)?;
            }
        }
        if self.sale {
            let sql = "SELECT receipt FROM sale WHERE device = $1 AND device <> 0 AND key = $2";
            let mut statement = conn.prepare_cached(sql)?;
            let mut rows = statement.query([from, key])?;
            while let Some(row) = rows.next()? {
                seals.touch(conn, Strand::Sale, row.get(0)?)?;
            }
        }
        let repaired = "SELECT 1 FROM repair WHERE (old_device = $1 AND old_key = $2) \
             OR (new_device = $3 AND new_key = $4)";
        if self.repair && conn.prepare_cached(repaired)?.exists([from, key, from, key])? {
            seals.touch_all(conn, Strand::RepairOld)?;
            seals.touch_all(conn, Strand::RepairNew)?;
        }
        Ok(())
    }
}

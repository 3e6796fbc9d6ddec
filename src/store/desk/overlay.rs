//! Our own releases and notices, laid over what the lists say.

use rusqlite::{Connection, params};

use crate::domain::{DeviceKey, DeviceName, Imei, Serial, Time};
use crate::judgement::facts::Notice;
use crate::store::StoreError;
use crate::store::registry::Overlay;

/// Reads the desk's releases and notices. Empty tables cost nothing: a desk that has released and noticed
/// nothing is not asked.
pub struct DeskOverlay<'a> {
    conn: &'a Connection,
    any_release: bool,
    any_notice: bool,
}

impl<'a> DeskOverlay<'a> {
    /// An overlay as of now; make a new one for each screen or batch.
    pub fn new(conn: &'a Connection) -> Result<Self, StoreError> {
        let any = |sql: &str| -> Result<bool, StoreError> { Ok(conn.prepare_cached(sql)?.exists([])?) };
        Ok(Self {
            conn,
            any_release: any("SELECT 1 FROM release LIMIT 1")?,
            any_notice: any("SELECT 1 FROM desk_notice LIMIT 1")?,
        })
    }
}

impl Overlay for DeskOverlay<'_> {
    fn released(&mut self, record: i64, account: i64, bound_at: Time) -> Result<Option<Time>, StoreError> {
        if !self.any_release {
            return Ok(None);
        }
        // A binding that began before we released this device from this account is released with it.
        let mut stmt = self.conn.prepare_cached(
            "SELECT max(released_at) FROM release WHERE record = $1 AND account = $2 AND released_at >= $3",
        )?;
        Ok(stmt
            .query_row(params![record, account, bound_at.0], |row| row.get::<_, Option<i64>>(0))?
            .map(Time))
    }

    fn notices(&mut self, key: DeviceKey) -> Result<Vec<Notice>, StoreError> {
        if !self.any_notice {
            return Ok(Vec::new());
        }
        let mut stmt = self.conn.prepare_cached(
            "SELECT name, kind, status, reported_at, cleared_at, lapses_at, id, ticket FROM desk_notice WHERE key = $1",
        )?;
        let mut rows = stmt.query([key.0])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let nonsense = |what| StoreError::Nonsense { what };
            let name: String = row.get(0)?;
            let on = match Imei::parse(&name) {
                Ok(imei) => DeviceName::Imei(imei),
                Err(_) => DeviceName::Serial(Serial::parse(&name).map_err(|_| nonsense("device name"))?),
            };
            let ticket: i64 = row.get(7)?;
            found.push(Notice {
                on,
                kind: row.get::<_, String>(1)?.parse().map_err(|_| nonsense("kind of notice"))?,
                status: row.get::<_, String>(2)?.parse().map_err(|_| nonsense("status of a notice"))?,
                reported_at: Time(row.get(3)?),
                cleared_at: row.get::<_, Option<i64>>(4)?.map(Time),
                lapses_at: row.get::<_, Option<i64>>(5)?.map(Time),
                source: Some(format!("this desk, ticket {ticket}")),
                reference: Some(format!("desk-{}", row.get::<_, i64>(6)?)),
            });
        }
        Ok(found)
    }
}

//! Short texts by number: models, regions, brands, sources; retailers; serial numbers.

use crate::domain::{DeviceKey, DeviceName, Serial};
use crate::store::{Statements, StoreError};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::sync::Arc;

/// Texts kept in memory on either side; above it the memory starts anew.
const MOST: usize = 1 << 16;

/// The numbers of texts, for importing.
#[derive(Debug, Default)]
pub(super) struct Words(HashMap<Box<str>, i64>);

impl Words {
    /// The number of a text, a new one where it has none yet. Blank text has none.
    pub(super) fn number(
        &mut self,
        conn: &Connection,
        text: Option<&str>,
    ) -> Result<Option<i64>, StoreError> {
        let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
        if let Some(id) = self.0.get(text) {
            return Ok(Some(*id));
        }
        let known = conn
            .prepare_cached("SELECT id FROM word WHERE text = $1")?
            .query_row([text], |r| r.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => conn
                .prepare_cached("INSERT INTO word (text) VALUES ($1) RETURNING id")?
                .query_row([text], |r| r.get(0))?,
        };
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(text.into(), id);
        Ok(Some(id))
    }
}

/// The texts of numbers, for reading.
#[derive(Debug, Default)]
pub(super) struct Texts(HashMap<i64, Arc<str>>);

impl Texts {
    pub(super) fn text(
        &mut self,
        conn: &Connection,
        id: Option<i64>,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        if let Some(text) = self.0.get(&id) {
            return Ok(Some(text.clone()));
        }
        let text: Arc<str> = conn.prepare_cached(WORD)?.query_row([id], |r| r.get::<_, String>(0))?.into();
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(id, text.clone());
        Ok(Some(text))
    }

    pub(super) fn owned(&mut self, conn: &Connection, id: Option<i64>) -> Result<Option<String>, StoreError> {
        Ok(self.text(conn, id)?.map(|t| t.as_ref().to_owned()))
    }
}

pub(super) const WORD: &str = "SELECT text FROM word WHERE id = $1";
pub(super) const SERIAL: &str = "SELECT text FROM serial_text WHERE key = $1";
pub(super) const DEVICE_SERIAL: &str = "SELECT serial FROM device WHERE id = $1";
pub(super) const ALIAS: &str = "SELECT device FROM alias WHERE key = $1";

/// The record that has a key as a further identifier.
pub(super) fn alias(conn: &Connection, key: i64) -> Result<Option<i64>, StoreError> {
    Ok(conn.prepare_cached(ALIAS)?.query_row([key], |r| r.get(0)).optional()?)
}

/// The identifier a key stands for, where its text is on record.
pub(super) fn name_of(statements: &Statements<'_>, key: i64) -> Result<Option<DeviceName>, StoreError> {
    if let Some(imei) = DeviceKey(key).imei() {
        return Ok(Some(DeviceName::Imei(imei)));
    }
    let mut text: Option<String> = statements.statement(SERIAL)?.query_row([key], |r| r.get(0)).optional()?;
    if text.is_none() {
        let record = alias(statements.conn(), key)?.unwrap_or(key);
        text = statements.statement(DEVICE_SERIAL)?.query_row([record], |r| r.get(0)).optional()?.flatten();
    }
    Ok(text.and_then(|t| serial(&t)).map(DeviceName::Serial))
}

/// A serial number from the store. It was in form when it was imported.
pub(super) fn serial(text: &str) -> Option<Serial> {
    Serial::parse(text).ok()
}

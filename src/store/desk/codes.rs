//! One-time codes: only a salted hash is kept.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{Channel, Contact, Request, Time};
use crate::store::StoreError;

/// A code to be stored.
pub struct NewCode<'a> {
    /// The ticket.
    pub ticket: i64,
    /// Which way it goes.
    pub channel: Channel,
    /// To whom.
    pub to: &'a Contact,
    /// The account it is about.
    pub account: Option<i64>,
    /// What is asked for; whoever reads it back says yes to that alone.
    pub request: Request,
    /// On which device.
    pub device: Option<i64>,
    /// When.
    pub sent_at: Time,
    /// Until when it may be read back.
    pub expires_at: Time,
    /// Who sent it.
    pub sent_by: &'a str,
    /// Salt of the hash.
    pub salt: [u8; 16],
    /// SHA-256 of salt, ticket, channel and code.
    pub hash: [u8; 32],
}

/// A code that was sent last and may still be read back.
pub struct OpenCode {
    /// Its number.
    pub id: i64,
    /// Until when it may be read back.
    pub expires_at: Time,
    /// Salt of the hash.
    pub salt: [u8; 16],
    /// What the right code hashes to.
    pub hash: [u8; 32],
    /// Wrong answers so far.
    pub wrong: i64,
    /// It was read back.
    pub confirmed: bool,
}

/// Stores a code; its number.
pub fn add(conn: &Connection, c: &NewCode<'_>) -> Result<i64, StoreError> {
    conn.prepare_cached(
        "INSERT INTO code
           (ticket, channel, kind, value, account, request, device, sent_at, expires_at, sent_by, salt, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )?
    .execute(params![
        c.ticket,
        c.channel.as_str(),
        c.to.kind().as_str(),
        c.to.plain(),
        c.account,
        c.request.as_str(),
        c.device,
        c.sent_at.0,
        c.expires_at.0,
        c.sent_by,
        &c.salt[..],
        &c.hash[..]
    ])?;
    Ok(conn.last_insert_rowid())
}

/// The newest code of a channel.
pub fn newest(conn: &Connection, ticket: i64, channel: Channel) -> Result<Option<OpenCode>, StoreError> {
    Ok(conn
        .prepare_cached(
            // By the index of tickets, whose rows are compared with the log.
            "SELECT id, expires_at, salt, hash, (SELECT count(*) FROM wrong_code WHERE wrong_code.ticket = code.ticket
               AND +wrong_code.code = code.id), confirmed_at FROM code WHERE ticket = $1 AND channel = $2 AND void = 0 ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![ticket, channel.as_str()], |row| {
            Ok(OpenCode {
                id: row.get(0)?,
                expires_at: Time(row.get(1)?),
                salt: row.get(2)?,
                hash: row.get(3)?,
                wrong: row.get(4)?,
                confirmed: row.get::<_, Option<i64>>(5)?.is_some(),
            })
        })
        .optional()?)
}

/// The code was read back.
pub fn confirm(conn: &Connection, code: i64, at: Time) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE code SET confirmed_at = $1 WHERE id = $2")?.execute(params![at.0, code])?;
    Ok(())
}

/// A wrong code was read back.
pub fn add_wrong(conn: &Connection, ticket: i64, code: i64, at: Time, by: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO wrong_code (code, ticket, at, by) VALUES ($1, $2, $3, $4)")?
        .execute(params![code, ticket, at.0, by])?;
    Ok(())
}

/// Codes of a ticket no longer count (it was reopened).
pub fn void_all(conn: &Connection, ticket: i64) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE code SET void = 1 WHERE ticket = $1")?.execute([ticket])?;
    Ok(())
}

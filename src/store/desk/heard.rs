//! Answers of owners that named no code: who has heard of them, and which are still unheard.

use rusqlite::Connection;

use crate::store::StoreError;

/// How many answers of the owner on this ticket nobody has said they heard.
pub fn unheard(conn: &Connection, ticket: i64) -> Result<i64, StoreError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM mail WHERE ticket = $1 AND notice = 1 AND heard_by IS NULL")?
        .query_row([ticket], |row| row.get(0))?)
}

/// Somebody has read what the owner wrote; how many answers that were.
pub fn heard(conn: &Connection, ticket: i64, by: &str) -> Result<usize, StoreError> {
    Ok(conn
        .prepare_cached(
            "UPDATE mail SET heard_by = $1 WHERE ticket = $2 AND notice = 1 AND heard_by IS NULL",
        )?
        .execute(rusqlite::params![by, ticket])?)
}

/// Tickets whose mails offer this very text, which nobody has confirmed or put aside.
pub fn offering(conn: &Connection, text: &str) -> Result<Vec<i64>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT DISTINCT m.ticket FROM offer o JOIN mail m ON m.id = o.mail
         WHERE o.text = $1 AND o.kind <> 'file' AND o.state = 'offered' ORDER BY 1 DESC LIMIT 200",
    )?;
    let rows = stmt.query_map([text], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! What of tickets is searched: claims, standing evidence and notes, read for many tickets at once.

use std::borrow::Cow;
use std::fmt;

use rusqlite::{Connection, params};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::domain::CaseColumn;
use crate::domain::search::Sort;
use crate::store::StoreError;

pub(super) const CLAIMS: &str =
    "SELECT id, given, reference, request FROM ticket WHERE id BETWEEN $1 AND $2 ORDER BY id DESC";
pub(super) const EVIDENCE: &str = "SELECT ticket, given FROM evidence WHERE ticket BETWEEN $1 AND $2 \
    AND removed_at IS NULL ORDER BY ticket";
pub(super) const NOTES: &str =
    "SELECT ticket, text FROM note WHERE ticket BETWEEN $1 AND $2 AND removed_at IS NULL ORDER BY ticket";

/// What one ticket is found by.
pub struct Texts<'a> {
    /// Its number.
    pub id: i64,
    /// Each text, and how it is searched.
    pub all: Vec<(Sort, &'a str)>,
}

/// Columns as given, in the order in which they are kept.
struct Given<'a>(Vec<(Text<'a>, Text<'a>)>);

#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Given<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Given<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given<'de>, A::Error> {
                let mut pairs = Vec::with_capacity(12);
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Given(pairs))
            }
        }
        from.deserialize_map(Pairs)
    }
}

impl<'a> Given<'a> {
    fn read(text: &'a str) -> Result<Self, StoreError> {
        serde_json::from_str(text).map_err(|_| StoreError::Nonsense { what: "claim" })
    }

    fn texts(&self) -> impl Iterator<Item = (Sort, &str)> {
        self.0.iter().filter_map(|(name, text)| {
            let column: CaseColumn = name.0.parse().ok()?;
            Some((Sort::of(column)?, text.0.as_ref()))
        })
    }
}

/// Rows of many tickets, in their order.
fn rows(conn: &Connection, sql: &str, low: i64, high: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let mut stmt = conn.prepare_cached(sql)?;
    let rows = stmt.query_map(params![low, high], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn of(rows: &[(i64, String)], ticket: i64) -> &[(i64, String)] {
    let (from, to) =
        (rows.partition_point(|(id, _)| *id < ticket), rows.partition_point(|(id, _)| *id <= ticket));
    rows.get(from..to).unwrap_or_default()
}

/// Tells the texts of every ticket between two numbers, both included, the newest first.
pub fn each(
    conn: &Connection,
    (low, high): (i64, i64),
    mut each: impl FnMut(&Texts<'_>),
) -> Result<(), StoreError> {
    let nonsense = |what: &'static str| StoreError::Nonsense { what };
    let evidence = rows(conn, EVIDENCE, low, high)?;
    let notes = rows(conn, NOTES, low, high)?;
    let mut stmt = conn.prepare_cached(CLAIMS)?;
    let mut claims = stmt.query(params![low, high])?;
    while let Some(row) = claims.next()? {
        let id = row.get(0)?;
        let word = |i: usize, what: &'static str| row.get_ref(i)?.as_str().map_err(|_| nonsense(what));
        let given = Given::read(word(1, "claim")?)?;
        let reference = row.get_ref(2)?.as_str_or_null().map_err(|_| nonsense("reference"))?;
        let items: Vec<Given<'_>> =
            of(&evidence, id).iter().map(|(_, text)| Given::read(text)).collect::<Result<_, _>>()?;
        let mut all = Vec::with_capacity(24);
        all.extend(reference.map(|text| (Sort::Identifier, text)));
        all.push((Sort::Words, word(3, "request")?));
        all.extend(given.texts());
        all.extend(items.iter().flat_map(Given::texts));
        all.extend(of(&notes, id).iter().map(|(_, text)| (Sort::Words, text.as_str())));
        each(&Texts { id, all });
    }
    Ok(())
}

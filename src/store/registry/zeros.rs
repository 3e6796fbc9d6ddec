//! The guard against lost leading zeros: a spreadsheet makes 14 digits of `0…`, and 14 digits are an IMEI too.

use crate::domain::Imei;
use crate::store::StoreError;
use crate::words::Phrase;
use rusqlite::Connection;
use std::collections::HashSet;

/// The smallest body that begins with 1, and with 2.
const ONES: std::ops::Range<u64> = 10_000_000_000_000..20_000_000_000_000;

/// Counts the IMEIs of a file by their first digit.
#[derive(Debug, Default)]
pub(super) struct Zeros {
    zero: u64,
    one: u64,
    /// Of `one`: those that are a type and a check digit of the TAC table with a 0 before them.
    lost: u64,
    /// The allocations that begin with 0; read when the first IMEI with a 1 comes.
    tacs: Option<HashSet<u32>>,
}

impl Zeros {
    pub(super) fn note(&mut self, conn: &Connection, imei: Imei) -> Result<(), StoreError> {
        let body = imei.body();
        if body < ONES.start {
            self.zero += 1;
        } else if ONES.contains(&body) {
            self.one += 1;
            // With the zero back, the last of the fourteen digits is the check digit.
            let Some(whole) = Imei::from_body(body / 10) else { return Ok(()) };
            let tacs = match &mut self.tacs {
                Some(tacs) => tacs,
                none => none.insert(read(conn)?),
            };
            if body % 10 == u64::from(whole.check_digit()) && tacs.contains(&whole.tac()) {
                self.lost += 1;
            }
        }
        Ok(())
    }

    /// The sentence, where zeros were lost.
    pub(super) fn problem(&self) -> Option<Phrase> {
        (self.one > self.zero && self.lost * 2 > self.one).then(|| {
            Phrase::of("row-zeros")
                .with("one", self.one.to_string())
                .with("zero", self.zero.to_string())
                .with("lost", self.lost.to_string())
        })
    }
}

fn read(conn: &Connection) -> Result<HashSet<u32>, StoreError> {
    let mut statement = conn.prepare("SELECT tac FROM tac WHERE tac < 10000000")?;
    let tacs = statement.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(tacs)
}

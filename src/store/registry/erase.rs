//! One person's rows of the lists: contacts, the name on their account, the number's changes and sightings.
//!
//! Accounts and bindings stay, without a name: a device is not released by forgetting who has it. Whoever sends the
//! lists has to drop the person too, or the next one brings them back.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::fold::Touched;
use super::seals::{Seals, Sign, Strand};
use crate::domain::{Contact, List};
use crate::store::{Statements, StoreError, fold_log, write_tx};

/// Rows that went, or would go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Of the list `contacts`, and logins of accounts.
    pub contacts: u64,
    /// Names of accounts.
    pub names: u64,
    /// Sightings of the number.
    pub sightings: u64,
    /// Changes of its SIM.
    pub sim_changes: u64,
}

impl Erased {
    /// All of them.
    pub const fn rows(&self) -> u64 {
        self.contacts + self.names + self.sightings + self.sim_changes
    }
}

const CONTACTS: &str = "SELECT count(*) FROM contact WHERE value = $1";
/// Whoever had the number or address before has a name of their own.
const NAMES: &str = "SELECT no FROM account WHERE name IS NOT NULL AND no IN \
    (SELECT account FROM contact WHERE value = $1 AND replaced_at IS NULL)";
const SIGHTINGS: &str = "SELECT count(*) FROM sighting WHERE msisdn = $1";
const SIM_CHANGES: &str = "SELECT count(*) FROM sim_change WHERE msisdn = $1";

/// How many rows name these contacts.
pub fn count(conn: &Connection, contacts: &[Contact]) -> Result<Erased, StoreError> {
    let (mut all, mut named) = (Erased::default(), BTreeSet::new());
    for contact in contacts {
        let of = |sql: &str, value: &dyn rusqlite::ToSql| -> Result<u64, StoreError> {
            let n: i64 = conn.prepare_cached(sql)?.query_row([value], |row| row.get(0))?;
            Ok(n.unsigned_abs())
        };
        let value = contact.plain();
        all.contacts += of(CONTACTS, &value)?;
        let mut stmt = conn.prepare_cached(NAMES)?;
        let mut rows = stmt.query([&value])?;
        while let Some(row) = rows.next()? {
            named.insert(row.get::<_, i64>(0)?);
        }
        if let Contact::Phone(phone) = contact {
            let number = super::int(phone.digits());
            all.sightings += of(SIGHTINGS, &number)?;
            all.sim_changes += of(SIM_CHANGES, &number)?;
        }
    }
    all.names = named.len() as u64;
    Ok(all)
}

/// Takes them out, in one transaction; what is deleted is overwritten with zeroes. The custodian signs what is left.
pub fn erase(conn: &Connection, contacts: &[Contact], sign: &mut Sign<'_>) -> Result<Erased, StoreError> {
    conn.pragma_update(None, "secure_delete", "ON")?;
    let erased = write_tx(conn, |tx| {
        let mut all = Erased::default();
        let (mut touched, mut seals) = (Touched::of(List::Sightings, false), Seals::begin(tx)?);
        let statements = &Statements::new(tx);
        for contact in contacts {
            touch(tx, contact, &mut seals)?;
            one(statements, contact, &mut all, &mut touched)?;
        }
        touched.fold(statements)?;
        for (list, gone) in [(List::Sightings, all.sightings), (List::SimChanges, all.sim_changes)] {
            tx.prepare_cached("UPDATE list_state SET row_count = row_count - $1 WHERE list = $2")?
                .execute(params![super::int(gone), list.as_str()])?;
        }
        if all.rows() > 0 {
            tx.execute("UPDATE generation SET number = number + 1 WHERE one = 1", [])?;
            seals.seal(tx, sign)?;
        }
        Ok::<_, StoreError>(all)
    })?;
    fold_log(conn)?;
    Ok(erased)
}

/// The seals of every row that goes or changes.
fn touch(tx: &Connection, contact: &Contact, seals: &mut Seals) -> Result<(), StoreError> {
    let value = contact.plain();
    let mut stmt = tx.prepare_cached("SELECT account FROM contact WHERE value = $1")?;
    let mut rows = stmt.query([&value])?;
    while let Some(row) = rows.next()? {
        seals.touch(tx, Strand::Contact, row.get(0)?)?;
        seals.touch(tx, Strand::Account, row.get(0)?)?;
    }
    if let Contact::Phone(phone) = contact {
        let number = super::int(phone.digits());
        let mut stmt = tx.prepare_cached("SELECT device FROM sighting WHERE msisdn = $1")?;
        let mut rows = stmt.query([number])?;
        while let Some(row) = rows.next()? {
            seals.touch(tx, Strand::Sighting, row.get(0)?)?;
        }
        seals.touch(tx, Strand::SimChange, number)?;
    }
    Ok(())
}

fn one(
    statements: &Statements<'_>,
    contact: &Contact,
    all: &mut Erased,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let (tx, value) = (statements.conn(), contact.plain());
    let changed = |sql: &str, value: &dyn rusqlite::ToSql| -> Result<u64, StoreError> {
        Ok(tx.prepare_cached(sql)?.execute([value])? as u64)
    };
    all.names += changed(
        "UPDATE account SET name = NULL WHERE name IS NOT NULL AND no IN \
         (SELECT account FROM contact WHERE value = $1 AND replaced_at IS NULL)",
        &value,
    )?;
    let listed: i64 = tx
        .prepare_cached("SELECT count(*) FROM contact WHERE value = $1 AND in_contacts = 1")?
        .query_row([&value], |row| row.get(0))?;
    all.contacts += changed("DELETE FROM contact WHERE value = $1", &value)?;
    tx.prepare_cached("UPDATE list_state SET row_count = row_count - $1 WHERE list = 'contacts'")?
        .execute([listed])?;
    if let Contact::Phone(phone) = contact {
        let number = super::int(phone.digits());
        let mut stmt = tx.prepare_cached("SELECT DISTINCT device FROM sighting WHERE msisdn = $1")?;
        let devices: Vec<i64> =
            stmt.query_map([number], |row| row.get(0))?.collect::<Result<_, rusqlite::Error>>()?;
        all.sightings += changed("DELETE FROM sighting WHERE msisdn = $1", &number)?;
        all.sim_changes += changed("DELETE FROM sim_change WHERE msisdn = $1", &number)?;
        for device in devices {
            touched.note(statements, device)?;
        }
    }
    Ok(())
}

//! Rows of `accounts`, `contacts` and `bindings`.

use super::fold::Bound;
use super::import::{ImportError, ListImport, Put};
use super::seals::{Cell, Strand};
use super::seen::key_of;
use crate::domain::{AccountId, AccountRow, BindingRow, Contact, ContactRow, Time};
use crate::store::StoreError;
use rusqlite::{OptionalExtension, params};

const fn seconds(time: Option<Time>) -> Option<i64> {
    match time {
        Some(time) => Some(time.0),
        None => None,
    }
}

impl ListImport<'_> {
    pub(super) fn put_account(&mut self, line: u64, row: &AccountRow) -> Result<Put, ImportError> {
        let no = row.account_id.key().0;
        let region = self.words.number(&self.tx, row.region.as_deref())?;
        let language = self.words.number(&self.tx, row.language.as_deref())?;
        let (registered, signed_in) = (seconds(row.registered_at), seconds(row.last_sign_in_at));
        let new =
            (row.name.clone(), region, language, Some(row.state.as_str().to_owned()), registered, signed_in);
        let cells = [
            Cell::Number(Some(no)),
            Cell::Text(Some(row.account_id.as_str())),
            Cell::Text(new.0.as_deref()),
            Cell::Number(new.1),
            Cell::Number(new.2),
            Cell::Text(new.3.as_deref()),
            Cell::Number(new.4),
            Cell::Number(new.5),
        ];
        let put = if self.add(Strand::Account, [no, 0, 0, 0, 0, 0], &cells)? {
            Put::Added
        } else {
            let (id, old) = self
                .tx
                .prepare_cached(
                    "SELECT account_id, name, region, language, state, registered_at, last_sign_in_at \
                     FROM account WHERE no = $1",
                )?
                .query_row([no], |r| {
                    let id: String = r.get(0)?;
                    Ok((id, (r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?)))
                })?;
            same_account(&id, &row.account_id)?;
            if old == new && self.own_contacts(no)? == wanted(row) {
                Put::Unchanged
            } else {
                // An account that only other lists named so far is new to this one.
                let put = if old.3.is_none() { Put::Added } else { Put::Updated };
                if put == Put::Updated {
                    self.may_update(line, no)?;
                }
                self.tx
                    .prepare_cached(
                        "UPDATE account SET name = $1, region = $2, language = $3, state = $4, \
                         registered_at = $5, last_sign_in_at = $6 WHERE no = $7",
                    )?
                    .execute(params![new.0, new.1, new.2, new.3, new.4, new.5, no])?;
                self.seal(Strand::Account, no)?;
                self.drop_own_contacts(no)?;
                put
            }
        };
        if put != Put::Unchanged {
            self.add_own_contacts(no, row)?;
        }
        self.note_seen(no)?;
        Ok(put)
    }

    /// What the account's own row names now.
    fn own_contacts(&self, no: i64) -> Result<Vec<String>, StoreError> {
        let mut own = self.tx.prepare_cached(
            "SELECT value FROM contact WHERE account = $1 AND in_account = 1 ORDER BY value",
        )?;
        let rows = own.query_map([no], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn drop_own_contacts(&mut self, no: i64) -> Result<(), StoreError> {
        let gone = self
            .tx
            .prepare_cached("DELETE FROM contact WHERE account = $1 AND in_contacts = 0")?
            .execute([no])?;
        let left =
            self.tx.prepare_cached("UPDATE contact SET in_account = 0 WHERE account = $1")?.execute([no])?;
        if gone + left > 0 { self.seal(Strand::Contact, no) } else { Ok(()) }
    }

    fn add_own_contacts(&mut self, no: i64, row: &AccountRow) -> Result<(), StoreError> {
        for (nth, value) in (0..).zip(wanted(row)) {
            let [none, known, account] = [None, Some(1), Some(no)].map(Cell::Number);
            let cells = [account, Cell::Text(Some(&value)), none, none, Cell::Number(Some(0)), known];
            let place = [no, nth, 0, 0, 0, 0];
            if self.add_fresh(Strand::Contact, place, &cells)? {
                continue;
            }
            self.tx
                .prepare_cached(
                    "INSERT INTO contact (account, value, in_contacts, in_account) VALUES ($1, $2, 0, 1) \
                     ON CONFLICT (account, value) DO UPDATE SET in_account = 1",
                )?
                .execute(params![no, value])?;
            self.seal_new(Strand::Contact, place, &cells)?;
        }
        Ok(())
    }

    /// Makes sure that an account named by another list has a row to stand on.
    fn name_account(&mut self, id: &AccountId) -> Result<i64, StoreError> {
        let no = id.key().0;
        if self.account_is_there {
            return Ok(no);
        }
        let known: Option<String> =
            self.tx.prepare_cached(super::there::ACCOUNT_ID)?.query_row([no], |r| r.get(0)).optional()?;
        if let Some(known) = known {
            same_account(&known, id)?;
        } else {
            self.tx
                .prepare_cached("INSERT INTO account (no, account_id) VALUES ($1, $2)")?
                .execute(params![no, id.as_str()])?;
            self.seal(Strand::Account, no)?;
        }
        Ok(no)
    }

    pub(super) fn put_contact(&mut self, line: u64, row: &ContactRow) -> Result<Put, ImportError> {
        let account = self.name_account(&row.account_id)?;
        let value = row.contact.plain();
        let (verified, replaced) = (seconds(row.verified_at), seconds(row.replaced_at));
        let key = key_of((account, &value));
        let added = self
            .statements
            .statement(
                "INSERT INTO contact (account, value, verified_at, replaced_at, in_contacts, in_account) \
                 VALUES ($1, $2, $3, $4, 1, 0) ON CONFLICT (account, value) DO UPDATE SET \
                 verified_at = excluded.verified_at, replaced_at = excluded.replaced_at, in_contacts = 1 \
                 WHERE in_contacts = 0",
            )?
            .execute(params![account, value, verified, replaced])?;
        let put = if added == 1 {
            Put::Added
        } else {
            let old = self
                .tx
                .prepare_cached(
                    "SELECT verified_at, replaced_at FROM contact WHERE account = $1 AND value = $2",
                )?
                .query_row(params![account, value], |r| Ok((r.get(0)?, r.get(1)?)))?;
            if old == (verified, replaced) {
                Put::Unchanged
            } else {
                self.may_update(line, key)?;
                self.tx
                    .prepare_cached(
                        "UPDATE contact SET verified_at = $1, replaced_at = $2 WHERE account = $3 AND value = $4",
                    )?
                    .execute(params![verified, replaced, account, value])?;
                Put::Updated
            }
        };
        if put != Put::Unchanged {
            self.seal(Strand::Contact, account)?;
        }
        self.note_seen(key)?;
        Ok(put)
    }

    pub(super) fn put_binding(&mut self, line: u64, row: &BindingRow) -> Result<Put, ImportError> {
        let account = self.name_account(&row.account_id)?;
        let key = self.named(&row.device)?;
        let device = self.node(key)?;
        let new = (seconds(row.released_at), seconds(row.lost_mode_since));
        let seen = key_of((device, row.bound_at.0, account));
        let at = row.bound_at.0;
        let cells = [Some(device), Some(at), Some(account), Some(key), new.0, new.1].map(Cell::Number);
        let put = if self.add(Strand::Binding, [device, at, account, 0, 0, 0], &cells)? {
            Put::Added
        } else {
            let old = self
                .tx
                .prepare_cached(
                    "SELECT released_at, lost_mode_since FROM binding \
                     WHERE device = $1 AND bound_at = $2 AND account = $3",
                )?
                .query_row([device, row.bound_at.0, account], |r| Ok((r.get(0)?, r.get(1)?)))?;
            if old == new {
                Put::Unchanged
            } else {
                self.may_update(line, seen)?;
                self.tx
                    .prepare_cached(
                        "UPDATE binding SET released_at = $1, lost_mode_since = $2 \
                         WHERE device = $3 AND bound_at = $4 AND account = $5",
                    )?
                    .execute(params![new.0, new.1, device, row.bound_at.0, account])?;
                Put::Updated
            }
        };
        if put != Put::Unchanged {
            let bound = Bound { account, at, released: new.0.is_some(), lost: new.1 };
            self.touched.bound(&self.statements, device, bound)?;
        }
        if put == Put::Updated {
            self.seal(Strand::Binding, device)?;
        }
        self.note_seen(seen)?;
        Ok(put)
    }
}

/// The contacts an account's own row names, in the order of the table.
fn wanted(row: &AccountRow) -> Vec<String> {
    let email = row.email.clone().map(Contact::Email);
    let phone = row.phone.map(Contact::Phone);
    let mut values: Vec<String> = email.into_iter().chain(phone).map(|c| c.plain()).collect();
    values.sort_unstable();
    values
}

fn same_account(stored: &str, given: &AccountId) -> Result<(), StoreError> {
    if stored == given.as_str() { Ok(()) } else { Err(StoreError::Collision { what: "account id" }) }
}

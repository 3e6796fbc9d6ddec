//! Accounts: what the claimed logins lead to, and everything that hangs on one account.

use super::facts::{Overlay, word};
use super::names;
use super::reader::RegistryReader;
use super::resolve::Resolved;
use super::seals::Strand;
use super::sims::LAST_CHANGE;
use crate::domain::{AccountClaim, AccountState, Contact, Email, Phone, Time, good};
use crate::judgement::Wants;
use crate::judgement::facts::{Account, AccountContact, AccountNo, BoundDevice, ClaimedAccount};
use crate::store::StoreError;
use rusqlite::types::ValueRef;

pub(super) const ACCOUNT: &str = "SELECT account_id, name, region, state, registered_at, last_sign_in_at \
    FROM account WHERE no = $1";
pub(super) const CONTACTS: &str = "SELECT value, verified_at, replaced_at FROM contact WHERE account = $1";
/// Devices ever bound to an account, at most the newest 500.
pub(super) const DEVICES: &str = "SELECT device, key, bound_at, released_at FROM binding WHERE account = $1 \
    ORDER BY bound_at DESC LIMIT 500";
/// Accounts whose current contact a value is, at most 1000.
pub(super) const BY_CONTACT: &str = "SELECT account, verified_at FROM contact \
    WHERE value = $1 AND replaced_at IS NULL LIMIT 1000";

/// The row of an account; without a state it is named by other lists only.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) account_id: String,
    name: Option<String>,
    region: Option<i64>,
    state: Option<AccountState>,
    registered_at: Option<Time>,
    last_sign_in_at: Option<Time>,
}

/// An account that a login may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) no: AccountNo,
    verified: bool,
    active: bool,
}

impl RegistryReader<'_> {
    /// Where the claimed logins lead; `None` where none in form was given.
    pub(super) fn claimed(
        &self,
        claim: &AccountClaim,
        resolved: &mut Resolved,
    ) -> Result<Option<ClaimedAccount>, StoreError> {
        let mut logins: Vec<Vec<Candidate>> = Vec::new();
        if let Some(id) = good(claim.id.as_ref()) {
            let no = id.key().0;
            let found = resolved.account(self, no)?.filter(|a| a.account_id == id.as_str());
            let active = |state| state == AccountState::Active;
            let candidate = found.and_then(|a| a.state).map(|state| Candidate {
                no,
                verified: true,
                active: active(state),
            });
            logins.push(candidate.into_iter().collect());
        }
        if let Some(email) = good(claim.email.as_ref()) {
            logins.push(self.by_contact(&Contact::Email(email.clone()), resolved)?);
        }
        if let Some(phone) = good(claim.phone.as_ref()) {
            logins.push(self.by_contact(&Contact::Phone(*phone), resolved)?);
        }
        Ok((!logins.is_empty()).then(|| choose(&logins)))
    }

    /// Accounts that have a value among their current contacts.
    pub(super) fn by_contact(
        &self,
        contact: &Contact,
        resolved: &mut Resolved,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut statement = self.statement(BY_CONTACT)?;
        let mut rows = statement.query([contact.plain()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let no = row.get(0)?;
            self.note(Strand::Contact, no);
            if let Some(state) = resolved.account(self, no)?.and_then(|a| a.state) {
                let verified_at = row.get::<_, Option<i64>>(1)?.map(Time);
                let verified = verified_at.is_some();
                found.push(Candidate { no, verified, active: state == AccountState::Active });
                if verified {
                    let contact = contact.clone();
                    let met =
                        AccountContact { contact, verified_at, replaced_at: None, sim_changed_at: None };
                    resolved.verified.push((no, met));
                }
            }
        }
        Ok(found)
    }

    /// An account of the accounts list, with its devices and contacts; `enough` are the only contacts that matter,
    /// where it is not empty.
    pub(super) fn account(
        &mut self,
        no: AccountNo,
        enough: Vec<AccountContact>,
        resolved: &mut Resolved,
        wants: Wants,
        overlay: &mut dyn Overlay,
    ) -> Result<Option<Account>, StoreError> {
        let Some(head) = resolved.account(self, no)?.cloned() else { return Ok(None) };
        // Named by other lists only: not known.
        let Some(state) = head.state else { return Ok(None) };
        Ok(Some(Account {
            no,
            account_id: head.account_id,
            name: head.name,
            region: self.text(head.region)?,
            state,
            registered_at: head.registered_at,
            last_sign_in_at: head.last_sign_in_at,
            contacts: if enough.is_empty() { self.contacts(no, wants)? } else { enough },
            devices: if wants.bound_devices {
                self.bound_devices(no, resolved, overlay)?
            } else {
                Vec::new()
            },
        }))
    }

    /// The row of an account.
    pub(super) fn head(&self, no: AccountNo) -> Result<Option<Head>, StoreError> {
        self.note(Strand::Account, no);
        let mut statement = self.statement(ACCOUNT)?;
        let mut rows = statement.query([no])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let known = !matches!(row.get_ref(3)?, ValueRef::Null);
        Ok(Some(Head {
            account_id: row.get(0)?,
            name: row.get(1)?,
            region: row.get(2)?,
            state: known.then(|| word(row, 3, "state of an account")).transpose()?,
            registered_at: row.get::<_, Option<i64>>(4)?.map(Time),
            last_sign_in_at: row.get::<_, Option<i64>>(5)?.map(Time),
        }))
    }

    fn contacts(&self, no: AccountNo, wants: Wants) -> Result<Vec<AccountContact>, StoreError> {
        self.note(Strand::Contact, no);
        let mut statement = self.statement(CONTACTS)?;
        let mut rows = statement.query([no])?;
        let mut contacts = Vec::new();
        while let Some(row) = rows.next()? {
            let text: String = row.get(0)?;
            let contact = if text.contains('@') {
                Email::parse(&text).ok().map(Contact::Email)
            } else {
                phone(&text).map(Contact::Phone)
            }
            .ok_or(StoreError::Nonsense { what: "contact" })?;
            let sim_changed_at = match &contact {
                Contact::Phone(number) if wants.contact_sims => self.last_change(*number)?,
                _ => None,
            };
            contacts.push(AccountContact {
                contact,
                verified_at: row.get::<_, Option<i64>>(1)?.map(Time),
                replaced_at: row.get::<_, Option<i64>>(2)?.map(Time),
                sim_changed_at,
            });
        }
        // Addresses before numbers; the table has them by their text.
        contacts.sort_by_key(|c| matches!(c.contact, Contact::Phone(_)));
        Ok(contacts)
    }

    /// The last recorded change of a number's SIM.
    pub(super) fn last_change(&self, number: Phone) -> Result<Option<Time>, StoreError> {
        if !self.has_sim_changes() {
            return Ok(None);
        }
        self.note(Strand::SimChange, super::int(number.digits()));
        let last: Option<i64> =
            self.statement(LAST_CHANGE)?.query_row([super::int(number.digits())], |r| r.get(0))?;
        Ok(last.map(Time))
    }

    fn bound_devices(
        &mut self,
        no: AccountNo,
        resolved: &mut Resolved,
        overlay: &mut dyn Overlay,
    ) -> Result<Vec<BoundDevice>, StoreError> {
        let rows = {
            let mut statement = self.statement(DEVICES)?;
            let rows = statement.query_map([no], |r| {
                Ok((
                    r.get::<_, i64>(0)?,
                    r.get::<_, i64>(1)?,
                    Time(r.get(2)?),
                    r.get::<_, Option<i64>>(3)?.map(Time),
                ))
            })?;
            rows.collect::<Result<Vec<_>, _>>()?
        };
        let mut devices = Vec::with_capacity(rows.len());
        for (record, key, bound_at, theirs) in rows.into_iter().rev() {
            self.note(Strand::Binding, record);
            self.note_name(key);
            let component = resolved.of(self, record)?;
            let device = component.id();
            let node = component.nodes.iter().find(|n| n.key == record);
            let model = node.and_then(|n| n.record.as_ref()).and_then(|r| r.model);
            let imei = node.and_then(|n| n.imeis().next());
            let mut model = self.text(model)?;
            if let (None, Some(imei)) = (&model, imei) {
                model = self.tac(imei.into())?.and_then(|t| t.model).map(|m| m.as_ref().to_owned());
            }
            let ours = overlay.released(record, no, bound_at)?;
            devices.push(BoundDevice {
                device,
                name: names::name_of(self.statements(), if imei.is_some() { record } else { key })?,
                model,
                bound_at,
                released_at: [theirs, ours].into_iter().flatten().min(),
            });
        }
        Ok(devices)
    }
}

/// A number as [`Contact::plain`] writes it.
fn phone(text: &str) -> Option<Phone> {
    Phone::from_digits(text.strip_prefix('+').unwrap_or(text).parse().ok()?)
}

/// The first login that leads anywhere decides; among its accounts one that all logins mean, then one where the
/// login is verified, then an active one, then the smallest key.
fn choose(logins: &[Vec<Candidate>]) -> ClaimedAccount {
    let mut sets = logins.iter().filter(|set| !set.is_empty());
    let Some(first) = sets.next() else { return ClaimedAccount::default() };
    let others: Vec<_> = sets.collect();
    let shared = |c: &&Candidate| others.iter().all(|set| set.iter().any(|o| o.no == c.no));
    let conflict = !first.iter().any(|c| shared(&c));
    let best = first.iter().filter(|c| conflict || shared(c)).min_by_key(|c| (!c.verified, !c.active, c.no));
    ClaimedAccount { account: best.map(|c| c.no), conflict }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn of(no: i64, verified: bool, active: bool) -> Candidate {
        Candidate { no, verified, active }
    }

    #[test]
    fn logins_lead_to_one_account_by_a_fixed_order() {
        let (a, b) = (of(1, false, false), of(2, false, true));
        let verified = of(3, true, false);
        for (logins, account, conflict) in [
            (vec![vec![]], None, false),
            (vec![vec![], vec![b]], Some(2), false),
            (vec![vec![a], vec![b]], Some(1), true),
            (vec![vec![a, b, verified]], Some(3), false),
            (vec![vec![a, b]], Some(2), false),
            (vec![vec![of(9, false, true), b]], Some(2), false),
            (vec![vec![a, verified], vec![a]], Some(1), false),
            (vec![vec![a, verified], vec![b]], Some(3), true),
            (vec![vec![a, b], vec![], vec![of(1, true, true)]], Some(1), false),
        ] {
            assert_eq!(choose(&logins), ClaimedAccount { account, conflict }, "{logins:?}");
        }
    }
}

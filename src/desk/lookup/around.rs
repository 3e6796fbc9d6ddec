//! What lies around a thing that was looked up: the accounts of a device, the device and account of a ticket.

use super::{Search, kind, tickets};
use crate::desk::Failure;
use crate::domain::{DeviceName, Imei, Serial};
use crate::store::desk::acts;

/// Accounts of one device, and tickets by which one looks further, at most.
const MOST_AROUND: usize = 8;

/// What a ticket shares by a kind of link.
pub(super) const fn word(kind: i64) -> &'static str {
    match kind {
        kind::DEVICE => "device",
        kind::ACCOUNT => "account",
        kind::CONTACT => "contact",
        kind::RECEIPT => "receipt",
        _ => "picture",
    }
}

impl Search<'_, '_> {
    /// From a ticket's number or an authorization to the ticket; from it to what it is about; from a device to
    /// the accounts it is bound to now.
    pub(super) fn look_around(&mut self, text: &str) -> Result<(), Failure> {
        self.by_number(text)?;
        self.by_authorization(text)?;
        let asked = self.tickets.iter().filter(|(_, shared)| *shared == "itself").map(|(id, _)| *id);
        let asked: Vec<i64> = asked.take(MOST_AROUND).collect();
        for id in asked {
            self.about(id)?;
        }
        self.accounts_of_devices()
    }

    fn by_number(&mut self, text: &str) -> Result<(), Failure> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(());
        }
        let Ok(id) = digits.parse::<i64>() else { return Ok(()) };
        if tickets::get(&self.act.statements, id)?.is_some() {
            self.is_ticket(id);
        }
        Ok(())
    }

    fn by_authorization(&mut self, text: &str) -> Result<(), Failure> {
        if let Some(grant) = acts::authorization(self.act.conn, text)? {
            self.out.kinds.push("authorization");
            self.is_ticket(grant.ticket);
        }
        Ok(())
    }

    fn is_ticket(&mut self, id: i64) {
        if !self.out.kinds.contains(&"ticket") {
            self.out.kinds.push("ticket");
        }
        self.tickets.push((id, "itself"));
    }

    /// The device and the account that a ticket was given.
    fn about(&mut self, id: i64) -> Result<(), Failure> {
        let given = self.act.ticket(id)?.given;
        let text = |column: &str| given.get(column).map(|t| t.trim().to_owned()).unwrap_or_default();
        let device = Imei::parse(&text("imei"))
            .or_else(|_| Imei::parse(&text("imei2")))
            .map(DeviceName::Imei)
            .ok()
            .or_else(|| Serial::parse(&text("serial")).ok().map(DeviceName::Serial));
        if let Some(name) = device {
            self.named(&name)?;
        }
        // What kind of thing was asked for does not change by what is found around it.
        let kinds = self.out.kinds.clone();
        self.account(&text("account_id"))?;
        for contact in [text("account_email"), text("account_phone")] {
            if !contact.is_empty() {
                self.contact(&contact)?;
            }
        }
        self.out.kinds = kinds;
        Ok(())
    }

    fn accounts_of_devices(&mut self) -> Result<(), Failure> {
        let kinds = self.out.kinds.clone();
        let bound = self.bound.iter().take(MOST_AROUND).cloned().collect::<Vec<_>>();
        for account in bound {
            self.account(&account)?;
        }
        self.out.kinds = kinds;
        Ok(())
    }
}

//! What lies around a thing that was looked up: the accounts of a device, the device and account of a ticket.

use super::{Search, tickets};
use crate::desk::Failure;
use crate::domain::{DeviceName, Imei, Serial};
use crate::store::desk::acts;

/// Accounts of one device, and tickets by which one looks further, at most.
const MOST_AROUND: usize = 8;

impl Search<'_, '_> {
    /// Two tickets: the way from one to the other.
    pub(super) fn between(&mut self, text: &str) -> Result<(), Failure> {
        let mut words = text.split_whitespace();
        let (Some(from), Some(to), None) = (words.next(), words.next(), words.next()) else { return Ok(()) };
        let (Some(from), Some(to)) = (self.ticket_of(from)?, self.ticket_of(to)?) else { return Ok(()) };
        if from == to {
            return Ok(());
        }
        let path = self.act.path(from, to)?;
        self.is_ticket(from);
        self.is_ticket(to);
        self.tickets.extend(path.steps.iter().map(|step| (step.to, step.kind)));
        self.out.path = Some(path);
        Ok(())
    }

    /// The ticket of a number or a reference.
    fn ticket_of(&self, text: &str) -> Result<Option<i64>, Failure> {
        if let Some(id) = tickets::by_reference(self.act.conn, text)? {
            return Ok(Some(id));
        }
        let Ok(id) = text.strip_prefix('#').unwrap_or(text).parse::<i64>() else { return Ok(None) };
        Ok(tickets::get(&self.act.statements, id)?.map(|ticket| ticket.id))
    }

    /// From a ticket's number or an authorization to the ticket; from it to what it is about; from a device to
    /// the accounts it is bound to now.
    pub(super) fn look_around(&mut self, text: &str) -> Result<(), Failure> {
        self.by_number(text)?;
        self.by_authorization(text)?;
        let asked = self.tickets.iter().filter(|(_, shared)| *shared == "itself").map(|(id, _)| *id);
        let asked: Vec<i64> = asked.take(MOST_AROUND).collect();
        for id in asked {
            self.about(id)?;
            let shared = self.act.links(id)?.things;
            for thing in &shared {
                self.tickets.extend(thing.tickets.iter().map(|other| (other.ticket, thing.kind)));
            }
            self.out.things.extend(shared);
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
            self.tells_models = true;
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

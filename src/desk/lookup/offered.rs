//! What mails offer and nobody has confirmed: it is found, and said to be no more than that.

use super::Search;
use crate::desk::Failure;
use crate::domain::{Email, Iccid, Imei, Phone, ReceiptNo, Serial};
use crate::store::desk::heard;

impl Search<'_, '_> {
    /// Tickets whose mails offer the text, as it is written or in a form of it.
    pub(super) fn offered(&mut self, text: &str) -> Result<(), Failure> {
        let mut forms = vec![text.to_owned()];
        forms.extend(Imei::parse(text).ok().map(|imei| imei.to_string()));
        forms.extend(Serial::parse(text).ok().map(|serial| serial.to_string()));
        forms.extend(Iccid::parse(text).ok().map(|iccid| iccid.to_string()));
        forms.extend(Email::parse(text).ok().map(|email| email.plain().to_owned()));
        forms.extend(self.number(text).map(Phone::plain));
        forms.extend(ReceiptNo::parse(text).ok().map(|number| number.to_string()));
        forms.sort_unstable();
        forms.dedup();
        for form in &forms {
            let tickets = heard::offering(self.act.conn, form)?;
            self.tickets.extend(tickets.into_iter().map(|ticket| (ticket, "offered")));
        }
        Ok(())
    }
}

//! Tickets for other programs, masked unless it is said otherwise, which is logged like the export itself.

use serde_json::Value;

use super::act::{Hand, Size};
use super::show::{Privacy, head};
use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{Role, State, Time};
use crate::store::desk::queue::{self, Filter, Sort};
use crate::store::desk::tickets;
use crate::words::Phrase;

/// Tickets that are read at once.
const SLICE: i64 = 1024;

/// What is exported.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In these states; none: in every one.
    pub states: Vec<State>,
    /// Received from then on.
    pub from: Option<Time>,
    /// Received before.
    pub to: Option<Time>,
    /// Nothing is masked.
    pub reveal: bool,
}

impl Desk {
    /// Hands over every ticket that is wanted, oldest number first. The leaf comes first: what nobody wrote down is not
    /// handed out.
    ///
    /// # Errors
    /// The desk cannot be read, or whoever takes the tickets has had enough.
    pub fn export(
        &mut self,
        wanted: &Wanted,
        each: &mut dyn FnMut(Value) -> Result<(), Failure>,
    ) -> Result<u64, Failure> {
        self.require(&[Role::Custodian, Role::Auditor], "export tickets")?;
        if self.readonly && wanted.reveal {
            return Err(
                Failure::refused(Phrase::of("fail-reveal-readonly")).hint(Phrase::of("hint-reveal-readonly"))
            );
        }
        self.settle(|_| {})?;
        let last = tickets::next_id(self.db())? - 1;
        if self.leaves_trace()? {
            self.act_of(Size::Small, Hand::of_reading(wanted.reveal), |act| {
                let draft = Draft::new("tickets.exported", act.actor)
                    .info("revealed", Info::Flag(wanted.reveal))
                    .info("tickets", Info::Number(last));
                act.log(draft, None).map(drop)
            })?;
        }
        let privacy = if wanted.reveal { Privacy::Revealed } else { Privacy::Masked };
        let (mut count, mut first) = (0, 1);
        while first <= last {
            let upto = last.min(first + SLICE - 1);
            let filter = Filter {
                ids: Some((first, upto)),
                states: wanted.states.clone(),
                with_closed: true,
                sort: Sort::Number,
                ..Filter::default()
            };
            let (found, _) = queue::list(self.db(), &filter)?;
            let late =
                |at: Time| wanted.from.is_some_and(|from| at < from) || wanted.to.is_some_and(|to| at >= to);
            for ticket in found.iter().filter(|t| !late(t.received_at)) {
                each(head(ticket, privacy))?;
                count += 1;
            }
            first = upto + 1;
        }
        Ok(count)
    }
}

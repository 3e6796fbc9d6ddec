//! What tickets share, against what they say: links are worked out from claims and lists, and who stands under which
//! thing from links. Whoever takes a row out hides from a check that somebody else came with the same receipt.
//!
//! Open tickets are looked up anew. One that waits to be judged again may have links of before, and is mended by that. A
//! closed one keeps the device and account of its time, and what numbers meant by the region of its time; so does every
//! ticket where the lists are not those that it was judged by, as in a backup.

use super::keysets::Fault;
use super::{Act, Failure};
use crate::domain::State;
use crate::store::desk::facts::Gatherer;
use crate::store::desk::links::{self, Link, kind};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::tickets::{self, Ticket};
use crate::words::Phrase;

/// Tickets that are read at once.
const PAGE: usize = 1000;

impl Act<'_> {
    /// The first ticket whose links are not those of its claim, as long as `go_on` says so. `judged`: by the lists of now.
    pub(super) fn links_fit(
        &mut self,
        judged: bool,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Fault>, Failure> {
        let fault = |id: i64| Ok(Some((None, Phrase::of("chain-links").with("ticket", id.to_string()))));
        let desk = Gatherer::new(self.conn, self.policy, self.region())?;
        let mut overlay = DeskOverlay::new(self.conn)?;
        let (mut after, mut entered) = (i64::MIN, links::Entered::default());
        loop {
            let page = tickets::after(self.conn, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = *last;
            if !go_on() {
                return Err(Failure::state(Phrase::of("fail-verify-stopped")));
            }
            for id in page {
                let ticket = self.ticket(id)?;
                if !links::all_entered(&self.statements, id, &ticket.links, &mut entered)?
                    || !(ticket.stale || self.says_so(&ticket, judged, &desk, &mut overlay)?)
                {
                    return fault(id);
                }
            }
        }
        if links::entered(self.conn)? != entered {
            return Ok(Some((None, Phrase::of("chain-links-more"))));
        }
        Ok(None)
    }

    fn says_so(
        &mut self,
        ticket: &Ticket,
        judged: bool,
        desk: &Gatherer<'_>,
        overlay: &mut DeskOverlay<'_>,
    ) -> Result<bool, Failure> {
        let stored = self.stored(ticket.id, desk)?;
        let looked = stored.look(self.region(), false, self.now, &mut self.registry, overlay)?;
        if !judged || ticket.state == State::Closed {
            return Ok(of_its_time(&ticket.links) == of_its_time(looked.links()) && names_its_own(ticket));
        }
        Ok(ticket.links == looked.links() && looked.about() == (ticket.device, ticket.account))
    }
}

/// Whether device and account stand in the row as they do among the links.
fn names_its_own(ticket: &Ticket) -> bool {
    let of = |kind| ticket.links.iter().find(|link| link.0 == kind).map(|link| link.1);
    of(kind::DEVICE) == ticket.device && of(kind::ACCOUNT) == ticket.account
}

/// What a claim says whatever the lists and the region are.
fn of_its_time(links: &[Link]) -> Vec<Link> {
    let lists = [kind::DEVICE, kind::ACCOUNT, kind::NAMED];
    let said = links.iter().filter(|link| !lists.contains(&link.0));
    let numbers = [kind::CONTACT, kind::SIM];
    said.map(|link| if numbers.contains(&link.0) { (link.0, 0) } else { *link }).collect()
}

//! `lookup`: everything the registry and the tickets know about one identifier.

mod around;
mod lead;
mod offered;
mod owed;
mod shape;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::act::{Hand, Size};
use super::graph::{self, Path, Thing};
use super::show::{Privacy, head};
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::{
    AccountId, Contact, Damage, DeviceName, Email, Iccid, Imei, Phone, ReceiptNo, Retailer, Role, Serial,
    Time, fold_key, mask_tail, near_misses, stable_hash,
};
use crate::store::desk::links::{self, Link, kind};
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::queue::{self, Filter, Sort};
use crate::store::desk::{reading, tickets};
use crate::store::registry::AccountDetails;
use crate::words::Phrase;
use shape::Mask;

pub use lead::{Lead, Leads};

/// Tickets whose texts are looked through at once, the newest first.
const SLICE: i64 = 8192;
/// Tickets that one answer lists.
const MOST_TICKETS: usize = 200;

/// The answer to a lookup. Persons and identifiers are masked unless the lookup reveals them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// The text looked up, masked like the rest.
    pub query: String,
    /// What the text is: `imei`, `serial`, `email`, `phone`, `iccid`, `account`, `receipt`, `ticket`.
    pub kinds: Vec<&'static str>,
    /// Whether anything is known of it.
    pub found: bool,
    /// Why an identifier that the text looks like is damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub damage: Option<Phrase>,
    /// Registry devices one digit or one transposition away from a damaged IMEI, masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<String>,
    /// Devices with their bindings, SIMs, notices, sales and repairs.
    pub devices: Vec<Value>,
    /// Accounts with their contacts and devices.
    pub accounts: Vec<Value>,
    /// Numbers and cards with where they were seen.
    pub sims: Vec<Value>,
    /// Rows of retailers' feeds.
    pub sales: Vec<Value>,
    /// Heads of tickets that name it, the newest first.
    pub tickets: Vec<Value>,
    /// What a ticket that was asked for shares with others; for screens.
    #[serde(skip)]
    pub things: Vec<Thing>,
    /// The way between two tickets that were asked for; for screens.
    #[serde(skip)]
    pub path: Option<Path>,
    /// Where the near devices, the devices, accounts, SIMs and sales lead on to; for screens.
    #[serde(skip)]
    pub leads: Ways,
    /// It was stopped before every ticket's texts were looked through.
    #[serde(skip)]
    pub partial: bool,
    /// What was looked up and shown, as links: the log commits to it.
    #[serde(skip)]
    pub looked_for: Vec<Link>,
    /// What each ticket shares with what is shown, or that it was asked for itself.
    #[serde(skip)]
    pub shares: BTreeMap<i64, Vec<&'static str>>,
}

/// Leads of each object of a [`Found`], in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ways {
    /// Of [`Found::near`].
    pub near: Vec<Lead>,
    /// Of [`Found::devices`].
    pub devices: Vec<Leads>,
    /// Of [`Found::accounts`].
    pub accounts: Vec<Leads>,
    /// Of [`Found::sims`].
    pub sims: Vec<Leads>,
    /// Of [`Found::sales`].
    pub sales: Vec<Option<Lead>>,
}

impl Desk {
    /// Looks a text up as whatever it can be. Every lookup is logged; `reveal` shows personal data in full, and is signed.
    pub fn lookup(&mut self, text: &str, reveal: bool) -> Result<Found, Failure> {
        let found = self.look_up(&Lead::typed(text), reveal, false, &mut |_, _| true)?;
        self.log_lookup(&Looked::of(&found), reveal)?;
        Ok(found)
    }

    /// The same, and what lies around it: the accounts a device is bound to, what a ticket or an authorization
    /// is about, and every ticket that shares one of these. `go_on` is told how many tickets' texts were looked
    /// through, of how many, and says whether to look further.
    pub fn lookup_around(
        &mut self,
        lead: &Lead,
        reveal: bool,
        go_on: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Found, Failure> {
        let found = self.look_up(lead, reveal, true, go_on)?;
        self.log_lookup(&Looked::of(&found), reveal)?;
        Ok(found)
    }

    /// The same, masked, while the log cannot be written: [`Desk::owe_lookup`] comes before anything is shown.
    pub fn find_around(
        &mut self,
        lead: &Lead,
        go_on: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Found, Failure> {
        self.look_up(lead, false, true, go_on)
    }

    /// The same without what lies around and without a leaf, which is the caller's.
    pub(super) fn look_up_plain(&mut self, lead: &Lead) -> Result<Found, Failure> {
        self.look_up(lead, false, false, &mut |_, _| true)
    }

    fn look_up(
        &mut self,
        lead: &Lead,
        reveal: bool,
        around: bool,
        go_on: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Found, Failure> {
        self.require(Role::ALL, "look things up")?;
        let text = lead.text().trim();
        if text.is_empty() || text.len() > 254 {
            return Err(Failure::usage(Phrase::of("fail-lookup-length")));
        }
        if self.readonly && reveal {
            return Err(
                Failure::refused(Phrase::of("fail-reveal-readonly")).hint(Phrase::of("hint-reveal-readonly"))
            );
        }
        // Nobody is kept from writing while it is read.
        self.read(|act| Search::new(act, Mask { reveal }, around, go_on).run(text, lead.is_typed()))
    }

    /// The leaf of a lookup; a rehearsal open read-only has none.
    pub fn log_lookup(&mut self, looked: &Looked, reveal: bool) -> Result<(), Failure> {
        self.leaf_of_lookup(looked, None, reveal)
    }

    /// The leaf; `at` where it was looked up earlier than it can be logged.
    fn leaf_of_lookup(&mut self, looked: &Looked, at: Option<Time>, reveal: bool) -> Result<(), Failure> {
        if !self.leaves_trace()? {
            return Ok(());
        }
        let at = at.map(|at| at.to_string());
        let kinds: Vec<&str> = looked.kinds.iter().map(String::as_str).collect();
        self.act_of(Size::Small, Hand::of_reading(reveal), |act| {
            let mut draft = Draft::new(if reveal { "lookup.revealed" } else { "lookup.read" }, act.actor)
                .info("kinds", Info::Texts(&kinds))
                .info("found", Info::Flag(looked.found))
                .info("tickets", Info::Number(looked.tickets));
            if let Some(at) = &at {
                draft = draft.info("looked_at", Info::Text(at));
            }
            for (name, link) in THINGS.iter().zip(&looked.things) {
                let salt = reading::salt_of(act.conn, *link)?;
                draft = draft.commit(name, &salt, &thing_bytes(*link));
            }
            act.log(draft, None).map(drop)
        })
    }
}

/// Names of what a leaf commits to.
const THINGS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/// What the log commits to of a thing that was looked up.
pub(super) fn thing_bytes((kind, key): Link) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&kind.to_be_bytes());
    bytes[8..].copy_from_slice(&key.to_be_bytes());
    bytes
}

/// What the log has of a lookup.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Looked {
    kinds: Vec<String>,
    found: bool,
    tickets: i64,
    #[serde(default)]
    things: Vec<Link>,
}

impl Looked {
    /// Of what was found.
    pub fn of(found: &Found) -> Self {
        let tickets = i64::try_from(found.tickets.len()).unwrap_or(i64::MAX);
        let kinds = found.kinds.iter().map(ToString::to_string).collect();
        Self { kinds, found: found.found, tickets, things: found.looked_for.clone() }
    }
}

/// One lookup on its way.
struct Search<'a, 'b> {
    act: &'a mut Act<'b>,
    mask: Mask,
    /// Whether the model of a device that is named now may be told.
    tells_models: bool,
    /// What lies around is looked for too.
    around: bool,
    out: Found,
    /// Links under which tickets are looked for.
    links: Vec<(i64, i64)>,
    /// Tickets, and what each shares.
    tickets: Vec<(i64, &'static str)>,
    /// Devices and accounts that are in `out`.
    seen: Vec<(i64, i64)>,
    /// Accounts to which the devices are bound now.
    bound: Vec<String>,
    go_on: &'a mut dyn FnMut(u64, u64) -> bool,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(
        act: &'a mut Act<'b>,
        mask: Mask,
        around: bool,
        go_on: &'a mut dyn FnMut(u64, u64) -> bool,
    ) -> Self {
        Self {
            act,
            mask,
            around,
            out: Found::default(),
            links: Vec::new(),
            tickets: Vec::new(),
            seen: Vec::new(),
            bound: Vec::new(),
            tells_models: false,
            go_on,
        }
    }

    fn run(mut self, text: &str, typed: bool) -> Result<Found, Failure> {
        // Whoever has a device's number may know its model, and whoever works its claim; nobody reads it off by going
        // there from an account, a SIM or a receipt: which other devices they have is asked of a caller.
        self.tells_models = typed;
        self.device(text)?;
        self.contact(text)?;
        self.sim_card(text)?;
        self.account(text)?;
        self.receipt(text)?;
        self.ticket(text)?;
        self.offered(text)?;
        if self.around {
            self.between(text)?;
            if self.out.path.is_none() {
                self.look_around(text)?;
            }
        }
        self.out.looked_for.extend(self.links.iter().chain(&self.seen));
        // A device that no list has is the same thing by either name.
        self.out.looked_for.retain(|link| link.0 != kind::NAMED);
        self.out.looked_for.sort_unstable();
        self.out.looked_for.dedup();
        self.out.looked_for.truncate(THINGS.len());
        self.collect_tickets()?;
        self.out.query = if self.mask.reveal || self.out.kinds == ["ticket"] {
            text.to_owned()
        } else {
            mask_tail(text, 4)
        };
        let out = &mut self.out;
        out.found = !(out.devices.is_empty()
            && out.accounts.is_empty()
            && out.sims.is_empty()
            && out.sales.is_empty()
            && out.tickets.is_empty());
        Ok(self.out)
    }

    fn device(&mut self, text: &str) -> Result<(), Failure> {
        match Imei::parse(text) {
            Ok(imei) => {
                self.out.kinds.push("imei");
                self.named(&DeviceName::Imei(imei))?;
            }
            Err(error) => {
                let digits = text.chars().filter(char::is_ascii_digit).count();
                let others = text.chars().filter(|c| !c.is_ascii_digit() && !" -./".contains(*c)).count();
                if (14..=16).contains(&digits) && others == 0 {
                    self.out.damage =
                        Some(Phrase::of("lookup-damaged-imei").with("why", Damage::from(error)));
                    for near in near_misses(text) {
                        if self.act.registry.device_of(&DeviceName::Imei(near))?.is_some() {
                            self.out.near.push(self.mask.imei(near));
                            self.out.leads.near.push(Lead::typed(&near.to_string()));
                        }
                    }
                }
            }
        }
        if let Ok(serial) = Serial::parse(text) {
            let name = DeviceName::Serial(serial);
            // A list may name one that `devices` does not hold: a band bound before its record came.
            let before = self.out.devices.len();
            self.named(&name)?;
            if self.out.devices.len() > before {
                self.out.kinds.push("serial");
            }
        }
        Ok(())
    }

    fn named(&mut self, name: &DeviceName) -> Result<(), Failure> {
        let details = self.act.registry.device_details(name, &mut DeskOverlay::new(self.act.conn)?)?;
        let d = &details.device;
        let bare = d.bindings.is_empty() && d.sightings.is_empty() && d.notices.is_empty();
        let link = (kind::DEVICE, d.id);
        if self.seen.contains(&link) {
            return Ok(());
        }
        self.links.extend([link, (kind::NAMED, d.id)]);
        self.seen.push(link);
        let held = d.bindings.iter().filter(|b| b.released_at.is_none());
        self.bound.extend(held.map(|b| b.account_id.clone()));
        if details.known || !bare || !details.sales.is_empty() || !details.repairs.is_empty() {
            // Nor is it told of one whose account has others: on a claim about one of those it is asked for.
            let told = self.tells_models && self.act.model_is_no_answer(&details.device)?;
            self.out.devices.push(shape::device(&details, self.mask, told));
            self.out.leads.devices.push(lead::of_device(&details));
        }
        Ok(())
    }

    /// The telephone number that a text is. Fifteen digits with an IMEI's check digit are none: to find that out,
    /// libphonenumber's tables would be read, which takes longer than all the rest.
    fn number(&self, text: &str) -> Option<Phone> {
        let typed_off = !text.contains('+') && Imei::parse(text).is_ok();
        if typed_off { None } else { Phone::parse(text, self.act.region()).ok() }
    }

    fn contact(&mut self, text: &str) -> Result<(), Failure> {
        let contact = if text.contains('@') {
            Email::parse(text).ok().map(Contact::Email)
        } else {
            self.number(text).map(Contact::Phone)
        };
        let Some(contact) = contact else { return Ok(()) };
        let (word, plain) = (contact.kind().as_str(), contact.plain());
        self.links.push((kind::CONTACT, stable_hash(&[word, &plain])));
        let mut overlay = DeskOverlay::new(self.act.conn)?;
        let accounts = match &contact {
            Contact::Email(_) => self.act.registry.accounts_by_contact(&contact, &mut overlay)?,
            Contact::Phone(number) => {
                let details = self.act.registry.phone_details(*number, &mut overlay)?;
                if !details.sim.sightings.is_empty() || !details.changes.is_empty() {
                    self.out.sims.push(shape::sim(&details.sim, &details.changes, self.mask));
                    self.out.leads.sims.push(lead::of_sim(&details.sim));
                }
                details.accounts
            }
        };
        for found in &accounts {
            self.account_found(found);
        }
        if matches!(contact, Contact::Phone(_)) {
            self.links.push((kind::SIM, stable_hash(&[word, &plain])));
        }
        self.out.kinds.push(word);
        Ok(())
    }

    fn sim_card(&mut self, text: &str) -> Result<(), Failure> {
        let Ok(iccid) = Iccid::parse(text) else { return Ok(()) };
        self.out.kinds.push("iccid");
        let facts = self.act.registry.iccid_details(iccid)?;
        if facts.number.is_some() || !facts.sightings.is_empty() {
            self.out.sims.push(shape::sim(&facts, &[], self.mask));
            self.out.leads.sims.push(lead::of_sim(&facts));
        }
        self.links.push((kind::SIM, links::card_key(&iccid)));
        Ok(())
    }

    fn account(&mut self, text: &str) -> Result<(), Failure> {
        let Ok(id) = AccountId::parse(text) else { return Ok(()) };
        let mut overlay = DeskOverlay::new(self.act.conn)?;
        let Some(found) = self.act.registry.account_details(&id, &mut overlay)? else { return Ok(()) };
        self.out.kinds.push("account");
        self.links.push((kind::ACCOUNT, id.key().0));
        self.account_found(&found);
        Ok(())
    }

    fn account_found(&mut self, found: &AccountDetails) {
        if let Some(account) = &found.account {
            let link = (kind::ACCOUNT, account.no);
            if self.seen.contains(&link) {
                return;
            }
            self.links.push(link);
            self.seen.push(link);
        }
        self.out.accounts.push(shape::account(found, self.mask));
        self.out.leads.accounts.push(lead::of_account(found));
    }

    /// A receipt by its number alone, at whichever retailer has it.
    fn receipt(&mut self, text: &str) -> Result<(), Failure> {
        let Ok(number) = ReceiptNo::parse(text) else { return Ok(()) };
        let mut any = false;
        for name in self.act.registry.retailers()? {
            let Ok(retailer) = Retailer::parse(&name) else { continue };
            let sales = self.act.registry.receipt_details(&retailer, &number)?;
            let link = (kind::RECEIPT, fold_key(&retailer, &number));
            any |= !sales.is_empty() || !links::sharing(&self.act.statements, link, 0)?.is_empty();
            self.links.push(link);
            self.out.sales.extend(sales.iter().map(|s| shape::sale(s, self.mask)));
            self.out.leads.sales.extend(sales.iter().map(lead::of_sale));
        }
        if any {
            self.out.kinds.push("receipt");
        }
        Ok(())
    }

    fn ticket(&mut self, text: &str) -> Result<(), Failure> {
        if let Some(id) = tickets::by_reference(self.act.conn, text)? {
            self.out.kinds.push("ticket");
            self.tickets.push((id, "itself"));
        }
        // Damaged identifiers link nothing, but a ticket may have been given this very text.
        let wanted = text.to_lowercase();
        let last = tickets::next_id(self.act.conn)? - 1;
        let (mut below, mut found) = (last, 0);
        while below > 0 && found < MOST_TICKETS {
            let filter = Filter {
                search: Some(text.to_owned()),
                with_closed: true,
                sort: Sort::Number,
                ids: Some((below - SLICE + 1, below)),
                ..Filter::default()
            };
            for ticket in queue::list(self.act.conn, &filter)?.0 {
                if ticket.given.values().any(|given| given.trim().to_lowercase() == wanted) {
                    self.tickets.push((ticket.id, "text"));
                    found += 1;
                }
            }
            below -= SLICE;
            let whole = |n: i64| u64::try_from(n).unwrap_or(0);
            if below > 0 && !(self.go_on)(whole(last - below), whole(last)) {
                self.out.partial = true;
                break;
            }
        }
        Ok(())
    }

    fn collect_tickets(&mut self) -> Result<(), Failure> {
        for link in std::mem::take(&mut self.links) {
            let shared = graph::word(link.0);
            self.tickets
                .extend(links::sharing(&self.act.statements, link, 0)?.into_iter().map(|t| (t, shared)));
        }
        let mut shares: BTreeMap<i64, Vec<&'static str>> = BTreeMap::new();
        for (id, shared) in std::mem::take(&mut self.tickets) {
            let words = shares.entry(id).or_default();
            if !words.contains(&shared) {
                words.push(shared);
            }
        }
        let privacy = if self.mask.reveal { Privacy::Revealed } else { Privacy::Masked };
        for (id, by) in shares.iter().rev().take(MOST_TICKETS) {
            let mut ticket = head(&self.act.ticket(*id)?, privacy);
            ticket["by"] = Value::from(by.clone());
            self.out.tickets.push(ticket);
        }
        self.out.shares = shares;
        Ok(())
    }
}

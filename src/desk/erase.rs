//! One person is erased: rows, files, drafts and messages go, and the salts by which the log speaks of them. The log
//! itself stays whole: it holds salted commitments only.
//!
//! A person is an e-mail address and a telephone number. Their tickets are those that they sent; what others wrote of
//! them in tickets of their own is theirs, and is only named. Nothing that is still to be decided is taken away.

use std::collections::BTreeSet;

use serde::Serialize;

use super::sweep::Typed;
use super::{Act, Desk, Failure, Kind};
use crate::audit::{Draft, Info};
use crate::domain::search::Query;
use crate::domain::{Contact, ContactKind, Email, Phone, Role, Shown, good, stable_hash};
use crate::store::desk::empty::{self, Bar, Elsewhere, Gone};
use crate::store::desk::links::{self, kind};
use crate::store::desk::tickets::{self, Ticket};
use crate::store::desk::{evidence, kept, reading, search, settings};
use crate::store::registry::erase as lists;
use crate::store::{self, FileKind, Purpose, copy};
use crate::words::Phrase;

/// What is still to be done once the rows are gone, until it is: it says nothing of anybody.
const OWED: &str = "erasing";
/// Tickets that mention the person and are named.
const MOST_MENTIONED: usize = 200;
/// Tickets that the index of the search takes in at once.
const INDEXED: i64 = 256;

/// Who is meant.
#[derive(Clone, Debug, Default)]
struct Person {
    contacts: Vec<Contact>,
    tickets: Vec<i64>,
}

/// Something that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// The ticket, where it is one.
    pub ticket: Option<i64>,
    /// What stands in the way.
    pub why: String,
    /// What to do first.
    pub next: String,
}

/// What goes, or would go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Nothing was changed.
    pub dry_run: bool,
    /// Tickets that are emptied.
    pub tickets: Vec<i64>,
    /// Items of evidence.
    pub evidence: u64,
    /// Files; the same bytes count once.
    pub files: u64,
    /// Notes of colleagues.
    pub notes: u64,
    /// Messages in the outbox.
    pub messages: u64,
    /// Mails.
    pub mails: u64,
    /// Codes and owner notices on other tickets that lose their address.
    pub elsewhere: u64,
    /// What people typed and have not sent.
    pub drafts: u64,
    /// Filters and searches that people kept.
    pub kept: u64,
    /// Rows of the lists.
    pub lists: u64,
    /// The lists are taken from, too.
    pub lists_too: bool,
    /// Tickets of others that mention the person, and stay.
    pub mentioned: Vec<i64>,
    /// Other tickets that share a contact with these: it is not among those that were given.
    pub related: Vec<i64>,
    /// What stands in the way.
    pub blocked: Vec<Blocked>,
    /// The database was written anew, without what was deleted.
    pub rewritten: bool,
}

/// What is to go, found out and not yet taken.
struct Plan {
    person: Person,
    tickets: Vec<Ticket>,
    elsewhere: Elsewhere,
    kept: Vec<(String, String)>,
    /// Words that name the person, in lower case.
    words: Vec<String>,
    drafts: Vec<Typed>,
    told: Erased,
}

/// What an erasure still has to do: files by their digests, tickets that the search's index is to forget, drafts.
#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Owed(Vec<[u8; 32]>, Vec<i64>, Vec<Typed>);

impl Owed {
    fn read(text: &str) -> Self {
        // An erasure of before noted no drafts: they were gone by then.
        let before = || serde_json::from_str(text).map(|(files, numbers)| Self(files, numbers, Vec::new()));
        serde_json::from_str(text).or_else(|_| before()).unwrap_or_default()
    }
}

impl Desk {
    /// Erases one person, named by addresses, numbers or tickets of theirs; a dry run says what would go. `lists`: out of
    /// the lists, too. `later`: leaves writing the database anew to the next time.
    ///
    /// # Errors
    /// Something stands in the way: the first such thing, and what to do about it.
    pub fn erase(&mut self, whom: &[String], lists: bool, dry: bool, later: bool) -> Result<Erased, Failure> {
        self.require(&[Role::Custodian], "erase people")?;
        if self.readonly && !dry {
            return Err(
                Failure::refused(Phrase::of("fail-readonly")).hint(Phrase::of("hint-without-readonly"))
            );
        }
        if !dry {
            self.not_rolled_back()?;
        }
        let person = self.person(whom)?;
        let mut plan = self.read(|act| act.plan_erasing(person.clone()))?;
        plan.told.dry_run = dry;
        plan.told.lists_too = lists;
        plan.told.mentioned = self.mentions(&plan)?;
        let numbers: Vec<i64> = plan.tickets.iter().map(|t| t.id).collect();
        let drafts = self.drafts_about(&numbers, &plan.words)?;
        plan.told.drafts = drafts.len() as u64;
        plan.drafts = drafts.iter().filter_map(Typed::of).collect();
        plan.told.lists = lists::count(self.registry.conn(), &plan.person.contacts)?.rows();
        if dry {
            return Ok(plan.told);
        }
        if let Some(first) = plan.told.blocked.first() {
            let more = plan.told.blocked.len() - 1;
            let more = if more == 0 { String::new() } else { format!(" ({more} more: --dry-run lists all)") };
            return Err(
                Failure::state(format!("Nothing was erased: {}{more}.", first.why)).hint(first.next.clone())
            );
        }
        let (gone, mut told) = self.act(|act| act.erase_planned(whom, &plan, lists))?;
        told.mentioned = plan.told.mentioned;
        told.lists_too = lists;
        if lists {
            let registry = self.folder.registry_db();
            let conn = store::open(&registry, Purpose::Write, FileKind::Registry)?.conn;
            told.lists = lists::erase(&conn, &plan.person.contacts)?.rows();
            drop(conn);
            self.notice_changes()?;
        }
        let owed = |e: Failure| e.hint(Phrase::of("hint-erasing-owed"));
        // What was typed since is of them, too.
        let drafts = self.drafts_about(&numbers, &plan.words).map_err(owed)?;
        told.drafts = drafts.iter().filter(|draft| std::fs::remove_file(draft.path()).is_ok()).count() as u64;
        self.sweep_copies(&gone.items).map_err(owed)?;
        self.sweep_mail(&gone.marks);
        told.files = self.sweep_files(Some(&gone.files)).map_err(owed)?;
        told.rewritten = self.finish_erasing(later).map_err(owed)?;
        self.settle(|_| {})?;
        Ok(told)
    }

    /// Whether an erasure was cut off, or the database still has to be written anew.
    pub fn owes_erasing(&self) -> Result<bool, Failure> {
        Ok(settings::get(self.db(), OWED)?.is_some_and(|owed| !owed.is_empty()))
    }

    /// What an erasure leaves to do: files nobody names, the search's index, the pages of the database.
    pub fn finish_erasing(&mut self, later: bool) -> Result<bool, Failure> {
        let Some(owed) = settings::get(self.db(), OWED)?.filter(|owed| !owed.is_empty()) else {
            return Ok(true);
        };
        let Owed(files, numbers, drafts) = Owed::read(&owed);
        self.sweep_noted(&drafts)?;
        self.sweep_files(Some(&files))?;
        while !empty::is_indexed(self.db(), &numbers)? {
            store::write_tx(self.db(), |tx| empty::index(tx, INDEXED))?;
        }
        if later || !copy::rewrite(&self.folder.desk_db())? {
            return Ok(false);
        }
        store::write_tx(self.db(), |tx| settings::set(tx, OWED, ""))?;
        store::fold_log(self.db())?;
        Ok(true)
    }

    /// Whom a person at the desk names.
    fn person(&self, whom: &[String]) -> Result<Person, Failure> {
        let mut person = Person::default();
        for text in whom {
            let bad = |why: String| {
                Failure::usage(format!("\"{}\" names nobody: {why}.", Shown(text).clip(80)))
                    .hint("Name an e-mail address, a telephone number with its country code, or a ticket.")
            };
            if text.contains('@') {
                let email = Email::parse(text).map_err(|e| bad(e.to_string()))?;
                person.contacts.push(Contact::Email(email));
            } else if text.starts_with('+') {
                let phone = Phone::parse(text, self.config.region).map_err(|e| bad(e.to_string()))?;
                person.contacts.push(Contact::Phone(phone));
            } else {
                person.tickets.push(self.find(text)?);
            }
        }
        Ok(person)
    }

    /// Tickets of others in which the person's address or number is found.
    fn mentions(&self, plan: &Plan) -> Result<Vec<i64>, Failure> {
        let own: BTreeSet<i64> = plan.tickets.iter().map(|t| t.id).collect();
        let mut found = BTreeSet::new();
        for contact in &plan.person.contacts {
            let query = Query::parse(&contact.plain());
            let hits = search::find(self.db(), &query, None, MOST_MENTIONED + own.len(), &mut || true)?;
            found.extend(hits.tickets.into_iter().filter(|id| !own.contains(id)));
        }
        Ok(found.into_iter().take(MOST_MENTIONED).collect())
    }
}

fn key_of(contact: &Contact) -> i64 {
    match contact.kind() {
        ContactKind::Email => stable_hash(&["email", &contact.plain()]),
        ContactKind::Phone => stable_hash(&["phone", &contact.plain()]),
    }
}

impl Act<'_> {
    /// Everything of a person, and what stands in the way.
    fn plan_erasing(&mut self, mut person: Person) -> Result<Plan, Failure> {
        for id in person.tickets.clone() {
            person.contacts.extend(self.claimants(&self.ticket(id)?)?);
        }
        person.contacts.sort_by_key(Contact::plain);
        person.contacts.dedup();
        let mut numbers: BTreeSet<i64> = person.tickets.iter().copied().collect();
        for contact in &person.contacts {
            numbers.extend(links::sharing(&self.statements, (kind::CONTACT, key_of(contact)), 0)?);
        }
        let all: Vec<Ticket> = numbers.iter().map(|id| self.ticket(*id)).collect::<Result<_, _>>()?;
        let tickets: Vec<Ticket> = all.into_iter().filter(|t| !t.is_emptied()).collect();
        let ids: Vec<i64> = tickets.iter().map(|t| t.id).collect();
        let (mut told, mut gone, mut words) = (Erased::default(), Gone::default(), BTreeSet::new());
        let (mut related, mut blocked) = (BTreeSet::new(), BTreeSet::new());
        for ticket in &tickets {
            gone.add(empty::holds(self.conn, ticket.id)?);
            for bar in self.bars(ticket, &ids)? {
                blocked.insert(said(ticket.id, &bar));
            }
            let said = ["claimant_name", "claimant_email", "claimant_phone"];
            words.extend(said.iter().filter_map(|c| ticket.given.get(*c)).map(|text| text.to_lowercase()));
            words.extend(self.claimants(ticket)?.iter().map(|c| c.plain().to_lowercase()));
            for link in ticket.links.iter().filter(|l| l.0 == kind::CONTACT) {
                related.extend(links::sharing(&self.statements, *link, ticket.id)?);
            }
        }
        let mut elsewhere = Elsewhere::default();
        for contact in &person.contacts {
            words.insert(contact.plain().to_lowercase());
            empty::elsewhere(self.conn, &contact.plain(), &mut elsewhere)?;
        }
        for id in &elsewhere.open {
            let open = tickets::get(&self.statements, *id)?.filter(|t| !ids.contains(&t.id));
            blocked.extend(open.map(|t| said(t.id, &Bar::Open(t.state))));
        }
        blocked.extend(elsewhere.leaving.iter().map(|id| said(0, &Bar::Message(*id))));
        words.retain(|word| word.trim().chars().count() > 3);
        let words: Vec<String> = words.into_iter().collect();
        let kept = empty::kept_with(self.conn, &words)?;
        gone.files.extend(&elsewhere.files);
        gone.files.sort_unstable();
        gone.files.dedup();
        (told.evidence, told.notes) = (gone.evidence, gone.notes);
        told.files = gone.files.len() as u64;
        told.messages = gone.messages + elsewhere.messages.len() as u64;
        told.mails = gone.mails + elsewhere.mails.len() as u64;
        told.elsewhere = (elsewhere.codes.len() + elsewhere.owner_notices.len()) as u64;
        told.kept = kept.len() as u64;
        told.related = related.into_iter().filter(|id| !ids.contains(id)).collect();
        told.tickets = ids;
        let blocked = blocked.into_iter();
        told.blocked = blocked
            .map(|(ticket, why, next)| Blocked { ticket: (ticket != 0).then_some(ticket), why, next })
            .collect();
        Ok(Plan { person, tickets, elsewhere, kept, words, drafts: Vec::new(), told })
    }

    /// How the claimant of a ticket can be reached.
    fn claimants(&self, ticket: &Ticket) -> Result<Vec<Contact>, Failure> {
        let claim = ticket.claim(&evidence::of(&self.statements, ticket.id)?, self.region());
        let email = good(claim.claimant.email.as_ref()).cloned().map(Contact::Email);
        let phone = good(claim.claimant.phone.as_ref()).copied().map(Contact::Phone);
        Ok(email.into_iter().chain(phone).collect())
    }

    /// Takes the rows out. What was planned is looked at once more: others may have written since.
    fn erase_planned(
        &mut self,
        whom: &[String],
        before: &Plan,
        lists: bool,
    ) -> Result<(Gone, Erased), Failure> {
        let plan = self.plan_erasing(before.person.clone())?;
        if !plan.told.blocked.is_empty() {
            return Err(Failure::state(
                "Nothing was erased: somebody has just written to one of the tickets.",
            )
            .hint("Look at it with --dry-run, and erase again."));
        }
        let mut gone = Gone::default();
        for ticket in &plan.tickets {
            gone.add(self.empty(ticket, "erased")?);
            let named = ticket.reference.as_ref().map(|r| r.to_lowercase());
            if named.is_some_and(|r| plan.words.iter().any(|w| r.contains(w.as_str())) || r.contains('@')) {
                empty::forget_reference(self.conn, ticket.id)?;
            }
        }
        self.leave_elsewhere(&plan)?;
        for contact in &plan.person.contacts {
            reading::forget(self.conn, (kind::CONTACT, key_of(contact)))?;
        }
        for (agent, name) in &plan.kept {
            kept::drop(self.conn, agent, name)?;
        }
        gone.files.extend(&plan.elsewhere.files);
        gone.marks.extend(plan.elsewhere.marks.iter().cloned());
        let number = |n: usize| Info::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let draft = Draft::new("person.erased", self.actor)
            .info("files", number(gone.files.len()))
            .info("given", number(whom.len()))
            .info("lists", Info::Flag(lists))
            .info("tickets", number(plan.tickets.len()));
        self.log(draft, None)?;
        let owed = self.owed(&gone, &plan.told.tickets, &before.drafts)?;
        settings::set(self.conn, OWED, &owed)?;
        Ok((gone, plan.told))
    }

    /// Takes the person out of the tickets of others. The log says what their rows are from then on, or else each would
    /// look like one that was edited; of one that was, it says nothing.
    fn leave_elsewhere(&mut self, plan: &Plan) -> Result<(), Failure> {
        let mut whole = Vec::new();
        for other in empty::tickets_elsewhere(self.conn, &plan.elsewhere)? {
            if plan.tickets.iter().any(|own| own.id == other) {
                continue;
            }
            match self.intact(other) {
                Ok(()) => whole.push(other),
                Err(edited) if edited.kind == Kind::Verification => {}
                Err(why) => return Err(why),
            }
        }
        empty::leave_elsewhere(self.conn, &plan.elsewhere)?;
        for other in whole {
            self.log(Draft::new("ticket.redacted", self.actor), Some(other))?;
        }
        Ok(())
    }

    /// What is to be done after this, beside what an earlier one left.
    fn owed(&self, gone: &Gone, tickets: &[i64], drafts: &[Typed]) -> Result<String, Failure> {
        let mut owed = Owed::read(&settings::get(self.conn, OWED)?.unwrap_or_default());
        owed.0.extend(&gone.files);
        owed.1.extend(tickets);
        owed.2.extend(drafts);
        serde_json::to_string(&owed).map_err(Failure::fault)
    }
}

/// What stands in the way, and what to do first.
fn said(ticket: i64, bar: &Bar) -> (i64, String, String) {
    let (why, next) = match bar {
        Bar::Open(state) => (
            format!("ticket {ticket} is {state}"),
            format!("Decide it, and close it: `latchkey close {ticket}`."),
        ),
        Bar::Authorization(jti, until) => (
            format!("an authorization on ticket {ticket} can be redeemed until {until}"),
            format!("Redeem it, or `latchkey revoke {jti} --reason TEXT`."),
        ),
        Bar::Notice => (
            format!("a notice that ticket {ticket} raised is in force"),
            format!("`latchkey notice clear {ticket}`, or let it lapse."),
        ),
        Bar::Message(id) => (
            format!("message {id} has not left yet"),
            format!("`latchkey outbox run`, or `latchkey outbox drop {id}`."),
        ),
        Bar::Answer(mail) => (
            format!("an owner's answer on ticket {ticket} has not been read"),
            format!("`latchkey mail heard {ticket} {mail}` once it was."),
        ),
        Bar::Judged(other) => (
            format!("open ticket {other} is judged by what ticket {ticket} says"),
            format!("Decide ticket {other} first."),
        ),
    };
    (ticket, why, next)
}

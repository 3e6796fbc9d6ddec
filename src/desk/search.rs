//! Search over every ticket of the desk, closed ones too, as one types.

use std::time::Duration;

use super::act::{Hand, Size};
use super::{Desk, Failure, Folder};
use crate::audit::{Draft, Info};
use crate::domain::search::Query;
use crate::domain::{Recommendation, Request, Role, State, Time};
use crate::store::desk::search::{self as store, Accept, Among, Standing};
use crate::store::desk::tickets::{self, Ticket};
use crate::store::{self as files, Db, FileKind, Purpose, Statements};
use crate::words::Phrase;

pub use crate::store::desk::search::Step;

/// Tickets that the index takes in at once: nobody waits longer than for these to write.
const STEP: i64 = 1024;
/// Up to so many tickets are as quickly read as looked up.
const FEW: u64 = 256;
/// Between two steps: whoever waits to write comes first.
const BREATH: Duration = Duration::from_millis(2);
/// Longest text that is looked for, in bytes.
const LONGEST: usize = 1024;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words, and where the ticket stands: `state:`, `request:`, `says:`, `by:` and `no:`, as in the queue's filter.
    pub text: String,
    /// Leaves closed tickets out.
    pub open: bool,
    /// At most so many.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The newest first.
    pub tickets: Vec<Ticket>,
    /// There are more than were wanted.
    pub more: bool,
}

impl Desk {
    /// Looks for tickets. It is logged, since what one finds by is somebody's; `reveal` says that what is found will be
    /// shown in full: whoever looks signs that.
    ///
    /// # Errors
    /// The text is too long or empty, or the desk cannot be read.
    pub fn search(&mut self, asked: &Asked, reveal: bool) -> Result<Found, Failure> {
        self.require(Role::ALL, "look things up")?;
        if self.readonly && reveal {
            return Err(
                Failure::refused(Phrase::of("fail-reveal-readonly")).hint(Phrase::of("hint-reveal-readonly"))
            );
        }
        let wanted = Wanted::of(asked, self.now());
        if asked.text.len() > LONGEST || wanted.is_nothing() {
            return Err(Failure::usage(Phrase::of("fail-search-text")));
        }
        self.settle(|_| {})?;
        let hits = wanted.find(self.db(), asked.most, &mut || true)?;
        let statements = Statements::new(self.db());
        let found = hits.tickets.iter().filter_map(|id| tickets::get(&statements, *id).transpose());
        let found = Found { tickets: found.collect::<Result<_, _>>()?, more: hits.more };
        drop(statements);
        self.log_search(found.tickets.len(), !asked.open, reveal)?;
        Ok(found)
    }

    /// The leaf of a search; a rehearsal open read-only has none.
    ///
    /// # Errors
    /// The log cannot be written.
    pub fn log_search(&mut self, tickets: usize, closed: bool, reveal: bool) -> Result<(), Failure> {
        if !self.leaves_trace()? {
            return Ok(());
        }
        let count = i64::try_from(tickets).unwrap_or(i64::MAX);
        let name = if reveal { "search.revealed" } else { "search.read" };
        self.act_of(Size::Small, Hand::of_reading(reveal), |act| {
            let draft = Draft::new(name, act.actor);
            act.log(draft.info("tickets", Info::Number(count)).info("closed", Info::Flag(closed)), None)
        })?;
        Ok(())
    }

    /// Lets the index of the search catch up, in small steps; `go_on` hears of each. Where there is little to do, or
    /// somebody else is writing, it waits for another time: what the index does not hold is found all the same.
    ///
    /// # Errors
    /// The desk cannot be written.
    pub fn index(&mut self, go_on: &mut dyn FnMut(Step) -> bool) -> Result<(), Failure> {
        if self.readonly { Ok(()) } else { catch_up(self.db(), go_on) }
    }
}

fn catch_up(db: &Db, go_on: &mut dyn FnMut(Step) -> bool) -> Result<(), Failure> {
    if store::behind(db)? <= FEW {
        return Ok(());
    }
    loop {
        let step = files::write_tx_if_free(db, |tx| store::step(tx, STEP))?;
        let Some(step) = step else { return Ok(()) };
        if step.left == 0 || step.tickets == 0 || !go_on(step) {
            return Ok(());
        }
        std::thread::sleep(BREATH);
    }
}

/// Keeps the index up, for a thread of the screens: it has a connection of its own and waits for nobody.
pub struct Indexer(Db);

impl Indexer {
    /// For a desk.
    ///
    /// # Errors
    /// The desk cannot be opened.
    pub fn open(folder: &Folder) -> Result<Self, Failure> {
        Ok(Self(files::open(&folder.desk_db(), Purpose::Write, FileKind::Desk)?.conn))
    }

    /// Takes in what is new, as long as `go_on` says so.
    ///
    /// # Errors
    /// The desk cannot be written.
    pub fn catch_up(&self, go_on: &mut dyn FnMut(Step) -> bool) -> Result<(), Failure> {
        catch_up(&self.0, go_on)
    }
}

/// What one word asks of where a ticket stands.
#[derive(Clone, Copy)]
enum Field {
    State,
    Request,
    Says,
    By,
    Number,
}

/// What was typed, taken apart.
pub(super) struct Wanted {
    query: Query,
    fields: Vec<(Field, String)>,
    open: bool,
    now: Time,
}

impl Wanted {
    pub(super) fn of(asked: &Asked, now: Time) -> Self {
        let (mut text, mut fields) = (String::new(), Vec::new());
        for word in asked.text.split_whitespace() {
            if let Some(field) = field(word) {
                fields.push(field);
            } else {
                text.push_str(word);
                text.push(' ');
            }
        }
        Self { query: Query::parse(&text), fields, open: asked.open, now }
    }

    fn is_nothing(&self) -> bool {
        self.query.is_empty() && self.fields.is_empty()
    }

    /// The numbers of the tickets, the newest first.
    pub(super) fn find(
        &self,
        db: &Db,
        most: usize,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<store::Hits, Failure> {
        let stands = |ticket: &Standing<'_>| self.stands(ticket);
        let accept = Accept { stands: &stands, among: self.among() };
        let asks = self.open || !self.fields.is_empty();
        Ok(store::find(db, &self.query, asks.then_some(&accept), most, go_on)?)
    }

    /// Where the tickets are that the fields can mean: a value that no ticket has, or few, must not be looked for in a million.
    fn among(&self) -> Among {
        let mut among = Among::Numbers(i64::MIN..=i64::MAX);
        for (field, value) in &self.fields {
            let can_be = match field {
                Field::State => State::ALL.iter().any(|state| is_state(*state, value)),
                Field::Request => Request::ALL.iter().any(|request| is_request(*request, value)),
                Field::Says => Recommendation::ALL.iter().any(|said| says(*said, value)),
                Field::By if value == "none" => true,
                Field::By => {
                    among = Among::Held(self.now);
                    true
                }
                Field::Number => match (numbers(value), &among) {
                    (None, _) => false,
                    (Some(numbers), Among::Numbers(_)) => {
                        among = Among::Numbers(numbers);
                        true
                    }
                    (Some(_), _) => true,
                },
            };
            if !can_be {
                return Among::Nothing;
            }
        }
        among
    }

    fn stands(&self, ticket: &Standing<'_>) -> bool {
        if self.open && ticket.state == State::Closed {
            return false;
        }
        let holder = ticket.lease.filter(|(_, until)| *until > self.now).map(|(who, _)| who);
        self.fields.iter().all(|(field, value)| match field {
            Field::State => is_state(ticket.state, value),
            Field::Request => is_request(ticket.request, value),
            Field::Says => ticket.recommendation.is_some_and(|said| says(said, value)),
            Field::By if value == "none" => holder.is_none(),
            Field::By => holder.is_some_and(|who| who.to_lowercase().contains(value.as_str())),
            Field::Number => numbers(value).is_some_and(|numbers| numbers.contains(&ticket.id)),
        })
    }
}

fn is_state(state: State, value: &str) -> bool {
    state.as_str().contains(value)
}

fn is_request(request: Request, value: &str) -> bool {
    request.as_str().contains(value)
}

fn says(recommendation: Recommendation, value: &str) -> bool {
    recommendation.as_str().starts_with(value)
}

fn field(word: &str) -> Option<(Field, String)> {
    let (name, value) = word.split_once(':').filter(|(_, value)| !value.is_empty())?;
    let field = match name.to_lowercase().as_str() {
        "state" => Field::State,
        "request" => Field::Request,
        "says" => Field::Says,
        "by" => Field::By,
        "no" => Field::Number,
        _ => return None,
    };
    Some((field, value.to_lowercase()))
}

/// `17` or `17-40`.
fn numbers(text: &str) -> Option<std::ops::RangeInclusive<i64>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some(first.parse().ok()?..=last.parse().ok()?)
}

//! The queue: tickets by what a person can finish now. Pages by key, never by offset.

use rusqlite::{Connection, ToSql};

use super::clock;
use super::tickets::{self, Ticket};
use crate::domain::{Recommendation, Request, State, Time};
use crate::store::StoreError;

/// Which tickets are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Empty: every state but `closed`.
    pub states: Vec<State>,
    /// With this recommendation.
    pub recommendation: Option<Recommendation>,
    /// With this request.
    pub request: Option<Request>,
    /// Held by.
    pub assignee: Option<Assignee>,
    /// Text in the reference or the claim's columns, whatever its case.
    pub search: Option<String>,
    /// Late at this moment.
    pub due_before: Option<Time>,
    /// With these numbers, the first and the last.
    pub ids: Option<(i64, i64)>,
    /// In this order.
    pub sort: Sort,
    /// Closed tickets too, where no state is named.
    pub with_closed: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Who holds a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// Nobody holds it.
    Nobody,
    /// This agent does.
    Agent(String),
}

/// Orders of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What a person can finish now first, oldest first within it.
    #[default]
    Urgency,
    /// By due time.
    Due,
    /// By time of receipt.
    Received,
    /// By number.
    Number,
}

impl Sort {
    const fn sql(self) -> &'static str {
        match self {
            Self::Urgency => "rank, received_at, id",
            Self::Due => "due_at, id",
            Self::Received => "received_at, id",
            Self::Number => "id",
        }
    }
}

/// An owner wrote to it, and nobody has heard that.
const UNHEARD: &str = "id IN (SELECT ticket FROM mail WHERE notice = 1 AND heard_by IS NULL)";

impl Sort {
    /// What comes before what, as the screen's queue has it: what an owner wrote, then what is ready to be issued. Each
    /// is read in the order of its index.
    fn parts(self) -> Vec<String> {
        match self {
            Self::Urgency => vec![
                UNHEARD.to_owned(),
                format!("state = 'approved' AND NOT {UNHEARD}"),
                format!("state <> 'approved' AND NOT {UNHEARD}"),
            ],
            Self::Due | Self::Received | Self::Number => vec!["1 = 1".to_owned()],
        }
    }
}

/// The tickets of a filter, and how many there are without the limit.
pub fn list(conn: &Connection, filter: &Filter) -> Result<(Vec<Ticket>, u64), StoreError> {
    let (condition, values) = condition(filter);
    let given: Vec<&dyn ToSql> = values.iter().map(|v| &**v).collect();
    let order = filter.sort.sql();
    let mut found: Vec<Ticket> = Vec::new();
    for part in filter.sort.parts() {
        let left = filter.limit.map(|n| n.saturating_sub(found.len()));
        let limit = left.map_or(String::new(), |n| format!(" LIMIT {n}"));
        let sql = format!(
            "SELECT {} FROM ticket WHERE ({condition}) AND {part} ORDER BY {order}{limit}",
            tickets::COLUMNS
        );
        let mut stmt = conn.prepare_cached(&sql)?;
        let rows = stmt.query_map(given.as_slice(), |row| Ok(tickets::read(row)))?;
        for row in rows {
            found.push(row??);
        }
    }
    let full = filter.limit.is_some_and(|n| found.len() >= n);
    let total = if full {
        let sql = format!("SELECT count(*) FROM ticket WHERE {condition}");
        let count: i64 = conn.prepare_cached(&sql)?.query_row(given.as_slice(), |row| row.get(0))?;
        u64::try_from(count).unwrap_or(0)
    } else {
        found.len() as u64
    };
    Ok((found, total))
}

fn condition(filter: &Filter) -> (String, Vec<Box<dyn ToSql>>) {
    let mut parts: Vec<String> = Vec::new();
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    let mut bind = |value: Box<dyn ToSql>| {
        values.push(value);
        format!("${}", values.len())
    };
    if !filter.states.is_empty() {
        let words: Vec<String> = filter.states.iter().map(|s| bind(Box::new(s.as_str()))).collect();
        parts.push(format!("state IN ({})", words.join(", ")));
    } else if !filter.with_closed {
        parts.push("state <> 'closed'".to_owned());
    }
    if let Some((first, last)) = filter.ids {
        let first = bind(Box::new(first));
        parts.push(format!("id BETWEEN {first} AND {}", bind(Box::new(last))));
    }
    if let Some(word) = filter.recommendation {
        parts.push(format!("recommendation = {}", bind(Box::new(word.as_str()))));
    }
    if let Some(word) = filter.request {
        parts.push(format!("request = {}", bind(Box::new(word.as_str()))));
    }
    match &filter.assignee {
        None => {}
        Some(Assignee::Nobody) => parts.push("assignee IS NULL".to_owned()),
        Some(Assignee::Agent(name)) => parts.push(format!("assignee = {}", bind(Box::new(name.clone())))),
    }
    if let Some(due) = filter.due_before {
        let moment = bind(Box::new(due.0));
        parts.push(clock::overdue(&moment));
    }
    if let Some(text) = filter.search.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        // SQLite lowers ASCII alone; both spellings are looked for, so that Cyrillic is found too.
        let like = |text: &str| {
            let escaped: String = text
                .chars()
                .flat_map(|c| "%_\\".contains(c).then_some('\\').into_iter().chain([c]))
                .collect();
            format!("%{escaped}%")
        };
        let titled = {
            let mut chars = text.chars();
            chars.next().map_or_else(String::new, |c| {
                c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
            })
        };
        let mut any = Vec::new();
        let mut spellings =
            vec![like(text), like(&text.to_lowercase()), like(&text.to_uppercase()), like(&titled)];
        spellings.sort();
        spellings.dedup();
        for spelling in spellings {
            any.push(format!("reference LIKE {} ESCAPE '\\'", bind(Box::new(spelling.clone()))));
            any.push(format!("given LIKE {} ESCAPE '\\'", bind(Box::new(spelling))));
        }
        parts.push(format!("({})", any.join(" OR ")));
    }
    let all = if parts.is_empty() { "1 = 1".to_owned() } else { parts.join(" AND ") };
    (all, values)
}

/// How many open tickets each state and recommendation has.
pub fn counts(conn: &Connection) -> Result<Vec<(State, Option<Recommendation>, u64)>, StoreError> {
    let mut stmt = conn.prepare_cached(
        "SELECT state, recommendation, count(*) FROM ticket WHERE state <> 'closed' GROUP BY state, recommendation",
    )?;
    let mut rows = stmt.query([])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get(0)?;
        let word: Option<String> = row.get(1)?;
        counts.push((
            state.parse().map_err(|_| StoreError::Nonsense { what: "state" })?,
            word.and_then(|w| w.parse().ok()),
            u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
        ));
    }
    Ok(counts)
}

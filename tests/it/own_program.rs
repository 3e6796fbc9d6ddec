//! An agent with a program of their own: it writes into `desk.db` past the desk, and appends leaves that are in their
//! place, commit to the rows as they stand, and are signed with the agent's own key.

use base64ct::{Base64, Encoding as _};
use latchkey::audit::{Draft, Hash};
use latchkey::authority::{AgentKey, Authored as _, Protection, StatementClaims, read_key};
use latchkey::domain::Time;
use latchkey::store::Statements;
use latchkey::store::desk::journal::Journal;
use latchkey::store::desk::rows;
use rusqlite::Connection;

use crate::desk_rehearsal::Rehearsal;

pub struct OwnProgram {
    conn: Connection,
    key: Option<AgentKey>,
    desk: String,
}

impl OwnProgram {
    /// The program of somebody who works at this desk.
    pub fn of(made: &Rehearsal, who: &str) -> Self {
        let key = made.folder().join(format!("keys/{who}.pem"));
        Self {
            conn: Connection::open(made.folder().join("desk.db")).unwrap(),
            key: Some(read_key(&key, who, Protection::Rehearsal).unwrap()),
            desk: made.desk("clara").keyset.claims().iss.clone(),
        }
    }

    /// That of somebody who has no key.
    pub fn without_key(folder: &std::path::Path) -> Self {
        Self { conn: Connection::open(folder.join("desk.db")).unwrap(), key: None, desk: String::new() }
    }

    pub fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Writes rows; some must have been there to be written.
    pub fn writes(&self, sql: &str) {
        assert!(self.conn.execute(sql, []).unwrap() > 0, "{sql} changed nothing");
    }

    /// A statement of this agent about a ticket, as the desk keeps it beside a clearing.
    pub fn states(&self, act: &str, ticket: i64, sub: &str, facts: &[(&str, &str)], at: Time) -> String {
        let claims = StatementClaims {
            iss: self.desk.clone(),
            by: self.key.as_ref().unwrap().name().to_owned(),
            act: act.to_owned(),
            ticket: u64::try_from(ticket).ok(),
            sub: Some(sub.to_owned()),
            facts: facts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            iat: at.0,
        };
        claims.sign(self.key.as_ref().unwrap()).unwrap()
    }

    /// Appends a leaf about a ticket that commits to these groups of its rows as they stand; it is signed if its actor is
    /// whose program this is. Returns its number.
    pub fn logs(&self, draft: Draft<'_>, ticket: i64, groups: &[usize], at: Time, signed: bool) -> u64 {
        let (salt, texts) = rows::of(&self.conn, ticket, groups).unwrap().unwrap();
        let mut draft = draft.ticket(u64::try_from(ticket).unwrap());
        for group in groups {
            draft = draft.commit(rows::GROUPS[*group], &salt, texts[*group].text());
        }
        let mut journal = Journal::open(&self.conn).unwrap();
        let leaf = journal.append(&Statements::new(&self.conn), draft, at, Some(ticket)).unwrap();
        let hash: Hash = *journal.head().last();
        journal.close(&self.conn).unwrap();
        if let Some(key) = self.key.as_ref().filter(|_| signed) {
            let number = leaf.to_string();
            let facts =
                [("first", number.as_str()), ("hash", &Base64::encode_string(&hash)), ("last", &number)];
            let mut claims = facts.map(|(k, v)| (k.to_owned(), v.to_owned())).into_iter().collect();
            let jws = StatementClaims {
                iss: self.desk.clone(),
                by: key.name().to_owned(),
                act: "leaves.signed".to_owned(),
                ticket: None,
                sub: None,
                facts: std::mem::take(&mut claims),
                iat: at.0,
            };
            let jws = jws.sign(key).unwrap();
            let add = "INSERT INTO statement (leaf, jws) VALUES ($1, $2)";
            self.conn.execute(add, rusqlite::params![leaf.cast_signed(), jws]).unwrap();
        }
        leaf
    }
}

//! What the rows about a ticket say, as one text a group: the log commits to it with every act that changes it, so that
//! a row that was edited past the desk does not fit its last leaf.
//!
//! [`TABLES`] says which columns that are. A column stands there, is compared in another way, or is named with the reason
//! why nothing hangs on it in `tests/it/store_tampered.rs`, which reads the schema.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::StoreError;

/// Rows that are committed to together; each is the key of a commitment.
pub const GROUPS: [&str; 8] = [
    "rows_claim",
    "rows_codes",
    "rows_decision",
    "rows_owner",
    "rows_notice",
    "rows_mail",
    "rows_told",
    "rows_read",
];

/// One table's part.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The place of its group in [`GROUPS`].
    pub group: usize,
    /// Its columns that count, in the order in which they are written down.
    pub columns: &'static str,
    /// Its rows, with the number of their ticket as `ticket`.
    from: &'static str,
    /// Which of them.
    filter: &'static str,
    /// What orders those of one ticket.
    order: &'static str,
}

const fn table(
    group: usize,
    name: &'static str,
    columns: &'static str,
    from: &'static str,
    order: &'static str,
) -> Table {
    Table { name, group, columns, from, filter: "1 = 1", order }
}

/// Which rows and columns are committed to, a group's tables together.
pub const TABLES: [Table; 15] = [
    table(
        0,
        "ticket",
        "reference, request, received_at, given, merged_into",
        "(SELECT id AS ticket, * FROM ticket)",
        "ticket",
    ),
    // The last is what a picture says where it was not read yet, as leaves had it before that got a group of its own.
    table(
        0,
        "evidence",
        "id, kind, given, added_by, added_at, removed_by, removed_at, file_name, bytes, sha256, dhash, NULL",
        "evidence",
        "id",
    ),
    table(0, "contributor", "agent", "contributor", "agent"),
    table(
        1,
        "code",
        "id, channel, kind, value, account, request, device, sent_at, expires_at, sent_by, salt, hash, confirmed_at, void",
        "code",
        "id",
    ),
    table(1, "wrong_code", "code, at, by", "wrong_code", "rowid"),
    table(
        2,
        "decision",
        "id, word, override, reason, by, at, jti, jws, snapshot, notified_at, cancelled_at, cancelled_why",
        "decision",
        "id",
    ),
    table(2, "approval", "id, decision, by, at, jws", "approval", "id"),
    table(2, "clearing", "other, name, by, at, reason, jws", "clearing", "other, name"),
    table(3, "owner_notice", "id, decision, at, contacts", "owner_notice", "id"),
    table(3, "objection", "at, by, reason", "objection", "at"),
    Table {
        name: "message",
        group: 6,
        columns: "id, mark, decision, way, address, state, ended_at, code_hash",
        from: "message",
        // When a message ended, its leaf is written; the cool-down runs from the first that was taken.
        filter: "kind = 'owner-notice' AND ended_at IS NOT NULL",
        order: "id",
    },
    table(
        4,
        "desk_notice",
        "id, key, name, kind, status, reported_at, lapses_at, raised_by, confirmed_by, clear_asked_by, cleared_by, cleared_at",
        "desk_notice",
        "id",
    ),
    table(
        5,
        "mail",
        "id, known, digest, follows, stranger, notice, name, sender, subject, text, remarks, sent_at, taken_at, taken_by, \
        original, bytes, heard_by",
        "mail",
        "id",
    ),
    table(
        5,
        "offer",
        "id, mail, kind, text, damaged, bytes, sha256, dhash, state, what, evidence, by, at",
        "(SELECT m.ticket AS ticket, o.* FROM mail m JOIN offer o ON o.mail = m.id)",
        "id",
    ),
    Table {
        name: "evidence",
        group: 7,
        columns: "id, seen",
        from: "evidence",
        // What a picture says is read after it came in, by anybody, and changes nothing else about it.
        filter: "seen IS NOT NULL",
        order: "id",
    },
];

impl Table {
    fn of_one(&self) -> String {
        let Self { columns, from, filter, order, .. } = self;
        format!("SELECT {columns} FROM {from} WHERE ticket = $1 AND {filter} ORDER BY {order}")
    }

    fn of_all(&self) -> String {
        let Self { columns, from, filter, order, .. } = self;
        format!(
            "SELECT ticket, {columns} FROM {from} WHERE {filter} AND ticket IS NOT NULL ORDER BY ticket, {order}"
        )
    }
}

/// The text of a group: empty where it has no row. No two different groups of rows have the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(Vec<u8>);

impl Rows {
    /// What it says.
    pub fn text(&self) -> &[u8] {
        &self.0
    }

    /// Begins a row of a table.
    pub fn row(&mut self, table: usize) {
        self.0.push(b'>');
        self.0.extend(u8::try_from(table).unwrap_or(u8::MAX).to_le_bytes());
    }

    /// A column that holds nothing.
    pub fn null(&mut self) {
        self.0.push(b'-');
    }

    /// A column that holds a number.
    pub fn number(&mut self, number: i64) {
        self.0.push(b'i');
        self.0.extend(number.to_le_bytes());
    }

    /// A column that holds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.push(b's');
        self.0.extend((bytes.len() as u64).to_le_bytes());
        self.0.extend(bytes);
    }

    /// A column that may hold a text.
    pub fn text_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.bytes(text.as_bytes()),
            None => self.null(),
        }
    }

    fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.null(),
            ValueRef::Integer(number) => self.number(number),
            // No column holds one: STRICT tables.
            ValueRef::Real(number) => self.bytes(&number.to_le_bytes()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => self.bytes(bytes),
        }
    }

    /// A row's columns, from one on up to another.
    pub(super) fn read(
        &mut self,
        table: usize,
        row: &Row<'_>,
        from: usize,
        to: usize,
    ) -> Result<(), StoreError> {
        self.row(table);
        for column in from..to {
            self.value(row.get_ref(column)?);
        }
        Ok(())
    }
}

/// A ticket's salt, and the text of each group.
pub type Salted = ([u8; 32], [Rows; GROUPS.len()]);

/// A ticket's salt and the texts of the groups that are wanted; `None` where there is no such ticket.
pub fn of(conn: &Connection, ticket: i64, wanted: &[usize]) -> Result<Option<Salted>, StoreError> {
    let salt = conn
        .prepare_cached("SELECT salt FROM ticket WHERE id = $1")?
        .query_row([ticket], |row| row.get(0))
        .optional()?;
    let Some(salt) = salt else { return Ok(None) };
    let mut groups: [Rows; GROUPS.len()] = std::array::from_fn(|_| Rows::default());
    for (number, table) in TABLES.iter().enumerate().filter(|(_, table)| wanted.contains(&table.group)) {
        let mut stmt = conn.prepare_cached(&table.of_one())?;
        let mut rows = stmt.query([ticket])?;
        while let Some(row) = rows.next()? {
            if let Some(group) = groups.get_mut(table.group) {
                group.read(number, row, 0, row.as_ref().column_count())?;
            }
        }
    }
    Ok(Some((salt, groups)))
}

/// Every ticket with its salt and the texts of its groups, in the order of their numbers. Rows of a ticket that is not
/// there come with no salt.
pub fn each(
    conn: &Connection,
    mut each: impl FnMut(i64, Option<[u8; 32]>, &[Rows; GROUPS.len()]) -> bool,
) -> Result<(), StoreError> {
    let mut stmts = Vec::with_capacity(TABLES.len());
    for table in &TABLES {
        stmts.push(conn.prepare(&table.of_all())?);
    }
    let mut cursors = Vec::with_capacity(TABLES.len());
    for stmt in &mut stmts {
        let mut rows = stmt.query([])?;
        let at = ticket_of(rows.next()?)?;
        cursors.push((rows, at));
    }
    let mut salts = conn.prepare_cached("SELECT salt FROM ticket WHERE id = $1")?;
    let mut groups: [Rows; GROUPS.len()] = std::array::from_fn(|_| Rows::default());
    while let Some(ticket) = cursors.iter().filter_map(|(_, at)| *at).min() {
        for rows in &mut groups {
            rows.0.clear();
        }
        for (number, (table, (rows, at))) in TABLES.iter().zip(&mut cursors).enumerate() {
            while *at == Some(ticket) {
                if let (Some(row), Some(group)) =
                    (FallibleStreamingIterator::get(rows), groups.get_mut(table.group))
                {
                    group.read(number, row, 1, row.as_ref().column_count())?;
                }
                *at = ticket_of(rows.next()?)?;
            }
        }
        let salt = salts.query_row([ticket], |row| row.get(0)).optional()?;
        if !each(ticket, salt, &groups) {
            break;
        }
    }
    Ok(())
}

fn ticket_of(row: Option<&Row<'_>>) -> Result<Option<i64>, StoreError> {
    Ok(row.map(|row| row.get(0)).transpose()?)
}

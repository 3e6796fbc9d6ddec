//! Whether a file is shaped as this program makes it. Triggers and views are switched off on every connection (`open.rs`);
//! a table, an index or a check that somebody else wrote would work inside our statements all the same, and what an act
//! wrote by it would be signed as if it were ours.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::LazyLock;

use rusqlite::Connection;

use super::migrate::{found, section, version};
use super::{FileKind, StoreError};

/// What of a file's shape is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// We never made it.
    More,
    /// We made it, and otherwise.
    Otherwise,
    /// We made it, and it is gone.
    Gone,
}

/// What is counted by `ANALYZE`, which people run with other programs: plans only.
const COUNTS: [(&str, &str); 2] = [
    ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
];

/// Kind, table, and the text that made it, as the schema has it and as [`plain`] has that: empty for what SQLite makes by
/// itself for a key.
pub(super) type Thing = (&'static str, String, [String; 2]);
/// By name.
pub(super) type Things = HashMap<String, Thing>;

/// What the schema makes: read once, and asked at every opening and act.
static REGISTRY: LazyLock<Things> = LazyLock::new(|| things(FileKind::Registry));
static DESK: LazyLock<Things> = LazyLock::new(|| things(FileKind::Desk));

/// Refuses a file in which something is not as we made it. Of a newer version's only what no version has.
pub fn is_ours(conn: &Connection, kind: FileKind) -> Result<(), StoreError> {
    let newer = found(conn)? > version(kind);
    let made = if newer { Cow::Owned(Things::new()) } else { ours(kind) };
    let mut ours: HashMap<&str, &Thing> = made.iter().map(|(name, thing)| (&**name, thing)).collect();
    let unlike = |unlike, thing: &str, name: &str| StoreError::Shape {
        path: conn.path().map_or_else(|| kind.file_name().into(), PathBuf::from),
        unlike,
        thing: word(thing),
        name: name.to_owned(),
    };
    let mut all = conn.prepare_cached("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at).map(|v| v.as_str_or_null().ok().flatten().unwrap_or(""));
        let (thing, name, table, sql) = (text(0)?, text(1)?, text(2)?, text(3)?);
        match ours.remove(name) {
            Some((kind, on, made)) if *kind == thing && on == table && is_made_by(made, sql, name) => {}
            Some(_) => return Err(unlike(Unlike::Otherwise, thing, name)),
            None if thing == "table" && COUNTS.contains(&(name, sql)) => {}
            None if newer && matches!(thing, "table" | "index") => {}
            None => return Err(unlike(Unlike::More, thing, name)),
        }
    }
    match ours.into_iter().min_by_key(|(name, _)| *name) {
        None => Ok(()),
        Some((name, (thing, ..))) => Err(unlike(Unlike::Gone, thing, name)),
    }
}

/// Whether a file's text of something is ours: as a rule it is the same byte for byte.
fn is_made_by([written, plainly]: &[String; 2], sql: &str, name: &str) -> bool {
    written == sql || *plainly == plain(&unquoted(sql, name))
}

/// How people call it.
fn word(thing: &str) -> &'static str {
    match thing {
        "table" => "shape-table",
        "index" => "shape-index",
        "trigger" => "shape-trigger",
        "view" => "shape-view",
        _ => "shape-other",
    }
}

/// Everything that our schema makes.
fn ours(kind: FileKind) -> Cow<'static, Things> {
    let ours = Cow::Borrowed(match kind {
        FileKind::Registry => &*REGISTRY,
        FileKind::Desk => &*DESK,
    });
    #[cfg(test)]
    let ours = super::migrate::upgrade_tests::and_later(kind, ours);
    ours
}

/// The same, read from its text: by name, as SQLite keeps it.
fn things(kind: FileKind) -> Things {
    let mut things = Things::new();
    for written in statements(section(kind)) {
        let sql = plain(&written);
        if let Some(rest) = sql.strip_prefix("CREATE TABLE ") {
            let name = first_word(rest);
            for n in keys(&sql) {
                let index = format!("sqlite_autoindex_{name}_{n}");
                things.insert(index, ("index", name.to_owned(), [String::new(), String::new()]));
            }
            things.insert(name.to_owned(), ("table", name.to_owned(), [written, sql.clone()]));
        } else if let Some((name, on)) =
            sql.split_once(" INDEX ").and_then(|(_, rest)| rest.split_once(" ON "))
        {
            things.insert(name.to_owned(), ("index", first_word(on).to_owned(), [written, sql.clone()]));
        }
    }
    things
}

fn first_word(text: &str) -> &str {
    text.split([' ', '(']).next().unwrap_or(text)
}

/// The numbers of the indexes that SQLite makes by itself: one for each UNIQUE, and one for a key that is not the row's
/// number. Where the table itself stands in the order of its key, that one has a number and no index.
fn keys(table: &str) -> RangeInclusive<usize> {
    let own_key = table.contains("PRIMARY KEY") && !table.contains(" INTEGER PRIMARY KEY");
    let own_key = usize::from(own_key);
    let first = if table.ends_with("WITHOUT ROWID") { own_key + 1 } else { 1 };
    first..=table.matches("UNIQUE").count() + own_key
}

/// The statements that make something. Each begins a line and ends one.
fn statements(section: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut one: Option<String> = None;
    for line in section.lines() {
        if one.is_none() && line.starts_with("CREATE ") {
            one = Some(String::new());
        }
        let Some(mut text) = one.take() else { continue };
        text.push_str(line);
        match text.strip_suffix(';') {
            Some(whole) => all.push(whole.to_owned()),
            None => one = Some(text + "\n"),
        }
    }
    all
}

/// A statement without comments and with one space for many, outside of what stands in quotes. Other quotes and
/// comments than these stay, and ours have none.
fn plain(sql: &str) -> String {
    let mut plain = String::with_capacity(sql.len());
    let mut quoted = false;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        quoted ^= c == '\'';
        if quoted {
            plain.push(c);
        } else if c == '-' && chars.peek() == Some(&'-') {
            while chars.peek().is_some_and(|c| *c != '\n') {
                chars.next();
            }
        } else if !c.is_ascii_whitespace() {
            plain.push(c);
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// A table that an upgrade built anew and renamed has its name in quotes.
fn unquoted<'a>(sql: &'a str, name: &str) -> Cow<'a, str> {
    let rest = sql.strip_prefix("CREATE TABLE \"").and_then(|rest| rest.strip_prefix(name));
    match rest.and_then(|rest| rest.strip_prefix('"')) {
        Some(rest) => Cow::Owned(format!("CREATE TABLE {name}{rest}")),
        None => Cow::Borrowed(sql),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Purpose, open};

    #[test]
    fn the_shape_is_what_sqlite_makes_of_the_schema() {
        for kind in [FileKind::Registry, FileKind::Desk] {
            let conn = Connection::open_in_memory().unwrap();
            conn.execute_batch(section(kind)).unwrap();
            let count = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
            let made = count("SELECT count(*) FROM sqlite_schema");
            assert!(made > 20, "{made}");
            assert_eq!(i64::try_from(things(kind).len()), Ok(made));
            for (name, (.., [written, _])) in things(kind) {
                let same = format!(
                    "SELECT count(*) FROM sqlite_schema WHERE name = '{name}' AND coalesce(sql, '') = $1"
                );
                let same: i64 = conn.query_row(&same, [&written], |r| r.get(0)).unwrap();
                assert_eq!(same, 1, "no text of {name} is worked over where it is ours as it stands");
            }
            conn.pragma_update(None, "user_version", version(kind)).unwrap();
            is_ours(&conn, kind).unwrap();
            conn.execute_batch("ANALYZE").unwrap();
            is_ours(&conn, kind).unwrap();
            // The two are told apart by what we make, and by nothing that we switch off.
            assert_eq!(count("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"), 0);
        }
    }

    #[test]
    fn comments_and_spaces_make_no_other_shape_and_quotes_do() {
        for (one, other, same) in [
            ("CREATE TABLE a (b  INTEGER, -- so 'many\n c)", "CREATE TABLE a (b INTEGER, c)", true),
            ("CREATE TABLE a (b CHECK (b = ' '))", "CREATE TABLE a (b CHECK (b = '  '))", false),
            ("CREATE TABLE a (b CHECK (b = '--'))", "CREATE TABLE a (b CHECK (b = ''))", false),
            ("CREATE TABLE a (b UNIQUE)", "CREATE TABLE a (b /* UNIQUE */)", false),
            ("CREATE TABLE a (b UNIQUE)", "CREATE TABLE a (b \"UNIQUE\")", false),
            ("CREATE TABLE a (b)", "CREATE TABLE \"a\" (b)", true),
            ("CREATE TABLE a (b)", "CREATE TABLE \"b\" (b)", false),
        ] {
            assert_eq!(plain(one) == plain(&unquoted(other, "a")), same, "{one} {other}");
        }
    }

    /// Whatever is put into a file, changed or taken away, by whatever name: named, and the file stays closed.
    #[test]
    fn a_file_with_something_that_is_not_ours_is_not_opened() {
        use Unlike::{Gone, More, Otherwise};
        let dir = tempfile::tempdir().unwrap();
        let put = "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES";
        let change = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql =";
        for (n, (kind, sql, unlike, thing, name)) in [
            (FileKind::Desk, "CREATE TRIGGER x AFTER INSERT ON code BEGIN SELECT 1; END", More, "shape-trigger", "x"),
            (FileKind::Desk, "CREATE VIEW x AS SELECT 1", More, "shape-view", "x"),
            (FileKind::Desk, "CREATE TABLE x (a)", More, "shape-table", "x"),
            (FileKind::Desk, "CREATE INDEX x ON code (ticket)", More, "shape-index", "x"),
            (FileKind::Desk, "CREATE TABLE x (a INTEGER PRIMARY KEY AUTOINCREMENT)", More, "shape-table", "x"),
            (FileKind::Desk, "DROP INDEX desk_notice_key", Gone, "shape-index", "desk_notice_key"),
            (FileKind::Registry, "DROP TABLE notice", Gone, "shape-table", "notice"),
            (
                FileKind::Desk,
                "PRAGMA legacy_alter_table = ON; ALTER TABLE desk_notice RENAME TO dn; \
                 CREATE VIEW desk_notice AS SELECT * FROM dn WHERE key <> 1",
                More,
                "shape-table",
                "dn",
            ),
            (
                FileKind::Registry,
                &format!("{put} ('trigger', 'sqlite_autoindex_contact_2', 'contact', 0, 'CREATE TRIGGER \
                 sqlite_autoindex_contact_2 AFTER INSERT ON contact BEGIN SELECT 1; END')"),
                More,
                "shape-trigger",
                "sqlite_autoindex_contact_2",
            ),
            (
                FileKind::Desk,
                &format!("{change} 'CREATE INDEX desk_notice_key ON desk_notice (-key)' WHERE name = 'desk_notice_key'"),
                Otherwise,
                "shape-index",
                "desk_notice_key",
            ),
            (
                FileKind::Desk,
                &format!("{change} replace(sql, 'cleared_by <> clear_asked_by', 'true') WHERE name = 'desk_notice'"),
                Otherwise,
                "shape-table",
                "desk_notice",
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let path = dir.path().join(format!("{n}.db"));
            drop(open(&path, Purpose::Create, kind).unwrap());
            let conn = Connection::open(&path).unwrap();
            conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
            drop(conn);
            for purpose in [Purpose::Read, Purpose::Write] {
                let refused = open(&path, purpose, kind).unwrap_err();
                let StoreError::Shape { unlike: found, thing: what, name: by, .. } = &refused else {
                    panic!("{sql}: {refused}")
                };
                assert_eq!((*found, *what, by.as_str()), (unlike, thing, name), "{sql}");
                assert!(refused.to_string().contains(name) && refused.to_string().contains("doctor"), "{refused}");
            }
        }
    }

    #[test]
    fn of_a_newer_file_only_what_no_version_has_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.db");
        drop(open(&path, Purpose::Create, FileKind::Desk).unwrap());
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch("CREATE TABLE later (a); PRAGMA user_version = 99").unwrap();
        assert!(open(&path, Purpose::Read, FileKind::Desk).unwrap().newer.is_some());
        conn.execute_batch("CREATE TRIGGER x AFTER INSERT ON later BEGIN SELECT 1; END").unwrap();
        let refused = open(&path, Purpose::Read, FileKind::Desk).unwrap_err();
        assert!(matches!(&refused, StoreError::Shape { unlike: Unlike::More, .. }), "{refused}");
    }
}

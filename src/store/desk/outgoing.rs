//! Authorizations as a list: without their tokens, newest first.

use rusqlite::{Connection, Row, params};

use crate::domain::{Op, Time};
use crate::store::StoreError;

/// Where an authorization stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Signed, not used, not withdrawn, not run out.
    Out,
    /// Used.
    Redeemed,
    /// Withdrawn.
    Revoked,
    /// Run out unused.
    Expired,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantLine {
    /// The token's id.
    pub jti: String,
    /// The ticket's number.
    pub ticket: i64,
    /// The ticket's reference.
    pub reference: Option<String>,
    /// What it allows.
    pub op: Op,
    /// On what.
    pub sub: String,
    /// For whom.
    pub aud: String,
    /// Who signed it.
    pub issued_by: String,
    /// When.
    pub issued_at: Time,
    /// Until when.
    pub expires_at: Time,
    /// When it was used.
    pub redeemed_at: Option<Time>,
    /// When it was withdrawn.
    pub revoked_at: Option<Time>,
    /// Why it was withdrawn.
    pub revoked_why: Option<String>,
}

impl GrantLine {
    /// Where it stands at `now`.
    pub fn stage(&self, now: Time) -> Stage {
        match (self.redeemed_at, self.revoked_at) {
            (Some(_), _) => Stage::Redeemed,
            (_, Some(_)) => Stage::Revoked,
            _ if self.expires_at <= now => Stage::Expired,
            _ => Stage::Out,
        }
    }

    /// Whether all these words, in small letters, are in it.
    fn has(&self, words: &[&str]) -> bool {
        let reference = self.reference.as_deref().unwrap_or_default();
        let text = format!(
            "{reference} #{} {} {} {} {} {}",
            self.ticket, self.op, self.sub, self.aud, self.issued_by, self.jti
        )
        .to_lowercase();
        words.iter().all(|word| text.contains(word))
    }
}

/// Which authorizations are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantSearch {
    /// Only those that stand so.
    pub stage: Option<Stage>,
    /// Only those with all these words in them.
    pub words: String,
    /// Places that are left out, and lines that are given at most.
    pub from: usize,
    /// Lines that are given at most.
    pub most: usize,
}

/// A page of what was found, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantPage {
    /// The place of the first line.
    pub first: usize,
    /// The lines.
    pub lines: Vec<GrantLine>,
    /// How many have the words, by where they stand, in the order of [`Stage`].
    pub counts: [u64; 4],
}

impl Stage {
    /// The condition on a row, with the present bound as `$1`.
    const fn condition(self) -> &'static str {
        match self {
            Self::Out => "redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > $1",
            Self::Redeemed => "redeemed_at IS NOT NULL AND $1 = $1",
            Self::Revoked => "redeemed_at IS NULL AND revoked_at IS NOT NULL AND $1 = $1",
            Self::Expired => "redeemed_at IS NULL AND revoked_at IS NULL AND expires_at <= $1",
        }
    }
}

const LINE: &str = "SELECT a.jti, a.ticket, t.reference, a.op, a.sub, a.aud, a.issued_by, a.issued_at, \
    a.expires_at, a.redeemed_at, a.revoked_at, a.revoked_why FROM authorization a JOIN ticket t ON t.id = a.ticket";

fn line(row: &Row<'_>) -> Result<GrantLine, StoreError> {
    let op: String = row.get(3)?;
    Ok(GrantLine {
        jti: row.get(0)?,
        ticket: row.get(1)?,
        reference: row.get(2)?,
        op: op.parse().map_err(|_| StoreError::Nonsense { what: "operation" })?,
        sub: row.get(4)?,
        aud: row.get(5)?,
        issued_by: row.get(6)?,
        issued_at: Time(row.get(7)?),
        expires_at: Time(row.get(8)?),
        redeemed_at: row.get::<_, Option<i64>>(9)?.map(Time),
        revoked_at: row.get::<_, Option<i64>>(10)?.map(Time),
        revoked_why: row.get(11)?,
    })
}

/// A page of authorizations at `now`; where words are looked for every line is read, as long as `go_on` says so.
pub fn page(
    conn: &Connection,
    search: &GrantSearch,
    now: Time,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<GrantPage, StoreError> {
    let words = search.words.to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() { turned(conn, search, now) } else { read(conn, search, &words, now, go_on) }
}

/// The page without words: by the index alone, and only its own lines are read.
fn turned(conn: &Connection, search: &GrantSearch, now: Time) -> Result<GrantPage, StoreError> {
    let mut page = GrantPage { first: search.from, ..GrantPage::default() };
    let mut stmt = conn.prepare_cached(
        "SELECT CASE WHEN redeemed_at IS NOT NULL THEN 1 WHEN revoked_at IS NOT NULL THEN 2
                WHEN expires_at <= $1 THEN 3 ELSE 0 END AS stage, count(*) FROM authorization GROUP BY stage",
    )?;
    let mut rows = stmt.query([now.0])?;
    while let Some(row) = rows.next()? {
        let stage = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(0);
        if let Some(count) = page.counts.get_mut(stage) {
            *count = u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0);
        }
    }
    let condition = search.stage.map_or("$1 = $1", Stage::condition);
    let sql = format!(
        "{LINE} WHERE a.jti IN (SELECT jti FROM authorization WHERE {condition}
         ORDER BY issued_at DESC, jti DESC LIMIT $2 OFFSET $3) ORDER BY a.issued_at DESC, a.jti DESC"
    );
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut stmt = conn.prepare_cached(&sql)?;
    let mut rows = stmt.query(params![now.0, whole(search.most), whole(search.from)])?;
    while let Some(row) = rows.next()? {
        page.lines.push(line(row)?);
    }
    Ok(page)
}

/// Lines that are read between two looks whether to go on.
const STEP: u64 = 4096;

fn read(
    conn: &Connection,
    search: &GrantSearch,
    words: &[&str],
    now: Time,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<GrantPage, StoreError> {
    let mut page = GrantPage { first: search.from, ..GrantPage::default() };
    let mut stmt = conn.prepare_cached(&format!("{LINE} ORDER BY a.issued_at DESC, a.jti DESC"))?;
    let mut rows = stmt.query([])?;
    let (mut seen, mut found) = (0, 0);
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen % STEP == 0 && !go_on(seen) {
            break;
        }
        let line = line(row)?;
        if !line.has(words) {
            continue;
        }
        let stage = line.stage(now);
        if let Some(count) = page.counts.get_mut(stage as usize) {
            *count += 1;
        }
        if search.stage.is_some_and(|wanted| wanted != stage) {
            continue;
        }
        if found >= search.from && page.lines.len() < search.most {
            page.lines.push(line);
        }
        found += 1;
    }
    Ok(page)
}

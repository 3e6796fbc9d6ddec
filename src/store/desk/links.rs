//! What tickets share, and who must be judged again when one of them changes.

use rusqlite::{Connection, params};

use crate::domain::{Claim, Item, good, stable_hash};
use crate::judgement::facts::RegistryFacts;
use crate::store::StoreError;

/// Kinds of links (`link.kind`).
pub mod kind {
    pub const DEVICE: i64 = 1;
    pub const ACCOUNT: i64 = 2;
    pub const CONTACT: i64 = 3;
    pub const RECEIPT: i64 = 4;
    pub const RECEIPT_FILE: i64 = 5;
    pub const BOX_FILE: i64 = 6;
    /// The first of five bands of the look-alike hash.
    pub const BOX_BAND: i64 = 7;
}

/// Bits of each of the five bands: 13 + 13 + 13 + 13 + 12.
const BANDS: [(u32, u64); 5] = [(0, 0x1fff), (13, 0x1fff), (26, 0x1fff), (39, 0x1fff), (52, 0xfff)];

/// One thing a ticket may share with others.
pub type Link = (i64, i64);

/// The key under which file bytes are linked: the first 62 bits of their digest.
pub fn file_key(sha256: &[u8; 32]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&sha256[..8]);
    (u64::from_be_bytes(first) >> 2).cast_signed()
}

/// The five bands of a look-alike hash.
pub fn bands(dhash: u64) -> [Link; 5] {
    std::array::from_fn(|i| {
        let (shift, mask) = BANDS[i];
        (kind::BOX_BAND + i64::try_from(i).unwrap_or(0), ((dhash >> shift) & mask).cast_signed())
    })
}

/// Contacts of the claimant, as link keys.
pub fn contacts(claim: &Claim) -> Vec<i64> {
    let who = &claim.claimant;
    let email = good(who.email.as_ref()).map(|e| stable_hash(&["email", e.plain()]));
    let phone = good(who.phone.as_ref()).map(|p| stable_hash(&["phone", &p.plain()]));
    email.into_iter().chain(phone).collect()
}

/// Everything a claim links its ticket to. Removed receipts and pictures still count.
pub fn of(claim: &Claim, facts: &RegistryFacts) -> Vec<Link> {
    let mut links = Vec::with_capacity(8);
    links.extend(facts.device.as_ref().map(|d| (kind::DEVICE, d.id)));
    links.extend(facts.account.as_ref().map(|a| (kind::ACCOUNT, a.no)));
    links.extend(contacts(claim).into_iter().map(|key| (kind::CONTACT, key)));
    for e in &claim.evidence {
        match &e.item {
            Item::Receipt(receipt) => {
                links.extend(receipt.fold_key().map(|key| (kind::RECEIPT, key)));
                links.extend(e.attachment.as_ref().map(|a| (kind::RECEIPT_FILE, file_key(&a.sha256))));
            }
            Item::Box(_) => {
                if let Some(file) = &e.attachment {
                    links.push((kind::BOX_FILE, file_key(&file.sha256)));
                    links.extend(file.dhash.into_iter().flat_map(bands));
                }
            }
            _ => {}
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Links of a stored ticket.
pub fn stored(conn: &Connection, ticket: i64) -> Result<Vec<Link>, StoreError> {
    let mut stmt = conn.prepare_cached("SELECT kind, key FROM link WHERE ticket = $1 ORDER BY kind, key")?;
    let rows = stmt.query_map([ticket], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes the stored links what they should be; `true` where anything changed.
pub fn sync(conn: &Connection, ticket: i64, wanted: &[Link], is_new: bool) -> Result<bool, StoreError> {
    let have = if is_new { Vec::new() } else { stored(conn, ticket)? };
    let mut changed = false;
    for link in wanted.iter().filter(|l| !have.contains(l)) {
        conn.prepare_cached("INSERT INTO link (kind, key, ticket) VALUES ($1, $2, $3)")?
            .execute(params![link.0, link.1, ticket])?;
        changed = true;
    }
    for link in have.iter().filter(|l| !wanted.contains(l)) {
        conn.prepare_cached("DELETE FROM link WHERE kind = $1 AND key = $2 AND ticket = $3")?
            .execute(params![link.0, link.1, ticket])?;
        changed = true;
    }
    Ok(changed)
}

/// Other tickets under one link, the newest first.
pub fn sharing(conn: &Connection, link: Link, ticket: i64) -> Result<Vec<i64>, StoreError> {
    let mut stmt =
        conn.prepare_cached("SELECT ticket FROM link WHERE kind = $1 AND key = $2 ORDER BY ticket DESC")?;
    let mut rows = stmt.query(params![link.0, link.1])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let other: i64 = row.get(0)?;
        if other != ticket {
            found.push(other);
        }
    }
    Ok(found)
}

/// Everything that shares a link with the ticket must be judged again.
pub fn disturb(conn: &Connection, ticket: i64, links: &[Link]) -> Result<(), StoreError> {
    for link in links {
        for other in sharing(conn, *link, ticket)? {
            conn.prepare_cached(
                "UPDATE ticket SET stale = 1 WHERE id = $1 AND stale = 0 AND state <> 'closed'",
            )?
            .execute([other])?;
        }
    }
    Ok(())
}

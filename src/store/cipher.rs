//! Encryption at rest (docs/encryption.md): `SQLCipher` does the work, in a build that has it; without a key it is plain
//! SQLite.
//!
//! A process has one key: whatever it opens is the desk it was started for, or a copy of that. The file begins with its
//! salt, which `SQLCipher` mixes into the key of the page tags; beside 256 random bits that adds nothing, so it says what
//! the file is and of which key instead.

use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::OnceLock;

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{FileKind, StoreError, open, place, steady};

/// Whether this build can encrypt.
pub const BUILT_IN: bool = cfg!(feature = "sqlcipher");
/// Bytes of a key.
const KEY: usize = 32;
/// How an encrypted file begins; the key's own eight bytes follow.
const MARK: &[u8; 8] = b"latchkey";
/// How a plain one begins.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";

static KEY_IN_USE: OnceLock<Key> = OnceLock::new();

/// The key of a desk's files.
pub struct Key {
    hex: Zeroizing<String>,
    id: [u8; 8],
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key {}", hex(&self.id))
    }
}

impl Key {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 2 * KEY || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let digits = Zeroizing::new(text.to_ascii_lowercase());
        let sum = Sha256::new().chain_update("latchkey database key\n").chain_update(&*digits).finalize();
        let mut id = [0; 8];
        id.iter_mut().zip(&sum).for_each(|(id, byte)| *id = *byte);
        Some(Self { hex: digits, id })
    }

    /// Which key it is, without saying anything about it.
    pub fn id(&self) -> String {
        hex(&self.id)
    }

    fn salt(&self) -> String {
        hex(MARK) + &hex(&self.id)
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// From now on every file that this process makes or opens is one of this key. The first key stays.
pub fn use_key(key: Key) {
    let _ = KEY_IN_USE.set(key);
}

/// Whether files are encrypted here.
pub fn in_use() -> bool {
    KEY_IN_USE.get().is_some()
}

/// Gives a new connection the key: before anything else is asked of it.
pub(super) fn unlock(conn: &Connection, kind: FileKind) -> Result<(), StoreError> {
    let Some(key) = KEY_IN_USE.get() else { return Ok(()) };
    ask_for_cipher(conn)?;
    let secret = Zeroizing::new(format!("x'{}{}'", &*key.hex, key.salt()));
    // What it finds we say ourselves, and not on stderr.
    conn.pragma_update(None, "cipher_log_level", "NONE")?;
    conn.pragma_update(None, "key", &*secret)?;
    conn.pragma_update(None, "cipher_page_size", open::page_size(kind))?;
    Ok(())
}

/// Says of which kind the file is that `VACUUM INTO` or `ATTACH` is about to make. `SQLCipher` keeps that for the whole
/// process; whatever is opened otherwise says it for itself.
pub(super) fn copies_as(conn: &Connection, kind: FileKind) -> Result<(), StoreError> {
    if in_use() {
        conn.pragma_update(None, "cipher_default_page_size", open::page_size(kind))?;
    }
    Ok(())
}

/// SQLite ignores pragmas that it does not know: a build without a cipher would write in clear.
fn ask_for_cipher(conn: &Connection) -> Result<(), StoreError> {
    let version = conn.pragma_query_value(None, "cipher_version", |row| row.get::<_, String>(0));
    version.map(drop).map_err(|_| StoreError::NoCipher)
}

/// How a file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    Plain,
    Locked([u8; 8]),
    Otherwise,
}

fn begins(path: &Path) -> Begins {
    let mut head = [0; 16];
    // Kept open: closing it would let go of SQLite's locks.
    let read = steady::kept(path).is_some_and(|file| file.read_exact_at(&mut head, 0).is_ok());
    if !read {
        return Begins::Otherwise;
    }
    let (mark, id) = head.split_at(8);
    match id.try_into() {
        _ if head == *PLAIN => Begins::Plain,
        Ok(id) if mark == MARK => Begins::Locked(id),
        _ => Begins::Otherwise,
    }
}

/// Why SQLite finds no database in a file, where the key is the reason.
pub(super) fn why_unread(path: &Path) -> Option<StoreError> {
    let (found, used) = (begins(path), KEY_IN_USE.get());
    let path = path.to_path_buf();
    match (found, used) {
        (Begins::Plain, Some(_)) => Some(StoreError::NotLocked { path }),
        (Begins::Locked(_), None) => Some(StoreError::Locked { path }),
        (Begins::Locked(id), Some(key)) if id != key.id => {
            Some(StoreError::OtherKey { path, found: hex(&id), used: key.id() })
        }
        // The key is this one, and the first page is not what was written under it.
        (Begins::Locked(_), Some(_)) => Some(StoreError::Damaged(path.display().to_string())),
        _ => None,
    }
}

/// Where a key is in use and `desk.db` is in clear, as it comes out of a plain desk's backup: writes it anew under the
/// key. Nobody has it open.
pub fn lock_copy(path: &Path) -> Result<(), StoreError> {
    let Some(key) = KEY_IN_USE.get().filter(|_| begins(path) == Begins::Plain) else { return Ok(()) };
    let mut to = path.as_os_str().to_owned();
    to.push(".locked");
    let to = Path::new(&to);
    place::make_private(to)?;
    let conn = Connection::open(path)?;
    open::nothing_runs(&conn)?;
    ask_for_cipher(&conn)?;
    copies_as(&conn, FileKind::Desk)?;
    let secret = Zeroizing::new(format!("x'{}{}'", &*key.hex, key.salt()));
    conn.execute("ATTACH DATABASE $1 AS locked KEY $2", (to.to_string_lossy(), &*secret))?;
    conn.query_row("SELECT sqlcipher_export('locked')", [], |_| Ok(()))?;
    for name in ["application_id", "user_version"] {
        let value: i64 = conn.pragma_query_value(None, name, |row| row.get(0))?;
        conn.pragma_update(Some("locked"), name, value)?;
    }
    conn.execute("DETACH DATABASE locked", [])?;
    conn.close().map_err(|(_, e)| e)?;
    std::fs::rename(to, path).map_err(StoreError::io(path, "store-io-naming"))
}

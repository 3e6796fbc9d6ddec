//! The key of encrypted databases (docs/encryption.md), read once from the file that the command line names.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use zeroize::Zeroizing;

use super::{Failure, Folder};
use crate::store::cipher;
use crate::words::Phrase;

/// No key file is longer: 64 digits and what ends the line.
const MOST_BYTES: u64 = 72;

/// Takes the key in `file` for every database of this process.
pub fn unlock(file: &Path, folder: Option<&Folder>) -> Result<(), Failure> {
    let wrong = |what: String| Failure::usage(what).at(file.display().to_string());
    if !cipher::BUILT_IN {
        return Err(Failure::usage(Phrase::of("store-no-cipher")).at(file.display().to_string()).hint(
            "Build it with `cargo build --release --features sqlcipher`, or leave --db-key-file out.",
        ));
    }
    let inside = folder.and_then(|f| f.path().canonicalize().ok()).zip(file.canonicalize().ok());
    if inside.is_some_and(|(folder, file)| file.starts_with(folder)) {
        return Err(wrong(
            "The key lies in the desk's folder: whoever has the one has the other.".to_owned(),
        )
        .hint("Move it to another medium: a secret store, a credential of the service, a stick."));
    }
    let text = read(file).map_err(|e| match e {
        Unread::Io(e) => wrong(format!("The key file cannot be read: {e}.")),
        Unread::Shared(mode) => {
            wrong(format!("Others may read the key file (mode {mode:04o}).")).hint("`chmod 600` it.")
        }
    })?;
    let key = cipher::Key::parse(text.trim_ascii_end()).ok_or_else(|| {
        wrong("The key file holds no key: 64 hexadecimal digits on one line.".to_owned())
            .hint("`(umask 077; openssl rand -hex 32 > FILE)` makes a new one.")
    })?;
    cipher::use_key(key);
    Ok(())
}

enum Unread {
    Io(io::Error),
    Shared(u32),
}

fn read(path: &Path) -> Result<Zeroizing<String>, Unread> {
    let file = File::open(path).map_err(Unread::Io)?;
    let mode = file.metadata().map_err(Unread::Io)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(Unread::Shared(mode));
    }
    // Enough from the start, so that no half of it stays in memory given back.
    let mut text = Zeroizing::new(String::with_capacity(128));
    file.take(MOST_BYTES).read_to_string(&mut text).map_err(Unread::Io)?;
    Ok(text)
}

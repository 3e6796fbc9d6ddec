//! Private keys on disk: PKCS#8 (RFC 5958, version 1) in PEM (RFC 7468), encrypted by PBES2
//! (RFC 8018: scrypt and AES-256-CBC), so that `openssl pkey -in FILE` opens them too.
//!
//! A key file is trusted only after the *opened* file was looked at: a check by name could be
//! answered by one file and the read by another.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::{ALGORITHM_OID, EncodePrivateKey as _, KeypairBytes};
use pkcs8::der::{Document, SecretDocument};
use pkcs8::pkcs5::{pbes2, scrypt};
use pkcs8::{EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef};
use rustix::fs::{FileType, Mode, OFlags, Stat};
use rustix::io::Errno;
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::keys::{AgentKey, RandomError, random};
use super::strict_json::shown;
use crate::words::Phrase;

/// A key file is a few hundred bytes; more is something else.
pub(super) const MAX_FILE: usize = 16 * 1024;
/// Most memory a key file may ask scrypt for (OpenSSL's own limit).
const MAX_SCRYPT_MEMORY: u64 = 32 * 1024 * 1024;
/// Most PBKDF2 rounds a key file may ask for.
const MAX_PBKDF2_ROUNDS: u32 = 10_000_000;

const PLAIN: &str = "PRIVATE KEY";
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";

/// How a key file is protected.
#[derive(Debug, Clone, Copy)]
pub enum Protection<'a> {
    /// Encrypted under this passphrase; a file that is not encrypted is refused.
    Passphrase(&'a SecretString),
    /// Not encrypted. Only a rehearsal desk may ask for this.
    Rehearsal,
}

/// What is wrong with a key file, and the way out.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.phrase())]
pub struct KeyError {
    /// The file (or its folder).
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: KeyProblem,
}

/// The ways a key file can be wrong.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.phrase())]
#[allow(missing_docs)] // each variant's sentence is its documentation
pub enum KeyProblem {
    NotFound,
    Symlink,
    NotRegular,
    ForeignOwner { owner: u32 },
    LooseMode { mode: u32 },
    LooseFolder { mode: u32, owner: u32 },
    Empty,
    TooLong,
    TwoKeys(usize),
    PublicKey,
    OtherLabel(String),
    NotPem,
    Damaged(Phrase),
    NotEd25519,
    NeedsPassphrase,
    WrongPassphrase,
    Unprotected,
    TooCostly(&'static str),
    EmptyPassphrase,
    Exists,
    Io { action: &'static str, source: std::io::Error },
    Random(#[from] RandomError),
}

/// Writes a key as a new file of mode 0600: complete or not at all, never over another file.
///
/// The folder is made with mode 0700 where it is missing, and refused where others may change it.
/// scrypt runs at N = 2^14, r = 8, p = 5 (OWASP's setting for 16 MiB, within OpenSSL's limit).
pub fn write_key(key: &AgentKey, path: &Path, protection: Protection<'_>) -> Result<(), KeyError> {
    let fail = |problem| KeyError { path: path.to_owned(), problem };
    let pem = to_pem(key, protection).map_err(fail)?;
    place_file(path, pem.as_bytes()).map_err(fail)
}

/// A key under another passphrase, durable beside the file whose place it is to take.
#[derive(Debug)]
pub struct StagedKey {
    file: NamedTempFile,
    path: PathBuf,
}

impl StagedKey {
    /// Puts it in its place: the old file or the new one, never half of one. `Ok(Some)`: it is there, and a power cut
    /// may bring the old one back.
    pub fn place(self) -> Result<Option<KeyError>, KeyError> {
        let fail = |problem| KeyError { path: self.path.clone(), problem };
        let handle = open_folder(folder_of(&self.path)).map_err(fail)?;
        self.file.persist(&self.path).map_err(|e| fail(io("keyfile-io-place")(e.error)))?;
        let flushed = rustix::fs::fsync(&handle);
        Ok(flushed.err().map(|e| fail(io("keyfile-io-sync-folder")(e.into()))))
    }
}

/// Makes a key ready to replace the file it came from, under another passphrase.
pub fn stage_key(key: &AgentKey, path: &Path, protection: Protection<'_>) -> Result<StagedKey, KeyError> {
    let fail = |problem| KeyError { path: path.to_owned(), problem };
    let pem = to_pem(key, protection).map_err(fail)?;
    open_folder(folder_of(path)).map_err(fail)?;
    let file = temporary(folder_of(path), pem.as_bytes()).map_err(fail)?;
    Ok(StagedKey { file, path: path.to_owned() })
}

/// Puts a key file in the place of another, which is gone then.
pub fn replace_key(new: &Path, old: &Path) -> Result<(), KeyError> {
    let fail = |problem| KeyError { path: new.to_owned(), problem };
    let handle = open_folder(folder_of(old)).map_err(fail)?;
    std::fs::rename(new, old).map_err(|e| fail(io("keyfile-io-place")(e)))?;
    rustix::fs::fsync(&handle).map_err(|e| fail(io("keyfile-io-sync-folder")(e.into())))
}

/// Reads a key. `name` is whose key it is: the file does not say.
pub fn read_key(path: &Path, name: &str, protection: Protection<'_>) -> Result<AgentKey, KeyError> {
    let fail = |problem| KeyError { path: path.to_owned(), problem };
    let text = read_file(path).map_err(fail)?;
    from_pem(name, &text, protection).map_err(fail)
}

/// Whether the file needs a passphrase; every check of the file itself is made first.
pub fn is_encrypted(path: &Path) -> Result<bool, KeyError> {
    let fail = |problem| KeyError { path: path.to_owned(), problem };
    let text = read_file(path).map_err(fail)?;
    Ok(label_of(&text).map_err(fail)? == ENCRYPTED)
}

/// Writes another secret than a key by the same rules: a new file of mode 0600, complete or not at all.
pub fn write_secret(text: &str, path: &Path) -> Result<(), KeyError> {
    place_file(path, text.as_bytes()).map_err(|problem| KeyError { path: path.to_owned(), problem })
}

/// Reads such a file, if it is its owner's alone.
pub fn read_secret(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    read_file(path).map_err(|problem| KeyError { path: path.to_owned(), problem })
}

fn io(action: &'static str) -> impl Fn(std::io::Error) -> KeyProblem {
    move |source| KeyProblem::Io { action, source }
}

fn to_pem(key: &AgentKey, protection: Protection<'_>) -> Result<Zeroizing<String>, KeyProblem> {
    let damaged = |e: &dyn std::fmt::Display| KeyProblem::Damaged(e.to_string().into());
    // No public key inside: with it the file would be version 2, which OpenSSL 3.0 does not open.
    let pair = KeypairBytes { secret_key: *key.seed(), public_key: None };
    let plain = pair.to_pkcs8_der().map_err(|e| damaged(&e))?;
    let Protection::Passphrase(passphrase) = protection else {
        return plain.to_pem(PLAIN, LineEnding::LF).map_err(|e| damaged(&e));
    };
    if passphrase.expose_secret().is_empty() {
        return Err(KeyProblem::EmptyPassphrase);
    }
    let cost = scrypt::Params::new(14, 8, 5).map_err(|e| damaged(&e))?;
    let params = pbes2::Parameters::generate_scrypt_aes256cbc(cost, &random::<16>()?, random()?)
        .map_err(|e| damaged(&e))?;
    PrivateKeyInfoRef::try_from(plain.as_bytes())
        .and_then(|info| info.encrypt_with_params(params, passphrase.expose_secret().as_bytes()))
        .map_err(|e| damaged(&e))?
        .to_pem(ENCRYPTED, LineEnding::LF)
        .map_err(|e| damaged(&e))
}

fn from_pem(name: &str, text: &str, protection: Protection<'_>) -> Result<AgentKey, KeyProblem> {
    let damaged = |e: &dyn std::fmt::Display| KeyProblem::Damaged(e.to_string().into());
    let encrypted = label_of(text)? == ENCRYPTED;
    let (_, der) = SecretDocument::from_pem(text).map_err(|e| damaged(&e))?;
    let plain = match (encrypted, protection) {
        (false, Protection::Rehearsal) => der,
        (false, Protection::Passphrase(_)) => return Err(KeyProblem::Unprotected),
        (true, Protection::Rehearsal) => return Err(KeyProblem::NeedsPassphrase),
        (true, Protection::Passphrase(passphrase)) => {
            let sealed = EncryptedPrivateKeyInfoRef::try_from(der.as_bytes()).map_err(|e| damaged(&e))?;
            check_cost(&sealed)?;
            // A wrong passphrase shows as bad padding, or one time in 256 as bytes that are no DER.
            sealed.decrypt(passphrase.expose_secret().as_bytes()).map_err(|_| KeyProblem::WrongPassphrase)?
        }
    };
    let info = PrivateKeyInfoRef::try_from(plain.as_bytes())
        .map_err(|e| if encrypted { KeyProblem::WrongPassphrase } else { damaged(&e) })?;
    if info.algorithm.oid != ALGORITHM_OID {
        return Err(KeyProblem::NotEd25519);
    }
    let pair = KeypairBytes::try_from(info).map_err(|e| damaged(&e))?;
    let key = AgentKey::from_seed(name, &pair.secret_key);
    // A version-2 file names its public key; one that names another would sign under a false id.
    if pair.public_key.is_some_and(|public| public.to_bytes() != key.public().to_bytes()) {
        return Err(KeyProblem::Damaged(Phrase::of("keyfile-other-public")));
    }
    Ok(key)
}

/// The label of the one PEM block in the text, if it is a private key's.
fn label_of(text: &str) -> Result<&'static str, KeyProblem> {
    const BEGIN: &str = "-----BEGIN ";
    if text.trim().is_empty() {
        return Err(KeyProblem::Empty);
    }
    let mut labels = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(BEGIN))
        .map(|rest| rest.trim_end().trim_end_matches('-'));
    let first = labels.next().ok_or(KeyProblem::NotPem)?;
    match labels.count() {
        0 => {}
        more => return Err(KeyProblem::TwoKeys(more + 1)),
    }
    match first {
        PLAIN => Ok(PLAIN),
        ENCRYPTED => Ok(ENCRYPTED),
        "PUBLIC KEY" => Err(KeyProblem::PublicKey),
        other => Err(KeyProblem::OtherLabel(shown(other))),
    }
}

/// Refuses a file that would make us spend minutes or gigabytes before failing.
fn check_cost(sealed: &EncryptedPrivateKeyInfoRef<'_>) -> Result<(), KeyProblem> {
    let Some(params) = sealed.encryption_algorithm.pbes2() else {
        return Err(KeyProblem::Damaged(Phrase::of("keyfile-outdated")));
    };
    match &params.kdf {
        pbes2::Kdf::Scrypt(p) => {
            let memory = p.cost_parameter.saturating_mul(128).saturating_mul(u64::from(p.block_size));
            if memory > MAX_SCRYPT_MEMORY || p.parallelization > 16 {
                return Err(KeyProblem::TooCostly("scrypt"));
            }
        }
        pbes2::Kdf::Pbkdf2(p) if p.iteration_count > MAX_PBKDF2_ROUNDS => {
            return Err(KeyProblem::TooCostly("PBKDF2"));
        }
        _ => {}
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Opens the folder and refuses one that somebody else could swap files in.
fn open_folder(folder: &Path) -> Result<OwnedFd, KeyProblem> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let fd = rustix::fs::open(folder, flags, Mode::empty()).map_err(|e| match e {
        Errno::NOENT | Errno::NOTDIR => KeyProblem::NotFound,
        e => io("keyfile-io-open-folder")(e.into()),
    })?;
    let stat = rustix::fs::fstat(&fd).map_err(|e| io("keyfile-io-look-folder")(e.into()))?;
    let mode = permissions(&stat);
    if mode & 0o022 != 0 || is_strangers(stat.st_uid, rustix::process::geteuid().as_raw()) {
        return Err(KeyProblem::LooseFolder { mode, owner: stat.st_uid });
    }
    Ok(fd)
}

/// A root-owned folder is no stranger's: root can read the key anyway.
fn is_strangers(owner: u32, me: u32) -> bool {
    owner != me && owner != 0
}

fn is_mine(stat: &Stat) -> bool {
    stat.st_uid == rustix::process::geteuid().as_raw()
}

fn permissions(stat: &Stat) -> u32 {
    stat.st_mode & 0o7777
}

fn read_file(path: &Path) -> Result<Zeroizing<String>, KeyProblem> {
    let name = path.file_name().ok_or(KeyProblem::NotRegular)?;
    let folder = open_folder(folder_of(path))?;
    // NONBLOCK: opening a FIFO must fail the check below, not hang here.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let fd = rustix::fs::openat(&folder, name, flags, Mode::empty()).map_err(|e| match e {
        Errno::NOENT => KeyProblem::NotFound,
        Errno::LOOP | Errno::MLINK => KeyProblem::Symlink,
        Errno::NXIO => KeyProblem::NotRegular,
        e => io("keyfile-io-open")(e.into()),
    })?;
    let stat = rustix::fs::fstat(&fd).map_err(|e| io("keyfile-io-look")(e.into()))?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(KeyProblem::NotRegular);
    }
    if !is_mine(&stat) {
        return Err(KeyProblem::ForeignOwner { owner: stat.st_uid });
    }
    if permissions(&stat) & 0o077 != 0 {
        return Err(KeyProblem::LooseMode { mode: permissions(&stat) });
    }
    // The buffer never grows, so no unwiped copy is left behind by a reallocation.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_FILE + 1));
    File::from(fd).take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(io("keyfile-io-read"))?;
    if bytes.len() > MAX_FILE {
        return Err(KeyProblem::TooLong);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| KeyProblem::NotPem)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// A file of mode 0600 that the disk has, and that nobody knows by name yet.
fn temporary(folder: &Path, bytes: &[u8]) -> Result<NamedTempFile, KeyProblem> {
    let mut file = tempfile::Builder::new()
        .prefix(".key-")
        .permissions(std::fs::Permissions::from_mode(0o600))
        .tempfile_in(folder)
        .map_err(io("keyfile-io-create"))?;
    file.write_all(bytes).map_err(io("keyfile-io-write"))?;
    file.as_file().sync_all().map_err(io("keyfile-io-sync"))?;
    Ok(file)
}

fn place_file(path: &Path, bytes: &[u8]) -> Result<(), KeyProblem> {
    let folder = folder_of(path);
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(io("keyfile-io-make-folder")(e));
        }
        _ => {}
    }
    let handle = open_folder(folder)?;
    let file = temporary(folder, bytes)?;
    file.persist_noclobber(path).map_err(|e| match e.error.kind() {
        std::io::ErrorKind::AlreadyExists => KeyProblem::Exists,
        _ => io("keyfile-io-place")(e.error),
    })?;
    rustix::fs::fsync(&handle).map_err(|e| io("keyfile-io-sync-folder")(e.into()))
}

/// Reads a public key in PEM (`openssl pkey -pubout`), as a custodian receives one from an agent.
pub fn public_from_pem(text: &str) -> Result<super::PublicKey, KeyProblem> {
    let damaged = |e: &dyn std::fmt::Display| KeyProblem::Damaged(e.to_string().into());
    let (label, der) = Document::from_pem(text).map_err(|e| damaged(&e))?;
    if label != "PUBLIC KEY" {
        return Err(KeyProblem::OtherLabel(shown(label)));
    }
    let bytes =
        ed25519_dalek::pkcs8::PublicKeyBytes::try_from(der.as_bytes()).map_err(|_| KeyProblem::NotEd25519)?;
    super::PublicKey::from_bytes(&bytes.to_bytes()).map_err(|e| KeyProblem::Damaged(e.phrase()))
}

#[cfg(test)]
#[path = "keyfile_tests.rs"]
mod tests;

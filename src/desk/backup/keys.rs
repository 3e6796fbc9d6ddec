//! Whose keys open an encrypted backup: every custodian's, by the key they sign with.

use std::path::Path;

use crate::authority::{
    AgentEntry, KeyError, Protection, PublicKey, SealTo, Unseal, is_encrypted, read_key, read_secret,
};
use crate::desk::{AskPassphrase, Desk, Failure};
use crate::domain::Role;

/// How a line of a file of `age-keygen` begins.
const AGE_KEY: &str = "AGE-SECRET-KEY-1";

impl Desk {
    /// Who is to open an encrypted backup: the custodians of now, and whoever else is named.
    pub(super) fn readers(&self, more: &[SealTo]) -> Result<Vec<(String, SealTo)>, Failure> {
        let (now, agents) = (self.now().0, &self.keyset.claims().agents);
        let newest =
            |a: &AgentEntry| agents.iter().rfind(|b| b.name == a.name).is_some_and(|b| b.kid == a.kid);
        let holds =
            |a: &&AgentEntry| !a.disabled && a.valid_at(now) && a.has_role(&[Role::Custodian]) && newest(a);
        let mut readers = Vec::new();
        for entry in agents.iter().filter(holds) {
            let public = PublicKey::from_jwk(&entry.jwk).map_err(Failure::fault)?;
            let to = SealTo::of(&public).ok_or_else(|| Failure::fault("a key cannot be spelled"))?;
            readers.push((entry.name.clone(), to));
        }
        readers.extend(more.iter().map(|to| (to.to_string(), to.clone())));
        Ok(readers)
    }

    /// What opens the backups that were made for who acts.
    pub fn unseal(&mut self) -> Result<Unseal, Failure> {
        Unseal::of(self.signing_key()?).ok_or_else(|| Failure::fault("a key cannot be spelled"))
    }
}

/// The keys in a file: somebody's own key file, or what `age-keygen` wrote.
pub fn read_keys(path: &Path, ask: &AskPassphrase) -> Result<Vec<Unseal>, Failure> {
    let fail = |e: KeyError| Failure::refused(e.phrase());
    let text = read_secret(path).map_err(fail)?;
    if !text.contains(AGE_KEY) {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let key = if is_encrypted(path).map_err(fail)? {
            read_key(path, &name, Protection::Passphrase(&ask(&name)?))
        } else {
            read_key(path, &name, Protection::Rehearsal)
        };
        let key = key.map_err(fail)?;
        let own = Unseal::of(&key).ok_or_else(|| Failure::fault("a key cannot be spelled"))?;
        return Ok(vec![own]);
    }
    let lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|(n, line)| {
            Unseal::parse(line).ok_or_else(|| {
                Failure::usage("This line is no key that age-keygen writes.")
                    .at(format!("{}:{n}", path.display()))
                    .hint("Only X25519 keys (AGE-SECRET-KEY-1…) are read here; `age` itself opens a backup by others.")
            })
        })
        .collect()
}

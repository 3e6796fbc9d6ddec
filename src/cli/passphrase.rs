//! Where passphrases come from: the terminal, or a file that the command names. Never an argument's value
//! and never the environment, which other processes can read.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};

use super::output::io_words;
use crate::desk::{AskPassphrase, Failure};

/// No passphrase is longer; a file that is, is the wrong one.
const MOST_BYTES: u64 = 64 * 1024;

/// Makes the function that a desk asks. `new` says of which keys a passphrase is being chosen: on a
/// terminal it is asked for twice.
pub fn asker(file: Option<&Path>, new: fn(&str) -> bool) -> Result<AskPassphrase, Failure> {
    let Some(path) = file else { return Ok(Box::new(move |name| prompt(name, new(name)))) };
    let lines = read(path)?;
    let next = Cell::new(0);
    Ok(Box::new(move |name| {
        let n = next.get();
        next.set(n + 1);
        // One line serves every key.
        let line = if lines.len() == 1 { lines.first() } else { lines.get(n) };
        line.map(|l| SecretString::from(l.expose_secret().to_owned())).ok_or_else(|| {
            Failure::usage(format!("The passphrase file has no line {} for the key of {name}.", n + 1))
                .hint("Give one line, which serves every key, or one line for each key in the order asked.")
        })
    }))
}

/// Asks for the passphrase of each key once, for a command that opens a key more than one time.
#[derive(Clone)]
pub struct Once(Arc<Mutex<Asked>>);

struct Asked {
    ask: AskPassphrase,
    told: HashMap<String, SecretString>,
}

impl Once {
    /// Over one way of asking, of which a file is read through once.
    pub fn new(ask: AskPassphrase) -> Self {
        Self(Arc::new(Mutex::new(Asked { ask, told: HashMap::new() })))
    }

    /// For the keys of the desk.
    pub fn for_keys(&self) -> AskPassphrase {
        let shared = self.clone();
        Box::new(move |name| {
            let mut asked = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(told) = asked.told.get(name) {
                return Ok(told.clone());
            }
            let told = (asked.ask)(name)?;
            asked.told.insert(name.to_owned(), told.clone());
            Ok(told)
        })
    }

    /// For a file from elsewhere, which may have the name of a key and another passphrase.
    pub fn for_others(&self) -> AskPassphrase {
        let shared = self.clone();
        Box::new(move |name| (shared.0.lock().unwrap_or_else(PoisonError::into_inner).ask)(name))
    }
}

fn read(path: &Path) -> Result<Vec<SecretString>, Failure> {
    let standard = path.as_os_str() == "-";
    let place = if standard { "standard input".to_owned() } else { path.display().to_string() };
    let fail = |e: std::io::Error| {
        Failure::usage(format!("The passphrase file cannot be read: {}.", io_words(&e))).at(place.clone())
    };
    let reader: Box<dyn std::io::Read> = if standard {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(fail)?)
    };
    let mut text = zeroize::Zeroizing::new(String::new());
    reader.take(MOST_BYTES).read_to_string(&mut text).map_err(fail)?;
    let lines: Vec<SecretString> = text.lines().map(|line| SecretString::from(line.to_owned())).collect();
    if lines.is_empty() {
        return Err(Failure::usage("The passphrase file is empty.").at(place));
    }
    Ok(lines)
}

fn prompt(name: &str, new: bool) -> Result<SecretString, Failure> {
    let ask = |text: String| {
        rpassword::prompt_password(text).map(SecretString::from).map_err(|e| {
            Failure::usage(format!("The passphrase of {name} cannot be asked for: {}.", io_words(&e)))
                .hint("There is no terminal here: use --passphrase-file FILE (`-` for standard input).")
        })
    };
    if !new {
        return ask(format!("Passphrase of {name}: "));
    }
    let first = ask(format!("New passphrase for the key of {name}: "))?;
    let second = ask("The same again: ".to_owned())?;
    if first.expose_secret() != second.expose_secret() {
        return Err(Failure::usage(format!("The two passphrases for {name} differ; nothing was made.")));
    }
    Ok(first)
}

//! What a desk writes in its own words: `letters/*.ftl` in its folder.

use std::io;
use std::path::Path;

use super::{Failure, Folder};
use crate::words::letters::{Letters, SHIPPED};
use crate::words::{Part, Phrase};

/// Largest file of letters, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// The letters of a desk: the shipped ones, and over them what lies in its folder.
pub(super) fn read(folder: &Folder) -> Result<Letters, Failure> {
    let mut letters = Letters::default();
    let place = folder.letters();
    let unread = |e: io::Error| {
        Failure::state(Phrase::of("fail-letters-unread").with("why", &e)).at(place.display().to_string())
    };
    let mut files: Vec<_> = match std::fs::read_dir(&place) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>().map_err(unread)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(letters),
        Err(e) => return Err(unread(e)),
    };
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ftl"));
    files.sort();
    for path in files {
        take(&mut letters, &path)?;
    }
    Ok(letters)
}

/// Takes one file in; its name says the language.
pub(super) fn take(letters: &mut Letters, path: &Path) -> Result<(), Failure> {
    let place = path.display().to_string();
    let unread =
        |why: Part| Failure::state(Phrase::of("fail-letters-unread").with("why", why)).at(place.clone());
    let language = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(unread(Phrase::of("fail-letters-name").into()));
    }
    let size = std::fs::metadata(path).map_err(|e| unread((&e).into()))?.len();
    if size > MOST_BYTES {
        return Err(unread(
            Phrase::of("fail-letters-long").with("size", size).with("most", MOST_BYTES).into(),
        ));
    }
    let text = std::fs::read_to_string(path).map_err(|e| unread((&e).into()))?;
    letters.with(language, &text).map_err(|e| {
        Failure::state(Phrase::of("fail-letters-invalid").with("why", e.what))
            .at(format!("{place}:{}", e.line))
            .hint(Phrase::of("hint-letters-check"))
    })
}

/// Says what is wrong with a file of letters.
pub fn check(path: &Path) -> Result<(), Failure> {
    take(&mut Letters::default(), path)
}

/// The file of letters that holds in a language: the shipped one, and after it what the desk says otherwise.
pub fn text(folder: &Folder, language: &str) -> Result<String, Failure> {
    let shipped = SHIPPED.iter().find(|(code, _)| *code == language).map(|(_, text)| *text);
    let plain = language.bytes().all(|b| b.is_ascii_lowercase());
    let own = folder.letters().join(format!("{language}.ftl"));
    let own = if plain { std::fs::read_to_string(own).ok() } else { None };
    match (shipped, own) {
        (None, None) => Err(Failure::state(Phrase::of("fail-letters-none").with("language", language))),
        (shipped, own) => {
            let parts: Vec<&str> = shipped.into_iter().chain(own.as_deref()).collect();
            Ok(parts.join("\n# The desk's own.\n\n"))
        }
    }
}

//! A text in the agent's own editor: the terminal is lent to it and taken back, whatever it does.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use super::input;
use crate::words::Phrase;

/// Longest text that is taken back, in bytes.
const MOST: u64 = 64 * 1024;
/// How often it is looked whether the editor has ended.
const LOOK: Duration = Duration::from_millis(25);

/// Writes the text into a file of its own that nobody else may read, runs the editor on it, and reads it back.
/// The file is gone afterwards. The terminal must be lent by then.
pub(super) fn edit(folder: &Path, text: &str) -> Result<String, Phrase> {
    let mut file = tempfile::Builder::new()
        .prefix("text-")
        .suffix(".txt")
        .tempfile_in(folder)
        .map_err(|e| Phrase::of("editor-unmade").with("why", &e))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|e| Phrase::of("editor-unwritten").with("why", &e))?;
    let name =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let name = name.unwrap_or_else(|| "vi".to_owned());
    // The shell takes an editor with arguments apart, as git and crontab have it done.
    let child = Command::new("sh").arg("-c").arg(format!("{name} \"$1\"")).arg("sh").arg(file.path()).spawn();
    let mut child =
        child.map_err(|e| Phrase::of("editor-unstarted").with("name", name.as_str()).with("why", &e))?;
    let done = wait(&mut child)?;
    if !done {
        return Err(Phrase::of("editor-failed").with("name", name));
    }
    read(file.path())
}

/// Whether the editor ended well. A signal to end the program ends the editor first.
fn wait(child: &mut Child) -> Result<bool, Phrase> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if input::is_ending() => {
                let _ = child.kill();
                let _ = child.wait();
                return Ok(false);
            }
            Ok(None) => std::thread::sleep(LOOK),
            Err(e) => return Err(Phrase::of("editor-lost").with("why", &e)),
        }
    }
}

/// The file may be another one by now: editors write beside and rename.
fn read(path: &Path) -> Result<String, Phrase> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| Phrase::of("editor-unread").with("why", &e))?;
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(|e| Phrase::of("editor-unread").with("why", &e))?;
    if bytes.len() as u64 > MOST {
        return Err(Phrase::of("editor-long"));
    }
    let text = String::from_utf8(bytes).map_err(|_| Phrase::of("editor-utf8"))?;
    // Editors end a file with a line end that nobody typed.
    Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
}

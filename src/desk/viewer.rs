//! Files of evidence in the site's own viewer: an argument list, no shell, and a private copy that it cannot change the
//! evidence by. What is in a file is never run, unpacked or drawn by us here.

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant, SystemTime};

use super::folders::inside;
use super::{Desk, Failure};
use crate::audit::{Draft, Info};
use crate::domain::Role;
use crate::words::Phrase;

/// How long we look whether a viewer beside the screens came up at all.
const LOOK: Duration = Duration::from_millis(400);
/// A viewer that lived for so long was the one that showed the file: with it the copy goes.
const LIVED: Duration = Duration::from_secs(10);
/// Copies that were left behind are swept after a day.
const SWEPT: Duration = Duration::from_hours(24);
/// What the folders of copies begin with.
const PREFIX: &str = "view-";

/// How a viewer is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// It has the terminal, and we wait until it ends.
    Here,
    /// The screens have the terminal; it shows itself elsewhere.
    Screens,
}

/// A file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The file's own name: show it through [`crate::domain::Shown`].
    pub name: String,
    /// The program that has it.
    pub program: String,
}

impl Desk {
    /// Opens the file of an item of evidence in the viewer of `config.toml`. It is logged.
    pub fn open_attached(&mut self, name: &str, item: i64, beside: Beside) -> Result<Opened, Failure> {
        self.require(Role::ALL, "look at evidence")?;
        let ticket = self.find(name)?;
        let command = self.config.viewer.clone();
        let Some((program, args)) = command.split_first() else {
            return Err(Failure::state(Phrase::of("fail-no-viewer")).hint(Phrase::of("hint-no-viewer")));
        };
        let traced = self.leaves_trace()?;
        self.files_stand()?;
        let file = self.attached(ticket, item)?;
        let folder = self.folder.viewing();
        sweep(&folder)?;
        let copy = lay_out(&folder, item, &file.data).map_err(|e| {
            Failure::state(Phrase::of("fail-viewer-copy").with("why", &e)).at(folder.display().to_string())
        })?;
        if traced {
            self.record(|act| {
                let draft = Draft::new("evidence.opened", act.actor).info("evidence", Info::Number(item));
                act.log(draft, Some(ticket)).map(drop)
            })?;
        }
        let failed = |why: Phrase| {
            Failure::state(Phrase::of("fail-viewer").with("program", program.as_str()).with("why", why))
                .hint(Phrase::of("hint-viewer"))
        };
        let done = run(program, args, &copy, beside);
        if done.is_err() || beside == Beside::Here {
            forget(&copy);
        }
        done.map_err(failed)?;
        Ok(Opened { name: file.name, program: program.clone() })
    }
}

/// A copy that only its owner may read and nobody may write, in a folder of its own. Its name is ours: what the
/// customer called the file may be an option, a path or a lie about what it is.
fn lay_out(folder: &Path, item: i64, data: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let own = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?.keep();
    let copy = own.join(format!("evidence-{item}.{}", extension(data)));
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(&copy)?;
    file.write_all(data)?;
    Ok(copy)
}

/// What a file is by its content, as viewers know it.
fn extension(data: &[u8]) -> &'static str {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff", "jpg"),
        (b"%PDF-", "pdf"),
        (b"GIF8", "gif"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"BM", "bmp"),
    ];
    let webp = data.starts_with(b"RIFF") && data.get(8..12) == Some(b"WEBP");
    let heic = data.get(4..8) == Some(b"ftyp") && data.get(8..11) == Some(b"hei");
    match KNOWN.iter().find(|(magic, _)| data.starts_with(magic)) {
        Some((_, name)) => name,
        None if webp => "webp",
        None if heic => "heic",
        // A page with a script is text here, and no page.
        None if std::str::from_utf8(data).is_ok_and(|text| !text.contains('\0')) => "txt",
        None => "bin",
    }
}

/// How a program ended that did not end well.
fn ended(status: ExitStatus) -> Phrase {
    match status.code() {
        Some(code) => Phrase::of("viewer-code").with("code", code.to_string()),
        None => Phrase::of("viewer-killed").with("signal", status.signal().unwrap_or_default().to_string()),
    }
}

fn run(program: &str, args: &[String], copy: &Path, beside: Beside) -> Result<(), Phrase> {
    let mut command = Command::new(program);
    let mut named = false;
    for arg in args {
        named |= arg.contains("{file}");
        command.arg(arg.replace("{file}", &copy.to_string_lossy()));
    }
    if !named {
        command.arg(copy);
    }
    if beside == Beside::Screens {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    }
    let mut child = command.spawn().map_err(|e| Phrase::from(&e))?;
    if beside == Beside::Here {
        let status = child.wait().map_err(|e| Phrase::from(&e))?;
        return if status.success() { Ok(()) } else { Err(ended(status)) };
    }
    let begun = Instant::now();
    while begun.elapsed() < LOOK {
        match child.try_wait().map_err(|e| Phrase::from(&e))? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(ended(status)),
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    await_end(child, begun, copy.to_owned());
    Ok(())
}

/// Waits for a viewer in a thread of its own. One that hands the file on and ends leaves the copy to the sweep.
fn await_end(mut child: Child, begun: Instant, copy: PathBuf) {
    std::thread::spawn(move || {
        let ended = child.wait();
        if ended.is_ok() && begun.elapsed() >= LIVED {
            forget(&copy);
        }
    });
}

fn forget(copy: &Path) {
    let _ = std::fs::remove_file(copy);
    if let Some(own) = copy.parent() {
        let _ = std::fs::remove_dir(own);
    }
}

/// Copies of yesterday.
pub(super) fn left(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let old = |path: &Path| {
        let made = path.metadata().and_then(|m| m.modified()).ok();
        made.and_then(|made| SystemTime::now().duration_since(made).ok()).is_some_and(|age| age > SWEPT)
    };
    let own = inside(folder)?.into_iter().filter(|e| e.file_name().to_string_lossy().starts_with(PREFIX));
    Ok(own.map(|e| e.path()).filter(|path| old(path)).collect())
}

fn sweep(folder: &Path) -> Result<(), Failure> {
    for copy in left(folder)? {
        let _ = std::fs::remove_dir_all(copy);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_what_is_in_it() {
        for (data, name) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], "png"),
            (b"\xff\xd8\xff\xe0", "jpg"),
            (b"%PDF-1.7", "pdf"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
            (b"<html><script>", "txt"),
            (b"#!/bin/sh\nrm", "txt"),
            (b"PK\x03\x04\0\0", "bin"),
            (b"", "txt"),
        ] {
            assert_eq!(extension(data), name, "{data:?}");
        }
    }

    #[test]
    fn old_copies_are_swept_and_new_ones_stay() {
        let dir = tempfile::tempdir().unwrap();
        let (new, old) = (lay_out(dir.path(), 1, b"x").unwrap(), lay_out(dir.path(), 2, b"y").unwrap());
        let yesterday = SystemTime::now() - SWEPT - Duration::from_mins(1);
        std::fs::File::open(old.parent().unwrap()).unwrap().set_modified(yesterday).unwrap();
        sweep(dir.path()).unwrap();
        assert!(new.exists() && !old.exists());
        assert!(
            std::fs::OpenOptions::new().write(true).open(&new).is_err()
                || rustix::process::geteuid().is_root()
        );
        forget(&new);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}

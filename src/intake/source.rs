//! Where the bytes come from: a regular file, a pipe or standard input; never a folder or a device.

use super::error::FileError;
use crate::words::Phrase;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Called with the bytes read so far.
type Progress = Box<dyn FnMut(u64) + Send>;

/// An opened file, pipe or standard input.
pub struct Source {
    name: String,
    size: Option<u64>,
    reader: Box<dyn Read + Send>,
    progress: Option<Progress>,
}

impl Source {
    /// Opens `path`; `-` is standard input. Refuses folders, devices and sockets; a FIFO is read as a stream.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        if path.as_os_str() == "-" {
            return Self::stdin();
        }
        let name = path.to_string_lossy().into_owned();
        let cannot = |error: &io::Error| {
            let next = match error.kind() {
                io::ErrorKind::NotFound => Phrase::of("intake-open-name"),
                io::ErrorKind::PermissionDenied => Phrase::of("intake-open-right"),
                _ => Phrase::of("intake-open-again"),
            };
            FileError::new("file.open", &name, "intake-open", Phrase::from(error), next)
        };
        // Asked before opening: to open a device may already do something.
        check_kind(&name, &std::fs::metadata(path).map_err(|e| cannot(&e))?)?;
        let file = File::open(path).map_err(|e| cannot(&e))?;
        let meta = file.metadata().map_err(|e| cannot(&e))?;
        check_kind(&name, &meta)?;
        let size = meta.is_file().then_some(meta.len());
        Ok(Self { name, size, reader: Box::new(file), progress: None })
    }

    fn stdin() -> Result<Self, FileError> {
        let name = "standard input";
        let stat = rustix::fs::fstat(io::stdin()).map_err(|e| {
            let next = Phrase::of("intake-stdin-next");
            FileError::new("file.open", name, "intake-stdin", Phrase::from(&io::Error::from(e)), next)
        })?;
        let kind = rustix::fs::FileType::from_raw_mode(stat.st_mode);
        if kind == rustix::fs::FileType::Directory {
            return Err(not_a_file(name, Phrase::of("intake-kind-folder")));
        }
        let size =
            (kind == rustix::fs::FileType::RegularFile).then(|| u64::try_from(stat.st_size).unwrap_or(0));
        Ok(Self { name: name.to_owned(), size, reader: Box::new(io::stdin()), progress: None })
    }

    /// Any stream of bytes, under the name that messages give it.
    pub fn from_reader(name: &str, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.to_owned(), size: None, reader: Box::new(reader), progress: None }
    }

    /// Sets who is told, after each chunk, how many bytes have been read.
    #[must_use]
    pub fn on_progress(mut self, progress: impl FnMut(u64) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// The name as the caller gave it: show it through [`crate::domain::Shown`].
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Size in bytes, where it is known (a pipe has none).
    pub const fn size(&self) -> Option<u64> {
        self.size
    }

    pub(super) fn read(&mut self, space: &mut [u8]) -> Result<usize, FileError> {
        loop {
            match self.reader.read(space) {
                Ok(count) => return Ok(count),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    let next = Phrase::of("intake-read-next");
                    return Err(FileError::new(
                        "file.read",
                        &self.name,
                        "intake-read",
                        Phrase::from(&e),
                        next,
                    ));
                }
            }
        }
    }

    pub(super) fn report(&mut self, read: u64) {
        if let Some(progress) = &mut self.progress {
            progress(read);
        }
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("name", &self.name).field("size", &self.size).finish_non_exhaustive()
    }
}

fn check_kind(name: &str, meta: &std::fs::Metadata) -> Result<(), FileError> {
    use std::os::unix::fs::FileTypeExt;
    let kind = meta.file_type();
    if kind.is_file() || kind.is_fifo() {
        return Ok(());
    }
    Err(not_a_file(
        name,
        if kind.is_dir() { Phrase::of("intake-kind-folder") } else { Phrase::of("intake-kind-device") },
    ))
}

fn not_a_file(name: &str, why: Phrase) -> FileError {
    FileError::new("file.kind", name, "intake-kind", why, Phrase::of("intake-kind-next"))
}

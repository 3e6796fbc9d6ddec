//! Where mails lie: a file with one, an mbox with many, a Maildir with a file for each. An mbox is read in bounded
//! memory; of a Maildir no link is followed and nothing is moved.

use super::super::attachments::{Caps, load};
use super::super::error::{Fault, FileError, Reject, Trouble, glance};
use super::super::source::Source;
use super::MOST_BYTES;
use crate::domain::words::words;
use crate::words::Phrase;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

words! {
    /// How mails lie.
    MailShape {
        Eml = "eml",
        Mbox = "mbox",
        Maildir = "maildir",
    }
}

/// Bytes that are read at once, and the longest piece of a line.
const CHUNK: usize = 64 << 10;
/// Mails of one Maildir.
const MOST_MAILS: usize = 200_000;

/// Headers of which mail has one, and no other line before it.
const KNOWN: [&str; 12] = [
    "from",
    "to",
    "subject",
    "date",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "content-type",
    "dkim-signature",
    "reply-to",
];

impl MailShape {
    /// What a path seems to hold, by its shape and its first bytes; `None` where it is no mail.
    pub fn of(path: &Path) -> Option<Self> {
        if path.as_os_str() == "-" {
            return None;
        }
        let meta = std::fs::metadata(path).ok()?;
        if meta.is_dir() {
            let both = path.join("cur").is_dir() && path.join("new").is_dir();
            return both.then_some(Self::Maildir);
        }
        if !meta.is_file() {
            return None;
        }
        let mut head = Vec::with_capacity(4096);
        let file = std::fs::File::open(path).ok()?;
        std::io::Read::read_to_end(&mut std::io::Read::take(file, 4096), &mut head).ok()?;
        Self::of_head(&head)
    }

    /// The same, and a file that is called a mail is one: what is wrong with it is said as of a mail.
    pub fn named(path: &Path) -> Option<Self> {
        let called = || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("eml")) && path.is_file();
        Self::of(path).or_else(|| called().then_some(Self::Eml))
    }

    /// The same by the first bytes alone: of standard input.
    pub fn of_head(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end);
        let first = lines.next()?;
        if first.starts_with(b"From ") {
            let second = lines.next().unwrap_or_default();
            return (header_name(second).is_some() || second.starts_with(b">From ")).then_some(Self::Mbox);
        }
        for line in std::iter::once(first).chain(lines) {
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                continue;
            }
            let name = header_name(line)?;
            if KNOWN.contains(&name.as_str()) {
                return Some(Self::Eml);
            }
        }
        None
    }
}

/// The name of a header, in small letters.
fn header_name(line: &[u8]) -> Option<String> {
    let colon = line.iter().take(80).position(|b| *b == b':')?;
    let name = line.get(..colon).filter(|n| !n.is_empty())?;
    let good = name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    good.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

/// One mail as it lies there.
pub struct RawMail {
    /// The file's name in a Maildir; empty elsewhere.
    pub name: String,
    /// Physical line on which it starts, from 1.
    pub line: u64,
    /// The mail itself.
    pub bytes: Vec<u8>,
}

impl RawMail {
    /// What it is called: its file's name in a Maildir, else `mail`.
    pub fn name(&self) -> &str {
        if self.name.is_empty() { "mail" } else { &self.name }
    }

    /// The reject of this mail.
    pub fn reject(&self, rule: &'static str, message: Phrase) -> Reject {
        reject(&self.name, self.line, rule, message, &self.bytes)
    }

    /// A sentence about this mail: of a Maildir it names the file.
    pub fn named(&self, message: Phrase) -> Phrase {
        named(&self.name, message)
    }
}

fn named(name: &str, message: Phrase) -> Phrase {
    if name.is_empty() {
        return message;
    }
    Phrase::of("intake-mail-in").with("name", glance(name)).with("message", message)
}

fn reject(name: &str, line: u64, rule: &'static str, message: Phrase, raw: &[u8]) -> Reject {
    Fault::row(rule, named(name, message)).into_reject(line, name, raw)
}

/// Reads mails one after the other.
pub struct MailReader {
    name: String,
    size: Option<u64>,
    read: u64,
    hasher: Sha256,
    inside: Inside,
}

enum Inside {
    One(Option<Source>),
    Many(Box<Lines>),
    Folder { base: PathBuf, names: std::vec::IntoIter<String> },
    Nothing,
}

impl MailReader {
    /// Opens what holds mails.
    ///
    /// # Errors
    /// It cannot be read, or is of another shape.
    pub fn open(path: &Path, shape: MailShape) -> Result<Self, FileError> {
        if shape == MailShape::Maildir {
            return Self::folder(path);
        }
        Ok(Self::of_source(Source::open(path)?, shape))
    }

    /// The same for what is open already.
    pub fn of_source(source: Source, shape: MailShape) -> Self {
        let (name, size) = (source.name().to_owned(), source.size());
        let inside = match shape {
            MailShape::Mbox => Inside::Many(Box::new(Lines::new(source))),
            MailShape::Eml | MailShape::Maildir => Inside::One(Some(source)),
        };
        Self { name, size, read: 0, hasher: Sha256::new(), inside }
    }

    fn folder(path: &Path) -> Result<Self, FileError> {
        let name = path.display().to_string();
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            let entries = std::fs::read_dir(path.join(part)).map_err(|e| {
                let next = Phrase::of("intake-mail-folder-next");
                FileError::new("file.open", &name, "intake-open", Phrase::from(&e), next)
            })?;
            // A name that is no text is tried as it reads, and refused by that name.
            let inside = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
            names.extend(
                inside.filter(|n| !n.starts_with('.')).map(|n| format!("{part}/{n}")).take(MOST_MAILS),
            );
        }
        names.sort_by(|a, b| unique(a).cmp(unique(b)));
        let size = u64::try_from(names.len()).ok();
        let inside = Inside::Folder { base: path.to_owned(), names: names.into_iter() };
        Ok(Self { name, size, read: 0, hasher: Sha256::new(), inside })
    }

    /// What a person called it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How much there is: bytes, or mails of a Maildir.
    pub const fn size(&self) -> Option<u64> {
        self.size
    }

    /// How much of it has been read.
    pub const fn read(&self) -> u64 {
        self.read
    }

    /// SHA-256 of every byte that was read.
    pub fn digest(&self) -> [u8; 32] {
        self.hasher.clone().finalize().into()
    }

    fn one(&mut self, mut source: Source) -> Result<RawMail, Trouble> {
        let (mut bytes, mut space) = (Vec::new(), vec![0; CHUNK]);
        loop {
            let count = source.read(&mut space)?;
            let piece = space.get(..count).unwrap_or_default();
            if count == 0 {
                break;
            }
            self.hasher.update(piece);
            self.read += count as u64;
            if bytes.len() <= MOST_BYTES {
                bytes.extend_from_slice(piece);
            }
        }
        if bytes.len() > MOST_BYTES {
            return Err(too_long("", 1, &bytes).into());
        }
        Ok(RawMail { name: String::new(), line: 1, bytes })
    }

    fn of_folder(&mut self, base: &Path, name: String) -> Result<RawMail, Trouble> {
        self.read += 1;
        self.hasher.update(&name);
        let caps = Caps { bytes: MOST_BYTES as u64, pixels: 0, memory: 0 };
        let file = load(base, &name, caps).map_err(|e| {
            let message = Phrase::of("intake-mail-unread").with("why", e.why.clone());
            Trouble::from(reject(&name, 1, "mail.read", message, b""))
        })?;
        self.hasher.update(file.sha256);
        Ok(RawMail { name, line: 1, bytes: file.data })
    }
}

/// What of a Maildir's name stays when the mail is read or marked.
fn unique(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.split(':').next().unwrap_or(name)
}

fn too_long(name: &str, line: u64, raw: &[u8]) -> Reject {
    let message = Phrase::of("intake-mail-long").with("size", MOST_BYTES >> 20);
    reject(name, line, "mail.size", message, raw)
}

impl Iterator for MailReader {
    type Item = Result<RawMail, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.inside, Inside::Nothing) {
            Inside::One(source) => source.map(|source| self.one(source)),
            Inside::Folder { base, mut names } => {
                let name = names.next()?;
                let mail = self.of_folder(&base, name);
                self.inside = Inside::Folder { base, names };
                Some(mail)
            }
            Inside::Many(mut lines) => {
                let mail = lines.mail(&mut self.hasher).transpose()?;
                self.read = lines.read;
                if !matches!(mail, Err(Trouble::File(_))) {
                    self.inside = Inside::Many(lines);
                }
                Some(mail)
            }
            Inside::Nothing => None,
        }
    }
}

/// An mbox, line by line.
struct Lines {
    source: Source,
    buffer: Vec<u8>,
    at: usize,
    read: u64,
    /// Physical line of the next byte.
    line: u64,
    /// The separator of the next mail was read already, on this line.
    open: Option<u64>,
}

impl Lines {
    fn new(source: Source) -> Self {
        Self { source, buffer: Vec::new(), at: 0, read: 0, line: 1, open: None }
    }

    /// The next line with its end, or a piece of a long one.
    fn piece(&mut self, hasher: &mut Sha256) -> Result<Option<Vec<u8>>, FileError> {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map(|end| end + 1);
            if let Some(end) = end.or_else(|| (rest.len() >= CHUNK).then_some(CHUNK)) {
                let piece = rest.get(..end).unwrap_or_default().to_vec();
                self.at += end;
                return Ok(Some(piece));
            }
            let mut kept = rest.to_vec();
            let held = kept.len();
            kept.resize(held + CHUNK, 0);
            let count = self.source.read(kept.get_mut(held..).unwrap_or_default())?;
            kept.truncate(held + count);
            hasher.update(kept.get(held..).unwrap_or_default());
            self.read += count as u64;
            (self.buffer, self.at) = (kept, 0);
            if count == 0 {
                let last = std::mem::take(&mut self.buffer);
                return Ok((!last.is_empty()).then_some(last));
            }
        }
    }

    /// The next mail: from its `From ` line to the one before the next, which follows an empty line.
    fn mail(&mut self, hasher: &mut Sha256) -> Result<Option<RawMail>, Trouble> {
        let (mut bytes, mut long) = (Vec::new(), false);
        let (mut starts, mut blank) = (true, true);
        let mut begun = self.open.take();
        while let Some(piece) = self.piece(hasher)? {
            let line = self.line;
            let ends = piece.ends_with(b"\n");
            self.line += u64::from(ends);
            if starts && blank && is_separator(&piece) {
                if begun.is_some() {
                    self.open = Some(line);
                    break;
                }
                begun = Some(line);
                blank = true;
                starts = ends;
                continue;
            }
            if begun.is_none() && !piece.trim_ascii().is_empty() {
                let next = Phrase::of("intake-mail-mbox-next");
                let why = Phrase::of("intake-mail-mbox");
                return Err(FileError::new("mail.mbox", self.source.name(), "intake-kind", why, next)
                    .at_line(line)
                    .into());
            }
            let quoted = starts && piece.trim_ascii_start().starts_with(b">") && unquoted(&piece).is_some();
            let piece = if quoted { unquoted(&piece).unwrap_or_default() } else { piece.as_slice() };
            blank = starts && ends && piece.trim_ascii().is_empty();
            long |= bytes.len() > MOST_BYTES;
            if !long {
                bytes.extend_from_slice(piece);
            }
            starts = ends;
        }
        let Some(line) = begun else { return Ok(None) };
        if long {
            return Err(too_long("", line, &bytes).into());
        }
        Ok(Some(RawMail { name: String::new(), line, bytes }))
    }
}

/// `From somebody Sun Nov 22 10:00:00 2026`: a person's line that begins so has no time in it.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let clock = rest
        .windows(5)
        .any(|w| matches!(w, [a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit())));
    clock && rest.len() < 1000
}

/// `>From ` at the start of a line stands for `From `, with one `>` less for each that was put there.
fn unquoted(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b">")?;
    let from = rest.iter().position(|b| *b != b'>')?;
    rest.get(from..)?.starts_with(b"From ").then_some(rest)
}

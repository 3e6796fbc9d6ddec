//! Mail: `.eml` files, mboxes and Maildirs in; for each mail who says they wrote it, its text, its files and what
//! stands in it. Nothing is run, unpacked or fetched, and nothing that a mail says of itself is believed.

mod boxes;
mod found;
mod headers;
mod parts;
mod text;
mod tongue;

use super::attachments::{Caps, LoadedAttachment, examine};
use super::error::{capped, glance};
use crate::domain::{Email, Region, Time};
use crate::words::Phrase;
use headers::Headers;
use parts::Walk;
use sha2::{Digest, Sha256};

pub use boxes::{MailReader, MailShape, RawMail};
pub use found::Find;
pub use tongue::language_of;

/// The longest mail that is read, in bytes: a few photos, encoded.
pub const MOST_BYTES: usize = 64 << 20;
/// The longest headers of a mail.
const MOST_HEADERS: usize = 256 << 10;
/// The longest text that is kept of a mail, in bytes.
const MOST_TEXT: usize = 64 << 10;
/// The longest subject and name.
const MOST_LINE: usize = 500;
/// The longest Message-ID.
const MOST_ID: usize = 250;
/// Mails that one says it answers.
const MOST_ANSWERED: usize = 50;
/// Files of one mail.
const MOST_FILES: usize = 40;
/// A day and more ahead, or a month and more back: the sender's clock is wrong, or so they want it.
const AHEAD: i64 = 24 * 3600;
const BEHIND: i64 = 31 * 24 * 3600;

/// Who says they wrote a mail: a claim like any other.
#[derive(Clone, PartialEq, Eq)]
pub struct Sender {
    /// The name before the address, as given.
    pub name: Option<String>,
    /// The address, in its normal form.
    pub address: Email,
}

/// A mail as far as it is taken.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its Message-ID, without brackets.
    pub id: Option<String>,
    /// Message-IDs of the mails that it says it answers, the nearest first.
    pub answers: Vec<String>,
    /// Who says they wrote it.
    pub sender: Sender,
    /// Its subject, as given.
    pub subject: String,
    /// When it says it was sent.
    pub sent_at: Option<Time>,
    /// What it says.
    pub text: String,
    /// All text that stands anywhere in it: what is looked through for the codes of objections.
    pub everything: String,
    /// Its files, in their order.
    pub files: Vec<LoadedAttachment>,
    /// A program wrote it: an answer to every mail, or the report of one that could not be delivered.
    pub automatic: bool,
    /// What was read around, and what an agent should know.
    pub warnings: Vec<Phrase>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

/// Why a mail is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refused {
    /// Dotted name of the rule, such as `mail.sender`.
    pub rule: &'static str,
    /// What, why and what to do next, in one sentence.
    pub message: Phrase,
}

impl Refused {
    fn new(rule: &'static str, message: impl Into<Phrase>) -> Self {
        Self { rule, message: message.into() }
    }
}

impl Mail {
    /// Reads one mail, as it is stored. `now` is when it is read.
    ///
    /// # Errors
    /// It is no mail, nobody can be answered, or it is made to be hard to read.
    pub fn read(bytes: &[u8], caps: Caps, now: Time) -> Result<Self, Refused> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Refused::new("mail.empty", Phrase::of("intake-mail-empty")));
        }
        let length = headers::length(bytes);
        if length > MOST_HEADERS {
            let why = Phrase::of("intake-mail-headers").with("size", length >> 10);
            return Err(Refused::new("mail.headers", why.with("most", MOST_HEADERS >> 10)));
        }
        let headers = Headers::read(bytes)?;
        let mut warnings = Vec::new();
        let sender = sender(&headers, &mut warnings)?;
        let mut walk = Walk::default();
        walk.part(bytes, 0)?;
        warnings.append(&mut walk.warnings);
        let files = files(walk.files, caps, &mut warnings);
        let mut text = walk.text;
        if text.len() > MOST_TEXT {
            warnings.push(Phrase::of("intake-mail-text-cut").with("size", MOST_TEXT >> 10));
            text.truncate(capped(&text, MOST_TEXT).len());
        }
        Ok(Self {
            id: message_id(&headers, &mut warnings),
            answers: answers(&headers),
            sender,
            subject: line(&headers.text("subject").unwrap_or_default(), MOST_LINE),
            sent_at: sent_at(&headers, now, &mut warnings),
            text,
            everything: walk.everything,
            files,
            automatic: automatic(&headers),
            warnings,
        })
    }

    /// What makes this mail another one than a mail with the same Message-ID: who, what, and the files.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for piece in [self.sender.address.plain(), &self.subject, &self.text] {
            hasher.update(piece.len().to_be_bytes());
            hasher.update(piece);
        }
        for file in &self.files {
            hasher.update(file.sha256);
        }
        hasher.finalize().into()
    }

    /// Identifiers that stand in it, each once: to be offered, and nothing more.
    pub fn finds(&self, region: Region) -> Vec<Find> {
        found::in_mail(&self.subject, &self.text, region)
    }
}

/// Text on one line, no longer than `most` bytes.
fn line(text: &str, most: usize) -> String {
    let one: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    capped(one.trim(), most).to_owned()
}

fn sender(headers: &Headers<'_>, warnings: &mut Vec<Phrase>) -> Result<Sender, Refused> {
    let given = headers.all("from");
    let [one] = given.as_slice() else {
        return Err(match given.len() {
            0 => Refused::new("mail.sender", Phrase::of("intake-mail-sender-none")),
            n => Refused::new("mail.senders", Phrase::of("intake-mail-senders").with("n", n)),
        });
    };
    let all = headers::addresses(one);
    let Some((name, address)) = all.first() else {
        let message = Phrase::of("intake-mail-sender").with("given", glance(&headers::decoded(one)));
        return Err(Refused::new("mail.sender", message));
    };
    if all.len() > 1 {
        warnings.push(Phrase::of("intake-mail-authors").with("n", all.len()));
    }
    let answers_to: Vec<Email> =
        headers.all("reply-to").iter().flat_map(|raw| headers::addresses(raw)).map(|(_, a)| a).collect();
    if answers_to.iter().any(|a| a != address) {
        warnings.push(Phrase::of("intake-mail-reply-to"));
    }
    let name = name.as_deref().map(|n| line(n, MOST_LINE)).filter(|n| !n.is_empty());
    // `"owner@example.com" <somebody@else.example>` is made to be misread.
    if name.as_ref().is_some_and(|n| n.contains('@') && !n.eq_ignore_ascii_case(address.plain())) {
        warnings.push(Phrase::of("intake-mail-name-address"));
    }
    Ok(Sender { name: name.filter(|n| !n.contains('@')), address: address.clone() })
}

fn message_id(headers: &Headers<'_>, warnings: &mut Vec<Phrase>) -> Option<String> {
    let given = headers.all("message-id");
    let id = given.first().and_then(|raw| headers::ids(raw).into_iter().next());
    if id.is_none() {
        warnings.push(Phrase::of("intake-mail-no-id"));
    }
    id
}

fn answers(headers: &Headers<'_>) -> Vec<String> {
    let ids = |name: &str| headers.all(name).iter().flat_map(|raw| headers::ids(raw)).collect::<Vec<_>>();
    let mut all = ids("in-reply-to");
    all.extend(ids("references").into_iter().rev());
    let mut seen: Vec<String> = Vec::new();
    for id in all {
        if !seen.contains(&id) && seen.len() < MOST_ANSWERED {
            seen.push(id);
        }
    }
    seen
}

fn sent_at(headers: &Headers<'_>, now: Time, warnings: &mut Vec<Phrase>) -> Option<Time> {
    let text = headers.text("date")?;
    let Some(time) = headers::date(&text) else {
        warnings.push(Phrase::of("intake-mail-date").with("given", glance(&text)));
        return None;
    };
    if !headers::has_zone(&text) {
        warnings.push(Phrase::of("intake-mail-date-zone"));
    }
    if time.0 > now.0 + AHEAD || time.0 < now.0 - BEHIND {
        warnings.push(Phrase::of("intake-mail-date-far").with("day", time.day()));
    }
    Some(time)
}

/// RFC 3834: who answers every mail says so; RFC 6522: so does who reports what could not be delivered.
fn automatic(headers: &Headers<'_>) -> bool {
    let says = |name: &str| headers.text(name).unwrap_or_default().trim().to_ascii_lowercase();
    let submitted = says("auto-submitted");
    (!submitted.is_empty() && !submitted.starts_with("no"))
        || says("content-type").starts_with("multipart/report")
        || says("return-path") == "<>"
        || says("precedence") == "auto_reply"
        || headers.text("x-autoreply").is_some()
        || headers.text("x-failed-recipients").is_some()
}

fn files(all: Vec<parts::File>, caps: Caps, warnings: &mut Vec<Phrase>) -> Vec<LoadedAttachment> {
    let mut files: Vec<LoadedAttachment> = Vec::new();
    let more = all.len().saturating_sub(MOST_FILES);
    if more > 0 {
        warnings.push(Phrase::of("intake-mail-files").with("n", more).with("most", MOST_FILES));
    }
    for file in all.into_iter().take(MOST_FILES) {
        let shown = glance(&file.name);
        let warn = |id: &'static str| Phrase::of(id).with("name", shown.as_str());
        if file.data.is_empty() {
            warnings.push(warn("intake-mail-file-empty"));
            continue;
        }
        if file.data.len() as u64 > caps.bytes {
            warnings.push(warn("intake-mail-file-size").with("size", caps.bytes >> 20));
            continue;
        }
        if file.damaged {
            warnings.push(warn("intake-mail-file-damaged"));
        }
        if file.name.eq_ignore_ascii_case("winmail.dat") {
            warnings.push(warn("intake-mail-winmail"));
        }
        files.push(examine(&file.name, file.data, caps));
    }
    files
}

//! The parts of a mail (RFC 2045–2046), taken apart to a depth and number that people write.

use super::headers::{self, Headers};
use super::text::{base64, in_charset, of_html, quoted_printable, tidy, without_uuencode};
use super::{MOST_LINE, Refused, line};
use crate::words::Phrase;
use mailparse::ParsedContentType;

/// The deepest nesting: a forward of a forward with pictures has about six.
const MOST_DEEP: usize = 16;
/// The most parts.
const MOST_PARTS: usize = 500;
/// The longest headers of one part, in bytes.
const MOST_HEADERS: usize = 64 << 10;
/// All text that is looked through for codes, in bytes.
const MOST_EVERYTHING: usize = 1 << 20;

/// A file as it lies in a mail.
pub(super) struct File {
    pub name: String,
    pub data: Vec<u8>,
    /// Its encoding is broken: it may not be whole.
    pub damaged: bool,
}

/// What has been found in a mail so far.
#[derive(Default)]
pub(super) struct Walk {
    /// What it says.
    pub text: String,
    /// All text in it, that of mails inside it too.
    pub everything: String,
    pub files: Vec<File>,
    pub warnings: Vec<Phrase>,
    parts: usize,
    /// Within a choice of the same in several forms: whether the plain one was there.
    choice: Option<Choice>,
    /// Inside a mail that is itself a file: its text is only looked through.
    enclosed: bool,
}

#[derive(Default)]
struct Choice {
    plain: String,
    html: String,
}

impl Walk {
    fn warn(&mut self, warning: Phrase) {
        if !self.enclosed && !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// A part, or the whole mail.
    pub fn part(&mut self, bytes: &[u8], depth: usize) -> Result<(), Refused> {
        self.parts += 1;
        if depth > MOST_DEEP {
            return Err(Refused::new("mail.depth", Phrase::of("intake-mail-depth").with("most", MOST_DEEP)));
        }
        if self.parts > MOST_PARTS {
            return Err(Refused::new("mail.parts", Phrase::of("intake-mail-parts").with("most", MOST_PARTS)));
        }
        if depth > 0 && headers::length(bytes) > MOST_HEADERS {
            self.warn(Phrase::of("intake-mail-part-headers").with("most", MOST_HEADERS >> 10));
            return Ok(());
        }
        let (headers, body) = Headers::of_part(bytes);
        let given = headers.raw("content-type").unwrap_or_default();
        let ctype =
            mailparse::parse_content_type(if given.trim().is_empty() { "text/plain" } else { &given });
        if ctype.mimetype.starts_with("multipart/") {
            return self.multipart(&ctype, body, depth);
        }
        self.leaf(&headers, &ctype, body, depth)
    }

    fn multipart(&mut self, ctype: &ParsedContentType, body: &[u8], depth: usize) -> Result<(), Refused> {
        if ctype.mimetype == "multipart/encrypted" {
            self.warn(Phrase::of("intake-mail-encrypted"));
        }
        let named = ctype.params.get("boundary").filter(|b| !b.is_empty() && b.len() <= 200).cloned();
        let boundary = if let Some(boundary) = named {
            boundary
        } else {
            let Some(guess) = guessed_boundary(body) else {
                self.warn(Phrase::of("intake-mail-boundary-none"));
                self.say(false, &in_charset(body, None).0);
                return Ok(());
            };
            self.warn(Phrase::of("intake-mail-boundary-guessed"));
            guess
        };
        let (parts, ended) = split(body, boundary.as_bytes());
        if parts.is_empty() {
            self.warn(Phrase::of("intake-mail-boundary-none"));
            self.say(false, &in_charset(body, None).0);
        } else if !ended {
            self.warn(Phrase::of("intake-mail-cut"));
        }
        let chooses = ctype.mimetype == "multipart/alternative" && self.choice.is_none();
        if chooses {
            self.choice = Some(Choice::default());
        }
        for part in parts {
            self.part(part, depth + 1)?;
        }
        if chooses && let Some(choice) = self.choice.take() {
            let plain = !choice.plain.trim().is_empty();
            self.append(!plain, if plain { &choice.plain } else { &choice.html });
        }
        Ok(())
    }

    fn leaf(
        &mut self,
        headers: &Headers<'_>,
        ctype: &ParsedContentType,
        body: &[u8],
        depth: usize,
    ) -> Result<(), Refused> {
        let encoding =
            headers.raw("content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        let (data, damaged) = match encoding.as_str() {
            "base64" => base64(body),
            "quoted-printable" => (quoted_printable(body), false),
            _ => (body.to_vec(), false),
        };
        let disposition = headers.raw("content-disposition").unwrap_or_default();
        let disposition = mailparse::parse_content_disposition(&disposition);
        let named = disposition.params.get("filename").or_else(|| ctype.params.get("name"));
        let attached = disposition.disposition == mailparse::DispositionType::Attachment || named.is_some();
        match ctype.mimetype.as_str() {
            "text/plain" if !attached => self.spoken(false, ctype, &data, damaged),
            "text/html" if !attached => self.spoken(true, ctype, &data, damaged),
            mimetype => {
                if mimetype == "message/rfc822" {
                    self.enclose(&data, depth)?;
                }
                let name = named.map(|n| headers::decoded(n.as_bytes())).unwrap_or_default();
                let name = file_name(&name, mimetype, self.files.len() + 1);
                if !self.enclosed {
                    self.files.push(File { name, data, damaged });
                }
            }
        }
        Ok(())
    }

    /// A mail inside the mail: only looked through. What is wrong with it is its own matter.
    fn enclose(&mut self, data: &[u8], depth: usize) -> Result<(), Refused> {
        let (enclosed, choice) = (self.enclosed, self.choice.take());
        self.enclosed = true;
        let read = self.part(data, depth + 1);
        (self.enclosed, self.choice) = (enclosed, choice);
        read
    }

    fn spoken(&mut self, html: bool, ctype: &ParsedContentType, data: &[u8], damaged: bool) {
        let (text, wrong) = in_charset(data, ctype.params.get("charset").map(String::as_str));
        if let Some(wrong) = wrong {
            self.warn(wrong);
        }
        if damaged {
            self.warn(Phrase::of("intake-mail-text-damaged"));
        }
        self.say(html, &text);
    }

    fn say(&mut self, html: bool, text: &str) {
        let text = if html { of_html(text) } else { tidy(text) };
        let room = MOST_EVERYTHING.saturating_sub(self.everything.len());
        self.everything.push_str(super::capped(&text, room));
        self.everything.push('\n');
        if self.enclosed {
            return;
        }
        let (text, names) = if html { (text, Vec::new()) } else { without_uuencode(&text) };
        for name in names {
            self.warn(Phrase::of("intake-mail-uuencode").with("name", super::glance(&name)));
        }
        match &mut self.choice {
            Some(choice) if html => join(&mut choice.html, &text),
            Some(choice) => join(&mut choice.plain, &text),
            None => self.append(html, &text),
        }
    }

    fn append(&mut self, html: bool, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if html {
            self.warn(Phrase::of("intake-mail-html"));
        }
        join(&mut self.text, text);
    }
}

fn join(to: &mut String, text: &str) {
    if !to.is_empty() {
        to.push_str("\n\n");
    }
    to.push_str(text);
}

/// A name without folders and controls; one that is missing is made up from the kind.
fn file_name(given: &str, mimetype: &str, number: usize) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = line(last, MOST_LINE / 2);
    if !name.is_empty() && name != "." && name != ".." {
        return name;
    }
    let end = match mimetype {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "application/pdf" => "pdf",
        "message/rfc822" => "eml",
        _ => "bin",
    };
    format!("attachment-{number}.{end}")
}

/// The first line that looks like a separator.
fn guessed_boundary(body: &[u8]) -> Option<String> {
    let first = body.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).find(|l| l.starts_with(b"--"))?;
    let name = String::from_utf8_lossy(first.get(2..)?).into_owned();
    (!name.is_empty() && name.len() <= 200 && !name.contains(' ')).then_some(name)
}

/// The parts between separators, and whether the last separator was there.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> (Vec<&'a [u8]>, bool) {
    let (mut parts, mut from, mut at) = (Vec::new(), None, 0);
    while at < body.len() && parts.len() <= MOST_PARTS {
        let rest = body.get(at..).unwrap_or_default();
        let next = memchr::memchr(b'\n', rest).map_or(body.len(), |end| at + end + 1);
        let line = body.get(at..next).unwrap_or_default().trim_ascii_end();
        if let Some(after) = line.strip_prefix(b"--").and_then(|l| l.strip_prefix(boundary))
            && (after.is_empty() || after == b"--")
        {
            if let Some(from) = from {
                parts.push(body.get(from..at).map(without_line_end).unwrap_or_default());
            }
            if after == b"--" {
                return (parts, true);
            }
            from = Some(next);
        }
        at = next;
    }
    if let Some(from) = from {
        parts.push(body.get(from..).unwrap_or_default());
    }
    (parts, false)
}

fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

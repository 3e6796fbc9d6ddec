//! Headers of a mail: found, unfolded, and put into words. What is longer than any mail program writes is cut before
//! it is looked at.

use super::text::{base64, in_charset, plain};
use super::{MOST_ID, Refused};
use crate::domain::{Email, Time};
use crate::words::Phrase;
use mailparse::MailHeader;

/// The longest header that is read, in bytes.
const MOST_HEADER: usize = 16 << 10;
/// The longest name of a character set.
const MOST_CHARSET: usize = 40;
/// Years that a date may name: those that a screen can say.
const YEARS: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

/// The headers of a mail or of one part of it.
pub(super) struct Headers<'a>(Vec<MailHeader<'a>>);

/// Length of the headers at the start of `bytes`, without the blank line.
pub(super) fn length(bytes: &[u8]) -> usize {
    let mut from = 0;
    for at in memchr::memchr_iter(b'\n', bytes) {
        let line = bytes.get(from..at).unwrap_or_default();
        if line.is_empty() || line == b"\r" {
            return from;
        }
        from = at + 1;
    }
    bytes.len()
}

impl<'a> Headers<'a> {
    /// Those of a mail.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refused> {
        let (headers, _) = mailparse::parse_headers(bytes)
            .map_err(|_| Refused::new("mail.form", Phrase::of("intake-mail-form")))?;
        if !headers.iter().any(|h| is_name(h.get_key_raw())) {
            return Err(Refused::new("mail.form", Phrase::of("intake-mail-form")));
        }
        Ok(Self(headers))
    }

    /// Those of a part, and what follows them. A part with headers that cannot be read has none.
    pub fn of_part(bytes: &'a [u8]) -> (Self, &'a [u8]) {
        match mailparse::parse_headers(bytes) {
            Ok((headers, body)) => (Self(headers), bytes.get(body..).unwrap_or_default()),
            Err(_) => (Self(Vec::new()), bytes),
        }
    }

    /// Every value of a header as it stands, unfolded and at most 16 KiB of it.
    pub fn all(&self, name: &str) -> Vec<Vec<u8>> {
        let named = self.0.iter().filter(|h| h.get_key_raw().eq_ignore_ascii_case(name.as_bytes()));
        named.map(|h| unfolded(h.get_value_raw())).collect()
    }

    /// The first of a name, in words.
    pub fn text(&self, name: &str) -> Option<String> {
        self.all(name).first().map(|raw| decoded(raw))
    }

    /// The first of a name as it stands, for what has parameters.
    pub fn raw(&self, name: &str) -> Option<String> {
        self.all(name).first().map(|raw| plain(raw).0)
    }
}

fn is_name(key: &[u8]) -> bool {
    !key.is_empty() && key.iter().all(|b| b.is_ascii_graphic() && *b != b':')
}

fn unfolded(raw: &[u8]) -> Vec<u8> {
    let raw = raw.get(..MOST_HEADER).unwrap_or(raw);
    raw.iter().filter(|b| !matches!(b, b'\r' | b'\n')).map(|b| if *b == b'\t' { b' ' } else { *b }).collect()
}

/// A header in words: encoded ones (RFC 2047) are decoded, and those that follow each other before their characters
/// are read, since a character may be split between two.
pub(super) fn decoded(raw: &[u8]) -> String {
    let text = plain(raw).0;
    let (mut out, mut rest) = (String::new(), text.as_str());
    let mut run: Option<(&str, Vec<u8>)> = None;
    let flush = |run: &mut Option<(&str, Vec<u8>)>, out: &mut String| {
        if let Some((charset, bytes)) = run.take() {
            out.push_str(&in_charset(&bytes, Some(charset)).0);
        }
    };
    while let Some(at) = rest.find("=?") {
        let (before, word) = rest.split_at(at);
        let Some((charset, bytes, after)) = encoded_word(word) else {
            flush(&mut run, &mut out);
            out.push_str(before);
            out.push_str("=?");
            rest = word.strip_prefix("=?").unwrap_or_default();
            continue;
        };
        if run.is_none() || !before.trim().is_empty() {
            flush(&mut run, &mut out);
            out.push_str(before);
        }
        match &mut run {
            Some((same, sum)) if same.eq_ignore_ascii_case(charset) => sum.extend(bytes),
            _ => {
                flush(&mut run, &mut out);
                run = Some((charset, bytes));
            }
        }
        rest = after;
    }
    flush(&mut run, &mut out);
    out.push_str(rest);
    out
}

/// `=?charset?B?…?=` at the start of a text: its character set, its bytes, and what follows.
fn encoded_word(text: &str) -> Option<(&str, Vec<u8>, &str)> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let charset = charset.split('*').next().unwrap_or(charset);
    if charset.is_empty() || charset.len() > MOST_CHARSET || charset.contains(char::is_whitespace) {
        return None;
    }
    let (how, rest) = rest.split_once('?')?;
    let (word, after) = rest.split_once("?=")?;
    let bytes = match how {
        "B" | "b" => base64(word.as_bytes()).0,
        "Q" | "q" => quoted(word.as_bytes()),
        _ => return None,
    };
    Some((charset, bytes, after))
}

fn quoted(word: &[u8]) -> Vec<u8> {
    let digit = |at: usize| word.get(at).and_then(|b| char::from(*b).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(word.len()), 0);
    while let Some(byte) = word.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 2;
            }
            (b'_', ..) => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    out
}

/// Names and addresses of a header that lists them; what is no address is left out.
pub(super) fn addresses(raw: &[u8]) -> Vec<(Option<String>, Email)> {
    use mailparse::MailAddr;
    let text = plain(raw).0;
    let said = |name: Option<String>| name.map(|n| decoded(n.as_bytes()));
    let listed: Vec<(Option<String>, String)> = if let Ok(list) = mailparse::addrparse(&text) {
        let singles = list.into_inner().into_iter().flat_map(|one| match one {
            MailAddr::Single(one) => vec![one],
            MailAddr::Group(group) => group.addrs,
        });
        singles.map(|one| (one.display_name, one.addr)).collect()
    } else {
        let between = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(a, _)| a);
        let bare = text.split([' ', ',', ';', '"']).find(|word| word.contains('@'));
        between.or(bare).map(|a| (None, a.to_owned())).into_iter().collect()
    };
    listed.into_iter().filter_map(|(name, addr)| Some((said(name), Email::parse(&addr).ok()?))).collect()
}

/// What stands in angle brackets, in order.
pub(super) fn ids(raw: &[u8]) -> Vec<String> {
    let text = plain(raw).0;
    let pieces = text.split('<').skip(1).filter_map(|piece| piece.split_once('>'));
    let good = |id: &&str| {
        !id.is_empty() && id.len() <= MOST_ID && !id.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    pieces.map(|(id, _)| id.trim()).filter(good).map(str::to_owned).collect()
}

/// A date as mail writes it, if it can be said.
pub(super) fn date(text: &str) -> Option<Time> {
    let text: String = text.chars().take(100).collect();
    // Without a time it would be 1970.
    if !text.contains(':') || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    mailparse::dateparse(&text).ok().filter(|t| YEARS.contains(t)).map(Time)
}

/// Whether a date says where its clock stands.
pub(super) fn has_zone(text: &str) -> bool {
    let Some((_, after)) = text.rsplit_once(':') else { return false };
    let mut rest = after.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().chars();
    rest.next().is_some_and(|c| matches!(c, '+' | '-') || c.is_ascii_alphabetic())
}

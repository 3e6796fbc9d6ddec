//! The terminal's bytes into keys, pastes and clicks: what xterm and its kin send, bracketed pastes and SGR mouse
//! reports. Pure, and whole whatever way the bytes are cut into pieces: over SSH a key may come in two.
//!
//! crossterm 0.29 reads with an edge-triggered poll that drops a key which comes together with a change of size (and
//! the other way round), leaves the rest of a long paste lying until the next key, and takes a key that was cut in
//! two for Esc and letters. So the bytes are read here.

use super::app::key::{Code, Key};
use super::app::mouse::Mouse;

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    Paste(String),
    Mouse(Mouse),
}

/// What is held back until it is known what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Nothing,
    /// Esc, which may begin a key.
    Escape,
    /// A part of a key.
    Part,
    /// A paste that has not ended; only its end ends it, or the rest of it would be keys.
    Paste,
}

/// Bytes of a paste that are kept.
const MOST_PASTE: usize = 1 << 20;
/// Longest sequence that is a key or a report; a longer one is dropped.
const MOST: usize = 64;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

#[derive(Default)]
pub struct Decoder {
    held: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// What stands at the front of the bytes.
enum Front {
    /// Not yet to be told.
    Part,
    /// So many bytes, and what they mean, if anything.
    Whole(usize, Option<Input>),
    PasteBegins(usize),
}

impl Decoder {
    /// Takes bytes; gives what is whole by now.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        self.held.extend_from_slice(bytes);
        let mut out = Vec::new();
        loop {
            if self.paste.is_some() {
                match self.pasted() {
                    Some(text) => out.push(Input::Paste(text)),
                    None => return out,
                }
            }
            match front(&self.held) {
                Front::Part => return out,
                Front::PasteBegins(length) => {
                    self.held.drain(..length);
                    self.paste = Some(Vec::new());
                }
                Front::Whole(length, input) => {
                    self.held.drain(..length.max(1));
                    out.extend(input);
                }
            }
        }
    }

    pub fn held(&self) -> Held {
        match self.held.as_slice() {
            _ if self.paste.is_some() => Held::Paste,
            [] => Held::Nothing,
            [0x1b] => Held::Escape,
            _ => Held::Part,
        }
    }

    /// Nothing more has come for a while: what is held is what it looks like.
    pub fn settle(&mut self) -> Option<Input> {
        if self.paste.is_some() {
            return None;
        }
        match std::mem::take(&mut self.held).as_slice() {
            [0x1b] => Some(key(Code::Esc)),
            [0x1b, c @ 0x20..=0x7e] => {
                Some(Input::Key(Key { alt: true, ..Key::plain(Code::Char(char::from(*c))) }))
            }
            _ => None,
        }
    }

    /// Moves what is held to the paste; the text, once its end has come.
    fn pasted(&mut self) -> Option<String> {
        let paste = self.paste.as_mut()?;
        let end = self.held.windows(PASTE_ENDS.len()).position(|w| w == PASTE_ENDS);
        // The last bytes may be the beginning of the end.
        let length = end.unwrap_or_else(|| self.held.len().saturating_sub(PASTE_ENDS.len() - 1));
        let room = MOST_PASTE.saturating_sub(paste.len());
        paste.extend(self.held.drain(..length).take(room));
        end?;
        self.held.drain(..PASTE_ENDS.len());
        let bytes = self.paste.take()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

const fn key(code: Code) -> Input {
    Input::Key(Key::plain(code))
}

fn front(bytes: &[u8]) -> Front {
    match bytes {
        [] | [0x1b] | [0x1b, b'[' | b'O' | b']' | b'P' | b'_' | b'^'] => Front::Part,
        [0x1b, b'[', rest @ ..] => csi(rest),
        [0x1b, b'O', last, ..] => Front::Whole(3, letter(*last).map(key)),
        // An answer to a question of ours that comes late, up to its end.
        [0x1b, b']' | b'P' | b'_' | b'^', rest @ ..] => {
            let bell = rest.iter().position(|b| *b == 7).map(|at| at + 1);
            let end = rest.windows(2).position(|w| w == b"\x1b\\").map(|at| at + 2);
            bell.into_iter().chain(end).min().map_or(Front::Part, |length| Front::Whole(length + 2, None))
        }
        [0x1b, 0x1b, ..] => Front::Whole(1, Some(key(Code::Esc))),
        [0x1b, rest @ ..] => match plain(rest) {
            Front::Whole(length, input) => {
                let alt = input.map(|input| match input {
                    Input::Key(key) => Input::Key(Key { alt: true, ..key }),
                    other => other,
                });
                Front::Whole(length + 1, alt)
            }
            other => other,
        },
        _ => plain(bytes),
    }
}

/// A letter or a control character.
fn plain(bytes: &[u8]) -> Front {
    let Some(first) = bytes.first().copied() else { return Front::Part };
    let control = |c: u8| Key { ctrl: true, ..Key::plain(Code::Char(char::from(c))) };
    let found = match first {
        b'\r' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f => Key::plain(Code::Backspace),
        0 => control(b' '),
        0x01..=0x1a => control(first - 1 + b'a'),
        0x1c..=0x1f => control(first - 0x1c + b'4'),
        0x20..=0x7e => Key::plain(Code::Char(char::from(first))),
        _ => return wide(bytes),
    };
    Front::Whole(1, Some(Input::Key(found)))
}

/// A letter of several bytes.
fn wide(bytes: &[u8]) -> Front {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Front::Whole(1, None),
    };
    let Some(letter) = bytes.get(..length) else {
        let broken = bytes.iter().skip(1).any(|b| !(0x80..=0xbf).contains(b));
        return if broken { Front::Whole(1, None) } else { Front::Part };
    };
    match std::str::from_utf8(letter).ok().and_then(|s| s.chars().next()) {
        Some(c) => Front::Whole(length, Some(key(Code::Char(c)))),
        None => Front::Whole(1, None),
    }
}

/// What follows `ESC [`: parameters, then the byte that ends and names it.
fn csi(rest: &[u8]) -> Front {
    match rest {
        // The Linux console's F1 to F5.
        [b'['] => return Front::Part,
        [b'[', last @ b'A'..=b'E', ..] => return Front::Whole(4, Some(key(Code::F(last - b'A' + 1)))),
        // A mouse report of three bytes.
        [b'M', report @ ..] => {
            let Some([button, x, y]) = report.get(..3).and_then(|r| <[u8; 3]>::try_from(r).ok()) else {
                return Front::Part;
            };
            let place = |c: u8| u16::from(c.saturating_sub(33));
            return Front::Whole(6, clicked(u16::from(button.saturating_sub(32)), place(x), place(y)));
        }
        _ => {}
    }
    let Some(end) = rest.iter().position(|b| !(0x20..=0x3f).contains(b)) else {
        return if rest.len() > MOST { Front::Whole(rest.len() + 2, None) } else { Front::Part };
    };
    let last = rest.get(end).copied().unwrap_or_default();
    if !(0x40..=0x7e).contains(&last) {
        // Broken off; what broke it stands for itself.
        return Front::Whole(end + 2, None);
    }
    let Some(given) = rest.get(..end).and_then(|b| std::str::from_utf8(b).ok()) else {
        return Front::Whole(end + 3, None);
    };
    if (given, last) == ("200", b'~') {
        return Front::PasteBegins(end + 3);
    }
    let input = match given.strip_prefix('<') {
        Some(report) => mouse(report, last),
        None => named(given, last),
    };
    Front::Whole(end + 3, input)
}

/// A key with its name in numbers: `1;5` and `A`, `3` and `~`, `97;5` and `u`.
fn named(given: &str, last: u8) -> Option<Input> {
    let mut parts = given.split(';');
    let number = |part: Option<&str>| part?.split(':').next()?.parse::<u32>().ok();
    let first = number(parts.next());
    let second = parts.next();
    let held = number(second).map_or(0, |m| m.saturating_sub(1));
    // A key that was let go.
    if second.and_then(|m| m.split(':').nth(1)) == Some("3") {
        return None;
    }
    let code = match last {
        b'~' if first == Some(27) => coded(number(parts.next())?)?,
        b'~' => numbered(first?)?,
        b'u' => coded(first?)?,
        b'Z' => Code::BackTab,
        _ => letter(last)?,
    };
    let code = if code == Code::Tab && held & 1 != 0 { Code::BackTab } else { code };
    Some(Input::Key(Key { code, ctrl: held & 4 != 0, alt: held & 2 != 0 }))
}

const fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<Code> {
    let f = |n: u32| u8::try_from(n).ok().map(Code::F);
    match number {
        1 | 7 => Some(Code::Home),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => f(number - 10),
        17..=21 => f(number - 11),
        23..=24 => f(number - 12),
        _ => None,
    }
}

fn coded(number: u32) -> Option<Code> {
    match number {
        9 => Some(Code::Tab),
        13 => Some(Code::Enter),
        27 => Some(Code::Esc),
        127 => Some(Code::Backspace),
        _ => char::from_u32(number).filter(|c| !c.is_control()).map(Code::Char),
    }
}

/// A report as `0;12;7`: button, column, line, both from 1 on.
fn mouse(report: &str, last: u8) -> Option<Input> {
    let numbers: Vec<u16> = report.split(';').map_while(|n| n.parse().ok()).collect();
    let [button, x, y] = numbers.try_into().ok()?;
    if last == b'M' { clicked(button, x.saturating_sub(1), y.saturating_sub(1)) } else { None }
}

fn clicked(button: u16, x: u16, y: u16) -> Option<Input> {
    // Whatever else is held down: Shift 4, Alt 8, Ctrl 16.
    let did = match button & !0b1_1100 {
        0 => Mouse::Click { x, y },
        64 => Mouse::Wheel { x, y, down: false },
        65 => Mouse::Wheel { x, y, down: true },
        _ => return None,
    };
    Some(Input::Mouse(did))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<Input> {
        text.chars().map(|c| key(Code::Char(c))).collect()
    }

    fn parsed(text: &str) -> Input {
        Input::Key(Key::parse(text).unwrap())
    }

    /// Everything at once, and how it ends when no more comes.
    fn all(bytes: &[u8]) -> Vec<Input> {
        let mut decoder = Decoder::default();
        let mut out = decoder.feed(bytes);
        out.extend(decoder.settle());
        out
    }

    #[test]
    fn keys_are_what_terminals_send_for_them() {
        for (bytes, name) in [
            ("a", "a"),
            ("Ж", "Ж"),
            ("\r", "enter"),
            ("\t", "tab"),
            ("\x7f", "backspace"),
            ("\x1b", "esc"),
            ("\x10", "ctrl+p"),
            ("\x1bl", "alt+l"),
            ("\x1b[", "alt+["),
            ("\x1b[A", "up"),
            ("\x1bOB", "down"),
            ("\x1b[1;1C", "right"),
            ("\x1b[H", "home"),
            ("\x1b[4~", "end"),
            ("\x1b[3~", "del"),
            ("\x1b[5~", "pgup"),
            ("\x1b[Z", "shift+tab"),
            ("\x1b[9;2u", "shift+tab"),
            ("\x1b[112;5u", "ctrl+p"),
            ("\x1b[27;5;112~", "ctrl+p"),
            ("\x1bOQ", "f2"),
            ("\x1b[[B", "f2"),
            ("\x1b[15~", "f5"),
            ("\x1b[24~", "f12"),
        ] {
            assert_eq!(all(bytes.as_bytes()), [parsed(name)], "{bytes:?}");
        }
        let held = Key { ctrl: true, ..Key::plain(Code::Left) };
        assert_eq!(all(b"\x1b[1;5D"), [Input::Key(held)]);
    }

    #[test]
    fn what_is_no_key_is_dropped_and_what_follows_is_not() {
        for dropped in [
            "\x1b[?62;4c",
            "\x1b[I",
            "\x1b[2~",
            "\x1b[97;1:3u",
            "\x1b]11;rgb:0/0/0\x07",
            "\x1b_Gi=31;OK\x1b\\",
            "\x1b[<0;5;5m",
            "\x1b[<35;5;5M",
            "\x1b[1;2\x18",
        ] {
            let text = format!("{dropped}q");
            let got = all(text.as_bytes());
            assert_eq!(got.last(), Some(&parsed("q")), "{dropped:?}");
            assert!(got.len() <= 2, "{dropped:?}: {got:?}");
        }
        assert_eq!(all(b"\xff\xc3q"), [parsed("q")]);
    }

    #[test]
    fn esc_stands_for_itself_once_nothing_follows() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(b"\x1b"), []);
        assert_eq!(decoder.held(), Held::Escape);
        assert_eq!(decoder.settle(), Some(parsed("esc")));
        assert_eq!(decoder.held(), Held::Nothing);
        assert_eq!(all(b"\x1b\x1b"), [parsed("esc"), parsed("esc")]);
        assert_eq!(all(b"\x1b\x1b[A"), [parsed("esc"), parsed("up")]);
    }

    #[test]
    fn clicks_and_the_wheel_say_where() {
        assert_eq!(all(b"\x1b[<0;12;7M\x1b[<0;12;7m"), [Input::Mouse(Mouse::Click { x: 11, y: 6 })]);
        assert_eq!(all(b"\x1b[<65;1;1M"), [Input::Mouse(Mouse::Wheel { x: 0, y: 0, down: true })]);
        assert_eq!(all(b"\x1b[M\x20\x2c\x27"), [Input::Mouse(Mouse::Click { x: 11, y: 6 })]);
    }

    #[test]
    fn a_paste_is_one_text_and_bounded() {
        assert_eq!(all(b"\x1b[200~qd\x1bX\r\x1b[201~j"), [Input::Paste("qd\x1bX\r".into()), parsed("j")]);
        let mut decoder = Decoder::default();
        decoder.feed(b"\x1b[200~half");
        assert_eq!((decoder.held(), decoder.settle()), (Held::Paste, None));
        for _ in 0..2000 {
            assert_eq!(decoder.feed(&[b'x'; 1024]), []);
        }
        let Some(Input::Paste(text)) = decoder.feed(PASTE_ENDS).pop() else { panic!("no paste") };
        assert_eq!(text.len(), MOST_PASTE);
    }

    proptest! {
        #[test]
        fn however_the_bytes_are_cut_they_mean_the_same(
            bytes in prop::collection::vec(prop_oneof![
                Just(0x1b), Just(b'['), Just(b'<'), Just(b'~'), Just(b';'), Just(b'M'), 0x30..0x3au8, any::<u8>()
            ], 0..60),
            cut in 1..7usize,
        ) {
            let mut decoder = Decoder::default();
            let mut out = Vec::new();
            for piece in bytes.chunks(cut) {
                out.extend(decoder.feed(piece));
            }
            out.extend(decoder.settle());
            prop_assert_eq!(out, all(&bytes));
        }

        #[test]
        fn letters_are_never_lost(text in "[a-zа-я€😀]{0,40}", cut in 1..5usize) {
            let mut decoder = Decoder::default();
            let out: Vec<Input> = text.as_bytes().chunks(cut).flat_map(|piece| decoder.feed(piece)).collect();
            prop_assert_eq!(out, chars(&text));
        }
    }
}

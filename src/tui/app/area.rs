//! A text of several lines: words, lines, undo and all that people know from an editor.

use ratatui_textarea::{CursorMove, DataCursor, Input, Key as AreaKey, TextArea};

use super::key::{Code, Key};

/// Longest text, in bytes: what the desk takes as a note.
const MOST_BYTES: usize = 64 * 1024;

/// A text that is being written.
#[derive(Clone, Debug, Default)]
pub struct Area {
    inner: TextArea<'static>,
    /// The lines joined, as of the last change.
    text: String,
    /// Something was too long and is not all here.
    pub cut: bool,
}

impl Area {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines, one at least.
    pub fn lines(&self) -> &[String] {
        self.inner.lines()
    }

    /// Line and character of the cursor.
    pub fn cursor(&self) -> (usize, usize) {
        let DataCursor(line, character) = self.inner.cursor();
        (line, character)
    }

    /// Puts another text in, the cursor behind it. Undo brings the one before back.
    pub fn set(&mut self, text: &str) {
        self.inner.select_all();
        self.inner.cut();
        self.text.clear();
        let text = self.fitting(text);
        self.inner.insert_str(text);
        self.inner.move_cursor(CursorMove::Bottom);
        self.inner.move_cursor(CursorMove::End);
        self.changed();
    }

    /// Puts the cursor at a character of a line.
    pub fn go_to(&mut self, line: usize, character: usize) {
        let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.inner.move_cursor(CursorMove::Jump(short(line), short(character)));
    }

    /// Puts the cursor where the text begins.
    pub fn begin(&mut self) {
        self.inner.move_cursor(CursorMove::Top);
        self.inner.move_cursor(CursorMove::Head);
    }

    /// Puts a pasted text in at the cursor.
    pub fn paste(&mut self, text: &str) {
        let text = self.fitting(text);
        self.inner.insert_str(text);
        self.changed();
    }

    /// As much of a text as there is room for, with plain line ends and no controls.
    fn fitting(&mut self, text: &str) -> String {
        let mut room = MOST_BYTES.saturating_sub(self.text.len());
        let mut taken = String::new();
        let plain = text.replace("\r\n", "\n").replace('\r', "\n");
        for c in plain.chars().map(|c| if c == '\t' { ' ' } else { c }) {
            if c.is_control() && c != '\n' {
                continue;
            }
            let Some(left) = room.checked_sub(c.len_utf8()) else {
                self.cut = true;
                break;
            };
            room = left;
            taken.push(c);
        }
        taken
    }

    /// Edits by one key; says whether the key was for the text.
    pub fn key(&mut self, key: Key) -> bool {
        let (line, _) = self.cursor();
        let last = self.lines().len().saturating_sub(1);
        let plain = !key.ctrl && !key.alt;
        let code = match key.code {
            // Out of the text, to the field above or below.
            Code::Up if plain && line == 0 => return false,
            Code::Down if plain && line == last => return false,
            Code::Up => AreaKey::Up,
            Code::Down => AreaKey::Down,
            Code::Left => AreaKey::Left,
            Code::Right => AreaKey::Right,
            Code::Home => AreaKey::Home,
            Code::End => AreaKey::End,
            Code::PageUp => AreaKey::PageUp,
            Code::PageDown => AreaKey::PageDown,
            Code::Enter => AreaKey::Enter,
            Code::Backspace => AreaKey::Backspace,
            Code::Delete => AreaKey::Delete,
            Code::Char(c) => AreaKey::Char(c),
            Code::Esc | Code::Tab | Code::BackTab | Code::F(_) => return false,
        };
        let adds = plain && matches!(key.code, Code::Char(_) | Code::Enter);
        if adds && self.text.len() >= MOST_BYTES {
            self.cut = true;
            return true;
        }
        self.inner.input(Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: false });
        self.changed();
        true
    }

    fn changed(&mut self) {
        self.text = self.inner.lines().join("\n");
        self.cut &= self.text.len() + 4 >= MOST_BYTES;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn a_text_is_written_undone_and_left_by_its_edges() {
        let mut area = Area::default();
        area.paste("one\r\ntwo\tx\u{7}");
        assert_eq!(area.text(), "one\ntwo x");
        assert!(area.key(key("enter")) && area.key(key("z")));
        assert_eq!((area.text(), area.cursor()), ("one\ntwo x\nz", (2, 1)));
        assert!(!area.key(key("down")), "below the last line is the next field");
        assert!(area.key(key("up")) && area.key(key("up")) && !area.key(key("up")));
        area.key(key("ctrl+u"));
        assert_eq!(area.text(), "one\ntwo x\n", "Ctrl+U takes the last change back");
        area.set("other");
        assert_eq!((area.text(), area.cursor()), ("other", (0, 5)));
    }

    #[test]
    fn what_is_too_long_is_said_to_be_cut() {
        let mut area = Area::default();
        area.paste(&"я".repeat(MOST_BYTES));
        assert!(area.cut && area.text().len() <= MOST_BYTES);
        assert!(area.key(key("x")));
        area.set("short");
        assert!(!area.cut);
    }
}

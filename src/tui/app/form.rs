//! Forms and questions as data: what is asked, what was typed, what would follow.

use std::collections::BTreeMap;

use tui_input::{Input, InputRequest};

use super::action::Action;
use super::area::Area;
use super::key::{Code, Key};
use crate::desk::assist::Hint;
use crate::desk::reply::Reply;
use crate::domain::{Channel, EvidenceKind, Seen, Time};
use crate::tui::text;
use crate::tui::theme::Tone;

/// Barcodes on the picture that a form names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barcodes {
    Reading,
    /// The file is no picture.
    NoPicture,
    Say(Seen),
}

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    Decide,
    SendCode,
    ConfirmCode(Channel),
    Evidence(EvidenceKind),
    RemoveEvidence,
    /// What a mail offers, by its number.
    Offer(i64),
    /// What a mail asks for.
    AskedFor,
    Note,
    Reply,
    Approve,
    SendBack,
    /// An act on all marked tickets.
    Bulk(Action),
    SaveSearch,
    Undo,
    Issue,
    Revoke,
    Redeem,
    ConfirmNotice,
    ClearNotice,
    ClearCheck,
    Merge,
    Object,
    Wait,
    Close,
    Reopen,
    Steal,
    Release,
    HearOwner,
    Reveal,
    SaveToken,
    SaveQr,
    SavePage,
    /// A code for a service centre.
    ReadOut,
    /// What a service centre reads back.
    ReadBack,
    /// A message that is not to be sent.
    DropMessage(i64),
    Passphrase,
}

/// How a field is checked while it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Free,
    Needed,
    /// A column of CONTRACT.md §4, read by the domain's own parser.
    Column(&'static str),
    Code,
    Path,
    /// Exactly this word, for what is final.
    Word(&'static str),
    Challenge,
    /// Thirteen symbols that somebody says.
    Spoken,
    /// A switch that must be on.
    Ticked,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// Why it cannot be chosen.
    pub refused: Option<String>,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Kind {
    Text(Input),
    /// Several lines; Enter breaks the line.
    Lines(Box<Area>),
    /// Typed, and not shown.
    Secret(Input),
    Choice {
        options: Vec<Choice>,
        at: usize,
    },
    Switch(bool),
}

#[derive(Clone, Debug)]
pub struct Field {
    pub key: &'static str,
    pub label: String,
    pub rule: Rule,
    pub kind: Kind,
}

impl Field {
    pub fn text(key: &'static str, label: impl Into<String>, rule: Rule) -> Self {
        Self { key, label: label.into(), rule, kind: Kind::Text(Input::default()) }
    }

    pub fn lines(key: &'static str, label: impl Into<String>, rule: Rule) -> Self {
        Self { key, label: label.into(), rule, kind: Kind::Lines(Box::default()) }
    }

    pub fn choice(key: &'static str, label: impl Into<String>, options: Vec<Choice>) -> Self {
        let at = options.iter().position(|o| o.refused.is_none()).unwrap_or(0);
        Self { key, label: label.into(), rule: Rule::Free, kind: Kind::Choice { options, at } }
    }

    /// The value as text.
    pub fn value(&self) -> &str {
        match &self.kind {
            Kind::Text(input) | Kind::Secret(input) => input.value(),
            Kind::Lines(area) => area.text(),
            Kind::Choice { options, at } => options.get(*at).map_or("", |o| o.value.as_str()),
            Kind::Switch(true) => "yes",
            Kind::Switch(false) => "",
        }
    }

    /// Puts the cursor so many cells behind a character of a line.
    pub fn put_cursor(&mut self, line: usize, from: usize, cells: usize) {
        let place = |text: &str| {
            let mut room = cells;
            let fits = |c: &char| {
                let wide = text::width(&text::clean(c.encode_utf8(&mut [0; 4])));
                let left = room.checked_sub(wide);
                room = left.unwrap_or(0);
                left.is_some()
            };
            from + text.chars().skip(from).take_while(fits).count()
        };
        match &mut self.kind {
            Kind::Text(input) => {
                let at = place(input.value()).min(input.value().chars().count());
                *input = std::mem::take(input).with_cursor(at);
            }
            Kind::Lines(area) => {
                let at = area.lines().get(line).map_or(0, |text| place(text.as_str()));
                area.go_to(line, at);
            }
            Kind::Secret(_) | Kind::Choice { .. } | Kind::Switch(_) => {}
        }
    }

    /// Puts a text in that is to be read from its beginning.
    pub fn set_to_read(&mut self, text: &str) {
        self.set(text);
        if let Kind::Lines(area) = &mut self.kind {
            area.begin();
        }
    }

    /// Puts a value in, as far as the field can hold it.
    pub fn set(&mut self, value: &str) {
        match &mut self.kind {
            Kind::Text(input) | Kind::Secret(input) => *input = Input::new(value.to_owned()),
            Kind::Lines(area) => area.set(value),
            Kind::Choice { options, at } => {
                if let Some(place) = options.iter().position(|o| o.value == value) {
                    *at = place;
                }
            }
            Kind::Switch(on) => *on = value == "yes",
        }
    }
}

/// A form on the screen.
#[derive(Clone, Debug)]
pub struct Form {
    pub purpose: Purpose,
    /// The ticket it is about; 0 for none.
    pub ticket: i64,
    pub title: String,
    /// What will follow, most important first.
    pub says: Vec<(Tone, String)>,
    pub fields: Vec<Field>,
    /// Field, or the two buttons behind the fields: cancel, do it.
    pub focus: usize,
    pub submit: String,
    /// Why it was not done.
    pub problem: Option<String>,
    /// The request that is under way.
    pub asked: Option<u64>,
    /// What was typed then, and not sent, is in here again.
    pub kept: Option<Time>,
    /// What the registry says, by column, with the text that it is about.
    pub hints: BTreeMap<String, (String, Hint)>,
    /// The file whose barcodes were read, and what they say.
    pub barcodes: Option<(String, Barcodes)>,
    /// The reply as the desk wrote it.
    pub written: Option<Box<Reply>>,
    /// Ticks until the registry is asked; 0 where it need not be.
    pub rest: u8,
}

impl Form {
    pub fn new(purpose: Purpose, ticket: i64, title: impl Into<String>, submit: impl Into<String>) -> Self {
        Self {
            purpose,
            ticket,
            title: title.into(),
            says: Vec::new(),
            fields: Vec::new(),
            focus: 0,
            submit: submit.into(),
            problem: None,
            asked: None,
            kept: None,
            hints: BTreeMap::new(),
            barcodes: None,
            written: None,
            rest: 0,
        }
    }

    #[must_use]
    pub fn say(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.says.push((tone, text.into()));
        self
    }

    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// The focus of the button that leaves.
    pub const fn cancel(&self) -> usize {
        self.fields.len()
    }

    /// The focus of the button that does it.
    pub const fn go(&self) -> usize {
        self.fields.len() + 1
    }

    pub fn value(&self, key: &str) -> &str {
        self.fields.iter().find(|f| f.key == key).map_or("", |f| f.value().trim())
    }

    /// What Enter on the last field sends at once: nothing of this decides a case.
    pub const fn is_quick(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::SendCode
                | Purpose::ConfirmCode(_)
                | Purpose::Passphrase
                | Purpose::SaveToken
                | Purpose::SaveQr
                | Purpose::SavePage
        )
    }

    /// The value, if anything was typed.
    pub fn some(&self, key: &str) -> Option<String> {
        Some(self.value(key)).filter(|v| !v.is_empty()).map(str::to_owned)
    }

    /// Anything that was typed, to be kept when the form is left.
    pub fn typed(&self) -> Vec<(&'static str, String)> {
        let texts = self.fields.iter().filter(|f| matches!(f.kind, Kind::Text(_) | Kind::Lines(_)));
        let texts = texts.filter(|f| {
            !matches!(f.rule, Rule::Word(_) | Rule::Code | Rule::Spoken) && !f.value().is_empty()
        });
        // What the desk wrote was typed by nobody.
        let written = self.written.as_ref().map_or("", |w| w.text.trim());
        let typed = texts.filter(|f| written.is_empty() || f.value().trim() != written);
        typed.map(|f| (f.key, f.value().to_owned())).collect()
    }

    /// Empties every text.
    pub fn clear(&mut self) {
        let texts = self.fields.iter_mut().filter(|f| matches!(f.kind, Kind::Text(_) | Kind::Lines(_)));
        texts.for_each(|f| f.set(""));
        self.kept = None;
        self.problem = None;
    }

    /// Moves the focus round.
    pub fn step(&mut self, forward: bool) {
        let count = self.fields.len() + 2;
        self.focus = (self.focus + if forward { 1 } else { count - 1 }) % count;
    }

    /// From a field to the next; from the last one to the button that does it. What may stay empty does not
    /// hold up somebody who has chosen.
    pub fn onward(&mut self) {
        let chosen = self.fields.get(self.focus).is_some_and(|f| matches!(f.kind, Kind::Choice { .. }));
        let next = (self.focus + 1..self.fields.len())
            .find(|n| !chosen || self.fields.get(*n).is_some_and(|f| f.rule != Rule::Free));
        self.focus = next.unwrap_or_else(|| self.go());
    }

    /// The wheel: through the lines of a text; in a form longer than the window from field to field, round no end.
    pub fn turn(&mut self, by: isize, long: bool) {
        if let Some(Field { kind: Kind::Lines(area), .. }) = self.fields.get_mut(self.focus) {
            let (line, _) = area.cursor();
            let last = area.lines().len().saturating_sub(1);
            let to = line.saturating_add_signed(by).min(last);
            if to != line {
                return area.go_to(to, 0);
            }
        }
        if long {
            let last = self.fields.len().saturating_sub(1);
            self.focus = self.focus.min(last).saturating_add_signed(by.signum()).min(last);
        }
    }

    /// Edits the focused field; says whether it took the key.
    pub fn edit(&mut self, key: Key) -> bool {
        self.problem = None;
        let Some(field) = self.fields.get_mut(self.focus) else { return false };
        match &mut field.kind {
            Kind::Text(input) | Kind::Secret(input) => type_key(input, key),
            Kind::Lines(area) => area.key(key),
            Kind::Choice { options, at } => choose(options, at, key),
            Kind::Switch(on) => match key.code {
                Code::Char(' ') | Code::Left | Code::Right => {
                    *on = !*on;
                    true
                }
                _ => false,
            },
        }
    }

    /// Puts pasted text into the focused field.
    pub fn paste(&mut self, text: &str) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        match &mut field.kind {
            Kind::Text(input) | Kind::Secret(input) => paste(input, text),
            Kind::Lines(area) => area.paste(text),
            Kind::Choice { .. } | Kind::Switch(_) => {}
        }
    }
}

fn choose(options: &[Choice], at: &mut usize, key: Key) -> bool {
    let forward = match key.code {
        Code::Left | Code::Up => false,
        Code::Right | Code::Down | Code::Char(' ') => true,
        _ => return false,
    };
    let count = options.len();
    for step in 1..=count {
        let next = (*at + if forward { step } else { count - step }) % count;
        if options.get(next).is_some_and(|o| o.refused.is_none()) {
            *at = next;
            break;
        }
    }
    true
}

/// Longest text that is typed or pasted into one field, in characters.
const MOST_TYPED: usize = 16 * 1024;

/// Puts a pasted text in, without what a line cannot hold.
pub fn paste(input: &mut Input, text: &str) {
    let room = MOST_TYPED.saturating_sub(input.value().chars().count());
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
        .filter(|c| !c.is_control())
        .take(room)
        .collect();
    // One by one would be quadratic on a long paste.
    let (before, after): (String, String) = {
        let at = input.cursor();
        let value = input.value();
        (value.chars().take(at).collect(), value.chars().skip(at).collect())
    };
    let cursor = input.cursor() + text.chars().count();
    let mut joined = before;
    joined.push_str(&text);
    joined.push_str(&after);
    let most = joined.chars().count();
    *input = Input::new(joined).with_cursor(cursor.min(most));
}

/// Edits a text by one key; says whether it took the key.
pub fn type_key(input: &mut Input, key: Key) -> bool {
    let request = match (key.code, key.ctrl, key.alt) {
        (Code::Char('a'), true, _) | (Code::Home, ..) => InputRequest::GoToStart,
        (Code::Char('e'), true, _) | (Code::End, ..) => InputRequest::GoToEnd,
        (Code::Char('w'), true, _) => InputRequest::DeletePrevWord,
        (Code::Char('u'), true, _) => InputRequest::DeleteLine,
        (Code::Char('k'), true, _) => InputRequest::DeleteTillEnd,
        (Code::Left, true, _) => InputRequest::GoToPrevWord,
        (Code::Right, true, _) => InputRequest::GoToNextWord,
        (Code::Char(_), true, _) | (Code::Char(_), _, true) => return false,
        (Code::Char(_), ..) if input.value().chars().count() >= MOST_TYPED => return true,
        (Code::Char(c), ..) => InputRequest::InsertChar(c),
        (Code::Backspace, ..) => InputRequest::DeletePrevChar,
        (Code::Delete, ..) => InputRequest::DeleteNextChar,
        (Code::Left, ..) => InputRequest::GoToPrevChar,
        (Code::Right, ..) => InputRequest::GoToNextChar,
        _ => return false,
    };
    let _ = input.handle(request);
    true
}

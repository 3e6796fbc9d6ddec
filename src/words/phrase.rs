//! A sentence as data: what is to be said, and in no language yet.

use std::borrow::Cow;

use super::{Language, Value, say, say_with};
use crate::domain::{Day, Imei, Shown};

/// A sentence that is put into words where it is shown, and not before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Text that is the same in every language: what somebody wrote, a number, a name.
    Text(Cow<'static, str>),
    /// An id of `locales/*.ftl`, and what goes into it.
    Said(&'static str, Vec<(&'static str, Part)>),
    /// The inside of a sentence as a whole one: with a capital letter, and an end.
    Whole(Box<Phrase>),
    /// Sentences one after another.
    Row(Vec<Phrase>),
}

/// What goes into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is the same in every language.
    Text(Cow<'static, str>),
    /// A count; it chooses the plural form.
    Number(i64),
    /// A word that has an id of its own.
    Word(&'static str),
    /// A day.
    Day(Day),
    /// An IMEI, whole: only where the sentence is about it.
    Imei(Imei),
    /// A sentence within the sentence.
    Phrase(Box<Phrase>),
    /// Several, with a comma or a word between them.
    Several(Vec<Part>, Joint),
}

/// What stands between several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// A comma.
    Comma,
    /// And.
    And,
    /// Or.
    Or,
}

impl Phrase {
    /// A sentence without arguments.
    pub const fn of(id: &'static str) -> Self {
        Self::Said(id, Vec::new())
    }

    /// The same with an argument.
    #[must_use]
    pub fn with(self, name: &'static str, part: impl Into<Part>) -> Self {
        match self {
            Self::Said(id, mut parts) => {
                parts.push((name, part.into()));
                Self::Said(id, parts)
            }
            other => other,
        }
    }

    /// As a whole sentence: a capital letter, and an end.
    #[must_use]
    pub fn whole(self) -> Self {
        Self::Whole(Box::new(self))
    }

    /// Several sentences, one after another.
    pub const fn row(sentences: Vec<Self>) -> Self {
        Self::Row(sentences)
    }

    /// The same with what came from outside made visible.
    #[must_use]
    pub fn shown(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(shown(text)),
            Self::Said(id, parts) => {
                Self::Said(id, parts.into_iter().map(|(name, part)| (name, part.shown())).collect())
            }
            Self::Whole(inside) => Self::Whole(Box::new(inside.shown())),
            Self::Row(sentences) => Self::Row(sentences.into_iter().map(Self::shown).collect()),
        }
    }

    /// Nothing at all.
    pub const fn none() -> Self {
        Self::Text(Cow::Borrowed(""))
    }

    /// Whether there is nothing to say.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    /// The sentence in a language.
    pub fn said(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Said(id, parts) if parts.is_empty() => Cow::Borrowed(say(language, id)),
            Self::Said(id, parts) => {
                let values: Vec<_> = parts.iter().map(|(name, part)| (*name, part.value(language))).collect();
                Cow::Owned(say_with(language, id, &values))
            }
            Self::Whole(inside) => Cow::Owned(whole(&inside.said(language))),
            Self::Row(sentences) => {
                let said: Vec<_> =
                    sentences.iter().filter(|s| !s.is_none()).map(|s| s.said(language)).collect();
                Cow::Owned(said.join(" "))
            }
        }
    }
}

impl Part {
    fn value(&self, language: Language) -> Value<'_> {
        match self {
            Self::Text(text) => text.as_ref().into(),
            Self::Number(n) => (*n).into(),
            Self::Word(id) => say(language, id).into(),
            Self::Day(day) => day.to_string().into(),
            Self::Imei(imei) => imei.to_string().into(),
            Self::Phrase(phrase) => phrase.said(language).into(),
            several @ Self::Several(..) => several.said(language).into(),
        }
    }

    fn said(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Number(n) => n.to_string(),
            Self::Word(id) => say(language, id).to_owned(),
            Self::Day(day) => day.to_string(),
            Self::Imei(imei) => imei.to_string(),
            Self::Phrase(phrase) => phrase.said(language).into_owned(),
            Self::Several(parts, joint) => {
                parts.iter().map(|p| p.said(language)).collect::<Vec<_>>().join(&joint.said(language))
            }
        }
    }

    /// As it is in English: what a row keeps of it.
    pub fn plain(&self) -> String {
        self.said(Language::English)
    }

    /// Several things, joined.
    pub fn several<T: Into<Self>>(all: impl IntoIterator<Item = T>, joint: Joint) -> Self {
        Self::Several(all.into_iter().map(Into::into).collect(), joint)
    }

    fn shown(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(shown(text)),
            Self::Phrase(phrase) => Self::Phrase(Box::new(phrase.shown())),
            Self::Several(parts, joint) => Self::Several(parts.into_iter().map(Self::shown).collect(), joint),
            plain @ (Self::Number(_) | Self::Word(_) | Self::Day(_) | Self::Imei(_)) => plain,
        }
    }
}

impl Joint {
    fn said(self, language: Language) -> Cow<'static, str> {
        match self {
            Self::Comma => Cow::Borrowed(", "),
            Self::And => Cow::Owned(format!(" {} ", say(language, "common-and"))),
            Self::Or => Cow::Owned(format!(" {} ", say(language, "common-or"))),
        }
    }
}

/// Text from outside, made visible.
fn shown(text: Cow<'static, str>) -> Cow<'static, str> {
    match text {
        Cow::Borrowed(ours) => Cow::Borrowed(ours),
        Cow::Owned(text) => Cow::Owned(Shown(&text).to_string()),
    }
}

/// Words as a sentence.
fn whole(words: &str) -> String {
    let words = words.trim();
    let end = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}{end}", chars.as_str())
}

/// In English, as the contract's JSON and the command line give it.
impl std::fmt::Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.said(Language::English))
    }
}

impl serde::Serialize for Phrase {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned().into())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned().into())
    }
}

impl From<i64> for Part {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}

impl From<usize> for Part {
    fn from(n: usize) -> Self {
        Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<Day> for Part {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Imei> for Part {
    fn from(imei: Imei) -> Self {
        Self::Imei(imei)
    }
}

impl From<u64> for Part {
    fn from(n: u64) -> Self {
        Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<&std::io::Error> for Part {
    fn from(error: &std::io::Error) -> Self {
        Phrase::from(error).into()
    }
}

impl From<Phrase> for Part {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

//! The words of the screens, in every language: `locales/*.ftl`, compiled in.
//!
//! [`say`] gives a plain text, [`say_with`] one with arguments, [`about`] the sentence that belongs to a name.
//! An id that does not exist is shown as itself and never stops anything; `tests/it/words.rs` sees to it that
//! none is missing, unused, or asks for other arguments in one language than in the other.

mod damage;
pub mod kept;
pub mod letters;
mod phrase;
mod system;
pub mod terms;

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource};

pub use phrase::{Joint, Part, Phrase};

/// An argument of a text: a number, which chooses the plural form, or a text.
pub type Value<'a> = fluent::FluentValue<'a>;

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// Every language, in the order in which they are switched through.
    pub const ALL: [Self; 2] = [Self::English, Self::Russian];

    /// Its code in settings and options (ISO 639-1).
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// Its name, in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Russian => "Русский",
        }
    }

    /// The one after it.
    #[must_use]
    pub const fn after(self) -> Self {
        match self {
            Self::English => Self::Russian,
            Self::Russian => Self::English,
        }
    }

    /// The language of a code (`ru`) or of a POSIX locale (`ru_RU.UTF-8`).
    pub fn of(locale: &str) -> Option<Self> {
        let code = locale.split(['_', '-', '.', '@']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Its file.
    const fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../../locales/en.ftl"),
            Self::Russian => include_str!("../../locales/ru.ftl"),
        }
    }
}

/// A text without arguments; the id itself where there is none.
pub fn say(language: Language, id: &'static str) -> &'static str {
    book(language).plain.get(id).map_or(id, String::as_str)
}

/// The sentence that says more about a name: its attribute `.about`.
pub fn about(language: Language, id: &'static str) -> &'static str {
    book(language).about.get(id).map_or(id, String::as_str)
}

/// A text with arguments; the id itself where there is none.
pub fn say_with(language: Language, id: &'static str, values: &[(&'static str, Value<'_>)]) -> String {
    let bundle = &book(language).bundle;
    let Some(pattern) = bundle.get_message(id).and_then(|m| m.value()) else { return id.to_owned() };
    let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
}

/// A text that names keys (`{ $key-NAME }`): `key` says each, by its name.
pub fn say_with_keys(
    language: Language,
    id: &'static str,
    values: &[(&'static str, Value<'_>)],
    key: impl Fn(&str) -> Option<String>,
) -> String {
    let named = book(language).keys.get(id).map(Vec::as_slice).unwrap_or_default();
    let keys = named.iter().map(|name| (*name, key(name.trim_start_matches("key-")).unwrap_or_default()));
    let keys: Vec<(&'static str, String)> = keys.collect();
    let mut values = values.to_vec();
    values.extend(keys.iter().map(|(name, key)| (*name, Value::from(key.as_str()))));
    say_with(language, id, &values)
}

/// A file of words, read once.
struct Book {
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments.
    plain: HashMap<String, String>,
    about: HashMap<String, String>,
    /// The keys that a text names, as its arguments are called.
    keys: HashMap<&'static str, Vec<&'static str>>,
}

fn book(language: Language) -> &'static Book {
    static BOOKS: [OnceLock<Book>; 2] = [OnceLock::new(), OnceLock::new()];
    let [english, russian] = &BOOKS;
    match language {
        Language::English => english,
        Language::Russian => russian,
    }
    .get_or_init(|| read(language))
}

fn read(language: Language) -> Book {
    let locales = language.code().parse().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(locales);
    // The marks would be shown as what they are: text from outside is cleaned where it is drawn.
    bundle.set_use_isolating(false);
    // What cannot be read is left out and shown by its id; a test sees that there is nothing of the kind.
    let resource = FluentResource::try_new(language.source().to_owned()).unwrap_or_else(|(read, _)| read);
    bundle.add_resource_overriding(resource);
    let (mut plain, mut about) = (HashMap::new(), HashMap::new());
    for id in ids(language.source()) {
        let Some(message) = bundle.get_message(id) else { continue };
        let text = |pattern, into: &mut HashMap<String, String>| {
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                into.insert(id.to_owned(), text);
            }
        };
        message.value().into_iter().for_each(|value| text(value, &mut plain));
        message.get_attribute("about").into_iter().for_each(|more| text(more.value(), &mut about));
    }
    Book { bundle, plain, about, keys: keys(language.source()) }
}

/// The arguments `key-NAME` of every text.
fn keys(source: &'static str) -> HashMap<&'static str, Vec<&'static str>> {
    let mut found: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut at = "";
    for line in source.lines() {
        if let Some(id) = ids(line).next() {
            at = id;
        }
        for piece in line.split('$').skip(1).filter(|piece| piece.starts_with("key-")) {
            let name = piece.split([' ', '}']).next().unwrap_or_default();
            let named = found.entry(at).or_default();
            if !named.contains(&name) {
                named.push(name);
            }
        }
    }
    found
}

/// The ids of a file.
fn ids(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(|line| {
        let (id, _) = line.split_once('=')?;
        Some(id.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_text_is_shown_by_its_id() {
        for language in Language::ALL {
            assert_eq!(say(language, "common-nowhere"), "common-nowhere");
            assert_eq!(say_with(language, "common-nowhere", &[("n", 3.into())]), "common-nowhere");
        }
    }

    #[test]
    fn a_locale_names_its_language() {
        for (locale, language) in [
            ("ru", Some(Language::Russian)),
            ("ru_RU.UTF-8", Some(Language::Russian)),
            ("en_GB", Some(Language::English)),
            ("C.UTF-8", None),
            ("", None),
        ] {
            assert_eq!(Language::of(locale), language, "{locale}");
        }
    }

    #[test]
    fn numbers_choose_the_plural_form() {
        let count = |language, n: i64| say_with(language, "common-tickets", &[("n", n.into())]);
        for (n, english, russian) in [
            (1, "1 ticket", "1 заявка"),
            (2, "2 tickets", "2 заявки"),
            (5, "5 tickets", "5 заявок"),
            (11, "11 tickets", "11 заявок"),
            (21, "21 tickets", "21 заявка"),
        ] {
            assert_eq!(count(Language::English, n), english);
            assert_eq!(count(Language::Russian, n), russian);
        }
    }
}

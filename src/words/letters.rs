//! What is written to customers and owners: `letters/*.ftl`, compiled in, and what a desk says in its own words.
//!
//! A text may use the arguments that the shipped text uses, so whoever changes one cannot make it tell more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource};

use super::Value;

/// The shipped languages and their files; the first holds for whoever reads none of them.
pub const SHIPPED: &[(&str, &str)] =
    &[("en", include_str!("../../letters/en.ftl")), ("ru", include_str!("../../letters/ru.ftl"))];

/// Texts without which the argument would be worth nothing: a code that is not told.
const MUST_SAY: &[(&str, &str)] = &[
    ("code-sim-text", "code"),
    ("code-owner-text", "code"),
    ("code-owner-text-phone", "code"),
    ("owner-text", "code"),
    ("owner-text-phone", "code"),
];

/// What is wrong with a file of letters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct LetterError {
    /// 1-based.
    pub line: usize,
    /// The text at fault, and what it may be.
    pub what: String,
}

/// The letters of a desk.
#[derive(Default)]
pub struct Letters {
    own: BTreeMap<String, Book>,
}

type Book = FluentBundle<FluentResource>;

/// A text of a file: where it begins, and what arguments it uses.
struct Entry<'a> {
    id: &'a str,
    line: usize,
    arguments: BTreeSet<&'a str>,
}

impl Letters {
    /// Takes a desk's own file for a language (ISO 639-1). A shipped language keeps what the file does not say.
    ///
    /// # Errors
    /// The first line that is not in form, names no text, or asks for what that text is never told.
    pub fn with(&mut self, language: &str, text: &str) -> Result<(), LetterError> {
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
            let first = errors.first();
            let line = first.map_or(1, |e| line_at(text, e.pos.start));
            LetterError {
                line,
                what: first.map_or_else(|| "it is not in form".to_owned(), ToString::to_string),
            }
        })?;
        let known = entries(shipped_text("en"));
        let own = entries(text);
        check(&own, &known)?;
        let shipped = SHIPPED.iter().any(|(code, _)| *code == language);
        if !shipped && let Some(missing) = known.iter().find(|k| !own.iter().any(|o| o.id == k.id)) {
            let what = format!("`{}` is missing; a language that is not shipped says everything", missing.id);
            return Err(LetterError { line: text.lines().count().max(1), what });
        }
        let mut book = book(language);
        if shipped {
            let base = FluentResource::try_new(shipped_text(language).to_owned()).unwrap_or_else(|(r, _)| r);
            book.add_resource_overriding(base);
        }
        book.add_resource_overriding(resource);
        for entry in &own {
            let arguments: Vec<(&str, Value<'_>)> =
                entry.arguments.iter().map(|name| (*name, Value::from("x"))).collect();
            if let Err(what) = format(&book, entry.id, &arguments) {
                return Err(LetterError { line: entry.line, what: format!("`{}`: {what}", entry.id) });
            }
        }
        self.own.insert(language.to_owned(), book);
        Ok(())
    }

    /// Every language that letters are written in (ISO 639-1), in alphabetical order.
    pub fn languages(&self) -> Vec<String> {
        let shipped = SHIPPED.iter().map(|(code, _)| (*code).to_owned());
        shipped.chain(self.own.keys().cloned()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The language for somebody who reads `wanted` (`ru`, `ru-RU`), else `other`, else the first shipped one.
    pub fn language(&self, wanted: Option<&str>, other: Option<&str>) -> String {
        [wanted, other]
            .into_iter()
            .flatten()
            .filter_map(|text| text.split(['_', '-', '.', '@']).next())
            .map(str::to_ascii_lowercase)
            .find(|code| self.own.contains_key(code) || SHIPPED.iter().any(|(shipped, _)| shipped == code))
            .unwrap_or_else(|| "en".to_owned())
    }

    /// A text; its id where there is none.
    pub fn say(&self, language: &str, id: &'static str, arguments: &[(&'static str, Value<'_>)]) -> String {
        let said = match self.own.get(language) {
            Some(own) => format(own, id, arguments),
            None => format(shipped(language), id, arguments),
        };
        said.unwrap_or_else(|_| id.to_owned())
    }
}

fn format(book: &Book, id: &str, arguments: &[(&str, Value<'_>)]) -> Result<String, String> {
    let pattern = book.get_message(id).and_then(|m| m.value()).ok_or_else(|| "it has no text".to_owned())?;
    let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    let mut errors = Vec::new();
    let said = book.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
    errors.first().map_or(Ok(said), |e| Err(e.to_string()))
}

fn check(own: &[Entry<'_>], known: &[Entry<'_>]) -> Result<(), LetterError> {
    for (n, entry) in own.iter().enumerate() {
        let fail = |what: String| Err(LetterError { line: entry.line, what });
        if own.iter().take(n).any(|earlier| earlier.id == entry.id) {
            return fail(format!("`{}` is said twice", entry.id));
        }
        let Some(shipped) = known.iter().find(|k| k.id == entry.id) else {
            let near = known.iter().map(|k| (strsim::damerau_levenshtein(k.id, entry.id), k.id)).min();
            let hint = near.filter(|(far, _)| *far <= 4).map(|(_, id)| format!("; did you mean `{id}`?"));
            return fail(format!("`{}` is no text of Latchkey's{}", entry.id, hint.unwrap_or_default()));
        };
        if let Some(foreign) = entry.arguments.iter().find(|a| !shipped.arguments.contains(*a)) {
            let may: Vec<String> = shipped.arguments.iter().map(|a| format!("${a}")).collect();
            let may = if may.is_empty() { "no argument".to_owned() } else { may.join(", ") };
            return fail(format!("`{}` is not told ${foreign}; it may use {may}", entry.id));
        }
        for (id, argument) in MUST_SAY {
            if entry.id == *id && !entry.arguments.contains(argument) {
                return fail(format!("`{id}` must say {{ ${argument} }}"));
            }
        }
    }
    Ok(())
}

fn shipped_text(language: &str) -> &'static str {
    SHIPPED.iter().find(|(code, _)| *code == language).map_or("", |(_, text)| *text)
}

fn shipped(language: &str) -> &'static Book {
    static BOOKS: [OnceLock<Book>; 2] = [OnceLock::new(), OnceLock::new()];
    let [english, russian] = &BOOKS;
    let (at, code) = if language == "ru" { (russian, "ru") } else { (english, "en") };
    at.get_or_init(|| {
        let mut book = book(code);
        let resource = FluentResource::try_new(shipped_text(code).to_owned()).unwrap_or_else(|(r, _)| r);
        book.add_resource_overriding(resource);
        book
    })
}

fn book(language: &str) -> Book {
    let mut book = FluentBundle::new_concurrent(language.parse().into_iter().collect());
    // The marks would reach mail and telephones as what they are.
    book.set_use_isolating(false);
    book
}

/// The texts of a file, terms (`-desk`) apart.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut found: Vec<Entry<'_>> = Vec::new();
    let mut of_a_term = false;
    for (n, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
            of_a_term = line.starts_with('-');
            if let (false, Some((id, _))) = (of_a_term, line.split_once('=')) {
                found.push(Entry { id: id.trim_end(), line: n + 1, arguments: BTreeSet::new() });
            }
        }
        let Some(last) = found.last_mut().filter(|_| !of_a_term) else { continue };
        for piece in line.split('$').skip(1) {
            let end = piece.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(piece.len());
            last.arguments.extend(piece.get(..end).filter(|name| !name.is_empty()));
        }
    }
    found
}

fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_letters_say_the_same_in_each_language() {
        for (code, text) in SHIPPED {
            let mut letters = Letters::default();
            assert_eq!(letters.with(code, text), Ok(()), "{code}");
            let ids =
                |text| entries(text).into_iter().map(|e| (e.id, e.arguments)).collect::<BTreeMap<_, _>>();
            assert_eq!(ids(text), ids(shipped_text("en")), "{code}");
        }
        let whole = shipped_text("en").replace("Hello,", "Guten Tag,");
        let mut letters = Letters::default();
        assert_eq!(letters.with("de", &whole), Ok(()));
        assert_eq!(letters.say("de", "reply-hello", &[]), "Guten Tag,");
    }

    #[test]
    fn a_desk_s_own_words_are_checked_line_by_line() {
        for (language, text, line, what) in [
            (
                "en",
                "reply-helo = Hi",
                1,
                "`reply-helo` is no text of Latchkey's; did you mean `reply-hello`?",
            ),
            (
                "en",
                "# ours\n\nreply-hello = Hi { $name }",
                3,
                "`reply-hello` is not told $name; it may use no argument",
            ),
            ("en", "reply-way = { $n } of { $device }", 1, "`reply-way` is not told $device; it may use $n"),
            ("en", "\nowner-text = Call us.", 2, "`owner-text` must say { $code }"),
            ("en", "reply-hello = a\nreply-hello = b", 2, "`reply-hello` is said twice"),
            (
                "en",
                "reply-bye = a\nreply-hello = { -ours }",
                2,
                "`reply-hello`: Resolver error: Unknown term: -ours",
            ),
            (
                "de",
                "reply-hello = Hallo",
                1,
                "`code-sim-subject` is missing; a language that is not shipped says everything",
            ),
        ] {
            let error = Letters::default().with(language, text).unwrap_err();
            assert_eq!((error.line, error.what.as_str()), (line, what), "{text}");
        }
        let broken = Letters::default().with("en", "reply-hello = Hi\nreply-bye = { $n\n").unwrap_err();
        assert!((2..=3).contains(&broken.line), "{broken}");
    }

    #[test]
    fn a_desk_s_own_words_are_said_and_the_rest_stays() {
        let mut letters = Letters::default();
        letters.with("ru", "-desk = Мы\nreply-hello = Добрый день!\n").unwrap();
        assert_eq!(letters.say("ru", "reply-hello", &[]), "Добрый день!");
        assert!(letters.say("ru", "reply-bye", &[("ticket", "7".into())]).ends_with("\n\nМы"));
        assert_eq!(letters.say("en", "reply-hello", &[]), "Hello,");
        for (wanted, other, code) in [
            (Some("ru-RU"), None, "ru"),
            (Some("fr"), Some("ru"), "ru"),
            (Some("fr"), None, "en"),
            (None, None, "en"),
        ] {
            assert_eq!(letters.language(wanted, other), code, "{wanted:?}");
        }
    }
}

//! The language that a mail is written in, where it shows.

/// Words that hardly stand in any other language.
const ENGLISH: [&str; 20] = [
    "the", "and", "is", "my", "not", "it", "please", "phone", "this", "you", "your", "have", "was", "with",
    "that", "forgot", "account", "bought", "hello", "stop",
];
/// How many of them make a text English.
const ENOUGH: usize = 2;

/// The language of a text (ISO 639-1), by its letters and its commonest words; `None` where they do not tell.
pub fn language_of(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let cyrillic = text.chars().filter(|c| matches!(c, '\u{400}'..='\u{4ff}')).count();
    if cyrillic * 2 > letters {
        return Some("ru");
    }
    let words = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let known: std::collections::BTreeSet<String> =
        words.filter(|word| ENGLISH.contains(&word.as_str())).take(1000).collect();
    (cyrillic == 0 && known.len() >= ENOUGH).then_some("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_words_tell() {
        for (text, language) in [
            ("Здравствуйте, отвяжите телефон IMEI 867530900000017", Some("ru")),
            ("Hello, I forgot the password of my phone.", Some("en")),
            ("That is not me! Stop it.", Some("en")),
            ("Guten Tag, ich habe mein Passwort vergessen.", None),
            ("867530900000017", None),
            ("ok", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }
}

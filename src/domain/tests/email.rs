use super::*;
use proptest::prelude::*;

#[test]
fn addresses_are_read() {
    use EmailError as E;
    let long_local = format!("{}@example.com", "a".repeat(65));
    let huge = format!("{}@{}.com", "a".repeat(60), "b".repeat(256));
    let longest = format!("{}@{}.{}.{}.com", "a".repeat(60), "b".repeat(63), "c".repeat(63), "d".repeat(58));
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, EmailError>, &str)] = &[
        ("Ivan.Petrov@Mail.RU", Ok("ivan.petrov@mail.ru"), "lower-cased"),
        (" ivan@mail.ru\n", Ok("ivan@mail.ru"), "white space around"),
        ("ivan+phone@mail.ru", Ok("ivan+phone@mail.ru"), "tag kept: it is another address"),
        ("o'brien@mail.co.uk", Ok("o'brien@mail.co.uk"), "apostrophe"),
        ("a..b.@docomo.ne.jp", Ok("a..b.@docomo.ne.jp"), "dots as Japanese carriers gave them out"),
        ("\"ivan..petrov\"@mail.ru", Ok("\"ivan..petrov\"@mail.ru"), "quoted"),
        ("\"a@b\"@mail.ru", Ok("\"a@b\"@mail.ru"), "quoted @"),
        ("Иван@Почта.РФ", Ok("иван@почта.рф"), "Cyrillic"),
        ("ivan@пример.рф", Ok("ivan@пример.рф"), "Latin name, Cyrillic domain"),
        ("ivan@xn--e1afmkfd.xn--p1ai", Ok("ivan@xn--e1afmkfd.xn--p1ai"), "punycode"),
        ("JOSE\u{301}@correo.es", Ok("josé@correo.es"), "NFD"),
        ("用户@例子.公司", Ok("用户@例子.公司"), "Chinese"),
        (&longest, Ok(&longest), "254 bytes or fewer"),
        ("ivan", Err(E::NoAt), "no @"),
        ("ivan@@mail.ru", Err(E::Ats), "two @"),
        ("ivan@mail.ru@mail.ru", Err(E::Ats), "two domains"),
        ("@mail.ru", Err(E::NoLocal), "no name"),
        ("\"\"@mail.ru", Err(E::NoLocal), "empty quotes"),
        ("...@mail.ru", Err(E::NoLocal), "dots alone"),
        ("\"a\"b\"@mail.ru", Err(E::Character { character: '"' }), "quote inside quotes"),
        ("ivan@", Err(E::Domain), "no domain"),
        ("ivan@localhost", Err(E::Domain), "no dot"),
        ("ivan@mail..ru", Err(E::Domain), "two dots"),
        ("ivan@.ru", Err(E::Domain), "leading dot"),
        ("ivan@mail.ru.", Err(E::Domain), "trailing dot"),
        ("ivan@-mail.ru", Err(E::Domain), "hyphen first"),
        ("ivan@192.168.0.1", Err(E::Domain), "a machine's number"),
        ("ivan@[192.168.0.1]", Err(E::Character { character: '[' }), "a machine's number in brackets"),
        ("ivan@ma_il.ru", Err(E::Character { character: '_' }), "underscore in the domain"),
        ("ivan petrov@mail.ru", Err(E::Space), "space"),
        ("Ivan <ivan@mail.ru>", Err(E::Space), "with a name"),
        ("<ivan@mail.ru>", Err(E::Character { character: '<' }), "angle brackets"),
        ("ivan,petr@mail.ru", Err(E::Character { character: ',' }), "comma"),
        ("ivan@mail.ru;petr@mail.ru", Err(E::Ats), "two addresses"),
        ("iv\u{200B}an@mail.ru", Err(E::Hidden { character: '\u{200B}' }), "zero-width space"),
        ("ivan@ma\u{202E}il.ru", Err(E::Hidden { character: '\u{202E}' }), "bidi override"),
        ("ivan\u{1B}@mail.ru", Err(E::Hidden { character: '\u{1B}' }), "escape"),
        ("ivan\u{9B}@mail.ru", Err(E::Hidden { character: '\u{9B}' }), "C1"),
        ("ivаn@mail.ru", Err(E::LookAlike { character: 'а' }), "Cyrillic а among Latin"),
        ("ivan@mаil.ru", Err(E::LookAlike { character: 'а' }), "in the domain"),
        (&long_local, Err(E::Long), "65 before the @"),
        (&huge, Err(E::Long), "320 characters"),
        ("", Err(E::Empty), "empty"),
        ("  ", Err(E::Empty), "blanks"),
    ];
    for (text, expected, name) in table {
        let got = Email::parse(text).map(|e| e.plain().to_owned());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
}

#[test]
fn addresses_are_masked() {
    let email = Email::parse("Ivan@Mail.ru").unwrap();
    assert_eq!((email.masked().as_str(), email.domain()), ("i***@m***", "mail.ru"));
    assert_eq!(format!("{email:?}"), "Email(i***@m***)", "debug output reaches logs");
    assert_eq!(crate::domain::mask_name("Иван  Петров"), "И*** П***");
    assert_eq!(crate::domain::mask_name(""), "");
    assert_eq!(crate::domain::mask_email("ivan"), "i***");
    assert_eq!(crate::domain::mask_tail("C02XK1ABJG5H", 4), "…G5H");
    assert_eq!(crate::domain::mask_tail("abc", 4), "…");
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[a-zА-я\"\\\\.@é\u{301}İß -]{0,40}") {
        for text in [text, near] {
            if let Ok(email) = Email::parse(&text) {
                prop_assert!(email.plain().len() <= LONGEST);
                let again = Email::parse(email.plain());
                prop_assert_eq!(again, Ok(email));
            }
        }
    }
}

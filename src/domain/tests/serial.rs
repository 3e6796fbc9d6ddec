use super::*;
use proptest::prelude::*;

#[test]
fn serials_are_read() {
    use SerialError as E;
    let long = "A".repeat(65);
    let longest = "A".repeat(64);
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, SerialError>, &str)] = &[
        ("C02XK1ABJG5H", Ok("C02XK1ABJG5H"), "as printed"),
        ("c02xk1abjg5h", Ok("C02XK1ABJG5H"), "lower case"),
        (" 28713/A1B2C3 ", Ok("28713/A1B2C3"), "slash, blanks around"),
        ("SN-1.2_3+4", Ok("SN-1.2_3+4"), "all signs"),
        ("O0I1", Ok("O0I1"), "O and 0, I and 1 stay different"),
        (&longest, Ok(&longest), "64 characters"),
        (&long, Err(E::Long { characters: 65 }), "65 characters"),
        ("С02XK1ABJG5H", Err(E::Letter { character: 'С' }), "Cyrillic С"),
        ("C02XKé", Err(E::Letter { character: 'é' }), "accent"),
        ("C02\u{200B}XK", Err(E::Character { character: '\u{200B}' }), "zero-width space"),
        ("C02\u{200D}XK", Err(E::Character { character: '\u{200D}' }), "zero-width joiner"),
        ("\u{202E}C02XK", Err(E::Character { character: '\u{202E}' }), "bidi override"),
        ("C02 XK", Err(E::Character { character: ' ' }), "space inside"),
        ("C02#XK", Err(E::Character { character: '#' }), "other sign"),
        ("C02\u{FF11}", Err(E::Character { character: '１' }), "full-width digit"),
        ("C02\0", Err(E::Character { character: '\0' }), "NUL"),
        ("n/a", Err(E::Placeholder), "n/a"),
        ("null", Err(E::Placeholder), "null"),
        ("NaN", Err(E::Placeholder), "NaN"),
        ("-", Err(E::Placeholder), "a dash"),
        ("0000000", Err(E::Placeholder), "zeros"),
        ("", Err(E::Empty), "empty"),
        (" \t", Err(E::Empty), "blanks"),
    ];
    for (text, expected, name) in table {
        let got = Serial::parse(text).map(|s| s.to_string());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
    let message = Serial::parse("С02").unwrap_err().to_string();
    assert!(message.contains("U+0421"), "{message}");
    assert_eq!(Serial::parse("C02XK1ABJG5H").unwrap().masked(), "…JG5H");
    assert_eq!(format!("{:?}", Serial::parse("AB12").unwrap()), "Serial(…2)");
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[A-za-z0-9/._+ -]{0,70}") {
        for text in [text, near] {
            if let Ok(serial) = Serial::parse(&text) {
                prop_assert_eq!(Serial::parse(serial.as_str()), Ok(serial));
            }
        }
    }
}

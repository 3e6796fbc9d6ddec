use super::*;
use proptest::prelude::*;

#[test]
fn texts_are_shown() {
    let zalgo = format!("a{}b", "\u{301}".repeat(10_000));
    #[rustfmt::skip]
    let table: &[(&str, &str, &str)] = &[
        ("Ivan Petrov", "Ivan Petrov", "plain"),
        ("", "", "empty"),
        ("Иван Пётр", "Иван Пётр", "Cyrillic"),
        ("Robert'); DROP TABLE", "Robert'); DROP TABLE", "quotes"),
        ("محمد علي", "محمد علي", "right to left stays readable"),
        ("יוסף", "יוסף", "Hebrew"),
        ("ﬁ", "ﬁ", "ligature"),
        ("José", "José", "NFD"),
        ("a\u{202E}b", "a‹U+202E›b", "bidi override"),
        ("a\u{2066}b\u{2069}", "a‹U+2066›b‹U+2069›", "isolates"),
        ("\u{200F}a", "‹U+200F›a", "mark from right to left"),
        ("a\u{200B}b", "a‹U+200B›b", "zero-width space"),
        ("a\u{200D}b", "a‹U+200D›b", "joiner between letters"),
        ("\u{FEFF}a", "‹U+FEFF›a", "BOM"),
        ("a\u{AD}b", "a‹U+00AD›b", "soft hyphen"),
        ("\u{1B}[31mred\u{1B}[0m", "‹U+001B›[31mred‹U+001B›[0m", "escape"),
        ("\u{1B}]0;title", "‹U+001B›]0;title", "unterminated OSC"),
        ("a\u{9B}31mb", "a‹U+009B›31mb", "C1"),
        ("a\0\u{7F}b", "a‹U+0000›‹U+007F›b", "NUL and DEL"),
        ("a\tb", "a⇥b", "tab"),
        ("a\nb\r\nc", "a⏎b⏎c", "line ends"),
        ("a\rb", "a‹U+000D›b", "CR alone overwrites the line"),
        ("a\u{85}b\u{2028}c", "a‹U+0085›b‹U+2028›c", "other line ends"),
        ("a\u{E0041}\u{E007F}", "a‹U+E0041›‹U+E007F›", "tags"),
        ("a\u{FFFE}\u{FDD0}\u{10FFFF}", "a‹U+FFFE›‹U+FDD0›‹U+10FFFF›", "noncharacters"),
        ("a\u{E000}\u{F0000}", "a‹U+E000›‹U+F0000›", "private use"),
        ("a\u{3164}b", "a‹U+3164›b", "Hangul filler"),
        ("👨‍👩‍👧", "👨‍👩‍👧", "emoji family"),
        ("❤️‍🔥 1️⃣ ☎︎", "❤️‍🔥 1️⃣ ☎︎", "emoji with variation selectors"),
        ("👩🏽‍⚕️", "👩🏽‍⚕️", "skin tone and profession"),
        ("👨\u{200D}", "👨‹U+200D›", "joiner at the end"),
        ("a\u{FE0F}", "a‹U+FE0F›", "variation of a letter"),
        ("\u{FE0F}a", "‹U+FE0F›a", "lone variation"),
        ("😀\u{FE0F}\u{FE0E}\u{E0101}", "😀\u{FE0F}‹U+FE0E›‹U+E0101›", "data hidden in variations"),
        ("葛\u{E0100}", "葛\u{E0100}", "a variant of an ideograph"),
        ("葛\u{E0100}\u{E0101}", "葛\u{E0100}‹U+E0101›", "two variants"),
        ("\u{301}a", "‹+1 mark›a", "a mark on nothing"),
        ("\n\u{301}a", "⏎‹+1 mark›a", "a mark on a line end"),
        (&zalgo, "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}‹+9992 marks›b", "10,000 marks"),
    ];
    for (text, expected, name) in table {
        assert_eq!(Shown(text).to_string(), *expected, "{name}");
        assert_eq!(Shown(text).to_cow(), *expected, "{name}, as text");
        assert_eq!(Shown(text).is_clean(), text == expected, "{name}, clean");
    }
    assert_eq!(Shown("a\r\nb\nc\u{202E}").lines().to_string(), "a\nb\nc‹U+202E›");
    assert_eq!(format!("[{:>4}]", Shown("ab")), "[  ab]");
    assert!(matches!(Shown("Иван").to_cow(), Cow::Borrowed(_)), "clean text is not copied");
}

#[test]
fn texts_are_clipped() {
    let long = "я".repeat(1_000_000);
    #[rustfmt::skip]
    let table: &[(&str, usize, &str, &str)] = &[
        ("Ivan", 4, "Ivan", "fits"),
        ("Ivan", 3, "Iv…", "cut"),
        ("Ivan", 1, "…", "one"),
        ("Ivan", 0, "", "none"),
        ("", 5, "", "empty"),
        ("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 2, "👨‍👩‍👧…", "families are whole"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…", "marks stay with their letter"),
        (&long, 5, "яяяя…", "a megabyte"),
    ];
    for (text, most, expected, name) in table {
        assert_eq!(Shown(text).clip(*most), *expected, "{name}");
    }
}

#[test]
fn formulas_are_quoted() {
    #[rustfmt::skip]
    let table: &[(&str, &str, &str)] = &[
        ("=1+1", "'=1+1", "equals"),
        ("+79161234567", "'+79161234567", "plus"),
        ("-1", "'-1", "minus"),
        ("@SUM(A1)", "'@SUM(A1)", "at"),
        ("\t=1", "'\t=1", "tab"),
        ("\r=1", "'\r=1", "CR"),
        ("\n=1", "'\n=1", "LF"),
        ("＝1", "'＝1", "full-width equals"),
        ("＠x", "'＠x", "full-width at"),
        ("  =1", "'  =1", "behind spaces"),
        ("a=1", "a=1", "inside"),
        ("Ivan", "Ivan", "text"),
        ("", "", "empty"),
    ];
    for (text, expected, name) in table {
        assert_eq!(csv_safe(text), *expected, "{name}");
    }
}

proptest! {
    #[test]
    fn nothing_hidden_comes_through(text in any::<String>(), near in "[a\u{301}\u{200D}\u{FE0F}😀❤\r\n\t\u{202E}葛\u{E0100}\u{9B}]{0,40}", most in 0_usize..40) {
        for text in [text, near] {
            let shown = Shown(&text).to_string();
            prop_assert!(shown.chars().all(|c| !is_hidden(c) || "\u{200D}\u{FE0E}\u{FE0F}".contains(c)
                || ('\u{FE00}'..='\u{FE0D}').contains(&c) || ('\u{E0100}'..='\u{E01EF}').contains(&c)
                || ('\u{180B}'..='\u{180F}').contains(&c)), "{:?}", shown);
            prop_assert!(Shown(&text).clip(most).graphemes(true).count() <= most);
            let _ = (Shown(&text).lines().to_string(), csv_safe(&text));
        }
    }
}

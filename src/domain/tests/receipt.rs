use super::*;
use proptest::prelude::*;

#[test]
fn numbers_are_folded() {
    let long = "1".repeat(129);
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, ReceiptError>, &str)] = &[
        ("4711", Ok("4711"), "digits"),
        ("ab-4711/26", Ok("AB471126"), "separators, lower case"),
        (" № 47 11 ", Ok("4711"), "number sign"),
        ("#4711", Ok("4711"), "hash"),
        ("чек–47\u{A0}11", Ok("ЧЕК4711"), "Cyrillic, en dash, no-break space"),
        ("0047", Ok("0047"), "leading zeros kept"),
        ("straße1", Ok("STRASSE1"), "ß"),
        ("STRAẞE1", Ok("STRASSE1"), "capital ẞ"),
        ("e\u{301}1", Ok("É1"), "NFD"),
        ("47\u{202E}11", Err(ReceiptError::Hidden { character: '\u{202E}' }), "bidi override"),
        ("47\u{1B}11", Err(ReceiptError::Hidden { character: '\u{1B}' }), "escape"),
        ("--- ", Err(ReceiptError::Empty), "separators alone"),
        ("", Err(ReceiptError::Empty), "empty"),
        (&long, Err(ReceiptError::Long { characters: 129 }), "129 characters"),
    ];
    for (text, expected, name) in table {
        let got = ReceiptNo::parse(text).map(|r| r.to_string());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
}

#[test]
fn retailers_are_folded() {
    #[rustfmt::skip]
    let table: &[(&str, &str, bool, &str)] = &[
        ("М.Видео", " м.видео ", true, "case and blanks"),
        ("Re:Store  Moscow", "RE:STORE\u{A0}MOSCOW", true, "no-break space"),
        ("Café", "CAFE\u{301}", true, "NFD"),
        ("Straße", "STRASSE", true, "ß"),
        ("STRAẞE", "Strasse", true, "capital ẞ"),
        ("ΦΩΣ", "φως", true, "final sigma"),
        ("DNS", "DNS Shop", false, "another word"),
        ("М.Видео", "М Видео", false, "punctuation counts"),
        ("ДНС", "DNS", false, "another script"),
    ];
    for (a, b, same, name) in table {
        let (one, other) = (Retailer::parse(a).unwrap(), Retailer::parse(b).unwrap());
        assert_eq!(one == other, *same, "{name}: {a} / {b}");
    }
    assert_eq!(Retailer::parse("   "), Err(ReceiptError::Empty));
    assert_eq!(Retailer::parse("a\u{200B}b"), Err(ReceiptError::Hidden { character: '\u{200B}' }));
}

#[test]
fn keys_never_change() {
    let key = |r, n| fold_key(&Retailer::parse(r).unwrap(), &ReceiptNo::parse(n).unwrap());
    // printf 'dns\0004711' | sha256sum, first 8 bytes, top bit cleared.
    assert_eq!(key("DNS", "47-11"), 2_619_182_638_595_938_996);
    assert_ne!(key("DNS", "4711"), key("DNS4", "711"));
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Ok(number) = ReceiptNo::parse(&text) {
            prop_assert_eq!(ReceiptNo::parse(number.as_str()), Ok(number));
        }
        if let Ok(retailer) = Retailer::parse(&text) {
            prop_assert_eq!(Retailer::parse(retailer.as_str()), Ok(retailer.clone()));
            prop_assert!(fold_key(&retailer, &ReceiptNo::parse("1").unwrap()) >= 0);
        }
    }
}

use super::*;
use proptest::prelude::*;

#[test]
fn keys_never_change() {
    // Computed with Python's hashlib: a database written today must be found tomorrow.
    assert_eq!(stable_hash(&["serial", "C02XK1ABJG5H"]), 3_292_013_789_332_667_178);
    assert_eq!(DeviceKey::from(&Serial::parse("c02xk1abjg5h").unwrap()).0, -3_292_013_789_332_667_178);
    assert_eq!(AccountId::parse("user@1").unwrap().key().0, -4_598_064_203_349_464_173);
    assert_ne!(stable_hash(&["ab", "c"]), stable_hash(&["a", "bc"]));
    assert!(stable_hash(&[]) > 0);
}

#[test]
fn devices_by_imei_or_serial() {
    let imei = Imei::parse("354178036859789").unwrap();
    let key = DeviceKey::from(imei);
    assert_eq!((key.0, key.is_imei(), key.imei()), (35_417_803_685_978, true, Some(imei)));
    let serial = DeviceKey::from(&Serial::parse("354178036859789").unwrap());
    assert!(!serial.is_imei());
    assert_eq!(serial.imei(), None);
    assert_eq!(format!("{key:?}"), "DeviceKey(…9789)", "debug output reaches logs");
}

#[test]
#[expect(clippy::type_complexity, reason = "a table")]
fn account_ids_are_read() {
    use AccountIdError as E;
    let long = "я".repeat(65);
    #[rustfmt::skip]
    let table: &[(&str, Result<Option<i64>, AccountIdError>, &str)] = &[
        ("1", Ok(Some(1)), "one digit"),
        ("999999999999999999", Ok(Some(999_999_999_999_999_999)), "18 digits"),
        (" 42 ", Ok(Some(42)), "blanks around"),
        ("1000000000000000000", Ok(None), "19 digits are hashed"),
        ("007", Ok(None), "leading zeros are another account"),
        ("0", Ok(None), "zero is hashed"),
        ("-5", Ok(None), "a sign is hashed"),
        ("acc_7", Ok(None), "letters"),
        ("null", Ok(None), "a name is a name"),
        ("Robert'); DROP TABLE", Ok(None), "quotes are text"),
        ("٧", Ok(None), "other digits are text"),
        ("", Err(E::Empty), "empty"),
        ("  ", Err(E::Empty), "blanks"),
        (&long, Err(E::Long { characters: 65 }), "65 characters"),
        ("a\u{202E}b", Err(E::Hidden { character: '\u{202E}' }), "bidi override"),
        ("a\0b", Err(E::Hidden { character: '\0' }), "NUL"),
    ];
    for (text, expected, name) in table {
        match (AccountId::parse(text).map(|id| id.key().0), expected) {
            (Ok(key), Ok(Some(number))) => assert_eq!(key, *number, "{name}"),
            (Ok(key), Ok(None)) => assert!(key < 0, "{name}"),
            (got, expected) => assert_eq!(got.err(), expected.err(), "{name}"),
        }
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Ok(id) = AccountId::parse(&text) {
            prop_assert_ne!(id.key().0, 0);
            prop_assert_eq!(AccountId::parse(id.as_str()), Ok(id));
        }
    }

    #[test]
    fn hashes_have_62_bits(a in any::<String>(), b in any::<String>()) {
        let hash = stable_hash(&[&a, &b]);
        prop_assert!((1..1 << 62).contains(&hash));
    }
}

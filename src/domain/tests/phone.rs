use super::*;
use proptest::prelude::*;

#[test]
fn numbers_are_read() {
    use PhoneError as E;
    let (ru, de, gb, kz, us) = (Region::RU, region("DE"), region("gb"), region("KZ"), region("US"));
    #[rustfmt::skip]
    let table: &[(&str, Region, Result<u64, PhoneError>, &str)] = &[
        ("+79161234567", ru, Ok(79_161_234_567), "E.164"),
        ("+7 (916) 123-45-67", ru, Ok(79_161_234_567), "separators"),
        ("+7\u{A0}916\u{A0}123\u{A0}45\u{A0}67", ru, Ok(79_161_234_567), "no-break spaces"),
        ("+7.916.123.45.67", ru, Ok(79_161_234_567), "dots"),
        ("89161234567", ru, Ok(79_161_234_567), "8 and ten digits"),
        ("8 (916) 123-45-67", ru, Ok(79_161_234_567), "8 with separators"),
        ("79161234567", ru, Ok(79_161_234_567), "plus forgotten"),
        ("9161234567", ru, Ok(79_161_234_567), "ten digits"),
        ("0079161234567", ru, Ok(79_161_234_567), "00 for the plus"),
        ("00 44 20 7946 0958", ru, Ok(442_079_460_958), "00 abroad"),
        ("810442079460958", ru, Ok(442_079_460_958), "8 10 abroad"),
        ("84951234567", ru, Ok(74_951_234_567), "Moscow, fixed line"),
        ("74951234567", ru, Ok(74_951_234_567), "Moscow, plus forgotten"),
        ("88002000600", ru, Ok(78_002_000_600), "free call"),
        ("8 (812) 123-45-67", ru, Ok(78_121_234_567), "Petersburg: the library takes both eights away"),
        ("8121234567", ru, Ok(78_121_234_567), "Petersburg without prefix"),
        ("78121234567", ru, Ok(78_121_234_567), "Petersburg, plus forgotten"),
        ("8 701 234 56 78", ru, Ok(77_012_345_678), "Kazakhstan shares the code"),
        ("06 1234 5678", region("IT"), Ok(390_612_345_678), "Italy keeps its zero"),
        ("+442079460958", ru, Ok(442_079_460_958), "another country"),
        ("+44 (0)20 7946 0958", ru, Ok(442_079_460_958), "the trunk zero in brackets"),
        ("020 7946 0958", gb, Ok(442_079_460_958), "trunk 0"),
        ("030 123456", de, Ok(4_930_123_456), "trunk 0"),
        ("030/123456", de, Ok(4_930_123_456), "slash"),
        ("87012345678", kz, Ok(77_012_345_678), "Kazakhstan"),
        ("(201) 555-0123", us, Ok(12_015_550_123), "United States"),
        ("+12345", ru, Ok(12_345), "shortest"),
        ("+123456789012345", ru, Ok(123_456_789_012_345), "longest"),
        ("+99912345678", ru, Ok(99_912_345_678), "a country code nobody has: the shape is enough"),
        ("+1234", ru, Err(E::Short { digits: 4 }), "too short"),
        ("02", ru, Err(E::Short { digits: 2 }), "emergency"),
        ("+1234567890123456", ru, Err(E::Long { digits: 16 }), "16 digits"),
        ("1234567890123456789012", ru, Err(E::Long { digits: 22 }), "22 digits"),
        ("+0916123456", ru, Err(E::Zero), "country code 0"),
        ("000123456789", ru, Err(E::NotInRegion { region: ru }), "three zeros"),
        ("1234567", ru, Err(E::NotInRegion { region: ru }), "local number without area code"),
        ("380501234567", ru, Err(E::NotInRegion { region: ru }), "foreign, plus forgotten"),
        ("7+9161234567", ru, Err(E::Plus), "plus in the middle"),
        ("++79161234567", ru, Err(E::Plus), "two pluses"),
        ("+79161234567 +79161234568", ru, Err(E::Plus), "two numbers"),
        ("+79161234567 ext. 12", ru, Err(E::Extension), "extension"),
        ("+7 495 123-45-67 доб. 12", ru, Err(E::Extension), "extension in Russian"),
        ("+74951234567#12", ru, Err(E::Extension), "extension by #"),
        ("+74951234567x12", ru, Err(E::Extension), "extension by x"),
        ("8-916-CALL-ME", ru, Err(E::Letters { letter: 'C' }), "letters"),
        ("нет", ru, Err(E::Letters { letter: 'н' }), "a word"),
        ("7.91612E+10", ru, Err(E::Spreadsheet), "spreadsheet"),
        ("٧٩١٦١٢٣٤٥٦٧", ru, Err(E::ForeignDigits { character: '٧' }), "Arabic-Indic digits"),
        ("＋７９１６", ru, Err(E::ForeignDigits { character: '７' }), "full-width digits"),
        ("+7916\u{200B}1234567", ru, Err(E::Character { character: '\u{200B}' }), "zero-width"),
        ("+7916,1234567", ru, Err(E::Character { character: ',' }), "comma"),
        ("", ru, Err(E::Empty), "empty"),
        ("+", ru, Err(E::Empty), "plus alone"),
        (" - ", ru, Err(E::Empty), "separators"),
    ];
    for (text, region, expected, name) in table {
        assert_eq!(Phone::parse(text, *region).map(Phone::digits), *expected, "{name}: {text}");
    }
}

fn region(text: &str) -> Region {
    Region::parse(text).unwrap()
}

#[test]
fn networks_leave_the_plus_out() {
    let read = |text| Phone::parse_seen(text, Region::RU).map(Phone::digits);
    assert_eq!(read("380501234567"), Ok(380_501_234_567));
    assert_eq!(read("79161234567"), Ok(79_161_234_567));
    assert_eq!(read("89161234567"), Ok(79_161_234_567));
    assert_eq!(read("1234567"), Err(PhoneError::NotInRegion { region: Region::RU }));
    assert_eq!(read("000123456789"), Err(PhoneError::NotInRegion { region: Region::RU }));
}

#[test]
fn regions_and_masks() {
    assert_eq!(Region::default().to_string(), "RU");
    assert_eq!(region(" kz ").to_string(), "KZ");
    for text in ["", "R", "RUS", "ZZ", "7", "рф"] {
        assert_eq!(Region::parse(text), Err(RegionError), "{text}");
    }
    let phone = Phone::from_digits(79_161_234_567).unwrap();
    assert_eq!((phone.plain().as_str(), phone.masked().as_str()), ("+79161234567", "+***67"));
    assert_eq!(format!("{phone:?}"), "Phone(+***67)", "debug output reaches logs");
    assert_eq!(Phone::from_digits(9_999), None);
    assert_eq!(Phone::from_digits(1_000_000_000_000_000), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[+0-9 ().E٧-]{0,24}") {
        for text in [text, near] {
            let _ = (Phone::parse(&text, Region::RU), Phone::parse_seen(&text, region("IT")), Region::parse(&text));
        }
    }

    #[test]
    fn every_number_comes_back(digits in 10_000_u64..1_000_000_000_000_000) {
        let phone = Phone::from_digits(digits).unwrap();
        prop_assert_eq!(Phone::parse(&phone.plain(), Region::RU), Ok(phone));
    }

    /// The quick way and libphonenumber agree on Russian mobiles.
    #[test]
    fn quick_reading_is_right(subscriber in 0_u64..1_000_000_000, front in "(8|7|)") {
        let text = format!("{front}9{subscriber:09}");
        let quick = Phone::parse(&text, Region::RU).unwrap();
        prop_assert_eq!(by_tables(&Scan::of(&text).unwrap(), Region::RU), Ok(quick));
    }
}

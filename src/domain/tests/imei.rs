use super::*;
use proptest::prelude::*;

const GOOD: u64 = 35_417_803_685_978;

#[test]
fn claims_are_read() {
    use ImeiError as E;
    #[rustfmt::skip]
    let table: &[(&str, Result<u64, ImeiError>, &str)] = &[
        ("354178036859789", Ok(GOOD), "15 digits"),
        ("35417803685978", Ok(GOOD), "14 digits"),
        ("3541780368597801", Ok(GOOD), "16 digits, IMEISV"),
        ("354178036859789/01", Ok(GOOD), "15/2"),
        ("35-417803-685978-9 / 01", Ok(GOOD), "15/2 with separators"),
        ("35417803-685978/01", Ok(GOOD), "14/2"),
        ("35 417803 685978 9", Ok(GOOD), "spaces"),
        ("35-417803-685978-9", Ok(GOOD), "hyphens"),
        ("35/417803/685978/9", Ok(GOOD), "slashes"),
        ("35.417803.685978.9", Ok(GOOD), "dots"),
        ("  354178036859789\n", Ok(GOOD), "white space around"),
        ("260531793113837", Ok(26_053_179_311_383), "TS 23.003 annex B"),
        ("490154203237518", Ok(49_015_420_323_751), "a former body"),
        ("869547000000109", Ok(86_954_700_000_010), "TAF"),
        ("012345670123459", Ok(1_234_567_012_345), "01 and a leading zero"),
        ("354178036859780", Err(E::CheckDigit { expected: 9 }), "spare digit is no check digit here"),
        ("354178036859788", Err(E::CheckDigit { expected: 9 }), "wrong check digit"),
        ("354178036859788/01", Err(E::CheckDigit { expected: 9 }), "wrong check digit in 15/2"),
        ("35417803685978901", Err(E::Length { digits: 17 }), "17 digits without a slash"),
        ("3541780368597", Err(E::Length { digits: 13 }), "13 digits"),
        ("35417803685978901234", Err(E::Length { digits: 20 }), "20 digits"),
        ("354178036859789354178036859789", Err(E::Length { digits: 30 }), "30 digits"),
        ("7", Err(E::Length { digits: 1 }), "one digit"),
        ("000000000000000", Err(E::AllZero), "all zero, which passes Luhn"),
        ("00000000000000", Err(E::AllZero), "14 zeros"),
        ("0000000000000000", Err(E::AllZero), "16 zeros"),
        ("111111111111119", Err(E::Repeated { digit: 1 }), "repeated, passes Luhn"),
        ("999999999999999", Err(E::Repeated { digit: 9 }), "repeated"),
        ("012345678901237", Err(E::Counting), "counting from 0, passes Luhn"),
        ("123456789012347", Err(E::Counting), "counting from 1, passes Luhn"),
        ("123456789012345", Err(E::Counting), "counting with a wrong check digit"),
        ("001017000000003", Err(E::TestRange), "test range"),
        ("004400123456789", Err(E::TestRange), "test range, whatever its check digit"),
        ("*#06#", Err(E::StarHash), "the code that shows it"),
        ("354178036859789#", Err(E::StarHash), "hash at the end"),
        ("3.54E+14", Err(E::Spreadsheet), "spreadsheet"),
        ("3,54E+14", Err(E::Spreadsheet), "spreadsheet, decimal comma"),
        ("3.54178e14", Err(E::Spreadsheet), "small e, no plus"),
        ("3,54Е+14", Err(E::Spreadsheet), "Cyrillic Е"),
        ("354178036859789.0", Err(E::Spreadsheet), "a float"),
        ("'354178036859789", Err(E::Apostrophe), "leading apostrophe"),
        ("’354178036859789", Err(E::Apostrophe), "typographic apostrophe"),
        ("٣٥٤١٧٨٠٣٦٨٥٩٧٨٩", Err(E::ForeignDigits { character: '٣' }), "Arabic-Indic digits"),
        ("３５４１７８０３６８５９７８９", Err(E::ForeignDigits { character: '３' }), "full-width digits"),
        ("35417803685978９", Err(E::ForeignDigits { character: '９' }), "one full-width digit"),
        ("354178036859789,490154203237518", Err(E::Two), "two with a comma"),
        ("354178036859789 / 490154203237518", Err(E::Two), "two with a slash"),
        ("354178036859789/490154203237518", Err(E::Two), "two with a bare slash"),
        ("354178036859789\n490154203237518", Err(E::Two), "two lines"),
        ("354178036859789 490154203237518", Err(E::Two), "two with a space"),
        ("35-417803-685978-9; 49-015420-323751-8", Err(E::Two), "two with separators"),
        ("IMEI1: 354178036859789 IMEI2: 490154203237518", Err(E::Two), "two with labels"),
        ("AF0123450ABCDE", Err(E::Meid), "MEID, 14 digits"),
        ("AF0123450ABCDEC", Err(E::Meid), "MEID, 15 digits"),
        ("af 0123 450a bcde", Err(E::Meid), "MEID, small letters"),
        ("293608736500703710", Err(E::Meid), "MEID, decimal"),
        ("35417803685978O", Err(E::Letters { letter: 'O' }), "letter O"),
        ("IMEI354178036859789", Err(E::Letters { letter: 'I' }), "a label"),
        ("35417803685978б", Err(E::Letters { letter: 'б' }), "Cyrillic letter"),
        ("null", Err(E::Letters { letter: 'n' }), "null"),
        ("354,178,036,859,789", Err(E::Character { character: ',' }), "thousand separators"),
        ("354178\u{200B}036859789", Err(E::Character { character: '\u{200B}' }), "zero-width space"),
        ("\u{202E}354178036859789", Err(E::Character { character: '\u{202E}' }), "bidi override"),
        ("354178036859789\0", Err(E::Character { character: '\0' }), "NUL"),
        ("+354178036859789", Err(E::Character { character: '+' }), "a sign"),
        ("", Err(E::Empty), "empty"),
        (" \t ", Err(E::Empty), "blanks"),
        ("- / .", Err(E::Empty), "separators alone"),
    ];
    for (text, expected, name) in table {
        assert_eq!(Imei::parse(text).map(Imei::body), *expected, "{name}: {text}");
    }
}

#[test]
fn networks_send_a_spare_digit() {
    assert_eq!(Imei::parse_seen("354178036859780").map(Imei::body), Ok(GOOD));
    assert_eq!(Imei::parse_seen("354178036859789").map(Imei::body), Ok(GOOD));
    assert_eq!(Imei::parse_seen("354178036859781"), Err(ImeiError::CheckDigit { expected: 9 }));
    assert_eq!(Imei::parse_seen("000000000000000"), Err(ImeiError::AllZero));
}

#[test]
fn parts_and_masks() {
    let imei = Imei::parse("01234567-012345").unwrap();
    assert_eq!((imei.tac(), imei.serial_number(), imei.check_digit()), (1_234_567, 12_345, 9));
    assert_eq!(imei.to_string(), "012345670123459");
    assert_eq!(imei.masked(), "…3459");
    assert_eq!(format!("{imei:?}"), "Imei(…3459)", "debug output reaches logs");
    assert_eq!(serde_json::to_string(&imei).unwrap(), "\"012345670123459\"");
    assert_eq!(Imei::from_body(GOOD).map(Imei::body), Some(GOOD));
    for body in [0, 11_111_111_111_111, 101_700_000_000, 100_000_000_000_000, u64::MAX] {
        assert_eq!(Imei::from_body(body), None, "{body}");
    }
    for (body, expected) in [
        (1_234_567_012_345, ReportingBody::Ctia),
        (GOOD, ReportingBody::Babt),
        (86_954_700_000_010, ReportingBody::Taf),
        (99_000_000_000_001, ReportingBody::Gha),
        (49_015_420_323_751, ReportingBody::Former),
        (51_015_420_323_751, ReportingBody::Former),
        (91_015_420_323_751, ReportingBody::Msai),
        (10_015_420_323_751, ReportingBody::Dect),
        (30_015_420_323_751, ReportingBody::Iridium),
        (98_015_420_323_751, ReportingBody::Reserved),
        (26_053_179_311_383, ReportingBody::Unknown),
    ] {
        assert_eq!(Imei::from_body(body).unwrap().reporting_body(), expected, "{body}");
    }
}

#[test]
fn near_misses_hold_the_right_one() {
    #[rustfmt::skip]
    let table: &[(&str, bool, &str)] = &[
        ("354178036859788", true, "wrong check digit"),
        ("354178036859389", true, "one wrong digit"),
        ("354178063859789", true, "two neighbours swapped"),
        ("35-417806-385978-9", true, "swapped, with separators"),
        ("354178036859798", true, "check digit and its neighbour swapped"),
        ("354178036859388/01", false, "two wrong digits"),
        ("35417803685987", true, "14 digits, swapped"),
        ("3541780368597", false, "13 digits"),
        ("damaged", false, "letters"),
        ("", false, "empty"),
    ];
    let right = Imei::from_body(GOOD).unwrap();
    for (text, found, name) in table {
        let near = near_misses(text);
        assert_eq!(near.contains(&right), *found, "{name}: {text}");
        assert!(near.is_sorted());
    }
    // The check digit leaves one candidate a place, and a few swaps.
    let near = near_misses("354178036859788");
    assert!((15..=29).contains(&near.len()), "{}", near.len());
    assert_eq!(with_lost_zero("12345670123459").map(Imei::body), Some(1_234_567_012_345));
    assert_eq!(with_lost_zero("12345670123455"), None);
    assert_eq!(with_lost_zero("35417803685978"), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = (Imei::parse(&text), Imei::parse_seen(&text), near_misses(&text), with_lost_zero(&text));
    }

    #[test]
    fn no_near_imei_panics(text in "[0-9 /.,'EAF*+٣-]{0,40}") {
        let _ = (Imei::parse(&text), Imei::parse_seen(&text), near_misses(&text), with_lost_zero(&text));
        if let Err(error) = Imei::parse(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn every_imei_comes_back(body in 0..BODIES) {
        prop_assume!(Imei::from_body(body).is_some());
        let imei = Imei::from_body(body).unwrap();
        prop_assert_eq!(Imei::parse(&imei.to_string()), Ok(imei));
        prop_assert_eq!(Imei::parse_seen(&format!("{body:014}0")), Ok(imei));
        prop_assert_eq!(Imei::parse(&format!("{body:014}77")), Ok(imei));
    }

    /// Whatever single digit goes wrong, the form fails and the right one is among the offers.
    #[test]
    fn any_wrong_digit_is_found(body in 1_000_000_000_000..BODIES, place in 0_usize..15, by in 1_u8..10) {
        prop_assume!(Imei::from_body(body).is_some());
        let imei = Imei::from_body(body).unwrap();
        let mut digits = imei.to_string().into_bytes();
        digits[place] = (digits[place] - b'0' + by) % 10 + b'0';
        let text = String::from_utf8(digits).unwrap();
        prop_assert!(Imei::parse(&text).is_err());
        prop_assert!(near_misses(&text).contains(&imei));
    }
}

use super::*;
use crate::domain::{Imsi, ImsiError, Tac, TacError};
use proptest::prelude::*;

#[test]
fn iccids_are_read() {
    use IccidError as E;
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, IccidError>, &str)] = &[
        ("8991101200003204514", Ok("8991101200003204514"), "19 digits"),
        ("89014103211118510720", Ok("89014103211118510720"), "20 digits"),
        ("8991101200003204514F", Ok("8991101200003204514"), "trailing F"),
        ("8991101200003204514f", Ok("8991101200003204514"), "trailing f"),
        ("8991 1012 0000 3204 514", Ok("8991101200003204514"), "spaces"),
        ("8991-1012-0000-3204-514", Ok("8991101200003204514"), "hyphens"),
        (" 8991101200003204514 ", Ok("8991101200003204514"), "blanks around"),
        ("8991101200003204510", Err(E::CheckDigit { expected: 4 }), "wrong check digit"),
        ("89014103211118510721", Err(E::CheckDigit { expected: 0 }), "wrong check digit of 20"),
        ("8991101200003204541", Err(E::CheckDigit { expected: 8 }), "swapped"),
        ("899110120000320451", Err(E::NoCheckDigit), "18 digits: the check digit dropped"),
        ("0120000320451", Err(E::Printed), "13 digits printed"),
        ("3591101200003204510", Err(E::Prefix), "not 89"),
        ("890141032111185107200", Err(E::Length { digits: 21 }), "21 digits"),
        ("89", Err(E::Length { digits: 2 }), "prefix alone"),
        ("99999999999999999999999999999999999999999999", Err(E::Length { digits: 44 }), "far too long"),
        ("8.99110E+18", Err(E::Spreadsheet), "spreadsheet"),
        ("899110120000320451O", Err(E::Letters { letter: 'O' }), "letter O"),
        ("8991101200003204514FF", Err(E::Letters { letter: 'F' }), "two F"),
        ("٨٩٩١١٠١٢٠٠٠٠٣٢٠٤٥١٠", Err(E::ForeignDigits { character: '٨' }), "Arabic-Indic digits"),
        ("8991101\u{200B}200003204510", Err(E::Character { character: '\u{200B}' }), "zero-width"),
        ("", Err(E::Empty), "empty"),
        ("F", Err(E::Empty), "F alone"),
        ("- -", Err(E::Empty), "separators alone"),
    ];
    for (text, expected, name) in table {
        let got = Iccid::parse(text).map(|i| i.to_string());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
}

#[test]
fn iccids_pack() {
    for text in ["8991101200003204514", "89014103211118510720", "8900000000000000003"] {
        let Ok(iccid) = Iccid::parse(text) else { continue };
        assert_eq!(Iccid::from_packed(iccid.packed()), Some(iccid));
        assert!(iccid.packed() < 1 << 62);
    }
    assert_eq!(Iccid::from_packed(u64::MAX), None);
    assert_eq!(format!("{:?}", Iccid::parse("8991101200003204514").unwrap()), "Iccid(…4514)");
}

#[test]
fn imsis_are_read() {
    use ImsiError as E;
    #[rustfmt::skip]
    let table: &[(&str, Result<&str, ImsiError>, &str)] = &[
        ("250011234567890", Ok("250011234567890"), "15 digits"),
        ("25001123456789", Ok("25001123456789"), "14 digits"),
        ("250 01 1234567890", Ok("250011234567890"), "spaces"),
        ("001010123456789", Ok("001010123456789"), "test network: leading zeros kept"),
        ("250011", Ok("250011"), "6 digits"),
        ("25001", Err(E::Length { digits: 5 }), "5 digits"),
        ("2500112345678901", Err(E::Length { digits: 16 }), "16 digits"),
        ("000000000000000", Err(E::AllZero), "all zero"),
        ("2.50011E+14", Err(E::Character { character: '.' }), "spreadsheet"),
        ("٢٥٠٠١١٢٣٤٥٦٧٨٩٠", Err(E::Character { character: '٢' }), "Arabic-Indic digits"),
        ("", Err(E::Empty), "empty"),
    ];
    for (text, expected, name) in table {
        let got = Imsi::parse(text).map(|i| i.to_string());
        assert_eq!(got, expected.map(str::to_owned), "{name}: {text}");
    }
    let imsi = Imsi::parse("001010123456789").unwrap();
    assert_eq!((imsi.country(), imsi.masked()), (1, "…6789".to_owned()));
    assert_eq!(Imsi::from_packed(imsi.packed()), Some(imsi));
    for packed in [0, 1, 250_011, 9_000_000, u64::MAX] {
        assert_eq!(Imsi::from_packed(packed), None, "{packed}");
    }
}

#[test]
fn tacs_are_read() {
    #[rustfmt::skip]
    let table: &[(&str, Result<u32, TacError>, &str)] = &[
        ("35417803", Ok(35_417_803), "8 digits"),
        (" 01234567 ", Ok(1_234_567), "leading zero, blanks"),
        ("1234567", Err(TacError::LostZero), "zero lost"),
        ("354178036", Err(TacError::Length { digits: 9 }), "9 digits"),
        ("3541780a", Err(TacError::Character), "a letter"),
        ("３５４１７８０３", Err(TacError::Character), "full-width"),
        ("", Err(TacError::Empty), "empty"),
    ];
    for (text, expected, name) in table {
        assert_eq!(Tac::parse(text).map(Tac::number), *expected, "{name}: {text}");
    }
    assert_eq!(Tac::parse("01234567").unwrap().to_string(), "01234567");
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[0-9 Ff./E+-]{0,40}") {
        for text in [text, near] {
            let _ = (Iccid::parse(&text), Imsi::parse(&text), Tac::parse(&text));
        }
    }

    #[test]
    fn every_packed_number_is_safe(packed in any::<u64>()) {
        let _ = (Iccid::from_packed(packed).map(|i| i.to_string()), Imsi::from_packed(packed).map(|i| i.to_string()));
    }

    #[test]
    fn every_sim_comes_back(account in 0_u64..10_000_000_000_000_000, long in any::<bool>(), imsi in "[0-9]{5,14}[1-9]") {
        let width = if long { 17 } else { 16 };
        let front = format!("89{account:0width$}");
        let iccid = (0..10).find_map(|d| Iccid::parse(&format!("{front}{d}")).ok()).unwrap();
        prop_assert!(iccid.to_string().starts_with(&front));
        prop_assert_eq!(Iccid::parse(&iccid.to_string()), Ok(iccid));
        prop_assert_eq!(Iccid::from_packed(iccid.packed()), Some(iccid));
        let imsi_read = Imsi::parse(&imsi).unwrap();
        prop_assert_eq!(imsi_read.to_string(), imsi);
        prop_assert_eq!(Imsi::from_packed(imsi_read.packed()), Some(imsi_read));
    }
}

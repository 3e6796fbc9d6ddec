//! What finds what: a row a language and a kind of identifier.

use super::*;
use proptest::prelude::*;

/// What the column `sort` with this text is found by, and what it is not.
const TABLE: &[(Sort, &str, &[&str], &[&str])] = &[
    // Russian: any case, ё and е, the beginning of any word, no stems.
    (
        Sort::Words,
        "Пётр Ильин, коробка у Семёновой",
        &["пет", "ПЁТР", "петр", "Ильин", "иль пё", "семенов", "короб у"],
        &["льин", "петра", "коробку", "тр"],
    ),
    (Sort::Words, "Йод й", &["йод", "ЙОД"], &["иод"]),
    // English, German, Polish: accents are not typed.
    (
        Sort::Words,
        "Zoë Müller-Łukasz, Straße O'Brien",
        &["zoe", "ZOË", "mull", "müller", "strasse", "brien", "o'brien", "obrien", "müller-łuk"],
        &["rasse", "mueller", "ukasz"],
    ),
    // Chinese and Japanese: any characters in a row; Korean by words.
    (
        Sort::Words,
        "张李雷的收据，重复",
        &["李雷", "雷", "收据", "张李雷", "重复", "李 收"],
        &["雷李", "据重", "李的"],
    ),
    (Sort::Words, "ｱｲﾌｫﾝ アイフォン15", &["フォン", "アイ", "アイフォン15", "15"], &["5"]),
    (Sort::Words, "홍길동 영수증", &["홍길", "영수"], &["길동"]),
    // Full width, ligatures, hidden characters.
    (
        Sort::Words,
        "Ｏｒｂｉｔ　１１ oﬃce re\u{200B}ceipt",
        &["orbit", "11", "office", "receipt", "ｒｅｃ"],
        &["1 12"],
    ),
    (Sort::Words, "orbit pad 6", &["ORBIT", "pad 6", "6 orb"], &["bit", "66"]),
    // IMEI: the first digits, the last from three on, however they are parted.
    (
        Sort::Identifier,
        "86-753090-000001-7",
        &["86753090", "8675 3090 000001 7", "867530900000017", "0017", "017", "00-0017", "000001-7", "86"],
        &["17", "7530900", "8675309000000170", "001"],
    ),
    (Sort::Identifier, "11111/A1", &["11111a1", "11111/a1", "1A1", "111", "a1"], &["1a2", "/"]),
    (
        Sort::Identifier,
        "DN-0000123",
        &["dn-0000123", "dn0000", "0123", "123", "DN", "0000123"],
        &["23", "n0000"],
    ),
    (Sort::Identifier, "ＡＢ－12345", &["ab-12345", "345", "ab12"], &["45"]),
    // Telephone: with and without the country code, by its last digits.
    (
        Sort::Phone,
        "+7 903 555-12-34",
        &[
            "+79035551234",
            "9035551234",
            "903555",
            "8 (903) 555 12 34",
            "1234",
            "51234",
            "+7 903 555 12 34",
            "234",
        ],
        &["035551", "9035551235"],
    ),
    (Sort::Phone, "89035551234", &["+79035551234", "9035551234", "8903"], &["35551"]),
    (Sort::Phone, "+380 44 123 45 67", &["380441234567", "0441234567", "441234567", "4567"], &["41234567 1"]),
    // Addresses: how they begin, and their parts.
    (
        Sort::Email,
        "Anna.Karenina@Mail.example",
        &["anna", "anna.kar", "karenina", "annakarenina", "anna.karenina@mail.example", "mail.exa"],
        &["nna", "ample", "karenin@b"],
    ),
];

fn finds(query: &str, texts: &[(Sort, &str)]) -> bool {
    Query::parse(query).finds(texts)
}

#[test]
fn what_is_typed_finds_what_is_meant() {
    let mut wrong = Vec::new();
    for (sort, text, found, not) in TABLE {
        let texts = [(*sort, *text), (Sort::Words, "unbind")];
        wrong.extend(found.iter().filter(|q| !finds(q, &texts)).map(|q| format!("{q} should find {text}")));
        wrong.extend(not.iter().filter(|q| finds(q, &texts)).map(|q| format!("{q} should not find {text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_number_is_a_tickets_and_may_be_more() {
    for (text, number, words) in [
        ("#17", Some(17), 0),
        ("17", Some(17), 1),
        ("17 a", None, 2),
        ("#a", None, 1),
        ("-", None, 0),
        ("", None, 0),
    ] {
        let query = Query::parse(text);
        assert_eq!((query.number, query.words.len()), (number, words), "{text}");
    }
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,24}") {
        let once = fold_search(&text);
        prop_assert_eq!(fold_search(&once), once);
    }

    /// A term holds a beginning: whatever begins so lies in the range.
    #[test]
    fn the_range_of_a_beginning_holds_every_term_that_begins_so(text in "[a-zа-яё李雷0-9Ⅻ\u{10400}]{1,24}", at in 0_usize..24, place in 0_u16..8192) {
        let text = fold_search(&text);
        let start: String = text.chars().take(at).collect();
        for end in [End::First, End::Last] {
            let term = Term::of(end, &text, place);
            let range = Range::of(end, &start);
            prop_assert_eq!(term.place(), place);
            prop_assert!(range.low <= term.bytes() && term.bytes() <= range.high);
            // A range that is not cut holds nothing else.
            let other = Range::of(end, &format!("{start}\u{1}"));
            prop_assert!(range.cut || other.cut || start == text || !(other.low..=other.high).contains(&term.bytes()));
        }
    }
}

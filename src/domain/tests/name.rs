use super::same_person;
use proptest::prelude::*;

#[test]
fn names_are_compared() {
    #[rustfmt::skip]
    let table: &[(&str, &str, bool, &str)] = &[
        ("Иван Петров", "Иван Петров", true, "the same"),
        ("Иван Петров", "петров ИВАН", true, "order and case"),
        ("  Иван   Петров ", "Иван Петров", true, "white space"),
        ("Иван Петров", "Петров Иван Сергеевич", true, "a patronymic more"),
        ("Петрова Анна Сергеевна", "Анна Петрова", true, "a patronymic less"),
        ("Илья Петров", "Илья Ильич Петров", true, "-ич"),
        ("Анна Петрова", "Анна Ильинична Петрова", true, "-чна"),
        ("Ali Mammadov", "Mammadov Ali Hasanoglu", true, "-oglu"),
        ("Али Мамедов", "Мамедов Али Гасан-оглы", true, "-оглы"),
        ("Алия Мамедова", "Мамедова Алия Гасанкызы", true, "-кызы"),
        ("Нурлан Ахметов", "Нурлан Серикулы Ахметов", true, "-улы"),
        ("Ivan Petrov", "Petrov Ivan Sergeevich", true, "-vich"),
        ("Anna Petrova", "Anna Sergeevna Petrova", true, "-vna"),
        ("José", "Jose\u{301}", true, "NFC and NFD"),
        ("Іван Йосипенко", "Іван Йосипенко", true, "NFD й"),
        ("Anna-Maria O'Brien", "O'Brien Anna-Maria", true, "hyphen and apostrophe"),
        ("STRASSER Jörg", "Jörg Straßer", true, "ß and SS"),
        ("Иван Петров", "Иван Сидоров", false, "another surname"),
        ("Иван Петров", "Пётр Иванов", false, "another person"),
        ("Семён Петров", "Семен Петров", false, "ё is a letter of its own"),
        ("Иван Петров", "Иван Петров Сидоров", false, "an extra word that is no patronymic"),
        ("Иван", "Иван Сергеевич", false, "the shorter has one word"),
        ("Иван Сергеевич Петров", "Иван Андреевич Петров", false, "another patronymic"),
        ("Иван Петров Мл Сергеевич", "Иван Петров Мл", false, "the shorter has three words"),
        ("Иван Петров", "Иван Петров Сергеевич Андреевич", false, "two more"),
        ("Иван Иван", "Иван Петров", false, "a word twice"),
        ("Ivan Petrov", "Иван Петров", false, "another script"),
        ("Аnna Petrova", "Anna Petrova", false, "Cyrillic А"),
        ("", "", false, "nobody"),
        (" ", "Иван", false, "blank"),
    ];
    for (a, b, same, name) in table {
        assert_eq!(same_person(a, b), *same, "{name}: {a} / {b}");
        assert_eq!(same_person(b, a), *same, "{name}, other way: {b} / {a}");
    }
}

proptest! {
    #[test]
    fn no_name_panics(a in any::<String>(), b in any::<String>()) {
        prop_assert_eq!(same_person(&a, &b), same_person(&b, &a));
        prop_assert_eq!(same_person(&a, &a), !a.trim().is_empty());
    }

    #[test]
    fn folding_twice_changes_nothing(text in any::<String>()) {
        let once = crate::domain::fold_words(&text);
        prop_assert_eq!(crate::domain::fold_words(&once), once);
    }
}

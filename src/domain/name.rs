//! Whether two names are one person's (JUDGEMENT §4, **Facts**).

use super::fold::fold_words;

/// How a patronymic ends: Russian, Azerbaijani, Turkic, and their Latin spellings.
const PATRONYMIC: [&str; 18] = [
    "вич", "ич", "вна", "чна", "оглы", "кызы", "улы", "vich", "ich", "vna", "chna", "ogly", "oglu", "oğlu",
    "kyzy", "qizi", "qızı", "uly",
];

/// The same words in any order, whatever their case; or the same with one patronymic more on
/// either side, where the shorter name has two words. A name without words is nobody's.
pub fn same_person(a: &str, b: &str) -> bool {
    let (a, b) = (fold_words(a), fold_words(b));
    let (a, b) = (sorted_words(&a), sorted_words(&b));
    match (a.len(), b.len()) {
        (0, _) | (_, 0) => false,
        (2, 3) => with_patronymic(&a, &b),
        (3, 2) => with_patronymic(&b, &a),
        _ => a == b,
    }
}

fn sorted_words(folded: &str) -> Vec<&str> {
    let mut words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    words.sort_unstable();
    words
}

/// Both sorted; `long` is `short` and one patronymic.
fn with_patronymic(short: &[&str], long: &[&str]) -> bool {
    (0..long.len()).any(|extra| {
        long.get(extra).is_some_and(|w| PATRONYMIC.iter().any(|end| w.ends_with(end)))
            && long.iter().enumerate().filter(|(i, _)| *i != extra).map(|(_, w)| w).eq(short.iter())
    })
}

#[cfg(test)]
#[path = "tests/name.rs"]
mod tests;

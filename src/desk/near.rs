//! "Did you mean": the known name nearest to one that is not.

/// How alike two names must be to be worth asking about.
const ALIKE: f64 = 0.75;

/// The nearest of `known`, where one is near enough.
pub fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    several(given, known, 1).into_iter().next()
}

/// The nearest few of `known`, nearest first.
pub fn several<'a>(given: &str, known: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    // Only the start is compared: what is longer is no slip of the finger.
    let given: String = given.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut near: Vec<(f64, &str)> = known
        .map(|name| {
            let folded: String = name.chars().take(64).flat_map(char::to_lowercase).collect();
            (
                strsim::damerau_levenshtein(&given, &folded),
                given.chars().count().max(folded.chars().count()),
                name,
            )
        })
        .map(|(distance, longest, name)| (alike(distance, longest), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.truncate(most);
    near.into_iter().map(|(_, name)| name).collect()
}

#[allow(clippy::cast_precision_loss)] // at most 64 characters
fn alike(distance: usize, longest: usize) -> f64 {
    if longest == 0 { 0.0 } else { 1.0 - distance as f64 / longest as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_found() {
        let known = ["C-0042", "C-0043", "MAIL-7"];
        assert_eq!(several("c-0024", known.into_iter(), 2), ["C-0042"]);
        assert_eq!(several("C-004", known.into_iter(), 3), ["C-0042", "C-0043"]);
        assert_eq!(nearest("X", known.into_iter()), None);
        assert_eq!(nearest("", known.into_iter()), None);
    }
}

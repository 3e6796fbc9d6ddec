//! Identifiers that stand in the text of a mail. What is found is a guess about somebody's words: it is offered to an
//! agent, who says which of it is meant, and as what.

use crate::domain::{Email, Iccid, Imei, OfferKind, Phone, ReceiptNo, Region, Serial};

/// An identifier in a text. Personal data: no `Debug` of its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Find {
    /// What it seems to be.
    pub kind: OfferKind,
    /// As it is offered: in its normal form, or as it stands where it is damaged.
    pub text: String,
    /// It is called an IMEI, and its check digit does not fit.
    pub damaged: bool,
}

impl std::fmt::Debug for Find {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Find")
            .field("kind", &self.kind)
            .field("damaged", &self.damaged)
            .finish_non_exhaustive()
    }
}

/// As many are offered at most: a list of all IMEIs in town is no request.
const MOST: usize = 24;
/// The longest line that is looked through, in characters.
const MOST_LINE: usize = 4096;
/// Digits in a row, with what people put between them.
const MOST_RUN: usize = 60;

const IMEI_WORDS: [&str; 2] = ["imei", "имей"];
const SERIAL_WORDS: [&str; 6] = ["s/n", "sn", "serial", "серийный", "сер. номер", "серийник"];
const RECEIPT_WORDS: [&str; 10] =
    ["receipt", "invoice", "order", "чек", "чека", "чеком", "чеке", "квитанция", "заказ", "накладная"];
/// What may stand between such a word and the number.
const BETWEEN: [&str; 9] = ["number", "no", "nr", "номер", "n", "is", "по", "and", "код"];

/// What stands in subject and text; quoted lines are somebody else's words.
pub(super) fn in_mail(subject: &str, text: &str, region: Region) -> Vec<Find> {
    let mut found = Vec::new();
    for line in std::iter::once(subject).chain(text.lines()) {
        if line.trim_start().starts_with('>') {
            continue;
        }
        let line: String = line.chars().take(MOST_LINE).collect();
        in_line(&line, region, &mut found);
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found.sort_by_key(|find| find.kind);
    found
}

fn in_line(line: &str, region: Region, found: &mut Vec<Find>) {
    let mut add = |kind, text: String, damaged| {
        let find = Find { kind, text, damaged };
        if !found.contains(&find) {
            found.push(find);
        }
    };
    for word in line.split(|c: char| c.is_whitespace() || "<>(),;:\"'[]".contains(c)) {
        if let Ok(email) = Email::parse(word.trim_matches(|c: char| ".!?".contains(c))) {
            add(OfferKind::Email, email.plain().to_owned(), false);
        }
    }
    if let Some(text) = named(line, &SERIAL_WORDS, 6).and_then(|t| Serial::parse(&t).ok())
        && Imei::parse(text.as_str()).is_err()
    {
        add(OfferKind::Serial, text.as_str().to_owned(), false);
    }
    if let Some(text) = named(line, &RECEIPT_WORDS, 4).filter(|t| ReceiptNo::parse(t).is_ok())
        && Imei::parse(&text).is_err()
    {
        add(OfferKind::Receipt, text, false);
    }
    let lower = line.to_lowercase();
    let called = IMEI_WORDS.iter().any(|word| lower.contains(word));
    for run in runs(line) {
        in_run(&run, called, region, &mut add);
    }
}

/// A run of digit groups: `+7`, `916`, `000`; `glued` says what stood before each.
struct Run {
    plus: bool,
    groups: Vec<String>,
    /// A letter touches it: it is part of a word.
    in_word: bool,
}

fn runs(line: &str) -> Vec<Run> {
    let mut all = Vec::new();
    let mut now: Option<Run> = None;
    let (mut gap, mut before) = (0, ' ');
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            let run = now.get_or_insert_with(|| Run {
                plus: before == '+',
                groups: Vec::new(),
                in_word: before.is_alphanumeric() || before == '@',
            });
            if gap > 0 || run.groups.is_empty() {
                run.groups.push(String::new());
            }
            if let Some(group) = run.groups.last_mut() {
                group.push(c);
            }
            gap = 0;
        } else if now.is_some() {
            let joins = matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2011}' | '\u{2013}');
            if joins && gap < 2 {
                gap += 1;
            } else {
                if let Some(mut run) = now.take() {
                    run.in_word |= gap == 0 && (c.is_alphabetic() || c == '@' || c == '_');
                    all.push(run);
                }
                gap = 0;
            }
        }
        before = c;
    }
    all.retain(|run| !run.in_word && run.groups.iter().map(String::len).sum::<usize>() <= 4 * MOST_RUN);
    all
}

fn in_run(run: &Run, called: bool, region: Region, add: &mut impl FnMut(OfferKind, String, bool)) {
    let mut from = 0;
    while from < run.groups.len() {
        let took = window(run, from, called, region, add);
        from += took.max(1);
    }
}

/// What begins at a group: the longest that makes sense. Says how many groups it took.
fn window(
    run: &Run,
    from: usize,
    called: bool,
    region: Region,
    add: &mut impl FnMut(OfferKind, String, bool),
) -> usize {
    let mut ends: Vec<(usize, String)> = Vec::new();
    let mut digits = String::new();
    for (n, group) in run.groups.iter().skip(from).enumerate() {
        digits.push_str(group);
        if digits.len() > 20 {
            break;
        }
        ends.push((n + 1, digits.clone()));
    }
    let plus = run.plus && from == 0;
    for (groups, digits) in ends.iter().rev() {
        let kind = match digits.len() {
            19 | 20 if Iccid::parse(digits).is_ok() => Some(OfferKind::Iccid),
            // Sixteen digits are a bank card as well, fourteen have no check digit: only where it is called an IMEI.
            15 if !plus && Imei::parse(digits).is_ok() => Some(OfferKind::Imei),
            14 | 16 if called && Imei::parse(digits).is_ok() => Some(OfferKind::Imei),
            _ => None,
        };
        if let Some(kind) = kind {
            add(kind, digits.clone(), false);
            return *groups;
        }
        if digits.len() == 15 && called && !plus {
            add(OfferKind::Imei, digits.clone(), true);
            return *groups;
        }
    }
    for (groups, digits) in ends.iter().rev().filter(|(_, d)| (10..=15).contains(&d.len())) {
        let text = if plus { format!("+{digits}") } else { digits.clone() };
        // Eleven digits in a row that are no number of the region are anything.
        if let Ok(phone) = Phone::parse(&text, region) {
            add(OfferKind::Phone, phone.plain(), false);
            return *groups;
        }
    }
    0
}

/// What follows one of these words: letters and digits, with a digit among them.
fn named(line: &str, words: &[&str], shortest: usize) -> Option<String> {
    let lower = line.to_lowercase();
    let mut pieces =
        lower.split(|c: char| c.is_whitespace() || ":#№=,;()".contains(c)).filter(|p| !p.is_empty());
    let mut given =
        line.split(|c: char| c.is_whitespace() || ":#№=,;()".contains(c)).filter(|p| !p.is_empty());
    let mut open = 0;
    loop {
        let (low, word) = (pieces.next()?, given.next()?);
        let low = low.trim_matches('.');
        if words.contains(&low) {
            open = 3;
            continue;
        }
        if open == 0 || !low.contains(char::is_alphanumeric) {
            continue;
        }
        open -= 1;
        let word = word.trim_matches(|c: char| ".!?\"'«»".contains(c));
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'));
        let good =
            plain && (shortest..=32).contains(&word.len()) && word.contains(|c: char| c.is_ascii_digit());
        if good {
            return Some(word.to_owned());
        }
        if !BETWEEN.contains(&low) {
            open = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let say = |f: Find| format!("{} {}{}", f.kind, f.text, if f.damaged { " damaged" } else { "" });
        in_mail("", text, Region::RU).into_iter().map(say).collect()
    }

    #[test]
    fn identifiers_are_found_as_people_write_them() {
        for (text, wanted) in [
            ("My IMEI is 867530900000017, thanks", &["imei 867530900000017"][..]),
            (
                "IMEI 86-753090-000001-7 and 867530900000025",
                &["imei 867530900000017", "imei 867530900000025"],
            ),
            ("867530900000017 867530900000025", &["imei 867530900000017", "imei 867530900000025"]),
            ("imei: 867530900000018", &["imei 867530900000018 damaged"]),
            ("order of 867530900000018 pieces", &[]),
            ("sim 8970101000000000004", &["iccid 8970101000000000004"]),
            ("call +7 (916) 000-00-01!", &["phone +79160000001"]),
            ("тел. 8 916 000-00-01", &["phone +79160000001"]),
            ("Чек № DN-0000001 от 29.01.2025", &["receipt DN-0000001"]),
            ("receipt no. A-17", &["receipt A-17"]),
            ("чек потерян", &[]),
            ("чек ? MV-2023-007712 (М.Видео)", &["receipt MV-2023-007712"]),
            ("S/N: RF8M12ABCDE", &["serial RF8M12ABCDE"]),
            ("my login is Owner@Mail.Example.", &["email owner@mail.example"]),
            ("> IMEI 867530900000017 was yours", &[]),
            ("card 4276 3800 1234 5674", &[]),
            ("AB867530900000017CD", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_list_of_all_numbers_in_town_is_cut() {
        let text = (0..1000).map(|n| format!("+7916{n:07}")).collect::<Vec<_>>().join("\n");
        assert_eq!(found(&text).len(), MOST);
    }
}

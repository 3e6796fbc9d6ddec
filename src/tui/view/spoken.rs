//! A code as it is read out: a line a group, each symbol with the word that says it on the telephone.

use super::paint::{Row, wrapped};
use crate::desk::spoken::ReadOut;
use crate::tui::app::{Model, tell};
use crate::tui::theme::Tone;
use crate::tui::when;
use crate::words::{Language, say, say_with};

/// Cells of a group that is spaced out, with room behind it.
const GROUP: usize = 12;

/// Everything about the code, within so many cells.
pub fn rows(model: &Model, code: &ReadOut, width: usize) -> Vec<Row> {
    let l = model.language;
    let to = say_with(l, "spoken-to", &[("centre", code.centre.as_str().into())]);
    let mut rows = vec![Row::new().plain(to), Row::new()];
    for group in code.code.split('-') {
        let spaced: Vec<String> = group.chars().map(String::from).collect();
        let said: Vec<&str> = group.chars().map(|c| word(l, c)).collect();
        rows.push(
            Row::new()
                .plain("   ")
                .column(Tone::Strong, spaced.join(" "), GROUP)
                .tone(Tone::Dim, said.join(" ")),
        );
        rows.push(Row::new());
    }
    let until = format!("{} UTC", when::minute(code.until));
    let then = tell(model, "spoken-until", &[("until", until.as_str().into())]);
    rows.extend(wrapped(Tone::Plain, &then, width, 4));
    rows
}

/// What is said for a symbol: the ICAO's word for a letter, the digit itself, the name of a sign.
fn word(l: Language, symbol: char) -> &'static str {
    const LETTERS: [&str; 26] = [
        "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo",
        "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform",
        "Victor", "Whiskey", "X-ray", "Yankee", "Zulu",
    ];
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let letter = u32::from(symbol).checked_sub(u32::from('A')).and_then(|n| usize::try_from(n).ok());
    let digit = symbol.to_digit(10).and_then(|n| usize::try_from(n).ok());
    match symbol {
        '*' => say(l, "spoken-star"),
        '~' => say(l, "spoken-tilde"),
        '$' => say(l, "spoken-dollar"),
        '=' => say(l, "spoken-equals"),
        _ => digit
            .and_then(|n| DIGITS.get(n))
            .or_else(|| letter.and_then(|n| LETTERS.get(n)))
            .copied()
            .unwrap_or_default(),
    }
}

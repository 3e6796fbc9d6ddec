//! What the texts of barcodes mean: IMEIs, serial numbers, and everything else that stands on a box.

use super::{Reading, Readings, Symbol};
use crate::domain::{Doubt, Imei, Seen, Serial};

/// IMEIs that one box has: a telephone with two slots.
const ONE_BOX: usize = 2;
/// Lengths of texts that may be serial numbers.
const SERIAL: std::ops::RangeInclusive<usize> = 6..=24;

/// Whether a text names an IMEI.
pub(super) fn has_imei(text: &str) -> bool {
    !imeis(text).0.is_empty()
}

pub(super) fn meaning(readings: &Readings) -> Seen {
    let mut seen = Seen::default();
    let mut called = Vec::new();
    let mut unchecked = false;
    for Reading { symbol, text, .. } in &readings.certain {
        let (good, bad) = imeis(text);
        unchecked |= bad;
        for imei in good {
            if !seen.imeis.contains(&imei) {
                seen.imeis.push(imei);
            }
        }
        if let Some(serial) = labelled(text) {
            called.push(serial);
        } else if let (Symbol::Code128 | Symbol::Code39, Some(serial)) = (symbol, serial(text)) {
            seen.serials.push(serial);
        }
    }
    called.append(&mut seen.serials);
    for serial in called {
        if !seen.serials.contains(&serial) {
            seen.serials.push(serial);
        }
    }
    let two = readings.doubtful.iter().any(|r| has_imei(&r.text) || labelled(&r.text).is_some());
    seen.doubt = if two {
        Some(Doubt::TwoReadings)
    } else if seen.imeis.len() > ONE_BOX {
        Some(Doubt::ManyBoxes)
    } else if seen.imeis.is_empty() && unchecked {
        Some(Doubt::Unchecked)
    } else if seen.imeis.is_empty() && readings.late {
        Some(Doubt::TookTooLong)
    } else {
        None
    };
    // What is not certain is not used at all.
    if matches!(seen.doubt, Some(Doubt::TwoReadings | Doubt::ManyBoxes)) {
        seen.imeis.clear();
        seen.serials.clear();
    }
    seen
}

/// IMEIs in a text, and whether something looks like one and is none. Fifteen digits alone, or called IMEI; without its
/// check digit a number is only a number.
fn imeis(text: &str) -> (Vec<Imei>, bool) {
    let named = text.to_ascii_uppercase().contains("IMEI");
    let foreign = |c: char| c.is_ascii_alphabetic() || c == '_';
    if !named && text.contains(foreign) {
        return (Vec::new(), false);
    }
    let numbers = text.split(|c: char| !c.is_ascii_alphanumeric());
    let numbers = numbers.filter(|n| n.len() == 15 && n.bytes().all(|b| b.is_ascii_digit()));
    let (mut good, mut bad) = (Vec::new(), false);
    for number in numbers {
        match Imei::parse(number) {
            Ok(imei) => good.push(imei),
            Err(_) => bad = true,
        }
    }
    (good, bad)
}

/// A serial number that the text calls one: `S/N: …`, `SN=…`, `SERIAL …`.
fn labelled(text: &str) -> Option<Serial> {
    let upper = text.to_ascii_uppercase();
    ["S/N", "SERIAL", "SN"].iter().find_map(|label| {
        let (before, rest) = upper.split_once(label)?;
        if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let rest = rest.strip_prefix("NO").or_else(|| rest.strip_prefix("NUMBER")).unwrap_or(rest);
        let rest = rest.strip_prefix([':', '=', ' ', '.'])?.trim_start();
        let end = rest.find([' ', ',', ';', '&', '\n', '\r', '\t']).unwrap_or(rest.len());
        let (serial, _) = rest.split_at(end);
        Serial::parse(serial).ok()
    })
}

/// A text alone that may be a serial number: of fitting length, with a letter or a sign among the digits (what is only
/// digits is an article number, a card's number or an IMEI).
fn serial(text: &str) -> Option<Serial> {
    let text = text.trim();
    let mixed = text.contains(|c: char| c.is_ascii_digit()) && text.contains(|c: char| !c.is_ascii_digit());
    (SERIAL.contains(&text.len()) && mixed && !has_imei(text)).then(|| Serial::parse(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(texts: &[(Symbol, &str)]) -> Seen {
        let reading = |(symbol, text): &(Symbol, &str)| Reading {
            symbol: *symbol,
            text: (*text).to_owned(),
            at: (0, 0),
        };
        meaning(&Readings { certain: texts.iter().map(reading).collect(), ..Readings::default() })
    }

    #[test]
    fn texts_are_imeis_serials_or_nothing() {
        use Symbol::{Code39, Code128, Ean13, Qr};
        for (symbol, text, means) in [
            (Code128, "867530900000017", "imei:867530900000017"),
            (Code39, "867530900000017", "imei:867530900000017"),
            (Code128, "IMEI1: 867530900000017", "imei:867530900000017"),
            (
                Qr,
                "IMEI:867530900000017,867530900000025;SN:31234/A00000001",
                "imei:867530900000017 imei:867530900000025 serial:31234/A00000001",
            ),
            (
                Qr,
                "https://shop.example/?imei=867530900000017&sn=AB12345678",
                "imei:867530900000017 serial:AB12345678",
            ),
            // A wrong check digit, no check digit, a software version behind it.
            (Code128, "867530900000018", "doubt:unchecked"),
            (Code128, "86753090000001", ""),
            (Code128, "8675309000000101", ""),
            // Fifteen digits of something else.
            (Qr, "https://pay.example/867530900000017", ""),
            (Ean13, "6934177740039", ""),
            (Code128, "6934177740039", ""),
            (Code128, "89701012345678901234", ""),
            (Code128, "31234/A00000001", "serial:31234/A00000001"),
            (Code128, "S/N: 31234/A00000001", "serial:31234/A00000001"),
            (Qr, "31234/A00000001", ""),
            (Qr, "https://www.example.com/orbit", ""),
            (Qr, "SN:\u{202e}evil", ""),
            (Code128, "N/A", ""),
        ] {
            assert_eq!(seen(&[(symbol, text)]).to_string(), means, "{symbol:?} {text}");
        }
    }

    #[test]
    fn more_imeis_than_a_box_has_are_no_reading() {
        let three = ["867530900000017", "867530900000025", "867530900000033"].map(|t| (Symbol::Code128, t));
        assert_eq!(seen(&three[..2]).imeis.len(), 2);
        assert_eq!(seen(&three).to_string(), "doubt:many");
    }

    #[test]
    fn one_symbol_read_twice_is_no_reading() {
        let doubtful = ["867530900000017", "867530900000025"].map(|text| Reading {
            symbol: Symbol::Code128,
            text: text.into(),
            at: (0, 0),
        });
        let readings = Readings { doubtful: doubtful.to_vec(), ..Readings::default() };
        assert_eq!(meaning(&readings).to_string(), "doubt:two");
    }
}

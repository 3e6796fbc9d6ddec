//! What the barcodes on a picture say, as far as it can be relied on.

use std::fmt;
use std::str::FromStr;

use super::{Imei, Serial};

/// What was read off a picture of a box. It is offered, and compared with what was typed; it is never typed in by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Fifteen digits with the right check digit, from symbols whose own checksum is right, from the top down.
    pub imeis: Vec<Imei>,
    /// Texts that may be the serial number, those that a code calls so first.
    pub serials: Vec<Serial>,
    /// Why what was read is not all, or not certain.
    pub doubt: Option<Doubt>,
}

/// Why a picture could not be read for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// One barcode gave two different readings.
    TwoReadings,
    /// There are more IMEIs than one box has.
    ManyBoxes,
    /// An IMEI without a checksum of its symbol, or with a wrong check digit.
    Unchecked,
    /// It took too long.
    TookTooLong,
    /// The decoder gave up.
    Broken,
}

impl Doubt {
    const ALL: [Self; 5] =
        [Self::TwoReadings, Self::ManyBoxes, Self::Unchecked, Self::TookTooLong, Self::Broken];

    const fn word(self) -> &'static str {
        match self {
            Self::TwoReadings => "two",
            Self::ManyBoxes => "many",
            Self::Unchecked => "unchecked",
            Self::TookTooLong => "late",
            Self::Broken => "broken",
        }
    }
}

impl Seen {
    /// Nothing that could be used.
    pub fn is_empty(&self) -> bool {
        self.imeis.is_empty() && self.serials.is_empty()
    }

    /// Whether this is one of the texts that were read.
    pub fn has_serial(&self, serial: &Serial) -> bool {
        self.serials.contains(serial)
    }

    /// The text that stands where this serial number should: the only one of its form that was read, and another.
    pub fn instead_of(&self, serial: &Serial) -> Option<&Serial> {
        if self.has_serial(serial) {
            return None;
        }
        let mut alike = self.serials.iter().filter(|read| form(read).eq(form(serial)));
        alike.next().filter(|_| alike.next().is_none())
    }
}

/// How long a serial number is, and where its signs stand.
fn form(serial: &Serial) -> impl Iterator<Item = char> {
    serial.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { '0' } else { c })
}

/// As the store keeps it: words with a colon, a blank between them.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.imeis.iter().map(|imei| format!("imei:{imei}"));
        let words = words.chain(self.serials.iter().map(|serial| format!("serial:{serial}")));
        let words: Vec<String> = words.chain(self.doubt.map(|d| format!("doubt:{}", d.word()))).collect();
        f.write_str(&words.join(" "))
    }
}

impl FromStr for Seen {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "not what was read off a picture";
        let mut seen = Self::default();
        for word in text.split_ascii_whitespace() {
            match word.split_once(':') {
                Some(("imei", text)) => seen.imeis.push(Imei::parse(text).map_err(|_| WRONG)?),
                Some(("serial", text)) => seen.serials.push(Serial::parse(text).map_err(|_| WRONG)?),
                Some(("doubt", text)) => {
                    seen.doubt = Some(Doubt::ALL.into_iter().find(|d| d.word() == text).ok_or(WRONG)?);
                }
                _ => return Err(WRONG),
            }
        }
        Ok(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serial(text: &str) -> Serial {
        Serial::parse(text).unwrap()
    }

    #[test]
    fn what_was_read_survives_the_store() {
        let imei = Imei::parse("867530900000017").unwrap();
        for seen in [
            Seen::default(),
            Seen { imeis: vec![imei], serials: vec![serial("31234/A00000001")], doubt: None },
            Seen { imeis: vec![imei, imei], serials: Vec::new(), doubt: Some(Doubt::TookTooLong) },
        ] {
            assert_eq!(seen.to_string().parse(), Ok(seen));
        }
        for text in ["imei:1", "serial", "doubt:perhaps", "x:y"] {
            assert!(text.parse::<Seen>().is_err(), "{text}");
        }
    }

    #[test]
    fn another_serial_is_one_of_the_same_form() {
        let seen =
            |texts: &[&str]| Seen { serials: texts.iter().map(|t| serial(t)).collect(), ..Seen::default() };
        let typed = serial("31234/A00000001");
        for (read, other) in [
            (&["31234/A00000001"][..], false),
            (&["31234/A00000002"], true),
            (&["31234/A00000002", "MZB0ABCEU"], true),
            // An article number is not a serial, and of two one cannot tell.
            (&["MZB0ABCEU"], false),
            (&["31234/A00000002", "31234/A00000003"], false),
            (&["31234/A00000002", "31234/A00000001"], false),
            (&[], false),
        ] {
            assert_eq!(seen(read).instead_of(&typed).is_some(), other, "{read:?}");
        }
    }
}

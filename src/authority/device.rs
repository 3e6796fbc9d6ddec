//! Device identifiers in tokens: `imei:…` and `serial:…`, and whether one given at a service
//! centre's counter is one of them.

/// An identifier in its normal form (JUDGEMENT.md §2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Identifier {
    /// The first 14 digits: the check digit and the software version name nothing.
    Imei(String),
    /// Upper-cased.
    Serial(String),
}

/// An entry of `dev`, or what follows `device:` in `sub`.
pub(super) fn entry(text: &str) -> Option<Identifier> {
    match text.split_once(':')? {
        ("imei", digits) => imei(digits),
        ("serial", serial) => self::serial(serial),
        _ => None,
    }
}

/// What a person may mean by an identifier: an IMEI of 14, 15 or 16 digits in any grouping, with or
/// without `/SV`; a serial; either with its prefix. Digits alone may be an IMEI and a serial.
pub(super) fn given(text: &str) -> Vec<Identifier> {
    let text = text.trim();
    let text = text.strip_prefix("device:").unwrap_or(text);
    if let Some(rest) = text.strip_prefix("imei:") {
        return spaced_imei(rest).into_iter().collect();
    }
    if let Some(rest) = text.strip_prefix("serial:") {
        return serial(rest).into_iter().collect();
    }
    spaced_imei(text).into_iter().chain(serial(text)).collect()
}

fn spaced_imei(text: &str) -> Option<Identifier> {
    let main = match text.split_once('/') {
        Some((main, version)) if version.bytes().all(|b| b.is_ascii_digit()) && version.len() <= 2 => main,
        Some(_) => return None,
        None => text,
    };
    imei(&main.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect::<String>())
}

fn imei(digits: &str) -> Option<Identifier> {
    let form = (14..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    form.then(|| Identifier::Imei(digits.chars().take(14).collect()))
}

fn serial(text: &str) -> Option<Identifier> {
    let text = text.trim();
    (!text.is_empty()).then(|| Identifier::Serial(text.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_imei_has_many_spellings() {
        let dev = entry("imei:356938035643809").unwrap();
        for same in [
            "356938035643809",
            "35693803564380",
            "3569380356438012",
            "35-693803-564380-9",
            " 35 693803 564380 9 ",
            "35693803564380/01",
            "imei:356938035643809",
            "device:imei:356938035643809",
        ] {
            assert!(given(same).contains(&dev), "{same}");
        }
        for other in [
            "356938035643819x",
            "356938035643",
            "35693803564381",
            "35693803564380/123",
            "35693803564380/1x",
            "35693803564380/x",
            "serial:356938035643809",
            "",
            "３５６９３８０３５６４３８０９",
        ] {
            assert!(!given(other).contains(&dev), "{other}");
        }
    }

    #[test]
    fn a_serial_is_folded() {
        let dev = entry("serial:R58M123abc").unwrap();
        assert!(given("r58m123ABC").contains(&dev));
        assert!(!given("imei:r58m123ABC").contains(&dev));
        for bad in
            ["serial:", "imei:", "imei:12345678901234x", "imei:35 693803 564380", "356938035643809", "mac:1"]
        {
            assert_eq!(entry(bad), None, "{bad}");
        }
    }
}

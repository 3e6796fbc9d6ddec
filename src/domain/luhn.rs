//! The check digit of IMEIs (3GPP TS 23.003 annex B) and ICCIDs (ITU-T E.118): Luhn, ISO/IEC 7812-1.

/// The digit that makes `number` followed by it pass Luhn. Leading zeros add nothing, so a number
/// of any length may come as an integer.
pub(super) const fn check_digit(mut number: u64) -> u8 {
    let mut sum: u64 = 0;
    let mut double = true;
    while number > 0 {
        let mut digit = number % 10;
        number /= 10;
        if double {
            digit *= 2;
            if digit > 9 {
                digit -= 9;
            }
        }
        double = !double;
        sum += digit;
    }
    ((10 - sum % 10) % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn published_vectors() {
        for (number, digit) in [
            (26_053_179_311_383, 7),
            (35_417_803_685_978, 9),
            (49_015_420_323_751, 8),
            (0, 0),
            (11_111_111_111_111, 9),
            (1_234_567_890_123, 7),
            (86_954_700_000_010, 9),
            (101_700_000_000, 3),
        ] {
            assert_eq!(check_digit(number), digit, "{number:014}");
        }
    }
}

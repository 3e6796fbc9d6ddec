//! Why a value cannot be read, as a sentence of the screens; in English it is the error's own.

use super::{Part, Phrase};
use crate::domain::{
    AccountIdError, CodePoint, Damage, DateError, EmailError, IccidError, ImeiError, ImsiError, PhoneError,
    ReceiptError, SerialError, TacError, UnknownWord,
};

impl From<Damage> for Phrase {
    fn from(damage: Damage) -> Self {
        match damage {
            Damage::Imei(e) => imei(e),
            Damage::Serial(e) => serial(e),
            Damage::Iccid(e) => iccid(e),
            Damage::Imsi(e) => imsi(e),
            Damage::Phone(e) => phone(e),
            Damage::Email(e) => email(e),
            Damage::Account(e) => account(e),
            Damage::Receipt(e) => receipt(e),
            Damage::Date(e) => date(e),
            Damage::Tac(e) => tac(e),
        }
    }
}

macro_rules! phrases {
    ($($error:ident,)+) => {$(
        impl From<$error> for Phrase {
            fn from(error: $error) -> Self {
                Damage::from(error).into()
            }
        }
    )+};
}

phrases! {
    ImeiError, SerialError, IccidError, ImsiError, PhoneError, EmailError, AccountIdError, ReceiptError, DateError,
    TacError,
}

impl From<Damage> for Part {
    fn from(damage: Damage) -> Self {
        Phrase::from(damage).into()
    }
}

impl From<&UnknownWord> for Phrase {
    fn from(unknown: &UnknownWord) -> Self {
        Self::of("damage-word").with("given", unknown.given()).with("allowed", unknown.allowed())
    }
}

/// A number of digits or characters, which is told and not counted.
fn told(n: impl std::fmt::Display) -> String {
    n.to_string()
}

fn code(character: char) -> String {
    CodePoint(character).to_string()
}

fn imei(error: ImeiError) -> Phrase {
    use ImeiError as E;
    match error {
        E::Empty => Phrase::of("damage-imei-empty"),
        E::Length { digits } => Phrase::of("damage-imei-length").with("digits", told(digits)),
        E::CheckDigit { expected } => Phrase::of("damage-check-digit").with("expected", told(expected)),
        E::Letters { letter } => Phrase::of("damage-imei-letters").with("letter", told(letter)),
        E::StarHash => Phrase::of("damage-imei-star"),
        E::Spreadsheet => Phrase::of("damage-imei-spreadsheet"),
        E::AllZero => Phrase::of("damage-imei-zero"),
        E::Repeated { digit } => Phrase::of("damage-imei-repeated").with("digit", told(digit)),
        E::Counting => Phrase::of("damage-imei-counting"),
        E::TestRange => Phrase::of("damage-imei-test"),
        E::ForeignDigits { character } => foreign(character),
        E::Apostrophe => Phrase::of("damage-imei-apostrophe"),
        E::Two => Phrase::of("damage-imei-two"),
        E::Meid => Phrase::of("damage-imei-meid"),
        E::Character { character } => Phrase::of("damage-imei-character").with("character", code(character)),
    }
}

fn foreign(character: char) -> Phrase {
    Phrase::of("damage-foreign-digits").with("character", code(character))
}

fn serial(error: SerialError) -> Phrase {
    use SerialError as E;
    match error {
        E::Empty => Phrase::of("damage-serial-empty"),
        E::Long { characters } => Phrase::of("damage-serial-long").with("characters", told(characters)),
        E::Placeholder => Phrase::of("damage-serial-placeholder"),
        E::Letter { character } => Phrase::of("damage-serial-letter")
            .with("character", told(character))
            .with("code", code(character)),
        E::Character { character } => {
            Phrase::of("damage-serial-character").with("character", code(character))
        }
    }
}

fn iccid(error: IccidError) -> Phrase {
    use IccidError as E;
    match error {
        E::Empty => Phrase::of("damage-iccid-empty"),
        E::Length { digits } => Phrase::of("damage-iccid-length").with("digits", told(digits)),
        E::NoCheckDigit => Phrase::of("damage-iccid-no-check-digit"),
        E::Printed => Phrase::of("damage-iccid-printed"),
        E::Prefix => Phrase::of("damage-iccid-prefix"),
        E::CheckDigit { expected } => Phrase::of("damage-check-digit").with("expected", told(expected)),
        E::Spreadsheet => Phrase::of("damage-number-spreadsheet"),
        E::Letters { letter } => Phrase::of("damage-iccid-letters").with("letter", told(letter)),
        E::ForeignDigits { character } => foreign(character),
        E::Character { character } => Phrase::of("damage-iccid-character").with("character", code(character)),
    }
}

fn imsi(error: ImsiError) -> Phrase {
    use ImsiError as E;
    match error {
        E::Empty => Phrase::of("damage-imsi-empty"),
        E::Length { digits } => Phrase::of("damage-imsi-length").with("digits", told(digits)),
        E::AllZero => Phrase::of("damage-imsi-zero"),
        E::Character { character } => Phrase::of("damage-imsi-character").with("character", code(character)),
    }
}

fn phone(error: PhoneError) -> Phrase {
    use PhoneError as E;
    match error {
        E::Empty => Phrase::of("damage-phone-empty"),
        E::Letters { letter } => Phrase::of("damage-phone-letters").with("letter", told(letter)),
        E::Plus => Phrase::of("damage-phone-plus"),
        E::Extension => Phrase::of("damage-phone-extension"),
        E::Short { digits } => Phrase::of("damage-phone-short").with("digits", told(digits)),
        E::Long { digits } => Phrase::of("damage-phone-long").with("digits", told(digits)),
        E::Zero => Phrase::of("damage-phone-zero"),
        E::NotInRegion { region } => Phrase::of("damage-phone-region").with("region", told(region)),
        E::ForeignDigits { character } => foreign(character),
        E::Spreadsheet => Phrase::of("damage-number-spreadsheet"),
        E::Character { character } => Phrase::of("damage-phone-character").with("character", code(character)),
    }
}

fn email(error: EmailError) -> Phrase {
    use EmailError as E;
    match error {
        E::Empty => Phrase::of("damage-email-empty"),
        E::NoAt => Phrase::of("damage-email-no-at"),
        E::Ats => Phrase::of("damage-email-ats"),
        E::NoLocal => Phrase::of("damage-email-no-local"),
        E::Domain => Phrase::of("damage-email-domain"),
        E::Long => Phrase::of("damage-email-long"),
        E::Space => Phrase::of("damage-email-space"),
        E::Hidden { character } => Phrase::of("damage-email-hidden").with("character", code(character)),
        E::LookAlike { character } => {
            Phrase::of("damage-email-look-alike").with("character", code(character))
        }
        E::Character { character } => Phrase::of("damage-email-character").with("character", code(character)),
    }
}

fn account(error: AccountIdError) -> Phrase {
    use AccountIdError as E;
    match error {
        E::Empty => Phrase::of("damage-account-empty"),
        E::Long { characters } => Phrase::of("damage-account-long").with("characters", told(characters)),
        E::Hidden { character } => Phrase::of("damage-account-hidden").with("character", code(character)),
    }
}

fn receipt(error: ReceiptError) -> Phrase {
    use ReceiptError as E;
    match error {
        E::Empty => Phrase::of("damage-receipt-empty"),
        E::Long { characters } => Phrase::of("damage-receipt-long").with("characters", told(characters)),
        E::Hidden { character } => Phrase::of("damage-receipt-hidden").with("character", code(character)),
    }
}

fn date(error: DateError) -> Phrase {
    use DateError as E;
    match error {
        E::Empty => Phrase::of("damage-date-empty"),
        E::Order => Phrase::of("damage-date-order"),
        E::ForeignDigits => Phrase::of("damage-date-foreign-digits"),
        E::Form => Phrase::of("damage-date-form"),
        E::NoSuchDay { year, month, day } => Phrase::of("damage-date-no-such-day")
            .with("year", told(year))
            .with("month", format!("{month:02}"))
            .with("day", format!("{day:02}")),
        E::Year(year) => Phrase::of("damage-date-year").with("year", told(year)),
        E::TimeForm => Phrase::of("damage-time-form"),
        E::NoSuchTime => Phrase::of("damage-time-no-such"),
        E::NoOffset => Phrase::of("damage-time-no-offset"),
    }
}

fn tac(error: TacError) -> Phrase {
    use TacError as E;
    match error {
        E::Empty => Phrase::of("damage-tac-empty"),
        E::LostZero => Phrase::of("damage-tac-lost-zero"),
        E::Length { digits } => Phrase::of("damage-tac-length").with("digits", told(digits)),
        E::Character => Phrase::of("damage-tac-character"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;
    use crate::words::Language;

    /// One of each, so that the English file and the errors' own sentences cannot come apart.
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn every() -> Vec<Damage> {
        let (digits, characters, character, letter) = (7, 300, '\u{202E}', 'я');
        let imei = [
            ImeiError::Empty,
            ImeiError::Length { digits },
            ImeiError::CheckDigit { expected: 4 },
            ImeiError::Letters { letter },
            ImeiError::StarHash,
            ImeiError::Spreadsheet,
            ImeiError::AllZero,
            ImeiError::Repeated { digit: 1 },
            ImeiError::Counting,
            ImeiError::TestRange,
            ImeiError::ForeignDigits { character },
            ImeiError::Apostrophe,
            ImeiError::Two,
            ImeiError::Meid,
            ImeiError::Character { character },
        ];
        let serial = [
            SerialError::Empty,
            SerialError::Long { characters },
            SerialError::Placeholder,
            SerialError::Letter { character: letter },
            SerialError::Character { character },
        ];
        let iccid = [
            IccidError::Empty,
            IccidError::Length { digits },
            IccidError::NoCheckDigit,
            IccidError::Printed,
            IccidError::Prefix,
            IccidError::CheckDigit { expected: 4 },
            IccidError::Spreadsheet,
            IccidError::Letters { letter },
            IccidError::ForeignDigits { character },
            IccidError::Character { character },
        ];
        let imsi = [
            ImsiError::Empty,
            ImsiError::Length { digits },
            ImsiError::AllZero,
            ImsiError::Character { character },
        ];
        let phone = [
            PhoneError::Empty,
            PhoneError::Letters { letter },
            PhoneError::Plus,
            PhoneError::Extension,
            PhoneError::Short { digits },
            PhoneError::Long { digits },
            PhoneError::Zero,
            PhoneError::NotInRegion { region: Region::RU },
            PhoneError::ForeignDigits { character },
            PhoneError::Spreadsheet,
            PhoneError::Character { character },
        ];
        let email = [
            EmailError::Empty,
            EmailError::NoAt,
            EmailError::Ats,
            EmailError::NoLocal,
            EmailError::Domain,
            EmailError::Long,
            EmailError::Space,
            EmailError::Hidden { character },
            EmailError::LookAlike { character },
            EmailError::Character { character },
        ];
        let account = [
            AccountIdError::Empty,
            AccountIdError::Long { characters },
            AccountIdError::Hidden { character },
        ];
        let receipt =
            [ReceiptError::Empty, ReceiptError::Long { characters }, ReceiptError::Hidden { character }];
        let date = [
            DateError::Empty,
            DateError::Order,
            DateError::ForeignDigits,
            DateError::Form,
            DateError::NoSuchDay { year: 2026, month: 2, day: 30 },
            DateError::Year(1812),
            DateError::TimeForm,
            DateError::NoSuchTime,
            DateError::NoOffset,
        ];
        let tac = [TacError::Empty, TacError::LostZero, TacError::Length { digits }, TacError::Character];
        let mut all: Vec<Damage> = imei.map(Damage::Imei).to_vec();
        all.extend(serial.map(Damage::Serial));
        all.extend(iccid.map(Damage::Iccid));
        all.extend(imsi.map(Damage::Imsi));
        all.extend(phone.map(Damage::Phone));
        all.extend(email.map(Damage::Email));
        all.extend(account.map(Damage::Account));
        all.extend(receipt.map(Damage::Receipt));
        all.extend(date.map(Damage::Date));
        all.extend(tac.map(Damage::Tac));
        all
    }

    #[test]
    fn a_damaged_value_is_explained_alike_on_the_screen_and_on_the_command_line() {
        for damage in every() {
            assert_eq!(Phrase::from(damage).said(Language::English), damage.to_string());
        }
        let unknown = "nothing".parse::<crate::domain::State>().expect_err("no state");
        assert_eq!(Phrase::from(&unknown).to_string(), unknown.to_string());
    }

    #[test]
    fn a_damaged_value_is_explained_in_russian() {
        for damage in every() {
            let said = Phrase::from(damage).said(Language::Russian).into_owned();
            assert!(said.chars().any(|c| matches!(c, 'а'..='я')), "{damage:?}: {said}");
            assert!(!said.contains("damage-"), "{damage:?}: {said}");
        }
    }
}

//! In which languages an account's owner is written to: in theirs where it is known, else in two, so that nobody fails to
//! stop a theft for want of a dictionary. A claimant has no say in it.

use super::super::{Act, Failure};
use crate::domain::{Contact, ContactKind};
use crate::intake::mail::language_of;
use crate::judgement::facts::Account;
use crate::store::desk::mails;
use crate::words::letters::SHIPPED;

/// Countries in which nearly everybody reads one language.
const READS: [(&str, &str); 12] = [
    ("RU", "ru"),
    ("BY", "ru"),
    ("KZ", "ru"),
    ("KG", "ru"),
    ("GB", "en"),
    ("IE", "en"),
    ("US", "en"),
    ("AU", "en"),
    ("NZ", "en"),
    ("DE", "de"),
    ("AT", "de"),
    ("FR", "fr"),
];

/// How their numbers begin; where two countries share a beginning, both read the same.
const NUMBERS: [(&str, &str); 10] = [
    ("+7", "RU"),
    ("+375", "BY"),
    ("+996", "KG"),
    ("+44", "GB"),
    ("+353", "IE"),
    ("+61", "AU"),
    ("+64", "NZ"),
    ("+49", "DE"),
    ("+43", "AT"),
    ("+33", "FR"),
];

impl Act<'_> {
    /// The languages of a message to the owner at this contact, the likelier first. Known is what they wrote in when
    /// they answered us, the country of their number, the region of their account.
    pub(in crate::desk) fn owner_languages(
        &self,
        account: Option<&Account>,
        to: &Contact,
    ) -> Result<Vec<String>, Failure> {
        let written = match to.kind() {
            ContactKind::Email => mails::owner_wrote(self.conn, &to.plain())?,
            ContactKind::Phone => None,
        };
        let written = written.as_deref().and_then(language_of);
        let known = [written, of_number(to), account.and_then(|a| of_region(a.region.as_deref()?))];
        let letters = self.letters.languages();
        let spoken = |language: &str| letters.iter().any(|l| l == language);
        if let Some(language) = known.into_iter().flatten().find(|l| spoken(l)) {
            return Ok(vec![language.to_owned()]);
        }
        let first = self.letters.language(None, self.config.dispatch.language.as_deref());
        let second = SHIPPED.iter().map(|(code, _)| *code).find(|code| *code != first);
        Ok([Some(first.as_str()), second].into_iter().flatten().map(str::to_owned).collect())
    }
}

fn of_region(region: &str) -> Option<&'static str> {
    READS.iter().find(|(country, _)| country.eq_ignore_ascii_case(region.trim())).map(|(_, l)| *l)
}

fn of_number(to: &Contact) -> Option<&'static str> {
    let number = Some(to.plain()).filter(|_| to.kind() == ContactKind::Phone)?;
    let country = NUMBERS.iter().find(|(prefix, _)| number.starts_with(prefix));
    country.and_then(|(_, country)| of_region(country))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Phone, Region};

    #[test]
    fn numbers_and_regions_tell_a_language_or_nothing() {
        for (number, language) in [
            ("+79031234567", Some("ru")),
            ("+375291234567", Some("ru")),
            ("+447911123456", Some("en")),
            ("+37061234567", None),
            ("+12025550123", None),
        ] {
            let to = Contact::Phone(Phone::parse(number, Region::RU).unwrap());
            assert_eq!(of_number(&to), language, "{number}");
        }
        for (region, language) in [(" ru ", Some("ru")), ("GB", Some("en")), ("Tatarstan", None), ("", None)]
        {
            assert_eq!(of_region(region), language, "{region}");
        }
    }
}

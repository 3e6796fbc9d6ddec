//! What an agent should know of a mail, as its row keeps it.

use crate::store::desk::mails::Mail;
use crate::words::Phrase;
use crate::words::kept::{self, Known};

/// Remarks that may be kept, and what goes into each.
const OURS: Known = &[
    ("intake-mail-authors", &["n"]),
    ("intake-mail-reply-to", &[]),
    ("intake-mail-name-address", &[]),
    ("intake-mail-no-id", &[]),
    ("intake-mail-date", &["given"]),
    ("intake-mail-date-zone", &[]),
    ("intake-mail-date-far", &["day"]),
    ("intake-mail-charset-none", &["charset"]),
    ("intake-mail-charset-wrong", &["charset"]),
    ("intake-mail-charset-damaged", &["charset"]),
    ("intake-mail-text-damaged", &[]),
    ("intake-mail-text-cut", &["size"]),
    ("intake-mail-html", &[]),
    ("intake-mail-encrypted", &[]),
    ("intake-mail-boundary-none", &[]),
    ("intake-mail-boundary-guessed", &[]),
    ("intake-mail-cut", &[]),
    ("intake-mail-part-headers", &["most"]),
    ("intake-mail-files", &["n", "most"]),
    ("intake-mail-file-empty", &["name"]),
    ("intake-mail-file-size", &["name", "size"]),
    ("intake-mail-file-damaged", &["name"]),
    ("intake-mail-winmail", &["name"]),
    ("intake-mail-uuencode", &["name"]),
    ("intake-mail-names", &["ticket"]),
    ("intake-mail-follows", &["ticket"]),
    ("intake-mail-request", &["request"]),
];

/// What an agent should know of a mail.
pub fn remarks(mail: &Mail) -> Vec<Phrase> {
    mail.remarks.iter().map(|text| kept::read(text, OURS)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::kept::kept;
    use crate::words::{Language, Part};

    #[test]
    fn every_remark_comes_back_with_its_arguments_in_every_language() {
        for (id, names) in OURS {
            for part in [Part::from("‹it›"), Part::Number(7), Part::from(crate::domain::Request::Unbind)]
            {
                let remark = Phrase::Said(id, names.iter().map(|name| (*name, part.clone())).collect());
                let back = kept::read(&kept(&remark), OURS);
                assert_eq!(back, remark);
                for language in Language::ALL {
                    let said = back.said(language);
                    assert!(names.is_empty() || part.plain() != "‹it›" || said.contains("‹it›"), "{said}");
                    assert!(!said.contains("intake-mail-"), "{said}");
                }
            }
        }
        assert_eq!(kept::read("an older row", OURS), Phrase::from("an older row"));
    }
}

//! Why a message has not left, kept as data, so that each reader hears it in their own language.

use super::Message;
use crate::words::Phrase;
use crate::words::kept::{self, Known};

/// Our sentences, and what goes into each.
const OURS: Known = &[
    ("leaving-rehearsal", &[]),
    ("leaving-late", &[]),
    ("leaving-superseded", &[]),
    ("leaving-no-way-mail", &[]),
    ("leaving-no-way-phone", &[]),
    ("leaving-no-code", &[]),
    ("leaving-edited", &[]),
    ("leaving-no-command", &[]),
    ("leaving-unrun", &["program", "why"]),
    ("leaving-timeout", &["seconds"]),
    ("leaving-unwaited", &["why"]),
    ("leaving-ended", &["code", "said"]),
    ("leaving-signal", &["signal", "said"]),
    ("leaving-from", &["why"]),
    ("leaving-address", &[]),
    ("leaving-no-mail", &["why"]),
    ("leaving-folder", &["folder", "why"]),
    ("leaving-tls", &["why"]),
    ("leaving-password", &["why"]),
    ("leaving-server", &["host", "why"]),
];

/// Why a message has not left, or was dropped.
pub fn of(message: &Message) -> Option<Phrase> {
    message.why.as_deref().map(read)
}

fn read(text: &str) -> Phrase {
    kept::read(text, OURS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::kept::kept;
    use crate::words::{Language, Part};

    #[test]
    fn a_sentence_of_ours_is_kept_as_data_and_a_persons_words_as_they_are() {
        let ours = Phrase::of("leaving-ended").with("code", "75").with("said", ": the gateway is full");
        let back = read(&kept(&ours));
        assert_eq!(back, ours);
        assert_eq!(back.to_string(), "the command ended with 75: the gateway is full");
        assert_eq!(back.said(Language::Russian), "команда завершилась с кодом 75: the gateway is full");
        for words in ["she asked us not to", "[\"leaving-timeout\",{}]", "[\"no-such\",{}]", ""] {
            assert_eq!(read(words), Phrase::from(words));
        }
        let (folder, denied) = ("/srv/out", std::io::Error::from_raw_os_error(13));
        let refused = Phrase::of("leaving-folder").with("folder", folder).with("why", &denied);
        assert_eq!(read(&kept(&refused)).to_string(), refused.to_string());
    }

    #[test]
    fn every_sentence_has_its_arguments_in_every_language() {
        for (id, names) in OURS {
            let parts = names.iter().map(|name| (*name, Part::from("‹it›"))).collect();
            let said = Phrase::Said(id, parts);
            for language in Language::ALL {
                let said = said.said(language);
                assert!(said.matches("‹it›").count() == names.len() && !said.contains("leaving-"), "{said}");
            }
        }
    }
}

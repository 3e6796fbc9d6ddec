//! Why a message has not left, kept as data, so that each reader hears it in their own language.
//!
//! A row holds `["leaving-timeout",{"seconds":"30"}]` for a sentence of ours, and plain text for a person's words.

use std::collections::BTreeMap;

use super::Message;
use crate::words::{Part, Phrase};

/// Our sentences, and what goes into each.
const OURS: &[(&str, &[&str])] = &[
    ("leaving-rehearsal", &[]),
    ("leaving-late", &[]),
    ("leaving-no-way-mail", &[]),
    ("leaving-no-way-phone", &[]),
    ("leaving-no-code", &[]),
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

/// A sentence as a row keeps it.
pub(super) fn kept(why: &Phrase) -> String {
    let Phrase::Said(id, parts) = why else { return why.to_string() };
    let parts: BTreeMap<&str, String> = parts.iter().map(|(name, part)| (*name, part.plain())).collect();
    serde_json::to_string(&(id, parts)).unwrap_or_else(|_| why.to_string())
}

/// Why a message has not left, or was dropped.
pub fn of(message: &Message) -> Option<Phrase> {
    message.why.as_deref().map(read)
}

/// What a row keeps, as a sentence again.
fn read(text: &str) -> Phrase {
    let ours = || {
        let (id, mut parts): (String, BTreeMap<String, String>) = serde_json::from_str(text).ok()?;
        let (id, names) = OURS.iter().find(|(known, _)| *known == id)?;
        let parts = names.iter().map(|name| Some((*name, Part::from(parts.remove(*name)?))));
        Some(Phrase::Said(id, parts.collect::<Option<_>>()?))
    };
    ours().unwrap_or_else(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

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

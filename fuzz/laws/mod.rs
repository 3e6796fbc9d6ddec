//! What must hold of every parser, whatever the bytes: the fuzzer's targets, and the test that replays the corpus
//! (`tests/it/fuzz_corpus.rs`). None of them may panic; where there is a law beyond that, it is asserted.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod files;
mod signed;

pub use files::{cases, database, lists, mails};
pub use signed::{notes, tokens};

use latchkey::config::Config;
use latchkey::domain::{AccountId, Day, Email, Iccid, Imei, Imsi, Phone, ReceiptNo, Region, Retailer};
use latchkey::domain::{Request, Serial, Shown, Tac, Time, fold_words, is_hidden, near_misses, tidy};
use latchkey::judgement::Policy;

/// What must hold of some bytes.
pub type Law = fn(&[u8]);

/// Every target by its name, which is its corpus' folder, too.
pub const ALL: [(&str, Law); 9] = [
    ("identifiers", identifiers),
    ("tokens", tokens),
    ("notes", notes),
    ("lists", lists),
    ("cases", cases),
    ("mails", mails),
    ("policy", policy),
    ("config", config),
    ("database", database),
];

/// 2026-11-20T09:00:00Z, the present of every run.
pub const NOW: Time = Time(1_795_165_200);

/// The check digit by Luhn, counted anew: an identifier that was accepted has it.
pub fn luhn(digits: &str) -> bool {
    let double = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let digits = digits.chars().rev().map(|c| c.to_digit(10).unwrap());
    let sum: u32 = digits.enumerate().map(|(n, d)| if n % 2 == 1 { double(d) } else { d }).sum();
    sum.is_multiple_of(10)
}

/// What was accepted is accepted again in the form in which it is written, and is the same.
macro_rules! settles {
    ($text:expr, $kind:ty $(, $more:expr)?) => {
        if let Ok(found) = <$kind>::parse($text $(, $more)?) {
            let written = found.to_string();
            assert_eq!(<$kind>::parse(&written $(, $more)?).ok(), Some(found), "{written:?}");
        }
    };
}

/// IMEI, ICCID, IMSI, TAC, serial, telephone, mail address, account, receipt, times; and text that is shown.
pub fn identifiers(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(imei) = Imei::parse(text) {
        assert!(luhn(&imei.to_string()) && imei.to_string().len() == 15, "{imei}");
        assert!(!imei.masked().contains(&imei.to_string()));
    }
    if let Ok(iccid) = Iccid::parse(text) {
        assert!(Iccid::from_packed(iccid.packed()) == Some(iccid), "{iccid}");
    }
    assert!(near_misses(text).iter().all(|imei| luhn(&imei.to_string())));
    settles!(text, Imei);
    settles!(text, Iccid);
    settles!(text, Imsi);
    settles!(text, Tac);
    settles!(text, Serial);
    settles!(text, AccountId);
    settles!(text, ReceiptNo);
    settles!(text, Retailer);
    settles!(text, Time);
    settles!(text, Day);
    if let Ok(phone) = Phone::parse(text, Region::RU) {
        assert!(Phone::parse(&phone.plain(), Region::RU).ok() == Some(phone), "{}", phone.plain());
    }
    if let Ok(email) = Email::parse(text) {
        assert!(Email::parse(email.plain()).ok().as_ref() == Some(&email), "{}", email.plain());
    }
    shown(text);
}

/// What reaches a screen, an error or a log has no control, no invisible and no bidi character left.
fn shown(text: &str) {
    for said in [Shown(text).to_string(), Shown(text).clip(40)] {
        assert!(!said.chars().any(|c| c.is_control() || is_hidden(c)), "{said:?}");
    }
    let lines = Shown(text).lines().to_string();
    assert!(!lines.chars().any(|c| c != '\n' && c != '\t' && (c.is_control() || is_hidden(c))), "{lines:?}");
    let folded = fold_words(text);
    assert_eq!(fold_words(&folded), folded, "folding words ends");
    assert_eq!(tidy(&tidy(text)), tidy(text));
}

/// `policy.toml`: what is taken keeps the floors, and the same text is the same policy.
pub fn policy(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(policy) = Policy::parse(text) else { return };
    let thresholds = &policy.thresholds;
    assert!(thresholds.cooldown_hours >= 24 && thresholds.tries >= 1 && thresholds.token_days >= 1);
    for request in [Request::Unbind, Request::DeviceReset, Request::PasswordReset, Request::LoginRecovery] {
        let accepted = policy.accepted(request);
        assert!(
            accepted.one.iter().chain(&accepted.two).all(|set| !set.is_empty()),
            "nothing suffices for it"
        );
    }
    assert_eq!(Policy::parse(text).map(|again| again.digest).ok().as_ref(), Some(&policy.digest));
}

/// `config.toml` and the keys in it: every line that cannot be followed is told, and no more than there are.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(config) = Config::parse(text) else { return };
    let bound = config.screen.keys.len();
    let told = latchkey::tui::keys_not_followed(&config.screen.keys);
    assert!(told.len() <= bound && told.iter().all(|line| *line <= text.lines().count().max(1)));
    assert_eq!(Config::parse(text).as_ref(), Ok(&config));
}

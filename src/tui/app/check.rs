//! Fields checked while they are typed, with the parsers that judge the case later.

use super::form::{Field, Rule};
use crate::domain::reading::fact_pairs;
use crate::domain::{
    Damage, Day, Email, Iccid, Imei, Phone, ReceiptNo, Region, Retailer, Serial, Slip, Spoken,
};
use crate::words::{Language, Phrase, say, say_with};

/// What is said beside a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to say yet.
    Quiet,
    Good(String),
    /// It can be sent, but look.
    Note(String),
    Bad(String),
}

/// Checks a field's text.
pub fn check(l: Language, field: &Field, region: Region) -> Verdict {
    let text = field.value().trim();
    match field.rule {
        Rule::Free | Rule::Path | Rule::Ticked => Verdict::Quiet,
        Rule::Needed if text.is_empty() => Verdict::Note(say(l, "field-needed").into()),
        Rule::Needed => Verdict::Good(String::new()),
        Rule::Word(word) if text == word => Verdict::Good(say(l, "field-typed").into()),
        Rule::Word(word) if word.starts_with(text) => {
            Verdict::Note(say_with(l, "field-type", &[("word", word.into())]))
        }
        Rule::Word(word) => Verdict::Bad(say_with(l, "field-type", &[("word", word.into())])),
        Rule::Code => code(l, text),
        Rule::Challenge => challenge(l, text),
        Rule::Spoken => spoken(l, text),
        Rule::Column(_) if text.is_empty() => Verdict::Quiet,
        Rule::Column(column) => value(l, column, text, region),
    }
}

fn code(l: Language, text: &str) -> Verdict {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if text.chars().any(|c| !c.is_ascii_digit() && c != ' ' && c != '-') {
        return Verdict::Bad(say(l, "field-digits").into());
    }
    match digits {
        6 => Verdict::Good(say(l, "field-six").into()),
        n if n > 6 => Verdict::Bad(say(l, "field-six-only").into()),
        n => Verdict::Note(say_with(l, "field-of-six", &[("n", n.into())])),
    }
}

fn challenge(l: Language, text: &str) -> Verdict {
    if text.is_empty() {
        return Verdict::Quiet;
    }
    if text.chars().all(|c| c.is_ascii_hexdigit()) {
        Verdict::Good(say(l, "field-challenge").into())
    } else {
        Verdict::Bad(say(l, "field-hex").into())
    }
}

fn spoken(l: Language, text: &str) -> Verdict {
    match Spoken::parse(text) {
        _ if text.is_empty() => Verdict::Note(say(l, "field-needed").into()),
        Ok(_) => Verdict::Good(say(l, "field-spoken").into()),
        Err(Slip::Length(n)) if n < 13 => Verdict::Note(say_with(l, "field-of-thirteen", &[("n", n.into())])),
        Err(why) => Verdict::Bad(crate::desk::spoken::slip(why).said(l).into_owned()),
    }
}

fn said<T, E: Into<Damage>>(l: Language, read: Result<T, E>, good: impl FnOnce(T) -> String) -> Verdict {
    match read {
        Ok(value) => Verdict::Good(good(value)),
        Err(why) => Verdict::Bad(Phrase::from(why.into()).said(l).into_owned()),
    }
}

fn value(l: Language, column: &str, text: &str, region: Region) -> Verdict {
    match column {
        "imei" | "imei2" | "receipt_imei" | "box_imei" => said(l, Imei::parse(text), |imei| {
            let values = [("imei", imei.to_string().into()), ("tac", format!("{:08}", imei.tac()).into())];
            say_with(l, "field-imei", &values)
        }),
        "serial" | "receipt_serial" | "box_serial" => {
            said(l, Serial::parse(text), |s: Serial| s.as_str().to_owned())
        }
        "sim_msisdn" => said(l, Phone::parse(text, region), Phone::plain),
        "sim_iccid" => said(l, Iccid::parse(text), |_| say(l, "field-check-digit").into()),
        "receipt_date" => said(l, Day::parse(text), |d| d.to_string()),
        "receipt_no" => said(l, ReceiptNo::parse(text), |n| n.as_str().to_owned()),
        "receipt_retailer" => said(l, Retailer::parse(text), |r| r.as_str().to_owned()),
        "account_email" => said(l, Email::parse(text), |e| e.plain().to_owned()),
        "facts" => facts(l, text),
        _ => Verdict::Quiet,
    }
}

const FACTS: [&str; 6] = ["name", "region", "registered", "email", "phone", "device"];

fn facts(l: Language, text: &str) -> Verdict {
    let pairs = fact_pairs(text);
    if let Some((key, _)) = pairs.iter().find(|(key, _)| !FACTS.contains(&key.as_str())) {
        return Verdict::Bad(say_with(
            l,
            "field-no-fact",
            &[("key", key.as_str().into()), ("facts", FACTS.join(", ").into())],
        ));
    }
    if let Some((key, _)) = pairs.iter().find(|(_, answer)| answer.is_empty()) {
        return Verdict::Note(format!("{key}=…"));
    }
    Verdict::Good(say_with(l, "field-answers", &[("n", pairs.len().into())]))
}

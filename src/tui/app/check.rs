//! Fields checked while they are typed, with the parsers that judge the case later.

use super::form::{Field, Rule};
use crate::domain::reading::fact_pairs;
use crate::domain::{Day, Email, Iccid, Imei, Phone, ReceiptNo, Region, Retailer, Serial};

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
pub fn check(field: &Field, region: Region) -> Verdict {
    let text = field.value().trim();
    match field.rule {
        Rule::Free | Rule::Path | Rule::Ticked => Verdict::Quiet,
        Rule::Needed if text.is_empty() => Verdict::Note("needed".into()),
        Rule::Needed => Verdict::Good(String::new()),
        Rule::Word(word) if text == word => Verdict::Good("typed".into()),
        Rule::Word(word) if word.starts_with(text) => Verdict::Note(format!("type {word}")),
        Rule::Word(word) => Verdict::Bad(format!("type {word}")),
        Rule::Code => code(text),
        Rule::Challenge => challenge(text),
        Rule::Column(_) if text.is_empty() => Verdict::Quiet,
        Rule::Column(column) => value(column, text, region),
    }
}

fn code(text: &str) -> Verdict {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if text.chars().any(|c| !c.is_ascii_digit() && c != ' ' && c != '-') {
        return Verdict::Bad("digits only".into());
    }
    match digits {
        6 => Verdict::Good("six digits".into()),
        n if n > 6 => Verdict::Bad("a code is six digits".into()),
        n => Verdict::Note(format!("{n} of 6 digits")),
    }
}

fn challenge(text: &str) -> Verdict {
    if text.is_empty() {
        return Verdict::Quiet;
    }
    if text.chars().all(|c| c.is_ascii_hexdigit()) {
        Verdict::Good("the token is good for 24 hours, on that device".into())
    } else {
        Verdict::Bad("hexadecimal digits, as the device shows them".into())
    }
}

fn said<T, E: std::fmt::Display>(read: Result<T, E>, good: impl FnOnce(T) -> String) -> Verdict {
    match read {
        Ok(value) => Verdict::Good(good(value)),
        Err(why) => Verdict::Bad(why.to_string()),
    }
}

fn value(column: &str, text: &str, region: Region) -> Verdict {
    match column {
        "imei" | "imei2" | "receipt_imei" | "box_imei" => {
            said(Imei::parse(text), |imei| format!("{imei}, type code {:08}", imei.tac()))
        }
        "serial" | "receipt_serial" | "box_serial" => {
            said(Serial::parse(text), |s: Serial| s.as_str().to_owned())
        }
        "sim_msisdn" => said(Phone::parse(text, region), Phone::plain),
        "sim_iccid" => said(Iccid::parse(text), |_| "the check digit is right".into()),
        "receipt_date" => said(Day::parse(text), |d| d.to_string()),
        "receipt_no" => said(ReceiptNo::parse(text), |n| n.as_str().to_owned()),
        "receipt_retailer" => said(Retailer::parse(text), |r| r.as_str().to_owned()),
        "account_email" => said(Email::parse(text), |e| e.plain().to_owned()),
        "facts" => facts(text),
        _ => Verdict::Quiet,
    }
}

const FACTS: [&str; 6] = ["name", "region", "registered", "email", "phone", "device"];

fn facts(text: &str) -> Verdict {
    let pairs = fact_pairs(text);
    if let Some((key, _)) = pairs.iter().find(|(key, _)| !FACTS.contains(&key.as_str())) {
        return Verdict::Bad(format!("`{key}` is none of {}", FACTS.join(", ")));
    }
    if let Some((key, _)) = pairs.iter().find(|(_, answer)| answer.is_empty()) {
        return Verdict::Note(format!("{key}=…"));
    }
    Verdict::Good(format!("{} answers", pairs.len()))
}

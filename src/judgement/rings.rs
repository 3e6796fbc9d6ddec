//! What many claims together say that none of them says: numbers in a row, one template, a burst. Pure; it refuses nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::policy::Rings;
use crate::domain::{Time, words::words};
use crate::words::Phrase;

words! {
    /// What is worth a look.
    SignKind {
        NearImeis = "near-imeis",
        NearReceipts = "near-receipts",
        SameText = "same-text",
        SameImage = "same-image",
        Burst = "burst",
        GrantsApart = "grants-apart",
        BlindGrants = "blind-grants",
        GrantsToOne = "grants-to-one",
        OwnerWrote = "owner-wrote",
    }
}

/// Something that is worth a look.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Sign {
    /// What.
    pub kind: SignKind,
    /// How many, by which it was found.
    pub count: i64,
    /// Seconds between two grants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
    /// Who signed, where it is about an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Who asked, masked, where it is about one claimant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimant: Option<String>,
    /// The tickets, oldest first; a few dozen at most.
    pub tickets: Vec<i64>,
}

/// Tickets that a sign names.
pub const MOST_NAMED: usize = 50;

impl Sign {
    /// What it says, a sentence.
    pub fn reason(&self) -> Phrase {
        let id = match self.kind {
            SignKind::NearImeis => "sign-near-imeis",
            SignKind::NearReceipts => "sign-near-receipts",
            SignKind::SameText => "sign-same-text",
            SignKind::SameImage => "sign-same-image",
            SignKind::Burst => "sign-burst",
            SignKind::GrantsApart => "sign-grants-apart",
            SignKind::BlindGrants => "sign-blind-grants",
            SignKind::GrantsToOne => "sign-grants-to-one",
            SignKind::OwnerWrote => "sign-owner-wrote",
        };
        Phrase::of(id)
            .with("n", self.count)
            .with("seconds", self.seconds.unwrap_or_default())
            .with("agent", self.agent.clone().unwrap_or_default())
            .with("claimant", self.claimant.clone().unwrap_or_default())
    }

    /// A sign over tickets in any order.
    pub fn over(kind: SignKind, tickets: impl IntoIterator<Item = i64>) -> Self {
        let tickets: BTreeSet<i64> = tickets.into_iter().collect();
        let count = i64::try_from(tickets.len()).unwrap_or(i64::MAX);
        let tickets = tickets.into_iter().take(MOST_NAMED).collect();
        Self { kind, count, seconds: None, agent: None, claimant: None, tickets }
    }
}

/// What of a ticket is compared with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submitted {
    /// The ticket.
    pub ticket: i64,
    /// When it came, in Unix seconds.
    pub at: i64,
    /// The first 14 digits of its IMEIs.
    pub imeis: Vec<i64>,
    /// Retailer and letters of each receipt's number, and its digits as a number.
    pub receipts: Vec<(String, i64)>,
}

/// Digits at the end of a receipt's number, and all that stands before them.
pub fn receipt_series(retailer: &str, number: &str) -> Option<(String, i64)> {
    let digits = number.chars().rev().take_while(char::is_ascii_digit).take(15).count();
    let cut = number.chars().count() - digits;
    let (head, tail): (String, String) =
        (number.chars().take(cut).collect(), number.chars().skip(cut).collect());
    Some((format!("{retailer}\n{head}"), tail.parse().ok()?))
}

/// The words of a text without its numbers: what is left of a form that somebody fills in again and again. Nothing where
/// that is too little to tell.
pub fn template(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let joined = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    (joined.chars().count() >= 40).then_some(joined)
}

/// What the claims of one submitter show together.
pub fn of_submitter(claims: &[Submitted], rings: &Rings) -> Vec<Sign> {
    let mut signs = Vec::new();
    // Serial numbers of one type alone are a row: eight digits of type before six of serial.
    let imeis = claims.iter().flat_map(|c| c.imeis.iter().map(|i| (i / 1_000_000, *i, c.ticket)));
    signs.extend(rows(imeis, rings.near_imeis, rings.near_imei_gap, SignKind::NearImeis));
    let receipts = claims.iter().flat_map(|c| c.receipts.iter().map(|(s, n)| (s.as_str(), *n, c.ticket)));
    signs.extend(rows(receipts, rings.near_receipts, rings.near_receipt_gap, SignKind::NearReceipts));
    signs.extend(burst(claims, rings));
    signs
}

/// Runs of different numbers in one series, each at most `gap` from the one before, over at least two tickets.
fn rows<S: Ord>(
    numbers: impl Iterator<Item = (S, i64, i64)>,
    least: i64,
    gap: i64,
    kind: SignKind,
) -> Vec<Sign> {
    let mut series: BTreeMap<S, BTreeMap<i64, Vec<i64>>> = BTreeMap::new();
    for (of, number, ticket) in numbers {
        series.entry(of).or_default().entry(number).or_default().push(ticket);
    }
    let mut signs = Vec::new();
    let mut keep = |run: &mut Vec<(i64, Vec<i64>)>| {
        let different = i64::try_from(run.len()).unwrap_or(i64::MAX);
        let sign = Sign::over(kind, run.drain(..).flat_map(|(_, tickets)| tickets));
        if different >= least && sign.tickets.len() > 1 {
            signs.push(Sign { count: different, ..sign });
        }
    };
    for numbers in series.into_values() {
        let mut run: Vec<(i64, Vec<i64>)> = Vec::new();
        for (number, tickets) in numbers {
            if run.last().is_some_and(|(last, _)| number - last > gap) {
                keep(&mut run);
            }
            run.push((number, tickets));
        }
        keep(&mut run);
    }
    signs
}

/// The fullest stretch of so many hours.
fn burst(claims: &[Submitted], rings: &Rings) -> Option<Sign> {
    let mut times: Vec<(i64, i64)> = claims.iter().map(|c| (c.at, c.ticket)).collect();
    times.sort_unstable();
    let mut best: &[(i64, i64)] = &[];
    let mut from = 0;
    for to in 0..times.len() {
        while Time(times[to].0).since(Time(times[from].0)).0 >= rings.burst_hours * 3600 {
            from += 1;
        }
        if to + 1 - from > best.len() {
            best = times.get(from..=to).unwrap_or_default();
        }
    }
    let count = i64::try_from(best.len()).unwrap_or(i64::MAX);
    (count >= rings.burst).then(|| Sign::over(SignKind::Burst, best.iter().map(|(_, ticket)| *ticket)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(ticket: i64, at: i64, imei: i64, receipt: &str) -> Submitted {
        let receipts = receipt_series("dns", receipt).into_iter().collect();
        Submitted { ticket, at, imeis: vec![imei], receipts }
    }

    #[test]
    fn numbers_in_a_row_are_a_sign_and_a_few_or_far_ones_are_not() {
        let rings = Rings::default();
        let far = 5_000_000;
        for (name, claims, found) in [
            (
                "three in a row",
                vec![(1, 0, "A-1"), (2, 5, "B-90"), (3, 25, "C-7")],
                vec![(SignKind::NearImeis, 3)],
            ),
            ("too far", vec![(1, 0, "A-1"), (2, 21, "B-90"), (3, 60, "C-7")], vec![]),
            ("two only", vec![(1, 0, "A-1"), (2, 1, "B-90"), (3, 900, "C-7")], vec![]),
            ("another type", vec![(1, 0, "A-1"), (2, 1, "B-90"), (3, far, "C-7")], vec![]),
            ("the same device again", vec![(1, 0, "A-1"), (2, 0, "B-90"), (3, 0, "C-7")], vec![]),
            ("one ticket", vec![(1, 0, "A-1"), (1, 1, "B-90"), (1, 2, "C-7")], vec![]),
            (
                "receipts",
                vec![(1, 0, "DN-0099"), (2, 900, "DN-0100"), (3, 1800, "DN-0102")],
                vec![(SignKind::NearReceipts, 3)],
            ),
            ("receipts of two kinds", vec![(1, 0, "DN-1"), (2, 900, "DX-2"), (3, 1800, "DN-3")], vec![]),
        ] {
            let claims: Vec<Submitted> = claims
                .into_iter()
                .map(|(ticket, imei, receipt)| {
                    claim(ticket, ticket * 86_400, 35_417_803_000_000 + imei, receipt)
                })
                .collect();
            let signs: Vec<_> =
                of_submitter(&claims, &rings).into_iter().map(|s| (s.kind, s.count)).collect();
            assert_eq!(signs, found, "{name}");
        }
    }

    #[test]
    fn a_burst_is_the_fullest_hour() {
        let rings = Rings { burst: 4, ..Rings::default() };
        let at = |times: &[i64]| {
            let claims: Vec<Submitted> = times
                .iter()
                .zip(1..)
                .map(|(at, ticket)| claim(ticket, *at, ticket * 7_000_000_000, ""))
                .collect();
            of_submitter(&claims, &rings).into_iter().map(|s| s.tickets).collect::<Vec<_>>()
        };
        assert_eq!(at(&[0, 3599, 10, 20]), [[1, 2, 3, 4]]);
        assert_eq!(at(&[0, 3600, 3601, 3602]), Vec::<Vec<i64>>::new());
        assert_eq!(at(&[0, 3600, 3601, 3602, 7199]), [[2, 3, 4, 5]]);
        assert_eq!(at(&[0, 1, 2, 3600]), Vec::<Vec<i64>>::new());
        assert_eq!(at(&[0, 1, 2, 3, 9000, 9001, 9002, 9003]), [[1, 2, 3, 4]], "the first of two as full");
        assert_eq!(at(&[0, 1, 2, 3, 4, 9000]), [[1, 2, 3, 4, 5]]);
        let two_hours = Rings { burst_hours: 2, burst: 4, ..Rings::default() };
        let claims: Vec<_> =
            [0, 1, 2, 7199].iter().zip(1..).map(|(at, n)| claim(n, *at, n * 7_000_000_000, "")).collect();
        assert_eq!(of_submitter(&claims, &two_hours).len(), 1);
        assert_eq!(at(&[]), Vec::<Vec<i64>>::new());
    }

    #[test]
    fn a_template_is_what_is_left_without_numbers() {
        let text =
            |n: u32| format!("Hello! I bought phone {n} at shop №{n}, please unbind it from the account.");
        let words = "hello i bought phone at shop please unbind it from the account";
        assert_eq!(template(&text(1)).as_deref(), Some(words));
        assert_eq!(template(&text(1)), template(&text(28)));
        assert_eq!(template(&"a".repeat(40)).map(|t| t.len()), Some(40));
        assert_eq!(template(&"a".repeat(39)), None);
        assert_eq!(template("Unbind 1"), None);
        assert_eq!(receipt_series("dns", "А-007"), Some(("dns\nА-".into(), 7)));
        assert_eq!(receipt_series("dns", "ABC"), None);
    }
}

//! §4, checks that look at other tickets: rate, rival, twin, tries. A table row each.

use super::*;
use Outcome::{Fail, Pass, Skip};
use Recommendation::{Approve, ApproveSecond, Hold, Investigate};

#[test]
fn the_queue() {
    table(
        Check::ClaimantRate,
        &[
            ("three devices", |_, f| many(f, 2, false), Pass, Approve),
            ("four devices", |_, f| many(f, 3, false), Fail, Investigate),
            (
                "four devices, closed tickets too",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others.iter_mut().for_each(|o| o.open = false);
                },
                Fail,
                Investigate,
            ),
            ("devices of one receipt count once", |_, f| many(f, 9, true), Pass, Approve),
            (
                "devices chained by two receipts count once",
                |_, f| {
                    many(f, 4, false);
                    let keys: Vec<i64> =
                        ["DN-1", "DN-2"].iter().filter_map(|n| paper(n).fold_key()).collect();
                    f.desk.others[0].receipts = vec![keys[1]];
                    f.desk.others[1].receipts = keys;
                },
                Pass,
                Approve,
            ),
            (
                "one pair is cleared",
                |_, f| {
                    many(f, 3, false);
                    f.desk.others[0].cleared = vec!["claimant.rate".into()];
                },
                Pass,
                Approve,
            ),
            (
                "no contact given",
                |c, f| {
                    many(f, 3, false);
                    c.claimant.email = given("nowhere", Email::parse);
                },
                Skip,
                Approve,
            ),
        ],
    );
    table(
        Check::TicketRival,
        &[
            (
                "on the device, no proof: a caution",
                |_, f| f.desk.others = vec![other(Some(DEVICE))],
                Fail,
                ApproveSecond,
            ),
            (
                "on the device, with a proof",
                |_, f| {
                    f.desk.others =
                        vec![Other { proofs: vec![crate::domain::Proof::Facts], ..other(Some(DEVICE)) }];
                },
                Fail,
                Hold,
            ),
            (
                "no set of our own",
                |c, f| {
                    f.desk.others = vec![other(Some(DEVICE))];
                    c.evidence.clear();
                },
                Fail,
                Hold,
            ),
            (
                "closed",
                |_, f| f.desk.others = vec![Other { open: false, ..other(Some(DEVICE)) }],
                Pass,
                Approve,
            ),
            (
                "the same claimant",
                |_, f| f.desk.others = vec![Other { same_claimant: true, ..other(Some(DEVICE)) }],
                Pass,
                Approve,
            ),
            (
                "another device of the account",
                |_, f| f.desk.others = vec![other(Some(OTHER_DEVICE))],
                Pass,
                Approve,
            ),
            (
                "one that names none, on the account",
                |_, f| f.desk.others = vec![other(None)],
                Fail,
                ApproveSecond,
            ),
            (
                "cleared",
                |_, f| {
                    f.desk.others =
                        vec![Other { cleared: vec!["ticket.rival".into()], ..other(Some(DEVICE)) }];
                },
                Pass,
                Approve,
            ),
        ],
    );
    table(
        Check::ClaimTries,
        &[
            ("two in a day", |_, f| f.desk.wrong_answers = vec![ago(0); 2], Pass, Approve),
            ("three in a day", |_, f| f.desk.wrong_answers = vec![ago(0); 3], Fail, Hold),
            (
                "wrong facts that were removed are the third",
                |c, f| {
                    f.desk.wrong_answers = vec![ago(0); 2];
                    item(c, FACTS).item = Item::Facts(vec![("region".into(), "KZ".into())]);
                    item(c, FACTS).added_at = now().minus_hours(3);
                },
                Fail,
                Hold,
            ),
            (
                "five in a month",
                |_, f| f.desk.wrong_answers = (1..6).map(|n| ago(4 * n)).collect(),
                Pass,
                Approve,
            ),
            (
                "six in a month",
                |_, f| f.desk.wrong_answers = (1..7).map(|n| ago(4 * n)).collect(),
                Fail,
                Hold,
            ),
        ],
    );
}

fn many(facts: &mut Facts, count: i64, one_receipt: bool) {
    let key = paper("DN-1").fold_key().unwrap();
    let other = |n| Other {
        same_claimant: true,
        receipts: if one_receipt { vec![key] } else { Vec::new() },
        ..other(Some(100 + n))
    };
    facts.desk.others = (0..count).map(other).collect();
}

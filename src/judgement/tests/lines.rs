//! §6: which line applies, why, and what else is said.

use super::*;
use Recommendation::{Approve, ApproveSecond, Ask, Guide, Hold, Investigate, Refer, Refuse};

/// All that can be wrong at once, from a line on.
fn wrong_from(line: Recommendation) -> (Claim, Facts) {
    let (mut claim, mut facts) = owner();
    let lines = [Investigate, Refuse, Refer, Hold, Guide];
    let from = lines.iter().position(|l| *l == line).unwrap_or(lines.len());
    for line in lines.into_iter().skip(from) {
        match line {
            Investigate => {
                let key = paper("DN-1").fold_key().unwrap();
                facts.desk.others = vec![Other {
                    same_receipt: true,
                    receipts: vec![key],
                    open: false,
                    ..other(Some(DEVICE))
                }];
            }
            Refuse => device(&mut facts).notices = vec![notice(NoticeStatus::Confirmed)],
            Refer => {
                for n in 0..9 {
                    let seen = Sighting { iccid: Some(iccid(n)), ..sighting("2026-11-10", "2026-11-12") };
                    device(&mut facts).sightings.push(seen);
                }
            }
            Hold => facts.desk.wrong_answers = vec![ago(0); 3],
            Guide => claim.access = Some(crate::domain::Access::SignedIn),
            _ => {}
        }
    }
    (claim, facts)
}

#[test]
fn the_first_line_applies_and_the_rest_is_listed() {
    let all = [Investigate, Refuse, Refer, Hold, Guide];
    for (at, line) in all.into_iter().enumerate() {
        let (claim, facts) = wrong_from(line);
        let judgement = judge(&claim, &facts, &Policy::shipped(), now());
        assert_eq!(judgement.recommendation, line, "{:?}", judgement.because);
        assert_eq!(judgement.also, all[at + 1..], "{line}");
    }
}

#[test]
fn every_reason_of_a_line_is_listed() {
    for (line, bend, recommendation, because) in [
        (
            "owner's objection",
            (|_, f| f.desk.objected_at = Some(ago(1))) as Bend,
            Refuse,
            vec!["owner.objection"],
        ),
        (
            "objection to a lost report",
            |c, f| {
                c.request = Request::LostReport;
                f.desk.objected_at = Some(ago(1));
            },
            Refuse,
            vec!["owner.objection"],
        ),
        (
            "two holds",
            |_, f| {
                f.desk.wrong_answers = vec![ago(0); 3];
                device(f).notices = vec![notice(NoticeStatus::Pending)];
            },
            Hold,
            vec!["device.notice", "claim.tries"],
        ),
        (
            "two cautions",
            |_, f| {
                account(f).last_sign_in_at = Some(ago(1));
                device(f).bindings[0].bound_at = ago(1);
                f.registry.claimed = Some(ClaimedAccount { account: Some(8), conflict: false });
            },
            ApproveSecond,
            vec!["binding.age", "account.match", "account.idle"],
        ),
        (
            "a suspended account",
            |_, f| account(f).state = AccountState::Suspended,
            ApproveSecond,
            vec!["account.known"],
        ),
        (
            "a deleted account is no caution",
            |_, f| account(f).state = AccountState::Deleted,
            Approve,
            vec!["sim", "purchase"],
        ),
        (
            "login-recovery of a suspended account",
            |c, f| {
                c.request = Request::LoginRecovery;
                account(f).state = AccountState::Suspended;
            },
            Ask,
            vec!["account.known"],
        ),
        (
            "a damaged IMEI beside no serial is no caution",
            |c, _| {
                c.device.imei2 = given("123", Imei::parse);
            },
            Approve,
            vec!["sim", "purchase"],
        ),
        (
            "a damaged IMEI beside a good serial",
            |c, _| {
                c.device.imei = given("123", Imei::parse);
                c.device.serial = given("12345/A1", crate::domain::Serial::parse);
            },
            ApproveSecond,
            vec!["imei.form"],
        ),
        (
            "account-deletion of one who is signed in",
            |c, _| {
                c.request = Request::AccountDeletion;
                c.access = Some(crate::domain::Access::SignedIn);
            },
            Guide,
            vec!["self.service", "account-deletion"],
        ),
        (
            "what must be corrected",
            |c, f| {
                c.device.imei = given("123", Imei::parse);
                c.evidence.retain(|e| e.id == RECEIPT);
                item(c, RECEIPT).item = Item::Receipt(Receipt { number: None, ..paper("DN-1") });
                f.registry = RegistryFacts {
                    receipt: Some(ReceiptFacts { feed: true, sales: Vec::new() }),
                    ..RegistryFacts::default()
                };
                f.registry.claimed = Some(ClaimedAccount::default());
            },
            Ask,
            vec!["imei.form", "account.known", "receipt.form"],
        ),
    ] {
        let judgement = judged(bend);
        assert_eq!(
            (judgement.recommendation, judgement.because),
            (recommendation, because.iter().map(|b| (*b).to_owned()).collect()),
            "{line}"
        );
    }
}

#[test]
fn the_owner_must_be_told_of_what_two_approve() {
    for (line, bend, recommendation) in [
        ("nobody to tell, one agent", (|_, f| account(f).contacts.clear()) as Bend, Approve),
        (
            "nobody to tell, a caution",
            |_, f| {
                account(f).contacts.clear();
                account(f).last_sign_in_at = Some(ago(1));
            },
            Refer,
        ),
        (
            "replaced 89 days ago",
            |_, f| {
                account(f).contacts.iter_mut().for_each(|c| c.replaced_at = Some(ago(89)));
                account(f).last_sign_in_at = Some(ago(1));
            },
            ApproveSecond,
        ),
        (
            "replaced 90 days ago",
            |_, f| {
                account(f).contacts.iter_mut().for_each(|c| c.replaced_at = Some(ago(90)));
                account(f).last_sign_in_at = Some(ago(1));
            },
            Refer,
        ),
        (
            "never verified",
            |_, f| {
                account(f).contacts.iter_mut().for_each(|c| c.verified_at = None);
                account(f).last_sign_in_at = Some(ago(1));
            },
            Refer,
        ),
        (
            "a hold comes to nothing that could be told",
            |_, f| {
                account(f).contacts.clear();
                account(f).last_sign_in_at = Some(ago(1));
                f.desk.wrong_answers = vec![ago(0); 3];
            },
            Hold,
        ),
        (
            "a lost report takes no notice",
            |c, f| {
                c.request = Request::LostReport;
                account(f).contacts.clear();
                account(f).last_sign_in_at = Some(ago(1));
            },
            ApproveSecond,
        ),
    ] {
        assert_eq!(judged(bend).recommendation, recommendation, "{line}");
    }
}

#[test]
fn missing_sets_are_the_smallest_in_a_fixed_order() {
    for (request, kept, missing) in [
        (Request::Unbind, &[][..], "consent · sim+purchase · facts+purchase · box+purchase · sim+facts+box"),
        (Request::Unbind, &[RECEIPT][..], "consent · sim · facts · box"),
        (Request::Unbind, &[SIM][..], "consent · purchase · facts+box"),
        (Request::Unbind, &[BOX, FACTS][..], "consent · sim · purchase"),
        (Request::Unbind, &[RECEIPT, SIM][..], ""),
        (Request::DeviceReset, &[][..], "consent · sim+purchase · box+purchase · sim+facts+box"),
        (Request::DeviceReset, &[RECEIPT, FACTS][..], "consent · sim · box"),
        (Request::PasswordReset, &[RECEIPT][..], "sim+facts"),
        (Request::LoginRecovery, &[][..], "sim+facts · sim+purchase"),
        (Request::LoginRecovery, &[FACTS][..], "sim"),
        (Request::LostReport, &[BOX][..], "consent · sim · facts · purchase"),
        (Request::AccountDeletion, &[][..], ""),
        (Request::Activation, &[][..], ""),
    ] {
        let (mut claim, mut facts) = owner();
        claim.request = request;
        for id in kept {
            restore(&mut claim, &mut facts, *id);
        }
        claim.evidence.retain(|e| kept.contains(&e.id));
        let judgement = judge(&claim, &facts, &Policy::shipped(), now());
        let set = |set: &Vec<crate::domain::Proof>| {
            set.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
        };
        let said = judgement.missing.iter().map(set).collect::<Vec<_>>().join(" · ");
        assert_eq!(said, missing, "{request} with {kept:?}");
    }
}

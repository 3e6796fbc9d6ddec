//! What an approver cleared counts only with an approver's signature, and what somebody asked for only with their own:
//! whoever writes a clearing past the desk is refused when somebody builds on it, and named by `audit verify`.

use latchkey::audit::{Draft, Info};
use latchkey::desk::import::ImportOptions;
use latchkey::desk::{Failure, Kind};
use latchkey::domain::{Channel, EvidenceKind, Recommendation, Role, Time};
use latchkey::judgement::Check;
use sha2::{Digest as _, Sha256};

use crate::desk_outbox::copy;
use crate::desk_rehearsal::{Rehearsal, noon};
use crate::own_program::OwnProgram;

/// The group of decisions, approvals and clearings, and that of notices.
const DECISION: usize = 2;
const NOTICE: usize = 4;

pub fn copied(from: &Rehearsal) -> Rehearsal {
    let made = Rehearsal { dir: tempfile::tempdir().unwrap() };
    copy(&from.folder(), &made.folder());
    made
}

/// Two claimants with one receipt, which dora cleared; the second one is decided. Boris brought something for the first, so
/// that he clears nothing of it, and may approve the other.
fn two_claimants() -> Rehearsal {
    let made = Rehearsal::new();
    for (reference, claimant) in [("T-1", "third@post.example"), ("T-2", "fourth@post.example")] {
        let columns = [
            ("request", "unbind"),
            ("claimant_email", claimant),
            ("access", "none"),
            ("imei", "867530900000017"),
            ("receipt_retailer", "DNS"),
            ("receipt_no", "DN-0000001"),
            ("receipt_date", "2025-01-29"),
            ("sim_msisdn", "+79160000001"),
            ("sim_iccid", "8970101000000000004"),
        ];
        made.case(reference, &columns);
    }
    made.desk("clara").add_agent("dora", &[Role::Approver], None).unwrap();
    made.prove("T-2", Channel::Sim);
    let day = noon().plus_hours(25);
    let columns = [("box_serial".to_owned(), "11111/A1".to_owned())].into();
    made.desk_at("boris", day).add_evidence("T-1", EvidenceKind::Box, &columns, None).unwrap();
    for check in [Check::ReceiptUnique, Check::TicketRival] {
        made.desk_at("dora", day).clear("T-1", check, "T-2", "one family").unwrap();
    }
    let mut anna = made.desk_at("anna", day);
    anna.decide("T-2", Recommendation::ApproveSecond, Some("to be sure"), false).unwrap();
    made
}

/// Who forges a clearing of `box.unique` on T-1 against T-2, and how far their program goes.
struct Forged {
    what: &'static str,
    /// Whose key the program has.
    by: &'static str,
    /// In whose name the leaf is; none is written where nobody is named.
    leaf: Option<&'static str>,
    /// What the leaf says was cleared.
    says: (&'static str, i64),
}

/// An act that builds on a clearing.
type Builds<'a> = &'a dyn Fn(&Rehearsal) -> Result<(), Failure>;

const FORGED: [Forged; 7] = [
    Forged { what: "a row alone", by: "boris", leaf: None, says: ("", 0) },
    Forged { what: "an agent's leaf", by: "anna", leaf: Some("anna"), says: ("box.unique", 2) },
    Forged { what: "a leaf in an approver's name", by: "anna", leaf: Some("dora"), says: ("box.unique", 2) },
    Forged { what: "a leaf of who had a hand", by: "boris", leaf: Some("boris"), says: ("box.unique", 2) },
    Forged { what: "of another check", by: "dora", leaf: Some("dora"), says: ("claimant.rate", 2) },
    Forged { what: "against another ticket", by: "dora", leaf: Some("dora"), says: ("box.unique", 3) },
    Forged { what: "a custodian's leaf", by: "clara", leaf: Some("clara"), says: ("box.unique", 2) },
];

impl Forged {
    fn done(&self, made: &Rehearsal, at: Time) {
        let program = OwnProgram::of(made, self.by);
        let jws = program.states("check.cleared", 1, "ticket:2", &[("check", "box.unique")], at);
        program.writes(&format!(
            "INSERT INTO clearing (ticket, other, name, by, at, reason, jws)
             VALUES (1, 2, 'box.unique', '{}', {}, 'so be it', '{jws}')",
            self.leaf.unwrap_or(self.by),
            at.0,
        ));
        if let Some(name) = self.leaf {
            let digest: [u8; 32] = Sha256::digest(&jws).into();
            let draft = Draft::new("check.cleared", name)
                .digest("statement", &digest)
                .info("check", Info::Text(self.says.0))
                .info("other", Info::Number(self.says.1));
            program.logs(draft, 1, &[DECISION], at, name == self.by);
        }
    }
}

/// What is forged on the one ticket, when somebody builds on the other: its own leaves and rows are as they should be.
#[test]
fn a_clearing_that_no_approver_signed_who_may_is_refused_when_it_counts_and_named() {
    let decided = two_claimants();
    let approved = copied(&decided);
    approved.desk_at("boris", noon().plus_hours(26)).approve("T-2", true).unwrap();
    let late = noon().plus_hours(110);
    let stages: [(&Rehearsal, Builds<'_>); 2] = [
        (&decided, &|made| made.desk_at("boris", late).approve("T-2", true).map(drop)),
        (&approved, &|made| made.desk_at("anna", late).issue("T-2", None, None).map(drop)),
    ];
    for (before, act) in stages {
        for forged in FORGED {
            let made = copied(before);
            forged.done(&made, noon().plus_hours(30));
            let refused = act(&made).unwrap_err();
            let words = refused.to_string();
            assert!(matches!(refused.kind, Kind::Verification | Kind::Refused), "{}: {words}", forged.what);
            // Where the leaf itself is nobody's, that is met first.
            let named = words.contains("box.unique") || words.contains("is not what was signed");
            assert!(named, "{}: {words}", forged.what);
            let verdict = made.desk_at("clara", late).audit_verify(&[]).unwrap();
            let reason = verdict.reason.to_string();
            assert!(
                !verdict.ok && reason.contains("the clearing of box.unique"),
                "{}: {reason}",
                forged.what
            );
        }
        // One who had no hand in either signs it: nothing stands in the way.
        let made = copied(before);
        let good = Forged { what: "", by: "dora", leaf: Some("dora"), says: ("box.unique", 2) };
        good.done(&made, noon().plus_hours(30));
        let verdict = made.desk_at("clara", late).audit_verify(&[]).unwrap();
        assert!(verdict.ok, "{}", verdict.reason);
        act(&made).unwrap();
    }
}

/// A lost device whose notice stands confirmed; eve is one more agent.
fn lost() -> Rehearsal {
    let made = Rehearsal::new();
    made.desk("clara").add_agent("eve", &[Role::Agent], None).unwrap();
    for reference in ["L-1", "L-2"] {
        made.case(
            reference,
            &[
                ("request", "lost-report"),
                ("claimant_email", "claimant@post.example"),
                ("imei", "867530900000017"),
                ("facts", "name=Иван Петров;region=RU;registered=2024"),
            ],
        );
    }
    made.desk("anna").decide("L-1", Recommendation::Approve, None, false).unwrap();
    made.desk("boris").confirm_notice("L-1").unwrap();
    made
}

/// The second of two clears what the first asked for: who that was says their own signature, not the row.
#[test]
fn a_notice_is_cleared_only_with_one_who_asked_for_it_by_their_own_signature() {
    // Who signs the leaf beside the row that names anna, in whose name it is, and on which ticket.
    let table = [("eve", "eve", 1), ("eve", "anna", 2), ("anna", "anna", 1)];
    let before = lost();
    for (by, name, ticket) in table {
        let made = copied(&before);
        let eve = OwnProgram::of(&made, by);
        eve.writes("UPDATE desk_notice SET clear_asked_by = 'anna' WHERE ticket = 1");
        let asked = |name| Draft::new("notice.clear_asked", name).info("notice", Info::Number(1));
        if ticket == 2 {
            // Something of their own must speak for the row.
            eve.logs(asked(by), 1, &[NOTICE], noon(), true);
        }
        eve.logs(asked(name), ticket, &[NOTICE], noon(), by == name);
        let verdict = made.desk("clara").audit_verify(&[]).unwrap();
        let cleared = made.desk("boris").clear_notice("L-1");
        if by == "anna" {
            assert!(verdict.ok, "{}", verdict.reason);
            cleared.unwrap();
            continue;
        }
        let refused = cleared.unwrap_err();
        assert_eq!(refused.kind, Kind::Verification, "{by} {name}: {refused}");
        let reason = verdict.reason.to_string();
        let named = if ticket == 1 { "a notice raised of ticket 1" } else { "leaf" };
        assert!(!verdict.ok && reason.contains(named), "{by} {name}: {reason}");
    }
}

/// The same of everybody whom a notice names: a leaf of one's own speaks for nobody else.
#[test]
fn a_notice_that_names_somebody_for_what_they_never_did_is_named() {
    let before = lost();
    let table = [
        ("notice.raised", "raised_by = 'eve'"),
        ("notice.confirmed", "confirmed_by = 'eve'"),
        ("notice.cleared", "status = 'cleared', cleared_by = 'eve', cleared_at = 1"),
    ];
    for (act, edit) in table {
        let made = copied(&before);
        let boris = OwnProgram::of(&made, "boris");
        boris.writes(&format!("UPDATE desk_notice SET {edit} WHERE ticket = 1"));
        boris.logs(Draft::new(act, "boris"), 1, &[NOTICE], noon(), true);
        let verdict = made.desk("clara").audit_verify(&[]).unwrap();
        let reason = verdict.reason.to_string();
        assert!(!verdict.ok && reason.contains("a notice raised of ticket 1"), "{act}: {reason}");
    }
}

/// Who cleared and got a hand in the case afterwards counts no more; another approver clears it in their place, and the log
/// is whole: it knows both.
#[test]
fn a_check_that_is_cleared_again_leaves_the_log_whole() {
    let made = Rehearsal::new();
    made.desk("clara").add_agent("dora", &[Role::Approver], None).unwrap();
    made.owner_case("T-1");
    made.rival_case("T-2");
    made.desk("boris").clear("T-2", Check::ReceiptUnique, "T-1", "one family").unwrap();
    let path = made.path().join("more.csv");
    std::fs::write(&path, "reference,request,claimant_name\nT-2,unbind,Anna Petrova\n").unwrap();
    let boris = |path| made.desk("boris").import_cases(path, &ImportOptions::default(), &mut |_| true);
    assert_eq!(boris(&path).unwrap().updated, 1);
    assert!(made.desk("clara").audit_verify(&[]).unwrap().ok, "before");
    let late = noon().plus_hours(25);
    made.desk_at("dora", late).clear("T-2", Check::ReceiptUnique, "T-1", "one family").unwrap();
    let verdict = made.desk_at("clara", late).audit_verify(&[]).unwrap();
    assert!(verdict.ok, "{}", verdict.reason);
    // Gone it is named.
    made.tamper("desk.db", "DELETE FROM clearing");
    assert!(!made.desk_at("clara", late).audit_verify(&[]).unwrap().ok);
}

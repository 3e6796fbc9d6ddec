//! What blocks a case, and what proves it, is what the log's lines say: whoever changes rows past the desk and signs some other act
//! over what is left is not believed, by whoever decides and by `audit verify`.

use latchkey::audit::{Draft, Info};
use latchkey::desk::hands::ACTS;
use latchkey::desk::signed::may_sign;
use latchkey::desk::{Failure, Kind};
use latchkey::domain::{Channel, Recommendation, Role};
use latchkey::store::desk::standing;

use crate::desk_clearings::copied;
use crate::desk_rehearsal::{Rehearsal, noon};
use crate::own_program::OwnProgram;

const CODES: usize = 1;
const OWNER: usize = 3;
const NOTICE: usize = 4;

/// Codes that were read back by nobody.
const A_CODE: &str = "INSERT INTO code (ticket, channel, kind, value, account, request, device, sent_at, expires_at, sent_by, \
    salt, hash, confirmed_at) SELECT id, 'contact', 'email', 'owner@mail.example', account, 'unbind', device, received_at, \
    received_at + 90000, 'anna', zeroblob(16), zeroblob(32), received_at + 60 FROM ticket WHERE id = 1";

/// A case of the owner's without a code yet; dora is an approver, olga an auditor by now.
fn case() -> Rehearsal {
    case_after(|_| ())
}

fn case_after(before: fn(&Rehearsal)) -> Rehearsal {
    let made = Rehearsal::new();
    let mut clara = made.desk("clara");
    clara.add_agent("dora", &[Role::Approver], None).unwrap();
    clara.add_agent("olga", &[Role::Auditor], None).unwrap();
    drop(clara);
    before(&made);
    made.owner_case("O-1");
    made
}

fn decide(made: &Rehearsal, word: Recommendation) -> Result<(), Failure> {
    let mut anna = made.desk_at("anna", noon().plus_hours(30));
    anna.decide("O-1", word, Some("to be sure"), false).map(drop)
}

/// Nobody decides over it, and the audit names it.
fn not_believed(made: &Rehearsal, what: &str) {
    let refused = decide(made, Recommendation::ApproveSecond).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{what}: {refused}");
    let verdict = made.desk_at("clara", noon().plus_hours(30)).audit_verify(&[]).unwrap();
    assert!(!verdict.ok, "{what}: the audit is content");
}

#[test]
fn a_leaf_without_a_word_on_rows_lets_nobody_believe_rows() {
    let made = case();
    let anna = OwnProgram::of(&made, "anna");
    anna.logs(Draft::new("case.imported", "anna"), 1, &[], noon(), true);
    anna.writes(A_CODE);
    not_believed(&made, "case.imported");
}

#[test]
fn a_code_counts_as_read_back_by_the_leaf_of_that_alone() {
    let before = case();
    for act in ["code.sent", "code.wrong", "ticket.reopened", "ticket.redacted", "ticket.emptied"] {
        for who in ["boris", "anna", "clara"] {
            let made = copied(&before);
            let own = OwnProgram::of(&made, who);
            own.writes(A_CODE);
            own.logs(Draft::new(act, who).info("code", Info::Number(1)), 1, &[CODES], noon(), true);
            not_believed(&made, &format!("{act} by {who}"));
        }
    }
}

/// Acts by which somebody could speak for a group, and by whom.
type Blocks = (&'static str, fn(&Rehearsal), &'static str, usize, &'static [&'static str]);

fn reported(made: &Rehearsal) {
    made.case(
        "L-1",
        &[
            ("request", "lost-report"),
            ("claimant_email", "reporter@post.example"),
            ("imei", "867530900000017"),
            ("facts", "name=Иван Петров;region=RU;registered=2024"),
        ],
    );
    made.desk("anna").decide("L-1", Recommendation::Approve, None, false).unwrap();
    made.desk("boris").confirm_notice("L-1").unwrap();
}

fn objected(made: &Rehearsal) {
    made.desk("anna").object("O-1", Some("not me")).unwrap();
}

fn wrong(made: &Rehearsal) {
    let mut anna = made.desk("anna");
    let sent = anna.send_code("O-1", Channel::Contact, None).unwrap().code.unwrap();
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    assert!(!anna.confirm_code("O-1", Channel::Contact, wrong).unwrap().confirmed);
}

const BLOCKS: [Blocks; 7] = [
    (
        "the notice is gone",
        reported,
        "DELETE FROM desk_notice",
        NOTICE,
        &["notice.raised", "notice.confirmed", "notice.clear_asked", "notice.cleared"],
    ),
    (
        "the notice is of another device",
        reported,
        "UPDATE desk_notice SET key = key + 1",
        NOTICE,
        &["notice.raised", "notice.confirmed", "notice.clear_asked"],
    ),
    (
        "the notice is pending, and has lapsed",
        reported,
        "UPDATE desk_notice SET status = 'pending', confirmed_by = NULL, lapses_at = 1",
        NOTICE,
        &["notice.raised", "notice.clear_asked"],
    ),
    (
        "the notice was cleared by one",
        reported,
        "UPDATE desk_notice SET status = 'cleared', clear_asked_by = 'anna', cleared_by = 'boris', cleared_at = 1",
        NOTICE,
        &["notice.raised", "notice.clear_asked", "notice.cleared"],
    ),
    ("the objection is gone", objected, "DELETE FROM objection", OWNER, &["owner.told", "owner.objected"]),
    (
        "the wrong codes are gone",
        wrong,
        "DELETE FROM wrong_code",
        CODES,
        &["code.sent", "code.wrong", "code.confirmed"],
    ),
    (
        "the wrong codes were of another year",
        wrong,
        "UPDATE wrong_code SET at = at - 40000000",
        CODES,
        &["code.sent", "code.wrong", "ticket.reopened"],
    ),
];

#[test]
fn what_blocks_a_case_stays_whatever_is_signed_over_it() {
    let at = noon().plus_hours(30);
    for (what, does, edit, group, acts) in BLOCKS {
        let before = if group == NOTICE { case_after(does) } else { case() };
        if group != NOTICE {
            does(&before);
        }
        for act in acts {
            for who in ["anna", "boris", "clara", "olga"] {
                let made = copied(&before);
                let own = OwnProgram::of(&made, who);
                own.writes(edit);
                let code = Info::Number(1);
                own.logs(Draft::new(act, who).info("code", code), 1, &[group], noon(), true);
                // Other things may stand in the way of a decision: what is asked for here is that nobody believes it.
                let decided = decide(&made, Recommendation::Hold);
                let looked = made.desk_at("clara", at).audit_verify(&[]).unwrap();
                assert!(!looked.ok, "{what}, {act} by {who}: the audit is content");
                let refused = decided.expect_err(&format!("{what}, {act} by {who}"));
                assert_eq!(refused.kind, Kind::Verification, "{what}, {act} by {who}: {refused}");
            }
        }
    }
}

/// Who forges a whole code, and the leaf that it was read back, has a hand in the case.
#[test]
fn whoever_signs_that_a_code_was_read_back_is_not_the_second_person() {
    let made = case();
    let at = noon().plus_hours(1);
    let boris = OwnProgram::of(&made, "boris");
    boris.writes(&A_CODE.replace("received_at + 60", &at.0.to_string()));
    let conn = rusqlite::Connection::open(made.folder().join("desk.db")).unwrap();
    let salt: [u8; 32] =
        conn.query_row("SELECT salt FROM ticket WHERE id = 1", [], |row| row.get(0)).unwrap();
    let whole = standing::code(&conn, 1).unwrap();
    drop(conn);
    let sent = Draft::new("code.sent", "boris").commit("code", &salt, &whole).info("code", Info::Number(1));
    boris.logs(sent, 1, &[CODES], at, true);
    not_believed(&made, "code.sent alone");
    let read = Draft::new("code.confirmed", "boris").info("code", Info::Number(1));
    boris.logs(read, 1, &[CODES], at, true);
    decide(&made, Recommendation::ApproveSecond).unwrap();
    let late = noon().plus_hours(30);
    let refused = made.desk_at("boris", late).approve("O-1", true).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused, "{refused}");
    made.desk_at("dora", late).approve("O-1", true).unwrap();
}

/// Every act × role: acts that an auditor's signature is believed under change nothing about a case.
#[test]
fn an_act_is_believed_of_those_alone_who_may_do_it() {
    let reads = [
        "key.passphrase",
        "log.rollback-accepted",
        "lookup.revealed",
        "mail.given",
        "search.revealed",
        "ticket.revealed",
        "tickets.exported",
        "tickets.revealed",
    ];
    for (act, _) in ACTS {
        let Some(roles) = may_sign(act) else { continue };
        assert!(!roles.is_empty(), "{act} is nobody's");
        assert_eq!(roles.contains(&Role::Auditor), reads.contains(&act), "{act} of an auditor");
    }
    assert_eq!(may_sign("something.new"), Some(&[][..]));
    // And so it is where they are asked for.
    let before = case();
    for (act, who, believed) in [
        ("notice.raised", "olga", false),
        ("owner.objected", "olga", false),
        ("notice.confirmed", "anna", false),
        ("ticket.emptied", "anna", false),
        ("something.new", "boris", false),
        ("ticket.revealed", "olga", true),
        ("decision.sent_back", "boris", true),
    ] {
        let made = copied(&before);
        OwnProgram::of(&made, who).logs(Draft::new(act, who), 1, &[], noon(), true);
        let verdict = made.desk("clara").audit_verify(&[]).unwrap();
        assert_eq!(verdict.ok, believed, "{act} by {who}: {}", verdict.reason);
    }
}

//! Other tickets that a case is judged by: what they were judged to be, and that one was merged, stands in columns that somebody
//! with the `sqlite3` shell can edit. Nothing is granted by that.

use latchkey::audit::{Draft, Info};
use latchkey::desk::{Failure, Kind};
use latchkey::domain::{Channel, Recommendation};
use rusqlite::Connection;

use crate::desk_clearings::copied;
use crate::desk_rehearsal::{Rehearsal, noon};
use crate::own_program::OwnProgram;

/// The group of claim and evidence.
const CLAIM: usize = 0;

/// Somebody else's claim to the owner's device, to which the owner said yes.
fn rival(made: &Rehearsal) {
    let columns = [
        ("request", "unbind"),
        ("claimant_email", "rival@post.example"),
        ("access", "none"),
        ("imei", "867530900000017"),
    ];
    made.case("R-1", &columns);
    made.prove("R-1", Channel::Contact);
}

/// A third ticket, of another device.
fn third(made: &Rehearsal) {
    let columns =
        [("request", "unbind"), ("claimant_email", "third@post.example"), ("imei", "867530900000025")];
    made.case("X-1", &columns);
}

fn edit(made: &Rehearsal, sql: &str) {
    let conn = Connection::open(made.folder().join("desk.db")).unwrap();
    conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
}

fn decide(made: &Rehearsal, word: Recommendation) -> Result<(), Failure> {
    made.desk("anna").decide("C-1", word, Some("known here"), false).map(drop)
}

/// What hides that a proven rival is one, and the word that an agent could then say.
const HIDDEN: [(&str, &str, Recommendation); 6] = [
    ("no device", "UPDATE ticket SET device = NULL, account = NULL", Recommendation::Approve),
    (
        "another device",
        "UPDATE ticket SET device = device + 1, account = account + 1",
        Recommendation::Approve,
    ),
    (
        "no proofs",
        "UPDATE ticket SET verdict = json_remove(verdict, '$.proofs')",
        Recommendation::ApproveSecond,
    ),
    ("no verdict", "UPDATE ticket SET verdict = NULL", Recommendation::ApproveSecond),
    ("no links", "UPDATE ticket SET links = x'', device = NULL, account = NULL", Recommendation::Approve),
    (
        "the claimant's own",
        "INSERT OR IGNORE INTO link_more SELECT thing, (SELECT id FROM ticket WHERE reference = 'R-1') FROM link WHERE ticket = \
         (SELECT id FROM ticket WHERE reference = 'C-1'); UPDATE ticket SET revision = revision",
        Recommendation::Approve,
    ),
];

fn hide(made: &Rehearsal, sql: &str) {
    edit(made, &format!("{sql} WHERE reference = 'R-1'; UPDATE ticket SET stale = 0"));
}

#[test]
fn what_a_rival_was_judged_to_be_is_not_believed_at_a_decision() {
    let before = Rehearsal::new();
    rival(&before);
    before.owner_case("C-1");
    before.prove("C-1", Channel::Sim);
    let held = decide(&copied(&before), Recommendation::Approve).unwrap_err();
    assert!(held.to_string().contains("hold"), "{held}");
    for (what, sql, word) in HIDDEN {
        let made = copied(&before);
        hide(&made, sql);
        let refused = decide(&made, word).expect_err(what);
        assert!(refused.kind == Kind::Refused && refused.to_string().contains("hold"), "{what}: {refused}");
    }
}

/// The rival comes once the case is decided, or approved.
#[test]
fn what_a_rival_was_judged_to_be_is_not_believed_at_an_approval_or_a_grant() {
    let (decided, approved) = (Rehearsal::new(), Rehearsal::new());
    for (made, word) in [(&decided, Recommendation::ApproveSecond), (&approved, Recommendation::Approve)] {
        made.owner_case("C-1");
        made.prove("C-1", Channel::Sim);
        decide(made, word).unwrap();
        rival(made);
    }
    for (what, sql, word) in HIDDEN {
        let made = copied(&decided);
        hide(&made, sql);
        let fell = made.desk_at("boris", noon().plus_hours(30)).approve("C-1", true).expect_err(what);
        assert!(fell.kind == Kind::State && fell.to_string().contains("hold"), "{what}: {fell}");
        if word == Recommendation::ApproveSecond {
            continue;
        }
        let made = copied(&approved);
        hide(&made, sql);
        let fell = made.desk("anna").issue("C-1", None, None).expect_err(what);
        assert!(fell.kind == Kind::State && fell.to_string().contains("hold"), "{what}: {fell}");
    }
}

#[test]
fn wrong_answers_on_other_tickets_count_though_their_rows_say_that_they_were_right() {
    for closed in [false, true] {
        let made = Rehearsal::new();
        for n in 0..3 {
            let name = format!("W-{n}");
            let facts = format!("name=Somebody Else{n}");
            let email = format!("eve{n}@post.example");
            let columns = [
                ("request", "unbind"),
                ("claimant_email", email.as_str()),
                ("imei", "867530900000017"),
                ("facts", facts.as_str()),
            ];
            made.case(&name, &columns);
            if closed {
                made.desk("anna").close(&name, "withdrawn").unwrap();
            }
        }
        made.owner_case("C-1");
        made.prove("C-1", Channel::Sim);
        for sql in [
            "UPDATE evidence SET wrong = 0",
            "UPDATE evidence SET wrong = 0; UPDATE ticket SET device = NULL, account = NULL WHERE reference LIKE 'W-%'",
        ] {
            let made = copied(&made);
            edit(&made, &format!("{sql}; UPDATE ticket SET stale = 0"));
            let refused = decide(&made, Recommendation::ApproveSecond).expect_err(sql);
            let told = refused.to_string();
            assert!(refused.kind == Kind::Refused && told.contains("claim.tries"), "{closed}, {sql}: {told}");
        }
    }
}

/// A leaf of an agent's own: its act, what it says in numbers, and whether it is signed.
type Says = Option<(&'static str, &'static [(&'static str, i64)], bool)>;

/// Somebody says of a rival that it was merged: by SQL alone, and with a leaf.
#[test]
fn a_rival_that_nobody_merged_is_not_passed_over() {
    let before = Rehearsal::new();
    rival(&before);
    before.owner_case("C-1");
    before.prove("C-1", Channel::Sim);
    third(&before);
    let hide =
        "UPDATE ticket SET merged_into = 3, state = 'closed', closed_as = 'merged', stale = 0 WHERE id = 1";
    let leaves: [(&str, Says); 6] = [
        ("no leaf", None),
        ("another act of theirs", Some(("evidence.added", &[("evidence", 1)], true))),
        ("into none", Some(("ticket.merged", &[], true))),
        ("of this one", Some(("ticket.merged", &[("from", 3)], true))),
        ("into another", Some(("ticket.merged", &[("into", 2)], true))),
        ("unsigned", Some(("ticket.merged", &[("into", 3)], false))),
    ];
    for (what, says) in leaves {
        let made = copied(&before);
        let anna = OwnProgram::of(&made, "anna");
        anna.writes(hide);
        if let Some((act, infos, signed)) = says {
            let draft = infos.iter().fold(Draft::new(act, "anna"), |d, (k, n)| d.info(k, Info::Number(*n)));
            anna.logs(draft, 1, &[CLAIM], noon(), signed);
        }
        let refused = decide(&made, Recommendation::Approve).expect_err(what);
        assert_eq!(refused.kind, Kind::Verification, "{what}: {refused}");
    }
}

/// Honest ones: merged, parted, merged again, reopened and closed again.
#[test]
fn tickets_that_were_merged_and_closed_by_their_people_are_believed() {
    let made = Rehearsal::new();
    made.owner_case("C-2");
    made.owner_case("C-1");
    let mut anna = made.desk("anna");
    anna.merge("C-1", "C-2").unwrap();
    anna.undo("C-1").unwrap();
    anna.merge("C-1", "C-2").unwrap();
    drop(anna);
    made.prove("C-1", Channel::Sim);
    let columns =
        [("request", "unbind"), ("claimant_email", "eve@post.example"), ("imei", "867530900000017")];
    made.case("R-1", &columns);
    let mut anna = made.desk("anna");
    anna.close("R-1", "withdrawn").unwrap();
    anna.reopen("R-1").unwrap();
    anna.undo("R-1").unwrap();
    drop(anna);
    decide(&made, Recommendation::Approve).unwrap();
    made.desk("anna").issue("C-1", None, None).unwrap();
    let verdict = made.desk("clara").audit_verify(&[]).unwrap();
    assert!(verdict.ok, "{}", verdict.reason);
}

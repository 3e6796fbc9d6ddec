//! What tells the owner of a decision: to whom it goes and what it says was said with the decision. Whoever edits a message past the
//! desk, before it left or after, is not believed, and the cool-down does not run by it.

use latchkey::audit::{Draft, Info};
use latchkey::desk::outbox::why;
use latchkey::desk::{Failure, Kind};
use latchkey::domain::{Channel, MessageKind, MessageState, Recommendation};
use latchkey::store::desk::standing;
use latchkey::words::Phrase;

use crate::desk_clearings::copied;
use crate::desk_outbox::{RealDesk, TAKES};
use crate::desk_rehearsal::{Rehearsal, noon};
use crate::own_program::OwnProgram;

const OWNER: usize = 3;
const TOLD: usize = 6;

/// An owner's case that anna decided for two people: the owner was told.
fn decided() -> Rehearsal {
    let made = Rehearsal::new();
    made.owner_case("C-1");
    made.prove("C-1", Channel::Sim);
    made.desk("anna").decide("C-1", Recommendation::ApproveSecond, Some("to be sure"), false).unwrap();
    made
}

const EDITS: [(&str, &str); 7] = [
    (
        "to the thief",
        "UPDATE message SET address = 'thief@evil.example' WHERE kind = 'owner-notice' AND way = 'email'",
    ),
    (
        "another way",
        "UPDATE message SET way = 'phone', address = '+79031112233' WHERE kind = 'owner-notice' AND way = 'email'",
    ),
    ("other words", "UPDATE message SET text = 'thank you', subject = 'news' WHERE kind = 'owner-notice'"),
    ("a code of nobody", "UPDATE message SET code_hash = randomblob(32) WHERE kind = 'owner-notice'"),
    ("one gone", "DELETE FROM message WHERE kind = 'owner-notice' AND way = 'phone'"),
    (
        "one more",
        "INSERT INTO message (mark, about, ticket, decision, kind, way, address, language, subject, text, queued_at, \
         queued_by, state, ended_at) SELECT mark || 'x', about || 'x', ticket, decision, kind, 'email', 'thief@evil.example', \
         language, subject, text, queued_at, queued_by, state, ended_at FROM message WHERE kind = 'owner-notice' LIMIT 1",
    ),
    ("a reply", "UPDATE message SET kind = 'reply' WHERE kind = 'owner-notice' AND way = 'email'"),
];

#[test]
fn a_message_to_the_owner_is_what_was_queued_with_the_decision() {
    let before = decided();
    for (what, sql) in EDITS {
        for (act, who, signed) in [
            ("", "", false),
            ("message.sent", "anna", false),
            ("message.retried", "boris", true),
            ("owner.told", "anna", true),
            ("owner.told", "boris", true),
        ] {
            let made = copied(&before);
            let own = OwnProgram::of(&made, if who.is_empty() { "anna" } else { who });
            own.writes(sql);
            if !act.is_empty() {
                let salt = "SELECT salt FROM ticket WHERE id = 1";
                let salt: [u8; 32] = own.conn().query_row(salt, [], |row| row.get(0)).unwrap();
                let told = standing::told_of(&standing::told(own.conn(), 1).unwrap(), 1);
                let draft = Draft::new(act, who).commit("messages", &salt, &told);
                let draft = draft.info("about", Info::Number(1)).info("message", Info::Number(99));
                own.logs(draft, 1, &[OWNER, TOLD], noon(), signed);
            }
            let refused = made.desk("boris").approve("C-1", true).expect_err(what);
            assert_eq!(refused.kind, Kind::Verification, "{what}, {act} by {who}: {refused}");
            let verdict = made.desk("clara").audit_verify(&[]).unwrap();
            assert!(!verdict.ok, "{what}, {act} by {who}: the audit is content");
        }
    }
    before.desk("boris").approve("C-1", true).unwrap();
    before.desk_at("anna", noon().plus_hours(80)).issue("C-1", None, None).unwrap();
    assert!(before.desk("clara").audit_verify(&[]).unwrap().ok);
}

fn not_told(refused: &Failure, what: &str) {
    assert_eq!(refused.kind, Kind::Refused, "{what}: {refused}");
    assert!(refused.to_string().contains("No message to the owner has left"), "{what}: {refused}");
}

/// An agent's signed leaf may change what contacts the owner is said to have: then nobody was told.
#[test]
fn the_cool_down_runs_from_a_message_to_a_contact_of_the_owner_alone() {
    let made = decided();
    made.desk("boris").approve("C-1", true).unwrap();
    let anna = OwnProgram::of(&made, "anna");
    anna.writes("UPDATE owner_notice SET contacts = '[\"email:somebody@else.example\"]'");
    anna.logs(Draft::new("owner.told", "anna"), 1, &[OWNER, TOLD], noon(), true);
    let refused = made.desk_at("anna", noon().plus_hours(80)).issue("C-1", None, None).unwrap_err();
    not_told(&refused, "other contacts");
}

#[test]
fn a_waiting_message_that_was_edited_is_not_carried() {
    for (what, sql) in EDITS.iter().take(4) {
        let world = RealDesk::new(TAKES);
        world.prove_and_decide(Recommendation::ApproveSecond);
        OwnProgram::without_key(&world.path("desk")).writes(sql);
        world.desk("anna").deliver(|_| true).unwrap();
        let taken = world.taken();
        assert!(taken.iter().all(|m| m["kind"] != "owner-notice"), "{what}: {taken:?}");
        for message in world.messages().iter().filter(|m| m.kind == MessageKind::OwnerNotice) {
            let told = (message.state, why::of(message));
            assert_eq!(told, (MessageState::Failed, Some(Phrase::of("leaving-edited"))), "{what}");
        }
        let refused = world.desk("boris").approve("C-1", true).unwrap_err();
        assert_eq!(refused.kind, Kind::Verification, "{what}: {refused}");
    }
}

/// At a real desk a message is sent when a leaf says that it was, and not because its row says so.
#[test]
fn a_message_that_nobody_carried_is_not_sent() {
    let world = RealDesk::new(TAKES);
    world.prove_and_decide(Recommendation::ApproveSecond);
    world.desk("boris").approve("C-1", true).unwrap();
    let own = OwnProgram::without_key(&world.path("desk"));
    own.writes(
        "UPDATE message SET state = 'sent', ended_at = queued_at, due_at = NULL, claim = NULL WHERE kind = 'owner-notice'",
    );
    own.logs(Draft::new("message.sent", "anna"), 1, &[TOLD], noon(), false);
    let refused = world.desk_at("anna", noon().plus_hours(80)).issue("C-1", None, None).unwrap_err();
    not_told(&refused, "no leaf");
}

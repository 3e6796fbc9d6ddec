//! Undo: one's own last act on a ticket is taken back by an act of its own, or a sentence says why not.

use latchkey::desk::show::Privacy;
use latchkey::desk::undo::Undone;
use latchkey::domain::{Channel, EvidenceKind, Recommendation, State};
use serde_json::Value;

use crate::desk_rehearsal::Rehearsal;

fn shown(world: &Rehearsal, name: &str) -> Value {
    world.desk("clara").show(name, Privacy::Work).unwrap()
}

fn facts() -> std::collections::BTreeMap<String, String> {
    [("facts".to_owned(), "region=RU".to_owned())].into()
}

/// Two tickets of one claimant on one device.
fn twins() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.case(
        "C-2",
        &[
            ("request", "unbind"),
            ("claimant_email", "claimant@post.example"),
            ("claimant_name", "Anna Petrova"),
            ("access", "none"),
            ("imei", "867530900000017"),
            ("note", "called twice"),
        ],
    );
    world
}

#[test]
fn acts_are_taken_back_in_turn_and_the_log_keeps_both() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut anna = world.desk("anna");
    anna.take("C-1", None).unwrap();
    anna.note("C-1", "first").unwrap();
    anna.note("C-1", "second").unwrap();
    let item = anna.add_evidence("C-1", EvidenceKind::Facts, &facts(), None).unwrap();
    anna.remove_evidence("C-1", item).unwrap();
    anna.wait("C-1").unwrap();
    anna.close("C-1", "withdrawn").unwrap();
    anna.reopen("C-1").unwrap();
    for (expected, then) in [
        (Undone::Reopened, "closed"),
        (Undone::Closed(State::Waiting), "waiting"),
        (Undone::Waiting(State::Open), "open"),
        (Undone::EvidenceRemoved(item), "open"),
        (Undone::EvidenceAdded(item), "open"),
        (Undone::Note, "open"),
    ] {
        assert_eq!(anna.undo("C-1").unwrap(), expected);
        assert_eq!(world.state("C-1"), then, "{expected:?}");
    }
    let notes = shown(&world, "C-1")["notes"].clone();
    assert_eq!(notes.as_array().unwrap().iter().map(|n| &n["text"]).collect::<Vec<_>>(), ["first"]);
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Note);
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Taken);
    assert_eq!(shown(&world, "C-1")["assignee"], Value::Null);
    let failure = anna.undo("C-1").unwrap_err();
    assert!(failure.what.to_string().contains("case.imported"), "{failure:?}");
    // Giving back is taken back too, and so is that.
    anna.take("C-1", None).unwrap();
    anna.release("C-1").unwrap();
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Released);
    assert_eq!(shown(&world, "C-1")["assignee"], "anna");
    let verdict = world.desk("clara").audit_verify(&[]).unwrap();
    assert!(verdict.ok, "{verdict:?}");
}

#[test]
fn a_decision_falls_and_the_owner_stays_told() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut anna = world.desk("anna");
    anna.decide("C-1", Recommendation::Hold, Some("the owner is abroad"), false).unwrap();
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Decided(Recommendation::Hold, false));
    anna.decide("C-1", Recommendation::Refuse, Some("no"), false).unwrap();
    assert_eq!(world.state("C-1"), "closed");
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Decided(Recommendation::Refuse, false));
    anna.decide("C-1", Recommendation::ApproveSecond, Some("the police vouches"), true).unwrap();
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Decided(Recommendation::ApproveSecond, true));
    assert_eq!(world.state("C-1"), "open");
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
    // A yes given to it is the end of that.
    anna.decide("C-1", Recommendation::ApproveSecond, Some("the police vouches"), true).unwrap();
    world.desk("boris").approve("C-1", false).unwrap();
    let failure = anna.undo("C-1").unwrap_err();
    assert!(failure.what.to_string().contains("boris's (decision.approved)"), "{failure:?}");
    let failure = world.desk("boris").undo("C-1").unwrap_err();
    assert!(
        failure.hint.as_ref().is_some_and(|h| h.to_string().contains("second yes is signed")),
        "{failure:?}"
    );
}

#[test]
fn somebody_elses_act_and_final_ones_stay() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.desk("anna").take("C-1", None).unwrap();
    let failure = world.desk("boris").undo("C-1").unwrap_err();
    assert!(failure.what.to_string().contains("anna's (ticket.taken)"), "{failure:?}");
    let mut anna = world.desk("anna");
    anna.send_code("C-1", Channel::Sim, None).unwrap();
    let failure = anna.undo("C-1").unwrap_err();
    assert!(failure.what.to_string().contains("final (code.sent)"), "{failure:?}");
    let failure = world.desk_readonly("anna").undo("C-1").unwrap_err();
    assert!(failure.what.to_string().contains("read-only"), "{failure:?}");
}

#[test]
fn merged_twins_are_parted_as_they_were() {
    let world = twins();
    let seen = |name: &str| {
        let shown = shown(&world, name);
        ["state", "claimant", "evidence", "notes", "recommendation", "due_at"].map(|key| shown[key].clone())
    };
    let mut anna = world.desk("anna");
    anna.take("C-1", None).unwrap();
    anna.take("C-2", None).unwrap();
    anna.wait("C-2").unwrap();
    let before = [seen("C-1"), seen("C-2")];
    anna.merge("C-1", "C-2").unwrap();
    assert_eq!(shown(&world, "C-1")["claimant"]["name"], "Anna Petrova");
    assert_eq!(world.state("C-2"), "closed");
    let failure = anna.undo("C-2").unwrap_err();
    assert!(failure.hint.as_ref().is_some_and(|h| h.to_string().contains("stayed")), "{failure:?}");
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Merged(2));
    assert_eq!([seen("C-1"), seen("C-2")], before);
    // What came before the merge is taken back next, on either.
    assert_eq!(anna.undo("C-2").unwrap(), Undone::Waiting(State::Open));
    assert_eq!(anna.undo("C-1").unwrap(), Undone::Taken);
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

//! Codes on their way: of several to one contact the newest alone is worth anything.

use latchkey::desk::import::ImportOptions;
use latchkey::desk::outbox::why;
use latchkey::desk::show::Privacy;
use latchkey::domain::{Channel, MessageState};
use latchkey::words::Phrase;

use crate::desk_outbox::RealDesk;
use crate::desk_rehearsal::Rehearsal;

/// The owner was asked about one of their phones; a file then puts another into the claim.
#[test]
fn a_yes_to_one_device_is_none_to_another_of_the_same_owner() {
    let world = Rehearsal::new();
    world.list("bindings", "account_id,imei,bound_at\n2000000001,867530900000025,2025-02-08T09:00:00Z\n");
    let claim = |imei| {
        [
            ("request", "unbind"),
            ("claimant_email", "claimant@post.example"),
            ("access", "none"),
            ("imei", imei),
        ]
    };
    let recommended = || {
        let shown = world.desk("anna").show("C-1", Privacy::Work).unwrap();
        shown["recommendation"].as_str().unwrap().to_owned()
    };
    world.case("C-1", &claim("867530900000017"));
    world.prove("C-1", Channel::Contact);
    assert_eq!(recommended(), "approve");
    let row = "reference,received_at,request,claimant_email,access,imei\n\
               C-1,2026-11-20T07:00:00Z,unbind,claimant@post.example,none,867530900000025\n";
    let path = world.path().join("update.csv");
    std::fs::write(&path, row).unwrap();
    let done = world.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!(done.rejected, 0);
    assert_eq!(recommended(), "ask");
    world.prove("C-1", Channel::Contact);
    assert_eq!(recommended(), "approve");
}

/// What had not left when the next was asked for does not arrive after it: read back, it would count as a wrong one.
#[test]
fn an_older_code_that_has_not_left_gives_way_to_a_newer_one() {
    let world = RealDesk::new("exit 75");
    let mut anna = world.desk("anna");
    for _ in 0..2 {
        anna.send_code("C-1", Channel::Sim, None).unwrap_err();
    }
    world.script("cat > $D/$$.json");
    anna.send_code("C-1", Channel::Sim, None).unwrap();
    anna.deliver(|_| true).unwrap();
    let taken = world.taken();
    let [one] = taken.as_slice() else { panic!("{taken:?}") };
    assert!(anna.confirm_code("C-1", Channel::Sim, one["code"].as_str().unwrap()).unwrap().confirmed);
    let states: Vec<_> = world.messages().iter().map(|m| (m.id, m.state, why::of(m))).collect();
    let gone = Some(Phrase::of("leaving-superseded"));
    assert_eq!(
        states,
        [
            (3, MessageState::Sent, None),
            (2, MessageState::Dropped, gone.clone()),
            (1, MessageState::Dropped, gone),
        ]
    );
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

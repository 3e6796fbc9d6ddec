//! Several people at one desk at the same time: what one does is no news of tampering to another.

use std::sync::atomic::{AtomicBool, Ordering};

use latchkey::domain::{Channel, Recommendation, Role};

use crate::desk_rehearsal::Rehearsal;

#[test]
fn a_log_that_others_write_on_meanwhile_is_whole() {
    let world = Rehearsal::new();
    for n in 0..6 {
        world.stranger(n);
    }
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let works = scope.spawn(|| {
            let mut anna = world.desk("anna");
            let mut turn = 0;
            while !over.load(Ordering::Relaxed) {
                let name = format!("A-{:02}", turn % 6);
                anna.take(&name, None).unwrap();
                anna.note(&name, "called").unwrap();
                anna.release(&name).unwrap();
                turn += 1;
            }
            turn
        });
        let mut boris = world.desk("boris");
        for _ in 0..60 {
            let verdict = boris.audit_verify(&[]).unwrap();
            assert!(verdict.ok, "{}", verdict.reason);
        }
        over.store(true, Ordering::Relaxed);
        assert!(works.join().unwrap() > 0);
    });
}

#[test]
fn people_change_while_others_work_and_nobody_is_turned_away() {
    let world = Rehearsal::new();
    world.stranger(1);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let works = scope.spawn(|| {
            let mut turn = 0;
            while !over.load(Ordering::Relaxed) {
                let mut anna = world.desk("anna");
                anna.note("A-01", "called").unwrap();
                assert!(anna.rolled_back().is_none());
                turn += 1;
            }
            turn
        });
        let mut clara = world.desk("clara");
        for n in 0..12 {
            clara.add_agent(&format!("new{n}"), &[Role::Agent], None).unwrap();
            let again = world.desk("clara");
            assert!(again.rolled_back().is_none());
        }
        over.store(true, Ordering::Relaxed);
        assert!(works.join().unwrap() > 0);
    });
    assert!(world.desk("boris").audit_verify(&[]).unwrap().ok);
}

#[test]
fn a_key_that_was_opened_before_it_was_rotated_signs_nothing_more() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    let mut anna = world.desk("anna");
    let old = anna.signing_key().unwrap().kid().to_owned();
    let mut clara = world.desk("clara");
    let root = clara.open_root("change keys").unwrap();
    let next = clara.plan_rotate("anna", false, None).unwrap();
    clara.sign_here(&next, &root).unwrap();
    // The session goes on, with the key that counts now.
    anna.decide("C-1", Recommendation::Approve, None, false).unwrap();
    assert_ne!(anna.signing_key().unwrap().kid(), old);
    anna.issue("C-1", None, None).unwrap();
    let verdict = clara.audit_verify(&[]).unwrap();
    assert!(verdict.ok, "{}", verdict.reason);
}

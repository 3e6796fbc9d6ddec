//! Codes on their way: of several to one contact the newest alone is worth anything.

use latchkey::desk::outbox::why;
use latchkey::domain::{Channel, MessageState};
use latchkey::words::Phrase;

use crate::desk_outbox::RealDesk;

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

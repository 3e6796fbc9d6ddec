//! The outbox on the screen, and the reply to the customer on the ticket.

use latchkey::domain::{Channel, MessageState, Time};
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_outbox::RealDesk;
use crate::desk_rehearsal::{Rehearsal, noon};

/// A gateway that takes nothing: one message has failed for good, one will be tried again.
fn world() -> RealDesk {
    let world = RealDesk::new("echo 'no such subscriber' >&2; exit 67");
    world.desk("anna").send_code("C-1", Channel::Sim, None).unwrap_err();
    world.script("echo 'the gateway is down' >&2; exit 1");
    let mut anna = world.desk("anna");
    anna.queue_reply("C-1", None).unwrap();
    anna.deliver(|_| true).unwrap();
    world
}

fn screen(world: &RealDesk, agent: &str, width: u16, height: u16) -> Probe {
    let mut probe = Probe::new(world.desk(agent), width, height, true).unwrap();
    probe.tick(noon());
    probe
}

#[test]
fn what_has_not_left_is_listed_with_the_reason() {
    let world = world();
    for (width, height) in [(80, 24), (120, 40), (40, 12)] {
        let mut probe = screen(&world, "anna", width, height);
        probe.key("f3");
        insta::assert_snapshot!(format!("outbox_{width}x{height}"), probe.text());
    }
    let mut probe = screen(&world, "anna", 80, 24).speaking(Language::Russian);
    probe.keys(&["f3", "down"]);
    insta::assert_snapshot!("outbox_russian", probe.text());
    let mut probe = screen(&world, "anna", 60, 15);
    probe.keys(&["f3", "enter"]);
    insta::assert_snapshot!("outbox_message_60x15", probe.text());
    let top = probe.text();
    probe.keys(&["pgdn", "pgdn"]);
    assert_ne!(probe.text(), top, "a long message scrolls");
    probe.key("esc");
    assert!(probe.text().contains("to go 2"), "Esc leads to the list first: {}", probe.text());
    let mut styled = screen(&world, "anna", 80, 24);
    styled.key("f3");
    insta::assert_snapshot!("outbox_styled", styled.styled());
}

#[test]
fn every_screen_says_what_has_not_left() {
    let world = world();
    let mut probe = screen(&world, "anna", 100, 24);
    let title = |probe: &Probe| probe.text().lines().next().unwrap_or_default().to_owned();
    assert!(title(&probe).contains("✗ 1 not sent, 1 to leave"), "{}", title(&probe));
    let column = title(&probe).chars().position(|c| c == '✗').unwrap();
    probe.click(u16::try_from(column).unwrap(), 0);
    assert!(probe.text().contains("Outbox"), "a click on it leads there: {}", probe.text());
    // The gateway is back, and the courier has been.
    world.script("cat > $D/$$.json");
    world.desk_at("anna", Time(noon().0 + 600)).deliver(|_| true).unwrap();
    for _ in 0..9 {
        probe.tick(noon());
    }
    assert!(
        title(&probe).contains("✗ 1 not sent ") && !title(&probe).contains("to leave"),
        "{}",
        title(&probe)
    );
}

#[test]
fn a_message_is_tried_again_or_dropped_with_a_reason() {
    let world = world();
    let mut probe = screen(&world, "anna", 100, 30);
    probe.keys(&["f3", "end", "r"]);
    assert!(probe.text().contains("is tried again at once"), "{}", probe.text());
    assert!(world.messages().iter().all(|m| m.state == MessageState::Waiting), "{:?}", world.messages());
    probe.keys(&["home", "x"]);
    assert!(probe.text().contains("It will not be sent."), "{}", probe.text());
    probe.key("ctrl+s");
    assert!(probe.text().contains("✗"), "without a reason nothing is dropped: {}", probe.text());
    probe.type_text("she called instead");
    probe.key("ctrl+s");
    assert!(probe.text().contains("will not be sent"), "{}", probe.text());
    let dropped: Vec<_> = world.messages().into_iter().filter(|m| m.state == MessageState::Dropped).collect();
    assert_eq!(dropped.len(), 1);
    assert_eq!(dropped[0].why.as_deref(), Some("she called instead"));
    probe.keys(&["tab", "tab"]);
    let text = probe.text();
    assert!(text.contains("– dropped") && text.contains("she called instead"), "{text}");
    probe.keys(&["x"]);
    assert!(probe.text().contains("dropped already"), "{}", probe.text());
    probe.key("t");
    assert!(probe.text().contains("C-1  unbind"), "{}", probe.text());
    probe.key("esc");
    assert!(probe.text().contains("Outbox"), "Esc leads back: {}", probe.text());
}

#[test]
fn an_empty_outbox_and_a_rehearsal_say_so() {
    let world = RealDesk::new("exit 0");
    let mut probe = screen(&world, "anna", 80, 24);
    probe.keys(&["f3", "r"]);
    let text = probe.text();
    assert!(text.contains("No messages here.") && text.contains("No message is selected."), "{text}");
    let rehearsal = Rehearsal::new();
    let mut probe = Probe::new(rehearsal.desk("anna"), 80, 24, true).unwrap();
    probe.key("f3");
    assert!(probe.text().contains("A rehearsal sends nothing"), "{}", probe.text());
}

/// A rehearsal with a case that lacks something.
fn case() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world
}

#[test]
fn the_reply_is_read_changed_copied_and_sent_from_the_ticket() {
    let world = case();
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.keys(&["8", "enter", "Y"]);
    insta::assert_snapshot!("reply_80x24", probe.text());
    probe.key("ctrl+y");
    let copied = probe.copied.pop().unwrap();
    assert!(copied.starts_with("Hello") && copied.contains("#1"), "{copied}");
    // In the other language: nothing was typed, so it is written anew.
    probe.keys(&["shift+tab", "right"]);
    for _ in 0..3 {
        probe.tick(noon());
    }
    assert!(probe.text().contains("Здравствуйте"), "{}", probe.text());
    insta::assert_snapshot!("reply_in_russian_80x24", probe.text());
    probe.key("tab");
    probe.keys(&["ctrl+end"]);
    probe.type_text("P.S.");
    probe.keys(&["shift+tab", "left"]);
    for _ in 0..3 {
        probe.tick(noon());
    }
    assert!(probe.text().contains("was changed by you"), "{}", probe.text());
    probe.key("ctrl+s");
    assert!(probe.text().contains("in the outbox"), "{}", probe.text());
    let message = world.desk("anna").outbox(latchkey::desk::outbox::Wanted::default(), 9).unwrap().remove(0);
    assert!(message.text.contains("P.S.") && message.text.contains("Здравствуйте"), "{}", message.text);
    let mut russian = Probe::new(world.desk("anna"), 120, 40, true).unwrap().speaking(Language::Russian);
    russian.keys(&["8", "enter", "Y"]);
    insta::assert_snapshot!("reply_120x40_russian", russian.text());
    let mut small = Probe::new(world.desk("anna"), 60, 15, true).unwrap();
    small.keys(&["8", "enter", "Y"]);
    insta::assert_snapshot!("reply_60x15", small.text());
}

#[test]
fn a_reply_that_is_no_longer_true_is_not_sent_and_what_was_typed_is_kept() {
    let world = case();
    let mut probe = Probe::new(world.desk("anna"), 100, 30, true).unwrap();
    probe.keys(&["8", "enter", "Y"]);
    probe.type_text("Dear Ivan, ");
    world.prove("C-1", Channel::Sim);
    probe.key("ctrl+s");
    assert!(probe.text().contains("has moved on since"), "{}", probe.text());
    assert!(
        world
            .desk("anna")
            .outbox(latchkey::desk::outbox::Wanted::default(), 9)
            .unwrap()
            .iter()
            .all(|m| { m.kind != latchkey::domain::MessageKind::Reply })
    );
    probe.keys(&["esc", "Y"]);
    assert!(probe.text().contains("Dear Ivan, "), "{}", probe.text());
    probe.key("ctrl+l");
    probe.keys(&["esc", "Y"]);
    assert!(!probe.text().contains("Dear Ivan, ") && probe.text().contains("Hello"), "{}", probe.text());
}

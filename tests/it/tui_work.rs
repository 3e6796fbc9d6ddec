//! Working at the screen: keys in, the desk changed, the next thing on the screen.

use latchkey::desk::show::Privacy;
use latchkey::domain::Channel;
use latchkey::tui::probe::Probe;
use serde_json::Value;

use crate::desk_rehearsal::{Rehearsal, noon};

fn screen(world: &Rehearsal, agent: &str) -> Probe {
    Probe::new(world.desk(agent), 80, 24, true).unwrap()
}

fn shown(world: &Rehearsal, name: &str) -> Value {
    world.desk("anna").show(name, Privacy::Work).unwrap()
}

/// The code that a rehearsal desk shows instead of sending it.
fn code_on(probe: &Probe) -> String {
    let text = probe.text();
    let (_, after) = text.split_once("The code is ").expect("no code on the screen");
    after.chars().take(6).collect()
}

/// An owner's case with nothing but a receipt: it asks for more.
fn asks(world: &Rehearsal, n: u32) {
    let reference = format!("A-{n:02}");
    world.case(
        &reference,
        &[
            ("request", "login-recovery"),
            ("claimant_name", "Пётр Ильин"),
            ("claimant_email", &format!("someone{n}@post.example")),
            ("access", "none"),
            ("account_id", "2000000001"),
        ],
    );
}

#[test]
fn enter_alone_leads_from_the_queue_to_the_authorization() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = screen(&world, "anna");
    // Open, send the code (its form, then yes), and read it back.
    probe.keys(&["enter", "enter", "enter"]);
    let code = code_on(&probe);
    probe.type_text(&code);
    probe.key("enter");
    assert!(probe.text().contains("The code for C-1 is right"), "{}", probe.text());
    assert!(probe.text().contains("Decide approve, as recommended"), "{}", probe.text());
    // Decide: the form, past the choice to the button, yes.
    probe.keys(&["enter", "enter", "enter"]);
    assert_eq!(shown(&world, "C-1")["state"], "approved");
    assert!(probe.text().contains("Issue the authorization"), "{}", probe.text());
    probe.keys(&["enter", "ctrl+s"]);
    assert_eq!(shown(&world, "C-1")["state"], "issued");
    let text = probe.text();
    assert!(text.contains("unbind on device:imei:867530900000017"), "{text}");
    probe.key("c");
    let token = probe.copied.pop().unwrap();
    let verdict = world.desk("anna").verify(&latchkey::desk::verify::Verify { token, ..Default::default() });
    assert!(verdict.unwrap().valid);
    assert!(probe.text().contains("cannot be told"), "copying is never claimed to have worked");
    // Done: back in the queue.
    probe.key("esc");
    assert!(probe.text().contains("Decide 0"), "{}", probe.text());
}

#[test]
fn ten_cases_in_a_row_take_four_keys_each() {
    let world = Rehearsal::new();
    (0..10).for_each(|n| asks(&world, n));
    let mut probe = screen(&world, "anna");
    for left in (0..10).rev() {
        assert!(probe.text().contains(&format!("Decide {} ", left + 1)), "{}", probe.text());
        // Open, the next step, past the choice, yes.
        probe.keys(&["enter", "enter", "enter", "enter"]);
        assert!(probe.text().contains(&format!("Decide {left} ")), "{}", probe.text());
    }
    assert!(probe.text().contains("Nothing here"), "{}", probe.text());
    probe.key("5");
    assert!(probe.text().contains("Hold 10"), "{}", probe.text());
}

#[test]
fn after_a_case_the_next_one_is_selected() {
    let world = Rehearsal::new();
    (0..3).for_each(|n| asks(&world, n));
    let mut probe = screen(&world, "anna");
    probe.key("down");
    probe.keys(&["enter", "enter", "enter", "enter"]);
    probe.key("enter");
    assert!(probe.text().contains(" A-02  login-recovery"), "{}", probe.text());
}

#[test]
fn a_second_yes_comes_from_an_approver_who_sees_the_reasons_first() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut anna = screen(&world, "anna");
    // An override: the word is chosen, a reason is asked for.
    anna.keys(&["d", "up", "up"]);
    assert!(anna.text().contains("an override"), "{}", anna.text());
    anna.key("ctrl+s");
    assert!(anna.text().contains("Reason is needed."), "{}", anna.text());
    anna.key("tab");
    anna.type_text("the police vouches");
    anna.key("ctrl+s");
    assert_eq!(shown(&world, "C-1")["state"], "decided", "{}", anna.text());
    anna.keys(&["3", "a"]);
    assert!(anna.text().contains("The second yes takes an approver; anna is none."), "{}", anna.text());
    let mut boris = screen(&world, "boris");
    assert!(boris.text().contains("Approve 1"), "an approver begins where he is needed: {}", boris.text());
    boris.keys(&["enter", "enter"]);
    let text = boris.text();
    assert!(text.contains("against the recommendation") && text.contains("the police vouches"), "{text}");
    // The answer is no unless somebody says yes.
    boris.key("enter");
    assert_eq!(shown(&world, "C-1")["state"], "decided");
    boris.keys(&["a", "y"]);
    assert_eq!(shown(&world, "C-1")["state"], "approved", "{}", boris.text());
}

#[test]
fn a_wrong_code_is_counted_and_said_where_it_was_typed() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = screen(&world, "anna");
    probe.keys(&["c", "enter"]);
    let code = code_on(&probe);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    probe.type_text("12");
    probe.key("enter");
    assert!(probe.text().contains("nothing was counted"), "{}", probe.text());
    probe.keys(&["backspace", "backspace"]);
    probe.type_text(wrong);
    probe.key("enter");
    assert!(probe.text().contains("Wrong. 2 tries are left."), "{}", probe.text());
    probe.type_text(&code);
    probe.key("enter");
    assert!(probe.text().contains("is right"), "{}", probe.text());
}

#[test]
fn the_filter_narrows_as_it_is_typed_and_escape_clears_it() {
    let world = Rehearsal::new();
    (0..12).for_each(|n| asks(&world, n));
    world.owner_case("C-1");
    let mut probe = screen(&world, "anna");
    probe.key("/");
    probe.type_text("867530900000017");
    let text = probe.text();
    assert!(text.contains("Decide 1 ") && text.contains("C-1") && !text.contains("A-03"), "{text}");
    // What is typed for the filter is no command.
    probe.key("esc");
    probe.key("/");
    probe.type_text("quit");
    assert!(!probe.quit && probe.text().contains("has these words"), "{}", probe.text());
    probe.key("esc");
    assert!(probe.text().contains("Decide 13"), "{}", probe.text());
    // Cyrillic is found whatever its case, and a pasted number is looked for.
    probe.key("/");
    probe.type_text("пётр");
    assert!(probe.text().contains("Decide 12 "), "{}", probe.text());
    probe.key("esc");
    probe.paste("867530900000017\n");
    assert!(probe.text().contains("Decide 1 "), "{}", probe.text());
}

#[test]
fn shortcuts_work_in_a_cyrillic_layout_and_never_where_text_is_typed() {
    let world = Rehearsal::new();
    asks(&world, 1);
    let mut probe = screen(&world, "anna");
    probe.type_text("т");
    assert!(probe.text().contains("Note on A-01"), "{}", probe.text());
    probe.type_text("йцв звонил");
    assert!(probe.text().contains("йцв звонил"), "{}", probe.text());
    probe.key("ctrl+s");
    assert_eq!(shown(&world, "A-01")["notes"][0]["text"], "йцв звонил");
    probe.type_text("й");
    assert!(probe.quit, "й is the key q");
}

#[test]
fn a_ticket_that_a_colleague_holds_is_taken_over_only_with_a_reason() {
    let world = Rehearsal::new();
    asks(&world, 1);
    world.desk("boris").take("A-01", None).unwrap();
    let mut probe = screen(&world, "anna");
    assert!(probe.text().contains("boris 30"), "{}", probe.text());
    probe.key("d");
    assert!(probe.text().contains("boris holds the ticket; take it over first."), "{}", probe.text());
    probe.keys(&["t", "ctrl+s"]);
    assert!(probe.text().contains("Reason is needed."), "{}", probe.text());
    probe.type_text("boris is ill");
    probe.key("ctrl+s");
    assert_eq!(shown(&world, "A-01")["assignee"], "anna");
    // Acting takes a free ticket by itself.
    asks(&world, 2);
    probe.keys(&["ctrl+r", "/"]);
    probe.type_text("A-02");
    probe.keys(&["enter", "c", "ctrl+s"]);
    assert_eq!(shown(&world, "A-02")["assignee"], "anna", "{}", probe.text());
}

#[test]
fn what_was_typed_is_there_again_when_the_form_is_left() {
    let world = Rehearsal::new();
    asks(&world, 1);
    let mut probe = screen(&world, "anna");
    probe.key("n");
    probe.type_text("half a thought");
    probe.keys(&["enter"]);
    probe.type_text("second line");
    probe.key("esc");
    probe.key("n");
    let text = probe.text();
    assert!(text.contains("half a thought") && text.contains("second line"), "{text}");
    probe.key("ctrl+s");
    assert_eq!(shown(&world, "A-01")["notes"][0]["text"], "half a thought\nsecond line");
    probe.keys(&["n"]);
    assert!(!probe.text().contains("half a thought"), "a note that was written is no draft any more");
}

#[test]
fn errors_stay_until_they_are_taken_off() {
    let world = Rehearsal::new();
    asks(&world, 1);
    let mut probe = screen(&world, "anna");
    // Somebody else closes it while it is open here.
    world.desk("anna").close("A-01", "withdrawn").unwrap();
    probe.key("t");
    assert!(probe.text().contains("Ticket 1 is closed."), "{}", probe.text());
    (0..60).for_each(|_| probe.tick(noon()));
    assert!(probe.text().contains("Ticket 1 is closed."), "no time takes it off: {}", probe.text());
    probe.key("esc");
    assert!(!probe.text().contains("Ticket 1 is closed."), "{}", probe.text());
    probe.key("M");
    assert!(probe.text().contains("Ticket 1 is closed."), "it is in the list: {}", probe.text());
}

#[test]
fn a_reading_desk_says_of_every_act_why_it_is_not_done() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = Probe::new(world.desk_readonly("anna"), 80, 24, true).unwrap();
    assert!(probe.text().contains("READ-ONLY"), "{}", probe.text());
    for (name, keys, place) in Probe::actions() {
        if place == "Acts on a ticket" && name != "issue" {
            probe.key(keys[0]);
            let text = probe.text();
            assert!(text.contains("The desk is open read-only."), "{name}: {text}");
            assert!(text.contains("REHEARSAL"), "{name}");
        }
    }
}

/// Every action, from where it holds, by its key and by its name: it does something, or says why not.
#[test]
fn every_action_can_be_reached_by_key_and_by_name() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    asks(&world, 1);
    for (name, keys, place) in Probe::actions() {
        for key in keys {
            let mut probe = screen(&world, "anna");
            match place {
                "Ticket" => probe.keys(&["enter"]),
                "Forms and questions" => probe.keys(&["n"]),
                "Screens beside the queue" => probe.keys(&["f2"]),
                "Lookup" => {
                    probe.key("f2");
                    probe.paste("867530900000017");
                }
                "Registry" => probe.keys(&["f6"]),
                "Report" => probe.keys(&["f7"]),
                "Log" => probe.keys(&["f8"]),
                "Policy" => probe.keys(&["f10"]),
                "Import" => {
                    probe.key("f4");
                    probe.paste(&format!("{}/case.csv", world.dir.path().display()));
                    probe.key("enter");
                }
                "Over the ticket" => probe.keys(&["enter", "tab", "enter"]),
                "Authorizations" => probe.keys(&["f11"]),
                "Messages" | "Authorization" | "Pictures" => continue,
                _ => {}
            }
            let before = (probe.styled(), probe.quit);
            assert!(probe.key(key), "{key}");
            let same = before == (probe.styled(), probe.quit);
            let still = [
                "up",
                "top",
                "page up",
                "refresh",
                "suspend",
                "previous ticket",
                "to decide",
                "reverse",
                "clear filter",
                "editor",
                "clear form",
                "previous finding",
            ];
            assert!(!same || still.contains(&name), "{name} by {key} does nothing:\n{}", probe.text());
        }
        if !matches!(
            place,
            "Forms and questions" | "Messages" | "Authorization" | "Over the ticket" | "Pictures"
        ) {
            let mut probe = screen(&world, "anna");
            probe.key("ctrl+p");
            probe.type_text(name);
            assert!(probe.text().contains(name), "{name} is not in the palette:\n{}", probe.text());
            probe.key("enter");
            assert!(!probe.text().contains("Do what?") || name == "palette", "{name}");
        }
        let mut probe = screen(&world, "anna");
        probe.key("?");
        probe.type_text(name);
        assert!(probe.text().contains(name), "{name} is not in the help:\n{}", probe.text());
    }
}

#[test]
fn an_authorization_is_saved_shown_again_and_withdrawn() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    let mut probe = screen(&world, "anna");
    probe.keys(&["d", "ctrl+s", "i", "ctrl+s"]);
    let path = world.dir.path().join("token.jwt");
    probe.keys(&["s", "ctrl+u"]);
    probe.type_text(path.to_str().unwrap());
    probe.key("enter");
    let token = std::fs::read_to_string(&path).unwrap();
    assert_eq!(token.trim().split('.').count(), 3);
    let proof = std::fs::read_to_string(world.dir.path().join("token.tlog-proof")).unwrap();
    assert!(proof.starts_with("c2sp.org/tlog-proof@v1\n"), "{proof}");
    // The same name again is refused, and the form says so.
    probe.keys(&["s", "ctrl+u"]);
    probe.type_text(path.to_str().unwrap());
    probe.key("enter");
    assert!(probe.text().contains("nothing was overwritten"), "{}", probe.text());
    probe.keys(&["esc", "esc", "8", "i"]);
    assert!(probe.text().contains("unbind on device"), "shown again: {}", probe.text());
    probe.keys(&["esc", "X"]);
    probe.type_text("lost in the mail");
    probe.key("tab");
    probe.type_text("revok");
    probe.key("ctrl+s");
    assert!(probe.text().contains("Type revoke"), "{}", probe.text());
    probe.type_text("e");
    probe.key("ctrl+s");
    assert_eq!(shown(&world, "C-1")["state"], "open", "{}", probe.text());
}

#[test]
fn revealing_is_asked_for_logged_and_ends_by_itself() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = Probe::new(world.desk("anna"), 120, 40, true).unwrap();
    probe.key("enter");
    assert!(!probe.text().contains("owner@mail.example"), "{}", probe.text());
    probe.keys(&["R", "y"]);
    assert!(probe.text().contains("owner@mail.example"), "{}", probe.text());
    let log = shown(&world, "C-1")["history"].to_string();
    assert!(log.contains("ticket.revealed"), "{log}");
    probe.tick(latchkey::domain::Time(noon().0 + 61));
    assert!(!probe.text().contains("owner@mail.example"), "{}", probe.text());
}

/// A list's row that is no text any more: the ticket says that it cannot be read for as long as that is so.
#[test]
fn a_ticket_that_cannot_be_read_says_so_until_it_can() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    let serial = |text: &str| {
        world.tamper("registry.db", &format!("UPDATE device SET serial = {text} WHERE id = 86753090000001"));
    };
    serial("CAST(x'ff41' AS TEXT)");
    let mut fresh = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    fresh.keys(&["enter", "esc"]);
    insta::assert_snapshot!("unread_80x24", fresh.text());
    fresh.key("d");
    assert!(!fresh.text().contains("Reading"), "{}", fresh.text());
    probe.keys(&["enter", "ctrl+r"]);
    assert!(
        probe.text().contains("invalid utf-8"),
        "what was read stays, and the error is seen: {}",
        probe.text()
    );
    serial("'11111/A1'");
    fresh.keys(&["esc", "esc", "enter", "ctrl+r"]);
    assert!(fresh.text().contains("Claimant"), "{}", fresh.text());
}

//! The screen in a real terminal, from the first key to the terminal given back.

use std::time::{Duration, Instant};

use crate::desk_rehearsal::Rehearsal;
use crate::terminal::{Terminal, soon};

pub fn world() -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world
}

/// Waits until a draft beside the desk holds a text: a kill takes nothing of it any more.
fn kept(world: &Rehearsal, text: &str) {
    let drafts = world.folder().join("drafts");
    let files = |folder: &std::path::Path| -> Vec<std::path::PathBuf> {
        std::fs::read_dir(folder).map(|all| all.flatten().map(|e| e.path()).collect()).unwrap_or_default()
    };
    let whole = |path: &std::path::PathBuf| path.extension().is_some_and(|e| e == "json");
    let holds = |path: &std::path::PathBuf| {
        whole(path) && std::fs::read_to_string(path).is_ok_and(|t| t.contains(text))
    };
    let there = || files(&drafts).iter().any(|of| files(of).iter().any(holds));
    assert!(soon(there), "{text:?} was never kept");
}

#[test]
fn a_case_is_worked_in_a_real_terminal_and_quitting_ends_with_0() {
    let world = world();
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("REHEARSAL");
    t.see("C-1");
    t.send("\r");
    t.see("Send a code to the claimed number");
    t.send("\r");
    t.see("Send a code for C-1");
    t.send("\r");
    let shown = t.see("The code is ");
    let code: String = shown.split_once("The code is ").unwrap().1.chars().take(6).collect();
    t.send(&code);
    t.see("six digits");
    t.send("\r");
    t.see("Decide approve, as recommended");
    t.send("\r");
    t.see("approve (recommended)");
    t.send("\x13");
    t.see("Issue the authorization");
    t.send("\r");
    t.see("Service centre");
    t.send("\x13");
    t.see("unbind on device:imei:867530900000017");
    t.send("\x1b");
    t.see("Nothing here");
    t.send("q");
    assert_eq!(t.code(), 0);
    t.given_back();
}

#[test]
fn one_act_on_many_tickets_in_a_real_terminal() {
    let world = world();
    world.case("C-2", &[("request", "unbind"), ("imei", "867530900000018")]);
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("C-2");
    // Both are marked, and set to wait for the customer.
    t.send("\x01");
    t.see("●");
    t.send("w");
    t.see("2 tickets");
    t.send("\x13");
    t.see("Wait 2");
    t.see("✓ C-1");
    t.see("✓ C-2");
    t.send("\x11");
    assert_eq!(t.code(), 0);
    t.given_back();
}

#[test]
fn a_fault_in_the_worker_is_said_on_a_living_screen() {
    let world = world();
    let mut t = Terminal::start(&world, &[("LATCHKEY_TRIP", "worker")], &[]);
    t.see("C-1");
    t.send("n");
    t.see("Note on C-1");
    t.send("hello\x13");
    let shown = t.see("made a mistake");
    assert!(shown.contains("tripped on purpose") && shown.contains("hello"), "{shown}");
    assert!(!shown.contains("panicked at"), "the panic was printed over the screen:\n{shown}");
    // What was typed is still there, and the desk goes on.
    t.send("\x1b");
    t.see("Enter open");
    t.send("c");
    t.see("Send a code for C-1");
    t.send("\r");
    t.see("The code is ");
    t.send("\x1b");
    t.see("Enter open");
    t.send("q");
    assert_eq!(t.code(), 0);
    t.given_back();
}

#[test]
fn a_fault_of_the_screen_itself_gives_the_terminal_back_and_says_so() {
    let world = world();
    let mut t = Terminal::start(&world, &[("LATCHKEY_TRIP", "screen")], &[]);
    t.see("C-1");
    t.send("\x1b[200~x\x1b[201~");
    assert_eq!(t.code(), 101);
    t.given_back();
    assert!(t.text().contains("tripped on purpose"), "{}", t.text());
}

#[test]
fn signals_give_the_terminal_back() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::HUP] {
        let world = world();
        let mut t = Terminal::start(&world, &[], &[]);
        t.see("C-1");
        rustix::process::kill_process(t.pid(), signal).unwrap();
        assert_ne!(t.code(), 0, "whoever sent {signal:?} sees that it worked");
        t.given_back();
    }
}

#[test]
fn without_colours_the_selection_still_shows() {
    let world = world();
    let mut t = Terminal::start(&world, &[("NO_COLOR", "1")], &[]);
    t.see("C-1");
    {
        let parser = t.screen.lock().unwrap();
        let line = (0..24).find(|y| parser.screen().contents_between(*y, 0, *y, 80).contains("C-1")).unwrap();
        assert!(parser.screen().cell(line, 20).unwrap().inverse(), "the selected line is not to be seen");
    }
    t.send("q");
    assert_eq!(t.code(), 0);
}

#[test]
fn the_command_line_decides_about_colours() {
    let world = world();
    let coloured = |t: &Terminal| {
        let parser = t.screen.lock().unwrap();
        (0..24).flat_map(|y| (0..80).map(move |x| (y, x))).any(|(y, x)| {
            let cell = parser.screen().cell(y, x).unwrap();
            (cell.fgcolor(), cell.bgcolor()) != (vt100::Color::Default, vt100::Color::Default)
        })
    };
    for (no_color, args, expected) in [
        ("", &["--color", "never"][..], false),
        ("1", &["--color", "always"], true),
        ("1", &[], false),
        ("", &[], true),
    ] {
        let mut t = Terminal::start(&world, &[("NO_COLOR", no_color)], args);
        t.see("C-1");
        assert_eq!(coloured(&t), expected, "NO_COLOR={no_color:?} {args:?}");
        t.send("q");
        assert_eq!(t.code(), 0);
    }
}

#[test]
fn no_desk_no_screen() {
    let empty = tempfile::tempdir().unwrap();
    let mut t = Terminal::start_at(empty.path(), &[], &[]);
    assert_ne!(t.code(), 0);
    t.see("There is no desk in");
}

#[test]
fn two_agents_see_each_other() {
    let world = world();
    let mut anna = Terminal::start(&world, &[], &["--agent", "anna"]);
    let mut boris = Terminal::start(&world, &[], &["--agent", "boris"]);
    anna.see("C-1");
    boris.see("Approve");
    boris.send("2");
    boris.see("C-1");
    // From the frame that says so to anna until the one that shows boris her lease, and that it is free again.
    let mut seen = Vec::new();
    for _ in 0..4 {
        anna.send("t");
        anna.see("C-1 is yours");
        let taken = Instant::now();
        boris.see("anna 30");
        seen.push(taken.elapsed());
        anna.send("r");
        anna.see("Give back C-1");
        anna.send("y");
        anna.see("is free again");
        let free = Instant::now();
        boris.gone("anna 30");
        seen.push(free.elapsed());
    }
    assert!(seen.iter().all(|t| *t < Duration::from_secs(1)), "not within a second: {seen:?}");
    anna.send("q");
    boris.send("q");
    assert_eq!((anna.code(), boris.code()), (0, 0));
}

#[test]
fn a_ticket_taken_over_while_a_form_is_open_keeps_what_was_typed() {
    let world = world();
    let mut anna = Terminal::start(&world, &[], &["--agent", "anna"]);
    let mut boris = Terminal::start(&world, &[], &["--agent", "boris"]);
    anna.see("C-1");
    boris.see("Approve");
    boris.send("2");
    boris.see("C-1");
    anna.send("t");
    anna.see("C-1 is yours");
    anna.send("e");
    anna.see("Evidence for C-1");
    anna.send("\t+79160000009");
    anna.see("+79160000009");
    boris.see("anna 30");
    boris.send("t");
    boris.see("Take over C-1");
    boris.send("the caller rang again\x13");
    boris.see("C-1 is yours");
    let shown = anna.see("has taken this ticket over");
    assert!(shown.contains("+79160000009"), "{shown}");
    // Sending it is refused, and it is still there; and again after a kill.
    anna.send("\x13");
    let shown = anna.see("is with boris");
    assert!(shown.contains("+79160000009"), "{shown}");
    kept(&world, "+79160000009");
    rustix::process::kill_process(anna.pid(), rustix::process::Signal::KILL).unwrap();
    assert_ne!(anna.code(), 0);
    boris.send("r");
    boris.see("Give back C-1");
    boris.send("y");
    boris.see("is free again");
    let mut anna = Terminal::start(&world, &[], &["--agent", "anna"]);
    anna.see("C-1");
    anna.send("e");
    anna.see("+79160000009");
    anna.send("\x1b");
    anna.gone("Evidence for C-1");
    anna.send("q");
    boris.send("q");
    assert_eq!((anna.code(), boris.code()), (0, 0));
}

#[test]
fn a_finding_and_its_authorization_are_seen_in_a_real_terminal() {
    let world = Rehearsal::new();
    world.granted("C-1");
    let mut t = Terminal::start(&world, &[], &["--agent", "anna"]);
    t.see("REHEARSAL");
    t.send("\x1b[23~");
    t.see("out 1");
    t.send("\r");
    t.see("unbind on device:imei:867530900000017");
    t.send("v");
    t.see("this window has 80 and 23");
    t.send("\x1b");
    t.see("good until");
    t.send("\x1b");
    t.gone("good until");
    t.send("t");
    t.see("Claim and registry");
    t.send("\t\r");
    t.see("Registry rows it was compared with");
    t.send("\x1b");
    t.gone("Registry rows");
    t.send("q");
    t.see("out 1");
    t.send("\x03");
    assert_eq!(t.code(), 0);
    t.given_back();
}

#[test]
fn a_policy_laid_down_while_the_screen_is_open_counts_at_once() {
    let world = world();
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("C-1");
    let path = world.folder().join("policy.toml");
    std::fs::write(&path, "this is no policy").unwrap();
    t.see("The policy is not valid");
    std::fs::remove_file(&path).unwrap();
    t.send("\x1b");
    t.gone("The policy is not valid");
    t.send("q");
    assert_eq!(t.code(), 0);
}

#[test]
fn ctrl_z_puts_it_aside_and_it_comes_back_whole() {
    use rustix::process::{WaitOptions, waitpid};
    let world = world();
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("C-1");
    t.send("\x1a");
    t.gone("C-1");
    assert!(!t.screen.lock().unwrap().screen().alternate_screen());
    // It stops itself right after it gave the terminal back.
    let options = WaitOptions::UNTRACED | WaitOptions::NOHANG;
    let stopped = || waitpid(Some(t.pid()), options).unwrap().is_some_and(|(_, status)| status.stopped());
    assert!(soon(stopped), "it never stopped");
    rustix::process::kill_process(t.pid(), rustix::process::Signal::CONT).unwrap();
    let shown = t.see("C-1");
    assert!(shown.contains("REHEARSAL"), "the screen is drawn anew as a whole:\n{shown}");
    t.send("q");
    assert_eq!(t.code(), 0);
}

#[test]
fn an_editor_gets_the_terminal_and_gives_it_back() {
    let world = world();
    let mut t = Terminal::start(&world, &[("EDITOR", "sed -i s/short/longer/")], &[]);
    t.see("C-1");
    t.send("n");
    t.see("Note on C-1");
    t.send("a short text\x0f");
    t.see("a longer text");
    // Keys are read here again, and an editor that fails changes nothing.
    t.send(" and more");
    t.see("a longer text and more");
    t.send("\x1b");
    t.see("Enter open");
    t.send("q");
    assert_eq!(t.code(), 0);
    let mut t = Terminal::start(&world, &[("EDITOR", "false")], &[]);
    t.see("C-1");
    t.send("n");
    t.see("a longer text and more");
    t.send("\x0f");
    t.see("ended with an error");
    assert!(t.text().contains("a longer text and more"), "{}", t.text());
    t.send("\x13");
    t.see("note written");
    t.send("q");
    assert_eq!(t.code(), 0);
}

#[test]
fn what_was_typed_outlives_a_fault_of_the_screen_and_a_kill() {
    use rustix::process::{Signal, kill_process};
    let world = world();
    let mut t = Terminal::start(&world, &[("LATCHKEY_TRIP", "screen")], &[]);
    t.see("C-1");
    t.send("n");
    t.see("Note on C-1");
    t.send("before the fault");
    t.see("before the fault");
    t.send("\x1b[200~x\x1b[201~");
    assert_eq!(t.code(), 101);
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("C-1");
    t.send("n");
    t.see("before the fault");
    t.send(", after it");
    t.see("before the fault, after it");
    kept(&world, "before the fault, after it");
    kill_process(t.pid(), Signal::KILL).unwrap();
    assert_ne!(t.code(), 0);
    let mut t = Terminal::start(&world, &[], &[]);
    t.see("C-1");
    t.send("n");
    t.see("before the fault, after it");
    kill_process(t.pid(), Signal::TERM).unwrap();
    assert_ne!(t.code(), 0);
}

/// What of a text is to be seen: its longest beginning.
fn seen<'a>(text: &'a str, screen: &str) -> &'a str {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.filter_map(|end| text.get(..end)).rfind(|head| screen.contains(head)).unwrap()
}

#[test]
fn what_is_seen_as_typed_outlives_a_kill_at_any_moment() {
    let world = world();
    // Every other time a note, every other time a form; what each showed when it was cut.
    let forms = [("n", "Note on C-1", ""), ("e", "Evidence for C-1", "\t")];
    let mut last = [String::new(), String::new()];
    for n in 0..30u64 {
        let (key, title, to_field) = forms[usize::from(n % 2 == 1)];
        let shown = &mut last[usize::from(n % 2 == 1)];
        let mut t = Terminal::start(&world, &[], &["--agent", "anna"]);
        t.see("C-1");
        t.send(key);
        t.see(title);
        t.see(shown);
        t.send(to_field);
        t.send("\x0c");
        let text = format!("{n:02}-{:030}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for letter in text.chars() {
            t.send(letter.encode_utf8(&mut [0; 4]));
            std::thread::sleep(Duration::from_micros(200));
        }
        if n % 3 == 0 {
            // In the moment in which the whole of it is seen.
            while !t.text().contains(&text) {}
        } else {
            std::thread::sleep(Duration::from_millis(n * 7 % 29));
        }
        let screen = t.cut();
        seen(&text, &screen).clone_into(shown);
    }
    assert!(last.iter().any(|text| text.len() > 2), "{last:?}");
}

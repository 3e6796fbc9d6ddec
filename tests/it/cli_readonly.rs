//! A real desk that is open read-only: nobody reads about people past the log, and no key is tried past its count.

use latchkey::desk::{Desk, Failure, Folder, Options};
use latchkey::env::Env;
use latchkey::tui::probe::Probe;

use crate::cli_real::{PASSPHRASE, RealSeat};

/// Whatever leaves a trace elsewhere is refused, and shows nothing of a person; masked lists are open.
#[test]
fn nobody_reads_about_people_past_the_log() {
    let seat = RealSeat::new();
    let rows = "reference,request,claimant_name,claimant_email,claimant_phone,access,imei\n\
        A,unbind,Canaria Quill,canaria@quill.example,+79035550777,none,867530900000017\n\
        B,unbind,Canaria Quill,other@quill.example,,none,867530900000017\n";
    let file = seat.write("c.csv", rows);
    seat.run(&["import", "cases", &file]).ok();
    let size = || seat.by("clara", &["--json", "audit", "verify"]).json()["size"].as_u64().unwrap();
    let before = size();
    for args in [
        &["show", "A"][..],
        &["check", "A"],
        &["show", "A", "--reveal"],
        &["lookup", "867530900000017"],
        &["lookup", "canaria@quill.example"],
        &["search", "Quill"],
        &["links", "A"],
        &["evidence", "open", "A", "1"],
        &["mail", "show", "A"],
        &["export"],
        &["export", "--reveal"],
    ] {
        for agent in ["anna", "clara"] {
            let ran = seat.by(agent, &[&["--readonly"], args].concat());
            let said = ran.to_string();
            assert_ne!(ran.code, 0, "{args:?}: {ran}");
            for canary in ["Quill", "quill.example", "5550777", "8675309000000"] {
                assert!(!said.contains(canary), "{args:?}: {ran}");
            }
        }
    }
    let refused = seat.run(&["--readonly", "show", "A"]).to_string();
    assert!(refused.contains("is logged, and the desk is open read-only"), "{refused}");
    assert!(refused.contains("Leave out --readonly"), "{refused}");
    let listed = seat.run(&["--readonly", "tickets"]).ok();
    assert!(listed.contains('A') && !listed.contains("Canaria Quill"), "{listed}");
    seat.run(&["--readonly", "audit", "verify"]).ok();
    assert_eq!(size(), before, "nothing was written");
    // Without it, the same is open and leaves its trace.
    assert!(seat.run(&["show", "A"]).ok().contains("Canaria Quill"));
    assert_eq!(size(), before + 1);
}

/// A wrong try that nobody writes down would cost nothing.
#[test]
fn no_key_is_tried_past_its_count() {
    let seat = RealSeat::new();
    let right = seat.path("passphrase");
    for (agent, args) in [
        ("clara", &["agents", "add", "eve", "--role", "agent"][..]),
        ("clara", &["audit", "checkpoint"]),
        ("anna", &["audit", "checkpoint"]),
    ] {
        let ran = seat
            .by(agent, &[&["--readonly"], args, &["--passphrase-file", right.to_str().unwrap()]].concat());
        let said = ran.to_string();
        assert_ne!(ran.code, 0, "{args:?}: {ran}");
        assert!(said.contains("read-only"), "{args:?}: {ran}");
    }
}

/// What the claimant wrote, and what only the lists know of the owner.
const CASE: &str = "reference,request,claimant_name,claimant_email,access,imei\n\
    A,unbind,Canaria Quill,canaria@quill.example,none,867530900000017\n";
const OWNER: &str = "owner@mail.example";

fn with_a_case() -> RealSeat {
    let seat = RealSeat::new();
    let file = seat.write("c.csv", CASE);
    seat.run(&["import", "cases", &file]).ok();
    seat
}

/// Who looks at something in full is known by their key, not by the name that they give.
#[test]
fn what_is_revealed_takes_the_key_of_who_looks() {
    let seat = with_a_case();
    let wrong = seat.write("wrong", "somebody else's guess at it\n");
    let log = || {
        let conn = rusqlite::Connection::open(seat.path("desk/desk.db")).unwrap();
        let mut acts = conn.prepare("SELECT seq, line FROM leaf ORDER BY seq").unwrap();
        let rows = acts.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    for (agent, args, canary, act) in [
        ("anna", &["show", "A", "--reveal"][..], "Canaria Quill", "ticket.revealed"),
        ("anna", &["lookup", "2000000001", "--reveal"], OWNER, "lookup.revealed"),
        ("anna", &["search", "Quill", "--reveal"], "Canaria Quill", "search.revealed"),
        ("anna", &["tickets", "--reveal"], "Canaria Quill", "tickets.revealed"),
        ("clara", &["export", "--reveal"], "Canaria Quill", "tickets.exported"),
    ] {
        let before = log().len();
        let refused = seat.by(agent, &[args, &["--passphrase-file", &wrong]].concat());
        assert_eq!(refused.code, 5, "{args:?}: {refused}");
        assert!(!refused.to_string().contains(canary), "{args:?}: {refused}");
        let written: Vec<String> = log().into_iter().skip(before).map(|(_, line)| line).collect();
        assert!(written.iter().any(|line| line.contains("login.failed")), "{args:?}: {written:?}");
        assert!(!written.iter().any(|line| line.contains(act)), "{args:?}: {written:?}");
        let shown = seat.by(agent, args).ok();
        assert!(shown.contains(canary), "{args:?}: {shown}");
        let (last, line) = log().pop().unwrap();
        assert!(line.contains(act) && line.contains(agent), "{args:?}: {line}");
        // Without a signature it would be nobody's.
        let conn = rusqlite::Connection::open(seat.path("desk/desk.db")).unwrap();
        let kept: String = conn
            .query_row("DELETE FROM statement WHERE leaf = $1 RETURNING jws", [last], |row| row.get(0))
            .unwrap();
        let verdict = seat.run(&["--json", "audit", "verify"]).json();
        assert_eq!((&verdict["ok"], &verdict["first_bad"]), (&false.into(), &last.into()), "{act}");
        conn.execute("INSERT INTO statement (leaf, jws) VALUES ($1, $2)", (last, kept)).unwrap();
    }
    assert_eq!(seat.run(&["audit", "verify"]).code, 0);
    // Masked, none takes a key.
    for args in [&["show", "A"][..], &["lookup", "2000000001"], &["search", "Quill"], &["tickets"]] {
        let ran = seat.run_without_passphrase(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran}");
    }
}

/// Anna's screen; her key is asked for once, and then answered so.
fn screen(seat: &RealSeat, answer: &'static str) -> Probe {
    let options = Options {
        folder: Folder::new(seat.path("desk")),
        agent: Some("anna".to_owned()),
        readonly: false,
        env: Env::real(),
        ask_passphrase: Box::new(move |_| Ok::<_, Failure>(answer.to_owned().into())),
    };
    Probe::new(Desk::open(options).unwrap(), 140, 50, true).unwrap()
}

#[test]
fn the_screens_reveal_by_the_key_too() {
    let seat = with_a_case();
    for (answer, open) in [("somebody else's guess", false), (PASSPHRASE, true)] {
        let mut probe = screen(&seat, answer);
        probe.keys(&["enter", "R", "y"]);
        assert_eq!(probe.text().contains(OWNER), open, "{}", probe.text());
        probe.keys(&["esc", "esc", "esc", "f2"]);
        probe.paste("2000000001");
        probe.key("enter");
        assert!(!probe.text().contains(OWNER), "{}", probe.text());
        probe.key("R");
        assert_eq!(probe.text().contains(OWNER), open, "{}", probe.text());
    }
}

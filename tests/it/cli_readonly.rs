//! A real desk that is open read-only: nobody reads about people past the log, and no key is tried past its count.

use crate::cli_real::RealSeat;

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

/// Everything in full is handed to nobody in somebody else's name.
#[test]
fn an_export_in_full_takes_the_key_of_who_is_named() {
    let seat = RealSeat::new();
    let wrong = seat.write("wrong", "somebody else's guess at it\n");
    let file = seat.path("e.jsonl");
    let args = ["export", "--reveal", "--out", file.to_str().unwrap(), "--passphrase-file", &wrong];
    let ran = seat.by("clara", &args);
    assert_ne!(ran.code, 0, "{ran}");
    assert!(std::fs::read_to_string(&file).unwrap_or_default().is_empty());
    let _ = std::fs::remove_file(&file);
    seat.by("clara", &["export", "--reveal", "--out", file.to_str().unwrap()]).ok();
    // Masked, it needs none.
    seat.by("clara", &["export", "--passphrase-file", &wrong]).ok();
}

//! `outbox run` and `outbox retry`: what came of each message, and how many of which.

use std::process::Command;

use serde_json::Value;

use crate::desk_outbox::RealDesk;

/// Takes what goes to `sent@`, refuses for good what goes to `failed@`, and for now everything else.
const SCRIPT: &str =
    "read line || exit 1; case $line in *sent@*) exit 0;; *failed@*) exit 67;; *) exit 1;; esac";

/// A desk with a message for each of these, by what will come of it.
fn with(outcomes: &[&str]) -> RealDesk {
    let world = RealDesk::new(SCRIPT);
    let conn = rusqlite::Connection::open(world.path("desk/desk.db")).unwrap();
    let add = "INSERT INTO message (mark, about, ticket, kind, way, address, language, subject, text, queued_at, \
               queued_by, good_until, state, due_at) \
               VALUES ($1, $1, 1, 'reply', 'email', $2, 'en', 's', 't', 0, 'anna', $3, 'waiting', 0)";
    for (n, outcome) in outcomes.iter().enumerate() {
        let until = (*outcome == "dropped").then_some(1_i64);
        conn.execute(add, rusqlite::params![format!("mark{n}"), format!("{outcome}@post.example"), until])
            .unwrap();
    }
    world
}

fn run(world: &RealDesk, args: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    // Each desk of these tests has the same id: what was seen of one is no matter of the next.
    command.env("LATCHKEY_DESK", world.path("desk")).env("XDG_STATE_HOME", world.path("state"));
    let ran = command.args(["--agent", "anna"]).args(args).output().unwrap();
    assert!(ran.stderr.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
    (String::from_utf8(ran.stdout).unwrap(), ran.status.code())
}

#[test]
fn what_was_sent_failed_or_was_dropped_is_told_apart() {
    let table: [(&[&str], &str, [u64; 4], i32); 7] = [
        (&[], "0 sent. In the outbox 0 wait, 0 have failed.\n", [0, 0, 0, 0], 0),
        (&["sent", "sent"], "2 sent. In the outbox 0 wait, 0 have failed.\n", [2, 0, 0, 0], 0),
        (&["later"], "0 sent, 1 to be tried again. In the outbox 1 wait, 0 have failed.\n", [0, 1, 0, 0], 1),
        (&["failed"], "0 sent, 1 given up. In the outbox 0 wait, 1 have failed.\n", [0, 0, 1, 0], 1),
        // What tells of something that is over was let go on purpose: nothing failed to go out.
        (&["dropped"], "0 sent, 1 dropped. In the outbox 0 wait, 0 have failed.\n", [0, 0, 0, 1], 0),
        (&["dropped", "sent"], "1 sent, 1 dropped. In the outbox 0 wait, 0 have failed.\n", [1, 0, 0, 1], 0),
        (
            &["sent", "failed", "later", "dropped", "failed", "sent"],
            "2 sent, 1 to be tried again, 2 given up, 1 dropped. In the outbox 1 wait, 2 have failed.\n",
            [2, 1, 2, 1],
            1,
        ),
    ];
    for (outcomes, said, [sent, waiting, failed, dropped], code) in table {
        let (text, ended) = run(&with(outcomes), &["outbox", "run"]);
        assert!(text.ends_with(said), "{outcomes:?}: {text}");
        assert_eq!((text.lines().count(), ended), (outcomes.len() + 1, Some(code)), "{text}");
        let (text, ended) = run(&with(outcomes), &["--json", "outbox", "run"]);
        let json: Value = serde_json::from_str(&text).unwrap();
        let tried =
            serde_json::json!({"sent": sent, "waiting": waiting, "failed": failed, "dropped": dropped});
        assert_eq!((&json["tried"], ended), (&tried, Some(code)), "{text}");
        assert_eq!(
            (json["waiting"].as_u64(), json["failed"].as_u64()),
            (Some(waiting), Some(failed)),
            "{text}"
        );
    }
    // What was given up before is none of this try's.
    let world = with(&["failed"]);
    run(&world, &["outbox", "run"]);
    let (text, ended) = run(&world, &["outbox", "run"]);
    assert_eq!((text.as_str(), ended), ("0 sent. In the outbox 0 wait, 1 have failed.\n", Some(0)));
    // To try it again is an act, and signed.
    let pass = world.path("pass");
    std::fs::write(&pass, "long and secret\n").unwrap();
    let (text, _) = run(&world, &["--passphrase-file", pass.to_str().unwrap(), "outbox", "retry", "1"]);
    assert!(text.ends_with("0 sent, 1 given up. In the outbox 0 wait, 1 have failed.\n"), "{text}");
}

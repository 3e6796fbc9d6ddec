//! Closed tickets are emptied once their time is over: in small steps, cut off anywhere, and totals hold.

use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::cli_desk::TestDesk;

/// Half a year and a little more after the moment at which everything else happens.
const LATER: &str = "2027-06-20T09:00:00Z";

fn desk() -> TestDesk {
    let desk = TestDesk::empty();
    std::fs::write(desk.path("desk/config.toml"), "[retention]\ntickets_days = 180\n").unwrap();
    desk
}

/// So many cases of which every tenth stays open, with a text of a few hundred bytes each.
fn bring(desk: &TestDesk, name: &str, now: &str, cases: usize) {
    let mut rows = "reference,request,claimant_name,claimant_email,imei,access,facts,note\n".to_owned();
    for n in 0..cases {
        rows += &format!(
            "{name}-{n},unbind,Canary{name},{name}{n}@post.example,{:014},none,name=Canary,{}\n",
            86_753_090_000_000_u64 + n as u64,
            "long words ".repeat(40)
        );
    }
    let file = desk.write(&format!("{name}.csv"), rows);
    desk.at(now, &["import", "cases", &file]).ok();
    let closed: Vec<String> = (0..cases).filter(|n| n % 10 != 0).map(|n| format!("{name}-{n}")).collect();
    let mut args = vec!["close"];
    args.extend(closed.iter().map(String::as_str));
    desk.at(now, &args).ok();
}

fn count(desk: &TestDesk, sql: &str) -> i64 {
    Connection::open(desk.path("desk/desk.db")).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

const EMPTIED: &str = "SELECT count(*) FROM ticket WHERE salt = zeroblob(32)";
const LEAVES: &str = "SELECT count(*) FROM leaf WHERE line LIKE '{\"act\":\"ticket.emptied\"%'";

#[test]
fn closed_tickets_are_emptied_when_their_time_is_over_and_totals_hold() {
    let desk = desk();
    bring(&desk, "A", crate::cli_desk::NOW, 60);
    // One is spoken of again, one shares its claimant with a ticket that is still open.
    desk.at("2027-06-01T09:00:00Z", &["note", "A-1", "They called again"]).ok();
    let twin =
        desk.write("t.csv", "reference,request,claimant_email,access\nT,lost-report,A2@post.example,none\n");
    desk.at(LATER, &["import", "cases", &twin]).ok();
    let report = |desk: &TestDesk| {
        let args = ["--json", "report", "--from", "2026-11-01", "--to", "2026-12-01"];
        let mut report = desk.at(LATER, &args).json();
        // What many claims show together is no total: it is read off claims.
        report.as_object_mut().unwrap().remove("signs");
        report
    };
    let before = report(&desk);
    assert_eq!(
        desk.run(&["--agent", "clara", "--json", "prune", "--dry-run"]).json()["tickets"],
        0,
        "nothing is old yet"
    );
    let dry = desk.at(LATER, &["--agent", "clara", "--json", "prune", "--dry-run"]).json();
    assert_eq!((&dry["tickets"], &dry["needed"]), (&52.into(), &1.into()), "{dry:#}");
    assert_eq!(count(&desk, EMPTIED), 0);
    let done = desk.at(LATER, &["--agent", "clara", "--json", "registry", "prune"]).json();
    assert_eq!(done["tickets"], 52, "{done:#}");
    assert_eq!((count(&desk, EMPTIED), count(&desk, LEAVES)), (52, 52));
    assert_eq!(desk.at(LATER, &["--agent", "clara", "--json", "prune"]).json()["tickets"], 0, "done is done");
    assert_eq!(report(&desk), before);
    assert_eq!(desk.at(LATER, &["audit", "verify"]).code, 0);
    assert_eq!(count(&desk, "SELECT count(*) FROM evidence"), 8, "of those that stay");
    let found = |word: &str| {
        let found = desk.at(LATER, &["--json", "search", word, "--limit", "90"]).json();
        found["tickets"].as_array().unwrap().len()
    };
    assert_eq!((found("CanaryA"), found("A57@post")), (8, 0));
    // Of these nothing can be judged again.
    let policy = desk.write("p.toml", std::fs::read("policy.toml").unwrap());
    let replayed = desk.at(LATER, &["--json", "policy", "replay", &policy]).json();
    assert_eq!(replayed["judged"], 2, "{replayed:#}");
    let agent = desk.at(LATER, &["--agent", "anna", "prune"]);
    assert_eq!(agent.code, 5, "not an agent's: {agent}");
}

/// Killed anywhere, it goes on where it was: every ticket is emptied once, with one leaf.
#[test]
fn a_killed_pruning_goes_on() {
    let desk = desk();
    bring(&desk, "K", crate::cli_desk::NOW, 400);
    let mut killed = 0;
    let watch = Connection::open(desk.path("desk/desk.db")).unwrap();
    let emptied = || watch.query_row(EMPTIED, [], |r| r.get::<_, i64>(0)).unwrap();
    for _ in 0..30 {
        let before = emptied();
        let mut child = Command::new(env!("CARGO_BIN_EXE_latchkey"))
            .args(["--agent", "clara", "prune"])
            .env_clear()
            .env("HOME", desk.path("."))
            .env("LATCHKEY_DESK", desk.path("desk"))
            .env("LATCHKEY_NOW", LATER)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // As soon as a step has landed the next one is under way; where in it the kill falls is chance.
        while child.try_wait().unwrap().is_none() && emptied() == before {
            std::thread::yield_now();
        }
        killed += i32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        assert_eq!(count(&desk, EMPTIED), count(&desk, LEAVES));
    }
    assert!(killed > 1, "{killed}");
    desk.at(LATER, &["--agent", "clara", "prune"]).ok();
    assert_eq!((count(&desk, EMPTIED), count(&desk, LEAVES)), (360, 360));
    assert_eq!(count(&desk, "SELECT count(*) FROM search_todo"), 0);
    assert_eq!(desk.at(LATER, &["audit", "verify"]).code, 0);
}

/// Room that becomes free is used again: what a year adds beside its leaves is what is still open.
#[test]
fn the_database_does_not_grow_by_what_is_over() {
    let desk = desk();
    let mut sizes = Vec::new();
    for (round, year) in (2027..2033).enumerate() {
        bring(&desk, &format!("G{round}"), &format!("{year}-01-10T09:00:00Z"), 300);
        desk.at(&format!("{year}-12-10T09:00:00Z"), &["--agent", "clara", "prune"]).ok();
        let pages = count(&desk, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        let leaves = count(&desk, "SELECT sum(length(line) + 48) FROM leaf");
        sizes.push(pages - leaves);
    }
    // Three hundred cases take half a megabyte while they are there.
    let growth = (sizes[5] - sizes[1]) / 4;
    assert!(growth < sizes[0] / 4, "{growth} a year: {sizes:?}");
}

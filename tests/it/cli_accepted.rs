//! The desk's two files and its clock: what a custodian accepted last, and no earlier than the last act.

use latchkey::desk::{Desk, Failure, Folder, Options};
use latchkey::domain::Time;
use latchkey::env::Env;

use crate::cli_real::{PASSPHRASE, RealSeat};

#[allow(clippy::needless_pass_by_value)] // what a command said is of no more use
fn refused(ran: crate::cli_desk::Ran, word: &str) {
    assert_ne!(ran.code, 0, "{ran}");
    assert!(ran.to_string().contains(word), "{ran}");
}

/// Who can write the folder changes neither by what is granted, nor whom messages go through, nor which programs run.
#[test]
fn a_file_that_no_custodian_accepted_grants_and_carries_nothing() {
    let seat = RealSeat::new();
    let case = "reference,request,claimant_email,access,imei\nA,unbind,c@post.example,none,867530900000017\n";
    let case = seat.write("c.csv", case);
    seat.run(&["import", "cases", &case]).ok();
    let config = std::fs::read_to_string(seat.path("desk/config.toml")).unwrap();
    let decide = || seat.run(&["decide", "A", "hold", "--reason", "x"]);
    decide().ok();
    let policy = latchkey::judgement::DEFAULT_POLICY;
    for (file, text, accept) in [
        ("policy.toml", format!("# ours\n{policy}"), "latchkey policy accept"),
        ("config.toml", format!("{config}# ours\n"), "latchkey config accept"),
    ] {
        let place = format!("desk/{file}");
        let before = std::fs::read(seat.path(&place)).ok();
        seat.write(&place, &text);
        let mails = || std::fs::read_dir(seat.path("mail")).unwrap().count();
        let left = mails();
        refused(decide(), accept);
        let sent = seat.run(&["code", "send", "A", "contact", "--to", "email"]);
        assert!(!sent.stdout.contains("sent") || sent.code != 0, "{sent}");
        refused(seat.run(&["outbox", "run"]), accept);
        assert_eq!(mails(), left, "{file}");
        refused(seat.run(&["doctor"]), "not as a custodian accepted it last");
        // Not by an agent; nor by a leaf that nobody signed.
        let words: Vec<&str> = accept.split(' ').skip(1).collect();
        refused(seat.run(&words), "custodian");
        match &before {
            Some(bytes) => drop(seat.write(&place, bytes)),
            None => std::fs::remove_file(seat.path(&place)).unwrap(),
        }
        decide().ok();
        seat.write(&place, &text);
        seat.by("clara", &words).ok();
        decide().ok();
        // An accepted file that is gone is another one.
        std::fs::remove_file(seat.path(&place)).unwrap();
        refused(decide(), accept);
        seat.write(&place, &text);
        // The leaf that took it in is hidden, or another file's is put in its place.
        let conn = rusqlite::Connection::open(seat.path("desk/desk.db")).unwrap();
        let newest = "(SELECT max(seq) FROM leaf WHERE ticket = -5)";
        assert_eq!(
            conn.execute(&format!("UPDATE leaf SET ticket = -6 WHERE seq = {newest}"), []).unwrap(),
            1
        );
        drop(conn);
        assert_ne!(decide().code, 0);
        let conn = rusqlite::Connection::open(seat.path("desk/desk.db")).unwrap();
        conn.execute("UPDATE leaf SET ticket = -5 WHERE ticket = -6", []).unwrap();
        drop(conn);
        decide().ok();
    }
    assert!(seat.by("clara", &["audit", "verify"]).ok().contains("the log holds"));
}

fn at(seat: &RealSeat, agent: &str, now: Time) -> Desk {
    Desk::open(Options {
        folder: Folder::new(seat.path("desk")),
        agent: Some(agent.to_owned()),
        readonly: false,
        env: Env::fixed(now),
        ask_passphrase: Box::new(|_| Ok::<_, Failure>(PASSPHRASE.trim().to_owned().into())),
    })
    .unwrap()
}

/// A clock that went back is refused and logged; a custodian says when it was wrong before.
#[test]
fn nobody_acts_before_the_last_act() {
    let seat = RealSeat::new();
    let case = seat.write("c.csv", "reference,request,claimant_email\nA,login-recovery,c@post.example\n");
    seat.run(&["import", "cases", &case]).ok();
    let now = Env::real().now(false);
    let leaves = |name: &str| {
        let log = at(&seat, "clara", now).log_lines(1000).unwrap();
        log.iter().filter(|(_, line)| line.contains(&format!("\"act\":\"{name}\""))).count()
    };
    // A little is what clocks differ by.
    at(&seat, "anna", Time(now.0 - 200)).note("A", "clocks differ").unwrap();
    for back in [3600, 20 * 3600] {
        let then = Time(now.0 - back);
        let failure = at(&seat, "anna", then).note("A", "a month back").unwrap_err();
        assert!(failure.to_string().contains("The clock says"), "{failure}");
        assert!(failure.hint.as_ref().unwrap().to_string().contains("audit accept-clock"), "{failure}");
        // What leaves a trace by itself does not take the log back with it.
        at(&seat, "anna", then).show("A", latchkey::desk::show::Privacy::Work).unwrap();
        assert!(at(&seat, "anna", then).note("A", "again").is_err());
    }
    assert_eq!(leaves("clock.behind"), 4, "each try");
    // Somebody's clock was ten years ahead, and all others stand still: the way out.
    at(&seat, "anna", now.plus_days(3)).note("A", "ahead").unwrap();
    assert!(at(&seat, "anna", now).note("A", "now").is_err());
    assert!(at(&seat, "anna", now).accept_clock().is_err(), "a custodian alone");
    at(&seat, "clara", now).accept_clock().unwrap();
    at(&seat, "anna", now).note("A", "now").unwrap();
    assert!(at(&seat, "clara", now).audit_verify(&[]).unwrap().ok);
    assert_eq!(leaves("clock.accepted"), 1);
}

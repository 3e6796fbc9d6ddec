//! Spoken codes at the command line: the custodian, the agent and the centre, each at their own machine; and a centre
//! that is killed while it checks.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cli_desk::{NOW, TestDesk};

/// A desk with the authorization of R-01 out, and the file of the centre `north`.
fn speaking() -> TestDesk {
    let desk = TestDesk::filled();
    desk.write(
        "desk/policy.toml",
        include_str!("../../policy.toml").replace("codes = false", "codes = true"),
    );
    desk.by("clara", &["centres", "add", "north", "--out", "north.json"]).ok();
    desk.issued();
    desk
}

/// At the centre there is no desk.
fn centre(desk: &TestDesk, args: &[&str]) -> crate::cli_desk::Ran {
    let all = [&["centre", "--secret", "north.json"][..], args].concat();
    desk.ran(desk.command(&all).env_remove("LATCHKEY_DESK"))
}

fn challenge(desk: &TestDesk) -> String {
    let asked = centre(desk, &["--json", "challenge", "867530900001015"]).json();
    asked["challenge"].as_str().unwrap().to_owned()
}

fn code(desk: &TestDesk, challenge: &str) -> String {
    let said = desk.run(&["--json", "speak", "R-01", "--centre", "north", challenge]).json();
    said["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_code_is_read_out_taken_and_read_back() {
    let desk = speaking();
    insta::assert_snapshot!(desk.by("clara", &["centres", "list"]), @"
    north  read out by anna, boris
    ------- 0
    ");
    let asked = challenge(&desk);
    let code = code(&desk, &asked);
    let taken = centre(&desk, &["--json", "check", &asked, &code]).json();
    assert_eq!(
        (&taken["accepted"], &taken["op"], &taken["rule"]),
        (&true.into(), &"unbind".into(), &().into())
    );
    let back = taken["acceptance"].as_str().unwrap();
    // Whatever was lost on the line is said again by the list.
    assert!(centre(&desk, &["list"]).ok().contains(back));
    let redeemed = desk.run(&["redeem", "R-01", "--accepted", &back.to_lowercase()]).ok();
    assert!(redeemed.contains("released"), "{redeemed}");
    assert_eq!(desk.run(&["--json", "audit", "verify"]).json()["ok"], true);
    let second = centre(&desk, &["check", &asked, &code]);
    assert_eq!(second.code, 4);
    assert!(second.stdout.contains("a code was taken"), "{second}");
}

#[test]
fn what_is_said_is_short_and_says_what_to_do() {
    let desk = speaking();
    let asked = challenge(&desk);
    insta::assert_snapshot!(centre(&desk, &["check", &asked, "0000-0000-0000-0"]), @"
    ✗ not accepted: the code is wrong; 2 tries are left.
    ------- stderr
    warning: REHEARSAL: what this centre is told opens nothing real.
    ------- 4
    ");
    insta::assert_snapshot!(centre(&desk, &["check", &asked, "28T5-CY4T-KQFF-A"]), @"
    ✗ not accepted: the check symbol does not fit: the symbols at places 9 and 10 seem to have changed places; no try was taken.
    ------- stderr
    warning: REHEARSAL: what this centre is told opens nothing real.
    ------- 4
    ");
    insta::assert_snapshot!(centre(&desk, &["check", &asked, "38T5-CY4T-QKFF-A"]), @"
    ✗ not accepted: the check symbol does not fit: a symbol was misheard or mistyped; no try was taken.
    ------- stderr
    warning: REHEARSAL: what this centre is told opens nothing real.
    ------- 4
    ");
    insta::assert_snapshot!(centre(&desk, &["check", &asked, "28T5"]), @"
    ✗ not accepted: a code has thirteen symbols, twelve and a check; these are 4; no try was taken.
    ------- stderr
    warning: REHEARSAL: what this centre is told opens nothing real.
    ------- 4
    ");
    insta::assert_snapshot!(centre(&desk, &["challenge", "867530900001016"]), @"
    ------- stderr
    warning: REHEARSAL: what this centre is told opens nothing real.
    error: That is no device: the check digit does not fit: the last digit should be 5; one digit is wrong, or two are swapped.
    Hint: An IMEI (*#06# shows it) in any grouping, or a serial; `serial:` before one that is all digits.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["speak", "R-01", "--centre", "north", "28T5-CY4T-KQFF-A"]), @"
    ------- stderr
    error: What was typed is no code: the check symbol does not fit: the symbols at places 9 and 10 seem to have changed places.
    Hint: Have it read out once more.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["speak", "R-01", "--centre", "north", "28T5-CY4T-QKFF-A"]), @"
    ------- stderr
    error: The challenge was made by north for another device, or by another centre.
    Hint: Ask for the IMEI that was typed in there, and for the name of the centre.
    ------- 5
    ");
    insta::assert_snapshot!(desk.run(&["centres", "add", "south", "--out", "south.json"]), @"
    ------- stderr
    error: anna is agent here; to make service centres takes custodian.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["centres", "add", "north", "--out", "n.json"]), @"
    ------- stderr
    error: There is a centre north already.
    Hint: `latchkey centres end NAME` ends it; then it can be made anew, with another secret.
    ------- 1
    ");
    let off = TestDesk::filled();
    insta::assert_snapshot!(off.by("clara", &["centres", "add", "north", "--out", "n.json"]), @"
    ------- stderr
    error: The policy does not allow codes to be read out to service centres.
    Hint: `codes = true` under `[spoken]` in policy.toml switches them on; docs/service-centres.md says what that means.
    ------- 5
    ");
    insta::assert_snapshot!(desk.ran(&mut desk.command(&["centre", "list"])), @"
    ------- stderr
    error: A centre works with its file.
    Hint: --secret FILE; the desk's custodian makes one with `latchkey centres add`.
    ------- 2
    ");
    // The code may come on standard input, where no list of processes shows it.
    let code = code(&desk, &asked);
    let mut by_stdin = desk.command(&["--json", "centre", "--secret", "north.json", "check", &asked]);
    assert_eq!(desk.ran(by_stdin.write_stdin(format!("{code}\n"))).json()["accepted"], true);
}

/// A centre that is killed again and again while it checks wrong codes: three of them are all that is ever looked at,
/// and the right one after them is no key. `answered`: what somebody at the centre has learned.
#[test]
fn kills_give_no_try_back() {
    let desk = speaking();
    let run = |args: &[&str], wait: Option<u64>| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_latchkey"))
            .env_clear()
            .envs([("HOME", desk.path("")), ("XDG_DATA_HOME", desk.path("data"))])
            .env("LATCHKEY_NOW", NOW)
            .current_dir(desk.path(""))
            .args(["--json", "centre", "--secret", "north.json"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if let Some(micros) = wait {
            std::thread::sleep(Duration::from_micros(micros));
            let _ = child.kill();
        }
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    for round in 0..6_u64 {
        let asked = challenge(&desk);
        let mut answered = 0;
        for n in 0..14_u64 {
            let said = run(&["check", &asked, "0000-0000-0000-0"], Some((round * 331 + n * 1_700) % 24_000));
            answered += u32::from(said.contains("\"rule\": \"code\""));
        }
        while !run(&["check", &asked, "0000-0000-0000-0"], None).contains("\"rule\": \"tries\"") {
            answered += 1;
        }
        assert!(answered <= 3, "{answered} wrong codes were looked at");
        let listed = run(&["list"], None);
        assert!(listed.contains("\"dead\"") && !listed.contains("\"accepted\","), "{listed}");
    }
    // The same while the right code is checked: what was accepted stays so, and is told once.
    let asked = challenge(&desk);
    let code = code(&desk, &asked);
    let (mut accepted, mut n) = (0, 0_u64);
    while accepted == 0 && n < 2 {
        let said = run(&["check", &asked, &code], Some(n * 9_000 + 3_000));
        accepted += u32::from(said.contains("\"accepted\": true"));
        n += 1;
    }
    let last = run(&["check", &asked, &code], None);
    let now = last.contains("\"accepted\": true");
    assert!(now || last.contains("\"rule\": \"used\""), "{last}");
    assert!(!(now && accepted > 0), "it was taken twice");
    assert!(last.contains("\"acceptance\": \""), "{last}");
}

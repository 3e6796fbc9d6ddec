//! What holds for every command: where the desk is, who acts, colour, pipes, the demonstration.

use std::process::Stdio;

use crate::cli_desk::{TestDesk, fixture};

#[test]
fn without_a_desk_it_says_how_to_make_one() {
    let desk = TestDesk::bare();
    insta::assert_snapshot!(desk.run(&["tickets"]), @"
    ------- stderr
    error: There is no desk in $HOME/desk.
    Hint: `latchkey init` makes one; --desk or LATCHKEY_DESK names another folder.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&[]), @"
    ------- stderr
    error: The screens need a terminal, and there is none.
    Hint: Name a command; `latchkey help` lists them.
    ------- 2
    ");
}

#[test]
fn a_desk_is_made_once_and_where_the_data_folder_is() {
    let desk = TestDesk::bare();
    insta::assert_snapshot!(desk.run(&["init", "--rehearsal"]), @"
    Made a desk in $HOME/desk.
      anna: agent
      boris: approver
      clara: custodian
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["init", "--rehearsal"]), @"
    ------- stderr
    error: There is a desk in $HOME/desk already.
    Hint: Nothing was changed. Name another folder with --desk.
    ------- 1
    ");
    let mut here = desk.command(&["--json", "init", "--rehearsal"]);
    let made = desk.ran(here.env_remove("LATCHKEY_DESK")).json();
    assert_eq!(made["desk"], desk.path("data/latchkey/desk").to_str().unwrap());
    let mut homeless = desk.command(&["tickets"]);
    homeless.env_remove("LATCHKEY_DESK").env("XDG_DATA_HOME", "not/absolute").env_remove("HOME");
    insta::assert_snapshot!(desk.ran(&mut homeless), @"
    ------- stderr
    error: Neither XDG_DATA_HOME nor HOME says where the desk's folder is.
    Hint: Name it with --desk DIR or LATCHKEY_DESK.
    ------- 2
    ");
}

#[test]
fn nobody_unknown_acts() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.by("dora", &["take", "R-01"]), @"
    ------- stderr
    error: Nobody called dora works at this desk.
    Hint: Its people are anna, boris, clara.
    ------- 5
    ");
    insta::assert_snapshot!(desk.by("clara", &["take", "R-01"]), @"
    ------- stderr
    error: clara is custodian here; to take tickets takes agent or approver.
    ------- 5
    ");
}

#[test]
fn a_desk_open_read_only_shows_and_changes_nothing() {
    let desk = TestDesk::filled();
    assert!(desk.run(&["--readonly", "show", "R-02"]).ok().contains("approve-second"));
    insta::assert_snapshot!(desk.run(&["--readonly", "take", "R-01"]), @"
    ------- stderr
    error: The desk is open read-only; nothing can be changed.
    Hint: Leave out --readonly.
    ------- 5
    ");
    insta::assert_snapshot!(desk.run(&["--readonly", "lookup", "DN-00522001", "--reveal"]), @"
    ------- stderr
    error: Revealing is logged, and the desk is open read-only.
    Hint: Leave out --readonly or --reveal.
    ------- 5
    ");
    insta::assert_snapshot!(desk.run(&["--readonly", "import", "cases", &fixture("cases.csv")]), @"
    ------- stderr
    error: The desk is open read-only; nothing can be changed.
    Hint: Leave out --readonly.
    ------- 5
    ");
    assert!(desk.run(&["--readonly", "lookup", "DN-00522001"]).ok().contains("R-07"));
}

#[test]
fn colour_is_asked_for_or_a_terminal_s() {
    let desk = TestDesk::filled();
    let coloured = |args: &[&str], set: &[(&str, &str)]| {
        let mut command = desk.command(args);
        desk.ran(command.envs(set.iter().copied())).ok().contains("\u{1b}[")
    };
    let plain = ["show", "R-04"];
    let always = ["--color", "always", "show", "R-04"];
    let never = ["--color", "never", "show", "R-04"];
    assert!(!coloured(&plain, &[]));
    assert!(coloured(&plain, &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&plain, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&plain, &[("CLICOLOR_FORCE", "0")]));
    assert!(coloured(&always, &[("NO_COLOR", "1")]));
    assert!(!coloured(&never, &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_broken_pipe_is_quiet() {
    let desk = TestDesk::filled();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command.args(["man"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    drop(desk);
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        std::process::Command::new(env!("CARGO_BIN_EXE_latchkey")).arg("man").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn the_demonstration_plays_one_case_to_its_end() {
    let desk = TestDesk::bare();
    let ran = desk.run(&["demo"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    // The code read back is random.
    let digits = |word: &str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    let text: Vec<&str> = ran.stdout.split_inclusive([' ', '.', '\n', ')']).collect();
    let text: String = text
        .iter()
        .map(|piece| {
            if digits(piece.trim_end_matches([' ', '.', '\n', ')'])) {
                piece.replace(|c: char| c.is_ascii_digit(), "6")
            } else {
                (*piece).to_owned()
            }
        })
        .collect();
    insta::assert_snapshot!(
        "demo",
        crate::cli_desk::steady(&text.replace(desk.path("").to_str().unwrap(), "$HOME/"))
    );
    let json = desk.run(&["--json", "demo", desk.path("shown").to_str().unwrap()]).json();
    assert_eq!((&json["cases"], json["steps"].as_array().map(Vec::len)), (&14.into(), Some(12)));
    let again = desk.run(&["demo", desk.path("shown").to_str().unwrap()]);
    assert_eq!(again.code, 1, "{again}");
}

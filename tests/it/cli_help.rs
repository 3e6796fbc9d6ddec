//! What the program says about itself: help, completions, the manual page.

use crate::cli_desk::TestDesk;

/// Every command of CONTRACT.md §2 that this version carries out.
const COMMANDS: &[&str] = &[
    "init",
    "demo",
    "import",
    "lookup",
    "links",
    "search",
    "registry prune",
    "registry seal",
    "prune",
    "doctor",
    "erase",
    "export",
    "audit reads",
    "registry status",
    "tickets",
    "show",
    "new",
    "note",
    "take",
    "release",
    "wait",
    "witness cosign",
    "witness init",
    "witness list",
    "witness trust",
    "evidence add",
    "evidence remove",
    "evidence read",
    "evidence look",
    "evidence open",
    "evidence verify",
    "facts",
    "mail confirm",
    "mail dismiss",
    "mail heard",
    "mail original",
    "mail request",
    "mail show",
    "merge",
    "close",
    "reopen",
    "code send",
    "code confirm",
    "outbox list",
    "outbox show",
    "outbox run",
    "outbox retry",
    "outbox drop",
    "reply",
    "letters show",
    "letters check",
    "check",
    "decide",
    "approve",
    "object",
    "clear",
    "notice confirm",
    "notice clear",
    "issue",
    "verify",
    "redeem",
    "speak",
    "centre challenge",
    "centre check",
    "centre list",
    "centres add",
    "centres end",
    "centres list",
    "centres share",
    "revoke",
    "send-back",
    "authorizations",
    "keyset show",
    "keyset sign",
    "keyset apply",
    "keyset export",
    "undo",
    "revocations export",
    "policy show",
    "policy accept",
    "policy check",
    "policy replay",
    "audit verify",
    "audit accept-rollback",
    "audit accept-clock",
    "audit check-fork",
    "audit check-proof",
    "audit checkpoint",
    "audit export",
    "audit prove",
    "audit prove-fork",
    "backup verify",
    "restore",
    "report",
    "agents list",
    "agents passphrase",
    "agents add",
    "agents role",
    "agents rotate",
    "agents disable",
    "config show",
    "config accept",
    "config template",
    "completions",
    "man",
];

/// Names under `Commands:` of a help text.
fn subcommands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Every command that does something by itself, as the program's own help names them.
pub fn commands() -> Vec<String> {
    let (mut out, mut leaves) = (String::new(), Vec::new());
    pages(&TestDesk::bare(), &[], &mut out, &mut leaves);
    // One that has others below it, and a form of its own.
    let own = out.split("===== latchkey ").filter_map(|page| {
        let (name, text) = page.split_once('\n')?;
        let forms = text.split_once("\nUsage: ")?.1.split("\n\n").next()?.to_owned();
        let alone = forms.lines().any(|line| !line.contains("COMMAND]") && !line.contains("<COMMAND>"));
        (text.contains("\nCommands:") && alone).then(|| name.to_owned())
    });
    let own: Vec<String> = own.collect();
    leaves.into_iter().chain(own).collect()
}

/// Help of a command and of all below it, the global options left out but once.
fn pages(desk: &TestDesk, path: &[&str], out: &mut String, leaves: &mut Vec<String>) {
    let args: Vec<&str> = path.iter().copied().chain(["--help"]).collect();
    let help = desk.run(&args).ok();
    let own = if path.is_empty() { help.as_str() } else { help.split("\nGlobal options:").next().unwrap() };
    out.push_str(&format!("===== latchkey {}\n{}\n\n", path.join(" "), own.trim_end()));
    let below = subcommands(&help);
    if below.is_empty() {
        leaves.push(path.join(" "));
    }
    for name in below {
        let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
        pages(desk, &path, out, leaves);
    }
}

#[test]
fn every_command_has_its_help() {
    let (mut out, mut leaves) = (String::new(), Vec::new());
    pages(&TestDesk::bare(), &[], &mut out, &mut leaves);
    insta::assert_snapshot!("help", out);
    leaves.sort();
    let mut known: Vec<String> = COMMANDS.iter().map(|c| (*c).to_owned()).collect();
    known.sort();
    assert_eq!(leaves, known);
}

#[test]
fn help_is_imperative_and_ends_without_a_full_stop() {
    let (mut out, mut leaves) = (String::new(), Vec::new());
    pages(&TestDesk::bare(), &[], &mut out, &mut leaves);
    let first: Vec<&str> = out.split("===== ").skip(2).filter_map(|page| page.lines().nth(1)).collect();
    assert!(first.len() > 40);
    for line in first {
        assert!(!line.ends_with('.'), "{line}");
        assert!(line.starts_with(|c: char| c.is_ascii_uppercase()), "{line}");
        assert!(!line.split(' ').next().unwrap().ends_with('s') || line.starts_with("Pass"), "{line}");
    }
}

#[test]
fn completions_and_manual_come_from_the_same_definition() {
    let desk = TestDesk::bare();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = desk.run(&["completions", shell]).ok();
        assert!(text.contains("authorizations"), "{shell}");
    }
    let man = desk.run(&["man"]).ok();
    assert!(man.contains(".TH latchkey 1") && man.contains("passphrase\\-file"), "{man}");
    assert!(man.contains("decide"), "{man}");
}

#[test]
fn a_mistyped_word_is_answered_with_the_nearest() {
    let desk = TestDesk::bare();
    insta::assert_snapshot!(desk.run(&["tickes"]), @"
    ------- stderr
    error: unrecognized subcommand 'tickes'

      tip: some similar subcommands exist: 'links', 'take', 'notice', 'tickets'

    Usage: latchkey [OPTIONS] [COMMAND]

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["import", "bindngs", "x.csv"]), @"
    ------- stderr
    error: invalid value 'bindngs' for '<LIST>'
      [possible values: cases, tacs, devices, accounts, contacts, bindings, sightings, sim-changes, sales, repairs, notices]

      tip: a similar value exists: 'bindings'

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["tickets", "--state", "opne"]), @"
    ------- stderr
    error: invalid value 'opne' for '--state <STATE>'
      [possible values: open, waiting, held, decided, approved, issued, closed]

      tip: a similar value exists: 'open'

    For more information, try '--help'.
    ------- 2
    ");
    insta::assert_snapshot!(desk.run(&["decide", "7", "refuze"]), @"
    ------- stderr
    error: invalid value 'refuze' for '<RECOMMENDATION>'
      [possible values: investigate, refuse, refer, hold, guide, approve, approve-second, ask]

      tip: a similar value exists: 'refuse'

    For more information, try '--help'.
    ------- 2
    ");
}

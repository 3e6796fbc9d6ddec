//! Replies to customers: what is missing and wrong, in their language, and nothing that only a registry knows.

use std::path::Path;

use crate::cli_desk::TestDesk;
use crate::desk_rehearsal::Rehearsal;

/// Every value of the shipped registry lists that could give something away.
fn registry_values() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/registry");
    let ours = concat!(include_str!("../../letters/en.ftl"), include_str!("../../letters/ru.ftl"));
    let mut values = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for cell in text.lines().skip(1).flat_map(|line| line.split(',')) {
            // Short words and those that the letters say themselves (`phone`, `email`) give nothing away.
            if cell.chars().count() >= 5 && !ours.contains(cell) && !values.iter().any(|v| v == cell) {
                values.push(cell.to_owned());
            }
        }
    }
    assert!(values.len() > 100, "{}", values.len());
    values
}

#[test]
fn no_reply_holds_a_value_of_a_list_or_a_word_of_the_claim() {
    let desk = TestDesk::filled();
    let mut secrets = registry_values();
    let cases = include_str!("../../fixtures/cases.csv");
    let given =
        cases.lines().skip(1).flat_map(|line| line.split(',')).filter(|c| c.contains('@') || c.len() > 12);
    secrets.extend(given.map(str::to_owned));
    let tickets = desk.run(&["--json", "tickets", "--limit", "100"]).json();
    let tickets = tickets["tickets"].as_array().unwrap();
    assert!(tickets.len() >= 14);
    let mut words = std::collections::BTreeSet::new();
    for ticket in tickets {
        let name = format!("#{}", ticket["ticket"]);
        for language in ["en", "ru"] {
            let reply = desk.run(&["--json", "reply", &name, "--in", language]).json();
            let text = reply["text"].as_str().unwrap();
            words.insert(reply["word"].as_str().unwrap().to_owned());
            // It goes to a verified contact of the account, who may be told what is still bound to it.
            let text = text.replace("Orbit Note 10, …3011", "").replace("Orbit Band 8, …2042", "");
            for secret in &secrets {
                assert!(!text.contains(secret.as_str()), "{name} in {language} tells {secret}:\n{text}");
            }
            assert!(!text.contains("reply-"), "{text}");
        }
    }
    // Most recommendations are among the shipped cases.
    assert!(words.len() >= 6, "{words:?}");
}

#[test]
fn what_is_missing_and_wrong_is_asked_for_in_order_of_ease() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!("reply_ask", desk.run(&["reply", "R-10", "--in", "en"]));
    insta::assert_snapshot!("reply_ask_ru", desk.run(&["reply", "R-01", "--in", "ru"]));
    insta::assert_snapshot!("reply_deletion", desk.run(&["reply", "R-11", "--in", "en"]));
}

/// What is asked for here and now comes first: this reply, then this call of the program, then who it is for.
#[test]
fn a_reply_is_in_the_language_that_was_asked_for() {
    let desk = TestDesk::filled();
    let written = |args: &[&str]| {
        desk.run(&[&["--json"], args].concat()).json()["language"].as_str().unwrap().to_owned()
    };
    let own = written(&["reply", "R-01"]);
    for (args, language) in [
        (&["--lang", "en", "reply", "R-01"][..], "en"),
        (&["--lang", "ru", "reply", "R-01"], "ru"),
        (&["reply", "R-01", "--lang", "ru"], "ru"),
        (&["--lang", "ru", "reply", "R-01", "--in", "en"], "en"),
        (&["reply", "R-01"], &own),
    ] {
        assert_eq!(written(args), language, "{args:?}");
    }
    desk.run(&["--lang", "ru", "reply", "R-01", "--send"]).ok();
    let listed = desk.run(&["--json", "outbox", "list", "--ticket", "R-01"]).json();
    let sent = listed["messages"][0]["message"].to_string();
    assert_eq!(desk.run(&["--json", "outbox", "show", &sent]).json()["language"], "ru");
}

#[test]
fn a_reply_is_queued_once_and_the_ticket_waits() {
    let desk = TestDesk::filled();
    desk.run(&["reply", "R-01", "--send"]).ok();
    assert_eq!(desk.run(&["--json", "show", "R-01"]).json()["state"], "waiting");
    let listed = desk.run(&["--json", "outbox", "list", "--ticket", "R-01"]).json();
    assert_eq!(
        (&listed["messages"][0]["kind"], &listed["messages"][0]["state"]),
        (&"reply".into(), &"sent".into())
    );
    let again = desk.run(&["reply", "R-01", "--send"]);
    assert!(again.code == 1 && again.stderr.contains("queued for ticket 1 before"), "{again}");
}

#[test]
fn a_desk_writes_in_its_own_words_and_is_told_the_line_that_does_not_fit() {
    let desk = TestDesk::filled();
    let own = desk.write("desk/letters/en.ftl", "-desk = Orbit service\nreply-hello = Good day,\n");
    let text = desk.run(&["reply", "R-01", "--in", "en"]).ok();
    assert!(text.contains("Good day,") && text.contains("Orbit service"), "{text}");
    assert!(desk.run(&["letters", "show", "en"]).ok().contains("reply-hello = Good day,"));
    std::fs::write(&own, "# ours\n\nreply-hello = Dear { $name },\n").unwrap();
    insta::assert_snapshot!(desk.run(&["tickets"]), @"
    ------- stderr
    error: $HOME/desk/letters/en.ftl:3: The letters are not valid: `reply-hello` is not told $name; it may use no argument.
    Hint: `latchkey letters check FILE` checks a file before it is laid there.
    ------- 1
    ");
    assert_eq!(desk.run(&["letters", "check", &own]).code, 1);
    let whole = desk.write("de.ftl", desk.run(&["letters", "show", "ru"]).stdout);
    std::fs::remove_file(&own).unwrap();
    assert_eq!(desk.run(&["letters", "check", &whole]).code, 0);
}

/// Anybody can write a stranger's number into a claim: what is bound is told to the owner's own address alone.
#[test]
fn what_is_bound_is_told_only_where_the_owner_reads_it() {
    let claims = [
        ("C-1", ("claimant_email", "owner@mail.example"), true),
        ("C-2", ("claimant_phone", "+79031234567"), true),
        ("C-3", ("claimant_email", "thief@post.example"), false),
    ];
    for (reference, contact, told) in claims {
        let world = Rehearsal::new();
        let mut columns =
            vec![("request", "account-deletion"), ("account_email", "owner@mail.example"), contact];
        if !told {
            columns.push(("claimant_phone", "+79031234567"));
        }
        world.case(reference, &columns);
        let reply = world.desk("anna").reply(reference, Some("en")).unwrap();
        assert_eq!(reply.text.contains("Orbit 11"), told, "{reference}: {}", reply.text);
    }
}

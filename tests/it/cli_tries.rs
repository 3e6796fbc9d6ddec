//! What a stranger may learn by guessing, and whom they may keep from their own phone by it: a dry run tells nothing of the
//! lists, no case comes from the future, wrong answers that are dated back count where they are told.

use latchkey::domain::Channel;

use crate::cli_desk::TestDesk;
use crate::cli_real::RealSeat;
use crate::desk_rehearsal::{Rehearsal, noon};

const HEAD: &str = "reference,request,received_at,claimant_email,claimant_phone,access,imei,model,facts,receipt_retailer,receipt_no,receipt_date\n";
const IMEI: &str = "867530900000017";

/// What a dry run says of a file, but for its name, digest and time.
fn said(seat: &RealSeat, rows: &str) -> String {
    let file = seat.write("asked.csv", format!("{HEAD}{rows}"));
    let ran = seat.run(&["--json", "import", "cases", &file, "--dry-run"]);
    let mut summary: serde_json::Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {ran}"));
    for name in ["sha256", "seconds", "file"] {
        summary.as_object_mut().unwrap().remove(name);
    }
    format!("{summary} {}", ran.stderr.replace("asked.csv", ""))
}

#[test]
fn a_dry_run_of_a_real_desk_says_the_same_of_a_right_guess_and_a_wrong_one() {
    let seat = RealSeat::new();
    let row = |reference: &str, more: &str| {
        format!("{reference},lost-report,2026-11-20,e@evil.example,,none,{IMEI},{more}\n")
    };
    let file = seat.write("known.csv", format!("{HEAD}{}", row("K", ",,,,")));
    seat.run(&["import", "cases", &file]).ok();
    let answers =
        ["name=Иван Петров;region=RU;registered=2024", "name=Иван Петров;region=GB;registered=2024"];
    let guesses =
        |more: &dyn Fn(&str, &str) -> String, right: &str, wrong: &str| (more("X", right), more("X", wrong));
    let mut table = vec![];
    for wrong in ["name=Анна Петрова;region=KZ;registered=1999", "region=KZ"] {
        for right in answers {
            table.push(guesses(&|r, g| row(r, &format!(",{g},,,")), right, wrong));
            // Of a ticket that is there, as often as one likes: three wrong ones would close the fourth out.
            let often = |guess: &str| -> String {
                ["registered=1990", "registered=1991", "registered=1992", "registered=1993"]
                    .map(|more| row("K", &format!(",{guess};{more},,,")))
                    .concat()
            };
            table.push((often(right), often(wrong)));
        }
    }
    table.push(guesses(&|r, g| row(r, &format!("{g},,,,")), "Orbit 11", "Band Nine"));
    table.push(guesses(&|r, g| row(r, &format!(",,DNS,{g},2025-01-29")), "DN-0000001", "DN-0000002"));
    let login = |_: &str, g: &str| format!("X,unbind,2026-11-20,{g},,contact,{IMEI},,,,,\n");
    table.push(guesses(&login, "owner@mail.example", "other@mail.example"));
    for (right, wrong) in table {
        let (right_said, wrong_said) = (said(&seat, &right), said(&seat, &wrong));
        assert_eq!(right_said, wrong_said, "{right} {wrong}");
        assert!(right_said.contains("\"recommendations\":{}"), "{right_said}");
    }
    // What it is for stays: what is a case, what is not and why, what is new and what is there.
    let rows = format!("{}{}X,no-such,2026-11-20,,,,,,,,,\n", row("K", ",,,,"), row("N", ",,,,"));
    let told = said(&seat, &rows);
    for word in ["\"imported\":1", "\"unchanged\":1", "\"rejected\":1", "\"rows\":3", "no-such"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    let file = seat.write("asked.csv", format!("{HEAD}{}", row("X", ",,,,")));
    let told = seat.run(&["import", "cases", &file, "--dry-run"]).ok();
    assert!(told.contains("Nothing was judged"), "{told}");
}

/// Imports a case of a stranger with answers, received on a day.
fn stranger(world: &Rehearsal, name: &str, day: &str, facts: &str) {
    let path = world.path().join("stranger.csv");
    let row = format!("{name},unbind,{day},{name}@evil.example,{IMEI},{facts}\n");
    std::fs::write(&path, format!("reference,request,received_at,claimant_email,imei,facts\n{row}")).unwrap();
    let options = latchkey::desk::import::ImportOptions::default();
    let done = world.desk("anna").import_cases(&path, &options, &mut |_| true).unwrap();
    assert_eq!((done.rows, done.imported), (1, 1), "{name}");
}

/// The clock of these desks stands at 09:00 on 2026-11-20 (UTC).
#[test]
fn no_case_comes_from_the_future() {
    let desk = TestDesk::empty();
    for (received, taken) in [
        ("", true),
        ("2026-11-20T09:00:00Z", true),
        ("2026-11-20T09:10:00Z", true),
        ("2026-11-20T12:05:00+03:00", true),
        ("2026-11-20T09:10:01Z", false),
        ("2026-11-20T09:30:00+00:00", false),
        // It is the 20th everywhere, and no later day has begun anywhere yet.
        ("2026-11-20", true),
        ("2026-11-21", false),
        ("20261121", false),
        ("2099-01-01T00:00:00Z", false),
        ("2099-01-01", false),
    ] {
        let file = desk.write(
            "c.csv",
            format!("request,received_at,claimant_email\nunbind,{received},a@post.example\n"),
        );
        let ran = desk.run(&["import", "cases", &file, "--dry-run"]);
        assert_eq!(ran.code == 0, taken, "{received}: {ran}");
        assert!(taken || ran.stderr.contains("lies in the future: it is 2026-11-20T09:00:00Z now"), "{ran}");
        let by_hand = desk.run(&["new", &file]);
        assert_eq!(by_hand.code == 0, taken, "{received}: {by_hand}");
    }
    // The day has begun where the clock is ahead of UTC by 14 hours.
    let file = desk.write("c.csv", "request,received_at,claimant_email\nunbind,2026-11-21,a@post.example\n");
    assert_ne!(desk.at("2026-11-20T09:59:59Z", &["import", "cases", &file, "--dry-run"]).code, 0);
    assert_eq!(desk.at("2026-11-20T10:00:00Z", &["import", "cases", &file, "--dry-run"]).code, 0);
}

/// Strangers who answer wrong about an account hold its owner's case up (`claim.tries`), and no more than that.
#[test]
fn what_strangers_answered_keeps_no_code_from_the_owner() {
    let world = Rehearsal::new();
    for n in 0..6 {
        stranger(&world, &format!("F-{n}"), &format!("2026-11-{}", 10 + n), "name=Wrong Name");
    }
    world.owner_case("C-1");
    let mut desk = world.desk("anna");
    let tries = |desk: &mut latchkey::desk::Desk| {
        let id = desk.find("C-1").unwrap();
        let judged = desk.look(id).unwrap();
        let found = judged.judgement.findings.iter().find(|f| f.check.as_str() == "claim.tries").unwrap();
        found.outcome
    };
    assert_eq!(tries(&mut desk), latchkey::domain::Outcome::Fail, "the case is held all the same");
    let sent = desk.send_code("C-1", Channel::Contact, None).unwrap();
    let wrong = if sent.code.as_deref() == Some("000000") { "000001" } else { "000000" };
    assert_eq!(desk.confirm_code("C-1", Channel::Contact, wrong).unwrap().tries_left, 2);
    assert!(desk.confirm_code("C-1", Channel::Contact, &sent.code.unwrap()).unwrap().confirmed);
    // Wrong codes do: three of them in a day.
    let sent = desk.send_code("C-1", Channel::Contact, None).unwrap();
    for _ in 0..2 {
        desk.confirm_code("C-1", Channel::Contact, wrong).unwrap();
    }
    for refused in [
        desk.send_code("C-1", Channel::Contact, None).map(drop),
        desk.confirm_code("C-1", Channel::Contact, &sent.code.unwrap()).map(drop),
    ] {
        assert!(refused.unwrap_err().to_string().contains("2026-11-21"));
    }
    // Of answers about the account none is compared any more, as before.
    assert!(desk.compare_facts("C-1", "region=RU").is_err());
}

/// Guesses that a file dates back count for nothing in the findings (`received_at`), and close the next ones out.
#[test]
fn guesses_that_are_dated_back_count_from_when_they_came() {
    let world = Rehearsal::new();
    for n in 0..3 {
        if n == 2 {
            // Two bear one more.
            stranger(&world, "C-0", "2026-11-20", "");
            world.desk("anna").compare_facts("C-0", "region=RU").unwrap();
        }
        stranger(&world, &format!("P-{n}"), "2026-09-01", &format!("name=Guess {n}"));
    }
    stranger(&world, "C-1", "2026-11-20", "");
    let refused = world.desk("anna").compare_facts("C-1", "region=RU").unwrap_err();
    assert!(refused.to_string().contains("2026-11-21"), "{refused}");
    // Nor by a case of its own, nor in a file about a ticket that is there.
    let file = world.path().join("new.csv");
    let row = format!(
        "request,received_at,claimant_email,imei,facts\nunbind,2026-09-01,n@evil.example,{IMEI},region=RU\n"
    );
    std::fs::write(&file, row).unwrap();
    let mut desk = world.desk("anna");
    let refused = desk.new_case(&file, latchkey::intake::Format::Auto).unwrap_err();
    assert!(refused.to_string().contains("2026-11-21"), "{refused}");
    assert!(world.desk_at("anna", noon().plus_days(1)).compare_facts("C-1", "region=RU").is_ok());
}

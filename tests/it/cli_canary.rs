//! Values that only the lists hold, and that a caller is asked for: no surface tells one of them unless it is revealed.

use latchkey::desk::{Desk, Failure, Folder, Options};
use latchkey::domain::Time;
use latchkey::env::Env;
use latchkey::tui::probe::Probe;

use crate::cli_desk::{NOW, TestDesk};

/// What is asked: name, region, day and year of the registration, contacts, models of the account's devices; and what
/// tells it: days of bindings, of the sale, of the first sighting, of the making, the device's region, the price.
/// Not among them: the numbers of the claimed device, which `show` gives in full (CONTRACT.md §1).
const CANARIES: [&str; 18] = [
    "Кукушкина",
    "Zanzibar",
    "2019-03",
    "20190307",
    "2019",
    "canary.owner",
    "nest.example",
    "9035550199",
    "Kestrel",
    "Avian",
    "Heron",
    "Harrier",
    "Narnia",
    "77123",
    "SRD",
    "9165550111",
    "8970101000000000558",
    "2020-04-09",
];

const LISTS: [(&str, &str); 9] = [
    (
        "tacs",
        "tac,brand,model,allocated_on\n86753090,Avian,Kestrel 5,2019-01-15\n49015420,Avian,Heron 9,2019-01-16\n",
    ),
    (
        "devices",
        "imei,serial,model,made_on,region\n867530900000017,11111/A1,Kestrel 5,2019-02-11,Narnia\n\
         490154203237518,HERON-1,Heron 9,2019-02-12,Narnia\n,HARRIER-9,Harrier Band,2019-02-13,Narnia\n",
    ),
    (
        "accounts",
        "account_id,email,phone,name,region,state,registered_at,last_sign_in_at\n\
         2000000001,canary.owner@nest.example,+79035550199,Марианна Кукушкина,Zanzibar,active,2019-03-07,2019-03-07\n",
    ),
    (
        "contacts",
        "account_id,kind,value,verified_at\n2000000001,email,canary.owner@nest.example,2019-03-07\n\
         2000000001,phone,+79035550199,2019-03-07\n",
    ),
    (
        "bindings",
        "account_id,imei,serial,bound_at\n2000000001,867530900000017,,2019-03-08\n\
         2000000001,490154203237518,,2020-04-09\n2000000001,,HARRIER-9,2020-04-09\n",
    ),
    (
        "sightings",
        "imei,iccid,msisdn,first_seen,last_seen\n\
         867530900000017,8970101000000000004,+79165550111,2019-03-10,2026-11-15\n\
         867530900000017,8970101000000000558,+79160000009,2019-03-10,2026-11-01\n",
    ),
    (
        "sales",
        "retailer,receipt_no,sold_on,imei,amount,currency\nDNS,DN-0000001,2019-03-05,867530900000017,77123,SRD\n",
    ),
    ("sim-changes", "msisdn,changed_at\n+79160000009,2026-01-01\n"),
    ("notices", "imei,kind,status,reported_at\n867530900000017,lost,cleared,2026-01-05\n"),
];

/// Tickets on the account by people who know a number or two: each sees a check fail, pass or not know.
const CASES: &str = "reference,request,claimant_email,access,imei,serial,model,account_id,receipt_retailer,receipt_no,\
    receipt_date,sim_iccid,sim_msisdn,facts\n\
    A,unbind,a@post.example,none,867530900000017,,Orbit 11,,DNS,DN-0000001,2024-01-02,8970101000000000004,,region=KZ\n\
    B,unbind,b@post.example,none,,HERON-1,,,DNS,DN-0000001,2018-01-02,,+79160000009,\n\
    C,device-reset,c@post.example,none,,HARRIER-9,,2000000001,,,,,,\n\
    D,login-recovery,d@post.example,none,,,,2000000001,,,,,,name=No One;registered=1999\n\
    E,account-deletion,e@post.example,none,,,,2000000001,,,,,,\n\
    F,unbind,f@post.example,none,867530900000071,,,,,,,,,\n";

/// What people who know one of these look up.
const KNOWN: [&str; 8] = [
    "867530900000017",
    "HERON-1",
    "HARRIER-9",
    "2000000001",
    "DN-0000001",
    "8970101000000000004",
    "+79160000009",
    "A",
];
const TICKETS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn world() -> TestDesk {
    let desk = TestDesk::empty();
    for (list, text) in LISTS {
        let file = desk.write(&format!("{list}.csv"), text);
        desk.run(&["import", list, &file]).ok();
    }
    let file = desk.write("cases.csv", CASES);
    desk.run(&["import", "cases", &file]).ok();
    desk
}

#[track_caller]
fn tells_none(what: &str, text: &str) {
    let told: Vec<_> = CANARIES.iter().filter(|canary| text.contains(**canary)).collect();
    assert!(told.is_empty(), "{what} tells {told:?}:\n{text}");
}

#[test]
fn no_command_tells_what_a_caller_is_asked_for() {
    let desk = world();
    let mut runs: Vec<Vec<&str>> = vec![
        vec!["tickets"],
        vec!["tickets", "--format", "csv"],
        vec!["--json", "tickets"],
        vec!["report"],
        vec!["--json", "report"],
        vec!["outbox", "list", "--all"],
        vec!["--json", "outbox", "list", "--all"],
        vec!["outbox", "show", "1"],
        vec!["--json", "outbox", "show", "1"],
        vec!["outbox", "show", "2"],
        vec!["registry", "status"],
        vec!["search", "post"],
        vec!["--json", "search", "DNS"],
        vec!["links", "A", "B"],
        vec!["--json", "links", "A", "C"],
        vec!["facts", "A", "name=Anna", "registered=2001", "phone=+79990001122", "device=Orbit 99"],
        vec!["--json", "facts", "B", "name=Anna", "email=x@y.example"],
        vec!["evidence", "add", "B", "box", "box_imei=867530900000017"],
    ];
    desk.run(&["code", "send", "A", "contact"]).ok();
    desk.run(&["code", "send", "A", "contact", "--to", "phone"]).ok();
    let sent = desk.run(&["--json", "code", "send", "A", "sim"]);
    tells_none("code send", &sent.stdout);
    for ticket in TICKETS {
        for command in ["show", "check", "links", "reply"] {
            runs.extend([vec![command, ticket], vec!["--json", command, ticket]]);
        }
        runs.push(vec!["code", "send", ticket, "contact", "--to", "nobody@nowhere.example"]);
    }
    for text in KNOWN {
        runs.extend([vec!["lookup", text], vec!["--json", "lookup", text]]);
    }
    for args in runs {
        let ran = desk.run(&args);
        tells_none(&args.join(" "), &format!("{}{}", ran.stdout, ran.stderr));
    }
    // Whoever reveals it reads it.
    let shown = desk.run(&["lookup", "2000000001", "--reveal"]).ok();
    for canary in ["Кукушкина", "Zanzibar", "2019-03-07", "Heron 9"] {
        assert!(shown.contains(canary), "{canary}: {shown}");
    }
}

fn screen(desk: &TestDesk) -> Probe {
    let options = Options {
        folder: Folder::new(desk.path("desk")),
        agent: Some("anna".to_owned()),
        readonly: false,
        env: Env::fixed(Time::parse(NOW).unwrap()),
        ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
    };
    Probe::new(Desk::open(options).unwrap(), 140, 60, true).unwrap()
}

/// Opens a ticket by what its claimant writes from.
fn open(probe: &mut Probe, ticket: &str) {
    probe.keys(&["8", "/", "ctrl+u"]);
    probe.type_text(&format!("{}@post", ticket.to_lowercase()));
    probe.keys(&["enter", "enter"]);
    assert!(probe.text().contains("Claim and registry"), "{}", probe.text());
}

#[test]
fn no_screen_tells_it() {
    let desk = world();
    desk.run(&["code", "send", "A", "contact"]).ok();
    let mut probe = screen(&desk);
    tells_none("the queue", &probe.text());
    for ticket in TICKETS {
        // By its number through the lookup, its panes, then every finding.
        probe.keys(&["esc", "esc", "esc", "f2"]);
        probe.paste(ticket);
        tells_none("lookup", &probe.text());
        for _ in 0..14 {
            probe.key("down");
            tells_none(&format!("lookup of {ticket}"), &probe.text());
        }
        probe.keys(&["esc", "esc", "esc"]);
        open(&mut probe, ticket);
        for size in [(140, 60), (80, 24), (200, 80)] {
            probe.resize(size.0, size.1);
            for pane in 0..4 {
                tells_none(&format!("ticket {ticket}, pane {pane}"), &probe.text());
                for _ in 0..40 {
                    probe.key("down");
                }
                tells_none(&format!("ticket {ticket}, end of pane {pane}"), &probe.text());
                probe.key("tab");
            }
        }
        probe.resize(140, 60);
        // The first finding opened, then each one after it.
        probe.keys(&["tab", "enter"]);
        for finding in 0..30 {
            tells_none(&format!("ticket {ticket}, finding {finding}"), &probe.text());
            probe.key("]");
        }
        probe.keys(&["esc", "Y"]);
        tells_none(&format!("ticket {ticket}, reply"), &probe.text());
        probe.keys(&["esc", "esc", "esc"]);
    }
    for key in ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11"] {
        probe.keys(&["esc", "esc", "esc", key]);
        tells_none(key, &probe.text());
    }
}

#[test]
fn no_form_tells_it_while_it_is_filled() {
    let desk = world();
    for receipt_of in ["A", "B"] {
        let mut probe = screen(&desk);
        open(&mut probe, receipt_of);
        probe.keys(&["e", "left", "tab"]);
        for text in ["DNS", "DN-0000001", "2020-01-01", "867530900000017", "HARRIER-9"] {
            probe.type_text(text);
            probe.tick(Time::parse(NOW).unwrap());
            tells_none(&format!("form of {receipt_of} with {text}"), &probe.text());
            probe.key("tab");
        }
        assert!(probe.text().contains("not the day of the sale"), "{}", probe.text());
    }
}

/// A file says itself when its cases were received; what is told goes by when they came in here.
#[test]
fn a_batch_beyond_the_limit_is_held_and_tells_nothing() {
    let desk = world();
    let mut rows = "reference,request,received_at,claimant_email,account_id,facts\n".to_owned();
    let months_ago = "2026-05-01T00:00:00Z";
    for (n, region) in ["KZ", "BY", "UA", "AM", "GE", "Zanzibar"].into_iter().enumerate() {
        rows += &format!("N{n},login-recovery,,n{n}@post.example,2000000001,region={region}\n");
        rows += &format!("O{n},login-recovery,{months_ago},o{n}@post.example,2000000001,region={region}\n");
    }
    let file = desk.write("guesses.csv", &rows);
    desk.run(&["import", "cases", &file]).ok();
    let shown = |name: &str| {
        let shown = desk.run(&["--json", "show", name]).json();
        let findings = shown["findings"].as_array().unwrap().clone();
        let finding = |check: &str| findings.iter().find(|f| f["check"] == check).unwrap().clone();
        let facts = finding("account.facts");
        let said = format!("{} {}", facts["outcome"], facts["reason"]);
        (
            said,
            shown["proofs"].to_string(),
            shown["cautions"].to_string(),
            shown["missing"].to_string(),
            shown["recommendation"].to_string(),
        )
    };
    for kind in ["N", "O"] {
        let right = shown(&format!("{kind}5"));
        assert!(right.0.starts_with("\"unknown\" \"Too many wrong answers"), "{right:?}");
        for n in 0..5 {
            assert_eq!(shown(&format!("{kind}{n}")), right, "{kind}{n}");
        }
    }
    assert_eq!(shown("N5").4, "\"hold\"");
    // Nor do lists: the row of the right one is the row of a wrong one.
    let csv = desk.run(&["tickets", "--format", "csv", "--search", "N"]).ok();
    let row = |n: &str| {
        csv.lines().find(|l| l.contains(n)).unwrap().split(',').skip(2).take(5).collect::<Vec<_>>().join(",")
    };
    assert_eq!(row(",N5,"), row(",N0,"));
    let text = desk.run(&["show", "N5"]).ok();
    assert!(text.contains("not told") && !text.contains("account.facts, "), "{text}");
}

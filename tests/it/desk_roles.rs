//! The matrix: what each role may do to a ticket it has nothing to do with, holds, has touched, decided or approved,
//! through the desk's own acts. Every cell is written down here, and every cell is tried.

use std::collections::BTreeMap;

use latchkey::desk::import::ImportOptions;
use latchkey::desk::spoken::service::Service;
use latchkey::desk::{Desk, Failure, Kind};
use latchkey::domain::{Channel, EvidenceKind, Recommendation as R, Role, Time};
use latchkey::judgement::Check;

use crate::desk_outbox::copy;
use crate::desk_rehearsal::{Rehearsal, noon};

/// What pat has to do with the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// Nothing, and nobody holds it.
    Free,
    /// Pat took it.
    Holds,
    /// Somebody else took it.
    Others,
    /// Pat added evidence to it.
    Touched,
    /// Pat decided it.
    Decided,
    /// Pat approved it.
    Approved,
    /// Pat cleared a check of it.
    Cleared,
}

use Relation::{Approved, Cleared, Decided, Free, Holds, Others, Touched};

/// Where the ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    Decided,
    Approved,
    Issued,
    Closed,
}

/// What pat is. A new approver may not approve yet; who is disabled was everything before.
const WHO: [&str; 6] = ["agent", "approver", "new approver", "custodian", "auditor", "disabled"];

type Try = fn(&mut Desk, &Ticket) -> Result<(), Failure>;

/// What an act may need.
#[derive(Default)]
struct Ticket {
    item: i64,
    token: String,
    jti: String,
    challenge: String,
    back: String,
}

/// An act, and its verdicts: a word a role (as in [`WHO`]), a letter a relation. `y` it is done, `r` refused (exit 5),
/// `s` the state does not allow it (exit 1), `v` what was signed no longer holds (exit 4).
type Line = (&'static str, Try, [&'static str; 6]);

fn unit<T>(done: Result<T, Failure>) -> Result<(), Failure> {
    done.map(|_| ())
}

/// A desk with pat, who is agent and approver till now, and olga, who is another agent.
fn people() -> Rehearsal {
    let made = Rehearsal::new();
    let mut clara = made.desk("clara");
    clara.add_agent("pat", &[Role::Agent, Role::Approver], None).unwrap();
    clara.add_agent("olga", &[Role::Agent], None).unwrap();
    clara.add_agent("second", &[Role::Custodian], None).unwrap();
    let on = latchkey::judgement::DEFAULT_POLICY.replace("codes = false", "codes = true");
    std::fs::write(made.folder().join("policy.toml"), on).unwrap();
    made.desk("clara").make_centre("north", &made.path().join("north.json")).unwrap();
    made
}

fn later(hours: i64) -> Time {
    // Two days after pat came, who approves by now.
    noon().plus_hours(48 + hours)
}

/// A ticket that stands there, with pat in that relation to it; what acts need; and the present.
fn build(stage: Stage, relation: Relation) -> (Rehearsal, Ticket, Time) {
    let made = people();
    made.owner_case("O-1");
    made.prove("O-1", Channel::Sim);
    let mut ticket = Ticket::default();
    let columns: BTreeMap<_, _> = [("box_serial".to_owned(), "11111/A1".to_owned())].into();
    let toucher = if relation == Touched { "pat" } else { "olga" };
    let mut desk = made.desk_at(toucher, later(1));
    ticket.item = desk.add_evidence("O-1", EvidenceKind::Box, &columns, None).unwrap();
    drop(desk);
    if relation == Cleared {
        made.rival_case("O-2");
        let mut pat = made.desk_at("pat", later(1));
        pat.clear("O-1", Check::ReceiptUnique, "O-2", "one family").unwrap();
        pat.clear("O-1", Check::TicketRival, "O-2", "one family").unwrap();
    }
    let decider = if relation == Decided { "pat" } else { "anna" };
    let mut now = later(2);
    if stage == Stage::Closed {
        made.desk_at(decider, now).decide("O-1", R::Refuse, Some("as it is"), false).unwrap();
    } else if stage != Stage::Open {
        made.desk_at(decider, now).decide("O-1", R::ApproveSecond, Some("to be sure"), false).unwrap();
    }
    if matches!(stage, Stage::Approved | Stage::Issued) {
        let approver = if relation == Approved { "pat" } else { "boris" };
        made.desk_at(approver, now).approve("O-1", true).unwrap();
        now = later(2 + 73);
    }
    if stage == Stage::Issued {
        let issued = made.desk_at("anna", now).issue("O-1", None, None).unwrap();
        (ticket.token, ticket.jti) = (issued.token, issued.jti);
        let centre = Service::open(&made.path().join("north.json"), made.path()).unwrap();
        ticket.challenge = centre.challenge("867530900000017", now).unwrap().challenge;
        let code = made.desk_at("anna", now).read_out("O-1", "north", &ticket.challenge).unwrap().code;
        ticket.back = centre.check(&ticket.challenge, &code, now).unwrap().challenge.acceptance.unwrap();
    }
    now = now.plus_hours(1);
    match relation {
        Holds => unit(made.desk_at("pat", now).take("O-1", None)).unwrap(),
        Others => unit(made.desk_at("olga", now).take("O-1", None)).unwrap(),
        _ => {}
    }
    (made, ticket, now)
}

/// Makes pat what the column says, as the root signs it.
fn become_(made: &Rehearsal, who: &str, now: Time) {
    let mut clara = made.desk_at("clara", now);
    let root = clara.open_root("change roles").unwrap();
    let mut roles = |roles: &[Role]| {
        let next = clara.plan_roles("pat", roles).unwrap();
        clara.sign_here(&next, &root).unwrap();
    };
    match who {
        "agent" => roles(&[Role::Agent]),
        "approver" => roles(&[Role::Approver]),
        "new approver" => {
            roles(&[Role::Agent]);
            roles(&[Role::Approver]);
        }
        "custodian" => roles(&[Role::Custodian]),
        "auditor" => roles(&[Role::Auditor]),
        _ => {
            let next = clara.plan_disable("pat").unwrap();
            clara.sign_here(&next, &root).unwrap();
        }
    }
}

fn letter(done: &Result<(), Failure>) -> char {
    match done {
        Ok(()) => 'y',
        Err(e) => match e.kind {
            Kind::Refused => 'r',
            Kind::State => 's',
            Kind::Verification => 'v',
            other => panic!("{other:?}: {e}"),
        },
    }
}

fn twin(made: &Rehearsal) -> Rehearsal {
    let dir = tempfile::tempdir().unwrap();
    copy(&made.folder(), &dir.path().join("desk"));
    Rehearsal { dir }
}

/// Tries every cell of the lines.
fn run(stage: Stage, relations: &[Relation], lines: &[Line]) {
    let mut wrong = String::new();
    let mut found: Vec<[String; 6]> = lines.iter().map(|_| Default::default()).collect();
    for (r, relation) in relations.iter().enumerate() {
        let (made, ticket, now) = build(stage, *relation);
        for (w, who) in WHO.iter().enumerate() {
            let made = twin(&made);
            become_(&made, who, now);
            for (n, (act, attempt, expected)) in lines.iter().enumerate() {
                let wanted = expected[w].chars().nth(r).unwrap_or('?');
                // What changes nothing may be tried at one desk after another.
                let fresh = (wanted == 'y' || wanted == '?').then(|| twin(&made));
                let mut desk = fresh.as_ref().unwrap_or(&made).desk_at("pat", now);
                let done = attempt(&mut desk, &ticket);
                let is = letter(&done);
                found[n][w].push(is);
                if is != wanted {
                    wrong += &format!("{act}, {who}, {relation:?}: {is}, not {wanted} ({done:?})\n");
                }
            }
        }
    }
    let mut table = String::new();
    for ((act, ..), found) in lines.iter().zip(&found) {
        table += &format!(
            "{act:<16}{}
",
            found.join(" ")
        );
    }
    assert!(wrong.is_empty(), "{wrong}\n{table}");
}

const OPEN: &[Line] = &[
    ("take", |d, _| unit(d.take("O-1", None)), ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"]),
    (
        "take away",
        |d, _| unit(d.take("O-1", Some("ill"))),
        ["yyyyr", "yyyyr", "yyyyr", "rrrrr", "rrrrr", "rrrrr"],
    ),
    ("release", |d, _| unit(d.release("O-1")), ["yysyy", "yysyy", "yysyy", "rrrrr", "rrrrr", "rrrrr"]),
    ("note", |d, _| d.note("O-1", "called"), ["yyyyy", "yyyyy", "yyyyy", "yyyyy", "rrrrr", "rrrrr"]),
    ("add evidence", add, ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"]),
    (
        "remove evidence",
        |d, t| d.remove_evidence("O-1", t.item),
        ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"],
    ),
    (
        "send a code",
        |d, _| unit(d.send_code("O-1", Channel::Sim, None)),
        ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"],
    ),
    ("decide", decide, ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"]),
    ("set waiting", |d, _| d.wait("O-1"), ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"]),
    ("close", |d, _| d.close("O-1", "withdrawn"), ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"]),
    ("object", |d, _| unit(d.object("O-1", None)), ["yyyyy", "yyyyy", "yyyyy", "yyyyy", "rrrrr", "rrrrr"]),
    (
        "reply",
        |d, _| unit(d.queue_reply("O-1", Some("en"))),
        ["yysyr", "yysyr", "yysyr", "rrrrr", "rrrrr", "rrrrr"],
    ),
    ("undo", |d, _| unit(d.undo("O-1")), ["sysys", "sysys", "sysys", "srsrr", "rrrrr", "rrrrr"]),
    ("approve", approve, ["rrrrr", "sssss", "rrrrr", "rrrrr", "rrrrr", "rrrrr"]),
    ("issue", issue, ["sssss", "sssss", "sssss", "rrrrr", "rrrrr", "rrrrr"]),
    ("send back", send_back, ["rrrrr", "sssss", "rrrrr", "rrrrr", "rrrrr", "rrrrr"]),
    (
        "confirm notice",
        |d, _| unit(d.confirm_notice("O-1")),
        ["rrrrr", "sssrs", "rrrrr", "rrrrr", "rrrrr", "rrrrr"],
    ),
    ("check again", |d, _| unit(d.check("O-1")), ["yyyyy", "yyyyy", "yyyyy", "yyyyy", "yyyyy", "rrrrr"]),
];

const DECIDED: &[Line] = &[
    ("approve", approve, ["rrrrrr", "yyyrry", "rrrrrr", "rrrrrr", "rrrrrr", "rrrrrr"]),
    ("send back", send_back, ["rrrrrr", "yyyyry", "rrrrrr", "rrrrrr", "rrrrrr", "rrrrrr"]),
    ("decide again", decide, ["yysyyr", "yysyyr", "yysyyr", "rrrrrr", "rrrrrr", "rrrrrr"]),
    ("add evidence", add, ["yysyyr", "yysyyr", "yysyyr", "rrrrrr", "rrrrrr", "rrrrrr"]),
    (
        "object",
        |d, _| unit(d.object("O-1", None)),
        ["yyyyyy", "yyyyyy", "yyyyyy", "yyyyyy", "rrrrrr", "rrrrrr"],
    ),
    ("issue", issue, ["ssssss", "ssssss", "ssssss", "rrrrrr", "rrrrrr", "rrrrrr"]),
    ("undo", |d, _| unit(d.undo("O-1")), ["syssys", "syssys", "syssys", "srssrs", "rrrrrr", "rrrrrr"]),
];

const APPROVED: &[Line] = &[
    ("issue", issue, ["yysyyrr", "yysyyrr", "yysyyrr", "rrrrrrr", "rrrrrrr", "rrrrrrr"]),
    ("approve", approve, ["rrrrrrr", "sssssss", "rrrrrrr", "rrrrrrr", "rrrrrrr", "rrrrrrr"]),
    ("send back", send_back, ["rrrrrrr", "yyyyryy", "rrrrrrr", "rrrrrrr", "rrrrrrr", "rrrrrrr"]),
    ("decide again", decide, ["yysyyyr", "yysyyyr", "yysyyyr", "rrrrrrr", "rrrrrrr", "rrrrrrr"]),
    (
        "object",
        |d, _| unit(d.object("O-1", None)),
        ["yyyyyyy", "yyyyyyy", "yyyyyyy", "yyyyyyy", "rrrrrrr", "rrrrrrr"],
    ),
    ("undo", |d, _| unit(d.undo("O-1")), ["sysssss", "sysssss", "sysssss", "srsssrs", "rrrrrrr", "rrrrrrr"]),
];

const ISSUED: &[Line] = &[
    ("redeem", |d, t| unit(d.redeem(&t.token)), ["yyyv", "yyyy", "yyyv", "rrrr", "rrrr", "rrrr"]),
    ("revoke", |d, t| d.revoke(&t.jti, "lost"), ["yyyy", "yyyy", "yyyy", "yyyy", "rrrr", "rrrr"]),
    ("object", |d, _| unit(d.object("O-1", None)), ["yyyy", "yyyy", "yyyy", "yyyy", "rrrr", "rrrr"]),
    (
        "read a code out",
        |d, t| unit(d.read_out("O-1", "north", &t.challenge)),
        ["yyyv", "yyyy", "yyyv", "rrrr", "rrrr", "rrrr"],
    ),
    (
        "report a code taken",
        |d, t| unit(d.redeem_accepted("O-1", &t.back)),
        ["yyyv", "yyyy", "yyyv", "rrrr", "rrrr", "rrrr"],
    ),
    ("issue again", issue, ["ssss", "ssss", "ssss", "rrrr", "rrrr", "rrrr"]),
    ("take", |d, _| unit(d.take("O-1", None)), ["ssss", "ssss", "ssss", "rrrr", "rrrr", "rrrr"]),
    ("decide", decide, ["ssss", "ssss", "ssss", "rrrr", "rrrr", "rrrr"]),
];

const CLOSED: &[Line] = &[
    ("reopen", |d, _| d.reopen("O-1"), ["yyy", "yyy", "yyy", "rrr", "rrr", "rrr"]),
    ("take", |d, _| unit(d.take("O-1", None)), ["sss", "sss", "sss", "rrr", "rrr", "rrr"]),
    ("add evidence", add, ["sss", "sss", "sss", "rrr", "rrr", "rrr"]),
    ("decide", decide, ["sss", "sss", "sss", "rrr", "rrr", "rrr"]),
    ("issue", issue, ["sss", "sss", "sss", "rrr", "rrr", "rrr"]),
];

fn add(desk: &mut Desk, _: &Ticket) -> Result<(), Failure> {
    let columns: BTreeMap<_, _> = [("box_imei".to_owned(), "867530900000017".to_owned())].into();
    unit(desk.add_evidence("O-1", EvidenceKind::Box, &columns, None))
}

fn decide(desk: &mut Desk, _: &Ticket) -> Result<(), Failure> {
    unit(desk.decide("O-1", R::Refuse, Some("as it is"), false))
}

fn approve(desk: &mut Desk, _: &Ticket) -> Result<(), Failure> {
    unit(desk.approve("O-1", true))
}

fn issue(desk: &mut Desk, _: &Ticket) -> Result<(), Failure> {
    unit(desk.issue("O-1", None, None))
}

fn send_back(desk: &mut Desk, _: &Ticket) -> Result<(), Failure> {
    unit(desk.send_back("O-1", "look again"))
}

#[test]
fn on_a_ticket_to_work() {
    run(Stage::Open, &[Free, Holds, Others, Touched, Cleared], OPEN);
}

#[test]
fn on_a_ticket_that_waits_for_a_second_yes() {
    run(Stage::Decided, &[Free, Holds, Others, Touched, Decided, Cleared], DECIDED);
}

#[test]
fn on_a_ticket_that_is_approved() {
    run(Stage::Approved, &[Free, Holds, Others, Touched, Decided, Approved, Cleared], APPROVED);
}

#[test]
fn on_a_ticket_whose_authorization_is_out() {
    run(Stage::Issued, &[Free, Touched, Decided, Approved], ISSUED);
}

#[test]
fn on_a_closed_ticket() {
    run(Stage::Closed, &[Free, Touched, Decided], CLOSED);
}

/// Two people look, whatever each of them does first.
#[test]
fn who_reads_a_code_back_or_clears_a_check_is_no_second_person() {
    let made = people();
    let mut refused = Vec::new();
    let mut is_refused = |what: &'static str, done: Result<(), Failure>| {
        refused.push((what, done.as_ref().err().map(|e| e.kind)));
    };
    made.owner_case("O-1");
    let mut pat = made.desk_at("pat", later(1));
    let code = pat.send_code("O-1", Channel::Sim, None).unwrap().code.unwrap();
    pat.confirm_code("O-1", Channel::Sim, &code).unwrap();
    pat.release("O-1").unwrap();
    made.desk_at("anna", later(1)).decide("O-1", R::ApproveSecond, Some("to be sure"), false).unwrap();
    is_refused("approves what they read back", unit(pat.approve("O-1", true)));
    let made = people();
    made.owner_case("O-1");
    made.rival_case("O-2");
    let mut pat = made.desk_at("pat", later(1));
    pat.clear("O-1", Check::ReceiptUnique, "O-2", "one family").unwrap();
    is_refused("takes what they cleared", unit(pat.take("O-1", Some("ill"))));
    is_refused("takes what they cleared it against", unit(pat.take("O-2", None)));
    // A file changes a claim without asking who holds the ticket: the clearing falls, and another approver may clear again.
    let row = "reference,received_at,request,claimant_email,access,imei,receipt_retailer,receipt_no,receipt_date,sim_msisdn,sim_iccid,claimant_name\n\
               O-1,2026-11-20T07:00:00Z,unbind,claimant@post.example,none,867530900000017,DNS,DN-0000001,2025-01-29,+79160000001,8970101000000000004,Ivan\n";
    let path = made.path().join("update.csv");
    std::fs::write(&path, row).unwrap();
    let done = pat.import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!(done.rejected, 0);
    made.desk_at("anna", later(1)).decide("O-1", R::ApproveSecond, Some("vouched"), true).unwrap();
    let mut boris = made.desk_at("boris", later(1));
    is_refused("another builds on it", unit(boris.approve("O-1", true)));
    assert!(refused.iter().all(|(_, kind)| *kind == Some(Kind::Refused)), "{refused:?}");
    boris.clear("O-1", Check::ReceiptUnique, "O-2", "I know them both").unwrap();
    made.desk_at("anna", later(1)).decide("O-1", R::ApproveSecond, Some("vouched"), true).unwrap();
    boris.approve("O-1", true).unwrap();
}

type OnDesk = fn(&mut Desk, &Rehearsal) -> Result<(), Failure>;

/// Acts that are about no ticket: a letter a role.
#[test]
fn on_the_desk_itself() {
    const LINES: &[(&str, OnDesk, &str)] = &[
        (
            "import cases",
            |d, m| {
                unit(d.import_cases(&m.dir.path().join("case.csv"), &ImportOptions::default(), &mut |_| true))
            },
            "yyyyrr",
        ),
        ("look up", |d, _| unit(d.lookup("867530900000017", false)), "yyyyyr"),
        (
            "report",
            |d, _| {
                unit(
                    d.report(latchkey::desk::report::Period { from: noon(), to: later(0) }, &mut |_, _| true),
                )
            },
            "yyyyyr",
        ),
        ("read the log", |d, _| unit(d.log_page(9, |_, _| true, &mut |_, _| true)), "yyyyyr"),
        ("verify evidence", |d, _| unit(d.verify_evidence(&mut |_| true)), "yyyyyr"),
        ("sign a checkpoint", |d, _| unit(d.audit_checkpoint()), "yyyyyr"),
        ("export the log", |d, m| unit(d.export_log(&m.dir.path().join("tiles"))), "yyyyyr"),
        ("prove a leaf", |d, _| unit(d.prove_leaf(0)), "yyyyyr"),
        ("revocations", |d, _| unit(d.export_revocations()), "yyyyrr"),
        ("back up", |d, m| unit(d.backup(&m.dir.path().join("backup"), None)), "rrryrr"),
        ("add an agent", |d, _| unit(d.add_agent("zoe", &[Role::Agent], None)), "rrryrr"),
        ("change a role", |d, _| unit(d.plan_roles("anna", &[Role::Auditor])), "rrryrr"),
        ("disable", |d, _| unit(d.plan_disable("anna")), "rrryrr"),
        (
            "ask for a keyset",
            |d, _| {
                let next = d.keyset.claims().clone();
                unit(d.request_keyset(&next))
            },
            "rrryrr",
        ),
        (
            "take a keyset in",
            |d, _| match d.take_keyset("x") {
                Err(e) if e.kind == Kind::Verification => Ok(()),
                other => unit(other),
            },
            "rrryrr",
        ),
        ("open the root key", |d, _| unit(d.open_root("change roles")), "rrryrr"),
        ("list centres", |d, _| unit(d.centres()), "yyyyyr"),
        ("share a centre", |d, _| unit(d.share_centre("north")), "rrryrr"),
        (
            "make a centre",
            |d, m| unit(d.make_centre("south", &m.path().join(format!("{}.json", d.agent().unwrap())))),
            "rrryrr",
        ),
        ("end a centre", |d, _| unit(d.end_centre("north")), "rrryrr"),
    ];
    let (made, _, now) = build(Stage::Open, Free);
    let mut wrong = String::new();
    for (w, who) in WHO.iter().enumerate() {
        let made = twin(&made);
        made.case_file();
        become_(&made, who, now);
        for (act, attempt, expected) in LINES {
            let wanted = expected.chars().nth(w).unwrap_or('?');
            let done = attempt(&mut made.desk_at("pat", now), &made);
            if letter(&done) != wanted {
                wrong += &format!("{act}, {who}: not {wanted}: {done:?}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

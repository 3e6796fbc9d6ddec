//! Who had a hand in a case: every act that leaves a leaf says whether it makes one, and no other speaks for claim and
//! evidence, whoever signs it with whatever program.

use std::collections::BTreeSet;

use latchkey::audit::{Draft, Info};
use latchkey::desk::hands::{ACTS, Makes};
use latchkey::desk::show::Privacy;
use latchkey::desk::signed::may_sign;
use latchkey::desk::{Desk, Failure, Kind};
use latchkey::domain::{Channel, EvidenceKind, Recommendation, Role};

use crate::arch::sources;
use crate::desk_clearings::copied;
use crate::desk_rehearsal::{Rehearsal, noon};
use crate::own_program::OwnProgram;

/// The group of claim and evidence.
const CLAIM: usize = 0;

/// Words of the sources that look like acts and are none.
const NO_ACTS: [&str; 16] = [
    "authorization.re",
    "cases.csv",
    "config.toml",
    "desk.db",
    "desk.db-shm",
    "desk.db-wal",
    "key.passphrase",
    "keyset.jws",
    "mail.automatic",
    "policy.toml",
    "mail.id",
    "owner.notice",
    "owner.objection",
    "registry.db",
    "registry.db-wal",
    "screen.settings",
];

/// What stands between quotes and looks like an act: two words with a point between them.
fn acts_in(text: &str, about: &BTreeSet<&str>) -> BTreeSet<String> {
    let looks = |word: &&str| {
        word.split_once('.').is_some_and(|(what, done)| {
            let plain = |c: char| c.is_ascii_lowercase() || c == '_' || c == '-';
            about.contains(what) && !done.is_empty() && done.chars().all(plain)
        })
    };
    text.split('"').filter(looks).map(str::to_owned).collect()
}

#[test]
fn every_act_says_whether_it_makes_a_hand() {
    let known: BTreeSet<&str> = ACTS.iter().map(|(act, _)| *act).collect();
    assert_eq!(known.len(), ACTS.len(), "one act twice");
    let about: BTreeSet<&str> = known.iter().filter_map(|act| Some(act.split_once('.')?.0)).collect();
    let (mut found, mut drafts) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in sources("src/desk") {
        if path.ends_with("hands.rs") || path.to_string_lossy().ends_with("_tests.rs") {
            continue;
        }
        found.extend(acts_in(&text, &about));
        // An act about something new is written down by a draft too.
        let begun = text.split("Draft::new(").skip(1);
        let named = begun.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        drafts.extend(named.map(str::to_owned));
    }
    found.extend(drafts);
    let missing: Vec<&String> = found
        .iter()
        .filter(|act| !known.contains(act.as_str()) && !NO_ACTS.contains(&act.as_str()))
        .collect();
    assert!(missing.is_empty(), "desk/hands.rs does not say of these whether they make a hand: {missing:?}");
    let gone: Vec<&&str> = known.iter().filter(|act| !found.contains(**act)).collect();
    assert!(gone.is_empty(), "nothing does these: {gone:?}");
}

/// A case that is proven and could be decided; dora is an approver by now.
fn proven() -> Rehearsal {
    let made = Rehearsal::new();
    made.desk("clara").add_agent("dora", &[Role::Approver], None).unwrap();
    made.owner_case("O-1");
    made.prove("O-1", Channel::Sim);
    made
}

const EDIT: &str = "UPDATE evidence SET added_by = added_by || 'x' WHERE ticket = 1";

fn decide(made: &Rehearsal) -> Result<(), Failure> {
    let mut anna = made.desk_at("anna", noon().plus_hours(30));
    anna.decide("O-1", Recommendation::ApproveSecond, Some("to be sure"), false).map(drop)
}

/// Dora edits what is claimed past the desk and signs a leaf for it, once of each act.
#[test]
fn whoever_signs_for_an_edited_claim_has_a_hand_or_is_not_believed() {
    let at = noon().plus_hours(30);
    let before = proven();
    let believed_by_none = copied(&before);
    for (act, makes) in ACTS {
        let none = matches!(makes, Makes::Nothing);
        // What is believed only where it says more is asked for both ways.
        let says: &[&[(&str, Info<'_>)]] = match act {
            "act.undone" => &[
                &[("what", Info::Text("note.added"))],
                &[("what", Info::Text("evidence.added")), ("of", Info::Number(0))],
                &[("what", Info::Text("evidence.added")), ("of", Info::Number(900))],
            ],
            "offer.dismissed" => &[&[("was_confirmed", Info::Flag(false))], &[]],
            _ => &[&[]],
        };
        if none || says.len() > 1 {
            let made = &believed_by_none;
            let dora = OwnProgram::of(made, "dora");
            for infos in says {
                dora.writes(EDIT);
                let draft = infos.iter().fold(Draft::new(act, "dora"), |draft, (k, v)| draft.info(k, *v));
                dora.logs(draft, 1, &[CLAIM], at, true);
                let refused = decide(made).unwrap_err();
                assert_eq!(refused.kind, Kind::Verification, "{act}: {refused}");
            }
            continue;
        }
        let made = copied(&before);
        let dora = OwnProgram::of(&made, "dora");
        dora.writes(EDIT);
        dora.logs(Draft::new(act, "dora"), 1, &[CLAIM], at, true);
        if may_sign(act).is_some_and(|roles| !roles.contains(&Role::Approver)) {
            let refused = decide(&made).unwrap_err();
            assert_eq!(refused.kind, Kind::Verification, "{act}: {refused}");
        } else {
            approved_by_boris_alone(&made, act);
        }
    }
    assert!(!believed_by_none.desk_at("clara", at).audit_verify(&[]).unwrap().ok);
}

fn approved_by_boris_alone(made: &Rehearsal, act: &str) {
    let at = noon().plus_hours(30);
    decide(made).unwrap();
    let refused = made.desk_at("dora", at).approve("O-1", true).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused, "{act}: {refused}");
    made.desk_at("boris", at).approve("O-1", true).unwrap();
}

/// What an undo, and an offer that is dismissed, may speak for: what whoever signs it did there before.
#[test]
fn an_undo_speaks_for_what_its_own_agent_did_and_makes_a_hand() {
    let at = noon().plus_hours(30);
    let before = proven();
    let columns = [("box_serial".to_owned(), "11111/A1".to_owned())].into();
    // Anna holds it for half an hour.
    let mut boris = before.desk_at("boris", noon().plus_hours(1));
    let item = boris.add_evidence("O-1", EvidenceKind::Box, &columns, None).unwrap();
    boris.remove_evidence("O-1", item).unwrap();
    drop(boris);
    let conn = rusqlite::Connection::open(before.folder().join("desk.db")).unwrap();
    let leaf = "SELECT seq FROM leaf WHERE line LIKE '{\"act\":\"evidence.removed%'";
    let removed: i64 = conn.query_row(leaf, [], |row| row.get(0)).unwrap();
    drop(conn);
    for (who, of, believed) in
        [("boris", removed, true), ("dora", removed, false), ("boris", removed + 1, false)]
    {
        let made = copied(&before);
        let program = OwnProgram::of(&made, who);
        program.writes(EDIT);
        // The desk knows of no hand but by the leaf.
        program.writes("DELETE FROM contributor WHERE agent = 'boris'");
        let draft = Draft::new("act.undone", who).info("of", Info::Number(of));
        program.logs(draft.info("what", Info::Text("evidence.removed")), 1, &[CLAIM], at, true);
        let done = decide(&made);
        assert_eq!(done.is_ok(), believed, "{who} {of}: {done:?}");
        if believed {
            let refused = made.desk_at("boris", at).approve("O-1", true).unwrap_err();
            assert_eq!(refused.kind, Kind::Refused, "{refused}");
            made.desk_at("dora", at).approve("O-1", true).unwrap();
        }
    }
    let made = copied(&before);
    let dora = OwnProgram::of(&made, "dora");
    dora.writes(EDIT);
    let draft = Draft::new("offer.dismissed", "dora").info("was_confirmed", Info::Flag(true));
    dora.logs(draft, 1, &[CLAIM], at, true);
    approved_by_nobody_who_worked(&made);
}

/// Boris added something there, dora signed for an edit: neither may.
fn approved_by_nobody_who_worked(made: &Rehearsal) {
    let at = noon().plus_hours(30);
    decide(made).unwrap();
    for who in ["boris", "dora"] {
        let refused = made.desk_at(who, at).approve("O-1", true).unwrap_err();
        assert_eq!(refused.kind, Kind::Refused, "{who}: {refused}");
    }
}

/// Whoever only looked, held, noted or asked is no hand; whoever brought a proof is.
#[test]
fn an_honest_approver_is_kept_out_only_by_what_they_brought() {
    type Does = fn(&mut Desk) -> Result<(), Failure>;
    let looked: [(&str, Does); 6] = [
        ("reads", |d| d.show("O-1", Privacy::Work).map(drop)),
        ("reveals", |d| d.show("O-1", Privacy::Revealed).map(drop)),
        ("looks up", |d| d.lookup("867530900000017", false).map(drop)),
        ("holds and gives back", |d| d.take("O-1", None).and_then(|_| d.release("O-1")).map(drop)),
        ("notes and takes it back", |d| {
            d.note("O-1", "called")?;
            d.note("O-1", "called again")?;
            d.undo("O-1").map(drop)
        }),
        ("sends a code", |d| d.send_code("O-1", Channel::Contact, None).map(drop)),
    ];
    let before = proven();
    for (what, does) in looked {
        does(&mut before.desk_at("boris", noon().plus_hours(1))).unwrap_or_else(|e| panic!("{what}: {e}"));
    }
    decide(&before).unwrap();
    let made = copied(&before);
    made.desk_at("boris", noon().plus_hours(30)).approve("O-1", true).unwrap();

    let made = Rehearsal::new();
    made.owner_case("O-1");
    let mut boris = made.desk("boris");
    let code = boris.send_code("O-1", Channel::Sim, None).unwrap().code.unwrap();
    assert!(boris.confirm_code("O-1", Channel::Sim, &code).unwrap().confirmed);
    drop(boris);
    decide(&made).unwrap();
    let at = noon().plus_hours(30);
    assert_eq!(made.desk_at("boris", at).approve("O-1", true).unwrap_err().kind, Kind::Refused);
    // Also once their row is gone: the log knows.
    made.tamper("desk.db", "DELETE FROM contributor WHERE agent = 'boris'");
    let refused = made.desk_at("boris", at).approve("O-1", true).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused, "{refused}");
}

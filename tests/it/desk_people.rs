//! People and keys under attack by whoever can write the desk's files: each privileged fact is a signature, and what
//! was done to the rows around it is seen by the next act and named by `audit verify`.

use latchkey::audit::Draft;
use latchkey::desk::import::ImportOptions;
use latchkey::desk::{Desk, Failure, Kind};
use latchkey::domain::{Recommendation, Role, Time};
use latchkey::store::Statements;
use latchkey::store::desk::journal::Journal;
use latchkey::store::desk::rows;

use crate::desk_rehearsal::{Rehearsal, noon};

/// A desk with history: dora came as an approver, eve came and went, boris got a role more. Version 5.
fn desk() -> Rehearsal {
    let made = Rehearsal::new();
    let mut clara = made.desk("clara");
    clara.add_agent("dora", &[Role::Approver], None).unwrap();
    clara.add_agent("eve", &[Role::Agent], None).unwrap();
    change(&mut clara, |d| d.plan_disable("eve"));
    change(&mut clara, |d| d.plan_roles("boris", &[Role::Agent, Role::Approver]));
    made
}

fn change(
    desk: &mut Desk,
    plan: impl FnOnce(&mut Desk) -> Result<latchkey::authority::KeysetClaims, Failure>,
) {
    let root = desk.open_root("change roles").unwrap();
    let next = plan(desk).unwrap();
    desk.sign_here(&next, &root).unwrap();
}

/// A keyset that a stranger's root signed: the same people, and mallory as approver.
fn forged(made: &Rehearsal) -> String {
    use latchkey::authority::{AgentKey, Keyset};
    let desk = made.desk("clara");
    let root = AgentKey::generate("root").unwrap();
    let mut claims = desk.keyset.claims().clone();
    claims.version += 1;
    claims.root = root.public().to_jwk();
    for agent in claims.agents.iter_mut().filter(|a| a.name == "anna") {
        agent.roles = vec![Role::Agent, Role::Approver];
    }
    Keyset::sign(&claims, &root).unwrap()
}

/// What an act, and the verification, say after somebody edited the desk.
fn seen(made: &Rehearsal, who: &str) -> (String, String) {
    let act = |desk: &mut Desk| desk.take("O-1", None).map(|_| ());
    let opened = |who: &str| -> Result<Desk, Failure> { made.try_desk(who, noon().plus_hours(1)) };
    let said = match opened(who) {
        Err(e) => Err(e),
        Ok(mut desk) => act(&mut desk),
    };
    let act = match said {
        Ok(()) => "done".to_owned(),
        Err(e) => {
            assert!(matches!(e.kind, Kind::Verification | Kind::Refused), "{e:?}");
            e.to_string()
        }
    };
    let audit = match opened("clara") {
        Err(e) => {
            assert_eq!(e.kind, Kind::Verification, "{e:?}");
            e.to_string()
        }
        Ok(mut desk) => {
            let verdict = desk.audit_verify(&[]).unwrap();
            assert!(!verdict.ok);
            verdict.reason.to_string()
        }
    };
    (act, audit)
}

/// Every row that says who may do what, edited in every way that would give somebody more. Without the heads that
/// people keep outside of the database: those are a second line.
#[test]
fn a_row_about_people_that_was_edited_is_caught_by_the_act_and_named_by_the_audit() {
    let table: &[(&str, &[&str], &str, &str)] = &[
        (
            "a keyset of another root",
            &["INSERT INTO keyset (version, jws) VALUES (6, 'FORGED')"],
            "not signed by this desk's root",
            "not signed by this desk's root",
        ),
        (
            "a role raised in the signed text",
            &["UPDATE keyset SET jws = 'RAISED' WHERE version = 5"],
            "signature",
            "signature",
        ),
        (
            "the keyset in which eve was not disabled yet",
            &["DELETE FROM keyset WHERE version > 3"],
            "the log took in version 5",
            "took in version 4",
        ),
        (
            "an older keyset under the newest number",
            &["UPDATE keyset SET jws = (SELECT jws FROM keyset k WHERE k.version = 3) WHERE version = 5"],
            "the log took in version 5, and the newest one here is version 3",
            "version 5 of the people and keys is another than the leaf took in",
        ),
        (
            "an older keyset under a higher number",
            &["INSERT INTO keyset (version, jws) SELECT 6, jws FROM keyset WHERE version = 3"],
            "the newest one here is version 3",
            "knows nothing of version 6",
        ),
        (
            "an older keyset and the leaves cut off from it",
            &[
                "DELETE FROM keyset WHERE version > 3",
                "UPDATE leaf SET ticket = NULL WHERE line LIKE '%\"version\":5%' OR line LIKE '%\"version\":4%'",
            ],
            "done",
            "says that it speaks of something else",
        ),
        (
            "the history of a role",
            &["DELETE FROM keyset WHERE version = 2"],
            "took in version 2 of the people and keys, and it is gone",
            "took in version 2 of the people and keys, and it is gone",
        ),
        (
            "the leaf that lets dora wait",
            &[
                "UPDATE leaf SET line = replace(line, '\"wait\":86400', '\"wait\":1') WHERE line LIKE '%\"wait\":86400%'",
            ],
            "which says who may do what, was changed",
            "leaf",
        ),
        (
            "the same with its hash",
            &[
                "UPDATE leaf SET line = replace(line, '\"wait\":86400', '\"wait\":1'), hash = x'HASH' WHERE line LIKE '%\"wait\":86400%'",
            ],
            "which says who may do what, was changed",
            "leaf",
        ),
        (
            "the first leaf of all",
            &["UPDATE leaf SET line = replace(line, 'anna', 'eve') WHERE seq = 0"],
            "was changed",
            "leaf 0",
        ),
        (
            "whose desk it is",
            &["UPDATE setting SET value = '01890a5d-ac96-774b-bcce-b302099a8057' WHERE name = 'desk_id'"],
            "another desk's",
            "another desk's",
        ),
        (
            "that it is a rehearsal",
            &["UPDATE setting SET value = 'no' WHERE name = 'rehearsal'"],
            "another desk's",
            "another desk's",
        ),
    ];
    for (what, edits, act, audit) in table {
        let made = desk();
        made.owner_case("O-1");
        for edit in *edits {
            let edit = edit.replace("FORGED", &forged(&made)).replace("RAISED", &raised(&made));
            made.tamper("desk.db", &edit.replace("HASH", &hash_of_edited(&made)));
        }
        // Only what the desk itself holds is asked first …
        for head in ["anna", "boris", "clara"] {
            let _ = std::fs::remove_file(made.folder().join(format!("keys/{head}.head")));
        }
        let (did, verified) = seen(&made, "anna");
        assert!(did.contains(act), "{what}: the act said: {did}");
        assert!(verified.contains(audit), "{what}: the audit said: {verified}");
    }
}

/// The newest keyset with a role changed and the signature kept.
fn raised(made: &Rehearsal) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding as _};
    let text = made.desk("clara").keyset_text().unwrap();
    let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
    let claims = String::from_utf8(Base64UrlUnpadded::decode_vec(&parts[1]).unwrap()).unwrap();
    parts[1] =
        Base64UrlUnpadded::encode_string(claims.replacen("[\"agent\"]", "[\"approver\"]", 1).as_bytes());
    parts.join(".")
}

/// The right hash of the leaf that was edited, in hexadecimal.
fn hash_of_edited(made: &Rehearsal) -> String {
    let conn = rusqlite::Connection::open(made.folder().join("desk.db")).unwrap();
    let line: String = conn
        .query_row("SELECT line FROM leaf WHERE line LIKE '%\"wait\":86400%'", [], |row| row.get(0))
        .unwrap();
    let hash = latchkey::audit::leaf_hash(line.replace("\"wait\":86400", "\"wait\":1").as_bytes());
    let mut hex = String::new();
    for byte in hash {
        hex += &format!("{byte:02x}");
    }
    hex
}

/// The second line: what each person has seen is kept beside their key. An older keyset with a log cut to fit it is
/// whole in itself.
#[test]
fn a_keyset_lower_than_one_seen_is_a_roll_back_that_only_a_custodian_accepts() {
    let made = desk();
    made.owner_case("O-1");
    let before = std::fs::read(made.folder().join("keys/boris.head")).ok();
    assert!(before.is_none(), "boris has seen nothing yet");
    drop(made.desk("boris"));
    let head = made.folder().join("keys/boris.head");
    let text = std::fs::read_to_string(&head).unwrap();
    assert!(text.lines().nth(4).unwrap().starts_with("keyset 5 "), "{text}");
    std::fs::write(&head, text.replace("keyset 5 ", "keyset 6 ")).unwrap();
    let mut boris = made.desk("boris");
    let refused = boris.take("O-1", None).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification);
    assert!(refused.to_string().contains("People and keys were rolled back: version 6"), "{refused}");
    assert!(!boris.audit_verify(&[]).unwrap().ok);
    let refused = boris.accept_rollback("a backup came back").unwrap_err();
    assert_eq!(refused.kind, Kind::Refused, "{refused}");
    // Another root is nobody's to accept.
    std::fs::write(&head, text.replace("keyset 5 ", "keyset 5 x")).unwrap();
    let mut boris = made.desk("boris");
    let refused = boris.take("O-1", None).unwrap_err();
    assert!(refused.to_string().contains("Another root key signs"), "{refused}");
    assert!(boris.accept_rollback("so be it").unwrap_err().to_string().contains("cannot be accepted"));
}

/// The trust anchor itself, replaced by whoever can write the folder: those who have seen the desk before see it.
#[test]
fn another_root_key_is_seen_by_whoever_worked_here_before() {
    let made = desk();
    drop(made.desk("anna"));
    let other = Rehearsal::new();
    other.owner_case("O-1");
    for name in ["desk.db", "keys/root.pub.pem", "keys/root.pem", "keys/anna.pem"] {
        std::fs::copy(other.folder().join(name), made.folder().join(name)).unwrap();
    }
    let mut anna = made.desk("anna");
    let refused = anna.take("O-1", None).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{refused}");
}

/// A new approver may read and work at once, and approve only after the delay: by the signature, by the log, and on
/// replay.
#[test]
fn a_new_approver_waits() {
    let made = desk();
    made.owner_case("O-1");
    made.prove("O-1", latchkey::domain::Channel::Sim);
    made.desk("anna").decide("O-1", Recommendation::ApproveSecond, Some("to be sure"), false).unwrap();
    for (hours, may) in [(1, false), (23, false), (24, true)] {
        let mut dora = made.desk_at("dora", noon().plus_hours(hours));
        let done = dora.approve("O-1", true);
        assert_eq!(done.is_ok(), may, "after {hours} h: {done:?}");
        if let Err(e) = done {
            assert_eq!(e.kind, Kind::Refused);
            assert!(e.to_string().contains("approves from 2026-11-21T09:00:00Z on"), "{e}");
        }
    }
    let mut anna = made.desk_at("anna", noon().plus_hours(24 + 73));
    anna.issue("O-1", None, None).unwrap();
    assert!(anna.audit_verify(&[]).unwrap().ok);
}

/// A signature that says it was made later than it was, or a row that says so, does not help: the log's own time of
/// the change counts, and the leaf of the approval is dated by the desk.
#[test]
fn an_approval_signed_before_its_time_is_refused_when_it_is_used_and_on_replay() {
    let made = desk();
    made.owner_case("O-1");
    made.prove("O-1", latchkey::domain::Channel::Sim);
    made.desk("anna").decide("O-1", Recommendation::ApproveSecond, Some("to be sure"), false).unwrap();
    // Boris approves in time, and then his role is moved by a day: the same rows, another history.
    let mut dora = made.desk_at("dora", noon().plus_hours(24));
    dora.approve("O-1", true).unwrap();
    drop(dora);
    let conn = rusqlite::Connection::open(made.folder().join("desk.db")).unwrap();
    let early = Time(noon().0 + 3600).0;
    // The row is dated back: it no longer says what was signed.
    conn.execute("UPDATE approval SET at = $1", [early]).unwrap();
    drop(conn);
    let mut anna = made.desk_at("anna", noon().plus_hours(24 + 73));
    let refused = anna.issue("O-1", None, None).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{refused}");
    let verdict = anna.audit_verify(&[]).unwrap();
    assert!(!verdict.ok && verdict.reason.to_string().contains("dora"), "{}", verdict.reason);
}

/// Past acts of somebody who was disabled stay verified; nothing new counts, from the next act on, in every open desk.
#[test]
fn who_is_disabled_does_nothing_more_and_what_they_did_stands() {
    let made = desk();
    made.owner_case("O-1");
    made.granted("O-2");
    let mut anna = made.desk("anna");
    anna.take("O-1", None).unwrap();
    made.desk("anna").decide("O-1", Recommendation::Refuse, Some("no"), false).unwrap();
    let mut clara = made.desk("clara");
    change(&mut clara, |d| d.plan_disable("anna"));
    // The desk that was open before hears of it with the next act.
    for refused in [
        anna.take("O-1", None).map(|_| ()).unwrap_err(),
        anna.note("O-1", "I am still here").unwrap_err(),
        anna.issue("O-1", None, None).map(|_| ()).unwrap_err(),
        anna.lookup("867530900000017", false).map(|_| ()).unwrap_err(),
    ] {
        assert_eq!(refused.kind, Kind::Refused);
        assert!(
            refused.to_string().contains("anna is disabled at this desk since 2026-11-20T09:00:00Z"),
            "{refused}"
        );
    }
    assert!(clara.audit_verify(&[]).unwrap().ok, "{}", clara.audit_verify(&[]).unwrap().reason);
    // Nobody is brought back by the same key, and the token that anna signed opens nothing any more.
    let keyset = clara.keyset.clone();
    assert!(keyset.claims().agents.iter().any(|a| a.name == "anna" && a.disabled_at == Some(noon().0)));
}

/// Who is custodian approves nothing, and an auditor only reads: the keyset itself says so.
#[test]
fn nobody_is_custodian_and_approver_even_if_the_root_says_so() {
    let made = desk();
    let mut clara = made.desk("clara");
    let root = clara.open_root("change roles").unwrap();
    let mut next = clara.plan_roles("dora", &[Role::Agent]).unwrap();
    for agent in next.agents.iter_mut().filter(|a| a.name == "dora") {
        agent.roles = vec![Role::Custodian, Role::Approver];
    }
    let refused = clara.sign_here(&next, &root).unwrap_err();
    assert!(refused.to_string().contains("custodian and approver at once"), "{refused}");
}

/// Whoever had a hand in a case approves nothing of it, also if their row is gone: the log remembers.
#[test]
fn a_hand_in_the_case_is_not_taken_back_by_sql() {
    let made = desk();
    made.owner_case("O-1");
    made.prove("O-1", latchkey::domain::Channel::Sim);
    let columns = [("box_serial".to_owned(), "11111/A1".to_owned())].into();
    let mut boris = made.desk_at("boris", noon().plus_hours(1));
    boris.add_evidence("O-1", latchkey::domain::EvidenceKind::Box, &columns, None).unwrap();
    drop(boris);
    let noon = noon().plus_hours(2);
    made.desk_at("anna", noon)
        .decide("O-1", Recommendation::ApproveSecond, Some("to be sure"), false)
        .unwrap();
    made.tamper("desk.db", "DELETE FROM contributor WHERE agent = 'boris'");
    let refused = made.desk_at("boris", noon).approve("O-1", true).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused, "{refused}");
}

/// A leaf in a colleague's name, at its place in a chain that holds: whoever can write the file can make one. It is not
/// signed, and a signature of that colleague's under something else does not speak for it.
#[test]
fn a_leaf_that_somebody_else_wrote_is_named_and_nobody_approves_over_it() {
    let acts = [
        ("case.updated", false),
        ("evidence.added", false),
        ("evidence.removed", true),
        ("note.added", false),
        ("offer.confirmed", true),
        ("ticket.taken", true),
    ];
    for (act, borrowed) in acts {
        let made = desk();
        made.owner_case("O-1");
        made.prove("O-1", latchkey::domain::Channel::Sim);
        made.desk("anna").decide("O-1", Recommendation::ApproveSecond, Some("to be sure"), false).unwrap();
        let conn = rusqlite::Connection::open(made.folder().join("desk.db")).unwrap();
        let mut journal = Journal::open(&conn).unwrap();
        let draft = Draft::new(act, "anna").ticket(1);
        let leaf = journal.append(&Statements::new(&conn), draft, noon(), Some(1)).unwrap();
        journal.close(&conn).unwrap();
        if borrowed {
            let last = "INSERT INTO statement SELECT $1, jws FROM statement ORDER BY leaf DESC LIMIT 1";
            conn.execute(last, [i64::try_from(leaf).unwrap()]).unwrap();
        }
        let refused = made.desk("boris").approve("O-1", true).unwrap_err();
        assert_eq!(refused.kind, Kind::Verification, "{act}: {refused}");
        let verdict = made.desk("clara").audit_verify(&[]).unwrap();
        assert_eq!((verdict.ok, verdict.first_bad), (false, Some(leaf)), "{act}: {}", verdict.reason);
    }
}

/// The claim is edited, and a leaf speaks for it that nobody signs, or that stands behind the end of the log.
#[test]
fn what_takes_no_key_vouches_for_no_row() {
    for (act, far) in [("ticket.read", false), ("message.sent", false), ("evidence.added", true)] {
        let made = desk();
        made.owner_case("O-1");
        made.prove("O-1", latchkey::domain::Channel::Sim);
        let conn = rusqlite::Connection::open(made.folder().join("desk.db")).unwrap();
        conn.execute("UPDATE evidence SET added_by = 'eve' WHERE ticket = 1", []).unwrap();
        let (salt, rows) = rows::of(&conn, 1, &[0]).unwrap().unwrap();
        let mut journal = Journal::open(&conn).unwrap();
        let draft = Draft::new(act, "anna").ticket(1).commit(rows::GROUPS[0], &salt, rows[0].text());
        let leaf = journal.append(&Statements::new(&conn), draft, noon(), Some(1)).unwrap();
        if far {
            conn.execute("UPDATE leaf SET seq = 9000000000000000 WHERE seq = $1", [leaf.cast_signed()])
                .unwrap();
        } else {
            journal.close(&conn).unwrap();
        }
        let refused = made.desk("anna").decide("O-1", Recommendation::ApproveSecond, Some("x"), false);
        assert_eq!(refused.unwrap_err().kind, Kind::Verification, "{act}");
        assert!(!made.desk("clara").audit_verify(&[]).unwrap().ok, "{act}");
    }
}

/// The note that is taken back must not carry along what was edited meanwhile.
#[test]
fn undoing_speaks_for_no_row_that_was_edited() {
    let made = desk();
    made.owner_case("O-1");
    made.desk("boris").note("O-1", "hello").unwrap();
    made.tamper("desk.db", "UPDATE ticket SET given = replace(given, '867530900000017', '867530900000025')");
    let refused = made.desk("boris").undo("O-1").unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{refused}");
}

/// Of a file of cases each leaf is a short way from its signature.
#[test]
fn a_file_of_cases_is_signed_piece_by_piece() {
    let made = desk();
    let rows: Vec<String> = (0..600).map(|n| format!("S-{n},unbind,s{n}@post.example")).collect();
    let file = made.path().join("many.csv");
    std::fs::write(&file, format!("reference,request,claimant_email\n{}\n", rows.join("\n"))).unwrap();
    let count = || {
        let conn = rusqlite::Connection::open(made.folder().join("desk.db")).unwrap();
        conn.query_row("SELECT count(*) FROM statement", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let before = count();
    made.desk("anna").import_cases(&file, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!(count() - before, 3);
    assert!(made.desk("clara").audit_verify(&[]).unwrap().ok);
    made.tamper(
        "desk.db",
        "DELETE FROM statement WHERE leaf = (SELECT seq + 255 FROM leaf WHERE ticket = 1 LIMIT 1)",
    );
    let refused = made.desk("anna").take("S-0", None).unwrap_err();
    assert_eq!(refused.kind, Kind::Verification, "{refused}");
}

/// Who holds a ticket gives no right but that to work on it undisturbed; a holder whom the log does not know is named.
#[test]
fn a_lease_that_nobody_took_is_named() {
    let made = desk();
    made.owner_case("O-1");
    made.desk("anna").take("O-1", None).unwrap();
    assert!(made.desk("clara").audit_verify(&[]).unwrap().ok);
    made.tamper("desk.db", "UPDATE ticket SET assignee = 'dora' WHERE reference = 'O-1'");
    let verdict = made.desk("clara").audit_verify(&[]).unwrap();
    let reason = verdict.reason.to_string();
    assert!(
        !verdict.ok && reason.contains("dora holds ticket 1") && reason.contains("never took it"),
        "{reason}"
    );
}

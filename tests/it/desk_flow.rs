//! A case from evidence to redemption, and every way in which it must not get there.

use latchkey::desk::Kind;
use latchkey::desk::show::Privacy;
use latchkey::desk::verify::Verify;
use latchkey::domain::{Channel, Recommendation, Request};
use serde_json::Value;

use crate::desk_rehearsal::{Rehearsal, noon};

fn word(value: &Value) -> &str {
    value["recommendation"].as_str().unwrap()
}

fn approved(world: &Rehearsal) -> String {
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    let shown = world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    assert_eq!(shown["state"], "approved");
    world.desk("anna").issue("C-1", None, None).unwrap().token
}

#[test]
fn an_owner_with_receipt_and_sim_gets_the_device_released_once() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    assert_eq!(word(&world.desk("anna").show("C-1", Privacy::Work).unwrap()), "ask");
    world.prove("C-1", Channel::Sim);
    let mut desk = world.desk("anna");
    let shown = desk.show("C-1", Privacy::Work).unwrap();
    assert_eq!((word(&shown), &shown["because"]), ("approve", &serde_json::json!(["sim", "purchase"])));
    desk.decide("C-1", Recommendation::Approve, None, false).unwrap();
    let issued = desk.issue("C-1", None, None).unwrap();
    assert_eq!(issued.sub, "device:imei:867530900000017");
    let verdict = desk.verify(&Verify { token: issued.token.clone(), ..Verify::default() }).unwrap();
    assert!(verdict.valid, "{}", verdict.reason);

    let redeemed = desk.redeem(&issued.token).unwrap();
    assert_eq!(redeemed.applied.len(), 1);
    assert_eq!(desk.show("C-1", Privacy::Work).unwrap()["state"], "closed");
    assert_eq!(desk.redeem(&issued.token).unwrap_err().kind, Kind::Verification);

    // Tomorrow's list still binds it; for this desk it is released.
    world.case(
        "C-2",
        &[("request", "unbind"), ("claimant_email", "next@post.example"), ("imei", "867530900000017")],
    );
    let next = world.desk("anna").show("C-2", Privacy::Work).unwrap();
    assert_eq!((word(&next), &next["because"]), ("guide", &serde_json::json!(["binding.current"])));
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

#[test]
fn a_decision_that_hands_over_more_than_the_policy_takes_reason_and_second_person() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut anna = world.desk("anna");
    let plain = anna.decide("C-1", Recommendation::Approve, Some("she cried"), false).unwrap_err();
    assert_eq!(plain.kind, Kind::Refused, "{plain}");
    let silent = anna.decide("C-1", Recommendation::Approve, None, true).unwrap_err();
    assert_eq!(silent.kind, Kind::Usage, "{silent}");
    let shown = anna.decide("C-1", Recommendation::Approve, Some("police officer vouches"), true).unwrap();
    assert_eq!(
        (&shown["state"], &shown["decision"]["decision"]),
        (&"decided".into(), &"approve-second".into())
    );
    assert_eq!(anna.issue("C-1", None, None).unwrap_err().kind, Kind::State);
    assert_eq!(anna.approve("C-1", true).unwrap_err().kind, Kind::Refused, "anna is no approver");
    world.desk("boris").approve("C-1", true).unwrap();
    let early = world.desk("anna").issue("C-1", None, None).unwrap_err();
    assert!(early.what.to_string().contains("2026-11-23T09:00:00Z"), "{early}");
    let later = noon().plus_hours(72);
    let issued = world.desk_at("anna", later).issue("C-1", None, None).unwrap();
    let verify = Verify { token: issued.token, ..Verify::default() };
    assert!(world.desk_at("anna", later).verify(&verify).unwrap().valid);
}

#[test]
fn the_owner_can_stop_it_until_it_is_redeemed() {
    let world = Rehearsal::new();
    let token = approved(&world);
    let shown = world.desk("boris").object("C-1", Some("that is not me")).unwrap();
    assert_eq!((word(&shown), &shown["because"]), ("refuse", &serde_json::json!(["owner.objection"])));
    let refused = world.desk("anna").redeem(&token).unwrap_err();
    assert!(refused.what.to_string().contains("`revoked`"), "{refused}");
    let again = world.desk("anna").decide("C-1", Recommendation::Approve, Some("please"), true).unwrap_err();
    assert_eq!(again.kind, Kind::Refused, "{again}");
    // Another claim on the device now meets a pending fraud notice.
    world.case(
        "C-2",
        &[("request", "unbind"), ("claimant_email", "claimant@post.example"), ("imei", "867530900000017")],
    );
    assert_eq!(word(&world.desk("anna").show("C-2", Privacy::Work).unwrap()), "hold");
    // Reopening keeps the objection.
    world.desk("anna").close("C-1", "refused").unwrap();
    world.desk("anna").reopen("C-1").unwrap();
    assert_eq!(word(&world.desk("anna").show("C-1", Privacy::Work).unwrap()), "refuse");
}

#[test]
fn whoever_touched_the_evidence_cannot_be_the_second_person() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let columns = [("sim_msisdn".to_owned(), "+79160000001".to_owned())].into_iter().collect();
    world.desk("boris").add_evidence("C-1", latchkey::domain::EvidenceKind::Sim, &columns, None).unwrap();
    world.desk("boris").release("C-1").unwrap();
    world.desk("anna").decide("C-1", Recommendation::ApproveSecond, Some("vouched"), true).unwrap();
    let refused = world.desk("boris").approve("C-1", true).unwrap_err();
    assert!(refused.what.to_string().contains("worked on ticket"), "{refused}");
}

#[test]
fn a_decision_falls_when_the_checks_come_out_stricter() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    let path = world.path().join("notices.csv");
    std::fs::write(&path, "imei,kind,status,reported_at\n867530900000017,stolen,confirmed,2026-11-19\n")
        .unwrap();
    let mut desk = world.desk("anna");
    desk.import_list(
        latchkey::domain::List::Notices,
        &path,
        &latchkey::desk::import::ImportOptions::default(),
        &mut |_| true,
    )
    .unwrap();
    let fell = desk.issue("C-1", None, None).unwrap_err();
    assert!(fell.what.to_string().contains("device.notice"), "{fell}");
    let shown = desk.show("C-1", Privacy::Work).unwrap();
    assert_eq!((&shown["state"], word(&shown)), (&"open".into(), "refuse"));
}

#[test]
fn three_wrong_codes_burn_the_code_and_count_for_the_device() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let mut desk = world.desk("anna");
    let code = desk.send_code("C-1", Channel::Sim, None).unwrap().code.unwrap();
    let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
    for left in [2, 1, 0] {
        assert_eq!(desk.confirm_code("C-1", Channel::Sim, &wrong).unwrap().tries_left, left);
    }
    assert_eq!(desk.confirm_code("C-1", Channel::Sim, &code).unwrap_err().kind, Kind::Refused);
    world.case(
        "C-2",
        &[("request", "unbind"), ("claimant_email", "other@post.example"), ("imei", "867530900000017")],
    );
    let other = world.desk("boris").show("C-2", Privacy::Work).unwrap();
    let tries = other["findings"].as_array().unwrap().iter().find(|f| f["check"] == "claim.tries").unwrap();
    assert_eq!(tries["outcome"], "fail", "{tries}");
    assert_eq!(world.desk("boris").send_code("C-2", Channel::Contact, None).unwrap_err().kind, Kind::Refused);
}

#[test]
fn a_lease_is_respected_and_stolen_only_with_a_reason() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.desk("anna").take("C-1", None).unwrap();
    assert!(world.desk("boris").take("C-1", None).unwrap_err().what.to_string().contains("with anna until"));
    assert!(world.desk("boris").send_code("C-1", Channel::Sim, None).is_err());
    assert_eq!(world.desk("boris").take("C-1", Some(" ")).unwrap_err().kind, Kind::Usage);
    world.desk("boris").take("C-1", Some("anna is ill")).unwrap();
    assert!(world.desk("anna").release("C-1").is_err());
    // A lease that ran out holds nobody back.
    world.desk_at("anna", noon().plus_hours(1)).take("C-1", None).unwrap();
}

#[test]
fn a_lost_report_raises_a_notice_that_a_second_person_confirms_and_two_clear() {
    let world = Rehearsal::new();
    world.case(
        "L-1",
        &[
            ("request", Request::LostReport.as_str()),
            ("claimant_email", "claimant@post.example"),
            ("imei", "867530900000017"),
            ("facts", "name=Иван Петров;region=RU;registered=2024"),
        ],
    );
    let mut anna = world.desk("anna");
    assert_eq!(word(&anna.show("L-1", Privacy::Work).unwrap()), "approve");
    anna.decide("L-1", Recommendation::Approve, None, false).unwrap();
    world.case(
        "C-2",
        &[("request", "unbind"), ("claimant_email", "thief@post.example"), ("imei", "867530900000017")],
    );
    assert_eq!(word(&world.desk("anna").show("C-2", Privacy::Work).unwrap()), "hold");
    assert!(world.desk("anna").confirm_notice("L-1").is_err());
    world.desk("boris").confirm_notice("L-1").unwrap();
    let now = world.desk("anna").show("C-2", Privacy::Work).unwrap();
    assert_eq!((word(&now), &now["because"]), ("refuse", &serde_json::json!(["device.notice"])));
    let written = || world.desk("anna").reply("L-1", Some("en")).unwrap().text;
    assert!(written().contains("blocked already"), "{}", written());
    world.desk("anna").clear_notice("L-1").unwrap();
    assert!(world.desk("anna").clear_notice("L-1").is_err(), "one person twice is not two");
    world.desk("boris").clear_notice("L-1").unwrap();
    assert!(written().contains("has been lifted"), "{}", written());
    // Cleared a moment ago is still a reason to look.
    assert_eq!(word(&world.desk("anna").show("C-2", Privacy::Work).unwrap()), "hold");
}

#[test]
fn twins_are_merged_and_strangers_are_not() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.case(
        "C-2",
        &[
            ("request", "unbind"),
            ("claimant_email", "claimant@post.example"),
            ("imei", "867530900000017"),
            ("box_imei", "867530900000017"),
        ],
    );
    world.case(
        "C-3",
        &[("request", "unbind"), ("claimant_email", "rival@post.example"), ("imei", "867530900000017")],
    );
    let mut anna = world.desk("anna");
    assert_eq!(anna.merge("C-1", "C-3").unwrap_err().kind, Kind::Refused);
    anna.merge("C-1", "C-2").unwrap();
    let merged = anna.show("C-1", Privacy::Work).unwrap();
    assert_eq!(merged["evidence"].as_array().unwrap().len(), 3);
    assert_eq!(anna.show("C-2", Privacy::Work).unwrap()["closed_as"], "merged");
    assert!(anna.reopen("C-2").is_err());
}

/// What somebody with the `sqlite3` shell may try, and who notices.
#[test]
fn a_row_edited_by_hand_is_named_and_refused() {
    let edits: &[(&str, &str, &str)] = &[
        ("decision", "UPDATE decision SET word = 'approve'", "decision"),
        ("decision's author", "UPDATE decision SET by = 'clara'", "decision"),
        ("decision's reason", "UPDATE decision SET reason = 'none'", "decision"),
        ("approval's author", "UPDATE approval SET by = 'clara'", "approval"),
        ("approval's signature", "UPDATE approval SET jws = replace(jws, 'a', 'b')", "approval"),
        ("approval deleted", "DELETE FROM approval", "approval"),
        ("leaf", "UPDATE leaf SET line = replace(line, 'anna', 'dora') WHERE seq = 12", "leaf"),
        ("leaf's hash", "UPDATE leaf SET hash = zeroblob(32) WHERE seq = 12", "leaf"),
        ("leaf deleted", "DELETE FROM leaf WHERE seq = 12", "leaf"),
        ("last leaf deleted", "DELETE FROM leaf WHERE seq = (SELECT max(seq) FROM leaf)", "leaf"),
    ];
    for (name, sql, what) in edits {
        let world = Rehearsal::new();
        world.owner_case("C-1");
        world.desk("anna").decide("C-1", Recommendation::ApproveSecond, Some("vouched"), true).unwrap();
        world.desk("boris").approve("C-1", true).unwrap();
        assert!(world.desk("clara").audit_verify(&[]).unwrap().ok, "{name}: whole before");
        world.tamper("desk.db", sql);
        let verdict = world.desk("clara").audit_verify(&[]).unwrap();
        assert!(!verdict.ok, "{name}");
        if *what == "leaf" {
            assert!(verdict.first_bad.is_some(), "{name}: {}", verdict.reason);
        } else {
            assert!(verdict.reason.to_string().contains(what), "{name}: {}", verdict.reason);
            let issue = world.desk_at("anna", noon().plus_hours(80)).issue("C-1", None, None);
            if !name.contains("reason") {
                assert!(issue.is_err(), "{name}: issued all the same");
            }
        }
    }
}

#[test]
fn a_role_edited_by_hand_closes_the_desk() {
    let world = Rehearsal::new();
    world.tamper("desk.db", "UPDATE keyset SET jws = replace(jws, 'a', 'b')");
    let opened = latchkey::desk::Desk::open(latchkey::desk::Options {
        folder: latchkey::desk::Folder::new(world.folder()),
        agent: Some("anna".into()),
        readonly: false,
        env: latchkey::env::Env::fixed(noon()),
        ask_passphrase: Box::new(|_| Err(latchkey::desk::Failure::refused("none"))),
    });
    assert_eq!(opened.err().map(|f| f.kind), Some(Kind::Verification));
}

#[test]
fn evidence_edited_by_hand_after_the_decision_stops_the_grant() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", Channel::Sim);
    world.desk("anna").decide("C-1", Recommendation::Approve, None, false).unwrap();
    world.tamper("desk.db", "UPDATE evidence SET given = '{\"receipt_no\":\"X\"}' WHERE kind = 'receipt'");
    let fell = world.desk("anna").issue("C-1", None, None).unwrap_err();
    assert!(fell.what.to_string().contains("evidence") && fell.kind == Kind::Verification, "{fell}");
}

//! Accessories without an IMEI, known by their serial from the first claim to the last redemption; and reports of loss,
//! which block what is on its way.

use latchkey::desk::Kind;
use latchkey::desk::import::ImportOptions;
use latchkey::desk::show::Privacy;
use latchkey::domain::{Channel, List, Recommendation};
use latchkey::tui::probe::Probe;
use serde_json::{Value, json};

use crate::desk_rehearsal::Rehearsal;

const BAND: &str = "BAND-77QX-0001";

/// On the account of the rehearsal: its telephone, a band, a television, and earphones that no record names.
fn world() -> Rehearsal {
    let world = Rehearsal::new();
    let mut desk = world.desk("anna");
    for (list, text) in [
        (
            List::Devices,
            "serial,model,made_on\nBAND-77QX-0001,Orbit Band 3,2024-12-20\nTV-55-0001,Orbit TV 55,2024-12-20\n",
        ),
        (
            List::Bindings,
            "account_id,serial,bound_at,released_at\n2000000001,BAND-77QX-0001,2025-02-08,\n2000000001,TV-55-0001,2025-02-08,\n\
             2000000001,EAR-99,2025-02-09,\n2000000001,OLD-BAND,2025-01-09,2025-06-01\n",
        ),
        (List::Sales, "retailer,receipt_no,sold_on,serial\nDNS,DN-0000002,2025-01-29,BAND-77QX-0001\n"),
    ] {
        let path = world.path().join("more.csv");
        std::fs::write(&path, text).unwrap();
        let done = desk.import_list(list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
        assert_eq!(done.rejected, 0, "{list}");
    }
    world
}

fn band_case(world: &Rehearsal, reference: &str, request: &str) {
    let columns = [
        ("request", request),
        ("claimant_email", "c1@post.example"),
        ("access", "none"),
        ("serial", "band-77qx-0001"),
        ("receipt_retailer", "DNS"),
        ("receipt_no", "DN-0000002"),
        ("receipt_date", "2025-01-29"),
    ];
    world.case(reference, &columns);
}

fn shown(world: &Rehearsal, reference: &str) -> Value {
    world.desk("anna").show(reference, Privacy::Work).unwrap()
}

#[test]
fn a_band_goes_the_whole_way_by_its_serial() {
    let world = world();
    band_case(&world, "B-1", "unbind");
    world.prove("B-1", Channel::Contact);
    assert_eq!(shown(&world, "B-1")["device"]["serial"], BAND);
    let mut desk = world.desk("anna");
    desk.decide("B-1", Recommendation::Approve, None, false).unwrap();
    let issued = desk.issue("B-1", None, None).unwrap();
    assert_eq!(issued.sub, format!("device:serial:{BAND}"));
    let redeemed = desk.redeem(&issued.token).unwrap();
    assert_eq!(redeemed.applied, [format!("binding of device:serial:{BAND} since 2025-02-08 released")]);
    let found = desk.lookup(BAND, true).unwrap();
    assert_eq!(found.devices[0]["bindings"][0]["released_at"], "2026-11-20T09:00:00Z");
    assert_eq!(found.tickets[0]["by"], json!(["text", "device"]));
    // A list that still binds it changes nothing.
    let (list, path) = (List::Bindings, world.path().join("again.csv"));
    std::fs::write(&path, format!("account_id,serial,bound_at\n2000000001,{BAND},2025-02-08\n")).unwrap();
    desk.import_list(list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
    world.case("B-2", &[("request", "unbind"), ("claimant_email", "c9@post.example"), ("serial", BAND)]);
    let again = shown(&world, "B-2");
    assert_eq!((&again["recommendation"], &again["because"]), (&json!("guide"), &json!(["binding.current"])));
}

#[test]
fn the_screens_show_a_band_by_its_serial() {
    let world = world();
    band_case(&world, "B-1", "unbind");
    for (width, height) in [(80, 24), (120, 40)] {
        let mut probe = Probe::new(world.desk("anna"), width, height, true).unwrap();
        probe.key("enter");
        insta::assert_snapshot!(format!("band_{width}x{height}"), probe.text());
    }
    let mut probe = Probe::new(world.desk("anna"), 80, 24, true).unwrap();
    probe.key("f2");
    probe.paste("EAR-99");
    assert!(probe.text().contains("bound"), "{}", probe.text());
}

#[test]
fn a_deletion_names_every_device_that_is_still_bound_to_who_may_know() {
    let world = world();
    for (reference, email) in [("D-1", "owner@mail.example"), ("D-2", "stranger@post.example")] {
        let columns =
            [("request", "account-deletion"), ("claimant_email", email), ("account_id", "2000000001")];
        world.case(reference, &columns);
        if reference == "D-1" {
            let devices = shown(&world, "D-1")["guide"]["devices"].clone();
            let mut named: Vec<&str> =
                devices.as_array().unwrap().iter().filter_map(|d| d["model"].as_str()).collect();
            named.sort_unstable();
            // The telephone, the television, the band, and the earphones that have no record.
            assert_eq!(devices.as_array().unwrap().len(), 4, "{devices}");
            assert_eq!(named, ["Orbit 11", "Orbit Band 3", "Orbit TV 55"]);
            world.desk("anna").close("D-1", "withdrawn").unwrap();
        }
    }
    let stranger = shown(&world, "D-2");
    assert_eq!((&stranger["recommendation"], &stranger["guide"]["devices"]), (&json!("guide"), &json!([])));
}

/// An authorization to release the band, on B-1.
fn out_for_the_band(world: &Rehearsal) -> String {
    band_case(world, "B-1", "unbind");
    world.prove("B-1", Channel::Contact);
    let mut anna = world.desk("anna");
    anna.decide("B-1", Recommendation::Approve, None, false).unwrap();
    anna.issue("B-1", None, None).unwrap().token
}

/// An authorization is out for the band; then its owner reports it lost, and it is a thief who waits at the counter.
#[test]
fn a_report_of_loss_holds_up_what_is_out_and_revokes_it_once_confirmed() {
    let world = world();
    let token = out_for_the_band(&world);
    band_case(&world, "L-1", "lost-report");
    let mut anna = world.desk("anna");
    anna.decide("L-1", Recommendation::Approve, None, false).unwrap();
    // Pending: this desk redeems nothing on it, and the grant stands.
    let held = anna.redeem(&token).unwrap_err();
    assert_eq!(held.kind, Kind::Refused, "{held}");
    assert!(held.what.to_string().contains("reported"), "{held}");
    let standing = |reference: &str| shown(&world, reference)["authorization"]["revoked_at"].clone();
    assert_eq!(standing("B-1"), Value::Null);
    assert!(anna.confirm_notice("L-1").is_err(), "who raised it does not confirm it");
    world.desk("boris").confirm_notice("L-1").unwrap();
    assert_eq!(standing("B-1"), "2026-11-20T09:00:00Z");
    let fell = world.desk("anna").redeem(&token).unwrap_err();
    assert!(fell.what.to_string().contains("revoked"), "{fell}");
    let list = world.desk("clara").export_revocations().unwrap();
    assert!(!list.is_empty());
    assert_eq!(shown(&world, "B-1")["state"], "open");
    assert_eq!(shown(&world, "B-1")["recommendation"], "refuse");
    assert_eq!(shown(&world, "L-1")["closed_as"], "confirmed");
    // Two people clear it, one of them an approver; what was revoked stays so.
    world.desk("anna").clear_notice("L-1").unwrap();
    assert!(world.desk("anna").clear_notice("L-1").is_err());
    world.desk("boris").clear_notice("L-1").unwrap();
    assert_eq!(shown(&world, "B-1")["recommendation"], "hold");
    assert!(world.desk("anna").redeem(&token).is_err());
    assert!(world.desk("anna").audit_verify(&[]).unwrap().ok);
}

#[test]
fn a_pending_report_that_lapsed_or_was_cleared_holds_nothing_up() {
    let world = world();
    let token = out_for_the_band(&world);
    band_case(&world, "L-1", "lost-report");
    world.desk("anna").decide("L-1", Recommendation::Approve, None, false).unwrap();
    world.desk("anna").clear_notice("L-1").unwrap();
    assert!(world.desk("anna").redeem(&token).is_err(), "one of two has asked to clear it");
    world.desk("boris").clear_notice("L-1").unwrap();
    world.desk("anna").redeem(&token).unwrap();
}

#[test]
fn a_report_is_confirmed_and_cleared_on_the_screen_by_two() {
    let world = world();
    band_case(&world, "L-1", "lost-report");
    let mut probe = Probe::new(world.desk("anna"), 80, 30, true).unwrap();
    probe.keys(&["enter", "d", "ctrl+s"]);
    let mut boris = Probe::new(world.desk("boris"), 80, 30, true).unwrap();
    boris.keys(&["3", "enter", "a", "ctrl+s"]);
    assert_eq!(shown(&world, "L-1")["closed_as"], "confirmed", "{}", boris.text());
    for agent in ["anna", "boris"] {
        let mut probe = Probe::new(world.desk(agent), 80, 30, true).unwrap();
        probe.key("f2");
        probe.paste("L-1");
        probe.keys(&["end", "enter", "L", "ctrl+s"]);
        let found = world.desk("anna").lookup(BAND, false).unwrap();
        let status = if agent == "anna" { "confirmed" } else { "cleared" };
        assert_eq!(found.devices[0]["notices"][0]["status"], status, "{agent}: {}", probe.text());
    }
}

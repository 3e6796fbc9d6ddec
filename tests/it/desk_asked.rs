//! What a caller is asked about their account is read nowhere, whichever way one goes, unless it is revealed, and that
//! is logged.

use std::collections::VecDeque;

use latchkey::desk::lookup::{Found, Lead, Ways};
use latchkey::desk::show::Privacy;
use latchkey::tui::probe::Probe;

use crate::desk_rehearsal::Rehearsal;

/// Every kind of text that leads into the world, the other device's own numbers left out.
const STARTS: [&str; 9] = [
    "867530900000017",
    "11111/A1",
    "8970101000000000004",
    "+79160000001",
    "+79031234567",
    "owner@mail.example",
    "2000000001",
    "DN-0000001",
    "C-1",
];
/// Region, day and year of the registration, name; brand, model and numbers of the owner's other device.
const ASKED: [&str; 9] = [
    "Tatarstan",
    "2024-12-30",
    "Петров",
    "Nimbus",
    "Seven",
    "490154203237518",
    "NB-7-000001",
    "49015420323751",
    "BAND-0000-9",
];

/// The owner of the claimed device has two others: one of the same receipt and SIM, and a band.
fn world() -> Rehearsal {
    let world = Rehearsal::new();
    for (list, text) in [
        ("tacs", "tac,brand,model,allocated_on\n49015420,Nimbus,Seven,2021-02-01\n"),
        (
            "devices",
            "imei,serial,model,made_on\n490154203237518,NB-7-000001,Seven,2024-12-20\n,BAND-0000-9,Seven Band,2024-12-20\n",
        ),
        (
            "accounts",
            "account_id,email,phone,name,region,state,registered_at,last_sign_in_at\n\
             2000000001,owner@mail.example,+79031234567,Иван Петров,Tatarstan,active,2024-12-30,2026-09-01\n",
        ),
        (
            "bindings",
            "account_id,imei,serial,bound_at\n2000000001,490154203237518,,2025-03-01\n2000000001,,BAND-0000-9,2025-03-02\n",
        ),
        (
            "sightings",
            "imei,iccid,msisdn,first_seen,last_seen\n490154203237518,8970101000000000004,+79160000001,2025-03-01,2025-03-20\n",
        ),
        ("sales", "retailer,receipt_no,sold_on,imei\nDNS,DN-0000001,2025-01-29,490154203237518\n"),
        ("sim-changes", "msisdn,changed_at\n+79160000001,2025-02-01\n"),
    ] {
        world.list(list, text);
    }
    world.owner_case("C-1");
    world
}

fn leads(ways: &Ways) -> Vec<Lead> {
    let of = [&ways.devices, &ways.accounts, &ways.sims].into_iter().flatten();
    let mut all: Vec<Lead> = Vec::new();
    for one in of {
        let plain = [&one.bindings, &one.sightings, &one.sales, &one.contacts].into_iter().flatten();
        all.extend(plain.flatten().cloned());
        all.extend(one.repairs.iter().flat_map(|(old, new)| [old, new]).flatten().cloned());
    }
    all.extend(ways.sales.iter().flatten().cloned());
    all.extend(ways.near.iter().cloned());
    all
}

fn told(text: &str) -> Vec<&'static str> {
    ASKED.into_iter().filter(|asked| text.contains(asked)).collect()
}

#[test]
fn whichever_way_one_goes_nothing_of_it_is_told() {
    let world = world();
    let mut desk = world.desk("anna");
    let json = |found: &Found| serde_json::to_string(found).unwrap();
    for start in STARTS {
        let mut way: VecDeque<(Lead, String)> = [(Lead::typed(start), start.to_owned())].into();
        let mut seen: Vec<Lead> = Vec::new();
        let mut gone = 0;
        while let Some((lead, steps)) = way.pop_front() {
            if seen.contains(&lead) {
                continue;
            }
            let found = desk.lookup_around(&lead, false, &mut |_, _| true).unwrap();
            assert_eq!(told(&json(&found)), [""; 0], "{steps}: {}", json(&found));
            way.extend(
                leads(&found.leads).into_iter().enumerate().map(|(n, l)| (l, format!("{steps} › {n}"))),
            );
            seen.push(lead);
            gone += 1;
        }
        assert!(gone >= 9, "{start} leads to {gone} answers only");
        assert_eq!(told(&json(&desk.lookup(start, false).unwrap())), [""; 0], "{start}");
    }
    assert_eq!(told(&desk.show("C-1", Privacy::Work).unwrap().to_string()), [""; 0]);
}

#[test]
fn a_model_is_told_where_no_claim_on_the_account_asks_for_it() {
    let told = |world: &Rehearsal, text: &str| {
        let found = world.desk("anna").lookup_around(&Lead::typed(text), false, &mut |_, _| true).unwrap();
        serde_json::to_string(&found.devices).unwrap()
    };
    // One device on the account, and one that was never bound.
    let alone = Rehearsal::new();
    alone.owner_case("C-1");
    for text in ["867530900000017", "867530900000025", "C-1"] {
        assert!(told(&alone, text).contains("Orbit 11"), "{text}");
    }
    let shown = alone.desk("anna").show("C-1", Privacy::Work).unwrap();
    assert_eq!(
        (&shown["device"]["model"], &shown["device"]["model_masked"]),
        (&"Orbit 11".into(), &false.into())
    );
    // Several: each is what a claim about another is asked for, whoever has its number.
    let world = world();
    for text in ["867530900000017", "C-1", "490154203237518"] {
        let found = told(&world, text);
        assert!(
            !found.contains("Orbit 11")
                && !found.contains("Seven")
                && found.contains("\"model_masked\":true")
        );
    }
    let shown = world.desk("anna").show("C-1", Privacy::Work).unwrap();
    assert_eq!(shown["device"]["model_masked"], true, "{shown}");
    let shown = world.desk("anna").show("C-1", Privacy::Revealed).unwrap();
    assert_eq!(shown["device"]["model"], "Orbit 11");
    // What the claim says itself is no secret.
    world.case("C-2", &[("request", "unbind"), ("imei", "867530900000017"), ("model", "orbit 11")]);
    assert_eq!(world.desk("anna").show("C-2", Privacy::Work).unwrap()["device"]["model"], "Orbit 11");
}

#[test]
fn revealing_tells_it_and_is_logged() {
    let world = world();
    let mut desk = world.desk("anna");
    let before = desk.log_lines(100).unwrap().len();
    let shown = serde_json::to_string(&desk.lookup("2000000001", true).unwrap()).unwrap();
    for asked in ["Tatarstan", "2024-12-30", "Петров", "Seven", "490154203237518"] {
        assert!(shown.contains(asked), "{asked}: {shown}");
    }
    let leaves = desk.log_lines(100).unwrap();
    assert_eq!(leaves.len(), before + 1);
    assert!(leaves.iter().any(|(_, leaf)| leaf.contains("lookup.revealed")), "{leaves:?}");
}

#[test]
fn the_screen_tells_none_of_it_on_the_way_to_another_device() {
    let world = world();
    let mut probe = Probe::new(world.desk("anna"), 80, 40, true).unwrap();
    for start in STARTS {
        for line in 0..12 {
            probe.key("f2");
            probe.paste(start);
            assert_eq!(told(&probe.text()), [""; 0], "{start}: {}", probe.text());
            for _ in 0..line {
                probe.key("down");
            }
            probe.key("enter");
            assert_eq!(told(&probe.text()), [""; 0], "{start}, line {line}: {}", probe.text());
            // Out of a ticket, back to the queue.
            probe.keys(&["esc", "esc", "esc"]);
        }
    }
}

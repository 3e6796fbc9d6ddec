//! §4: receipt, SIM and box, at the edges.

use super::edges::{cards, holds};
use super::*;
use Outcome::{Fail, Missing, Pass, Unknown};

fn known_sale(facts: &mut Facts, sold_on: &str, of: Option<i64>) {
    let sale = Sale { sold_on: day(sold_on), names: Some(DeviceName::Imei(imei(IMEI))), device: of };
    facts.registry.receipt.as_mut().unwrap().sales.push(sale);
}

fn dated(claim: &mut Claim, text: &str) {
    item(claim, RECEIPT).item = Item::Receipt(Receipt { date: given(text, Day::parse), ..paper("DN-1") });
}

#[test]
fn the_receipt() {
    holds(&[
        (Check::ReceiptForm, "of today", |c, _| dated(c, "2026-11-20"), Pass, ""),
        (Check::ReceiptForm, "of tomorrow", |c, _| dated(c, "2026-11-21"), Fail, "future"),
        (Check::ReceiptDate, "a day before the sale", |c, _| dated(c, "2025-01-28"), Pass, ""),
        (Check::ReceiptDate, "a day after the sale", |c, _| dated(c, "2025-01-30"), Pass, ""),
        (Check::ReceiptDate, "two days after the sale", |c, _| dated(c, "2025-01-31"), Fail, "!made"),
        (
            Check::ReceiptDate,
            "on the day on which the device was made",
            |_, f| device(f).made_on = Some(day("2025-01-29")),
            Pass,
            "",
        ),
        (
            Check::ReceiptDate,
            "the day before",
            |_, f| device(f).made_on = Some(day("2025-01-30")),
            Fail,
            "made",
        ),
        (Check::ReceiptDate, "long before", |_, f| device(f).made_on = Some(day("2026-01-30")), Fail, "made"),
        (
            Check::ReceiptDate,
            "the day before its type was allocated",
            |_, f| device(f).allocated_on = Some(day("2025-01-30")),
            Fail,
            "!sold",
        ),
        (
            Check::ReceiptDate,
            "this device's row says another day than another's",
            |_, f| {
                known_sale(f, "2025-06-01", Some(OTHER_DEVICE));
            },
            Pass,
            "",
        ),
        (
            Check::ReceiptDate,
            "another device's row says the day",
            |_, f| {
                f.registry.receipt.as_mut().unwrap().sales.clear();
                known_sale(f, "2025-01-29", Some(OTHER_DEVICE));
                known_sale(f, "2025-06-01", Some(DEVICE));
            },
            Fail,
            "",
        ),
        (
            Check::ReceiptDate,
            "bound the day before",
            |_, f| device(f).bindings[0].bound_at = time("2025-01-28T10:00:00Z"),
            Pass,
            "",
        ),
        (
            Check::ReceiptDate,
            "bound two days before",
            |_, f| device(f).bindings[0].bound_at = time("2025-01-27T10:00:00Z"),
            Fail,
            "",
        ),
        (
            Check::ReceiptDate,
            "bound long before",
            |_, f| device(f).bindings[0].bound_at = time("2024-12-27T10:00:00Z"),
            Fail,
            "",
        ),
    ]);
}

#[test]
fn receipts_whose_pictures_look_alike_are_named_and_decide_nothing() {
    let like =
        |ticket, bits| Other { ticket, alike_receipt: Some(bits), open: false, ..other(Some(OTHER_DEVICE)) };
    let alike = |others: Vec<Other>| {
        let (claim, mut facts) = owner();
        facts.desk.others = others;
        let judgement = judge(&claim, &facts, &Policy::shipped(), now());
        let finding = judgement.finding(Check::ReceiptUnique).unwrap();
        let named: Vec<_> = finding.alike.iter().map(|a| (a.ticket, a.bits)).collect();
        (finding.outcome, named, finding.reason.to_string().contains("looks like"))
    };
    assert_eq!(alike(vec![other(Some(OTHER_DEVICE))]), (Pass, vec![], false));
    assert_eq!(
        alike(vec![like(3, 7), like(4, 2)]),
        (Pass, vec![(4, 2), (3, 7)], true),
        "the most alike first"
    );
    let cleared = Other { cleared: vec!["receipt.unique".into()], ..like(3, 7) };
    assert_eq!(alike(vec![cleared]), (Pass, vec![], false));
    let twin = Other { device: Some(DEVICE), same_claimant: true, ..like(3, 7) };
    assert_eq!(alike(vec![twin.clone()]), (Pass, vec![], false), "the same claimant's, for the same device");
    let fleet = Other { device: Some(OTHER_DEVICE), ..twin.clone() };
    assert_eq!(alike(vec![fleet]), (Pass, vec![(3, 7)], true), "for another device");
    let stranger = Other { same_claimant: false, ..twin };
    assert_eq!(alike(vec![stranger]), (Pass, vec![(3, 7)], true), "by somebody else");
    // The same bytes are the same receipt: said once.
    let same = Other { same_receipt: true, device: Some(DEVICE), ..like(3, 0) };
    assert_eq!(alike(vec![same.clone()]), (Fail, vec![(3, 0)], false));
    let near = Other { alike_receipt: Some(5), ..same };
    assert_eq!(alike(vec![near]), (Fail, vec![(3, 5)], true));
    assert_eq!(alike(vec![like(3, 0)]), (Pass, vec![(3, 0)], true), "the same picture, though it is excused");
}

#[test]
fn the_sim() {
    holds(&[
        (
            Check::SimSeen,
            "known by its card alone, and another was seen",
            |c, f| {
                item(c, SIM).item = Item::Sim(Sim { msisdn: None, iccid: given(CARD, Iccid::parse) });
                f.registry.sims[0].number = None;
                device(f).sightings[0].iccid = Some(iccid(5));
            },
            Fail,
            "never",
        ),
        (
            Check::SimSeen,
            "another card without a number",
            |_, f| {
                device(f).sightings[0].msisdn = None;
                device(f).sightings[0].iccid = Some(iccid(5));
            },
            Fail,
            "never",
        ),
        (
            Check::SimSeen,
            "long ago, and another since",
            |_, f| {
                device(f).sightings[0] = sighting("2025-03-30", "2026-01-01");
                cards(f, 1, "2026-10-01", "2026-11-15");
                device(f).sightings[1].msisdn = Some(phone("+79160000001"));
            },
            Fail,
            "other SIMs were since",
        ),
        (
            Check::SimSeen,
            "thirty days",
            |_, f| device(f).sightings[0] = sighting("2026-10-17", "2026-11-15"),
            Pass,
            "",
        ),
        (
            Check::SimSeen,
            "twenty-nine days",
            |_, f| device(f).sightings[0] = sighting("2026-10-18", "2026-11-15"),
            Fail,
            "less than 30",
        ),
        (
            Check::SimAge,
            "seen with this card ten days ago",
            |_, f| {
                f.registry.sims[0].sightings = vec![sighting("2026-11-10", "2026-11-10")];
            },
            Pass,
            "",
        ),
        (
            Check::SimAge,
            "seen with this card nine days ago",
            |_, f| {
                f.registry.sims[0].sightings = vec![sighting("2026-11-11", "2026-11-11")];
            },
            Unknown,
            "monitored",
        ),
        (
            Check::SimAge,
            "the card was seen with another number alone",
            |_, f| {
                f.registry.sims[0].sightings[0].msisdn = Some(phone("+79160000001"));
            },
            Unknown,
            "monitored",
        ),
        (
            Check::SimAge,
            "no card is known, and one without a number was seen",
            |_, f| {
                f.registry.sims[0].iccid = None;
                f.registry.sims[0].sightings[0].iccid = None;
            },
            Unknown,
            "monitored",
        ),
        (
            Check::SimAge,
            "another card later",
            |_, f| also(f, Some(5), NUMBER, "2026-11-16"),
            Fail,
            "another SIM card",
        ),
        (
            Check::SimAge,
            "another card on the last day",
            |_, f| also(f, Some(5), NUMBER, "2026-11-15"),
            Pass,
            "",
        ),
        (Check::SimAge, "another card before", |_, f| also(f, Some(5), NUMBER, "2026-11-14"), Pass, ""),
        (
            Check::SimAge,
            "another number later",
            |_, f| also(f, Some(5), "+79160000001", "2026-11-16"),
            Pass,
            "",
        ),
        (Check::SimAge, "a card nobody read later", |_, f| also(f, None, NUMBER, "2026-11-16"), Pass, ""),
        (
            Check::SimAge,
            "changed long ago, no card is known, and one was seen since",
            |_, f| {
                f.registry.sims[0].last_change = Some(ago(400));
                f.registry.sims[0].iccid = None;
            },
            Pass,
            "",
        ),
    ]);
}

/// The number was seen with a card, too.
fn also(facts: &mut Facts, card: Option<u64>, number: &str, last: &str) {
    let seen =
        Sighting { iccid: card.map(iccid), msisdn: Some(phone(number)), ..sighting("2026-11-14", last) };
    facts.registry.sims[0].sightings.push(seen);
}

#[test]
fn the_box() {
    holds(&[
        (
            Check::BoxMatch,
            "its digits were typed",
            |c, f| {
                restore(c, f, BOX);
                item(c, BOX).attachment = None;
            },
            Missing,
            "typed digits alone",
        ),
        (
            Check::BoxMatch,
            "its file is no picture",
            |c, f| {
                restore(c, f, BOX);
                item(c, BOX).attachment.as_mut().unwrap().dhash = None;
            },
            Missing,
            "PNG or JPEG",
        ),
        (Check::BoxMatch, "nobody looked for barcodes yet", |c, f| restore(c, f, BOX), Pass, "!barcode"),
        (
            Check::BoxMatch,
            "in no list",
            |c, f| {
                restore(c, f, BOX);
                item(c, BOX).item =
                    Item::Box(BoxLabel { imei: given("867530900000017", Imei::parse), serial: None });
                f.registry.leads = leads(c);
                f.registry
                    .leads
                    .iter_mut()
                    .filter(|l| l.identifier.evidence == Some(BOX))
                    .for_each(|l| l.device = None);
            },
            Fail,
            "in no list",
        ),
        (
            Check::BoxUnique,
            "a receipt's picture is none of the box",
            |c, _| {
                c.evidence.retain(|e| e.id != BOX);
                item(c, RECEIPT).attachment = Some(picture(1));
            },
            Missing,
            "",
        ),
        (
            Check::BoxUnique,
            "a box without a picture",
            |c, f| {
                restore(c, f, BOX);
                item(c, BOX).attachment = None;
            },
            Missing,
            "",
        ),
        (
            Check::BoxUnique,
            "the same bytes",
            |c, f| {
                restore(c, f, BOX);
                f.desk.others = vec![Other { same_picture: Some(0), ..other(Some(OTHER_DEVICE)) }];
            },
            Fail,
            "!look-alike",
        ),
        (
            Check::BoxUnique,
            "almost the same",
            |c, f| {
                restore(c, f, BOX);
                f.desk.others = vec![Other { same_picture: Some(3), ..other(Some(OTHER_DEVICE)) }];
            },
            Fail,
            "3 of 64 bits",
        ),
    ]);
}

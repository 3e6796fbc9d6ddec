//! What barcodes on a picture of the box make of `box.match`.

use super::{BOX, OTHER_DEVICE, device, given, imei, item, leads, owner, restore};
use crate::domain::{BoxLabel, Imei, Item, Outcome, Seen, Serial};
use crate::judgement::{Check, Policy, box_was_read, judge};

const OURS: &str = "354178031234566";
const SECOND: &str = "867530900000025";
const OTHERS: &str = "867530900000017";

/// Outcome of `box.match`, whether the number was read, and the sentence.
fn seen(imei_typed: &str, serial_typed: &str, seen: &str) -> (Outcome, bool, String) {
    let (mut claim, mut facts) = owner();
    item(&mut claim, BOX).item = Item::Box(BoxLabel {
        imei: given(imei_typed, Imei::parse),
        serial: given(serial_typed, Serial::parse),
    });
    restore(&mut claim, &mut facts, BOX);
    let attachment = item(&mut claim, BOX).attachment.as_mut().unwrap();
    attachment.seen = Some(seen.parse::<Seen>().unwrap());
    device(&mut facts).serials = vec!["31234/A00000001".into()];
    facts.registry.leads = leads(&claim);
    for lead in &mut facts.registry.leads {
        if lead.identifier.name.to_string().starts_with("8675309") {
            lead.device = Some(OTHER_DEVICE);
        }
    }
    let read = box_was_read(&claim, &facts);
    let judgement = judge(&claim, &facts, &Policy::shipped(), super::now());
    let finding = judgement.finding(Check::BoxMatch).unwrap();
    (finding.outcome, read, finding.reason.to_string())
}

#[test]
fn what_the_barcodes_say_is_compared_with_what_was_typed_and_with_the_device() {
    use Outcome::{Fail, Missing, Pass};
    let serial = "31234/A00000001";
    for (typed, typed_serial, read, outcome, was_read, says) in [
        (OURS, "", format!("imei:{OURS}"), Pass, true, "A barcode on the picture of the box says"),
        ("", "", format!("imei:{OURS}"), Pass, true, "this device"),
        ("", "", format!("serial:{serial}"), Pass, true, "this device"),
        // The slot that was not typed, and one that no list knows beside it.
        (OURS, "", format!("imei:{SECOND} imei:{OURS}"), Pass, true, "this device"),
        (OURS, "", format!("imei:{OTHERS}"), Fail, false, "was typed"),
        ("", "", format!("imei:{OTHERS}"), Fail, false, "not this device"),
        (OTHERS, "", format!("imei:{OURS}"), Fail, true, "another device"),
        (OTHERS, "", format!("imei:{OTHERS}"), Fail, false, "another device"),
        ("", serial, format!("serial:{serial}"), Pass, true, "this device"),
        ("", serial, "serial:31234/A00000002".into(), Fail, false, "was typed"),
        // A number of the article is not a serial.
        ("", serial, "serial:MZB0ABCEU".into(), Pass, false, "this device"),
        ("", serial, "serial:MZB0ABCEU doubt:two".into(), Pass, false, "this device"),
        (OURS, "", String::new(), Pass, false, "No barcode on it could be read."),
        ("", "", String::new(), Missing, false, "No barcode on it could be read."),
        (OURS, "", "doubt:two".into(), Pass, false, "one barcode gave two different readings"),
        ("", "", "doubt:late".into(), Missing, false, "it took too long"),
    ] {
        let (found, by_machine, reason) = seen(typed, typed_serial, &read);
        assert_eq!((found, by_machine), (outcome, was_read), "{typed} {typed_serial} {read}: {reason}");
        assert!(reason.contains(says), "{typed} {typed_serial} {read}: {reason}");
        assert_eq!(reason.contains("for certain"), read.starts_with("doubt:"), "{read}: {reason}");
    }
}

#[test]
fn a_reading_that_nobody_confirmed_names_no_device() {
    let (mut claim, mut facts) = owner();
    item(&mut claim, BOX).item = Item::Box(BoxLabel::default());
    restore(&mut claim, &mut facts, BOX);
    item(&mut claim, BOX).attachment.as_mut().unwrap().seen =
        Some(Seen { imeis: vec![imei(OURS)], ..Seen::default() });
    claim.device = crate::domain::DeviceClaim::default();
    facts.registry.device = None;
    facts.registry.leads.clear();
    let judgement = judge(&claim, &facts, &Policy::shipped(), super::now());
    let finding = judgement.finding(Check::BoxMatch).unwrap();
    assert_eq!(finding.outcome, Outcome::Missing, "{}", finding.reason);
    assert!(claim.identifiers().is_empty() && !box_was_read(&claim, &facts));
}

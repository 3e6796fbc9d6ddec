//! Photos of boxes from the command line: what their barcodes say is offered, compared and shown.

use crate::cli_desk::TestDesk;
use crate::import_eyes::GOOD;
use crate::import_eyes::photos::{Dice, Label, Trouble};

const OURS: &str = "867530900001015";
const OTHERS: &str = "869547040002016";

/// A photo of a label with this IMEI.
fn photo(desk: &TestDesk, name: &str, imei: &str) -> String {
    let label = Label::with(vec![imei.into()], "31234/A00000001".into(), 5, false);
    desk.write(name, Trouble { tilt: 6.0, width: 800, ..GOOD }.shoot(&label, &mut Dice::new(7)))
}

#[test]
fn what_a_photo_says_is_offered_and_filled_in() {
    let desk = TestDesk::filled();
    let file = photo(&desk, "box.jpg", OURS);
    insta::assert_snapshot!(desk.run(&["evidence", "look", &file]), @"
    Barcodes say IMEI 867530900001015, serial 31234/A00000001.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "box", "--file", &file, "--fill"]), @"
    Evidence 18 added. Picture: barcodes say IMEI 867530900001015, serial 31234/A00000001. #1 R-01: open, approve-second
    ------- 0
    ");
    let shown = desk.run(&["--json", "show", "R-01"]).json();
    let item = shown["evidence"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(item["given"]["box_imei"], OURS);
    assert_eq!(item["attachment"]["seen"]["imeis"][0], OURS);
    let found = shown["findings"].as_array().unwrap().iter().find(|f| f["check"] == "box.match").unwrap();
    assert_eq!(found["outcome"], "pass", "{found}");
    assert!(found["reason"].as_str().unwrap().starts_with("A barcode on the picture"), "{found}");
    let blank = desk.write("blank.png", include_bytes!("../../fixtures/photos/box-r02.png"));
    insta::assert_snapshot!(desk.run(&["evidence", "look", &blank]), @"
    No barcode could be read.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "add", "R-01", "box", "--file", &blank, "--fill"]), @"
    ------- stderr
    error: $HOME/blank.png: Nothing can be filled in: no barcode could be read.
    Hint: Read the label yourself and give `imei=…`, or ask for a sharper photo.
    ------- 1
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "read", "R-01"]), @"
    Evidence 18: barcodes say IMEI 867530900001015, serial 31234/A00000001.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["evidence", "read", "R-04"]), @"
    ------- stderr
    error: Ticket 4 has no such picture of a box.
    Hint: `latchkey evidence add 4 box --file PHOTO` adds one.
    ------- 1
    ");
}

#[test]
fn a_photo_of_another_box_fails_the_match_in_an_imported_case_too() {
    let desk = TestDesk::filled();
    photo(&desk, "other.jpg", OTHERS);
    photo(&desk, "ours.jpg", OURS);
    let header = "reference,request,claimant_email,imei,box_imei,attachments\n";
    let rows = format!(
        "N-1,unbind,n1@post.example,{OURS},{OURS},box:other.jpg\nN-2,unbind,n1@post.example,{OURS},,box:ours.jpg\n"
    );
    let cases = desk.write("photos.csv", format!("{header}{rows}"));
    desk.run(&["import", "cases", &cases]).ok();
    for (reference, outcome, says) in [("N-1", "fail", "was typed"), ("N-2", "pass", "this device")] {
        let shown = desk.run(&["--json", "show", reference]).json();
        let findings = shown["findings"].as_array().unwrap();
        let found = findings.iter().find(|f| f["check"] == "box.match").unwrap();
        assert_eq!(found["outcome"], outcome, "{reference}: {found}");
        assert!(found["reason"].as_str().unwrap().contains(says), "{reference}: {found}");
    }
}

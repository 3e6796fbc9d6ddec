//! The forms of other systems: known by their header, read as the contract says, and wrong in a named place.

use crate::cli_desk::TestDesk;

fn foreign(name: &str) -> String {
    format!("{}/fixtures/foreign/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Every form, the list it belongs to, its rows, and the records they make.
const FORMS: &[(&str, &str, u64, u64)] = &[
    ("tacs", "gsma_tacs.txt", 2, 2),
    ("devices", "registration_list.csv", 2, 2),
    ("notices", "stolen_list.csv", 3, 3),
    ("sightings", "pairing_list.csv", 2, 2),
    ("sightings", "operator_data.csv", 2, 2),
];

#[test]
fn every_foreign_form_is_imported_in_every_mode() {
    for (list, file, rows, added) in FORMS {
        let desk = TestDesk::empty();
        let path = foreign(file);
        let done = desk.run(&["--json", "import", list, &path]).json();
        assert_eq!((&done["rows"], &done["added"]), (&(*rows).into(), &(*added).into()), "{file}");
        let again = desk.run(&["--json", "import", list, &path]).json();
        assert_eq!(again["unchanged"], *rows, "{file}");
        let whole = desk.run(&["--json", "import", list, &path, "--mode", "replace"]).json();
        assert_eq!((&whole["unchanged"], &whole["removed"]), (&(*rows).into(), &0.into()), "{file}");
        // What changes nothing in a delta is refused: the rows are there.
        let text = std::fs::read_to_string(&path).unwrap();
        let mark = if file.starts_with("gsma") { "|" } else { "," };
        let mut delta = String::new();
        for (n, line) in text.lines().enumerate() {
            let word = if n == 0 { "change_type" } else { "remove" };
            delta.extend([line, mark, word, "\n"]);
        }
        let delta = desk.write("delta.csv", delta);
        let gone = desk.run(&["--json", "import", list, &delta, "--mode", "delta"]).json();
        assert_eq!(gone["removed"], *added, "{file}: {gone}");
    }
}

#[test]
fn what_is_wrong_in_a_foreign_form_is_named_by_line_and_column() {
    let desk = TestDesk::empty();
    for (list, text, place) in [
        ("notices", "imei,reporting_date,status\n867530900000018,20261001,\n", "line 2, column imei"),
        (
            "notices",
            "imei,reporting_date,status\n867530900000017,2026-13-01,\n",
            "line 2, column reporting_date",
        ),
        ("notices", "imei,reporting_date,colour\n867530900000017,20261001,\n", "column colour"),
        ("devices", "approved_imei,make,device_id\n867530900000017,Orbit,\n", "line 2, column device_id"),
        ("devices", "approved_imei,make,device_id\nx,Orbit,D1\n", "line 2, column approved_imei"),
        ("sightings", "imei,imsi,msisdn\n867530900000017,12,79031234567\n", "line 2, column imsi"),
        ("sightings", "date,imei,imsi,msisdn\n20261101,867530900000017,,\n", "line 2"),
        (
            "sightings",
            "date,imei,imsi,msisdn\n32.01.2026,867530900000017,,79031234567\n",
            "line 2, column date",
        ),
        (
            "tacs",
            "TAC|Manufacturer|Model Name|Allocation Date\n8675309|Orbit|A|07-Mar-2019\n",
            "line 2, column tac",
        ),
        (
            "tacs",
            "TAC|Manufacturer|Model Name|Allocation Date\n86753090|Orbit|A|07-Mxr-2019\n",
            "line 2, column allocation_date",
        ),
    ] {
        let file = desk.write("bad.csv", text);
        let ran = desk.run(&["import", list, &file]);
        assert_eq!(ran.code, 1, "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains(place), "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains("Nothing was imported") || place.starts_with("column"), "{}", ran.stderr);
    }
}

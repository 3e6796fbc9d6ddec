//! `report`.

use crate::cli_desk::TestDesk;

#[test]
fn a_report_says_what_was_done() {
    let desk = TestDesk::filled();
    insta::assert_snapshot!(desk.run(&["report"]));
    let json = desk.run(&["--json", "report", "--from", "2026-11-19", "--to", "2026-11-20"]).ok();
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["from"], "2026-11-19T00:00:00Z");
    assert_eq!(report["days"].as_array().unwrap().len(), 2);
    for key in ["open", "ages", "oldest", "outcomes", "decisions", "overrides", "pace", "insider"] {
        assert!(!report[key].is_null(), "{key}: {report}");
    }
    insta::assert_snapshot!(desk.run(&["report", "--from", "2026-11-21", "--to", "2026-11-20"]));
    insta::assert_snapshot!(desk.run(&["report", "--from", "yesterday"]));
}

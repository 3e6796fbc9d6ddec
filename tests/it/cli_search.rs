//! `search`: tickets by what a person remembers of them, closed ones too.

use crate::cli_desk::TestDesk;

#[test]
fn tickets_are_found_by_what_one_remembers_of_them() {
    let desk = TestDesk::filled();
    desk.run(&["close", "R-10", "--as", "withdrawn"]).ok();
    insta::assert_snapshot!(desk.run(&["search", "соко", "мар"]), @"
    REHEARSAL
    ticket  reference  recommendation  state  request  due     claimant
         1  R-01       ask             open   unbind   in 2 d  М*** С***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["search", "雷"]), @"
    REHEARSAL
    ticket  reference  recommendation  state   request  claimant
        10  R-10       ask             closed  unbind   李***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["search", "雷", "--open"]), @"
    No ticket has all of these words.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["search", "state:closed"]), @"
    REHEARSAL
    ticket  reference  recommendation  state   request  claimant
        10  R-10       ask             closed  unbind   李***
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["search", "unbind", "--limit", "2"]), @"
    REHEARSAL
    ticket  reference  recommendation  state   request  due     claimant
        14  R-14       ask             open    unbind   in 2 d  Z*** B***
        10  R-10       ask             closed  unbind           李***
    The newest 2; there are more. Another word, or --limit.
    ------- 0
    ");
    insta::assert_snapshot!(desk.run(&["search", "+"]), @"
    ------- stderr
    error: Search for 1 to 1024 bytes of letters or digits: words, or the first or last characters of a number.
    ------- 2
    ");
    let json = desk.run(&["--json", "search", "#10"]).json();
    assert_eq!((&json["tickets"][0]["reference"], &json["more"]), (&"R-10".into(), &false.into()));
    assert_eq!(json["tickets"][0]["claimant"]["name"], "李***", "masked unless it is asked for");
    let json = desk.run(&["--json", "search", "#10", "--reveal"]).json();
    assert!(
        json["tickets"][0]["claimant"]["name"].as_str().is_some_and(|name| name.contains('雷')),
        "{json}"
    );
    let csv = desk.run(&["search", "r-0", "--format", "csv"]).ok();
    assert_eq!(csv.lines().count(), 10, "{csv}");
}

//! The board: every open ticket in memory, following the desk.

use latchkey::desk::board::{Board, Page, Question, Search, View};
use latchkey::desk::queue::Sort;
use latchkey::domain::Time;

use crate::desk_rehearsal::{Rehearsal, noon};

fn board(world: &Rehearsal) -> Board {
    Board::open(&world.desk("anna").folder).unwrap()
}

fn ask(board: &mut Board, view: View, words: &str) -> Page {
    ask_at(board, view, words, noon())
}

fn ask_at(board: &mut Board, view: View, words: &str, now: Time) -> Page {
    board.catch_up().unwrap();
    while board.is_behind() {
        board.catch_up().unwrap();
    }
    let search = Search { view, words: words.to_owned(), ..Search::default() };
    board.ask(&Question { search, most: 100, ..Question::default() }, "anna", now).unwrap()
}

fn names(page: &Page) -> String {
    let names = page.tickets.iter().map(|t| t.reference.clone().unwrap_or_default());
    names.collect::<Vec<_>>().join(" ")
}

fn asks(world: &Rehearsal, reference: &str, name: &str) {
    let email = format!("{}@post.example", reference.to_lowercase());
    let columns = [
        ("request", "login-recovery"),
        ("claimant_name", name),
        ("claimant_email", email.as_str()),
        ("access", "none"),
        ("account_id", "2000000001"),
    ];
    world.case(reference, &columns);
}

#[test]
fn what_people_do_is_seen_at_the_next_look() {
    let world = Rehearsal::new();
    let mut board = board(&world);
    assert_eq!(ask(&mut board, View::All, "").total, 0);
    asks(&world, "A-1", "Пётр Ильин");
    asks(&world, "A-2", "Ольга Смирнова");
    let page = ask(&mut board, View::ToDecide, "");
    assert_eq!((names(&page).as_str(), page.total, page.complete), ("A-1 A-2", 2, true));
    world.desk("anna").take("A-1", None).unwrap();
    let page = ask(&mut board, View::Mine, "");
    assert_eq!(names(&page), "A-1");
    assert_eq!(page.tickets[0].assignee.as_deref(), Some("anna"));
    world.desk("anna").wait("A-1").unwrap();
    let page = ask(&mut board, View::Waiting, "");
    assert_eq!(names(&page), "A-1");
    assert_eq!(page.counts.unwrap(), [1, 1, 0, 1, 0, 0, 0, 2]);
    world.desk("anna").close("A-1", "withdrawn").unwrap();
    assert_eq!(names(&ask(&mut board, View::All, "")), "A-2");
    world.desk("anna").reopen("A-1").unwrap();
    assert_eq!(names(&ask(&mut board, View::All, "")), "A-1 A-2");
}

#[test]
fn words_narrow_what_is_shown_whatever_their_case() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    asks(&world, "A-1", "Пётр Ильин");
    asks(&world, "A-2", "Ольга Смирнова");
    let mut board = board(&world);
    for (words, found) in [
        ("ильин", "A-1"),
        ("ИЛЬИН a-", "A-1"),
        ("ильин a-2", ""),
        ("login", "A-1 A-2"),
        ("request:login", "A-1 A-2"),
        ("request:login смир", "A-2"),
        ("by:none", "C-1 A-1 A-2"),
        ("by:anna", ""),
        ("867530900000017", "C-1"),
        ("#1", "C-1"),
        ("state:held", ""),
        ("nowhere:held", ""),
        ("a-2@post.example", "A-2"),
    ] {
        assert_eq!(names(&ask(&mut board, View::All, words)), found, "{words}");
    }
    // Letter by letter, as it is typed, and back again.
    for (words, found) in [("s", 2), ("a", 3), ("a-", 2), ("a-1", 1), ("a-1x", 0), ("a-1", 1), ("", 3)] {
        let page = ask(&mut board, View::All, words);
        if words != "s" {
            assert_eq!(page.total, found, "{words}: {}", names(&page));
        }
    }
}

#[test]
fn notes_are_looked_through_as_long_as_they_stand() {
    let world = Rehearsal::new();
    asks(&world, "A-1", "Пётр Ильин");
    asks(&world, "A-2", "Ольга Смирнова");
    world.desk("anna").note("A-1", "Calls back on FRIDAY\nabout the коробка").unwrap();
    let mut board = board(&world);
    world.desk("anna").note("A-2", "friday too").unwrap();
    for (words, found) in
        [("friday", "A-1 A-2"), ("Friday КОРОБКА", "A-1"), ("friday too", "A-2"), ("friday ильин", "A-1")]
    {
        assert_eq!(names(&ask(&mut board, View::All, words)), found, "{words}");
    }
    world.desk("anna").undo("A-2").unwrap();
    assert_eq!(names(&ask(&mut board, View::All, "friday")), "A-1", "a note taken back is not found");
    world.desk("anna").note("A-2", "on friday after all").unwrap();
    assert_eq!(names(&ask(&mut board, View::All, "after friday")), "A-2");
}

#[test]
fn time_alone_moves_tickets_between_views() {
    let world = Rehearsal::new();
    asks(&world, "A-1", "Пётр Ильин");
    let mut board = board(&world);
    assert_eq!(ask(&mut board, View::Overdue, "").total, 0);
    let late = noon().plus_days(30);
    assert_eq!(names(&ask_at(&mut board, View::Overdue, "", late)), "A-1");
    world.desk("anna").take("A-1", None).unwrap();
    assert_eq!(ask(&mut board, View::Mine, "").total, 1);
    assert_eq!(ask_at(&mut board, View::Mine, "", late).total, 0, "the lease has run out");
}

#[test]
fn a_page_is_found_again_by_the_ticket_on_it() {
    let world = Rehearsal::new();
    (1..=9).for_each(|n| asks(&world, &format!("A-{n}"), "Пётр Ильин"));
    let mut board = board(&world);
    ask(&mut board, View::All, "");
    for (sort, reverse, from, keep, expected, kept) in [
        (Sort::Number, false, 0, None, "A-1 A-2 A-3", None),
        (Sort::Number, true, 0, None, "A-9 A-8 A-7", None),
        (Sort::Number, false, 5, None, "A-6 A-7 A-8", None),
        (Sort::Number, false, 99, None, "A-9", None),
        (Sort::Number, false, 0, Some(2), "A-1 A-2 A-3", Some(1)),
        (Sort::Number, false, 0, Some(7), "A-6 A-7 A-8", Some(6)),
        (Sort::Received, true, 0, Some(1), "A-2 A-1", Some(8)),
    ] {
        let search = Search { view: View::All, sort, reverse, ..Search::default() };
        let page = board
            .ask(&Question { search, from, most: 3, keep, ..Question::default() }, "anna", noon())
            .unwrap();
        assert_eq!(
            (names(&page).as_str(), page.kept),
            (expected, kept),
            "{sort:?} {reverse} {from} {keep:?}"
        );
    }
}

#[test]
fn on_a_large_desk_the_first_tickets_come_before_all_are_counted() {
    let world = Rehearsal::new();
    for n in 1..=9 {
        asks(&world, &format!("A-{n}"), if n % 2 == 0 { "Ольга Смирнова" } else { "Пётр Ильин" });
    }
    world.desk("anna").close("A-1", "withdrawn").unwrap();
    let mut board = board(&world).large_from(5);
    let everything = Question { most: 3, ..Question::default() };
    ask(&mut board, View::All, "");
    for (view, words, everywhere, early) in [
        (View::All, "a-", false, "A-2 A-3 A-4"),
        (View::All, "ильин", false, "A-3 A-5 A-7"),
        (View::All, "", true, "A-9 A-8 A-7"),
        (View::All, "ильин", true, "A-9 A-7 A-5"),
        // Too few for a page: all there is comes with the answer.
        (View::All, "a-3", false, ""),
        (View::All, "a-1", true, ""),
        (View::Mine, "a-", false, ""),
        (View::All, "nobody", true, ""),
    ] {
        let words_ = words.to_owned();
        let search = Search { view, words: words_, everywhere, ..Search::default() };
        let question = Question { search, ..everything.clone() };
        let first = board.early(&question, "anna", noon(), &mut || true).unwrap();
        let whole = board.ask(&question, "anna", noon()).unwrap();
        let first_names = first.as_ref().map_or_else(String::new, names);
        assert_eq!(first_names, early, "{words}, everywhere: {everywhere}");
        if let Some(first) = first {
            assert!(first.more && whole.total > 3, "{words}: there are more, and they are counted later");
            assert_eq!(first.tickets, whole.tickets, "{words}: the same tickets");
        }
    }
    // What is not typed from the top is answered as a whole.
    let search = Search { view: View::All, words: "a-".to_owned(), ..Search::default() };
    for question in [
        Question { search: search.clone(), from: 2, ..everything.clone() },
        Question { search: search.clone(), keep: Some(4), ..everything.clone() },
    ] {
        assert_eq!(board.early(&question, "anna", noon(), &mut || true).unwrap(), None);
    }
    // The next letter stops what it has overtaken.
    let question = Question { search, ..everything };
    assert_eq!(board.ask_while(&question, "anna", noon(), &mut || false).unwrap(), None);
}

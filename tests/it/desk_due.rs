//! Due times: whose clock runs when.

use latchkey::desk::queue::Filter;
use latchkey::desk::show::Privacy;
use latchkey::domain::{EvidenceKind, Time};

use crate::desk_rehearsal::{Rehearsal, noon};

/// The clock stands still while the customer is asked, and goes on with the answer.
#[test]
fn a_ticket_is_not_late_while_it_waits_for_the_customer() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    let due = |now: Time| {
        let t = world.desk_at("anna", now).show("C-1", Privacy::Work).unwrap();
        (t["due_at"].as_str().unwrap().to_owned(), t["paused_at"].is_string())
    };
    let late = |now: Time| {
        let filter = Filter { due_before: Some(now), ..Filter::default() };
        world.desk_at("anna", now).queue(&filter).unwrap().1
    };
    let start = noon();
    let (first, _) = due(start);
    world.desk_at("anna", start.plus_hours(1)).wait("C-1").unwrap();
    let asked = start.plus_days(30);
    assert_eq!(due(asked), (first.clone(), true));
    assert_eq!(late(asked), 0, "it waits for the customer");
    let facts = [("facts".to_owned(), "region=Kazan".to_owned())].into_iter().collect();
    world.desk_at("anna", asked).add_evidence("C-1", EvidenceKind::Facts, &facts, None).unwrap();
    let t = world.desk_at("anna", asked).show("C-1", Privacy::Work).unwrap();
    assert_eq!(t["state"], "open", "the answer is there to be judged");
    let left = Time::parse(&first).unwrap().since(start.plus_hours(1)).0;
    assert_eq!(due(asked).0, Time(asked.0 + left).to_string());
    assert_eq!(late(Time(asked.0 + left)), 0);
    assert_eq!(late(Time(asked.0 + left + 1)), 1);
}

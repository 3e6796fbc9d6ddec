//! The screens about the desk itself: its lists, its people, its policy.

use latchkey::domain::Time;
use latchkey::tui::probe::Probe;
use latchkey::words::Language;

use crate::desk_rehearsal::{Rehearsal, noon};

const DAY: i64 = 86_400;

/// A screen three days after the lists came.
fn screen(world: &Rehearsal, key: &str, width: u16, height: u16) -> Probe {
    let desk = world.desk_at("anna", Time(noon().0 + 3 * DAY));
    let mut probe = Probe::new(desk, width, height, true).unwrap();
    probe.key(key);
    probe
}

#[test]
fn the_screens_about_the_desk_at_every_size() {
    let world = Rehearsal::new();
    let folder = world.path().file_name().unwrap().to_string_lossy().into_owned();
    for (name, key) in [("registry", "f6"), ("policy", "f10")] {
        for (width, height) in [(80, 24), (120, 40), (60, 15)] {
            let probe = screen(&world, key, width, height);
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), probe.text().replace(&folder, "xxx"));
        }
        let probe = screen(&world, key, 80, 24).speaking(Language::Russian);
        insta::assert_snapshot!(format!("{name}_russian"), probe.text().replace(&folder, "xxx"));
    }
}

#[test]
fn who_works_here_with_which_roles_and_how_old_their_keys_are() {
    let world = Rehearsal::new();
    let text = screen(&world, "f9", 80, 24).text();
    for part in ["anna", "approver", "custodian", "✓ anna", "has no end", "version", "unbind"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let russian = screen(&world, "f9", 80, 24).speaking(Language::Russian).text();
    assert!(russian.contains("хранитель") && russian.contains("бессрочен"), "{russian}");
    // Thirty days before its end a key is said to end soon.
    let last = world.desk("anna").people().first().unwrap().valid_until;
    let desk = world.desk_at("anna", Time(last.0 - 5 * DAY));
    let mut probe = Probe::new(desk, 80, 24, true).unwrap();
    probe.key("f9");
    assert!(probe.text().contains("! anna") && probe.text().contains("ends in"), "{}", probe.text());
}

#[test]
fn a_stale_list_is_told_by_the_desks_own_measure() {
    let world = Rehearsal::new();
    assert!(screen(&world, "f6", 80, 24).text().contains("7 lists are stale"));
    std::fs::write(world.folder().join("config.toml"), "stale_hours = 100\n").unwrap();
    let mut probe = screen(&world, "f6", 80, 24);
    assert!(probe.text().contains("Every list that came is fresh"), "{}", probe.text());
    probe.key("w");
    assert!(probe.text().contains(" kB"), "{}", probe.text());
}

#[test]
fn a_changed_policy_is_replayed_over_the_closed_tickets() {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", latchkey::domain::Channel::Sim);
    let mut desk = world.desk("anna");
    desk.decide("C-1", latchkey::domain::Recommendation::Approve, None, false).unwrap();
    let token = desk.issue("C-1", None, None).unwrap().token;
    desk.redeem(&token).unwrap();
    let stricter = latchkey::judgement::DEFAULT_POLICY.replace("sim_days = 30", "sim_days = 3000");
    let file = world.path().join("stricter.toml");
    std::fs::write(&file, stricter).unwrap();
    let mut probe = screen(&world, "f10", 80, 24);
    probe.key("r");
    probe.paste(file.to_str().unwrap());
    probe.key("enter");
    let text = probe.text();
    assert!(text.contains("1 of 1 closed tickets would end differently"), "{text}");
    assert!(text.contains("✓ approve") && text.contains("→ ? ask") && text.contains("C-1"), "{text}");
    probe.key("enter");
    assert!(probe.text().contains("C-1") && !probe.text().contains("› Policy"), "{}", probe.text());
    probe.keys(&["esc", "p"]);
    assert!(probe.text().contains("Thresholds"), "{}", probe.text());
    // What is wrong with a file is said, with its line.
    std::fs::write(&file, "[thresholds]\nsim_days = 1\n").unwrap();
    probe.keys(&["r", "ctrl+u"]);
    probe.paste(file.to_str().unwrap());
    probe.key("enter");
    assert!(probe.text().contains("stricter.toml:"), "{}", probe.text());
}

//! Floors of policy.toml: each is tried, and the refusal names the line.

use crate::judgement::{DEFAULT_POLICY, Policy};

/// The shipped policy with the first line that contains `old` changed, and that line's number.
fn bent(old: &str, new: &str) -> (String, usize) {
    let line = DEFAULT_POLICY.lines().position(|l| l.contains(old)).unwrap() + 1;
    (DEFAULT_POLICY.replacen(old, new, 1), line)
}

#[test]
fn the_shipped_policy_stands() {
    assert_eq!(Policy::parse(DEFAULT_POLICY), Ok(Policy::shipped()));
}

#[test]
fn sets_below_a_floor_are_refused_in_their_line() {
    let unbind = "one = [[\"purchase\", \"sim\"], [\"consent\"]]";
    let password = "two = [[\"purchase\", \"sim\", \"facts\"]]";
    for (old, new, says) in [
        (unbind, "one = [[\"sim\"], [\"consent\"]]", "only if it is the owner's consent"),
        (unbind, "one = [[\"sim\", \"sim\"], [\"consent\"]]", "only if it is the owner's consent"),
        (unbind, "one = [[\"box\", \"facts\"]]", "never enough"),
        (unbind, "one = [[]]", "anybody"),
        (
            "two = [[\"purchase\", \"box\"], [\"purchase\", \"facts\"]",
            "two = [[\"purchase\", \"purchase\"]",
            "never enough",
        ),
        ("two = [[\"purchase\", \"box\"], [\"purchase\", \"facts\"]", "two = [[\"facts\"]", "never enough"),
        (password, "one = [[\"purchase\", \"sim\", \"facts\"]]", "always takes two people"),
        (password, "one = [[\"consent\"]]", "always takes two people"),
        (password, "two = [[\"consent\"]]", "at least two proofs"),
        (password, "two = [[\"consent\", \"consent\"]]", "at least two proofs"),
    ] {
        let (text, line) = bent(old, new);
        let error = Policy::parse(&text).expect_err(new);
        assert!(error.what.to_string().contains(says), "{new}: {error}");
        assert_eq!(error.line, line, "{new}: {error}");
    }
}

#[test]
fn thresholds_out_of_bounds_are_refused_in_their_line() {
    for (name, value) in [
        ("notice_cooling_days", 0),
        ("clone_sims", 1),
        ("clone_sims", 101),
        ("clone_days", 0),
        ("binding_days", -1),
        ("idle_days", 0),
        ("code_days", 31),
        ("code_days", 0),
        ("contact_days", 0),
        ("facts_needed", 2),
        ("facts_needed", 7),
        ("sim_days", 6),
        ("sim_recent_days", 0),
        ("sim_change_hours", 23),
        ("box_distance", 5),
        ("claims_per_month", 101),
        ("tries", 6),
        ("tries", 0),
        ("tries_hours", 0),
        ("tries_month", 21),
        ("cooldown_hours", 23),
        ("notice_lapse_days", 91),
        ("replaced_contact_days", 29),
        ("token_days", 8),
        ("token_challenge_hours", 25),
    ] {
        let shipped = Policy::shipped();
        let (_, now) = shipped.thresholds.each().into_iter().find(|(n, _)| *n == name).unwrap();
        let (text, line) = bent(&format!("{name} = {now}"), &format!("{name} = {value}"));
        let error = Policy::parse(&text).expect_err(name);
        assert!(error.what.to_string().contains("out of bounds"), "{name}: {error}");
        assert_eq!(error.line, line, "{name} = {value}: {error}");
    }
}

#[test]
fn investigation_and_refusal_cannot_be_dropped_or_weakened() {
    for rule in [
        "{ check = \"receipt.unique\" },",
        "{ check = \"box.unique\" },",
        "{ check = \"claimant.rate\" },",
        "{ check = \"device.notice\", for = [\"unbind\", \"device-reset\"] },",
        "{ check = \"device.lost_mode\", for = [\"unbind\", \"device-reset\"] },",
        "{ check = \"device.one\", except = [\"lost-report\"] },",
        "{ check = \"receipt.device\", except = [\"lost-report\"] },",
        "{ check = \"receipt.date\", note = \"impossible\", except = [\"lost-report\"] },",
    ] {
        let (dropped, _) = bent(rule, "");
        assert!(Policy::parse(&dropped).expect_err(rule).what.to_string().contains("floor"), "{rule}");
        let narrowed =
            rule.replace("\"unbind\", ", "").replace("\"lost-report\"]", "\"lost-report\", \"unbind\"]");
        if narrowed != rule {
            assert!(
                Policy::parse(&bent(rule, &narrowed).0).expect_err(rule).what.to_string().contains("floor"),
                "{rule}"
            );
        }
        let weaker =
            DEFAULT_POLICY.replacen(rule, "", 1).replacen("caution = [", &format!("caution = [\n{rule}"), 1);
        assert!(
            Policy::parse(&weaker).expect_err(rule).what.to_string().contains("floor"),
            "{rule} as a caution"
        );
    }
}

#[test]
fn a_file_that_says_more_than_is_known_is_refused() {
    for (old, new, says) in [
        ("idle_days = 14", "idle_dayz = 14", "did you mean"),
        ("{ check = \"claim.tries\" },", "{ check = \"claim.trys\" },", "claim.trys"),
        ("{ check = \"claim.tries\" },", "{ check = \"claim.tries\", outcome = \"pass\" },", "no effect"),
        ("[accept.lost-report]", "[accept.lost-repord]", "lost-repord"),
        (
            "[accept.lost-report]\none = [[\"sim\"], [\"facts\"], [\"purchase\"], [\"consent\"]]\nneeds = [\"device.known\"]\n",
            "",
            "[accept.lost-report] is not there",
        ),
    ] {
        let text = DEFAULT_POLICY.replacen(old, new, 1);
        let error = Policy::parse(&text).expect_err(new);
        assert!(error.what.to_string().contains(says), "{new}: {error}");
        assert!(error.line > 0 && error.line <= text.lines().count() + 1, "{new}: {error}");
    }
}

#[test]
fn what_is_worth_a_look_is_checked_by_its_line_and_may_be_left_out() {
    for (from, to, says) in [
        ("near_imeis = 3", "near_imeis = 1", "near_imeis = 1"),
        ("burst_hours = 1", "burst_hours = 721", "burst_hours = 721"),
        ("same_text = 4", "same_texts = 4", "same_text"),
    ] {
        let (text, line) = bent(from, to);
        let error = Policy::parse(&text).expect_err(to);
        assert_eq!(error.line, line, "{to}: {error}");
        assert!(error.to_string().contains(says), "{to}: {error}");
    }
    let shipped = Policy::shipped();
    assert_eq!(shipped.rings, crate::judgement::Rings::default(), "the file and the code say the same");
    let (text, _) = bent("grants_to_one = 2 ", "# ");
    assert_eq!(Policy::parse(&text).unwrap().rings, shipped.rings);
}

#[test]
fn what_a_file_says_is_what_counts() {
    use crate::domain::Request::{LostReport, PasswordReset, Unbind};
    let shipped = Policy::shipped();
    assert_eq!((shipped.due_hours(LostReport), shipped.due_hours(Unbind)), (4, 72));
    assert_eq!(shipped.people.wait(), 24 * 3600);
    let (text, _) = bent("lost-report = 4", "lost-report = 9\nunbind = 1");
    let policy = Policy::parse(&text).unwrap();
    assert_eq!((policy.due_hours(LostReport), policy.due_hours(Unbind)), (9, 1));
    assert_eq!(policy.due_hours(PasswordReset), 72);
    let (text, _) = bent("approve_after_hours = 24", "approve_after_hours = 48");
    assert_eq!(Policy::parse(&text).unwrap().people.wait(), 172_800);
    let (text, _) = bent("two = [[\"purchase\", \"sim\", \"facts\"]]", "two = [[\"purchase\", \"sim\"]]");
    assert_eq!(
        Policy::parse(&text).unwrap().accepted(PasswordReset).two.len(),
        1,
        "two proofs suffice for two people"
    );
}

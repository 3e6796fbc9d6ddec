//! What is written to the customer, text by text.

use super::*;
use crate::domain::{Access, State};
use crate::judgement::DEFAULT_POLICY;
use crate::judgement::reply::{Standing, Value, reply};

const OPEN: Standing<'_> = Standing { state: State::Open, closed_as: None, decided: None, entitled: false };

/// The ids of the texts in their order, those of a list with a dash, numbers behind them.
fn written(bend: Bend, standing: Standing<'_>) -> String {
    let (mut claim, mut facts) = owner();
    bend(&mut claim, &mut facts);
    let policy = Policy::shipped();
    let judgement = judge(&claim, &facts, &policy, now());
    let lines = reply(&claim, &judgement, &policy, standing);
    let text = |line: &crate::judgement::reply::Line| {
        let numbers = line.values.iter().filter_map(|(_, value)| match value {
            Value::Number(n) => Some(format!("={n}")),
            Value::Text(_) => None,
        });
        let id = line.id.strip_prefix("reply-").unwrap_or(line.id);
        format!("{}{id}{}", if line.item { "-" } else { "" }, numbers.collect::<String>())
    };
    lines.iter().map(text).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_recommendation_has_its_words() {
    let lost: Bend = |c, _| c.request = Request::LostReport;
    for (line, bend, expected) in [
        ("approve", (|_, _| ()) as Bend, "approve time=3"),
        ("two", |_, f| account(f).last_sign_in_at = Some(ago(1)), "second=72 time=3"),
        ("lost", lost, "approve-lost=14"),
        ("hold", |_, f| f.desk.wrong_answers = vec![ago(0); 3], "hold time=3"),
        ("refuse", |_, f| f.desk.objected_at = Some(ago(1)), "refuse"),
        ("signed in", |c, _| c.access = Some(Access::SignedIn), "guide -guide-sign-out reset-note"),
        ("reaches a contact", |c, _| c.access = Some(Access::Contact), "guide -guide-reset reset-note"),
        ("bound nowhere", |_, f| device(f).bindings.clear(), "guide -guide-free reset-note"),
        ("activation", |c, _| c.request = Request::Activation, "guide -guide-activation"),
        ("a login", |c, _| c.request = Request::LoginRecovery, "guide -guide-login-ask"),
        ("deletion", |c, _| c.request = Request::AccountDeletion, "guide -guide-delete"),
        (
            "blocked already",
            |c, f| {
                c.request = Request::LostReport;
                device(f).notices = vec![notice(NoticeStatus::Confirmed)];
            },
            "guide-blocked",
        ),
        (
            "lost mode is on already",
            |c, f| {
                c.request = Request::LostReport;
                device(f).bindings[0].lost_mode_since = Some(ago(1));
            },
            "guide-blocked",
        ),
    ] {
        assert_eq!(written(bend, OPEN), expected, "{line}");
    }
    let entitled = Standing { entitled: true, ..OPEN };
    assert_eq!(written(|c, _| c.request = Request::LoginRecovery, entitled), "guide -guide-login");
}

#[test]
fn what_became_of_a_case_comes_before_what_is_recommended() {
    let closed = |closed_as| Standing { state: State::Closed, closed_as: Some(closed_as), ..OPEN };
    let issued = Standing { state: State::Issued, ..OPEN };
    let decided = |word| Standing { decided: Some(word), ..OPEN };
    let blocked: Bend = |_, f| device(f).notices = vec![notice(NoticeStatus::Confirmed)];
    for (bend, standing, expected) in [
        ((|_, _| ()) as Bend, issued, "issued"),
        (|_, _| (), closed("redeemed"), "done"),
        (|_, _| (), closed("confirmed"), "unblocked"),
        (blocked, closed("confirmed"), "guide-blocked"),
        (|_, _| (), closed("refused"), "approve time=3"),
        (|_, _| (), decided(Recommendation::Refuse), "refuse"),
    ] {
        assert_eq!(written(bend, standing), expected);
    }
}

#[test]
fn what_is_asked_for_is_what_is_wrong_or_missing() {
    let bare: Bend = |c, f| {
        c.evidence.clear();
        f.registry.receipt = None;
    };
    let ways = "ask=5 way=1 -proof-consent way=2 -proof-sim -proof-purchase way=3 -proof-facts -proof-purchase \
                way=4 -proof-box -proof-purchase way=5 -proof-sim -proof-facts -proof-box \
                how-consent how-sim how-facts how-box how-purchase";
    assert_eq!(written(bare, OPEN), format!("{ways} reset-note time-ask=3"));
    let reset: Bend = |c, f| {
        c.request = Request::PasswordReset;
        restore(c, f, FACTS);
        c.evidence.retain(|e| e.id != RECEIPT);
    };
    let one = "ask=1 -proof-purchase how-purchase time-ask=3";
    assert_eq!(written(reset, OPEN), one, "one way is not numbered, and a password is no device");
    let unknown = |f: &mut Facts| {
        f.registry.device = None;
        f.registry.leads.iter_mut().for_each(|l| l.device = None);
    };
    for (line, bend, fixes) in [
        ("nothing", (|_, _, _| ()) as fn(&mut Claim, &mut Facts, fn(&mut Facts)), ""),
        ("a damaged IMEI", |c, _, _| c.device.imei = given("123", Imei::parse), "fix -fix-imei "),
        ("no such device", |_, f, unknown| unknown(f), "fix -fix-device "),
        (
            "a damaged IMEI, so no device",
            |c, f, unknown| {
                c.device.imei2 = given("123", Imei::parse);
                unknown(f);
            },
            "fix -fix-imei ",
        ),
        (
            "one in no list",
            |c, f, _| {
                c.device.imei2 = given("867530900000025", Imei::parse);
                f.registry.leads = leads(c);
                f.registry.leads[1].device = None;
            },
            "fix -fix-one ",
        ),
        (
            "a damaged SIM",
            |c, _, _| {
                let sim = Sim { msisdn: given_phone("12"), iccid: None };
                c.evidence.push(evidence(30, Item::Sim(sim)));
            },
            "fix -fix-sim ",
        ),
        (
            "half a receipt",
            |c, _, _| {
                let half = Receipt { number: None, ..paper("DN-1") };
                c.evidence.push(evidence(31, Item::Receipt(half)));
            },
            "fix -fix-receipt ",
        ),
        (
            "no such account",
            |_, f, _| {
                f.registry.account = None;
                f.registry.claimed = Some(ClaimedAccount::default());
            },
            "fix -fix-account ",
        ),
    ] {
        let (mut claim, mut facts) = owner();
        claim.evidence.clear();
        bend(&mut claim, &mut facts, unknown);
        let policy = Policy::shipped();
        let judgement = judge(&claim, &facts, &policy, now());
        assert_eq!(judgement.recommendation, Recommendation::Ask, "{line}");
        let lines = reply(&claim, &judgement, &policy, OPEN);
        let said: Vec<_> = lines
            .iter()
            .take_while(|l| l.id != "reply-ask")
            .map(|l| format!("{}{} ", if l.item { "-" } else { "" }, l.id.replacen("reply-", "", 1)))
            .collect();
        assert_eq!(said.concat(), fixes, "{line}");
    }
}

#[test]
fn what_a_policy_does_not_ask_to_be_corrected_is_not_asked_for() {
    let nowhere: Bend = |c, f| {
        c.evidence.clear();
        f.registry.device = None;
        f.registry.leads.iter_mut().for_each(|l| l.device = None);
        f.registry.account = None;
        f.registry.claimed = Some(ClaimedAccount::default());
    };
    let (mut claim, mut facts) = owner();
    nowhere(&mut claim, &mut facts);
    for (left_out, fixes) in
        [("", "device account"), ("device.known", "account"), ("account.known", "device")]
    {
        let (effects, correct) = DEFAULT_POLICY.split_once("\ncorrect = [").unwrap();
        let kept = correct.replacen(&format!("{{ check = \"{left_out}\" }},"), "", 1);
        assert_eq!(kept == correct, left_out.is_empty(), "{left_out}");
        let policy = Policy::parse(&format!("{effects}\ncorrect = [{kept}")).unwrap();
        let lines = reply(&claim, &judge(&claim, &facts, &policy, now()), &policy, OPEN);
        let said: Vec<_> = lines.iter().filter_map(|l| l.id.strip_prefix("reply-fix-")).collect();
        assert_eq!(said.join(" "), fixes, "{left_out}");
    }
}

//! Codes read out to a service centre: from the custodian's file over challenge, code and what is read back to the
//! authorization that is used up; and everything that must not work.

use std::path::PathBuf;

use latchkey::desk::spoken::service::{Answer, Service};
use latchkey::desk::{Failure, Kind};
use latchkey::domain::{Channel, Recommendation, Role, Time};

use crate::desk_rehearsal::{Rehearsal, noon};

/// A desk that wants spoken codes, with the centre `north`.
pub fn speaking() -> Rehearsal {
    let world = Rehearsal::new();
    switch_on(&world);
    world.desk("clara").make_centre("north", &world.path().join("north.json")).unwrap();
    world
}

fn switch_on(world: &Rehearsal) {
    let policy = latchkey::judgement::DEFAULT_POLICY.replace("codes = false", "codes = true");
    std::fs::write(world.folder().join("policy.toml"), policy).unwrap();
}

fn file(world: &Rehearsal, name: &str) -> PathBuf {
    world.path().join(format!("{name}.json"))
}

/// The centre as it is after a restart.
pub fn centre(world: &Rehearsal, name: &str) -> Service {
    Service::open(&file(world, name), &world.path().join("centre")).unwrap()
}

const DEVICE: &str = "867530900000017";

pub fn asked(world: &Rehearsal, name: &str, now: Time) -> String {
    centre(world, name).challenge(DEVICE, now).unwrap().challenge
}

fn told(world: &Rehearsal, challenge: &str) -> Result<String, Failure> {
    world.desk("anna").read_out("C-1", "north", challenge).map(|code| code.code)
}

fn refused<T: std::fmt::Debug>(done: Result<T, Failure>, kind: Kind, words: &str) {
    let failure = done.unwrap_err();
    assert_eq!(failure.kind, kind, "{failure}");
    assert!(failure.to_string().contains(words), "{failure}");
}

fn checked(world: &Rehearsal, challenge: &str, code: &str, now: Time) -> Answer {
    centre(world, "north").check(challenge, code, now).unwrap()
}

#[test]
fn a_code_goes_from_the_desk_to_the_centre_and_what_is_read_back_uses_it_up() {
    let world = speaking();
    world.granted("C-1");
    let now = noon();
    let challenge = asked(&world, "north", now);
    let code =
        world.desk("anna").read_out("C-1", "north", &challenge.to_lowercase().replace('-', " ")).unwrap();
    assert_eq!((code.op.as_str(), &*code.sub), ("unbind", "device:imei:867530900000017"));
    assert_eq!(code.code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 1]);
    assert_eq!(code.until.to_string(), "2026-11-22T00:00:00Z");
    let answer = checked(&world, &challenge, &code.code, now);
    assert!(answer.accepted, "{answer:?}");
    assert_eq!((answer.challenge.state, &*answer.challenge.device), ("accepted", "imei:86753090000001"));
    let back = answer.challenge.acceptance.unwrap();
    assert_ne!(back, code.code);
    let redeemed = world.desk("anna").redeem_accepted("C-1", &back).unwrap();
    assert_eq!(redeemed.applied.len(), 1);
    assert_eq!(world.state("C-1"), "closed");
    // The log tells who, when, to which centre and for which authorization; the code stands nowhere.
    let lines = world.desk("clara").log_lines(99).unwrap();
    let spoken = lines.iter().find(|(_, line)| line.contains("authorization.spoken")).unwrap();
    let leaf: serde_json::Value = serde_json::from_str(&spoken.1).unwrap();
    assert_eq!((&leaf["actor"], &leaf["info"]["centre"]), (&"anna".into(), &"north".into()));
    assert_eq!(leaf["info"]["jti"], code.jti.as_str());
    assert!(lines.iter().any(|(_, line)| line.contains("authorization.accepted")));
    let bare = |text: &str| text.chars().take(14).filter(|c| *c != '-').collect::<String>();
    let bytes: Vec<u8> = ["desk.db", "desk.db-wal"]
        .iter()
        .flat_map(|name| std::fs::read(world.folder().join(name)).unwrap_or_default())
        .collect();
    for text in [&code.code, &back] {
        for form in [text.clone(), bare(text)] {
            assert!(!bytes.windows(form.len()).any(|w| w == form.as_bytes()), "the code stands in the desk");
        }
    }
    let verdict = world.desk("clara").audit_verify(&[]).unwrap();
    assert!(verdict.ok, "{}", verdict.reason);
}

#[test]
fn only_what_holds_and_is_unused_is_read_out() {
    let world = speaking();
    refused(told(&world, "nonsense"), Kind::Usage, "thirteen symbols");
    world.owner_case("C-1");
    let challenge = asked(&world, "north", noon());
    refused(told(&world, &challenge), Kind::State, "No authorization was issued");
    world.prove("C-1", Channel::Sim);
    let mut desk = world.desk("anna");
    desk.decide("C-1", Recommendation::Approve, None, false).unwrap();
    refused(told(&world, &challenge), Kind::State, "No authorization was issued");
    let issued = desk.issue("C-1", None, None).unwrap();
    let swapped: String = {
        let mut symbols: Vec<char> = challenge.chars().collect();
        let at = (0..13)
            .find(|n| symbols[*n] != symbols[n + 1] && !"-".contains([symbols[*n], symbols[n + 1]]))
            .unwrap();
        symbols.swap(at, at + 1);
        symbols.into_iter().collect()
    };
    refused(told(&world, &swapped), Kind::Usage, "check symbol");
    refused(desk.read_out("C-1", "south", &challenge), Kind::State, "no service centre");
    let other = centre(&world, "north").challenge("867530900000025", noon()).unwrap().challenge;
    refused(told(&world, &other), Kind::Refused, "another device");
    // After its life, and once it was withdrawn or used.
    let late = world.desk_at("anna", noon().plus_days(8)).read_out("C-1", "north", &challenge);
    refused(late, Kind::Verification, "`exp`");
    desk.read_out("C-1", "north", &challenge).unwrap();
    desk.revoke(&issued.jti, "sent to the wrong centre").unwrap();
    refused(told(&world, &challenge), Kind::Verification, "`revoked`");
    desk.decide("C-1", Recommendation::Approve, None, false).unwrap();
    let again = desk.issue("C-1", None, None).unwrap();
    desk.redeem(&again.token).unwrap();
    refused(told(&world, &challenge), Kind::Verification, "`used`");
}

#[test]
fn a_token_for_somebody_else_is_read_out_to_nobody() {
    for (audience, challenge, words) in [
        (Some("south"), None, "for south and not for north"),
        (Some("north"), None, ""),
        (None, Some("aabbccdd"), "no spoken code can carry"),
    ] {
        let world = speaking();
        world.owner_case("C-1");
        world.prove("C-1", Channel::Sim);
        let mut desk = world.desk("anna");
        desk.decide("C-1", Recommendation::Approve, None, false).unwrap();
        desk.issue("C-1", audience, challenge).unwrap();
        let told = told(&world, &asked(&world, "north", noon()));
        if words.is_empty() { _ = told.unwrap() } else { refused(told, Kind::Refused, words) }
    }
}

#[test]
fn one_authorization_is_one_centre_s_and_answers_three_challenges() {
    let world = speaking();
    world.desk("clara").make_centre("south", &file(&world, "south")).unwrap();
    world.granted("C-1");
    let first = asked(&world, "north", noon());
    let code = told(&world, &first).unwrap();
    assert_eq!(told(&world, &first).unwrap(), code, "asked again, the same is said");
    let south = asked(&world, "south", noon());
    refused(world.desk("anna").read_out("C-1", "south", &south), Kind::Refused, "no other centre's");
    // The same challenge at another centre's is another's.
    refused(world.desk("anna").read_out("C-1", "south", &first), Kind::Refused, "another device");
    for _ in 0..2 {
        told(&world, &asked(&world, "north", noon())).unwrap();
    }
    told(&world, &asked(&world, "north", noon())).unwrap_or_default();
    refused(told(&world, &asked(&world, "north", noon())), Kind::State, "3 challenges were answered");
}

#[test]
fn without_the_policy_s_word_there_is_no_centre_and_no_code() {
    let world = speaking();
    world.granted("C-1");
    let challenge = asked(&world, "north", noon());
    std::fs::remove_file(world.folder().join("policy.toml")).unwrap();
    refused(told(&world, &challenge), Kind::Refused, "policy");
    let made = world.desk("clara").make_centre("south", &file(&world, "south"));
    refused(made, Kind::Refused, "policy");
    assert!(!file(&world, "south").exists());
}

#[test]
fn three_wrong_codes_are_all_however_often_the_centre_restarts() {
    let world = speaking();
    world.granted("C-1");
    let challenge = asked(&world, "north", noon());
    let right = told(&world, &challenge).unwrap();
    let wrong = ["0000-0000-0000-0", "0000-0000-0001-1", "0000-0000-0002-2", "0000-0000-0003-3"];
    let left = |n: usize| checked(&world, &challenge, wrong[n], noon());
    assert_eq!((left(0).challenge.tries_left, left(1).challenge.tries_left), (2, 1));
    // What was misheard takes no try: one symbol, neighbours, too short, a letter no code has.
    let mut other: Vec<char> = right.chars().collect();
    other[0] = if other[0] == '7' { '8' } else { '7' };
    let misheard: String = other.into_iter().collect();
    for (code, rule) in [(&*misheard, "check"), ("0000", "form"), ("", "form"), ("U000-0000-0000-0", "form")]
    {
        let answer = checked(&world, &challenge, code, noon());
        assert_eq!((answer.rule, answer.challenge.tries_left), (Some(rule), 1), "{code}");
    }
    let last = left(2);
    assert_eq!((last.rule, last.challenge.state), (Some("code"), "dead"));
    let dead = checked(&world, &challenge, &right, noon());
    assert_eq!((dead.accepted, dead.rule), (false, Some("tries")), "the right one comes too late");
    assert_eq!(left(3).rule, Some("tries"));
    let listed = centre(&world, "north").list(noon()).unwrap();
    assert_eq!((listed.len(), listed[0].state, listed[0].tries_left), (1, "dead", 0));
}

#[test]
fn a_code_counts_once_on_its_day_and_the_next() {
    let at = |text: &str| Time::parse(text).unwrap();
    for (made, read_out, typed, rule) in [
        ("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-20T23:59:59Z", None),
        ("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-21T23:59:59Z", None),
        ("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z", "2026-11-22T00:00:00Z", Some("over")),
        ("2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z", "2026-11-21T09:01:00Z", None),
        // The centre's clock is a minute slow: its day is still the one before.
        ("2026-11-20T23:58:00Z", "2026-11-21T00:00:10Z", "2026-11-20T23:59:10Z", None),
        // Five minutes are no slow clock any more: the try is taken.
        ("2026-11-20T23:50:00Z", "2026-11-21T00:00:10Z", "2026-11-20T23:55:00Z", Some("code")),
    ] {
        let world = speaking();
        world.granted("C-1");
        let challenge = asked(&world, "north", at(made));
        let code = world.desk_at("anna", at(read_out)).read_out("C-1", "north", &challenge).unwrap().code;
        let answer = checked(&world, &challenge, &code, at(typed));
        assert_eq!(answer.rule, rule, "{made} {read_out} {typed}: {}", answer.reason);
        if rule.is_none() {
            let twice = checked(&world, &challenge, &code, at(typed));
            assert_eq!((twice.accepted, twice.rule), (false, Some("used")));
            assert!(twice.challenge.acceptance.is_some(), "what to read back is said again");
        }
    }
}

#[test]
fn a_clock_that_was_set_back_takes_nothing() {
    let world = speaking();
    world.granted("C-1");
    let challenge = asked(&world, "north", noon());
    let code = told(&world, &challenge).unwrap();
    let back = Time(noon().0 - 3600);
    refused(centre(&world, "north").check(&challenge, &code, back), Kind::Refused, "set back");
    assert!(checked(&world, &challenge, &code, noon()).accepted);
}

#[test]
fn what_a_centre_keeps_and_is_given_may_be_anything() {
    let world = speaking();
    world.granted("C-1");
    let challenge = asked(&world, "north", noon());
    let north = centre(&world, "north");
    refused(north.check("0000-0000-0000-0", "0000-0000-0000-0", noon()), Kind::State, "No challenge");
    refused(north.check("../../etc/passwd", "x", noon()), Kind::Usage, "mistyped");
    for device in ["", "\u{202e}8675309", "867530900000018", "a\u{1b}[2Jb\n", &"9".repeat(9999)] {
        assert!(north.challenge(device, noon()).is_err(), "{device:?}");
    }
    // A damaged record is no fresh one.
    let kept = std::fs::read_dir(world.path().join("centre")).unwrap().next().unwrap().unwrap().path();
    let kept = std::fs::read_dir(kept.join("challenges")).unwrap().next().unwrap().unwrap().path();
    for text in ["", "{}", "{\"tries\":0}", "\u{0}"] {
        std::fs::write(&kept, text).unwrap();
        refused(north.check(&challenge, "0000-0000-0000-0", noon()), Kind::State, "damaged");
    }
    let good = std::fs::read_to_string(file(&world, "north")).unwrap();
    let id = good.split("\"id\": \"").nth(1).unwrap().split('"').next().unwrap();
    for (n, text) in [
        String::new(),
        "{}".to_owned(),
        good.replace("north", "nor\\nth"),
        good.replace("\"latchkey_centre\": 1", "\"latchkey_centre\": 2"),
        good.replace("\"secret\": \"", "\"secret\": \"A"),
        good.replace(id, "0000000000000000"),
        good.replace("\"desk\"", "\"secret\": \"x\", \"desk\""),
        good.replace("\"desk\"", "\"more\": 1, \"desk\""),
        "[".repeat(5000),
    ]
    .into_iter()
    .enumerate()
    {
        std::fs::write(file(&world, "north"), text).unwrap();
        let opened = Service::open(&file(&world, "north"), &world.path().join("centre"));
        assert!(opened.is_err_and(|e| e.kind == Kind::State), "{n}");
    }
    std::fs::write(file(&world, "north"), &good).unwrap();
    std::fs::set_permissions(file(&world, "north"), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .unwrap();
    assert!(Service::open(&file(&world, "north"), world.path()).is_err(), "others may read it");
}

/// Whoever has the desk's folder and no key has no centre's secret; who came later waits for a custodian.
#[test]
fn the_secret_is_sealed_for_those_who_work_here() {
    let world = speaking();
    world.granted("C-1");
    let text = std::fs::read_to_string(file(&world, "north")).unwrap();
    let secret = text.split("\"secret\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for name in ["desk.db", "desk.db-wal"] {
        let bytes = std::fs::read(world.folder().join(name)).unwrap_or_default();
        assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{name}");
    }
    let mut clara = world.desk("clara");
    assert_eq!(clara.centres().unwrap()[0].readers, ["anna", "boris"]);
    clara.add_agent("olga", &[Role::Agent], None).unwrap();
    assert_eq!(clara.centres().unwrap()[0].without, ["olga"]);
    let challenge = asked(&world, "north", noon());
    let olga = |world: &Rehearsal| world.desk("olga").read_out("C-1", "north", &challenge);
    refused(olga(&world), Kind::Refused, "not sealed for your key");
    assert!(clara.share_centre("north").unwrap().without.is_empty());
    let code = olga(&world).unwrap().code;
    assert!(checked(&world, &challenge, &code, noon()).accepted, "it is the same secret");
    // An end is an end; made anew it has another secret.
    assert!(clara.end_centre("north").unwrap().ended);
    refused(told(&world, &challenge), Kind::State, "was ended");
    std::fs::remove_file(file(&world, "north")).unwrap();
    clara.make_centre("north", &file(&world, "north")).unwrap();
    refused(told(&world, &challenge), Kind::Refused, "another device");
}

#[test]
fn a_centre_that_was_edited_past_the_desk_is_told_nothing() {
    for sql in [
        "UPDATE centre SET sealed = sealed || ' '",
        "UPDATE centre SET name = 'south'",
        "UPDATE statement SET jws = substr(jws, 1, length(jws) - 6) || 'AAAAAA' WHERE leaf IN (SELECT leaf FROM centre)",
        "DELETE FROM statement WHERE leaf IN (SELECT leaf FROM centre)",
        "UPDATE leaf SET line = replace(line, 'north', 'south') WHERE ticket = -3",
        "DELETE FROM centre",
    ] {
        let world = speaking();
        world.granted("C-1");
        let challenge = asked(&world, "north", noon());
        world.tamper("desk.db", sql);
        let failure = told(&world, &challenge).expect_err(sql);
        assert!(matches!(failure.kind, Kind::Verification | Kind::State), "{sql}: {failure}");
        assert!(!world.desk("clara").audit_verify(&[]).unwrap().ok, "{sql}");
    }
}

#[test]
fn what_was_never_taken_is_not_reported_and_a_report_outlives_the_authorization() {
    let world = speaking();
    let token = world.granted("C-1");
    refused(
        world.desk("anna").redeem_accepted("C-1", "0000-0000-0000-0"),
        Kind::State,
        "No code was read out",
    );
    let challenge = asked(&world, "north", noon());
    let code = told(&world, &challenge).unwrap();
    refused(world.desk("anna").redeem_accepted("C-1", &code), Kind::Refused, "read this back");
    let back = checked(&world, &challenge, &code, noon()).challenge.acceptance.unwrap();
    // The centre reports after a holiday: it was good when it was read out.
    let late = noon().plus_days(10);
    refused(world.desk_at("anna", late).redeem(&token), Kind::Verification, "`exp`");
    world.desk_at("anna", late).redeem_accepted("C-1", &back).unwrap();
    let twice = world.desk_at("anna", late).redeem_accepted("C-1", &back).unwrap_err();
    assert!(twice.to_string().contains("`used`"), "{twice}");
    let lines = world.desk("clara").log_lines(99).unwrap();
    assert_eq!(lines.iter().filter(|(_, line)| line.contains("authorization.accepted")).count(), 1);
}

/// The centre took the code; before it said so, the desk withdrew the authorization. Nothing is applied, and both
/// stand in the log.
#[test]
fn what_a_centre_took_stands_in_the_log_even_if_it_was_withdrawn() {
    let world = speaking();
    world.granted("C-1");
    let challenge = asked(&world, "north", noon());
    let read = world.desk("anna").read_out("C-1", "north", &challenge).unwrap();
    let back = checked(&world, &challenge, &read.code, noon()).challenge.acceptance.unwrap();
    world.desk("anna").revoke(&read.jti, "the owner called").unwrap();
    let failure = world.desk("anna").redeem_accepted("C-1", &back).unwrap_err();
    assert!(failure.to_string().contains("stands in the log"), "{failure}");
    assert!(
        world.desk("clara").log_lines(9).unwrap().iter().any(|(_, l)| l.contains("authorization.accepted"))
    );
    assert!(world.desk("clara").audit_verify(&[]).unwrap().ok);
}

type Typed = fn(&str) -> String;

/// What people make of a code on its way from an ear to a keyboard, and what it then says.
const TYPED: [(&str, Typed); 6] = [
    ("95 lower case", |code| code.to_lowercase()),
    ("95 O for 0", |code| code.replace('0', "O")),
    ("95 a small o for 0", |code| code.replace('0', "o")),
    ("95 I and l for 1", |code| code.replacen('1', "I", 1).replace('1', "l")),
    ("95 no groups", |code| code.replace('-', "")),
    ("95 other groups", |code| {
        let symbols: Vec<char> = code.chars().filter(|c| *c != '-').collect();
        symbols.chunks(3).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }),
];

/// What is no code any more, why, and whether only its check tells.
const NO_CODE: [(&str, &str, &str, &str); 8] = [
    ("95 check symbol wrong", "28T5-CY4T-QKFF-B", "the check symbol does not fit", "check"),
    ("95 a check symbol that is another's", "28T5-CY4T-QKFF-U", "the check symbol does not fit", "check"),
    ("95 check symbol left out", "28T5-CY4T-QKFF", "these are 12", "form"),
    ("95 U for a digit", "28T5-CU4T-QKFF-A", "no code has U at place 6", "form"),
    ("95 a small u", "u8T5-CY4T-QKFF-A", "no code has u at place 1", "form"),
    ("95 groups in another order", "CY4T-28T5-QKFF-A", "the check symbol does not fit", "check"),
    ("95 a group of another code", "28T5-CY4T-0000-A", "the check symbol does not fit", "check"),
    ("95 a group too few", "28T5-CY4T-A", "these are 9", "form"),
];

/// Item 95 of the catalogue of bad inputs, at the four places where somebody types such a code.
#[test]
fn item_95_codes_as_people_type_them() {
    let world = speaking();
    world.granted("C-1");
    let now = noon();
    // One with the symbols that are mistaken for others.
    let mistaken = |text: &String| text.contains('0') && text.contains('1');
    let challenge = std::iter::repeat_with(|| asked(&world, "north", now)).find(mistaken).unwrap();
    for (what, text, why, rule) in NO_CODE {
        refused(told(&world, text), Kind::Usage, why);
        refused(centre(&world, "north").check(text, "28T5-CY4T-QKFF-A", now), Kind::Usage, why);
        refused(world.desk("anna").redeem_accepted("C-1", text), Kind::Usage, why);
        let answer = checked(&world, &challenge, text, now);
        assert_eq!((answer.accepted, answer.rule), (false, Some(rule)), "{what}");
        let told = answer.reason.contains(why) && answer.reason.ends_with("no try was taken");
        assert!(told, "{what}: {}", answer.reason);
    }
    let code = told(&world, &challenge).unwrap();
    for (what, typed) in TYPED {
        assert_eq!(told(&world, &typed(&challenge)).unwrap(), code, "{what}");
        let wrong = checked(&world, &typed(&challenge), "28T5-CY4T-QKFF-B", now);
        assert_eq!(wrong.rule, Some("check"), "{what}: {}", wrong.reason);
    }
    let all = |text: &str| TYPED.iter().fold(text.to_owned(), |text, (_, typed)| typed(&text));
    let answer = checked(&world, &all(&challenge), &all(&code), now);
    assert!(answer.accepted, "{}", answer.reason);
    world.desk("anna").redeem_accepted("C-1", &all(&answer.challenge.acceptance.unwrap())).unwrap();
}

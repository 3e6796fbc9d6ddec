//! §4: the day, the bit and the word on which an answer turns. A table row each: how the case is bent, the outcome of the
//! check, and a part of what the agent reads.

use super::*;
use Outcome::{Fail, Missing, Pass, Skip, Unknown};

/// Rows of: the check, what the line says, how the case is bent, its outcome, and a part of the sentence; `!` before it
/// where that must not be said.
pub(super) type Row = (Check, &'static str, Bend, Outcome, &'static str);

pub(super) fn holds(rows: &[Row]) {
    for (check, line, bend, expected, says) in rows {
        let judgement = judged(*bend);
        let finding = judgement.finding(*check).unwrap();
        let reason = finding.reason.to_string();
        assert_eq!(finding.outcome, *expected, "{check}: {line}: {reason}");
        let (part, wanted) = says.strip_prefix('!').map_or((*says, true), |part| (part, false));
        assert_eq!(reason.contains(part), wanted, "{check}: {line}: {reason}");
    }
}

fn no_device(claim: &mut Claim, facts: &mut Facts) {
    facts.registry.device = None;
    facts.registry.leads = leads(claim).into_iter().map(|l| Lead { device: None, ..l }).collect();
}

#[test]
fn the_device() {
    holds(&[
        (
            Check::ImeiForm,
            "nothing like it is known",
            |c, _| c.device.imei = given("123", Imei::parse),
            Fail,
            "!slip",
        ),
        (
            Check::ImeiForm,
            "one slip away",
            |c, f| {
                c.device.imei = given("354178031234567", Imei::parse);
                f.registry.near = vec![imei(IMEI)];
            },
            Fail,
            "registry: 354178031234566",
        ),
        (
            Check::DeviceModel,
            "the record's",
            |c, _| c.device.model = Some("orbit  NOTE 10".into()),
            Pass,
            "NOTE 10",
        ),
        (
            Check::DeviceModel,
            "the type's",
            |c, f| {
                c.device.model = Some("ON-10".into());
                device(f).tac_models = vec!["ON-10".into()];
            },
            Pass,
            "ON-10",
        ),
        (
            Check::DeviceModel,
            "with the brand before it",
            |c, f| {
                c.device.model = Some("Acme Orbit Note 10".into());
                device(f).brand = Some("ACME".into());
            },
            Pass,
            "Acme Orbit",
        ),
        (
            Check::DeviceModel,
            "with another brand",
            |c, f| {
                c.device.model = Some("Other Orbit Note 10".into());
                device(f).brand = Some("Acme".into());
            },
            Fail,
            "Other Orbit",
        ),
        (
            Check::DeviceModel,
            "a blank before it, and no brand known",
            |c, _| c.device.model = Some("X Orbit Note 10".into()),
            Fail,
            "X Orbit",
        ),
        (Check::DeviceModel, "blank", |c, _| c.device.model = Some(" ".into()), Skip, ""),
        (
            Check::DeviceModel,
            "no list says",
            |c, f| {
                c.device.model = Some("Orbit".into());
                device(f).models.clear();
            },
            Unknown,
            "",
        ),
        (
            Check::DeviceModel,
            "no device",
            |c, f| {
                c.device.model = Some("Orbit".into());
                no_device(c, f);
            },
            Skip,
            "",
        ),
        (Check::DeviceOne, "one identifier", |_, _| (), Skip, ""),
        (
            Check::DeviceOne,
            "two of one device",
            |c, f| {
                c.device.imei2 = given("867530900000025", Imei::parse);
                f.registry.leads = leads(c);
            },
            Pass,
            "",
        ),
        (
            Check::DeviceOne,
            "two of none",
            |c, f| {
                c.device.imei2 = given("867530900000025", Imei::parse);
                no_device(c, f);
            },
            Skip,
            "",
        ),
        (
            Check::DeviceOne,
            "one in no list",
            |c, f| {
                c.device.imei2 = given("867530900000025", Imei::parse);
                f.registry.leads = leads(c);
                f.registry.leads[1].device = None;
            },
            Unknown,
            "86753090000002",
        ),
        (
            Check::DeviceOne,
            "one in no list between two devices: the two are named",
            |c, f| {
                c.device.imei2 = given("867530900000025", Imei::parse);
                c.device.serial = given("12345/A1", crate::domain::Serial::parse);
                f.registry.leads = leads(c);
                f.registry.leads[1].device = None;
                f.registry.leads[2].device = Some(OTHER_DEVICE);
            },
            Fail,
            "12345/A1",
        ),
        (Check::DeviceNotice, "none", |_, _| (), Pass, ""),
        (Check::DeviceNotice, "no device and none", no_device, Skip, ""),
        (
            Check::DeviceNotice,
            "no device, and one on what was claimed",
            |c, f| {
                no_device(c, f);
                f.registry.stray_notices = vec![notice(NoticeStatus::Confirmed)];
            },
            Fail,
            "police",
        ),
        (Check::DeviceLostMode, "off", |_, _| (), Pass, ""),
        (Check::DeviceLostMode, "set", |_, f| device(f).bindings[0].lost_mode_since = Some(now()), Fail, ""),
        (
            Check::DeviceLostMode,
            "from now on in an hour",
            |_, f| {
                device(f).bindings[0].lost_mode_since = Some(now().plus_hours(1));
            },
            Pass,
            "",
        ),
        (
            Check::DeviceClone,
            "many cards, a month ago",
            |_, f| cards(f, 9, "2026-09-01", "2026-10-20"),
            Pass,
            "One SIM",
        ),
        (
            Check::DeviceClone,
            "many cards, on the last day that counts",
            |_, f| cards(f, 9, "2026-09-01", "2026-10-21"),
            Fail,
            "",
        ),
        (
            Check::DeviceClone,
            "many cards, tomorrow",
            |_, f| cards(f, 9, "2026-11-21", "2026-11-22"),
            Pass,
            "One SIM",
        ),
        (Check::DeviceClone, "no card was seen", |_, f| device(f).sightings.clear(), Unknown, ""),
    ]);
}

pub(super) fn cards(facts: &mut Facts, count: u64, first: &str, last: &str) {
    let seen = (0..count).map(|n| Sighting { iccid: Some(iccid(n)), ..sighting(first, last) });
    device(facts).sightings.extend(seen);
}

#[test]
fn a_notice_without_an_end_has_none_whatever_stands_beside_it() {
    let cooling = Notice { cleared_at: Some(ago(1)), ..notice(NoticeStatus::Cleared) };
    for (notices, until) in [
        (vec![cooling.clone()], Some(ago(1).plus_days(30))),
        (vec![notice(NoticeStatus::Pending), cooling.clone()], None),
        (vec![cooling, notice(NoticeStatus::Pending)], None),
    ] {
        let (claim, mut facts) = owner();
        device(&mut facts).notices = notices;
        let judgement = judge(&claim, &facts, &Policy::shipped(), now());
        assert_eq!(judgement.finding(Check::DeviceNotice).unwrap().until, until);
    }
}

#[test]
fn the_account_and_the_binding() {
    holds(&[
        (
            Check::BindingCurrent,
            "released",
            |_, f| device(f).bindings[0].released_at = Some(ago(1)),
            Fail,
            "",
        ),
        (Check::BindingCurrent, "bound tomorrow", |_, f| device(f).bindings[0].bound_at = ago(-1), Fail, ""),
        (Check::AccountKnown, "active", |_, _| (), Pass, "active"),
        (
            Check::AccountKnown,
            "none claimed, bound to one that no list holds",
            |_, f| f.registry.account = None,
            Fail,
            "no list holds",
        ),
        (
            Check::AccountKnown,
            "one claimed that is not there",
            |_, f| {
                f.registry.account = None;
                f.registry.claimed = Some(ClaimedAccount::default());
            },
            Fail,
            "!no list holds",
        ),
        (
            Check::AccountKnown,
            "none at all",
            |_, f| {
                f.registry.account = None;
                device(f).bindings.clear();
            },
            Skip,
            "",
        ),
        (
            Check::AccountKnown,
            "two",
            |_, f| f.registry.claimed = Some(ClaimedAccount { account: Some(ACCOUNT), conflict: true }),
            Fail,
            "",
        ),
        (
            Check::AccountMatch,
            "the same",
            |_, f| f.registry.claimed = Some(ClaimedAccount { account: Some(ACCOUNT), conflict: false }),
            Pass,
            "",
        ),
        (
            Check::AccountMatch,
            "another",
            |_, f| f.registry.claimed = Some(ClaimedAccount { account: Some(8), conflict: false }),
            Fail,
            "",
        ),
        (Check::SelfService, "a stranger writes", |_, _| (), Pass, ""),
        (
            Check::SelfService,
            "the account's own address writes",
            |c, _| c.claimant.email = given(OWNER_MAIL, Email::parse),
            Fail,
            "",
        ),
        (
            Check::SelfService,
            "its number calls",
            |c, _| c.claimant.phone = given_phone(OWNER_PHONE),
            Fail,
            "",
        ),
        (
            Check::SelfService,
            "its own address, having tried",
            |c, _| {
                c.claimant.email = given(OWNER_MAIL, Email::parse);
                c.access = Some(crate::domain::Access::Tried);
            },
            Pass,
            "",
        ),
        (
            Check::SelfService,
            "an address it had",
            |c, f| {
                c.claimant.email = given(OWNER_MAIL, Email::parse);
                account(f).contacts[0].replaced_at = Some(ago(1));
            },
            Pass,
            "",
        ),
        (
            Check::SelfService,
            "an address never verified",
            |c, f| {
                c.claimant.email = given(OWNER_MAIL, Email::parse);
                account(f).contacts[0].verified_at = None;
            },
            Pass,
            "",
        ),
        (
            Check::ContactCode,
            "sent, not read back",
            |_, f| f.desk.codes = vec![sent(0, None)],
            Missing,
            "!has not said yes",
        ),
        (
            Check::ContactCode,
            "a yes to another request",
            |_, f| f.desk.codes = vec![Code { request: Request::LostReport, ..sent(0, Some(ago(1))) }],
            Missing,
            "has not said yes to this one",
        ),
        (
            Check::ContactCode,
            "a yes to another device",
            |_, f| f.desk.codes = vec![Code { device: Some(OTHER_DEVICE), ..sent(0, Some(ago(1))) }],
            Missing,
            "has not said yes to this one",
        ),
        (
            Check::ContactCode,
            "a yes to no device",
            |_, f| f.desk.codes = vec![Code { device: None, ..sent(0, Some(ago(1))) }],
            Missing,
            "has not said yes to this one",
        ),
        (
            Check::ContactCode,
            "a yes to this beside one to another",
            |_, f| {
                let other = Code { device: Some(OTHER_DEVICE), ..sent(0, Some(ago(1))) };
                f.desk.codes = vec![sent(0, Some(ago(1))), other];
            },
            Pass,
            "",
        ),
        (Check::ContactCode, "two wrong answers", |_, f| f.desk.codes = vec![sent(2, None)], Missing, ""),
        (
            Check::ContactCode,
            "read back at the fourth try, too long ago",
            |_, f| f.desk.codes = vec![sent(3, Some(ago(8)))],
            Missing,
            "",
        ),
        (Check::ContactCode, "three wrong answers", |_, f| f.desk.codes = vec![sent(3, None)], Fail, ""),
        (
            Check::ContactCode,
            "the SIM changed as the number was verified",
            |_, f| {
                account(f).contacts[1].sim_changed_at = Some(ago(690));
                f.desk.codes = vec![code(Channel::Contact, Contact::Phone(phone(OWNER_PHONE)))];
            },
            Pass,
            "",
        ),
        (
            Check::ContactCode,
            "the number was seen in this device lately",
            |_, f| {
                device(f).sightings[0].msisdn = Some(phone(OWNER_PHONE));
                f.desk.codes = vec![code(Channel::Contact, Contact::Phone(phone(OWNER_PHONE)))];
            },
            Unknown,
            "device",
        ),
        (
            Check::ContactCode,
            "the number was seen in this device long ago",
            |_, f| {
                device(f).sightings[0] =
                    Sighting { msisdn: Some(phone(OWNER_PHONE)), ..sighting("2025-03-30", "2026-05-23") };
                f.desk.codes = vec![code(Channel::Contact, Contact::Phone(phone(OWNER_PHONE)))];
            },
            Pass,
            "",
        ),
    ]);
}

fn sent(wrong: u8, confirmed_at: Option<Time>) -> Code {
    Code { wrong, confirmed_at, ..code(Channel::Contact, Contact::Email(email(OWNER_MAIL))) }
}

/// What would tell a caller the day on which the account was registered is not told.
#[test]
fn an_end_is_told_only_where_it_tells_nothing_else() {
    let bound = |edit: &dyn Fn(&mut Account)| {
        let (claim, mut facts) = owner();
        device(&mut facts).bindings[0].bound_at = ago(3);
        edit(account(&mut facts));
        judge(&claim, &facts, &Policy::shipped(), now()).finding(Check::BindingAge).unwrap().until
    };
    let other = |bound_at| BoundDevice { device: 5, name: None, model: None, bound_at, released_at: None };
    let end = Some(ago(3).plus_days(30));
    assert_eq!(bound(&|_| ()), None, "its first device, as far as is known");
    assert_eq!(bound(&|a| a.devices = vec![other(ago(4))]), end, "its second");
    assert_eq!(bound(&|a| a.devices = vec![other(ago(3))]), None, "two on the first day");
    assert_eq!(bound(&|a| a.devices = vec![other(ago(2))]), None, "the other came later");
    assert_eq!(bound(&|a| (a.no, a.devices) = (8, vec![other(ago(4))])), None, "another account's");

    let contact = |registered: Time| {
        let (claim, mut facts) = owner();
        account(&mut facts).registered_at = Some(registered);
        account(&mut facts).contacts[0].verified_at = Some(ago(3));
        facts.desk.codes = vec![code(Channel::Contact, Contact::Email(email(OWNER_MAIL)))];
        judge(&claim, &facts, &Policy::shipped(), now()).finding(Check::ContactCode).unwrap().until
    };
    assert_eq!(contact(ago(600)), end);
    assert_eq!(contact(ago(3)), None, "verified on the day on which the account was registered");
}

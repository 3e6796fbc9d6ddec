//! Repairs: what they carry, and what flows whatever they carry (JUDGEMENT.md §2, "The device").

use super::store_rows::*;
use latchkey::domain::*;
use latchkey::judgement::facts::{Notice, RegistryFacts};
use latchkey::store::StoreError;
use latchkey::store::registry::{NoOverlay, Overlay};

/// The day of every repair here.
const ON: i32 = 500;
const START: i64 = ON as i64 * DAY;

fn joined(extra: &[ListRow]) -> (RegistryFacts, RegistryFacts) {
    let desk = Desk::new();
    desk.import(&[device(&[1, 11], None), device(&[2, 12], None)]);
    desk.import(&[account_row("7", AccountState::Active, None, None)]);
    desk.import(&[repair("R1", 1, 2, ON)]);
    desk.import(&[notice(by_imei(1), NoticeStatus::Confirmed, None)]);
    for row in extra {
        desk.import(std::slice::from_ref(row));
    }
    (desk.gather(&claim_on(&by_imei(1))), desk.gather(&claim_on(&by_imei(2))))
}

#[test]
fn a_repair_carries_unless_the_two_lived_side_by_side() {
    let seen = |n, first, last| sighting(n, None, Some(79_001_112_233), first, last);
    let sold = |n, day| sale("X1", Some(by_imei(n)), day);
    let bound = |n, at| binding("7", by_imei(n), at, Some(at));
    for (why, row, carries) in [
        ("nothing known", None, true),
        ("new sold before", Some(sold(2, ON - 1)), false),
        ("new sold that day", Some(sold(2, ON)), true),
        ("new bound before", Some(bound(2, START - 1)), false),
        ("new bound at 00:00", Some(bound(2, START)), true),
        ("new seen before", Some(seen(2, ON - 1, ON + 9)), false),
        ("new seen that day", Some(seen(2, ON, ON + 9)), true),
        ("old sold after", Some(sold(1, ON + 1)), false),
        ("old sold that day", Some(sold(1, ON)), true),
        ("old bound after", Some(bound(1, START + DAY)), false),
        ("old bound at 23:59:59", Some(bound(1, START + DAY - 1)), true),
        ("old seen after", Some(seen(1, ON - 9, ON + 1)), false),
        ("old seen that day", Some(seen(1, ON - 9, ON)), true),
        ("the new record's second IMEI sold before", Some(sold(12, ON - 1)), false),
        ("the old record's second IMEI seen after", Some(seen(11, ON + 1, ON + 1)), false),
        ("old sold before", Some(sold(1, ON - 400)), true),
        ("new sold after", Some(sold(2, ON + 400)), true),
    ] {
        let rows: Vec<ListRow> = row.into_iter().collect();
        let (old, new) = joined(&rows);
        let (old, new) = (old.device.unwrap(), new.device.unwrap());
        assert_eq!(old.id == new.id, carries, "{why}");
        assert_eq!(new.imeis.contains(&imei(11)), carries, "{why}");
        if carries {
            assert_eq!(old.id, DeviceKey::from(imei(1)).0, "{why}");
            assert_eq!(old.bindings, new.bindings, "{why}");
        }
        // Notices go from old to new whatever else does.
        assert_eq!((old.notices.len(), new.notices.len()), (1, 1), "{why}");
    }
}

#[test]
fn notices_do_not_go_from_new_to_old_unless_the_repair_carries() {
    let on_new = notice(by_imei(2), NoticeStatus::Pending, Some("N"));
    let (old, new) = joined(std::slice::from_ref(&on_new));
    assert_eq!((old.device.unwrap().notices.len(), new.device.unwrap().notices.len()), (2, 2));
    let (old, new) = joined(&[on_new, sale("X1", Some(by_imei(2)), ON - 1)]);
    assert_eq!((old.device.unwrap().notices.len(), new.device.unwrap().notices.len()), (1, 2));
}

#[test]
fn chains_cycles_and_old_imeis_without_a_record() {
    let desk = Desk::new();
    desk.import(&[device(&[3], Some("SN3"))]);
    desk.import(&[repair("R1", 1, 2, ON), repair("R2", 2, 3, ON + 10)]);
    desk.import(&[notice(by_imei(1), NoticeStatus::Confirmed, None)]);
    for n in [1, 2, 3] {
        let device = desk.gather(&claim_on(&by_imei(n))).device.unwrap();
        assert_eq!(device.id, DeviceKey::from(imei(3)).0, "the record, not the bare old IMEIs");
        assert_eq!((device.imeis.len(), device.notices.len()), (3, 1));
    }
    // A cycle ends.
    desk.import(&[repair("R3", 3, 1, ON + 20), repair("R4", 3, 3, ON + 30)]);
    assert_eq!(desk.gather(&claim_on(&by_imei(2))).device.unwrap().imeis.len(), 3);
    // A long chain is cut, not followed for ever.
    let chain: Vec<ListRow> = (100..400).map(|n| repair(&format!("C{n}"), n, n + 1, ON)).collect();
    desk.import(&chain);
    assert!(desk.gather(&claim_on(&by_imei(400))).device.is_none());
}

#[test]
fn notices_flow_through_repairs_that_carry_nothing_else() {
    let desk = Desk::new();
    desk.import(&[device(&[3], None)]);
    desk.import(&[repair("R1", 1, 2, ON), repair("R2", 2, 3, ON + 10)]);
    // 3 was sold before its repair, 2 was seen after its own: neither carries.
    desk.import(&[sale("X", Some(by_imei(3)), 10)]);
    desk.import(&[sighting(1, None, Some(79_001_112_233), ON + 5, ON + 5)]);
    desk.import(&[notice(by_imei(1), NoticeStatus::Confirmed, None)]);
    let device = desk.gather(&claim_on(&by_imei(3))).device.unwrap();
    assert_eq!((device.imeis.len(), device.notices.len()), (1, 1));
    assert_eq!(device.notices[0].on, by_imei(1));
    let stray = desk.gather(&claim_on(&by_imei(2)));
    assert_eq!((stray.device, stray.stray_notices.len()), (None, 1));
}

#[test]
fn late_records_keep_repairs_true() {
    let desk = Desk::new();
    desk.import(&[repair("R1", 1, 2, ON)]);
    desk.import(&[sale("X", Some(by_imei(12)), 10)]);
    assert_eq!(desk.gather(&claim_on(&by_imei(1))).device, None);
    desk.import(&[device(&[22, 2, 12], None)]);
    // The record of the new IMEI was sold (as its third IMEI) long before: only notices go along.
    assert_eq!(desk.gather(&claim_on(&by_imei(1))).device, None);
    desk.import(&[device(&[22, 2], None)]);
    let found = desk.gather(&claim_on(&by_imei(1))).device.unwrap();
    assert_eq!((found.id, found.imeis.len()), (DeviceKey::from(imei(22)).0, 3));
}

struct Ours;

impl Overlay for Ours {
    fn released(&mut self, _: i64, _: i64, bound_at: Time) -> Result<Option<Time>, StoreError> {
        Ok(Some(bound_at.plus_days(10)))
    }

    fn notices(&mut self, key: DeviceKey) -> Result<Vec<Notice>, StoreError> {
        let notice = Notice {
            on: by_imei(9),
            kind: NoticeKind::Fraud,
            status: NoticeStatus::Pending,
            reported_at: Time(1),
            cleared_at: None,
            lapses_at: Some(Time(2)),
            source: None,
            reference: None,
        };
        Ok(if key == DeviceKey::from(imei(9)) { vec![notice] } else { Vec::new() })
    }
}

#[test]
fn our_own_releases_and_notices_lie_over_the_lists() {
    let desk = Desk::new();
    desk.import(&[device(&[1, 9], None)]);
    desk.import(&[account_row("7", AccountState::Active, None, None)]);
    desk.import(&[binding("7", by_imei(1), 0, Some(5 * DAY)), binding("7", by_imei(1), 6 * DAY, None)]);
    let mut registry = desk.registry();
    let mut reader = registry.begin().unwrap();
    let claim = claim_on(&by_imei(1));
    let theirs = reader.gather(&claim, &mut NoOverlay).unwrap();
    assert_eq!((theirs.device.unwrap().notices.len(), theirs.account.map(|a| a.no)), (0, Some(7)));
    let ours = reader.gather(&claim, &mut Ours).unwrap();
    let device = ours.device.unwrap();
    let released: Vec<_> = device.bindings.iter().map(|b| b.released_at).collect();
    assert_eq!(released, [Some(Time(5 * DAY)), Some(Time(16 * DAY))], "the earlier of both");
    assert_eq!((device.notices.len(), ours.account), (1, None));
    let stray = reader.gather(&claim_on(&by_imei(9)), &mut Ours).unwrap();
    assert_eq!(stray.device.unwrap().notices.len(), 1);
}

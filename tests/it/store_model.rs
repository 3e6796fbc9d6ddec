//! Random imports in random order against a naive model: the folded columns are always what the lists say, and
//! gathering finds exactly the rows of the device.

use super::store_rows::*;
use latchkey::domain::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Identifiers 0..12: device d owns 3d (its first), 3d+1, 3d+2; the last of device 3 are in no record.
const NAMES: u64 = 12;

#[derive(Clone, Debug)]
enum Row {
    /// Device, whether it has its second and third IMEI now.
    Device(u64, bool, bool),
    /// Identifier, account, slot of time, released, lost.
    Binding(u64, u8, i64, Option<i64>),
    /// Identifier, number, first day, days.
    Sighting(u64, u8, i32, i32),
    Notice(u64, u8),
}

fn row(kind: u8) -> BoxedStrategy<Row> {
    match kind {
        0 => (0..3_u64, any::<bool>(), any::<bool>()).prop_map(|(d, a, b)| Row::Device(d, a, b)).boxed(),
        1 => (0..NAMES, 0..3_u8, 0..4_i64, proptest::option::of(1..9_i64))
            .prop_map(|(n, a, t, r)| Row::Binding(n, a, t, r))
            .boxed(),
        2 => {
            (0..NAMES, 0..3_u8, 0..5_i32, 0..9_i32).prop_map(|(n, p, f, l)| Row::Sighting(n, p, f, l)).boxed()
        }
        _ => (0..NAMES, 0..3_u8).prop_map(|(n, r)| Row::Notice(n, r)).boxed(),
    }
}

fn files() -> impl Strategy<Value = Vec<Vec<Row>>> {
    let file = (0..4_u8).prop_flat_map(|kind| proptest::collection::vec(row(kind), 1..6));
    proptest::collection::vec(file, 1..12)
}

/// Moments that no two identifiers share, so that no two rows are one binding.
fn bound_at(name: u64, slot: i64) -> i64 {
    slot * DAY + i64::try_from(name).unwrap()
}

fn list_row(row: &Row) -> ListRow {
    match *row {
        Row::Device(d, second, third) => {
            let mut imeis = vec![3 * d];
            imeis.extend(second.then_some(3 * d + 1));
            imeis.extend(third.then_some(3 * d + 2));
            device(&imeis, None)
        }
        Row::Binding(n, account, slot, released) => binding(
            &format!("{}", account + 1),
            by_imei(n),
            bound_at(n, slot),
            released.map(|d| bound_at(n, slot) + d * DAY),
        ),
        Row::Sighting(n, number, first, days) => {
            sighting(n, None, Some(79_000_000_000 + u64::from(number)), first, first + days)
        }
        Row::Notice(n, reference) => {
            notice(by_imei(n), NoticeStatus::Confirmed, Some(&format!("N{reference}")))
        }
    }
}

/// The lists as maps from key to data: nothing folded, nothing canonical.
#[derive(Default)]
struct Model {
    devices: BTreeMap<u64, BTreeSet<u64>>,
    bindings: BTreeMap<(u64, u8, i64), Option<i64>>,
    sightings: BTreeMap<(u64, u8, i32), i32>,
    notices: BTreeSet<(u64, u8)>,
}

impl Model {
    fn import(&mut self, file: &[Row]) {
        let mut first: BTreeMap<String, ListRow> = BTreeMap::new();
        for row in file {
            let key = match row {
                Row::Device(d, ..) => format!("{d}"),
                Row::Binding(n, a, t, _) => format!("{n} {a} {t}"),
                Row::Sighting(n, p, f, _) => format!("{n} {p} {f}"),
                Row::Notice(n, r) => format!("{n} {r}"),
            };
            // One key twice with different data: the first row stands.
            if first.entry(key).or_insert_with(|| list_row(row)) != &list_row(row) {
                continue;
            }
            match *row {
                Row::Device(d, second, third) => {
                    let names = [Some(3 * d), second.then_some(3 * d + 1), third.then_some(3 * d + 2)];
                    self.devices.insert(d, names.into_iter().flatten().collect());
                }
                Row::Binding(n, a, t, released) => {
                    self.bindings.insert((n, a, t), released);
                }
                Row::Sighting(n, p, f, days) => {
                    self.sightings.insert((n, p, f), days);
                }
                Row::Notice(n, r) => {
                    self.notices.insert((n, r));
                }
            }
        }
    }
}

/// account, `bound_at`, `first_bound_at`, `last_msisdn`, `last_seen` of a record.
type Folded = (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i32>);

fn folded(model: &Model, names: &BTreeSet<u64>) -> Folded {
    let mine = |n: &u64| names.contains(n);
    let all: Vec<(i64, i64, bool)> = model
        .bindings
        .iter()
        .filter(|((n, ..), _)| mine(n))
        .map(|((n, a, t), released)| (bound_at(*n, *t), i64::from(*a) + 1, released.is_some()))
        .collect();
    let current = all.iter().filter(|b| !b.2).max();
    let last = model
        .sightings
        .iter()
        .filter(|((n, ..), _)| mine(n))
        .map(|((_, p, f), days)| (f + days, *f, 79_000_000_000 + i64::from(*p)))
        .max();
    (
        current.map(|b| b.1),
        current.map(|b| b.0),
        all.iter().map(|b| b.0).min(),
        last.map(|l| l.2),
        last.map(|l| l.0),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn folds_and_facts_equal_a_recomputation(files in files()) {
        let (desk, mut model) = (Desk::new(), Model::default());
        for file in &files {
            let rows: Vec<ListRow> = file.iter().map(list_row).collect();
            let (_, problems) = desk.try_import(&rows);
            prop_assert!(problems.iter().all(|p| *p == "key.twice"), "{problems:?}");
            model.import(file);
        }
        for (d, names) in &model.devices {
            let stored: Folded = desk
                .conn
                .query_row(
                    "SELECT account, bound_at, first_bound_at, last_msisdn, last_seen FROM device WHERE id = $1",
                    [DeviceKey::from(imei(3 * d)).0],
                    |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)),
                )
                .unwrap();
            prop_assert_eq!(stored, folded(&model, names), "device {}", d);
        }
        let mut registry = desk.registry();
        let mut reader = registry.begin().unwrap();
        for n in 0..NAMES {
            let facts = reader.gather(&claim_on(&by_imei(n)), &mut latchkey::store::registry::NoOverlay).unwrap();
            let owner = model.devices.iter().find(|(_, names)| names.contains(&n));
            prop_assert_eq!(facts.device.is_some(), owner.is_some());
            let Some((d, names)) = owner else {
                prop_assert_eq!(facts.stray_notices.len(), model.notices.iter().filter(|x| x.0 == n).count());
                continue;
            };
            let device = facts.device.unwrap();
            prop_assert_eq!(device.id, DeviceKey::from(imei(3 * d)).0);
            prop_assert_eq!(device.imeis.len(), names.len());
            prop_assert_eq!(device.bindings.len(), model.bindings.keys().filter(|k| names.contains(&k.0)).count());
            prop_assert_eq!(device.sightings.len(), model.sightings.keys().filter(|k| names.contains(&k.0)).count());
            prop_assert_eq!(device.notices.len(), model.notices.iter().filter(|x| names.contains(&x.0)).count());
            prop_assert!(device.bindings.is_sorted_by_key(|b| b.bound_at));
        }
    }
}

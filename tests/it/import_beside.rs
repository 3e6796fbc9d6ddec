//! Agents go on working while a list is loaded: nobody waits for it, neither to read nor to take a ticket.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::desk_rehearsal::Rehearsal;
use latchkey::desk::import::ImportOptions;
use latchkey::domain::{List, ListMode};

const DEVICES: u64 = 12_000;
const CASES: u64 = 700;
/// Of a debug build, on a machine that does other things: `cargo bench --bench beside` tells the real figure.
const MOST: Duration = Duration::from_millis(1500);

#[test]
fn leases_are_taken_and_devices_looked_up_while_a_list_is_loaded_and_judged() {
    let world = Rehearsal::new();
    let mut cases = String::from("reference,request,claimant_name,access,imei\n");
    for n in 0..CASES {
        let _ = writeln!(cases, "B-{n},unbind,Ivan Petrov,tried,{:014}", 35_123_456_000_000 + n);
    }
    let path = world.dir.path().join("cases.csv");
    std::fs::write(&path, cases).unwrap();
    world.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    let mut list = String::from("imei,model\n");
    // Not in the order of the table.
    for n in (0..DEVICES).rev() {
        let _ = writeln!(list, "{:014},Aster", 35_123_456_000_000 + n);
    }
    let path = world.dir.path().join("devices.csv");
    std::fs::write(&path, list).unwrap();
    let over = AtomicBool::new(false);
    let worst = std::thread::scope(|scope| {
        let agent = scope.spawn(|| {
            let mut desk = world.desk("boris");
            let (mut worst, mut acts) = (Duration::ZERO, 0);
            while !over.load(Ordering::Acquire) || acts < 10 {
                let began = Instant::now();
                desk.take("B-1", None).unwrap();
                worst = worst.max(began.elapsed());
                let began = Instant::now();
                desk.lookup("35123456000001", false).unwrap();
                worst = worst.max(began.elapsed());
                desk.release("B-1").unwrap();
                acts += 1;
            }
            worst
        });
        let options =
            ImportOptions { mode: ListMode::Replace, allow_shrink: true, ..ImportOptions::default() };
        let done = world.desk("clara").import_list(List::Devices, &path, &options, &mut |_| true).unwrap();
        assert_eq!((done.added, done.removed), (DEVICES, 2));
        over.store(true, Ordering::Release);
        agent.join().unwrap()
    });
    assert!(worst < MOST, "{worst:?}");
    let stale = world.desk("anna").settle(|_| {}).unwrap();
    assert_eq!(stale, 0, "whoever looks finds everything judged");
}

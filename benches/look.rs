//! Look-alike search over a million hashes: `cargo bench --bench look [-- HOW_MANY]`. Half of the hashes are evenly
//! spread, half lie close to one of a thousand others, as photos of one kind of box do.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "figures")]

use std::time::Instant;

use latchkey::store::desk::looks;
use latchkey::store::{FileKind, Purpose, Statements, open};

/// Numbers that look random and are the same every time (splitmix64).
fn dice(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A hash with so many bits changed, at most.
fn bent(hash: u64, bits: u32, seed: &mut u64) -> u64 {
    (0..bits).fold(hash, |hash, _| hash ^ 1 << (dice(seed) % 64))
}

fn main() {
    let many = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000_i64);
    let dir = tempfile::tempdir().unwrap();
    let conn = open(&dir.path().join("desk.db"), Purpose::Create, FileKind::Desk).unwrap().conn;
    let statements = Statements::new(&conn);
    let mut seed = 1;
    let kinds: Vec<u64> = (0..1000).map(|_| dice(&mut seed)).collect();
    let started = Instant::now();
    conn.execute_batch("BEGIN").unwrap();
    let mut some = Vec::new();
    for ticket in 1..=many {
        let kind = kinds[usize::try_from(dice(&mut seed) % 1000).unwrap()];
        let hash = if ticket % 2 == 0 { bent(kind, 12, &mut seed) } else { dice(&mut seed) };
        looks::enter(&statements, looks::Sheet::Boxes, ticket, hash).unwrap();
        if ticket % (many / 1000).max(1) == 0 {
            some.push((ticket, hash));
        }
    }
    conn.execute_batch("COMMIT").unwrap();
    let entered = started.elapsed().as_secs_f64();
    let mut times = Vec::new();
    let (mut found, mut lost) = (0, 0);
    for round in 0..5 {
        for (ticket, hash) in &some {
            let asked = bent(*hash, round, &mut seed);
            let started = Instant::now();
            let near = looks::near(&conn, looks::Sheet::Boxes, asked, looks::MOST_BITS).unwrap();
            times.push(started.elapsed().as_secs_f64() * 1000.0);
            found += near.len();
            lost += usize::from(!near.iter().any(|(other, _)| other == ticket));
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[times.len() * part / 1000];
    println!(
        "{many} hashes entered in {entered:.1} s; {} searches: ms p50 {:.2} p99 {:.2} max {:.2}; {found} found, {lost} lost",
        times.len(),
        at(500),
        at(990),
        times.last().unwrap()
    );
}

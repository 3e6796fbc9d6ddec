//! The search over a million tickets: `cargo bench --bench search`. `LATCHKEY_TICKETS` takes another number of tickets.
//!
//! What is typed comes a letter at a time; each letter is a search of its own, and nothing is kept between two.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use latchkey::desk::init;
use latchkey::domain::Time;
use latchkey::domain::search::Query;
use latchkey::store::desk::search::{behind, find, step};
use latchkey::store::{self, Db, FileKind, Purpose};

#[path = "million/mod.rs"]
mod million;

/// What is typed, by kind.
const TYPED: [(&str, &[&str]); 6] = [
    (
        "Russian",
        &[
            "ильин",
            "смирнова каренина",
            "коробки перезв",
            "пётр чек почта",
            "щётка",
            "объяснил доказательства",
        ],
    ),
    ("English", &["john smith", "faded receipt", "zoe orbit", "receipt invoice", "holiday wait", "zzzz"]),
    ("Chinese", &["李雷", "雷", "李雷 band", "收据"]),
    ("first digits", &["35100500012345", "+7903555", "8 903 555 12 34", "C-0099", "dn-00123"]),
    ("last digits", &["12345", "0017", "4567", "991234"]),
    ("e-mail", &["someone12345@", "owner77@post", "someone99999@post.example"]),
];

fn quantiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    format!("{:8.2} {:8.2} {:8.2}", at(50), at(99), at(100))
}

fn timed(db: &Db, text: &str) -> (Duration, usize) {
    let begun = Instant::now();
    let hits = find(db, &Query::parse(text), None, 1000, &mut || true).unwrap();
    (begun.elapsed(), hits.tickets.len())
}

fn measure(db: &Db) {
    println!("{:<24} {:>6}       p50      p99      max (ms)", "a letter more", "n");
    let mut lengths: BTreeMap<usize, Vec<Duration>> = BTreeMap::new();
    for (kind, texts) in TYPED {
        let mut all = Vec::new();
        for _ in 0..5 {
            for text in texts {
                for length in 1..=text.chars().count() {
                    let typed: String = text.chars().take(length).collect();
                    let (took, _) = timed(db, &typed);
                    all.push(took);
                    lengths.entry(length.min(4)).or_default().push(took);
                }
            }
        }
        println!("{kind:<24} {:>6}  {}", all.len(), quantiles(&mut all));
    }
    for (length, mut times) in lengths {
        let what = if length == 4 { "4 and more letters".to_owned() } else { format!("{length} letters") };
        println!("{what:<24} {:>6}  {}", times.len(), quantiles(&mut times));
    }
    for text in TYPED.iter().flat_map(|(_, texts)| texts.iter()) {
        let (took, found) = timed(db, text);
        println!("  {text:<30} {found:>5} found in {:7.2} ms", took.as_secs_f64() * 1000.0);
    }
}

fn main() {
    let count = std::env::var("LATCHKEY_TICKETS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let now = Time::parse("2026-11-20T09:00:00Z").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("desk");
    init::init(million::options(&folder, "clara", now), true).unwrap();
    let begun = Instant::now();
    million::fill(&folder, count, now);
    println!("{count} tickets laid in within {:.1} s", begun.elapsed().as_secs_f64());
    let db = store::open(&folder.join("desk.db"), Purpose::Write, FileKind::Desk).unwrap().conn;
    let (took, _) = timed(&db, "zzzz");
    println!("nothing indexed yet: a word that no ticket has takes {:.0} ms", took.as_secs_f64() * 1000.0);
    let (begun, mut longest) = (Instant::now(), Duration::ZERO);
    while behind(&db).unwrap() > 0 {
        let begun = Instant::now();
        store::write_tx(&db, |tx| step(tx, 1024)).unwrap();
        longest = longest.max(begun.elapsed());
    }
    let took = begun.elapsed().as_secs_f64();
    let (sheets, bytes): (i64, i64) = db
        .query_row("SELECT count(*), coalesce(sum(length(entries)), 0) FROM search_sheet", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    println!(
        "indexed within {took:.1} s, the longest step {:.0} ms; {sheets} sheets, {} MB, {} bytes a ticket",
        longest.as_secs_f64() * 1000.0,
        bytes / 1_000_000,
        bytes / count,
    );
    store::fold_log(&db).unwrap();
    measure(&db);
}

//! What an agent waits for at the queue, with a thousand and with a million open tickets: `cargo bench --bench screen`.
//! `LATCHKEY_TICKETS` takes other numbers, with commas between them; `LATCHKEY_DESKS` a folder where the desks stay.
//!
//! It says p50 and p99, which criterion does not; so it measures by itself. The tickets are laid into the store
//! directly, as an import lays them, and the screen runs with its own threads (`tui::live`): `drawn` is what
//! the thread of the screen takes for a key, `there` the time until the tickets it asked for are on the screen, `settled`
//! the time until all of them have been counted.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use latchkey::desk::{Desk, init};
use latchkey::domain::Time;
use latchkey::tui::live::{Live, Took};

#[path = "million/mod.rs"]
mod million;

use million::{fill, options};

/// What agents type, a letter at a time: identifiers, names in two scripts, words of the desk and of notes, nothing.
const TYPED: [&str; 14] = [
    "35100500012345",
    "+7903555",
    "ильин",
    "смирнова orbit",
    "john",
    "C-0099",
    "unbind nova",
    "hold",
    "someone12345@",
    "#77777",
    "by:none tab",
    "коробки перезв",
    "faded receipt",
    "zzzz",
];

fn start(folder: &Path, now: Time) -> (Live, Duration) {
    let folder = folder.to_path_buf();
    let open = Box::new(move |_| Desk::open(options(&folder, "anna", now)));
    Live::start(open, (120, 40), now).unwrap()
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    format!("{:9.2} {:9.2}", at(50), at(99))
}

fn row(what: &str, took: &[Took]) {
    let drawn = quantiles(took.iter().map(|t| t.drawn).collect());
    let there = quantiles(took.iter().map(|t| t.there).collect());
    let settled = quantiles(took.iter().map(|t| t.settled).collect());
    println!("{what:<28} {:>6}  {drawn}   {there}   {settled}", took.len());
}

fn measure(folder: &Path, now: Time) {
    println!("{:<28} {:>6}  drawn p50, p99 (ms)   there p50, p99 (ms)   settled p50, p99 (ms)", "", "n");
    let mut first = Vec::new();
    for _ in 0..21 {
        let (live, took) = start(folder, now);
        first.push(Took { drawn: took, there: took, settled: took });
        live.end();
    }
    row("first useful frame", &first);
    let (mut live, _) = start(folder, now);
    let filled = live.fill();
    println!("every ticket can be found after {:.2} s", filled.as_secs_f64());
    live.press("8");
    typed(&mut live, "a key of the filter", "8");
    // Every ticket, closed ones too, and what was written of them.
    typed(&mut live, "a key of the search", "9");
    live.press("8");
    let views: Vec<Took> = (0..80).map(|n| live.press(&(n % 8 + 1).to_string())).collect();
    row("another view", &views);
    live.press("8");
    row("down", &(0..600).map(|_| live.press("down")).collect::<Vec<_>>());
    row("page down", &(0..200).map(|_| live.press("pgdn")).collect::<Vec<_>>());
    row(
        "to the end and back",
        &(0..40).map(|n| live.press(if n % 2 == 0 { "end" } else { "home" })).collect::<Vec<_>>(),
    );
    let mut opened = Vec::new();
    for _ in 0..100 {
        for _ in 0..7 {
            live.press("pgdn");
        }
        opened.push(live.press("enter"));
        live.press("esc");
    }
    row("opening a ticket", &opened);
    println!("{} tickets listed", live.listed());
    live.end();
}

/// Every word a letter at a time where a key leads, two letters taken back, and all of it left again.
fn typed(live: &mut Live, what: &str, place: &str) {
    let (mut keys, mut slowest) = (Vec::new(), (Duration::ZERO, String::new()));
    for words in TYPED.repeat(3) {
        live.press(place);
        live.press("/");
        let letters = (1..=words.chars().count()).map(|n| words.chars().take(n).collect::<String>());
        for so_far in letters {
            let letter = so_far.chars().last().map(String::from).unwrap_or_default();
            let took = live.press(&letter);
            slowest = slowest.max((took.there, so_far));
            keys.push(took);
        }
        keys.extend([live.press("backspace"), live.press("backspace")]);
        live.press("esc");
    }
    row(what, &keys);
    println!("    the slowest: {:?} for \"{}\"", slowest.0, slowest.1);
}

/// A frame with few tickets against one with many, in turns.
fn frames(few: &Path, many: &Path, now: Time) {
    let mut both = [few, many].map(|folder| {
        let (mut live, _) = start(folder, now);
        live.fill();
        live.press("8");
        live
    });
    let mut drawn: [Vec<Duration>; 2] = Default::default();
    for n in 0..4000 {
        for (live, drawn) in both.iter_mut().zip(&mut drawn) {
            let took = live.press(if n % 60 < 30 { "down" } else { "up" });
            drawn.push(took.drawn);
        }
    }
    both.into_iter().for_each(Live::end);
    let [few, many] = drawn.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1000.0
    });
    println!("\na frame: {few:.3} ms with the fewest, {many:.3} ms with the most, ratio {:.3}", many / few);
}

fn main() {
    let counts = std::env::var("LATCHKEY_TICKETS").unwrap_or_else(|_| "1000,1000000".to_owned());
    let now = Time::parse("2026-11-20T09:00:00Z").unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let place = std::env::var("LATCHKEY_DESKS").map_or_else(|_| temporary.path().to_owned(), PathBuf::from);
    let mut desks = Vec::new();
    for tickets in counts.split(',').map(|n| n.parse().unwrap()) {
        let folder = place.join(format!("desk-{tickets}"));
        if !folder.exists() {
            init::init(options(&folder, "clara", now), true).unwrap();
            let begun = Instant::now();
            fill(&folder, tickets, now);
            println!("\n{tickets} open tickets laid in within {:.1} s", begun.elapsed().as_secs_f64());
        }
        println!("\n{tickets} open tickets");
        measure(&folder, now);
        desks.push(folder);
    }
    if let [few, .., many] = desks.as_slice() {
        frames(few, many, now);
    }
}

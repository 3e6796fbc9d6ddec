//! How many photos of boxes are read, and how fast: `cargo bench --bench photos [-- FROM TO [FOLDER]]`. The photos are made
//! by number (`tests/photos`); a folder, where one is named, gets each of them, to be looked at.

#![allow(clippy::print_stdout, reason = "figures")]

#[path = "../tests/photos/mod.rs"]
mod photos;

use std::time::Instant;

use latchkey::intake::{Caps, look};
use photos::Photo;

#[derive(Default)]
struct Tally {
    photos: usize,
    read: usize,
    whole: usize,
    misread: usize,
    doubtful: usize,
    times: Vec<f64>,
}

impl Tally {
    fn line(&mut self, name: &str) {
        self.times.sort_by(f64::total_cmp);
        let at = |part: usize| self.times.get(self.times.len() * part / 100).copied().unwrap_or_default();
        let (read, whole) = (share(self.read, self.photos), share(self.whole, self.photos));
        println!(
            "{name:24} {:4} photos · read {:4} ({read:.1} %) · every IMEI {:4} ({whole:.1} %) · misread {} · not certain {} · \
             s p50 {:.2} p90 {:.2} max {:.2}",
            self.photos,
            self.read,
            self.whole,
            self.misread,
            self.doubtful,
            at(50),
            at(90),
            self.times.last().copied().unwrap_or_default()
        );
    }
}

fn share(part: usize, all: usize) -> f64 {
    100.0 * f64::from(u32::try_from(part).unwrap_or(0)) / f64::from(u32::try_from(all).unwrap_or(1)).max(1.0)
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let folder = std::env::args().skip(1).find(|arg| std::path::Path::new(arg).is_dir());
    let (from, to) = (numbers.first().copied().unwrap_or(0), numbers.get(1).copied().unwrap_or(400));
    let (mut legible, mut all) = (Tally::default(), Tally::default());
    for number in from..to {
        let photo = Photo::of(number);
        if let Some(folder) = &folder {
            let kept = std::fs::write(format!("{folder}/{number}.jpg"), &photo.jpeg);
            kept.unwrap_or_else(|e| println!("photo {number} is not kept: {e}"));
        }
        let started = Instant::now();
        let seen = look(&photo.jpeg, Caps::default()).unwrap_or_default();
        let seconds = started.elapsed().as_secs_f64();
        let read: Vec<String> = seen.imeis.iter().map(ToString::to_string).collect();
        let right = read.iter().filter(|imei| photo.label.imeis.contains(imei)).count();
        let serials = seen.serials.iter().filter(|s| s.as_str() != photo.label.serial).count();
        let misread = right < read.len() || serials > 0;
        for tally in [photo.legible().then_some(&mut legible), Some(&mut all)].into_iter().flatten() {
            tally.photos += 1;
            tally.read += usize::from(right > 0);
            tally.whole += usize::from(right == photo.label.imeis.len());
            tally.misread += usize::from(misread);
            tally.doubtful += usize::from(seen.doubt.is_some());
            tally.times.push(seconds);
        }
        if misread || (photo.legible() && right == 0) {
            println!(
                "photo {number}: said {seen}, is {:?} {}: {:?}",
                photo.label.imeis, photo.label.serial, photo.trouble
            );
        }
    }
    legible.line("a person can read");
    all.line("all");
}

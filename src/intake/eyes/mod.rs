//! Barcodes and QR codes on photos of boxes, read by `rxing` on lines of our own: a photo is tilted, blurred, dark and
//! noisy, and a decoder wants bars. Where blur or noise leave no edges, the likeliest characters are asked for (`faint`).

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in a picture: small numbers, and half a pixel does not matter"
)]

mod alphabet;
mod bands;
mod faint;
mod fit;
mod grey;
mod likely;
mod profile;
mod qr;
mod runs;
mod scan;
mod texts;
mod votes;

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::domain::{Doubt, Seen};
pub(super) use grey::Grey;
use scan::Pass;
use votes::{Reading, Readings, Symbol};

/// Sizes at which bars are looked for, by the longest side in pixels: the coarse ones are quick and quiet, the fine
/// ones see narrow bars.
const SIZES: [usize; 3] = [1000, 2000, usize::MAX];
/// Longest side of what noise and blur are taken out of.
const FINEST: usize = 2200;
/// Most photos are read at the first; noise is averaged away by the second, blur undone by the third.
const PASSES: [Pass; 3] =
    [Pass { taps: 3, sharper: false }, Pass { taps: 7, sharper: false }, Pass { taps: 7, sharper: true }];
/// Longest side of a picture in which QR codes are looked for.
const QR_SIZES: [usize; 2] = [700, 1600];

/// Longest that one picture may take, decoded.
const LONGEST: Duration = Duration::from_secs(3);

/// What the barcodes on a picture say. The decoder works in a thread of its own: what it panics at, or cannot finish,
/// costs no more than this picture.
pub(super) fn look(grey: Grey) -> Seen {
    let doubt = |doubt| Seen { doubt: Some(doubt), ..Seen::default() };
    let (done, answer) = channel();
    let until = Instant::now() + LONGEST;
    let spawned = std::thread::Builder::new().name("barcodes".into()).spawn(move || {
        let readings = read(&grey, until, &texts::has_imei);
        let _ = done.send(texts::meaning(&readings));
    });
    if spawned.is_err() {
        return doubt(Doubt::Broken);
    }
    // Between two directions it looks at the clock itself; this is for what never comes back.
    match answer.recv_timeout(LONGEST * 2) {
        Ok(seen) => seen,
        Err(RecvTimeoutError::Timeout) => doubt(Doubt::TookTooLong),
        Err(RecvTimeoutError::Disconnected) => doubt(Doubt::Broken),
    }
}

/// What the symbols on a picture say, within the time. More and more is tried until a text is `wanted`.
fn read(whole: &Grey, until: Instant, wanted: &dyn Fn(&str) -> bool) -> Readings {
    let mut votes = votes::Votes::default();
    let mut sizes: Vec<usize> = SIZES.iter().map(|most| whole.longest().div_ceil(*most).max(1)).collect();
    sizes.dedup();
    for by in QR_SIZES.map(|most| whole.longest().div_ceil(most).max(1)) {
        qr::scan(&whole.smaller(by), by as f32, &mut votes);
    }
    for (round, pass) in PASSES.into_iter().enumerate() {
        // Beyond the first pass the finest size of a large photo would take the time of all others.
        let fits = |by: &&usize| round == 0 || whole.longest() / **by <= FINEST || sizes.len() == 1;
        for (size, &by) in sizes.iter().filter(fits).enumerate() {
            if votes.have(wanted) {
                break;
            }
            if !scan::scan(&whole.smaller(by), by as f32, pass, until, &mut votes) {
                return votes.count(true);
            }
            // What the quickest look did not read; with it most photos are done.
            if (round, size) == (0, 0) && !faint::scan(whole, until, &mut votes) {
                return votes.count(true);
            }
        }
    }
    votes.count(false)
}

//! Glyph, word and tone of everything that has an outcome.

use crate::domain::{Doubt, Outcome, Recommendation, Seen, State};
use crate::tui::data::{Badge, Mark, QueueRow};
use crate::tui::terms::{self, Term as _};
use crate::tui::theme::Tone;
use crate::words::{Language, say};

/// Glyph and tone of a recommendation.
pub const fn recommendation(word: Recommendation) -> (&'static str, Tone) {
    match word {
        Recommendation::Investigate => ("!", Tone::Bad),
        Recommendation::Refuse => ("✗", Tone::Bad),
        Recommendation::Refer => ("→", Tone::Warn),
        Recommendation::Hold => ("…", Tone::Warn),
        Recommendation::Guide => ("i", Tone::Info),
        Recommendation::Approve => ("✓", Tone::Good),
        Recommendation::ApproveSecond => ("²", Tone::Good),
        Recommendation::Ask => ("?", Tone::Plain),
    }
}

/// Glyph, word and tone of a finding's outcome.
pub const fn outcome(outcome: Outcome) -> (&'static str, Tone) {
    match outcome {
        Outcome::Pass => ("✓", Tone::Good),
        Outcome::Fail => ("✗", Tone::Bad),
        Outcome::Unknown => ("?", Tone::Warn),
        Outcome::Missing => ("○", Tone::Plain),
        Outcome::Skip => ("–", Tone::Dim),
    }
}

/// The tone of a proof's badge.
pub const fn badge(badge: Badge) -> Tone {
    match badge {
        Badge::Proven => Tone::Good,
        Badge::Contradicted => Tone::Bad,
        Badge::Partial => Tone::Warn,
        Badge::Missing => Tone::Dim,
    }
}

/// The tone of a compared line.
pub const fn mark(mark: Mark) -> Tone {
    match mark {
        Mark::Same => Tone::Good,
        Mark::Differs => Tone::Bad,
        Mark::Warns | Mark::CannotTell => Tone::Warn,
        Mark::NotGiven | Mark::None => Tone::Dim,
    }
}

/// What the first column of the queue says: where the ticket stands once somebody has decided, before that
/// what is recommended.
pub fn standing(l: Language, row: &QueueRow) -> (&'static str, String, Tone) {
    if row.owner_wrote {
        return ("✉", say(l, "queue-owner-wrote").into(), Tone::Bad);
    }
    match row.state {
        State::Approved => ("◆", row.state.said(l).into(), Tone::Good),
        State::Decided => ("◇", row.state.said(l).into(), Tone::Info),
        State::Issued => ("▣", row.state.said(l).into(), Tone::Info),
        State::Closed => {
            ("■", terms::closed_as(l, row.closed_as.as_deref().unwrap_or("closed")).into_owned(), Tone::Dim)
        }
        State::Open | State::Waiting | State::Held => match row.recommendation {
            Some(word) => {
                let (glyph, tone) = recommendation(word);
                (glyph, word.said(l).into(), tone)
            }
            None => (" ", say(l, "queue-not-judged").into(), Tone::Dim),
        },
    }
}

/// Why the barcodes of a picture could not be read for certain; the word's id.
pub const fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::TwoReadings => "picture-doubt-two",
        Doubt::ManyBoxes => "picture-doubt-many",
        Doubt::Unchecked => "picture-doubt-unchecked",
        Doubt::TookTooLong => "picture-doubt-late",
        Doubt::Broken => "picture-doubt-broken",
    }
}

/// IMEIs and serials that barcodes say.
pub fn barcodes(l: Language, seen: &Seen) -> String {
    let imeis = seen.imeis.iter().map(|imei| format!("{} {imei}", say(l, "form-imei")));
    let serials = seen.serials.iter().map(|serial| format!("{} {serial}", say(l, "form-serial")));
    imeis.chain(serials).collect::<Vec<_>>().join(", ")
}

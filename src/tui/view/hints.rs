//! What the registry says of a field while it is being filled.

use super::words;
use crate::desk::assist::Hint;
use crate::domain::{Imei, Serial};
use crate::tui::app::form::{Barcodes, Field, Form};
use crate::tui::theme::Tone;
use crate::words::{Language, say, say_with};

/// Glyph, tone and words of a hint.
pub fn hint(l: Language, hint: &Hint) -> (&'static str, Tone, String) {
    match hint {
        Hint::Device { ours: true, model, .. } => {
            ("✓ ", Tone::Good, device(say(l, "assist-ours"), model.as_deref()))
        }
        Hint::Device { any: true, model, .. } => {
            ("≠ ", Tone::Bad, device(say(l, "assist-other-device"), model.as_deref()))
        }
        Hint::Device { model, .. } => ("✓ ", Tone::Good, device(say(l, "assist-known"), model.as_deref())),
        Hint::NoDevice => ("? ", Tone::Warn, say(l, "assist-no-device").to_owned()),
        Hint::Near(near) if near.is_empty() => ("? ", Tone::Warn, say(l, "assist-no-near").to_owned()),
        Hint::Near(near) => {
            let numbers: Vec<String> = near.iter().map(ToString::to_string).collect();
            let text = say_with(l, "assist-near", &[("numbers", numbers.join(", ").into())]);
            ("→ ", Tone::Info, text)
        }
        Hint::Sim { here, seen, changed } => {
            let (glyph, tone, mut text) = match here {
                Some(to) => {
                    let args = [("to", to.to_string().into())];
                    ("✓ ", Tone::Good, say_with(l, "assist-seen-here", &args))
                }
                None if *seen => ("≠ ", Tone::Bad, say(l, "assist-seen-elsewhere").to_owned()),
                None => ("? ", Tone::Warn, say(l, "assist-never-seen").to_owned()),
            };
            if let Some(changed) = changed {
                let day = changed.day().to_string();
                text.push_str("; ");
                text.push_str(&say_with(l, "assist-changed", &[("day", day.into())]));
            }
            (glyph, tone, text)
        }
        Hint::Feed => ("✓ ", Tone::Good, say(l, "assist-feed").to_owned()),
        Hint::NoFeed(near) if near.is_empty() => ("? ", Tone::Warn, say(l, "assist-no-feed").to_owned()),
        Hint::NoFeed(near) => {
            let text = say_with(l, "assist-no-feed-near", &[("names", near.join(", ").into())]);
            ("→ ", Tone::Info, text)
        }
        Hint::Receipt { ours: Some(true) } => ("✓ ", Tone::Good, say(l, "assist-receipt-ours").to_owned()),
        Hint::Receipt { ours: Some(false) } => ("≠ ", Tone::Bad, say(l, "assist-receipt-other").to_owned()),
        Hint::Receipt { ours: None } => ("✓ ", Tone::Good, say(l, "assist-receipt").to_owned()),
        Hint::NotInFeed => ("✗ ", Tone::Bad, say(l, "assist-not-in-feed").to_owned()),
        Hint::SaleDay { fits: true } => ("✓ ", Tone::Good, say(l, "assist-day-fits").to_owned()),
        Hint::SaleDay { fits: false } => ("≠ ", Tone::Bad, say(l, "assist-day-differs").to_owned()),
    }
}

fn device(what: &str, model: Option<&str>) -> String {
    model.map_or_else(|| what.to_owned(), |model| format!("{what}, {model}"))
}

/// What the barcodes on the picture say of a field of the form: the file itself, or what was typed and is not there.
pub fn barcodes(l: Language, form: &Form, field: &Field) -> Option<(&'static str, Tone, String)> {
    let (path, barcodes) = form.barcodes.as_ref()?;
    if path != form.value("file") {
        return None;
    }
    if field.key == "file" {
        return Some(match barcodes {
            Barcodes::Reading => ("◌ ", Tone::Info, say(l, "assist-barcodes-reading").to_owned()),
            Barcodes::NoPicture => ("○ ", Tone::Dim, say(l, "assist-barcodes-no-picture").to_owned()),
            Barcodes::Say(seen) if seen.is_empty() => match seen.doubt {
                None => ("○ ", Tone::Warn, say(l, "assist-barcodes-none").to_owned()),
                Some(doubt) => {
                    let why = say(l, words::doubt(doubt));
                    ("! ", Tone::Warn, say_with(l, "assist-barcodes-doubt", &[("why", why.into())]))
                }
            },
            Barcodes::Say(seen) => {
                let what = words::barcodes(l, seen);
                ("✓ ", Tone::Good, say_with(l, "assist-barcodes-say", &[("what", what.into())]))
            }
        });
    }
    let Barcodes::Say(seen) = barcodes else { return None };
    let other = match field.key {
        "box_imei" => {
            let typed = Imei::parse(field.value()).ok()?;
            let first = seen.imeis.first()?;
            (!seen.imeis.contains(&typed)).then(|| first.to_string())
        }
        "box_serial" => seen.instead_of(&Serial::parse(field.value()).ok()?).map(ToString::to_string),
        _ => None,
    }?;
    Some(("✗ ", Tone::Bad, say_with(l, "assist-barcodes-other", &[("what", other.into())])))
}

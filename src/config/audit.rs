//! `[audit]`: to whom the log's signed head is sent, and how often.

use toml::Spanned;

use crate::domain::Email;
use crate::words::Phrase;

/// Where signed heads go by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// Seconds between two; `None`: never.
    pub every: Option<i64>,
    /// To whom, by mail.
    pub to: Vec<Email>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileAudit {
    checkpoint: Option<Spanned<String>>,
    #[serde(default)]
    to: Vec<Spanned<String>>,
}

impl FileAudit {
    /// The settings, or the place of one that cannot be and what it may be.
    pub fn read(self) -> Result<Heads, (usize, Phrase)> {
        let mut heads = Heads::default();
        for to in &self.to {
            let wrong = (to.span().start, Phrase::of("config-head-to"));
            heads.to.push(Email::parse(to.get_ref()).map_err(|_| wrong)?);
        }
        if let Some(every) = self.checkpoint {
            let at = every.span().start;
            heads.every = Some(seconds(every.get_ref()).ok_or((at, Phrase::of("config-head-every")))?);
            if heads.to.is_empty() {
                return Err((at, Phrase::of("config-head-nobody")));
            }
        }
        Ok(heads)
    }
}

/// `12 h`, `1 d`, `2 w`.
fn seconds(text: &str) -> Option<i64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let unit = match unit {
        "h" => 3600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => return None,
    };
    number.parse::<i64>().ok().filter(|n| (1..=1000).contains(n)).map(|n| n * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_a_unit() {
        for (text, wanted) in [
            ("12 h", Some(43_200)),
            ("1 d", Some(86_400)),
            ("2 w", Some(1_209_600)),
            ("1d", None),
            ("-1 d", None),
            ("1 y", None),
        ] {
            assert_eq!(seconds(text), wanted, "{text}");
        }
    }
}

//! `[retention]`: how long rows of lists are kept that only tell of the past, and closed tickets what they say.

use crate::words::Phrase;

/// The checks look back for months, and a year's list is compared with the year before.
const LISTS: i64 = 400;
/// Longer than any check looks back at another ticket, and than objections and complaints take.
const TICKETS: i64 = 180;
/// A hundred years.
const MOST: i64 = 36_500;

/// Days for which rows are kept; `None`: for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Sightings of SIMs in devices, from their last day on.
    pub sightings_days: Option<i64>,
    /// Changes of SIMs.
    pub sim_changes_days: Option<i64>,
    /// Notices that their list dropped, from the day they count as cleared.
    pub notices_days: Option<i64>,
    /// What closed tickets say of people, from the last act on them.
    pub tickets_days: Option<i64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
// The names are the file's.
#[allow(clippy::struct_field_names)]
pub(super) struct FileRetention {
    sightings_days: Option<toml::Spanned<i64>>,
    sim_changes_days: Option<toml::Spanned<i64>>,
    notices_days: Option<toml::Spanned<i64>>,
    tickets_days: Option<toml::Spanned<i64>>,
}

impl FileRetention {
    /// The settings, or the place of one that cannot be and what it may be.
    pub fn read(self) -> Result<Retention, (usize, Phrase)> {
        let days = |given: Option<toml::Spanned<i64>>, name: &'static str, least: i64| match given {
            None => Ok(None),
            Some(days) => match *days.get_ref() {
                0 => Ok(None),
                n if (least..=MOST).contains(&n) => Ok(Some(n)),
                _ => {
                    let said = Phrase::of("config-retention").with("name", name);
                    Err((
                        days.span().start,
                        said.with("least", least.to_string()).with("most", MOST.to_string()),
                    ))
                }
            },
        };
        Ok(Retention {
            sightings_days: days(self.sightings_days, "sightings_days", LISTS)?,
            sim_changes_days: days(self.sim_changes_days, "sim_changes_days", LISTS)?,
            notices_days: days(self.notices_days, "notices_days", LISTS)?,
            tickets_days: days(self.tickets_days, "tickets_days", TICKETS)?,
        })
    }
}

//! `[retention]`: how long rows of lists are kept that only tell of the past.

use crate::words::Phrase;

/// Days for which rows are kept; `None`: for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Sightings of SIMs in devices, from their last day on.
    pub sightings_days: Option<i64>,
    /// Changes of SIMs.
    pub sim_changes_days: Option<i64>,
    /// Notices that their list dropped, from the day they count as cleared.
    pub notices_days: Option<i64>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
// The names are the file's.
#[allow(clippy::struct_field_names)]
pub(super) struct FileRetention {
    sightings_days: Option<toml::Spanned<i64>>,
    sim_changes_days: Option<toml::Spanned<i64>>,
    notices_days: Option<toml::Spanned<i64>>,
}

impl FileRetention {
    /// The settings, or the place of one that cannot be and what it may be.
    pub fn read(self) -> Result<Retention, (usize, Phrase)> {
        let days = |given: Option<toml::Spanned<i64>>, name: &str| match given {
            None => Ok(None),
            Some(days) => match *days.get_ref() {
                0 => Ok(None),
                // The checks look back for months, and a year's list is compared with the year before.
                n @ 400..=36_500 => Ok(Some(n)),
                _ => Err((days.span().start, Phrase::of("config-retention").with("name", name))),
            },
        };
        Ok(Retention {
            sightings_days: days(self.sightings_days, "sightings_days")?,
            sim_changes_days: days(self.sim_changes_days, "sim_changes_days")?,
            notices_days: days(self.notices_days, "notices_days")?,
        })
    }
}

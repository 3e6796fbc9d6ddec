//! `config.toml` of a desk: its region, its working hours, how messages leave the house, how long a lease lasts.
//!
//! The file is never written by the program; `latchkey config template` prints a commented one.

mod audit;
mod calendar;
mod dispatch;
mod retention;
mod screen;
mod theme;

use std::collections::BTreeMap;

use crate::domain::{Calendar, Region};
use crate::words::Phrase;

pub use audit::Heads;
pub use dispatch::{Dispatch, Smtp, Tls, Way};
pub use retention::Retention;
pub use screen::{Binding, Screen};
pub use theme::Theme;

/// A commented file with every setting at its default.
pub const TEMPLATE: &str = include_str!("template.toml");

/// What is wrong with a `config.toml`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ConfigError {
    /// 1-based.
    pub line: usize,
    /// The setting at fault and what it may be.
    pub what: Phrase,
}

/// The settings of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where telephone numbers without a country code are read.
    pub region: Region,
    /// How long a taken ticket stays with its agent, in minutes.
    pub lease_minutes: i64,
    /// Hours after which a registry list is stale.
    pub stale_hours: i64,
    /// The desk's name in its log's checkpoints; the desk's id where none is set.
    pub origin: Option<String>,
    /// How codes, owner notices and replies leave the house.
    pub dispatch: Dispatch,
    /// To whom the log's signed head is sent, and how often.
    pub heads: Heads,
    /// The desk's working hours; due times count these alone.
    pub calendar: Calendar,
    /// How the screens begin.
    pub screen: Screen,
    /// Program and arguments that show a file of evidence; `{file}` is replaced. No shell; empty where there is none.
    pub viewer: Vec<String>,
    /// How long rows of lists are kept that only tell of the past.
    pub retention: Retention,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            region: Region::default(),
            lease_minutes: 30,
            stale_hours: 48,
            origin: None,
            dispatch: Dispatch::default(),
            heads: Heads::default(),
            calendar: Calendar::default(),
            screen: Screen::default(),
            viewer: Vec::new(),
            retention: Retention::default(),
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    region: Option<toml::Spanned<String>>,
    lease_minutes: Option<toml::Spanned<i64>>,
    stale_hours: Option<toml::Spanned<i64>>,
    origin: Option<toml::Spanned<String>>,
    dispatch: Option<dispatch::FileDispatch>,
    audit: Option<audit::FileAudit>,
    calendar: Option<calendar::FileCalendar>,
    screen: Option<screen::FileScreen>,
    viewer: Option<FileViewer>,
    retention: Option<retention::FileRetention>,
    keys: Option<BTreeMap<toml::Spanned<String>, toml::Spanned<screen::FileKeys>>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileViewer {
    command: Option<toml::Spanned<Vec<String>>>,
}

impl Config {
    /// Reads a `config.toml`.
    ///
    /// # Errors
    /// The first line that is not in form.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let at = |offset: usize, what: Phrase| ConfigError {
            line: 1 + text.bytes().take(offset).filter(|b| *b == b'\n').count(),
            what,
        };
        let file: File =
            toml::from_str(text).map_err(|e| at(e.span().map_or(0, |s| s.start), toml_says(&e)))?;
        let mut config = Self::default();
        if let Some(region) = file.region {
            config.region = Region::parse(region.get_ref())
                .map_err(|_| at(region.span().start, Phrase::of("config-region")))?;
        }
        if let Some(minutes) = file.lease_minutes {
            if !(1..=1440).contains(minutes.get_ref()) {
                return Err(at(minutes.span().start, range("lease_minutes", 1, 1440)));
            }
            config.lease_minutes = *minutes.get_ref();
        }
        if let Some(hours) = file.stale_hours {
            if !(1..=8760).contains(hours.get_ref()) {
                return Err(at(hours.span().start, range("stale_hours", 1, 8760)));
            }
            config.stale_hours = *hours.get_ref();
        }
        if let Some(origin) = file.origin {
            let good = |c: char| c.is_ascii_alphanumeric() || "./-_".contains(c);
            if origin.get_ref().is_empty() || !origin.get_ref().chars().all(good) {
                return Err(at(origin.span().start, Phrase::of("config-origin")));
            }
            config.origin = Some(origin.into_inner());
        }
        if let Some(file) = file.dispatch {
            file.read(&mut config.dispatch).map_err(|(offset, what)| at(offset, what))?;
        }
        if let Some(file) = file.audit {
            config.heads = file.read().map_err(|(offset, what)| at(offset, what))?;
        }
        if let Some(file) = file.calendar {
            config.calendar = file.read().map_err(|(offset, what)| at(offset, what))?;
        }
        if let Some(file) = file.retention {
            config.retention = file.read().map_err(|(offset, what)| at(offset, what))?;
        }
        if let Some(file) = file.screen {
            file.read(&mut config.screen).map_err(|(offset, what)| at(offset, what))?;
        }
        if let Some(command) = file.viewer.and_then(|viewer| viewer.command) {
            if command.get_ref().first().is_none_or(String::is_empty) {
                return Err(at(command.span().start, Phrase::of("config-command")));
            }
            config.viewer = command.into_inner();
        }
        if let Some(file) = file.keys {
            config.screen.keys = screen::keys(file, |offset| at(offset, Phrase::none()).line);
        }
        Ok(config)
    }
}

/// What the TOML parser says: its own words, which are English.
fn toml_says(error: &toml::de::Error) -> Phrase {
    Phrase::of("config-toml").with("why", error.message().to_owned())
}

/// What a number may be.
fn range(name: &'static str, least: impl std::fmt::Display, most: impl std::fmt::Display) -> Phrase {
    let said = Phrase::of("config-range").with("name", name);
    said.with("least", least.to_string()).with("most", most.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_says_the_defaults() {
        assert_eq!(Config::parse(TEMPLATE), Ok(Config::default()));
    }

    #[test]
    fn a_wrong_setting_is_named_by_its_line() {
        for (text, line) in [
            ("region = \"RU\"\nlease_minutes = 0\n", 2),
            ("\n\ncolour = 1\n", 3),
            ("region = \"Atlantis\"", 1),
            ("[screen]\ntheme = \"pink\"", 2),
            ("[screen]\nlanguage = \"de\"", 2),
            ("[screen]\nlock_minutes = -1", 2),
            ("[viewer]\ncommand = []", 2),
            ("[viewer]\nprogram = \"x\"", 2),
            ("[keys]\ndecide = 1", 2),
            ("[retention]\nnotices_days = 0\nsightings_days = 30", 3),
            ("[audit]\ncheckpoint = \"daily\"\nto = [\"a@b.example\"]", 2),
            ("[audit]\ncheckpoint = \"0 d\"\nto = [\"a@b.example\"]", 2),
            ("[audit]\ncheckpoint = \"1 d\"", 2),
            ("[audit]\ncheckpoint = \"1 d\"\nto = [\"nobody\"]", 3),
            ("[calendar]\noffset = \"3\"", 2),
            ("[calendar]\ndays = []", 2),
            ("[calendar]\ndays = [\"mo\"]", 2),
            ("[calendar]\nhours = \"18:00-09:00\"", 2),
            ("[calendar]\nhours = \"09:00-24:30\"", 2),
            ("[calendar]\nholidays = [\"2027-01-01\",\n \"1 May\"]", 3),
        ] {
            assert_eq!(Config::parse(text).map_err(|e| e.line), Err(line), "{text}");
        }
    }
}

//! What a file holds, found out from its name and its header; what came of it.

use std::path::Path;

use super::{CaseSummary, ImportOptions, ListSummary, OnProgress, source};
use crate::desk::{Desk, Failure};
use crate::domain::List;
use crate::intake::mail::MailShape;
use crate::intake::{CaseReader, Format, ListOptions, ListReader};
use crate::store::Statements;
use crate::store::desk::tickets::{self, Ticket};
use crate::words::Phrase;

/// What a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Requests of customers.
    Cases,
    /// A registry list.
    List(List),
}

impl Content {
    /// Everything that can be imported.
    pub fn all() -> Vec<Self> {
        std::iter::once(Self::Cases).chain(List::ALL.iter().map(|list| Self::List(*list))).collect()
    }

    /// The word that the command line uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::List(list) => list.as_str(),
        }
    }

    /// The one after it, or before it.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        let all = Self::all();
        let at = all.iter().position(|c| *c == self).unwrap_or(0);
        let to = (at + if forward { 1 } else { all.len() - 1 }) % all.len();
        all.get(to).copied().unwrap_or(self)
    }
}

/// What an import did.
pub enum Outcome {
    /// Of cases.
    Cases(CaseSummary),
    /// Of a registry list.
    List(ListSummary),
}

impl Desk {
    /// What a file seems to hold: what its name says, if its header agrees, else the first that its header
    /// fits.
    pub fn guess(&self, path: &Path) -> Result<Content, Failure> {
        if MailShape::named(path).is_some() {
            return Ok(Content::Cases);
        }
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let mut all = Content::all();
        all.sort_by_key(|c| !name.contains(c.as_str()));
        for content in all {
            if self.opens(content, path)? {
                return Ok(content);
            }
        }
        Err(Failure::state(Phrase::of("fail-guess"))
            .at(path.display().to_string())
            .hint(Phrase::of("hint-guess")))
    }

    fn opens(&self, content: Content, path: &Path) -> Result<bool, Failure> {
        let source = source(path)?;
        let (region, now) = (self.config.region, self.now());
        Ok(match content {
            Content::Cases => CaseReader::open(source, Format::Auto, region, now).is_ok(),
            Content::List(list) => {
                let options = ListOptions { region, now, delta: false, format: Format::Auto };
                ListReader::open(list, source, options).is_ok()
            }
        })
    }

    /// Imports a file of either kind.
    pub fn import(
        &mut self,
        content: Content,
        path: &Path,
        options: &ImportOptions,
        progress: OnProgress<'_>,
    ) -> Result<Outcome, Failure> {
        match content {
            Content::Cases => self.import_cases(path, options, progress).map(Outcome::Cases),
            Content::List(list) => self.import_list(list, path, options, progress).map(Outcome::List),
        }
    }

    /// The number that the next new ticket will have.
    pub fn next_ticket(&self) -> Result<i64, Failure> {
        Ok(tickets::next_id(self.db())?)
    }

    /// The tickets from one number up to before another, at most so many.
    pub fn tickets_between(&self, from: i64, to: i64, most: usize) -> Result<Vec<Ticket>, Failure> {
        let mut found = Vec::new();
        for id in (from..to).take(most) {
            found.extend(tickets::get(&Statements::new(self.db()), id)?);
        }
        Ok(found)
    }
}

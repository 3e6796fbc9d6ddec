//! One failure at the edge: what, where, why, and what to do next.

use crate::store::StoreError;
use crate::words::{Language, Phrase};

/// What a failure means to whoever started the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The data or the state does not allow it.
    State,
    /// The command was put wrongly.
    Usage,
    /// Imported in part.
    Partial,
    /// A verification failed.
    Verification,
    /// Policy or role forbid it.
    Refused,
    /// A fault of the program.
    Internal,
}

impl Kind {
    /// The exit code of CONTRACT.md §1.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::State => 1,
            Self::Usage => 2,
            Self::Partial => 3,
            Self::Verification => 4,
            Self::Refused => 5,
            Self::Internal => 70,
        }
    }
}

/// Why something was not done. Nothing is half done after one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Whose fault it is; decides the exit code.
    pub kind: Kind,
    /// What could not be done, and why: whole sentences.
    pub what: Phrase,
    /// File, line, column, value: where there is such a place.
    pub place: Option<Box<Phrase>>,
    /// What to do next.
    pub hint: Option<Box<Phrase>>,
}

impl Failure {
    fn new(kind: Kind, what: impl Into<Phrase>) -> Self {
        Self { kind, what: what.into().shown(), place: None, hint: None }
    }

    /// The data or the state does not allow it.
    pub fn state(what: impl Into<Phrase>) -> Self {
        Self::new(Kind::State, what)
    }

    /// The command was put wrongly.
    pub fn usage(what: impl Into<Phrase>) -> Self {
        Self::new(Kind::Usage, what)
    }

    /// Policy or role forbid it.
    pub fn refused(what: impl Into<Phrase>) -> Self {
        Self::new(Kind::Refused, what)
    }

    /// A verification failed.
    pub fn verification(what: impl Into<Phrase>) -> Self {
        Self::new(Kind::Verification, what)
    }

    /// A fault of the program or of the machine.
    pub fn internal(what: impl Into<Phrase>) -> Self {
        Self::new(Kind::Internal, what)
    }

    /// The program's own fault, in its own words: what cannot be, if nobody changed the desk behind its back.
    pub fn fault(why: impl std::fmt::Display) -> Self {
        Self::internal(Phrase::of("fail-fault").with("why", why.to_string()))
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl Into<Phrase>) -> Self {
        self.place = Some(Box::new(place.into().shown()));
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Phrase>) -> Self {
        self.hint = Some(Box::new(hint.into().shown()));
        self
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.what)?;
        if let Some(hint) = &self.hint {
            write!(f, "\nHint: {hint}")?;
        }
        Ok(())
    }
}

impl Failure {
    /// What could not be done, and what to do next, in a language.
    pub fn said(&self, language: Language) -> String {
        let what = self.what.said(language).into_owned();
        match &self.hint {
            Some(hint) => format!("{what} {}", hint.said(language)),
            None => what,
        }
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Sql(_) | StoreError::Nonsense { .. } | StoreError::Damaged(_) => {
                Self::internal(error.phrase())
            }
            StoreError::Shape { .. } => Self::verification(error.phrase()),
            other => Self::state(other.phrase()),
        }
    }
}

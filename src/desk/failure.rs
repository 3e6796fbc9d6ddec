//! One failure at the edge: what, where, why, and what to do next.

use crate::domain::Shown;
use crate::store::StoreError;

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
    pub what: String,
    /// File, line, column, value: where there is such a place.
    pub place: Option<String>,
    /// What to do next.
    pub hint: Option<String>,
}

impl Failure {
    fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, what: Shown(&what.into()).to_string(), place: None, hint: None }
    }

    /// The data or the state does not allow it.
    pub fn state(what: impl Into<String>) -> Self {
        Self::new(Kind::State, what)
    }

    /// The command was put wrongly.
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Kind::Usage, what)
    }

    /// Policy or role forbid it.
    pub fn refused(what: impl Into<String>) -> Self {
        Self::new(Kind::Refused, what)
    }

    /// A verification failed.
    pub fn verification(what: impl Into<String>) -> Self {
        Self::new(Kind::Verification, what)
    }

    /// A fault of the program or of the machine.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::new(Kind::Internal, what)
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(Shown(&place.into()).to_string());
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(Shown(&hint.into()).to_string());
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

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Sql(_) | StoreError::Nonsense { .. } | StoreError::Damaged(_) => {
                Self::internal(error.to_string())
            }
            other => Self::state(other.to_string()),
        }
    }
}

/// Words as a sentence: a capital letter, and an end.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    let end = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}{end}", chars.as_str())
}

/// The system's sentence without its number: `No such file or directory (os error 2)`.
pub(super) fn io_words(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

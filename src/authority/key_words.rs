//! What is wrong with a key file, as a sentence.

use super::keyfile::{KeyError, KeyProblem, MAX_FILE};
use crate::words::{Part, Phrase};

impl KeyError {
    /// The file and what is wrong with it, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        let path = format!("{:?}", self.path.display().to_string());
        Phrase::of("keyfile-at").with("path", path).with("problem", self.problem.phrase())
    }
}

impl KeyProblem {
    /// What is wrong, and the way out, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        let mode = |mode: &u32| format!("{mode:04o}");
        match self {
            Self::NotFound => Phrase::of("keyfile-missing"),
            Self::Symlink => Phrase::of("keyfile-symlink"),
            Self::NotRegular => Phrase::of("keyfile-not-regular"),
            Self::ForeignOwner { owner } => Phrase::of("keyfile-owner").with("owner", owner.to_string()),
            Self::LooseMode { mode: bits } => Phrase::of("keyfile-mode").with("mode", mode(bits)),
            Self::LooseFolder { mode: bits, owner } => {
                Phrase::of("keyfile-folder").with("mode", mode(bits)).with("owner", owner.to_string())
            }
            Self::Empty => Phrase::of("keyfile-empty"),
            Self::TooLong => Phrase::of("keyfile-long").with("most", MAX_FILE.to_string()),
            Self::TwoKeys(n) => Phrase::of("keyfile-two").with("n", n.to_string()),
            Self::PublicKey => Phrase::of("keyfile-public"),
            Self::OtherLabel(label) => Phrase::of("keyfile-label").with("label", label.as_str()),
            Self::NotPem => Phrase::of("keyfile-no-pem"),
            Self::Damaged(why) => Phrase::of("keyfile-damaged").with("why", why.clone()),
            Self::NotEd25519 => Phrase::of("keyfile-kind"),
            Self::NeedsPassphrase => Phrase::of("keyfile-encrypted"),
            Self::WrongPassphrase => Phrase::of("keyfile-passphrase"),
            Self::Unprotected => Phrase::of("keyfile-unprotected"),
            Self::TooCostly(scheme) => Phrase::of("keyfile-costly").with("scheme", *scheme),
            Self::EmptyPassphrase => Phrase::of("keyfile-empty-passphrase"),
            Self::Exists => Phrase::of("keyfile-exists"),
            Self::Io { action, source } => {
                Phrase::of("keyfile-io").with("action", Part::Word(action)).with("why", source)
            }
            Self::Random(why) => why.phrase(),
        }
    }
}

//! What the operating system answers, as far as people meet it; anything else in its own words.

use std::io::{Error, ErrorKind};

use super::Phrase;

impl From<&Error> for Phrase {
    fn from(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::of("io-not-found"),
            ErrorKind::PermissionDenied => Self::of("io-denied"),
            ErrorKind::AlreadyExists => Self::of("io-exists"),
            ErrorKind::StorageFull => Self::of("io-full"),
            ErrorKind::IsADirectory => Self::of("io-folder"),
            ErrorKind::NotADirectory => Self::of("io-no-folder"),
            ErrorKind::ReadOnlyFilesystem => Self::of("io-readonly"),
            _ => Self::from(plain(&error.to_string())),
        }
    }
}

/// The system's sentence without its number, as the inside of another: `file too large`.
fn plain(text: &str) -> String {
    let words = text.split(" (os error").next().unwrap_or(text);
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn the_systems_answer_is_said_without_its_number() {
        for (code, english, russian) in [
            (2, "no such file or directory", "такого файла или папки нет"),
            (13, "permission denied", "нет прав"),
            (28, "no space left on device", "на диске нет места"),
            (5, "input/output error", "input/output error"),
        ] {
            let said = Phrase::from(&Error::from_raw_os_error(code));
            assert_eq!(
                (said.said(Language::English), said.said(Language::Russian)),
                (english.into(), russian.into())
            );
        }
    }
}

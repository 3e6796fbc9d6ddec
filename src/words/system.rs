//! What the operating system answers, in words of the screens; what hardly anybody meets follows in its own words.

use std::io::{Error, ErrorKind};

use super::Phrase;

impl From<&Error> for Phrase {
    fn from(error: &Error) -> Self {
        if let Some(id) = error.raw_os_error().and_then(of_code) {
            return Self::of(id);
        }
        match of_kind(error.kind()) {
            Some(id) => Self::of(id),
            None => Self::of("io-other").with("why", plain(&error.to_string())),
        }
    }
}

/// Answers that have no kind of their own, by their number on Linux.
const fn of_code(code: i32) -> Option<&'static str> {
    Some(match code {
        5 => "io-disk",
        6 | 19 => "io-device",
        23 | 24 => "io-open-files",
        40 => "io-links",
        _ => return None,
    })
}

const fn of_kind(kind: ErrorKind) -> Option<&'static str> {
    use ErrorKind as E;
    Some(match kind {
        E::NotFound => "io-not-found",
        E::PermissionDenied => "io-denied",
        E::AlreadyExists => "io-exists",
        E::StorageFull => "io-full",
        E::QuotaExceeded => "io-quota",
        E::FileTooLarge => "io-large",
        E::IsADirectory => "io-folder",
        E::NotADirectory => "io-no-folder",
        E::DirectoryNotEmpty => "io-not-empty",
        E::ReadOnlyFilesystem => "io-readonly",
        E::InvalidFilename => "io-name",
        E::ResourceBusy | E::ExecutableFileBusy => "io-busy",
        E::Deadlock | E::WouldBlock => "io-again",
        E::CrossesDevices => "io-devices",
        E::TooManyLinks => "io-links-many",
        E::StaleNetworkFileHandle => "io-stale",
        E::NotSeekable => "io-seek",
        E::TimedOut => "io-time",
        E::Interrupted => "io-interrupted",
        E::UnexpectedEof => "io-short",
        E::WriteZero => "io-write",
        E::InvalidData => "io-data",
        E::InvalidInput => "io-input",
        E::BrokenPipe => "io-pipe",
        E::OutOfMemory => "io-memory",
        E::Unsupported => "io-unsupported",
        E::ArgumentListTooLong => "io-arguments",
        E::ConnectionRefused => "io-refused",
        E::ConnectionReset | E::ConnectionAborted | E::NotConnected => "io-cut",
        E::HostUnreachable | E::NetworkUnreachable | E::NetworkDown => "io-unreachable",
        E::AddrInUse | E::AddrNotAvailable => "io-address",
        _ => return None,
    })
}

/// The system's sentence without its number, as the inside of another: `no such process`.
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
            (36, "file name too long", "слишком длинное имя файла"),
            (5, "input/output error", "диск не читается или не пишется (ошибка ввода-вывода)"),
            (3, "no such process", "ответ системы: `no such process`"),
        ] {
            let said = Phrase::from(&Error::from_raw_os_error(code));
            assert_eq!(
                (said.said(Language::English), said.said(Language::Russian)),
                (english.into(), russian.into())
            );
        }
    }

    #[test]
    fn whatever_the_system_answers_is_a_russian_sentence() {
        for code in 1..=133 {
            let phrase = Phrase::from(&Error::from_raw_os_error(code));
            let (said, english) = (phrase.said(Language::Russian), phrase.said(Language::English));
            let ours = said.split('`').next().unwrap_or_default();
            assert!(ours.chars().any(|c| ('а'..='я').contains(&c)), "{code}: {said}");
            assert!(!english.is_empty() && !english.contains("os error"), "{code}: {english}");
        }
    }
}

//! `[dispatch]`: how codes, owner notices and replies leave the house.

use std::path::PathBuf;

use lettre::message::Mailbox;
use toml::Spanned;

use crate::domain::ContactKind;
use crate::words::Phrase;

/// How codes, owner notices and replies leave the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// Program and arguments; `{to}`, `{code}`, `{language}`, `{id}`, `{kind}` and `{channel}` are replaced. No shell.
    pub command: Vec<String>,
    /// Mail goes through this server.
    pub smtp: Option<Smtp>,
    /// Mail is laid into this folder, a file (`.eml`) each.
    pub folder: Option<PathBuf>,
    /// Who mail comes from.
    pub from: Option<String>,
    /// The language for whoever names none (ISO 639-1).
    pub language: Option<String>,
    /// Seconds after which a try that has not ended is stopped.
    pub timeout_seconds: u64,
    /// Tries before a message has failed.
    pub tries: i64,
    /// Seconds before the second try; every further one waits twice as long, an hour at most.
    pub backoff_seconds: i64,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Who logs in.
    pub user: Option<String>,
    /// The file whose first line is the password.
    pub password_file: Option<PathBuf>,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (RFC 8314; port 465).
    Implicit,
    /// After STARTTLS, which the server must offer (port 587).
    Starttls,
    /// Not at all: only to this machine itself.
    None,
}

/// One way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// The site's own command.
    Command(&'a [String]),
    /// A mail server.
    Smtp(&'a Smtp),
    /// A folder.
    Folder(&'a PathBuf),
}

impl Way<'_> {
    /// What it is called in settings and on screens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Command(_) => "command",
            Self::Smtp(_) => "smtp",
            Self::Folder(_) => "folder",
        }
    }
}

impl Default for Dispatch {
    fn default() -> Self {
        Self {
            command: Vec::new(),
            smtp: None,
            folder: None,
            from: None,
            language: None,
            timeout_seconds: 30,
            tries: 12,
            backoff_seconds: 30,
        }
    }
}

impl Dispatch {
    /// The way that messages to such a contact go; `None` where there is none.
    pub fn way(&self, to: ContactKind) -> Option<Way<'_>> {
        let mail = to == ContactKind::Email;
        let smtp = self.smtp.as_ref().filter(|_| mail).map(Way::Smtp);
        let folder = self.folder.as_ref().filter(|_| mail).map(Way::Folder);
        let command = Some(self.command.as_slice()).filter(|c| !c.is_empty()).map(Way::Command);
        smtp.or(folder).or(command)
    }

    /// Seconds between a failed try (1 for the first) and the next.
    pub fn pause(&self, tries: i64) -> i64 {
        let doublings = u32::try_from(tries.clamp(1, 12) - 1).unwrap_or(0);
        self.backoff_seconds.saturating_mul(1_i64 << doublings).min(3600)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDispatch {
    command: Option<Spanned<Vec<String>>>,
    smtp: Option<Spanned<FileSmtp>>,
    folder: Option<PathBuf>,
    from: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    timeout_seconds: Option<Spanned<u64>>,
    tries: Option<Spanned<i64>>,
    backoff_seconds: Option<Spanned<i64>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSmtp {
    host: String,
    port: Option<u16>,
    tls: Option<Spanned<String>>,
    user: Option<String>,
    password_file: Option<PathBuf>,
}

/// Offset of what is wrong, and what.
type Wrong = (usize, Phrase);

fn within<T: PartialOrd + Copy + std::fmt::Display>(
    given: Option<Spanned<T>>,
    into: &mut T,
    name: &'static str,
    (least, most): (T, T),
) -> Result<(), Wrong> {
    let Some(given) = given else { return Ok(()) };
    if *given.get_ref() < least || *given.get_ref() > most {
        return Err((given.span().start, super::range(name, least, most)));
    }
    *into = *given.get_ref();
    Ok(())
}

impl FileDispatch {
    pub(super) fn read(self, into: &mut Dispatch) -> Result<(), Wrong> {
        if let Some(command) = self.command {
            if command.get_ref().first().is_some_and(String::is_empty) {
                return Err((command.span().start, Phrase::of("config-command")));
            }
            into.command = command.into_inner();
        }
        into.folder = self.folder;
        if let Some(from) = self.from {
            from.get_ref()
                .parse::<Mailbox>()
                .map_err(|e| (from.span().start, Phrase::of("config-from").with("why", e.to_string())))?;
            into.from = Some(from.into_inner());
        }
        if let Some(language) = self.language {
            let good = (2..=3).contains(&language.get_ref().len())
                && language.get_ref().bytes().all(|b| b.is_ascii_lowercase());
            if !good {
                return Err((language.span().start, Phrase::of("config-code")));
            }
            into.language = Some(language.into_inner());
        }
        if let Some(smtp) = self.smtp {
            let at = smtp.span().start;
            into.smtp = Some(smtp.into_inner().read(at)?);
            if into.from.is_none() {
                return Err((at, Phrase::of("config-smtp-from")));
            }
        }
        within(self.timeout_seconds, &mut into.timeout_seconds, "timeout_seconds", (1, 600))?;
        within(self.tries, &mut into.tries, "tries", (1, 100))?;
        within(self.backoff_seconds, &mut into.backoff_seconds, "backoff_seconds", (1, 3600))
    }
}

impl FileSmtp {
    fn read(self, at: usize) -> Result<Smtp, Wrong> {
        let tls = match self.tls.as_ref().map(|t| t.get_ref().as_str()) {
            None | Some("implicit") => Tls::Implicit,
            Some("starttls") => Tls::Starttls,
            Some("none") if ["localhost", "127.0.0.1", "::1"].contains(&self.host.as_str()) => Tls::None,
            Some("none") => return Err((at, Phrase::of("config-tls-none"))),
            Some(_) => return Err((at, Phrase::of("config-tls"))),
        };
        if self.user.is_some() != self.password_file.is_some() {
            return Err((at, Phrase::of("config-user")));
        }
        let usual = match tls {
            Tls::Implicit => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        };
        Ok(Smtp {
            host: self.host,
            port: self.port.unwrap_or(usual),
            tls,
            user: self.user,
            password_file: self.password_file,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn mail_goes_its_own_way_and_telephones_the_command_s() {
        let read = |text: &str| Config::parse(&format!("[dispatch]\n{text}")).map(|c| c.dispatch);
        let names = |text: &str| {
            let dispatch = read(text).unwrap();
            [ContactKind::Email, ContactKind::Phone].map(|kind| dispatch.way(kind).map(Way::name))
        };
        assert_eq!(names(""), [None, None]);
        assert_eq!(names("command = [\"send\"]"), [Some("command"), Some("command")]);
        assert_eq!(names("command = [\"send\"]\nfolder = \"out\""), [Some("folder"), Some("command")]);
        let smtp = "from = \"Desk <desk@mail.example>\"\nsmtp = { host = \"mail.example\" }";
        assert_eq!(names(smtp), [Some("smtp"), None]);
        assert_eq!(read(smtp).unwrap().smtp.unwrap().port, 465);
        for (text, line) in [
            ("command = [\"\"]", 2),
            ("timeout_seconds = 0", 2),
            ("tries = 2\nbackoff_seconds = 0", 3),
            ("from = \"nobody\"", 2),
            ("language = \"Russian\"", 2),
            ("smtp = { host = \"mail.example\" }", 2),
            ("from = \"a@b.example\"\nsmtp = { host = \"mail.example\", tls = \"none\" }", 3),
            ("from = \"a@b.example\"\nsmtp = { host = \"mail.example\", user = \"desk\" }", 3),
        ] {
            assert_eq!(read(text).map_err(|e| e.line), Err(line), "{text}");
        }
    }

    #[test]
    fn pauses_double_up_to_an_hour() {
        let dispatch = Dispatch::default();
        assert_eq!([1, 2, 3, 7, 8, 99].map(|n| dispatch.pause(n)), [30, 60, 120, 1920, 3600, 3600]);
    }
}

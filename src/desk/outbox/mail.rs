//! Mail: through a server, or as a file in a folder.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, MessageBuilder, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as Protection, TlsParameters};
use lettre::{Message as Mail, SmtpTransport, Transport as _};

use super::carry::{Carried, Refusal};
use crate::config::{Smtp, Tls};
use crate::words::Phrase;

/// Who a folder's mail comes from where nobody says.
const NOBODY: &str = "Latchkey <latchkey@localhost>";

/// Builds a mail; no text can break out of its header. A repeat is the same mail, by its Message-ID.
fn mail(carried: &Carried, from: Option<&str>, at: i64) -> Result<Mail, Refusal> {
    let from: Mailbox = from.unwrap_or(NOBODY).parse().map_err(|e: lettre::address::AddressError| {
        Refusal::later(Phrase::of("leaving-from").with("why", e.to_string()))
    })?;
    let to: Mailbox = carried.to.parse().map_err(|_| Refusal::last(Phrase::of("leaving-address")))?;
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at).unwrap_or(0));
    let domain = from.email.domain().to_owned();
    let builder: MessageBuilder = Mail::builder()
        .from(from)
        .to(to)
        .subject(carried.subject.clone())
        .date(date)
        .message_id(Some(format!("<{}@{domain}>", carried.id)));
    builder
        .header(ContentType::TEXT_PLAIN)
        .body(carried.text.clone())
        .map_err(|e| Refusal::last(Phrase::of("leaving-no-mail").with("why", e.to_string())))
}

/// Lays a mail into a folder under its own name, whole or not at all. One that lies there already was sent.
pub(super) fn lay(carried: &Carried, folder: &Path, from: Option<&str>, at: i64) -> Result<(), Refusal> {
    let bytes = mail(carried, from, at)?.formatted();
    let name = folder.join(format!("{}.eml", carried.id));
    let fail = |e: &std::io::Error| {
        Refusal::later(
            Phrase::of("leaving-folder").with("folder", folder.display().to_string()).with("why", e),
        )
    };
    let mut file = tempfile::Builder::new().prefix(".latchkey-").tempfile_in(folder).map_err(|e| fail(&e))?;
    file.write_all(&bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| fail(&e))?;
    match file.persist_noclobber(&name) {
        Ok(_) => {}
        Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        Err(e) => return Err(fail(&e.error)),
    }
    std::fs::File::open(folder).and_then(|dir| dir.sync_all()).map_err(|e| fail(&e))
}

/// Hands a mail to a server.
pub(super) fn post(
    carried: &Carried,
    smtp: &Smtp,
    from: Option<&str>,
    at: i64,
    timeout: Duration,
) -> Result<(), Refusal> {
    let mail = mail(carried, from, at)?;
    let parameters = || {
        TlsParameters::new(smtp.host.clone())
            .map_err(|e| Refusal::later(Phrase::of("leaving-tls").with("why", e.to_string())))
    };
    let protection = match smtp.tls {
        Tls::Implicit => Protection::Wrapper(parameters()?),
        Tls::Starttls => Protection::Required(parameters()?),
        Tls::None => Protection::None,
    };
    let mut server =
        SmtpTransport::builder_dangerous(&smtp.host).port(smtp.port).timeout(Some(timeout)).tls(protection);
    if let (Some(user), Some(file)) = (&smtp.user, &smtp.password_file) {
        let text = std::fs::read_to_string(file)
            .map_err(|e| Refusal::later(Phrase::of("leaving-password").with("why", &e)))?;
        let password = text.lines().next().unwrap_or_default().to_owned();
        server = server.credentials(Credentials::new(user.clone(), password));
    }
    match server.build().send(&mail) {
        Ok(_) => Ok(()),
        // A server's "no, and never" (RFC 5321, 5yz).
        Err(e) => {
            let why =
                Phrase::of("leaving-server").with("host", smtp.host.as_str()).with("why", e.to_string());
            Err(Refusal { why, last: e.is_permanent() })
        }
    }
}

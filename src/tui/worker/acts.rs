//! Writes, one use-case of the desk each.

use std::io::Write as _;
use std::path::Path;

use super::job::{Act, Done};
use crate::desk::{Desk, Failure};

pub(super) fn run(desk: &mut Desk, id: i64, act: &Act) -> Result<Done, Failure> {
    let name = format!("#{id}");
    match act {
        Act::SendCode { channel, to } => {
            let sent = desk.send_code(&name, *channel, to.as_deref())?;
            Ok(Done::Sent { channel: *channel, to: sent.to, expires_at: sent.expires_at, code: sent.code })
        }
        Act::ConfirmCode { channel, code } => {
            let back = desk.confirm_code(&name, *channel, code)?;
            Ok(Done::ReadBack { confirmed: back.confirmed, tries_left: back.tries_left })
        }
        _ => Err(Failure::internal("not yet")),
    }
}

/// Writes a new file that nobody else may read; an existing one is left alone.
pub(super) fn save(path: &Path, text: &str) -> Result<(), Failure> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let failed = |e: std::io::Error| {
        let failure =
            Failure::state(format!("The file cannot be written: {e}.")).at(path.display().to_string());
        match e.kind() {
            std::io::ErrorKind::AlreadyExists => failure.hint("Choose another name; nothing was overwritten."),
            std::io::ErrorKind::NotFound => failure.hint("Name a folder that exists."),
            _ => failure,
        }
    };
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

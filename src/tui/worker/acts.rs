//! Writes, one use-case of the desk each.

use std::io::Write as _;
use std::path::Path;

use super::job::{Act, Done, Grant};
use crate::desk::proofs::{beside, check_proof, is_of_grant};
use crate::desk::{Desk, Failure};
use crate::domain::EvidenceKind;
use crate::words::Phrase;

pub(super) fn run(desk: &mut Desk, id: i64, act: &Act) -> Result<Done, Failure> {
    let name = name_of(desk, id)?;
    if matches!(act, Act::Note { .. }) {
        crate::tui::trip::over("worker");
    }
    match act {
        Act::Take { steal } => plain(desk.take(&name, steal.as_deref())),
        Act::Release => plain(desk.release(&name)),
        Act::SendCode { channel, to } => {
            let sent = desk.send_code(&name, *channel, to.as_deref())?;
            Ok(Done::Sent { channel: *channel, to: sent.to, expires_at: sent.expires_at, code: sent.code })
        }
        Act::ConfirmCode { channel, code } => {
            let back = desk.confirm_code(&name, *channel, code)?;
            Ok(Done::ReadBack { confirmed: back.confirmed, tries_left: back.tries_left })
        }
        Act::AddEvidence { kind: EvidenceKind::Facts, columns, .. } => {
            let given = columns.get("facts").map_or("", String::as_str);
            let back = desk.compare_facts(&name, given)?;
            Ok(Done::Answered { answers: back.answers, tries_left: back.tries_left })
        }
        Act::AddEvidence { kind, columns, file } => {
            plain(desk.add_evidence(&name, *kind, columns, file.as_deref()))
        }
        Act::RemoveEvidence { item } => plain(desk.remove_evidence(&name, *item)),
        Act::ConfirmOffer { offer, what } => plain(desk.confirm_offer(&name, *offer, Some(what))),
        Act::DismissOffer { offer } => plain(desk.dismiss_offer(&name, *offer)),
        Act::HearOwner => plain(desk.hear_owner(&name)),
        Act::SetRequest { request } => plain(desk.set_request(&name, *request)),
        Act::Decide { word, reason, overrides } => {
            plain(desk.decide(&name, *word, reason.as_deref(), *overrides))
        }
        Act::Approve { saw_number } => plain(desk.approve(&name, *saw_number)),
        Act::SendBack { reason } => plain(desk.send_back(&name, reason)),
        Act::ConfirmNotice => plain(desk.confirm_notice(&name)),
        Act::ClearNotice => plain(desk.clear_notice(&name)),
        Act::Clear { check, other, reason } => {
            let other = name_of(desk, *other)?;
            plain(desk.clear(&name, *check, &other, reason))
        }
        Act::Merge { from } => {
            let from = name_of(desk, *from)?;
            plain(desk.merge(&name, &from))
        }
        Act::Object { reason } => plain(desk.object(&name, reason.as_deref())),
        Act::Issue { audience, challenge } => {
            let issued = desk.issue(&name, audience.as_deref(), challenge.as_deref())?;
            Ok(Done::Issued(Grant {
                jti: issued.jti,
                token: issued.token,
                op: issued.op.to_string(),
                sub: issued.sub,
                aud: issued.aud,
                expires_at: issued.exp,
            }))
        }
        Act::Redeem => {
            let token = desk.screen(id)?.authorization.map(|a| a.token);
            let token = token.ok_or_else(|| Failure::state(Phrase::of("fail-none-out")))?;
            plain(desk.redeem(&token))
        }
        Act::ReadOut { centre, challenge } => {
            Ok(Done::ReadOut(Box::new(desk.read_out(&name, centre, challenge)?)))
        }
        Act::Accepted { code } => plain(desk.redeem_accepted(&name, code)),
        Act::Revoke { reason } => {
            let jti = desk.screen(id)?.authorization.map(|a| a.jti);
            let jti = jti.ok_or_else(|| Failure::state(Phrase::of("fail-none-out")))?;
            plain(desk.revoke(&jti, reason))
        }
        Act::Note { text } => plain(desk.note(&name, text)),
        Act::Wait => plain(desk.wait(&name)),
        Act::Close { word } => plain(desk.close(&name, word)),
        Act::Reopen => plain(desk.reopen(&name)),
        Act::Reply(read) => plain(desk.queue_read_reply(&name, read)),
        Act::Undo => Ok(Done::Undone(desk.undo(&name)?)),
    }
}

fn plain<T>(done: Result<T, Failure>) -> Result<Done, Failure> {
    done.map(|_| Done::Plain)
}

/// A name that means this ticket and no other: somebody's reference may look like another ticket's number.
pub(super) fn name_of(desk: &Desk, id: i64) -> Result<String, Failure> {
    for name in [format!("#{id}"), id.to_string(), format!("#0{id}"), format!("#00{id}")] {
        if desk.find(&name)? == id {
            return Ok(name);
        }
    }
    Err(Failure::state(Phrase::of("fail-lookalikes").with("id", id)).hint(Phrase::of("hint-lookalikes")))
}

/// Writes a new file that nobody else may read; an existing one is left alone.
/// Writes an authorization into a new file, and beside it the proof that its issue stands in the log.
pub(super) fn save_with_proof(desk: &mut Desk, path: &Path, text: &str, jti: &str) -> Result<(), Failure> {
    save(path, text)?;
    let place = beside(path);
    // It is kept as a token, as a code and as a page: one proof serves all.
    let keys = desk.log_keys();
    let there = std::fs::read_to_string(&place).ok().and_then(|text| check_proof(&text, &keys).ok());
    if there.is_some_and(|shows| is_of_grant(&shows, jti)) {
        return Ok(());
    }
    let proof = desk.prove(jti).and_then(|proven| save(&place, &proven.text));
    proof.map_err(|e| {
        e.hint(Phrase::of("hint-saved-unproven").with("path", path.display().to_string()).with("jti", jti))
    })
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let failed = |e: std::io::Error| {
        let failure =
            Failure::state(Phrase::of("fail-file-unwritten").with("why", &e)).at(path.display().to_string());
        match e.kind() {
            std::io::ErrorKind::AlreadyExists => failure.hint(Phrase::of("hint-file-exists")),
            std::io::ErrorKind::NotFound => failure.hint(Phrase::of("hint-file-folder")),
            _ => failure,
        }
    };
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

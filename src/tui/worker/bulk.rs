//! One act on many tickets, one after the other: what one refuses the others do all the same.

use super::acts;
use super::job::{Act, BulkAct, Done, Outcome, Step};
use crate::desk::undo::Undone;
use crate::desk::{Desk, Failure};
use crate::domain::Request;
use crate::tui::data::ticket_name;
use crate::tui::terms::Term as _;
use crate::words::Phrase;

/// Does it on each ticket, until `go_on` says no; what was done by then is done, and the rest says so.
pub(super) fn run(
    desk: &mut Desk,
    ids: &[i64],
    act: &BulkAct,
    mut go_on: impl FnMut(Step) -> bool,
) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(ids.len());
    let mut stopped = false;
    for (n, id) in ids.iter().enumerate() {
        let (done, of) = (n as u64, Some(ids.len() as u64));
        stopped = stopped || !go_on(Step { done, of, rows: done, settling: false });
        let name = desk.read(|act| act.ticket(*id)).map(|t| ticket_name(t.id, t.reference.as_deref()));
        let result = if stopped { Err(Failure::state(Phrase::of("fail-turn"))) } else { one(desk, *id, act) };
        outcomes.push(Outcome { id: *id, name: name.unwrap_or_else(|_| format!("#{id}")), result });
    }
    outcomes
}

/// Says what was done, where the act alone does not.
fn one(desk: &mut Desk, id: i64, act: &BulkAct) -> Result<Option<Phrase>, Failure> {
    let act = match act {
        BulkAct::Into(into) => {
            acts::run(desk, *into, &Act::Merge { from: id })?;
            return Ok(None);
        }
        BulkAct::Same(act) => act.clone(),
        BulkAct::AsRecommended => {
            let word = desk.look(id)?.judgement.recommendation;
            Act::Decide { word, reason: None, overrides: false }
        }
    };
    // The second yes to a lost-report confirms its notice.
    let lost = desk.read(|a| a.ticket(id))?.request == Request::LostReport;
    let act = match act {
        Act::Approve { .. } if lost => Act::ConfirmNotice,
        act => act,
    };
    Ok(match (acts::run(desk, id, &act)?, act) {
        (Done::Sent { to, .. }, _) => Some(Phrase::from(to)),
        (Done::Undone(undone), _) => Some(Phrase::of(undone_words(&undone))),
        (_, Act::Decide { word, .. }) => Some(Phrase::of(word.id())),
        _ => None,
    })
}

/// The id of what was undone.
const fn undone_words(undone: &Undone) -> &'static str {
    match undone {
        Undone::Taken | Undone::Stolen => "undo-what-take",
        Undone::Released => "undo-what-release",
        Undone::Waiting(_) => "undo-what-wait",
        Undone::Closed(_) => "undo-what-close",
        Undone::Reopened => "undo-what-reopen",
        Undone::Decided(..) => "undo-what-decide",
        Undone::Note => "undo-what-note",
        Undone::EvidenceAdded(_) => "undo-what-evidence",
        Undone::EvidenceRemoved(_) => "undo-what-removing",
        Undone::Merged(_) => "undo-what-merge",
    }
}

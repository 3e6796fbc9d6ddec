//! What ticket, forms and authorizations ask of the desk besides the ticket itself, and what they are told.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::job::{Grant, Slot, Step};
use super::picture::{self, Shot};
use crate::desk::assist::Hint;
use crate::desk::eyes::look_at;
use crate::desk::reply::Reply;

use crate::desk::viewer::{Beside, Opened};

use crate::desk::outgoing::{Authorization, GrantPage, GrantSearch};
use crate::desk::{Desk, Failure};
use crate::domain::{Seen, Time};
use crate::judgement::Check;
use crate::tui::data::FindingView;
use crate::tui::graphics::Easel;
use crate::words::Phrase;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A finding with the rows and the rule it rests on.
    Finding { ticket: i64, check: Check, revealed: bool },
    /// The file of an item, as large as fits into so many cells.
    Picture { ticket: i64, item: i64, cells: (u16, u16), easel: Easel },
    /// The file of an item, in the site's own viewer.
    OpenFile { ticket: i64, item: i64 },
    /// What the registry says of a form's columns as they stand.
    Assist { ticket: i64, columns: BTreeMap<String, String> },
    /// What the barcodes on a file say that a form names.
    Barcodes { ticket: i64, path: String },
    /// What this desk has signed away, newest first: a page, as it stands at a moment.
    Grants { search: GrantSearch, now: Time },
    /// One authorization with its token.
    Grant { jti: String },
    /// The service centres that codes are read out to.
    Centres { ticket: i64 },
    /// The reply to the customer, in a language or in theirs.
    Reply { ticket: i64, language: Option<String> },
    /// A token as a picture with pixels.
    Qr { token: String, cells: (u16, u16), easel: Easel },
}

impl Ask {
    /// The slot of a reading, of which only the newest counts.
    pub const fn slot(&self) -> Slot {
        match self {
            Self::Finding { .. } => Slot::Finding,
            Self::Picture { .. } => Slot::Picture,
            Self::OpenFile { .. } => Slot::OpenFile,
            Self::Assist { .. } => Slot::Assist,
            Self::Barcodes { .. } => Slot::Barcodes,
            Self::Grants { .. } => Slot::Grants,
            Self::Grant { .. } => Slot::Grant,
            Self::Centres { .. } => Slot::Centres,
            Self::Qr { .. } => Slot::Qr,
            Self::Reply { .. } => Slot::Reply,
        }
    }

    /// The id of what the agent is told is going on.
    pub const fn doing(&self) -> &'static str {
        match self {
            Self::Finding { .. } => "doing-finding",
            Self::Picture { .. } | Self::Qr { .. } => "doing-picture",
            Self::OpenFile { .. } => "doing-open-file",
            Self::Assist { .. } => "doing-assist",
            Self::Barcodes { .. } => "doing-barcodes",
            Self::Grants { .. } | Self::Grant { .. } | Self::Centres { .. } => "doing-grants",
            Self::Reply { .. } => "doing-reading-reply",
        }
    }
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Finding(Arc<FindingView>),
    Picture(Arc<Shot>),
    Opened(Opened),
    Assist(BTreeMap<String, Hint>),
    /// None where the file is no picture.
    Barcodes(Option<Seen>),
    Grants(Box<GrantPage>),
    Grant {
        grant: Grant,
        ticket: i64,
    },
    /// Their names.
    Centres(Vec<String>),
    /// The reply, and the languages it can be written in.
    Reply(Box<Reply>, Vec<String>),
    /// None where it would be too fine to be read.
    Qr(Option<Arc<Shot>>),
}

pub(super) fn run(
    desk: &mut Desk,
    ask: &Ask,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Told, Failure> {
    match ask {
        Ask::Finding { ticket, check, revealed } => finding(desk, *ticket, *check, *revealed),
        Ask::Picture { ticket, item, cells, easel } => {
            Ok(Told::Picture(Arc::new(picture::show(desk, *ticket, *item, *cells, easel)?)))
        }
        Ask::OpenFile { ticket, item } => {
            Ok(Told::Opened(desk.open_attached(&format!("#{ticket}"), *item, Beside::Screens)?))
        }
        Ask::Assist { ticket, columns } => Ok(Told::Assist(desk.assist(*ticket, columns)?)),
        Ask::Barcodes { path, .. } => Ok(Told::Barcodes(look_at(Path::new(path))?)),
        Ask::Grants { search, now } => {
            let mut step = |done: u64| progress(Step { done, of: None, rows: done, settling: false });
            Ok(Told::Grants(Box::new(desk.grants(search, *now, &mut step)?)))
        }
        Ask::Grant { jti } => {
            let grant = desk.grant(jti)?;
            Ok(Told::Grant { ticket: grant.ticket, grant: grant_of(grant) })
        }
        Ask::Centres { .. } => Ok(Told::Centres(desk.open_centres())),
        Ask::Reply { ticket, language } => {
            let name = super::acts::name_of(desk, *ticket)?;
            let reply = desk.reply(&name, language.as_deref())?;
            Ok(Told::Reply(Box::new(reply), desk.reply_languages()))
        }
        Ask::Qr { token, cells, easel } => Ok(Told::Qr(picture::qr(token, *cells, easel).map(Arc::new))),
    }
}

fn finding(desk: &mut Desk, ticket: i64, check: Check, revealed: bool) -> Result<Told, Failure> {
    let judged = desk.screen(ticket)?.judged;
    let path = desk.folder.policy();
    let own = std::fs::read_to_string(&path).ok().map(|text| (path.display().to_string(), text));
    FindingView::of(&judged, check, revealed, own).map(|view| Told::Finding(Arc::new(view))).ok_or_else(
        || Failure::state(Phrase::of("fail-no-finding").with("id", ticket).with("check", check.as_str())),
    )
}

fn grant_of(a: Authorization) -> Grant {
    Grant {
        jti: a.jti,
        token: a.token,
        op: a.op.to_string(),
        sub: a.sub,
        aud: a.aud,
        expires_at: a.expires_at,
    }
}

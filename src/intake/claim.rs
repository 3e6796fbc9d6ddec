//! What makes columns a case: a request, somebody or something to ask about, and files by good names.

use super::error::{Fault, glance};
use crate::domain::reading::Reading;
use crate::domain::words::word;
use crate::domain::{
    CaseColumn as C, CaseFields, Claim, Day, Evidence, EvidenceKind, Item, Region, Request, Time,
};
use crate::words::Phrase;

/// Seconds by which another clock may be ahead.
const SKEW: i64 = 600;
/// Seconds by which a day begins earlier than in UTC, at most.
const EARLIEST_ZONE: i64 = 14 * 3600;

/// Why columns make no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NoCase {
    /// The column at fault.
    pub column: Option<C>,
    /// Dotted name of the rule.
    pub rule: &'static str,
    /// What, why and what to do next, in one sentence.
    pub message: Phrase,
}

impl From<NoCase> for Fault {
    fn from(no: NoCase) -> Self {
        Self { column: no.column.map(C::as_str), value: None, rule: no.rule, message: no.message }
    }
}

/// A file the case names: where it is, and which item of the claim it supports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRef {
    /// `receipt`, `box` or `document`.
    pub kind: EvidenceKind,
    /// Relative to the case file; checked to stay below it by its spelling alone.
    pub path: String,
    /// Place of its item in the claim's evidence.
    pub item: usize,
}

/// Builds the claim of a case. Evidence has no numbers yet and no attachments: `item` of each
/// [`AttachmentRef`] says where a loaded one belongs. Without `received_at` it was received `now`.
pub fn claim_from_fields(
    fields: &CaseFields,
    region: Region,
    now: Time,
) -> Result<(Claim, Vec<AttachmentRef>), NoCase> {
    let request = request(fields)?;
    let received_at = fields.get(C::ReceivedAt).map_or(Ok(now), |text| received(text, now))?;
    if !names_anything(fields) {
        let message = Phrase::of("intake-nothing");
        return Err(NoCase { column: None, rule: "case.nothing", message });
    }
    let files = attachments(fields.get(C::Attachments))?;
    let reading = Reading { fields, region };
    let (items, attachments) = items(reading, files);
    let evidence = |item| Evidence { id: 0, item, attachment: None, added_at: received_at, removed: false };
    let evidence = items.into_iter().map(evidence).collect();
    Ok((reading.claim(request, received_at, evidence), attachments))
}

/// When a case came. Answers count from then (`claim.tries`), so no date in the future: by one an owner would be held for as
/// long as a stranger likes.
fn received(text: &str, now: Time) -> Result<Time, NoCase> {
    let no = |rule, message| NoCase { column: Some(C::ReceivedAt), rule, message };
    let at = Time::parse(text)
        .map_err(|e| no("time.form", Phrase::of("intake-received").with("why", Phrase::from(e))))?;
    // A day without a time may have begun where the caller lives.
    let early = if Day::parse(text).is_ok() { EARLIEST_ZONE } else { SKEW };
    if at.since(now).0 > early {
        return Err(no("time.future", Phrase::of("intake-received-later").with("now", now.to_string())));
    }
    Ok(at)
}

fn request(fields: &CaseFields) -> Result<Request, NoCase> {
    let all = || Request::ALL.iter().map(|r| r.as_str());
    let no = |rule, message| Err(NoCase { column: Some(C::Request), rule, message });
    let Some(text) = fields.get(C::Request) else {
        let words = all().collect::<Vec<_>>().join(", ");
        return no("required", Phrase::of("intake-request-empty").with("names", words));
    };
    match word(text) {
        Ok(request) => Ok(request),
        Err(error) => match super::error::did_you_mean(text.trim(), all()) {
            Some(near) => no(
                "enum",
                Phrase::of("intake-request-near").with("why", Phrase::from(&error)).with("near", near),
            ),
            None => no("enum", Phrase::of("intake-request").with("why", Phrase::from(&error))),
        },
    }
}

fn names_anything(fields: &CaseFields) -> bool {
    const NAMES: [C; 13] = [
        C::ClaimantName,
        C::ClaimantEmail,
        C::ClaimantPhone,
        C::Imei,
        C::Imei2,
        C::Serial,
        C::AccountEmail,
        C::AccountPhone,
        C::AccountId,
        C::ReceiptImei,
        C::ReceiptSerial,
        C::BoxImei,
        C::BoxSerial,
    ];
    NAMES.iter().any(|column| fields.get(*column).is_some())
}

/// The typed items, then one for each further file: the first file of a kind joins the typed item.
fn items(reading: Reading<'_>, files: Vec<(EvidenceKind, String)>) -> (Vec<Item>, Vec<AttachmentRef>) {
    let bare = CaseFields::default();
    let bare = Reading { fields: &bare, region: reading.region };
    let has = |kind| reading.has(kind) || files.iter().any(|(k, _)| *k == kind);
    let mut items: Vec<Item> =
        [EvidenceKind::Receipt, EvidenceKind::Sim, EvidenceKind::Box, EvidenceKind::Facts]
            .into_iter()
            .filter(|kind| has(*kind))
            .map(|kind| reading.item(kind))
            .collect();
    let mut taken: Vec<EvidenceKind> = Vec::new();
    let mut attachments = Vec::with_capacity(files.len());
    for (kind, path) in files {
        let joins = if taken.contains(&kind) { None } else { items.iter().position(|i| i.kind() == kind) };
        taken.push(kind);
        let item = joins.unwrap_or_else(|| {
            items.push(bare.item(kind));
            items.len() - 1
        });
        attachments.push(AttachmentRef { kind, path, item });
    }
    (items, attachments)
}

/// `kind:path` pairs, by their spelling alone: nothing is opened here.
fn attachments(text: Option<&str>) -> Result<Vec<(EvidenceKind, String)>, NoCase> {
    let mut files = Vec::new();
    for piece in text.unwrap_or_default().split(';').map(str::trim).filter(|p| !p.is_empty()) {
        files.push(attachment(piece).map_err(|why| {
            let message = Phrase::of("intake-attachments").with("why", why);
            NoCase { column: Some(C::Attachments), rule: "attachments.path", message }
        })?);
    }
    Ok(files)
}

fn attachment(piece: &str) -> Result<(EvidenceKind, String), Phrase> {
    let shown = glance(piece);
    let (kind, path) = piece
        .split_once(':')
        .ok_or_else(|| Phrase::of("intake-attachment-no-kind").with("given", shown.as_str()))?;
    let kind = match kind.trim() {
        "receipt" => EvidenceKind::Receipt,
        "box" => EvidenceKind::Box,
        "document" => EvidenceKind::Document,
        _ => return Err(Phrase::of("intake-attachment-kind").with("given", shown)),
    };
    let path = path.trim();
    let why = super::attachments::path_fault(path);
    why.map_or(Ok((kind, path.to_owned())), |why| {
        Err(Phrase::of("intake-attachment-path").with("given", shown).with("why", Phrase::of(why)))
    })
}

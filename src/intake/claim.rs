//! From the columns of a case to a claim. A damaged identifier is kept with the reason: the customer
//! can be asked.

use super::error::{Fault, glance};
use super::fields::{CaseColumn as C, CaseFields};
use super::row::word;
use crate::domain::{
    AccountClaim, AccountId, BoxLabel, Claim, Claimant, Day, DeviceClaim, Email, Evidence, EvidenceKind,
    Given, Iccid, Imei, Item, Phone, Receipt, ReceiptNo, Region, Request, Retailer, Serial, Sim, Time,
};

/// Why columns make no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NoCase {
    /// The column at fault.
    pub column: Option<C>,
    /// Dotted name of the rule.
    pub rule: &'static str,
    /// What, why and what to do next, in one sentence.
    pub message: String,
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
    let received_at = match fields.get(C::ReceivedAt) {
        None => now,
        Some(text) => Time::parse(text).map_err(|e| {
            let message = format!("`received_at` cannot be read: {e}");
            NoCase { column: Some(C::ReceivedAt), rule: "time.form", message }
        })?,
    };
    if !names_anything(fields) {
        let message =
            "the row names no device, account or claimant, so there is nobody to ask; fill in one of them";
        return Err(NoCase { column: None, rule: "case.nothing", message: message.to_owned() });
    }
    let files = attachments(fields.get(C::Attachments))?;
    let text = |column| fields.get(column).map(|t| t.trim().to_owned());
    let imei = |column| fields.get(column).and_then(|t| Given::read(t, Imei::parse));
    let serial = |column| fields.get(column).and_then(|t| Given::read(t, Serial::parse));
    let email = |column| fields.get(column).and_then(|t| Given::read(t, Email::parse));
    let phone = |column| fields.get(column).and_then(|t| Given::read(t, |t| Phone::parse(t, region)));
    let (evidence, attachments) = evidence(fields, region, received_at, files);
    let claim = Claim {
        request,
        received_at,
        claimant: Claimant {
            name: text(C::ClaimantName),
            email: email(C::ClaimantEmail),
            phone: phone(C::ClaimantPhone),
            language: text(C::Language),
        },
        access: fields.get(C::Access).and_then(|t| word(t).ok()),
        device: DeviceClaim {
            imei: imei(C::Imei),
            imei2: imei(C::Imei2),
            serial: serial(C::Serial),
            model: text(C::Model),
        },
        account: AccountClaim {
            email: email(C::AccountEmail),
            phone: phone(C::AccountPhone),
            id: fields.get(C::AccountId).and_then(|t| Given::read(t, AccountId::parse)),
        },
        evidence,
    };
    Ok((claim, attachments))
}

fn request(fields: &CaseFields) -> Result<Request, NoCase> {
    let all = || Request::ALL.iter().map(|r| r.as_str());
    let no = |rule, message| Err(NoCase { column: Some(C::Request), rule, message });
    let Some(text) = fields.get(C::Request) else {
        let words = all().collect::<Vec<_>>().join(", ");
        return no("required", format!("`request` is empty: nothing is asked for; write one of {words}"));
    };
    match word(text) {
        Ok(request) => Ok(request),
        Err(error) => match super::error::did_you_mean(text.trim(), all()) {
            Some(near) => no("enum", format!("`request`: {error}; did you mean `{near}`?")),
            None => no("enum", format!("`request`: {error}; write one of them")),
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
fn evidence(
    fields: &CaseFields,
    region: Region,
    added_at: Time,
    files: Vec<(EvidenceKind, String)>,
) -> (Vec<Evidence>, Vec<AttachmentRef>) {
    let has = |kind| files.iter().any(|(k, _)| *k == kind);
    let mut items = Vec::new();
    items.extend(
        receipt(fields).or_else(|| has(EvidenceKind::Receipt).then(Receipt::default)).map(Item::Receipt),
    );
    items.extend(sim(fields, region).map(Item::Sim));
    items.extend(label(fields).or_else(|| has(EvidenceKind::Box).then(BoxLabel::default)).map(Item::Box));
    items.extend(fields.get(C::Facts).map(|text| Item::Facts(facts(text))));
    let mut taken: Vec<EvidenceKind> = Vec::new();
    let mut attachments = Vec::with_capacity(files.len());
    for (kind, path) in files {
        let joins = if taken.contains(&kind) { None } else { items.iter().position(|i| i.kind() == kind) };
        taken.push(kind);
        let item = joins.unwrap_or_else(|| {
            items.push(match kind {
                EvidenceKind::Receipt => Item::Receipt(Receipt::default()),
                EvidenceKind::Box => Item::Box(BoxLabel::default()),
                _ => Item::Document,
            });
            items.len() - 1
        });
        attachments.push(AttachmentRef { kind, path, item });
    }
    let evidence = |item| Evidence { id: 0, item, attachment: None, added_at, removed: false };
    (items.into_iter().map(evidence).collect(), attachments)
}

fn receipt(fields: &CaseFields) -> Option<Receipt> {
    use C::{ReceiptAmount, ReceiptCurrency, ReceiptDate, ReceiptImei, ReceiptRetailer, ReceiptSerial};
    let all = [
        ReceiptRetailer,
        C::ReceiptNo,
        ReceiptDate,
        ReceiptImei,
        ReceiptSerial,
        ReceiptAmount,
        ReceiptCurrency,
    ];
    all.iter().any(|c| fields.get(*c).is_some()).then(|| Receipt {
        retailer: fields.get(ReceiptRetailer).and_then(|t| Given::read(t, Retailer::parse)),
        number: fields.get(C::ReceiptNo).and_then(|t| Given::read(t, ReceiptNo::parse)),
        date: fields.get(ReceiptDate).and_then(|t| Given::read(t, Day::parse)),
        imei: fields.get(ReceiptImei).and_then(|t| Given::read(t, Imei::parse)),
        serial: fields.get(ReceiptSerial).and_then(|t| Given::read(t, Serial::parse)),
    })
}

fn sim(fields: &CaseFields, region: Region) -> Option<Sim> {
    let sim = Sim {
        msisdn: fields.get(C::SimMsisdn).and_then(|t| Given::read(t, |t| Phone::parse(t, region))),
        iccid: fields.get(C::SimIccid).and_then(|t| Given::read(t, Iccid::parse)),
    };
    (sim != Sim::default()).then_some(sim)
}

fn label(fields: &CaseFields) -> Option<BoxLabel> {
    let label = BoxLabel {
        imei: fields.get(C::BoxImei).and_then(|t| Given::read(t, Imei::parse)),
        serial: fields.get(C::BoxSerial).and_then(|t| Given::read(t, Serial::parse)),
    };
    (label != BoxLabel::default()).then_some(label)
}

/// `key=value;…`: unknown keys are kept, and a piece without `=` is a key without an answer.
fn facts(text: &str) -> Vec<(String, String)> {
    text.split(';')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
            (key.trim().to_owned(), value.trim().to_owned())
        })
        .collect()
}

/// `kind:path` pairs, by their spelling alone: nothing is opened here.
fn attachments(text: Option<&str>) -> Result<Vec<(EvidenceKind, String)>, NoCase> {
    let mut files = Vec::new();
    for piece in text.unwrap_or_default().split(';').map(str::trim).filter(|p| !p.is_empty()) {
        files.push(attachment(piece).map_err(|why| {
            let message = format!("`attachments`: {why}; write kind:path, as in box:photos/7.png");
            NoCase { column: Some(C::Attachments), rule: "attachments.path", message }
        })?);
    }
    Ok(files)
}

fn attachment(piece: &str) -> Result<(EvidenceKind, String), String> {
    let shown = glance(piece);
    let (kind, path) = piece.split_once(':').ok_or_else(|| format!("`{shown}` has no kind"))?;
    let kind = match kind.trim() {
        "receipt" => EvidenceKind::Receipt,
        "box" => EvidenceKind::Box,
        "document" => EvidenceKind::Document,
        _ => return Err(format!("`{shown}` is none of receipt, box, document")),
    };
    let path = path.trim();
    let why = super::attachments::path_fault(path);
    why.map_or(Ok((kind, path.to_owned())), |why| Err(format!("`{shown}` {why}")))
}

//! A ticket as other programs and the screens see it (CONTRACT.md §5).

use serde_json::{Value, json};

use super::blobs::harm;
use super::check::{Judged, Verdict};
use super::{Desk, Failure, Folder};
use crate::domain::{Seen, Shown, mask_email, mask_name, mask_tail};
use crate::judgement::Judgement;
use crate::judgement::rings::Sign;
use crate::store::desk::evidence::{Columns, StoredEvidence};
use crate::store::desk::tickets::Ticket;
use crate::store::desk::{acts, case_files, journal};
use crate::words::{Language, terms::Term as _};

/// How much of a person may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// The claim as given, device identifiers in full, registry persons masked: `show`.
    Work,
    /// Claimant and identifiers masked: lists, logs, exports.
    Masked,
    /// Everything in full; an act that is logged and signed.
    Revealed,
}

fn masked(column: &str, text: &str, privacy: Privacy) -> String {
    if privacy != Privacy::Masked {
        return text.to_owned();
    }
    match column {
        "claimant_name" => mask_name(text),
        "claimant_email" | "account_email" => mask_email(text),
        "claimant_phone" | "account_phone" | "sim_msisdn" => mask_tail(text, 2),
        "imei" | "imei2" | "serial" | "account_id" | "sim_iccid" | "box_imei" | "box_serial"
        | "receipt_imei" | "receipt_serial" | "receipt_no" => mask_tail(text, 4),
        // What people wrote freely may name anybody.
        "facts" | "note" | "attachments" => "…".to_owned(),
        _ => text.to_owned(),
    }
}

fn columns(given: &Columns, privacy: Privacy) -> Value {
    given.iter().map(|(column, text)| (column.clone(), masked(column, text, privacy))).collect()
}

/// The parts of a ticket that need no judgement.
pub fn head(ticket: &Ticket, privacy: Privacy) -> Value {
    let given = |column: &str| ticket.given.get(column).map(|t| masked(column, t, privacy));
    let verdict = Verdict::read(ticket.verdict.as_deref()).told();
    json!({
        "ticket": ticket.id,
        "reference": ticket.reference,
        "request": ticket.request,
        "state": ticket.state,
        "received_at": ticket.received_at,
        "due_at": ticket.due_at,
        "paused_at": ticket.paused_at,
        "assignee": ticket.assignee,
        "lease_until": ticket.lease_until,
        "held_until": ticket.held_until,
        "closed_as": ticket.closed_as,
        "merged_into": ticket.merged_into,
        "claimant": {
            "name": given("claimant_name"),
            "email": given("claimant_email"),
            "phone": given("claimant_phone"),
            "language": given("language"),
        },
        "access": given("access"),
        "claimed": columns(&ticket.given, privacy),
        "proofs": verdict.proofs,
        "cautions": verdict.cautions,
        "recommendation": ticket.recommendation,
        "because": verdict.because,
        "also": verdict.also,
        "missing": verdict.missing,
        "until": verdict.until.map(crate::domain::Time),
        "approvals_needed": verdict.approvals,
    })
}

fn item(e: &StoredEvidence, folder: &Folder, privacy: Privacy) -> Value {
    json!({
        "id": e.id,
        "kind": e.kind,
        "given": columns(&e.given, privacy),
        "added_by": e.added_by,
        "added_at": e.added_at,
        "removed_at": e.removed_at,
        "attachment": e.attachment.as_ref().map(|a| json!({
            "sha256": super::import::hex(&a.sha256).trim_start_matches("sha256:"),
            "name": Shown(&a.name).to_string(),
            "bytes": a.bytes,
            "seen": a.seen.as_ref().map(|seen| read(seen, privacy)),
            "harm": harm(folder, a),
        })),
    })
}

/// What the barcodes of a picture say.
pub fn read(seen: &Seen, privacy: Privacy) -> Value {
    let full = privacy != Privacy::Masked;
    let imeis = seen.imeis.iter().map(|i| if full { i.to_string() } else { i.masked() });
    let serials = seen.serials.iter().map(|s| if full { s.to_string() } else { s.masked() });
    json!({
        "imeis": imeis.collect::<Vec<_>>(),
        "serials": serials.collect::<Vec<_>>(),
        "doubt": seen.doubt.map(|doubt| doubt.said(Language::English)),
    })
}

/// The device and account that a judgement went by.
fn subject(judged: &Judged, privacy: Privacy) -> (Value, Value) {
    let full = privacy != Privacy::Masked;
    let told = privacy == Privacy::Revealed || judged.tells_model();
    let device = judged.facts.registry.device.as_ref().map(|d| {
        let model = d.models.first().or_else(|| d.tac_models.first());
        let imeis: Vec<String> =
            d.imeis.iter().map(|i| if full { i.to_string() } else { i.masked() }).collect();
        let serial = d.serials.first().map(|s| if full { s.clone() } else { mask_tail(s, 4) });
        json!({
            "imeis": imeis,
            "serial": serial,
            "brand": d.brand.as_ref().filter(|_| told),
            "model": model.filter(|_| told),
            "model_masked": !told && (model.is_some() || d.brand.is_some()),
        })
    });
    let account = judged.facts.registry.account.as_ref().map(|a| {
        let id = if privacy == Privacy::Revealed || privacy == Privacy::Work {
            a.account_id.clone()
        } else {
            mask_tail(&a.account_id, 4)
        };
        json!({ "account_id": id, "state": a.state })
    });
    (device.unwrap_or(Value::Null), account.unwrap_or(Value::Null))
}

impl Desk {
    /// A ticket with its findings, as of now.
    pub fn show(&mut self, name: &str, privacy: Privacy) -> Result<Value, Failure> {
        let id = self.find(name)?;
        if privacy == Privacy::Revealed {
            self.act(|act| act.log(crate::audit::Draft::new("ticket.revealed", act.actor), Some(id)))?;
        } else {
            self.trace(id)?;
        }
        self.settle(|_| {})?;
        // State, decision and authorization of one moment.
        self.in_one_view(|desk| {
            let judged = desk.read(|act| act.judge(id))?;
            desk.view(&judged, privacy)
        })
    }

    /// Judges a ticket as of now; what was found is kept, unless the desk is read-only or the ticket closed.
    pub fn look(&mut self, id: i64) -> Result<Judged, Failure> {
        self.settle(|_| {})?;
        self.read(|act| act.judge(id))
    }

    /// The JSON of listed tickets: as [`Desk::view`], without findings, evidence, notes and history.
    pub fn list_views(&mut self, tickets: &[Ticket], privacy: Privacy) -> Result<Vec<Value>, Failure> {
        let mut views = Vec::with_capacity(tickets.len());
        for ticket in tickets {
            let judged = self.read(|act| act.judge(ticket.id))?;
            let judged = self.tell(judged)?;
            views.push(self.outline(&judged, &judged.judgement, privacy)?);
        }
        Ok(views)
    }

    /// The JSON of a judged ticket.
    pub fn view(&self, judged: &Judged, privacy: Privacy) -> Result<Value, Failure> {
        let told = self.told(judged)?;
        let judgement = told.as_ref().unwrap_or(&judged.judgement);
        let mut view = self.outline(judged, judgement, privacy)?;
        let db = self.db();
        let evidence = judged.evidence.iter().map(|e| item(e, &self.folder, privacy));
        view["evidence"] = evidence.collect();
        view["findings"] = json!(judgement.findings);
        view["signs"] = self.signs(judged)?.iter().map(sign).collect();
        let mails = self.mails(judged.ticket.id)?;
        view["mail"] = mails.iter().map(|m| super::mail::view(m, privacy)).collect();
        view["notes"] = json!(case_files::notes(db, judged.ticket.id)?);
        view["history"] = json!(history(&journal::of_ticket(db, judged.ticket.id)?));
        Ok(view)
    }

    /// The same without what only a single ticket is shown with.
    fn outline(&self, judged: &Judged, j: &Judgement, privacy: Privacy) -> Result<Value, Failure> {
        let ticket = &judged.ticket;
        let mut view = head(ticket, privacy);
        let (device, account) = subject(judged, privacy);
        let db = self.db();
        let mut authorization = acts::authorization_view(db, ticket.id)?;
        if let (Some(out), Privacy::Masked) = (&mut authorization, privacy) {
            out["sub"] = json!(super::grants::masked(out["sub"].as_str().unwrap_or_default()));
        }
        let more = json!({
            "device": device,
            "account": account,
            "proofs": j.proofs,
            "cautions": j.cautions,
            "recommendation": j.recommendation,
            "because": j.because,
            "also": j.also,
            "missing": j.missing,
            "guide": j.guide,
            "until": j.until,
            "approvals_needed": j.approvals_needed,
            "policy": self.policy.digest,
            "decision": acts::decision_view(db, ticket.id)?,
            "authorization": authorization,
        });
        if let (Value::Object(view), Value::Object(more)) = (&mut view, more) {
            view.extend(more);
        }
        Ok(view)
    }
}

/// Something worth a look, with its sentence.
pub fn sign(sign: &Sign) -> Value {
    let mut value = json!(sign);
    value["reason"] = json!(sign.reason());
    value
}

/// The log's leaves about a ticket, as its history.
fn history(leaves: &[String]) -> Vec<Value> {
    leaves
        .iter()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .map(|mut leaf| {
            if let Value::Object(map) = &mut leaf {
                map.remove("prev");
                map.remove("ticket");
            }
            leaf
        })
        .collect()
}

//! A finding opened: what it read, the registry rows it was compared with, and the rule it goes by.

use crate::desk::check::Judged;
use crate::domain::{
    ContactKind, Day, EvidenceKind, Imei, List, NoticeStatus, Outcome, Proof, Request, Time, mask_name,
};
use crate::judgement::facts::{AccountContact, DeviceId, Sale, Sighting};
use crate::judgement::{Check, DEFAULT_POLICY, Finding, PolicyLine, parts};

/// A row of a list: label and text, in the order of its columns. Labels are ids of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryRow {
    pub list: List,
    pub cells: Vec<(&'static str, String)>,
    /// It is the one the finding rests on.
    pub named: bool,
}

/// An item of evidence that a finding read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: i64,
    pub kind: EvidenceKind,
    /// Column by column, as given.
    pub given: Vec<(String, String)>,
    pub file: Option<String>,
}

/// A finding with everything that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingView {
    pub ticket: i64,
    pub finding: Finding,
    pub request: Request,
    /// The item it read.
    pub evidence: Option<Item>,
    /// The rows it was compared with.
    pub rows: Vec<RegistryRow>,
    /// The proof it is part of.
    pub proof: Option<Proof>,
    /// The lines of the policy that it goes by.
    pub lines: Vec<PolicyLine>,
    /// Where they stand; none for the policy compiled in.
    pub policy: Option<String>,
}

impl FindingView {
    /// Opens the finding of a check; `policy` is the desk's own file, with its path.
    pub fn of(
        judged: &Judged,
        check: Check,
        revealed: bool,
        policy: Option<(String, String)>,
    ) -> Option<Self> {
        let finding = judged.judgement.finding(check)?.clone();
        let request = judged.claim.request;
        let text = policy.as_ref().map_or(DEFAULT_POLICY, |(_, text)| text);
        let item = finding.evidence.and_then(|id| judged.evidence.iter().find(|e| e.id == id));
        let evidence = item.map(|e| {
            let given = e.given.iter().map(|(c, t)| (c.clone(), t.clone())).collect();
            let file = e.attachment.as_ref().map(|a| a.name.clone());
            Item { id: e.id, kind: e.kind, given, file }
        });
        Some(Self {
            ticket: judged.ticket.id,
            evidence,
            rows: rows(judged, &finding, revealed),
            proof: Proof::ALL.iter().copied().find(|p| parts(*p).contains(&check)),
            lines: PolicyLine::of(text, &finding, request),
            policy: policy.map(|(path, _)| path),
            finding,
            request,
        })
    }
}

/// The rows of the lists that the finding names; where it names none, those that its check looks at.
fn rows(judged: &Judged, finding: &Finding, revealed: bool) -> Vec<RegistryRow> {
    let mut lists: Vec<List> = finding.facts.iter().map(|r| r.list).collect();
    if lists.is_empty() && finding.outcome != Outcome::Skip {
        lists.extend(looks_at(finding.check));
    }
    lists.sort_unstable();
    lists.dedup();
    let out = Rows { judged, finding, revealed };
    lists.into_iter().flat_map(|list| out.of(list)).collect()
}

/// The list a check looks at, for findings that rest on there being no row.
const fn looks_at(check: Check) -> Option<List> {
    match check {
        Check::DeviceKnown | Check::DeviceModel | Check::DeviceOne | Check::BoxMatch => Some(List::Devices),
        Check::DeviceNotice => Some(List::Notices),
        Check::DeviceLostMode | Check::BindingCurrent | Check::BindingAge | Check::AccountMatch => {
            Some(List::Bindings)
        }
        Check::DeviceClone | Check::SimSeen => Some(List::Sightings),
        Check::AccountKnown | Check::AccountIdle => Some(List::Accounts),
        Check::SelfService => Some(List::Contacts),
        Check::ReceiptKnown | Check::ReceiptDevice | Check::ReceiptDate => Some(List::Sales),
        Check::SimAge => Some(List::SimChanges),
        _ => None,
    }
}

struct Rows<'a> {
    judged: &'a Judged,
    finding: &'a Finding,
    revealed: bool,
}

fn day(day: Option<Day>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

fn moment(time: Option<Time>) -> String {
    time.map(|t| t.day().to_string()).unwrap_or_default()
}

impl Rows<'_> {
    fn of(&self, list: List) -> Vec<RegistryRow> {
        let facts = &self.judged.facts.registry;
        match list {
            List::Devices => self.devices(),
            List::Tacs => facts
                .device
                .iter()
                .map(|d| {
                    self.row(
                        list,
                        true,
                        vec![
                            ("look-brand", self.model(d.brand.clone().unwrap_or_default())),
                            ("look-model", self.model(d.tac_models.join(", "))),
                            ("look-allocated", self.asked(day(d.allocated_on))),
                        ],
                    )
                })
                .collect(),
            List::Bindings => self.bindings(),
            List::Accounts => self.accounts(),
            List::Contacts => self.contacts(),
            List::Sales => self.sales(),
            List::Sightings => self.sightings(),
            List::SimChanges => self.changes(),
            List::Notices => self.notices(),
            List::Repairs => Vec::new(),
        }
    }

    #[allow(clippy::unused_self)] // reads as a row of this finding
    fn row(&self, list: List, named: bool, cells: Vec<(&'static str, String)>) -> RegistryRow {
        let cells = cells.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        RegistryRow { list, cells, named }
    }

    /// A value that a caller is asked for, or that tells one.
    fn asked(&self, text: String) -> String {
        if self.revealed || text.is_empty() { text } else { "…".to_owned() }
    }

    fn model(&self, text: String) -> String {
        if self.judged.tells_model() { text } else { self.asked(text) }
    }

    /// The finding names a row by its key; where it names none of the list, no row stands out.
    fn names(&self, list: List, texts: &[&str]) -> bool {
        let mut keys = self.finding.facts.iter().filter(|r| r.list == list).map(|r| r.key.to_string());
        keys.any(|key| texts.iter().any(|t| !t.is_empty() && key.contains(t)))
    }

    fn devices(&self) -> Vec<RegistryRow> {
        let facts = &self.judged.facts.registry;
        let mut rows: Vec<RegistryRow> = facts
            .device
            .iter()
            .map(|d| {
                let imeis = d.imeis.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                self.row(
                    List::Devices,
                    true,
                    vec![
                        ("look-imei", imeis),
                        ("look-serial", d.serials.join(", ")),
                        ("look-model", self.model(d.models.join(", "))),
                        ("look-made", self.asked(day(d.made_on))),
                    ],
                )
            })
            .collect();
        // Where identifiers lead elsewhere, each is shown with where it leads.
        let ours = facts.device.as_ref().map(|d| d.id);
        for lead in facts.leads.iter().filter(|l| l.device != ours || ours.is_none()) {
            let elsewhere = if lead.device.is_some() { "look-other-device" } else { "look-no-row" };
            rows.push(self.row(
                List::Devices,
                lead.device.is_some(),
                vec![(elsewhere, lead.identifier.name.to_string())],
            ));
        }
        for near in &facts.near {
            rows.push(self.row(List::Devices, false, vec![("look-near", near.to_string())]));
        }
        rows
    }

    fn bindings(&self) -> Vec<RegistryRow> {
        let device = self.judged.facts.registry.device.iter();
        let mut bindings: Vec<_> = device.flat_map(|d| &d.bindings).collect();
        bindings.sort_by_key(|b| std::cmp::Reverse(b.bound_at));
        bindings
            .into_iter()
            .map(|b| {
                let named = b.released_at.is_none() && !self.finding.facts.is_empty();
                self.row(
                    List::Bindings,
                    named,
                    vec![
                        ("look-account", b.account_id.clone()),
                        ("look-bound", self.asked(moment(Some(b.bound_at)))),
                        ("look-released", moment(b.released_at)),
                        ("look-lost-mode", moment(b.lost_mode_since)),
                    ],
                )
            })
            .collect()
    }

    fn accounts(&self) -> Vec<RegistryRow> {
        let account = self.judged.facts.registry.account.iter();
        account
            .map(|a| {
                let told = |t: Time| self.revealed || Some(t.day()) != a.registered_at.map(Time::day);
                let name = a.name.clone().unwrap_or_default();
                self.row(
                    List::Accounts,
                    true,
                    vec![
                        ("look-account", a.account_id.clone()),
                        ("look-name", if self.revealed { name } else { mask_name(&name) }),
                        ("look-region", a.region.clone().filter(|_| self.revealed).unwrap_or_default()),
                        ("look-state", a.state.to_string()),
                        ("look-registered", moment(a.registered_at.filter(|_| self.revealed))),
                        ("look-signed-in", moment(a.last_sign_in_at.filter(|t| told(*t)))),
                    ],
                )
            })
            .collect()
    }

    fn contacts(&self) -> Vec<RegistryRow> {
        let account = self.judged.facts.registry.account.iter();
        let mut contacts: Vec<_> = account.clone().flat_map(|a| &a.contacts).collect();
        let registered: Option<Day> = account.clone().find_map(|a| a.registered_at).map(Time::day);
        // The first contacts are mostly verified on the day that a caller is asked for.
        let told = |c: &AccountContact| {
            self.revealed || c.verified_at.is_none() || c.verified_at.map(Time::day) != registered
        };
        contacts.sort_by_key(|c| (c.replaced_at.is_some(), c.contact.kind() != ContactKind::Email));
        contacts
            .into_iter()
            .map(|c| {
                let masked = c.contact.masked();
                let named = self.names(List::Contacts, &[&masked]);
                let value = if self.revealed { c.contact.plain() } else { masked };
                self.row(
                    List::Contacts,
                    named,
                    vec![
                        ("look-contact", value),
                        ("look-verified", if told(c) { moment(c.verified_at) } else { "✓".to_owned() }),
                        ("look-replaced", moment(c.replaced_at)),
                        ("look-sim-changed", moment(c.sim_changed_at)),
                    ],
                )
            })
            .collect()
    }

    fn sales(&self) -> Vec<RegistryRow> {
        let facts = &self.judged.facts.registry;
        let ours = facts.device.as_ref().map(|d| d.id);
        let sales = facts.receipt.iter().flat_map(|r| &r.sales);
        sales
            .map(|s| {
                let named = ours.is_some() && s.device == ours;
                self.row(
                    List::Sales,
                    named,
                    vec![
                        ("look-sold", self.asked(s.sold_on.to_string())),
                        ("look-names", sold(s, ours, self.revealed)),
                    ],
                )
            })
            .collect()
    }

    fn sightings(&self) -> Vec<RegistryRow> {
        let facts = &self.judged.facts.registry;
        let sim = facts.sims.iter().find(|s| Some(s.evidence) == self.finding.evidence);
        let mut seen: Vec<&Sighting> = match (self.finding.check, sim) {
            // These look at the number's sightings, in any device.
            (Check::SimAge, Some(sim)) => sim.sightings.iter().collect(),
            _ => facts.device.iter().flat_map(|d| &d.sightings).collect(),
        };
        seen.sort_by_key(|s| std::cmp::Reverse(s.last_seen));
        let number = sim.and_then(|s| s.number);
        // Which other devices they have is asked of a caller.
        let own = |imei: Imei| self.revealed || facts.device.iter().any(|d| d.imeis.contains(&imei));
        seen.into_iter()
            .map(|s| {
                let iccid = s.iccid.map(|i| if self.revealed { i.to_string() } else { i.masked() });
                let msisdn = s.msisdn.map(|m| if self.revealed { m.plain() } else { m.masked() });
                self.row(
                    List::Sightings,
                    number.is_some() && s.msisdn == number,
                    vec![
                        ("look-number", msisdn.unwrap_or_default()),
                        ("look-iccid", iccid.unwrap_or_default()),
                        ("look-imei", if own(s.imei) { s.imei.to_string() } else { s.imei.masked() }),
                        ("look-seen", format!("{} – {}", self.asked(s.first_seen.to_string()), s.last_seen)),
                    ],
                )
            })
            .collect()
    }

    fn changes(&self) -> Vec<RegistryRow> {
        let sims = self.judged.facts.registry.sims.iter();
        sims.filter_map(|s| {
            let changed = s.last_change?;
            let number = s.number.map(|n| if self.revealed { n.plain() } else { n.masked() });
            Some(self.row(
                List::SimChanges,
                true,
                vec![("look-number", number.unwrap_or_default()), ("look-sim-changed", changed.to_string())],
            ))
        })
        .collect()
    }

    fn notices(&self) -> Vec<RegistryRow> {
        let facts = &self.judged.facts.registry;
        let notices = facts.device.iter().flat_map(|d| &d.notices).chain(&facts.stray_notices);
        notices
            .map(|n| {
                self.row(
                    List::Notices,
                    n.status != NoticeStatus::Cleared,
                    vec![
                        ("look-on", n.on.to_string()),
                        ("look-kind", n.kind.to_string()),
                        ("look-state", n.status.to_string()),
                        ("look-reported", moment(Some(n.reported_at))),
                        ("look-cleared", moment(n.cleared_at)),
                        ("look-lapses", moment(n.lapses_at)),
                        ("look-source", n.source.clone().unwrap_or_default()),
                        ("look-reference", n.reference.clone().unwrap_or_default()),
                    ],
                )
            })
            .collect()
    }
}

/// The device that a sale names; another than the ticket's in part.
pub(super) fn sold(sale: &Sale, ours: Option<DeviceId>, revealed: bool) -> String {
    match &sale.names {
        None => String::new(),
        Some(name) if revealed || (ours.is_some() && sale.device == ours) => name.to_string(),
        Some(name) => name.masked(),
    }
}

//! What the registry says of a value while it is still being typed into a form.
//!
//! Deliberately absent: answers about the account (`facts`). Whoever saw them judged while typing could try
//! until they fit, and no try would be counted.

use std::collections::BTreeMap;

use super::{Act, Desk, Failure, near};
use crate::domain::{Day, DeviceName, Iccid, Imei, Phone, ReceiptNo, Retailer, Serial, Time, near_misses};
use crate::judgement::facts::{DeviceId, SimFacts};
use crate::store::desk::overlay::DeskOverlay;

/// Registry devices that are offered for a mistyped IMEI.
const MOST_NEAR: usize = 3;

/// What the registry says of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// It leads to a device.
    Device {
        /// It is the ticket's own.
        ours: bool,
        /// The ticket has a device at all.
        any: bool,
        /// By its record or its type, where it answers nothing that a caller is asked for.
        model: Option<String>,
    },
    /// No list names it.
    NoDevice,
    /// It is damaged; these devices are one digit or one transposition away.
    Near(Vec<Imei>),
    /// A SIM: where it was seen, and when its card was last changed.
    Sim {
        /// Last in the ticket's device.
        here: Option<Day>,
        /// In any device.
        seen: bool,
        /// The last recorded change of the number's card.
        changed: Option<Time>,
    },
    /// A retailer with a feed.
    Feed,
    /// A retailer without a feed; those with one that are spelled nearly so.
    NoFeed(Vec<String>),
    /// A receipt's number in the retailer's feed.
    Receipt {
        /// A row names the ticket's device; none where no row names any, or no device is known.
        ours: Option<bool>,
    },
    /// The retailer has a feed and the number is not in it.
    NotInFeed,
    /// The day given is the sale's, give or take one.
    SaleDay {
        /// Whether it fits.
        fits: bool,
    },
}

impl Desk {
    /// What the registry says of a form's columns, column by column. Writes nothing.
    pub fn assist(
        &mut self,
        ticket: i64,
        columns: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, Hint>, Failure> {
        self.read(|act| {
            let ours = act.ticket(ticket)?.device;
            let mut hints = BTreeMap::new();
            for (column, text) in columns.iter().filter(|(_, text)| !text.trim().is_empty()) {
                if let Some(hint) = act.hint(column, text.trim(), columns, ours)? {
                    hints.insert(column.clone(), hint);
                }
            }
            Ok(hints)
        })
    }
}

impl Act<'_> {
    fn hint(
        &mut self,
        column: &str,
        text: &str,
        columns: &BTreeMap<String, String>,
        ours: Option<DeviceId>,
    ) -> Result<Option<Hint>, Failure> {
        match column {
            "imei" | "imei2" | "receipt_imei" | "box_imei" => match Imei::parse(text) {
                Ok(imei) => self.device_hint(&DeviceName::Imei(imei), ours).map(Some),
                Err(_) => self.near(text),
            },
            "serial" | "receipt_serial" | "box_serial" => match Serial::parse(text) {
                Ok(serial) => self.device_hint(&DeviceName::Serial(serial), ours).map(Some),
                Err(_) => Ok(None),
            },
            "sim_msisdn" => match Phone::parse(text, self.region()) {
                Ok(number) => {
                    let mut overlay = DeskOverlay::new(self.conn)?;
                    let details = self.registry.phone_details(number, &mut overlay)?;
                    self.sim_hint(&details.sim, ours).map(Some)
                }
                Err(_) => Ok(None),
            },
            "sim_iccid" => match Iccid::parse(text) {
                Ok(iccid) => {
                    let sim = self.registry.iccid_details(iccid)?;
                    self.sim_hint(&sim, ours).map(Some)
                }
                Err(_) => Ok(None),
            },
            "receipt_retailer" => self.retailer_hint(text),
            "receipt_no" | "receipt_date" => self.receipt_hint(column, columns, ours),
            _ => Ok(None),
        }
    }

    fn device_hint(&mut self, name: &DeviceName, ours: Option<DeviceId>) -> Result<Hint, Failure> {
        let details = self.registry.device_details(name, &mut DeskOverlay::new(self.conn)?)?;
        if !details.known {
            return Ok(Hint::NoDevice);
        }
        let device = details.device;
        let told = self.model_is_no_answer(&device)?;
        let model = device.models.first().or_else(|| device.tac_models.first()).filter(|_| told).cloned();
        Ok(Hint::Device { ours: ours == Some(device.id), any: ours.is_some(), model })
    }

    fn near(&mut self, text: &str) -> Result<Option<Hint>, Failure> {
        let candidates = near_misses(text);
        let mut near = Vec::new();
        for imei in &candidates {
            if near.len() < MOST_NEAR && self.registry.device_of(&DeviceName::Imei(*imei))?.is_some() {
                near.push(*imei);
            }
        }
        Ok((!candidates.is_empty()).then_some(Hint::Near(near)))
    }

    fn sim_hint(&mut self, sim: &SimFacts, ours: Option<DeviceId>) -> Result<Hint, Failure> {
        let mut here: Option<Day> = None;
        for seen in &sim.sightings {
            if ours.is_some() && self.registry.device_of(&DeviceName::Imei(seen.imei))? == ours {
                here = here.max(Some(seen.last_seen));
            }
        }
        Ok(Hint::Sim { here, seen: !sim.sightings.is_empty(), changed: sim.last_change })
    }

    fn retailer_hint(&mut self, text: &str) -> Result<Option<Hint>, Failure> {
        let Ok(retailer) = Retailer::parse(text) else { return Ok(None) };
        let known = self.registry.retailers()?;
        if known.iter().any(|name| Retailer::parse(name).ok().as_ref() == Some(&retailer)) {
            return Ok(Some(Hint::Feed));
        }
        let near = near::several(text, known.iter().map(String::as_str), MOST_NEAR);
        Ok(Some(Hint::NoFeed(near.into_iter().map(str::to_owned).collect())))
    }

    fn receipt_hint(
        &mut self,
        column: &str,
        columns: &BTreeMap<String, String>,
        ours: Option<DeviceId>,
    ) -> Result<Option<Hint>, Failure> {
        let text = |name: &str| columns.get(name).map_or("", |t| t.trim());
        let retailer = Retailer::parse(text("receipt_retailer"));
        let (Ok(retailer), Ok(number)) = (retailer, ReceiptNo::parse(text("receipt_no"))) else {
            return Ok(None);
        };
        let sales = self.registry.receipt_details(&retailer, &number)?;
        if column == "receipt_date" {
            let Ok(day) = Day::parse(text("receipt_date")) else { return Ok(None) };
            let fits = sales.iter().any(|s| (day.0 - s.sold_on.0).abs() <= 1);
            return Ok((!sales.is_empty()).then_some(Hint::SaleDay { fits }));
        }
        if sales.is_empty() {
            let known = self.registry.retailers()?;
            let fed = known.iter().any(|name| Retailer::parse(name).ok().as_ref() == Some(&retailer));
            return Ok(fed.then_some(Hint::NotInFeed));
        }
        let named: Vec<DeviceId> = sales.iter().filter_map(|s| s.device).collect();
        let names_ours = ours.filter(|_| !named.is_empty()).map(|ours| named.contains(&ours));
        Ok(Some(Hint::Receipt { ours: names_ours }))
    }
}

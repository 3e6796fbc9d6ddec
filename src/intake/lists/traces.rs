//! `sightings`, `sim-changes`, `sales`: where devices and SIMs left traces.

use super::{ListOptions, Make, foreign};
use crate::domain::{
    Iccid, Imei, Imsi, ListRow, Phone, ReceiptNo, Retailer, SaleRow, SightingRow, SimChangeRow,
};
use crate::intake::error::Fault;
use crate::intake::row::{Row, Shape, columns};
use crate::words::Phrase;

columns! { Sighting {
    Imei = "imei" Always,
    FirstSeen = "first_seen" Always,
    LastSeen = "last_seen" Always,
    Iccid = "iccid" OneOf(0),
    Imsi = "imsi" OneOf(0),
    Msisdn = "msisdn" OneOf(0),
} }

pub(super) const SIGHTINGS: &[Shape] =
    &[Shape::native("the list `sightings`", Sighting::ALL), foreign::OPERATOR_DATA, foreign::PAIRING_LIST];
pub(super) const SIGHTING_MAKES: &[Make] = &[sighting, foreign::operator, foreign::pairing];

fn sighting(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    let imei = row.must(Sighting::Imei, "imei.form", Imei::parse_seen)?;
    let (first_seen, last_seen) = (row.needed_day(Sighting::FirstSeen)?, row.needed_day(Sighting::LastSeen)?);
    Row::in_order((Sighting::FirstSeen, Some(&first_seen)), (Sighting::LastSeen, Some(&last_seen)))?;
    let seen = SightingRow {
        imei,
        iccid: row.parsed(Sighting::Iccid, "iccid.form", Iccid::parse)?,
        imsi: row.parsed(Sighting::Imsi, "imsi.form", Imsi::parse)?,
        msisdn: row.phone(Sighting::Msisdn, options.region)?,
        first_seen,
        last_seen,
    };
    if seen.iccid.is_none() && seen.imsi.is_none() && seen.msisdn.is_none() {
        let what = Phrase::of("intake-no-sim");
        return Err(Fault::row("required", what));
    }
    Ok(ListRow::Sighting(seen))
}

columns! { SimChange {
    Msisdn = "msisdn" Always,
    ChangedAt = "changed_at" Always,
    Iccid = "iccid" Never,
} }

pub(super) const SIM_CHANGES: &[Shape] = &[Shape::native("the list `sim-changes`", SimChange::ALL)];

pub(super) fn sim_change(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    Ok(ListRow::SimChange(SimChangeRow {
        msisdn: row.must(SimChange::Msisdn, "phone.form", |text| Phone::parse_seen(text, options.region))?,
        changed_at: row.needed_time(SimChange::ChangedAt)?,
        iccid: row.parsed(SimChange::Iccid, "iccid.form", Iccid::parse)?,
    }))
}

columns! { Sale {
    Retailer = "retailer" Always,
    ReceiptNo = "receipt_no" Always,
    SoldOn = "sold_on" Always,
    Imei = "imei" Never,
    Serial = "serial" Never,
    Amount = "amount" Never,
    Currency = "currency" Never,
} }

pub(super) const SALES: &[Shape] = &[Shape::native("the list `sales`", Sale::ALL)];

pub(super) fn sale(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    Ok(ListRow::Sale(SaleRow {
        retailer: row.must(Sale::Retailer, "retailer.form", Retailer::parse)?,
        retailer_text: row.needed(Sale::Retailer)?.to_owned(),
        receipt_no: row.must(Sale::ReceiptNo, "receipt_no.form", ReceiptNo::parse)?,
        receipt_text: row.needed(Sale::ReceiptNo)?.to_owned(),
        sold_on: row.needed_day(Sale::SoldOn)?,
        device: row.device(Sale::Imei, Sale::Serial)?,
        amount: row.text(Sale::Amount),
        currency: row.text(Sale::Currency),
    }))
}

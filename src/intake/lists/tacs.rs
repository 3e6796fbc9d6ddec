//! `tacs`: the type allocations, in our own columns or as the GSMA sends them.

use super::{ListOptions, Make};
use crate::domain::{Day, ListRow, Tac, TacRow};
use crate::intake::error::{Fault, glance};
use crate::intake::row::{Row, Shape, columns};
use crate::words::Phrase;

columns! { Col {
    Tac = "tac" Always,
    Brand = "brand" Never,
    Model = "model" Always,
    DeviceType = "device_type" Never,
    ImeiSlots = "imei_slots" Never,
    AllocatedOn = "allocated_on" Never,
} }

columns! { Gsma {
    Tac = "tac" Always,
    Manufacturer = "manufacturer" Always,
    ModelName = "model_name" Always,
    AllocationDate = "allocation_date" Always,
    DeviceType = "device_type" Never,
    BrandName = "brand_name" Never,
    MarketingName = "marketing_name" Never,
    Slots = "imeiquantitysupport" Never,
    SimSlots = "simslot" Never,
} }

pub(super) const SHAPES: &[Shape] = &[
    Shape::native("the list `tacs`", Col::ALL),
    Shape {
        skips_others: true,
        drops_quotes: true,
        marks: &["tac", "manufacturer", "model_name"],
        ..Shape::native("the GSMA's TAC file", Gsma::ALL)
    },
];
pub(super) const MAKES: &[Make] = &[tac, gsma];

pub(super) fn tac(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    Ok(ListRow::Tac(TacRow {
        tac: row.must(Col::Tac, "tac.form", Tac::parse)?,
        brand: row.text(Col::Brand),
        model: row.needed(Col::Model)?.to_owned(),
        device_type: row.text(Col::DeviceType),
        imei_slots: row.parsed(Col::ImeiSlots, "imei_slots.form", slots)?,
        allocated_on: row.day(Col::AllocatedOn)?,
    }))
}

fn gsma(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    let slots_of = |column| row.parsed(column, "imei_slots.form", slots).ok().flatten();
    Ok(ListRow::Tac(TacRow {
        tac: row.must(Gsma::Tac, "tac.form", Tac::parse)?,
        brand: row.text(Gsma::BrandName).or_else(|| row.text(Gsma::Manufacturer)),
        model: row
            .text(Gsma::MarketingName)
            .map_or_else(|| row.needed(Gsma::ModelName).map(str::to_owned), Ok)?,
        device_type: row.text(Gsma::DeviceType),
        // Columns of later editions, filled as each manufacturer likes: taken where they are clear.
        imei_slots: slots_of(Gsma::Slots).or_else(|| slots_of(Gsma::SimSlots)),
        allocated_on: row.parsed(Gsma::AllocationDate, "date.form", gsma_day)?,
    }))
}

/// How many IMEIs a device of the type has.
fn slots(text: &str) -> Result<u8, Phrase> {
    match text.parse() {
        Ok(slots @ 1..=9) => Ok(slots),
        _ => Err(Phrase::of("intake-slots")),
    }
}

/// `07-Mar-2019`, in any case; the list's own dates are taken, too.
fn gsma_day(text: &str) -> Result<Day, Phrase> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut parts = text.split('-');
    let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Day::parse(text).map_err(Phrase::from);
    };
    let named = MONTHS.iter().zip(1..).find(|(name, _)| month.eq_ignore_ascii_case(name));
    let digits = |t: &str, most| (1..=most).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    match (named, year.parse(), day.parse()) {
        (Some((_, month)), Ok(year), Ok(day)) if digits(day_text(text), 2) => {
            Day::from_ymd(year, month, day).map_err(Phrase::from)
        }
        (None, ..) if !month.bytes().all(|b| b.is_ascii_digit()) => {
            Err(Phrase::of("intake-month").with("given", glance(month)))
        }
        _ => Day::parse(text).map_err(Phrase::from),
    }
}

fn day_text(text: &str) -> &str {
    text.split('-').next().unwrap_or_default()
}

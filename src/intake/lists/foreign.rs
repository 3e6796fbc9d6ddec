//! The lists of device-blocking systems (DIRBS and its kin), recognised by their header.

use super::{ListOptions, Located};
use crate::domain::{
    Day, DeviceName, DeviceRow, Imei, Imsi, ListRow, NoticeKind, NoticeRow, NoticeStatus, Phone, SightingRow,
};
use crate::intake::error::Fault;
use crate::intake::row::{Row, Shape, columns};
use crate::words::Phrase;

columns! { Stolen {
    Imei = "imei" Always,
    ReportingDate = "reporting_date" Always,
    Status = "status" Never,
} }

pub(super) const STOLEN_LIST: Shape =
    Shape { marks: &["imei", "reporting_date"], ..Shape::native("the form `stolen_list`", Stolen::ALL) };

/// An empty status or `blacklist` is final, any other is provisional.
pub(super) fn stolen(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    let confirmed = row.get(Stolen::Status).is_none_or(|s| s.eq_ignore_ascii_case("blacklist"));
    Ok(ListRow::Notice(NoticeRow {
        device: DeviceName::Imei(row.must(Stolen::Imei, "imei.form", Imei::parse_seen)?),
        kind: NoticeKind::Stolen,
        status: if confirmed { NoticeStatus::Confirmed } else { NoticeStatus::Pending },
        reported_at: row.day(Stolen::ReportingDate)?.map_or(options.now, Day::start),
        source: Some("stolen_list".to_owned()),
        // One entry per device: without a reference, the next file's other date would add a second.
        reference: Some("stolen_list".to_owned()),
        cleared_at: None,
    }))
}

columns! { Registration {
    ApprovedImei = "approved_imei" Always,
    Make = "make" Never,
    Model = "model" Never,
    Status = "status" Never,
    ModelNumber = "model_number" Never,
    BrandName = "brand_name" Never,
    DeviceType = "device_type" Never,
    RadioInterface = "radio_interface" Never,
    DeviceId = "device_id" Always,
} }

pub(super) const REGISTRATION_LIST: Shape = Shape {
    marks: &["approved_imei", "device_id"],
    ..Shape::native("the form `registration_list`", Registration::ALL)
};

/// One IMEI of a device; [`Grouping`] joins the rows of one device.
pub(super) fn registration(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    row.needed(Registration::DeviceId)?;
    Ok(ListRow::Device(DeviceRow {
        imeis: vec![row.must(Registration::ApprovedImei, "imei.form", Imei::parse_seen)?],
        serial: None,
        model: row.text(Registration::Model),
        made_on: None,
        region: None,
    }))
}

/// Joins neighbouring rows of one `device_id`, as the form is written: five IMEIs at most.
#[derive(Default)]
pub(super) struct Grouping {
    device_id: String,
    open: Option<Located<ListRow>>,
}

impl Grouping {
    /// Takes a row; gives the device before it, once that is complete.
    pub fn push(&mut self, row: &Row, located: Located<ListRow>) -> Result<Option<Located<ListRow>>, Fault> {
        let device_id = row.needed(Registration::DeviceId)?;
        if let (Some(open), true) = (&mut self.open, device_id == self.device_id)
            && let (ListRow::Device(device), ListRow::Device(next)) = (&mut open.row, &located.row)
            && open.change == located.change
        {
            let fresh: Vec<Imei> = next.imeis.iter().filter(|i| !device.imeis.contains(i)).copied().collect();
            if device.imeis.len() + fresh.len() > 5 {
                let what = Phrase::of("intake-sixth");
                return Err(Fault::new("device_id", "order", what));
            }
            device.imeis.extend(fresh);
            return Ok(None);
        }
        device_id.clone_into(&mut self.device_id);
        Ok(self.open.replace(located))
    }

    /// The device still open at the end of the file.
    pub fn last(&mut self) -> Option<Located<ListRow>> {
        self.open.take()
    }
}

columns! { Pairing {
    Imei = "imei" Always,
    Imsi = "imsi" Always,
    Msisdn = "msisdn" Never,
} }

pub(super) const PAIRING_LIST: Shape =
    Shape { marks: PAIRING_MARKS, ..Shape::native("the form `pairing_list`", Pairing::ALL) };
/// Without the dates of a sighting: the native form is tried first where they are there.
const PAIRING_MARKS: &[&str] = &["imei", "imsi", "!first_seen", "!last_seen"];

/// Pairings carry no dates: seen on the day of import.
pub(super) fn pairing(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    let today = options.now.day();
    sighting(row, options, (Pairing::Imei, Pairing::Imsi, Pairing::Msisdn), today)
}

columns! { Operator {
    Date = "date" Always,
    Imei = "imei" Always,
    Imsi = "imsi" Always,
    Msisdn = "msisdn" Always,
    Rat = "rat" Never,
} }

pub(super) const OPERATOR_DATA: Shape =
    Shape { marks: &["date", "imei", "imsi", "msisdn"], ..Shape::native("operator data", Operator::ALL) };

pub(super) fn operator(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    let day = row.needed_day(Operator::Date)?;
    sighting(row, options, (Operator::Imei, Operator::Imsi, Operator::Msisdn), day)
}

fn sighting<C: crate::intake::row::At>(
    row: &Row,
    options: &ListOptions,
    (imei, imsi, msisdn): (C, C, C),
    day: Day,
) -> Result<ListRow, Fault> {
    let seen = SightingRow {
        imei: row.must(imei, "imei.form", Imei::parse_seen)?,
        iccid: None,
        imsi: row.parsed(imsi, "imsi.form", Imsi::parse)?,
        msisdn: row.parsed(msisdn, "phone.form", |text| Phone::parse_seen(text, options.region))?,
        first_seen: day,
        last_seen: day,
    };
    if seen.imsi.is_none() && seen.msisdn.is_none() {
        let what = Phrase::of("intake-no-subscriber");
        return Err(Fault::row("required", what));
    }
    Ok(ListRow::Sighting(seen))
}

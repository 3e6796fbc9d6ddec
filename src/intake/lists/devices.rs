//! `devices`, `repairs`, `notices`: what was made, what was exchanged, what is blocked.

use super::{ListOptions, Make, foreign};
use crate::domain::{DeviceRow, Imei, ListRow, NoticeRow, NoticeStatus, RepairRow};
use crate::intake::error::Fault;
use crate::intake::row::{Row, Shape, columns};
use crate::words::Phrase;

columns! { Col {
    Imei = "imei" OneOf(0),
    Imei2 = "imei2" Never,
    Imei3 = "imei3" Never,
    Imei4 = "imei4" Never,
    Imei5 = "imei5" Never,
    Serial = "serial" OneOf(0),
    Model = "model" Never,
    MadeOn = "made_on" Never,
    Region = "region" Never,
} }

pub(super) const SHAPES: &[Shape] =
    &[Shape::native("the list `devices`", Col::ALL), foreign::REGISTRATION_LIST];
pub(super) const MAKES: &[Make] = &[device, foreign::registration];

fn device(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    let mut imeis: Vec<Imei> = Vec::new();
    for column in [Col::Imei, Col::Imei2, Col::Imei3, Col::Imei4, Col::Imei5] {
        match row.imei(column)? {
            // One body under two check digits or versions is one identity.
            Some(imei) if !imeis.contains(&imei) => imeis.push(imei),
            _ => {}
        }
    }
    let serial = row.serial(Col::Serial)?;
    if imeis.is_empty() && serial.is_none() {
        let what = Phrase::of("intake-no-device");
        return Err(Fault::row("required", what));
    }
    Ok(ListRow::Device(DeviceRow {
        imeis,
        serial,
        model: row.text(Col::Model),
        made_on: row.day(Col::MadeOn)?,
        region: row.text(Col::Region),
    }))
}

columns! { Repair {
    OrderNo = "order_no" Always,
    OldImei = "old_imei" Always,
    NewImei = "new_imei" Always,
    RepairedOn = "repaired_on" Always,
    Centre = "centre" Never,
} }

pub(super) const REPAIRS: &[Shape] = &[Shape::native("the list `repairs`", Repair::ALL)];

pub(super) fn repair(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    let old_imei = row.must(Repair::OldImei, "imei.form", Imei::parse)?;
    let new_imei = row.must(Repair::NewImei, "imei.form", Imei::parse)?;
    if old_imei == new_imei {
        let what = Phrase::of("intake-repair-same");
        return Err(Fault::new("new_imei", "order", what));
    }
    Ok(ListRow::Repair(RepairRow {
        order_no: row.needed(Repair::OrderNo)?.to_owned(),
        old_imei,
        new_imei,
        repaired_on: row.needed_day(Repair::RepairedOn)?,
        centre: row.text(Repair::Centre),
    }))
}

columns! { Notice {
    Imei = "imei" OneOf(0),
    Serial = "serial" OneOf(0),
    Kind = "kind" Always,
    Status = "status" Always,
    ReportedAt = "reported_at" Always,
    Source = "source" Never,
    Reference = "reference" Never,
    ClearedAt = "cleared_at" Never,
} }

pub(super) const NOTICES: &[Shape] =
    &[Shape::native("the list `notices`", Notice::ALL), foreign::STOLEN_LIST];
pub(super) const NOTICE_MAKES: &[Make] = &[notice, foreign::stolen];

fn notice(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    let reported_at = row.needed_time(Notice::ReportedAt)?;
    let cleared_at = row.end((Notice::ReportedAt, Some(&reported_at)), Notice::ClearedAt)?;
    let status: NoticeStatus = row.word(Notice::Status)?;
    if cleared_at.is_some() && status != NoticeStatus::Cleared {
        let what = Phrase::of("intake-cleared").with("status", status.as_str());
        return Err(Fault::new("status", "order", what));
    }
    Ok(ListRow::Notice(NoticeRow {
        device: row.needed_device(Notice::Imei, Notice::Serial)?,
        kind: row.word(Notice::Kind)?,
        status,
        reported_at,
        source: row.text(Notice::Source),
        reference: row.text(Notice::Reference),
        cleared_at,
    }))
}

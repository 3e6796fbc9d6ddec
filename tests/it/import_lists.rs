//! Lists and cases as they should be: every form, every list, both formats.

use crate::import_bad_inputs::{now, options};
use latchkey::domain::{Day, EvidenceKind, Item, List, ListRow, NoticeStatus, Region, csv_safe};
use latchkey::intake::{
    CaseColumn, CaseFields, CaseReader, CaseRow, Change, Format, ListOptions, ListReader, Located,
    RejectWriter, Source, Trouble, claim_from_fields,
};
use std::io::Cursor;
use std::path::Path;

const A: &str = "869547046530697";
const B: &str = "867530906410871";

fn text(text: &str) -> Source {
    Source::from_reader("test", Cursor::new(text.as_bytes().to_vec()))
}

fn all(list: List, options: ListOptions, file: &str) -> Vec<Located<ListRow>> {
    ListReader::open(list, text(file), options).unwrap().map(Result::unwrap).collect()
}

fn cases(file: &str) -> Vec<CaseRow> {
    CaseReader::open(text(file), Format::Auto, Region::RU, now()).unwrap().map(Result::unwrap).collect()
}

#[test]
fn both_formats_give_the_same_rows() {
    for (list, header, row) in [
        (
            List::Tacs,
            "tac,brand,model,device_type,imei_slots,allocated_on",
            "86753090,Orbit,Orbit 11,phone,2,2021-02-01",
        ),
        (
            List::Devices,
            "imei,imei2,serial,model,made_on,region",
            "869547046530697,867530906410871,47217/A1,Orbit,20240131,RU",
        ),
        (
            List::Accounts,
            "account_id,email,phone,name,region,language,state,registered_at,last_sign_in_at",
            "2000000001,a@mail.example,+79031234567,Zoë,RU,ru,active,2024-01-31,2024-01-31T10:00:00+03:00",
        ),
        (
            List::Contacts,
            "account_id,kind,value,verified_at,replaced_at",
            "1,phone,8 903 123-45-67,2024-01-31,",
        ),
        (
            List::Bindings,
            "account_id,imei,serial,bound_at,released_at,lost_mode_since",
            "1,,AB12,2024-01-31,2024-02-01,",
        ),
        (
            List::Sightings,
            "imei,iccid,imsi,msisdn,first_seen,last_seen",
            "869547046530690,,250011234567890,,2024-01-31,2024-02-01",
        ),
        (List::SimChanges, "msisdn,iccid,changed_at", "79031234567,,2024-01-31T00:00:00Z"),
        (
            List::Sales,
            "retailer,receipt_no,sold_on,imei,serial,amount,currency",
            "DNS,DN-0001,2024-01-31,869547046530697,,24990.00,RUB",
        ),
        (
            List::Repairs,
            "order_no,centre,old_imei,new_imei,repaired_on",
            "R1,Service 24,869547046530697,867530906410871,2024-01-31",
        ),
        (
            List::Notices,
            "imei,kind,status,source,reference,reported_at,cleared_at",
            "869547046530697,stolen,cleared,police,7,2024-01-31,2024-02-02",
        ),
    ] {
        let pairs = header.split(',').zip(row.split(',')).map(|(k, v)| format!("{k:?}:{v:?}"));
        let json = format!("{{{}}}\n", pairs.collect::<Vec<_>>().join(","));
        let from_csv = all(list, options(), &format!("{header}\n{row}\n"));
        let from_json = all(list, options(), &json);
        assert_eq!(from_csv.len(), 1, "{list}");
        assert_eq!(from_csv[0].row, from_json[0].row, "{list}");
        assert_eq!((from_csv[0].line, from_json[0].line), (2, 1));
    }
}

#[test]
fn the_gsma_form_is_read_as_it_is() {
    let file = "TAC|Manufacturer|Model Name|Marketing Name|Bands|Allocation Date|Device Type|Country Code\n\
        01332700|Orbit Inc|A1|Orbit \"Pad\" 6|GSM 900|07-Mar-2019|Tablet|1\n\
        86753090|\"Orbit Inc|A2||LTE|31-FEB-2019|Smartphone|1\n";
    let mut reader = ListReader::open(List::Tacs, text(file), options()).unwrap();
    assert_eq!(reader.form(), "the GSMA's TAC file");
    let Some(Ok(Located { row: ListRow::Tac(tac), .. })) = reader.next() else { panic!() };
    assert_eq!((tac.model.as_str(), tac.brand.as_deref()), ("Orbit Pad 6", Some("Orbit Inc")));
    assert_eq!(tac.allocated_on, Day::parse("2019-03-07").ok());
    let Some(Err(Trouble::Row(reject))) = reader.next() else { panic!() };
    assert_eq!(
        reject.to_string(),
        "line 3, column allocation_date: `allocation_date` cannot be read: there is no such day: month 02, day 31 of 2019; correct it at the source and import it again"
    );
    assert_eq!(reject.value, "31-FEB-2019");
    assert!(reader.next().is_none());
}

#[test]
fn forms_of_blocking_systems_are_known_by_their_header() {
    let stolen = format!("imei,reporting_date,status\n{A},20240131,\n{B},20240131,pending\n");
    let status: Vec<_> = all(List::Notices, options(), &stolen)
        .into_iter()
        .map(|l| if let ListRow::Notice(n) = l.row { n.status } else { panic!() })
        .collect();
    assert_eq!(status, [NoticeStatus::Confirmed, NoticeStatus::Pending]);

    let registration = format!(
        "approved_imei,make,model,status,model_number,brand_name,device_type,radio_interface,device_id\n\
        {A},m,Orbit,whitelist,n,b,t,r,D1\n{B},m,Orbit,whitelist,n,b,t,r,D1\n35417803500000,m,X,,n,b,t,r,D2\n"
    );
    let devices: Vec<_> = all(List::Devices, options(), &registration)
        .into_iter()
        .map(|l| if let ListRow::Device(d) = l.row { (l.line, d.imeis.len()) } else { panic!() })
        .collect();
    assert_eq!(devices, [(2, 2), (4, 1)]);

    let seen = |file: &str| match all(List::Sightings, options(), file).remove(0).row {
        ListRow::Sighting(s) => (s.first_seen, s.last_seen, s.msisdn.is_some()),
        _ => panic!(),
    };
    let day = |text: &str| Day::parse(text).unwrap();
    let today = now().day();
    assert_eq!(seen(&format!("imei,imsi,msisdn\n{A},250011234567890,79031234567\n")), (today, today, true));
    let then = day("2024-01-31");
    assert_eq!(
        seen(&format!("date,imei,imsi,msisdn,rat\n20240131,{A},250011234567890,,001|005\n")),
        (then, then, false)
    );
}

#[test]
fn a_delta_says_what_each_row_does() {
    let delta = ListOptions { delta: true, ..options() };
    let rows = all(List::Devices, delta, &format!("imei,change_type\n{A},add\n{B},Remove\n"));
    assert_eq!(rows.iter().map(|r| r.change).collect::<Vec<_>>(), [Some(Change::Add), Some(Change::Remove)]);
    let rows = all(List::Devices, delta, &format!("{{\"imei\":\"{A}\",\"change_type\":\"update\"}}"));
    assert_eq!(rows[0].change, Some(Change::Update));
    let error = ListReader::open(List::Devices, text("imei\n1\n"), delta).unwrap_err();
    assert_eq!(error.column.as_deref(), Some("change_type"));
    let mut rows =
        ListReader::open(List::Devices, text(&format!("imei,change_type\n{A},drop\n")), delta).unwrap();
    let told = rows.next().unwrap().unwrap_err().to_string();
    assert_eq!(
        told,
        "line 2, column change_type: `change_type`: `drop` is none of add, update, remove; use one of these words"
    );
}

#[test]
fn evidence_of_a_case_is_sorted_into_items() {
    use EvidenceKind::{Box, Document, Facts, Receipt, Sim};
    let file = "request,imei,receipt_no,sim_iccid,facts,attachments,note\n\
        unbind,1,R1,x,name=Ivan=III; pet = cat ;,box:a.png;box:b.png;receipt:r.pdf;document:d.pdf;document:e.pdf,hello\n";
    let case = cases(file).remove(0);
    let kinds: Vec<_> = case.claim.evidence.iter().map(|e| e.item.kind()).collect();
    assert_eq!(kinds, [Receipt, Sim, Box, Facts, Box, Document, Document]);
    let places: Vec<_> = case.attachments.iter().map(|a| (a.kind, a.path.as_str(), a.item)).collect();
    assert_eq!(
        places,
        [
            (Box, "a.png", 2),
            (Box, "b.png", 4),
            (Receipt, "r.pdf", 0),
            (Document, "d.pdf", 5),
            (Document, "e.pdf", 6)
        ]
    );
    let Item::Facts(facts) = &case.claim.evidence[3].item else { panic!() };
    assert_eq!(*facts, [("name".to_owned(), "Ivan=III".to_owned()), ("pet".to_owned(), "cat".to_owned())]);
    assert_eq!((case.note(), case.reference()), (Some("hello"), None));
    assert_eq!(case.claim.received_at, now(), "a case without a time was received now");
}

#[test]
fn the_fields_of_a_case_come_back_from_json() {
    let case = cases("reference,request,imei,claimant_name\nC-1,unbind, 1 ,Ivan\n").remove(0);
    let json = serde_json::to_string(&case.fields).unwrap();
    assert_eq!(json, r#"{"reference":"C-1","request":"unbind","claimant_name":"Ivan","imei":" 1 "}"#);
    let mut back: CaseFields = serde_json::from_str(&json).unwrap();
    assert_eq!(back, case.fields);
    assert_eq!(claim_from_fields(&back, Region::RU, now()).unwrap().0, case.claim);
    assert_eq!(
        format!("{back:?}"),
        r#"{"reference", "request", "claimant_name", "imei"}"#,
        "no personal data"
    );
    let mut newer = CaseFields::default();
    newer.set(CaseColumn::Imei, "2");
    newer.set(CaseColumn::Model, "  ");
    assert!(back.update(&newer) && !back.update(&newer));
    assert_eq!((back.get(CaseColumn::Imei), back.get(CaseColumn::Model)), (Some("2"), None));
    assert!(serde_json::from_str::<CaseFields>(r#"{"imei":"1","imei":"2"}"#).is_err());
    assert!(serde_json::from_str::<CaseFields>(r#"{"imeii":"1"}"#).is_err());
}

#[test]
fn item_23_rejects_cannot_run_in_a_spreadsheet() {
    let mut reader =
        ListReader::open(List::Devices, text("imei,model\n=1+1,\"Orbit, red\"\n"), options()).unwrap();
    let Some(Err(Trouble::Row(reject))) = reader.next() else { panic!() };
    let mut writer = RejectWriter::new(Vec::new()).unwrap();
    writer.write(&reject).unwrap();
    assert_eq!(writer.count(), 1);
    let file = String::from_utf8(writer.finish().unwrap()).unwrap();
    let mut read = csv::Reader::from_reader(file.as_bytes());
    assert_eq!(read.headers().unwrap(), vec!["line", "column", "value", "rule", "message", "row"]);
    let row = read.records().next().unwrap().unwrap();
    assert_eq!((&row[0], &row[1], &row[3]), ("2", "imei", "imei.form"));
    assert_eq!(&row[2], csv_safe("=1+1"));
    assert!(row[2].starts_with('\'') && row[5].starts_with('\''));
}

#[test]
fn item_80_only_files_and_streams_are_opened() {
    let dir = tempfile::tempdir().unwrap();
    let said = |path: &Path| Source::open(path).map_or_else(|e| e.to_string(), |_| "opened".to_owned());
    let folder = dir.path().display();
    assert_eq!(
        said(dir.path()),
        format!(
            "{folder}: cannot be imported: it is a folder, not a file; name a file, or `-` to read standard input"
        )
    );
    assert_eq!(
        said(Path::new("/dev/zero")),
        "/dev/zero: cannot be imported: it is a device or a socket, not a file; name a file, or `-` to read standard input"
    );
    let missing = dir.path().join("no\u{1b}such");
    assert_eq!(
        said(&missing),
        format!(
            "{folder}/no‹U+001B›such: cannot be opened: no such file or directory; check the name and the folder you are in"
        )
    );
    let file = dir.path().join("x.csv");
    std::fs::write(&file, "imei\n").unwrap();
    assert_eq!(Source::open(&file).unwrap().size(), Some(5));
    let Ok(source) = Source::open(&file) else { panic!() };
    let mut reader = ListReader::open(List::Devices, source, options()).unwrap();
    assert!(reader.next().is_none());
}

//! Cases that share devices, accounts, contacts, receipts and wrong answers: whichever way they come in, each ends up
//! judged as if it were judged last. An import does not judge again whom a new case cannot change; this is what shows
//! that it knows who that is.

use latchkey::desk::import::ImportOptions;
use latchkey::domain::List;

use crate::desk_rehearsal::{Rehearsal, noon};

const DEVICES: usize = 9;
const CASES: usize = 120;

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

fn imei(n: usize) -> String {
    let body = format!("86753090{:06}", 500 + n);
    let sum: u32 = body.bytes().rev().enumerate().fold(0, |sum, (at, digit)| {
        let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        sum + value / 10 + value % 10
    });
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// Devices of four accounts, two of nobody; each sold once.
fn desk() -> Rehearsal {
    let made = Rehearsal::new();
    let mut lists = [
        (List::Devices, "imei,model,made_on\n".to_owned()),
        (List::Bindings, "account_id,imei,bound_at\n".to_owned()),
        (List::Accounts, "account_id,email,name,region,state,registered_at\n".to_owned()),
        (List::Sales, "retailer,receipt_no,sold_on,imei\n".to_owned()),
    ];
    for n in 0..DEVICES {
        let imei = imei(n);
        lists[0].1 += &format!("{imei},Orbit 11,2024-12-20\n");
        lists[3].1 += &format!("DNS,DN-9{n},2025-01-29,{imei}\n");
        if n < 7 {
            lists[1].1 += &format!("300000000{},{imei},2025-02-08\n", n % 4);
        }
    }
    for n in 0..4 {
        lists[2].1 += &format!("300000000{n},a{n}@mail.example,Анна {n},RU,active,2024-12-30\n");
    }
    let mut desk = made.desk("anna");
    for (list, text) in lists {
        let path = made.path().join(format!("more-{list}.csv"));
        std::fs::write(&path, text).unwrap();
        desk.import_list(list, &path, &ImportOptions::default(), &mut |_| true).unwrap();
    }
    made
}

const HEAD: &str = "reference,request,received_at,claimant_name,claimant_email,claimant_phone,access,imei,account_email,\
    receipt_retailer,receipt_no,receipt_date,sim_msisdn,facts\n";

fn rows(dice: &mut Dice) -> Vec<String> {
    let row = |n: usize, dice: &mut Dice| {
        let device = dice.below(DEVICES + 2);
        let mail = dice.below(14);
        let receipt = dice.below(DEVICES * 2);
        [
            format!("S-{n:04}"),
            dice.one(&["unbind", "unbind", "device-reset", "password-reset", "account-deletion"]).to_owned(),
            format!("2026-11-{:02}", 1 + dice.below(19)),
            "Somebody".to_owned(),
            if mail < 10 { format!("c{mail}@post.example") } else { String::new() },
            if dice.below(2) == 0 { format!("+7916000{:04}", dice.below(12)) } else { String::new() },
            "tried".to_owned(),
            if device < DEVICES { imei(device) } else { String::new() },
            if dice.below(3) == 0 { format!("a{}@mail.example", dice.below(4)) } else { String::new() },
            if receipt < DEVICES { "DNS".to_owned() } else { String::new() },
            if receipt < DEVICES { format!("DN-9{receipt}") } else { String::new() },
            if receipt < DEVICES { "2025-01-29".to_owned() } else { String::new() },
            dice.one(&["", "", "+79160000003", "+79160000004"]).to_owned(),
            dice.one(&["", "", "", "name=Wrong Name;region=US", "name=Анна 1"]).to_owned(),
        ]
        .join(",")
    };
    (0..CASES).map(|n| row(n, dice)).collect()
}

fn import(desk: &Rehearsal, rows: &[String]) -> std::collections::BTreeMap<String, u64> {
    let path = desk.path().join("cases.csv");
    std::fs::write(&path, format!("{HEAD}{}\n", rows.join("\n"))).unwrap();
    let done = desk.desk("anna").import_cases(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!((done.imported, done.rejected), (rows.len() as u64, 0));
    done.recommendations
}

/// What is kept of every judgement, and who stands under what.
fn kept(desk: &Rehearsal) -> Vec<String> {
    let conn = rusqlite::Connection::open(desk.folder().join("desk.db")).unwrap();
    let mut stmt = conn
        .prepare(
            "SELECT reference || ' ' || recommendation || ' ' || verdict || ' ' || coalesce(device, 0) || ' ' ||
               coalesce(account, 0) || ' ' || hex(links) || ' ' || stale FROM ticket
             UNION ALL SELECT thing || ' ' || ticket FROM link UNION ALL SELECT thing || ' ' || ticket FROM link_more
             UNION ALL SELECT ticket || ' ' || kind || ' ' || wrong FROM evidence ORDER BY 1",
        )
        .unwrap();
    let rows = stmt.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Fails by the lines that differ.
fn same(found: &[String], other: &[String], how: &str) {
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter().filter(|line| b.binary_search(line).is_err()).cloned().collect()
    };
    let (ours, theirs) = (only(found, other), only(other, found));
    assert!(ours.is_empty() && theirs.is_empty(), "{how}: {ours:#?} against {theirs:#?}");
}

#[test]
fn whichever_way_cases_come_in_each_is_judged_as_if_it_were_judged_last() {
    for seed in 1..=2 {
        let rows = rows(&mut Dice(seed));
        let (at_once, halves, singly) = (desk(), desk(), desk());
        let told = import(&at_once, &rows);
        let (first, second) = rows.split_at(CASES / 2);
        import(&halves, first);
        import(&halves, second);
        for row in &rows {
            import(&singly, std::slice::from_ref(row));
        }
        let found = kept(&at_once);
        same(&found, &kept(&singly), &format!("seed {seed}, one by one"));
        same(&found, &kept(&halves), &format!("seed {seed}, in two files"));
        at_once.tamper("desk.db", "UPDATE ticket SET stale = 1");
        assert!(at_once.desk_at("anna", noon()).settle(|_| {}).unwrap() >= CASES);
        same(&found, &kept(&at_once), &format!("seed {seed}, all judged again"));
        let mut counted = std::collections::BTreeMap::new();
        for line in found.iter().filter(|line| line.starts_with("S-")) {
            *counted.entry(line.split(' ').nth(1).unwrap().to_owned()).or_insert(0) += 1;
        }
        assert_eq!(told, counted, "seed {seed}: what the summary says");
    }
}

//! Personal-data canaries where something is refused, wrong or damaged: an error says what, where and why, and names nobody
//! whom its caller did not name.

use std::path::Path;

use rusqlite::Connection;

use crate::canary_world::{Canary, NONE, canaries, opened, told, world};
use crate::cli_desk::{Ran, TestDesk};

/// The shipped desk with cases of ours, one of them worked and one authorization out.
fn desk() -> (TestDesk, String) {
    let desk = world();
    assert_eq!(desk.run(&["import", "cases", "in/cases.csv"]).code, 3);
    desk.run(&["import", "cases", "in/V.csv"]).ok();
    desk.run(&["import", "cases", "in/a.eml"]).ok();
    desk.run(&["note", "Z-1", "Marginalia on Quixotish"]).ok();
    desk.run(&["decide", "Z-1", "refuse", "--reason", "drumlin"]).ok();
    desk.run(&["code", "send", "R-13", "contact"]).ok();
    desk.run(&["reply", "Z-2", "--send"]).ok();
    desk.run(&["object", "R-08", "--reason", "drumlin"]).ok();
    let token = desk.issued();
    (desk, token)
}

/// What came back that nobody typed.
fn named(all: &[Canary], args: &[&str], ran: &Ran) -> Vec<String> {
    let mut typed = args.join(" ");
    // A token is its device, whoever holds it.
    typed.push_str(&String::from_utf8_lossy(&opened(&typed)));
    let typed = typed.to_lowercase();
    let mut told = told(all, format!("{}{}", ran.stdout, ran.stderr).as_bytes(), NONE);
    told.retain(|canary| !typed.contains(&canary.to_lowercase()));
    told
}

#[test]
fn no_refusal_names_anybody() {
    let (desk, token) = desk();
    desk.write("in/twice.csv", "account_id,name,email,state\n1,Кукушкина Anna,a@nest.example,active\n1,Zorro Other,b@nest.example,active\n");
    desk.write("in/zeros.csv", "imei,model\n13327000005019,Orbit\n");
    desk.write(
        "in/control.csv",
        "reference,request,claimant_name,claimant_email\nK-1,unbind,Rejecta\u{7},rejecta@refused.example\n",
    );
    desk.write("in/garbage", "no keyset, no token and no note");
    let all = canaries();
    let table: &[(&str, &[&str])] = &[
        ("anna", &["import", "cases", "in/cases.csv", "--atomic"]),
        ("anna", &["import", "cases", "in/control.csv"]),
        ("anna", &["import", "accounts", "in/twice.csv"]),
        ("anna", &["import", "devices", "in/zeros.csv"]),
        ("anna", &["import", "accounts", "in/cases.csv"]),
        ("anna", &["import", "cases", "in/nowhere.csv"]),
        ("anna", &["show", "zorro.quixot@moon.example"]),
        ("anna", &["show", "Z-99"]),
        ("anna", &["note", "Z-1", " "]),
        ("boris", &["take", "Z-1"]),
        ("anna", &["decide", "R-04", "approve"]),
        ("anna", &["decide", "R-04", "approve", "--override", "--reason", "he cried"]),
        ("anna", &["decide", "R-02", "approve"]),
        ("anna", &["decide", "R-07", "refuse"]),
        ("anna", &["decide", "Z-1", "R-99", "refuse"]),
        ("anna", &["approve", "R-02"]),
        ("boris", &["approve", "R-02"]),
        ("boris", &["send-back", "R-02", "--reason", "x"]),
        ("boris", &["clear", "Z-1", "receipt.unique", "--against", "R-06", "--reason", "x"]),
        ("anna", &["notice", "confirm", "R-01"]),
        ("anna", &["object", "--code", "AAAA-BBBB-CCCC"]),
        ("anna", &["merge", "R-01", "Z-2"]),
        ("anna", &["reopen", "Z-2"]),
        ("boris", &["undo", "Z-1"]),
        ("anna", &["evidence", "add", "Z-2", "receipt", "receipt_colour=red"]),
        ("anna", &["evidence", "add", "Z-2", "receipt", "--file", "in/canary-slap.pdf"]),
        ("anna", &["evidence", "open", "Z-1", "99"]),
        ("anna", &["evidence", "remove", "Z-1", "99"]),
        ("anna", &["facts", "R-13", "name"]),
        ("anna", &["facts", "R-13", "name=Zorro", "region=FR"]),
        ("anna", &["code", "send", "R-05", "sim"]),
        ("anna", &["code", "send", "R-13", "contact", "--to", "nobody@nowhere.example"]),
        ("anna", &["code", "confirm", "R-13", "contact", "000000"]),
        ("anna", &["mail", "confirm", "Z-1", "99"]),
        ("anna", &["issue", "R-02"]),
        ("anna", &["issue", "R-01"]),
        ("anna", &["verify", "in/garbage"]),
        ("anna", &["verify", &token, "--device", "869547040002016"]),
        ("anna", &["redeem", "in/garbage"]),
        ("anna", &["speak", "R-01", "--centre", "north", "0TY8-ZGA0-BDSN-N"]),
        ("anna", &["revoke", "nothing", "--reason", "x"]),
        ("anna", &["audit", "reads", "Z-1"]),
        ("anna", &["audit", "prove", "Z-99"]),
        ("anna", &["audit", "check-proof", "in/garbage"]),
        ("anna", &["export", "--reveal"]),
        ("anna", &["erase", "Z-1"]),
        ("clara", &["erase", "Z-1", "Z-2"]),
        ("clara", &["erase", "skupka77@post.example"]),
        ("anna", &["lookup", ""]),
        ("clara", &["keyset", "apply", "in/garbage"]),
        ("clara", &["policy", "check", "in/garbage"]),
        ("clara", &["restore", "in/garbage", "--reason", "x"]),
        ("anna", &["--readonly", "note", "Z-1", "x"]),
        ("anna", &["--readonly", "lookup", "zorro.quixot@moon.example", "--reveal"]),
    ];
    let mut faults = Vec::new();
    for (agent, args) in table {
        for json in [false, true] {
            let args = if json { [&["--json"], *args].concat() } else { args.to_vec() };
            let ran = desk.by(agent, &args);
            let named = named(&all, &args, &ran);
            if [0, 70].contains(&ran.code) || !named.is_empty() {
                faults.push(format!("{agent}: {args:?} names {named:?}: {ran}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// Columns of a file that hold text.
fn texts(file: &Path) -> Vec<(String, String)> {
    let conn = Connection::open(file).unwrap();
    let wanted = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND c.type = 'TEXT' ORDER BY 1, 2";
    let mut columns = conn.prepare(wanted).unwrap();
    let rows = columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Whoever edits the files past the program is named by table and place; what stands there is not.
#[test]
fn no_word_on_damage_names_anybody() {
    let (desk, _) = desk();
    let all = canaries();
    let mut caught = 0;
    for file in ["desk.db", "registry.db"] {
        let place = desk.path("desk").join(file);
        let whole = std::fs::read(&place).unwrap();
        for (table, column) in texts(&place) {
            let conn = Connection::open(&place).unwrap();
            // What a column may not hold is no damage of its text.
            let edited = conn.execute(&format!("UPDATE {table} SET {column} = {column} || 'x'"), []);
            drop(conn);
            if edited.is_ok_and(|rows| rows > 0) {
                for (agent, args) in [
                    ("anna", &["audit", "verify"][..]),
                    ("clara", &["doctor"]),
                    ("anna", &["decide", "Z-2", "ask"]),
                ] {
                    let ran = desk.by(agent, args);
                    // The answer of an act that was done is the ticket, as it was given.
                    let said =
                        if ran.code == 0 { &ran.stderr } else { &format!("{}{}", ran.stdout, ran.stderr) };
                    let told = told(&all, said.as_bytes(), NONE);
                    assert_eq!(told, [""; 0], "{table}.{column}, {args:?}: {ran}");
                    caught += usize::from(args[0] == "audit" && ran.code != 0);
                }
            }
            for ending in ["-wal", "-shm"] {
                let _ = std::fs::remove_file(desk.path("desk").join(format!("{file}{ending}")));
            }
            std::fs::write(&place, &whole).unwrap();
        }
    }
    assert!(caught > 30, "{caught}");
}

//! Commands that write a file which the caller names: whoever cannot sign leaves none behind, not even an empty one.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli_real::RealSeat;

/// Every file and folder below, by its way from here; what a desk keeps for itself left out.
fn names(folder: &Path, below: &str, out: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        let own = ["desk/keys", "desk/drafts"].contains(&name.as_str())
            || ["desk/desk.db-", "desk/registry.db-"].iter().any(|base| name.starts_with(base));
        // Where heads were seen is written by whoever looks.
        if own || name.starts_with(".local") {
            continue;
        }
        if entry.path().is_dir() {
            names(&entry.path(), &format!("{name}/"), out);
        }
        out.insert(name);
    }
}

fn all(seat: &RealSeat) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    names(&seat.path(""), "", &mut out);
    out
}

/// A desk at which each of the commands works, with the right passphrase.
fn seat() -> RealSeat {
    let seat = RealSeat::new();
    seat.write(
        "desk/policy.toml",
        include_str!("../../policy.toml").replace("codes = false", "codes = true"),
    );
    seat.by("clara", &["policy", "accept"]).ok();
    let head = seat.by("clara", &["audit", "checkpoint"]).ok();
    seat.write("head", head);
    let case = "reference,request,claimant_email,access,imei\nA,unbind,a@post.example,none,867530900000017\n";
    let case = seat.write("case.csv", case);
    seat.run(&["import", "cases", &case]).ok();
    seat.write(
        "bad.csv",
        "reference,request,claimant_email\nB,unbind,b@post.example\nC,nothing,c@post.example\n",
    );
    seat.write("tacs.csv", "tac,model\n86753090,Orbit 11\n8675309x,Orbit 12\n");
    seat.by("clara", &["agents", "role", "anna", "agent", "auditor", "--request", "asked"]).ok();
    seat.by("clara", &["backup", "old.backup"]).ok();
    seat.by("clara", &["witness", "init", "witness.example/w1"]).ok();
    let keys = seat.by("clara", &["keyset", "export", "--log-keys"]).ok();
    let keys = seat.write("log.keys", keys);
    seat.by("clara", &["witness", "trust", &keys]).ok();
    seat
}

#[test]
fn whoever_cannot_sign_leaves_no_file() {
    let seat = seat();
    let wrong = seat.write("wrong", "somebody else's guess at it\n");
    let root = seat.path("desk/keys/root.pem");
    let root = root.to_str().unwrap();
    // Who, what, and what it writes with the right passphrase.
    let table: [(&str, &[&str], &[&str]); 15] = [
        // Its leaf came after the last head that somebody signed.
        ("clara", &["audit", "prove", "A", "--out", "a.proof"], &["a.proof"]),
        ("clara", &["export", "--reveal", "--out", "e.jsonl"], &["e.jsonl"]),
        ("clara", &["export", "--reveal", "--format", "csv", "--out", "e.csv"], &["e.csv"]),
        ("clara", &["backup", "new.backup"], &["new.backup"]),
        ("clara", &["backup", "new.age", "--encrypt"], &["new.age"]),
        ("clara", &["audit", "checkpoint", "--out", "note", "--qr", "note.svg"], &["note", "note.svg"]),
        ("clara", &["audit", "export", "tiles"], &["tiles", "tiles/checkpoint"]),
        ("clara", &["agents", "disable", "anna", "--request", "disable"], &["disable"]),
        ("clara", &["keyset", "sign", "asked", "--root", root, "--out", "keyset.jws"], &["keyset.jws"]),
        ("clara", &["centres", "add", "north", "--out", "north.json"], &["north.json"]),
        ("clara", &["import", "tacs", "tacs.csv", "--rejects", "tacs.rejects"], &["tacs.rejects"]),
        ("anna", &["import", "cases", "bad.csv", "--rejects", "rejects"], &["rejects"]),
        ("clara", &["witness", "cosign", "head", "--out", "cosigned"], &["cosigned"]),
        // Nothing of it can be had yet, by whichever passphrase.
        ("anna", &["issue", "A", "--qr", "a.svg", "--proof", "a.tlog-proof"], &[]),
        ("clara", &["restore", "old.backup", "--reason", "the disk died"], &["desk.before-1"]),
    ];
    for (agent, args, written) in table {
        let before = all(&seat);
        let refused = seat.by(agent, &[args, &["--passphrase-file", &wrong]].concat());
        assert_ne!(refused.code, 0, "{args:?}: {refused}");
        let left: Vec<String> = all(&seat).difference(&before).cloned().collect();
        assert!(left.is_empty(), "{args:?} left {left:?}: {refused}");
        let done = seat.by(agent, args);
        let now = all(&seat);
        let new: Vec<&str> = written.iter().copied().filter(|name| now.contains(*name)).collect();
        assert_eq!(new, written, "{args:?}: {done}");
    }
}

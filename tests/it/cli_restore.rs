//! A restore at a real desk, whose people have passphrases: it is signed like any other act.

use rusqlite::Connection;

use crate::cli_real::{PASSPHRASE, RealSeat};

fn acts(seat: &RealSeat, act: &str) -> i64 {
    let log = Connection::open(seat.path("desk/desk.db")).unwrap();
    let sql = format!("SELECT count(*) FROM leaf WHERE line LIKE '%\"{act}\"%'");
    log.query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_real_desk_is_restored_in_place_by_its_custodians_passphrase_alone() {
    let seat = RealSeat::new();
    let clara = |args: &[&str]| seat.by("clara", args);
    clara(&["backup", "plain.backup"]).ok();
    clara(&["backup", "sealed.age", "--encrypt"]).ok();
    let (log, head) = (seat.path("desk/desk.db"), seat.path("desk/keys/clara.head"));
    let before = (std::fs::read(&log).unwrap(), std::fs::read(&head).unwrap());
    seat.write("wrong", "not this one\n");
    for file in ["plain.backup", "sealed.age"] {
        let wrong =
            clara(&["--passphrase-file", "wrong", "restore", file, "--reason", "the disk died"]);
        assert!(wrong.code == 5 && wrong.stderr.contains("passphrase"), "{wrong}");
        assert!(!seat.path("desk.before-1").exists(), "nothing was changed");
    }
    std::fs::write(&log, &before.0).unwrap();
    std::fs::write(&head, &before.1).unwrap();
    for (n, file) in ["plain.backup", "sealed.age"].into_iter().enumerate() {
        // Read once, wherever it comes from: standard input has it only one time.
        let restore = ["restore", file, "--reason", "the disk died", "--passphrase-file", "-"];
        seat.fed("clara", &restore, PASSPHRASE).ok();
        assert!(seat.path(&format!("desk.before-{}", n + 1)).exists());
        assert_eq!((acts(&seat, "log.rollback-accepted"), acts(&seat, "desk.restored")), (1, 1), "{file}");
        assert_eq!(clara(&["audit", "verify"]).code, 0, "{file}");
        clara(&["backup", &format!("after-{n}.backup")]).ok();
    }
}

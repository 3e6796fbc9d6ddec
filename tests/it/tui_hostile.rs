//! Two thousand texts that no honest caller writes, in every place where text comes from outside, on every screen.

use std::collections::BTreeSet;

use latchkey::tui::probe::Probe;
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use crate::desk_rehearsal::{Rehearsal, noon};

const TICKETS: i64 = 36;
const FILES: usize = 200;

/// Texts made of what terminals obey, hide, reorder or measure differently; each begins with a number of its own.
pub struct Hostile {
    seed: u64,
    pub made: usize,
}

impl Hostile {
    pub fn new() -> Self {
        Self { seed: 0x9E37_79B9_7F4A_7C15, made: 0 }
    }

    fn below(&mut self, n: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed >> 11).unwrap() % n
    }

    fn of(&mut self, range: std::ops::RangeInclusive<u32>, most: usize) -> String {
        let span = usize::try_from(range.end() - range.start()).unwrap() + 1;
        (0..=self.below(most))
            .filter_map(|_| char::from_u32(range.start() + u32::try_from(self.below(span)).unwrap()))
            .collect()
    }

    fn piece(&mut self) -> String {
        const WHOLE: &[&str] = &[
            "\u{1b}[2J\u{1b}[1;1H",
            "\u{1b}]0;owned\u{7}",
            "\u{1b}]52;c;cm0gLXJm\u{1b}\\",
            "\u{1b}]8;;https://evil.example\u{1b}\\here\u{1b}]8;;\u{1b}\\",
            "\u{9b}31m\u{9d}0;x\u{9c}",
            "\u{1b}Pq#0;2;0;0;0\u{1b}\\\u{1b}_Gf=24\u{1b}\\",
            "\u{1b}[?1049l\u{1b}c",
            "a\tb\r\nc\rd\ne",
            "\u{2028}\u{2029}\u{85}\u{b}\u{c}",
            "👨\u{200d}👩\u{200d}👧\u{fe0f}🇷🇺🏻",
            "\u{feff}\u{ad}\u{2060}\u{180e}\u{3164}\u{115f}",
            " ‹U+202E› ",
        ];
        match self.below(10) {
            0 => self.of(0x01..=0x1F, 4),
            1 => self.of(0x7F..=0x9F, 4),
            2 => self.of(0x202A..=0x202E, 4) + &self.of(0x2066..=0x2069, 3),
            3 => self.of(0x200B..=0x200F, 4),
            4 => format!("e{}", self.of(0x300..=0x36F, 40)),
            5 => self.of(0x4E00..=0x4E40, 12),
            6 => self.of(0x5D0..=0x5EA, 6) + &self.of(0x1100..=0x1112, 3) + &self.of(0x1161..=0x1175, 3),
            7 => self.of(0xE0000..=0xE0080, 3) + &self.of(0xE000..=0xE010, 2),
            _ => WHOLE[self.below(WHOLE.len())].to_owned(),
        }
    }

    pub fn text(&mut self) -> String {
        self.made += 1;
        let mut text = format!("h{:04}", self.made);
        for _ in 0..=self.below(6) {
            text += &self.piece();
        }
        text
    }
}

/// A desk on which somebody wrote such texts, past everything that would have refused them.
pub fn desk(hostile: &mut Hostile) -> Rehearsal {
    let world = Rehearsal::new();
    world.owner_case("C-1");
    world.prove("C-1", latchkey::domain::Channel::Sim);
    let mut anna = world.desk("anna");
    anna.decide("C-1", latchkey::domain::Recommendation::Approve, None, false).unwrap();
    let issued = anna.issue("C-1", None, None).unwrap();
    anna.revoke(&issued.jti, "a reason").unwrap();
    for _ in 0..60 {
        anna.note("C-1", "a note").unwrap();
    }
    drop(anna);
    let mut desk = Connection::open(world.folder().join("desk.db")).unwrap();
    desk.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let tx = desk.transaction().unwrap();
    tickets(&tx, hostile);
    grants(&tx, hostile);
    messages(&tx, hostile);
    log(&tx, hostile);
    tx.commit().unwrap();
    let mut lists = Connection::open(world.folder().join("registry.db")).unwrap();
    lists.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let tx = lists.transaction().unwrap();
    registry(&tx, hostile);
    tx.commit().unwrap();
    let inbox = world.path().join("inbox");
    std::fs::create_dir(&inbox).unwrap();
    for _ in 0..FILES {
        let mut name: String = hostile.text().replace('/', "");
        while name.len() > 250 {
            name.pop();
        }
        std::fs::write(inbox.join(name), "reference,request\n").unwrap();
    }
    world
}

fn object(hostile: &mut Hostile, columns: &[&str]) -> Map<String, Value> {
    columns.iter().map(|c| ((*c).to_owned(), Value::from(hostile.text()))).collect()
}

fn tickets(tx: &Connection, hostile: &mut Hostile) {
    const CLAIM: &[&str] = &[
        "claimant_name",
        "claimant_email",
        "claimant_phone",
        "language",
        "imei",
        "imei2",
        "serial",
        "model",
        "account_email",
        "account_phone",
        "account_id",
    ];
    const ITEMS: &[(&str, &[&str])] = &[
        ("receipt", &["receipt_retailer", "receipt_no", "receipt_date", "receipt_serial", "receipt_amount"]),
        ("sim", &["sim_msisdn", "sim_iccid"]),
        ("box", &["box_imei", "box_serial"]),
        ("facts", &["facts"]),
        ("document", &[]),
    ];
    let now = noon().0;
    for id in 100..100 + TICKETS {
        let mut given = object(hostile, CLAIM);
        if id % 2 == 0 {
            // Some name a device of the lists, so that its rows are compared.
            given.insert("imei".to_owned(), "867530900000017".into());
            given.insert("account_id".to_owned(), "2000000001".into());
        }
        tx.execute(
            "INSERT INTO ticket (id, reference, request, state, received_at, due_at, given, salt, assignee, lease_until)
             VALUES ($1, $2, 'unbind', 'open', $3, $4, $5, zeroblob(32), $6, $4)",
            params![id, hostile.text(), now - 600, now + 86_400, Value::from(given).to_string(), hostile.text()],
        )
        .unwrap();
        for (n, (kind, columns)) in (0..).zip(ITEMS) {
            let given = Value::from(object(hostile, columns)).to_string();
            tx.execute(
                "INSERT INTO evidence (id, ticket, kind, given, added_by, added_at, file_name, bytes, sha256)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 1, zeroblob(32))",
                params![id * 10 + n, id, kind, given, hostile.text(), now - 500, hostile.text()],
            )
            .unwrap();
        }
        for n in 0..3 {
            tx.execute(
                "INSERT INTO note (ticket, id, at, by, text) VALUES ($1, $2, $3, $4, $5)",
                params![id, n, now - 400, hostile.text(), hostile.text()],
            )
            .unwrap();
        }
    }
}

fn grants(tx: &Connection, hostile: &mut Hostile) {
    let now = noon().0;
    for n in 0..30 {
        tx.execute(
            "INSERT INTO authorization (jti, ticket, decision, op, sub, aud, issued_by, issued_at, expires_at, token,
             revoked_at, revoked_why) VALUES ($1, $2, $3, 'unbind', $4, $5, $6, $7, $8, $9, $7, $10)",
            params![
                hostile.text(), 100 + n, 1000 + n, hostile.text(), hostile.text(), hostile.text(), now - 60,
                now + 86_400, hostile.text(), hostile.text()
            ],
        )
        .unwrap();
    }
    tx.execute("UPDATE authorization SET revoked_at = NULL, revoked_why = NULL WHERE ticket % 2 = 0", [])
        .unwrap();
}

/// What somebody's gateway said, and what was written to whom.
fn messages(tx: &Connection, hostile: &mut Hostile) {
    let now = noon().0;
    for n in 0..24 {
        let (state, kind) = (["failed", "dropped", "sent"][n % 3], ["code", "owner-notice", "reply"][n % 3]);
        let said = hostile.text();
        let why = if n % 2 == 0 {
            said
        } else {
            serde_json::json!(["leaving-ended", { "code": "1", "said": said }]).to_string()
        };
        tx.execute(
            "INSERT INTO message (mark, about, ticket, kind, way, address, language, subject, text, queued_at, queued_by,
             state, ended_at, why) VALUES ($1, $1, 1, $2, 'email', 'a@post.example', $3, $4, $5, $6, $7, $8, $6, $9)",
            params![
                format!("mark-{n}"), kind, hostile.text(), hostile.text(), hostile.text(), now, hostile.text(), state, why
            ],
        )
        .unwrap();
    }
}

/// Leaves as somebody would write who can write to the file: they do not hold, and are shown all the same.
fn log(tx: &Connection, hostile: &mut Hostile) {
    let mut query = tx.prepare("SELECT seq, line FROM leaf WHERE line LIKE '%note%'").unwrap();
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).unwrap();
    for (seq, line) in rows.map(Result::unwrap).collect::<Vec<_>>() {
        let Value::Object(mut leaf) = serde_json::from_str(&line).unwrap() else { panic!("{line}") };
        for (name, value) in &mut leaf {
            if name != "at" && name != "prev" && value.is_string() && (name != "act" || seq % 2 == 0) {
                *value = hostile.text().into();
            }
        }
        tx.execute("UPDATE leaf SET line = $1 WHERE seq = $2", params![Value::from(leaf).to_string(), seq])
            .unwrap();
    }
}

fn registry(tx: &Connection, hostile: &mut Hostile) {
    let record: i64 =
        tx.query_row("SELECT id FROM device WHERE account IS NOT NULL", [], |row| row.get(0)).unwrap();
    tx.execute_batch("UPDATE word SET text = 'w' || id").unwrap();
    let words: Vec<i64> = (0..60)
        .map(|n| {
            tx.execute("INSERT INTO word (id, text) VALUES ($1, $2)", params![9000 + n, hostile.text()])
                .unwrap();
            9000 + n
        })
        .collect();
    let mut set = |sql: &str| tx.execute(sql, [hostile.text()]).unwrap();
    for list in latchkey::domain::List::ALL {
        set(&format!("UPDATE list_state SET file_name = $1 WHERE list = '{list}'"));
    }
    set("UPDATE account SET name = $1, region = 9001, language = 9002");
    set("UPDATE device SET model = 9003, region = 9004 WHERE account IS NOT NULL AND $1 <> ''");
    set("UPDATE tac SET model = 9005, brand = 9006 WHERE $1 <> ''");
    set("UPDATE retailer SET name = $1");
    set("UPDATE sale SET receipt_text = $1");
    for word in words {
        tx.execute(
            "INSERT INTO repair (order_no, old_key, new_key, old_device, new_device, repaired_on, centre)
             VALUES ($1, $2, $2, $3, $3, 20000, $4)",
            params![hostile.text(), record, record, word],
        )
        .unwrap();
        tx.execute(
            "INSERT INTO notice (device, key, kind, reference, told_at, status, reported_at, source)
             VALUES ($1, $2, 'lost', $3, $4, 'confirmed', $4, $5)",
            params![record, record, hostile.text(), noon().0 - 9000, word],
        )
        .unwrap();
    }
}

/// Looks at every cell of a screen, and remembers which of the texts were to be seen.
struct Eyes {
    seen: BTreeSet<String>,
}

impl Eyes {
    fn look(&mut self, probe: &Probe, at: &str) {
        let mut text = String::new();
        for cell in probe.buffer().content() {
            assert!(!cell.symbol().chars().any(is_bad), "{at}: {:?}\n{}", cell.symbol(), probe.text());
            assert!(!cell.symbol().starts_with('\u{200d}') && !cell.symbol().ends_with('\u{200d}'), "{at}");
            text += cell.symbol();
        }
        for (place, _) in text.match_indices('h') {
            let number = text.get(place + 1..place + 5).unwrap_or_default();
            if number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) {
                self.seen.insert(number.to_owned());
            }
        }
    }

    fn press(&mut self, probe: &mut Probe, keys: &[&str], at: &str) {
        for key in keys {
            probe.key(key);
            self.look(probe, &format!("{at} {key}"));
        }
    }
}

/// What a terminal obeys, hides or reorders by. A joiner within a family of emoji is part of its one cell.
pub fn is_bad(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{115f}' | '\u{3164}' | '\u{feff}')
        || ('\u{200b}'..='\u{200f}').contains(&c) && c != '\u{200d}'
        || ('\u{2028}'..='\u{202e}').contains(&c)
        || ('\u{2060}'..='\u{206f}').contains(&c)
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
        || ('\u{e0000}'..='\u{e0fff}').contains(&c)
}

#[test]
fn two_thousand_hostile_texts_reach_no_cell_as_they_came() {
    let mut hostile = Hostile::new();
    let world = desk(&mut hostile);
    let mut eyes = Eyes { seen: BTreeSet::new() };
    let start = |width, height| Probe::new(world.desk("anna"), width, height, true).unwrap();

    // So high that a ticket is on it as a whole.
    let mut probe = start(160, 150);
    (0..13).for_each(|_| probe.tick(noon()));
    eyes.look(&probe, "queue");
    for n in 0..=TICKETS {
        eyes.press(&mut probe, &["down"], "queue with preview");
        probe.key("enter");
        eyes.press(&mut probe, &["R"], "ticket");
        if n % 6 == 0 {
            let keys = ["f", "end", "tab", "enter", "esc", "T", "esc", "A", "esc", "I", "esc", "esc"];
            eyes.press(&mut probe, &keys, "over the ticket");
            eyes.press(&mut probe, &["d", "esc", "e", "esc", "w", "esc", "Y", "pgdn", "esc"], "forms");
        }
        while probe.text().contains("Claim and registry") {
            probe.key("esc");
        }
    }
    for (width, height) in [(160, 150), (80, 24), (60, 15), (40, 12), (21, 5)] {
        let mut probe = start(width, height);
        for key in ["f2", "f4", "f6", "f7", "f8", "f9", "f10", "f11"] {
            eyes.press(&mut probe, &[key, "w", "v", "tab", "down", "end", "home", "esc", "esc"], key);
        }
        probe.keys(&["f3", "tab", "tab", "tab"]);
        for _ in 0..24 {
            eyes.press(&mut probe, &["enter", "pgdn", "esc", "x", "esc", "down"], "outbox");
        }
        probe.keys(&["esc", "esc"]);
        for query in ["867530900000017", "2000000001"] {
            probe.key("f2");
            probe.paste(query);
            eyes.press(&mut probe, &["enter", "R", "pgdn", "pgdn", "pgdn", "end", "enter", "esc"], "lookup");
            probe.keys(&["esc", "esc"]);
        }
        probe.key("f4");
        probe.paste(&format!("{}/inbox/", world.path().display()));
        eyes.look(&probe, "import");
        eyes.press(&mut probe, &["pgdn", "pgdn", "enter", "enter", "tab", "enter"], "import");
        probe.keys(&["esc", "esc", "esc"]);
        probe.key("f8");
        for _ in 0..3 {
            eyes.press(&mut probe, &["pgdn"], "log");
        }
        probe.key("esc");
        probe.keys(&["f11", "tab", "tab", "tab", "tab"]);
        for _ in 0..4 {
            eyes.press(&mut probe, &["down", "enter", "c", "v", "esc", "esc"], "authorizations");
            probe.key("f11");
        }
    }
    typed(&mut start(90, 30), &mut hostile, &mut eyes);
    assert!(hostile.made >= 2_000, "{}", hostile.made);
    assert!(eyes.seen.len() >= 1_000, "only {} of {} were on a screen", eyes.seen.len(), hostile.made);
}

/// Into every place that takes text: pasted, and typed letter by letter.
fn typed(probe: &mut Probe, hostile: &mut Hostile, eyes: &mut Eyes) {
    const PLACES: &[&[&str]] = &[
        &["/"],
        &["?", "/"],
        &[":"],
        &["n"],
        &["e"],
        &["w"],
        &["x"],
        &["*"],
        &["f2"],
        &["f4", "/"],
        &["f8", "/"],
        &["f10", "r"],
        &["f11", "/"],
    ];
    for keys in PLACES {
        for round in 0..20 {
            probe.keys(keys);
            let text = hostile.text();
            if round % 4 == 0 {
                probe.type_text(&text);
            } else {
                probe.paste(&text);
            }
            eyes.look(probe, &format!("{keys:?} with {text:?}"));
            if round % 5 == 0 {
                eyes.press(probe, &["enter"], &format!("{keys:?} with {text:?}"));
            }
            probe.keys(&["ctrl+u", "esc", "esc", "esc"]);
        }
    }
}

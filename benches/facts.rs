//! What gathering the facts of one case costs, against the same statements asked by a loop in C:
//! `cargo bench --bench facts -- DESK CASES.csv [ROUNDS]`, with a desk whose lists are loaded (`benches/compare/run.py
//! --work DIR` leaves one in `DIR/desk`, its cases in `DIR/lk/cases.csv`).
//!
//! The statements of every case are recorded, with what was bound to them, as SQLite heard them. The loop
//! (`facts.c`) prepares each once, binds, steps through all rows, reads every column, and is linked with the very library
//! that we run on. What stands between the two is ours: rows made into facts. They take turns, each warmed up first.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use latchkey::domain::{Claim, Region, Time};
use latchkey::intake::{CaseReader, Format, Source};
use latchkey::judgement::Wants;
use latchkey::store::registry::{NoOverlay, Registry, RegistryReader};
use latchkey::store::{FileKind, Purpose, open};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

/// Cases asked for.
const CASES: usize = 20_000;
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/facts.c");

/// Statements as they were asked, with their values in place.
static ASKED: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

fn main() {
    let args: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let [desk, cases, rounds @ ..] = args.as_slice() else {
        println!("facts: no desk given: cargo bench --bench facts -- DESK CASES.csv [ROUNDS]");
        return;
    };
    let rounds = rounds.first().and_then(|r| r.to_str()?.parse().ok()).unwrap_or(9);
    let claims = read(cases);
    let registry = desk.join("registry.db");
    let dir = tempfile::tempdir().unwrap();
    let recording = dir.path().join("asked");
    let asked = record(&registry, &claims);
    std::fs::write(&recording, &asked.text).unwrap();
    let mut c = Loop::start(dir.path(), &registry, &recording);
    let mut ours = Registry::new(open(&registry, Purpose::Read, FileKind::Registry).unwrap().conn);
    let mut reader = ours.begin().unwrap();
    pass(&mut reader, &claims);
    let (mut rust_us, mut c_us) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let both: [f64; 2] = if round % 2 == 0 {
            let first = pass(&mut reader, &claims);
            [first, c.pass()]
        } else {
            let first = c.pass();
            [pass(&mut reader, &claims), first]
        };
        rust_us.push(both[0] * 1e6 / claims.len() as f64);
        c_us.push(both[1] * 1e6 / claims.len() as f64);
    }
    println!("{} cases, {:.1} statements each", claims.len(), asked.count as f64 / claims.len() as f64);
    let ratios = rust_us.iter().zip(&c_us).map(|(rust, c)| rust / c).collect();
    show("facts of one case", rust_us, "us");
    show("the same statements in C", c_us, "us");
    show("facts / C", ratios, "x");
}

fn show(what: &str, mut values: Vec<f64>, unit: &str) {
    values.sort_by(f64::total_cmp);
    let (first, last) = (values.first().unwrap(), values.last().unwrap());
    println!("{what:<28} median {:7.2} {unit} [{first:.2} .. {last:.2}]", values[values.len() / 2]);
}

fn now() -> Time {
    Time::parse("2026-11-20T09:00:00Z").unwrap()
}

fn read(cases: &Path) -> Vec<Claim> {
    let source = Source::open(cases).unwrap();
    let reader = CaseReader::open(source, Format::Csv, Region::default(), now()).unwrap();
    reader.filter_map(Result::ok).map(|row| row.claim).take(CASES).collect()
}

/// Seconds for the facts of all cases.
fn pass(reader: &mut RegistryReader<'_>, claims: &[Claim]) -> f64 {
    let begun = Instant::now();
    for claim in claims {
        std::hint::black_box(one(reader, claim));
    }
    begun.elapsed().as_secs_f64()
}

fn one(reader: &mut RegistryReader<'_>, claim: &Claim) -> bool {
    let wants = Wants::of(claim, false, now());
    reader.gather_wanted(claim, wants, &mut NoOverlay).unwrap().account.is_some()
}

struct Asked {
    text: String,
    count: usize,
}

fn hear(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event {
        let expanded = statement.expanded_sql().unwrap();
        ASKED.lock().unwrap().push((statement.sql().into_owned(), expanded));
    }
}

/// What a reader asks that is as warm as the one that is timed.
fn record(registry: &Path, claims: &[Claim]) -> Asked {
    let mut conn = open(registry, Purpose::Read, FileKind::Registry).unwrap().conn;
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hear)).unwrap();
    let mut registry = Registry::new(conn);
    let mut reader = registry.begin().unwrap();
    pass(&mut reader, claims);
    ASKED.lock().unwrap().clear();
    let (mut known, mut text, mut count): (Vec<String>, String, usize) = (Vec::new(), String::new(), 0);
    for claim in claims {
        one(&mut reader, claim);
        for (sql, expanded) in ASKED.lock().unwrap().drain(..) {
            let at = known.iter().position(|k| *k == sql).unwrap_or_else(|| {
                known.push(sql.clone());
                known.len() - 1
            });
            let values = values(&sql, &expanded);
            writeln!(text, "{at} {}", values.len()).unwrap();
            for value in values {
                writeln!(text, "{value}").unwrap();
            }
            count += 1;
        }
    }
    let mut head = format!("{}\n", known.len());
    for sql in known {
        writeln!(head, "{}", sql.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap();
    }
    Asked { text: head + &text, count }
}

/// The values that stand where a statement says `$1`, `$2`…, each once and by number: `i` and an integer, or `t` and a
/// text.
fn values(sql: &str, mut expanded: &str) -> Vec<String> {
    let mut found = std::collections::BTreeMap::new();
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('$') {
        expanded = expanded.strip_prefix(before).unwrap();
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let number: usize = after.get(..digits).unwrap().parse().unwrap();
        rest = after.get(digits..).unwrap();
        let (value, left) = if let Some(text) = expanded.strip_prefix('\'') {
            let (text, left) = text.split_once('\'').unwrap();
            assert!(!left.starts_with('\''), "no text of these cases has a quote in it");
            (format!("t{text}"), left)
        } else {
            let end = expanded.find(|c: char| !"-0123456789".contains(c)).unwrap_or(expanded.len());
            (format!("i{}", expanded.get(..end).unwrap()), expanded.get(end..).unwrap())
        };
        found.insert(number, value);
        expanded = left;
    }
    found.into_values().collect()
}

/// The loop in C: a process that makes one pass for every line it is sent.
struct Loop {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Loop {
    fn start(dir: &Path, registry: &Path, recording: &Path) -> Self {
        let program = dir.join("facts");
        let built = Command::new("cc")
            .args(["-O2", "-o"])
            .args([program.as_path(), Path::new(SOURCE)])
            .arg(sqlite())
            .args(["-lpthread", "-lm", "-ldl"])
            .status()
            .unwrap();
        assert!(built.success(), "facts.c did not compile");
        let mut child = Command::new(&program)
            .args([registry, recording])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut one = Self { child, to, from };
        one.pass();
        one
    }

    /// Seconds for all statements.
    fn pass(&mut self) -> f64 {
        self.to.write_all(b"\n").unwrap();
        self.to.flush().unwrap();
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        line.trim().parse().unwrap()
    }
}

impl Drop for Loop {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The library that this bench is linked with: the newest that cargo built beside it.
fn sqlite() -> PathBuf {
    let build = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("build");
    let mut found: Vec<PathBuf> = std::fs::read_dir(build)
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path().join("out/libsqlite3.a")))
        .filter(|path| path.exists())
        .collect();
    found.sort_by_key(|path| path.metadata().unwrap().modified().unwrap());
    found.pop().unwrap()
}

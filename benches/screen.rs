//! What an agent waits for at the queue, beside an empty desk and with a million open tickets:
//! `cargo bench --bench screen`. `LATCHKEY_TICKETS` takes another number of tickets.
//!
//! It says p50 and p99, which criterion does not; so it measures by itself. The tickets are laid into the store
//! directly, as an import lays them, and the screen runs with its own threads (`tui::live`): `drawn` is what
//! the thread of the screen takes for a key, `there` the time until what it asked for is on the screen.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;
use std::time::{Duration, Instant};

use latchkey::desk::{Desk, Failure, Folder, Options, init};
use latchkey::domain::{Recommendation, Request, Time};
use latchkey::env::Env;
use latchkey::store::desk::case_files;
use latchkey::store::desk::tickets::{self, Checked, NewTicket};
use latchkey::store::{self, FileKind, Purpose};
use latchkey::tui::live::{Live, Took};

const NAMES: [&str; 12] = [
    "Пётр Ильин",
    "Ольга Смирнова",
    "Анна Каренина",
    "Zoë Brown",
    "John Smith",
    "李雷",
    "Мария Соколова",
    "Иван Петров",
    "Lena Müller",
    "Ахмед Оглы",
    "Sara Lund",
    "Дмитрий Волков",
];
const MODELS: [&str; 6] = ["Orbit 11", "Orbit Pad 6", "Nova S4", "Band 2", "Orbit 12 Pro", "Tab Mini"];
/// What agents write down: a third of the tickets has one of these or two.
const NOTES: [&str; 9] = [
    "Клиент перезвонил, чек остался у мужа; пришлёт фото коробки до пятницы.",
    "Called back: the receipt is faded, the retailer will send a copy by mail.",
    "Просит ускорить: телефон нужен для работы, другого номера нет. Объяснил, какие доказательства ещё нужны.",
    "The photo of the box is blurred, asked for a sharper one and for the SIM's number.",
    "Говорит, что аккаунт заводил сын; сын подтвердит с адреса, привязанного к аккаунту.",
    "Left a message, no answer. Second try tomorrow morning.",
    "Сервисный центр спрашивает, годится ли разрешение до конца недели.",
    "Customer is on holiday until the 12th; wait for the original invoice, then decide.",
    "Номер SIM совпал, модель на коробке другая: спросил, не менял ли магазин устройство.",
];
/// What agents type, a letter at a time: identifiers, names in two scripts, words of the desk and of notes, nothing.
const TYPED: [&str; 14] = [
    "35100500012345",
    "+7903555",
    "ильин",
    "смирнова orbit",
    "john",
    "C-0099",
    "unbind nova",
    "hold",
    "someone12345@",
    "#77777",
    "by:none tab",
    "коробки перезв",
    "faded receipt",
    "zzzz",
];

fn options(folder: &Path, agent: &str, now: Time) -> Options {
    Options {
        folder: Folder::new(folder),
        agent: Some(agent.to_owned()),
        readonly: false,
        env: Env::fixed(now),
        ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
    }
}

/// Lays open tickets into a desk, as different from each other as real ones.
fn fill(folder: &Path, count: i64, now: Time) {
    let db = store::open(&folder.join("desk.db"), Purpose::Write, FileKind::Desk).unwrap().conn;
    store::write_tx(&db, |tx| {
        let statements = store::Statements::new(tx);
        for id in 1..=count {
            let pick = |n: i64, of: usize| usize::try_from((id * 2_654_435_761 / n).rem_euclid(i64::try_from(of).unwrap())).unwrap();
            let given = format!(
                r#"{{"access":"none","account_email":"owner{}@post.example","claimant_email":"someone{id}@post.example","claimant_name":"{}","claimant_phone":"+7903{:07}","imei":"351005{:09}","language":"ru","model":"{}"}}"#,
                id % 400_000, NAMES[pick(7, NAMES.len())], id * 37 % 10_000_000, id * 7, MODELS[pick(11, MODELS.len())],
            );
            let word = Recommendation::ALL[pick(13, Recommendation::ALL.len())];
            let received = Time(now.0 - (id * 7_919) % (90 * 86_400));
            let reference = format!("C-{id:07}");
            let verdict = r#"{"because":["device.known"],"missing":[["consent"],["sim","purchase"]],"approvals":1,"outcomes":"pfpupmssspppmmmmmmmsssmmmppps"}"#;
            tickets::add(&statements, &NewTicket {
                id,
                reference: Some(&reference),
                request: Request::ALL[pick(17, Request::ALL.len())],
                received_at: received,
                due_at: received.plus_hours(72),
                given: &given,
                salt: [7; 32],
                links: &[],
                checked: Checked {
                    device: None,
                    account: None,
                    recommendation: word,
                    verdict,
                    rank: i64::try_from(pick(13, Recommendation::ALL.len())).unwrap() * 10,
                    checked_at: now,
                    valid_until: None,
                },
            })?;
            for n in 0..if id % 3 == 0 { 1 + id % 2 } else { 0 } {
                case_files::add_note(tx, id, received.plus_hours(n + 1), "anna", NOTES[pick(19 + n * 4, NOTES.len())])?;
            }
        }
        Ok::<_, latchkey::store::StoreError>(())
    })
    .unwrap();
    store::fold_log(&db).unwrap();
}

fn start(folder: &Path, now: Time) -> (Live, Duration) {
    let folder = folder.to_path_buf();
    let open = Box::new(move |_| Desk::open(options(&folder, "anna", now)));
    Live::start(open, (120, 40), now).unwrap()
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    format!("{:9.2} {:9.2}", at(50), at(99))
}

fn row(what: &str, took: &[Took]) {
    let drawn = quantiles(took.iter().map(|t| t.drawn).collect());
    let there = quantiles(took.iter().map(|t| t.there).collect());
    println!("{what:<28} {:>6}  {drawn}   {there}", took.len());
}

fn measure(folder: &Path, now: Time) {
    println!("{:<28} {:>6}  drawn p50, p99 (ms)   there p50, p99 (ms)", "", "n");
    let mut first = Vec::new();
    for _ in 0..21 {
        let (live, took) = start(folder, now);
        first.push(Took { drawn: took, there: took });
        live.end();
    }
    row("first useful frame", &first);
    let (mut live, _) = start(folder, now);
    let filled = live.fill();
    println!("every ticket can be found after {:.2} s", filled.as_secs_f64());
    live.press("8");
    let mut typed = Vec::new();
    for _ in 0..3 {
        for words in TYPED {
            live.press("/");
            typed.extend(words.chars().map(|c| live.press(&c.to_string())));
            typed.extend([live.press("backspace"), live.press("backspace")]);
            live.press("esc");
        }
    }
    row("a key of the filter", &typed);
    let views: Vec<Took> = (0..80).map(|n| live.press(&(n % 8 + 1).to_string())).collect();
    row("another view", &views);
    live.press("8");
    row("down", &(0..600).map(|_| live.press("down")).collect::<Vec<_>>());
    row("page down", &(0..200).map(|_| live.press("pgdn")).collect::<Vec<_>>());
    row(
        "to the end and back",
        &(0..40).map(|n| live.press(if n % 2 == 0 { "end" } else { "home" })).collect::<Vec<_>>(),
    );
    let mut opened = Vec::new();
    for _ in 0..100 {
        for _ in 0..7 {
            live.press("pgdn");
        }
        opened.push(live.press("enter"));
        live.press("esc");
    }
    row("opening a ticket", &opened);
    println!("{} tickets listed", live.listed());
    live.end();
}

fn main() {
    let count = std::env::var("LATCHKEY_TICKETS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let now = Time::parse("2026-11-20T09:00:00Z").unwrap();
    let dir = tempfile::tempdir().unwrap();
    for tickets in [0, count] {
        let folder = dir.path().join(format!("desk-{tickets}"));
        init::init(options(&folder, "clara", now), true).unwrap();
        let begun = Instant::now();
        fill(&folder, tickets, now);
        println!("\n{tickets} open tickets (laid in within {:.1} s)", begun.elapsed().as_secs_f64());
        measure(&folder, now);
    }
}

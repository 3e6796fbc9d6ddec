//! A desk full of tickets, laid into the store directly, as an import lays them.

mod options;

use std::path::Path;

use latchkey::domain::{EvidenceKind, Recommendation, Request, Time};
use latchkey::store::desk::case_files;
use latchkey::store::desk::evidence::{self, NewEvidence};
use latchkey::store::desk::tickets::{self, Checked, NewTicket};
use latchkey::store::{self, FileKind, Purpose};

pub use options::options;

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

/// Lays open tickets into a desk, as different from each other as real ones; half of them with a receipt.
pub fn fill(folder: &Path, count: i64, now: Time) {
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
            if id % 2 == 0 {
                let given = format!(r#"{{"receipt_no":"DN-{:07}","receipt_retailer":"DNS"}}"#, id * 13 % 10_000_000);
                evidence::add(&statements, id, &NewEvidence {
                    id,
                    kind: EvidenceKind::Receipt,
                    given: &given,
                    added_by: "anna",
                    added_at: received,
                    attachment: None,
                })?;
            }
            for n in 0..if id % 3 == 0 { 1 + id % 2 } else { 0 } {
                case_files::add_note(tx, id, received.plus_hours(n + 1), "anna", NOTES[pick(19 + n * 4, NOTES.len())])?;
            }
        }
        Ok::<_, latchkey::store::StoreError>(())
    })
    .unwrap();
    store::fold_log(&db).unwrap();
}

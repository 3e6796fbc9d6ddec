//! Every bit of a log of two hundred leaves flipped, every place where it can be cut: each is caught, and the leaf named.
//!
//! Only what a change can touch is verified again: the verifier that has read the leaves before it is kept, and what
//! comes after a leaf that is found wrong changes nothing of the answer (`a_fault_stands_whatever_follows`).

use super::super::leaf::{Draft, Info};
use super::*;

const SIZE: usize = 200;

type Row = (Vec<u8>, Hash);

fn log() -> (Vec<Row>, Head) {
    let (mut head, mut line, mut rows) = (Head::new(), String::new(), Vec::new());
    for n in 0..SIZE as u64 {
        // Acts as a desk has them, short and long.
        let draft = match n % 4 {
            0 => Draft::new("ticket.taken", "anna").ticket(n),
            1 => Draft::new("decision.made", "boris").ticket(n).digest("decision", &[n.to_le_bytes()[0]; 32]),
            2 => Draft::new("note.added", "анна")
                .ticket(n)
                .commit("text", &[7; 32], b"x")
                .info("note", Info::Number(1)),
            _ => Draft::new("list.imported", "clara").info("list", Info::Text("devices \u{2028}\n")),
        };
        let hash = head.append(draft, 1_800_000_000 + i64::try_from(n).unwrap(), &mut line).unwrap();
        rows.push((line.clone().into_bytes(), hash));
    }
    (rows, head)
}

fn feed(verifier: &mut LogVerifier, at: usize, (leaf, hash): &Row) {
    verifier.feed(at as u64, leaf, hash);
}

/// The verifier before each leaf, and after the last.
fn before_each(rows: &[Row], known: &[(u64, Hash)]) -> Vec<LogVerifier> {
    let mut verifier = LogVerifier::new(known.iter().copied());
    let mut kept = Vec::with_capacity(rows.len() + 1);
    for (at, row) in rows.iter().enumerate() {
        kept.push(verifier.clone());
        feed(&mut verifier, at, row);
    }
    kept.push(verifier);
    kept
}

/// What is said of a log that is the kept one up to a leaf, then this, then the leaf after it.
fn said(kept: &[LogVerifier], rows: &[Row], head: &Head, at: usize, changed: &Row) -> LogVerdict {
    let mut verifier = kept[at].clone();
    feed(&mut verifier, at, changed);
    let found = verifier.fault.is_some();
    match rows.get(at + 1) {
        Some(next) if !found => {
            feed(&mut verifier, at + 1, next);
            verifier.finish(None)
        }
        Some(_) => verifier.finish(None),
        None => verifier.finish(Some(head)),
    }
}

/// Each bit of each leaf, once with the hash that the store keeps left as it was and once with one made to fit.
fn flip_all(part: usize, parts: usize) -> usize {
    let (rows, head) = log();
    let kept = before_each(&rows, &[]);
    let mut flips = 0;
    for at in (part..rows.len()).step_by(parts) {
        let mut changed = rows[at].clone();
        for bit in 0..changed.0.len() * 8 {
            changed.0[bit / 8] ^= 1 << (bit % 8);
            let left = said(&kept, &rows, &head, at, &changed);
            let named = [left.first_bad, {
                changed.1 = leaf_hash(&changed.0);
                said(&kept, &rows, &head, at, &changed).first_bad
            }];
            assert_eq!(named, [Some(at as u64); 2], "bit {bit} of leaf {at}: {}", left.reason);
            changed.1 = rows[at].1;
            changed.0[bit / 8] ^= 1 << (bit % 8);
            flips += 2;
        }
        for bit in 0..256 {
            changed.1[bit / 8] ^= 1 << (bit % 8);
            let verdict = said(&kept, &rows, &head, at, &changed);
            assert_eq!(verdict.first_bad, Some(at as u64), "bit {bit} of hash {at}");
            changed.1[bit / 8] ^= 1 << (bit % 8);
            flips += 1;
        }
    }
    flips
}

#[test]
fn every_bit_of_200_leaves_is_caught_and_its_leaf_named() {
    let flips: usize = std::thread::scope(|threads| {
        let parts: Vec<_> = (0..2).map(|part| threads.spawn(move || flip_all(part, 2))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    assert!(flips > 600_000, "{flips}");
}

/// What the test above leaves out may be left out: of the whole log, read to its end, the same is said.
#[test]
fn a_fault_stands_whatever_follows() {
    let (rows, head) = log();
    let kept = before_each(&rows, &[]);
    for at in (0..SIZE).step_by(7).chain([SIZE - 1]) {
        for (bit, fits) in [(0, false), (0, true), (333, false), (333, true), (801, true)] {
            let mut changed = rows.clone();
            changed[at].0[bit / 8] ^= 1 << (bit % 8);
            if fits {
                changed[at].1 = leaf_hash(&changed[at].0);
            }
            let quick = said(&kept, &rows, &head, at, &changed[at]);
            let mut verifier = LogVerifier::new([]);
            changed.iter().enumerate().for_each(|(n, row)| feed(&mut verifier, n, row));
            let whole = verifier.finish(Some(&head));
            assert_eq!((whole.ok, whole.first_bad), (false, quick.first_bad), "bit {bit} of leaf {at}");
        }
    }
}

/// Cut after any leaf: the head beside the log tells, and so does one kept elsewhere when that one is taken back too.
/// Cut within any leaf, at any byte: the leaf is named.
#[test]
fn every_truncation_point_is_caught_and_named() {
    let (rows, head) = log();
    let kept = before_each(&rows, &[]);
    let elsewhere = before_each(&rows, &[(SIZE as u64, head.root())]);
    let mut points = 0;
    for cut in 0..SIZE {
        let named = Some(cut as u64);
        let verdict = kept[cut].clone().finish(Some(&head));
        assert_eq!((verdict.ok, verdict.first_bad), (false, named), "cut to {cut}");
        assert!(verdict.reason.to_string().contains("cut short"), "{}", verdict.reason);
        let mut own = Head::new();
        rows[..cut].iter().for_each(|(_, hash)| own.push(hash));
        assert!(
            kept[cut].clone().finish(Some(&own)).ok,
            "with its own head set back a log tells nothing by itself"
        );
        let verdict = elsewhere[cut].clone().finish(Some(&own));
        assert_eq!((verdict.ok, verdict.first_bad), (false, named), "cut to {cut} with its head");
        for length in 0..rows[cut].0.len() {
            let short = rows[cut].0[..length].to_vec();
            let hash = leaf_hash(&short);
            for changed in [(short.clone(), rows[cut].1), (short, hash)] {
                let verdict = said(&kept, &rows, &head, cut, &changed);
                assert_eq!(verdict.first_bad, named, "leaf {cut} cut at byte {length}");
            }
            points += 1;
        }
    }
    assert!(points > 30_000, "{points}");
}

/// The numbers that the store keeps beside the leaves, and the right edge of the tree.
#[test]
fn every_bit_of_numbers_and_of_the_stored_head_is_caught() {
    let (rows, head) = log();
    let kept = before_each(&rows, &[]);
    for at in 0..SIZE {
        for bit in 0..63 {
            let mut verifier = kept[at].clone();
            verifier.feed(at as u64 ^ 1 << bit, &rows[at].0, &rows[at].1);
            assert_eq!(verifier.finish(None).first_bad, Some(at as u64), "bit {bit} of number {at}");
        }
    }
    let bytes = head.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let told = Head::from_bytes(&changed).map(|other| kept[SIZE].clone().finish(Some(&other)));
        assert!(!told.is_ok_and(|verdict| verdict.ok), "bit {bit} of the head");
    }
    for cut in 0..bytes.len() {
        let told = Head::from_bytes(&bytes[..cut]).map(|other| kept[SIZE].clone().finish(Some(&other)));
        assert!(!told.is_ok_and(|verdict| verdict.ok), "head cut at {cut}");
    }
}

/// A signed head over these leaves: any bit, any cut.
#[test]
fn every_bit_of_a_signed_head_is_caught() {
    use super::super::Checkpoint;
    let (_, head) = log();
    let key = crate::authority::AgentKey::from_seed("anna", &[1; 32]);
    let note = head.checkpoint("latchkey.example/desk").sign(&key).unwrap();
    let open = |text: &str| Checkpoint::open(text, "latchkey.example/desk", &[key.public()]);
    assert!(open(&note).is_ok());
    for bit in 0..note.len() * 8 {
        let mut bytes = note.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        assert!(open(&changed).is_err(), "bit {bit}: {changed}");
    }
    for cut in 0..note.len() {
        assert!(note.get(..cut).is_none_or(|part| open(part).is_err()), "cut at {cut}");
    }
}

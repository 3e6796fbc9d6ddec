//! Every way a log can be tampered with is caught, and the first wrong leaf named.

use super::super::leaf::{Draft, Info};
use super::*;

type Row = (u64, Vec<u8>, Hash);

const SIZE: u64 = 11;

fn log(size: u64) -> (Vec<Row>, Head) {
    let mut head = Head::new();
    let mut line = String::new();
    let mut rows = Vec::new();
    for n in 0..size {
        let draft =
            Draft::new("note", "anna").ticket(n % 3).info("n", Info::Number(17)).commit("c", &[1; 32], b"x");
        let hash = head.append(draft, 1_800_000_000 + i64::try_from(n).unwrap(), &mut line).unwrap();
        rows.push((n, line.clone().into_bytes(), hash));
    }
    (rows, head)
}

fn verify(rows: &[Row], heads: &[(u64, Hash)], stored: Option<&Head>) -> LogVerdict {
    let mut verifier = LogVerifier::new(heads.iter().copied());
    for (seq, leaf, hash) in rows {
        verifier.feed(*seq, leaf, hash);
    }
    let verdict = verifier.finish(stored);
    assert_eq!((verdict.ok, verdict.size), (verdict.first_bad.is_none(), rows.len() as u64));
    verdict
}

fn root(rows: &[Row]) -> Hash {
    let mut head = Head::new();
    for (_, _, hash) in rows {
        head.push(hash);
    }
    head.root()
}

#[test]
fn a_whole_log_is_whole() {
    let (rows, head) = log(SIZE);
    let heads: Vec<_> = (0..=SIZE).map(|n| (n, root(&rows[..usize::try_from(n).unwrap()]))).collect();
    let verdict = verify(&rows, &heads, Some(&head));
    assert_eq!(
        (verdict.first_bad, verdict.root.as_str()),
        (None, Base64::encode_string(&head.root()).as_str())
    );
    assert!(verify(&[], &[], Some(&Head::new())).ok);
    assert!(verify(&[], &[(0, EMPTY_ROOT)], None).ok);
    assert_eq!(verify(&[], &[(0, [0; 32])], None).first_bad, Some(0));
}

/// Each byte of each leaf, each of three bits: with the stored hash left, and with it made to fit.
#[test]
fn every_changed_byte_is_caught_and_named() {
    let (rows, head) = log(SIZE);
    for at in 0..rows.len() {
        for byte in 0..rows[at].1.len() {
            for bit in [1, 4, 0x20] {
                let mut changed = rows.clone();
                changed[at].1[byte] ^= bit;
                let verdict = verify(&changed, &[], None);
                assert_eq!(verdict.first_bad, Some(at as u64), "leaf {at}, byte {byte}: {}", verdict.reason);
                changed[at].2 = leaf_hash(&changed[at].1);
                let verdict = verify(&changed, &[], Some(&head));
                assert_eq!(
                    verdict.first_bad,
                    Some(at as u64),
                    "leaf {at}, byte {byte}, hash too: {}",
                    verdict.reason
                );
            }
        }
        for byte in 0..32 {
            let mut changed = rows.clone();
            changed[at].2[byte] ^= 1;
            assert_eq!(verify(&changed, &[], None).first_bad, Some(at as u64), "hash {at}, byte {byte}");
        }
    }
}

#[test]
fn missing_swapped_and_foreign_leaves_are_named() {
    let (rows, head) = log(SIZE);
    for at in 0..rows.len() {
        let index = at as u64;
        let mut gone = rows.clone();
        gone.remove(at);
        assert_eq!(verify(&gone, &[], Some(&head)).first_bad, Some(index), "{at} removed");
        for (n, row) in gone.iter_mut().enumerate() {
            row.0 = n as u64;
        }
        assert_eq!(verify(&gone, &[], Some(&head)).first_bad, Some(index), "{at} removed and renumbered");
        let mut renumbered = rows.clone();
        for row in &mut renumbered[at..] {
            row.0 += 1;
        }
        assert_eq!(verify(&renumbered, &[], Some(&head)).first_bad, Some(index), "{at} renumbered alone");
        let cut = &rows[..at];
        let verdict = verify(cut, &[], Some(&head));
        assert_eq!(verdict.first_bad, Some(index));
        assert!(verdict.reason.to_string().contains("cut short"));
        let verdict = verify(cut, &[(SIZE, head.root())], None);
        assert_eq!(verdict.first_bad, Some(index));
        assert!(at > 0 && verify(cut, &[], None).ok || at == 0, "alone, a log cannot show that it was cut");
        if at + 1 < rows.len() {
            let mut swapped = rows.clone();
            swapped.swap(at, at + 1);
            assert_eq!(verify(&swapped, &[], Some(&head)).first_bad, Some(index), "{at} swapped");
            let mut twice = rows.clone();
            twice.insert(at, rows[at].clone());
            assert_eq!(verify(&twice, &[], Some(&head)).first_bad, Some(index + 1), "{at} twice");
        }
    }
    let (longer, _) = log(SIZE + 2);
    assert_eq!(verify(&longer, &[], Some(&head)).first_bad, Some(SIZE), "leaves beyond the head");
}

/// Everything from one leaf on written anew: only heads kept elsewhere tell, and say from where.
#[test]
fn a_rewritten_log_is_caught_by_the_heads_known() {
    let (rows, _) = log(SIZE);
    let mut head = Head::new();
    let mut line = String::new();
    let mut forged = rows[..5].to_vec();
    for (_, _, hash) in &forged {
        head.push(hash);
    }
    for n in 5..SIZE {
        let hash = head.append(Draft::new("forged", "eve"), 1_800_000_000, &mut line).unwrap();
        forged.push((n, line.clone().into_bytes(), hash));
    }
    assert!(verify(&forged, &[], Some(&head)).ok, "its own head tells nothing");
    let known = |n: usize| (n as u64, root(&rows[..n]));
    assert!(verify(&forged, &[known(5)], Some(&head)).ok);
    assert_eq!(verify(&forged, &[known(7)], Some(&head)).first_bad, Some(0));
    let verdict = verify(&forged, &[known(9), known(3), known(4), known(11)], Some(&head));
    assert_eq!(verdict.first_bad, Some(4), "4 is the last head that agrees");
    // Written anew up to a leaf: the seam shows, but the head knows better where it began.
    let mut patched = forged[..8].to_vec();
    patched.extend_from_slice(&rows[8..]);
    assert_eq!(verify(&patched, &[], None).first_bad, Some(7));
    assert_eq!(verify(&patched, &[known(4), known(6)], None).first_bad, Some(4));
}

/// A leaf that is wrong by itself is named if it lies before the head that disagrees, else the head tells more.
#[test]
fn the_first_of_two_faults_is_named() {
    let (rows, _) = log(SIZE);
    let forged = [0xEE; 32];
    for (at, first_bad) in [(5, 5), (6, 6), (7, 4), (8, 4)] {
        let mut changed = rows.clone();
        changed[at].1.push(b' ');
        let heads = [(4, root(&rows[..4])), (7, forged)];
        assert_eq!(verify(&changed, &heads, None).first_bad, Some(first_bad), "leaf {at}");
    }
}

#[test]
fn a_leaf_as_long_as_one_may_be_is_whole() {
    let (mut head, mut line) = (Head::new(), String::new());
    head.clone().append(Draft::new("a", ""), 0, &mut line).unwrap();
    let actor = "x".repeat(MAX_LEAF - line.len());
    let hash = head.append(Draft::new("a", &actor), 0, &mut line).unwrap();
    assert!(verify(&[(0, line.into_bytes(), hash)], &[], Some(&head)).ok);
}

#[test]
fn a_damaged_stored_head_is_told() {
    let (rows, head) = log(SIZE);
    let mut bytes = head.to_bytes();
    *bytes.last_mut().unwrap() ^= 1;
    let damaged = Head::from_bytes(&bytes).unwrap();
    let verdict = verify(&rows, &[], Some(&damaged));
    assert_eq!(verdict.first_bad, Some(0));
    assert!(verdict.reason.to_string().contains("stored head"));
    let verdict = verify(&rows, &[(SIZE, head.root())], Some(&damaged));
    assert_eq!(verdict.first_bad, Some(SIZE), "every leaf is vouched for: the head itself is wrong");
}

#[test]
fn the_first_leaf_follows_nothing() {
    let (mut rows, _) = log(1);
    let text = String::from_utf8(rows[0].1.clone()).unwrap().replace("\"prev\":\"AA", "\"prev\":\"BA");
    rows[0] = (0, text.clone().into_bytes(), leaf_hash(text.as_bytes()));
    assert_eq!(verify(&rows, &[], None).first_bad, Some(0));
}

#[test]
fn a_leaf_longer_than_a_leaf_is_named() {
    let (mut rows, head) = log(1);
    let padding = "x".repeat(MAX_LEAF);
    let text = String::from_utf8(rows[0].1.clone()).unwrap().replace("anna", &padding);
    rows[0] = (0, text.clone().into_bytes(), leaf_hash(text.as_bytes()));
    assert!(verify(&rows, &[], Some(&head)).reason.to_string().contains("longer"));
}

#[test]
fn json_is_the_contracts() {
    let (rows, _) = log(1);
    let verdict = serde_json::to_value(verify(&rows, &[], None)).unwrap();
    let mut keys: Vec<_> = verdict.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["first_bad", "ok", "reason", "root", "size"]);
}

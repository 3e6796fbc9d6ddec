//! What an outsider is handed, tampered with in every way there is: nothing of it is believed.

use proptest::prelude::*;

use super::*;
use crate::authority::AgentKey;

const ORIGIN: &str = "latchkey.example/desk/7";

fn key(seed: u8) -> AgentKey {
    AgentKey::from_seed("anna", &[seed; 32])
}

fn trusted(origin: &str, seed: u8) -> Vec<VerifierKey> {
    vec![VerifierKey { name: origin.into(), kind: KeyKind::Log, key: key(seed).public().clone() }]
}

fn leaf(n: u64) -> Vec<u8> {
    format!("{{\"seq\":{n}}}").into_bytes()
}

fn hashes(size: u64) -> Vec<Hash> {
    (0..size).map(|n| leaf_hash(&leaf(n))).collect()
}

fn note(leaves: &[Hash], origin: &str, seed: u8) -> String {
    let head = Checkpoint { origin: origin.into(), size: leaves.len() as u64, root: root_of(leaves) };
    head.sign(&key(seed)).unwrap()
}

fn proof(size: u64, index: u64) -> TlogProof {
    let leaves = hashes(size);
    let path = inclusion_proof(&leaves, index).unwrap();
    TlogProof { leaf: Some(leaf(index)), index, path, note: note(&leaves, ORIGIN, 1) }
}

fn holds(text: &str, keys: &[VerifierKey]) -> bool {
    TlogProof::parse(text).is_ok_and(|p| p.verify(keys).is_ok())
}

#[test]
fn a_proof_is_what_c2sp_says() {
    let proof = proof(5, 4);
    let text = proof.to_text();
    let lines: Vec<&str> = text.split('\n').collect();
    assert_eq!(lines[..3], ["c2sp.org/tlog-proof@v1", "extra eyJzZXEiOjR9", "index 4"]);
    assert_eq!((lines[3].len(), lines[4], lines[5], lines[6]), (44, "", ORIGIN, "5"));
    assert_eq!(TlogProof::parse(&text), Ok(proof.clone()));
    let keys = trusted(ORIGIN, 1);
    let (head, said) = proof.verify(&keys).unwrap();
    assert_eq!((head.size, said), (5, &b"{\"seq\":4}"[..]));
    let alone = TlogProof { leaf: None, ..proof };
    assert_eq!(TlogProof::parse(&alone.to_text()), Ok(alone.clone()));
    assert_eq!(alone.verify(&keys), Err(ProofError::NoLeaf));
}

#[test]
fn a_proof_is_read_up_to_its_length_and_no_further() {
    let with = |hashes: usize, note: &str| {
        let proof = TlogProof { leaf: None, index: 0, path: vec![[7; 32]; hashes], note: note.to_owned() };
        TlogProof::parse(&proof.to_text()).map(|p| p.path.len())
    };
    assert_eq!(with(63, "x"), Ok(63));
    assert_eq!(with(64, "x"), Err(ProofError::Form("proven-hashes")));
    let empty = TlogProof { leaf: None, index: 0, path: Vec::new(), note: String::new() }.to_text().len();
    assert_eq!(with(0, &"x".repeat(131_072 - empty)), Ok(0));
    assert_eq!(with(0, &"x".repeat(131_073 - empty)), Err(ProofError::Form("proven-long")));
    let asked = |hashes: usize| {
        let request = ConsistencyRequest { old: 1, path: vec![[7; 32]; hashes], note: "x".into() };
        ConsistencyRequest::parse(&request.to_text()).map(|r| r.path.len())
    };
    assert_eq!(asked(63), Ok(63));
    assert_eq!(asked(64), Err(ProofError::Form("proven-hashes")));
}

#[test]
fn every_flipped_bit_of_a_proof_is_refused() {
    let keys = trusted(ORIGIN, 1);
    for (size, index) in [(1, 0), (2, 1), (7, 6), (12, 5)] {
        let text = proof(size, index).to_text();
        assert!(holds(&text, &keys));
        for bit in 0..text.len() * 8 {
            let mut bytes = text.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(!holds(&changed, &keys), "bit {bit} of leaf {index} of {size}: {changed}");
        }
        for cut in 0..text.len() {
            assert!(!text.get(..cut).is_some_and(|part| holds(part, &keys)), "cut at {cut}");
        }
    }
}

#[test]
fn a_proof_of_something_else_is_refused() {
    let (good, keys) = (proof(12, 5), trusted(ORIGIN, 1));
    let leaves = hashes(12);
    let mut swapped = leaves.clone();
    swapped.swap(5, 6);
    let other = proof(12, 6);
    let of = |edit: &dyn Fn(&mut TlogProof)| {
        let mut changed = good.clone();
        edit(&mut changed);
        changed.verify(&keys).map(|_| ())
    };
    let path = Err(ProofError::Path);
    assert_eq!(of(&|p| p.index = 4), path, "another place");
    assert_eq!(of(&|p| p.index = 12), path, "outside");
    assert_eq!(of(&|p| p.leaf = Some(leaf(6))), path, "another leaf");
    assert_eq!(of(&|p| p.path.clone_from(&other.path)), path, "another leaf's way");
    assert_eq!(of(&|p| p.path.reverse()), path, "turned around");
    assert_eq!(of(&|p| p.path.push([0; 32])), path, "too long");
    assert_eq!(of(&|p| p.path.truncate(p.path.len() - 1)), path, "too short");
    assert_eq!(of(&|p| p.note = note(&leaves[..11], ORIGIN, 1)), path, "a shorter log's head");
    assert_eq!(of(&|p| p.note = note(&hashes(13), ORIGIN, 1)), path, "a longer log's head");
    assert_eq!(of(&|p| p.note = note(&swapped, ORIGIN, 1)), path, "leaves swapped");
    assert_eq!(
        of(&|p| p.note = note(&leaves, "latchkey.example/desk/8", 1)),
        Err(ProofError::Head(CheckpointError::OtherLog))
    );
    assert_eq!(
        of(&|p| p.note = note(&leaves, ORIGIN, 2)),
        Err(ProofError::Head(CheckpointError::Unsigned)),
        "another key"
    );
    assert_eq!(
        good.verify(&trusted("latchkey.example/desk/8", 1)).map(|_| ()),
        Err(ProofError::Head(CheckpointError::OtherLog)),
        "the key of another log, though the bytes are the same"
    );
    assert!(good.verify(&[]).is_err());
}

/// Two wrong sizes with the right root: the size is signed too.
#[test]
fn a_wrong_size_over_the_right_root_is_refused() {
    let (leaves, keys) = (hashes(12), trusted(ORIGIN, 1));
    for size in (0..40).filter(|size| *size != 12) {
        let head = Checkpoint { origin: ORIGIN.into(), size, root: root_of(&leaves) };
        let lie = TlogProof { note: head.sign(&key(1)).unwrap(), ..proof(12, 5) };
        // RFC 9162 lets a proof stand for two sizes only where the way is the same in both.
        let same_way = inclusion_proof(&hashes(size), 5).is_some_and(|p| p.len() == lie.path.len());
        assert!(same_way || lie.verify(&keys).is_err(), "{size}");
        let unsigned = proof(12, 5).to_text().replace("\n12\n", &format!("\n{size}\n"));
        assert!(!holds(&unsigned, &keys), "{size}");
    }
}

#[test]
fn a_request_to_a_witness_comes_back_and_malformed_ones_do_not() {
    let leaves = hashes(9);
    let path = consistency_proof(&leaves, 6).unwrap();
    let request = ConsistencyRequest { old: 6, path, note: note(&leaves, ORIGIN, 1) };
    let text = request.to_text();
    assert!(text.starts_with("old 6\n"), "{text}");
    assert_eq!(ConsistencyRequest::parse(&text), Ok(request.clone()));
    let first = ConsistencyRequest { old: 0, path: vec![], ..request };
    assert_eq!(ConsistencyRequest::parse(&first.to_text()), Ok(first));
    let many = format!("old 6\n{}\n{ORIGIN}", "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n".repeat(64));
    for bad in [
        "",
        "old 6",
        &text.replace("old 6", "old 06"),
        &text.replace("old 6", "old -6"),
        &text.replace("old 6", "new 6"),
        &text.replace("old 6", "old 0"),
        &text.replace("old 6\n", "old 6\nx\n"),
        &many,
    ] {
        assert!(ConsistencyRequest::parse(bad).is_err(), "{bad}");
    }
}

fn fork(old: &[Hash], new: &[Hash], prefix: bool) -> ForkProof {
    let at = old.len();
    let prefix = prefix.then(|| (root_of(&new[..at]), consistency_proof(new, at as u64).unwrap()));
    ForkProof { notes: [note(old, ORIGIN, 1), note(new, ORIGIN, 1)], prefix }
}

#[test]
fn a_fork_is_proven_and_two_heads_of_one_log_are_not_one() {
    let keys = trusted(ORIGIN, 1);
    let leaves = hashes(20);
    let mut forged = leaves.clone();
    forged[3] = [7; 32];
    for size in 4..=20 {
        let same = fork(&leaves[..size], &forged[..size], false);
        assert_eq!(ForkProof::parse(&same.to_text()), Ok(same.clone()));
        assert_eq!(same.verify(&keys).unwrap().instead, root_of(&forged[..size]));
        let longer = fork(&leaves[..size], &forged, true);
        assert_eq!(ForkProof::parse(&longer.to_text()), Ok(longer.clone()));
        let found = longer.verify(&keys).unwrap();
        assert_eq!(
            (found.old.size, found.new.size, found.instead),
            (size as u64, 20, root_of(&forged[..size]))
        );
        let honest = fork(&leaves[..size], &leaves, true);
        assert_eq!(honest.verify(&keys), Err(ForkError::Agree), "{size}");
    }
    // Before the leaf that was changed both logs are one.
    assert_eq!(fork(&leaves[..3], &forged, true).verify(&keys), Err(ForkError::Agree));
    assert_eq!(
        fork(&leaves[..9], &leaves, false).verify(&keys),
        Err(ForkError::Agree),
        "two sizes, no proof"
    );
    let good = fork(&leaves[..9], &forged, true);
    assert!(good.verify(&trusted(ORIGIN, 2)).is_err(), "another key");
    let mut strange = good.clone();
    strange.notes[1] = note(&forged, "latchkey.example/desk/8", 1);
    let both = [trusted(ORIGIN, 1), trusted("latchkey.example/desk/8", 1)].concat();
    assert_eq!(strange.verify(&both), Err(ForkError::TwoLogs));
    // An invented root at the shorter size accuses nobody.
    let mut invented = fork(&leaves[..9], &leaves, true);
    invented.prefix = invented.prefix.map(|(_, path)| ([7; 32], path));
    assert_eq!(invented.verify(&keys), Err(ForkError::Path));
}

#[test]
fn every_flipped_bit_of_a_fork_is_refused() {
    let keys = trusted(ORIGIN, 1);
    let mut forged = hashes(11);
    forged[3] = [7; 32];
    for proof in [fork(&hashes(6), &forged, true), fork(&hashes(11), &forged, false)] {
        let text = proof.to_text();
        for bit in 0..text.len() * 8 {
            let mut bytes = text.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(
                !ForkProof::parse(&changed).is_ok_and(|p| p.verify(&keys).is_ok()),
                "bit {bit}: {changed}"
            );
        }
    }
}

/// The tree level by level, an odd node carried up: another way to the same hashes than the one under test.
fn by_levels(leaves: &[Hash], index: usize) -> Vec<Hash> {
    let (mut level, mut at, mut path) = (leaves.to_vec(), index, Vec::new());
    while level.len() > 1 {
        path.extend(level.get(at ^ 1));
        level = level
            .chunks(2)
            .map(|pair| pair.get(1).map_or(pair[0], |right| node_hash(&pair[0], right)))
            .collect();
        at /= 2;
    }
    path
}

#[test]
fn proofs_of_all_sizes_are_those_of_a_naive_tree() {
    let leaves = hashes(130);
    for size in 0..=130 {
        for index in 0..size {
            let wanted = by_levels(&leaves[..size], index);
            assert_eq!(inclusion_proof(&leaves[..size], index as u64), Some(wanted), "{index} of {size}");
        }
        assert_eq!(inclusion_proof(&leaves[..size], size as u64), None);
        let root = root_of(&leaves[..size]);
        for old in 1..=size {
            let proof = consistency_proof(&leaves[..size], old as u64).unwrap();
            let (m, n) = (old as u64, size as u64);
            assert!(verify_consistency(m, n, &root_of(&leaves[..old]), &root, &proof), "{old} to {size}");
            assert!(!verify_consistency(m, n, &[7; 32], &root, &proof), "{old} to {size}");
            assert!(!verify_consistency(m, n, &root_of(&leaves[..old]), &[7; 32], &proof), "{old} to {size}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "(c2sp.org/tlog-proof@v1\n|old 3\n|latchkey/fork-proof@v1\n)?(index 1\n|extra eA==\n|prefix x\n)?[ -~\n—]{0,200}") {
        let _ = TlogProof::parse(&text);
        let _ = ConsistencyRequest::parse(&text);
        let _ = ForkProof::parse(&text);
        let _ = VerifierKey::parse(&text);
        let _ = cosignatures(&text, &[]);
        let _ = unbundle(text.as_bytes());
    }

    /// Two leaves exchanged, in a log of any size: no proof that held for one of them holds for the other.
    #[test]
    fn swapped_leaves_are_refused(size in 2..300_u64, one in any::<prop::sample::Index>(), two in any::<prop::sample::Index>()) {
        let (one, two) = (one.index(usize::try_from(size).unwrap()), two.index(usize::try_from(size).unwrap()));
        prop_assume!(one != two);
        let mut leaves = hashes(size);
        let path = inclusion_proof(&leaves, one as u64).unwrap();
        prop_assert!(verify_inclusion(&leaves[one], one as u64, size, &path, &root_of(&leaves)));
        leaves.swap(one, two);
        prop_assert!(!verify_inclusion(&leaves[one], one as u64, size, &path, &root_of(&leaves)));
        let path = inclusion_proof(&leaves, one as u64).unwrap();
        prop_assert!(!verify_inclusion(&leaves[two], one as u64, size, &path, &root_of(&leaves)));
    }
}

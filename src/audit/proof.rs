//! Inclusion and consistency proofs (RFC 6962, section 2.1; checked as RFC 9162, section 2.1, has
//! it): that a leaf is in a log, and that a longer log begins with a shorter one.

use super::tree::{Hash, node_hash, root_of};

/// Proof that leaf `index` is in the tree over `leaves`; none where the index is outside.
pub fn inclusion_proof(leaves: &[Hash], index: u64) -> Option<Vec<Hash>> {
    let index = usize::try_from(index).ok().filter(|i| *i < leaves.len())?;
    let mut proof = Vec::new();
    let (mut part, mut at) = (leaves, index);
    while part.len() > 1 {
        let (left, right) = part.split_at(part.len().next_power_of_two() / 2);
        if at < left.len() {
            proof.push(root_of(right));
            part = left;
        } else {
            proof.push(root_of(left));
            at -= left.len();
            part = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Proof that the tree over `leaves` begins with its first `old` leaves; none where `old` is zero or
/// greater than the tree: of the empty tree there is nothing to prove.
pub fn consistency_proof(leaves: &[Hash], old: u64) -> Option<Vec<Hash>> {
    let old = usize::try_from(old).ok().filter(|m| (1..=leaves.len()).contains(m))?;
    let mut proof = Vec::new();
    let (mut part, mut m) = (leaves, old);
    // RFC 6962, 2.1.2: the old root itself is left out as long as only left turns were taken.
    let mut known = true;
    while m < part.len() {
        let (left, right) = part.split_at(part.len().next_power_of_two() / 2);
        if m <= left.len() {
            proof.push(root_of(right));
            part = left;
        } else {
            proof.push(root_of(left));
            m -= left.len();
            part = right;
            known = false;
        }
    }
    if !known {
        proof.push(root_of(part));
    }
    proof.reverse();
    Some(proof)
}

/// Whether `proof` shows that `leaf` is leaf `index` of the log of this size and root
/// (RFC 9162, 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the log of size `new` begins with the log of size `old`
/// (RFC 9162, 2.1.4.2).
pub fn verify_consistency(old: u64, new: u64, old_root: &Hash, new_root: &Hash, proof: &[Hash]) -> bool {
    if old == 0 || old > new {
        return false;
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    let mut path = proof.iter();
    // Where the old size is a power of two, the old root is a node of the new tree.
    let first = if old.is_power_of_two() { Some(old_root) } else { path.next() };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut from_old, mut from_new) = (*first, *first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            from_old = node_hash(sibling, &from_old);
            from_new = node_hash(sibling, &from_new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            from_new = node_hash(&from_new, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && from_old == *old_root && from_new == *new_root
}

#[cfg(test)]
mod tests {
    use super::super::tree::leaf_hash;
    use super::super::tree::tests::{hash, reference};
    use super::*;

    fn hashes(texts: &[&str]) -> Vec<Hash> {
        texts.iter().map(|text| hash(text)).collect()
    }

    #[test]
    fn proofs_of_the_reference() {
        let leaves = reference();
        let inclusion = hashes(&[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]);
        assert_eq!(inclusion_proof(&leaves, 0), Some(inclusion));
        let inclusion = hashes(&[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]);
        assert_eq!(inclusion_proof(&leaves, 5), Some(inclusion));
        let consistency = hashes(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]);
        assert_eq!(consistency_proof(&leaves, 6), Some(consistency));
        assert_eq!(consistency_proof(&leaves, 8), Some(vec![]));
        assert_eq!(consistency_proof(&leaves, 0), None);
        assert_eq!(consistency_proof(&leaves, 9), None);
        assert_eq!(inclusion_proof(&leaves, 8), None);
    }

    fn many(count: u64) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_le_bytes())).collect()
    }

    fn flipped(hash: &Hash) -> Hash {
        let mut hash = *hash;
        hash[31] ^= 1;
        hash
    }

    #[test]
    fn every_leaf_of_every_size_is_proven_and_no_other() {
        let leaves = many(70);
        for size in 1..=70_u64 {
            let part = &leaves[..usize::try_from(size).unwrap()];
            let root = root_of(part);
            for index in 0..size {
                let leaf = &part[usize::try_from(index).unwrap()];
                let proof = inclusion_proof(part, index).unwrap();
                assert!(verify_inclusion(leaf, index, size, &proof, &root), "{index} of {size}");
                assert!(!verify_inclusion(&flipped(leaf), index, size, &proof, &root));
                assert!(!verify_inclusion(leaf, index, size, &proof, &flipped(&root)));
                assert!(!verify_inclusion(leaf, size, size, &proof, &root));
                for other in (0..size).filter(|o| *o != index) {
                    assert!(!verify_inclusion(leaf, other, size, &proof, &root), "{other} of {size}");
                }
                let long = [&proof[..], &[root]].concat();
                assert!(!verify_inclusion(leaf, index, size, &long, &root));
                if let Some((_, short)) = proof.split_last() {
                    assert!(!verify_inclusion(leaf, index, size, short, &root));
                }
            }
        }
    }

    #[test]
    fn every_pair_of_sizes_is_consistent_and_no_fork_is() {
        let leaves = many(96);
        let roots: Vec<Hash> = (0..=leaves.len()).map(|n| root_of(&leaves[..n])).collect();
        let mut forked = leaves.clone();
        forked[0] = flipped(&forked[0]);
        for new in 1..=leaves.len() {
            let fork = root_of(&forked[..new]);
            for old in 1..=new {
                let (m, n) = (old as u64, new as u64);
                let proof = consistency_proof(&leaves[..new], m).unwrap();
                assert!(verify_consistency(m, n, &roots[old], &roots[new], &proof), "{m} to {n}");
                assert!(!verify_consistency(m, n, &roots[old], &fork, &proof), "{m} to {n}");
                assert!(!verify_consistency(m, n, &fork, &roots[new], &proof), "{m} to {n}");
                let forged = consistency_proof(&forked[..new], m).unwrap();
                assert!(!verify_consistency(m, n, &roots[old], &fork, &forged), "{m} to {n}");
                let long = [&proof[..], &[fork]].concat();
                assert!(!verify_consistency(m, n, &roots[old], &roots[new], &long), "{m} to {n}");
                if let Some((_, short)) = proof.split_last() {
                    assert!(!verify_consistency(m, n, &roots[old], &roots[new], short), "{m} to {n}");
                }
            }
        }
        assert!(!verify_consistency(0, 5, &roots[0], &roots[5], &[]));
        assert!(!verify_consistency(0, 5, &roots[0], &roots[5], &[roots[5]]));
        assert!(!verify_consistency(6, 5, &roots[6], &roots[5], &[]));
        assert!(!verify_consistency(6, 5, &roots[6], &roots[5], &[roots[6]]));
    }
}

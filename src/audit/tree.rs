//! The Merkle tree of RFC 6962 (section 2.1), as the compact range of its perfect subtrees.
//!
//! A log of any length is carried in at most 64 hashes: appending touches two of them on average,
//! and the root needs nothing else.

use sha2::{Digest as _, Sha256};

use crate::words::Phrase;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Hash of the tree without leaves: SHA-256 of nothing.
pub const EMPTY_ROOT: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, //
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// Hash of a leaf: `SHA-256(0x00 ‖ leaf)`. The prefix keeps a leaf from posing as a node.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

/// Hash of a node: `SHA-256(0x01 ‖ left ‖ right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Why stored bytes are no frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub struct FrontierError {
    /// How many bytes there are.
    pub bytes: usize,
    /// The size they name.
    pub size: u64,
}

impl FrontierError {
    /// What is wrong, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        Phrase::of("leaf-head").with("bytes", self.bytes.to_string()).with("size", self.size.to_string())
    }
}

/// The roots of the perfect subtrees of a tree, the largest first: all it takes to go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>, // one for each bit set in size, the highest bit first
}

impl Frontier {
    /// The tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf by its hash; two node hashes at most on average.
    pub fn append(&mut self, leaf: &Hash) {
        let mut root = *leaf;
        // Each perfect subtree as large as the one in hand is its left sibling.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                root = node_hash(&left, &root);
            }
        }
        self.roots.push(root);
        self.size += 1;
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let folded = self.roots.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        folded.unwrap_or(EMPTY_ROOT)
    }

    /// The size (8 bytes, big-endian) and the roots, to store beside the log.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.roots.iter().flatten());
        bytes
    }

    /// The frontier of [`Self::to_bytes`]; the number of roots must be the size's.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let damaged = |size| FrontierError { bytes: bytes.len(), size };
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(damaged(0))?;
        let size = u64::from_be_bytes(*size);
        let (roots, odd) = rest.as_chunks::<32>();
        if !odd.is_empty() || roots.len() != size.count_ones() as usize {
            return Err(damaged(size));
        }
        Ok(Self { size, roots: roots.to_vec() })
    }
}

impl<'a> Extend<&'a Hash> for Frontier {
    fn extend<T: IntoIterator<Item = &'a Hash>>(&mut self, leaves: T) {
        for leaf in leaves {
            self.append(leaf);
        }
    }
}

/// The root of the tree over these leaf hashes.
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    frontier.extend(leaves);
    frontier.root()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The leaves of the reference implementation's tests (certificate-transparency).
    pub fn reference() -> Vec<Hash> {
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        leaves.map(|leaf| leaf_hash(&unhex(leaf))).to_vec()
    }

    pub fn unhex(text: &str) -> Vec<u8> {
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    pub fn hash(text: &str) -> Hash {
        unhex(text).try_into().unwrap()
    }

    /// The definition in RFC 6962, section 2.1, word for word: slow and plain.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => *one,
            many => {
                let k = many.len().next_power_of_two() / 2;
                node_hash(&by_definition(&many[..k]), &by_definition(&many[k..]))
            }
        }
    }

    #[test]
    fn roots_of_the_reference() {
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (n, root) in roots.into_iter().enumerate() {
            assert_eq!(root_of(&reference()[..n]), hash(root), "{n} leaves");
        }
    }

    #[test]
    fn stored_bytes_must_fit() {
        let mut frontier = Frontier::new();
        frontier.extend(&reference()[..7]);
        let bytes = frontier.to_bytes();
        assert_eq!(bytes.len(), 8 + 3 * 32);
        assert_eq!(Frontier::from_bytes(&bytes), Ok(frontier));
        for n in 0..bytes.len() {
            assert!(Frontier::from_bytes(&bytes[..n]).is_err(), "{n} bytes");
        }
        assert!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()).is_err());
        assert!(Frontier::from_bytes(&[0xFF; 40]).is_err());
        assert_eq!(Frontier::from_bytes(&[0; 8]), Ok(Frontier::new()));
    }

    proptest! {
        #[test]
        fn the_frontier_is_the_definition(count in 0..300_usize, cut in 0..300_usize) {
            let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_le_bytes())).collect();
            let (before, after) = leaves.split_at(cut.min(count));
            let mut frontier = Frontier::new();
            frontier.extend(before);
            let mut frontier = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
            frontier.extend(after);
            prop_assert_eq!(frontier.size(), count as u64);
            prop_assert_eq!(frontier.root(), by_definition(&leaves));
        }
    }
}

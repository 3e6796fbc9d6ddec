//! The log as a folder of files that any web server can serve (C2SP tlog-tiles): tiles of 256 hashes, bundles
//! of 256 leaves, each written once; what is on the right edge is partial and is written under its width.

use super::tree::{Hash, root_of};

/// Hashes of a full tile.
const WIDTH: u64 = 256;

/// A file of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Its height: 0 holds the leaves' hashes, each further one a hash for every full tile below. `None`: a
    /// bundle of leaves.
    pub level: Option<u8>,
    /// Its place within the level.
    pub index: u64,
    /// How many hashes, or leaves, it holds: 1 to 256.
    pub width: u64,
}

impl Tile {
    /// Where it lies, from the log's folder on.
    pub fn path(self) -> String {
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let mut rest = self.index;
        let mut path = format!("{:03}", rest % 1000);
        while rest >= 1000 {
            rest /= 1000;
            path = format!("x{:03}/{path}", rest % 1000);
        }
        let partial = if self.width < WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{level}/{path}{partial}")
    }

    /// The bundles of leaves from `from` on of a log of this size, the partial one last.
    pub fn bundles(from: u64, size: u64) -> impl Iterator<Item = Self> {
        Self::of_level(None, from / WIDTH, size)
    }

    /// The tiles of leaf hashes of a log of this size, the partial one last.
    pub fn of_leaves(size: u64) -> impl Iterator<Item = Self> {
        Self::of_level(Some(0), 0, size)
    }

    fn of_level(level: Option<u8>, from: u64, count: u64) -> impl Iterator<Item = Self> {
        (from..count.div_ceil(WIDTH)).map(move |index| {
            let width = (count - index * WIDTH).min(WIDTH);
            Self { level, index, width }
        })
    }

    /// The first leaf of a bundle, or of a tile of leaf hashes.
    pub fn first(self) -> u64 {
        self.index * WIDTH
    }

    /// How many leaves a log must have for this tile to be there.
    pub fn last(self) -> u64 {
        let each = WIDTH.saturating_pow(u32::from(self.level.unwrap_or(0)));
        (self.index * WIDTH + self.width).saturating_mul(each)
    }
}

/// Takes the hashes of a log's leaves in order and gives every tile as soon as it is full.
#[derive(Debug, Default)]
pub struct TileWriter {
    /// What is not full yet, by level, with the index of the tile it will be.
    open: Vec<(u64, Vec<Hash>)>,
}

impl TileWriter {
    /// A writer for a log from its first leaf on.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next leaf's hash; gives the tiles that it fills.
    pub fn push(&mut self, leaf: &Hash) -> Vec<(Tile, Vec<u8>)> {
        let mut full = Vec::new();
        let (mut hash, mut level) = (*leaf, 0_u8);
        loop {
            let place = usize::from(level);
            if self.open.len() == place {
                self.open.push((0, Vec::new()));
            }
            let Some((index, hashes)) = self.open.get_mut(place) else { return full };
            hashes.push(hash);
            if hashes.len() as u64 != WIDTH {
                return full;
            }
            full.push((Tile { level: Some(level), index: *index, width: WIDTH }, hashes.concat()));
            hash = root_of(hashes);
            hashes.clear();
            *index += 1;
            level += 1;
        }
    }

    /// The partial tiles on the right edge.
    pub fn finish(self) -> Vec<(Tile, Vec<u8>)> {
        let levels = (0_u8..).zip(self.open).filter(|(_, (_, hashes))| !hashes.is_empty());
        let partial = levels.map(|(level, (index, hashes))| {
            (Tile { level: Some(level), index, width: hashes.len() as u64 }, hashes.concat())
        });
        partial.collect()
    }
}

/// A bundle of leaves: each with its length before it, two bytes, big-endian. `None` where one is too long.
pub fn bundle<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for leaf in leaves {
        bytes.extend(u16::try_from(leaf.len()).ok()?.to_be_bytes());
        bytes.extend(leaf);
    }
    Some(bytes)
}

/// The leaves of a bundle; `None` where it is cut.
pub fn unbundle(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut leaves = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (leaf, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        leaves.push(leaf);
        bytes = rest;
    }
    bytes.is_empty().then_some(leaves)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::tree::{leaf_hash, root_of};
    use super::*;

    fn written(size: u64) -> BTreeMap<String, Vec<u8>> {
        let mut writer = TileWriter::new();
        let mut files = BTreeMap::new();
        for n in 0..size {
            files.extend(writer.push(&leaf_hash(&n.to_le_bytes())).into_iter().map(|(t, b)| (t.path(), b)));
        }
        files.extend(writer.finish().into_iter().map(|(t, b)| (t.path(), b)));
        files
    }

    #[test]
    fn paths_are_those_of_the_specification() {
        let path = |level, index, width| Tile { level, index, width }.path();
        assert_eq!(path(Some(0), 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(path(Some(1), 0, 256), "tile/1/000");
        assert_eq!(path(Some(0), 273, 112), "tile/0/273.p/112");
        assert_eq!(path(None, 1000, 1), "tile/entries/x001/000.p/1");
    }

    #[test]
    fn a_tile_is_there_from_its_last_leaf_on() {
        let last = |level, index, width| Tile { level, index, width }.last();
        assert_eq!(last(Some(0), 0, 256), 256);
        assert_eq!(last(Some(0), 273, 112), 70_000);
        assert_eq!(last(Some(1), 1, 17), 69_888);
        assert_eq!(last(None, 1, 3), 259, "a bundle holds leaves, as the lowest tiles do");
    }

    /// The example of the specification, and the edges around full tiles.
    #[test]
    fn a_log_has_the_tiles_of_its_size() {
        let files = written(70_000);
        let of = |level: &str, partial: bool| {
            let here = |p: &&String| p.starts_with(&format!("tile/{level}/")) && p.contains(".p/") == partial;
            files.keys().filter(here).cloned().collect::<Vec<_>>()
        };
        assert_eq!((of("0", false).len(), of("0", true)), (273, vec!["tile/0/273.p/112".to_owned()]));
        assert_eq!((of("1", false).len(), of("1", true)), (1, vec!["tile/1/001.p/17".to_owned()]));
        assert_eq!((of("2", false).len(), of("2", true)), (0, vec!["tile/2/000.p/1".to_owned()]));
        for (size, names) in [
            (0, vec![]),
            (1, vec!["tile/0/000.p/1"]),
            (255, vec!["tile/0/000.p/255"]),
            (256, vec!["tile/0/000", "tile/1/000.p/1"]),
            (257, vec!["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]),
        ] {
            assert_eq!(written(size).keys().map(String::as_str).collect::<Vec<_>>(), names, "{size}");
        }
        let counts = |size| Tile::of_leaves(size).map(|t| (t.index, t.width)).collect::<Vec<_>>();
        assert_eq!(counts(513), [(0, 256), (1, 256), (2, 1)]);
        assert_eq!(
            Tile::bundles(300, 513).map(|t| (t.first(), t.width)).collect::<Vec<_>>(),
            [(256, 256), (512, 1)]
        );
    }

    #[test]
    fn a_hash_of_a_higher_tile_is_the_root_over_a_full_one() {
        let files = written(256 * 256 + 1);
        let leaves: Vec<Hash> = (0..256_u64).map(|n| leaf_hash(&n.to_le_bytes())).collect();
        assert_eq!(files["tile/1/000"][..32], root_of(&leaves));
        let (below, _) = files["tile/1/000"].as_chunks::<32>();
        assert_eq!(files["tile/2/000.p/1"], root_of(below));
        assert_eq!(files["tile/0/256.p/1"], leaf_hash(&65_536_u64.to_le_bytes()));
    }

    #[test]
    fn a_bundle_comes_back_and_a_cut_one_does_not() {
        let leaves: [&[u8]; 3] = [b"one", b"", b"three"];
        let bytes = bundle(leaves).unwrap();
        assert_eq!(bytes, b"\x00\x03one\x00\x00\x00\x05three");
        assert_eq!(unbundle(&bytes).unwrap(), leaves);
        for cut in [1, 4, 6, bytes.len() - 1] {
            assert_eq!(unbundle(&bytes[..cut]), None, "{cut}");
        }
        assert!(bundle([&vec![0; 65_536][..]]).is_none());
    }
}

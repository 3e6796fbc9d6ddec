//! The log of every act: leaves in an RFC 6962 Merkle tree, heads as C2SP signed checkpoints. Pure:
//! no database, no clock, no randomness; the store keeps the lines, their hashes and one [`Head`].
//!
//! | what | standard | type |
//! |---|---|---|
//! | a leaf | canonical JSON (RFC 8785, narrowed), one line | [`Draft`], [`Info`], [`commitment`] |
//! | appending | hash chain and tree in one step | [`Head`] |
//! | the tree | RFC 6962, 2.1 | [`Frontier`], [`root_of`] |
//! | proofs | RFC 6962, RFC 9162 | [`inclusion_proof`], [`verify_consistency`], … |
//! | a signed head | C2SP tlog-checkpoint, signed-note | [`Checkpoint`], [`verifier_key`] |
//! | one leaf, offline | C2SP tlog-proof | [`TlogProof`] |
//! | a longer head, to a witness | C2SP tlog-witness, tlog-cosignature | [`ConsistencyRequest`], [`cosign`] |
//! | the log as files | C2SP tlog-tiles | [`Tile`], [`TileWriter`] |
//! | two heads that cannot both be | — | [`ForkProof`] |
//! | the whole log | — | [`LogVerifier`] → [`LogVerdict`] |

mod canonical;
mod checkpoint;
mod cosign;
mod fork;
mod leaf;
mod proof;
mod request;
mod tiles;
mod tlog_proof;
mod tree;
mod verify;
mod vkey;

#[cfg(test)]
mod emit_tests;
#[cfg(test)]
mod tamper_tests;

pub use checkpoint::{Checkpoint, CheckpointError, verifier_key};
pub use cosign::{Cosignature, cosign, cosignatures, cosigned};
pub use fork::{Fork, ForkError, ForkProof};
pub use leaf::{Draft, Head, Info, LeafError, MAX_LEAF, commitment};
pub use proof::{consistency_proof, inclusion_proof, verify_consistency, verify_inclusion};
pub use request::ConsistencyRequest;
pub use tiles::{Tile, TileWriter, bundle, unbundle};
pub use tlog_proof::{ProofError, TlogProof};
pub use tree::{EMPTY_ROOT, Frontier, FrontierError, Hash, leaf_hash, node_hash, root_of};
pub use verify::{LogVerdict, LogVerifier};
pub use vkey::{KeyKind, VerifierKey};

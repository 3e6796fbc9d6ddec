//! Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519, `cosignature/v1`): the statement that at this
//! time this was the longest head that the witness had seen of a log, and that it went on from those before.

use base64ct::{Base64, Encoding as _};

use super::checkpoint::{CheckpointError, is_name, split};
use super::vkey::{KeyKind, VerifierKey, key_id};
use crate::authority::AgentKey;

/// Who saw a head, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness's name.
    pub by: String,
    /// Unix seconds.
    pub at: u64,
}

/// The line by which a witness of this name says that it saw the head. The caller has verified the note and
/// its consistency with the last one.
pub fn cosign(note: &str, name: &str, key: &AgentKey, at: u64) -> Result<String, CheckpointError> {
    let (_, text, _) = split(note)?;
    if !is_name(name) {
        return Err(CheckpointError::Origin);
    }
    let mut bytes = key_id(name, KeyKind::Witness, key.public()).to_vec();
    bytes.extend(at.to_be_bytes());
    bytes.extend(key.sign(message(text, at).as_bytes()));
    Ok(format!("— {name} {}\n", Base64::encode_string(&bytes)))
}

/// The note with a line more; one that this witness wrote before gives way.
pub fn cosigned(note: &str, line: &str) -> Result<String, CheckpointError> {
    let (_, text, _) = split(note)?;
    let id = |line: &str| {
        let (name, encoded) = line.trim_end().strip_prefix("— ")?.split_once(' ')?;
        Some((name.to_owned(), Base64::decode_vec(encoded).ok()?.first_chunk::<4>().copied()))
    };
    let lines = note.get(text.len() + 1..).unwrap_or_default();
    let kept = lines.split_inclusive('\n').filter(|old| id(old) != id(line));
    let joined = format!("{text}\n{}{line}", kept.collect::<String>());
    split(&joined).map(|_| joined.clone())
}

/// Who of these witnesses cosigned the note. A line in the name and id of one of them that does not hold
/// refuses the note; others are passed over.
pub fn cosignatures(note: &str, keys: &[VerifierKey]) -> Result<Vec<Cosignature>, CheckpointError> {
    let (_, text, signatures) = split(note)?;
    let mut found = Vec::new();
    for key in keys.iter().filter(|k| k.kind == KeyKind::Witness) {
        for (name, bytes) in &signatures {
            let Some((id, rest)) = bytes.split_first_chunk::<4>() else { continue };
            if *name != key.name || *id != key.id() {
                continue;
            }
            let (at, signature) = rest.split_first_chunk::<8>().ok_or(CheckpointError::Signature)?;
            let at = u64::from_be_bytes(*at);
            let holds = i64::try_from(at).is_ok() && key.key.verify(message(text, at).as_bytes(), signature);
            if !holds {
                return Err(CheckpointError::Signature);
            }
            found.push(Cosignature { by: key.name.clone(), at });
        }
    }
    Ok(found)
}

fn message(text: &str, at: u64) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

#[cfg(test)]
mod tests {
    use super::super::checkpoint::Checkpoint;
    use super::*;

    fn witness(seed: u8) -> (AgentKey, VerifierKey) {
        let key = AgentKey::from_seed("witness", &[seed; 32]);
        let public = key.public().clone();
        (key, VerifierKey { name: "witness.example/w1".into(), kind: KeyKind::Witness, key: public })
    }

    #[test]
    fn a_witness_is_heard_and_another_key_in_its_name_is_not() {
        let log = AgentKey::from_seed("anna", &[1; 32]);
        let head = Checkpoint { origin: "latchkey.example/desk/7".into(), size: 42, root: [9; 32] };
        let note = head.sign(&log).unwrap();
        let ((key, public), (other_key, other)) = (witness(5), witness(6));
        let line = cosign(&note, &public.name, &key, 1_679_315_147).unwrap();
        let both = cosigned(&note, &line).unwrap();
        let seen = vec![Cosignature { by: public.name.clone(), at: 1_679_315_147 }];
        assert_eq!(cosignatures(&both, std::slice::from_ref(&public)), Ok(seen));
        assert_eq!(cosignatures(&note, std::slice::from_ref(&public)), Ok(vec![]));
        assert_eq!(cosignatures(&both, &[other]), Ok(vec![]), "another key is a stranger");
        assert_eq!(
            Checkpoint::open(&both, &head.origin, &[log.public()]),
            Ok(head.clone()),
            "Go reads it too"
        );
        // Said again later: one line, the newer one.
        let later = cosigned(&both, &cosign(&note, &public.name, &key, 1_679_315_148).unwrap()).unwrap();
        assert_eq!(cosignatures(&later, std::slice::from_ref(&public)).unwrap()[0].at, 1_679_315_148);
        assert_eq!(later.lines().count(), both.lines().count());
        // Another's signature under this one's id.
        let mut forged = key_id(&public.name, KeyKind::Witness, &public.key).to_vec();
        forged.extend(7_u64.to_be_bytes());
        forged.extend(other_key.sign(message("x", 7).as_bytes()));
        let forged = format!("{note}— {} {}\n", public.name, Base64::encode_string(&forged));
        assert_eq!(cosignatures(&forged, std::slice::from_ref(&public)), Err(CheckpointError::Signature));
    }

    #[test]
    fn every_bit_of_a_cosignature_counts() {
        let (key, public) = witness(5);
        let head = Checkpoint { origin: "latchkey.example/desk/7".into(), size: 42, root: [9; 32] };
        let note = head.sign(&AgentKey::from_seed("anna", &[1; 32])).unwrap();
        let line = cosign(&note, &public.name, &key, 1_679_315_147).unwrap();
        let encoded = line.trim_end().rsplit(' ').next().unwrap();
        let bytes = Base64::decode_vec(encoded).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let line = format!("— {} {}\n", public.name, Base64::encode_string(&changed));
            let heard = cosignatures(&format!("{note}{line}"), std::slice::from_ref(&public));
            assert!(!heard.is_ok_and(|h| !h.is_empty()), "bit {bit}");
        }
    }
}

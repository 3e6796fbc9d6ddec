//! Ed25519 keys (RFC 8032): the agent's own signing key and the public key others know it by.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::words::Phrase;

/// The operating system gave no randomness; nothing that needs a secret can go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub struct RandomError(pub String);

impl RandomError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        Phrase::of("fail-random").with("why", self.0.as_str())
    }
}

/// `N` bytes of the operating system's randomness: the one place of this module that draws any.
pub fn random<const N: usize>() -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| RandomError(e.to_string()))?;
    Ok(bytes)
}

/// Why a public key or a key's name is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum PublicKeyError {
    /// Another key type, curve, algorithm or use than an Ed25519 signature key.
    OtherKind(&'static str),
    /// `x` is not 32 bytes in unpadded base64url.
    Encoding,
    /// Not a point of the curve, or one of the eight whose signatures anyone can make.
    Weak,
    /// `kid` is not the RFC 7638 thumbprint.
    Kid,
}

impl PublicKeyError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::OtherKind(what) => Phrase::of("refusal-key-kind").with("what", *what),
            Self::Encoding => Phrase::of("refusal-key-encoding"),
            Self::Weak => Phrase::of("refusal-key-weak"),
            Self::Kid => Phrase::of("refusal-key-kid"),
        }
    }
}

/// A public key as RFC 8037 JSON Web Key, with exactly the members Latchkey writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwk {
    /// Key type, always `OKP`.
    pub kty: String,
    /// Curve, always `Ed25519`.
    pub crv: String,
    /// The public key, 32 bytes in unpadded base64url.
    pub x: String,
    /// RFC 7638 thumbprint.
    pub kid: String,
    /// Always `EdDSA`: the newer name of RFC 9864 is still refused by common verifiers.
    pub alg: String,
    /// Always `sig`.
    #[serde(rename = "use")]
    pub usage: String,
}

/// An Ed25519 public key that is a full-order point, with its key id.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    kid: String,
}

impl PublicKey {
    /// Takes 32 bytes (RFC 8032, 5.1.2); refuses what is no point and the small-order points.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, PublicKeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| PublicKeyError::Weak)?;
        if key.is_weak() {
            return Err(PublicKeyError::Weak);
        }
        Ok(Self { kid: thumbprint(bytes), key })
    }

    /// Takes a JWK; every member must be the one value it may have.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, PublicKeyError> {
        for (given, wanted, what) in [
            (&jwk.kty, "OKP", "kty"),
            (&jwk.crv, "Ed25519", "crv"),
            (&jwk.alg, "EdDSA", "alg"),
            (&jwk.usage, "sig", "use"),
        ] {
            if given != wanted {
                return Err(PublicKeyError::OtherKind(what));
            }
        }
        let bytes = Base64UrlUnpadded::decode_vec(&jwk.x).map_err(|_| PublicKeyError::Encoding)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| PublicKeyError::Encoding)?;
        let key = Self::from_bytes(&bytes)?;
        if key.kid != jwk.kid {
            return Err(PublicKeyError::Kid);
        }
        Ok(key)
    }

    /// The key as a JWK.
    pub fn to_jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP".into(),
            crv: "Ed25519".into(),
            x: Base64UrlUnpadded::encode_string(self.key.as_bytes()),
            kid: self.kid.clone(),
            alg: "EdDSA".into(),
            usage: "sig".into(),
        }
    }

    /// The 32 bytes of the key.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The same key for X25519 (RFC 7748), for seals alone.
    pub(super) fn montgomery(&self) -> [u8; 32] {
        self.key.to_montgomery().to_bytes()
    }

    /// The key id: RFC 7638 thumbprint of the JWK.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Whether `signature` is this key's over `message`, by the strict rules: canonical S, no
    /// small-order points, no second encoding of one signature.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|s| self.key.verify_strict(message, &s).is_ok())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PublicKey").field(&self.kid).finish()
    }
}

/// RFC 7638 thumbprint: SHA-256 of the required members in order, unpadded base64url.
fn thumbprint(key: &[u8; 32]) -> String {
    let x = Base64UrlUnpadded::encode_string(key);
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    Base64UrlUnpadded::encode_string(&Sha256::digest(members))
}

/// An agent's name that may also be a file's name: 1 to 64 of `a-z 0-9 . _ -`, the first a letter
/// or digit. One spelling only, so that two people cannot be told apart by case alone.
pub fn name_is_valid(name: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    name.len() <= 64
        && name.bytes().all(allowed)
        && name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
}

/// The signing key of one agent (or of the desk's root). Wiped when dropped, never printed.
///
/// What wiping cannot reach: copies the compiler makes in registers and on the stack, and swap.
pub struct AgentKey {
    name: String,
    public: PublicKey,
    secret: SigningKey,
}

impl AgentKey {
    /// A new key from the operating system's randomness.
    pub fn generate(name: &str) -> Result<Self, RandomError> {
        let seed = Zeroizing::new(random::<32>()?);
        Ok(Self::from_seed(name, &seed))
    }

    /// The key of a 32-byte seed (RFC 8032, 5.1.5). The caller wipes its copy.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Self {
        let secret = SigningKey::from_bytes(seed);
        let key = secret.verifying_key();
        let public = PublicKey { kid: thumbprint(key.as_bytes()), key };
        Self { name: name.to_owned(), public, secret }
    }

    /// Whose key it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key id (RFC 7638 thumbprint).
    pub fn kid(&self) -> &str {
        self.public.kid()
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs (RFC 8032 pure Ed25519; deterministic).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }

    /// The key's X25519 scalar (RFC 7748), for seals alone.
    pub(super) fn scalar(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_scalar_bytes())
    }

    /// The secret seed, for the key file alone.
    pub(super) fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_bytes())
    }
}

impl fmt::Debug for AgentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgentKey")
            .field("name", &self.name)
            .field("kid", &self.kid())
            .field("secret", &"[REDACTED]")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Edit = fn(&mut Jwk);

    /// RFC 8037, appendix A.2 and A.3: the key and its thumbprint.
    #[test]
    fn thumbprint_of_rfc_8037() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let bytes: [u8; 32] = Base64UrlUnpadded::decode_vec(x).unwrap().try_into().unwrap();
        let key = PublicKey::from_bytes(&bytes).unwrap();
        assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()).unwrap(), key);
    }

    #[test]
    fn weak_and_foreign_public_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::from_bytes(&identity), Err(PublicKeyError::Weak));
        assert_eq!(PublicKey::from_bytes(&[0; 32]), Err(PublicKeyError::Weak), "order 4");
        let good = AgentKey::from_seed("anna", &[7; 32]).public().to_jwk();
        let edits: [(Edit, PublicKeyError); 7] = [
            (|k| k.kty = "EC".into(), PublicKeyError::OtherKind("kty")),
            (|k| k.crv = "X25519".into(), PublicKeyError::OtherKind("crv")),
            (|k| k.alg = "HS256".into(), PublicKeyError::OtherKind("alg")),
            (|k| k.usage = "enc".into(), PublicKeyError::OtherKind("use")),
            (|k| k.x.push('='), PublicKeyError::Encoding),
            (|k| k.x = "AAAA".into(), PublicKeyError::Encoding),
            (|k| k.kid = "other".into(), PublicKeyError::Kid),
        ];
        for (edit, error) in edits {
            let mut jwk = good.clone();
            edit(&mut jwk);
            assert_eq!(PublicKey::from_jwk(&jwk), Err(error));
        }
    }

    /// R is the neutral point and S = k·a (computed by hand): plain verification takes it, although
    /// whoever knows the key can make one such signature for any message without a nonce.
    #[test]
    fn a_small_order_r_is_refused() {
        let key = AgentKey::from_seed("anna", &[1; 32]);
        let mut signature = [0; 64];
        signature[0] = 1;
        signature[32..].copy_from_slice(&[
            0xe7, 0x86, 0xfc, 0x4f, 0x60, 0x54, 0xe5, 0x38, 0xdb, 0xee, 0xff, 0x80, 0x18, 0x4d, 0x26,
            0xed, //
            0x5d, 0x4f, 0xbe, 0xed, 0x3e, 0x83, 0xd5, 0x3e, 0x97, 0xf0, 0x37, 0x91, 0x49, 0x80, 0x4f, 0x0f,
        ]);
        let lax = ed25519_dalek::Verifier::verify(&key.public().key, b"latchkey", &signature.into());
        assert!(lax.is_ok(), "the vector is what it says");
        assert!(!key.public().verify(b"latchkey", &signature));
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = AgentKey::from_seed("anna", &[0xAB; 32]);
        let shown = format!("{key:?}").to_lowercase();
        assert!(shown.contains("redacted") && !shown.contains("171") && !shown.contains("abab"), "{shown}");
    }

    #[test]
    fn names_are_file_names() {
        for good in ["anna", "a", "b.c_d-2", "7up"] {
            assert!(name_is_valid(good), "{good}");
        }
        for bad in ["", "Anna", ".", "..", ".x", "-rf", "a/b", "a b", "анна", "a\n", &"a".repeat(65)] {
            assert!(!name_is_valid(bad), "{bad}");
        }
    }
}

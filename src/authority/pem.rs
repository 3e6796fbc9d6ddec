//! A public key as `openssl pkey -pubin` reads it (RFC 8410 in RFC 7468).

use base64ct::{Base64, Encoding as _};

use super::PublicKey;

/// DER of a `SubjectPublicKeyInfo` for Ed25519, up to the key's 32 bytes (RFC 8410 §4).
const HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The key in PEM; [`super::public_from_pem`] reads it back.
pub fn public_to_pem(key: &PublicKey) -> String {
    let der = [&HEAD[..], &key.to_bytes()].concat();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", Base64::encode_string(&der))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::{AgentKey, public_from_pem};

    #[test]
    fn a_public_key_survives_its_file() {
        let key = AgentKey::from_seed("anna", &[7; 32]);
        let read = public_from_pem(&public_to_pem(key.public())).unwrap();
        assert_eq!(read.to_bytes(), key.public().to_bytes());
    }
}

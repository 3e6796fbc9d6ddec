//! A secret of 32 bytes for somebody whose public key is known: only who opens the private key reads it.
//!
//! The recipient's Ed25519 key is taken to X25519 (RFC 7748), as `age` does with SSH keys, and agreed on with a key
//! made for this one sealing; HMAC-SHA-256 over what was agreed gives a pad of 32 bytes and the key of a tag. Each
//! pad is used once, because each sealing has a key of its own.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::keys::{AgentKey, PublicKey, RandomError};

const PAD: &str = "latchkey-seal-pad-1";
const TAG: &str = "latchkey-seal-tag-1";

/// HMAC-SHA-256 over several parts, each with its length before it.
fn mac(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    // A key of any length is taken by HMAC; the other arm cannot be reached.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Zeroizing::new([0; 32]) };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn xor(a: &[u8; 32], b: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new(*a);
    out.iter_mut().zip(b).for_each(|(a, b)| *a ^= b);
    out
}

/// Seals a secret for a key; `about` says what it is and must be said again to open it.
pub(super) fn seal(secret: &[u8; 32], to: &PublicKey, about: &str) -> Result<String, RandomError> {
    let once = AgentKey::generate("seal")?;
    let agreed = once.agree(to);
    let (from, to) = (once.public().to_bytes(), to.to_bytes());
    let hidden = xor(secret, &mac(&*agreed, &[PAD.as_bytes(), &from, &to, about.as_bytes()]));
    let tag = mac(&*agreed, &[TAG.as_bytes(), &from, &to, about.as_bytes(), &*hidden]);
    Ok(Base64UrlUnpadded::encode_string(&[from, *hidden, *tag].concat()))
}

/// Opens what was sealed for a key; `None` where it is another's, or damaged.
pub(super) fn unseal(sealed: &str, key: &AgentKey, about: &str) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = Base64UrlUnpadded::decode_vec(sealed).ok().filter(|bytes| bytes.len() == 96)?;
    let mut parts = bytes.chunks_exact(32).filter_map(|part| <[u8; 32]>::try_from(part).ok());
    let (from, hidden, said) = (parts.next()?, parts.next()?, parts.next()?);
    let agreed = key.agree(&PublicKey::from_bytes(&from).ok()?);
    let to = key.public().to_bytes();
    let tag = mac(&*agreed, &[TAG.as_bytes(), &from, &to, about.as_bytes(), &hidden]);
    let fits = bool::from(tag.as_slice().ct_eq(&said));
    fits.then(|| xor(&hidden, &mac(&*agreed, &[PAD.as_bytes(), &from, &to, about.as_bytes()])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whom_it_is_for_opens_it_whole_and_as_what_it_is() {
        let (anna, boris) = (AgentKey::from_seed("anna", &[1; 32]), AgentKey::from_seed("boris", &[2; 32]));
        let secret = [7; 32];
        let sealed = seal(&secret, anna.public(), "centre a").unwrap();
        assert_eq!(unseal(&sealed, &anna, "centre a").as_deref(), Some(&secret));
        assert!(unseal(&sealed, &boris, "centre a").is_none());
        assert!(unseal(&sealed, &anna, "centre b").is_none());
        assert_ne!(sealed, seal(&secret, anna.public(), "centre a").unwrap(), "each sealing is another");
        let bytes = Base64UrlUnpadded::decode_vec(&sealed).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            let other = Base64UrlUnpadded::encode_string(&other);
            assert!(unseal(&other, &anna, "centre a").is_none(), "bit {bit}");
        }
        for bad in ["", "A", "%", &sealed.replacen('A', "", 1).repeat(2), &format!("{sealed}AA")] {
            assert!(unseal(bad, &anna, "centre a").is_none(), "{bad}");
        }
    }
}

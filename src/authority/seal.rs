//! What only the owners of certain keys read, in the format of `age` (C2SP, version 1): any `age` opens it.
//!
//! Nobody needs a key for this alone: an Ed25519 key is taken to X25519 (RFC 7748), as `ssh-to-age` does.

use std::fmt;
use std::io::{self, BufRead, Write};

use age::stream::{StreamReader, StreamWriter};
use age::x25519;
use age::{DecryptError, Decryptor, Encryptor};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use bech32::{Bech32, Hrp};
use zeroize::Zeroizing;

use super::keys::{AgentKey, PublicKey};

/// How a sealed file begins.
pub const SEALED: &[u8] = b"age-encryption.org/v1\n";
const PUBLIC: &str = "age";
const SECRET: &str = "age-secret-key-";

/// Somebody for whom something can be sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SealTo(x25519::Recipient);

/// What opens the seals that were made for one key. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct Unseal(x25519::Identity);

/// Why a seal does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnsealError {
    /// It was made for other keys, or its head was changed: which of the two cannot be told.
    OtherKeys,
    /// It is damaged, or of a version that is not known here.
    Damaged(String),
}

/// `age1…` and `AGE-SECRET-KEY-1…` are Bech32 over 32 bytes. The prefixes are ours: nothing of this can fail.
fn spelled(prefix: &str, bytes: &[u8; 32]) -> Option<Zeroizing<String>> {
    let hrp = Hrp::parse(prefix).ok()?;
    bech32::encode_upper::<Bech32>(hrp, bytes).ok().map(Zeroizing::new)
}

impl SealTo {
    /// The owner of a signing key.
    pub fn of(key: &PublicKey) -> Option<Self> {
        Self::parse(&spelled(PUBLIC, &key.montgomery())?.to_ascii_lowercase())
    }

    /// A key as `age-keygen` writes it: `age1…`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl fmt::Display for SealTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Unseal {
    /// By somebody's signing key.
    pub fn of(key: &AgentKey) -> Option<Self> {
        Self::parse(&spelled(SECRET, &key.scalar())?)
    }

    /// A key as `age-keygen` writes it: `AGE-SECRET-KEY-1…`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// A key that is used once and kept nowhere.
    pub fn once() -> Self {
        Self(x25519::Identity::generate())
    }

    /// For whom is sealed what this opens.
    pub fn to(&self) -> SealTo {
        SealTo(self.0.to_public())
    }
}

impl fmt::Debug for Unseal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unseal([REDACTED])")
    }
}

/// Seals whatever is written for everybody named; `finish` ends it. Without an end it does not open.
pub fn sealing<W: Write>(to: &[SealTo], out: W) -> io::Result<StreamWriter<W>> {
    let to = to.iter().map(|one| &one.0 as &dyn age::Recipient);
    Encryptor::with_recipients(to).map_err(io::Error::other)?.wrap_output(out)
}

/// Opens a seal by whichever key fits. What is read from it is what was sealed, up to where reading fails.
pub fn unsealing<R: BufRead>(from: R, by: &[Unseal]) -> Result<StreamReader<R>, UnsealError> {
    let said = |e: DecryptError| match e {
        DecryptError::NoMatchingKeys => UnsealError::OtherKeys,
        e => UnsealError::Damaged(e.to_string()),
    };
    let sealed = Decryptor::new_buffered(from).map_err(said)?;
    sealed.decrypt(by.iter().map(|key| &key.0 as &dyn age::Identity)).map_err(said)
}

/// Seals a secret for a key; `about` says what it is and must be said again to open it.
pub(super) fn seal(secret: &[u8; 32], to: &PublicKey, about: &str) -> io::Result<String> {
    let to = SealTo::of(to).ok_or_else(|| io::Error::other("the key cannot be spelled"))?;
    let mut writer = sealing(&[to], Vec::new())?;
    writer.write_all(about.as_bytes())?;
    writer.write_all(secret)?;
    Ok(Base64UrlUnpadded::encode_string(&writer.finish()?))
}

/// Opens what was sealed for a key; `None` where it is another's, about something else, or damaged.
pub(super) fn unseal(sealed: &str, key: &AgentKey, about: &str) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = Base64UrlUnpadded::decode_vec(sealed).ok()?;
    let mut reader = unsealing(bytes.as_slice(), &[Unseal::of(key)?]).ok()?;
    // A byte more than there may be, so that it never grows and leaves no copy behind.
    let mut plain = Zeroizing::new(vec![0; about.len() + 33]);
    let mut length = 0;
    loop {
        match io::Read::read(&mut reader, plain.get_mut(length..)?).ok()? {
            0 => break,
            n => length += n,
        }
    }
    let secret = plain.get(..length)?.strip_prefix(about.as_bytes())?;
    <[u8; 32]>::try_from(secret).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    const PUBLIC_OF_RFC_8032: &str = "age1mp0q0mpzkzkcs9fhct6y6e3drg2re7psc4av5sc9mpw84y8kkchq6r9kjp";
    const SECRET_OF_RFC_8032: &str =
        "AGE-SECRET-KEY-1XP7G8PJ09QEUKSN69MCUQZSP8N7L7FMGMXQVPGA9YRCQDYZDA98STDSL3D";

    #[test]
    fn only_whom_it_is_for_opens_it_whole_and_as_what_it_is() {
        let (anna, boris) = (AgentKey::from_seed("anna", &[1; 32]), AgentKey::from_seed("boris", &[2; 32]));
        let secret = [7; 32];
        let sealed = seal(&secret, anna.public(), "centre a").unwrap();
        assert_eq!(unseal(&sealed, &anna, "centre a").as_deref(), Some(&secret));
        assert!(unseal(&sealed, &boris, "centre a").is_none());
        for other in ["centre b", "centre", "centre aa", ""] {
            assert!(unseal(&sealed, &anna, other).is_none(), "{other}");
        }
        assert_ne!(sealed, seal(&secret, anna.public(), "centre a").unwrap(), "each sealing is another");
        let bytes = Base64UrlUnpadded::decode_vec(&sealed).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            let other = Base64UrlUnpadded::encode_string(&other);
            assert!(unseal(&other, &anna, "centre a").is_none(), "bit {bit}");
        }
        for short in 0..bytes.len() {
            let short = Base64UrlUnpadded::encode_string(&bytes[..short]);
            assert!(unseal(&short, &anna, "centre a").is_none(), "{short}");
        }
        for bad in ["", "A", "%", &format!("{sealed}AA")] {
            assert!(unseal(bad, &anna, "centre a").is_none(), "{bad}");
        }
    }

    /// The seed of RFC 8032, 7.1, test 1. The X25519 pair was worked out by libsodium
    /// (`crypto_sign_ed25519_*_to_curve25519`), its spelling by a Python program after BIP 173.
    #[test]
    fn a_signing_key_is_the_age_key_that_others_make_of_it() {
        let seed = [
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
            0xc4, //
            0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
        ];
        let key = AgentKey::from_seed("anna", &seed);
        assert_eq!(SealTo::of(key.public()).unwrap().to_string(), PUBLIC_OF_RFC_8032);
        let own = Unseal::of(&key).unwrap();
        assert_eq!(own.to().to_string(), PUBLIC_OF_RFC_8032);
        assert_eq!(Unseal::parse(SECRET_OF_RFC_8032).unwrap().to().to_string(), PUBLIC_OF_RFC_8032);
        for bad in ["", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA", &PUBLIC_OF_RFC_8032.replace('q', "p")]
        {
            assert!(SealTo::parse(bad).is_none() && Unseal::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn each_of_several_opens_it_and_nobody_else() {
        let keys: Vec<AgentKey> = (1..4).map(|n| AgentKey::from_seed("clara", &[n; 32])).collect();
        let to: Vec<SealTo> = keys.iter().take(2).map(|key| SealTo::of(key.public()).unwrap()).collect();
        let mut writer = sealing(&to, Vec::new()).unwrap();
        writer.write_all(b"what nobody else reads").unwrap();
        let sealed = writer.finish().unwrap();
        assert!(sealed.starts_with(SEALED));
        let opened = |by: &[Unseal]| {
            let mut text = String::new();
            unsealing(sealed.as_slice(), by).map(|mut reader| {
                reader.read_to_string(&mut text).unwrap();
                text
            })
        };
        let by: Vec<Unseal> = keys.iter().map(|key| Unseal::of(key).unwrap()).collect();
        for one in &by[..2] {
            assert_eq!(opened(&[Unseal::once(), one.clone()]).as_deref(), Ok("what nobody else reads"));
        }
        assert_eq!(opened(&by[2..]), Err(UnsealError::OtherKeys));
        assert_eq!(opened(&[]), Err(UnsealError::OtherKeys));
        assert!(format!("{by:?}").contains("REDACTED"));
    }
}

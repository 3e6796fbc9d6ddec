//! Codes that a service centre without camera or network is told over the telephone: HMAC-SHA-256 (RFC 2104) with a
//! secret that the desk and this one centre have, over what is allowed, cut to sixty bits. Whoever has the secret can
//! make such codes: the desk's agents, and the centre for itself.
//!
//! Messages are lines, each ended by a line feed; `docs/service-centres.md` has them for whoever builds a centre.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::device;
use super::keys::{AgentKey, PublicKey, RandomError, random};
use super::seal::{seal, unseal};
use crate::domain::{Day, Op, Spoken};

/// What a centre can be told to do: what is done to a device.
pub const SPOKEN_OPS: [Op; 2] = [Op::Unbind, Op::ResetDevice];
/// Bits of a challenge that say which device it is about.
const DEVICE_BITS: u32 = 20;

/// What a desk and one service centre have in common. Wiped when dropped, never printed.
pub struct CentreSecret(Zeroizing<[u8; 32]>);

/// What a code says yes to.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The desk's id.
    pub desk: &'a str,
    /// The centre's name.
    pub centre: &'a str,
    /// The device, as [`spoken_device`] spells it.
    pub device: &'a str,
    /// What may be done to it.
    pub op: Op,
    /// What the centre asked with.
    pub challenge: Spoken,
    /// The day of the answer, UTC.
    pub day: Day,
}

impl CentreSecret {
    /// A new one from the operating system's randomness.
    pub fn generate() -> Result<Self, RandomError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The secret of 32 given bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// As the centre's file has it.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        let whole = Base64UrlUnpadded::decode(text, bytes.as_mut_slice()).ok()?.len() == 32;
        whole.then_some(Self(bytes))
    }

    /// For the centre's file alone: unpadded base64url.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(Base64UrlUnpadded::encode_string(&*self.0))
    }

    /// By which the two sides tell that they mean the same secret: says nothing about it.
    pub fn id(&self) -> String {
        let digest = Sha256::new().chain_update("latchkey-centre-1\n").chain_update(*self.0).finalize();
        digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Seals it for an agent.
    pub fn seal(&self, to: &PublicKey) -> std::io::Result<String> {
        seal(&self.0, to, "centre")
    }

    /// Opens what was sealed for an agent.
    pub fn unseal(sealed: &str, key: &AgentKey) -> Option<Self> {
        unseal(sealed, key, "centre").map(Self)
    }

    fn mac(&self, lines: &[&str]) -> u64 {
        // A key of any length is taken by HMAC; the other arm cannot be reached.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.0) else { return 0 };
        for line in lines {
            mac.update(line.as_bytes());
            mac.update(b"\n");
        }
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        bytes.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
    }

    fn of(&self, what: &str, told: &Told<'_>) -> Spoken {
        let (challenge, day) = (told.challenge.digits(), told.day.to_string());
        let lines = [what, told.desk, told.centre, told.device, told.op.as_str(), &challenge, &day];
        Spoken::of(self.mac(&lines) >> 4)
    }

    /// What the desk reads out.
    pub fn code(&self, told: &Told<'_>) -> Spoken {
        self.of("latchkey-spoken-1", told)
    }

    /// What the centre reads back once it took the code: only who has the secret can have taken it.
    pub fn acceptance(&self, told: &Told<'_>) -> Spoken {
        self.of("latchkey-accepted-1", told)
    }

    /// A challenge: forty random bits, and twenty by which the desk sees for which device it was made.
    pub fn challenge(&self, device: &str, random: [u8; 5]) -> Spoken {
        let nonce = random.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        Spoken::of((nonce << DEVICE_BITS) | self.mark(device))
    }

    /// Whether a challenge was made for a device.
    pub fn is_for(&self, challenge: Spoken, device: &str) -> bool {
        challenge.number() & ((1 << DEVICE_BITS) - 1) == self.mark(device)
    }

    fn mark(&self, device: &str) -> u64 {
        self.mac(&["latchkey-device-1", device]) >> (64 - DEVICE_BITS)
    }
}

impl fmt::Debug for CentreSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CentreSecret([REDACTED])")
    }
}

/// How codes spell a device that a token names: `imei:` and fourteen digits, or `serial:` in capitals.
pub fn spoken_device(entry: &str) -> Option<String> {
    device::entry(entry).map(|device| match device {
        device::Identifier::Imei(body) => format!("imei:{body}"),
        device::Identifier::Serial(serial) => format!("serial:{serial}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Worked out by `docs/verify/spoken.py --vectors`, which shares no line with this.
    #[test]
    fn codes_are_those_that_an_outsider_works_out() {
        let vectors: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../fixtures/tokens/spoken.json")).unwrap();
        assert!(vectors.len() >= 12);
        for v in &vectors {
            let text = |name: &str| v[name].as_str().unwrap();
            let secret = CentreSecret::from_text(text("secret")).unwrap();
            let nonce = u64::from_str_radix(text("nonce"), 16).unwrap().to_be_bytes();
            let device = spoken_device(text("device")).unwrap();
            let challenge = secret.challenge(&device, nonce[3..].try_into().unwrap());
            assert_eq!(challenge.to_string(), text("challenge"), "{v}");
            assert!(secret.is_for(challenge, &device));
            let told = Told {
                desk: text("desk"),
                centre: text("centre"),
                device: &device,
                op: text("op").parse().unwrap(),
                challenge,
                day: day(text("day")),
            };
            assert_eq!(secret.code(&told).to_string(), text("code"), "{v}");
            assert_eq!(secret.acceptance(&told).to_string(), text("accepted"), "{v}");
            assert_eq!(secret.id(), text("id"), "{v}");
        }
    }

    #[test]
    fn a_code_is_of_one_desk_centre_device_act_challenge_and_day() {
        let (secret, other) = (CentreSecret::from_bytes(&[3; 32]), CentreSecret::from_bytes(&[4; 32]));
        let told = Told {
            desk: "d",
            centre: "c",
            device: "imei:86753090000001",
            op: Op::Unbind,
            challenge: Spoken::of(9),
            day: day("2026-11-20"),
        };
        let code = secret.code(&told);
        assert_ne!(code, other.code(&told));
        assert_ne!(code, secret.acceptance(&told));
        for changed in [
            Told { desk: "e", ..told },
            Told { centre: "d", ..told },
            Told { device: "imei:86753090000002", ..told },
            Told { op: Op::ResetDevice, ..told },
            Told { challenge: Spoken::of(10), ..told },
            Told { day: day("2026-11-21"), ..told },
        ] {
            assert_ne!(code, secret.code(&changed), "{changed:?}");
        }
        assert!(!secret.is_for(secret.challenge("imei:86753090000001", [1; 5]), "imei:86753090000002"));
        assert_eq!(format!("{secret:?}"), "CentreSecret([REDACTED])");
        for bad in ["", "AAAA", "not base64", &"A".repeat(44)] {
            assert!(CentreSecret::from_text(bad).is_none(), "{bad}");
        }
    }
}

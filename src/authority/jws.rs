//! Compact JSON Web Signatures (RFC 7515, RFC 8037), one algorithm, one header, no options.
//!
//! Stricter than the RFCs where they leave room for attacks (RFC 8725): exactly the three header
//! members `alg`, `typ` and `kid`; no second encoding of the same bytes; no repeated JSON key.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::keys::{AgentKey, PublicKey};
use super::rule::{Refusal, Rule, require};
use super::strict_json::{self, calm, shown};
use crate::words::{Part, Phrase};

/// Most bytes of a token, approval, decision or statement.
pub const TOKEN_LIMIT: usize = 4096;
/// Most bytes of a keyset or revocation list.
pub const LIST_LIMIT: usize = 256 * 1024;

/// A kind of signed document: its `typ` and its greatest length.
pub trait Document: Serialize + DeserializeOwned {
    /// The exact `typ` of the header; it keeps one kind from standing in for another (RFC 8725, 3.11).
    const TYP: &'static str;
    /// Most bytes of the compact form.
    const LIMIT: usize = TOKEN_LIMIT;
}

/// A document that could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.phrase())]
pub enum SignError {
    /// The compact form would be longer than verifiers accept.
    TooLong {
        /// Its length.
        bytes: usize,
        /// The greatest allowed.
        limit: usize,
    },
    /// The claims are not JSON.
    Json(String),
    /// `by` names another than the key's owner.
    OtherSigner {
        /// Who the document says signs.
        by: String,
        /// Whose key it is.
        key: String,
    },
    /// Our own verifier would refuse it, so it is not signed.
    Refused(#[from] Refusal),
}

impl SignError {
    /// Why, as a part of a sentence.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::TooLong { bytes, limit } => {
                Phrase::of("sign-long").with("bytes", bytes.to_string()).with("limit", limit.to_string())
            }
            Self::Json(why) => Phrase::of("sign-json").with("why", why.as_str()),
            Self::OtherSigner { by, key } => {
                Phrase::of("sign-other").with("by", by.as_str()).with("key", key.as_str())
            }
            Self::Refused(refusal) => Phrase::of("sign-refused").with("why", refusal.phrase()),
        }
    }
}

/// Signs claims as a compact JWS.
pub(super) fn encode<D: Document>(claims: &D, key: &AgentKey) -> Result<String, SignError> {
    let claims = serde_json::to_vec(claims).map_err(|e| SignError::Json(e.to_string()))?;
    let header = format!(r#"{{"alg":"EdDSA","typ":"{}","kid":"{}"}}"#, D::TYP, key.kid());
    let mut text = Base64UrlUnpadded::encode_string(header.as_bytes());
    text.push('.');
    text.push_str(&Base64UrlUnpadded::encode_string(&claims));
    let signature = key.sign(text.as_bytes());
    text.push('.');
    text.push_str(&Base64UrlUnpadded::encode_string(&signature));
    if text.len() > D::LIMIT {
        return Err(SignError::TooLong { bytes: text.len(), limit: D::LIMIT });
    }
    Ok(text)
}

/// A compact JWS taken apart, nothing of it believed yet.
#[derive(Debug)]
pub(super) struct Compact<'a> {
    alg: Option<String>,
    typ: Option<String>,
    kid: Option<String>,
    /// The claims as given.
    pub claims: Map<String, Value>,
    signed: &'a str,
    signature: Vec<u8>,
}

/// Takes a compact JWS apart; a failure is always rule `form`.
pub(super) fn decode(text: &str, limit: usize) -> Result<Compact<'_>, Refusal> {
    let form = |reason: Phrase| Refusal::new(Rule::Form, reason);
    require(text.len() <= limit, Rule::Form, || {
        Phrase::of("refusal-long").with("n", text.len().to_string()).with("most", limit.to_string())
    })?;
    let parts = text.rsplit_once('.').and_then(|(signed, signature)| {
        let (header, claims) = signed.split_once('.')?;
        (!claims.contains('.')).then_some((signed, header, claims, signature))
    });
    let Some((signed, header, claims, signature)) = parts else {
        return Err(form(Phrase::of("refusal-parts")));
    };
    let bytes = |part: &str, what: &'static str| {
        Base64UrlUnpadded::decode_vec(part)
            .map_err(|_| form(Phrase::of("refusal-base64").with("what", Part::Word(what))))
    };
    let object = |part: &str, what: &'static str| {
        let text = String::from_utf8(bytes(part, what)?)
            .map_err(|_| form(Phrase::of("refusal-utf8").with("what", Part::Word(what))))?;
        match strict_json::parse(&text) {
            Ok(Value::Object(map)) => Ok(map),
            Ok(_) => Err(form(Phrase::of("refusal-no-object").with("what", Part::Word(what)))),
            Err(e) => Err(form(
                Phrase::of("refusal-json").with("what", Part::Word(what)).with("why", e.to_string()),
            )),
        }
    };
    let mut header = object(header, "refusal-header")?;
    let mut member = |name: &str| match header.remove(name) {
        Some(Value::String(value)) => Some(value),
        _ => None, // absent, or no string: its own rule refuses it
    };
    let (alg, typ, kid) = (member("alg"), member("typ"), member("kid"));
    if let Some(other) = header.keys().next() {
        return Err(form(Phrase::of("refusal-member").with("member", shown(other))));
    }
    let signature = bytes(signature, "refusal-signature")?;
    Ok(Compact { alg, typ, kid, claims: object(claims, "refusal-claims")?, signed, signature })
}

impl Compact<'_> {
    /// Whether the header claims to be this kind of document.
    pub fn is_a<D: Document>(&self) -> bool {
        self.typ.as_deref() == Some(D::TYP)
    }

    /// Rules `alg` and `typ`; gives the key id.
    pub fn kid<D: Document>(&self) -> Result<&str, Refusal> {
        require(self.alg.as_deref() == Some("EdDSA"), Rule::Alg, || {
            let given = self.alg.as_deref().map_or(Part::Word("refusal-no-alg"), |alg| shown(alg).into());
            Phrase::of("refusal-alg").with("given", given)
        })?;
        require(self.is_a::<D>(), Rule::Typ, || {
            let given = self.typ.as_deref().map_or(Part::Word("refusal-no-typ"), |typ| shown(typ).into());
            Phrase::of("refusal-typ").with("given", given).with("wanted", format!("{:?}", D::TYP))
        })?;
        self.kid.as_deref().ok_or_else(|| Refusal::new(Rule::Kid, Phrase::of("refusal-no-kid")))
    }

    /// Rule `signature`.
    pub fn verify(&self, key: &PublicKey) -> Result<(), Refusal> {
        require(key.verify(self.signed.as_bytes(), &self.signature), Rule::Signature, || {
            Phrase::of("refusal-unfit-signature")
        })
    }

    /// The claims by type; a failure is rule `form`. Unknown claims are ignored.
    pub fn shape<D: Document>(&self) -> Result<D, Refusal> {
        serde_json::from_value(Value::Object(self.claims.clone())).map_err(|e| {
            Refusal::new(Rule::Form, Phrase::of("refusal-shape").with("why", calm(&e.to_string())))
        })
    }
}

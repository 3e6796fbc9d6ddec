//! Codes read out to a service centre that has neither camera nor network: the centre says a challenge, the agent says
//! a code, and once the centre took it, what the centre reads back uses the authorization up.

pub mod centres;
pub mod service;

use std::collections::BTreeSet;

use super::keysets::chained;
use super::redeem::Redeemed;
use super::signed::Leaf;
use super::{Act, Desk, Failure};
use crate::audit::{Draft, Info};
use crate::authority::{ANY_AUDIENCE, AgentKey, AuthorizationClaims, SPOKEN_OPS, Told, spoken_device};
use crate::domain::{Day, Op, Role, Slip, Spoken, Time};
use crate::store::desk::acts::{self, Authorization};
use crate::store::desk::leaves;
use crate::words::Phrase;

/// Challenges that are answered for one authorization; whoever needs more asks for a new authorization.
const MOST: usize = 3;

/// A code to be read out.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ReadOut {
    /// In groups, as it is said.
    pub code: String,
    /// The centre that it is for.
    pub centre: String,
    /// Whose authorization.
    pub ticket: i64,
    /// The authorization.
    pub jti: String,
    /// What it allows.
    pub op: Op,
    /// On which device.
    pub sub: String,
    /// The centre takes it until then.
    pub until: Time,
}

/// A code that was read out, as the log has it.
struct Before {
    centre: String,
    secret: String,
    challenge: Spoken,
    day: Day,
    device: String,
    at: Time,
    accepted: bool,
}

/// Why a text is no code, for whoever typed it in.
pub fn slip(slip: Slip) -> Phrase {
    match slip {
        Slip::Length(n) => Phrase::of("slip-length").with("n", n.to_string()),
        Slip::Symbol(c, place) => Phrase::of("slip-symbol")
            .with("symbol", crate::domain::Shown(&c.to_string()).to_string())
            .with("place", place.to_string()),
        Slip::Swap(place) => {
            Phrase::of("slip-swap").with("place", place.to_string()).with("next", (place + 1).to_string())
        }
        Slip::One => Phrase::of("slip-one"),
    }
}

fn heard(text: &str) -> Result<Spoken, Failure> {
    Spoken::parse(text).map_err(|e| {
        Failure::usage(Phrase::of("fail-slip").with("why", slip(e))).hint(Phrase::of("hint-slip"))
    })
}

impl Desk {
    /// The code by which a centre may do what an issued authorization allows; it is returned only once its leaf is
    /// durable.
    pub fn read_out(&mut self, name: &str, centre: &str, challenge: &str) -> Result<ReadOut, Failure> {
        self.require(&[Role::Agent, Role::Approver], "read codes out")?;
        if !self.policy.spoken {
            return Err(centres::off());
        }
        let challenge = heard(challenge)?;
        let id = self.find(name)?;
        let done = self.sign_and_act(|act, key| act.read_out(id, centre, challenge, key))?;
        self.settle(|_| {})?;
        Ok(done)
    }

    /// Uses an authorization up that a centre says it took a code for: what it read back shows it. That it was taken
    /// stands in the log even where the authorization was withdrawn meanwhile.
    pub fn redeem_accepted(&mut self, name: &str, accepted: &str) -> Result<Redeemed, Failure> {
        self.require(&[Role::Agent, Role::Approver], "redeem authorizations")?;
        let accepted = heard(accepted)?;
        let id = self.find(name)?;
        let (token, at) = self.sign_and_act(|act, key| act.accepted(id, accepted, key))?;
        let done =
            self.sign_and_act(|act, _| act.redeem_as_of(&token, at, true)).map_err(
                |failure| match failure.hint {
                    None => failure.hint(Phrase::of("hint-accepted-logged")),
                    Some(_) => failure,
                },
            )?;
        self.settle(|_| {})?;
        Ok(done)
    }
}

impl Act<'_> {
    fn read_out(
        &mut self,
        id: i64,
        centre: &str,
        challenge: Spoken,
        key: &AgentKey,
    ) -> Result<ReadOut, Failure> {
        let grant = self.grant_of_ticket(id)?;
        let claims = self.usable(&grant.token, self.now)?;
        self.in_hand(&grant, false)?;
        if !SPOKEN_OPS.contains(&claims.op) {
            return Err(Failure::refused(Phrase::of("fail-spoken-op")));
        }
        if claims.chal.is_some() {
            return Err(Failure::refused(Phrase::of("fail-spoken-challenge")));
        }
        if claims.aud != ANY_AUDIENCE && claims.aud != centre {
            let words = Phrase::of("fail-spoken-audience").with("aud", claims.aud.as_str());
            return Err(Failure::refused(words.with("centre", crate::domain::Shown(centre).clip(64))));
        }
        let (secret, _) = self.open_centre(centre, key)?;
        let devices: Vec<String> = claims.dev.iter().filter_map(|d| spoken_device(d)).collect();
        let Some(device) = devices.iter().find(|device| secret.is_for(challenge, device)) else {
            return Err(Failure::refused(Phrase::of("fail-spoken-device").with("centre", centre))
                .hint(Phrase::of("hint-spoken-device")));
        };
        let before = self.read_out_before(&grant, &claims)?;
        if let Some(other) = before.iter().find(|b| b.centre != centre) {
            let words = Phrase::of("fail-spoken-elsewhere").with("centre", other.centre.as_str());
            return Err(Failure::refused(words.with("at", other.at.to_string())));
        }
        let others: BTreeSet<Spoken> =
            before.iter().map(|b| b.challenge).filter(|other| *other != challenge).collect();
        if others.len() >= MOST {
            return Err(Failure::state(Phrase::of("fail-spoken-often").with("n", MOST.to_string()))
                .hint(Phrase::of("hint-spoken-often")));
        }
        let day = self.now.day();
        let told = Told { desk: self.desk_id, centre, device, op: claims.op, challenge, day };
        let code = secret.code(&told);
        let (asked, on, which) = (challenge.digits(), day.to_string(), place(&devices, device));
        let which_secret = secret.id();
        let draft = Draft::new("authorization.spoken", self.actor)
            .info("jti", Info::Text(&grant.jti))
            .info("centre", Info::Text(centre))
            .info("secret", Info::Text(&which_secret))
            .info("challenge", Info::Text(&asked))
            .info("day", Info::Text(&on))
            .info("device", Info::Text(&which));
        self.log(draft, Some(id))?;
        Ok(ReadOut {
            code: code.to_string(),
            centre: centre.to_owned(),
            ticket: id,
            jti: grant.jti,
            op: claims.op,
            sub: claims.sub,
            until: day.plus_days(1).end(),
        })
    }

    /// The newest authorization of a ticket.
    fn grant_of_ticket(&self, id: i64) -> Result<Authorization, Failure> {
        acts::authorization_of(self.conn, id)?
            .ok_or_else(|| Failure::state(Phrase::of("fail-none-issued").with("id", id)))
    }

    /// Codes that were read out for an authorization, newest first.
    fn read_out_before(
        &self,
        grant: &Authorization,
        claims: &AuthorizationClaims,
    ) -> Result<Vec<Before>, Failure> {
        self.found_whole(grant.ticket)?;
        let devices: Vec<String> = claims.dev.iter().filter_map(|d| spoken_device(d)).collect();
        let (mut found, mut accepted): (Vec<Before>, Vec<String>) = (Vec::new(), Vec::new());
        for (seq, line) in leaves::of_ticket(self.conn, grant.ticket)? {
            if !line.starts_with("{\"act\":\"authorization.") {
                continue;
            }
            let Some(leaf) = Leaf::read(&line).filter(|leaf| leaf.text("jti") == Some(&*grant.jti)) else {
                continue;
            };
            let told = |name| leaf.text(name).unwrap_or_default().to_owned();
            match leaf.act.as_str() {
                "authorization.accepted" => accepted.push(told("challenge")),
                "authorization.spoken" => {
                    if !chained(self.conn, seq, &line)? {
                        return Err(Failure::verification(
                            Phrase::of("chain-statement").with("leaf", seq.to_string()),
                        )
                        .hint(Phrase::of("hint-tampered")));
                    }
                    let device = told("device").parse::<usize>().ok().and_then(|n| devices.get(n));
                    let digits = told("challenge");
                    found.extend(device.zip(number(&digits)).and_then(|(device, challenge)| {
                        Some(Before {
                            centre: told("centre"),
                            secret: told("secret"),
                            challenge,
                            day: Day::parse(&told("day")).ok()?,
                            device: device.clone(),
                            at: Time::parse(&leaf.at).ok()?,
                            accepted: accepted.contains(&digits),
                        })
                    }));
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Which code a centre took, by what it read back: writes it down, and gives the token with when it was read out.
    fn accepted(&mut self, id: i64, accepted: Spoken, key: &AgentKey) -> Result<(String, Time), Failure> {
        let grant = self.grant_of_ticket(id)?;
        // As it was signed: whether it may still be used is asked in a moment.
        let claims = self.signed_token(&grant.token, grant.issued_at, false)?;
        let before = self.read_out_before(&grant, &claims)?;
        if before.is_empty() {
            return Err(Failure::state(Phrase::of("fail-nothing-spoken").with("id", id)));
        }
        let mut took = None;
        for b in &before {
            let (secret, _) = self.open_centre(&b.centre, key)?;
            let told = Told {
                desk: self.desk_id,
                centre: &b.centre,
                device: &b.device,
                op: claims.op,
                challenge: b.challenge,
                day: b.day,
            };
            if secret.id() == b.secret && same(secret.acceptance(&told), accepted) {
                took = Some(b);
            }
        }
        let Some(took) = took else {
            return Err(Failure::refused(Phrase::of("fail-not-accepted").with("id", id))
                .hint(Phrase::of("hint-not-accepted")));
        };
        if !took.accepted {
            let digits = took.challenge.digits();
            let draft = Draft::new("authorization.accepted", self.actor)
                .info("jti", Info::Text(&grant.jti))
                .info("centre", Info::Text(&took.centre))
                .info("challenge", Info::Text(&digits));
            self.log(draft, Some(id))?;
        }
        Ok((grant.token, took.at))
    }
}

/// Compares in a time that says nothing.
pub(super) fn same(a: Spoken, b: Spoken) -> bool {
    use subtle::ConstantTimeEq as _;
    a.number().ct_eq(&b.number()).into()
}

/// The number of a device among those of a token, as the log names it: no leaf holds an identifier.
fn place(devices: &[String], device: &str) -> String {
    devices.iter().position(|d| d == device).unwrap_or_default().to_string()
}

/// Twelve symbols without their check, as the log has them.
fn number(digits: &str) -> Option<Spoken> {
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"
        .chars()
        .find_map(|check| Spoken::parse(&format!("{digits}{check}")).ok())
}

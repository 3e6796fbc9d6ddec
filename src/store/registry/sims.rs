//! SIMs: which number is meant, when it last changed, where it was seen.

use super::int;
use super::reader::RegistryReader;
use super::seals::Strand;
use crate::domain::{Claim, Iccid, Phone, good};
use crate::judgement::facts::{Sighting, SimFacts};
use crate::store::StoreError;
use rusqlite::OptionalExtension;

pub(super) const LAST_CHANGE: &str = "SELECT max(changed_at) FROM sim_change WHERE msisdn = $1";
pub(super) const BY_NUMBER: &str = "SELECT key, iccid, imsi, msisdn, first_seen, last_seen, device FROM sighting \
    WHERE msisdn = $1 AND msisdn > 0 ORDER BY last_seen DESC LIMIT $2";
pub(super) const BY_ICCID: &str = "SELECT key, iccid, imsi, msisdn, first_seen, last_seen, device FROM sighting \
    WHERE iccid = $1 AND iccid > 0 ORDER BY last_seen DESC LIMIT $2";
/// The number last seen with an ICCID. Of two on one day, the one seen there from the later day on; then the higher.
pub(super) const NUMBER_OF: &str = "SELECT msisdn, device FROM sighting WHERE iccid = $1 AND iccid > 0 AND msisdn > 0 \
    ORDER BY last_seen DESC, first_seen DESC, msisdn DESC LIMIT 1";

impl RegistryReader<'_> {
    /// Every SIM ever named on the ticket.
    pub(super) fn sims(&self, claim: &Claim) -> Result<Vec<SimFacts>, StoreError> {
        claim
            .sims()
            .map(|(evidence, sim)| {
                let number = good(sim.msisdn.as_ref()).copied();
                self.sim(evidence.id, number, good(sim.iccid.as_ref()).copied())
            })
            .collect()
    }

    /// One SIM, by its number or (none given) by its ICCID.
    pub(super) fn sim(
        &self,
        evidence: i64,
        number: Option<Phone>,
        iccid: Option<Iccid>,
    ) -> Result<SimFacts, StoreError> {
        let number = match (number, iccid) {
            (None, Some(iccid)) => self.number_of(iccid)?,
            _ => number,
        };
        let sightings = match (number, iccid) {
            (Some(number), _) => self.sightings_by(BY_NUMBER, int(number.digits()))?,
            (None, Some(iccid)) => self.sightings_by(BY_ICCID, int(iccid.packed()))?,
            (None, None) => Vec::new(),
        };
        let last_change = number.map(|n| self.last_change(n)).transpose()?.flatten();
        Ok(SimFacts {
            evidence,
            number,
            iccid: iccid.or_else(|| last_iccid(&sightings)),
            last_change,
            sightings,
        })
    }

    fn number_of(&self, iccid: Iccid) -> Result<Option<Phone>, StoreError> {
        let found: Option<(i64, i64)> = self
            .statement(NUMBER_OF)?
            .query_row([int(iccid.packed())], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        if let Some((_, device)) = found {
            self.note(Strand::Sighting, device);
        }
        Ok(found.map(|(digits, _)| digits).and_then(|d| u64::try_from(d).ok()).and_then(Phone::from_digits))
    }
}

/// The ICCID last seen among these sightings.
fn last_iccid(sightings: &[Sighting]) -> Option<Iccid> {
    sightings
        .iter()
        .filter_map(|s| Some((s.last_seen, s.first_seen, s.iccid?)))
        .max()
        .map(|(_, _, iccid)| iccid)
}

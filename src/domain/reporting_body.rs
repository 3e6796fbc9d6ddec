//! Who allocates type codes: GSMA TS.06.

/// The body that allocated the type code, by its first two digits (GSMA TS.06).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportingBody {
    /// 01: CTIA, formerly PTCRB (United States).
    Ctia,
    /// 35: TÜV SÜD BABT (United Kingdom).
    Babt,
    /// 86: TAF (China).
    Taf,
    /// 91: MSAI (India); allocates no longer.
    Msai,
    /// 99: Global Hexadecimal Administrator, for devices of several radio systems.
    Gha,
    /// 98: reserved, few in use.
    Reserved,
    /// 10: DECT.
    Dect,
    /// 30: Iridium.
    Iridium,
    /// 33, 44, 45, 49 to 54: older bodies that allocate no longer.
    Former,
    /// Any other: no body has it.
    Unknown,
}

impl ReportingBody {
    /// By the first two digits.
    pub(super) const fn of(two_digits: u64) -> ReportingBody {
        match two_digits {
            1 => ReportingBody::Ctia,
            35 => ReportingBody::Babt,
            86 => ReportingBody::Taf,
            91 => ReportingBody::Msai,
            99 => ReportingBody::Gha,
            98 => ReportingBody::Reserved,
            10 => ReportingBody::Dect,
            30 => ReportingBody::Iridium,
            33 | 44 | 45 | 49..=54 => ReportingBody::Former,
            _ => ReportingBody::Unknown,
        }
    }

    /// Its name as the field writes it.
    pub const fn name(self) -> &'static str {
        match self {
            ReportingBody::Ctia => "CTIA/PTCRB",
            ReportingBody::Babt => "TÜV SÜD BABT",
            ReportingBody::Taf => "TAF China",
            ReportingBody::Msai => "MSAI",
            ReportingBody::Gha => "GHA",
            ReportingBody::Reserved => "reserved",
            ReportingBody::Dect => "DECT",
            ReportingBody::Iridium => "Iridium",
            ReportingBody::Former => "former body",
            ReportingBody::Unknown => "unknown",
        }
    }

    /// It still allocates type codes.
    pub const fn is_active(self) -> bool {
        matches!(self, ReportingBody::Ctia | ReportingBody::Babt | ReportingBody::Taf | ReportingBody::Gha)
    }
}

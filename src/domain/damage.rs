//! Why a given value means nothing: the errors of all types that people type, as one.

use super::{
    AccountIdError, DateError, EmailError, IccidError, ImeiError, ImsiError, PhoneError, ReceiptError,
    SerialError, TacError,
};

/// Why a text means nothing. Its sentence is English; the screens say it in their language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// No IMEI.
    #[error(transparent)]
    Imei(#[from] ImeiError),
    /// No serial number.
    #[error(transparent)]
    Serial(#[from] SerialError),
    /// No SIM card number.
    #[error(transparent)]
    Iccid(#[from] IccidError),
    /// No subscriber identity.
    #[error(transparent)]
    Imsi(#[from] ImsiError),
    /// No telephone number.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// No mail address.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// No account id.
    #[error(transparent)]
    Account(#[from] AccountIdError),
    /// No receipt's number or retailer.
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    /// No date or time.
    #[error(transparent)]
    Date(#[from] DateError),
    /// No type code.
    #[error(transparent)]
    Tac(#[from] TacError),
}

//! The keys of registry rows that findings name, put into words only where they are shown: most judgements are
//! never looked at.

use std::fmt;

use super::facts::{Binding, Device};
use crate::domain::{DeviceName, Imei, Receipt, Shown};

/// Letters of a receipt's number and retailer in a key.
const CLIPPED: usize = 60;

/// How a row is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// By a device.
    Imei(Imei),
    /// By what needs no more words.
    Text(String),
    /// A binding: account and device. Since when, the third part of its key, is told to nobody who does not ask for it:
    /// the first device is mostly bound on the day on which the account was registered.
    Binding(String, Box<RowKey>),
    /// A sale: retailer and number, as the customer gave them.
    Sale(Option<String>, Option<String>),
}

impl RowKey {
    /// The name the lists know a device by.
    pub(super) fn device(device: Option<&Device>) -> Self {
        let imei = device.and_then(|d| d.imeis.first()).map(|imei| Self::Imei(*imei));
        let serial = || device.and_then(|d| d.serials.first()).cloned().unwrap_or_default();
        imei.unwrap_or_else(|| Self::Text(serial()))
    }

    pub(super) fn binding(device: Option<&Device>, binding: &Binding) -> Self {
        Self::Binding(binding.account_id.clone(), Box::new(Self::device(device)))
    }

    pub(super) fn sale(receipt: &Receipt) -> Self {
        let retailer = receipt.retailer.as_ref().map(|g| g.text.clone());
        Self::Sale(retailer, receipt.number.as_ref().map(|g| g.text.clone()))
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Imei(imei) => imei.fmt(f),
            Self::Text(text) => f.pad(text),
            Self::Binding(account, device) => write!(f, "{account} {device}"),
            Self::Sale(retailer, number) => {
                let text = |t: &Option<String>| Shown(t.as_deref().unwrap_or("?")).clip(CLIPPED);
                write!(f, "{} {}", text(retailer), text(number))
            }
        }
    }
}

impl serde::Serialize for RowKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl From<Imei> for RowKey {
    fn from(imei: Imei) -> Self {
        Self::Imei(imei)
    }
}

impl From<&DeviceName> for RowKey {
    fn from(name: &DeviceName) -> Self {
        match name {
            DeviceName::Imei(imei) => Self::Imei(*imei),
            DeviceName::Serial(serial) => Self::Text(serial.to_string()),
        }
    }
}

impl From<String> for RowKey {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for RowKey {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

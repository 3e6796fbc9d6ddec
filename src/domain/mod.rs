//! Types that cannot be wrong once made. Nothing here reads a file, a clock or a setting: text and
//! numbers go in, a value or a sentence saying what is wrong comes out.

mod calendar;
mod chars;
pub mod claim;
mod columns;
mod damage;
mod email;
mod fold;
mod iccid;
mod imei;
mod imsi;
mod key;
mod luhn;
mod mail;
mod mask;
mod message;
mod name;
mod phone;
pub mod reading;
mod receipt;
mod reporting_body;
pub mod rows;
pub mod seen;
mod serial;
mod shown;
mod tac;
pub mod ticket;
mod time;
pub(crate) mod words;

pub use calendar::Calendar;
pub use chars::{CodePoint, is_hidden};
pub use columns::{CaseColumn, CaseFields};
pub use damage::Damage;
pub use email::{Email, EmailError};
pub use fold::{fold_words, tidy};
pub use iccid::{Iccid, IccidError};
pub use imei::{Imei, ImeiError, near_misses, with_lost_zero};
pub use imsi::{Imsi, ImsiError};
pub use key::{AccountId, AccountIdError, AccountKey, DeviceKey, stable_hash};
pub use mail::{OfferKind, OfferState};
pub use mask::{mask_email, mask_name, mask_tail};
pub use message::{MessageKind, MessageState};
pub use name::same_person;
pub use phone::{Phone, PhoneError, Region, RegionError};
pub use receipt::{ReceiptError, ReceiptNo, Retailer, fold_key};
pub use reporting_body::ReportingBody;
pub use seen::{Doubt, Seen};
pub use serial::{Serial, SerialError};
pub use shown::{Shown, ShownLines, csv_safe};
pub use tac::{Tac, TacError};
pub use time::{DateError, Day, Span, Time};

pub use claim::*;
pub use rows::*;
pub use ticket::*;
pub use words::UnknownWord;

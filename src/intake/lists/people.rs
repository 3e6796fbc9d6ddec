//! `accounts`, `contacts`, `bindings`: who signs in, how they are reached, what is theirs.

use super::ListOptions;
use crate::domain::{AccountId, AccountRow, BindingRow, Contact, ContactKind, ContactRow, ListRow};
use crate::domain::{Email, Phone};
use crate::intake::error::Fault;
use crate::intake::row::{Row, Shape, columns};

columns! { Account {
    AccountId = "account_id" Always,
    Email = "email" Never,
    Phone = "phone" Never,
    Name = "name" Never,
    Region = "region" Never,
    Language = "language" Never,
    State = "state" Always,
    RegisteredAt = "registered_at" Never,
    LastSignInAt = "last_sign_in_at" Never,
} }

pub(super) const ACCOUNTS: &[Shape] = &[Shape::native("the list `accounts`", Account::ALL)];

pub(super) fn account(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    Ok(ListRow::Account(AccountRow {
        account_id: row.must(Account::AccountId, "account_id.form", AccountId::parse)?,
        email: row.email(Account::Email)?,
        phone: row.phone(Account::Phone, options.region)?,
        name: row.text(Account::Name),
        region: row.text(Account::Region),
        language: row.text(Account::Language),
        state: row.word(Account::State)?,
        registered_at: row.time(Account::RegisteredAt)?,
        last_sign_in_at: row.time(Account::LastSignInAt)?,
    }))
}

columns! { Reach {
    AccountId = "account_id" Always,
    Kind = "kind" Always,
    Value = "value" Always,
    VerifiedAt = "verified_at" Never,
    ReplacedAt = "replaced_at" Never,
} }

pub(super) const CONTACTS: &[Shape] = &[Shape::native("the list `contacts`", Reach::ALL)];

pub(super) fn contact(row: &Row, options: &ListOptions) -> Result<ListRow, Fault> {
    let account_id = row.must(Reach::AccountId, "account_id.form", AccountId::parse)?;
    let contact = match row.word(Reach::Kind)? {
        ContactKind::Email => Contact::Email(row.must(Reach::Value, "email.form", Email::parse)?),
        ContactKind::Phone => {
            let parse = |text: &str| Phone::parse_seen(text, options.region);
            Contact::Phone(row.must(Reach::Value, "phone.form", parse)?)
        }
    };
    let verified_at = row.time(Reach::VerifiedAt)?;
    let replaced_at = row.end((Reach::VerifiedAt, verified_at.as_ref()), Reach::ReplacedAt)?;
    Ok(ListRow::Contact(ContactRow { account_id, contact, verified_at, replaced_at }))
}

columns! { Binding {
    AccountId = "account_id" Always,
    Imei = "imei" OneOf(0),
    Serial = "serial" OneOf(0),
    BoundAt = "bound_at" Always,
    ReleasedAt = "released_at" Never,
    LostModeSince = "lost_mode_since" Never,
} }

pub(super) const BINDINGS: &[Shape] = &[Shape::native("the list `bindings`", Binding::ALL)];

pub(super) fn binding(row: &Row, _: &ListOptions) -> Result<ListRow, Fault> {
    let account_id = row.must(Binding::AccountId, "account_id.form", AccountId::parse)?;
    let device = row.needed_device(Binding::Imei, Binding::Serial)?;
    let bound_at = row.needed_time(Binding::BoundAt)?;
    let released_at = row.end((Binding::BoundAt, Some(&bound_at)), Binding::ReleasedAt)?;
    let lost_mode_since = row.time(Binding::LostModeSince)?;
    Ok(ListRow::Binding(BindingRow { account_id, device, bound_at, released_at, lost_mode_since }))
}

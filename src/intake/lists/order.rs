//! The order in which the store keeps a list: rows that come so are written page after page.

use crate::domain::{DeviceKey, DeviceName, ListRow, fold_key};

/// Two numbers that put rows in the order of their table, as far as matters for its pages.
pub type Order = (i64, i64);

/// Where a row belongs.
pub fn order(row: &ListRow) -> Order {
    let device = |name: &DeviceName| name.key().0;
    match row {
        ListRow::Tac(row) => (row.tac.number().into(), 0),
        ListRow::Device(row) => {
            let imei = row.imeis.first().map(|imei| DeviceKey::from(*imei).0);
            (imei.or_else(|| row.serial.as_ref().map(|s| DeviceKey::from(s).0)).unwrap_or(0), 0)
        }
        ListRow::Account(row) => (row.account_id.key().0, 0),
        ListRow::Contact(row) => (row.account_id.key().0, head(&row.contact.plain())),
        ListRow::Binding(row) => (device(&row.device), row.bound_at.0),
        ListRow::Sighting(row) => (DeviceKey::from(row.imei).0, row.first_seen.0.into()),
        ListRow::SimChange(row) => (row.msisdn.digits().cast_signed(), row.changed_at.0),
        ListRow::Sale(row) => (fold_key(&row.retailer, &row.receipt_no), 0),
        ListRow::Repair(row) => (head(&row.order_no), DeviceKey::from(row.old_imei).0),
        ListRow::Notice(row) => (device(&row.device), 0),
    }
}

/// The first eight bytes, as a number that sorts alike.
fn head(text: &str) -> i64 {
    let bytes = text.bytes().chain(std::iter::repeat(0)).take(8);
    let sum = bytes.fold(0_u64, |sum, b| sum << 8 | u64::from(b));
    (sum ^ (1 << 63)).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn texts_sort_as_their_heads_do() {
        let sorted = ["", "+7903", "+79031234567", "a", "ab", "я"];
        for pair in sorted.windows(2) {
            assert!(
                head(pair[0]) < head(pair[1]) || pair[0].as_bytes().get(..8) == pair[1].as_bytes().get(..8)
            );
        }
    }
}

//! Rows of `tacs` and `devices`.

use super::import::{ImportError, ListImport, Mode, Put, RowProblem};
use super::names;
use super::row_key::DEVICE;
use super::seals::{Cell, Strand};
use crate::domain::{DeviceKey, DeviceRow, TacRow};
use crate::store::StoreError;
use crate::words::Phrase;
use rusqlite::{OptionalExtension, params};

/// IMEIs one record may have.
const SLOTS: usize = 5;

/// The columns of a device row as they are stored.
#[derive(PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) serial: Option<String>,
    model: Option<i64>,
    made_on: Option<i32>,
    region: Option<i64>,
    /// The second to fifth IMEI.
    more: [Option<i64>; SLOTS - 1],
}

impl Stored {
    /// As `Strand::Device` reads it.
    fn cells(&self, id: i64) -> [Cell<'_>; 9] {
        let [imei2, imei3, imei4, imei5] = self.more.map(Cell::Number);
        let [id, model, made_on, region] =
            [Some(id), self.model, self.made_on.map(i64::from), self.region].map(Cell::Number);
        [id, model, made_on, region, Cell::Text(self.serial.as_deref()), imei2, imei3, imei4, imei5]
    }

    /// Every identifier but the first.
    pub(super) fn aliases(&self, id: i64) -> impl Iterator<Item = i64> {
        let serial = self.serial.as_deref().filter(|_| id > 0).and_then(names::serial);
        self.more
            .iter()
            .flatten()
            .copied()
            .chain(serial.map(|s| DeviceKey::from(&s).0))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

impl ListImport<'_> {
    pub(super) fn put_tac(&mut self, line: u64, row: &TacRow) -> Result<Put, ImportError> {
        let key = i64::from(row.tac.number());
        let brand = self.words.number(&self.tx, row.brand.as_deref())?;
        let device_type = self.words.number(&self.tx, row.device_type.as_deref())?;
        let Some(model) = self.words.number(&self.tx, Some(&row.model))? else {
            let sentence = Phrase::of("row-no-model");
            return Err(RowProblem { line, rule: "model.none", sentence }.into());
        };
        let new = (brand, model, device_type, row.imei_slots, row.allocated_on.map(|d| d.0));
        let added = self
            .tx
            .prepare_cached(
                "INSERT INTO tac (tac, brand, model, device_type, imei_slots, allocated_on) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tac) DO NOTHING",
            )?
            .execute(params![key, new.0, new.1, new.2, new.3, new.4])?;
        let put = if added == 1 {
            Put::Added
        } else {
            let old = self
                .tx
                .prepare_cached(
                    "SELECT brand, model, device_type, imei_slots, allocated_on FROM tac WHERE tac = $1",
                )?
                .query_row([key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?;
            if old == new {
                Put::Unchanged
            } else {
                self.may_update(line, key)?;
                self.tx
                    .prepare_cached(
                        "UPDATE tac SET brand = $1, model = $2, device_type = $3, imei_slots = $4, \
                         allocated_on = $5 WHERE tac = $6",
                    )?
                    .execute(params![new.0, new.1, new.2, new.3, new.4, key])?;
                Put::Updated
            }
        };
        if put != Put::Unchanged {
            self.seal(Strand::Tac, key)?;
        }
        self.note_seen(key)?;
        Ok(put)
    }

    pub(super) fn put_device(&mut self, line: u64, row: &DeviceRow) -> Result<Put, ImportError> {
        let (id, new) = self.stored_form(line, row)?;
        for imei in &row.imeis {
            self.note_imei(*imei)?;
        }
        let (place, cells) = ([id, 0, 0, 0, 0, 0], new.cells(id));
        // An identifier may be another record's, and what is folded into a record needs the record to be there.
        let alone = !self.aliases && !self.held.folds();
        if alone && self.add_fresh(Strand::Device, place, &cells)? {
            return Ok(Put::Added);
        }
        if self.aliases && names::alias(&self.tx, id)?.is_some() && !self.may_take(id)? {
            return Err(taken(line, id));
        }
        let fresh = self.fresh_aliases(line, id, &new)?;
        let put = if self.add_maybe(Strand::Device, place, &cells)? {
            self.add_aliases(id, &fresh)?;
            if self.held.folds() {
                self.touched.note(&self.statements, id)?;
            }
            Put::Added
        } else {
            self.meet_device(line, id, &new, &fresh)?
        };
        if put == Put::Updated {
            self.seal(Strand::Device, id)?;
        }
        self.note_seen(id)?;
        Ok(put)
    }

    /// The row's key and columns.
    fn stored_form(&mut self, line: u64, row: &DeviceRow) -> Result<(i64, Stored), ImportError> {
        let mut imeis: Vec<i64> = Vec::with_capacity(SLOTS);
        for imei in &row.imeis {
            let key = DeviceKey::from(*imei).0;
            // One number in two slots is one identifier.
            if !imeis.contains(&key) {
                imeis.push(key);
            }
        }
        let first = imeis.first().copied();
        let Some(id) = first.or_else(|| row.serial.as_ref().map(|s| DeviceKey::from(s).0)) else {
            let sentence = Phrase::of("row-no-name");
            return Err(RowProblem { line, rule: "identifier.none", sentence }.into());
        };
        if imeis.len() > SLOTS {
            let sentence = Phrase::of("row-many-imeis")
                .with("n", imeis.len().to_string())
                .with("most", SLOTS.to_string());
            return Err(RowProblem { line, rule: "identifier.many", sentence }.into());
        }
        let mut more = [None; SLOTS - 1];
        for (slot, key) in more.iter_mut().zip(imeis.into_iter().skip(1)) {
            *slot = Some(key);
        }
        let new = Stored {
            serial: row.serial.as_ref().map(|s| s.as_str().to_owned()),
            model: self.words.number(&self.tx, row.model.as_deref())?,
            made_on: row.made_on.map(|d| d.0),
            region: self.words.number(&self.tx, row.region.as_deref())?,
            more,
        };
        Ok((id, new))
    }

    /// The identifiers that no record has yet; a problem where another record has one.
    fn fresh_aliases(&mut self, line: u64, id: i64, new: &Stored) -> Result<Vec<i64>, ImportError> {
        let mut fresh = Vec::new();
        for key in new.aliases(id) {
            match self.aliases.then(|| names::alias(&self.tx, key)).transpose()?.flatten() {
                Some(owner) if owner == id => {}
                Some(_) if !self.may_take(key)? => return Err(taken(line, key)),
                None if self.tx.prepare_cached(DEVICE)?.exists([key])? && !self.may_take(key)? => {
                    return Err(taken(line, key));
                }
                _ => fresh.push(key),
            }
        }
        Ok(fresh)
    }

    /// Whether an identifier that another record has may go to this one: where the file is the whole list, and
    /// has not named that record.
    fn may_take(&mut self, key: i64) -> Result<bool, StoreError> {
        if self.mode == Mode::Replace { self.make_room(key) } else { Ok(false) }
    }

    fn add_aliases(&mut self, id: i64, fresh: &[i64]) -> Result<(), StoreError> {
        for key in fresh {
            self.tx.prepare_cached("INSERT INTO alias (key, device) VALUES ($1, $2)")?.execute([*key, id])?;
            self.aliases = true;
            self.seal(Strand::Alias, *key)?;
            self.held.move_rows(&self.tx, &mut self.seals, *key, (*key, id))?;
        }
        Ok(())
    }

    /// The columns of a record.
    pub(super) fn stored_device(&self, id: i64) -> Result<Option<Stored>, StoreError> {
        Ok(self
            .tx
            .prepare_cached(
                "SELECT serial, model, made_on, region, imei2, imei3, imei4, imei5 FROM device WHERE id = $1",
            )?
            .query_row([id], |r| {
                Ok(Stored {
                    serial: r.get(0)?,
                    model: r.get(1)?,
                    made_on: r.get(2)?,
                    region: r.get(3)?,
                    more: [r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?],
                })
            })
            .optional()?)
    }

    /// A row whose record is there.
    fn meet_device(&mut self, line: u64, id: i64, new: &Stored, fresh: &[i64]) -> Result<Put, ImportError> {
        let old = self.stored_device(id)?.ok_or(StoreError::Nonsense { what: "device key" })?;
        if old == *new {
            return Ok(Put::Unchanged);
        }
        self.may_update(line, id)?;
        let kept: Vec<i64> = new.aliases(id).collect();
        for key in old.aliases(id).filter(|key| !kept.contains(key)) {
            self.let_go(key, id, old.serial.as_deref())?;
        }
        let [imei2, imei3, imei4, imei5] = new.more;
        self.tx
            .prepare_cached(
                "UPDATE device SET serial = $1, model = $2, made_on = $3, region = $4, imei2 = $5, imei3 = $6, \
                 imei4 = $7, imei5 = $8 WHERE id = $9",
            )?
            .execute(params![
                new.serial, new.model, new.made_on, new.region, imei2, imei3, imei4, imei5, id
            ])?;
        self.add_aliases(id, fresh)?;
        if self.held.folds() {
            self.touched.note(&self.statements, id)?;
        }
        Ok(Put::Updated)
    }
}

fn taken(line: u64, key: i64) -> ImportError {
    // Masked: the sentence may land in a log.
    let which = match DeviceKey(key).imei() {
        Some(imei) => Phrase::of("row-the-imei").with("imei", imei.masked()),
        None => Phrase::of("row-the-serial"),
    };
    let sentence = Phrase::of("row-taken").with("which", which);
    RowProblem { line, rule: "identifier.taken", sentence }.into()
}

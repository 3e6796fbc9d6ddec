-- The whole current schema of both files, compiled into the program. Sections begin with `-- file: NAME`.
--
-- House rules: STRICT tables, every word of a fixed vocabulary CHECKed, times as Unix seconds, days as
-- days since 1970-01-01, IMEIs as their first 14 digits, serial numbers as a negative stable hash,
-- telephone numbers as their digits. For PostgreSQL drop STRICT and WITHOUT ROWID and read INTEGER as BIGINT.

-- file: registry.db
-- What others sent: no truth of ours, it can be imported again. Lists come in any order, so a row may name
-- a device or an account that its own list does not (yet) hold.

-- Rises with every import that changed something: whoever keeps facts knows that they may have changed.
CREATE TABLE generation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL CHECK (number >= 0)
) STRICT;
INSERT INTO generation (one, number) VALUES (1, 0);

-- Where each list stands; one row a list that was ever imported.
CREATE TABLE list_state (
  list TEXT NOT NULL PRIMARY KEY CHECK (list IN ('tacs', 'devices', 'accounts', 'contacts', 'bindings',
    'sightings', 'sim-changes', 'sales', 'repairs', 'notices')),
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  imported_at INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT, WITHOUT ROWID;

-- Keys of the file being imported, once they no longer fit in memory; empty outside an import.
CREATE TABLE import_seen (key INTEGER PRIMARY KEY) STRICT;

-- Short texts that repeat: models, regions, brands, sources, centres, currencies, languages.
CREATE TABLE word (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE CHECK (text <> '')
) STRICT;

CREATE TABLE tac (
  tac INTEGER PRIMARY KEY CHECK (tac BETWEEN 0 AND 99999999),
  brand INTEGER REFERENCES word (id),
  model INTEGER NOT NULL REFERENCES word (id),
  device_type INTEGER REFERENCES word (id),
  imei_slots INTEGER CHECK (imei_slots BETWEEN 0 AND 255),
  allocated_on INTEGER
) STRICT;

-- One record a device. `id` is the key of its first identifier. The last eight columns are folded from
-- `binding` and `sighting` (the current binding, the first one, the SIM last seen): they hold nothing that
-- is not there, and are NULL where there is none.
CREATE TABLE device (
  id INTEGER PRIMARY KEY CHECK (id <> 0),
  serial TEXT CHECK (serial <> ''),
  model INTEGER REFERENCES word (id),
  made_on INTEGER,
  region INTEGER REFERENCES word (id),
  imei2 INTEGER CHECK (imei2 > 0),
  imei3 INTEGER CHECK (imei3 > 0),
  imei4 INTEGER CHECK (imei4 > 0),
  imei5 INTEGER CHECK (imei5 > 0),
  account INTEGER REFERENCES account (no),
  bound_at INTEGER,
  lost_mode_since INTEGER,
  first_bound_at INTEGER,
  last_iccid INTEGER,
  last_msisdn INTEGER,
  last_seen INTEGER,
  CHECK (id > 0 OR serial IS NOT NULL),
  CHECK ((account IS NULL) = (bound_at IS NULL))
) STRICT;

-- Every further identifier of a record: its second to fifth IMEI, and the serial of a device with an IMEI.
CREATE TABLE alias (
  key INTEGER PRIMARY KEY CHECK (key <> 0),
  device INTEGER NOT NULL REFERENCES device (id),
  CHECK (key <> device)
) STRICT;

-- Serial numbers that lists other than `devices` name: the text behind a negative key.
CREATE TABLE serial_text (
  key INTEGER PRIMARY KEY CHECK (key < 0),
  text TEXT NOT NULL CHECK (text <> '')
) STRICT;

-- `state` is NULL where another list names the account and the accounts list does not.
CREATE TABLE account (
  no INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL CHECK (account_id <> ''),
  name TEXT,
  region INTEGER REFERENCES word (id),
  language INTEGER REFERENCES word (id),
  state TEXT CHECK (state IN ('pending', 'active', 'suspended', 'deleted')),
  registered_at INTEGER,
  last_sign_in_at INTEGER
) STRICT;

-- One row a value an account has or had. `in_contacts`: the contacts list has it. `in_account`: the account's
-- own row names it (then it is current and unverified, unless the contacts list says otherwise).
CREATE TABLE contact (
  account INTEGER NOT NULL REFERENCES account (no),
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
  value TEXT NOT NULL CHECK (value <> ''),
  verified_at INTEGER,
  replaced_at INTEGER,
  in_contacts INTEGER NOT NULL CHECK (in_contacts IN (0, 1)),
  in_account INTEGER NOT NULL CHECK (in_account IN (0, 1)),
  PRIMARY KEY (account, kind, value),
  CHECK (in_contacts = 1 OR (in_account = 1 AND verified_at IS NULL AND replaced_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_value ON contact (value, kind);

-- In the tables below, `key` is the identifier as the list gives it and `device` the record it leads to, or
-- the same key where no record has it; importing devices keeps `device` true.
CREATE TABLE binding (
  device INTEGER NOT NULL CHECK (device <> 0),
  bound_at INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES account (no),
  key INTEGER NOT NULL CHECK (key <> 0),
  released_at INTEGER,
  lost_mode_since INTEGER,
  PRIMARY KEY (device, bound_at, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX binding_account ON binding (account);

-- 0 stands for an identity that was not given.
CREATE TABLE sighting (
  device INTEGER NOT NULL CHECK (device <> 0),
  first_seen INTEGER NOT NULL,
  iccid INTEGER NOT NULL CHECK (iccid >= 0),
  imsi INTEGER NOT NULL CHECK (imsi >= 0),
  msisdn INTEGER NOT NULL CHECK (msisdn >= 0),
  key INTEGER NOT NULL CHECK (key > 0),
  last_seen INTEGER NOT NULL CHECK (last_seen >= first_seen),
  PRIMARY KEY (device, first_seen, iccid, imsi, msisdn, key),
  CHECK (iccid > 0 OR imsi > 0 OR msisdn > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_msisdn ON sighting (msisdn, last_seen) WHERE msisdn > 0;
CREATE INDEX sighting_iccid ON sighting (iccid, last_seen) WHERE iccid > 0;

CREATE TABLE sim_change (
  msisdn INTEGER NOT NULL CHECK (msisdn > 0),
  changed_at INTEGER NOT NULL,
  iccid INTEGER CHECK (iccid > 0),
  PRIMARY KEY (msisdn, changed_at)
) STRICT, WITHOUT ROWID;

-- Retailers that sent sales: `folded` finds them, `name` is how the feed spells them.
CREATE TABLE retailer (
  id INTEGER PRIMARY KEY,
  folded TEXT NOT NULL UNIQUE CHECK (folded <> ''),
  name TEXT NOT NULL
) STRICT;

-- `receipt` is the fold key of retailer and number. `key` and `device` are 0 where the row names no device.
CREATE TABLE sale (
  receipt INTEGER NOT NULL,
  key INTEGER NOT NULL,
  device INTEGER NOT NULL,
  retailer INTEGER NOT NULL REFERENCES retailer (id),
  receipt_text TEXT NOT NULL,
  sold_on INTEGER NOT NULL,
  amount TEXT,
  currency INTEGER REFERENCES word (id),
  PRIMARY KEY (receipt, key),
  CHECK ((key = 0) = (device = 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_device ON sale (device, sold_on) WHERE device <> 0;

CREATE TABLE repair (
  order_no TEXT NOT NULL CHECK (order_no <> ''),
  old_key INTEGER NOT NULL CHECK (old_key > 0),
  new_key INTEGER NOT NULL CHECK (new_key > 0),
  old_device INTEGER NOT NULL CHECK (old_device <> 0),
  new_device INTEGER NOT NULL CHECK (new_device <> 0),
  repaired_on INTEGER NOT NULL,
  centre INTEGER REFERENCES word (id),
  PRIMARY KEY (order_no, old_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX repair_old ON repair (old_device);
CREATE INDEX repair_new ON repair (new_device);

-- The key ends in the reference or, where there is none (''), in the moment of the report (else 0).
CREATE TABLE notice (
  device INTEGER NOT NULL CHECK (device <> 0),
  key INTEGER NOT NULL CHECK (key <> 0),
  kind TEXT NOT NULL CHECK (kind IN ('lost', 'stolen', 'blocked', 'fraud', 'finance')),
  reference TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'confirmed', 'cleared')),
  reported_at INTEGER NOT NULL,
  source INTEGER REFERENCES word (id),
  cleared_at INTEGER,
  PRIMARY KEY (device, key, kind, reference, told_at),
  CHECK ((status = 'cleared') = (cleared_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- file: desk.db

-- The whole current schema of both files, compiled into the program. Sections begin with `-- file: NAME`.
--
-- House rules: STRICT tables, every word of a fixed vocabulary CHECKed, times as Unix seconds, days as
-- days since 1970-01-01, IMEIs as their first 14 digits, serial numbers as a negative stable hash,
-- telephone numbers as their digits. In tables that whole files land in words are CHECKed by OR: for IN
-- SQLite builds a temporary table at every row. For PostgreSQL drop STRICT and WITHOUT ROWID and read INTEGER as BIGINT.

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
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  mode TEXT NOT NULL CHECK (mode IN ('merge', 'replace', 'delta'))
) STRICT, WITHOUT ROWID;

-- Imports that landed and whose leaf the desk's log may not hold yet; `token` is the desk's sign that it does.
CREATE TABLE landed (
  no INTEGER PRIMARY KEY,
  token INTEGER NOT NULL,
  list TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('merge', 'replace', 'delta')),
  actor TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  added INTEGER NOT NULL CHECK (added >= 0),
  updated INTEGER NOT NULL CHECK (updated >= 0),
  removed INTEGER NOT NULL CHECK (removed >= 0),
  number INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  statement TEXT
) STRICT;

-- What the custodian signed last: the root over everything here. `number` rises with every sealing at the desk.
CREATE TABLE sealed (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL CHECK (number >= 0),
  root BLOB NOT NULL CHECK (length(root) = 32),
  statement TEXT
) STRICT;

-- The hash of a range of rows: `strand` numbers the tables, and `first` is the leading key from which on it reaches to
-- the next. Groups are ranges of ranges. Which keys begin one depends on the keys alone (`registry/seals/`).
CREATE TABLE seal (
  strand INTEGER NOT NULL,
  first INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (strand, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE seal_group (
  strand INTEGER NOT NULL,
  first INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (strand, first)
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

-- One record a device. `id` is the key of its first identifier. From `account` on the columns, and `bindings` and
-- `sightings`, are folded from the tables of these names (the current binding, the first one, the SIM last seen, and how
-- many rows there are): they hold nothing that is not there, and are NULL where there is none. 1 says that the row beside
-- it is all there is, so that the ordinary device is read at one place; 2 stands for more. What most records have comes
-- first: NULLs at the end of a row take no room (SQLITE_ENABLE_NULL_TRIM).
CREATE TABLE device (
  id INTEGER PRIMARY KEY CHECK (id <> 0),
  model INTEGER REFERENCES word (id),
  made_on INTEGER,
  region INTEGER REFERENCES word (id),
  bindings INTEGER NOT NULL DEFAULT 0 CHECK (bindings BETWEEN 0 AND 2),
  sightings INTEGER NOT NULL DEFAULT 0 CHECK (sightings BETWEEN 0 AND 2),
  serial TEXT CHECK (serial <> ''),
  imei2 INTEGER CHECK (imei2 > 0),
  imei3 INTEGER CHECK (imei3 > 0),
  imei4 INTEGER CHECK (imei4 > 0),
  imei5 INTEGER CHECK (imei5 > 0),
  account INTEGER REFERENCES account (no),
  bound_at INTEGER,
  first_bound_at INTEGER,
  last_msisdn INTEGER,
  last_iccid INTEGER,
  last_first_seen INTEGER,
  last_seen INTEGER,
  last_imsi INTEGER,
  lost_mode_since INTEGER,
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
  state TEXT CHECK (state = 'pending' OR state = 'active' OR state = 'suspended' OR state = 'deleted'),
  registered_at INTEGER,
  last_sign_in_at INTEGER
) STRICT;

-- One row a value an account has or had: an e-mail address, or (without @) a telephone number. `in_contacts`: the contacts list has it. `in_account`: the account's
-- own row names it (then it is current and unverified, unless the contacts list says otherwise).
CREATE TABLE contact (
  account INTEGER NOT NULL REFERENCES account (no),
  value TEXT NOT NULL CHECK (value <> ''),
  verified_at INTEGER,
  replaced_at INTEGER,
  in_contacts INTEGER NOT NULL CHECK (in_contacts IN (0, 1)),
  in_account INTEGER NOT NULL CHECK (in_account IN (0, 1)),
  PRIMARY KEY (account, value),
  CHECK (in_contacts = 1 OR (in_account = 1 AND verified_at IS NULL AND replaced_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_value ON contact (value, replaced_at, verified_at);

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

-- The key ends in the reference or, where there is none (''), in the moment of the report (else 0). `dropped`: the
-- list no longer has it, which counts as cleared.
CREATE TABLE notice (
  device INTEGER NOT NULL CHECK (device <> 0),
  key INTEGER NOT NULL CHECK (key <> 0),
  kind TEXT NOT NULL CHECK (kind = 'lost' OR kind = 'stolen' OR kind = 'blocked' OR kind = 'fraud' OR
    kind = 'finance'),
  reference TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status = 'pending' OR status = 'confirmed' OR status = 'cleared'),
  reported_at INTEGER NOT NULL,
  source INTEGER REFERENCES word (id),
  cleared_at INTEGER,
  dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped = 0 OR dropped = 1),
  PRIMARY KEY (device, key, kind, reference, told_at),
  CHECK ((status = 'cleared') = (cleared_at IS NOT NULL)),
  CHECK (dropped = 0 OR status = 'cleared')
) STRICT, WITHOUT ROWID;

-- file: desk.db
-- What we must never lose: tickets, evidence, decisions, authorizations, notices and releases made here, the log.

-- Names and values that a desk has once: its id, the origin of its log, whether it is a rehearsal.
CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What people keep for their screens: columns, saved searches, where they were. `agent` is '' for what everybody has.
CREATE TABLE kept (
  agent TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  value TEXT NOT NULL,
  PRIMARY KEY (agent, name)
) STRICT, WITHOUT ROWID;

-- When an agent's reading of a ticket was last written into the log: one sitting is one leaf.
CREATE TABLE reading (
  ticket INTEGER NOT NULL,
  agent TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (ticket, agent)
) STRICT, WITHOUT ROWID;

-- Salts by which the log commits to what was looked up; `thing` is kind and key of a link mixed into one number. Without
-- the salt nobody can tell what was.
CREATE TABLE looked_for (
  thing INTEGER PRIMARY KEY,
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

-- Signed lists of people and keys, each named by its leaf; roles are read from the newest one, never from a row.
CREATE TABLE keyset (
  version INTEGER PRIMARY KEY CHECK (version > 0),
  jws TEXT NOT NULL
) STRICT;

-- One request in the queue. `given` holds the claim's columns as they came (JSON); `device`, `account`,
-- `recommendation` and `verdict` are what the last check led to, and `stale` says that it must run again;
-- `paused_at` is set while its clock stands still (waiting, held);
-- `links` is what it may share with others, nine bytes each: the kind and the key (big-endian).
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  reference TEXT UNIQUE CHECK (reference <> ''),
  request TEXT NOT NULL CHECK (request = 'unbind' OR request = 'device-reset' OR request = 'password-reset' OR
    request = 'login-recovery' OR request = 'account-deletion' OR
    request = 'activation' OR request = 'lost-report'),
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'waiting' OR state = 'held' OR state = 'decided' OR
    state = 'approved' OR state = 'issued' OR state = 'closed'),
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  paused_at INTEGER,
  given TEXT NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  links BLOB NOT NULL DEFAULT x'',
  assignee TEXT,
  lease_until INTEGER,
  held_until INTEGER,
  closed_as TEXT,
  merged_into INTEGER REFERENCES ticket (id),
  device INTEGER,
  account INTEGER,
  recommendation TEXT CHECK (recommendation = 'investigate' OR recommendation = 'refuse' OR
    recommendation = 'refer' OR recommendation = 'hold' OR
    recommendation = 'guide' OR recommendation = 'approve' OR
    recommendation = 'approve-second' OR recommendation = 'ask'),
  verdict TEXT,
  rank INTEGER NOT NULL DEFAULT 0,
  checked_at INTEGER,
  valid_until INTEGER,
  stale INTEGER NOT NULL DEFAULT 1 CHECK (stale IN (0, 1)),
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
  CHECK ((assignee IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE INDEX ticket_queue ON ticket (rank, received_at, id) WHERE state <> 'closed';
CREATE INDEX ticket_stale ON ticket (id) WHERE stale = 1;
CREATE INDEX ticket_held ON ticket (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX ticket_valid ON ticket (valid_until) WHERE valid_until IS NOT NULL AND state <> 'closed';

-- An item supporting a claim. `given` holds its columns as they came; a removed item stays, and counts where
-- removing must not help. `seen` is what the barcodes on its picture say, NULL where nobody
-- looked. `wrong` is set on facts that were answered wrongly, for the count of tries.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  kind TEXT NOT NULL CHECK (kind = 'receipt' OR kind = 'sim' OR kind = 'box' OR kind = 'code' OR
    kind = 'facts' OR kind = 'document'),
  given TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  removed_by TEXT,
  removed_at INTEGER,
  file_name TEXT,
  bytes INTEGER CHECK (bytes >= 0),
  sha256 BLOB CHECK (length(sha256) = 32),
  dhash INTEGER,
  seen TEXT,
  wrong INTEGER NOT NULL DEFAULT 0 CHECK (wrong IN (0, 1)),
  CHECK ((sha256 IS NULL) = (file_name IS NULL)),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
) STRICT;
CREATE INDEX evidence_ticket ON evidence (ticket);
-- Pictures of boxes whose barcodes nobody has read yet.
CREATE INDEX evidence_unread ON evidence (id) WHERE kind = 'box' AND dhash IS NOT NULL AND seen IS NULL;
CREATE INDEX evidence_wrong ON evidence (ticket) WHERE wrong = 1;

-- What tickets may share: kind 1 device, 2 account, 3 contact of the claimant, 4 receipt, 5 receipt file,
-- 6 box file (7 is the look-alike hash of a box picture: see `look`). Most things have one ticket alone: it stands in `link`, where adding it
-- and finding out that nobody else has it is one step; whoever comes later stands in `link_more`. Both are an
-- index over `ticket.links` and hold nothing that is not there.
-- `thing` is kind and key mixed into one number.
CREATE TABLE link (
  thing INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL
) STRICT;
CREATE TABLE link_more (
  thing INTEGER NOT NULL,
  ticket INTEGER NOT NULL,
  PRIMARY KEY (thing, ticket)
) STRICT, WITHOUT ROWID;

-- Look-alike hashes of box pictures. A hash stands under each of its five fifths (`place`: which fifth, and its
-- bits): two hashes that differ in at most four bits agree in one fifth at least. Like `link` it is an index over
-- `ticket.links` and holds nothing that is not there.
CREATE TABLE look (
  place INTEGER NOT NULL,
  dhash INTEGER NOT NULL,
  ticket INTEGER NOT NULL,
  PRIMARY KEY (place, dhash, ticket)
) STRICT, WITHOUT ROWID;

-- People who added or edited evidence on a ticket, or decided it: none of them may approve it.
CREATE TABLE contributor (
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  agent TEXT NOT NULL,
  PRIMARY KEY (ticket, agent)
) STRICT, WITHOUT ROWID;

-- What an agent wrote for colleagues, numbered within its ticket. One that was taken back stays, and is not shown.
CREATE TABLE note (
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  removed_by TEXT,
  removed_at INTEGER,
  PRIMARY KEY (ticket, id),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
) STRICT, WITHOUT ROWID;

-- What a merge changed, so that it can be taken back: claim and due time of the ticket that stayed (`target`), where
-- the one that was closed stood, the items that moved (JSON), and how many notes stood before them.
CREATE TABLE joined (
  source INTEGER PRIMARY KEY REFERENCES ticket (id),
  target INTEGER NOT NULL REFERENCES ticket (id),
  given TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'held')),
  held_until INTEGER,
  items TEXT NOT NULL,
  notes_after INTEGER NOT NULL CHECK (notes_after >= 0),
  notes INTEGER NOT NULL CHECK (notes >= 0)
) STRICT;

-- One-time codes, kept only as a salted hash.
CREATE TABLE code (
  id INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  channel TEXT NOT NULL CHECK (channel IN ('sim', 'contact')),
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
  value TEXT NOT NULL,
  account INTEGER,
  request TEXT NOT NULL,
  device INTEGER,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  sent_by TEXT NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  confirmed_at INTEGER,
  void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1))
) STRICT;
CREATE INDEX code_ticket ON code (ticket);

-- Wrong codes read back.
CREATE TABLE wrong_code (
  code INTEGER NOT NULL REFERENCES code (id),
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX wrong_code_ticket ON wrong_code (ticket);
CREATE INDEX wrong_code_code ON wrong_code (code);

-- What is to leave the house, and what became of it. A checkpoint of the log belongs to no ticket. `about` says what it is about, so that the same is never queued
-- twice; `mark` is its name outside, by which a receiver knows a repeat. Where a text says `{code}`, the code is worked
-- out while it is carried (it stands nowhere in clear): `code_hash` finds an owner notice by the code that it carried.
-- `due_at` is when it may be tried next, or, while somebody carries it (`claim`), when that is given up for lost.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  mark TEXT NOT NULL UNIQUE CHECK (mark <> ''),
  about TEXT NOT NULL UNIQUE CHECK (about <> ''),
  ticket INTEGER REFERENCES ticket (id),
  decision INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('code', 'owner-notice', 'reply', 'checkpoint')),
  way TEXT NOT NULL CHECK (way IN ('email', 'phone')),
  address TEXT NOT NULL CHECK (address <> ''),
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  code_hash BLOB UNIQUE CHECK (length(code_hash) = 32),
  queued_at INTEGER NOT NULL,
  queued_by TEXT NOT NULL,
  good_until INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'dropped')),
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  due_at INTEGER,
  claim TEXT,
  ended_at INTEGER,
  why TEXT,
  CHECK ((ticket IS NULL) = (kind = 'checkpoint')),
  CHECK ((due_at IS NULL) = (ended_at IS NOT NULL)),
  CHECK ((state = 'sending') = (claim IS NOT NULL)),
  CHECK ((ended_at IS NOT NULL) = (state = 'sent' OR state = 'failed' OR state = 'dropped'))
) STRICT;
CREATE INDEX message_due ON message (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX message_failed ON message (id) WHERE state = 'failed';
CREATE INDEX message_ticket ON message (ticket);
CREATE INDEX message_decision ON message (decision) WHERE decision IS NOT NULL;

-- An agent's decision, signed. What it fixed is in the signed text; the columns are its index.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  word TEXT NOT NULL CHECK (word IN ('investigate', 'refuse', 'refer', 'hold', 'guide', 'approve',
    'approve-second', 'ask')),
  override INTEGER NOT NULL CHECK (override IN (0, 1)),
  reason TEXT,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  jti TEXT NOT NULL UNIQUE,
  jws TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  notified_at INTEGER,
  cancelled_at INTEGER,
  cancelled_why TEXT,
  CHECK ((cancelled_at IS NULL) = (cancelled_why IS NULL))
) STRICT;
CREATE INDEX decision_ticket ON decision (ticket);

-- The second person's signed yes.
CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  decision INTEGER NOT NULL REFERENCES decision (id),
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  jws TEXT NOT NULL,
  UNIQUE (decision, by)
) STRICT;
CREATE INDEX approval_ticket ON approval (ticket);

-- A failing check that an approver cleared against one other ticket.
CREATE TABLE clearing (
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  other INTEGER NOT NULL REFERENCES ticket (id),
  name TEXT NOT NULL CHECK (name IN ('receipt.unique', 'box.unique', 'claimant.rate', 'ticket.rival')),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  jws TEXT NOT NULL,
  PRIMARY KEY (ticket, other, name),
  CHECK (ticket <> other)
) STRICT, WITHOUT ROWID;

-- The message to the owner, and the owner's no.
CREATE TABLE owner_notice (
  id INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  decision INTEGER NOT NULL REFERENCES decision (id),
  at INTEGER NOT NULL,
  contacts TEXT NOT NULL
) STRICT;
CREATE INDEX owner_notice_ticket ON owner_notice (ticket);
CREATE TABLE objection (
  ticket INTEGER PRIMARY KEY REFERENCES ticket (id),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason TEXT
) STRICT;

-- Signed grants. The token's bytes leave only after this row is committed.
CREATE TABLE authorization (
  jti TEXT NOT NULL PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  decision INTEGER NOT NULL UNIQUE REFERENCES decision (id),
  op TEXT NOT NULL CHECK (op IN ('unbind', 'reset-device', 'reset-account')),
  sub TEXT NOT NULL,
  aud TEXT NOT NULL,
  issued_by TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  token TEXT NOT NULL,
  redeemed_at INTEGER,
  redeemed_by TEXT,
  revoked_at INTEGER,
  revoked_why TEXT,
  CHECK (redeemed_at IS NULL OR revoked_at IS NULL),
  CHECK ((revoked_at IS NULL) = (revoked_why IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_ticket ON authorization (ticket);
-- Holds all that says where one stands, so that counting and turning pages need not read tokens.
CREATE INDEX authorization_issued ON authorization (issued_at, jti, expires_at, redeemed_at, revoked_at);

-- Notices raised here, laid over the lists'. `key` is the device's identifier as the registry keys it.
CREATE TABLE desk_notice (
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('lost', 'stolen', 'blocked', 'fraud', 'finance')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'confirmed', 'cleared')),
  reported_at INTEGER NOT NULL,
  lapses_at INTEGER,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  raised_by TEXT NOT NULL,
  confirmed_by TEXT,
  clear_asked_by TEXT,
  cleared_by TEXT,
  cleared_at INTEGER,
  CHECK (confirmed_by IS NULL OR confirmed_by <> raised_by),
  CHECK (cleared_by IS NULL OR cleared_by <> clear_asked_by),
  CHECK ((status = 'cleared') = (cleared_at IS NOT NULL))
) STRICT;
CREATE INDEX desk_notice_key ON desk_notice (key);
CREATE INDEX desk_notice_ticket ON desk_notice (ticket);

-- Bindings released by a redeemed authorization, whatever the lists say later.
CREATE TABLE release (
  record INTEGER NOT NULL,
  account INTEGER NOT NULL,
  bound_at INTEGER NOT NULL,
  released_at INTEGER NOT NULL,
  jti TEXT NOT NULL REFERENCES authorization (jti),
  PRIMARY KEY (record, account, bound_at)
) STRICT, WITHOUT ROWID;

-- Files of cases that were imported, by content.
CREATE TABLE case_file (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A mail that came in. `known` is its Message-ID behind `id:`, or its digest where it has none; `digest` says whether
-- another mail with that Message-ID is the same. `follows` is the closed ticket that it answers; `stranger` says that it
-- came from another address than the claimant's, `notice` that it answers a message to the account's owner, and
-- `heard_by` who has read such an answer that names no code. `original` is the digest of its bytes, which are kept.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
  known TEXT NOT NULL UNIQUE CHECK (known <> ''),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  follows INTEGER REFERENCES ticket (id),
  stranger INTEGER NOT NULL CHECK (stranger IN (0, 1)),
  notice INTEGER NOT NULL CHECK (notice IN (0, 1)),
  name TEXT,
  sender TEXT NOT NULL CHECK (sender <> ''),
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  remarks TEXT NOT NULL,
  sent_at INTEGER,
  taken_at INTEGER NOT NULL,
  taken_by TEXT NOT NULL,
  original BLOB NOT NULL CHECK (length(original) = 32),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  heard_by TEXT
) STRICT;
CREATE INDEX mail_ticket ON mail (ticket);
CREATE INDEX mail_owner ON mail (sender) WHERE notice = 1;
CREATE INDEX mail_unheard ON mail (ticket) WHERE notice = 1 AND heard_by IS NULL;

-- What seems to stand in a mail, and its files. Nothing is judged by one that is not confirmed; `what` is the column of
-- the claim, or the kind of evidence, that it was confirmed as, and `evidence` the item that it went to.
CREATE TABLE offer (
  id INTEGER PRIMARY KEY,
  mail INTEGER NOT NULL REFERENCES mail (id),
  kind TEXT NOT NULL CHECK (kind IN ('imei', 'serial', 'iccid', 'phone', 'email', 'receipt', 'file')),
  text TEXT NOT NULL,
  damaged INTEGER NOT NULL CHECK (damaged IN (0, 1)),
  bytes INTEGER CHECK (bytes >= 0),
  sha256 BLOB CHECK (length(sha256) = 32),
  dhash INTEGER,
  state TEXT NOT NULL DEFAULT 'offered' CHECK (state IN ('offered', 'confirmed', 'dismissed')),
  what TEXT,
  evidence INTEGER,
  by TEXT,
  at INTEGER,
  CHECK ((kind = 'file') = (sha256 IS NOT NULL)),
  CHECK ((state = 'offered') = (by IS NULL)),
  CHECK ((state = 'confirmed') = (what IS NOT NULL))
) STRICT;
CREATE INDEX offer_mail ON offer (mail);
CREATE INDEX offer_text ON offer (text) WHERE kind <> 'file' AND state = 'offered';
CREATE INDEX offer_evidence ON offer (evidence) WHERE evidence IS NOT NULL;

-- The index of the search. Every ticket up to `ticket` is in it, by the words of `version`; those above, and those in
-- `search_todo`, are looked through themselves until the index has caught up, so that it costs an import nothing and
-- a search misses nothing. It holds nothing that is not in tickets, evidence and notes.
CREATE TABLE search_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  ticket INTEGER NOT NULL CHECK (ticket >= 0)
) STRICT;

-- Tickets in the index that the log has spoken of since: the journal enters them with the leaf.
CREATE TABLE search_todo (ticket INTEGER PRIMARY KEY) STRICT;

-- Terms in order, each with the tickets of one block that have it; `first` is the least term that may stand on the
-- sheet. For PostgreSQL read BLOB as BYTEA: it compares them byte by byte, too.
CREATE TABLE search_sheet (
  id INTEGER PRIMARY KEY,
  block INTEGER NOT NULL,
  first BLOB NOT NULL,
  entries BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX search_sheet_block ON search_sheet (block, first);

-- The log: one canonical line of JSON a leaf. `hash` is its RFC 6962 leaf hash. `ticket` is for finding a ticket's
-- leaves; those about logins have -1 there, those about people and keys -2, those about service centres -3,
-- those about policy.toml and config.toml -4.
CREATE TABLE leaf (
  seq INTEGER PRIMARY KEY CHECK (seq >= 0),
  ticket INTEGER,
  line TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX leaf_ticket ON leaf (ticket) WHERE ticket IS NOT NULL;

-- What agents signed of their acts: each speaks for the leaves of one act, and has the number of the last.
CREATE TABLE statement (
  leaf INTEGER PRIMARY KEY CHECK (leaf >= 0),
  jws TEXT NOT NULL
) STRICT;

-- Service centres that codes are read out to, as leaf and statement of the same number have them. `sealed` is the
-- centre's secret, once for each key that may open it (JSON: key id to sealed text); only who opens the key reads it.
CREATE TABLE centre (
  leaf INTEGER PRIMARY KEY CHECK (leaf >= 0),
  name TEXT NOT NULL CHECK (name <> ''),
  sealed TEXT NOT NULL
) STRICT;

-- The right edge of the tree over all leaves, and the heads that were signed.
CREATE TABLE tree (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  head BLOB NOT NULL CHECK (length(head) >= 32)
) STRICT;
CREATE TABLE checkpoint (
  size INTEGER NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (size, by)
) STRICT, WITHOUT ROWID;

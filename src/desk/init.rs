//! Making a desk.

use super::failure::Failure;
use super::{Desk, Folder, Options};
use crate::audit::{Draft, Info};
use crate::authority::{
    AgentEntry, AgentKey, DEFAULT_SOLO, KeyError, Keyset, KeysetClaims, Protection, PublicKey, public_to_pem,
    write_key,
};
use crate::domain::{Op, Role, Time};
use crate::store::desk::journal::{Journal, PEOPLE};
use crate::store::desk::settings;
use crate::store::{self, FileKind, Purpose, Statements};

/// How long an agent's key is good for.
const KEY_DAYS: i64 = 730;
/// The people of a rehearsal desk.
const REHEARSAL: &[(&str, &[Role])] =
    &[("anna", &[Role::Agent]), ("boris", &[Role::Approver]), ("clara", &[Role::Custodian])];

/// Makes a desk in the options' folder and opens it. A rehearsal desk has three agents with ready keys; any
/// other has one, who becomes custodian.
pub fn init(options: Options, rehearsal: bool) -> Result<Desk, Failure> {
    let folder = options.folder.clone();
    if folder.desk_db().exists() {
        return Err(Failure::state(format!("There is a desk in {} already.", folder.path().display()))
            .hint("Nothing was changed. Name another folder with --desk."));
    }
    let people: Vec<(String, Vec<Role>)> = if rehearsal {
        REHEARSAL.iter().map(|(name, roles)| ((*name).to_owned(), roles.to_vec())).collect()
    } else {
        let name = options.agent.clone().ok_or_else(|| {
            Failure::usage("A desk needs its first agent's name.").hint("latchkey --agent NAME init")
        })?;
        vec![(name, vec![Role::Custodian])]
    };
    let now = options.env.now(rehearsal);
    let io = |e: std::io::Error| {
        Failure::state(format!("The folder cannot be made: {e}.")).at(folder.path().display().to_string())
    };
    std::fs::create_dir_all(folder.path()).map_err(io)?;
    std::fs::create_dir_all(folder.attachments()).map_err(io)?;
    let id = uuid::Uuid::now_v7().to_string();
    let root = new_key("root")?;
    let mut agents = Vec::new();
    for (name, roles) in &people {
        let key = new_key(name)?;
        write(&folder, &key, rehearsal, &options)?;
        agents.push(entry(name, key.public(), roles, now, rehearsal));
    }
    let claims = KeysetClaims {
        iss: id.clone(),
        version: 1,
        rehearsal,
        iat: now.0,
        root: root.public().to_jwk(),
        solo: DEFAULT_SOLO.to_vec(),
        agents,
    };
    let jws = Keyset::sign(&claims, &root).map_err(|e| Failure::internal(e.phrase()))?;
    write(&folder, &root, rehearsal, &options)?;
    let public = folder.keys().join("root.pub.pem");
    std::fs::write(&public, public_to_pem(root.public())).map_err(io)?;
    if !folder.registry_db().exists() {
        store::open(&folder.registry_db(), Purpose::Create, FileKind::Registry)?;
    }
    // The desk file comes last: a folder without one is no desk, so a cut-short init can be run again.
    let building = folder.path().join("desk.db.new");
    if building.exists() {
        std::fs::remove_file(&building).map_err(io)?;
    }
    let db = store::open(&building, Purpose::Create, FileKind::Desk)?.conn;
    let actor = &people[0].0;
    store::write_tx(&db, |tx| {
        settings::set(tx, "desk_id", &id)?;
        settings::set(tx, super::upgraded::LOGGED, &store::migrate::version(FileKind::Desk).to_string())?;
        settings::set(tx, "rehearsal", if rehearsal { "yes" } else { "no" })?;
        settings::add_keyset(tx, 1, &jws)?;
        let mut journal = Journal::open(tx)?;
        let draft = Draft::new("desk.made", actor)
            .digest("keyset", &super::decide::sha(&jws))
            .info("version", Info::Number(1));
        journal.append(&Statements::new(tx), draft, now, Some(PEOPLE))?;
        journal.close(tx)
    })?;
    drop(db);
    std::fs::rename(&building, folder.desk_db()).map_err(io)?;
    Desk::open(options)
}

fn new_key(name: &str) -> Result<AgentKey, Failure> {
    AgentKey::generate(name).map_err(|e| Failure::internal(e.phrase()))
}

/// An agent's line in the keyset.
pub(super) fn entry(name: &str, key: &PublicKey, roles: &[Role], now: Time, rehearsal: bool) -> AgentEntry {
    let signs = roles.iter().any(|r| matches!(r, Role::Agent | Role::Approver));
    AgentEntry {
        name: name.to_owned(),
        kid: key.kid().to_owned(),
        jwk: key.to_jwk(),
        roles: roles.to_vec(),
        ops: if signs { Op::ALL.to_vec() } else { Vec::new() },
        // A rehearsal's clock may stand anywhere; elsewhere clocks differ a little between machines.
        nbf: if rehearsal { 0 } else { now.minus_days(1).0 },
        exp: if rehearsal { Time::MAX.0 } else { now.plus_days(KEY_DAYS).0 },
        disabled: false,
        disabled_at: None,
        approves_from: 0,
    }
}

fn write(folder: &Folder, key: &AgentKey, rehearsal: bool, options: &Options) -> Result<(), Failure> {
    let path = folder.key(key.name());
    if path.exists() {
        // Left by an init that was cut short: without a desk no key of it was ever used.
        std::fs::remove_file(&path).map_err(|e| {
            Failure::state(format!("An old key file is in the way: {e}.")).at(path.display().to_string())
        })?;
    }
    let done: Result<(), KeyError> = if rehearsal {
        write_key(key, &path, Protection::Rehearsal)
    } else {
        let passphrase = (options.ask_passphrase)(key.name())?;
        super::passphrase::must_hold(&passphrase, key.name())?;
        write_key(key, &path, Protection::Passphrase(&passphrase))
    };
    done.map_err(|e| Failure::state(e.phrase()))
}

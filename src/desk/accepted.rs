//! `policy.toml` and `config.toml` are the custodian's: what is judged by, whom messages go through, which programs are
//! run. A custodian signs the digest of a file, which the log keeps. A desk that is no rehearsal grants nothing, carries
//! nothing and runs no viewer while one is another than was accepted last; without either, the shipped one holds.

use super::digest::sum;
use super::signed::Leaf;
use super::{Act, Desk, Failure, decide, keysets};
use crate::audit::Draft;
use crate::domain::Role;
use crate::store::Db;
use crate::store::desk::journal::FILES;
use crate::store::desk::leaves;
use crate::words::Phrase;

/// One of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `policy.toml`.
    Policy,
    /// `config.toml`.
    Config,
}

impl Which {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Policy, Self::Config];

    /// Its file's name.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Policy => "policy.toml",
            Self::Config => "config.toml",
        }
    }

    /// The command that accepts it.
    pub const fn command(self) -> &'static str {
        match self {
            Self::Policy => "policy accept",
            Self::Config => "config accept",
        }
    }

    const fn act(self) -> &'static str {
        match self {
            Self::Policy => "policy.accepted",
            Self::Config => "config.accepted",
        }
    }
}

/// The texts that a desk was opened with; empty where there is no file.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    pub policy: String,
    pub config: String,
}

impl Files {
    fn text(&self, which: Which) -> &str {
        match which {
            Which::Policy => &self.policy,
            Which::Config => &self.config,
        }
    }

    /// The leaf by which a file was accepted last, and whether it is that one still.
    fn accepted(&self, db: &Db, which: Which) -> Result<(Option<(u64, String)>, bool), Failure> {
        let mut all = leaves::of_ticket(db, FILES)?.into_iter();
        let last = all.find(|(_, line)| Leaf::read(line).is_some_and(|leaf| leaf.act == which.act()));
        let same = match &last {
            None => self.text(which).is_empty(),
            Some((seq, line)) => {
                line.contains(&format!("\"file\":\"{}\"", sum(self.text(which).as_bytes())))
                    && keysets::chained(db, *seq, line)?
            }
        };
        Ok((last, same))
    }
}

fn other(which: Which) -> Failure {
    Failure::verification(Phrase::of("fail-unaccepted").with("file", which.file()))
        .hint(Phrase::of("hint-unaccepted").with("command", which.command()))
}

impl Desk {
    /// Accepts a file as this desk was opened with it, and gives its digest.
    pub fn accept_file(&mut self, which: Which) -> Result<String, Failure> {
        self.require(&[Role::Custodian], "accept the desk's files")?;
        let text = self.files.text(which).to_owned();
        self.act(|act| {
            let draft = Draft::new(which.act(), act.actor).digest("file", &decide::sha(&text));
            act.log(draft, Some(FILES)).map(drop)
        })?;
        Ok(sum(text.as_bytes()))
    }

    /// The files that are not as they were accepted last.
    pub fn unaccepted(&self) -> Result<Vec<Which>, Failure> {
        let mut found = Vec::new();
        for which in Which::ALL.into_iter().filter(|_| !self.rehearsal) {
            if !self.files.accepted(self.db(), which)?.1 {
                found.push(which);
            }
        }
        Ok(found)
    }

    /// Refuses to go by a file that nobody accepted.
    pub(super) fn files_stand(&self) -> Result<(), Failure> {
        match self.unaccepted()?.first() {
            None => Ok(()),
            Some(which) => Err(other(*which)),
        }
    }
}

impl Act<'_> {
    /// The same before something is granted: by the log's lines, and signed.
    pub(super) fn files_stand(&self) -> Result<(), Failure> {
        if self.rehearsal {
            return Ok(());
        }
        self.found_whole(FILES)?;
        for which in Which::ALL {
            let (last, same) = self.files.accepted(self.conn, which)?;
            if !same {
                return Err(other(which));
            }
            if let Some((seq, line)) = last {
                self.must_be_signed(seq, &line)?;
            }
        }
        Ok(())
    }
}

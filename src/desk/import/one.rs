//! One case by hand: a file with exactly one, entered by an agent at the desk.

use std::path::Path;

use super::cases::{Batch, CaseSummary, Job, Landed};
use super::{ImportOptions, Rejects, source};
use crate::desk::codes::may_try;
use crate::desk::{Desk, Failure};
use crate::domain::{EvidenceKind, Role};
use crate::intake::{CaseReader, Format};
use crate::judgement::tries_left;
use crate::store::desk::tickets;
use crate::words::Phrase;

impl Desk {
    /// Makes a ticket of the only case in a file (`-` is standard input) and returns its number. Who enters a
    /// case has added its evidence, and cannot be the second person on it.
    pub fn new_case(&mut self, path: &Path, format: Format) -> Result<i64, Failure> {
        self.require(&[Role::Agent, Role::Approver], "enter cases")?;
        let source = source(path)?;
        let file = source.name().to_owned();
        let job = Job {
            of_bytes: source.size(),
            reader: CaseReader::open(source, format, self.config.region, self.now())?,
            base: path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf(),
            folder: self.folder.clone(),
            file: file.clone(),
            rejects: Rejects::open(None)?,
            contributes: true,
        };
        let id = self.act(|act| {
            let id = tickets::next_id(act.conn)?;
            let (Landed::All(summary) | Landed::Nothing(summary)) =
                Batch::run(act, job, &ImportOptions::default(), &mut |_| true)?;
            // What is no single new case is refused here, and nothing of it stays.
            only_one(&summary, &file)?;
            let judged = act.judge(id)?;
            let mut unsaid = judged.claim.clone();
            unsaid.evidence.retain(|e| e.item.kind() != EvidenceKind::Facts);
            let answers = unsaid.evidence.len() < judged.claim.evidence.len();
            if answers && tries_left(&unsaid, &judged.facts, act.policy, act.now) == 0 {
                // A new case gives no further answers where too many were wrong before.
                may_try(&judged)?;
            }
            if answers {
                act.may_land(&judged, false)?;
            }
            Ok(id)
        })?;
        self.read_pictures(&mut |_| true)?;
        self.settle(|_| {})?;
        Ok(id)
    }
}

fn only_one(summary: &CaseSummary, file: &str) -> Result<(), Failure> {
    if let Some(reject) = summary.rejects.first() {
        return Err(Failure::state(reject.message.clone().whole())
            .at(super::spot(file, Some(reject.line), reject.column.as_deref()))
            .hint(Phrase::of("hint-nothing-entered")));
    }
    match (summary.rows, summary.imported) {
        (1, 1) => Ok(()),
        (0, _) => Err(Failure::state(Phrase::of("fail-no-case")).at(file).hint(Phrase::of("hint-no-case"))),
        (1, _) => Err(Failure::state(Phrase::of("fail-reference-taken"))
            .at(file)
            .hint(Phrase::of("hint-reference-taken"))),
        (many, _) => Err(Failure::usage(Phrase::of("fail-many-cases").with("n", many))
            .at(file)
            .hint(Phrase::of("hint-many-cases"))),
    }
}

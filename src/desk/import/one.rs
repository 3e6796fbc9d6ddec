//! One case by hand: a file with exactly one, entered by an agent at the desk.

use std::path::Path;

use super::cases::{Batch, CaseSummary, Job, Landed};
use super::{ImportOptions, Rejects, source};
use crate::desk::failure::sentence;
use crate::desk::{Desk, Failure};
use crate::domain::Role;
use crate::intake::{CaseReader, Format};
use crate::store::desk::tickets;

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
            Ok(id)
        })?;
        self.read_pictures(&mut |_| true)?;
        self.settle(|_| {})?;
        Ok(id)
    }
}

fn only_one(summary: &CaseSummary, file: &str) -> Result<(), Failure> {
    if let Some(reject) = summary.rejects.first() {
        let column = reject.column.as_ref().map(|c| format!(", column {c}")).unwrap_or_default();
        return Err(Failure::state(sentence(&reject.message))
            .at(format!("{file}, line {}{column}", reject.line))
            .hint("Nothing was entered. Correct the row and enter it again."));
    }
    match (summary.rows, summary.imported) {
        (1, 1) => Ok(()),
        (0, _) => Err(Failure::state("The file holds no case.")
            .at(file)
            .hint("Give a header and one row, or one JSON object.")),
        (1, _) => Err(Failure::state("A ticket has this reference already.")
            .at(file)
            .hint("Give another reference, or import the file as cases to update the ticket.")),
        (many, _) => Err(Failure::usage(format!("The file holds {many} cases, not one."))
            .at(file)
            .hint("`latchkey import cases FILE` takes in many.")),
    }
}

//! One case by hand: a file with exactly one, entered by an agent at the desk.

use std::path::Path;

use super::cases::Batch;
use super::prepare::load_files;
use super::source;
use crate::desk::{Desk, Failure};
use crate::domain::Role;
use crate::intake::{CaseReader, Format, Trouble};
use crate::store::desk::tickets;

impl Desk {
    /// Makes a ticket of the only case in a file (`-` is standard input) and returns its number. Who enters a
    /// case has added its evidence, and cannot be the second person on it.
    pub fn new_case(&mut self, path: &Path, format: Format) -> Result<i64, Failure> {
        self.require(&[Role::Agent, Role::Approver], "enter cases")?;
        let source = source(path)?;
        let file = source.name().to_owned();
        let mut reader = CaseReader::open(source, format, self.config.region, self.now())?;
        let row = match reader.next() {
            Some(Ok(row)) => row,
            Some(Err(trouble)) => return Err(refused(&file, trouble)),
            None => {
                return Err(Failure::state("The file holds no case.")
                    .at(file)
                    .hint("Give a header and one row, or one JSON object."));
            }
        };
        if reader.next().is_some() {
            return Err(Failure::usage("The file holds more than one case.")
                .at(file)
                .hint("`latchkey import cases FILE` takes in many."));
        }
        let base =
            path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let folder = self.folder.clone();
        let id = self.act(|act| {
            if let Some(reference) = &row.reference {
                if let Some(id) = tickets::by_reference(act.conn, reference)? {
                    return Err(Failure::state(format!("Ticket {id} has the reference {reference} already."))
                        .at(format!("{file}, line {}, column reference", row.line))
                        .hint("Give another reference, or import the file as cases to update the ticket."));
                }
            }
            let (line, mut row) = (row.line, row);
            if let Err(e) = load_files(&mut row, &base, Some(&folder))? {
                return Err(Failure::state(sentence(&e.to_string())).at(format!("{file}, line {line}, column attachments")));
            }
            Batch::enter(act, row)
        })?;
        self.settle(|_| {})?;
        Ok(id)
    }
}

fn refused(file: &str, trouble: Trouble) -> Failure {
    match trouble {
        Trouble::File(error) => (*error).into(),
        Trouble::Row(reject) => {
            let column = reject.column.as_ref().map(|c| format!(", column {c}")).unwrap_or_default();
            Failure::state(sentence(&reject.message))
                .at(format!("{file}, line {}{column}", reject.line))
                .hint("Nothing was entered. Correct the row and enter it again.")
        }
    }
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}

//! Barcodes on pictures of boxes: read once a picture is kept, outside of any transaction, because a photo takes its
//! time; what was read is a fact about the picture like its digest.

use std::io::Read as _;
use std::path::Path;

use super::attached::folder_and_name;
use super::blobs::open_blob;
use super::signed::OFFICE;
use super::{Desk, Failure, Folder, import};
use crate::audit::{Draft, Info};
use crate::domain::{Doubt, EvidenceKind, Role, Seen};
use crate::intake::{self, Caps};
use crate::store::Statements;
use crate::store::desk::pictures::{self, Unread};
use crate::store::desk::{evidence, tickets};
use crate::words::Phrase;

/// Pictures that are read before what they say is kept.
const TOGETHER: usize = 16;

impl Desk {
    /// Reads every picture of a box that nobody has looked at; returns how many. `go_on` hears how many are done;
    /// what is left when it says no is read another time.
    pub fn read_pictures(&mut self, go_on: &mut dyn FnMut(usize) -> bool) -> Result<usize, Failure> {
        let (mut done, mut after) = (0, 0);
        loop {
            // One that cannot be written down stays unread, and is not met again in this round.
            let unread = pictures::unread(self.db(), after, TOGETHER)?;
            after = unread.last().map_or(after, |last| last.item);
            if unread.is_empty() || self.readonly || !self.may(OFFICE) {
                break;
            }
            let read = read_all(&self.folder, &unread);
            self.keep_seen(&read)?;
            done += read.len();
            if !go_on(done) {
                break;
            }
        }
        if done > 0 {
            self.settle(|_| {})?;
        }
        Ok(done)
    }

    /// Reads the pictures of a ticket's boxes again, or that of one item; returns what each says.
    pub fn read_evidence(&mut self, name: &str, item: Option<i64>) -> Result<Vec<(i64, Seen)>, Failure> {
        self.require(&[Role::Agent, Role::Approver], "read pictures")?;
        let id = self.find(name)?;
        let pictures: Vec<i64> = evidence::of(&Statements::new(self.db()), id)?
            .into_iter()
            .filter(|e| e.kind == EvidenceKind::Box && e.removed_at.is_none())
            .filter(|e| item.is_none_or(|item| item == e.id))
            .filter(|e| e.attachment.as_ref().is_some_and(|file| file.dhash.is_some()))
            .map(|e| e.id)
            .collect();
        if pictures.is_empty() {
            return Err(Failure::state(Phrase::of("fail-no-picture").with("id", id))
                .hint(Phrase::of("hint-no-picture").with("id", id)));
        }
        let mut read = Vec::new();
        for item in pictures {
            let file = self.attached(id, item)?;
            let seen = intake::look(&file.data, Caps::default()).unwrap_or_else(broken);
            read.push((Unread { ticket: id, item, sha256: [0; 32] }, seen));
        }
        self.keep_seen(&read)?;
        self.settle(|_| {})?;
        Ok(read.into_iter().map(|(picture, seen)| (picture.item, seen)).collect())
    }

    fn keep_seen(&mut self, read: &[(Unread, Seen)]) -> Result<(), Failure> {
        self.act(|act| {
            for (picture, seen) in read {
                // A reading vouches for no row that somebody else wrote.
                if act.intact(picture.ticket).is_ok() && evidence::set_seen(act.conn, picture.item, seen)? {
                    tickets::set_stale(act.conn, picture.ticket)?;
                    let imeis = i64::try_from(seen.imeis.len()).unwrap_or(i64::MAX);
                    let draft = Draft::new("evidence.read", act.actor)
                        .info("evidence", Info::Number(picture.item))
                        .info("imeis", Info::Number(imeis));
                    act.log(draft, Some(picture.ticket))?;
                }
            }
            Ok(())
        })
    }
}

/// What the barcodes of a file say, before it belongs to any ticket; `None` where it is no picture.
pub fn look_at(path: &Path) -> Result<Option<Seen>, Failure> {
    let (base, name) = folder_and_name(path)?;
    let file = intake::load(base, name, Caps::default());
    let file = file.map_err(|e| Failure::state(e.said()).at(path.display().to_string()))?;
    Ok(intake::look(&file.data, Caps::default()))
}

fn broken() -> Seen {
    Seen { doubt: Some(Doubt::Broken), ..Seen::default() }
}

/// Reads pictures side by side, one for each processor.
fn read_all(folder: &Folder, unread: &[Unread]) -> Vec<(Unread, Seen)> {
    let side_by_side = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(4);
    let share = unread.len().div_ceil(side_by_side).max(1);
    let read = |picture: &Unread| {
        let mut data = Vec::new();
        let most = Caps::default().bytes;
        let data = open_blob(&import::place(folder, &picture.sha256))
            .and_then(|file| file.take(most).read_to_end(&mut data))
            .map(|_| data);
        let seen = data.ok().and_then(|data| intake::look(&data, Caps::default())).unwrap_or_else(broken);
        (*picture, seen)
    };
    std::thread::scope(|scope| {
        let shares: Vec<_> = unread
            .chunks(share)
            .map(|share| scope.spawn(move || share.iter().map(read).collect::<Vec<_>>()))
            .collect();
        shares.into_iter().flat_map(|share| share.join().unwrap_or_default()).collect()
    })
}

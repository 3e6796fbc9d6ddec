//! Judging again whatever a change, a list or the clock has made stale, until nothing is.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::Folder;
use super::act::Act;
use super::check::{Looked, Stored};
use super::failure::Failure;
use crate::domain::{Region, Time};
use crate::store::desk::facts::Gatherer;
use crate::store::desk::overlay::DeskOverlay;
use crate::store::desk::tickets;
use crate::store::registry::Registry;
use crate::store::{self, FileKind, Purpose};

/// Rounds after which tickets that keep disturbing each other are left to the next look.
const MOST_ROUNDS: usize = 8;
/// Tickets judged again before the next are looked for.
const BATCH: usize = 10_000;
/// From so many on a second thread asks the lists; below that it would not be worth starting.
const MANY: usize = 256;
/// Tickets that travel together, and such bundles under way.
const TOGETHER: usize = 8;
const UNDER_WAY: usize = 8;

impl Act<'_> {
    /// Judges every open ticket that is out of date, until none is. `each` hears how many are done. The act must
    /// have released nothing and noticed nothing before: half of the work looks at the desk as it was.
    pub fn settle(&mut self, mut each: impl FnMut(usize)) -> Result<usize, Failure> {
        self.settle_while(|done| {
            each(done);
            true
        })
    }

    /// The same, as long as `go_on` says so; what was judged by then stays judged.
    pub fn settle_while(&mut self, mut go_on: impl FnMut(usize) -> bool) -> Result<usize, Failure> {
        let mut done = 0;
        let mut each = || {
            done += 1;
            done % 256 != 0 || go_on(done)
        };
        let mut desk = Gatherer::new(self.conn, self.policy, self.region())?;
        for _ in 0..MOST_ROUNDS {
            loop {
                let stale = tickets::out_of_date(self.conn, self.now, BATCH)?;
                let through = match stale.len() {
                    0 => return Ok(done),
                    1..MANY => self.one_by_one(&stale, &desk, &mut each)?,
                    _ => {
                        desk.for_many()?;
                        self.side_by_side(&stale, &desk, &mut each)?
                    }
                };
                if !through {
                    return Ok(done);
                }
                if stale.len() < BATCH {
                    break;
                }
            }
        }
        Ok(done)
    }

    fn one_by_one(
        &mut self,
        stale: &[i64],
        desk: &Gatherer<'_>,
        each: &mut impl FnMut() -> bool,
    ) -> Result<bool, Failure> {
        let region = self.region();
        let mut overlay = DeskOverlay::new(self.conn)?;
        for id in stale {
            let looked =
                self.stored(*id, desk)?.look(region, false, self.now, &mut self.registry, &mut overlay)?;
            self.recheck_looked(looked, desk)?;
            if !each() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A second thread gathers what the lists say while this one reads, judges and keeps.
    fn side_by_side(
        &mut self,
        stale: &[i64],
        desk: &Gatherer<'_>,
        each: &mut impl FnMut() -> bool,
    ) -> Result<bool, Failure> {
        let (ask, asked) = sync_channel(UNDER_WAY);
        let (tell, told) = sync_channel(UNDER_WAY);
        let (folder, region, now) = (self.folder, self.region(), self.now);
        let mut aside = match self.aside.take() {
            Some(opened) => opened,
            None => open_lists(folder)?,
        };
        let lists = &mut aside;
        let through = std::thread::scope(|scope| {
            // Ours in here: however this ends, nobody is left waiting.
            let (ask, told): (SyncSender<Vec<Stored>>, Receiver<_>) = (ask, told);
            let gather = move || {
                if let Err(failure) = look_up(folder, lists, region, now, &asked, &tell) {
                    let _ = tell.send(Err(failure));
                }
            };
            let started = std::thread::Builder::new().name("gather".to_owned()).spawn_scoped(scope, gather);
            started.map_err(|e| Failure::fault(format_args!("No second thread could be started: {e}.")))?;
            let mut bundles = stale.chunks(TOGETHER);
            let mut under_way = 0;
            loop {
                while under_way < UNDER_WAY
                    && let Some(ids) = bundles.next()
                {
                    let stored = ids.iter().map(|id| self.stored(*id, desk)).collect::<Result<_, _>>()?;
                    // Where nobody takes it up, the reason comes the other way.
                    let _ = ask.send(stored);
                    under_way += 1;
                }
                if under_way == 0 {
                    return Ok(true);
                }
                let bundle: Result<Vec<Looked>, Failure> =
                    told.recv().map_err(|_| Failure::fault("Gathering ended before the tickets did."))?;
                under_way -= 1;
                for looked in bundle? {
                    self.recheck_looked(looked, desk)?;
                    if !each() {
                        return Ok(false);
                    }
                }
            }
        });
        self.aside = Some(aside);
        through
    }
}

/// The lists, over a connection of its own.
pub(super) fn open_lists(folder: &Folder) -> Result<Registry, Failure> {
    Ok(Registry::new(store::open(&folder.registry_db(), Purpose::Read, FileKind::Registry)?.conn))
}

/// The second thread: over connections that nobody else uses, until nobody asks any more.
fn look_up(
    folder: &Folder,
    lists: &mut Registry,
    region: Region,
    now: Time,
    asked: &Receiver<Vec<Stored>>,
    tell: &SyncSender<Result<Vec<Looked>, Failure>>,
) -> Result<(), Failure> {
    let desk = store::open(&folder.desk_db(), Purpose::Read, FileKind::Desk)?.conn;
    let mut overlay = DeskOverlay::new(&desk)?;
    let mut reader = lists.begin()?;
    reader.for_many()?;
    for bundle in asked {
        let look = |stored: Stored| stored.look(region, false, now, &mut reader, &mut overlay);
        let looked = bundle.into_iter().map(look).collect();
        if tell.send(looked).is_err() {
            break;
        }
    }
    Ok(())
}

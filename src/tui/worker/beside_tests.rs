//! While a file of cases comes in, everything else at the desk goes on.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::desk::import::ImportOptions;
use crate::desk::lookup::Lead;
use crate::desk::{Desk, Failure, Folder, Options, init};
use crate::domain::{ListMode, Time};
use crate::env::Env;
use crate::tui::worker::import::Mode;
use crate::tui::worker::job::{Act, Found, Job, Report, Request};
use crate::tui::worker::screens::Ask;
use crate::tui::worker::{Open, Worker};

fn options(dir: &Path, agent: &str) -> Options {
    Options {
        folder: Folder::new(dir.join("desk")),
        agent: Some(agent.to_owned()),
        readonly: false,
        env: Env::fixed(Time::parse("2026-11-20T09:00:00Z").unwrap()),
        ask_passphrase: Box::new(|_| Err(Failure::refused("a rehearsal asks for no passphrase"))),
    }
}

/// A file of so many cases.
fn cases(dir: &Path, name: &str, count: usize) -> String {
    let mut text = "reference,request,claimant_email,access,account_id\n".to_owned();
    for n in 0..count {
        writeln!(text, "{name}-{n},login-recovery,{name}{n}@post.example,none,30{n:08}").unwrap();
    }
    let path = dir.join(format!("{name}.csv"));
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

struct House {
    dir: tempfile::TempDir,
    worker: Worker,
    inbox: Receiver<Report>,
}

impl House {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        init::init(options(dir.path(), "clara"), true).unwrap();
        let few = cases(dir.path(), "first", 3);
        Desk::open(options(dir.path(), "anna"))
            .unwrap()
            .import_cases(Path::new(&few), &ImportOptions::default(), &mut |_| true)
            .unwrap();
        let (reports, inbox) = channel();
        let at = dir.path().to_owned();
        let open: Open = Box::new(move |_| Desk::open(options(&at, "anna")));
        let worker = Worker::start(open, move |report| {
            let _ = reports.send(report);
        })
        .unwrap();
        Self { dir, worker, inbox }
    }

    fn ask(&self, no: u64, job: Job) {
        self.worker.ask(Request { no, job });
    }

    fn import(&self, no: u64, file: &str) {
        self.ask(
            no,
            Job::Screen(Ask::Import {
                file: file.to_owned(),
                content: None,
                list_mode: ListMode::Merge,
                mode: Mode::Whole,
            }),
        );
    }

    /// The next report about one of these requests.
    fn next(&self, about: impl Fn(&Report) -> bool) -> Report {
        loop {
            let report = self.inbox.recv_timeout(Duration::from_mins(1)).expect("the worker answers");
            if about(&report) {
                return report;
            }
        }
    }

    fn answered(&self) -> (u64, Result<Found, Failure>) {
        match self.next(|r| matches!(r, Report::Answer { .. })) {
            Report::Answer { no, result, .. } => (no, result),
            other => panic!("{other:?}"),
        }
    }

    fn begun(&self, no: u64) {
        self.next(|r| matches!(r, Report::Progress { no: of, .. } if *of == no));
    }
}

fn lookup(text: &str) -> Job {
    Job::Screen(Ask::Lookup { lead: Lead::typed(text), reveal: false })
}

#[test]
fn tickets_and_lookups_answer_while_a_file_comes_in_and_acts_wait_for_it() {
    let house = House::new();
    let file = cases(house.dir.path(), "many", 9_000);
    house.import(1, &file);
    house.begun(1);
    house.ask(2, Job::Act { id: 1, act: Act::Take { steal: None } });
    house.ask(3, Job::Ticket { id: 1 });
    house.ask(4, lookup("first0@post.example"));
    assert_eq!(house.next(|r| matches!(r, Report::Waits { .. })), Report::Waits { no: 2 });
    let mut order = Vec::new();
    for _ in 0..4 {
        let (no, result) = house.answered();
        assert!(result.is_ok(), "{no}: {result:?}");
        order.push(no);
    }
    assert_eq!(order, [3, 4, 1, 2], "reading first, then the import, then what waited for it");
    // What was looked up is in the log none the less.
    house.ask(5, Job::Screen(Ask::Log { filter: "lookup.read".to_owned() }));
    let (_, log) = house.answered();
    assert!(format!("{log:?}").contains("lookup.read"), "{log:?}");
    house.worker.end();
}

#[test]
fn what_the_log_is_owed_of_a_lookup_is_on_the_disk_before_the_answer() {
    let house = House::new();
    let at = house.dir.path().to_owned();
    let owed = || {
        let entries = std::fs::read_dir(at.join("desk/drafts/of-anna")).into_iter().flatten().flatten();
        entries.filter(|e| e.path().extension().is_some_and(|x| x == "looked")).count()
    };
    let file = cases(&at, "many", 9_000);
    house.import(1, &file);
    house.begun(1);
    house.ask(2, lookup("first0@post.example"));
    let (no, result) = house.answered();
    assert!(no == 2 && result.is_ok(), "{no}: {result:?}");
    assert_eq!(owed(), 1, "answered, and not logged yet: a kill now loses nothing");
    let saved = std::fs::read_dir(at.join("desk/drafts/of-anna")).unwrap().flatten().next().unwrap().path();
    let text = std::fs::read(&saved).unwrap();
    assert!(house.answered().1.is_ok());
    house.worker.end();
    assert_eq!(owed(), 0, "logged once the file was in");
    // As a kill would have left it: the next program at this desk logs it.
    std::fs::write(&saved, text).unwrap();
    let mut desk = Desk::open(options(&at, "anna")).unwrap();
    let before = desk.log_lines(50).unwrap().iter().filter(|(_, l)| l.contains("looked_at")).count();
    desk.log_owed();
    let after = desk.log_lines(50).unwrap().iter().filter(|(_, l)| l.contains("looked_at")).count();
    assert_eq!((before, after, owed()), (1, 2, 0));
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let house = House::new();
    let file = cases(house.dir.path(), "many", 9_000);
    house.import(1, &file);
    house.begun(1);
    house.worker.cancel(1);
    assert_eq!(
        house.next(|r| matches!(r, Report::Dropped { .. } | Report::Answer { .. })),
        Report::Dropped { no: 1 }
    );
    house.worker.end();
    let desk = Desk::open(options(house.dir.path(), "anna")).unwrap();
    assert_eq!(desk.next_ticket().unwrap(), 4);
}

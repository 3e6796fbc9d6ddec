//! `desk.db`: what the desk must never lose. Functions over one connection; every write runs inside the
//! transaction of its caller, together with the audit leaf that records it.

pub mod acts;
pub mod board;
pub mod case_files;
pub mod centres;
pub mod clock;
pub mod codes;
pub mod empty;
pub mod evidence;
pub mod facts;
pub mod granted;
pub mod graph;
pub mod heard;
pub mod journal;
pub mod kept;
pub mod leaves;
pub mod links;
pub mod looks;
pub mod mails;
pub mod new_links;
pub mod notices;
pub mod outbox;
pub mod outgoing;
pub mod overlay;
pub mod pictures;
pub mod queue;
pub mod reading;
pub mod report;
pub mod rings;
pub mod rows;
pub mod search;
pub mod settings;
pub mod signed;
pub mod stale;
pub mod tickets;
pub mod undo;

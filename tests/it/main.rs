//! The one integration binary: every file beside this one is a module of it.
// Helpers of tests stand outside `#[test]` functions; in both, a panic is the answer wanted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
// A table of snapshots is long and still read in one sitting.
#![allow(clippy::too_many_lines, clippy::format_push_string)]

mod arch;
mod cli_desk;
mod cli_eyes;
mod cli_global;
mod cli_grant;
mod cli_help;
mod cli_import;
mod cli_judge;
mod cli_people;
mod cli_reply;
mod cli_report;
mod cli_tickets;
mod cli_work;
mod desk_board;
mod desk_due;
mod desk_flow;
mod desk_outbox;
mod desk_rehearsal;
mod desk_states;
mod desk_undo;
mod import_attachments;
mod import_bad_inputs;
mod import_eyes;
mod import_lists;
mod import_properties;
mod judgement_wants;
mod pty_screenshots;
mod pty_storm;
mod pty_tui;
mod store_model;
mod store_open;
mod store_registry;
mod store_repairs;
mod terminal;
mod tui_desk_rooms;
mod tui_drafts;
mod tui_eyes;
mod tui_grants;
mod tui_hostile;
mod tui_import;
mod tui_log;
mod tui_look;
mod tui_lookup;
mod tui_mouse;
mod tui_queue;
mod tui_report;
mod tui_russian;
mod tui_screens;
mod tui_settings;
mod tui_undo;
mod tui_work;
mod words;

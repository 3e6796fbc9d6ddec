//! What may be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::domain::Channel;

/// The recovery desk: proof of ownership in, signed unbind and reset authorizations out
#[derive(Debug, Parser)]
#[command(name = "latchkey", version)]
pub struct Args {
    /// The desk's folder
    #[arg(long, global = true, env = "LATCHKEY_DESK", value_name = "DIR")]
    pub desk: Option<PathBuf>,
    /// Who acts
    #[arg(long, global = true, env = "LATCHKEY_AGENT", value_name = "NAME")]
    pub agent: Option<String>,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Change nothing
    #[arg(long, global = true)]
    pub readonly: bool,
    /// None: the screen
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a desk
    Init {
        /// Three agents with ready keys, a clock that can be set, and a keyset that opens nothing real
        #[arg(long)]
        rehearsal: bool,
    },
    /// Bring in a registry list or cases
    Import {
        list: String,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Show a ticket
    Show { ticket: String },
    /// One-time codes
    Code {
        #[command(subcommand)]
        what: Code,
    },
}

#[derive(Debug, Subcommand)]
pub enum Code {
    /// Send a code
    Send {
        ticket: String,
        channel: Channel,
        #[arg(long)]
        to: Option<String>,
    },
    /// Take a code that was read back
    Confirm { ticket: String, channel: Channel, code: String },
}

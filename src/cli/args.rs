//! What may be typed: the global options and the list of commands. Each command's own arguments stand in
//! its file under `commands/`; doc comments are the help text.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::commands as c;

/// Decide who gets a locked phone, tablet, band or account back: proof of ownership in, signed unbind and
/// reset authorizations out
#[derive(Debug, Parser)]
#[command(
    name = "latchkey",
    version,
    about = "Decide who gets a locked device or account back: proof of ownership in, signed authorizations out",
    after_help = "With no command the screens open. `latchkey help COMMAND` says more on each.\n\
        Exit codes: 0 done, 1 the data or the state does not allow it, 2 usage, 3 imported in part, \
        4 a verification failed, 5 refused by policy or role, 70 internal error.",
    max_term_width = 100,
    infer_long_args = false
)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The desk's folder [default: `$XDG_DATA_HOME/latchkey/desk`]
    #[arg(long, global = true, env = "LATCHKEY_DESK", hide_env_values = true, value_name = "DIR")]
    pub desk: Option<PathBuf>,
    /// Who acts [default: the only agent whose key is here]
    #[arg(long, global = true, env = "LATCHKEY_AGENT", hide_env_values = true, value_name = "NAME")]
    pub agent: Option<String>,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Change nothing; refuse what would
    #[arg(long, global = true)]
    pub readonly: bool,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: When,
    /// The language of the screens, and of `reply`; commands answer in English
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub lang: Option<Language>,
    /// Read passphrases from a file, one a line in the order they are asked for; `-` is standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// The key of encrypted databases: 64 hexadecimal digits (docs/encryption.md)
    #[arg(long, global = true, env = "LATCHKEY_DB_KEY_FILE", hide_env_values = true, value_name = "FILE")]
    pub db_key_file: Option<PathBuf>,
}

/// When something is done that depends on a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum When {
    #[default]
    Auto,
    Always,
    Never,
}

impl When {
    /// Whether the screens have colours; `None` leaves it to the environment.
    pub const fn on_screens(self) -> Option<bool> {
        match self {
            Self::Auto => None,
            Self::Always => Some(true),
            Self::Never => Some(false),
        }
    }
}

/// Languages of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    En,
    Ru,
}

impl From<Language> for crate::words::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::English,
            Language::Ru => Self::Russian,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Init(c::init::InitArgs),
    Demo(c::demo::DemoArgs),
    Import(c::import::ImportArgs),
    Lookup(c::lookup::LookupArgs),
    Search(c::search::SearchArgs),
    Links(c::links::LinksArgs),
    #[command(subcommand)]
    Registry(c::registry::RegistryCommand),
    Tickets(c::tickets::TicketsArgs),
    Show(c::show::ShowArgs),
    New(c::work::NewArgs),
    Note(c::work::NoteArgs),
    Take(c::work::TakeArgs),
    Release(c::work::ReleaseArgs),
    Wait(c::work::WaitArgs),
    #[command(subcommand)]
    Evidence(c::evidence::EvidenceCommand),
    Facts(c::facts::FactsArgs),
    #[command(subcommand)]
    Mail(c::mail::MailCommand),
    Merge(c::work::MergeArgs),
    Close(c::work::CloseArgs),
    Reopen(c::work::ReopenArgs),
    Undo(c::work::UndoArgs),
    #[command(subcommand)]
    Code(c::code::CodeCommand),
    #[command(subcommand)]
    Outbox(c::outbox::OutboxCommand),
    Reply(c::reply::ReplyArgs),
    #[command(subcommand)]
    Letters(c::reply::LettersCommand),
    Check(c::work::CheckArgs),
    Decide(c::decide::DecideArgs),
    Approve(c::decide::ApproveArgs),
    SendBack(c::decide::SendBackArgs),
    Object(c::decide::ObjectArgs),
    Clear(c::decide::ClearArgs),
    #[command(subcommand)]
    Notice(c::decide::NoticeCommand),
    Issue(c::issue::IssueArgs),
    Verify(c::verify::VerifyArgs),
    Redeem(c::issue::RedeemArgs),
    Speak(c::centres::SpeakArgs),
    Revoke(c::issue::RevokeArgs),
    Authorizations(c::issue::AuthorizationsArgs),
    #[command(subcommand)]
    Keyset(c::keyset::KeysetCommand),
    #[command(subcommand)]
    Revocations(c::issue::RevocationsCommand),
    #[command(subcommand)]
    Policy(c::policy::PolicyCommand),
    #[command(subcommand)]
    Audit(c::audit::AuditCommand),
    #[command(subcommand)]
    Centres(c::centres::CentresCommand),
    Centre(c::centres::CentreArgs),
    Witness(c::witness::WitnessArgs),
    Backup(c::backup::BackupArgs),
    Restore(c::backup::RestoreArgs),
    Doctor(c::doctor::DoctorArgs),
    Prune(c::prune::PruneArgs),
    Erase(c::erase::EraseArgs),
    Report(c::report::ReportArgs),
    Export(c::export::ExportArgs),
    #[command(subcommand)]
    Agents(c::agents::AgentsCommand),
    #[command(subcommand)]
    Config(c::config::ConfigCommand),
    Completions(c::completions::CompletionsArgs),
    Man(c::completions::ManArgs),
}

/// Takes one word of a fixed vocabulary, with the words in the help and in the completions.
macro_rules! word {
    ($t:ty) => {
        clap::builder::TypedValueParser::try_map(
            clap::builder::PossibleValuesParser::new(<$t>::ALL.iter().map(|w| w.as_str())),
            |text: String| text.parse::<$t>(),
        )
    };
}
pub(super) use word;

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_holds() {
        super::Args::command().debug_assert();
    }
}

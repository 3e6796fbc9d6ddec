//! Latchkey: the recovery desk. Proof of ownership in, signed unbind or reset authorizations out.
//!
//! The rooms of the house, from the ground up (`tests/it/arch.rs` keeps the order):
//!
//! - [`words`]: what the screens say, in every language; compiled in.
//! - [`domain`]: types that cannot be wrong once made; no IO, no clock.
//! - [`judgement`]: checks, proofs and the recommendation; pure functions.
//! - [`intake`]: bytes in, typed rows or located errors out.
//! - [`store`]: the only place that knows SQL.
//! - [`authority`]: keys, keysets, tokens and their verification.
//! - [`audit`]: leaves, the Merkle tree, checkpoints.
//! - [`desk`]: one use-case a file.
//! - [`cli`] and [`tui`]: two faces of the desk.

pub mod audit;
pub mod authority;
pub mod cli;
pub mod config;
pub mod desk;
pub mod domain;
pub mod env;
pub mod intake;
pub mod judgement;
pub mod store;
pub mod tui;
pub mod words;

/// A core file would hold keys, passphrases and people: a crash leaves none, whatever the shell or the machine wants.
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // Where one of the two is refused the other holds. The first is for files, the second for programs that take cores.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// The program: the command line, and the screens where no command is given.
pub fn run() -> std::process::ExitCode {
    leave_no_core();
    match cli::run() {
        cli::End::Code(code) => code,
        cli::End::Screens(screens) => {
            let options = tui::TuiOptions {
                open: screens.open,
                env: screens.env,
                language: screens.language,
                colours: screens.colours,
            };
            tui::run(options)
                .map_or_else(|failure| cli::failed(&failure), |()| std::process::ExitCode::SUCCESS)
        }
    }
}

//! See the crate's front page.

/// Opens the screens on a desk.
pub fn run(_desk: Box<crate::desk::Desk>) -> std::process::ExitCode {
    use std::io::Write as _;
    let _ = writeln!(
        std::io::stderr(),
        "error: The screens are not there yet.\nHint: `latchkey help` lists the commands."
    );
    std::process::ExitCode::from(70)
}

//! The site's own command: an argument list, no shell, the message on its standard input.

use std::io::{Read as _, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::carry::Refusal;
use crate::words::Phrase;

/// How often a running command is looked at.
const LOOK: Duration = Duration::from_millis(10);
/// What is kept of what a command says of its failure.
const MOST_SAID: u64 = 2048;
/// How long we wait for that once the command has ended: a child of its own may hold the pipe open.
const LISTEN: Duration = Duration::from_millis(200);
/// `sysexits.h`: the data are wrong, there is no such addressee. No further try would help.
const FINAL: [i32; 2] = [65, 67];

/// Runs `command` with `payload` on its standard input, one line: what comes without its end was cut off by a kill of
/// ours, and the command must not take it. The command is
/// ended with all its children when it takes too long.
/// What it acknowledges by ending with 0 is sent.
pub(super) fn run(
    command: &[String],
    fill: impl Fn(&str) -> String,
    payload: Vec<u8>,
    timeout: Duration,
) -> Result<(), Refusal> {
    let Some((program, args)) = command.split_first() else {
        return Err(Refusal::later(Phrase::of("leaving-no-command")));
    };
    let mut child = Command::new(program)
        .args(args.iter().map(|arg| fill(arg)))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        // A group of its own: it is ended with whatever it started, and Ctrl+C at the desk is not its business.
        .process_group(0)
        .spawn()
        .map_err(|e| {
            Refusal::later(Phrase::of("leaving-unrun").with("program", program.as_str()).with("why", &e))
        })?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that reads nothing must not stop us; one that ends early gets as much as it wanted.
        std::thread::spawn(move || stdin.write_all(&payload));
    }
    let (tell, said) = mpsc::channel();
    if let Some(stderr) = child.stderr.take() {
        std::thread::spawn(move || {
            let (mut text, mut stderr) = (Vec::new(), stderr);
            let _ = stderr.by_ref().take(MOST_SAID).read_to_end(&mut text);
            let _ = tell.send(String::from_utf8_lossy(&text).into_owned());
            // The rest is read and forgotten: a full pipe would stop the command.
            let _ = std::io::copy(&mut stderr, &mut std::io::sink());
        });
    }
    let ended = wait(&mut child, timeout);
    let said = || said.recv_timeout(LISTEN).unwrap_or_default();
    match ended {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(Refusal { why: words(status, &said()), last: is_final(status) }),
        Ok(None) => {
            Err(Refusal::later(Phrase::of("leaving-timeout").with("seconds", timeout.as_secs().to_string())))
        }
        Err(e) => Err(Refusal::later(Phrase::of("leaving-unwaited").with("why", &e))),
    }
}

/// Waits for the command's end; `None` where it had to be ended.
fn wait(child: &mut Child, timeout: Duration) -> std::io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + timeout;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
            if group.is_none_or(|group| kill_process_group(group, Signal::KILL).is_err()) {
                child.kill()?;
            }
            // It may have ended at the last moment, and what it said then counts.
            let status = child.wait()?;
            return Ok(status.success().then_some(status));
        }
        std::thread::sleep(LOOK);
    }
}

fn is_final(status: ExitStatus) -> bool {
    status.code().is_some_and(|code| FINAL.contains(&code))
}

/// How it ended, and the first line of what it said.
fn words(status: ExitStatus, said: &str) -> Phrase {
    let line = said.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.map_or_else(String::new, |line| format!(": {line}"));
    match (status.code(), status.signal()) {
        (Some(code), _) => Phrase::of("leaving-ended").with("code", code.to_string()),
        (None, signal) => Phrase::of("leaving-signal").with("signal", signal.unwrap_or(0).to_string()),
    }
    .with("said", line)
}

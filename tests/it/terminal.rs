//! The real program in a real terminal: keys in at one end, a screen read at the other.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::desk_rehearsal::Rehearsal;

/// Whether something comes true within a minute: a machine that does much besides is slow, and nothing here is timed.
pub fn soon(mut there: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + Duration::from_mins(1);
    while !there() {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}

fn cells(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).unwrap()
}

/// What begins and ends a drawing of the screen.
const BEGINS: &[u8] = b"\x1b[?2026h";
const DRAWN: &[u8] = b"\x1b[?2026l";

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn std::io::Write + Send>,
    reader: Option<std::thread::JoinHandle<()>>,
    pub screen: Arc<Mutex<vt100::Parser>>,
    pub raw: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    pub fn start(world: &Rehearsal, set: &[(&str, &str)], args: &[&str]) -> Self {
        Self::start_at(&world.folder(), set, args)
    }

    pub fn start_at(desk: &Path, set: &[(&str, &str)], args: &[&str]) -> Self {
        Self::start_sized((80, 24), desk, set, args)
    }

    /// In a window of so many columns and lines; paths that are typed begin at the desk's folder.
    pub fn start_sized((cols, rows): (u16, u16), desk: &Path, set: &[(&str, &str)], args: &[&str]) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_latchkey"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", desk);
        command.cwd(desk);
        command.env("LATCHKEY_NOW", "2026-11-20T09:00:00Z");
        for (name, value) in set {
            command.env(name, value);
        }
        command.arg("--desk");
        command.arg(desk);
        command.args(args);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(rows), cells(cols), 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (to_screen, to_raw) = (Arc::clone(&screen), Arc::clone(&raw));
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            let mut held = Vec::new();
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                held.extend_from_slice(&bytes[..count]);
                to_raw.lock().unwrap().extend_from_slice(&bytes[..count]);
                // A frame that is not there yet as a whole is not shown, as terminals do it.
                let begun = held.windows(BEGINS.len()).rposition(|w| w == BEGINS);
                let ended = held.windows(DRAWN.len()).rposition(|w| w == DRAWN);
                let open = begun.filter(|at| ended.is_none_or(|end| end < *at));
                let cut = held.iter().rposition(|b| *b == 0x1b).filter(|at| BEGINS.starts_with(&held[*at..]));
                let whole = open.or(cut).unwrap_or(held.len());
                to_screen.lock().unwrap().process(&held[..whole]);
                held.drain(..whole);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, writer, reader: Some(reader), screen, raw }
    }

    /// Kills the program as no program can prevent it; what a person saw last.
    pub fn cut(mut self) -> String {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::KILL).unwrap();
        assert_ne!(self.code(), 0);
        self.reader.take().unwrap().join().unwrap();
        self.text()
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Changes the window's size.
    pub fn resize(&self, cols: u16, rows: u16) {
        self.screen.lock().unwrap().screen_mut().set_size(cells(rows), cells(cols));
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Waits until the screen shows a text; only then is the next key sent.
    pub fn see(&self, text: &str) -> String {
        let mut shown = String::new();
        let there = soon(|| {
            shown = self.text();
            shown.contains(text)
        });
        assert!(there, "{text:?} never came:\n{shown}");
        shown
    }

    /// Waits until a text is off the screen.
    pub fn gone(&self, text: &str) {
        assert!(soon(|| !self.text().contains(text)), "{text:?} never went:\n{}", self.text());
    }

    /// Sends a key, and waits until the screen has been drawn since.
    pub fn press(&mut self, key: &str) {
        let drawn = |t: &Self| {
            let raw = t.raw.lock().unwrap();
            raw.windows(DRAWN.len()).filter(|w| *w == DRAWN).count()
        };
        let before = drawn(self);
        self.send(key);
        assert!(soon(|| drawn(self) > before), "{key:?} changed nothing:\n{}", self.text());
    }

    pub fn code(&mut self) -> u32 {
        let mut code = None;
        let ended = soon(|| {
            code = self.child.try_wait().unwrap().map(|status| status.exit_code());
            code.is_some()
        });
        assert!(ended, "it never ended:\n{}", self.text());
        code.unwrap()
    }

    /// Whether the terminal was given back: the main screen, the cursor, no bracketed paste.
    pub fn given_back(&self) {
        let taken = || {
            let parser = self.screen.lock().unwrap();
            let s = parser.screen();
            s.alternate_screen() || s.hide_cursor() || s.bracketed_paste()
        };
        // What it wrote last may not have been read yet.
        soon(|| !taken());
        let parser = self.screen.lock().unwrap();
        assert!(!parser.screen().alternate_screen(), "still on the alternate screen");
        assert!(!parser.screen().hide_cursor(), "the cursor is hidden");
        assert!(!parser.screen().bracketed_paste(), "pastes are still bracketed");
        let mouse = parser.screen().mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None, "clicks are still reported");
        let raw = self.raw.lock().unwrap();
        let left = raw.windows(8).filter(|w| w == b"\x1b[?1049l").count();
        assert_eq!(left, 1, "the terminal is given back once");
    }

    pub fn pid(&self) -> rustix::process::Pid {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::Pid::from_raw(pid).unwrap()
    }
}

//! The real program in a real terminal: keys in at one end, a screen read at the other.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::desk_rehearsal::Rehearsal;

pub fn cells(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).unwrap()
}

pub struct Terminal {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub writer: Box<dyn std::io::Write + Send>,
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
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                to_screen.lock().unwrap().process(&bytes[..count]);
                to_raw.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, writer, screen, raw }
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Waits until the screen shows a text; only then is the next key sent.
    pub fn see(&self, text: &str) -> String {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = self.text();
            if shown.contains(text) {
                return shown;
            }
            assert!(Instant::now() < until, "{text:?} never came:\n{shown}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until a text is off the screen.
    pub fn gone(&self, text: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        while self.text().contains(text) {
            assert!(Instant::now() < until, "{text:?} never went:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn code(&mut self) -> u32 {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < until, "it never ended:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether the terminal was given back: the main screen, the cursor, no bracketed paste.
    pub fn given_back(&self) {
        std::thread::sleep(Duration::from_millis(100));
        let parser = self.screen.lock().unwrap();
        assert!(!parser.screen().alternate_screen(), "still on the alternate screen");
        assert!(!parser.screen().hide_cursor(), "the cursor is hidden");
        assert!(!parser.screen().bracketed_paste(), "pastes are still bracketed");
        let raw = self.raw.lock().unwrap();
        let left = raw.windows(8).filter(|w| w == b"\x1b[?1049l").count();
        assert_eq!(left, 1, "the terminal is given back once");
    }

    pub fn pid(&self) -> rustix::process::Pid {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::Pid::from_raw(pid).unwrap()
    }
}

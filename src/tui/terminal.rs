//! The terminal, taken and given back: once, whatever ends the program.

use std::io::{self, Stdout, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::app::Model;
use super::{input, view};

/// Whether the terminal is ours now; the guard and the panic hook both give it back, and only one may.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the program has it.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
    /// The picture that the last drawing left on the screen.
    pictured: Option<view::Pictured>,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste.
    pub fn take() -> io::Result<Self> {
        enter()?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout())).inspect_err(|_| give_back())?;
        Ok(Self { terminal, mouse: false, pictured: None })
    }

    /// Columns and lines.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws the model, as one update that the terminal shows whole.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        queue!(io::stdout(), BeginSynchronizedUpdate)?;
        let pictured = view::pictured(model);
        if self.pictured != pictured && self.pictured.take().is_some() {
            // Not every terminal (Konsole) takes a picture away where letters are written over it.
            queue!(io::stdout(), Clear(ClearType::All))?;
            self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        }
        self.pictured = pictured;
        self.terminal.draw(|frame| {
            let area: Rect = frame.area();
            if let Some(cursor) = view::draw(model, area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(io::stdout(), EndSynchronizedUpdate)
    }

    /// Takes clicks and the wheel, or leaves them to the terminal, which selects text with them.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        listen(on)
    }

    /// Hands a text to the terminal's clipboard; whether it took it cannot be known.
    pub fn copy(text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Lends the terminal to what `work` starts, and takes it back however that ends.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        let loan = input::Loan::take();
        give_back();
        let done = work();
        enter()?;
        listen(self.mouse)?;
        drop(loan);
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(done)
    }

    /// Puts the program aside until the shell brings it back.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        enter()?;
        listen(self.mouse)?;
        // A fresh one draws every cell. `Terminal::clear` would ask the terminal where its cursor is, and the
        // thread that reads keys would take the answer.
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste).inspect_err(|_| give_back())
}

/// Presses and the wheel, reported in numbers (SGR). Not every move of the pointer, which crossterm's own command
/// would also ask for: over SSH each would be a packet that nobody reads.
fn listen(on: bool) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(if on { b"\x1b[?1000h\x1b[?1006h" } else { b"\x1b[?1006l\x1b[?1000l" })?;
    out.flush()
}

/// Sends colours although `NO_COLOR` is set: the command line stands above it.
pub fn force_colours() {
    crossterm::style::force_color_output(true);
}

/// Gives the terminal back, if it is ours.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Each step for itself: a terminal that is gone must not keep the next from being tried.
        let _ = execute!(io::stdout(), EndSynchronizedUpdate);
        let _ = listen(false);
        let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
        let _ = io::stdout().flush();
    }
}

/// Sees to it that a panic of the UI thread is read on a sane terminal. A panic of another thread is
/// reported by whoever waits for it; printed here it would garble a living screen.
pub fn hook_panics(ui: ThreadId) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == ui {
            give_back();
            before(info);
        } else if !TAKEN.load(Ordering::SeqCst) {
            before(info);
        }
    }));
}

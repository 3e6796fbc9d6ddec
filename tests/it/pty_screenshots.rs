//! The pictures in the README: the real program in a real terminal, drawn as SVG. They are compared on every run, so
//! they cannot go stale; `LATCHKEY_SCREENS=write cargo test --test it screenshots` draws them anew.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use latchkey::desk::demo;
use latchkey::domain::{Channel, Recommendation};

use crate::terminal::{Terminal, soon};

const COLS: u16 = 100;
const LINES: u16 = 30;
/// A cell's width and height, and the edge around all of them.
const CELL: (u16, u16) = (8, 17);
const EDGE: u16 = 12;
const PAPER: &str = "#16191f";
const INK: &str = "#d7dae0";
/// The sixteen colours of the terminal that is drawn.
const COLOURS: [&str; 16] = [
    "#16191f", "#f0717a", "#8cc570", "#e6bf69", "#6cb1f2", "#cf8ee0", "#56bcc8", "#c3c8d1", "#6b7280",
    "#ff8b93", "#a5db8a", "#f5d48a", "#8ac4ff", "#e0a8ef", "#73d3de", "#ffffff",
];

/// A screen: its file's name, who looks at it, the keys that lead there and what shows that each has been taken.
type Shot = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SHOTS: &[Shot] = &[
    ("queue", "anna", &[("", "R-14"), ("jj", "R-04")]),
    ("ticket", "anna", &[("", "R-14"), ("8", "R-01"), ("\x1b[F", "R-14"), ("\r", "Claim and registry")]),
    ("approver", "boris", &[("", "R-02"), ("\r", "Claim and registry")]),
    ("lookup", "anna", &[("", "R-14"), ("\x1bOQ", "Lookup"), ("860123450007017\r", "2 tickets")]),
    (
        "import",
        "clara",
        // The folder's entries say that the line holds its path, which what is typed then goes on from.
        &[("", "R-14"), ("\x1bOS", "inbox/"), ("inbox/monday.csv\t", "/inbox/monday"), ("\r", "Read around")],
    ),
    ("report", "clara", &[("", "R-14"), ("\x1b[18~", "Report")]),
];

/// The demonstration's desk with some work done: one authorization out, one case waiting for a second yes.
fn worked(folder: &Path) {
    let now = demo::PRESENT;
    demo::fill(folder, now).unwrap();
    let mut anna = demo::open(folder, "anna", now).unwrap();
    let code = anna.send_code("R-01", Channel::Sim, None).unwrap().code.unwrap();
    anna.confirm_code("R-01", Channel::Sim, &code).unwrap();
    anna.decide("R-01", Recommendation::Approve, None, false).unwrap();
    anna.issue("R-01", None, None).unwrap();
    anna.decide("R-02", Recommendation::ApproveSecond, None, false).unwrap();
    std::fs::create_dir(folder.join("inbox")).unwrap();
    std::fs::write(folder.join("inbox/monday.csv"), include_str!("../../fixtures/bad/cases-mixed.csv"))
        .unwrap();
}

#[test]
fn the_screenshots_show_the_program_as_it_is() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screens");
    let write = std::env::var("LATCHKEY_SCREENS").is_ok_and(|v| v == "write");
    // A folder of another name each time, shown under one that is as long.
    let world = tempfile::Builder::new().prefix("desk-").tempdir_in("/tmp").unwrap();
    let folder = world.path().join("desk");
    let picture = |t: &Terminal| picture(t).replace(&world.path().display().to_string(), "/home/clara/work");
    worked(&folder);
    let mut stale = Vec::new();
    for (name, agent, keys) in SHOTS {
        let mut t = Terminal::start_sized((COLS, LINES), &folder, &[("TZ", "UTC")], &["--agent", agent]);
        for (send, shows) in *keys {
            t.send(send);
            t.see(shows);
        }
        let path = kept.join(format!("{name}.svg"));
        if write {
            std::fs::create_dir_all(&kept).unwrap();
            std::fs::write(&path, at_rest(&t, &picture, "")).unwrap();
        } else {
            let wanted = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            if at_rest(&t, &picture, &wanted) != wanted {
                stale.push(format!("docs/screens/{name}.svg shows no longer this:\n{}", t.text()));
            }
        }
        t.send("\x11");
        assert_eq!(t.code(), 0, "{name}");
    }
    let redraw = "LATCHKEY_SCREENS=write cargo test --test it screenshots";
    assert!(stale.is_empty(), "{}\n\nDraw them anew with: {redraw}", stale.join("\n\n"));
}

/// The picture as soon as it is the one that is wanted; else once nothing has changed in it for so long that what was
/// asked of the desk is there and what goes by itself has gone.
fn at_rest(t: &Terminal, picture: &dyn Fn(&Terminal) -> String, wanted: &str) -> String {
    let (mut last, mut since) = (String::new(), Instant::now());
    let quiet = soon(|| {
        let now = picture(t);
        if now != last {
            (last, since) = (now, Instant::now());
        }
        last == wanted || since.elapsed() > Duration::from_secs(20)
    });
    assert!(quiet, "it never comes to rest:\n{}", t.text());
    last
}

/// How a cell is drawn: letter, ground, bold, faint, underlined.
type Look = (String, String, bool, bool, bool);

fn look(cell: &vt100::Cell) -> Look {
    let colour = |c: vt100::Color, default: &str| match c {
        vt100::Color::Default => default.to_owned(),
        vt100::Color::Idx(i) => (*COLOURS.get(usize::from(i)).expect("one of the sixteen")).to_owned(),
        vt100::Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    };
    let (ink, ground) = (colour(cell.fgcolor(), INK), colour(cell.bgcolor(), PAPER));
    let (ink, ground) = if cell.inverse() { (ground, ink) } else { (ink, ground) };
    (ink, ground, cell.bold(), cell.dim(), cell.underline())
}

fn picture(t: &Terminal) -> String {
    let (width, height) = (COLS * CELL.0 + 2 * EDGE, LINES * CELL.1 + 2 * EDGE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"13\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    let parser = t.screen.lock().unwrap();
    for y in 0..LINES {
        let line: Vec<(u16, &vt100::Cell)> = (0..COLS)
            .map(|x| (x, parser.screen().cell(y, x).unwrap()))
            .filter(|(_, cell)| !cell.is_wide_continuation())
            .collect();
        for run in line.chunk_by(|a, b| look(a.1) == look(b.1)) {
            draw(&mut svg, y, run);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Draws neighbours that look alike: their ground, then every word at its own place.
fn draw(svg: &mut String, y: u16, run: &[(u16, &vt100::Cell)]) {
    let (ink, ground, bold, faint, underlined) = look(run[0].1);
    let end = |(x, cell): &(u16, &vt100::Cell)| x + if cell.is_wide() { 2 } else { 1 };
    let (left, right) = (EDGE + run[0].0 * CELL.0, EDGE + end(&run[run.len() - 1]) * CELL.0);
    let (top, across) = (EDGE + y * CELL.1, right - left);
    if ground != PAPER {
        let high = CELL.1;
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{across}\" height=\"{high}\" fill=\"{ground}\"/>"
        );
    }
    if underlined {
        let under = top + CELL.1 - 2;
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{under}\" width=\"{across}\" height=\"1\" fill=\"{ink}\"/>"
        );
    }
    let mut style = format!(" fill=\"{ink}\"");
    style.push_str(if bold { " font-weight=\"bold\"" } else { "" });
    style.push_str(if faint { " opacity=\"0.6\"" } else { "" });
    for word in run.split(|(_, cell)| cell.contents().trim().is_empty()).filter(|word| !word.is_empty()) {
        let text: String = word.iter().map(|(_, cell)| cell.contents()).collect();
        if let Some(eighths) = bars(&text) {
            for ((cell, _), eighths) in word.iter().zip(eighths) {
                let (x, high) = (EDGE + cell * CELL.0, CELL.1 * eighths / 8);
                let y = top + CELL.1 - high;
                let wide = CELL.0;
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" shape-rendering=\"crispEdges\"{style}/>"
                );
            }
            continue;
        }
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let (x, base) = (EDGE + word[0].0 * CELL.0, top + 13);
        let long = EDGE + end(&word[word.len() - 1]) * CELL.0 - x;
        let fit = format!("textLength=\"{long}\" lengthAdjust=\"spacingAndGlyphs\"");
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{base}\" {fit}{style}>{text}</text>");
    }
}

/// The heights of a chart's blocks in eighths of a line, where a word is made of them: letters would leave gaps.
fn bars(word: &str) -> Option<Vec<u16>> {
    word.chars()
        .map(|c| u16::try_from(u32::from(c).checked_sub(0x2580)?).ok().filter(|n| (1..=8).contains(n)))
        .collect()
}

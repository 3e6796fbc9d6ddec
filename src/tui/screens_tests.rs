//! The screens beside the queue as a pure machine: what is asked, what is stopped, where Esc leads.

use super::app::key::Key;
use super::app::screens::Screen;
use super::app::screens::import::Phase;
use super::app::{Effect, Model, Msg, update};
use super::theme::Theme;
use super::worker::screens::Ask;
use super::worker::{Job, Mode, Report, Request, Step};
use crate::desk::Failure;
use crate::domain::{ListMode, Time};

const NOW: Time = Time(1_795_165_200);

fn press(model: &mut Model, key: &str) -> Vec<Effect> {
    update(model, Msg::Key(Key::parse(key).expect("a key")))
}

/// A model whose import screen looks a file through, and the number of that request.
fn importing() -> (Model, u64) {
    let mut model = Model::new((80, 24), Theme::Ansi);
    press(&mut model, "f4");
    model.screens.import.file = "/inbox/cases.csv".into();
    model.screens.import.phase = Phase::Looked;
    let effects = press(&mut model, "tab");
    let no = effects.iter().find_map(|e| match e {
        Effect::Ask(Request { no, job: Job::Screen(Ask::Import { mode: Mode::Dry, .. }) }) => Some(*no),
        _ => None,
    });
    (model, no.expect("it is looked through"))
}

#[test]
fn an_import_is_stopped_by_escape_and_the_screen_stays() {
    let (mut model, no) = importing();
    assert_eq!(model.screens.import.phase, Phase::Working(Mode::Dry));
    let effects = press(&mut model, "esc");
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped)] if *stopped == no));
    update(&mut model, Msg::Report(Report::Dropped { no }));
    assert_eq!((model.screens.at, model.screens.import.phase), (Screen::Import, Phase::Pick));
    press(&mut model, "esc");
    assert_eq!(model.screens.at, Screen::Queue);
}

#[test]
fn what_has_landed_cannot_be_stopped_any_more() {
    let (mut model, no) = importing();
    let step = Step { done: 9, of: Some(9), rows: 9, settling: true };
    update(&mut model, Msg::Report(Report::Progress { no, step }));
    let effects = press(&mut model, "esc");
    assert!(effects.is_empty(), "{effects:?}");
    assert!(model.toast.as_ref().is_some_and(|t| !t.good), "it says why");
    assert_eq!(model.screens.at, Screen::Import);
}

#[test]
fn a_failed_import_says_why_on_its_own_screen() {
    let (mut model, no) = importing();
    let job = Job::Screen(Ask::Import {
        file: "/inbox/cases.csv".into(),
        content: None,
        list_mode: ListMode::Merge,
        mode: Mode::Dry,
    });
    let result = Err(Failure::state("The header is wrong."));
    update(&mut model, Msg::Report(Report::Answer { no, job, result, now: NOW }));
    assert_eq!(model.screens.import.phase, Phase::Looked);
    assert!(model.screens.import.problem.is_some() && model.trouble().is_none());
}

#[test]
fn escape_leads_back_through_the_screens_as_they_were_called() {
    let mut model = Model::new((80, 24), Theme::Ansi);
    for (key, screen) in [("f6", Screen::Registry), ("f9", Screen::Agents), ("f10", Screen::Policy)] {
        press(&mut model, key);
        assert_eq!(model.screens.at, screen);
    }
    // To call one that was called before is to go back to it.
    press(&mut model, "f6");
    press(&mut model, "esc");
    assert_eq!(model.screens.at, Screen::Queue);
    press(&mut model, "ctrl+g");
    press(&mut model, "y");
    assert_eq!(model.screens.at, Screen::Registry);
    press(&mut model, "q");
    assert_eq!(model.screens.at, Screen::Queue);
}

//! The form of a decision: what may be decided, what follows from it, and what it takes.

use super::form::{Choice, Field, Form, Purpose, Rule};
use super::forms::{named, sentence};
use super::model::Model;
use crate::domain::{Outcome, Recommendation, Request};
use crate::judgement::Check;
use crate::tui::data::TicketView;
use crate::tui::terms::{self, Term as _};
use crate::tui::theme::Tone;
use crate::words::{Language, say, say_with};

/// What a decision leads to.
fn consequence(l: Language, word: Recommendation, cooldown: i64) -> String {
    let id = match word {
        Recommendation::Approve => "form-then-approve",
        Recommendation::ApproveSecond => return say_with(l, "form-then-second", &[("n", cooldown.into())]),
        Recommendation::Ask => "form-then-ask",
        Recommendation::Refer => "form-then-refer",
        Recommendation::Hold => "form-then-hold",
        Recommendation::Investigate => "form-then-investigate",
        Recommendation::Guide => "form-then-guide",
        Recommendation::Refuse => "form-then-refuse",
    };
    say(l, id).into()
}

/// Whether deciding this word hands over more than is recommended.
pub fn overrides(case: &TicketView, word: Recommendation) -> bool {
    let level = |w: Recommendation| match w {
        Recommendation::Approve => 0,
        Recommendation::ApproveSecond => 1,
        _ => 3,
    };
    word.grants() && level(word) < level(case.judgement.recommendation)
}

/// Why a word can never be decided on this case.
fn forbidden(l: Language, case: &TicketView, word: Recommendation) -> Option<String> {
    if word.grants() && case.row.request.op().is_none() && case.row.request != Request::LostReport {
        return Some(say(l, "form-never-guidance").into());
    }
    if !overrides(case, word) {
        return None;
    }
    let failed = |check| case.judgement.finding(check).is_some_and(|f| f.outcome == Outcome::Fail);
    let stands = [
        (case.judgement.recommendation == Recommendation::Investigate, "form-never-investigate"),
        (failed(Check::DeviceNotice), "form-never-notice"),
        (failed(Check::DeviceLostMode), "form-never-lost-mode"),
        (case.objected, "form-never-objected"),
    ];
    stands.iter().find(|(is, _)| *is).map(|(_, why)| say(l, why).to_owned())
}

pub fn decide(model: &Model, case: &TicketView) -> Form {
    let l = model.language;
    let best = case.judgement.recommendation;
    let mut words = vec![best];
    words.extend(Recommendation::ALL.iter().copied().filter(|w| *w != best));
    let options = words
        .into_iter()
        .map(|word| {
            let label = match word {
                _ if word == best => say_with(l, "form-recommended", &[("word", word.said(l).into())]),
                _ if overrides(case, word) => say_with(l, "form-override", &[("word", word.said(l).into())]),
                _ => word.said(l).to_owned(),
            };
            Choice { value: word.to_string(), label, refused: forbidden(l, case, word) }
        })
        .collect();
    let mut form = Form::new(
        Purpose::Decide,
        case.row.id,
        named(l, "form-decide-title", &case.row.name),
        say(l, "form-decide"),
    )
    .field(Field::choice("word", say(l, "form-decision"), options))
    .field(Field::text("reason", say(l, "form-reason"), Rule::Free));
    for reason in case.judgement.because.iter().take(4) {
        form = form.say(Tone::Plain, sentence(l, case, reason));
    }
    retell(model, case, &mut form);
    form
}

/// What the form says follows from the word chosen; said anew whenever that changes.
pub fn retell(model: &Model, case: &TicketView, form: &mut Form) {
    if form.purpose != Purpose::Decide {
        return;
    }
    let l = model.language;
    let Ok(word) = form.value("word").parse::<Recommendation>() else { return };
    form.says.retain(|(tone, _)| *tone == Tone::Plain);
    let cooldown = model.seat.as_ref().map_or(72, |s| s.cooldown_hours);
    if overrides(case, word) {
        let best = case.judgement.recommendation.said(l);
        let text = say_with(l, "form-overrides", &[("best", best.into())]);
        form.says.push((Tone::Bad, text));
    }
    let word = if overrides(case, word) { Recommendation::ApproveSecond } else { word };
    form.says.push((Tone::Info, consequence(l, word, cooldown)));
    let needed = word != case.judgement.recommendation || overrides(case, word);
    let needed = needed
        && !(word == Recommendation::ApproveSecond
            && case.judgement.recommendation == Recommendation::Approve);
    if let Some(field) = form.fields.iter_mut().find(|f| f.key == "reason") {
        field.rule = if needed { Rule::Needed } else { Rule::Free };
        field.label = say(l, if needed { "form-reason" } else { "form-reason-free" }).into();
    }
    let said = terms::parsed::<Recommendation>(l, form.value("word")).into_owned();
    form.submit = say_with(l, "form-decide-word", &[("word", said.into())]);
}

//! What mails offer on the screen: the form in which an agent says what something is, or puts it aside.

use super::Effect;
use super::action::Action;
use super::form::{Choice, Field, Form, Purpose};
use super::forms::named;
use super::look::Pick;
use super::model::{Model, Open};
use super::update::toast;
use crate::desk::mail::Offer;
use crate::domain::{EvidenceKind, OfferState, Request};
use crate::tui::data::TicketView;
use crate::tui::terms::Term as _;
use crate::tui::theme::Tone;
use crate::tui::view::mail::{kind, value, what_of};
use crate::tui::worker::Act;
use crate::words::{Language, say, say_with};

/// The choice that puts an offer aside.
const ASIDE: &str = "-";

/// The offers of a ticket, in the order of its screen, each with whether its mail answers a message to the owner.
fn offers(case: &TicketView) -> impl Iterator<Item = (&Offer, bool)> {
    case.mails.iter().flat_map(|mail| mail.offers.iter().map(|offer| (offer, mail.notice)))
}

/// How many nobody has said anything of.
pub fn open_offers(case: &TicketView) -> usize {
    offers(case).filter(|(o, _)| o.state == OfferState::Offered).count()
}

/// The first offer that nobody has said anything of.
fn first_open(case: &TicketView) -> Option<i64> {
    offers(case).find(|(o, _)| o.state == OfferState::Offered).map(|(o, _)| o.id)
}

fn state(case: &TicketView, id: i64) -> Option<OfferState> {
    offers(case).find(|(o, _)| o.id == id).map(|(o, _)| o.state)
}

fn selected(model: &Model) -> Option<i64> {
    match model.open.as_ref()?.look.at {
        Some(Pick::Offer(id)) => Some(id),
        _ => None,
    }
}

/// Whether there is something to be said of an offer; else the id of why not.
pub(super) fn why_not(model: &Model) -> Option<&'static str> {
    let none = selected(model).is_none() && model.case().and_then(|case| first_open(case)).is_none();
    none.then_some("mail-why-none")
}

/// Goes to the first open offer, so that its mail is read before anything is said of it; from there, to its form.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(case) = model.case().cloned() else { return Vec::new() };
    let at = selected(model);
    let open = at.is_some_and(|id| state(&case, id) == Some(OfferState::Offered));
    if let Some(first) = first_open(&case).filter(|_| !open) {
        if let Some(open) = &mut model.open {
            open.look.at = Some(Pick::Offer(first));
        }
        super::look::show_selected(model);
        return Vec::new();
    }
    at.map_or_else(Vec::new, |id| self::open(model, id))
}

/// Opens the form of an offer.
pub(super) fn open(model: &mut Model, id: i64) -> Vec<Effect> {
    if let Err(why) = super::enabled::enabled(model, Action::ConfirmOffer) {
        toast(model, false, why);
        return Vec::new();
    }
    let Some(case) = model.case().cloned() else { return Vec::new() };
    let Some((offer, notice)) = offers(&case).find(|(o, _)| o.id == id) else { return Vec::new() };
    let form = form(model.language, &case, offer, notice);
    super::do_action::show_form(model, form);
    Vec::new()
}

/// Once something is said of the selected offer, the next open one is selected, or none; says whether it was so.
pub(super) fn go_on(open: &mut Open, before: Option<&TicketView>) -> bool {
    let (Some(Pick::Offer(id)), Some(before), Some(now)) = (open.look.at, before, open.view.as_deref())
    else {
        return false;
    };
    let was_open = state(before, id) == Some(OfferState::Offered);
    let said = was_open && state(now, id) != Some(OfferState::Offered);
    if said {
        let next = offers(now).filter(|(o, _)| o.state == OfferState::Offered).map(|(o, _)| o.id);
        let next = next.min_by_key(|other| (*other < id, *other));
        open.look.at = next.map(Pick::Offer);
    }
    said
}

fn form(l: Language, case: &TicketView, offer: &Offer, notice: bool) -> Form {
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label, refused: None };
    let mut options = Vec::new();
    if offer.state != OfferState::Confirmed {
        let words = if notice { vec![EvidenceKind::Document.as_str()] } else { offer.kind.words() };
        options.extend(words.into_iter().map(|word| choice(word, what_of(l, word))));
    }
    if offer.state != OfferState::Dismissed {
        options.push(choice(ASIDE, say(l, "mail-form-aside").to_owned()));
    }
    let says = format!("{}: {}", kind(l, offer.kind), value(l, offer));
    let then = match offer.state {
        OfferState::Confirmed => "mail-form-out",
        OfferState::Offered | OfferState::Dismissed => "mail-form-then",
    };
    let title = named(l, "mail-form-title", &case.row.name);
    let mut form = Form::new(Purpose::Offer(offer.id), case.row.id, title, say(l, "mail-form-go"))
        .say(Tone::Strong, says)
        .say(Tone::Plain, say(l, then))
        .field(Field::choice("what", say(l, "mail-form-as"), options));
    if offer.damaged {
        form = form.say(Tone::Warn, say(l, "mail-damaged"));
    }
    if offer.state == OfferState::Confirmed {
        form.focus = form.cancel();
    }
    form
}

/// Opens the form in which an agent says what a mail asks for.
pub(super) fn ask_what(model: &mut Model) {
    let Some(case) = model.case().cloned() else { return };
    let l = model.language;
    let choice = |request: &Request| Choice {
        value: request.to_string(),
        label: request.said(l).to_owned(),
        refused: None,
    };
    let options = Request::ALL.iter().filter(|r| **r != case.row.request).map(choice).collect();
    let title = named(l, "mail-request-title", &case.row.name);
    let form = Form::new(Purpose::AskedFor, case.row.id, title, say(l, "mail-request-go"))
        .say(Tone::Plain, say(l, "mail-request-then"))
        .field(Field::choice("request", say(l, "mail-request-as"), options));
    super::do_action::show_form(model, form);
}

/// The act that a filled form asks for.
pub(super) fn act(form: &Form, offer: i64) -> Act {
    match form.value("what") {
        ASIDE => Act::DismissOffer { offer },
        what => Act::ConfirmOffer { offer, what: what.to_owned() },
    }
}

/// The act that says what a mail asks for.
pub(super) fn asked(l: Language, form: &Form) -> Result<Act, String> {
    let request = form.value("request").parse().map_err(|_| say(l, "form-choose-decision").to_owned())?;
    Ok(Act::SetRequest { request })
}

/// What the agent is told once it is done.
pub(super) fn done(l: Language, act: &Act) -> Option<String> {
    match act {
        Act::ConfirmOffer { what, .. } => {
            Some(say_with(l, "mail-done-confirmed", &[("what", what_of(l, what).into())]))
        }
        Act::DismissOffer { .. } => Some(say(l, "mail-done-aside").to_owned()),
        Act::SetRequest { request } => {
            Some(say_with(l, "mail-done-request", &[("what", request.said(l).into())]))
        }
        _ => None,
    }
}

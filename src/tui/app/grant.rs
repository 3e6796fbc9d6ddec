//! An authorization in hand: shown, copied, saved, printed, withdrawn, used.

use std::fmt::Write as _;
use std::sync::Arc;

use super::Effect;
use super::action::{Action, Place};
use super::do_action::{close_overlay, run as run_action, show_form};
use super::form::Purpose;
use super::forms;
use super::key::{Code, Key};
use super::model::{Model, Overlay};
use super::update::{ask, toast};
use crate::desk::outgoing::Stage;
use crate::desk::spoken::ReadOut;
use crate::tui::layout;
use crate::tui::qr;
use crate::tui::worker::cases::Ask;
use crate::tui::worker::picture::Shot;
use crate::tui::worker::{Grant, Job};
use crate::words::{say, say_with};

/// An authorization on the screen.
#[derive(Debug)]
pub struct Handing {
    pub grant: Grant,
    pub ticket: i64,
    pub scroll: usize,
    /// Where it stands; none right after it was issued: it is out.
    pub stage: Stage,
    /// The QR code alone is shown, on the whole window.
    pub alone: bool,
    /// Light on dark, for terminals whose colours are not to be had.
    pub inverted: bool,
    /// The QR code in pixels, where the terminal has them; the cells it was asked for.
    pub shot: Option<Arc<Shot>>,
    cells: Option<(u16, u16)>,
    /// A code that is being read out to a service centre.
    pub spoken: Option<ReadOut>,
}

impl Handing {
    /// An authorization that is out.
    pub fn new(grant: Grant, ticket: i64) -> Self {
        Self {
            grant,
            ticket,
            scroll: 0,
            stage: Stage::Out,
            alone: false,
            inverted: false,
            shot: None,
            cells: None,
            spoken: None,
        }
    }
}

/// Puts an authorization on the screen.
pub(super) fn show(model: &mut Model, handing: Handing) -> Vec<Effect> {
    model.toast = None;
    model.overlays.push(Overlay::Grant(Box::new(handing)));
    Vec::new()
}

fn on_top(model: &mut Model) -> Option<&mut Handing> {
    match model.overlays.last_mut() {
        Some(Overlay::Grant(handing)) => Some(handing),
        _ => None,
    }
}

/// Whether an action on it can be done; else the id of why not.
pub(super) fn why_not(model: &Model, action: Action) -> Option<&'static str> {
    let Some(Overlay::Grant(handing)) = model.overlays.last() else { return Some("why-no-grant") };
    let spent = handing.stage != Stage::Out;
    match action {
        Action::GrantRevoke | Action::GrantRedeem | Action::GrantReadOut if spent => {
            Some("authorizations-why-spent")
        }
        Action::ShowQr | Action::SaveQr if qr::size(&handing.grant.token, qr::Grain::Half).is_none() => {
            Some("form-no-qr")
        }
        Action::InvertQr if model.easel.has_pixels() => Some("authorizations-why-pixels"),
        _ => None,
    }
}

pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let places = &[Place::Grant];
    let map = &model.settings.keymap;
    if let Some(action) = map.lookup(key, places).or_else(|| map.lookup(key.latin(), places)) {
        return run_action(model, action);
    }
    let Some(handing) = on_top(model) else { return Vec::new() };
    let scroll = &mut handing.scroll;
    match key.latin().code {
        Code::Esc | Code::Enter | Code::Char('q') if handing.alone => handing.alone = false,
        Code::Esc | Code::Enter | Code::Char('q') if handing.spoken.is_some() => handing.spoken = None,
        Code::Esc | Code::Enter | Code::Char('q') => close_overlay(model),
        Code::Down | Code::Char('j') => *scroll += 1,
        Code::Up | Code::Char('k') => *scroll = scroll.saturating_sub(1),
        Code::PageDown | Code::Char(' ') => *scroll += 10,
        Code::PageUp => *scroll = scroll.saturating_sub(10),
        _ => {}
    }
    Vec::new()
}

pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    let l = model.language;
    let Some(handing) = on_top(model) else { return Vec::new() };
    let (token, ticket) = (handing.grant.token.clone(), handing.ticket);
    let name = name_of(model, ticket);
    match action {
        Action::Copy => {
            let text =
                format!("{} {}", say(l, "done-copied"), super::tell(model, model.clipboard.words(), &[]));
            toast(model, true, text.trim_end());
            return vec![Effect::Copy(token)];
        }
        Action::Save => show_form(model, forms::save(l, Purpose::SaveToken, ticket, &name)),
        Action::SaveQr => show_form(model, forms::save(l, Purpose::SaveQr, ticket, &name)),
        Action::SavePage => show_form(model, forms::save(l, Purpose::SavePage, ticket, &name)),
        Action::GrantRevoke => show_form(model, forms::on_grant(l, Purpose::Revoke, ticket, &name)),
        Action::GrantRedeem => show_form(model, forms::on_grant(l, Purpose::Redeem, ticket, &name)),
        Action::GrantReadOut => return super::spoken::begin(model, ticket),
        Action::GrantReadBack => show_form(model, super::spoken::back(l, ticket, &name)),
        Action::InvertQr => {
            if let Some(handing) = on_top(model) {
                handing.inverted = !handing.inverted;
            }
        }
        Action::ShowQr => return show_qr(model),
        _ => {}
    }
    Vec::new()
}

/// The ticket's name, for titles and files.
pub(super) fn name_of(model: &Model, ticket: i64) -> String {
    let in_list = model.screens.grants.rows.iter().find(|g| g.ticket == ticket);
    let in_queue = model.row().filter(|row| row.id == ticket).map(|row| row.name.clone());
    in_queue
        .or_else(|| in_list.map(|g| crate::tui::data::ticket_name(ticket, g.reference.as_deref())))
        .unwrap_or_else(|| format!("#{ticket}"))
}

/// Shows the QR code alone, as large as the window; in pixels where the terminal has them.
fn show_qr(model: &mut Model) -> Vec<Effect> {
    let cells = layout::whole(model.size);
    let easel = model.easel.clone();
    let Some(handing) = on_top(model) else { return Vec::new() };
    handing.alone = true;
    if !easel.has_pixels() || easel.off || handing.cells == Some(cells) {
        return Vec::new();
    }
    handing.cells = Some(cells);
    let token = handing.grant.token.clone();
    vec![ask(model, Job::Case(Ask::Qr { token, cells, easel }))]
}

/// The window has another size.
pub(super) fn resized(model: &mut Model) -> Vec<Effect> {
    if on_top(model).is_some_and(|h| h.alone) { show_qr(model) } else { Vec::new() }
}

/// The QR code has come in pixels.
pub(super) fn drawn(model: &mut Model, token: &str, shot: Option<Arc<Shot>>) {
    if let Some(handing) = on_top(model)
        && handing.grant.token == token
    {
        handing.shot = shot;
    }
}

/// The authorization of a ticket was used or withdrawn: it is no longer in hand.
pub(super) fn spent(model: &mut Model, ticket: i64) {
    model.overlays.retain(|o| !matches!(o, Overlay::Grant(h) if h.ticket == ticket));
}

/// What the form on top is to save, and of which authorization; else the id of why not.
pub(super) fn text_to_save(model: &Model) -> Result<(String, String), &'static str> {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return Err("why-no-grant") };
    let handing = model.overlays.iter().rev().find_map(|o| match o {
        Overlay::Grant(handing) => Some(handing),
        _ => None,
    });
    let handing = handing.ok_or("why-no-grant")?;
    let text = match form.purpose {
        Purpose::SaveQr => qr::svg(&handing.grant.token).ok_or("form-no-qr")?,
        Purpose::SavePage => page(model, &handing.grant, handing.ticket),
        _ => format!("{}\n", handing.grant.token),
    };
    Ok((text, handing.grant.jti.clone()))
}

/// A page to print: everything about the authorization in plain text, the QR code below.
fn page(model: &Model, grant: &Grant, ticket: i64) -> String {
    let l = model.language;
    let op = crate::tui::terms::parsed::<crate::domain::Op>(l, &grant.op);
    let on = say_with(l, "grant-on", &[("op", op.into()), ("sub", grant.sub.as_str().into())]);
    let aud = if grant.aud == "any" { say(l, "grant-any") } else { &grant.aud };
    let until = format!("{} UTC", crate::tui::when::minute(grant.expires_at));
    let facts = [
        ("grant-allows", on.as_str()),
        ("grant-for", aud),
        ("grant-until", until.as_str()),
        ("grant-number", grant.jti.as_str()),
    ];
    let name = name_of(model, ticket);
    let name = crate::tui::text::clean(&name);
    let mut page = format!("{}  {name}\n\n", say(l, "authorizations-page-title"));
    if model.seat.as_ref().is_some_and(|s| s.rehearsal) {
        page.push_str(say(l, "authorizations-page-rehearsal"));
        page.push_str("\n\n");
    }
    for (label, text) in facts {
        let text = crate::tui::text::clean(text);
        let _ = writeln!(page, "{} {text}", crate::tui::text::fit(say(l, label), 14));
    }
    let _ = writeln!(page, "\n{}\n", say(l, "authorizations-page-check"));
    for line in crate::tui::text::chunks(&grant.token, 72) {
        page.push_str(&line);
        page.push('\n');
    }
    if let Some(lines) = qr::blocks(&grant.token, qr::Grain::Half, false) {
        page.push('\n');
        for line in lines {
            page.push_str(line.trim_end());
            page.push('\n');
        }
    }
    page
}

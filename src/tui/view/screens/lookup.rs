//! Lookup: the field, and below it what is known, in sections; what leads on can be selected.

use ratatui::layout::{Position, Rect};
use serde_json::Value;

use super::lookup_links::shared;
use super::page::{self, Line, Page};
use crate::desk::lookup::{Found, Lead, Leads};
use crate::domain::{AccountState, NoticeKind, NoticeStatus, Request, State, Time};
use crate::tui::app::Model;
use crate::tui::app::action::Action;
use crate::tui::app::mouse::Spot;
use crate::tui::app::tell;
use crate::tui::theme::Tone;
use crate::tui::view::paint::{Canvas, Row, wrapped};
use crate::tui::view::words;
use crate::tui::when;
use crate::tui::{terms, text};
use crate::words::{Language, say, say_with};

/// Cells of the labels.
const LABEL: usize = 12;
/// From here on tickets stand beside what the registry knows.
const BESIDE: usize = 110;

/// Where a line leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    Ticket(i64),
    Lead(Lead),
}

/// Everything that can be gone to, in the order of the screen.
pub fn picks(model: &Model) -> Vec<Pick> {
    let Some(page) = &model.screens.lookup.now else { return Vec::new() };
    let width = usize::from(model.size.0);
    let (left, right) = lines(page.found(), model, width);
    left.into_iter().chain(right).filter_map(|line| line.pick).collect()
}

pub(super) fn hint(model: &Model) -> Row {
    let s = &model.screens.lookup;
    match &s.now {
        Some(page) if !s.typing => match page.revealed_until() {
            Some(until) => Row::new()
                .tone(Tone::Warn, format!(" {} ", when::countdown(model.language, until, model.now)))
                .plain(tell(model, "lookup-in-full", &[])),
            None => Row::new().plain(" ").tone(Tone::Dim, tell(model, "lookup-is-masked", &[])),
        },
        _ => Row::new(),
    }
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let width = usize::from(area.width);
    let s = &model.screens.lookup;
    let mut cursor = field(model, canvas, Rect { height: 1, ..area });
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let Some(shown) = &s.now else {
        let text = say(model.language, if s.waiting { "lookup-waiting" } else { "lookup-empty" });
        canvas.rows(body, &wrapped(Tone::Plain, text, width.min(90), 2));
        return cursor;
    };
    let (left, right) = lines(shown.found(), model, width);
    let lead = left.iter().filter(|l| l.pick.is_some()).count();
    let at = (!s.typing).then_some(s.at);
    let (left_area, right_area) = columns(body, !right.is_empty());
    let beside = page::draw_among(canvas, left_area, &left, at, (0, Some(s.at)));
    let below = {
        let at = at.and_then(|at| at.checked_sub(lead));
        page::draw_among(canvas, right_area, &right, at, (lead, Some(s.at)))
    };
    cursor = cursor.or(beside).or(below);
    cursor
}

fn columns(body: Rect, two: bool) -> (Rect, Rect) {
    if !two {
        return (body, Rect { width: 0, ..body });
    }
    let left = body.width / 2;
    let right = Rect { x: body.x + left + 1, width: body.width - left - 1, ..body };
    (Rect { width: left, ..body }, right)
}

fn field(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    let s = &model.screens.lookup;
    let room = usize::from(area.width).saturating_sub(3);
    let typed = text::clean(s.field.value()).into_owned();
    if s.typing {
        // The end of a long text is what is being typed.
        let shown = text::tail(&typed, room.saturating_sub(1));
        let row = Row::new().tone(Tone::Key, " › ").column(Tone::Input, &shown, room);
        canvas.row(area, &row, false);
        let x = area.x + 3 + u16::try_from(text::width(&shown)).unwrap_or(0);
        return Some(Position { x: x.min(area.right().saturating_sub(1)), y: area.y });
    }
    let mut row = Row::new().tone(Tone::Key, " › ");
    if let Some(page) = &s.now {
        let found = page.found();
        row = row.tone(Tone::Strong, &found.query);
        let kinds: Vec<&str> = found.kinds.iter().map(|k| kind(model.language, k)).collect();
        let kinds = kinds.join(", ");
        let kinds = if kinds.is_empty() { say(model.language, "lookup-kind-none") } else { &kinds };
        let tickets = say_with(model.language, "common-tickets", &[("n", found.shares.len().into())]);
        row = row.tone(Tone::Dim, format!("  {kinds} · {tickets}"));
    }
    if s.waiting {
        row = row.tone(Tone::Info, format!("  ◌ {}", say(model.language, "lookup-waiting")));
    }
    canvas.row(area, &row, false);
    canvas.spot(area, Spot::Do(Action::LookupType));
    None
}

/// The lines on the left and on the right; all on the left where there is no room beside.
fn lines(found: &Found, model: &Model, width: usize) -> (Vec<Line<Pick>>, Vec<Line<Pick>>) {
    let two = width >= BESIDE && !found.tickets.is_empty() && has_rows(found);
    let cells = if two { width / 2 } else { width };
    let language = model.language;
    let mut page = Page::new(cells, language);
    page.damage(found);
    if !found.found {
        page.text(Tone::Plain, say(language, "lookup-unknown"));
    }
    if let Some(path) = &found.path {
        page.path(path);
    }
    page.things(&found.things);
    for (d, leads) in found.devices.iter().zip(&found.leads.devices) {
        page.device(d, leads);
    }
    for (a, leads) in found.accounts.iter().zip(&found.leads.accounts) {
        page.account(a, leads);
    }
    for (s, leads) in found.sims.iter().zip(&found.leads.sims) {
        page.section("lookup-sim");
        page.field("lookup-number", &word(&s["msisdn"]), None);
        page.field("lookup-iccid", &word(&s["iccid"]), None);
        page.field("lookup-changed", &day(&s["last_change"]), None);
        page.sightings(&s["sightings"], leads);
    }
    if !found.sales.is_empty() {
        page.section("lookup-receipt");
        for (sale, lead) in found.sales.iter().zip(&found.leads.sales) {
            page.field("lookup-sold", &sale_of(sale), lead.clone());
        }
    }
    let mut tickets = Page::new(if two { width - cells - 1 } else { width }, language);
    tickets.tickets(found, model.now);
    if two {
        return (page.lines, tickets.lines);
    }
    if !tickets.lines.is_empty() {
        page.gap();
    }
    page.lines.append(&mut tickets.lines);
    (page.lines, Vec::new())
}

fn has_rows(found: &Found) -> bool {
    !(found.path.is_none()
        && found.things.is_empty()
        && found.devices.is_empty()
        && found.accounts.is_empty()
        && found.sims.is_empty()
        && found.sales.is_empty())
}

fn rows(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

/// A value as words; lists with commas.
fn word(v: &Value) -> String {
    match v {
        Value::String(s) => s.clone(),
        Value::Null => String::new(),
        Value::Array(all) => all.iter().map(word).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn day(v: &Value) -> String {
    word(v).chars().take(10).collect()
}

/// Parts that are there, joined.
fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|p| !p.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What the text was looked up as.
fn kind(language: Language, kind: &'static str) -> &'static str {
    match kind {
        "imei" => say(language, "lookup-kind-imei"),
        "serial" => say(language, "lookup-kind-serial"),
        "email" => say(language, "lookup-kind-email"),
        "phone" => say(language, "lookup-kind-phone"),
        "iccid" => say(language, "lookup-kind-iccid"),
        "account" => say(language, "lookup-kind-account"),
        "receipt" => say(language, "lookup-kind-receipt"),
        "ticket" => say(language, "lookup-kind-ticket"),
        "authorization" => say(language, "lookup-kind-authorization"),
        other => other,
    }
}

fn sale_of(s: &Value) -> String {
    let price = format!("{} {}", word(&s["amount"]), word(&s["currency"]));
    join([
        format!("{} {}", word(&s["retailer"]), word(&s["receipt_no"])),
        day(&s["sold_on"]),
        word(&s["device"]),
        price.trim().to_owned(),
    ])
}

impl Page<Pick> {
    /// `released 2026-01-02`, where there is such a day.
    fn dated(&self, id: &'static str, v: &Value) -> String {
        if v.is_null() { String::new() } else { format!("{} {}", say(self.language, id), day(v)) }
    }

    /// A label and what stands behind it; nothing where there is nothing. What leads on has an arrow.
    fn field(&mut self, label: &'static str, content: &str, lead: Option<Lead>) {
        self.toned(label, Tone::Plain, content, lead);
    }

    fn toned(&mut self, label: &'static str, tone: Tone, content: &str, lead: Option<Lead>) {
        if content.trim().is_empty() {
            return;
        }
        let arrow = if lead.is_some() { "› " } else { "  " };
        let first = Row::new().tone(Tone::Key, arrow).column(Tone::Dim, say(self.language, label), LABEL);
        self.hanging(first, tone, content, lead.map(Pick::Lead));
    }

    fn damage(&mut self, found: &Found) {
        if found.partial {
            let text = say(self.language, "lookup-partial");
            self.hanging(Row::new().tone(Tone::Warn, "! "), Tone::Plain, text, None);
        }
        if let Some(damage) = &found.damage {
            self.hanging(Row::new().tone(Tone::Bad, "✗ "), Tone::Plain, &damage.said(self.language), None);
        }
        for (near, lead) in found.near.iter().zip(&found.leads.near) {
            self.field("lookup-near", near, Some(lead.clone()));
        }
    }

    fn device(&mut self, d: &Value, leads: &Leads) {
        self.section("lookup-device");
        let (brand, model) = (word(&d["brand"]), word(&d["models"]));
        // Many model names begin with the brand.
        let name = if model.starts_with(&brand) { model } else { format!("{brand} {model}") };
        self.toned("lookup-model", Tone::Strong, name.trim(), None);
        if d["model_masked"] == true {
            self.toned("lookup-model", Tone::Dim, say(self.language, "lookup-model-masked"), None);
        }
        self.field("lookup-imei", &word(&d["imeis"]), None);
        self.field("lookup-serial", &word(&d["serial"]), None);
        self.field("lookup-made", &join([word(&d["made_on"]), word(&d["regions"])]), None);
        if d["known"] == false {
            self.field("lookup-record", say(self.language, "lookup-no-record"), None);
        }
        for (b, lead) in rows(&d["bindings"]).iter().zip(&leads.bindings) {
            let released = !b["released_at"].is_null();
            let (label, tone) =
                if released { ("lookup-was-bound", Tone::Dim) } else { ("lookup-bound", Tone::Plain) };
            let line = join([
                word(&b["account_id"]),
                self.dated("lookup-since", &b["bound_at"]),
                self.dated("lookup-released", &b["released_at"]),
                self.dated("lookup-lost-mode", &b["lost_mode_since"]),
            ]);
            self.toned(label, tone, &line, lead.clone());
        }
        for n in rows(&d["notices"]) {
            let cleared = word(&n["status"]) == "cleared";
            let line = join([
                format!(
                    "{} {}",
                    terms::parsed::<NoticeStatus>(self.language, &word(&n["status"])),
                    terms::parsed::<NoticeKind>(self.language, &word(&n["kind"]))
                ),
                self.dated("lookup-reported", &n["reported_at"]),
                self.dated("lookup-cleared", &n["cleared_at"]),
                self.dated("lookup-lapses", &n["lapses_at"]),
                word(&n["source"]),
                word(&n["reference"]),
            ]);
            let (label, tone) =
                if cleared { ("lookup-old-notice", Tone::Dim) } else { ("lookup-notice", Tone::Bad) };
            self.toned(label, tone, &line, None);
        }
        self.sightings(&d["sightings"], leads);
        for (s, lead) in rows(&d["sales"]).iter().zip(&leads.sales) {
            self.field("lookup-sold", &sale_of(s), lead.clone());
        }
        for (r, (old, new)) in rows(&d["repairs"]).iter().zip(&leads.repairs) {
            let carries = if r["carries"] == true { "lookup-one-device" } else { "lookup-notices-only" };
            let carries = say(self.language, carries).to_owned();
            let line = join([day(&r["repaired_on"]), word(&r["old"]), carries]);
            self.field("lookup-repaired", &line, old.clone());
            self.field("lookup-became", &word(&r["new"]), new.clone());
        }
    }

    fn sightings(&mut self, sightings: &Value, leads: &Leads) {
        for (s, lead) in rows(sightings).iter().zip(&leads.sightings) {
            let first = if s["first_seen"].is_null() { "…".to_owned() } else { day(&s["first_seen"]) };
            let days = format!("{first} – {}", day(&s["last_seen"]));
            let line = join([word(&s["msisdn"]), word(&s["iccid"]), word(&s["imei"]), days]);
            self.field("lookup-seen", &line, lead.clone());
        }
    }

    fn account(&mut self, a: &Value, leads: &Leads) {
        self.section("lookup-account");
        self.toned(
            "lookup-id",
            Tone::Strong,
            &join([
                word(&a["account_id"]),
                terms::parsed::<AccountState>(self.language, &word(&a["state"])).into_owned(),
            ]),
            None,
        );
        self.field("lookup-name", &join([word(&a["name"]), word(&a["region"])]), None);
        self.field("lookup-registered", &day(&a["registered_at"]), None);
        self.field("lookup-signed-in", &day(&a["last_sign_in_at"]), None);
        for (c, lead) in rows(&a["contacts"]).iter().zip(&leads.contacts) {
            let verified = match (c["verified"] == true, c["verified_at"].is_null()) {
                (false, _) => say(self.language, "lookup-not-verified").to_owned(),
                (true, true) => say(self.language, "lookup-verified").to_owned(),
                (true, false) => self.dated("lookup-verified", &c["verified_at"]),
            };
            let line = join([
                word(&c["value"]),
                verified,
                self.dated("lookup-replaced", &c["replaced_at"]),
                self.dated("lookup-sim-changed", &c["sim_changed_at"]),
            ]);
            let label = if c["kind"] == "email" { "lookup-email" } else { "lookup-phone" };
            self.field(label, &line, lead.clone());
        }
        for (d, lead) in rows(&a["devices"]).iter().zip(&leads.bindings) {
            let line = join([
                word(&d["model"]),
                word(&d["identifier"]),
                self.dated("lookup-bound", &d["bound_at"]),
                self.dated("lookup-released", &d["released_at"]),
            ]);
            self.field("lookup-device-of", &line, lead.clone());
        }
    }

    fn tickets(&mut self, found: &Found, now: Time) {
        let all = found.shares.len();
        if all == 0 {
            return;
        }
        let shown = found.tickets.len();
        let title = if shown < all {
            say_with(self.language, "lookup-tickets-of", &[("n", all.into()), ("shown", shown.into())])
        } else {
            say_with(self.language, "common-tickets", &[("n", all.into())])
        };
        self.titled(&title);
        for t in &found.tickets {
            let Some(id) = t["ticket"].as_i64() else { continue };
            let name = t["reference"].as_str().map_or_else(|| format!("#{id}"), str::to_owned);
            let (glyph, tone) = match word(&t["recommendation"]).parse() {
                Ok(recommendation) => words::recommendation(recommendation),
                Err(_) => (" ", Tone::Dim),
            };
            let standing = match t["closed_as"].as_str() {
                Some(closed) => terms::closed_as(self.language, closed).into_owned(),
                None => terms::parsed::<State>(self.language, &word(&t["state"])).into_owned(),
            };
            let request = word(&t["request"]);
            let request = terms::parsed::<Request>(self.language, &request);
            let age = Time::parse(&word(&t["received_at"]));
            let age = age.map(|at| when::ago(self.language, at, now)).unwrap_or_default();
            let shares = found.shares.get(&id).map_or(&[][..], Vec::as_slice).iter();
            let shares: Vec<&str> =
                shares.map(|w| shared(self.language, w)).filter(|w| !w.is_empty()).collect();
            let wide = self.width >= 70;
            let mut row = Row::new()
                .tone(Tone::Key, "› ")
                .column(Tone::Strong, name, 11)
                .plain(" ")
                .column(Tone::Plain, request, if wide { 15 } else { 12 })
                .plain(" ")
                .column(Tone::Plain, standing, 9)
                .plain(" ")
                .tone(tone, glyph)
                .plain(" ");
            if wide {
                row = row.column(Tone::Dim, age, 11);
            }
            if !shares.is_empty() {
                row = row.tone(Tone::Info, "= ").plain(shares.join(", "));
            }
            self.push(row, Some(Pick::Ticket(id)));
        }
    }
}

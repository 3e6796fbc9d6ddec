//! The pure half alone: messages in, model and effects out; hostile text through every view.

use std::sync::Arc;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::app::key::Key;
use super::app::model::Overlay;
use super::app::{Effect, Model, Msg, update};
use super::data::{QueueRow, TicketView};
use super::theme::Theme;
use super::worker::{Act, Done, Found, Job, Report, Slot};
use super::{text, view};
use crate::desk::Failure;
use crate::desk::board::View;
use crate::desk::check::Judged;
use crate::desk::screen::{Columns, Note, Screen, Seat, StoredEvidence, Ticket};
use crate::domain::{Attachment, EvidenceKind, Region, Request, Role, State, Time};
use crate::judgement::{Facts, Policy, judge};

const NOW: Time = Time(1_795_165_200);

fn seat() -> Seat {
    Seat {
        agent: "anna".into(),
        roles: vec![Role::Agent],
        rehearsal: true,
        readonly: false,
        region: Region::default(),
        cooldown_hours: 72,
        now: NOW,
        screen: crate::config::Screen::default(),
        drafts: crate::desk::drafts::Drafts::of(&crate::desk::Folder::new("/nowhere"), "anna"),
    }
}

fn ticket(id: i64, given: &[(&str, &str)]) -> Ticket {
    Ticket {
        id,
        reference: Some(format!("T-{id}")),
        request: Request::Unbind,
        state: State::Open,
        received_at: Time(NOW.0 - 7200),
        due_at: Time(NOW.0 + 7200),
        paused_at: None,
        given: given.iter().map(|(c, t)| ((*c).to_owned(), (*t).to_owned())).collect(),
        salt: [0; 32],
        assignee: None,
        lease_until: None,
        held_until: None,
        closed_as: None,
        merged_into: None,
        device: None,
        account: None,
        recommendation: None,
        verdict: None,
        checked_at: None,
        valid_until: None,
        stale: false,
        revision: 0,
        links: Vec::new(),
    }
}

fn case(ticket: Ticket, evidence: Vec<StoredEvidence>, note: &str) -> TicketView {
    let claim = ticket.claim(&evidence, Region::default());
    let facts = Facts::default();
    let judgement = judge(&claim, &facts, &Policy::shipped(), NOW);
    let note = Note { at: NOW, by: note.to_owned(), text: note.to_owned() };
    let screen = Screen {
        signs: Vec::new(),
        harmed: Vec::new(),
        judged: Judged { ticket, evidence, claim, facts, judgement },
        codes: Vec::new(),
        decision: None,
        approvals: Vec::new(),
        authorization: None,
        mails: Vec::new(),
        notes: vec![note],
        contributors: Vec::new(),
        leaves: Vec::new(),
        cooldown_until: None,
    };
    TicketView::of(screen, false)
}

/// A screen with these tickets read.
fn model(tickets: &[Ticket]) -> Model {
    let mut model = Model::new((80, 24), Theme::Ansi);
    let effects = update(&mut model, Msg::Report(Report::Ready(seat())));
    let (no, job) = asked(&effects, Slot::Queue).expect("a desk that opens is read");
    answer(&mut model, no, job, Ok(page(0, tickets.len(), tickets)));
    model
}

/// A page of the queue from a place on.
fn page(first: usize, total: usize, tickets: &[Ticket]) -> Found {
    let rows = Arc::new(tickets.iter().map(QueueRow::of).collect());
    Found::Queue {
        first,
        rows,
        total,
        more: false,
        counts: Some(Box::new([total as u64; 8])),
        also: Vec::new(),
        complete: true,
    }
}

fn answer(model: &mut Model, no: u64, job: Job, result: Result<Found, Failure>) -> Vec<Effect> {
    update(model, Msg::Report(Report::Answer { no, job, result, now: NOW }))
}

fn asked(effects: &[Effect], slot: Slot) -> Option<(u64, Job)> {
    effects.iter().find_map(|e| match e {
        Effect::Ask(r) if r.job.slot() == Some(slot) => Some((r.no, r.job.clone())),
        _ => None,
    })
}

fn press(model: &mut Model, key: &str) -> Vec<Effect> {
    update(model, Msg::Key(Key::parse(key).expect("a key")))
}

#[test]
fn answers_to_older_questions_are_dropped() {
    let mut model = model(&[ticket(1, &[]), ticket(2, &[])]);
    let first = asked(&press(&mut model, "enter"), Slot::Ticket).expect("the ticket is read");
    press(&mut model, "esc");
    press(&mut model, "down");
    let second = asked(&press(&mut model, "enter"), Slot::Ticket).expect("the other is read");
    let late = Found::Ticket(Arc::new(case(ticket(1, &[]), Vec::new(), "")));
    answer(&mut model, first.0, first.1, Ok(late));
    assert!(model.open.as_ref().is_some_and(|o| o.id == 2 && o.view.is_none()));
    let right = Found::Ticket(Arc::new(case(ticket(2, &[]), Vec::new(), "")));
    answer(&mut model, second.0, second.1, Ok(right));
    assert!(model.open.as_ref().is_some_and(|o| o.view.is_some()));
}

#[test]
fn the_selected_ticket_is_read_ahead_once() {
    let mut model = model(&[ticket(1, &[]), ticket(2, &[])]);
    assert!(asked(&press(&mut model, "down"), Slot::Peek).is_some());
    assert!(asked(&press(&mut model, "p"), Slot::Peek).is_none(), "it is asked for already");
    assert!(asked(&press(&mut model, "up"), Slot::Peek).is_some());
}

#[test]
fn what_is_out_of_date_is_judged_again_every_few_seconds() {
    let mut model = model(&[ticket(1, &[])]);
    let effects = press(&mut model, "ctrl+r");
    let (no, job) = asked(&effects, Slot::Settle).expect("the desk is asked");
    let (queue, read) = asked(&effects, Slot::Queue).expect("the queue is read");
    answer(&mut model, queue, read, Ok(page(0, 1, &[ticket(1, &[])])));
    answer(&mut model, no, job, Ok(Found::Nothing));
    let queue = model.newest[&Slot::Queue];
    answer(&mut model, queue, Job::Settle, Ok(Found::Nothing));
    let (no, job) = (0..13)
        .find_map(|tick| asked(&update(&mut model, Msg::Tick(Time(NOW.0 + tick / 4))), Slot::Settle))
        .expect("the desk is asked");
    let effects = answer(&mut model, no, job, Ok(Found::Nothing));
    assert!(asked(&effects, Slot::Queue).is_some(), "leases and holds end by themselves");
}

#[test]
fn when_the_queue_moves_the_selected_ticket_stays_selected() {
    let mut model = model(&[ticket(1, &[]), ticket(2, &[]), ticket(3, &[])]);
    press(&mut model, "down");
    let (no, job) = asked(&update(&mut model, Msg::Report(Report::Moved)), Slot::Queue).expect("it is read");
    assert!(asked(&update(&mut model, Msg::Report(Report::Moved)), Slot::Queue).is_none(), "it is asked");
    let effects = answer(&mut model, no, job, Ok(page(0, 2, &[ticket(2, &[]), ticket(3, &[])])));
    assert_eq!(model.selected().map(|r| r.id), Some(2), "ticket 1 was closed by a colleague");
    assert!(asked(&effects, Slot::Queue).is_some(), "it moved again meanwhile");
}

#[test]
fn the_first_tickets_of_an_answer_are_shown_while_the_rest_is_counted() {
    let mut model = model(&[ticket(1, &[])]);
    let (old, _) = asked(&press(&mut model, "ctrl+r"), Slot::Queue).expect("it is read");
    let (no, job) = asked(&press(&mut model, "8"), Slot::Queue).expect("it is read");
    let Found::Queue { first, rows, total, also, complete, .. } =
        page(0, 2, &[ticket(3, &[]), ticket(4, &[])])
    else {
        panic!("not the queue")
    };
    let early = Found::Queue { first, rows, total, more: true, counts: None, also, complete };
    update(&mut model, Msg::Report(Report::Early { no: old, found: early.clone() }));
    assert_eq!(model.selected().map(|r| r.id), Some(1), "it has been overtaken");
    update(&mut model, Msg::Report(Report::Early { no, found: early }));
    assert_eq!((model.selected().map(|r| r.id), model.queue.more), (Some(3), true));
    assert!(model.busy.contains_key(&no), "the answer is still awaited");
    answer(&mut model, no, job, Ok(page(0, 700, &[ticket(3, &[]), ticket(4, &[])])));
    assert_eq!((model.queue.total, model.queue.more), (700, false));
}

#[test]
fn a_page_is_turned_before_its_end_is_reached() {
    let tickets: Vec<Ticket> = (1..=160).map(|id| ticket(id, &[])).collect();
    let mut model = model(&tickets);
    let (no, job) = asked(&press(&mut model, "ctrl+r"), Slot::Queue).expect("it is read");
    answer(&mut model, no, job, Ok(page(0, 1000, &tickets)));
    let asked_at =
        (0..160).find_map(|n| asked(&press(&mut model, "down"), Slot::Queue).map(|(_, job)| (n, job)));
    let (n, Job::Queue { question, .. }) = asked_at.expect("the next page is asked for") else {
        panic!("not the queue")
    };
    assert!((100..120).contains(&n), "{n}");
    assert!(question.from > 0 && question.from + question.most > 160, "{question:?}");
    press(&mut model, "end");
    assert_eq!(model.queue.at, 999);
    assert!(model.selected().is_none(), "it is not there yet");
    assert!(screen(&model).contains("1000/1000"), "{}", screen(&model));
}

#[test]
fn each_view_and_each_letter_of_the_filter_is_asked_for() {
    let mut model = model(&[ticket(1, &[]), ticket(2, &[])]);
    let Some((_, Job::Queue { question, .. })) = asked(&press(&mut model, "3"), Slot::Queue) else {
        panic!("the view is not asked for")
    };
    assert_eq!(question.search.view, View::ToApprove);
    press(&mut model, "/");
    let Some((_, Job::Queue { question, .. })) = asked(&press(&mut model, "x"), Slot::Queue) else {
        panic!("the filter is not asked for")
    };
    assert_eq!(question.search.words, "x");
}

#[test]
fn a_failed_act_leaves_its_form_with_what_was_typed() {
    let mut model = model(&[ticket(1, &[])]);
    let (no, job) = asked(&press(&mut model, "n"), Slot::Peek).expect("the ticket is read first");
    answer(&mut model, no, job, Ok(Found::Ticket(Arc::new(case(ticket(1, &[]), Vec::new(), "")))));
    assert!(matches!(model.overlays.last(), Some(Overlay::Form(_))), "the key waited for the ticket");
    update(&mut model, Msg::Paste("one\r\ntwo\u{1b}[2J\tthree".into()));
    let effects = press(&mut model, "ctrl+s");
    let Some(Effect::Ask(request)) = effects.into_iter().next() else { panic!("nothing was asked") };
    assert_eq!(
        request.job,
        Job::Act { id: 1, act: Act::Note { text: "one\ntwo[2J three".into() } },
        "pasted controls never reach a field"
    );
    answer(&mut model, request.no, request.job.clone(), Err(Failure::state("The disk is full.")));
    let Some(Overlay::Form(form)) = model.overlays.last() else { panic!("the form is gone") };
    assert_eq!(form.problem.as_deref(), Some("The disk is full."));
    assert_eq!(form.value("text"), "one\ntwo[2J three");
    assert_eq!(model.messages.len(), 1, "and it stands in the list of messages");
    let effects = press(&mut model, "ctrl+s");
    let Some(Effect::Ask(request)) = effects.into_iter().next() else { panic!("nothing was asked") };
    answer(&mut model, request.no, request.job, Ok(Found::Act(Done::Plain)));
    assert!(model.overlays.is_empty());
}

#[test]
fn pasting_over_the_screen_runs_no_command() {
    let mut model = model(&[ticket(1, &[])]);
    let effects = update(&mut model, Msg::Paste("q\nd\u{3}X".into()));
    assert!(!effects.iter().any(|e| matches!(e, Effect::Quit)));
    assert!(model.overlays.is_empty() && model.queue.typing);
}

#[test]
fn work_that_takes_long_says_so_and_can_be_stopped() {
    let mut model = model(&[ticket(1, &[])]);
    let (no, _) = asked(&press(&mut model, "ctrl+r"), Slot::Queue).expect("it is read again");
    update(&mut model, Msg::Report(Report::Progress { no, step: super::worker::Step::tickets(512) }));
    (0..3).for_each(|_| {
        update(&mut model, Msg::Tick(NOW));
    });
    assert!(screen(&model).contains("512 so far; Esc stops"), "{}", screen(&model));
    let effects = press(&mut model, "esc");
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped), ..] if *stopped == no));
    update(&mut model, Msg::Report(Report::Dropped { no }));
    assert!(!screen(&model).contains("Esc stops"));
}

#[test]
fn a_desk_that_cannot_be_opened_ends_the_screen_with_its_reason() {
    let mut model = Model::new((80, 24), Theme::Ansi);
    let effects = update(&mut model, Msg::Report(Report::Closed(Failure::state("There is no desk."))));
    assert!(matches!(effects.as_slice(), [Effect::Quit]));
    assert_eq!(model.closed.map(|f| f.what.to_string()).as_deref(), Some("There is no desk."));
}

#[test]
fn a_passphrase_is_asked_for_hidden_and_may_be_refused() {
    let mut model = model(&[ticket(1, &[])]);
    update(&mut model, Msg::Report(Report::Passphrase("anna".into())));
    update(&mut model, Msg::Paste("hunter2".into()));
    assert!(!screen(&model).contains("hunter2") && screen(&model).contains("•••••••"));
    let effects = press(&mut model, "enter");
    assert!(matches!(effects.as_slice(), [Effect::Passphrase(Some(_)), ..]));
    update(&mut model, Msg::Report(Report::Passphrase("anna".into())));
    let effects = press(&mut model, "esc");
    assert!(matches!(effects.as_slice(), [Effect::Passphrase(None), ..]));
    assert!(model.drafts.is_empty(), "a passphrase is never kept");
}

fn buffer(model: &Model) -> Buffer {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let mut buffer = Buffer::empty(area);
    view::draw(model, area, &mut buffer);
    buffer
}

fn screen(model: &Model) -> String {
    buffer(model).content().iter().map(ratatui::buffer::Cell::symbol).collect()
}

/// No cell may hold what a terminal would obey, hide or reorder by.
fn harmless(model: &Model, what: &str) {
    for cell in buffer(model).content() {
        let symbol = cell.symbol();
        let bad = symbol.chars().find(|c| c.is_control() || "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200b}\u{feff}\u{ad}".contains(*c));
        assert_eq!(bad, None, "{what}: {symbol:?}");
        assert!(text::width(symbol) <= 2, "{what}: {symbol:?}");
    }
}

/// Controls, bidi, zero-width, wide, combining and plain, in any order.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[\u{0}-\u{1f}\u{7f}-\u{9f}]{1,4}",
        Just("\u{1b}[31m\u{1b}]0;x\u{7}\u{1b}c".to_owned()),
        "[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}-\u{200f}\u{feff}\u{ad}]{1,4}",
        "[\u{300}-\u{36f}]{1,12}",
        "[\u{4e00}-\u{4e40}\u{ac00}-\u{ac20}\u{ff01}-\u{ff20}]{1,8}",
        "[\u{5d0}-\u{5ea}\u{627}-\u{64a}]{1,8}",
        "[\u{1f468}\u{1f469}\u{200d}\u{1f1e6}-\u{1f1ff}\u{fe0f}\u{1f3fb}]{1,6}",
        "[\u{1100}-\u{1112}\u{1161}-\u{1175}]{1,6}",
        "[\u{e000}-\u{e010}\u{e0001}-\u{e0020}]{1,3}",
        "[a-zA-Z0-9 а-яё/.=-]{0,12}",
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_from_outside_reaches_a_cell_as_it_came(
        texts in proptest::collection::vec(hostile(), 5), width in 60_u16..130, height in 15_u16..44,
    ) {
        // Five texts a case, two thousand in all.
        let some = |n: usize| texts.get(n % 5).cloned().unwrap_or_default();
        let given: Vec<(&str, &str)> = [
            "claimant_name", "claimant_email", "claimant_phone", "language", "imei", "imei2", "serial", "model",
            "account_email", "account_phone", "account_id",
        ].iter().zip(texts.iter().cycle()).map(|(column, text)| (*column, text.as_str())).collect();
        let mut one = ticket(1, &given);
        one.reference = Some(some(0));
        one.assignee = Some(some(1));
        one.lease_until = Some(Time(NOW.0 + 600));
        let columns: Columns = [("receipt_no", 2), ("receipt_retailer", 3), ("receipt_date", 4)]
            .into_iter().map(|(c, n)| (c.to_owned(), some(n))).collect();
        let item = StoredEvidence {
            id: 1, kind: EvidenceKind::Receipt, given: columns, added_by: some(0), added_at: NOW,
            removed_by: None, removed_at: None, wrong: false,
            attachment: Some(Attachment { name: some(1), bytes: 1, sha256: [0; 32], dhash: None, seen: None }),
        };
        let mut model = model(std::slice::from_ref(&one));
        model.size = (width, height);
        harmless(&model, "queue");
        let (no, job) = asked(&press(&mut model, "enter"), Slot::Ticket).expect("it is read");
        let view = Arc::new(case(one, vec![item], &some(2)));
        answer(&mut model, no, job, Ok(Found::Ticket(view)));
        harmless(&model, "ticket");
        press(&mut model, "end");
        harmless(&model, "end of the ticket");
        press(&mut model, "n");
        update(&mut model, Msg::Paste(some(3)));
        harmless(&model, "form");
        press(&mut model, "esc");
        update(&mut model, Msg::Report(Report::Answer {
            no: 0, job: Job::Save { path: "x".into(), text: String::new(), jti: String::new() },
            result: Err(Failure::state(some(4)).at(some(0)).hint(some(1))), now: NOW,
        }));
        harmless(&model, "message");
        press(&mut model, "esc");
        press(&mut model, "esc");
        update(&mut model, Msg::Paste(some(2)));
        harmless(&model, "filter");
    }

    #[test]
    fn any_text_is_cut_padded_and_wrapped_to_measure(text in hostile(), cells in 1_usize..60) {
        let clean = text::clean(&text).into_owned();
        prop_assert!(text::clean(&clean) == clean.as_str(), "what is clean stays as it is: {:?}", clean);
        prop_assert_eq!(text::width(&text::fit(&clean, cells)), cells);
        for line in text::wrap(&clean, cells.max(2)) {
            prop_assert!(text::width(&line) <= cells.max(2), "{:?} in {}", line, cells);
        }
    }
}

//! When a ticket is due, and whether it is late. The clock counts the desk's working hours, and stands still
//! while the ticket waits for the customer or for a time.

use super::{Act, Failure};
use crate::domain::{Calendar, Day, Request, Span, State, Time};
use crate::judgement::Policy;
use crate::store::desk::{clock, tickets};

/// When tickets are due; keeps what it worked out for the last day, since a file of cases is of few days.
pub struct DueTimes<'a> {
    policy: &'a Policy,
    calendar: &'a Calendar,
    /// For a day and request: the two days on which what came in then may be due.
    known: [Option<(Day, [Day; 2])>; Request::ALL.len()],
}

impl<'a> DueTimes<'a> {
    /// Due times by a policy and a calendar.
    pub const fn new(policy: &'a Policy, calendar: &'a Calendar) -> Self {
        Self { policy, calendar, known: [None; Request::ALL.len()] }
    }

    /// When a request that came in at a moment is due.
    pub fn of(&mut self, request: Request, received_at: Time) -> Time {
        let (calendar, hours) = (self.calendar, self.policy.due_hours(request));
        if calendar.is_always() {
            return received_at.plus_hours(hours);
        }
        let day = calendar.day_of(received_at);
        let length = calendar.day_length().max(1);
        let total = calendar.worked_on(day, received_at) + Span::hours(hours).0;
        let first = (Span::hours(hours).0 - 1) / length;
        let place = Request::ALL.iter().position(|r| *r == request).unwrap_or(0);
        let Some(known) = self.known.get_mut(place) else {
            return calendar.plus(received_at, Span::hours(hours));
        };
        let days = match known {
            Some((of, days)) if *of == day => *days,
            _ => {
                let days = [calendar.working_day(day, first), calendar.working_day(day, first + 1)];
                *known = Some((day, days));
                days
            }
        };
        let others = (total - 1) / length;
        calendar.moment(days[usize::from(others > first)], total - others * length)
    }
}

/// Whether a ticket is late at a moment. While it waits it is late only if it was when the wait began; what is
/// cooling down or handed out is nobody's to hurry.
pub fn overdue(
    state: State,
    due_at: Time,
    paused_at: Option<Time>,
    held_until: Option<Time>,
    now: Time,
) -> bool {
    match state {
        State::Issued | State::Closed => false,
        State::Approved if held_until.is_some_and(|until| until > now) => false,
        _ => due_at < paused_at.unwrap_or(now),
    }
}

/// When a ticket is due whose clock stood still from one moment to another.
pub fn after_pause(calendar: &Calendar, due_at: Time, paused_at: Time, now: Time) -> Time {
    if due_at <= paused_at { due_at } else { calendar.plus(now, calendar.between(paused_at, due_at)) }
}

/// In these states nothing is the desk's to do: the clock stands still.
const fn pauses(state: State) -> bool {
    matches!(state, State::Waiting | State::Held)
}

impl Act<'_> {
    /// Moves a ticket to a state; its clock stops or goes on.
    pub(super) fn move_to(&self, id: i64, state: State, held_until: Option<Time>) -> Result<(), Failure> {
        let ticket = self.ticket(id)?;
        tickets::set_state(self.conn, id, state, held_until)?;
        match ticket.paused_at {
            None if pauses(state) => clock::pause(self.conn, id, self.now)?,
            Some(since) if !pauses(state) => {
                let due = after_pause(&self.config.calendar, ticket.due_at, since, self.now);
                clock::resume(self.conn, id, due)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What a ticket waited for has come: it is to be worked again.
    pub(super) fn wake(&self, id: i64) -> Result<(), Failure> {
        let waits = self.ticket(id)?.state == State::Waiting;
        if waits { self.move_to(id, State::Open, None) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office() -> Calendar {
        Calendar {
            offset: 3 * 3600,
            days: [true, true, true, true, true, false, false],
            opens: 9 * 3600,
            closes: 18 * 3600,
            holidays: Vec::new(),
        }
    }

    #[test]
    fn a_remembered_day_says_what_counting_says() {
        let (policy, calendar) = (Policy::shipped(), office());
        let mut due = DueTimes::new(&policy, &calendar);
        let start = Time::parse("2026-11-16").expect("a time");
        for quarter in 0..4 * 24 * 15 {
            let at = Time(start.0 + quarter * 900);
            for request in Request::ALL {
                let expected = calendar.plus(at, Span::hours(policy.due_hours(*request)));
                assert_eq!(due.of(*request, at), expected, "{request} at {at}");
            }
        }
    }

    #[test]
    fn late_is_a_matter_of_state_and_time() {
        let (before, due, after) = (Time(50), Time(100), Time(150));
        for (state, paused, held, now, late) in [
            (State::Open, None, None, before, false),
            (State::Open, None, None, due, false),
            (State::Open, None, None, after, true),
            (State::Decided, None, None, after, true),
            (State::Waiting, Some(before), None, after, false),
            (State::Waiting, Some(Time(101)), None, after, true),
            (State::Held, Some(before), Some(Time(900)), after, false),
            (State::Approved, None, Some(Time(900)), after, false),
            (State::Approved, None, Some(due), after, true),
            (State::Approved, None, None, after, true),
            (State::Issued, None, None, after, false),
            (State::Closed, None, None, after, false),
        ] {
            assert_eq!(overdue(state, due, paused, held, now), late, "{state} {paused:?} {held:?} {now:?}");
        }
    }

    #[test]
    fn a_wait_is_given_back_in_working_time() {
        let at = |text| Time::parse(text).expect("a time");
        let due = at("2026-11-20T17:00:00+03:00");
        for (paused, now, expected) in [
            // Two working hours were left; they run again from Monday's opening.
            ("2026-11-20T15:00:00+03:00", "2026-11-21T12:00:00+03:00", "2026-11-23T11:00:00+03:00"),
            ("2026-11-20T15:00:00+03:00", "2026-11-24T10:00:00+03:00", "2026-11-24T12:00:00+03:00"),
            // It was late when the wait began, and stays so.
            ("2026-11-20T17:30:00+03:00", "2026-11-24T10:00:00+03:00", "2026-11-20T17:00:00+03:00"),
        ] {
            assert_eq!(after_pause(&office(), due, at(paused), at(now)), at(expected), "{paused} {now}");
        }
    }
}

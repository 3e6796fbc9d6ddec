//! The named parts of the queue: which tickets belong to each. Pure.

use crate::desk::due::overdue;
use crate::domain::{Recommendation, State, Time};

/// A named part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    /// What the agent holds.
    Mine,
    /// What an agent can work on now: to be decided, or ready to be issued.
    #[default]
    ToDecide,
    /// What waits for a second yes.
    ToApprove,
    /// What the customer was asked for.
    Waiting,
    /// What waits for a time: a hold, a cool-down.
    OnHold,
    /// What is to be investigated.
    Fraud,
    /// What is late.
    Overdue,
    /// Everything that is not closed.
    All,
}

/// What a view looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where the ticket stands.
    pub state: State,
    /// What is recommended.
    pub recommendation: Option<Recommendation>,
    /// When it should be done.
    pub due_at: Time,
    /// Since when its clock stands still.
    pub paused_at: Option<Time>,
    /// Until when it waits for time alone.
    pub held_until: Option<Time>,
    /// The account's owner answered without a code, and nobody has heard it.
    pub owner_wrote: bool,
    /// The agent who asks holds it now.
    pub mine: bool,
}

impl Standing {
    /// A hold or a cool-down that has ended: to be worked again.
    pub fn wakes(&self, now: Time) -> bool {
        match self.state {
            State::Held => self.held_until.is_some_and(|until| until <= now),
            State::Approved => self.held_until.is_none_or(|until| until <= now),
            _ => false,
        }
    }

    /// Whether it is late.
    pub fn is_late(&self, now: Time) -> bool {
        overdue(self.state, self.due_at, self.paused_at, self.held_until, now)
    }
}

impl View {
    /// In the order of the tabs.
    pub const ALL: [Self; 8] = [
        Self::Mine,
        Self::ToDecide,
        Self::ToApprove,
        Self::Waiting,
        Self::OnHold,
        Self::Fraud,
        Self::Overdue,
        Self::All,
    ];

    /// Its word in saved searches and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::ToDecide => "to-decide",
            Self::ToApprove => "to-approve",
            Self::Waiting => "waiting",
            Self::OnHold => "on-hold",
            Self::Fraud => "fraud",
            Self::Overdue => "overdue",
            Self::All => "all",
        }
    }

    /// The view of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.as_str() == word)
    }

    /// Whether a ticket belongs to it.
    pub fn holds(self, t: &Standing, now: Time) -> bool {
        let fraud = t.recommendation == Some(Recommendation::Investigate)
            && matches!(t.state, State::Open | State::Waiting | State::Held);
        match self {
            _ if t.state == State::Closed => false,
            Self::Mine => t.mine,
            Self::ToDecide => t.state == State::Open || t.wakes(now) || t.owner_wrote,
            Self::ToApprove => t.state == State::Decided,
            Self::Waiting => t.state == State::Waiting,
            Self::OnHold => matches!(t.state, State::Held | State::Approved) && !t.wakes(now) && !fraud,
            Self::Fraud => fraud,
            Self::Overdue => t.is_late(now),
            Self::All => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ticket_stands_where_somebody_looks_for_it() {
        let now = Time(1000);
        let (past, coming) = (Some(Time(900)), Some(Time(1100)));
        let investigate = Some(Recommendation::Investigate);
        let ask = Some(Recommendation::Ask);
        for (state, word, due, held, mine, expected) in [
            (State::Open, ask, 2000, None, false, "to-decide all"),
            (State::Open, ask, 500, None, true, "mine to-decide overdue all"),
            (State::Open, investigate, 2000, None, false, "to-decide fraud all"),
            (State::Held, investigate, 2000, None, false, "fraud all"),
            (State::Held, ask, 2000, coming, false, "on-hold all"),
            (State::Held, ask, 2000, past, false, "to-decide all"),
            (State::Held, ask, 2000, None, false, "on-hold all"),
            (State::Waiting, ask, 2000, None, false, "waiting all"),
            (State::Decided, ask, 500, coming, false, "to-approve overdue all"),
            (State::Approved, ask, 500, coming, false, "on-hold all"),
            (State::Approved, ask, 2000, past, false, "to-decide all"),
            (State::Issued, ask, 500, None, false, "all"),
            (State::Closed, investigate, 500, None, true, ""),
        ] {
            let t = Standing {
                state,
                recommendation: word,
                due_at: Time(due),
                paused_at: None,
                held_until: held,
                owner_wrote: false,
                mine,
            };
            let views: Vec<&str> =
                View::ALL.iter().filter(|v| v.holds(&t, now)).map(|v| v.as_str()).collect();
            assert_eq!(views.join(" "), expected, "{state} {word:?} {due} {held:?}");
            let wrote = Standing { owner_wrote: true, ..t };
            let somebody_looks = View::ToDecide.holds(&wrote, now);
            assert_eq!(somebody_looks, state != State::Closed, "{state}: the owner wrote");
        }
    }
}

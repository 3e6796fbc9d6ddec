//! The life of a ticket against a model small enough to be believed: whatever order people act in, the desk
//! allows exactly what the model allows and ends in the state the model names.

use latchkey::domain::{Channel, EvidenceKind, Recommendation as R, State, Time};
use proptest::prelude::*;

use crate::desk_rehearsal::{Rehearsal, noon};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anna,
    Boris,
}

impl Who {
    const fn name(self) -> &'static str {
        match self {
            Self::Anna => "anna",
            Self::Boris => "boris",
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Take(Who),
    Release(Who),
    Prove(Who),
    Decide(Who, R),
    Approve(Who),
    Issue(Who),
    Redeem(Who),
    Revoke,
    Object,
    AddEvidence(Who),
    Wait(Who),
    Close(Who),
    Reopen(Who),
    Hours(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let who = prop_oneof![3 => Just(Who::Anna), 2 => Just(Who::Boris)];
    let word = prop_oneof![3 => Just(R::Approve), 3 => Just(R::ApproveSecond), 1 => Just(R::Refuse), 1 => Just(R::Ask)];
    prop_oneof![
        1 => who.clone().prop_map(Step::Take),
        1 => who.clone().prop_map(Step::Release),
        3 => who.clone().prop_map(Step::Prove),
        5 => (who.clone(), word).prop_map(|(who, word)| Step::Decide(who, word)),
        4 => who.clone().prop_map(Step::Approve),
        5 => who.clone().prop_map(Step::Issue),
        4 => who.clone().prop_map(Step::Redeem),
        1 => Just(Step::Revoke),
        1 => Just(Step::Object),
        1 => who.clone().prop_map(Step::AddEvidence),
        1 => who.clone().prop_map(Step::Wait),
        1 => who.clone().prop_map(Step::Close),
        2 => who.prop_map(Step::Reopen),
        3 => prop_oneof![Just(1), Just(73)].prop_map(Step::Hours),
    ]
}

struct Decided {
    second: bool,
    at: Time,
}

/// What a ticket is, in the words of CONTRACT.md §2 and JUDGEMENT.md §7.
struct Model {
    now: Time,
    state: State,
    lease: Option<(Who, Time)>,
    proven: bool,
    objected: bool,
    touched: Vec<Who>,
    decision: Option<Decided>,
    approved_by: Option<Who>,
    /// Issued and neither used nor withdrawn.
    out: bool,
    redeemed: bool,
}

impl Model {
    fn new() -> Self {
        Self {
            now: noon(),
            state: State::Open,
            lease: None,
            proven: false,
            objected: false,
            touched: Vec::new(),
            decision: None,
            approved_by: None,
            out: false,
            redeemed: false,
        }
    }

    fn recommended(&self) -> R {
        match (self.objected, self.proven) {
            (true, _) => R::Refuse,
            (false, true) => R::Approve,
            (false, false) => R::Ask,
        }
    }

    fn free_for(&self, who: Who) -> bool {
        self.lease.is_none_or(|(holder, until)| holder == who || until <= self.now)
    }

    fn workable(&self, who: Who) -> bool {
        !matches!(self.state, State::Closed | State::Issued) && self.free_for(who)
    }

    fn hold(&mut self, who: Who) {
        self.lease = Some((who, Time(self.now.0 + 1800)));
    }

    fn drop_decision(&mut self) {
        self.decision = None;
        self.approved_by = None;
    }

    fn close(&mut self) {
        self.state = State::Closed;
        self.lease = None;
    }

    /// Whether the step is allowed; the model then is as after it.
    fn allows(&mut self, step: Step) -> bool {
        match step {
            Step::Hours(hours) => self.now = self.now.plus_hours(hours),
            Step::Take(who) if self.workable(who) => self.hold(who),
            Step::Release(who) if self.free_for(who) => self.lease = None,
            Step::Prove(who) if self.workable(who) => {
                self.hold(who);
                self.proven = true;
            }
            Step::AddEvidence(who) if self.workable(who) => {
                self.hold(who);
                self.touched.push(who);
                if matches!(self.state, State::Decided | State::Approved) {
                    self.drop_decision();
                    self.state = State::Open;
                }
                // The answer is there.
                if self.state == State::Waiting {
                    self.state = State::Open;
                }
            }
            Step::Wait(who)
                if self.workable(who) && matches!(self.state, State::Open | State::Waiting | State::Held) =>
            {
                self.hold(who);
                self.state = State::Waiting;
            }
            Step::Close(who) if self.workable(who) => self.close(),
            Step::Reopen(_) if self.state == State::Closed && !self.redeemed => {
                self.state = State::Open;
                self.proven = false;
                self.drop_decision();
            }
            Step::Decide(who, word) if self.workable(who) && !(word.grants() && self.objected) => {
                self.hold(who);
                self.drop_decision();
                self.touched.push(who);
                let overrides = word.grants() && self.recommended() != R::Approve;
                match word {
                    R::Approve | R::ApproveSecond => {
                        let second = overrides || word == R::ApproveSecond;
                        self.state = if second { State::Decided } else { State::Approved };
                        self.decision = Some(Decided { second, at: self.now });
                    }
                    R::Refuse => self.close(),
                    _ => self.state = State::Waiting,
                }
            }
            Step::Approve(Who::Boris)
                if self.state == State::Decided && !self.touched.contains(&Who::Boris) =>
            {
                self.approved_by = Some(Who::Boris);
                self.state = State::Approved;
            }
            Step::Issue(who) if self.state == State::Approved && self.free_for(who) => {
                let Some(decision) = &self.decision else { return false };
                if self.approved_by == Some(who) || (decision.second && self.now < decision.at.plus_hours(72))
                {
                    return false;
                }
                self.hold(who);
                self.state = State::Issued;
                self.out = true;
            }
            Step::Redeem(_) if self.out => {
                self.out = false;
                self.redeemed = true;
                self.close();
            }
            Step::Revoke if self.out => {
                self.out = false;
                self.drop_decision();
                self.state = State::Open;
            }
            Step::Object if !self.objected => {
                self.objected = true;
                self.out = false;
                if self.state != State::Closed {
                    self.drop_decision();
                    self.state = State::Open;
                }
            }
            _ => return false,
        }
        true
    }
}

/// The same step at the desk; `token` is the last one issued.
fn act(world: &Rehearsal, now: Time, step: Step, token: &mut Option<(String, String)>) -> Result<(), String> {
    let desk = |who: Who| world.desk_at(who.name(), now);
    let done = match step {
        Step::Hours(_) => Ok(()),
        Step::Take(who) => desk(who).take("C-1", None).map(drop),
        Step::Release(who) => desk(who).release("C-1").map(drop),
        Step::Prove(who) => {
            let mut desk = desk(who);
            desk.send_code("C-1", Channel::Sim, None)
                .and_then(|sent| desk.confirm_code("C-1", Channel::Sim, &sent.code.unwrap()).map(drop))
        }
        Step::Decide(who, word) => desk(who).decide("C-1", word, Some("as the model says"), true).map(drop),
        Step::Approve(who) => desk(who).approve("C-1", false).map(drop),
        Step::Issue(who) => {
            desk(who).issue("C-1", None, None).map(|issued| *token = Some((issued.jti, issued.token)))
        }
        Step::Redeem(who) => match token {
            Some((_, token)) => desk(who).redeem(token).map(drop),
            None => return Err("no token".into()),
        },
        Step::Revoke => match token {
            Some((jti, _)) => desk(Who::Anna).revoke(jti, "as the model says"),
            None => return Err("no token".into()),
        },
        Step::Object => desk(Who::Anna).object("C-1", None).map(drop),
        Step::AddEvidence(who) => {
            let columns = [("facts".to_owned(), "region=RU".to_owned())].into_iter().collect();
            desk(who).add_evidence("C-1", EvidenceKind::Facts, &columns, None).map(drop)
        }
        Step::Wait(who) => desk(who).wait("C-1"),
        Step::Close(who) => desk(who).close("C-1", "withdrawn"),
        Step::Reopen(who) => desk(who).reopen("C-1"),
    };
    done.map_err(|e| e.to_string())
}

fn state(world: &Rehearsal, now: Time) -> String {
    let shown = world.desk_at("anna", now).show("C-1", latchkey::desk::show::Privacy::Work).unwrap();
    shown["state"].as_str().unwrap().to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_ticket_lives_as_the_model_says(steps in proptest::collection::vec(step(), 1..16)) {
        let world = Rehearsal::new();
        world.owner_case("C-1");
        let (mut model, mut token) = (Model::new(), None);
        for (n, step) in steps.iter().enumerate() {
            // Codes and tokens run out after a week; the model does not follow them there.
            if matches!(step, Step::Hours(_)) && model.now > noon().plus_hours(90) {
                continue;
            }
            let allowed = model.allows(*step);
            let done = act(&world, model.now, *step, &mut token);
            prop_assert_eq!(done.is_ok(), allowed, "step {} {:?}: {:?}", n, step, done);
            prop_assert_eq!(state(&world, model.now), model.state.as_str(), "after step {} {:?}", n, step);
        }
        prop_assert!(world.desk_at("clara", model.now).audit_verify(&[]).unwrap().ok);
    }
}

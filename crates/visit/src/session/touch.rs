//! Presses: each means something in some states and nothing in the others.

use id_number::{IdNumber, LENGTH};

use super::Session;
use crate::Secret;
use crate::event::{Action, Fault, Key, PrintOutcome, Service, UiEvent};
use crate::state::{Again, CODE_LENGTH, State, code_evidence};

impl Session {
    pub(super) fn on_touch(&mut self, event: UiEvent, actions: &mut Vec<Action>) {
        let warned = self.grace_left().is_some();
        self.touched();
        // The press that answers the warning presses nothing else.
        if warned && !matches!(event, UiEvent::End | UiEvent::Home) {
            return;
        }
        if let Some(card) = self.other_card.take() {
            match event {
                UiEvent::SwitchCard(true) => return self.take_card(&card, actions),
                UiEvent::SwitchCard(false) => return,
                UiEvent::End | UiEvent::Home => {}
                _ => {
                    self.other_card = Some(card);
                    return;
                }
            }
        }
        match event {
            UiEvent::Home | UiEvent::End => self.go_home(actions),
            UiEvent::Help => self.help = true,
            UiEvent::Back if self.help => self.help = false,
            _ if self.help => {}
            UiEvent::Open(service) => self.open(service, actions),
            UiEvent::TypeNumber => self.type_number(),
            UiEvent::Key(key) => self.on_key(key),
            UiEvent::Submit => self.submit(actions),
            UiEvent::Choose(index) => self.choose(index),
            UiEvent::Print => {
                if matches!(self.state, State::Case { .. }) {
                    self.print(actions);
                }
            }
            UiEvent::Retry => self.retry(actions),
            UiEvent::Back => self.back(actions),
            UiEvent::Stay | UiEvent::SwitchCard(_) => {}
        }
    }

    fn open(&mut self, service: Service, actions: &mut Vec<Action>) {
        if !matches!(self.state, State::Home) {
            return;
        }
        if service == Service::Progress {
            self.state = State::AskCard;
        } else {
            self.state = State::Public(service);
            actions.push(Action::Fetch(service));
        }
    }

    fn type_number(&mut self) {
        if matches!(self.state, State::AskCard | State::Problem { .. }) {
            self.state = State::Number { typed: Secret::new(LENGTH) };
        }
    }

    fn on_key(&mut self, key: Key) {
        let (typed, allowed): (&mut Secret, fn(char) -> bool) = match &mut self.state {
            State::Number { typed } => (typed, |c| c.is_ascii_digit() || c == 'X'),
            State::Code { typed, .. } => (typed, is_crockford),
            _ => return,
        };
        match key {
            Key::Character(c) if allowed(c.to_ascii_uppercase()) => {
                typed.push(c.to_ascii_uppercase());
            }
            Key::Character(_) => {}
            Key::Erase => typed.pop(),
            Key::Clear => typed.clear(),
        }
    }

    fn submit(&mut self, actions: &mut Vec<Action>) {
        match &self.state {
            State::Number { typed } => {
                if let Ok(number) = IdNumber::parse(typed.expose()) {
                    let typed = Secret::new(CODE_LENGTH);
                    self.state = State::Code { number, from_card: false, typed };
                }
            }
            State::Code { number, from_card, typed } if typed.is_full() => {
                let evidence = code_evidence(number, typed, *from_card);
                let number = number.clone();
                self.open_visit(number, evidence, actions);
            }
            _ => {}
        }
    }

    fn choose(&mut self, index: usize) {
        let policies = self.public.policies.as_ref().map_or(0, Vec::len);
        self.change(|state| match state {
            State::Account(person) if index < person.applications.len() => {
                State::Case { person, chosen: index }
            }
            State::Public(Service::Policies) if index < policies => State::Policy(index),
            other => other,
        });
    }

    fn retry(&mut self, actions: &mut Vec<Action>) {
        match std::mem::replace(&mut self.state, State::Home) {
            State::Problem { again, fault } => match again {
                Again::Card => self.state = State::AskCard,
                Again::Number => self.state = State::Number { typed: Secret::new(LENGTH) },
                Again::Lookup { number, evidence } => self.open_visit(number, evidence, actions),
                Again::Fetch(service) => {
                    self.state = State::Public(service);
                    actions.push(Action::Fetch(service));
                }
                Again::Nothing => self.state = State::Problem { fault, again },
            },
            State::Slip { person, chosen, outcome } => {
                self.state = State::Slip { person, chosen, outcome };
                if outcome != PrintOutcome::Printed {
                    self.print(actions);
                }
            }
            other => self.state = other,
        }
    }

    fn back(&mut self, actions: &mut Vec<Action>) {
        match std::mem::replace(&mut self.state, State::Home) {
            State::Number { .. } => self.state = State::AskCard,
            State::Code { from_card: false, .. } => {
                self.state = State::Number { typed: Secret::new(LENGTH) };
            }
            State::Opening { visit, .. } => {
                actions.push(Action::CloseVisit(visit));
                self.state = State::AskCard;
            }
            State::Case { person, .. } => self.state = State::Account(person),
            // A slip on its way cannot be called back; the resident need not watch it.
            State::Printing { person, chosen, .. } | State::Slip { person, chosen, .. } => {
                self.state = State::Case { person, chosen };
            }
            State::Policy(_) => self.state = State::Public(Service::Policies),
            account @ State::Account(_) => self.state = account,
            State::Home
            | State::AskCard
            | State::Code { .. }
            | State::Reading { .. }
            | State::Problem { .. }
            | State::Public(_) => {}
        }
    }
}

/// Crockford base32: no I, L, O, U.
fn is_crockford(c: char) -> bool {
    c.is_ascii_digit() || (c.is_ascii_uppercase() && !matches!(c, 'I' | 'L' | 'O' | 'U'))
}

/// Whether the problem screen may offer typing the number instead.
pub(crate) fn may_type(fault: Fault, again: &Again) -> bool {
    matches!(fault, Fault::Card(_))
        || matches!(again, Again::Number)
        || matches!(fault, Fault::Central(crate::CentralFault::ReaderNotEnrolled))
}

//! Presses: each means something in some states and nothing in the others.

use id_number::{IdNumber, LENGTH};

use super::Session;
use super::complaints::{question, tracking};
use super::lists::public_state;
use crate::Secret;
use crate::event::{Action, Fault, Key, PrintOutcome, UiEvent};
use crate::state::{Again, CODE_LENGTH, Draft, DraftStep, State, code_evidence};

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
        // The news of a failed slip is read before anything else is done.
        if self.failed_slip.take().is_some() && !matches!(event, UiEvent::End | UiEvent::Home) {
            return;
        }
        if self.asks_about_receipt(&event) {
            return;
        }
        match event {
            // The receipt is on its way; the wait for it has an end of its own.
            UiEvent::Home | UiEvent::End if matches!(self.state, State::Filing { .. }) => {}
            UiEvent::Home | UiEvent::End => self.go_home(actions),
            UiEvent::Help => self.help = true,
            UiEvent::Back if self.help => self.help = false,
            _ if self.help => {}
            UiEvent::Open(service) => self.open(service, actions),
            UiEvent::TypeNumber => self.type_number(),
            UiEvent::Key(key) => self.on_key(key, actions),
            UiEvent::Submit => self.submit(actions),
            UiEvent::Choose(index) => self.choose(index),
            UiEvent::Print => {
                if !matches!(self.state, State::Slip { .. }) {
                    self.print(actions);
                }
            }
            UiEvent::Retry => self.retry(actions),
            UiEvent::Back => self.back(actions),
            UiEvent::Search => self.search(),
            UiEvent::Pick(index) => self.pick(index, actions),
            UiEvent::Tick(paper) => self.tick(paper),
            UiEvent::Show(part) => self.show_part(part),
            UiEvent::Narrow(by) => self.narrow(by),
            UiEvent::Guide(station) => self.show_guide(station),
            UiEvent::Remedies => self.show_remedies(),
            UiEvent::Offices => {
                if matches!(self.state, State::Complaints) {
                    self.state = State::Offices;
                }
            }
            UiEvent::Complain(worded) => self.complain(worded, actions),
            UiEvent::AskStanding => {
                if matches!(self.state, State::Complaints | State::Problem { .. }) {
                    self.state = tracking();
                }
            }
            UiEvent::Sign(signed) => self.sign(signed),
            UiEvent::Stay | UiEvent::SwitchCard(_) => {}
        }
    }

    /// Whether the press would take away a complaint's number and code, which are nowhere else: unless they
    /// are printed, they are asked about before they go.
    fn asks_about_receipt(&mut self, event: &UiEvent) -> bool {
        let goes = matches!(event, UiEvent::End | UiEvent::Home);
        if !matches!(self.state.under_slip(), State::Filed { .. }) {
            return false;
        }
        let printed = self.slips.is_complaint_printed();
        let at_slip = !matches!(self.state, State::Filed { .. });
        if at_slip && (printed || !goes) {
            return false;
        }
        self.change(State::off_slip);
        let State::Filed { leaving, .. } = &mut self.state else { return false };
        let asked = std::mem::take(leaving);
        let ends = at_slip || matches!(event, UiEvent::End);
        *leaving = ends && !printed && !asked;
        // The receipt itself is left by 结束 only.
        *leaving || matches!(event, UiEvent::Home)
    }

    fn type_number(&mut self) {
        if matches!(self.state, State::AskCard | State::Problem { .. }) {
            self.state = State::Number { typed: Secret::new(LENGTH) };
        }
    }

    fn on_key(&mut self, key: Key, actions: &mut Vec<Action>) {
        if self.finder().is_some() {
            return self.on_search_key(key);
        }
        let (typed, allowed): (&mut Secret, fn(char) -> bool) = match &mut self.state {
            State::Number { typed } => (typed, |c| c.is_ascii_digit() || c == 'X'),
            State::Code { typed, .. }
            | State::Tracking { typed }
            | State::TrackingCode { typed, .. } => (typed, is_crockford),
            State::Draft(draft) if draft.step == DraftStep::Phone => {
                (&mut draft.phone, |c| c.is_ascii_digit())
            }
            State::Draft(_) => return self.on_text_key(key, actions),
            _ => return,
        };
        match key {
            Key::Character(c) if allowed(c.to_ascii_uppercase()) => {
                typed.push(c.to_ascii_uppercase());
            }
            Key::Character(_) | Key::Letter(_) => {}
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
            State::Tracking { typed } if typed.is_full() => {
                let (tracking, typed) = (typed.clone(), Secret::new(CODE_LENGTH));
                self.state = State::TrackingCode { tracking, typed };
            }
            State::TrackingCode { tracking, typed } => {
                if let Some(question) = question(tracking, typed) {
                    self.ask_standing(question, actions);
                }
            }
            State::Draft(_) => self.go_on_with_draft(actions),
            _ => {}
        }
    }

    fn choose(&mut self, index: usize) {
        match self.state {
            State::Policies(_) => self.choose_policy(index),
            State::Notices(_) => self.choose_notice(index),
            State::Draft(_) => self.choose_for_draft(index),
            _ => self.change(|state| match state {
                State::Account(person) if index < person.applications.len() => {
                    State::Case { person, chosen: index }
                }
                other => other,
            }),
        }
    }

    fn show_guide(&mut self, station: usize) {
        self.change(|state| match state {
            State::Case { person, chosen }
                if person.applications.get(chosen).is_some_and(|of| station < of.steps.len()) =>
            {
                State::Guide { person, chosen, station }
            }
            other => other,
        });
    }

    fn show_remedies(&mut self) {
        self.change(|state| match state {
            State::Case { person, chosen }
                if person.applications.get(chosen).is_some_and(|of| of.decision.is_some()) =>
            {
                State::Remedies { person, chosen }
            }
            other => other,
        });
    }

    fn retry(&mut self, actions: &mut Vec<Action>) {
        match std::mem::replace(&mut self.state, State::Home) {
            State::Problem { again, fault } => match again {
                Again::Card => self.state = State::AskCard,
                Again::Number => self.state = State::Number { typed: Secret::new(LENGTH) },
                Again::Lookup { number, evidence } => self.open_visit(number, evidence, actions),
                Again::File(draft) => self.file_again(draft, actions),
                Again::Tracking => self.state = tracking(),
                Again::Ask(question) => self.ask_standing(question, actions),
                Again::Fetch(service) => {
                    self.state = public_state(service);
                    actions.push(Action::Fetch(service));
                    self.find();
                }
                Again::Nothing => self.state = State::Problem { fault, again },
            },
            State::Slip { behind, outcome } => {
                self.state = State::Slip { behind, outcome };
                if outcome != PrintOutcome::Printed {
                    self.print(actions);
                }
            }
            other => self.state = other,
        }
    }

    fn back(&mut self, actions: &mut Vec<Action>) {
        let state = std::mem::replace(&mut self.state, State::Home);
        if let State::Opening { visit, .. } = &state {
            actions.push(Action::CloseVisit(*visit));
        }
        self.state = match state {
            State::Number { .. } | State::Opening { .. } => State::AskCard,
            State::Code { from_card: false, .. } => State::Number { typed: Secret::new(LENGTH) },
            State::Case { person, .. } => State::Account(person),
            State::Guide { person, chosen, .. } | State::Remedies { person, chosen } => {
                State::Case { person, chosen }
            }
            // A slip on its way cannot be called back; the resident need not watch it.
            slip @ (State::Printing { .. } | State::Slip { .. }) => slip.off_slip(),
            State::Policy { list, .. } => State::Policies(list),
            State::Notice { list, .. } => State::Notices(list),
            State::Notices(mut list) if list.choosing.is_some() => {
                list.choosing = None;
                State::Notices(list)
            }
            State::Offices | State::Tracking { .. } | State::Standing(_) => State::Complaints,
            State::TrackingCode { .. } | State::Asking { .. } => tracking(),
            State::Draft(draft) => back_in_draft(draft),
            State::Problem { again: Again::File(draft), .. } => State::Draft(draft),
            State::Problem { again: Again::Ask(_) | Again::Tracking, .. } => State::Complaints,
            account @ State::Account(_) => account,
            // What is on its way to the disk stays on its way; a receipt is left by 结束 only.
            filing @ (State::Filing { .. } | State::Filed { .. }) => filing,
            State::Home
            | State::AskCard
            | State::Code { .. }
            | State::Reading { .. }
            | State::Problem { .. }
            | State::Policies(_)
            | State::Notices(_)
            | State::Complaints => State::Home,
        };
        self.find();
    }
}

fn back_in_draft(mut draft: Box<Draft>) -> State {
    match draft.before() {
        Some(step) => {
            if let Some(editor) = draft.editor() {
                editor.settle();
            }
            draft.step = step;
            State::Draft(draft)
        }
        None => State::Complaints,
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

//! Cards: the first one of a visit, the same one again, another one.

use id_number::IdNumber;

use super::Session;
use crate::Secret;
use crate::event::{Action, CardEvent, CardFacts, CardFault, Fault, Trust};
use crate::state::{Again, CODE_LENGTH, State, card_evidence};
use central_api::{Evidence, VisitLevel};

impl Session {
    pub(super) fn on_card(&mut self, event: CardEvent, actions: &mut Vec<Action>) {
        let busy = self.state.visit().is_some();
        match event {
            CardEvent::Seen if !busy => {
                self.touched();
                self.help = false;
                if !matches!(self.state, State::Code { .. } | State::Number { .. }) {
                    self.state = State::Reading { since: self.now.uptime };
                }
            }
            CardEvent::Read(facts) => self.on_card_read(facts, actions),
            CardEvent::Failed(fault) => self.on_card_failed(fault, actions),
            CardEvent::Removed | CardEvent::Seen => {}
        }
    }

    fn on_card_read(&mut self, facts: Box<CardFacts>, actions: &mut Vec<Action>) {
        self.touched();
        let same = self.state.number() == Some(&facts.number);
        if same && !self.upgrades(&facts) {
            return;
        }
        if self.state.visit().is_some() && !same {
            self.other_card = Some(facts);
            return;
        }
        self.take_card(&facts, actions);
    }

    /// A card read through the security module opens more than the same number typed or copied.
    fn upgrades(&self, facts: &CardFacts) -> bool {
        let authenticated = matches!(facts.trust, Trust::Authenticated { .. });
        authenticated
            && match &self.state {
                State::Code { .. } => true,
                State::Opening { evidence, .. } => {
                    !matches!(evidence, Evidence::AuthenticatedCard { .. })
                }
                State::Printing { .. } => false,
                state => state.person().is_some_and(|person| person.level == VisitLevel::Basic),
            }
    }

    /// Ends the visit in progress, if any, and begins one with this card.
    pub(super) fn take_card(&mut self, facts: &CardFacts, actions: &mut Vec<Action>) {
        actions.extend(self.state.visit().map(Action::CloseVisit));
        self.help = false;
        self.other_card = None;
        let number = facts.number.clone();
        match card_evidence(&number, &facts.name, &facts.trust) {
            Some(evidence) => self.open_visit(number, evidence, actions),
            None => {
                self.state =
                    State::Code { number, from_card: true, typed: Secret::new(CODE_LENGTH) };
            }
        }
    }

    pub(super) fn open_visit(
        &mut self,
        number: IdNumber,
        evidence: Evidence,
        actions: &mut Vec<Action>,
    ) {
        let visit = self.new_visit();
        actions.push(Action::OpenVisit(visit, evidence.clone()));
        self.state = State::Opening { visit, number, evidence, since: self.now.uptime };
    }

    fn on_card_failed(&mut self, fault: CardFault, actions: &mut Vec<Action>) {
        let typing = matches!(self.state, State::Number { .. } | State::Code { .. });
        if self.state.visit().is_some() || typing {
            actions.push(Action::Log(Fault::Card(fault)));
            return;
        }
        self.touched();
        self.fail(Fault::Card(fault), Again::Card, actions);
    }
}

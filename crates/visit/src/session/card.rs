//! Cards: the first one of a visit, the same one again, another one.

use id_number::IdNumber;

use super::Session;
use crate::Secret;
use crate::event::{Action, CardEvent, CardFacts, CardFault, Fault, Trust};
use crate::state::{Again, CODE_LENGTH, DraftStep, State, card_evidence};
use central_api::{Evidence, VisitLevel};

impl Session {
    pub(super) fn on_card(&mut self, event: CardEvent, actions: &mut Vec<Action>) {
        match event {
            CardEvent::Seen if !self.keeps_the_screen() => {
                self.help = false;
                if !matches!(self.state, State::Reading { .. }) {
                    self.touched();
                    self.state = State::Reading { since: self.now.uptime };
                }
            }
            CardEvent::Read(facts) => self.on_card_read(facts, actions),
            CardEvent::Failed(fault) => self.on_card_failed(fault, actions),
            CardEvent::Removed | CardEvent::Seen => {}
        }
    }

    /// Whether a card that is only seen, not read, must not push the screen away.
    fn keeps_the_screen(&self) -> bool {
        self.state.visit().is_some()
            || self.state.draft().is_some()
            || matches!(
                self.state.under_slip(),
                State::Code { .. }
                    | State::Number { .. }
                    | State::Tracking { .. }
                    | State::TrackingCode { .. }
                    | State::Filed { .. }
                    | State::Standing(_)
            )
    }

    fn on_card_read(&mut self, facts: Box<CardFacts>, actions: &mut Vec<Action>) {
        if self.state.draft().is_some() {
            return self.sign_with_card(&facts);
        }
        // A receipt is read and kept before anything else is begun.
        if matches!(self.state.under_slip(), State::Filed { .. }) {
            return;
        }
        let same = self.state.number() == Some(&facts.number);
        // A card that lies on the reader is no sign of life.
        if same && !self.upgrades(&facts) {
            return;
        }
        self.touched();
        let held =
            self.state.visit().is_some() || matches!(self.state.under_slip(), State::Standing(_));
        if held && !same {
            self.other_card = Some(facts);
            return;
        }
        self.take_card(&facts, actions);
    }

    /// While a complaint is being written a card means nothing, unless its writer signs it.
    fn sign_with_card(&mut self, facts: &CardFacts) {
        if let State::Draft(draft) = &mut self.state
            && draft.signed
            && matches!(draft.step, DraftStep::Name | DraftStep::Phone)
        {
            draft.sign(&facts.name, &facts.number);
            self.touched();
        }
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
                State::Printing { .. } | State::Slip { .. } => false,
                state => state.person().is_some_and(|person| person.level == VisitLevel::Basic),
            }
    }

    /// Ends the visit in progress, if any, and begins one with this card.
    pub(super) fn take_card(&mut self, facts: &CardFacts, actions: &mut Vec<Action>) {
        actions.extend(self.state.open_visit().map(Action::CloseVisit));
        self.help = false;
        self.other_card = None;
        self.failed_slip = None;
        self.slips.forget();
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
        if self.keeps_the_screen() {
            actions.push(Action::Log(Fault::Card(fault)));
            return;
        }
        self.touched();
        self.fail(Fault::Card(fault), Again::Card, actions);
    }
}

//! Central's answers: accepted only by the visit that asked.

use central_api::Evidence;

use super::{Session, first_screen};
use crate::event::{Action, CentralEvent, CentralFault, Fault, Service};
use crate::state::{Again, Person, State};

impl Session {
    pub(super) fn on_central(&mut self, event: CentralEvent, actions: &mut Vec<Action>) {
        match event {
            CentralEvent::Released { visit, level, applications } => {
                let waiting = matches!(self.state, State::Opening { .. });
                if !waiting || self.state.visit() != Some(visit) {
                    return;
                }
                self.last_touch = self.now.uptime;
                self.change(|state| match state {
                    State::Opening { number, .. } => {
                        first_screen(Person { visit, number, level, applications })
                    }
                    other => other,
                });
            }
            CentralEvent::Withheld { visit, fault } => self.on_withheld(visit, fault, actions),
            CentralEvent::Standing { visit, standing } => {
                if matches!(self.state, State::Asking { .. }) && self.state.visit() == Some(visit) {
                    self.last_touch = self.now.uptime;
                    self.state = State::Standing(standing);
                }
            }
            CentralEvent::Synced(civil) => self.public.synced = Some(civil),
            CentralEvent::Time { civil, fresh } => self.on_time(civil, fresh),
            CentralEvent::Public(content) => self.on_public(content),
            CentralEvent::PublicMissing(service) => {
                let open = match &self.state {
                    State::Policies(_) => Some(Service::Policies),
                    State::Notices(_) => Some(Service::Notices),
                    State::Complaints => Some(Service::Complaints),
                    _ => None,
                };
                if open == Some(service) && !self.has_public(service) {
                    self.fail(Fault::PublicMissing, Again::Fetch(service), actions);
                }
            }
        }
    }

    fn on_withheld(
        &mut self,
        visit: crate::VisitId,
        fault: CentralFault,
        actions: &mut Vec<Action>,
    ) {
        if self.state.visit() != Some(visit) {
            return;
        }
        if matches!(self.state, State::Asking { .. }) {
            return self.withhold_standing(fault, actions);
        }
        if !matches!(self.state, State::Opening { .. }) {
            return;
        }
        let State::Opening { number, evidence, .. } =
            std::mem::replace(&mut self.state, State::Home)
        else {
            return;
        };
        let by_card = matches!(evidence, Evidence::AuthenticatedCard { .. });
        let again = match fault {
            CentralFault::NotFound if by_card => Again::Nothing,
            CentralFault::NotFound => Again::Number,
            CentralFault::Unreachable | CentralFault::Slow | CentralFault::Rubbish => {
                Again::Lookup { number, evidence }
            }
            CentralFault::TooManyAttempts { .. }
            | CentralFault::ReaderNotEnrolled
            | CentralFault::KioskRefused => Again::Nothing,
        };
        self.fail(Fault::Central(fault), again, actions);
    }
}

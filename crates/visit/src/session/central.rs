//! Central's answers: accepted only by the visit that asked.

use central_api::Evidence;

use super::{Session, first_screen};
use crate::event::{Action, CentralEvent, CentralFault, Fault, PublicContent, Service};
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
                    State::Opening { number, .. } => first_screen(Person {
                        visit,
                        number,
                        level,
                        applications,
                        slips: Vec::new(),
                    }),
                    other => other,
                });
            }
            CentralEvent::Withheld { visit, fault } => self.on_withheld(visit, fault, actions),
            CentralEvent::Public(content) => self.on_public(content),
            CentralEvent::PublicMissing(service) => {
                if matches!(self.state, State::Public(open) if open == service)
                    && !self.has_public(service)
                {
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
        let waiting = matches!(self.state, State::Opening { .. });
        if !waiting || self.state.visit() != Some(visit) {
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

    fn on_public(&mut self, content: PublicContent) {
        match content {
            PublicContent::Hall(hall) => self.public.hall = Some(hall),
            PublicContent::Policies(policies) => {
                self.public.policies = Some(policies);
                if let State::Policy(_) = self.state {
                    self.state = State::Public(Service::Policies);
                }
            }
            PublicContent::Notices(notices) => self.public.notices = Some(notices),
        }
    }

    pub(super) fn has_public(&self, service: Service) -> bool {
        match service {
            Service::Policies => self.public.policies.is_some(),
            Service::Notices => self.public.notices.is_some(),
            Service::Complaints => self.public.hall.is_some(),
            Service::Progress => true,
        }
    }
}

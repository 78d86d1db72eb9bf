//! `Session -> Screen`: the only place that decides what is shown.

use id_number::{IdNumber, IdNumberError, LENGTH};
use zeroize::Zeroizing;

use crate::event::{Device, Health, Service};
use crate::screen::{
    AccountView, Body, CaseView, CodeView, DeviceView, Frame, NumberHint, NumberView, Overlay,
    ProblemView, Screen, Waiting, Ways,
};
use crate::session::{Session, may_type};
use crate::state::{Again, Person, State};
use crate::{Fault, Secret};

impl Session {
    /// What is on the screen now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        Screen { frame: self.frame(), body: self.body(), overlay: self.overlay() }
    }

    fn frame(&self) -> Frame {
        let devices = self.health.iter().filter(|(_, health)| **health != Health::Ok);
        Frame {
            hall: self.hall_name(),
            clock: self.now.civil,
            devices: devices.map(|(&device, &health)| DeviceView { device, health }).collect(),
            ways: self.ways(),
        }
    }

    fn ways(&self) -> Ways {
        if self.help {
            return Ways { back: true, home: true, help: false, end: self.is_personal() };
        }
        let home = !matches!(self.state, State::Home);
        let back = home && !matches!(self.state, State::Account(_));
        Ways { back, home, help: true, end: self.is_personal() }
    }

    /// Whether something of a resident is held: typed, read or released.
    fn is_personal(&self) -> bool {
        match &self.state {
            State::Home | State::AskCard | State::Reading { .. } => false,
            State::Public(_) | State::Policy(_) => false,
            State::Problem { again, .. } => matches!(again, Again::Lookup { .. }),
            _ => true,
        }
    }

    fn overlay(&self) -> Option<Overlay> {
        match self.grace_left() {
            Some(left) => {
                Some(Overlay::StillThere { left_s: left.as_millis().div_ceil(1000) as u64 })
            }
            None => self.other_card.as_ref().map(|_| Overlay::AnotherCard),
        }
    }

    fn body(&self) -> Body {
        if self.help {
            return Body::Help;
        }
        match &self.state {
            State::Home => Body::Home,
            State::AskCard => Body::AskCard { can_read: self.can_read() },
            State::Number { typed } => Body::Number(number_view(typed)),
            State::Code { number, typed, .. } => Body::Code(CodeView {
                number: number.to_string(),
                typed: Zeroizing::new(typed.expose().to_owned()),
                complete: typed.is_full(),
            }),
            State::Reading { .. } => Body::Waiting(Waiting::ReadingCard),
            State::Opening { .. } => Body::Waiting(Waiting::LookingUp),
            State::Printing { .. } => Body::Waiting(Waiting::Printing),
            State::Account(person) => Body::Account(self.account(person)),
            State::Case { person, chosen } => match person.applications.get(*chosen) {
                Some(application) => Body::Case(Box::new(CaseView {
                    number: person.number.to_string(),
                    level: person.level,
                    application: application.clone(),
                    today: self.now.civil.date(),
                    can_print: self.works(Device::Printer),
                })),
                None => Body::Account(self.account(person)),
            },
            State::Slip { outcome, .. } => Body::Slip { outcome: *outcome },
            State::Problem { fault, again } => Body::Problem(problem_view(*fault, again)),
            State::Public(service) => self.public_body(*service),
            State::Policy(index) => {
                match self.public.policies.as_ref().and_then(|policies| policies.get(*index)) {
                    Some(policy) => Body::Policy(policy.clone()),
                    None => self.public_body(Service::Policies),
                }
            }
        }
    }

    fn public_body(&self, service: Service) -> Body {
        match service {
            Service::Policies => Body::Policies(self.public.policies.clone()),
            Service::Notices => Body::Notices(self.public.notices.clone()),
            Service::Complaints => Body::Complaints(self.public.hall.clone()),
            Service::Progress => Body::AskCard { can_read: self.can_read() },
        }
    }

    fn account(&self, person: &Person) -> AccountView {
        AccountView {
            number: person.number.to_string(),
            level: person.level,
            applications: person.applications.clone(),
            office: self.public.hall.as_ref().and_then(|hall| hall.offices.first().cloned()),
        }
    }

    fn can_read(&self) -> bool {
        self.works(Device::IdReader) || self.works(Device::SocialReader)
    }

    /// Works, as far as known.
    fn works(&self, device: Device) -> bool {
        self.health.get(&device) != Some(&Health::Failed)
    }
}

fn number_view(typed: &Secret) -> NumberView {
    let checked = IdNumber::parse(typed.expose());
    let hint = match checked {
        Ok(_) => NumberHint::Good,
        Err(IdNumberError::Region) => NumberHint::Region,
        Err(IdNumberError::BirthDate) => NumberHint::BirthDate,
        Err(_) if typed.is_full() => NumberHint::Mistyped,
        Err(_) => NumberHint::Missing(LENGTH - typed.expose().len()),
    };
    NumberView {
        typed: Zeroizing::new(typed.expose().to_owned()),
        hint,
        complete: hint == NumberHint::Good,
    }
}

fn problem_view(fault: Fault, again: &Again) -> ProblemView {
    ProblemView {
        fault,
        retry: !matches!(again, Again::Nothing),
        type_number: may_type(fault, again),
    }
}

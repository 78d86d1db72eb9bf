//! `Session -> Screen`: the only place that decides what is shown.

use id_number::{IdNumber, IdNumberError, LENGTH};
use zeroize::Zeroizing;

mod complaints;
mod public;

use crate::event::{Device, Health};
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
            clock: self.civil(),
            devices: devices.map(|(&device, &health)| DeviceView { device, health }).collect(),
            ways: self.ways(),
        }
    }

    fn ways(&self) -> Ways {
        // Number and code are on their way: nothing leads past them.
        let filing = matches!(self.state, State::Filing { .. });
        let end = self.is_personal() && !filing;
        if self.help {
            return Ways { back: true, home: !filing, help: false, end };
        }
        let home = !filing && !matches!(self.state, State::Home | State::Filed { .. });
        let stays = matches!(self.state, State::Account(_) | State::Filed { .. });
        let back = home && !stays;
        Ways { back, home, help: true, end }
    }

    /// Whether something of a resident is held: typed, read or released.
    fn is_personal(&self) -> bool {
        match self.state.under_slip() {
            State::Home | State::AskCard | State::Reading { .. } => false,
            State::Policies(_) | State::Policy { .. } => false,
            State::Notices(_) | State::Notice { .. } => false,
            State::Complaints | State::Offices => false,
            State::Problem { again, .. } => {
                matches!(again, Again::Lookup { .. } | Again::File(_) | Again::Ask(_))
            }
            _ => true,
        }
    }

    fn overlay(&self) -> Option<Overlay> {
        match self.grace_left() {
            Some(left) => {
                Some(Overlay::StillThere { left_s: left.as_millis().div_ceil(1000) as u64 })
            }
            None if self.other_card.is_some() => Some(Overlay::AnotherCard),
            None if matches!(self.state, State::Filed { leaving: true, .. }) => {
                Some(Overlay::KeepReceipt)
            }
            None => self.failed_slip.map(Overlay::SlipFailed),
        }
    }

    fn body(&self) -> Body {
        if self.help {
            return Body::Help;
        }
        match &self.state {
            State::Home => Body::Home,
            State::AskCard => Body::AskCard {
                id_cards: self.works(Device::IdReader),
                social_cards: self.works(Device::SocialReader),
            },
            State::Number { typed } => Body::Number(number_view(typed)),
            State::Code { number, typed, .. } => Body::Code(CodeView {
                number: number.to_string(),
                typed: Zeroizing::new(typed.expose().to_owned()),
                complete: typed.is_full(),
            }),
            State::Reading { .. } => Body::Waiting(Waiting::ReadingCard),
            State::Opening { .. } => Body::Waiting(Waiting::LookingUp),
            State::Printing { .. } => Body::Waiting(Waiting::Printing),
            State::Filing { .. } => Body::Waiting(Waiting::Filing),
            State::Asking { .. } => Body::Waiting(Waiting::AskingStanding),
            State::Account(person) => Body::Account(self.account(person)),
            State::Case { person, chosen } => match self.case(person, *chosen) {
                Some(case) => Body::Case(Box::new(case)),
                None => Body::Account(self.account(person)),
            },
            State::Remedies { person, chosen } => match self.case(person, *chosen) {
                Some(case) => Body::Remedies(Box::new(case)),
                None => Body::Account(self.account(person)),
            },
            State::Guide { person, chosen, station } => {
                let application = person.applications.get(*chosen);
                match application.and_then(|application| self.guide(application, *station)) {
                    Some(guide) => Body::Guide(Box::new(guide)),
                    None => Body::Account(self.account(person)),
                }
            }
            State::Slip { outcome, .. } => Body::Slip { outcome: *outcome },
            State::Problem { fault, again } => Body::Problem(problem_view(*fault, again)),
            State::Policies(list) => Body::Policies(self.policies_view(list)),
            State::Policy { list, id, ticked } => match self.policy_view(id, ticked) {
                Some(policy) => Body::Policy(Box::new(policy)),
                None => Body::Policies(self.policies_view(list)),
            },
            State::Notices(list) => self.notices_body(list),
            State::Notice { list, id } => match self.notice_view(id) {
                Some(notice) => Body::Notice(Box::new(notice)),
                None => self.notices_body(list),
            },
            State::Complaints => Body::Complaints(self.public.hall.clone()),
            State::Offices => Body::Offices(self.offices()),
            State::Draft(draft) => self.draft_body(draft),
            State::Filed { kind, signed, filed, .. } => {
                Body::Filed(self.filed_view(*kind, *signed, filed))
            }
            State::Tracking { typed } => complaints::tracking(typed),
            State::TrackingCode { typed, .. } => complaints::tracking_code(typed),
            State::Standing(standing) => self.standing_body(standing),
        }
    }

    fn case(&self, person: &Person, chosen: usize) -> Option<CaseView> {
        Some(CaseView {
            number: person.number.to_string(),
            level: person.level,
            application: person.applications.get(chosen)?.clone(),
            can_print: self.can_print(),
        })
    }

    fn account(&self, person: &Person) -> AccountView {
        AccountView {
            number: person.number.to_string(),
            level: person.level,
            applications: person.applications.clone(),
            office: self.public.hall.as_ref().and_then(|hall| hall.offices.first().cloned()),
        }
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

//! Public content: what is held, what is found in it, and how old it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use central_api::{
    Application, FundUse, KioskHall, Notice, Policy, PolicyStep, Programme, Standard, Subject, Text,
};
use jiff::civil::{Date, DateTime};
use search::{Entry, Index};

use super::Session;
use super::lists::public_state;
use crate::event::{Device, Health, NoticePart, PublicContent, Service};
use crate::screen::{Freshness, GuideView, PolicyView};
use crate::state::{Again, NoticeList, PolicyList, State, is_current};

/// Public content as last heard; it belongs to nobody and outlives visits.
#[derive(Default)]
pub(crate) struct Public {
    pub(crate) hall: Option<Arc<KioskHall>>,
    pub(crate) policies: Option<Arc<Vec<Policy>>>,
    pub(crate) notices: Option<Arc<Vec<Notice>>>,
    pub(crate) standards: Option<Arc<Vec<Standard>>>,
    pub(crate) funds: Option<Arc<Vec<FundUse>>>,
    policy_index: Option<Index>,
    notice_index: Option<Index>,
    pub(crate) synced: Option<DateTime>,
}

impl Public {
    fn take(&mut self, content: PublicContent) {
        match content {
            PublicContent::Hall(hall) => self.hall = Some(hall),
            PublicContent::Standards(standards) => self.standards = Some(standards),
            PublicContent::Funds(funds) => self.funds = Some(funds),
            PublicContent::Policies(policies) => {
                self.policy_index = Some(index_of_policies(&policies));
                self.policies = Some(policies);
            }
            PublicContent::Notices(notices) => {
                self.notice_index = Some(index_of_notices(&notices));
                self.notices = Some(notices);
            }
        }
    }

    pub(crate) fn notice(&self, id: &str) -> Option<&Notice> {
        self.notices.as_ref()?.iter().find(|notice| notice.id == id)
    }

    pub(crate) fn policy(&self, id: &str) -> Option<&Policy> {
        self.policies.as_ref()?.iter().find(|policy| policy.id == id)
    }

    fn policy_of(&self, programme: Programme) -> Option<&Policy> {
        let about = Subject::Programme(programme);
        self.policies.as_ref()?.iter().find(|policy| policy.about == about)
    }

    /// Standards that hold on a day.
    pub(crate) fn standards_on(&self, today: Date) -> impl Iterator<Item = &Standard> {
        let all = self.standards.as_deref().map_or(&[][..], Vec::as_slice);
        all.iter()
            .filter(move |standard| standard.from <= today)
            .filter(move |standard| standard.until.is_none_or(|until| today <= until))
    }
}

impl Session {
    pub(super) fn on_public(&mut self, content: PublicContent) {
        self.public.take(content);
        // What was missing has come: nobody needs to press for it.
        if let State::Problem { again: Again::Fetch(service), .. } = &self.state
            && self.has_public(*service)
        {
            self.state = public_state(*service);
        }
        self.find();
    }

    pub(super) fn has_public(&self, service: Service) -> bool {
        match service {
            Service::Policies => self.public.policies.is_some(),
            Service::Notices => self.public.notices.is_some(),
            Service::Complaints => self.public.hall.is_some(),
            Service::Progress => true,
        }
    }

    /// Works out anew what the list on the screen shows.
    pub(super) fn find(&mut self) {
        let today = self.today();
        self.leave_what_is_gone(today);
        let public = &self.public;
        match &mut self.state {
            State::Policies(list) | State::Policy { list, .. } => find_policies(public, list),
            State::Notices(list) | State::Notice { list, .. } => find_notices(public, list, today),
            _ => {}
        }
    }

    /// An entry that is no longer there gives way to its list.
    fn leave_what_is_gone(&mut self, today: Date) {
        let gone = match &self.state {
            State::Policy { id, .. } => {
                self.public.policies.is_some() && self.public.policy(id).is_none()
            }
            State::Notice { id, .. } => {
                !self.public.notice(id).is_some_and(|notice| is_current(notice, today))
            }
            _ => false,
        };
        if gone {
            self.change(|state| match state {
                State::Policy { list, .. } => State::Policies(list),
                State::Notice { list, .. } => State::Notices(list),
                other => other,
            });
        }
    }

    pub(crate) fn hall_name(&self) -> String {
        self.public.hall.as_ref().map(|hall| hall.name.zh_hans.clone()).unwrap_or_default()
    }

    pub(crate) fn freshness(&self) -> Freshness {
        let stale = self.health.get(&Device::Central) == Some(&Health::Failed);
        Freshness { stale, synced: self.public.synced }
    }

    pub(crate) fn policy_view(&self, id: &str, ticked: &BTreeSet<usize>) -> Option<PolicyView> {
        let policy = self.public.policy(id)?.clone();
        let about = policy.about;
        let standards = self.public.standards_on(self.today());
        Some(PolicyView {
            standards: standards.filter(|standard| standard.about == about).cloned().collect(),
            ticked: (0..policy.papers.len()).map(|paper| ticked.contains(&paper)).collect(),
            offices: self.offices(),
            can_print: self.can_print(),
            freshness: self.freshness(),
            policy,
        })
    }

    /// What is known of the n-th station of an application, from its applicant's side.
    pub(crate) fn guide(&self, application: &Application, station: usize) -> Option<GuideView> {
        let step = application.steps.get(station)?;
        let policy = self.public.policy_of(application.programme);
        let said = policy.and_then(|policy| {
            policy.steps.iter().find(|of| of.stage == Some(step.stage)).cloned()
        });
        let unsaid = || PolicyStep {
            stage: Some(step.stage),
            title: Text::zh(""),
            what: Text::zh(""),
            place: None,
            bring: None,
            limit: None,
        };
        Some(GuideView {
            programme: application.programme,
            stage: step.stage,
            step: said.unwrap_or_else(unsaid),
            // Papers are handed in at the beginning and when something is missing.
            papers: match step.stage {
                central_api::Stage::Submitted | central_api::Stage::Supplement => {
                    policy.map(|policy| policy.papers.clone()).unwrap_or_default()
                }
                _ => Vec::new(),
            },
            office: application.office.clone(),
            can_print: self.can_print(),
        })
    }

    pub(crate) fn offices(&self) -> Vec<central_api::Office> {
        self.public.hall.as_ref().map(|hall| hall.offices.clone()).unwrap_or_default()
    }
}

fn find_policies(public: &Public, list: &mut PolicyList) {
    let query = list.finder.query.expose();
    list.found = public.policy_index.as_ref().map(|index| index.find(query)).unwrap_or_default();
}

fn find_notices(public: &Public, list: &mut NoticeList, today: Date) {
    if list.part != NoticePart::Names {
        return;
    }
    let notices = public.notices.as_deref().map_or(&[][..], Vec::as_slice);
    let query = list.finder.query.expose();
    let found = if query.is_empty() {
        (0..notices.len()).collect()
    } else {
        public.notice_index.as_ref().map(|index| index.find(query)).unwrap_or_default()
    };
    let taken = |&place: &usize| {
        notices.get(place).is_some_and(|notice| list.narrowed.takes(notice, today))
    };
    list.found = found.into_iter().filter(taken).collect();
}

fn index_of_policies(policies: &[Policy]) -> Index {
    let bodies: Vec<(Vec<&str>, String)> = policies.iter().map(policy_texts).collect();
    Index::new(policies.iter().zip(&bodies).map(|(policy, (also, body))| Entry {
        title: &policy.title.zh_hans,
        also,
        body,
    }))
}

fn policy_texts(policy: &Policy) -> (Vec<&str>, String) {
    let also = policy.also_called.iter().map(String::as_str).collect();
    let mut body = policy.summary.zh_hans.clone();
    let steps = policy.steps.iter().map(|step| &step.what);
    let papers = policy.papers.iter().map(|paper| &paper.name);
    for text in policy.who.iter().chain(&policy.what).chain(papers).chain(steps) {
        body.push('\n');
        body.push_str(&text.zh_hans);
    }
    (also, body)
}

fn index_of_notices(notices: &[Notice]) -> Index {
    let places: Vec<[&str; 2]> = notices
        .iter()
        .map(|notice| [notice.town.zh_hans.as_str(), notice.place.zh_hans.as_str()])
        .collect();
    Index::new(notices.iter().zip(&places).map(|(notice, places)| Entry {
        title: &notice.applicant,
        also: places,
        body: "",
    }))
}

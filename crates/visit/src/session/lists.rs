//! Presses on what anyone may read: policies, notices, offices.

use std::collections::BTreeSet;

use central_api::{NoticeKind, Programme};

use super::Session;
use crate::event::{Action, Key, Narrowing, NoticePart, Service};
use crate::screen::Options;
use crate::state::{Finder, Narrowed, NoticeList, PolicyList, State, is_current, month_of};

impl Session {
    pub(super) fn open(&mut self, service: Service, actions: &mut Vec<Action>) {
        if !matches!(self.state, State::Home) {
            return;
        }
        self.state = public_state(service);
        if service != Service::Progress {
            actions.push(Action::Fetch(service));
        }
        self.find();
    }

    /// The finder of the list on the screen, if its keys are shown.
    pub(super) fn finder(&mut self) -> Option<&mut Finder> {
        match &mut self.state {
            State::Policies(PolicyList { finder, .. })
            | State::Notices(NoticeList { finder, .. })
                if finder.open =>
            {
                Some(finder)
            }
            _ => None,
        }
    }

    pub(super) fn on_search_key(&mut self, key: Key) {
        if self.finder().is_some_and(|finder| finder.key(key)) {
            self.find();
        }
    }

    pub(super) fn search(&mut self) {
        match &mut self.state {
            State::Policies(list) => list.finder.toggle(),
            State::Notices(list) if list.part == NoticePart::Names => list.finder.toggle(),
            _ => return,
        }
        self.find();
    }

    pub(super) fn tick(&mut self, paper: usize) {
        let State::Policy { id, ticked, .. } = &mut self.state else { return };
        let papers = self.public.policy(id).map_or(0, |policy| policy.papers.len());
        if paper < papers && !ticked.remove(&paper) {
            ticked.insert(paper);
        }
    }

    pub(super) fn show_part(&mut self, part: NoticePart) {
        if let State::Notices(list) = &mut self.state {
            *list = NoticeList { part, ..NoticeList::new() };
            self.find();
        }
    }

    pub(super) fn narrow(&mut self, by: Narrowing) {
        if let State::Notices(list) = &mut self.state
            && list.part == NoticePart::Names
        {
            list.choosing = Some(by);
        }
    }

    /// Reads the n-th policy of the list.
    pub(super) fn choose_policy(&mut self, index: usize) {
        let State::Policies(list) = &self.state else { return };
        let place = list.found.get(index);
        let policy = self.public.policies.as_ref().zip(place).and_then(|(all, &of)| all.get(of));
        let Some(id) = policy.map(|policy| policy.id.clone()) else { return };
        self.change(|state| match state {
            State::Policies(list) => State::Policy { list, id, ticked: BTreeSet::new() },
            other => other,
        });
    }

    /// Reads the n-th notice of the list, or takes the n-th option it is narrowed to.
    pub(super) fn choose_notice(&mut self, index: usize) {
        let State::Notices(list) = &self.state else { return };
        if let Some(by) = list.choosing {
            let options = self.options(by);
            if let State::Notices(list) = &mut self.state {
                narrow_by(&mut list.narrowed, &options, index);
                list.choosing = None;
            }
            return self.find();
        }
        let place = list.found.get(index);
        let notice = self.public.notices.as_ref().zip(place).and_then(|(all, &of)| all.get(of));
        let Some(id) = notice.map(|notice| notice.id.clone()) else { return };
        self.change(|state| match state {
            State::Notices(list) => State::Notice { list, id },
            other => other,
        });
    }

    /// What the list of notices can be narrowed to: what occurs in it today.
    pub(crate) fn options(&self, by: Narrowing) -> Options {
        let today = self.today();
        let notices = self.public.notices.as_deref().map_or(&[][..], Vec::as_slice);
        let current = notices.iter().filter(|notice| is_current(notice, today));
        match by {
            Narrowing::Town => {
                let towns: BTreeSet<&str> =
                    current.map(|notice| notice.town.zh_hans.as_str()).collect();
                Options::Towns(towns.into_iter().map(str::to_owned).collect())
            }
            Narrowing::Programme => {
                let there: Vec<Programme> = current.map(|notice| notice.programme).collect();
                let all = Programme::ALL.into_iter();
                Options::Programmes(all.filter(|programme| there.contains(programme)).collect())
            }
            Narrowing::Kind => {
                Options::Kinds(vec![NoticeKind::Publicity, NoticeKind::Announcement])
            }
            Narrowing::Month => {
                let months: BTreeSet<(i16, i8)> = current.map(month_of).collect();
                Options::Months(months.into_iter().rev().collect())
            }
        }
    }
}

/// The first screen of a service.
pub(super) fn public_state(service: Service) -> State {
    match service {
        Service::Progress => State::AskCard,
        Service::Policies => {
            State::Policies(PolicyList { finder: Finder::new(), found: Vec::new() })
        }
        Service::Notices => State::Notices(NoticeList::new()),
        Service::Complaints => State::Complaints,
    }
}

/// The first option is always "all".
fn narrow_by(narrowed: &mut Narrowed, options: &Options, index: usize) {
    let place = index.checked_sub(1);
    match options {
        Options::Towns(towns) => narrowed.town = place.and_then(|place| towns.get(place).cloned()),
        Options::Programmes(programmes) => {
            narrowed.programme = place.and_then(|place| programmes.get(place).copied());
        }
        Options::Kinds(kinds) => narrowed.kind = place.and_then(|place| kinds.get(place).copied()),
        Options::Months(months) => {
            narrowed.month = place.and_then(|place| months.get(place).copied());
        }
        Options::Subjects { .. } | Options::ComplaintKinds(_) => {}
    }
}

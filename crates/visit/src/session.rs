//! The machine's public face: events in, actions out. It never blocks, fails or reads a clock.

mod card;
mod central;
mod clock;
mod touch;
pub(crate) use touch::may_type;

use std::collections::BTreeMap;
use std::time::Duration;

use central_api::{KioskHall, Notice, PolicySummary};

use crate::event::{Action, CardFacts, Device, Event, Fault, Health, Now, PrintOutcome, VisitId};
use crate::state::{Again, Person, State};
use crate::{Receipt, timeouts};

/// What the session is told once, at the start.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The first visit's id; random, so that ids never repeat over restarts.
    pub first_visit: u64,
    /// Idle time before the warning.
    pub idle_warning: Duration,
    /// Grace after the warning.
    pub idle_grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            first_visit: 1,
            idle_warning: timeouts::IDLE_WARNING,
            idle_grace: timeouts::IDLE_GRACE,
        }
    }
}

/// One kiosk's session, from start to shutdown.
pub struct Session {
    pub(crate) settings: Settings,
    pub(crate) state: State,
    /// 怎么用 lies over the state without leaving it.
    pub(crate) help: bool,
    /// Another resident's card, waiting for an answer.
    pub(crate) other_card: Option<Box<CardFacts>>,
    pub(crate) now: Now,
    pub(crate) last_touch: Duration,
    pub(crate) health: BTreeMap<Device, Health>,
    pub(crate) public: Public,
    clock_steady_since: Duration,
    next_visit: u64,
}

/// Public content as last fetched; it belongs to nobody and outlives visits.
#[derive(Default)]
pub(crate) struct Public {
    pub(crate) hall: Option<KioskHall>,
    pub(crate) policies: Option<Vec<PolicySummary>>,
    pub(crate) notices: Option<Vec<Notice>>,
}

impl Session {
    /// A session at the home screen.
    #[must_use]
    pub fn new(settings: Settings, now: Now) -> Self {
        Self {
            settings,
            state: State::Home,
            help: false,
            other_card: None,
            now,
            last_touch: now.uptime,
            health: BTreeMap::new(),
            public: Public::default(),
            clock_steady_since: Duration::ZERO,
            next_visit: settings.first_visit,
        }
    }

    /// Takes in what happened and says what to do.
    pub fn on(&mut self, event: Event, now: Now) -> Vec<Action> {
        let mut actions = self.advance(now);
        match event {
            Event::Card(event) => self.on_card(event, &mut actions),
            Event::Ui(event) => self.on_touch(event, &mut actions),
            Event::Central(event) => self.on_central(event, &mut actions),
            Event::Printed(visit, outcome) => self.on_printed(visit, outcome, &mut actions),
            Event::Health(device, health) => {
                self.health.insert(device, health);
            }
            Event::Tick => {}
        }
        actions
    }

    /// Whether nobody's data is held: the home screen, with nothing pending.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Home) && self.other_card.is_none() && !self.help
    }

    fn on_printed(&mut self, visit: VisitId, outcome: PrintOutcome, actions: &mut Vec<Action>) {
        if !matches!(self.state, State::Printing { .. }) || self.state.visit() != Some(visit) {
            return;
        }
        if outcome != PrintOutcome::Printed {
            actions.push(Action::Log(Fault::Printer(outcome)));
        }
        self.change(|state| match state {
            State::Printing { mut person, chosen, .. } => {
                if matches!(outcome, PrintOutcome::NotStarted(_)) {
                    person.slips.retain(|&slip| slip != chosen);
                }
                State::Slip { person, chosen, outcome }
            }
            other => other,
        });
    }

    /// Moves the present state through `f`; what `f` does not carry over is dropped and wiped.
    fn change(&mut self, f: impl FnOnce(State) -> State) {
        let state = std::mem::replace(&mut self.state, State::Home);
        self.state = f(state);
    }

    /// Ends whatever is going on and goes home with nothing left.
    fn go_home(&mut self, actions: &mut Vec<Action>) {
        actions.extend(self.state.visit().map(Action::CloseVisit));
        self.state = State::Home;
        self.help = false;
        self.other_card = None;
        self.last_touch = self.now.uptime;
    }

    /// Shows a fault and writes its code to the log.
    fn fail(&mut self, fault: Fault, again: Again, actions: &mut Vec<Action>) {
        actions.push(Action::Log(fault));
        self.state = State::Problem { fault, again };
        self.help = false;
    }

    fn new_visit(&mut self) -> VisitId {
        let visit = VisitId(self.next_visit);
        self.next_visit = self.next_visit.wrapping_add(1);
        visit
    }

    fn print(&mut self, actions: &mut Vec<Action>) {
        let hall = self.hall_name();
        let now = self.now;
        self.change(|state| match state {
            State::Case { mut person, chosen } | State::Slip { mut person, chosen, .. } => {
                let Some(application) = person.applications.get(chosen).cloned() else {
                    return State::Account(person);
                };
                let reprint = person.slips.contains(&chosen);
                person.slips.push(chosen);
                let number = person.number.to_string();
                let receipt = Receipt { hall, printed_at: now.civil, number, application, reprint };
                actions.push(Action::Print(person.visit, Box::new(receipt)));
                State::Printing { person, chosen, since: now.uptime }
            }
            other => other,
        });
    }

    pub(crate) fn hall_name(&self) -> String {
        self.public.hall.as_ref().map(|hall| hall.name.zh_hans.clone()).unwrap_or_default()
    }
}

/// The first screen of a person: the only application, or the list.
fn first_screen(person: Person) -> State {
    if person.applications.len() == 1 {
        State::Case { person, chosen: 0 }
    } else {
        State::Account(person)
    }
}

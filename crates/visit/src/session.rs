//! The machine's public face: events in, actions out. It never blocks, fails or reads a clock.

mod card;
mod central;
mod clock;
mod complaints;
mod lists;
mod printing;
mod public;
mod touch;
pub(crate) use complaints::KINDS;
pub(crate) use touch::may_type;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::event::{Action, CardFacts, Device, Event, Fault, Health, Now, PrintOutcome, VisitId};
use crate::state::{Again, Person, State};
use crate::timeouts;
use clock::Trusted;
use printing::Slips;
pub(crate) use public::Public;

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
    /// A slip that failed after its screen was left.
    pub(crate) failed_slip: Option<PrintOutcome>,
    pub(crate) now: Now,
    pub(crate) last_touch: Duration,
    pub(crate) health: BTreeMap<Device, Health>,
    pub(crate) public: Public,
    slips: Slips,
    trusted: Option<Trusted>,
    clock_steady_since: Duration,
    next_id: u64,
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
            failed_slip: None,
            now,
            last_touch: now.uptime,
            health: BTreeMap::new(),
            public: Public::default(),
            slips: Slips::default(),
            trusted: None,
            clock_steady_since: Duration::ZERO,
            next_id: settings.first_visit,
        }
    }

    /// Takes in what happened and says what to do.
    pub fn on(&mut self, event: Event, now: Now) -> Vec<Action> {
        let writing = self.state.draft().is_some();
        let mut actions = self.advance(now);
        match event {
            Event::Card(event) => self.on_card(event, &mut actions),
            Event::Ui(event) => self.on_touch(event, &mut actions),
            Event::Central(event) => self.on_central(event, &mut actions),
            Event::Printed(slip, outcome) => self.on_printed(slip, outcome, &mut actions),
            Event::Filed(visit, filed) => self.on_filed(visit, filed, &mut actions),
            Event::Composed(composed) => self.on_composed(composed, &mut actions),
            Event::Health(device, health) => {
                self.health.insert(device, health);
            }
            Event::Tick => {}
        }
        if writing && self.state.draft().is_none() {
            actions.push(Action::ForgetTyping);
        }
        actions
    }

    /// Whether nobody's data is held: the home screen, with nothing pending.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Home)
            && self.other_card.is_none()
            && self.failed_slip.is_none()
            && !self.help
    }

    /// Moves the present state through `f`; what `f` does not carry over is dropped and wiped.
    fn change(&mut self, f: impl FnOnce(State) -> State) {
        let state = std::mem::replace(&mut self.state, State::Home);
        self.state = f(state);
    }

    /// Ends whatever is going on and goes home with nothing left.
    fn go_home(&mut self, actions: &mut Vec<Action>) {
        actions.extend(self.state.open_visit().map(Action::CloseVisit));
        self.state = State::Home;
        self.help = false;
        self.other_card = None;
        self.failed_slip = None;
        self.slips.forget();
        self.last_touch = self.now.uptime;
    }

    /// Shows a fault and writes its code to the log.
    fn fail(&mut self, fault: Fault, again: Again, actions: &mut Vec<Action>) {
        actions.push(Action::Log(fault));
        self.state = State::Problem { fault, again };
        self.help = false;
    }

    /// Ids of visits, slips and compositions come from one counter and are never used twice.
    fn next_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        id
    }

    fn new_visit(&mut self) -> VisitId {
        VisitId(self.next_id())
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

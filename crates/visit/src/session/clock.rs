//! Time: idle warning and end, waits that give up, a wall clock that jumps.

use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};

use super::Session;
use crate::event::{
    Action, CardFault, CentralFault, Device, Fault, FilingFault, Health, Now, PrintOutcome,
    PrinterFault,
};
use crate::state::{Again, State};
use crate::timeouts;

/// How long the clock must run steadily to be trusted again after a jump.
const STEADY: Duration = Duration::from_secs(60);

/// A time that can be trusted, and when it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trusted {
    uptime: Duration,
    civil: DateTime,
    /// Heard from central since the start.
    fresh: bool,
}

impl Trusted {
    fn at(&self, uptime: Duration) -> DateTime {
        let passed = SignedDuration::try_from(uptime.saturating_sub(self.uptime));
        self.civil.saturating_add(passed.unwrap_or(SignedDuration::MAX))
    }
}

impl Session {
    /// Takes in a time that can be trusted. One from before the start never replaces a fresh one.
    pub(super) fn on_time(&mut self, civil: DateTime, fresh: bool) {
        if fresh || self.trusted.is_none() {
            let day = self.today();
            self.trusted = Some(Trusted { uptime: self.now.uptime, civil, fresh });
            if self.today() != day {
                self.find();
            }
        }
    }

    /// The time to show and to print: central's, once it was heard; else the wall clock's.
    pub(crate) fn civil(&self) -> DateTime {
        match &self.trusted {
            Some(trusted) if trusted.fresh => trusted.at(self.now.uptime),
            _ => self.now.civil,
        }
    }

    /// The day by which public content is judged: after the last time that could be trusted, however
    /// wrong the wall clock is.
    pub(crate) fn today(&self) -> Date {
        match &self.trusted {
            Some(trusted) => trusted.at(self.now.uptime).date(),
            None => self.now.civil.date(),
        }
    }

    /// Brings the session up to `now` before the event itself is looked at.
    pub(super) fn advance(&mut self, now: Now) -> Vec<Action> {
        let mut actions = Vec::new();
        self.watch_clock(now, &mut actions);
        let day = self.today();
        self.now = now;
        if self.today() != day {
            self.find();
        }
        self.give_up_waiting(&mut actions);
        if !self.is_idle() && self.idle_for() >= self.idle_limit() {
            self.go_home(&mut actions);
        }
        actions
    }

    /// How long to sleep before the next [`Event::Tick`](crate::Event::Tick) is needed.
    #[must_use]
    pub fn wake_after(&self) -> Duration {
        let seconds = u64::try_from(self.civil().second()).unwrap_or(0);
        let to_minute = Duration::from_secs(60_u64.saturating_sub(seconds));
        let mut wake = to_minute.max(Duration::from_secs(1));
        if let Some((since, limit)) = self.waiting_limit() {
            wake = wake.min((since + limit).saturating_sub(self.now.uptime));
        }
        if !self.is_idle() {
            wake = wake.min(match self.grace_left() {
                Some(_) => Duration::from_secs(1),
                None => self.settings.idle_warning.saturating_sub(self.idle_for()),
            });
        }
        wake.max(Duration::from_millis(20))
    }

    pub(super) fn touched(&mut self) {
        self.last_touch = self.now.uptime;
    }

    /// Time left before the session ends by itself, once the warning is up.
    pub(crate) fn grace_left(&self) -> Option<Duration> {
        if self.is_idle() || self.idle_for() < self.settings.idle_warning {
            return None;
        }
        Some(self.idle_limit().saturating_sub(self.idle_for()))
    }

    fn idle_for(&self) -> Duration {
        self.now.uptime.saturating_sub(self.last_touch)
    }

    fn idle_limit(&self) -> Duration {
        self.settings.idle_warning + self.settings.idle_grace
    }

    fn waiting_limit(&self) -> Option<(Duration, Duration)> {
        match self.state {
            State::Reading { since } => Some((since, timeouts::CARD_READING)),
            State::Opening { since, .. } | State::Asking { since, .. } => {
                Some((since, timeouts::LOOKUP))
            }
            State::Filing { since, .. } => Some((since, timeouts::FILING)),
            State::Printing { since, .. } => Some((since, timeouts::PRINTING)),
            _ => None,
        }
    }

    fn give_up_waiting(&mut self, actions: &mut Vec<Action>) {
        let Some((since, limit)) = self.waiting_limit() else { return };
        if self.now.uptime.saturating_sub(since) < limit {
            return;
        }
        match self.state {
            State::Printing { slip, .. } => {
                let outcome = PrintOutcome::Unknown(PrinterFault::Silent);
                return self.on_printed(slip, outcome, actions);
            }
            State::Asking { .. } => return self.withhold_standing(CentralFault::Slow, actions),
            _ => {}
        }
        match std::mem::replace(&mut self.state, State::Home) {
            State::Opening { visit, number, evidence, .. } => {
                actions.push(Action::CloseVisit(visit));
                let again = Again::Lookup { number, evidence };
                self.fail(Fault::Central(CentralFault::Slow), again, actions);
            }
            // Whether it was written is not known: handing it in again could double it.
            State::Filing { .. } => {
                self.fail(Fault::Filing(FilingFault::Silent), Again::Nothing, actions);
            }
            _ => self.fail(Fault::Card(CardFault::ReaderSilent), Again::Card, actions),
        }
    }

    fn watch_clock(&mut self, now: Now, actions: &mut Vec<Action>) {
        let civil = now.civil.duration_since(self.now.civil).as_millis();
        let uptime = now.uptime.saturating_sub(self.now.uptime).as_millis();
        let jump = (civil - i128::try_from(uptime).unwrap_or(i128::MAX)).unsigned_abs();
        if jump > timeouts::CLOCK_JUMP.as_millis() {
            actions.push(Action::Log(Fault::ClockJumped));
            self.health.insert(Device::Clock, Health::Degraded);
            self.clock_steady_since = now.uptime;
        } else if now.uptime.saturating_sub(self.clock_steady_since) >= STEADY {
            self.health.remove(&Device::Clock);
        }
    }
}

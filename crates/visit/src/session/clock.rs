//! Time: idle warning and end, waits that give up, a wall clock that jumps.

use std::time::Duration;

use super::Session;
use crate::event::{
    Action, CardFault, CentralFault, Device, Fault, Health, Now, PrintOutcome, PrinterFault,
};
use crate::state::{Again, State};
use crate::timeouts;

/// How long the clock must run steadily to be trusted again after a jump.
const STEADY: Duration = Duration::from_secs(60);

impl Session {
    /// Brings the session up to `now` before the event itself is looked at.
    pub(super) fn advance(&mut self, now: Now) -> Vec<Action> {
        let mut actions = Vec::new();
        self.watch_clock(now, &mut actions);
        self.now = now;
        self.give_up_waiting(&mut actions);
        if !self.is_idle() && self.idle_for() >= self.idle_limit() {
            self.go_home(&mut actions);
        }
        actions
    }

    /// How long to sleep before the next [`Event::Tick`](crate::Event::Tick) is needed.
    #[must_use]
    pub fn wake_after(&self) -> Duration {
        let seconds = u64::try_from(self.now.civil.second()).unwrap_or(0);
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
            State::Opening { since, .. } => Some((since, timeouts::LOOKUP)),
            State::Printing { since, .. } => Some((since, timeouts::PRINTING)),
            _ => None,
        }
    }

    fn give_up_waiting(&mut self, actions: &mut Vec<Action>) {
        let Some((since, limit)) = self.waiting_limit() else { return };
        if self.now.uptime.saturating_sub(since) < limit {
            return;
        }
        match std::mem::replace(&mut self.state, State::Home) {
            State::Opening { visit, number, evidence, .. } => {
                actions.push(Action::CloseVisit(visit));
                let again = Again::Lookup { number, evidence };
                self.fail(Fault::Central(CentralFault::Slow), again, actions);
            }
            State::Printing { person, chosen, .. } => {
                let outcome = PrintOutcome::Unknown(PrinterFault::Silent);
                actions.push(Action::Log(Fault::Printer(outcome)));
                self.state = State::Slip { person, chosen, outcome };
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

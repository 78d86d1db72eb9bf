//! The time by central's clock: heard over TLS with every answer, carried on by a clock that never
//! jumps. The kiosk's own wall clock has no say in it.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use visit::{CentralEvent, Event};

use crate::inbox::Inbox;
use crate::zone::civil;

/// The session is told anew when it would be wrong by more than this; a `Date` header is rounded down
/// to whole seconds.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(2);
/// The middle of the second a `Date` header names.
const HALF: SignedDuration = SignedDuration::from_millis(500);

/// What central's clock says now, once it was heard.
pub(crate) struct TrustedClock {
    inbox: Option<Inbox>,
    heard: Mutex<Option<Heard>>,
}

#[derive(Clone, Copy)]
struct Heard {
    at: Instant,
    moment: Timestamp,
}

impl TrustedClock {
    /// A clock that tells the session.
    pub(crate) fn telling(inbox: Inbox) -> Self {
        Self { inbox: Some(inbox), heard: Mutex::new(None) }
    }

    /// A clock that tells nobody.
    pub(crate) fn silent() -> Self {
        Self { inbox: None, heard: Mutex::new(None) }
    }

    /// Takes in the `Date` header of an answer that has just arrived; nonsense is passed over.
    pub(crate) fn hear(&self, date: &str) {
        let Ok(date) = jiff::fmt::rfc2822::parse(date) else { return };
        let Ok(moment) = date.timestamp().checked_add(HALF) else { return };
        let now = Instant::now();
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let agrees =
            heard.is_some_and(|before| moment.duration_since(before.on(now)).abs() <= TOLERANCE);
        if agrees {
            return;
        }
        *heard = Some(Heard { at: now, moment });
        drop(heard);
        if let Some(inbox) = &self.inbox {
            let civil = civil(moment);
            inbox.send(Event::Central(CentralEvent::Time { civil, fresh: true }));
        }
    }

    /// The time now; none before the first answer since the kiosk started.
    pub(crate) fn now(&self) -> Option<Timestamp> {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        Some(heard?.on(Instant::now()))
    }
}

impl Heard {
    fn on(self, now: Instant) -> Timestamp {
        let passed = SignedDuration::try_from(now.saturating_duration_since(self.at));
        let passed = passed.unwrap_or(SignedDuration::MAX);
        self.moment.saturating_add(passed).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::{Mail, Message, channel};

    fn told(mail: &Mail) -> Vec<String> {
        let told = mail.0.try_iter().map(|message| match message {
            Message::Event(Event::Central(CentralEvent::Time { civil, fresh: true })) => {
                civil.round(jiff::Unit::Minute).expect("in range").to_string()
            }
            other => panic!("{other:?}"),
        });
        told.collect()
    }

    #[test]
    fn the_session_is_told_first_and_when_it_would_be_wrong() {
        let (inbox, mail) = channel();
        let clock = TrustedClock::telling(inbox);
        assert!(clock.now().is_none());
        clock.hear("Mon, 23 Nov 2026 01:00:00 GMT");
        clock.hear("Mon, 23 Nov 2026 01:00:00 GMT");
        clock.hear("yesterday");
        clock.hear("");
        assert_eq!(told(&mail), ["2026-11-23T09:00:00"], "in the hall's zone, once");
        clock.hear("Mon, 23 Nov 2026 01:05:00 GMT");
        assert_eq!(told(&mail), ["2026-11-23T09:05:00"]);
        let late: Timestamp = "2026-11-23T01:05:00Z".parse().expect("a moment");
        assert!(clock.now().is_some_and(|now| now >= late));
    }
}

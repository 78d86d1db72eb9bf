//! Where central takes the time from: the machine's clock, or one that a test holds still.
//!
//! Certificates do not use it; TLS peers judge them by the machine's own clock.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};

/// China keeps one time, eight hours ahead of UTC, without summer time since 1992.
const SHANGHAI: Offset = Offset::constant(8);

/// The present moment, and the civil day in Asia/Shanghai that legal time limits count by.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Stands still until told otherwise; every clone shows the same time.
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at noon of `day` in Shanghai.
    ///
    /// # Panics
    /// If `day` lies outside the range of a timestamp (years -9999 to 9999).
    #[must_use]
    pub fn fixed(day: Date) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at(day.at(12, 0, 0, 0)))))
    }

    /// Moves a fixed clock by `step`; the machine's clock cannot be moved.
    pub fn advance(&self, step: SignedDuration) {
        if let Self::Fixed(time) = self {
            let mut time = time.lock().unwrap_or_else(PoisonError::into_inner);
            *time = time.saturating_add(step).unwrap_or(*time);
        }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(time) => *time.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Today in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> Date {
        day_of(self.now())
    }
}

/// The civil day in Asia/Shanghai that `moment` falls on.
#[must_use]
pub(crate) fn day_of(moment: Timestamp) -> Date {
    SHANGHAI.to_datetime(moment).date()
}

/// Seconds from `moment` to the next midnight in Shanghai; at least 1.
#[must_use]
pub(crate) fn seconds_to_midnight(moment: Timestamp) -> i64 {
    let local = SHANGHAI.to_datetime(moment);
    let next = local.date().tomorrow().map_or(local, |day| day.to_datetime(Time::midnight()));
    (at(next).as_second() - moment.as_second()).max(1)
}

fn at(local: DateTime) -> Timestamp {
    local
        .to_zoned(TimeZone::fixed(SHANGHAI))
        .expect("civil times of the calendar's years are timestamps")
        .timestamp()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, civil::date};

    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_shanghai() {
        let clock = Clock::fixed(date(2026, 11, 23));
        assert_eq!(seconds_to_midnight(clock.now()), 12 * 3600);
        clock.advance(SignedDuration::from_secs(12 * 3600 - 1));
        assert_eq!(clock.today(), date(2026, 11, 23));
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(clock.today(), date(2026, 11, 24));
    }
}

//! When each letter may go. The wait runs on a clock that never jumps; over a restart it is carried
//! by central's time, never by the kiosk's own clock.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::drawer::Row;
use crate::central::random;

/// First pause after an answer that was none; doubled up to [`PAUSE_MAX`].
const PAUSE: Duration = Duration::from_secs(10);
const PAUSE_MAX: Duration = Duration::from_mins(10);
/// Longest pause after central refused: what was wrong may be set right there.
const REFUSED: Duration = Duration::from_hours(6);

pub(super) struct Schedule {
    min: Duration,
    max: Duration,
    /// Central's time and when it was that, as last told.
    clock: Option<(Timestamp, Instant)>,
    when: HashMap<String, When>,
}

/// When a letter may go.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// From this instant on. The disk knows the same by central's time, or not yet.
    At { instant: Instant, not_before: Option<i64> },
    /// By central's time, in seconds, once that is known.
    ByClock(i64),
}

impl When {
    /// What the disk keeps of it.
    pub(super) fn not_before(self) -> Option<i64> {
        match self {
            Self::At { not_before, .. } => not_before,
            Self::ByClock(seconds) => Some(seconds),
        }
    }
}

impl Schedule {
    /// Letters without a name wait between `min` and `max`.
    pub(super) fn new(min: Duration, max: Duration) -> Self {
        Self { min, max, clock: None, when: HashMap::new() }
    }

    /// Takes in what was on the disk. Where central's time was not known, the wait begins anew.
    pub(super) fn load(&mut self, rows: Vec<Row>) {
        for Row { id, not_before } in rows {
            let when = match not_before {
                Some(0) => When::At { instant: Instant::now(), not_before },
                Some(seconds) => When::ByClock(seconds),
                None => When::At { instant: Instant::now() + self.draw(), not_before: None },
            };
            self.when.insert(id, when);
        }
    }

    /// When a new letter may go: at once if its writer signed it.
    pub(super) fn plan(&self, signed: bool) -> When {
        let now = Instant::now();
        if signed {
            return When::At { instant: now, not_before: Some(0) };
        }
        let delay = self.draw();
        let by_clock = |(time, then): (Timestamp, Instant)| {
            seconds_after(time, now.saturating_duration_since(then) + delay)
        };
        When::At { instant: now + delay, not_before: self.clock.map(by_clock) }
    }

    pub(super) fn add(&mut self, id: String, when: When) {
        self.when.insert(id, when);
    }

    /// Takes in central's time; says what the disk must learn by it.
    pub(super) fn settle(&mut self, time: Timestamp) -> Vec<(String, i64)> {
        let now = Instant::now();
        self.clock = Some((time, now));
        let mut learned = Vec::new();
        for (id, when) in &mut self.when {
            match *when {
                When::ByClock(seconds) => {
                    // However wrong the time was, nobody waits longer than the longest wait.
                    let left = u64::try_from(seconds.saturating_sub(time.as_second())).unwrap_or(0);
                    let left = Duration::from_secs(left).min(self.max);
                    *when = When::At { instant: now + left, not_before: Some(seconds) };
                }
                When::At { instant, not_before: None } => {
                    let left = instant.saturating_duration_since(now);
                    let seconds = seconds_after(time, left);
                    *when = When::At { instant, not_before: Some(seconds) };
                    learned.push((id.clone(), seconds));
                }
                When::At { .. } => {}
            }
        }
        learned
    }

    /// One of the letters that are due, whichever: their order tells nothing.
    pub(super) fn pick(&self) -> Option<String> {
        let now = Instant::now();
        let is_due = |when: &When| matches!(when, When::At { instant, .. } if *instant <= now);
        let due: Vec<&String> =
            self.when.iter().filter(|(_, when)| is_due(when)).map(|(id, _)| id).collect();
        let count = u64::try_from(due.len()).ok().filter(|count| *count > 0)?;
        let place = usize::try_from(random().unwrap_or(0) % count).unwrap_or(0);
        due.get(place).map(|id| (*id).clone())
    }

    /// Puts a letter off after so many attempts, for `least` if central said so.
    pub(super) fn later(&mut self, id: &str, attempts: u32, least: Duration) {
        let pause = PAUSE.saturating_mul(1 << attempts.saturating_sub(1).min(16)).min(PAUSE_MAX);
        self.put_off(id, least.min(REFUSED) + between(pause / 2, pause));
    }

    /// Puts a letter off that central refused.
    pub(super) fn refused(&mut self, id: &str) {
        self.put_off(id, between(REFUSED / 2, REFUSED));
    }

    fn put_off(&mut self, id: &str, pause: Duration) {
        let instant = Instant::now() + pause;
        if let Some(when) = self.when.get_mut(id) {
            *when = When::At { instant, not_before: Some(when.not_before().unwrap_or(0)) };
        }
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.when.remove(id);
    }

    fn draw(&self) -> Duration {
        between(self.min, self.max)
    }
}

/// A random time between two.
fn between(min: Duration, max: Duration) -> Duration {
    let span = u64::try_from(max.saturating_sub(min).as_millis()).unwrap_or(u64::MAX - 1);
    // Without randomness the longest: it tells the least.
    random().map_or(max, |random| min + Duration::from_millis(random % (span + 1)))
}

/// Rounded up, so that nothing goes a moment early; never the 0 that means at once.
fn seconds_after(time: Timestamp, wait: Duration) -> i64 {
    let wait = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX);
    time.as_second().saturating_add(wait).saturating_add(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const NINE: i64 = 1_795_395_600;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("in range")
    }

    fn row(not_before: Option<i64>) -> Vec<Row> {
        vec![Row { id: "a".into(), not_before }]
    }

    #[test]
    fn signed_letters_go_at_once_and_others_wait_between_the_limits() {
        let mut schedule = Schedule::new(HOUR, 4 * HOUR);
        assert_eq!(schedule.plan(true).not_before(), Some(0));
        assert_eq!(schedule.plan(false).not_before(), None, "central's time is not known");
        schedule.settle(at(NINE));
        for _ in 0..200 {
            let planned = schedule.plan(false).not_before().expect("known");
            assert!((3600..=4 * 3600 + 2).contains(&(planned - NINE)), "{planned}");
        }
        schedule.add("anonymous".into(), schedule.plan(false));
        assert_eq!(schedule.pick(), None);
        schedule.add("signed".into(), schedule.plan(true));
        assert_eq!(schedule.pick().as_deref(), Some("signed"));
        schedule.remove("signed");
        assert_eq!(schedule.pick(), None);
    }

    #[test]
    fn after_a_restart_central_says_whether_it_is_time() {
        for (now, due) in [(NINE - 1, false), (NINE, true), (NINE + 1, true)] {
            let mut schedule = Schedule::new(HOUR, HOUR);
            schedule.load(row(Some(NINE)));
            assert_eq!(schedule.pick(), None, "the kiosk's own clock has no say");
            assert!(schedule.settle(at(now)).is_empty());
            assert_eq!(schedule.pick().is_some(), due, "{now}");
        }
    }

    #[test]
    fn no_wrong_time_keeps_a_letter_for_ever() {
        let mut schedule = Schedule::new(Duration::ZERO, Duration::ZERO);
        schedule.load(row(Some(i64::MAX)));
        schedule.settle(at(NINE));
        assert_eq!(schedule.pick().as_deref(), Some("a"));
    }

    #[test]
    fn a_wait_begun_before_the_first_contact_is_noted_by_central_s_time_once() {
        let mut schedule = Schedule::new(HOUR, HOUR);
        schedule.load(row(None));
        let learned = schedule.settle(at(NINE));
        assert!(matches!(&learned[..], [(id, at)] if id == "a" && (*at - NINE - 3600).abs() <= 1));
        assert!(schedule.settle(at(NINE)).is_empty());
        assert_eq!(schedule.pick(), None);
    }

    #[test]
    fn pauses_grow_to_a_limit() {
        for (attempts, longest) in [(1, 10), (2, 20), (4, 80), (40, 600), (u32::MAX, 600)] {
            let mut schedule = Schedule::new(Duration::ZERO, Duration::ZERO);
            schedule.load(row(Some(0)));
            schedule.later("a", attempts, Duration::ZERO);
            assert!(left(&schedule) <= Duration::from_secs(longest), "{attempts}");
            assert_eq!(schedule.pick(), None);
        }
    }

    #[test]
    fn central_may_ask_for_a_longer_pause_and_a_refusal_brings_the_longest() {
        let mut schedule = Schedule::new(Duration::ZERO, Duration::ZERO);
        schedule.load(row(Some(0)));
        schedule.later("a", 1, HOUR);
        assert!((HOUR..HOUR + PAUSE).contains(&left(&schedule)));
        schedule.later("a", 1, Duration::MAX);
        assert!(left(&schedule) <= REFUSED + PAUSE);
        schedule.refused("a");
        assert!((2 * HOUR..=REFUSED).contains(&left(&schedule)));
    }

    /// How long the only letter waits still.
    fn left(schedule: &Schedule) -> Duration {
        let Some(When::At { instant, .. }) = schedule.when.get("a") else { panic!("planned") };
        instant.saturating_duration_since(Instant::now())
    }
}

//! How much of complaints a kiosk may ask, and how often a code may be guessed. In memory only: a row
//! that said when a tracking number was looked up, and where, would lead from a complaint to its writer.
//!
//! A restart forgets all of it. With codes of 40 bits that helps nobody who guesses.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    clock,
    config::Limits,
    crypto::Digest,
    domain::backoff::{self, Attempts, Patience},
    refusal::Refusal,
};

/// The window of the caps on requests.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// What is remembered since the start.
#[derive(Default)]
pub(crate) struct Restraint {
    filed: Hourly,
    asked: Hourly,
    /// Wrong pairs by kiosk, whatever the number.
    kiosks: Mutex<HashMap<String, Attempts>>,
    /// Wrong codes for complaints that are here, by tracking index; no kiosk, no time but the day.
    complaints: Mutex<(Date, HashMap<Digest, u32>)>,
}

impl Restraint {
    /// Counts a complaint sent by `kiosk`.
    ///
    /// # Errors
    /// When it sent as many within the hour as it may.
    pub(crate) fn file(&self, kiosk: &str, now: Timestamp, limits: &Limits) -> Result<(), Refusal> {
        self.filed.count(kiosk, now, limits.complaints_per_kiosk_hour)
    }

    /// Counts a question asked at `kiosk`.
    ///
    /// # Errors
    /// When it asked as many within the hour as it may, or must wait after wrong pairs.
    pub(crate) fn ask(&self, kiosk: &str, now: Timestamp, limits: &Limits) -> Result<(), Refusal> {
        self.asked.count(kiosk, now, limits.complaint_replies_per_kiosk_hour)?;
        let kiosks = lock(&self.kiosks);
        let known = of_today(&kiosks, kiosk, now);
        match backoff::wait_s(known, kiosk, now, &patience(limits)) {
            Some(retry_after_s) => Err(Refusal::TooManyAttempts { retry_after_s }),
            None => Ok(()),
        }
    }

    /// Whether a code that `fits` a complaint that is here may open it; one that does not is counted.
    ///
    /// # Errors
    /// When too many wrong codes came for this complaint today, whatever this one is.
    pub(crate) fn try_code(
        &self,
        tracking: &Digest,
        fits: bool,
        now: Timestamp,
        limits: &Limits,
    ) -> Result<(), Refusal> {
        let today = clock::day_of(now);
        let mut guard = lock(&self.complaints);
        let (day, wrong) = &mut *guard;
        if *day != today {
            *day = today;
            wrong.clear();
        }
        if wrong.get(tracking).is_some_and(|wrong| *wrong >= limits.wrong_pairs_per_day) {
            let retry_after_s = u32::try_from(clock::seconds_to_midnight(now)).unwrap_or(u32::MAX);
            return Err(Refusal::TooManyAttempts { retry_after_s });
        }
        if !fits {
            *wrong.entry(*tracking).or_default() += 1;
        }
        Ok(())
    }

    /// Counts a wrong pair at `kiosk`.
    pub(crate) fn wrong(&self, kiosk: &str, now: Timestamp) {
        let mut kiosks = lock(&self.kiosks);
        let known = of_today(&kiosks, kiosk, now);
        let attempts = backoff::after_wrong(known, kiosk, now);
        kiosks.insert(kiosk.to_owned(), attempts);
    }

    /// Ends the waits of `kiosk` after a right pair; the day's count stays.
    pub(crate) fn right(&self, kiosk: &str) {
        if let Some(attempts) = lock(&self.kiosks).get_mut(kiosk) {
            attempts.wrong = 0;
        }
    }
}

/// What is remembered of a kiosk; every day begins anew.
fn of_today<'a>(
    kiosks: &'a HashMap<String, Attempts>,
    kiosk: &str,
    now: Timestamp,
) -> &'a [Attempts] {
    let known = kiosks.get(kiosk).filter(|known| clock::day_of(known.last) == clock::day_of(now));
    known.map(std::slice::from_ref).unwrap_or_default()
}

/// Everybody at a kiosk shares its patience, so it is longer than the one with a single number.
fn patience(limits: &Limits) -> Patience {
    Patience {
        free: limits.wrong_replies_free,
        per_day: limits.wrong_replies_per_day,
        ..limits.patience()
    }
}

/// Requests by kiosk since the beginning of its hour; not when each came.
#[derive(Default)]
struct Hourly(Mutex<HashMap<String, (Timestamp, u32)>>);

impl Hourly {
    fn count(&self, kiosk: &str, now: Timestamp, cap: u32) -> Result<(), Refusal> {
        let mut counts = lock(&self.0);
        let (since, count) = counts.entry(kiosk.to_owned()).or_insert((now, 0));
        let passed = now.duration_since(*since);
        // A clock that was set back begins a new hour, too.
        if passed >= WINDOW || passed.is_negative() {
            (*since, *count) = (now, 0);
        }
        if *count >= cap {
            let left = (WINDOW - now.duration_since(*since)).as_secs();
            let retry_after_s = u32::try_from(left).unwrap_or(0).max(1);
            return Err(Refusal::TooManyAttempts { retry_after_s });
        }
        *count += 1;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

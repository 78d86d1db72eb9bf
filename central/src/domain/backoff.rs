//! How wrong pairs of number and code slow further tries down: per (number, kiosk) with growing
//! waits, and per number and day over all kiosks. Cards read through an enrolled module never come
//! here, so nobody can lock a neighbour out.

use jiff::Timestamp;

use crate::clock;

/// How patient central is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Wrong pairs per number and kiosk before waits begin.
    pub free: u32,
    /// First wait, in seconds; it doubles with each further wrong pair.
    pub first_wait_s: u32,
    /// Longest wait, in seconds.
    pub longest_wait_s: u32,
    /// Wrong pairs per number and day in Shanghai over all kiosks.
    pub per_day: u32,
}

/// What is remembered of wrong pairs for one number at one kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempts {
    /// The kiosk.
    pub kiosk: String,
    /// Wrong pairs in a row.
    pub wrong: u32,
    /// When the last one came.
    pub last: Timestamp,
    /// Wrong pairs on the day of `last`.
    pub wrong_that_day: u32,
}

/// Seconds to wait before a try for a number is looked at, or `None` when it may go ahead.
/// `known` holds what is remembered of the number at every kiosk.
#[must_use]
pub(crate) fn wait_s(
    known: &[Attempts],
    kiosk: &str,
    now: Timestamp,
    patience: &Patience,
) -> Option<u32> {
    let today = clock::day_of(now);
    let that_day: u32 = known
        .iter()
        .filter(|a| clock::day_of(a.last) == today)
        .map(|a| a.wrong_that_day)
        .fold(0, u32::saturating_add);
    if that_day >= patience.per_day {
        return Some(u32::try_from(clock::seconds_to_midnight(now)).unwrap_or(u32::MAX));
    }
    let here = known.iter().find(|a| a.kiosk == kiosk)?;
    let beyond = here.wrong.checked_sub(patience.free)?;
    let wait = patience
        .first_wait_s
        .saturating_mul(1u32.checked_shl(beyond).unwrap_or(u32::MAX))
        .min(patience.longest_wait_s);
    let left = here.last.as_second() + i64::from(wait) - now.as_second();
    // A clock that was set back must not make anybody wait longer than the rule says.
    u32::try_from(left).ok().filter(|&s| s > 0).map(|s| s.min(wait))
}

/// What to remember after one more wrong pair at `kiosk`.
#[must_use]
pub(crate) fn after_wrong(known: &[Attempts], kiosk: &str, now: Timestamp) -> Attempts {
    let before = known.iter().find(|a| a.kiosk == kiosk);
    let same_day = before.filter(|a| clock::day_of(a.last) == clock::day_of(now));
    Attempts {
        kiosk: kiosk.to_owned(),
        wrong: before.map_or(0, |a| a.wrong).saturating_add(1),
        last: now,
        wrong_that_day: same_day.map_or(0, |a| a.wrong_that_day).saturating_add(1),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    const PATIENCE: Patience =
        Patience { free: 3, first_wait_s: 30, longest_wait_s: 3600, per_day: 10 };

    fn now() -> Timestamp {
        "2026-11-23T04:00:00Z".parse().expect("a timestamp")
    }

    fn wrong(kiosk: &str, wrong: u32) -> Attempts {
        Attempts { kiosk: kiosk.to_owned(), wrong, last: now(), wrong_that_day: wrong }
    }

    #[test]
    fn waits_begin_after_the_free_ones_and_double_up_to_the_longest() {
        let waits: Vec<_> = (1..=12)
            .map(|n| {
                let patience = Patience { per_day: 100, ..PATIENCE };
                wait_s(&[wrong("k1", n)], "k1", now(), &patience)
            })
            .collect();
        assert_eq!(waits[..5], [None, None, Some(30), Some(60), Some(120)]);
        assert_eq!(waits[11], Some(3600));
    }

    #[test]
    fn another_kiosk_is_free_until_the_days_cap() {
        assert_eq!(wait_s(&[wrong("k1", 9)], "k2", now(), &PATIENCE), None);
        let known = [wrong("k1", 6), wrong("k2", 4)];
        assert_eq!(wait_s(&known, "k3", now(), &PATIENCE), Some(12 * 3600));
        let tomorrow = now() + SignedDuration::from_hours(13);
        assert_eq!(wait_s(&known, "k3", tomorrow, &PATIENCE), None);
    }

    #[test]
    fn a_wait_ends_and_the_next_wrong_pair_waits_longer() {
        let later = now() + SignedDuration::from_secs(30);
        let known = [wrong("k1", 3)];
        assert_eq!(wait_s(&known, "k1", later, &PATIENCE), None);
        let next = after_wrong(&known, "k1", later);
        assert_eq!(next.wrong, 4);
        assert_eq!(wait_s(&[next], "k1", later, &PATIENCE), Some(60));
    }
}

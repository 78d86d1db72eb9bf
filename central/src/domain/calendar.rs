//! 工作日 by the State Council's yearly holiday notice, with 调休.
//!
//! A year is known only once its notice is published; nothing is guessed beyond it.

use central_api::Unit;
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

/// First day the published notices cover.
pub(crate) const FIRST: Date = date(2025, 1, 1);
/// Last day the published notices cover.
pub(crate) const LAST: Date = date(2026, 12, 31);

/// Days off, first and last day included.
/// 2025: 国办发明电〔2024〕12号; 2026: 国办发明电〔2025〕7号.
const OFF: [(Date, Date); 13] = [
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
];

/// Saturdays and Sundays that are worked in exchange, by the same notices.
const WORKED: [Date; 11] = [
    date(2025, 1, 26),
    date(2025, 2, 8),
    date(2025, 4, 27),
    date(2025, 9, 28),
    date(2025, 10, 11),
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
];

/// Whether offices work on `day`; `None` where no notice is published.
#[must_use]
pub(crate) fn is_working_day(day: Date) -> Option<bool> {
    if day < FIRST || day > LAST {
        return None;
    }
    if WORKED.contains(&day) {
        return Some(true);
    }
    let off = OFF.iter().any(|&(from, until)| from <= day && day <= until);
    Some(!off && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}

/// The last lawful day of a limit of `days` that starts on `start`; the starting day itself does
/// not count. `None` when a working-day limit reaches beyond the last published year.
#[must_use]
pub(crate) fn due(start: Date, days: u16, unit: Unit) -> Option<Date> {
    match unit {
        Unit::CalendarDays => start.checked_add(i64::from(days).days()).ok(),
        Unit::WorkingDays => {
            let mut day = start;
            let mut left = days;
            while left > 0 {
                day = day.tomorrow().ok()?;
                if is_working_day(day)? {
                    left -= 1;
                }
            }
            Some(day)
        }
    }
}

/// How many days, in `unit`, `today` lies past `due`; 0 while in time. Working days are counted as
/// far as the published notices go.
#[must_use]
pub(crate) fn overdue(due: Date, today: Date, unit: Unit) -> u16 {
    if today <= due {
        return 0;
    }
    let mut day = due;
    let mut count = 0u16;
    while day < today {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        let counts = match unit {
            Unit::CalendarDays => true,
            Unit::WorkingDays => match is_working_day(day) {
                Some(working) => working,
                None => break,
            },
        };
        count = count.saturating_add(u16::from(counts));
    }
    count
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_swapped_saturday_counts_and_a_holiday_monday_does_not() {
        assert_eq!(is_working_day(date(2026, 10, 10)), Some(true));
        assert_eq!(is_working_day(date(2026, 10, 5)), Some(false));
        assert_eq!(is_working_day(date(2027, 1, 4)), None);
    }

    #[test]
    fn ten_working_days_jump_the_national_day() {
        // 28, 29, 30 September, then 8, 9, 10 (worked Saturday), 12, 13, 14, 15 October.
        assert_eq!(due(date(2026, 9, 27), 10, Unit::WorkingDays), Some(date(2026, 10, 15)));
    }

    #[test]
    fn a_limit_beyond_the_last_notice_has_no_due_day() {
        assert_eq!(due(date(2026, 12, 30), 2, Unit::WorkingDays), None);
        assert_eq!(due(date(2026, 12, 30), 7, Unit::CalendarDays), Some(date(2027, 1, 6)));
    }

    #[test]
    fn overdue_counts_in_the_limits_own_unit() {
        let due = date(2026, 9, 30);
        assert_eq!(overdue(due, date(2026, 10, 8), Unit::WorkingDays), 1);
        assert_eq!(overdue(due, date(2026, 10, 8), Unit::CalendarDays), 8);
        assert_eq!(overdue(due, due, Unit::WorkingDays), 0);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0i64..700).prop_map(|n| FIRST.saturating_add(n.days()))
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        prop_oneof![Just(Unit::WorkingDays), Just(Unit::CalendarDays)]
    }

    proptest! {
        #[test]
        fn a_later_start_never_falls_due_earlier(a in any_day(), b in any_day(), n in 1u16..60, unit in any_unit()) {
            let (first, second) = if a <= b { (a, b) } else { (b, a) };
            match (due(first, n, unit), due(second, n, unit)) {
                (Some(x), Some(y)) => prop_assert!(x <= y),
                (None, later) => prop_assert!(later.is_none()),
                (Some(_), None) => {}
            }
        }

        #[test]
        fn a_due_working_day_is_one(start in any_day(), n in 1u16..60) {
            if let Some(day) = due(start, n, Unit::WorkingDays) {
                prop_assert_eq!(is_working_day(day), Some(true));
                prop_assert!(day > start);
            }
        }

        #[test]
        fn overdue_grows_with_the_days(start in any_day(), a in 0i64..200, b in 0i64..200, unit in any_unit()) {
            let (near, far) = (start.saturating_add(a.min(b).days()), start.saturating_add(a.max(b).days()));
            prop_assert!(overdue(start, near, unit) <= overdue(start, far, unit));
        }
    }
}

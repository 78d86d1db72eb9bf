//! The hall's time zone.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, offset};

/// A moment in Asia/Shanghai: a fixed +08:00 since 1992.
pub(crate) fn civil(moment: Timestamp) -> DateTime {
    moment.to_zoned(TimeZone::fixed(offset(8))).datetime()
}

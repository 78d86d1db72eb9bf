//! Every duration of a visit, named, in one place.

use std::time::Duration;

/// Idle time before the warning (VVSG 2.0 7.2-O: 2 to 5 minutes).
pub const IDLE_WARNING: Duration = Duration::from_secs(120);

/// Grace after the warning, counted down on screen (VVSG 2.0 7.2-O: 20 to 45 s).
pub const IDLE_GRACE: Duration = Duration::from_secs(30);

/// A card that was seen but neither read nor refused for this long is given up.
pub const CARD_READING: Duration = Duration::from_secs(12);

/// Central's answer is waited for this long.
pub const LOOKUP: Duration = Duration::from_secs(10);

/// The printer's word is waited for this long.
pub const PRINTING: Duration = Duration::from_secs(45);

/// A difference between wall clock and monotonic clock that counts as a jump.
pub const CLOCK_JUMP: Duration = Duration::from_secs(5);

/// The disk's word on a complaint is waited for this long.
pub const FILING: Duration = Duration::from_secs(15);

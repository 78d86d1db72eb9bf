//! The only place that reads a clock for the session.

use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::DateTime;
use visit::Now;

use crate::zone::civil;

/// Time since start, and the wall clock in Asia/Shanghai.
pub struct Clock {
    start: Instant,
    wall: Box<dyn Fn() -> DateTime + Send>,
}

impl Clock {
    /// The system's clocks.
    #[must_use]
    pub fn system() -> Self {
        Self::with_wall(|| civil(Timestamp::now()))
    }

    /// Another wall clock, as a technician or a faulty battery may set it.
    #[must_use]
    pub fn with_wall(wall: impl Fn() -> DateTime + Send + 'static) -> Self {
        Self { start: Instant::now(), wall: Box::new(wall) }
    }

    pub(crate) fn now(&self) -> Now {
        Now { uptime: self.start.elapsed(), civil: (self.wall)() }
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clock").field("start", &self.start).finish_non_exhaustive()
    }
}

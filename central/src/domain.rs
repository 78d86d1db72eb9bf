//! What the field knows: calendars, procedures, timelines, masks, levels, complaints. Pure values in, values
//! out; knows no SQL, no HTTP and no clock.

pub(crate) mod backoff;
pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod complaints;
pub(crate) mod distance;
pub(crate) mod masking;
pub(crate) mod procedure;
pub(crate) mod query_code;
pub(crate) mod release;
pub(crate) mod remedies;
pub(crate) mod timeline;
pub(crate) mod wording;

//! Complaints on their way to the disk, and letters on their way to a text.

use std::fmt;

use central_api::{ComplaintKind, ComplaintSubject, ComplaintWriter};
use jiff::civil::Date;
use zeroize::Zeroizing;

/// A complaint to be put on the disk. `Debug` reveals nothing.
#[derive(Clone)]
pub struct Filing {
    /// What is wanted.
    pub kind: ComplaintKind,
    /// What it is about.
    pub subject: ComplaintSubject,
    /// What was written.
    pub text: Zeroizing<String>,
    /// Who wrote it; none if anonymous.
    pub writer: Option<ComplaintWriter>,
    /// Today.
    pub written_on: Date,
}

impl fmt::Debug for Filing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filing(..)")
    }
}

/// A complaint that survives power loss from now on. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Filed {
    /// Tracking number, Crockford base32.
    pub tracking_number: Zeroizing<String>,
    /// Query code, Crockford base32; the kiosk keeps no copy.
    pub query_code: Zeroizing<String>,
}

impl fmt::Debug for Filed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filed(..)")
    }
}

/// Why a complaint was not taken; nothing of it was written, unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilingFault {
    /// As many as the settings allow wait to be sent.
    Full,
    /// The disk takes nothing.
    Disk,
    /// Central has not yet given this kiosk a key to seal to.
    NoKey,
    /// The disk does not answer; whether it was written is not known.
    Silent,
}

/// Letters typed in pinyin, and which candidates were taken, in order. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Typing {
    /// Answers to any other number are thrown away.
    pub turn: u64,
    /// Small Latin letters and `'`.
    pub letters: Zeroizing<String>,
    /// Numbers of the candidates taken, each out of those offered after the ones before it.
    pub picks: Vec<usize>,
}

impl fmt::Debug for Typing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typing(..)")
    }
}

/// What a [`Typing`] means so far. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// Which typing.
    pub turn: u64,
    /// The text, once every letter is used up.
    pub done: Option<Zeroizing<String>>,
    /// What was taken so far and the letters still open, as they are shown.
    pub shown: Zeroizing<String>,
    /// What the open letters may mean, likeliest first.
    pub candidates: Vec<Zeroizing<String>>,
}

impl fmt::Debug for Composed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Composed(..)")
    }
}

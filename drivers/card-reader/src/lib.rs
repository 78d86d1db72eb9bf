//! Reads Chinese resident cards through a SAM_V module and social-security cards through PC/SC.
//!
//! Speaks of cards and their holders; knows no kiosk, screen or network. Each reader runs on its own
//! thread with finite waits, so a silent card or reader never freezes the caller.
//!
//! ```no_run
//! use card_reader::{CardEvent, ReaderConfig, open};
//! let config = ReaderConfig::Sam { device: "/dev/ttyUSB0".into(), newest_address: false };
//! let watch = open(config, |event| if let CardEvent::Read(card) = event {
//!     eprintln!("{}", card.number); // masked
//! });
//! # drop(watch);
//! ```

mod card;
mod pcsc_reader;
mod sam;
mod watch;

use std::path::PathBuf;

pub use card::{
    Card, CardFault, CardKind, CardNumber, Details, Foreigner2017, Foreigner2023, Mismatch, Nation,
    Permit, Resident, SexCode, SocialSecurity, Text, Trust, Validity,
};
pub use pcsc_reader::apdu::{ApduError, Exchange};
pub use pcsc_reader::social::read_social_card;
pub use sam::frame::{Assembler, Command, Frame, FrameError};
pub use sam::text::parse_text_block;
pub use watch::Watch;

/// What a reader reports.
#[derive(Debug)]
pub enum CardEvent {
    /// The reader's condition changed.
    Reader(ReaderState),
    /// A card arrived and is being read. `Read` or `Failed` follows.
    Seen,
    /// A card was read. A card that stays is told once; it is a new one after it was away for about
    /// two seconds. Another one that takes its place sooner is told without `Seen`.
    Read(Box<Card>),
    /// A card could not be read. Each fault of a card that stays is told once; `Read` may still
    /// follow.
    Failed(CardFault),
    /// The card left. SAM_V modules cannot tell this and never report it.
    Removed,
}

/// Condition of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderState {
    /// Waiting for cards.
    Ready,
    /// Not connected.
    Gone,
    /// Connected but silent.
    NotAnswering,
    /// The security module says it must not be used.
    OutOfService,
}

/// Which reader to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderConfig {
    /// A SAM_V module on a serial line (115200 8N1).
    Sam {
        /// Device file.
        device: PathBuf,
        /// Whether the newest address is asked for: one more exchange with the card.
        newest_address: bool,
    },
    /// PC/SC readers whose name contains `name` (all, if `None`).
    PcSc {
        /// Part of the reader's name.
        name: Option<String>,
    },
}

/// Starts watching a reader. A reader that is missing now is not an error: it is reported as
/// [`ReaderState::Gone`] and opened when it appears. `sink` is called on the reader's own thread.
pub fn open(config: ReaderConfig, sink: impl FnMut(CardEvent) + Send + 'static) -> Watch {
    match config {
        ReaderConfig::Sam { device, newest_address } => Watch::spawn("sam-reader", move |stop| {
            sam::run(&device, newest_address, stop, sink);
        }),
        ReaderConfig::PcSc { name } => {
            Watch::spawn("pcsc-reader", move |stop| pcsc_reader::run(name.as_deref(), stop, sink))
        }
    }
}

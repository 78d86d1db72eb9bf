//! Stands in for the kiosk's hardware, reached only through real doors: virtual cards over pcscd's
//! vpcd driver, a SAM_V module on a pseudo-terminal, a receipt printer on TCP.
//!
//! Product code never depends on this crate; tests and `make run` do.

mod bench;
pub mod card;
mod door;
pub mod paper;
pub mod printer;
pub mod sam;
pub mod vpcd;

pub use bench::{Bench, BenchOptions, ask};
pub use door::{Door, relay};

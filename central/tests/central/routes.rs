//! One file per path of the router.

mod complaints;
mod kiosks;
mod notices;
mod problems;
mod public;
mod visits;
mod wrong_pairs;

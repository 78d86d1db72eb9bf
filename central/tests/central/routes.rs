//! One file per path of the router.

mod kiosks;
mod problems;
mod public;
mod visits;
mod wrong_pairs;

//! The session through its public face: whole visits, and any order of events.

mod any_order;
mod bench;
mod complaints;
mod journeys;
mod lists;
mod slips;

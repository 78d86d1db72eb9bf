//! Whole visits: the kiosk as it ships, with the dock's devices and a central, its screens recorded.
//!
//! Nothing here sleeps. Each wait ends when what it waits for arrives; its limit guards against
//! hanging only.

mod bench;
mod central_faults;
mod complaints;
mod devices;
mod enrolment;
mod kill;
mod offline;
mod on_screen;
mod stand_in;
mod true_central;
mod true_services;
mod visits;

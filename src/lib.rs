//! The kiosk as an application: channels, threads, devices, central, and shutdown.
//!
//! ```text
//! card readers ─┐
//! screen ───────┤                        ┌─> screen
//! printer ──────┼─> Event ─> Session ────┼─> printer
//! central ──────┤   (one thread)         ├─> central
//! clock ────────┘                        └─> log (stable codes only)
//! ```
//!
//! Decides nothing about a visit: that is `visit`. Only `central` here names reqwest and rusqlite; screens
//! are reached through [`app::Screens`], devices through their driver crates.

pub mod app;
mod central;
mod devices;
pub mod diagnose;
mod error;
mod inbox;
pub mod telemetry;
mod zone;

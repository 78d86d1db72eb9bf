//! Runs a session: starts what feeds it, carries out what it asks, ends everything in order.

mod clock;
mod run;
mod screens;
mod signals;

use std::sync::Arc;
use std::thread::JoinHandle;

pub use crate::central::{Step, Witness};
pub use crate::error::AppError;
pub use crate::inbox::{Inbox, Mail, channel};
pub use clock::Clock;
use kiosk_config::Config;
pub use screens::{Screens, Then};
pub use signals::stop_on_signals;

/// A kiosk at work.
#[derive(Debug)]
pub struct Running {
    inbox: Inbox,
    thread: JoinHandle<Result<(), AppError>>,
}

/// Starts a kiosk whose screens are `screens`. `inbox` and `mail` are the two ends of [`channel`].
///
/// # Errors
/// When the system gives no threads.
pub fn start(
    config: &Config,
    channel: (Inbox, Mail),
    screens: impl Screens,
    clock: Clock,
) -> Result<Running, AppError> {
    start_watched(config, channel, screens, clock, Arc::new(|_| ()))
}

/// The same, with a witness of each step that a complaint takes.
///
/// # Errors
/// When the system gives no threads.
pub fn start_watched(
    config: &Config,
    (inbox, mail): (Inbox, Mail),
    screens: impl Screens,
    clock: Clock,
    witness: Witness,
) -> Result<Running, AppError> {
    let config = config.clone();
    let own = inbox.clone();
    let thread = std::thread::Builder::new()
        .name("session".to_owned())
        .spawn(move || run::run(&config, &own, &mail, &screens, &clock, witness))
        .map_err(AppError::Thread)?;
    Ok(Running { inbox, thread })
}

impl Running {
    /// Ends the kiosk, if it has not ended by itself, and waits until everything is put away.
    ///
    /// # Errors
    /// When it ended because a thread came to grief.
    pub fn stop(self) -> Result<(), AppError> {
        self.inbox.stop();
        self.thread.join().unwrap_or(Err(AppError::Crashed("session")))
    }
}

//! Runs a session: starts what feeds it, carries out what it asks, ends everything in order.

mod clock;
mod inbox;
mod run;
mod screens;
mod signals;

use std::thread::JoinHandle;

pub use clock::Clock;
pub use inbox::{Inbox, Mail, channel};
use kiosk_config::Config;
pub use screens::{Screens, Then};
pub use signals::stop_on_signals;

/// Why a kiosk did not start or run to its end.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A thread could not be started.
    #[error("cannot start a thread")]
    Thread(#[source] std::io::Error),
    /// The runtime of the network could not be started.
    #[error("cannot start the network's runtime")]
    Runtime(#[source] std::io::Error),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// A thread came to grief; the kiosk is started anew rather than run half-broken.
    #[error("the thread {0} came to grief")]
    Crashed(&'static str),
}

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
    (inbox, mail): (Inbox, Mail),
    screens: impl Screens,
    clock: Clock,
) -> Result<Running, AppError> {
    let config = config.clone();
    let own = inbox.clone();
    let thread = std::thread::Builder::new()
        .name("session".to_owned())
        .spawn(move || run::run(&config, &own, &mail, &screens, &clock))
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

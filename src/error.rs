//! What ends the whole program, whichever part met it.

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

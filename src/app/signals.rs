//! SIGTERM and SIGINT end the kiosk as the resident's 结束 ends a visit: in order, with nothing left.

use tokio::signal::unix::{SignalKind, signal};

use crate::error::AppError;
use crate::inbox::Inbox;

/// Stops the kiosk on SIGTERM or SIGINT.
///
/// # Errors
/// When the system gives no thread to wait on.
pub fn stop_on_signals(inbox: Inbox) -> Result<(), AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(AppError::Runtime)?;
    let wait = async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        Ok::<_, std::io::Error>(())
    };
    let wait = move || match runtime.block_on(wait) {
        Ok(()) => {
            tracing::info!(code = "APP-SIGNAL", "told to end");
            inbox.stop();
        }
        Err(error) => tracing::error!(code = "APP-NO-SIGNALS", %error, "signals end it rudely"),
    };
    let thread = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
    thread.map(drop).map_err(AppError::Thread)
}

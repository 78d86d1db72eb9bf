//! A reader's thread and the way to end it.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Keeps a reader running; dropping it ends the thread within about a second.
#[derive(Debug)]
pub struct Watch {
    stop: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Tells a reader's thread whether to go on; also its only way to pause.
pub(crate) struct Stop(Receiver<()>);

impl Watch {
    pub(crate) fn spawn(name: &str, run: impl FnOnce(&Stop) + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(0);
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || run(&Stop(receiver)))
            .inspect_err(|error| tracing::error!(code = "CARD-THREAD", %error, "no reader thread"))
            .ok();
        Self { stop: Some(sender), thread }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!(code = "CARD-THREAD", "reader thread panicked");
        }
    }
}

impl Stop {
    /// Waits for `pause`; true when the thread must end.
    pub(crate) fn wait(&self, pause: Duration) -> bool {
        self.0.recv_timeout(pause) != Err(RecvTimeoutError::Timeout)
    }
}

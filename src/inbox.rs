//! The one channel on which everything reaches the session.

use std::sync::mpsc::{Receiver, Sender};

use visit::Event;

/// What the session's thread is told.
#[derive(Debug)]
pub(crate) enum Message {
    /// Something happened.
    Event(Event),
    /// A thread came to grief.
    Crashed(&'static str),
    /// The kiosk is to end.
    Stop,
}

/// Puts events in front of the session. Cheap to clone; sending never blocks.
#[derive(Debug, Clone)]
pub struct Inbox(Sender<Message>);

/// The session's end of the channel.
#[derive(Debug)]
pub struct Mail(pub(crate) Receiver<Message>);

/// Tells the session when the thread that holds it panics.
pub(crate) struct Guard {
    inbox: Inbox,
    thread: &'static str,
}

/// The channel of one kiosk.
#[must_use]
pub fn channel() -> (Inbox, Mail) {
    let (sender, receiver) = std::sync::mpsc::channel();
    (Inbox(sender), Mail(receiver))
}

impl Inbox {
    /// Tells the session what happened. Nobody listens any more once the kiosk ends.
    pub fn send(&self, event: Event) {
        self.tell(Message::Event(event));
    }

    /// Ends the kiosk.
    pub fn stop(&self) {
        self.tell(Message::Stop);
    }

    pub(crate) fn guard(&self, thread: &'static str) -> Guard {
        Guard { inbox: self.clone(), thread }
    }

    fn tell(&self, message: Message) {
        if self.0.send(message).is_err() {
            tracing::debug!(code = "APP-ENDED", "nobody listens any more");
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.inbox.tell(Message::Crashed(self.thread));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_comes_to_grief_is_reported_and_one_that_ends_is_not() {
        let (inbox, mail) = channel();
        for grief in [false, true] {
            let guard = inbox.guard("printer");
            let thread = std::thread::spawn(move || {
                let _guard = guard;
                assert!(!grief, "as told");
            });
            assert_eq!(thread.join().is_err(), grief);
        }
        drop(inbox);
        let told: Vec<Message> = mail.0.iter().collect();
        assert!(matches!(told[..], [Message::Crashed("printer")]), "{told:?}");
    }
}

//! What central's thread does by itself: becoming someone central knows, looking at it, sending.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;

use super::Worker;
use crate::central::client::{Client, ClientError};
use crate::central::identity::Identity;
use crate::central::tasks::{Trouble, tell};
use crate::central::{enrolment, outbox, random, sync};

impl Worker {
    /// Looks at central, after becoming someone it knows.
    pub(super) fn look(&mut self) {
        self.ready();
        let Some(client) = self.client.clone() else { return };
        if is_running(self.syncing.as_ref()) {
            return;
        }
        let (shelf, wake, news) =
            (self.shelf.clone(), Arc::clone(&self.outbox.wake), self.news.0.clone());
        let task = self.tasks.spawn(async move {
            let found = sync::sync(&shelf, &client).await;
            if found.is_ok() {
                wake.notify_one();
            }
            tell(&news, found);
        });
        self.syncing = Some(task);
    }

    /// A task has ended: what was asked for in its last moments is not left to the next look.
    pub(super) fn go_on(&mut self) {
        if self.shelf.is_wanted() {
            self.look();
        }
        if self.deliver_again {
            self.deliver();
        }
    }

    /// Sends the complaints that are due.
    pub(super) fn deliver(&mut self) {
        self.ready();
        self.deliver_again = is_running(self.delivering.as_ref());
        let Some(client) = self.client.clone().filter(|_| !self.deliver_again) else { return };
        let (outbox, clock, news) =
            (self.outbox.clone(), Arc::clone(&self.clock), self.news.0.clone());
        let task = self.tasks.spawn(async move {
            if let Some(delivered) = outbox::deliver(&outbox, &client, &clock).await {
                tell(&news, delivered);
            }
        });
        self.delivering = Some(task);
    }

    /// Has a client ready; without an identity it enrols instead.
    pub(super) fn ready(&mut self) -> Option<()> {
        if self.client.is_none() {
            match Identity::load(&self.config.central.identity) {
                Ok(Some(identity)) => match self.client_of(&identity) {
                    Ok(client) => (self.client, self.enrolled) = (Some(client), true),
                    Err(error) => self.told(Err(Trouble::from(&error))),
                },
                Ok(None) => self.enrol(),
                Err(error) => self.told(Err(Trouble::new("IDENTITY-UNREADABLE", &error))),
            }
        }
        self.client.is_some().then_some(())
    }

    fn client_of(&self, identity: &Identity) -> Result<Client, ClientError> {
        Client::new(&self.config.central, identity, Arc::clone(&self.clock))
    }

    /// A kiosk that central no longer knows starts over, with a new key, once it has a new ticket.
    pub(super) fn has_new_ticket(&self) -> bool {
        let central = &self.config.central;
        central.enrolment.is_file()
            && Identity::forget(&central.identity)
                .inspect_err(|error| tracing::error!(code = "ENROL-DISK", ?error, "not forgotten"))
                .is_ok()
    }

    /// The ticket is good once.
    pub(super) fn enrol(&mut self) {
        if is_running(self.enrolling.as_ref()) {
            return;
        }
        let (config, news) = (self.config.clone(), self.news.0.clone());
        let task = self.tasks.spawn(async move {
            let done = enrolment::enrol(&config).await;
            tell(&news, done.map_err(|error| Trouble::new(error.code(), &error)));
        });
        self.enrolling = Some(task);
    }
}

fn is_running(task: Option<&AbortHandle>) -> bool {
    task.is_some_and(|task| !task.is_finished())
}

/// Kiosks that were switched on together do not ask together for ever.
pub(super) fn jittered(pause: Duration) -> Duration {
    let fifth = pause / 5;
    let span = u64::try_from((2 * fifth).as_millis()).unwrap_or(u64::MAX - 1);
    random().map_or(pause, |random| pause - fifth + Duration::from_millis(random % (span + 1)))
}

//! How the kiosk's own disk is, told to the session when it changes.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use visit::{Device, Event, Health};

use crate::inbox::Inbox;

/// What can be wrong with what is kept on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DiskFault {
    /// Public content cannot be kept.
    Cache,
    /// A broken outbox lies beside the one in use.
    OutboxDamaged,
    /// Central refuses a complaint.
    OutboxRefused,
    /// Complaints cannot be kept: none can be taken.
    OutboxUnwritten,
}

/// How the disk is.
pub(super) struct Disk {
    inbox: Inbox,
    faults: Mutex<BTreeSet<DiskFault>>,
}

impl Disk {
    pub(super) fn new(inbox: Inbox) -> Self {
        Self { inbox, faults: Mutex::default() }
    }

    /// Takes in that something is wrong, or not any more.
    pub(super) fn report(&self, fault: DiskFault, present: bool) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let before = health(&faults);
        if present {
            faults.insert(fault);
        } else {
            faults.remove(&fault);
        }
        let now = health(&faults);
        if now != before {
            self.inbox.send(Event::Health(Device::Store, now));
        }
    }
}

fn health(faults: &BTreeSet<DiskFault>) -> Health {
    if faults.contains(&DiskFault::OutboxUnwritten) {
        Health::Failed
    } else if faults.is_empty() {
        Health::Ok
    } else {
        Health::Degraded
    }
}

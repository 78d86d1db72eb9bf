//! Central as the session sees it: asks go in, events come out. One thread with its own runtime.
//!
//! The only place that names reqwest and rusqlite. It keeps no record of a resident: evidence is
//! dropped when central has answered, of an open visit only the token stays, in the visit's own task,
//! and of a complaint only its seal. Public content and sealed complaints are on the disk.

mod cache;
mod client;
mod disk;
mod enrolment;
mod fault;
mod identity;
mod outbox;
mod probe;
mod shelf;
mod store;
mod sync;
mod tasks;
mod trusted;
mod worker;

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use central_api::{Evidence, ReplyQuestion};
use kiosk_config::Config;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use visit::{Filing, Service, VisitId};

use crate::error::AppError;
use crate::inbox::Inbox;
use disk::Disk;
use outbox::Outbox;
pub(crate) use outbox::Waiting;
pub use outbox::{Step, Witness};
pub(crate) use probe::{Probe, Stored, probe, stored};
use worker::Worker;

/// Longest wait for open visits to be closed at shutdown.
const FAREWELL: Duration = Duration::from_secs(2);

/// The way to central. Asking never blocks.
pub(crate) struct Central {
    asks: UnboundedSender<Ask>,
    outbox: Outbox,
    thread: JoinHandle<()>,
    outbox_thread: outbox::Thread,
}

/// What the session wants of central.
enum Ask {
    Open(VisitId, Evidence),
    Close(VisitId),
    Fetch(Service),
    Standing(VisitId, ReplyQuestion),
}

impl Central {
    /// Tells what is on the disk, then starts talking to central; enrols the kiosk first if that is
    /// still to be done.
    pub(crate) fn start(
        config: &Config,
        inbox: &Inbox,
        witness: Witness,
    ) -> Result<Self, AppError> {
        install_cryptography();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(AppError::Runtime)?;
        let disk = Arc::new(Disk::new(inbox.clone()));
        let (outbox, outbox_thread) =
            Outbox::start(&config.store, inbox, Arc::clone(&disk), witness)?;
        let (asks, mut asked) = unbounded_channel();
        let (config, mine, handed) = (config.clone(), inbox.clone(), outbox.clone());
        let guard = inbox.guard("central");
        let run = move || {
            let _guard = guard;
            let worker = Worker::new(&config, mine, handed, disk);
            runtime.block_on(worker.run(&mut asked));
            runtime.shutdown_timeout(FAREWELL);
        };
        let thread = std::thread::Builder::new().name("central".to_owned()).spawn(run);
        let thread = thread.map_err(AppError::Thread)?;
        Ok(Self { asks, outbox, thread, outbox_thread })
    }

    pub(crate) fn open(&self, visit: VisitId, evidence: Evidence) {
        self.ask(Ask::Open(visit, evidence));
    }

    pub(crate) fn close(&self, visit: VisitId) {
        self.ask(Ask::Close(visit));
    }

    pub(crate) fn fetch(&self, service: Service) {
        self.ask(Ask::Fetch(service));
    }

    pub(crate) fn ask_standing(&self, visit: VisitId, question: ReplyQuestion) {
        self.ask(Ask::Standing(visit, question));
    }

    pub(crate) fn file(&self, visit: VisitId, filing: Box<Filing>) {
        self.outbox.file(visit, filing);
    }

    /// Closes what is open and waits for it, for a moment.
    pub(crate) fn stop(self) {
        drop((self.asks, self.outbox));
        if self.thread.join().is_err() {
            tracing::error!(code = "CENTRAL-THREAD", "central's thread came to grief");
        }
        self.outbox_thread.join();
    }

    fn ask(&self, ask: Ask) {
        if self.asks.send(ask).is_err() {
            tracing::error!(code = "CENTRAL-THREAD", "central's thread has ended");
        }
    }
}

/// Makes ring the cryptography of every TLS connection; a second call changes nothing.
fn install_cryptography() {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("cryptography was chosen before");
    }
}

/// A random number from the system.
pub(crate) fn random() -> Result<u64, AppError> {
    let mut bytes = [0; 8];
    let source = rustls::crypto::ring::default_provider().secure_random;
    source.fill(&mut bytes).map_err(|_| AppError::Random)?;
    Ok(u64::from_le_bytes(bytes))
}

/// 32 random hex digits.
fn random_key() -> Result<String, AppError> {
    Ok(format!("{:016x}{:016x}", random()?, random()?))
}

//! Central as the session sees it: asks go in, events come out. One thread with its own runtime.
//!
//! The only place that names reqwest. It keeps no record of a resident: evidence is dropped when
//! central has answered, and of an open visit only the token stays, in the visit's own task.

mod client;
mod enrolment;
mod fault;
mod identity;
mod probe;
mod tasks;
mod worker;

use std::thread::JoinHandle;
use std::time::Duration;

use central_api::Evidence;
use kiosk_config::Config;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use visit::{Service, VisitId};

use crate::error::AppError;
use crate::inbox::Inbox;
pub(crate) use probe::{Probe, probe};
use worker::Worker;

/// Longest wait for open visits to be closed at shutdown.
const FAREWELL: Duration = Duration::from_secs(2);

/// The way to central. Asking never blocks.
pub(crate) struct Central {
    asks: UnboundedSender<Ask>,
    thread: JoinHandle<()>,
}

/// What the session wants of central.
enum Ask {
    Open(VisitId, Evidence),
    Close(VisitId),
    Fetch(Service),
}

impl Central {
    /// Starts talking to central; enrols the kiosk first if that is still to be done.
    pub(crate) fn start(config: &Config, inbox: &Inbox) -> Result<Self, AppError> {
        install_cryptography();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(AppError::Runtime)?;
        let (asks, mut asked) = unbounded_channel();
        let worker = Worker::new(config, inbox.clone());
        let guard = inbox.guard("central");
        let run = move || {
            let _guard = guard;
            runtime.block_on(worker.run(&mut asked));
            runtime.shutdown_timeout(Duration::ZERO);
        };
        let thread = std::thread::Builder::new().name("central".to_owned()).spawn(run);
        Ok(Self { asks, thread: thread.map_err(AppError::Thread)? })
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

    /// Closes what is open and waits for it, for a moment.
    pub(crate) fn stop(self) {
        drop(self.asks);
        if self.thread.join().is_err() {
            tracing::error!(code = "CENTRAL-THREAD", "central's thread came to grief");
        }
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

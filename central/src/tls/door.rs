//! Who gets in. There are so many places; when all are taken, a newcomer gets that of the oldest client
//! which has not finished its handshake, or else of the oldest without a certificate. Kiosks are never
//! put out for others, so silent or unknown clients cannot keep them out.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    task::AbortHandle,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

use super::{Peer, connection::Connection};
use crate::{config::Limits, crypto::sha256};

/// How long a newcomer waits for the place of a client that was put out.
const HAND_OVER: Duration = Duration::from_secs(1);

/// What central bears of clients.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Open connections, those in their handshake included.
    pub(crate) connections: usize,
    /// A client that has not finished its handshake by then is dropped.
    pub(crate) handshake: Duration,
    /// A client that neither sends nor takes anything for so long is dropped.
    pub(crate) silence: Duration,
}

impl From<&Limits> for Bounds {
    fn from(limits: &Limits) -> Self {
        Self {
            connections: limits.connections as usize,
            handshake: Duration::from_secs(u64::from(limits.handshake_s)),
            silence: Duration::from_secs(u64::from(limits.silence_s)),
        }
    }
}

/// Clients without a certificate, the oldest first; dropping one's sender puts it out.
type Guests = Arc<Mutex<VecDeque<oneshot::Sender<()>>>>;

/// The accepting side.
pub(super) struct Door {
    acceptor: TlsAcceptor,
    bounds: Bounds,
    ready: mpsc::Sender<(Connection, Peer)>,
    places: Arc<Semaphore>,
    /// Handshakes under way, the oldest first, with some that are over.
    shaking: VecDeque<AbortHandle>,
    guests: Guests,
    /// Said once while it lasts.
    full: bool,
}

impl Door {
    pub(super) fn new(
        acceptor: TlsAcceptor,
        bounds: Bounds,
        ready: mpsc::Sender<(Connection, Peer)>,
    ) -> Self {
        let places = Arc::new(Semaphore::new(bounds.connections));
        let (shaking, guests) = (VecDeque::new(), Guests::default());
        Self { acceptor, bounds, ready, places, shaking, guests, full: false }
    }

    /// Accepts for ever.
    pub(super) async fn keep(mut self, listener: TcpListener) {
        loop {
            let (stream, address) = match listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(code = "tls.accept_failed", %error, "no connection accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let Some(place) = self.place().await else { continue };
            let handshake = Handshake {
                acceptor: self.acceptor.clone(),
                bounds: self.bounds,
                ready: self.ready.clone(),
                guests: Arc::clone(&self.guests),
            };
            let task = tokio::spawn(handshake.shake(stream, address, place));
            if self.shaking.len() >= self.bounds.connections {
                self.shaking.retain(|handshake| !handshake.is_finished());
            }
            self.shaking.push_back(task.abort_handle());
        }
    }

    /// A place for a newcomer, if need be somebody else's.
    async fn place(&mut self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            self.full = false;
            return Some(place);
        }
        while self.make_room() {
            let place = Arc::clone(&self.places).acquire_owned();
            if let Ok(Ok(place)) = timeout(HAND_OVER, place).await {
                return Some(place);
            }
        }
        if !self.full {
            self.full = true;
            let connections = self.bounds.connections;
            tracing::warn!(code = "tls.full", connections, "all connections taken by kiosks");
        }
        None
    }

    /// Puts out the client that is the least to be missed; `false` when there is none.
    fn make_room(&mut self) -> bool {
        while let Some(handshake) = self.shaking.pop_front() {
            if !handshake.is_finished() {
                handshake.abort();
                return true;
            }
        }
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(guest) = guests.pop_front() {
            if !guest.is_closed() {
                return true;
            }
        }
        false
    }
}

struct Handshake {
    acceptor: TlsAcceptor,
    bounds: Bounds,
    ready: mpsc::Sender<(Connection, Peer)>,
    guests: Guests,
}

impl Handshake {
    async fn shake(self, stream: TcpStream, address: SocketAddr, place: OwnedSemaphorePermit) {
        let _ = stream.set_nodelay(true);
        let stream = match timeout(self.bounds.handshake, self.acceptor.accept(stream)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => {
                tracing::debug!(%address, %error, "handshake failed");
                return;
            }
            Err(_) => {
                tracing::debug!(%address, "handshake took too long");
                return;
            }
        };
        let certificates = stream.get_ref().1.peer_certificates();
        let certificate = certificates.and_then(<[_]>::first).map(|c| sha256(c));
        let eviction = certificate.is_none().then(|| self.guest());
        let connection = Connection::new(stream, self.bounds.silence, eviction, place);
        let _ = self.ready.send((connection, Peer { certificate })).await;
    }

    fn guest(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        if guests.len() >= self.bounds.connections {
            guests.retain(|guest| !guest.is_closed());
        }
        guests.push_back(sender);
        receiver
    }
}

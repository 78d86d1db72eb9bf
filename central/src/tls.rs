//! TLS in front of axum. Handshakes run beside the accept loop, so a silent client holds up nobody;
//! what arrives at axum is a finished stream with the peer's certificate fingerprint.

mod connection;
mod door;

use std::{io, sync::Arc};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, pem::PemObject},
    server::WebPkiClientVerifier,
};
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};
use tokio_rustls::TlsAcceptor;

pub(crate) use self::door::Bounds;
use self::{connection::Connection, door::Door};
use crate::{
    authority::{Authority, AuthorityError},
    crypto::Digest,
};

/// Why TLS cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No certificate for central.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// rustls refused the configuration.
    #[error("TLS cannot be configured")]
    Config(#[from] rustls::Error),
    /// The authority cannot be trusted as a root.
    #[error("the authority is no root for kiosk certificates")]
    Root,
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// SHA-256 of the client certificate, if one was shown; our authority signed it.
    pub(crate) certificate: Option<Digest>,
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        stream.remote_addr().clone()
    }
}

/// Server configuration: TLS 1.2 and 1.3, client certificates of our authority, none needed yet.
pub(crate) fn config(authority: &Authority, names: &[String]) -> Result<ServerConfig, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let root =
        CertificateDer::from_pem_slice(authority.pem.as_bytes()).map_err(|_| TlsError::Root)?;
    let mut roots = RootCertStore::empty();
    roots.add(root.clone())?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .allow_unauthenticated()
        .build()
        .map_err(|_| TlsError::Root)?;
    let (certificate, key) = authority.server(names)?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate, root], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Hands finished TLS streams to axum.
pub(crate) struct TlsListener {
    ready: mpsc::Receiver<(Connection, Peer)>,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    pub(crate) fn new(listener: TcpListener, config: ServerConfig, bounds: Bounds) -> Self {
        let (sender, ready) = mpsc::channel(64);
        let door = Door::new(TlsAcceptor::from(Arc::new(config)), bounds, sender);
        Self { ready, accepting: tokio::spawn(door.keep(listener)) }
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for TlsListener {
    type Io = Connection;
    type Addr = Peer;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The accepting task ends only with this listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(Peer { certificate: None })
    }
}

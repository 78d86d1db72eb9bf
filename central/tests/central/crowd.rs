//! More clients than central bears: silent and unknown ones keep no kiosk out.

use std::{net::SocketAddr, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::support::{County, SAM, WANG, card};

/// Longer than any test.
const NEVER: u32 = 24 * 3600;

async fn silent(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.expect("a connection")
}

/// A client without a certificate that finishes its handshake and says nothing more.
async fn guest(county: &County) -> TlsStream<TcpStream> {
    let authority = CertificateDer::from_pem_slice(county.app.authority_pem().as_bytes());
    let mut roots = RootCertStore::empty();
    roots.add(authority.expect("a certificate")).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let stream = silent(county.address).await;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.expect("a handshake")
}

/// Waits until the other end closes.
async fn closed(mut stream: impl AsyncRead + Unpin) {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
}

#[tokio::test]
async fn silent_clients_beyond_the_limit_keep_no_kiosk_out() {
    let county = County::start_with(|config| {
        config.limits.connections = 8;
        config.limits.handshake_s = NEVER;
    })
    .await;
    let mut crowd = Vec::new();
    for _ in 0..30 {
        crowd.push(silent(county.address).await);
    }
    let kiosk = county.kiosk("k1").await;
    kiosk.open(card(WANG, SAM)).await;
    for _ in 0..30 {
        crowd.push(silent(county.address).await);
    }
    // On the connection it has, and on a fresh one.
    kiosk.open(card(WANG, SAM)).await;
    county.kiosk("k2").await.open(card(WANG, SAM)).await;
    for stream in crowd.drain(..40) {
        closed(stream).await;
    }
}

#[tokio::test]
async fn hundreds_of_handshakes_under_way_hold_up_nobody() {
    let county = County::start_with(|config| config.limits.handshake_s = NEVER).await;
    let mut crowd = Vec::new();
    for _ in 0..400 {
        crowd.push(silent(county.address).await);
    }
    county.kiosk("k1").await.open(card(WANG, SAM)).await;
    drop(crowd);
}

#[tokio::test]
async fn clients_without_a_certificate_make_room_for_others() {
    let county = County::start_with(|config| {
        config.limits.connections = 6;
        config.limits.silence_s = NEVER;
    })
    .await;
    let mut guests = Vec::new();
    for _ in 0..6 {
        guests.push(guest(&county).await);
    }
    let kiosk = county.kiosk("k1").await;
    kiosk.open(card(WANG, SAM)).await;
    closed(guests.remove(0)).await;
    closed(guests.remove(0)).await;
}

#[tokio::test]
async fn kiosks_keep_their_places_when_a_newcomer_comes() {
    let county = County::start_with(|config| {
        config.limits.connections = 2;
        config.limits.silence_s = NEVER;
    })
    .await;
    let (one, two) = (county.kiosk("k1").await, county.kiosk("k2").await);
    for kiosk in [&one, &two] {
        kiosk.open(card(WANG, SAM)).await;
    }
    closed(silent(county.address).await).await;
    for kiosk in [&one, &two] {
        kiosk.open(card(WANG, SAM)).await;
    }
    drop(one);
    drop(two);
}

#[tokio::test]
async fn a_handshake_that_lasts_too_long_is_cut_off() {
    let county = County::start_with(|config| config.limits.handshake_s = 1).await;
    closed(silent(county.address).await).await;
}

#[tokio::test]
async fn a_silence_that_lasts_too_long_is_cut_off() {
    let county = County::start_with(|config| config.limits.silence_s = 1).await;
    closed(guest(&county).await).await;
}

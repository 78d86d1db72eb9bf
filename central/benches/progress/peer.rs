//! The least a service could do, behind the door central has: mutual TLS 1.3 with an authority of its
//! own, the same crates, the same choice of HTTP versions, the same limits on nothing at all.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::serve::Listener;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::{Certificate, Client, Identity};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The peer, serving: a client it knows, and its base. `GET` gives the first of `bodies`, `POST` the second.
pub(crate) async fn start(directory: &Path, bodies: [Vec<u8>; 2]) -> (Client, String) {
    let (config, client) = mutual_tls();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let methods = get(|State(pool): State<SqlitePool>| bare(pool, 1))
        .post(|State(pool): State<SqlitePool>, _body: Bytes| bare(pool, 2));
    let router = axum::Router::new().route("/", methods).with_state(pool(directory, bodies).await);
    let door = Door { listener, acceptor: TlsAcceptor::from(Arc::new(config)) };
    tokio::spawn(async { axum::serve(door, router).await });
    (client, format!("https://{address}/"))
}

/// The same answer from one row, after one committed insert.
async fn bare(pool: SqlitePool, id: i64) -> impl IntoResponse {
    let read = sqlx::query_scalar("SELECT body FROM answer WHERE id = ?").bind(id);
    let body: Vec<u8> = read.fetch_one(&pool).await.expect("a row");
    let append = sqlx::query("INSERT INTO log (entry) VALUES (?)").bind([0_u8; 400].as_slice());
    append.execute(&pool).await.expect("an entry");
    ([(CONTENT_TYPE, "application/json")], body)
}

async fn pool(directory: &Path, bodies: [Vec<u8>; 2]) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(directory.join("peer.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    // No ping before each use: central spares itself that too.
    let pool = SqlitePoolOptions::new().test_before_acquire(false).connect_with(options);
    let pool = pool.await.expect("a database");
    for statement in [
        "CREATE TABLE answer (id INTEGER PRIMARY KEY, body BLOB)",
        "CREATE TABLE log (seq INTEGER PRIMARY KEY, entry BLOB)",
    ] {
        sqlx::query(statement).execute(&pool).await.expect("a table");
    }
    for (id, body) in (1i64..).zip(bodies) {
        let insert = sqlx::query("INSERT INTO answer VALUES (?, ?)").bind(id).bind(body);
        insert.execute(&pool).await.expect("a row");
    }
    pool
}

/// One authority, a certificate for each end, and a client built as central's is.
fn mutual_tls() -> (ServerConfig, Client) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let key = KeyPair::generate().expect("a key");
    let root = params.self_signed(&key).expect("a certificate");
    let issuer = Issuer::new(params, key);
    let sign = |params: CertificateParams| {
        let key = KeyPair::generate().expect("a key");
        (params.signed_by(&key, &issuer).expect("a certificate"), key)
    };
    let (kiosk, kiosk_key) = sign(CertificateParams::default());
    let identity = format!("{}{}", kiosk.pem(), kiosk_key.serialize_pem());
    let client = Client::builder()
        .tls_certs_only([Certificate::from_pem(root.pem().as_bytes()).expect("a certificate")])
        .identity(Identity::from_pem(identity.as_bytes()).expect("an identity"))
        .build()
        .expect("a client");

    let names = vec!["127.0.0.1".to_owned()];
    let (server, server_key) = sign(CertificateParams::new(names).expect("a name"));
    let mut roots = RootCertStore::empty();
    roots.add(root.der().clone()).expect("a root");
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().expect("a verifier");
    let server_key = PrivatePkcs8KeyDer::from(server_key.serialize_der());
    let mut config = ServerConfig::builder()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![server.der().clone(), root.der().clone()], server_key.into())
        .expect("a configuration");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    (config, client)
}

struct Door {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Door {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = self.listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        (self.acceptor.accept(stream).await.expect("a handshake"), address)
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

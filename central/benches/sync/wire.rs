//! A wire between kiosk and central that counts what passes: bytes of TCP, both ways together, TLS and
//! its handshake included.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// The counter of one wire.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<AtomicU64>);

impl Wire {
    /// Lays a wire to `central`; its near end.
    pub(crate) async fn lay(central: SocketAddr) -> (Self, SocketAddr) {
        let wire = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let near = listener.local_addr().expect("an address");
        tokio::spawn(wire.clone().connect(listener, central));
        (wire, near)
    }

    /// Bytes since the last time.
    pub(crate) fn taken(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }

    async fn connect(self, listener: TcpListener, central: SocketAddr) {
        while let Ok((kiosk, _)) = listener.accept().await {
            let central = TcpStream::connect(central).await.expect("central listens");
            kiosk.set_nodelay(true).expect("an open socket");
            central.set_nodelay(true).expect("an open socket");
            let ((from_kiosk, to_kiosk), (from_central, to_central)) =
                (kiosk.into_split(), central.into_split());
            tokio::spawn(self.clone().pass(from_kiosk, to_central));
            tokio::spawn(self.clone().pass(from_central, to_kiosk));
        }
    }

    async fn pass(self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut bytes).await {
            self.0.fetch_add(length as u64, Ordering::Relaxed);
            if to.write_all(&bytes[..length]).await.is_err() {
                return;
            }
        }
    }
}

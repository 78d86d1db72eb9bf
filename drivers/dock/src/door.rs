//! Where vpcd is reached: a TCP port, or the socket file of a [`relay`] that stands beside a vpcd in
//! another network namespace. vpcd listens on every address, so it is kept in one of its own.

use std::convert::Infallible;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rustix::net::sockopt::set_tcp_quickack;

/// Address of a vpcd slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// The slot itself.
    Tcp(SocketAddr),
    /// A relay's socket file.
    Unix(PathBuf),
}

impl Door {
    pub(crate) fn connect(&self) -> io::Result<Line> {
        match self {
            Self::Tcp(address) => {
                let stream = TcpStream::connect(address)?;
                stream.set_nodelay(true)?;
                Ok(Line::Tcp(stream))
            }
            Self::Unix(path) => UnixStream::connect(path).map(Line::Unix),
        }
    }
}

impl From<SocketAddr> for Door {
    fn from(address: SocketAddr) -> Self {
        Self::Tcp(address)
    }
}

impl FromStr for Door {
    type Err = Infallible;

    /// `HOST:PORT` in numbers, or a path.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.parse().map_or_else(|_| Self::Unix(text.into()), Self::Tcp))
    }
}

/// An open connection to a slot.
#[derive(Debug)]
pub(crate) enum Line {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Line {
    pub(crate) fn try_clone(&self) -> io::Result<Self> {
        Ok(match self {
            Self::Tcp(stream) => Self::Tcp(stream.try_clone()?),
            Self::Unix(stream) => Self::Unix(stream.try_clone()?),
        })
    }

    /// Ends the connection for every holder; already closed by pcscd is as good.
    pub(crate) fn close(&self) {
        drop(match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Both),
            Self::Unix(stream) => stream.shutdown(Shutdown::Both),
        });
    }
}

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => {
                // vpcd sends length and data apart; unacknowledged, each waits 40 ms.
                set_tcp_quickack(&*stream, true)?;
                stream.read(buffer)
            }
            Self::Unix(stream) => stream.read(buffer),
        }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(bytes),
            Self::Unix(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Passes every connection on the socket file `path` on to the vpcd slot at `vpcd`, until the
/// process ends.
///
/// # Errors
/// When the socket file cannot be made.
pub fn relay(path: &Path, vpcd: SocketAddr) -> io::Result<()> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    for card in UnixListener::bind(path)?.incoming() {
        let card = Line::Unix(card?);
        // No vpcd yet: the card sees its connection end and tries again.
        if let Ok(slot) = Door::Tcp(vpcd).connect() {
            let (from_card, from_slot) = (card.try_clone()?, slot.try_clone()?);
            std::thread::spawn(move || pump(from_card, slot));
            std::thread::spawn(move || pump(from_slot, card));
        }
    }
    Ok(())
}

fn pump(mut from: Line, mut to: Line) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    from.close();
    to.close();
}

//! A receipt printer on TCP, as faulty as real ones: it takes data while out of paper and prints it
//! later, answers status in real time, and proves printing with GS ( H and GS r.

mod commands;

pub(crate) use commands::length_of;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use commands::{Parser, Piece};

/// What is wrong with the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Nothing.
    Ok,
    /// The roll is nearly used up.
    NearEnd,
    /// No paper.
    PaperOut,
    /// Cover open.
    CoverOpen,
    /// Cutter stuck.
    Jam,
    /// Switched offline.
    Offline,
    /// Connected but silent.
    Silent,
    /// Closes the connection after the first hundred bytes of a slip.
    CloseMidSlip,
}

/// A printer; runs until the process ends.
#[derive(Clone)]
pub struct Printer {
    shared: Arc<(Mutex<Inside>, Condvar)>,
    address: SocketAddr,
}

struct Inside {
    condition: Condition,
    /// Printed since the last cut.
    paper: Vec<u8>,
    slips: Vec<Vec<u8>>,
}

impl Printer {
    /// Listens at `address`; port 0 takes any.
    ///
    /// # Errors
    /// When the address is taken.
    pub fn start(address: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let inside = Inside { condition: Condition::Ok, paper: Vec::new(), slips: Vec::new() };
        let shared = Arc::new((Mutex::new(inside), Condvar::new()));
        let printer = Self { shared, address: listener.local_addr()? };
        let mine = printer.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let printer = mine.clone();
                std::thread::spawn(move || drop(printer.serve(stream)));
            }
        });
        Ok(printer)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Breaks or mends it.
    pub fn set(&self, condition: Condition) {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner).condition = condition;
        self.shared.1.notify_all();
    }

    /// Every slip cut off so far, as raw bytes.
    #[must_use]
    pub fn slips(&self) -> Vec<Vec<u8>> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner).slips.clone()
    }

    /// Waits until `count` slips were cut off.
    ///
    /// # Errors
    /// After `limit`, with the slips there are.
    pub fn wait_for(&self, count: usize, limit: Duration) -> Result<Vec<Vec<u8>>, Vec<Vec<u8>>> {
        let deadline = Instant::now() + limit;
        let mut inside = self.shared.0.lock().unwrap_or_else(PoisonError::into_inner);
        while inside.slips.len() < count {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(inside.slips.clone());
            }
            inside =
                self.shared.1.wait_timeout(inside, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(inside.slips.clone())
    }

    fn condition(&self) -> Condition {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner).condition
    }

    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_millis(50)))?;
        let mut parser = Parser::default();
        let mut waiting: Vec<Piece> = Vec::new();
        let mut buffer = [0; 4096];
        let mut received = 0;
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => {
                    received += count;
                    waiting.extend(parser.push(&buffer[..count]));
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
            if self.condition() == Condition::CloseMidSlip && received > 100 {
                return Ok(());
            }
            self.work(&mut waiting, &mut stream)?;
        }
    }

    /// Answers what is asked in real time and prints what can be printed.
    fn work(&self, waiting: &mut Vec<Piece>, stream: &mut TcpStream) -> std::io::Result<()> {
        let condition = self.condition();
        if waiting.iter().any(|piece| matches!(piece, Piece::Clear)) {
            let last = waiting.iter().rposition(|piece| matches!(piece, Piece::Clear));
            let kept: Vec<Piece> = waiting.drain(..).skip(last.map_or(0, |at| at + 1)).collect();
            *waiting = kept;
        }
        let mut later = Vec::new();
        for piece in waiting.drain(..) {
            match piece {
                Piece::AskStatus(_) if condition == Condition::Silent => {}
                Piece::AskStatus(n) => stream.write_all(&[status(condition, n)])?,
                piece
                    if !matches!(
                        condition,
                        Condition::Ok | Condition::NearEnd | Condition::CloseMidSlip
                    ) =>
                {
                    later.push(piece);
                }
                Piece::Echo(id) => {
                    stream.write_all(&[&[0x37, 0x22][..], &id, &[0]].concat())?;
                }
                Piece::Transmit => stream.write_all(&[0])?,
                Piece::Clear => {}
                Piece::Bytes { bytes, cut } => self.put_on_paper(&bytes, cut),
            }
        }
        *waiting = later;
        Ok(())
    }

    fn put_on_paper(&self, bytes: &[u8], cut: bool) {
        let mut inside = self.shared.0.lock().unwrap_or_else(PoisonError::into_inner);
        inside.paper.extend_from_slice(bytes);
        if cut {
            let slip = std::mem::take(&mut inside.paper);
            inside.slips.push(slip);
            self.shared.1.notify_all();
        }
    }
}

/// Answer to DLE EOT n (Epson TM reference).
fn status(condition: Condition, n: u8) -> u8 {
    let offline =
        !matches!(condition, Condition::Ok | Condition::NearEnd | Condition::CloseMidSlip);
    let bits = match (n, condition) {
        (1, _) if offline => 0x08,
        (2, Condition::CoverOpen) => 0x04,
        (2, Condition::PaperOut) => 0x20,
        (2, Condition::Jam) => 0x40,
        (3, Condition::Jam) => 0x08,
        (4, Condition::NearEnd) => 0x0C,
        (4, Condition::PaperOut) => 0x6C,
        _ => 0,
    };
    0x12 | bits
}

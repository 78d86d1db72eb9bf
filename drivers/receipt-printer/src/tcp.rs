//! A printer on TCP port 9100: one connection per slip, dropped after any failure.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::PrinterConfig;
use crate::encode::encode;
use crate::printer::{Outcome, PrinterError, ReceiptPrinter};
use crate::receipt::Receipt;
use crate::status::{Asked, Status};

/// Time between two looks at a printer that is busy printing.
const LOOK: Duration = Duration::from_millis(500);
/// DLE DC4 8: drops what the printer holds, so that it never comes out for the next person.
const CLEAR_BUFFER: [u8; 10] = [0x10, 0x14, 0x08, 1, 3, 20, 1, 6, 2, 8];

/// A network printer.
pub struct TcpPrinter {
    config: PrinterConfig,
    jobs: u32,
}

impl TcpPrinter {
    /// A printer at the configured address.
    #[must_use]
    pub fn new(config: PrinterConfig) -> Self {
        Self { config, jobs: 0 }
    }

    fn connect(&self) -> Result<Line, PrinterError> {
        let limit = self.config.answer;
        let mut last = std::io::Error::from(ErrorKind::AddrNotAvailable);
        for address in self.config.address.to_socket_addrs().map_err(PrinterError::Connect)? {
            match TcpStream::connect_timeout(&address, limit) {
                Ok(stream) => return Line::new(stream, limit).map_err(PrinterError::Connect),
                Err(error) => last = error,
            }
        }
        Err(PrinterError::Connect(last))
    }

    /// A four-character id of printable characters for GS ( H, different for each slip.
    fn next_id(&mut self) -> [u8; 4] {
        self.jobs = self.jobs.wrapping_add(1);
        let mut id = [b'0'; 4];
        let mut rest = self.jobs;
        for digit in id.iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        id
    }
}

impl ReceiptPrinter for TcpPrinter {
    fn status(&mut self) -> Status {
        match self.connect().and_then(|mut line| line.ask_all()) {
            Ok(asked) => asked.summary(),
            Err(error) => error.status(),
        }
    }

    fn print(&mut self, receipt: &Receipt) -> Outcome {
        let id = self.next_id();
        let proof = match self.config.profile.echo {
            true => Proof::Echo(id),
            false => Proof::Status,
        };
        let mut slip = Zeroizing::new(encode(receipt, &self.config.profile));
        slip.extend_from_slice(&proof.request());
        let (mut line, status) = match self.connect().and_then(|mut line| {
            let status = line.ask_all()?.summary();
            Ok((line, status))
        }) {
            Ok(ready) => ready,
            Err(error) => return Outcome::NotStarted(error.status()),
        };
        if !status.is_ready() {
            return Outcome::NotStarted(status);
        }
        let outcome = match line.send(&slip) {
            Ok(()) => line.wait_for(&proof, self.config.proof),
            Err(error) => Outcome::Unknown(error.status()),
        };
        if outcome != Outcome::Printed {
            line.clear_buffer();
        }
        outcome
    }
}

/// What shows that everything before it was printed.
enum Proof {
    /// GS ( H fn 48: the printer repeats this id.
    Echo([u8; 4]),
    /// GS r 1: answered in turn, so after the data before it.
    Status,
}

impl Proof {
    fn request(&self) -> Vec<u8> {
        match self {
            Self::Echo(id) => [&[0x1D, b'(', b'H', 6, 0, 48, 48][..], id].concat(),
            Self::Status => vec![0x1D, b'r', 1],
        }
    }

    fn is_in(&self, heard: &[u8]) -> bool {
        match self {
            Self::Echo(id) => {
                let answer = [&[0x37, 0x22][..], id, &[0]].concat();
                heard.windows(answer.len()).any(|window| window == answer)
            }
            Self::Status => heard.iter().any(|byte| byte & 0x90 == 0),
        }
    }
}

/// An open connection.
struct Line {
    stream: TcpStream,
    limit: Duration,
}

impl Line {
    fn new(stream: TcpStream, limit: Duration) -> std::io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(limit))?;
        Ok(Self { stream, limit })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), PrinterError> {
        self.stream.write_all(bytes).map_err(broken)
    }

    fn read(&mut self, limit: Duration, buffer: &mut [u8]) -> Result<usize, PrinterError> {
        self.stream.set_read_timeout(Some(limit.max(Duration::from_millis(1)))).map_err(broken)?;
        match self.stream.read(buffer) {
            Ok(0) => Err(broken(ErrorKind::UnexpectedEof.into())),
            Ok(count) => Ok(count),
            Err(error) => Err(broken(error)),
        }
    }

    /// DLE EOT 1–4. Flow-control and unasked status bytes in between are passed over.
    fn ask_all(&mut self) -> Result<Asked, PrinterError> {
        let mut answers = [0; 4];
        for (n, answer) in (1..).zip(&mut answers) {
            self.send(&[0x10, 0x04, n])?;
            let deadline = Instant::now() + self.limit;
            let mut byte = [0];
            while !Asked::is_answer(byte[0]) {
                let left = deadline.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(PrinterError::Timeout);
                }
                self.read(left, &mut byte)?;
            }
            *answer = byte[0];
        }
        Ok(Asked(answers))
    }

    /// Waits for the proof, looking at the printer's condition meanwhile.
    fn wait_for(&mut self, proof: &Proof, limit: Duration) -> Outcome {
        let deadline = Instant::now() + limit;
        let mut heard = Vec::new();
        let mut buffer = [0; 64];
        loop {
            match self.read(LOOK, &mut buffer) {
                Ok(count) => heard.extend_from_slice(&buffer[..count]),
                Err(PrinterError::Timeout) => match self.look(&mut heard) {
                    Ok(status) if !status.is_ready() => return Outcome::Unknown(status),
                    Ok(_) => {}
                    Err(error) if proof.is_in(&heard) => {
                        tracing::debug!(%error, "gone after the proof");
                        return Outcome::Printed;
                    }
                    Err(error) => return Outcome::Unknown(error.status()),
                },
                Err(error) => return Outcome::Unknown(error.status()),
            }
            if proof.is_in(&heard) {
                return Outcome::Printed;
            }
            if Instant::now() >= deadline {
                return Outcome::Unknown(Status::NotAnswering);
            }
        }
    }

    /// DLE EOT 1–4 during a job; a proof arriving in between is kept in `heard`.
    fn look(&mut self, heard: &mut Vec<u8>) -> Result<Status, PrinterError> {
        let mut answers = [0; 4];
        for (n, answer) in (1..).zip(&mut answers) {
            self.send(&[0x10, 0x04, n])?;
            let deadline = Instant::now() + self.limit;
            loop {
                let mut byte = [0];
                let left = deadline.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(PrinterError::Timeout);
                }
                self.read(left, &mut byte)?;
                if Asked::is_answer(byte[0]) && !in_echo(heard) {
                    *answer = byte[0];
                    break;
                }
                heard.push(byte[0]);
            }
        }
        Ok(Asked(answers).summary())
    }

    fn clear_buffer(&mut self) {
        if let Err(error) = self.send(&CLEAR_BUFFER) {
            tracing::debug!(%error, "buffer not cleared");
        }
    }
}

/// Whether the last bytes heard begin an echo that is not yet complete: its digits look like nothing
/// else, but `2` (0x32) has the shape of a DLE EOT answer.
fn in_echo(heard: &[u8]) -> bool {
    let start = heard.windows(2).rposition(|window| window == [0x37, 0x22]);
    start.is_some_and(|start| heard.len() - start < 7)
}

fn broken(error: std::io::Error) -> PrinterError {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => PrinterError::Timeout,
        _ => PrinterError::Gone(error),
    }
}

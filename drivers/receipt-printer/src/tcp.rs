//! A printer on TCP port 9100: one connection per slip, dropped after any failure.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::PrinterConfig;
use crate::answers::{Answers, Heard, Proof};
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
            Ok(()) => line.wait_for(proof, self.config.proof),
            Err(error) => Outcome::Unknown(error.status()),
        };
        if outcome != Outcome::Printed {
            line.clear_buffer();
        }
        outcome
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
    fn wait_for(&mut self, proof: Proof, limit: Duration) -> Outcome {
        let deadline = Instant::now() + limit;
        let mut answers = Answers::new(proof);
        let mut buffer = [0; 64];
        loop {
            match self.read(LOOK, &mut buffer) {
                Ok(count) => {
                    if buffer[..count].iter().any(|&byte| answers.push(byte) == Heard::Proof) {
                        return Outcome::Printed;
                    }
                }
                Err(PrinterError::Timeout) => match self.look(&mut answers) {
                    Ok(None) => return Outcome::Printed,
                    Ok(Some(status)) if !status.is_ready() => return Outcome::Unknown(status),
                    Ok(Some(_)) => {}
                    Err(error) => return Outcome::Unknown(error.status()),
                },
                Err(error) => return Outcome::Unknown(error.status()),
            }
            if Instant::now() >= deadline {
                return Outcome::Unknown(Status::NotAnswering);
            }
        }
    }

    /// DLE EOT 1–4 during a job; `None` when the proof arrives in between, which says more.
    fn look(&mut self, answers: &mut Answers) -> Result<Option<Status>, PrinterError> {
        let mut asked = [0; 4];
        for (n, answer) in (1..).zip(&mut asked) {
            self.send(&[0x10, 0x04, n])?;
            let deadline = Instant::now() + self.limit;
            loop {
                let mut byte = [0];
                let left = deadline.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(PrinterError::Timeout);
                }
                self.read(left, &mut byte)?;
                match answers.push(byte[0]) {
                    Heard::Proof => return Ok(None),
                    Heard::Condition(condition) => {
                        *answer = condition;
                        break;
                    }
                    Heard::Nothing => {}
                }
            }
        }
        Ok(Some(Asked(asked).summary()))
    }

    fn clear_buffer(&mut self) {
        if let Err(error) = self.send(&CLEAR_BUFFER) {
            tracing::debug!(%error, "buffer not cleared");
        }
    }
}

fn broken(error: std::io::Error) -> PrinterError {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => PrinterError::Timeout,
        _ => PrinterError::Gone(error),
    }
}

//! The serial line to a module: one question, one answer, a deadline.

use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, SerialPort, TTYPort};
use zeroize::Zeroizing;

use super::frame::{Assembler, Command, Frame};
use crate::{CardFault, ReaderState};

/// Speed of SAM_V serial readers (8N1, no flow control).
const BAUD: u32 = 115_200;

/// Longest pause within an answer. At 115200 baud a byte takes 0.09 ms and USB adapters hand bytes on
/// every 16 ms; a module prepares its answer before the first byte, so that a longer pause is a break.
const GAP: Duration = Duration::from_millis(250);

pub(crate) struct Port(TTYPort);

/// Why the conversation with the module ended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PortError {
    #[error("cannot open the serial line")]
    Open(#[source] serialport::Error),
    #[error("the serial line broke")]
    Line(#[source] std::io::Error),
    #[error("the module does not answer")]
    Silent,
    #[error("the answer is damaged")]
    Garbled,
    #[error("the module reports {0:02X} and may not be used")]
    OutOfService(u8),
}

impl PortError {
    pub(crate) fn reader_state(&self) -> ReaderState {
        match self {
            Self::Open(_) | Self::Line(_) => ReaderState::Gone,
            Self::Silent | Self::Garbled => ReaderState::NotAnswering,
            Self::OutOfService(_) => ReaderState::OutOfService,
        }
    }

    /// What it means for a card that was about to be read.
    pub(crate) fn card_fault(&self) -> CardFault {
        match self {
            Self::Garbled => CardFault::Garbled,
            _ => CardFault::ReaderSilent,
        }
    }
}

impl Port {
    pub(crate) fn open(device: &Path) -> Result<Self, PortError> {
        let builder = serialport::new(device.to_string_lossy(), BAUD);
        TTYPort::open(&builder).map(Self).map_err(PortError::Open)
    }

    /// Sends a command and waits for its reply, at most `limit`; damaged replies are asked for once
    /// more, since the line may have been disturbed.
    pub(crate) fn ask(&mut self, command: Command, limit: Duration) -> Result<Frame, PortError> {
        match self.ask_once(command, limit) {
            Err(PortError::Garbled) => self.ask_once(command, limit),
            answer => answer,
        }
    }

    fn ask_once(&mut self, command: Command, limit: Duration) -> Result<Frame, PortError> {
        let line = |error: serialport::Error| PortError::Line(error.into());
        self.0.clear(ClearBuffer::Input).map_err(line)?;
        self.0.write_all(&command.to_bytes()).map_err(PortError::Line)?;
        let deadline = Instant::now() + limit;
        let mut until = deadline;
        let mut assembler = Assembler::default();
        let mut buffer = Zeroizing::new(vec![0; 2048]);
        let mut heard = false;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(if heard { PortError::Garbled } else { PortError::Silent });
            }
            self.0.set_timeout(left).map_err(line)?;
            match self.0.read(&mut buffer) {
                Ok(0) => return Err(PortError::Line(std::io::ErrorKind::UnexpectedEof.into())),
                Ok(count) => {
                    heard = true;
                    until = deadline.min(Instant::now() + GAP);
                    match assembler.push(&buffer[..count]) {
                        Some(Ok(frame)) => return Ok(frame),
                        Some(Err(_)) => return Err(PortError::Garbled),
                        None => {}
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::TimedOut => {}
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(PortError::Line(error)),
            }
        }
    }
}

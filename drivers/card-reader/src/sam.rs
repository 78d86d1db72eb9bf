//! A SAM_V module on a serial line: find, select, read, for ever.
//!
//! Order of commands: GA 467 as summarised by module vendors; one command at a time, input flushed
//! before each, every wait finite.

pub(crate) mod frame;
mod port;
mod serial_number;
pub(crate) mod text;

use std::path::Path;
use std::time::Duration;

use crate::watch::Stop;
use crate::{Card, CardEvent, CardFault, ReaderState, Trust};
use frame::Command;
use port::{Port, PortError};

/// Pause between two questions for a card.
const POLL: Duration = Duration::from_millis(300);
/// Longest silence after find, select and status.
const SHORT: Duration = Duration::from_millis(1500);
/// Longest silence during a read: authentication and transfer together.
const READ: Duration = Duration::from_secs(5);
/// Failed reads of one card before it is reported.
const TRIES: u32 = 3;

const SW_DONE: u8 = 0x90;
const SW_FOUND: u8 = 0x9F;
const SW_NO_CARD: u8 = 0x80;

/// Watches the module until told to stop.
pub(crate) fn run(device: &Path, stop: &Stop, mut sink: impl FnMut(CardEvent)) {
    let mut pause = Duration::from_millis(500);
    let mut last: Option<ReaderState> = None;
    let mut report = |state: ReaderState, sink: &mut dyn FnMut(CardEvent)| {
        if last.as_ref() != Some(&state) {
            tracing::info!(code = "CARD-READER-STATE", ?state, "ID-card reader");
            last = Some(state.clone());
            sink(CardEvent::Reader(state));
        }
    };
    loop {
        let ended =
            match Port::open(device).and_then(|mut port| start(&mut port).map(|s| (port, s))) {
                Ok((mut port, serial)) => {
                    report(ReaderState::Ready, &mut sink);
                    pause = Duration::from_millis(500);
                    match poll(&mut port, &serial, stop, &mut sink) {
                        Ok(()) => return,
                        Err(error) => error,
                    }
                }
                Err(error) => error,
            };
        report(ended.reader_state(), &mut sink);
        if stop.wait(pause) {
            return;
        }
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

/// Asks the module for its health and serial number.
fn start(port: &mut Port) -> Result<String, PortError> {
    let status = port.ask(Command::Status, SHORT)?;
    if status.status() != SW_DONE {
        return Err(PortError::OutOfService(status.status()));
    }
    let reply = port.ask(Command::SerialNumber, SHORT)?;
    reply.serial_number().ok_or(PortError::Silent)
}

/// What happened to the card in front of the reader so far.
#[derive(Default)]
struct Presence {
    announced: bool,
    failures: u32,
    reported: Option<CardFault>,
}

fn poll(
    port: &mut Port,
    serial: &str,
    stop: &Stop,
    sink: &mut impl FnMut(CardEvent),
) -> Result<(), PortError> {
    let mut presence = Presence::default();
    loop {
        let found = port.ask(Command::Find, SHORT)?.status();
        match found {
            SW_FOUND => {
                if !presence.announced {
                    presence.announced = true;
                    sink(CardEvent::Seen);
                }
                match read(port, serial)? {
                    Ok(card) => {
                        presence = Presence::default();
                        sink(CardEvent::Read(Box::new(card)));
                    }
                    Err(fault) => failed(&mut presence, fault, sink),
                }
            }
            SW_NO_CARD => {
                // Gone before it was read or refused: say so, or the screen waits for nothing.
                if presence.announced && presence.reported.is_none() {
                    sink(CardEvent::Failed(CardFault::MovedTooEarly));
                }
                presence = Presence::default();
            }
            0x60 | 0x66 => return Err(PortError::OutOfService(found)),
            _ => {}
        }
        if stop.wait(POLL) {
            return Ok(());
        }
    }
}

fn failed(presence: &mut Presence, fault: CardFault, sink: &mut impl FnMut(CardEvent)) {
    presence.failures += 1;
    let worth_another_try = matches!(fault, CardFault::MovedTooEarly | CardFault::Garbled);
    if worth_another_try && presence.failures < TRIES {
        return;
    }
    if presence.reported != Some(fault) {
        presence.reported = Some(fault);
        sink(CardEvent::Failed(fault));
    }
}

/// Selects and reads the card that was found.
fn read(port: &mut Port, serial: &str) -> Result<Result<Card, CardFault>, PortError> {
    let selected = port.ask(Command::Select, SHORT)?;
    if selected.status() != SW_DONE {
        return Ok(Err(fault_of(selected.status())));
    }
    let reply = match port.ask(Command::ReadText, READ) {
        Ok(reply) => reply,
        Err(PortError::Garbled) => return Ok(Err(CardFault::Garbled)),
        Err(error) => return Err(error),
    };
    if reply.status() != SW_DONE {
        return Ok(Err(fault_of(reply.status())));
    }
    let trust = Trust::Authenticated { sam_serial: serial.to_owned() };
    Ok(reply.text_block().and_then(|block| text::parse_text_block(block, trust)))
}

/// What a status other than success means for the person holding the card.
fn fault_of(status: u8) -> CardFault {
    match status {
        0x32 | 0x33 => CardFault::Refused,
        0x40 => CardFault::NotSupported,
        0x31 | 0x41 | 0x47 | 0x80 | 0x81 => CardFault::MovedTooEarly,
        _ => CardFault::Garbled,
    }
}

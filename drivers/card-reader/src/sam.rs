//! A SAM_V module on a serial line: find, select, read, for ever.
//!
//! Order of commands: GA 467 as summarised by module vendors; one command at a time, input flushed
//! before each, every wait finite.

pub(crate) mod frame;
mod port;
mod presence;
mod serial_number;
pub(crate) mod text;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::watch::Stop;
use crate::{Card, CardEvent, CardFault, Details, Permit, ReaderState, Resident, Trust};
use frame::Command;
use port::{Port, PortError};
use presence::{Field, Found};

/// Pause between two questions for a card.
const POLL: Duration = Duration::from_millis(300);
/// Longest silence after find, select and status.
const SHORT: Duration = Duration::from_millis(1500);
/// Longest silence during a read: authentication and transfer together.
const READ: Duration = Duration::from_secs(5);

const SW_DONE: u8 = 0x90;
const SW_FOUND: u8 = 0x9F;
const SW_NO_CARD: u8 = 0x80;

/// Watches the module until told to stop.
pub(crate) fn run(
    device: &Path,
    newest_address: bool,
    stop: &Stop,
    mut sink: impl FnMut(CardEvent),
) {
    let mut pause = Duration::from_millis(500);
    let mut field = Field::default();
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
                Ok((port, serial)) => {
                    report(ReaderState::Ready, &mut sink);
                    pause = Duration::from_millis(500);
                    let mut module = Module { port, serial, newest_address };
                    match poll(&mut module, &mut field, stop, &mut sink) {
                        Ok(()) => return,
                        Err(error) => {
                            tell(field.interrupted(error.card_fault()), &mut sink);
                            error
                        }
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

/// A module that was found well.
struct Module {
    port: Port,
    serial: String,
    newest_address: bool,
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

fn poll(
    module: &mut Module,
    field: &mut Field,
    stop: &Stop,
    sink: &mut impl FnMut(CardEvent),
) -> Result<(), PortError> {
    loop {
        match module.port.ask(Command::Find, SHORT)?.status() {
            SW_FOUND => {
                let found = field.found(Instant::now());
                if found == Found::New {
                    sink(CardEvent::Seen);
                }
                if found != Found::Resting {
                    read(module, field, sink)?;
                }
            }
            SW_NO_CARD => tell(field.missed(Instant::now()), sink),
            status @ (0x60 | 0x66) => return Err(PortError::OutOfService(status)),
            status => tell(field.failed(fault_of(status)), sink),
        }
        if stop.wait(POLL) {
            return Ok(());
        }
    }
}

fn tell(fault: Option<CardFault>, sink: &mut impl FnMut(CardEvent)) {
    if let Some(fault) = fault {
        sink(CardEvent::Failed(fault));
    }
}

/// Reads the card that was found. Silence is the card's unless the module is silent afterwards, too.
fn read(
    module: &mut Module,
    field: &mut Field,
    sink: &mut impl FnMut(CardEvent),
) -> Result<(), PortError> {
    let fault = match converse(module) {
        Ok(Ok(card)) => {
            if field.read(card.number.expose()) {
                sink(CardEvent::Read(Box::new(card)));
            }
            return Ok(());
        }
        Ok(Err(fault)) => fault,
        Err(error @ (PortError::Silent | PortError::Garbled)) => error.card_fault(),
        Err(error) => return Err(error),
    };
    tell(field.failed(fault), sink);
    if fault == CardFault::ReaderSilent {
        tracing::warn!(code = "CARD-READER-SILENT", "no answer while a card was read");
        module.port.ask(Command::Status, SHORT)?;
    }
    Ok(())
}

/// Selects and reads.
fn converse(module: &mut Module) -> Result<Result<Card, CardFault>, PortError> {
    let port = &mut module.port;
    let selected = port.ask(Command::Select, SHORT)?;
    if selected.status() != SW_DONE {
        return Ok(Err(fault_of(selected.status())));
    }
    let reply = port.ask(Command::ReadText, READ)?;
    if reply.status() != SW_DONE {
        return Ok(Err(fault_of(reply.status())));
    }
    let trust = Trust::Authenticated { sam_serial: module.serial.clone() };
    let mut card = match reply.text_block().and_then(|block| text::parse_text_block(block, trust)) {
        Ok(card) => card,
        Err(fault) => return Ok(Err(fault)),
    };
    if module.newest_address
        && let Details::Resident(Resident { newest_address, .. })
        | Details::Permit(Permit { newest_address, .. }) = &mut card.details
    {
        *newest_address = match port.ask(Command::NewestAddress, SHORT) {
            Ok(reply) if reply.status() == SW_DONE => text::newest_address(reply.data()),
            // 91 says that none was appended; and the card is as good without one.
            Ok(_) | Err(PortError::Silent | PortError::Garbled) => None,
            Err(error) => return Err(error),
        };
    }
    Ok(Ok(card))
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

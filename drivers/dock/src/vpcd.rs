//! One slot of the virtual reader: connects to pcscd's vpcd driver and plays the inserted card.

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::card::{Fault, SampleCard};
use crate::door::{Door, Line};

/// How often an unreachable pcscd is tried again.
const RETRY: Duration = Duration::from_millis(250);

/// A slot of the virtual reader; runs until the process ends. A card is there while its connection
/// is: vpcd waits for one connection and asks it for the ATR again and again.
#[derive(Clone)]
pub struct Slot(Arc<(Mutex<Inside>, Condvar)>);

#[derive(Default)]
struct Inside {
    card: Option<SampleCard>,
    line: Option<Line>,
}

impl Slot {
    /// A slot that connects to vpcd at `door` whenever a card is in it.
    #[must_use]
    pub fn start(door: impl Into<Door>) -> Self {
        let door = door.into();
        let slot = Self(Arc::default());
        let mine = slot.clone();
        std::thread::spawn(move || {
            loop {
                let card = mine.wait_for_card();
                // Refused or ended: pcscd is not there now; the card waits for it.
                if let Ok(stream) = door.connect() {
                    drop(mine.serve(&card, stream));
                }
                std::thread::park_timeout(RETRY);
            }
        });
        slot
    }

    /// Puts a card in. pcscd notices within half a second.
    pub fn insert(&self, card: SampleCard) {
        self.inside().card = Some(card);
        self.0.1.notify_all();
    }

    /// Takes the card out.
    pub fn remove(&self) {
        let mut inside = self.inside();
        inside.card = None;
        if let Some(line) = inside.line.take() {
            line.close();
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_for_card(&self) -> SampleCard {
        let mut inside = self.inside();
        loop {
            match &inside.card {
                Some(card) => return card.clone(),
                None => inside = self.0.1.wait(inside).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Length-prefixed messages: one byte is a control (04 asks for the ATR), more is a command.
    fn serve(&self, card: &SampleCard, mut stream: Line) -> std::io::Result<()> {
        self.inside().line = Some(stream.try_clone()?);
        loop {
            let mut length = [0; 2];
            stream.read_exact(&mut length)?;
            let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut message)?;
            match message.as_slice() {
                [0x04] => send(&mut stream, &card.atr())?,
                [_] => {}
                _ if card.fault == Some(Fault::Moved) => {
                    self.remove();
                    return Ok(());
                }
                command => {
                    if let Some(answer) = card.answer(command) {
                        send(&mut stream, &answer)?;
                    }
                }
            }
        }
    }
}

fn send(stream: &mut Line, bytes: &[u8]) -> std::io::Result<()> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes();
    stream.write_all(&[&length[..], bytes].concat())
}

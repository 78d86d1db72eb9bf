//! One card, one thread, one deadline: a card that never answers costs a thread, not the reader.

use std::ffi::{CStr, CString};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use pcsc::{Context, Disposition, Error, Protocols, Scope, ShareMode};
use zeroize::Zeroizing;

use super::apdu::{ApduError, Exchange};
use super::social::read_social_card;
use crate::{Card, CardFault};

/// Longest conversation with a card.
const LIMIT: Duration = Duration::from_secs(10);

/// ATR beginnings of resident cards on plain readers (application data D1 03 of the ATQB, and a
/// reader-made one listed in smartcard_list).
const RESIDENT_ATRS: [&[u8]; 2] =
    [&[0x3B, 0x88, 0x80, 0x01, 0xD1, 0x03], &[0x3B, 0x86, 0x80, 0x01, 0x80, 0x4F, 0x03, 0xF0]];

/// Reads the card in `reader`.
pub(super) fn read(reader: &CStr, atr: &[u8]) -> Result<Card, CardFault> {
    if RESIDENT_ATRS.iter().any(|start| atr.starts_with(start)) {
        return Err(CardFault::NeedsIdReader);
    }
    let (done, result) = sync_channel(1);
    let reader: CString = reader.to_owned();
    std::thread::Builder::new()
        .name("pcsc-card".to_owned())
        .spawn(move || {
            // After the deadline nobody listens: a late card is dropped, and so wiped.
            drop(done.send(talk(&reader)));
        })
        .map_err(|_| CardFault::ReaderSilent)?;
    match result.recv_timeout(LIMIT) {
        Ok(card) => card,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err(CardFault::ReaderSilent)
        }
    }
}

fn talk(reader: &CStr) -> Result<Card, CardFault> {
    let context = Context::establish(Scope::User).map_err(|error| fault(error, reader))?;
    for last in [false, true] {
        let card = context
            .connect(reader, ShareMode::Shared, Protocols::T0 | Protocols::T1)
            .map_err(|error| fault(error, reader))?;
        let mut exchange = PcscCard { card, reset: false };
        let read = read_social_card(&mut exchange);
        let PcscCard { card, reset } = exchange;
        if let Err((_, error)) = card.disconnect(Disposition::LeaveCard) {
            tracing::debug!(%error, "card left without a word");
        }
        // Another program reset the card in between: the whole sequence starts again, once.
        if read.is_ok() || !reset || last {
            return read;
        }
    }
    Err(CardFault::Garbled)
}

struct PcscCard {
    card: pcsc::Card,
    reset: bool,
}

impl Exchange for PcscCard {
    fn exchange(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApduError> {
        let mut buffer = Zeroizing::new(vec![0; pcsc::MAX_BUFFER_SIZE]);
        let length = match self.card.transmit(command, &mut buffer) {
            Ok(answer) => answer.len(),
            Err(Error::RemovedCard | Error::NoSmartcard) => return Err(ApduError::Removed),
            Err(error) => {
                self.reset = error == Error::ResetCard;
                return Err(ApduError::Reader);
            }
        };
        // A card that vanishes mid-answer looks like a success without bytes.
        if length < 2 {
            return Err(ApduError::Removed);
        }
        buffer.truncate(length);
        Ok(buffer)
    }
}

fn fault(error: Error, reader: &CStr) -> CardFault {
    tracing::warn!(code = "CARD-CONNECT", %error, ?reader, "cannot talk to the card");
    match error {
        Error::RemovedCard | Error::NoSmartcard => CardFault::MovedTooEarly,
        _ => CardFault::Garbled,
    }
}

//! Commands and answers of ISO 7816-4, over anything that exchanges bytes.

use zeroize::Zeroizing;

use crate::CardFault;

/// Longest chain of GET RESPONSE answers followed.
const MAX_CHAIN: usize = 32;

/// A way to exchange one command for one answer with a card.
pub trait Exchange {
    /// Sends `command`, returns data and status word together.
    ///
    /// # Errors
    /// When the card or the reader is gone.
    fn exchange(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApduError>;
}

/// Why an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApduError {
    /// The card was taken away.
    #[error("the card was removed")]
    Removed,
    /// The reader or its service failed.
    #[error("the reader failed")]
    Reader,
}

impl From<ApduError> for CardFault {
    fn from(error: ApduError) -> Self {
        match error {
            ApduError::Removed => Self::MovedTooEarly,
            ApduError::Reader => Self::Garbled,
        }
    }
}

/// Data of a successful answer; follows `61 xx` and `6C xx`.
///
/// # Errors
/// [`CardFault::NeedsSocialReader`] when access is refused (69 82, 69 85),
/// [`CardFault::NotSupported`] for any other refusal, [`CardFault::Garbled`] for answers that are
/// too short or never end.
pub(crate) fn send(
    card: &mut impl Exchange,
    command: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    let mut data = Zeroizing::new(Vec::with_capacity(512));
    let mut command = command.to_vec();
    for _ in 0..MAX_CHAIN {
        let answer = card.exchange(&command)?;
        let Some((body, &[sw1, sw2])) = answer.split_last_chunk::<2>() else {
            return Err(CardFault::Garbled);
        };
        data.extend_from_slice(body);
        match (sw1, sw2) {
            (0x90, 0x00) => return Ok(data),
            (0x61, more) => command = vec![0x00, 0xC0, 0x00, 0x00, more],
            (0x6C, exact) => match command.as_mut_slice() {
                [_, _, _, _, length] => *length = exact,
                // It asked for no length: the last byte is data.
                _ => return Err(CardFault::Garbled),
            },
            (0x69, 0x82 | 0x85) => return Err(CardFault::NeedsSocialReader),
            _ => return Err(CardFault::NotSupported),
        }
    }
    Err(CardFault::Garbled)
}

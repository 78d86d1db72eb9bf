//! Takes letters that are due to central, one after the other.

use central_api::ProblemCode;

use super::{Fate, Outbox, Step};
use crate::central::client::{Client, ClientError};
use crate::central::tasks::{News, Trouble};
use crate::central::trusted::TrustedClock;

/// Sends what is due. Central tells a letter it has by its id: sending one again changes nothing.
/// `None` if nothing was.
pub(in crate::central) async fn deliver(
    outbox: &Outbox,
    client: &Client,
    clock: &TrustedClock,
) -> Option<News> {
    let mut news = None;
    while let Some(letter) = outbox.next(clock.now()).await {
        (outbox.witness)(Step::Picked);
        let sent = client.file(&letter.id, letter.body.clone()).await;
        let fate = match &sent {
            Ok(()) => {
                (outbox.witness)(Step::Answered);
                Fate::Kept
            }
            Err(ClientError::Refused(
                ProblemCode::BadRequest | ProblemCode::IdempotencyConflict,
                _,
            )) => Fate::Refused,
            // It is none of the letter's making.
            Err(error) if error.is_of_central() => return Some(Err(Trouble::from(error))),
            Err(_) => Fate::Later,
        };
        outbox.settle(letter, fate).await;
        match (&sent, fate) {
            (Err(error), Fate::Later) => news = Some(Err(Trouble::from(error))),
            _ => news = news.or(Some(Ok(()))),
        }
        if matches!(sent, Err(ClientError::Slow | ClientError::Broken(_))) {
            break;
        }
    }
    news
}

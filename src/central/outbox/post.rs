//! Takes letters that are due to central, one after the other.

use std::time::Duration;

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
            // Perhaps only for now and for this one: central may not have its key at hand.
            Err(ClientError::Refused(
                ProblemCode::Unavailable
                | ProblemCode::TooManyAttempts
                | ProblemCode::KioskCapReached,
                wait,
            )) => Fate::Later(Duration::from_secs(wait.unwrap_or(0).into())),
            // It is none of the letter's making.
            Err(error) if error.is_of_central() => return Some(Err(Trouble::from(error))),
            Err(_) => Fate::Later(Duration::ZERO),
        };
        outbox.settle(letter, fate).await;
        match (&sent, fate) {
            // How central is in all is for others to find out.
            (Err(error @ ClientError::Refused(..)), Fate::Later(_)) => {
                tracing::warn!(code = "OUTBOX-LATER", ?error, "central puts a complaint off");
                news = news.or(Some(Ok(())));
            }
            (Err(error), Fate::Later(_)) => news = Some(Err(Trouble::from(error))),
            _ => news = news.or(Some(Ok(()))),
        }
        if let Err(error) = &sent
            && would_say_so_again(error)
        {
            break;
        }
    }
    news
}

/// Whether the next letter would fare no better.
fn would_say_so_again(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::Slow
            | ClientError::Broken(_)
            | ClientError::Status(429)
            | ClientError::Refused(ProblemCode::TooManyAttempts | ProblemCode::KioskCapReached, _)
    )
}

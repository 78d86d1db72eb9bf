//! What is waited for.

use visit::{Body, Waiting};

use crate::generated::{WaitingFor, WaitingView};

shows!(WaitingAdapter, |window| Body::Waiting(what) => WaitingView {
    what: match what {
        Waiting::ReadingCard => WaitingFor::Card,
        Waiting::LookingUp | Waiting::AskingStanding => WaitingFor::Lookup,
        Waiting::Printing => WaitingFor::Slip,
        Waiting::Filing => WaitingFor::Filing,
    },
});

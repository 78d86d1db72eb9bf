//! What is waited for.

use visit::Waiting;

use crate::generated::{WaitingFor, WaitingView};

pub(super) fn view(what: Waiting) -> WaitingView {
    WaitingView {
        what: match what {
            Waiting::ReadingCard => WaitingFor::Card,
            Waiting::LookingUp => WaitingFor::Lookup,
            Waiting::Printing => WaitingFor::Slip,
            Waiting::Filing | Waiting::AskingStanding => WaitingFor::Lookup,
        },
    }
}

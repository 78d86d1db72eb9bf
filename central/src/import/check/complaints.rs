//! Complaints and their routes must make sense.

use central_api::ComplaintState;

use super::{Bad, bad, public::limit};
use crate::import::lines::{Complaint, ComplaintRoute};

pub(super) fn route(route: &ComplaintRoute) -> Result<(), Bad> {
    if route.area.0.len() != 6 {
        return bad("area", "expected a county (6 digits)");
    }
    if route.articles.is_empty() {
        return bad("articles", "expected at least one entry");
    }
    limit("accept_within", route.accept_within.as_ref())?;
    limit("answer_within", route.answer_within.as_ref())
}

pub(super) fn complaint(complaint: &Complaint) -> Result<(), Bad> {
    let received = complaint.received_on.0;
    match &complaint.accepted_on {
        Some(accepted) if accepted.0 < received => {
            return bad("accepted_on", "expected a day not before received_on");
        }
        None if complaint.state == ComplaintState::Accepted => {
            return bad("accepted_on", "expected the day it was accepted, as the state says so");
        }
        _ => {}
    }
    match (&complaint.reply, complaint.state == ComplaintState::Answered) {
        (None, true) => bad("reply", "expected the answer that the state says was given"),
        (Some(_), false) => bad("state", "expected answered, as there is a reply"),
        (Some(reply), true) if reply.on.0 < received => {
            bad("reply.on", "expected a day not before received_on")
        }
        _ => Ok(()),
    }
}

//! Complaints as the field knows them: what may be written, how a tracking number looks, and the
//! clocks that run.
//!
//! The national clocks are those of 信访工作条例 for 信访求决: routed within 15 days (art. 22), finished
//! within 60 days of being accepted (art. 34). For the other kinds no national rule that was read sets a
//! day; a county's own limits come with its routes.

use central_api::{
    Article, COMPLAINT_TEXT_MAX, COMPLAINT_TRACKING_LENGTH, Complaint, ComplaintKind,
    ComplaintRoute, ComplaintState, ComplaintSubject, ComplaintWriter, DayLimit, Deadline, Text,
    Unit,
};
use id_number::IdNumber;
use jiff::civil::Date;

use super::{query_code, timeline};

const PETITIONS: &str = "信访工作条例";
/// Hexadecimal digits of a complaint's id.
const ID_LENGTH: usize = 32;
/// Longest name, in characters.
const NAME_MAX: usize = 64;

/// Whether `id` is one of a complaint.
#[must_use]
pub(crate) fn is_id(id: &str) -> bool {
    id.len() == ID_LENGTH && is_lower_hex(id)
}

/// The tracking number in its one written form; `None` when it is none.
#[must_use]
pub(crate) fn tracking_number(typed: &str) -> Option<String> {
    query_code::written(typed, COMPLAINT_TRACKING_LENGTH)
}

/// Whether `text` is 1 to [`COMPLAINT_TEXT_MAX`] characters, ends aside, without control characters but
/// the new line.
#[must_use]
pub(crate) fn is_text(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().count() <= COMPLAINT_TEXT_MAX
        && text.chars().all(|c| c == '\n' || !c.is_control())
}

/// Whether what a kiosk sealed fits: a kiosk makes its tracking numbers in their written form.
#[must_use]
pub(crate) fn fits(complaint: &Complaint) -> bool {
    let written = tracking_number(&complaint.tracking_number);
    written.as_deref() == Some(complaint.tracking_number.as_str())
        && complaint.code_hash.len() == 64
        && is_lower_hex(&complaint.code_hash)
        && is_text(&complaint.text)
        && subject_fits(&complaint.subject)
        && complaint.writer.as_ref().is_none_or(writer_fits)
}

fn subject_fits(subject: &ComplaintSubject) -> bool {
    match subject {
        ComplaintSubject::General | ComplaintSubject::Programme(_) => true,
        ComplaintSubject::Office(id)
        | ComplaintSubject::Notice(id)
        | ComplaintSubject::Application(id) => {
            let fitting = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
            (1..=64).contains(&id.len()) && id.chars().all(fitting)
        }
    }
}

fn writer_fits(writer: &ComplaintWriter) -> bool {
    let name = writer.name.trim();
    let phone = |phone: &String| {
        let fitting = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-');
        (3..=24).contains(&phone.len()) && phone.chars().all(fitting)
    };
    (1..=NAME_MAX).contains(&name.chars().count())
        && !name.chars().any(char::is_control)
        && writer.number.as_ref().is_none_or(|number| IdNumber::parse(number).is_ok())
        && writer.phone.as_ref().is_none_or(phone)
}

fn is_lower_hex(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The route with the national limits where it sets none of its own.
#[must_use]
pub(crate) fn with_national_limits(mut route: ComplaintRoute) -> ComplaintRoute {
    let (accept, answer) = national_limits(route.kind);
    route.accept_within = route.accept_within.or(accept);
    route.answer_within = route.answer_within.or(answer);
    route
}

/// What is known of a kind's receiver where no route is imported.
#[must_use]
pub(crate) fn national_route(kind: ComplaintKind) -> ComplaintRoute {
    let (receiver, article) = match kind {
        ComplaintKind::Question | ComplaintKind::Complaint => ("县级民政部门", "第二十三条"),
        ComplaintKind::Petition => ("县级信访部门", "第二十二条"),
        ComplaintKind::Accusation => ("有管理权限的纪检监察机关", "第三十条"),
    };
    with_national_limits(ComplaintRoute {
        kind,
        receiver: Text::zh(receiver),
        phone: String::new(),
        promise: Text::zh(""),
        accept_within: None,
        answer_within: None,
        articles: vec![petitions(article)],
    })
}

fn national_limits(kind: ComplaintKind) -> (Option<DayLimit>, Option<DayLimit>) {
    let limit =
        |days, article| DayLimit { days, unit: Unit::CalendarDays, article: petitions(article) };
    match kind {
        ComplaintKind::Petition => (Some(limit(15, "第二十二条")), Some(limit(60, "第三十四条"))),
        ComplaintKind::Question | ComplaintKind::Complaint | ComplaintKind::Accusation => {
            (None, None)
        }
    }
}

fn petitions(article: &str) -> Article {
    Article { instrument: PETITIONS.to_owned(), article: article.to_owned() }
}

/// How far a complaint has come, for its clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    /// How far.
    pub state: ComplaintState,
    /// Day it came to central.
    pub received_on: Date,
    /// Day it was taken up.
    pub accepted_on: Option<Date>,
}

/// The limit of what comes next on `today`; `None` once it is answered, or where no rule sets a day.
///
/// First it is told whether the complaint is taken up, counted from the day it was received; the
/// answer counts from the day it was taken up, or from its receipt where nothing must be told before.
/// A complaint handed on is past the first, and the day its new office got it is not known here.
#[must_use]
pub(crate) fn deadline(
    progress: &Progress,
    route: &ComplaintRoute,
    today: Date,
) -> Option<Deadline> {
    let (limit, start) = match (progress.state, progress.accepted_on) {
        (ComplaintState::Answered, _) => return None,
        (_, Some(accepted_on)) => (route.answer_within.as_ref(), accepted_on),
        (ComplaintState::Received, None) => {
            let first = route.accept_within.as_ref().or(route.answer_within.as_ref());
            (first, progress.received_on)
        }
        (ComplaintState::Routed | ComplaintState::Accepted, None) => {
            let alone = route.answer_within.as_ref().filter(|_| route.accept_within.is_none());
            (alone, progress.received_on)
        }
    };
    let DayLimit { days, unit, article } = limit?;
    Some(timeline::running(
        central_api::Binds::FinishStep,
        *days,
        *unit,
        article.clone(),
        start,
        today,
    ))
}

#[cfg(test)]
#[path = "complaints_tests.rs"]
mod tests;

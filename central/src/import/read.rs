//! From bytes to typed lines, or to the list of its bad ones.

use std::io::{self, BufRead};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::{
    Fault,
    check::{Bad, check},
    lines::Line,
};

/// Bad lines named before the reader gives up.
pub(super) const FAULTS_MAX: usize = 20;

/// A line with its number.
pub(super) struct Numbered {
    pub(super) number: usize,
    pub(super) line: Line,
}

/// Reads and checks every line; blank ones are skipped.
///
/// # Errors
/// The outer one when the bytes cannot be read, the inner one when lines are bad.
pub(super) fn read(mut reader: impl BufRead) -> io::Result<Result<Vec<Numbered>, Vec<Fault>>> {
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    let mut number = 0;
    let mut text = Zeroizing::new(Vec::new());
    loop {
        text.clear();
        if reader.read_until(b'\n', &mut text)? == 0 || faults.len() >= FAULTS_MAX {
            break;
        }
        number += 1;
        if text.trim_ascii().is_empty() {
            continue;
        }
        match parse(&text).and_then(|line| check(&line).map(|()| line)) {
            Ok(line) => lines.push(Numbered { number, line }),
            Err((field, expected)) => faults.push(Fault { line: number, field, expected }),
        }
    }
    Ok(if faults.is_empty() { Ok(lines) } else { Err(faults) })
}

fn parse(text: &[u8]) -> Result<Line, Bad> {
    let value: Value = serde_json::from_slice(text).map_err(|error| {
        ("(line)".to_owned(), format!("expected one JSON object (column {})", error.column()))
    })?;
    let Value::Object(mut object) = value else {
        return Err(("(line)".to_owned(), "expected one JSON object".to_owned()));
    };
    let kind = object.remove("type");
    match kind.as_ref().and_then(Value::as_str) {
        Some("area") => fields(object).map(Line::Area),
        Some("office") => fields(object).map(Line::Office),
        Some("hall") => fields(object).map(Line::Hall),
        Some("person") => fields(object).map(Line::Person),
        Some("household") => fields(object).map(Line::Household),
        Some("application") => fields(object).map(Line::Application),
        Some("payment") => fields(object).map(Line::Payment),
        Some("time_limit") => fields(object).map(Line::TimeLimit),
        Some("policy") => fields(object).map(Line::Policy),
        Some("standard") => fields(object).map(Line::Standard),
        Some("fund_use") => fields(object).map(Line::FundUse),
        Some("notice") => fields(object).map(Line::Notice),
        Some("notice_withdrawal") => fields(object).map(Line::NoticeWithdrawal),
        Some("complaint_route") => fields(object).map(Line::ComplaintRoute),
        Some("complaint") => fields(object).map(Line::Complaint),
        Some("complaint_reply") => fields(object).map(Line::ComplaintReply),
        _ => Err((
            "type".to_owned(),
            "expected one of area, office, hall, person, household, application, payment, \
             time_limit, policy, standard, fund_use, notice, notice_withdrawal, complaint_route, \
             complaint, complaint_reply"
                .to_owned(),
        )),
    }
}

fn fields<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, Bad> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let path = error.path().to_string();
        let message = error.inner().to_string();
        let (field, expected) = expectation(&message);
        let whole = match (path.as_str(), field) {
            (".", Some(field)) => field.to_owned(),
            (".", None) => "(line)".to_owned(),
            (_, Some(field)) if !path.ends_with(field) => format!("{path}.{field}"),
            _ => path,
        };
        (if looks_like_a_field(&whole) { whole } else { "(line)".to_owned() }, expected)
    })
}

/// Whether a path can be shown: a key that is none of ours could hold anything.
fn looks_like_a_field(path: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-.[]()".contains(c);
    let digits = path.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
    path.len() <= 80 && path.chars().all(fits) && digits < Some(5)
}

/// The parser's words, cut down to what holds nothing of the line: the missing field of ours, if
/// that is the fault, and what was expected. That is always said last: what was found stands before it
/// and may itself say "expected".
fn expectation(message: &str) -> (Option<&str>, String) {
    if let Some(field) = message.strip_prefix("missing field `") {
        return (field.split('`').next(), "expected this field".to_owned());
    }
    if message.starts_with("unknown field") {
        let known = message.rsplit_once(", expected").map_or("", |(_, known)| known);
        return (None, format!("expected no other fields than{}", known.replace("one of", "")));
    }
    if message.starts_with("unknown variant") {
        let known = message.rsplit_once(", expected").map_or("", |(_, known)| known);
        return (None, format!("expected{known}"));
    }
    match message.rsplit_once("expected") {
        Some((_, expected)) => (None, format!("expected{expected}")),
        None => (None, "expected a fitting value".to_owned()),
    }
}

//! As much of HTTP/1.1 as the stand-in speaks.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;

use central_api::{Problem, ProblemCode};
use rustls::{ServerConnection, StreamOwned};

/// A connection.
pub(super) type Line = BufReader<StreamOwned<ServerConnection, TcpStream>>;

/// A request as it came.
pub(super) struct Request {
    /// Method and path.
    pub(super) what: String,
    pub(super) query: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: Vec<u8>,
    /// It came with a certificate of ours.
    pub(super) known: bool,
}

/// An answer as it goes.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) tag: Option<String>,
    /// Bytes promised beyond those that come.
    pub(super) missing: usize,
}

impl Request {
    /// The next one, if the other side still speaks.
    pub(super) fn read(line: &mut Line) -> std::io::Result<Option<Self>> {
        let mut first = String::new();
        if line.read_line(&mut first)? == 0 {
            return Ok(None);
        }
        let mut headers = HashMap::new();
        loop {
            let mut header = String::new();
            line.read_line(&mut header)?;
            let Some((name, value)) = header.trim_end().split_once(':') else { break };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length = headers.get("content-length").map_or(Ok(0), |length| length.parse());
        let mut body = vec![0; length.map_err(std::io::Error::other)?];
        line.read_exact(&mut body)?;
        let known = line.get_ref().conn.peer_certificates().is_some();
        let first = first.trim_end().trim_end_matches(" HTTP/1.1");
        let (what, query) = first.split_once('?').unwrap_or((first, ""));
        Ok(Some(Self { what: what.to_owned(), query: query.to_owned(), headers, body, known }))
    }
}

impl Reply {
    pub(super) fn json(status: u16, value: &impl serde::Serialize) -> Self {
        let body = serde_json::to_vec(value).expect("plain data");
        Self { status, body, tag: None, missing: 0 }
    }

    pub(super) fn problem(status: u16, code: ProblemCode) -> Self {
        let kind = "urn:kiosk:problem".to_owned();
        let retry_after_s = (code == ProblemCode::TooManyAttempts).then_some(90);
        Self::json(status, &Problem { kind, title: String::new(), status, code, retry_after_s })
    }

    /// What goes over the line.
    pub(super) fn bytes(&self, date: Option<&str>) -> Vec<u8> {
        let length = (self.body.len() + self.missing).to_string();
        let length = Some(length.as_str()).filter(|_| !matches!(self.status, 204 | 304));
        let headers = [("Content-Length", length), ("ETag", self.tag.as_deref()), ("Date", date)];
        let headers = headers.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let headers: String = headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!("HTTP/1.1 {} X\r\n{headers}\r\n", self.status);
        [head.as_bytes(), &self.body].concat()
    }
}

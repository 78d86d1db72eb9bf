//! Heads of the chains kept outside the database, so that entries cut off its end are missed.
//!
//! Per writer two files beside the database: `….WRITER.head`, rewritten after every commit, and
//! `….WRITER.anchors`, a line for every 256 entries. Each line carries a keyed digest of itself.
//! Before a chain's first entry its empty beginning is anchored, so that a chain never stands there
//! without any anchor. A head is written after its commit, so it never runs ahead of the chain; after a power cut it
//! may lag behind, which is no break.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::GENESIS;
use crate::crypto::{Digest, Keyring};

/// Entries between two anchors.
const EVERY: i64 = 256;
/// Length of a line: seq, hash, key id and digest are padded to it.
const LINE: usize = 192;

/// The last entry of a chain, as anchored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: i64,
    pub(crate) hash: Digest,
}

/// The two files of one writer.
pub(crate) struct Anchors {
    head: File,
    anchors: File,
    last_block: i64,
}

impl Anchors {
    /// Opens or makes the files of `writer` beside `database`.
    pub(crate) fn open(database: &Path, writer: &str) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true).mode(0o600);
        let head = options.open(beside(database, writer, "head"))?;
        let anchors = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(beside(database, writer, "anchors"))?;
        Ok(Self { head, anchors, last_block: -1 })
    }

    /// Keeps other processes out of the files until these are closed.
    pub(crate) fn lock(&self) -> io::Result<()> {
        self.head.lock()
    }

    /// Anchors the beginning of a chain that has no entry yet, unless something is anchored already:
    /// a power cut between the first commit and its anchor then is a head that lags, no break.
    pub(crate) fn begin(&self, keys: &Keyring, writer: &str) -> io::Result<()> {
        if self.head.metadata()?.len() > 0 {
            return Ok(());
        }
        let line = line(keys, writer, &Head { seq: 0, hash: GENESIS });
        self.head.write_all_at(line.as_bytes(), 0)?;
        self.head.sync_data()
    }

    /// Notes a committed head. Before the first of this process overwrites the head found there,
    /// that one becomes an anchor: entries cut off while central stood still stay missed.
    pub(crate) fn note(&mut self, keys: &Keyring, writer: &str, head: &Head) -> io::Result<()> {
        let line = line(keys, writer, head);
        let first = self.last_block < 0;
        if first {
            self.keep_found(keys, writer)?;
        }
        if let Err(error) = self.head.write_all_at(line.as_bytes(), 0) {
            // Half of this line over half of another would look forged.
            self.head.set_len(0)?;
            return Err(error);
        }
        if head.seq / EVERY > self.last_block {
            append(&mut self.anchors, line.as_bytes())?;
            self.last_block = head.seq / EVERY;
        }
        // A chain must not stand there without any anchor after a power cut.
        if first { self.head.sync_data().and_then(|()| self.anchors.sync_data()) } else { Ok(()) }
    }

    /// Keeps the head found at the start. One that does not hold was torn by a power cut; as an
    /// anchor it would be a false alarm for ever.
    fn keep_found(&mut self, keys: &Keyring, writer: &str) -> io::Result<()> {
        let mut found = [0; LINE];
        let length = self.head.read_at(&mut found, 0)?;
        match parse(keys, writer, &found[..length]) {
            Some(head) => append(&mut self.anchors, line(keys, writer, &head).as_bytes()),
            None if length == 0 => Ok(()),
            None => {
                tracing::warn!(code = "audit.head_torn", "the audit's last head does not hold");
                Ok(())
            }
        }
    }
}

/// A file that grows at its end.
trait Tail {
    fn length(&self) -> io::Result<u64>;
    fn cut(&self, length: u64) -> io::Result<()>;
    fn push(&mut self, bytes: &[u8]) -> io::Result<()>;
}

impl Tail for File {
    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }
    fn cut(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }
}

/// Adds a line after the last whole one, whole or not at all.
fn append(file: &mut impl Tail, line: &[u8]) -> io::Result<()> {
    let length = file.length()?;
    let whole = length - length % LINE as u64;
    if whole < length {
        file.cut(whole)?;
    }
    let pushed = file.push(line);
    if pushed.is_err() {
        file.cut(whole)?;
    }
    pushed
}

/// What is anchored of a chain.
#[derive(Debug)]
pub(crate) struct Anchored {
    /// The heads, oldest first.
    pub(crate) heads: Vec<Head>,
    /// Whether a power cut tore the last line of a file, which holds nothing then.
    pub(crate) torn: bool,
}

/// The anchored heads of `writer`; `Err` names a line that is not genuine.
pub(crate) fn read(
    database: &Path,
    writer: &str,
    keys: &Keyring,
) -> io::Result<Result<Anchored, String>> {
    let mut anchored = Anchored { heads: Vec::new(), torn: false };
    for kind in ["anchors", "head"] {
        let bytes = match std::fs::read(beside(database, writer, kind)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Err(format!("{kind} file is missing")));
            }
            Err(error) => return Err(error),
        };
        let mut lines = (1..).zip(bytes.chunks(LINE)).peekable();
        while let Some((number, line)) = lines.next() {
            match parse(keys, writer, line) {
                Some(head) => anchored.heads.push(head),
                None if is_torn(line) && lines.peek().is_none() => anchored.torn = true,
                None => return Ok(Err(format!("line {number} of the {kind} file is not genuine"))),
            }
        }
        // The head is written before the first anchor: it cannot be empty where there is one.
        anchored.torn |= kind == "head" && bytes.is_empty() && !anchored.heads.is_empty();
    }
    Ok(Ok(anchored))
}

/// Whether a line is what a power cut leaves of one: too short, or blocks never written.
fn is_torn(line: &[u8]) -> bool {
    line.len() < LINE || line.contains(&0)
}

/// The writers that have files beside `database`.
pub(crate) fn writers(database: &Path) -> io::Result<Vec<String>> {
    let prefix = format!("{}.", name(database));
    let directory =
        database.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        if let Some(writer) = file.strip_prefix(&prefix).and_then(|f| f.strip_suffix(".head")) {
            found.push(writer.to_owned());
        }
    }
    found.sort();
    Ok(found)
}

fn name(database: &Path) -> String {
    database.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

fn beside(database: &Path, writer: &str, kind: &str) -> PathBuf {
    database.with_file_name(format!("{}.{writer}.{kind}", name(database)))
}

fn line(keys: &Keyring, writer: &str, head: &Head) -> String {
    let seal = keys.link(&parts(writer, &head.seq.to_be_bytes(), &head.hash));
    let text = format!("{} {} {} {}", head.seq, hex(&head.hash), seal.key, hex(&seal.digest));
    format!("{text:<width$}\n", width = LINE - 1)
}

fn parse(keys: &Keyring, writer: &str, line: &[u8]) -> Option<Head> {
    let line = std::str::from_utf8(line).ok().filter(|line| line.len() == LINE)?;
    let mut words = line.split_whitespace();
    let (seq, hash, key, seal) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let head = Head { seq: seq.parse().ok()?, hash: unhex(hash)?.try_into().ok()? };
    let expected = keys.link_with(key, &parts(writer, &head.seq.to_be_bytes(), &head.hash))?;
    (unhex(seal)? == expected).then_some(head)
}

fn parts<'a>(writer: &'a str, seq: &'a [u8], hash: &'a [u8]) -> [&'a [u8]; 4] {
    [b"anchor", writer.as_bytes(), seq, hash]
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes of a hexadecimal text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

#[cfg(test)]
#[path = "anchor_tests.rs"]
mod tests;

//! A SAM_V module on a pseudo-terminal: finds, selects and reads the card laid on it.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::card::{Fault, SampleCard};

/// Serial number bytes of the module; printed as [`SERIAL`].
const SERIAL_BYTES: [u8; 16] =
    [5, 0, 3, 0, 0xCD, 0x25, 0x35, 0x01, 0x39, 0x30, 0x00, 0x00, 0xD2, 0x02, 0x96, 0x49];

/// Printed form of the module's serial number.
pub const SERIAL: &str = "05.03-20260301-0000012345-1234567890";

/// Vain looks of the reader while a hand changes cards: two seconds and more.
const HAND: u32 = 8;

/// An answer that breaks off.
const BROKEN_OFF: [u8; 11] = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 6, 1, 2, 3, 4];

/// A module; runs until the process ends.
pub struct Module {
    shared: Arc<(Mutex<Table>, Condvar)>,
    device: PathBuf,
    /// Held open so that the line survives a reader that closes its end.
    _slave: File,
}

/// What lies on the module.
#[derive(Default)]
struct Table {
    card: Option<SampleCard>,
    /// A card that was read answers no further find until it leaves.
    read: bool,
    unplugged: bool,
    /// Finds a card that was read again and again, as some clones do.
    forgetful: bool,
    asked: Asked,
}

/// How often the reader asked for something since the module was started.
#[derive(Clone, Copy, Default)]
struct Asked {
    find: u32,
    read: u32,
}

impl Module {
    /// Opens the pseudo-terminal; `link` becomes a symbolic link to the end the kiosk opens.
    ///
    /// # Errors
    /// When the system gives no pseudo-terminal or the link cannot be made.
    pub fn start(link: Option<&Path>) -> anyhow::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).context("no terminal")?;
        grantpt(&master).context("terminal not granted")?;
        unlockpt(&master).context("terminal stays locked")?;
        let name = ptsname(&master, Vec::new()).context("terminal has no name")?;
        let device = PathBuf::from(name.to_str().context("odd terminal name")?);
        let slave = File::options().read(true).write(true).open(&device)?;
        let mut raw = tcgetattr(&slave)?;
        raw.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &raw)?;
        if let Some(link) = link {
            if link.is_symlink() {
                std::fs::remove_file(link)?;
            }
            std::os::unix::fs::symlink(&device, link)
                .with_context(|| format!("cannot link {}", link.display()))?;
        }
        let shared = Arc::new((Mutex::new(Table::default()), Condvar::new()));
        let seen = Arc::clone(&shared);
        std::thread::spawn(move || drop(serve(master, &seen.0, &seen.1)));
        Ok(Self { shared, device, _slave: slave })
    }

    /// The device file the kiosk opens.
    #[must_use]
    pub fn device(&self) -> &Path {
        &self.device
    }

    /// Lays a card on the module.
    pub fn insert(&self, card: SampleCard) {
        self.with(|table| (table.card, table.read) = (Some(card), false));
    }

    /// Takes the card away.
    pub fn remove(&self) {
        self.with(|table| table.card = None);
    }

    /// Takes the card away, for as long as a hand needs to lay another one down.
    ///
    /// # Errors
    /// When the reader does not look for a card within `limit`.
    pub fn take_away(&self, limit: Duration) -> anyhow::Result<()> {
        self.remove();
        self.wait_for_looks(HAND, limit)
    }

    /// Makes the module silent, or lets it answer again.
    pub fn set_silent(&self, silent: bool) {
        self.with(|table| table.unplugged = silent);
    }

    /// Makes the module find a card that was read again and again, as some clones do.
    pub fn set_forgetful(&self, forgetful: bool) {
        self.with(|table| table.forgetful = forgetful);
    }

    /// How often the reader asked for the text of a card since the module was started.
    #[must_use]
    pub fn readings(&self) -> u32 {
        self.table().asked.read
    }

    /// Waits until the reader has looked for a card another `count` times.
    ///
    /// # Errors
    /// When it has not after `limit`.
    pub fn wait_for_looks(&self, count: u32, limit: Duration) -> anyhow::Result<()> {
        self.wait(count, |asked| asked.find, limit)
    }

    /// Waits until the reader has asked for the text of a card another `count` times.
    ///
    /// # Errors
    /// When it has not after `limit`.
    pub fn wait_for_readings(&self, count: u32, limit: Duration) -> anyhow::Result<()> {
        self.wait(count, |asked| asked.read, limit)
    }

    fn wait(&self, more: u32, of: fn(Asked) -> u32, limit: Duration) -> anyhow::Result<()> {
        let deadline = Instant::now() + limit;
        let mut table = self.table();
        let enough = of(table.asked) + more;
        while of(table.asked) < enough {
            let left = deadline.saturating_duration_since(Instant::now());
            ensure!(!left.is_zero(), "the reader does not ask");
            let waited = self.shared.1.wait_timeout(table, left);
            table = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with(&self, change: impl FnOnce(&mut Table)) {
        change(&mut self.table());
    }
}

fn serve(master: OwnedFd, table: &Mutex<Table>, asked: &Condvar) -> std::io::Result<()> {
    let mut line = File::from(master);
    let mut heard = Vec::new();
    let mut buffer = [0; 64];
    loop {
        let count = line.read(&mut buffer)?;
        heard.extend_from_slice(&buffer[..count]);
        while let Some(command) = next_command(&mut heard) {
            let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = table.answer(command);
            drop(table);
            asked.notify_all();
            if let Some(answer) = answer {
                line.write_all(&answer)?;
            }
        }
    }
}

/// Takes the next request `AA AA AA 96 69 | 00 03 | command | check` off the line.
fn next_command(heard: &mut Vec<u8>) -> Option<[u8; 2]> {
    let start = heard.windows(5).position(|w| w == [0xAA, 0xAA, 0xAA, 0x96, 0x69])?;
    let request = heard.get(start..start + 10)?;
    let command = [request[7], request[8]];
    heard.drain(..start + 10);
    Some(command)
}

impl Table {
    fn answer(&mut self, command: [u8; 2]) -> Option<Vec<u8>> {
        self.asked.find += u32::from(command == [0x20, 0x01]);
        self.asked.read += u32::from(command == [0x30, 0x01]);
        if self.unplugged {
            return None;
        }
        let fault = self.card.as_ref().and_then(|card| card.fault);
        Some(match command {
            [0x11, 0xFF] => reply(0x90, &[]),
            [0x12, 0xFF] => reply(0x90, &SERIAL_BYTES),
            [0x20, 0x01] if self.card.is_some() && !self.read => reply(0x9F, &[0; 4]),
            [0x20, 0x01] => {
                self.read &= fault != Some(Fault::Edge);
                reply(0x80, &[])
            }
            [0x20, 0x02] if fault == Some(Fault::GarbledSelect) => BROKEN_OFF.to_vec(),
            [0x20, 0x02] if self.card.is_some() => reply(0x90, &[0; 8]),
            [0x20, 0x02] => reply(0x81, &[]),
            [0x30, 0x01] => match (&self.card, fault) {
                (None, _) | (_, Some(Fault::Moved)) => reply(0x41, &[]),
                (_, Some(Fault::Refused)) => reply(0x33, &[]),
                (_, Some(Fault::Silent)) => return None,
                (_, Some(Fault::Garbled)) => BROKEN_OFF.to_vec(),
                (Some(card), fault) => {
                    self.read = matches!(fault, None | Some(Fault::Edge)) && !self.forgetful;
                    let mut data = vec![0x01, 0x00, 0x04, 0x00];
                    data.extend(card.text_block());
                    data.resize(4 + 256 + 1024, 0);
                    if fault == Some(Fault::Short) {
                        data.truncate(40);
                    }
                    reply(0x90, &data)
                }
            },
            [0x30, 0x03] => match self.card.as_ref().and_then(SampleCard::appended_address) {
                Some(address) => reply(0x90, &address),
                None => reply(0x91, &[]),
            },
            _ => reply(0x24, &[]),
        })
    }
}

fn reply(status: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 4).unwrap_or(u16::MAX).to_be_bytes();
    let body = [&length[..], &[0, 0, status], data].concat();
    let check = body.iter().fold(0, |x, b| x ^ b);
    [&[0xAA, 0xAA, 0xAA, 0x96, 0x69][..], &body, &[check]].concat()
}

//! One check for each thing the kiosk depends on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use card_reader::{CardEvent, ReaderState};
use jiff::Timestamp;
use kiosk_config::{CardReader, Config, ReceiptPrinter, Store};
use receipt_printer::Status;
use visit::Device;

use super::Finding;
use crate::central::{Probe, Stored, Waiting};
use crate::devices::{configured, dictionary, printer_config};

/// Longest wait for a reader's first word.
const READER: Duration = Duration::from_secs(5);
/// Differences of the clocks, in seconds, that staff should look at, and that make dates wrong.
const CLOCK_ODD: i64 = 5;
const CLOCK_WRONG: i64 = 300;
/// Minutes after which public content counts as old: the kiosk asks for it twice a minute.
const CACHE_OLD_MIN: i64 = 60;
/// Where fontconfig looks by default.
const FONTS: [&str; 3] = ["/usr/share/fonts", "/usr/local/share/fonts", "/var/lib/kiosk/fonts"];

pub(super) fn readers(config: &CardReader) -> Vec<Finding> {
    let readers = configured(config);
    let names = [(Device::IdReader, "id-reader"), (Device::SocialReader, "social-reader")];
    let check = |(device, name)| {
        let Some((_, reader)) = readers.iter().find(|(other, _)| *other == device) else {
            return Finding::ok(name, "none configured");
        };
        let (sender, states) = channel();
        let watch = card_reader::open(reader.clone(), move |event| {
            if let CardEvent::Reader(state) = event {
                // Only the first word is waited for.
                sender.send(state).unwrap_or(());
            }
        });
        let state = states.recv_timeout(READER);
        drop(watch);
        match state {
            Ok(ReaderState::Ready) => Finding::ok(name, "waits for cards"),
            Ok(ReaderState::Gone) => Finding::failed(name, "not connected"),
            Ok(ReaderState::NotAnswering) => Finding::failed(name, "connected but silent"),
            Ok(ReaderState::OutOfService) => {
                Finding::failed(name, "its security module says it must not be used")
            }
            Err(_) => Finding::failed(name, "says nothing"),
        }
    };
    names.into_iter().map(check).collect()
}

pub(super) fn printer(config: &ReceiptPrinter) -> Finding {
    const NAME: &str = "printer";
    let Some(config) = printer_config(config) else {
        return Finding::ok(NAME, "none configured");
    };
    match receipt_printer::open(config).status() {
        Status::Ok => Finding::ok(NAME, Status::Ok.code()),
        status @ (Status::NearEnd | Status::Overheated) => Finding::degraded(NAME, status.code()),
        status => Finding::failed(NAME, status.code()),
    }
}

pub(super) fn central(probe: &Probe) -> Finding {
    const NAME: &str = "central";
    match probe {
        Probe::Answered(_) => Finding::ok(NAME, "answers and knows this kiosk"),
        Probe::NotEnrolled => Finding::failed(NAME, "this kiosk is not enrolled yet"),
        Probe::Failed(code) => Finding::failed(NAME, *code),
    }
}

pub(super) fn clock(probe: &Probe) -> Finding {
    const NAME: &str = "clock";
    let Probe::Answered(Some(theirs)) = probe else {
        return Finding::degraded(NAME, "cannot be compared with central's");
    };
    let off = Timestamp::now().duration_since(*theirs).as_secs();
    let why = format!("{off} s ahead of central's");
    match off.abs() {
        0..=CLOCK_ODD => Finding::ok(NAME, "agrees with central's"),
        ..=CLOCK_WRONG => Finding::degraded(NAME, why),
        _ => Finding::failed(NAME, why),
    }
}

pub(super) fn disk(config: &Store) -> Finding {
    const NAME: &str = "disk";
    let probe = config.directory.join(".diagnose");
    if let Err(error) = fs::write(&probe, b"ok").and_then(|()| fs::remove_file(&probe)) {
        return Finding::failed(NAME, format!("{}: {error}", config.directory.display()));
    }
    match rustix::fs::statvfs(&config.directory) {
        Ok(state) => {
            let free_mib = state.f_bavail.saturating_mul(state.f_frsize) >> 20;
            let why = format!("{free_mib} MiB free");
            let low = free_mib < u64::from(config.low_mib);
            if low { Finding::degraded(NAME, why) } else { Finding::ok(NAME, why) }
        }
        Err(error) => Finding::degraded(NAME, format!("free space unknown: {error}")),
    }
}

/// Public content, and how old it is by central's clock, or the kiosk's own if central is not there.
pub(super) fn cache(stored: &Stored, probe: &Probe) -> Finding {
    const NAME: &str = "cache";
    let now = match probe {
        Probe::Answered(Some(theirs)) => *theirs,
        _ => Timestamp::now(),
    };
    match &stored.synced {
        Err(why) => Finding::failed(NAME, why),
        Ok(None) => Finding::degraded(NAME, "was never complete"),
        Ok(Some(synced)) => {
            let minutes = now.duration_since(*synced).as_mins();
            let why = format!("as central had it {minutes} min ago");
            let old = minutes > CACHE_OLD_MIN;
            if old { Finding::degraded(NAME, why) } else { Finding::ok(NAME, why) }
        }
    }
}

/// Complaints on their way to central.
pub(super) fn outbox(stored: &Stored) -> Finding {
    const NAME: &str = "outbox";
    match &stored.waiting {
        Err(why) => Finding::failed(NAME, why),
        Ok(Waiting { waiting, refused: 0, damaged: 0 }) => {
            Finding::ok(NAME, format!("{waiting} waiting"))
        }
        Ok(Waiting { waiting, refused, damaged }) => {
            let why = format!("{waiting} waiting, {refused} refused, {damaged} damaged files");
            Finding::degraded(NAME, why)
        }
    }
}

/// The engine itself is not started: it belongs to the kiosk that may be running.
pub(super) fn pinyin() -> Finding {
    const NAME: &str = "pinyin";
    match dictionary() {
        Ok(()) => Finding::ok(NAME, "its dictionary is there"),
        Err(why) => Finding::degraded(NAME, format!("residents can type letters only: {why}")),
    }
}

pub(super) fn fonts(config: &Config) -> Finding {
    const NAME: &str = "fonts";
    let printers = &config.receipt_printer.fallback_font;
    match FONTS.iter().find_map(|directory| chinese_font(Path::new(directory), 4)) {
        None => {
            Finding::failed(NAME, "no Noto Sans CJK or Source Han Sans: screens would be empty")
        }
        Some(_) if config.receipt_printer.address.is_some() && !printers.is_file() => {
            Finding::degraded(NAME, format!("slips lack {}", printers.display()))
        }
        Some(path) => Finding::ok(NAME, path.display().to_string()),
    }
}

fn chinese_font(directory: &Path, depth: u8) -> Option<PathBuf> {
    let entries = fs::read_dir(directory).ok()?.flatten();
    let mut deeper = Vec::new();
    for path in entries.map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            deeper.push(path);
        } else if name.starts_with("NotoSansCJK") || name.starts_with("SourceHanSans") {
            return Some(path);
        }
    }
    let depth = depth.checked_sub(1)?;
    deeper.iter().find_map(|directory| chinese_font(directory, depth))
}

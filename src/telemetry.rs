//! The log: lines on standard error, stable codes, never a number, a name or typed text.

use std::panic::PanicHookInfo;

use kiosk_config::{Kiosk, LogFormat, LogLevel};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Whose lines are written. Libraries below log requests and bytes as they go by, which may be a
/// resident's: of them only errors are, at every level.
const OURS: [&str; 6] =
    ["kiosk", "kiosk_ui", "card_reader", "pinyin_input", "receipt_printer", "visit"];

/// Starts the log, and makes a panic a line of it.
pub fn start(config: &Kiosk) {
    let level = match config.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let targets = Targets::new()
        .with_default(LevelFilter::ERROR)
        .with_targets(OURS.map(|target| (target, level)));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match config.log_format {
        LogFormat::Json => lines.json().flatten_event(true).with_filter(targets).boxed(),
        LogFormat::Text => lines.with_ansi(false).with_filter(targets).boxed(),
    };
    if tracing_subscriber::registry().with(lines).try_init().is_err() {
        tracing::debug!("the log runs already");
    }
    std::panic::set_hook(Box::new(log_panic));
}

/// Says where, not what: the message of a panic may quote what it choked on.
fn log_panic(info: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let (file, line) = info.location().map_or(("?", 0), |place| (place.file(), place.line()));
    tracing::error!(code = "PANIC", thread, file, line, "a thread came to grief");
}

//! The log: JSON lines on standard error, stable codes, never a number, a name or typed text.

use std::{env, io, panic::PanicHookInfo};

use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{
    Layer,
    filter::Targets,
    fmt::MakeWriter,
    layer::SubscriberExt,
    registry::{LookupSpan, Registry},
    util::SubscriberInitExt,
};

/// Starts the log, and makes a panic a line of it. `RUST_LOG` (`error`, `warn`, `info`, `debug`,
/// `trace`; `info` by default) narrows or widens central's own lines and nobody else's.
pub(crate) fn start() {
    let level = env::var("RUST_LOG").ok().and_then(|level| level.trim().parse().ok());
    let lines = lines(level.unwrap_or(LevelFilter::INFO), io::stderr);
    if Registry::default().with(lines).try_init().is_err() {
        tracing::debug!("the log runs already");
    }
    std::panic::set_hook(Box::new(log_panic));
}

/// Libraries below log requests, statements and bytes as they go by, which may be a resident's: of
/// them only errors are written, at every level.
fn lines<S>(
    level: LevelFilter,
    writer: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let targets = Targets::new().with_default(LevelFilter::ERROR).with_target("central", level);
    tracing_subscriber::fmt::layer().json().with_writer(writer).with_filter(targets)
}

/// Says where, not what: the message of a panic may quote what it choked on.
fn log_panic(info: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let (file, line) = info.location().map_or(("?", 0), |place| (place.file(), place.line()));
    tracing::error!(code = "central.panicked", thread, file, line, "a thread came to grief");
}

#[cfg(test)]
mod tests {
    use std::{
        panic,
        sync::{Arc, Mutex},
    };

    use super::*;

    /// What `work` logs at the widest level.
    fn logged(work: impl FnOnce()) -> String {
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        let subscriber = Registry::default().with(lines(LevelFilter::TRACE, Kept(kept)));
        tracing::subscriber::with_default(subscriber, work);
        let bytes = log.lock().expect("not poisoned").clone();
        String::from_utf8(bytes).expect("text")
    }

    #[derive(Clone)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("not poisoned").extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Kept {
        type Writer = Self;
        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    #[test]
    fn a_panic_is_a_line_without_its_message() {
        let before = panic::take_hook();
        panic::set_hook(Box::new(log_panic));
        let text = logged(|| {
            let number = "639926195103080244";
            let _ = panic::catch_unwind(|| panic!("no such number: {number}"));
        });
        panic::set_hook(before);
        assert!(text.contains("central.panicked") && text.contains("telemetry.rs"), "{text}");
        assert!(!text.contains("639926"), "the log holds a number");
    }

    #[test]
    fn of_libraries_only_errors_are_written() {
        let text = logged(|| {
            tracing::trace!("ours");
            tracing::warn!(target: "h2::codec", "theirs, spoken");
            tracing::error!(target: "h2::codec", "theirs, failed");
        });
        assert!(text.contains("ours") && text.contains("theirs, failed"), "{text}");
        assert!(!text.contains("spoken"), "{text}");
    }
}

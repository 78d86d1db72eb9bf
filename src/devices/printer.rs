//! The printer's thread: one slip at a time, a look at the printer in between, and a watchdog.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use kiosk_config::FontLevel;
use receipt_printer::{Outcome, PrinterConfig, Profile, Receipt, ReceiptPrinter, Status};
use visit::{Device, Event, Health, PrintOutcome, PrinterFault, SlipId};

use crate::error::AppError;
use crate::inbox::Inbox;

/// A slip that could not be begun within this time is not printed at all: whoever asked for it has
/// been told so, and may be gone.
const STALE: Duration = Duration::from_secs(8);
/// Time between two looks at a printer that cannot print: whoever mends it sees at once that it helped.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// Where slips are handed in.
pub(crate) struct Desk {
    jobs: Option<Sender<Job>>,
    inbox: Inbox,
    beat: Arc<Beat>,
}

/// The right to hand in one slip.
pub(crate) struct Ticket {
    slip: SlipId,
    asked: Instant,
    jobs: Option<Sender<Job>>,
    inbox: Inbox,
    stuck: bool,
}

struct Job {
    slip: SlipId,
    asked: Instant,
    receipt: Receipt,
}

/// Since when the thread has been inside the driver, and how long that may last.
struct Beat {
    start: Instant,
    /// Milliseconds since `start`, plus one; 0 while it waits for work.
    busy_since: AtomicU64,
    limit: Duration,
}

impl Desk {
    /// Starts the printer's thread. Without a printer every slip is refused.
    pub(crate) fn start(
        config: &kiosk_config::ReceiptPrinter,
        inbox: &Inbox,
    ) -> Result<Self, AppError> {
        let limit = config.proof_timeout + 6 * config.answer_timeout;
        let beat = Arc::new(Beat { start: Instant::now(), busy_since: AtomicU64::new(0), limit });
        let Some(printer) = printer_config(config) else {
            inbox.send(Event::Health(Device::Printer, Health::Failed));
            return Ok(Self { jobs: None, inbox: inbox.clone(), beat });
        };
        let (sender, jobs) = channel();
        let worker = Worker {
            printer: receipt_printer::open(printer),
            look_every: config.look_every,
            inbox: inbox.clone(),
            beat: Arc::clone(&beat),
            last: None,
        };
        let guard = inbox.guard("printer");
        let run = move || {
            let _guard = guard;
            worker.run(&jobs);
        };
        let thread = std::thread::Builder::new().name("printer".to_owned()).spawn(run);
        thread.map(drop).map_err(AppError::Thread)?;
        Ok(Self { jobs: Some(sender), inbox: inbox.clone(), beat })
    }

    /// A place in the queue for one slip.
    pub(crate) fn ticket(&self, slip: SlipId) -> Ticket {
        let stuck = self.beat.is_stuck();
        if stuck {
            tracing::error!(code = "PRINT-STUCK", "the printer's thread does not come back");
            self.inbox.send(Event::Health(Device::Printer, Health::Failed));
        }
        Ticket {
            slip,
            asked: Instant::now(),
            jobs: self.jobs.clone(),
            inbox: self.inbox.clone(),
            stuck,
        }
    }
}

impl Ticket {
    /// Hands the slip in; what becomes of it is an event.
    pub(crate) fn print(self, receipt: Receipt) {
        let fault = if self.stuck { PrinterFault::Silent } else { PrinterFault::Gone };
        let job = Job { slip: self.slip, asked: self.asked, receipt };
        if self.stuck || self.jobs.is_none_or(|jobs| jobs.send(job).is_err()) {
            self.inbox.send(Event::Printed(self.slip, PrintOutcome::NotStarted(fault)));
        }
    }
}

struct Worker {
    printer: Box<dyn ReceiptPrinter>,
    look_every: Duration,
    inbox: Inbox,
    beat: Arc<Beat>,
    last: Option<Status>,
}

impl Worker {
    fn run(mut self, jobs: &Receiver<Job>) {
        self.look();
        loop {
            let well = self.last.is_some_and(Status::is_ready);
            let pause = if well { self.look_every } else { self.look_every.min(LOOK_AGAIN) };
            match jobs.recv_timeout(pause) {
                Ok(job) => self.print(&job),
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn print(&mut self, job: &Job) {
        let outcome = if job.asked.elapsed() > STALE {
            Outcome::NotStarted(Status::NotAnswering)
        } else {
            self.beat.busy(|| self.printer.print(&job.receipt))
        };
        self.inbox.send(Event::Printed(job.slip, outcome_of(outcome)));
        match outcome {
            Outcome::Printed => self.look(),
            Outcome::NotStarted(status) | Outcome::Unknown(status) => self.report(status),
        }
    }

    fn look(&mut self) {
        let status = self.beat.busy(|| self.printer.status());
        self.report(status);
    }

    fn report(&mut self, status: Status) {
        if self.last.replace(status) != Some(status) {
            tracing::info!(code = status.code(), "the printer's condition");
            self.inbox.send(Event::Health(Device::Printer, health_of(status)));
        }
    }
}

impl Beat {
    fn busy<T>(&self, work: impl FnOnce() -> T) -> T {
        self.busy_since.store(self.now() + 1, Ordering::Relaxed);
        let result = work();
        self.busy_since.store(0, Ordering::Relaxed);
        result
    }

    fn is_stuck(&self) -> bool {
        let since = self.busy_since.load(Ordering::Relaxed);
        let limit = u64::try_from(self.limit.as_millis()).unwrap_or(u64::MAX);
        since != 0 && self.now().saturating_sub(since) > limit
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX - 1)
    }
}

/// The driver's settings, if there is a printer.
pub(crate) fn printer_config(config: &kiosk_config::ReceiptPrinter) -> Option<PrinterConfig> {
    let font_level = match config.font_level {
        FontLevel::Gb2312 => receipt_printer::FontLevel::Gb2312,
        FontLevel::Gbk => receipt_printer::FontLevel::Gbk,
        FontLevel::Gb18030 => receipt_printer::FontLevel::Gb18030,
    };
    Some(PrinterConfig {
        address: config.address.clone()?,
        profile: Profile {
            columns: usize::from(config.columns),
            font_level,
            echo: config.echo,
            fallback_font: config.fallback_font.clone(),
        },
        answer: config.answer_timeout,
        proof: config.proof_timeout,
    })
}

fn health_of(status: Status) -> Health {
    match status {
        Status::Ok => Health::Ok,
        // Too hot passes by itself.
        Status::NearEnd | Status::Overheated => Health::Degraded,
        _ => Health::Failed,
    }
}

fn outcome_of(outcome: Outcome) -> PrintOutcome {
    match outcome {
        Outcome::Printed => PrintOutcome::Printed,
        Outcome::NotStarted(status) => PrintOutcome::NotStarted(fault_of(status)),
        Outcome::Unknown(status) => PrintOutcome::Unknown(fault_of(status)),
    }
}

fn fault_of(status: Status) -> PrinterFault {
    match status {
        Status::PaperOut => PrinterFault::PaperOut,
        Status::CoverOpen => PrinterFault::CoverOpen,
        Status::CutterJam => PrinterFault::Jam,
        Status::Overheated => PrinterFault::Overheated,
        Status::Offline => PrinterFault::Offline,
        Status::Gone => PrinterFault::Gone,
        Status::Unrecoverable => PrinterFault::Broken,
        // Ready, yet without a proof: it went silent.
        Status::NotAnswering | Status::NearEnd | Status::Ok => PrinterFault::Silent,
    }
}

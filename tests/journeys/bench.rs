//! A kiosk on a bench: recorded screens, a SAM_V module, a printer, settings of its own.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use dock::card::SampleCard;
use dock::printer::Printer;
use dock::sam::Module;
use kiosk::app::{self, AppError, Clock, Inbox, Running, Screens, Then, Witness};
use kiosk_config::Config;
use receipt_printer::Receipt;
use tempfile::TempDir;
use visit::{Body, Event, Fault, Key, Screen, Sheet, UiEvent};

/// Guards against hanging only.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// A kiosk at work, its devices and its screen.
pub(crate) struct Bench {
    config: Config,
    pub(crate) sam: Module,
    pub(crate) printer: Printer,
    inbox: Inbox,
    screens: Receiver<Screen>,
    last: Option<Screen>,
    running: Option<Running>,
    home: Option<TempDir>,
}

/// Screens as values; slips worded without a window.
struct Recorder(Sender<Screen>);

impl Screens for Recorder {
    fn show(&self, screen: Screen) {
        // A test that has seen enough no longer listens.
        self.0.send(screen).unwrap_or(());
    }

    fn word(&self, slip: Box<visit::Receipt>, then: Then) {
        let receipt = Receipt::new().title(if slip.reprint { "补打" } else { "凭条" });
        then(match &slip.what {
            Sheet::Progress { number, application } => receipt
                .pair("证件号码", number.clone())
                .pair("受理编号", application.tracking_number.clone())
                .line(application.next.zh_hans.clone()),
            Sheet::Complaint(view) => receipt
                .pair("编号", view.tracking_number.as_str())
                .pair("查询码", view.query_code.as_str()),
            _ => receipt,
        });
    }

    fn quit(&self) {}
}

/// Devices that are not started yet, with settings that name them.
pub(crate) struct Parts {
    pub(crate) config: Config,
    pub(crate) sam: Module,
    pub(crate) printer: Printer,
    pub(crate) home: TempDir,
}

impl Parts {
    /// Devices that work, and central at `address`.
    pub(crate) fn new(address: &str) -> Self {
        let home = tempfile::tempdir().expect("writable");
        let sam = Module::start(None).expect("a pseudo-terminal");
        let printer = Printer::start("127.0.0.1:0").expect("a free port");
        let mut config = Config::default();
        config.kiosk.id = "hall-1".into();
        config.central.address = address.to_owned();
        config.central.identity = home.path().join("identity");
        config.central.enrolment = home.path().join("enrolment.toml");
        config.card_reader.sam_device = Some(sam.device().to_owned());
        config.card_reader.pcsc = false;
        config.receipt_printer.address = Some(printer.address().to_string());
        config.receipt_printer.look_every = Duration::from_millis(200);
        config.store.directory = home.path().to_owned();
        config.store.complaint_delay_min = Duration::ZERO;
        config.store.complaint_delay_max = Duration::ZERO;
        Self { config, sam, printer, home }
    }

    /// Lets settings from elsewhere name the devices of this bench.
    pub(crate) fn with_own_devices(mut self) -> Self {
        self.config.card_reader.sam_device = Some(self.sam.device().to_owned());
        self.config.receipt_printer.address = Some(self.printer.address().to_string());
        self
    }

    /// Opens the kiosk.
    pub(crate) fn open(self) -> Bench {
        self.open_at(Clock::system())
    }

    /// Opens the kiosk under another clock.
    pub(crate) fn open_at(self, clock: Clock) -> Bench {
        self.open_on(clock, nobody(), |sender, _| Recorder(sender))
    }

    /// Opens the kiosk with a witness of every complaint's steps.
    pub(crate) fn open_watched(self, witness: Witness) -> Bench {
        self.open_on(Clock::system(), witness, |sender, _| Recorder(sender))
    }

    /// Opens the kiosk on other screens, which pass on what they are shown.
    pub(crate) fn open_on<S: Screens>(
        self,
        clock: Clock,
        witness: Witness,
        screens_of: impl FnOnce(Sender<Screen>, Inbox) -> S,
    ) -> Bench {
        let (sender, screens) = channel();
        let (inbox, mail) = app::channel();
        let shown = screens_of(sender, inbox.clone());
        let running =
            app::start_watched(&self.config, (inbox.clone(), mail), shown, clock, witness);
        Bench {
            config: self.config,
            sam: self.sam,
            printer: self.printer,
            inbox,
            screens,
            last: None,
            running: Some(running.expect("threads")),
            home: Some(self.home),
        }
    }
}

impl Bench {
    pub(crate) fn press(&self, event: UiEvent) {
        self.inbox.send(Event::Ui(event));
    }

    pub(crate) fn type_in(&self, text: &str) {
        for character in text.chars() {
            self.press(UiEvent::Key(Key::Character(character)));
        }
    }

    pub(crate) fn lay_card(&self, name: &str) {
        self.sam.insert(card(name));
    }

    /// Takes the card away for so long that the next one is a new one, even if it is the same.
    pub(crate) fn take_card_away(&self) {
        self.sam.take_away(LIMIT).expect("the reader looks");
    }

    /// Waits until the screen is as described: now, or later.
    pub(crate) fn wait(&mut self, what: &str, is: impl Fn(&Screen) -> bool) -> Screen {
        let deadline = Instant::now() + LIMIT;
        loop {
            if let Some(screen) = &self.last
                && is(screen)
            {
                return screen.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.screens.recv_timeout(left) {
                Ok(screen) => self.last = Some(screen),
                Err(_) => panic!("no {what}; last seen: {:?}", self.last),
            }
        }
    }

    pub(crate) fn wait_for_problem(&mut self, code: &str) -> Screen {
        self.wait(
            code,
            |screen| matches!(&screen.body, Body::Problem(problem) if problem.fault.code() == code),
        )
    }

    /// Waits until every device and central are well.
    pub(crate) fn wait_until_well(&mut self) {
        self.wait("healthy kiosk", |screen| {
            !screen.frame.hall.is_empty() && screen.frame.devices.is_empty()
        });
    }

    pub(crate) fn wait_for_home(&mut self) -> Screen {
        self.wait("home", |screen| screen.body == Body::Home && screen.overlay.is_none())
    }

    /// Waits for the only application, or the list.
    pub(crate) fn wait_for_records(&mut self) -> Screen {
        self.wait("records", |screen| matches!(screen.body, Body::Case(_) | Body::Account(_)))
    }

    /// The slips on the floor, as text.
    pub(crate) fn slips(&self, count: usize) -> Vec<String> {
        let slips = self.printer.wait_for(count, LIMIT).expect("slips");
        slips.iter().map(|slip| encoding_rs::GB18030.decode(slip).0.into_owned()).collect()
    }

    /// Switches the kiosk off; its disk and its settings are ready for the next start.
    pub(crate) fn off(self) -> Parts {
        let config = self.config.clone();
        let home = self.close().expect("in order");
        Parts { config, home, ..Parts::new("") }.with_own_devices()
    }

    /// Closes the kiosk as a signal does; what it left on its disk stays.
    pub(crate) fn close(mut self) -> Result<TempDir, AppError> {
        self.running.take().map_or(Ok(()), Running::stop)?;
        Ok(self.home.take().expect("closed once"))
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let ended = running.stop();
            assert!(std::thread::panicking() || ended.is_ok(), "{ended:?}");
        }
    }
}

/// A witness that does nothing.
pub(crate) fn nobody() -> Witness {
    Arc::new(|_| ())
}

/// One of the dock's sample cards.
pub(crate) fn card(name: &str) -> SampleCard {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("drivers/dock/cards");
    SampleCard::load(&directory.join(name).with_extension("toml")).expect("a sample card")
}

/// Whether the screen says that something is not well.
pub(crate) fn is_unwell(screen: &Screen, device: visit::Device) -> bool {
    screen.frame.devices.iter().any(|view| view.device == device)
}

/// The fault on the screen.
pub(crate) fn fault(screen: &Screen) -> Option<Fault> {
    match &screen.body {
        Body::Problem(problem) => Some(problem.fault),
        _ => None,
    }
}

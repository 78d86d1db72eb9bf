//! The PC/SC reader against the real daemon and its virtual reader. Needs root and a private network
//! namespace, since the virtual reader listens on every address: run it with scripts/smart-card-test.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use card_reader::{CardEvent, CardFault, CardKind, ReaderConfig, ReaderState, Trust, open};
use dock::card::{Fault, Kind, SampleCard};
use dock::vpcd::Slot;

/// Guards against hanging only.
const LIMIT: Duration = Duration::from_secs(60);
const NUMBER: &str = "11010519491231002X";

/// The daemon, killed without mercy when dropped.
struct Daemon(Child);

impl Daemon {
    fn start() -> Self {
        for stale in ["/run/pcscd/pcscd.comm", "/run/pcscd/pcscd.pid"] {
            if Path::new(stale).exists() {
                std::fs::remove_file(stale).expect("stale file of the daemon");
            }
        }
        let mut command = Command::new("pcscd");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dock/reader.conf.d");
        let config = config.canonicalize().expect("configuration of the virtual reader");
        command.arg("--foreground").arg("--config").arg(config);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("pcscd is installed"))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().expect("the daemon runs");
        self.0.wait().expect("the daemon ends");
    }
}

fn card(kind: Kind, fault: Option<Fault>) -> SampleCard {
    let sex = "2".to_owned();
    SampleCard { sex, fault, ..SampleCard::new(kind, "王𠮷", NUMBER) }
}

fn next(events: &Receiver<CardEvent>) -> CardEvent {
    events.recv_timeout(LIMIT).expect("the reader reports something")
}

fn await_state(events: &Receiver<CardEvent>, wanted: &ReaderState) {
    loop {
        if let CardEvent::Reader(state) = next(events)
            && state == *wanted
        {
            return;
        }
    }
}

fn await_fault(events: &Receiver<CardEvent>) -> CardFault {
    loop {
        match next(events) {
            CardEvent::Failed(fault) => return fault,
            CardEvent::Seen | CardEvent::Removed => {}
            other => panic!("expected a fault, got {other:?}"),
        }
    }
}

fn await_removal(events: &Receiver<CardEvent>) {
    while !matches!(next(events), CardEvent::Removed) {}
}

fn read_and_remove(events: &Receiver<CardEvent>, slot: &Slot) {
    slot.insert(card(Kind::SocialSecurity, None));
    let read = loop {
        match next(events) {
            CardEvent::Read(read) => break read,
            CardEvent::Seen | CardEvent::Removed => {}
            other => panic!("expected a card, got {other:?}"),
        }
    };
    assert_eq!((read.number.expose(), read.name.as_str()), (NUMBER, "王𠮷"));
    assert_eq!((read.kind(), &read.trust), (CardKind::SocialSecurity, &Trust::Unauthenticated));
    slot.remove();
    await_removal(events);
}

#[test]
fn a_day_of_the_plain_reader() {
    let slot = Slot::start(std::net::SocketAddr::from(([127, 0, 0, 1], 35963)));
    let (sender, events) = channel();
    let config = ReaderConfig::PcSc { name: Some("Virtual PCD 00 00".to_owned()) };
    let watch = open(config, move |event| drop(sender.send(event)));
    await_state(&events, &ReaderState::Gone);

    let daemon = Daemon::start();
    await_state(&events, &ReaderState::Ready);
    read_and_remove(&events, &slot);

    for (kind, fault, expected) in [
        (Kind::Resident, None, CardFault::NeedsIdReader),
        (Kind::SocialSecurity, Some(Fault::Guarded), CardFault::NeedsSocialReader),
        (Kind::SocialSecurity, Some(Fault::Short), CardFault::MovedTooEarly),
        (Kind::SocialSecurity, Some(Fault::Garbled), CardFault::Garbled),
    ] {
        slot.insert(card(kind, fault));
        assert_eq!(await_fault(&events), expected);
        slot.remove();
        await_removal(&events);
    }

    slot.insert(card(Kind::SocialSecurity, Some(Fault::Moved)));
    assert_eq!(await_fault(&events), CardFault::MovedTooEarly);
    await_removal(&events);
    read_and_remove(&events, &slot);

    slot.insert(card(Kind::SocialSecurity, Some(Fault::Silent)));
    assert_eq!(await_fault(&events), CardFault::ReaderSilent);
    slot.remove();

    drop(daemon);
    await_state(&events, &ReaderState::Gone);
    let _daemon = Daemon::start();
    await_state(&events, &ReaderState::Ready);
    read_and_remove(&events, &slot);
    drop(watch);
}

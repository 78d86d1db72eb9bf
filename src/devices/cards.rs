//! Card readers: what a driver reports, in the session's words.

use card_reader::{Card, CardNumber, ReaderConfig, ReaderState, Watch};
use kiosk_config::CardReader;
use visit::{CardEvent, CardFacts, CardFault, Device, Event, Health, Trust};

use crate::inbox::Inbox;

/// Keeps the readers running; dropping it ends them.
pub(crate) struct Readers {
    _watches: Vec<Watch>,
}

/// The readers of a kiosk, and the device each of them is.
pub(crate) fn configured(config: &CardReader) -> Vec<(Device, ReaderConfig)> {
    let id =
        config.sam_device.clone().map(|device| ReaderConfig::Sam { device, newest_address: false });
    let social = config.pcsc.then(|| ReaderConfig::PcSc { name: config.pcsc_name.clone() });
    let id = id.map(|reader| (Device::IdReader, reader));
    id.into_iter().chain(social.map(|reader| (Device::SocialReader, reader))).collect()
}

/// Watches every configured reader.
pub(crate) fn watch_readers(config: &CardReader, inbox: &Inbox) -> Readers {
    let readers = configured(config);
    if readers.is_empty() {
        for device in [Device::IdReader, Device::SocialReader] {
            inbox.send(Event::Health(device, Health::Failed));
        }
    }
    // A kiosk with one reader can read cards as long as that one works: what happens to it happens to
    // the reader that is not there, too.
    let alone = readers.len() == 1;
    let watches = readers.into_iter().map(|(device, reader)| {
        let inbox = inbox.clone();
        let guard = inbox.guard("card-reader");
        card_reader::open(reader, move |event| {
            let _guard = &guard;
            if let card_reader::CardEvent::Reader(state) = &event {
                let health = health_of(state);
                let devices = [Device::IdReader, Device::SocialReader];
                for device in devices.into_iter().filter(|&other| alone || other == device) {
                    inbox.send(Event::Health(device, health));
                }
            } else if let Some(event) = card_event(event) {
                inbox.send(Event::Card(event));
            }
        })
    });
    Readers { _watches: watches.collect() }
}

fn health_of(state: &ReaderState) -> Health {
    match state {
        ReaderState::Ready => Health::Ok,
        ReaderState::Gone | ReaderState::NotAnswering | ReaderState::OutOfService => Health::Failed,
    }
}

fn card_event(event: card_reader::CardEvent) -> Option<CardEvent> {
    Some(match event {
        card_reader::CardEvent::Reader(_) => return None,
        card_reader::CardEvent::Seen => CardEvent::Seen,
        card_reader::CardEvent::Read(card) => match facts(*card) {
            Some(facts) => CardEvent::Read(Box::new(facts)),
            None => CardEvent::Failed(CardFault::NotSupported),
        },
        card_reader::CardEvent::Failed(fault) => CardEvent::Failed(fault_of(fault)),
        card_reader::CardEvent::Removed => CardEvent::Removed,
    })
}

/// None for a number of fifteen characters: central knows its people by eighteen.
fn facts(card: Card) -> Option<CardFacts> {
    let CardNumber::Id(number) = card.number else { return None };
    let trust = match card.trust {
        card_reader::Trust::Authenticated { sam_serial } => Trust::Authenticated { sam_serial },
        card_reader::Trust::Unauthenticated => Trust::Unauthenticated,
    };
    Some(CardFacts { number, name: card.name, trust })
}

fn fault_of(fault: card_reader::CardFault) -> CardFault {
    match fault {
        card_reader::CardFault::MovedTooEarly => CardFault::MovedTooEarly,
        card_reader::CardFault::NeedsIdReader => CardFault::NeedsIdReader,
        card_reader::CardFault::NeedsSocialReader => CardFault::NeedsSocialReader,
        card_reader::CardFault::NotSupported => CardFault::NotSupported,
        card_reader::CardFault::CannotVerify => CardFault::CannotVerify,
        card_reader::CardFault::Refused => CardFault::Refused,
        card_reader::CardFault::Garbled => CardFault::Garbled,
        card_reader::CardFault::ReaderSilent => CardFault::ReaderSilent,
    }
}

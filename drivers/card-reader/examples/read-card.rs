//! Prints what a reader sees, masked. `read-card sam /dev/ttyUSB0` or `read-card pcsc [NAME]`.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use card_reader::{CardEvent, ReaderConfig, open};

fn main() {
    let mut words = std::env::args().skip(1);
    let config = match (words.next().as_deref(), words.next()) {
        (Some("sam"), Some(device)) => {
            ReaderConfig::Sam { device: device.into(), newest_address: false }
        }
        (Some("pcsc"), name) => ReaderConfig::PcSc { name },
        _ => {
            println!("usage: read-card sam DEVICE | read-card pcsc [NAME]");
            return;
        }
    };
    let (sender, events) = std::sync::mpsc::channel();
    let _watch = open(config, move |event| drop(sender.send(event)));
    for event in events {
        match event {
            CardEvent::Read(card) => {
                println!("{:?} {} {:?}", card.kind(), card.number, card.validity)
            }
            other => println!("{other:?}"),
        }
    }
}

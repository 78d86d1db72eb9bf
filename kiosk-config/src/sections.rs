//! Which keys there are and what each takes.

use crate::config::{
    CardReader, Central, Config, Display, FontLevel, Kiosk, LogFormat, LogLevel, ReceiptPrinter,
    Session, Speech, Store,
};
use crate::kind::{
    Kind, count, decimal, milliseconds, one_number_of, one_of, optional_path, optional_text, path,
    seconds, switch, text,
};
use crate::reader::{Reader, Section};

const LOG_LEVELS: &[(&str, LogLevel)] = &[
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
];
const LOG_FORMATS: &[(&str, LogFormat)] = &[("text", LogFormat::Text), ("json", LogFormat::Json)];
const FONT_LEVELS: &[(&str, FontLevel)] =
    &[("gb2312", FontLevel::Gb2312), ("gbk", FontLevel::Gbk), ("gb18030", FontLevel::Gb18030)];

/// A complaint is on its way within a day.
const LONGEST_DELAY_S: u64 = 86_400;

/// All sections.
pub(crate) fn read(reader: &mut Reader<'_>) -> Config {
    Config {
        kiosk: reader.section("kiosk", kiosk),
        display: reader.section("display", display),
        central: reader.section("central", central),
        card_reader: reader.section("card_reader", card_reader),
        receipt_printer: reader.section("receipt_printer", receipt_printer),
        session: reader.section("session", session),
        speech: reader.section("speech", |_| Speech),
        store: reader.section("store", store),
    }
}

fn kiosk(section: &mut Section<'_, '_>) -> Kiosk {
    let default = Kiosk::default();
    Kiosk {
        id: section.take("id", id(), default.id),
        log_level: section.take("log_level", one_of(LOG_LEVELS), default.log_level),
        log_format: section.take("log_format", one_of(LOG_FORMATS), default.log_format),
    }
}

fn display(section: &mut Section<'_, '_>) -> Display {
    let default = Display::default();
    let pixels = || count(320..=7680, " of pixels");
    Display {
        fullscreen: section.take("fullscreen", switch(), default.fullscreen),
        width: section.take("width", pixels(), default.width),
        height: section.take("height", pixels(), default.height),
        diagonal_inches: section.take(
            "diagonal_inches",
            decimal(7.0..=100.0),
            default.diagonal_inches,
        ),
    }
}

fn central(section: &mut Section<'_, '_>) -> Central {
    let default = Central::default();
    // Shorter than the session's own patience, so that the true reason is what the resident reads.
    let wait = || milliseconds(100..=9500);
    Central {
        address: section.take("address", address(), default.address),
        identity: section.take("identity", path(), default.identity),
        enrolment: section.take("enrolment", path(), default.enrolment),
        connect_timeout: section.take("connect_timeout_ms", wait(), default.connect_timeout),
        answer_timeout: section.take("answer_timeout_ms", wait(), default.answer_timeout),
    }
}

fn card_reader(section: &mut Section<'_, '_>) -> CardReader {
    let default = CardReader::default();
    let device = optional_path("a device file, or \"\" for none");
    let name = optional_text("part of a reader's name, or \"\" for any", |_| true);
    CardReader {
        sam_device: section.take("sam_device", device, default.sam_device),
        pcsc: section.take("pcsc", switch(), default.pcsc),
        pcsc_name: section.take("pcsc_name", name, default.pcsc_name),
    }
}

fn receipt_printer(section: &mut Section<'_, '_>) -> ReceiptPrinter {
    let default = ReceiptPrinter::default();
    let address = optional_text("HOST:PORT, or \"\" for none", is_host_and_port);
    ReceiptPrinter {
        address: section.take("address", address, default.address),
        columns: section.take("columns", one_number_of(&[32, 42, 48]), default.columns),
        font_level: section.take("font_level", one_of(FONT_LEVELS), default.font_level),
        echo: section.take("echo", switch(), default.echo),
        fallback_font: section.take("fallback_font", path(), default.fallback_font),
        answer_timeout: section.take(
            "answer_timeout_ms",
            milliseconds(100..=5000),
            default.answer_timeout,
        ),
        proof_timeout: section.take("proof_timeout_s", seconds(5..=35), default.proof_timeout),
        look_every: section.take("look_every_s", seconds(5..=300), default.look_every),
    }
}

fn session(section: &mut Section<'_, '_>) -> Session {
    let default = Session::default();
    Session {
        idle_warning: section.take("idle_warning_s", seconds(10..=300), default.idle_warning),
        idle_grace: section.take("idle_grace_s", seconds(5..=45), default.idle_grace),
    }
}

fn store(section: &mut Section<'_, '_>) -> Store {
    let default = Store::default();
    let shortest = section.take(
        "complaint_delay_min_s",
        seconds(1..=LONGEST_DELAY_S),
        default.complaint_delay_min,
    );
    // What was found below the shortest is told with that in mind.
    let longest = seconds(shortest.as_secs()..=LONGEST_DELAY_S);
    let default_longest = default.complaint_delay_max.max(shortest);
    Store {
        directory: section.take("directory", path(), default.directory),
        low_mib: section.take("low_mib", count(10..=100_000, " of MiB"), default.low_mib),
        outbox_cap: section.take("outbox_cap", count(1..=10_000, ""), default.outbox_cap),
        complaint_delay_min: shortest,
        complaint_delay_max: section.take("complaint_delay_max_s", longest, default_longest),
    }
}

fn id() -> Kind<String> {
    text("1 to 64 ASCII letters, digits, - or _", |id| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

fn address() -> Kind<String> {
    text("https://HOST or https://HOST:PORT", |address| {
        address.strip_prefix("https://").is_some_and(|rest| is_host_and_port(rest) || is_host(rest))
    })
}

fn is_host_and_port(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(host, port)| is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// A name, an IPv4 address, or an IPv6 address in brackets.
fn is_host(text: &str) -> bool {
    if let Some(inside) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inside.parse::<std::net::Ipv6Addr>().is_ok();
    }
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}
